/** What a message says: gathers the facts of an appointment or a balance event and composes text, mail and calendar part. */
import type { Instant } from '../../shared/clock.ts';
import { type Language, asLanguage } from '../../shared/i18n/language.ts';
import { lazy } from '../../shared/lazy.ts';
import type { AppointmentDetail, Modification } from '../calendar/types.ts';
import type { AppointmentNotice, BalanceNotice, Notice } from '../events/effects.ts';
import type { MailMessage } from '../integrations/mail-message.ts';
import type { NotificationRow } from '../storage/queries/notifications.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { callerCode } from '../tenancy/caller-keys.ts';
import { outsideAddress, outsidePlace, outsideServices } from '../tenancy/outside-names.ts';
import { fill, htmlOf, linksOf, moneyText, whenTexts } from './compose.ts';

const ics = lazy(() => import('../../shared/ics.ts'));

export interface AppointmentSaid {
  detail: AppointmentDetail;
  customerName: string | null;
  language: Language;
  now: Instant;
}

/** What every text about an appointment may name. */
export async function appointmentValues(scope: TenantScope, { detail, customerName, language }: AppointmentSaid) {
  const { appointment } = detail;
  const { result: schedule } = await scope.calendar.schedule({ maxAgeMs: 60_000 });
  const address = schedule.ok ? outsideAddress(schedule.value, appointment.branchId) : '';
  return {
    ...whenTexts(appointment.startsAt, detail.timeZone, language),
    branch_name: detail.branchName,
    branch_address: address,
    address: address === '' ? ('other' as const) : ('known' as const),
    service_name: outsideServices(detail, language),
    staff_name: detail.staffName,
    customer_name: customerName ?? '',
    // a calendar file, and nothing to manage behind it; no row for a link that no text carries
    calendar_link: appointment.status === 'cancelled' ? '' : await scope.manageLink(appointment.id, appointment.endsAt),
  };
}

/** What a message of an event refers to; other changes of the appointment are none of its. */
const CHANGES: Readonly<Record<AppointmentNotice, readonly Modification['type'][]>> = {
  'appointment.confirmed': [],
  'appointment.cancelled': ['cancel', 'external_cancel'],
  'appointment.rescheduled': ['reschedule', 'external_reschedule'],
};

/** The link that takes back what was done over the phone (docs/callers.md § Taking back); null for what anybody else did. */
async function undoLinkOf(
  scope: TenantScope,
  event: AppointmentNotice,
  { modifications }: AppointmentDetail,
): Promise<string | null> {
  const change = modifications.find(({ type }) => CHANGES[event].includes(type));
  return change?.actor.kind === 'phone' ? scope.undoLink(change) : null;
}

/** Kept stable over time for one version: the look before a retry compares the text. */
export async function appointmentSms(
  scope: TenantScope,
  event: AppointmentNotice,
  said: AppointmentSaid,
): Promise<string> {
  const undo = await undoLinkOf(scope, event, said.detail);
  const values = await appointmentValues(scope, said);
  return undo && event !== 'appointment.confirmed'
    ? fill(`${event}.sms_undo`, said.language, { ...values, undo_link: undo })
    : fill(`${event}.sms`, said.language, values);
}

/** The code of a call; the same text for every attempt. */
export async function codeSms(
  scope: TenantScope,
  language: Language,
  { callId, number }: Extract<Notice, { event: 'caller.code' }>,
): Promise<string> {
  const tenant = await scope.tenant();
  const code = await callerCode(scope, callId, number);
  return fill('caller.code.sms', language, { tenant_name: tenant?.name ?? '', code });
}

export async function appointmentMail(
  scope: TenantScope,
  event: AppointmentNotice,
  said: AppointmentSaid,
  row: NotificationRow,
): Promise<MailMessage> {
  const undo = await undoLinkOf(scope, event, said.detail);
  const values = {
    ...(await appointmentValues(scope, said)),
    undo: undo ? ('offered' as const) : ('other' as const),
    undo_link: undo ?? '',
  };
  const { appointment } = said.detail;
  const from = { email: scope.config.MAIL_FROM ?? 'termine@askproai.test', name: said.detail.branchName };
  const text = tidy(fill(`${event}.body`, said.language, values));
  const cancelled = event === 'appointment.cancelled';
  const { appointmentIcs } = await ics();
  const [{ host }, { result: schedule }] = await Promise.all([
    scope.address(),
    scope.calendar.schedule({ maxAgeMs: 60_000 }),
  ]);
  return {
    from,
    to: { email: row.recipient, ...(said.customerName ? { name: said.customerName } : {}) },
    subject: fill(`${event}.subject`, said.language, values),
    text,
    html: htmlOf(text, linksOf(values)),
    messageId: `${row.id}@${host}`,
    date: said.now,
    calendar: {
      method: cancelled ? 'CANCEL' : 'REQUEST',
      ics: appointmentIcs({
        id: appointment.id,
        host,
        version: appointment.version,
        startsAt: appointment.startsAt,
        endsAt: appointment.endsAt,
        summary: `${values.service_name} – ${said.detail.branchName}`,
        location: [said.detail.branchName, values.branch_address].filter((part) => part !== '').join(', '),
        place: schedule.ok ? outsidePlace(schedule.value, appointment.branchId) : null,
        organizer: { name: said.detail.branchName, email: from.email },
        attendee: { name: said.customerName ?? row.recipient, email: row.recipient },
        cancelled,
        stampedAt: appointment.updatedAt,
      }),
    },
  };
}

/** Null when the event has nothing to say any more (a top-up that is gone). */
export async function balanceMail(
  scope: TenantScope,
  notice: Extract<Notice, { event: BalanceNotice }>,
  row: NotificationRow,
): Promise<MailMessage | null> {
  const language: Language = asLanguage(row.language);
  const tenant = await scope.tenant();
  const { result } = await scope.ledger.balance();
  if (!tenant || !result.ok) return null;
  const balance = result.value;
  const { event } = notice;
  const topupId = 'topupId' in notice ? notice.topupId : null;
  const topup = topupId ? await scope.ledger.topup({ topupId }) : null;
  if (topupId && !topup?.result.ok) return null;
  const { base, host } = await scope.address();
  const bonusCents = topup?.result.ok ? topup.result.value.bonusCents : 0;
  const values = {
    tenant_name: tenant.name,
    balance: moneyText(balance.availableCents, balance.currency, language),
    amount: moneyText(topup?.result.ok ? topup.result.value.amountCents : 0, balance.currency, language),
    bonus: bonusCents > 0 ? ('given' as const) : ('other' as const),
    bonus_amount: moneyText(bonusCents, balance.currency, language),
    portal_link: `${base}/portal/billing`,
  };
  const text = tidy(fill(`${event}.body`, language, values));
  return {
    from: {
      email: scope.config.MAIL_FROM ?? 'rechnung@askproai.test',
      name: (await scope.brand()).productName,
    },
    to: { email: row.recipient },
    subject: fill(`${event}.subject`, language, values),
    text,
    html: htmlOf(text, linksOf(values)),
    messageId: `${row.id}@${host}`,
    date: scope.now,
  };
}

/** A greeting without a name loses its stray space. */
export const tidy = (text: string): string => text.replace(/ +,/g, ',').trim();
