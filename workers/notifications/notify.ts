/**
 * Effect `notify`: an event becomes one row per recipient and channel (dedupe key), and each row an effect `notify.send`, which follows at
 * once. Effect `notify.send`: the text is composed from the present state and handed to the channel. No recipient gets a message twice.
 */
import { type Language, asLanguage } from '../../shared/i18n/language.ts';
import { newId } from '../../shared/ids.ts';
import { lazy } from '../../shared/lazy.ts';
import type { Instant } from '../../shared/clock.ts';
import type { Metered } from '../../shared/usage-events.ts';
import type { LegalClass } from '../../shared/message-sets.ts';
import type { AppointmentDetail } from '../calendar/types.ts';
import { type Notice, readEffect } from '../events/effects.ts';
import { ok } from '../../shared/result.ts';
import type { EffectContext, EffectOutcome, Following } from '../operations/effects.ts';
import { type CustomerWithLine, customerById, customerRowAnyState, phonesOf } from '../storage/queries/customers.ts';
import { numberKey } from '../tenancy/caller-keys.ts';
import {
  asStored,
  type NewNotification,
  notificationById,
  type NotificationRow,
  savedNotification,
} from '../storage/queries/notifications.ts';
import type { Write } from '../storage/tenant-db.ts';
import { appointmentMail, appointmentSms, balanceMail, codeSms } from './messages.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { isAllowedCountry, isKnown } from '../tenancy/reach.ts';
import type { MaySend } from './rules/may-send.ts';
import { overSmsLimit } from './sms-limits.ts';
import { addressOf } from './addresses.ts';
import { type ChannelOutcome, deliverMail, deliverSms } from './channels.ts';

const accountMessages = lazy(() => import('./account-messages.ts'));
const asking = lazy(() => import('./may-send.ts'));
const peoplesMessages = lazy(() => import('./peoples-messages.ts'));
const tenantMessages = lazy(() => import('./tenant-messages.ts'));

/** A balance message is of no use after a week. */
const BALANCE_LIFE_MS = 7 * 86_400_000;
/** Most owners that are notified of one event. */
const MAX_OWNERS = 5;

/** A code proves who calls (telephony/caller-code.ts); its message is not about an appointment and not about money. */
const isAboutAppointment = (notice: Notice): notice is Extract<Notice, { appointmentId: string }> =>
  'appointmentId' in notice;

export async function notify({
  scope,
  effect,
  ref: notice,
  together,
}: EffectContext<'notify'>): Promise<EffectOutcome> {
  const rows: NewNotification[] = [];
  let known: Known | null = null;
  const base = {
    eventType: notice.event,
    data: effect.ref,
    status: 'pending' as const,
    scheduledAt: scope.now,
    createdAt: scope.now,
    legalClass: 'service' as LegalClass,
    verdict: 'send' as const,
    because: 'service' as const,
    decidedAt: scope.now,
  };
  if (notice.event === 'customer.message')
    return { kind: 'park', reason: 'a message of a person is written with its row' };
  if (isAboutAppointment(notice)) {
    const { appointmentId } = notice;
    const { result } = await scope.calendar.appointment(appointmentId);
    if (!result.ok) return { kind: 'park', reason: `appointment ${appointmentId}: ${result.error.code}` };
    const customer = await together.customer(scope.db, result.value.appointment.customerId);
    // Written by the call or the staff a moment ago: D1 may lag behind the calendar object, so absence is retried, not believed.
    if (!customer) return (await isToBeErased(scope, result.value.appointment.customerId)) ? DONE : NOT_YET;
    known = { detail: result.value, customer };
    const language: Language = asLanguage(customer.language);
    const shared = {
      ...base,
      language,
      customerId: customer.id,
      appointmentId,
      expiresAt: result.value.appointment.startsAt,
      branchId: result.value.appointment.branchId,
      ...(notice.event === 'appointment.reminder' ? { legalClass: 'reminder' as const } : {}),
    };
    const [line, mailbox] = await Promise.all([addressOf(customer, 'sms'), addressOf(customer, 'email')]);
    if (line !== null) {
      const companyId = result.value.appointment.companyId;
      known.isConfirmed = await isKnown(scope, customer);
      const mayGo = known.isConfirmed || (await isAllowedCountry(scope, companyId, line));
      rows.push({
        ...shared,
        id: newId('notification', scope.now),
        channel: 'sms',
        recipient: line,
        dedupeKey: `${effect.id}:sms`,
        ...(mayGo ? {} : { status: 'skipped' as const, errorMessage: 'no SMS to unconfirmed numbers of this country' }),
      });
    }
    if (mailbox !== null)
      rows.push({
        ...shared,
        id: newId('notification', scope.now),
        channel: 'email',
        recipient: mailbox,
        dedupeKey: `${effect.id}:email`,
      });
  } else if (notice.event === 'caller.code') {
    const { customerId } = notice;
    const line = (await phonesOf(scope.db, [customerId])).find((one) => numberKey(scope, one.e164) === notice.line);
    const customer = await customerById(scope.db, customerId);
    if (!line || !customer) return { kind: 'park', reason: 'the number of a code is nobody’s any more' };
    rows.push({
      ...base,
      id: newId('notification', scope.now),
      channel: 'sms',
      recipient: line.e164,
      language: asLanguage(customer.language),
      customerId,
      expiresAt: notice.expiresAt,
      dedupeKey: `${effect.id}:sms`,
    });
  } else if ('userId' in notice) {
    const to = await (await accountMessages()).recipientOf(scope, notice);
    // Gone, disabled or over by now: there is nobody to tell, and nothing.
    if (to === null) return DONE;
    rows.push({
      ...base,
      id: newId('notification', scope.now),
      channel: 'email',
      recipient: to.email,
      language: to.language,
      expiresAt: to.expiresAt,
      dedupeKey: `${effect.id}:email`,
    });
  } else if (notice.event === 'signup.link') {
    const asked = await (await tenantMessages()).signupOf(scope, notice);
    // Over by now, or a newer one took its place.
    if (asked === null) return DONE;
    rows.push({
      ...base,
      id: newId('notification', scope.now),
      channel: 'email',
      recipient: asked.email,
      language: asked.language,
      expiresAt: asked.expiresAt,
      dedupeKey: `${effect.id}:email`,
    });
  } else {
    for (const owner of await scope.owners(MAX_OWNERS)) {
      rows.push({
        ...base,
        id: newId('notification', scope.now),
        channel: 'email',
        recipient: owner.email,
        language: owner.language,
        expiresAt: scope.now + BALANCE_LIFE_MS,
        dedupeKey: `${effect.id}:email:${owner.id}`,
      });
    }
  }
  for (const [n, row] of rows.entries()) rows[n] = await decided(scope, row, known?.customer ?? null);
  const begun = await together.begin(scope.db, rows);
  const written = new Map(rows.map((row) => [`send:${row.id}`, row]));
  return {
    kind: 'done',
    following: begun.map((sending) => {
      const row = written.get(sending.id);
      // A row that an attempt before this one wrote says what it said then.
      const run: Following['run'] =
        row === undefined ? sendStored : (its) => send(its, asStored(scope.tenantId, row), known);
      return { effect: sending, run };
    }),
  };
}

/** The row with what the rule says of it (may-send.ts). What is stopped lies there as skipped, with why. */
async function decided(
  scope: TenantScope,
  row: NewNotification,
  customer: CustomerWithLine | null,
): Promise<NewNotification> {
  const { customerId, legalClass } = row;
  if (!customerId || !legalClass || legalClass === 'service' || row.status !== 'pending') return row;
  const { maySend } = await asking();
  const { id: _id, channel, recipient, expiresAt, branchId } = row;
  const question = { customerId, channel, legalClass, recipient, expiresAt, branchId: branchId ?? null };
  return { ...row, ...columnsOf(await maySend(scope, { ...question, customer, at: scope.now }), scope.now) };
}

/** An answer of the rule as a row keeps it. */
const columnsOf = ({ verdict, at, because }: MaySend, now: number) => ({
  verdict,
  because,
  decidedAt: now,
  scheduledAt: at,
  ...(verdict === 'stop' ? { status: 'skipped' as const, errorMessage: `stopped: ${because}` } : {}),
});

/** What an appointment's message is made of, when it was just read. */
interface Known {
  detail: AppointmentDetail;
  customer: CustomerWithLine;
  /** whether the line is known to be theirs; absent: nobody asked */
  isConfirmed?: boolean;
}
type Sending = Omit<EffectContext, 'ref'>;

/** Effect `notify.send`: one message goes out. */
export const sendNotification = (context: EffectContext<'notify.send'>): Promise<EffectOutcome> => sendStored(context);

async function sendStored(context: Sending): Promise<EffectOutcome> {
  const ref = readEffect('notify.send', context.effect.ref);
  const row = ref.ok ? await notificationById(context.scope.db, ref.ref.notificationId) : null;
  return row === null ? { kind: 'park', reason: 'the notification row is gone' } : send(context, row, null);
}

/** @param known what was read a moment ago; null: it is read */
async function send(context: Sending, row: NotificationRow, known: Known | null): Promise<EffectOutcome> {
  const { scope, effect } = context;
  if (row.status !== 'pending' && row.status !== 'sending') return { kind: 'done' };
  const read = readEffect('notify', row.data);
  if (!read.ok) return { kind: 'park', reason: `the notification says nothing that is known: ${read.problem}` };
  const notice = read.ref;
  const saved = (set: Partial<NewNotification>): Write => savedNotification(scope.db, row.id, set);
  const skip = (reason: string): EffectOutcome => ({
    kind: 'done',
    along: [saved({ status: 'skipped', errorMessage: reason })],
  });
  // What may have reached the person before is asked of the provider, not sent again because it is late.
  const handedOver = effect.phase === 'handed_over';
  if (row.expiresAt <= scope.now && !handedOver) return skip('expired');
  // A suspended business writes to nobody; what its owner must know of account and balance still comes.
  const isToCustomer =
    isAboutAppointment(notice) || notice.event === 'caller.code' || notice.event === 'customer.message';
  if (isToCustomer && !handedOver && (await isSilent(scope))) return skip('the account is suspended');

  const customer = known?.customer ?? (row.customerId === null ? null : await customerById(scope.db, row.customerId));
  const { legalClass, customerId } = row;
  let judged: ReturnType<typeof columnsOf> | null = null;
  if (legalClass !== null && legalClass !== 'service' && customerId !== null && !handedOver) {
    const { maySend } = await asking();
    const { channel, recipient, expiresAt, branchId } = row;
    const question = { customerId, channel, legalClass, recipient, expiresAt, branchId, customer };
    const answer = await maySend(scope, { ...question, at: scope.now });
    judged = columnsOf(answer, scope.now);
    if (answer.verdict === 'stop') return { kind: 'done', along: [saved(judged)] };
    if (answer.verdict === 'move') {
      await scope.db.batch([saved(judged)]);
      return { kind: 'wait', reason: `moved: ${answer.because}`, afterMs: answer.at - scope.now };
    }
  }
  if (row.channel === 'sms' && !handedOver) {
    const isConfirmed = known?.isConfirmed ?? (customer !== null && (await isKnown(scope, customer)));
    // A limit on unconfirmed numbers.
    const over = isConfirmed ? null : await overSmsLimit(scope, row.id, row.recipient);
    if (over !== null) {
      await scope.db.batch([saved({ status: 'failed', failedAt: scope.now, errorMessage: over })]);
      return { kind: 'park', reason: over };
    }
  }

  let outcome: ChannelOutcome;
  if (isAboutAppointment(notice)) {
    const { result } =
      known === null ? await scope.calendar.appointment(notice.appointmentId) : { result: ok(known.detail) };
    if (!result.ok) return { kind: 'retry', reason: `appointment: ${result.error.code}` };
    const detail = result.value;
    const stale = supersededBy(notice, detail);
    if (stale && !handedOver) return skip(stale);
    const language: Language = asLanguage(row.language);
    const said = { detail, customerName: customer?.name ?? null, language, now: scope.now };
    if (notice.event === 'appointment.reminder') {
      const { reminderMail, reminderSms } = await peoplesMessages();
      const { companyId } = detail.appointment;
      outcome =
        row.channel === 'sms'
          ? await deliverSms(context, row, await reminderSms(scope, said, row), companyId)
          : await deliverMail(context, await reminderMail(scope, said, row), companyId);
    } else
      outcome =
        row.channel === 'sms'
          ? await deliverSms(
              context,
              row,
              await appointmentSms(scope, notice.event, said),
              said.detail.appointment.companyId,
            )
          : await deliverMail(
              context,
              await appointmentMail(scope, notice.event, said, row),
              said.detail.appointment.companyId,
            );
  } else if (notice.event === 'customer.message') {
    const { writtenMail, writtenSms } = await peoplesMessages();
    const companyId = customer?.companyId ?? '';
    outcome =
      row.channel === 'sms'
        ? await deliverSms(context, row, await writtenSms(scope, row), companyId)
        : await deliverMail(context, await writtenMail(scope, row, customer?.name ?? null), companyId);
  } else if (notice.event === 'caller.code') {
    outcome = await deliverSms(context, row, await codeSms(scope, asLanguage(row.language), notice));
  } else if ('userId' in notice) {
    // Composing makes the link's secret anew: that of a mail which may have arrived must go on working.
    if (handedOver) outcome = { kind: 'unknown', reason: 'handed to the mail relay, outcome not known' };
    else {
      const mail = await (await accountMessages()).accountMail(scope, notice, row);
      if (!mail) return skip('nothing to say any more');
      outcome = await deliverMail(context, mail);
    }
  } else if (notice.event === 'signup.link') {
    if (handedOver) outcome = { kind: 'unknown', reason: 'handed to the mail relay, outcome not known' };
    else {
      const mail = await (await tenantMessages()).signupMail(scope, notice, row);
      if (!mail) return skip('nothing to say any more');
      outcome = await deliverMail(context, mail);
    }
  } else if (notice.event === 'tenant.status' || notice.event === 'tenant.trial_ends') {
    const mail = await (await tenantMessages()).tenantMail(scope, notice, row);
    if (!mail) return skip('it is not so any more');
    outcome = await deliverMail(context, mail);
  } else {
    const mail = await balanceMail(scope, notice, row);
    if (!mail) return skip('nothing to say any more');
    outcome = await deliverMail(context, mail);
  }

  switch (outcome.kind) {
    case 'sent':
      if (isPaidFor(notice)) await scope.meter(usedBy(row, outcome.segments ?? 1, scope.now));
      return {
        kind: 'done',
        along: [
          saved({
            ...(judged ?? {}),
            status: 'sent',
            sentAt: scope.now,
            providerMessageId: outcome.providerMessageId,
            segments: outcome.segments ?? null,
            errorMessage: null,
            retryCount: effect.attempts - 1,
          }),
        ],
      };
    case 'refused':
    case 'unknown':
      await scope.db.batch([
        saved({
          status: outcome.kind === 'refused' ? 'failed' : 'unknown',
          failedAt: scope.now,
          errorMessage: outcome.said ?? outcome.reason,
          retryCount: effect.attempts - 1,
        }),
      ]);
      return { kind: 'park', reason: outcome.reason };
    case 'retry':
      await scope.db.batch([
        saved({ status: 'sending', errorMessage: outcome.said ?? outcome.reason, retryCount: effect.attempts }),
      ]);
      return {
        kind: 'retry',
        reason: outcome.reason,
        ...(outcome.afterMs === undefined ? {} : { afterMs: outcome.afterMs }),
      };
  }
}

/** What a tenant's customers are written is its use; what we tell its own people about account and balance costs nothing. */
const isPaidFor = (notice: Notice): boolean =>
  isAboutAppointment(notice) || notice.event === 'customer.message' || notice.event === 'caller.code';

/** What a message that its provider took has used: an SMS by its segments, a mail. Its row is its name, so that another attempt counts once. */
function usedBy({ id, channel }: Pick<NotificationRow, 'id' | 'channel'>, segments: number, now: Instant): Metered[] {
  const sent = { key: `message:${id}`, occurredAt: now };
  if (channel === 'sms')
    return [{ ...sent, eventType: 'sms', quantity: segments, metadata: { message_id: id, segments } }];
  return [{ ...sent, eventType: 'email', quantity: 1, metadata: { message_id: id } }];
}

async function isSilent(scope: EffectContext['scope']): Promise<boolean> {
  const status = (await scope.tenant())?.status;
  return status === 'suspended' || status === 'closed';
}

const DONE: EffectOutcome = { kind: 'done' };
const NOT_YET: EffectOutcome = { kind: 'retry', reason: 'customer not found yet', afterMs: 5_000 };
/** Whoever asked to be erased is told nothing more. */
const isToBeErased = async (scope: EffectContext['scope'], customerId: string): Promise<boolean> =>
  ((await customerRowAnyState(scope.db, customerId))?.deletionRequestedAt ?? null) !== null;

/** A message that no longer says what is true is skipped: the newer event brings its own. */
function supersededBy(
  { event, startsAt }: Extract<Notice, { appointmentId: string }>,
  { appointment }: AppointmentDetail,
): string | null {
  if (event === 'appointment.cancelled')
    return appointment.status === 'cancelled' ? null : 'the appointment is active again';
  if (appointment.status === 'cancelled') return 'the appointment was cancelled meanwhile';
  return startsAt === appointment.startsAt ? null : 'the appointment was moved meanwhile';
}
