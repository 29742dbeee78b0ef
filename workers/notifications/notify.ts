/**
 * Effect `notify`: an event becomes one row per recipient and channel (dedupe key), and each row an effect `notify.send`. Effect
 * `notify.send`: the text is composed from what is true now and handed to the channel. Nobody gets a message twice.
 */
import type { Language } from '../../shared/i18n/language.ts';
import { newId } from '../../shared/ids.ts';
import { lazy } from '../../shared/lazy.ts';
import type { AppointmentDetail } from '../calendar/types.ts';
import type { EffectContext, EffectOutcome } from '../operations/effects.ts';
import { customerById, phonesOf } from '../storage/queries/customers.ts';
import { numberKey } from '../tenancy/caller-keys.ts';
import {
  type NewNotification,
  notificationById,
  notificationOnce,
  type NotificationRow,
  saveNotification,
} from '../storage/queries/notifications.ts';
import { appointmentMail, appointmentSms, balanceMail, codeSms } from './messages.ts';
import { isAllowedCountry, isKnown, overSmsLimit } from './sms-limits.ts';
import { deliverMail, deliverSms } from './channels.ts';

const phone = lazy(() => import('../../shared/phone.ts'));

/** A balance message is of no use after a week. */
const BALANCE_LIFE_MS = 7 * 86_400_000;
/** Owners told of one event at most. */
const MAX_OWNERS = 5;

type AppointmentEvent = 'appointment.confirmed' | 'appointment.rescheduled' | 'appointment.cancelled';
export type BalanceEvent = 'balance.low' | 'balance.topup_succeeded' | 'balance.topup_failed';

/** The calendar names what happened, the registry what is told. */
const NOTICE_OF: Readonly<Record<string, string>> = { 'appointment.booked': 'appointment.confirmed' };

/** A caller proves who they are (telephony/caller-code.ts). */
const CODE_EVENT = 'caller.code';

const isAppointmentEvent = (event: string): event is AppointmentEvent =>
  /^appointment\.(confirmed|rescheduled|cancelled)$/.test(event);
const isBalanceEvent = (event: string): event is BalanceEvent =>
  /^balance\.(low|topup_succeeded|topup_failed)$/.test(event);

export async function notify({ scope, effect, ref }: EffectContext): Promise<EffectOutcome> {
  const event = NOTICE_OF[String(ref['event'] ?? '')] ?? String(ref['event'] ?? '');
  const rows: NewNotification[] = [];
  const base = {
    eventType: event,
    data: effect.ref,
    status: 'pending' as const,
    scheduledAt: scope.now,
    createdAt: scope.now,
  };
  if (isAppointmentEvent(event)) {
    const appointmentId = String(ref['appointmentId'] ?? '');
    const { result } = await scope.calendar.appointment(appointmentId);
    if (!result.ok) return { kind: 'park', reason: `appointment ${appointmentId}: ${result.error.code}` };
    const customer = await customerById(scope.db, result.value.appointment.customerId);
    // Written by the call or the desk a moment ago: D1 may lag behind the calendar object, so absence is retried, not believed.
    if (!customer) return { kind: 'retry', reason: 'customer not found yet', afterMs: 5_000 };
    const language: Language = customer.language === 'en' ? 'en' : 'de';
    const shared = {
      ...base,
      language,
      customerId: customer.id,
      appointmentId,
      expiresAt: result.value.appointment.startsAt,
    };
    if (customer.phone && (await phone()).isMobile(customer.phone)) {
      const companyId = result.value.appointment.companyId;
      const mayGo = (await isKnown(scope, customer)) || (await isAllowedCountry(scope, companyId, customer.phone));
      rows.push({
        ...shared,
        id: newId('notification', scope.now),
        channel: 'sms',
        recipient: customer.phone,
        dedupeKey: `${effect.id}:sms`,
        ...(mayGo ? {} : { status: 'skipped' as const, errorMessage: 'no SMS to unconfirmed numbers of this country' }),
      });
    }
    if (customer.email)
      rows.push({
        ...shared,
        id: newId('notification', scope.now),
        channel: 'email',
        recipient: customer.email,
        dedupeKey: `${effect.id}:email`,
      });
  } else if (event === CODE_EVENT) {
    const customerId = String(ref['customerId'] ?? '');
    const line = (await phonesOf(scope.db, [customerId])).find((one) => numberKey(scope, one.e164) === ref['line']);
    const customer = await customerById(scope.db, customerId);
    if (!line || !customer) return { kind: 'park', reason: 'the number of a code is nobody’s any more' };
    rows.push({
      ...base,
      id: newId('notification', scope.now),
      channel: 'sms',
      recipient: line.e164,
      language: customer.language === 'en' ? 'en' : 'de',
      customerId,
      expiresAt: Number(ref['expiresAt'] ?? 0),
      dedupeKey: `${effect.id}:sms`,
    });
  } else if (isBalanceEvent(event)) {
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
  } else {
    return { kind: 'park', reason: `unknown event ${event}` };
  }
  const stored: NotificationRow[] = [];
  for (const row of rows) {
    const one = await notificationOnce(scope.db, row);
    if (one) stored.push(one);
  }
  await scope.effects(
    stored
      .filter((row) => row.status === 'pending')
      .map((row) => ({
        id: `send:${row.id}`,
        queue: 'high' as const,
        kind: 'notify.send',
        ref: { notificationId: row.id },
      })),
  );
  return { kind: 'done' };
}

export async function sendNotification(context: EffectContext): Promise<EffectOutcome> {
  const { scope, effect, ref } = context;
  const row = await notificationById(scope.db, String(ref['notificationId'] ?? ''));
  if (!row) return { kind: 'park', reason: 'the notification row is gone' };
  if (row.status !== 'pending' && row.status !== 'sending') return { kind: 'done' };
  const skip = async (reason: string): Promise<EffectOutcome> => {
    await saveNotification(scope.db, row.id, { status: 'skipped', errorMessage: reason });
    return { kind: 'done' };
  };
  // What may have reached the person before is asked of the provider, not sent again because it is late.
  const handedOver = effect.phase === 'handed_over';
  if (row.expiresAt <= scope.now && !handedOver) return skip('expired');

  if (row.channel === 'sms' && !handedOver) {
    const over = await limited(scope, row);
    if (over !== null) {
      await saveNotification(scope.db, row.id, { status: 'failed', failedAt: scope.now, errorMessage: over });
      return { kind: 'park', reason: over };
    }
  }

  let outcome: ChannelOutcome;
  if (isAppointmentEvent(row.eventType)) {
    const { result } = await scope.calendar.appointment(row.appointmentId ?? '');
    if (!result.ok) return { kind: 'retry', reason: `appointment: ${result.error.code}` };
    const detail = result.value;
    const stale = supersededBy(row.eventType, detail, JSON.parse(row.data) as Record<string, unknown>);
    if (stale && !handedOver) return skip(stale);
    const customer = row.customerId ? await customerById(scope.db, row.customerId) : null;
    const language: Language = row.language === 'en' ? 'en' : 'de';
    const said = { detail, customerName: customer?.name ?? null, language, now: scope.now };
    outcome =
      row.channel === 'sms'
        ? await deliverSms(context, row, await appointmentSms(scope, row.eventType, said))
        : await deliverMail(context, row, await appointmentMail(scope, row.eventType, said, row));
  } else if (row.eventType === CODE_EVENT) {
    const data = JSON.parse(row.data) as Record<string, unknown>;
    outcome = await deliverSms(context, row, await codeSms(scope, row.language === 'en' ? 'en' : 'de', data));
  } else if (isBalanceEvent(row.eventType)) {
    const mail = await balanceMail(scope, row.eventType, JSON.parse(row.data) as Record<string, unknown>, row);
    if (!mail) return skip('nothing to say any more');
    outcome = await deliverMail(context, row, mail);
  } else {
    return { kind: 'park', reason: `unknown event ${row.eventType}` };
  }

  switch (outcome.kind) {
    case 'sent':
      await saveNotification(scope.db, row.id, {
        status: 'sent',
        sentAt: scope.now,
        providerMessageId: outcome.providerMessageId,
        segments: outcome.segments ?? null,
        errorMessage: null,
        retryCount: effect.attempts - 1,
      });
      return { kind: 'done' };
    case 'refused':
      await saveNotification(scope.db, row.id, {
        status: 'failed',
        failedAt: scope.now,
        errorMessage: outcome.reason,
        retryCount: effect.attempts - 1,
      });
      return { kind: 'park', reason: outcome.reason };
    case 'unknown':
      await saveNotification(scope.db, row.id, {
        status: 'unknown',
        failedAt: scope.now,
        errorMessage: outcome.reason,
        retryCount: effect.attempts - 1,
      });
      return { kind: 'park', reason: outcome.reason };
    case 'retry':
      await saveNotification(scope.db, row.id, {
        status: 'sending',
        errorMessage: outcome.reason,
        retryCount: effect.attempts,
      });
      return {
        kind: 'retry',
        reason: outcome.reason,
        ...(outcome.afterMs === undefined ? {} : { afterMs: outcome.afterMs }),
      };
  }
}

/** Why an SMS may not go: a limit on numbers that nobody has confirmed. Null: it may. */
async function limited(scope: EffectContext['scope'], row: NotificationRow): Promise<string | null> {
  const customer = row.customerId === null ? null : await customerById(scope.db, row.customerId);
  if (customer !== null && (await isKnown(scope, customer))) return null;
  return overSmsLimit(scope, row.id, row.recipient);
}

export type ChannelOutcome =
  | { kind: 'sent'; providerMessageId: string; segments?: number }
  /** the provider refused it for good */
  | { kind: 'refused'; reason: string }
  /** handed over, then silence, and nobody can be asked: never sent again blindly */
  | { kind: 'unknown'; reason: string }
  | { kind: 'retry'; reason: string; afterMs?: number };

/** A message that no longer says what is true is skipped: the newer event brings its own. */
function supersededBy(
  event: AppointmentEvent,
  detail: AppointmentDetail,
  data: Record<string, unknown>,
): string | null {
  const { appointment } = detail;
  if (event === 'appointment.cancelled')
    return appointment.status === 'cancelled' ? null : 'the appointment is active again';
  if (appointment.status === 'cancelled') return 'the appointment was cancelled meanwhile';
  const told = typeof data['startsAt'] === 'number' ? data['startsAt'] : null;
  if (told !== null && told !== appointment.startsAt) return 'the appointment was moved meanwhile';
  return null;
}
