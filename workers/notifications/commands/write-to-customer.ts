/** A message that somebody of the team sends to one customer: what they wrote, or a reminder of an appointment. Called by message-routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { MaySendView, MessageRequest } from '../../../shared/contract/notifications.ts';
import { asLanguage } from '../../../shared/i18n/language.ts';
import { newId } from '../../../shared/ids.ts';
import type { LegalClass } from '../../../shared/message-sets.ts';
import { maskPhone } from '../../../shared/mask-phone.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { DAY, dateOf, toIso } from '../../../shared/time.ts';
import type { Notice } from '../../events/effects.ts';
import { auditWrites } from '../../identity/audit.ts';
import type { Channel } from '../../storage/queries/consents.ts';
import { type CustomerWithLine, customerById } from '../../storage/queries/customers.ts';
import {
  type NewNotification,
  notificationByKey,
  notificationIs,
  type NotificationRow,
} from '../../storage/queries/notifications.ts';
import { isCustomerReached } from '../../storage/queries/reach.ts';
import { notifications } from '../../storage/tables/notifications.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { addressOf } from '../addresses.ts';
import { maySend } from '../may-send.ts';
import { writtenText } from '../peoples-messages.ts';
import { type MaySend, PURPOSE_OF } from '../rules/may-send.ts';

/** What somebody wrote is of no use after that: the question will have been answered. */
const WRITTEN_LIFE_MS = 2 * DAY;
/** As long as a link of ours: what it says is not known before the message has a row. */
const LINK_LIKE = 'x'.repeat(22);

const notFound = (entity: string) => err({ code: 'NOT_FOUND' as const, entity });

/** The customer, where this actor may write to people at all and reaches them. Refusals: PERMISSION_DENIED, NOT_FOUND. */
async function addressee(scope: TenantScope, id: string): Promise<Result<CustomerWithLine>> {
  const refused = permissionRefusal(scope.actor, 'create_notifications');
  if (refused) return refused;
  const [isReached, customer] = await Promise.all([
    scope.reached().then((reached) => isCustomerReached(scope.db, id, reached, scope.now)),
    customerById(scope.db, id),
  ]);
  return isReached && customer !== null ? ok(customer) : notFound('customer');
}

const masked = (channel: Channel, address: string): string =>
  channel === 'sms' ? maskPhone(address) : address.replace(/^(.).*(@.*)$/, '$1…$2');

/** What would become of a message to this customer now. Refusals: PERMISSION_DENIED, NOT_FOUND. */
export async function previewMessage(
  scope: TenantScope,
  { id, channel, legalClass }: { id: string; channel: Channel; legalClass: LegalClass },
): Promise<Result<MaySendView>> {
  const found = await addressee(scope, id);
  if (!found.ok) return found;
  const customer = found.value;
  const [answer, address, { base }] = await Promise.all([
    maySend(scope, {
      customerId: id,
      channel,
      legalClass,
      at: scope.now,
      expiresAt: scope.now + WRITTEN_LIFE_MS,
      customer,
    }),
    addressOf(customer, channel),
    scope.address(),
  ]);
  const link = PURPOSE_OF[legalClass] === null ? '' : `${base}/s/${LINK_LIKE}`;
  const language = asLanguage(customer.language);
  return ok({
    verdict: answer.verdict,
    because: answer.because,
    at: toIso(answer.at),
    recipient_masked: address === null ? null : masked(channel, address),
    added_text: writtenText({ channel, body: '', language }, link),
  });
}

/** A message that may not leave is refused with why; the row of one that may is written with the work that sends it. */
async function enqueue(
  scope: TenantScope,
  customer: CustomerWithLine,
  answer: MaySend,
  message: Pick<NewNotification, 'eventType' | 'channel' | 'recipient' | 'legalClass' | 'expiresAt' | 'dedupeKey'> &
    Partial<NewNotification> & { notice: Notice },
): Promise<Result<NotificationRow>> {
  if (answer.verdict === 'stop') return err({ code: 'POLICY_VIOLATION', details: { reasons: [answer.because] } });
  const { notice, ...columns } = message;
  const id = newId('notification', scope.now);
  const send = { id: `send:${id}`, queue: 'high', kind: 'notify.send', ref: { notificationId: id } } as const;
  const done = await scope.db.commit(notifications, notificationIs(id), [
    scope.db.insertOf(notifications, {
      ...columns,
      id,
      language: asLanguage(customer.language),
      customerId: customer.id,
      data: JSON.stringify(notice),
      status: 'pending',
      verdict: answer.verdict,
      because: answer.because,
      decidedAt: scope.now,
      scheduledAt: answer.at,
      createdAt: scope.now,
    }),
    ...scope.effectWrites([{ ...send, notBefore: answer.at }]),
    ...auditWrites(scope, {
      log: 'customers',
      description: 'customer.message_written',
      subjectType: 'customer',
      subjectId: customer.id,
      after: {
        notification_id: id,
        channel: columns.channel,
        legal_class: columns.legalClass,
        event: columns.eventType,
      },
    }),
  ]);
  // Somebody else pressed the same button at the same time.
  const row = done.kind === 'done' ? done.row : await notificationByKey(scope.db, columns.dedupeKey);
  if (done.kind === 'done') await scope.enqueue([send]);
  return row === null ? notFound('notification') : ok(row);
}

/** Refusals: PERMISSION_DENIED, NOT_FOUND, VALIDATION_ERROR (an e-mail without a subject), POLICY_VIOLATION (why it may not leave). */
export async function writeToCustomer(
  scope: TenantScope,
  { id, channel, legal_class: legalClass, subject, text }: MessageRequest & { id: string },
): Promise<Result<NotificationRow>> {
  const found = await addressee(scope, id);
  if (!found.ok) return found;
  if (channel === 'email' && subject === undefined)
    return err({ code: 'VALIDATION_ERROR', errors: { subject: ['required'] } });
  const customer = found.value;
  const expiresAt = scope.now + WRITTEN_LIFE_MS;
  const [answer, recipient] = await Promise.all([
    maySend(scope, { customerId: id, channel, legalClass, at: scope.now, expiresAt, customer }),
    addressOf(customer, channel),
  ]);
  return enqueue(scope, customer, answer, {
    eventType: 'customer.message',
    channel,
    recipient: recipient ?? '',
    legalClass,
    // What moved to the morning lives as long from then on.
    expiresAt: Math.max(expiresAt, answer.at + WRITTEN_LIFE_MS),
    dedupeKey: `written:${newId('notification', scope.now)}`,
    subject: channel === 'email' ? (subject ?? null) : null,
    body: text,
    notice: { event: 'customer.message', customerId: id },
  });
}

/**
 * Reminds of an appointment to come: once a day and channel, whoever presses the button. Asked again on that day, it is the same message.
 * Refusals: PERMISSION_DENIED, NOT_FOUND, ILLEGAL_TRANSITION (over or cancelled), POLICY_VIOLATION (why it may not leave).
 */
export async function remindCustomer(
  scope: TenantScope,
  { appointmentId, channel: wanted }: { appointmentId: string; channel: Channel | undefined },
): Promise<Result<NotificationRow>> {
  const refused = permissionRefusal(scope.actor, 'create_notifications');
  if (refused) return refused;
  const { result } = await scope.calendar.appointment(appointmentId);
  if (!result.ok) return result;
  const { appointment, timeZone } = result.value;
  const id = appointment.customerId;
  const found = await addressee(scope, id);
  if (!found.ok) return found;
  const customer = found.value;
  const isToCome = appointment.status === 'pending' || appointment.status === 'confirmed';
  if (!isToCome || appointment.startsAt <= scope.now)
    return err({
      code: 'ILLEGAL_TRANSITION',
      details: { from: appointment.status, to: 'reminded', allowed: ['pending', 'confirmed'] },
    });
  const [sms, email] = await Promise.all([addressOf(customer, 'sms'), addressOf(customer, 'email')]);
  const channel = wanted ?? (sms === null && email !== null ? 'email' : 'sms');
  const recipient = channel === 'sms' ? sms : email;
  const day = dateOf(scope.now, timeZone);
  const dedupeKey = `reminder:${appointmentId}:${appointment.startsAt}:${channel}:${day}`;
  const before = await notificationByKey(scope.db, dedupeKey);
  if (before !== null) return ok(before);
  const answer = await maySend(scope, {
    customerId: id,
    channel,
    legalClass: 'reminder',
    at: scope.now,
    expiresAt: appointment.startsAt,
    branchId: appointment.branchId,
    customer,
  });
  return enqueue(scope, customer, answer, {
    eventType: 'appointment.reminder',
    channel,
    recipient: recipient ?? '',
    legalClass: 'reminder',
    expiresAt: appointment.startsAt,
    dedupeKey,
    appointmentId,
    branchId: appointment.branchId,
    notice: {
      event: 'appointment.reminder',
      appointmentId,
      customerId: id,
      startsAt: appointment.startsAt,
    },
  });
}
