/**
 * Messages that people may say no to: reminders, and what somebody of the team wrote. Each that needs a consent carries the link that ends
 * it. Called by notify.ts.
 */
import { type Language, asLanguage } from '../../shared/i18n/language.ts';
import type { MailMessage } from '../integrations/mail-message.ts';
import type { NotificationRow } from '../storage/queries/notifications.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { fill, htmlOf, linksOf } from './compose.ts';
import { type AppointmentSaid, appointmentValues, tidy } from './messages.ts';
import { PURPOSE_OF } from './rules/may-send.ts';

/** The link that ends messages of this kind; empty for those that nobody can refuse. */
async function stopLinkOf(scope: TenantScope, row: NotificationRow): Promise<string> {
  const purpose = PURPOSE_OF[row.legalClass ?? 'service'];
  if (purpose === null || row.customerId === null) return '';
  const { customerId, channel, recipient, createdAt } = row;
  return scope.stopLink({ customerId, channel, purpose, recipient, since: createdAt });
}

/** Programs for mail show a button of their own for it (RFC 8058). */
const stopHeaders = (link: string): Pick<MailMessage, 'headers'> =>
  link === ''
    ? {}
    : { headers: { 'List-Unsubscribe': `<${link}>`, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' } };

const senderOf = (scope: TenantScope): string => scope.config.MAIL_FROM ?? 'termine@askproai.test';

/** Kept stable for one version of the appointment: the look before a retry compares the text. */
export async function reminderSms(scope: TenantScope, said: AppointmentSaid, row: NotificationRow): Promise<string> {
  const [values, link] = [await appointmentValues(scope, said), await stopLinkOf(scope, row)];
  return fill('appointment.reminder.sms', said.language, { ...values, stop_link: link });
}

export async function reminderMail(
  scope: TenantScope,
  said: AppointmentSaid,
  row: NotificationRow,
): Promise<MailMessage> {
  const [about, link, { host }] = [
    await appointmentValues(scope, said),
    await stopLinkOf(scope, row),
    await scope.address(),
  ];
  const values = { ...about, stop_link: link };
  const text = tidy(fill('appointment.reminder.body', said.language, values));
  return {
    from: { email: senderOf(scope), name: said.detail.branchName },
    to: { email: row.recipient, ...(said.customerName ? { name: said.customerName } : {}) },
    subject: fill('appointment.reminder.subject', said.language, values),
    text,
    html: htmlOf(text, linksOf(values)),
    messageId: `${row.id}@${host}`,
    date: said.now,
    ...stopHeaders(link),
  };
}

const writtenValues = (row: Pick<NotificationRow, 'body'>, link: string) => ({
  text: row.body ?? '',
  stop: link === '' ? ('other' as const) : ('offered' as const),
  stop_link: link,
});

/** What somebody wrote, as it goes out. @param link empty: none is offered */
export const writtenText = (
  { channel, body, language }: Pick<NotificationRow, 'channel' | 'body' | 'language'>,
  link: string,
): string => {
  const its: Language = asLanguage(language);
  return fill(channel === 'sms' ? 'customer.message.sms' : 'customer.message.body', its, writtenValues({ body }, link));
};

export const writtenSms = async (scope: TenantScope, row: NotificationRow): Promise<string> =>
  writtenText(row, await stopLinkOf(scope, row));

export async function writtenMail(
  scope: TenantScope,
  row: NotificationRow,
  customerName: string | null,
): Promise<MailMessage> {
  const [link, { host }, tenant] = [await stopLinkOf(scope, row), await scope.address(), await scope.tenant()];
  const text = writtenText(row, link);
  return {
    from: { email: senderOf(scope), name: tenant?.name ?? '' },
    to: { email: row.recipient, ...(customerName ? { name: customerName } : {}) },
    subject: row.subject ?? '',
    text,
    html: htmlOf(text, linksOf({ stop_link: link })),
    messageId: `${row.id}@${host}`,
    date: scope.now,
    ...stopHeaders(link),
  };
}
