/** Messages to people, and work that was given up. Read by workers/notifications/ and tests. */
import { z } from 'zod';
import { NOTIFICATION_CHANNELS, NOTIFICATION_STATUSES } from '../notification-status.ts';
import { BECAUSE, CONSENT_PURPOSES, LEGAL_CLASSES, VERDICTS } from '../message-sets.ts';
import { freeText, idOut, idParam, instantOut, itemOf, lineText, listOf, page } from './parts.ts';

// ---------------------------------------------------------------- messages

export const notificationView = z.object({
  id: idOut('notification'),
  event_type: z.string(),
  channel: z.enum(NOTIFICATION_CHANNELS),
  status: z.enum(NOTIFICATION_STATUSES),
  appointment_id: z.string().nullable(),
  customer_id: z.string().nullable(),
  retry_count: z.number(),
  error_message: z.string().nullable(),
  created_at: instantOut(),
  sent_at: instantOut().nullable(),
  /** when it is to leave, or was */
  scheduled_at: instantOut(),
  /** null: of a time before messages had one */
  legal_class: z.enum(LEGAL_CLASSES).nullable(),
  /** what somebody of the team wrote as subject */
  subject: z.string().nullable(),
});
export type NotificationView = z.infer<typeof notificationView>;
/** One message, with what somebody of the team wrote. */
export const notificationDetail = notificationView.extend({ text: z.string().nullable() });
export type NotificationDetail = z.infer<typeof notificationDetail>;
/** Newest first. */
export const notificationListQuery = page().extend({
  status: z.enum(NOTIFICATION_STATUSES).optional(),
  appointment_id: idParam('appointment').optional(),
  customer_id: idParam('customer').optional(),
});

/** Why a message was sent, moved or stopped, as it was decided then. */
export const notificationExplained = z.object({
  id: idOut('notification'),
  legal_class: z.enum(LEGAL_CLASSES).nullable(),
  /** what of it could be refused; null: nothing */
  purpose: z.enum(CONSENT_PURPOSES).nullable(),
  verdict: z.enum(VERDICTS).nullable(),
  because: z.enum(BECAUSE).nullable(),
  decided_at: instantOut().nullable(),
  scheduled_at: instantOut(),
  status: z.enum(NOTIFICATION_STATUSES),
  error_message: z.string().nullable(),
});
export type NotificationExplained = z.infer<typeof notificationExplained>;

// ---------------------------------------------------------------- messages of people

const MAX_SUBJECT = 200;
/** Ten SMS; what is longer is a letter. */
const MAX_TEXT = 1_500;

export const maySendQuery = z.object({
  channel: z.enum(NOTIFICATION_CHANNELS),
  legal_class: z.enum(LEGAL_CLASSES),
});
/** What would become of a message that was sent now. */
export const maySendView = z.object({
  verdict: z.enum(VERDICTS),
  because: z.enum(BECAUSE),
  /** when it would leave */
  at: instantOut(),
  /** where it would go, as far as it says which of several it is; null: nowhere */
  recipient_masked: z.string().nullable(),
  /** what is added below the text, so that whoever gets it can say no; empty: nothing */
  added_text: z.string(),
});
export type MaySendView = z.infer<typeof maySendView>;

export const messageRequest = z.object({
  channel: z.enum(NOTIFICATION_CHANNELS),
  legal_class: z.enum(LEGAL_CLASSES).meta({ description: '`service`: about an appointment or a question of theirs' }),
  subject: lineText(MAX_SUBJECT).min(1).optional().meta({ description: 'of an e-mail', example: 'Ihre Jacke' }),
  text: freeText(MAX_TEXT, 1).meta({ example: 'Sie haben bei uns Ihre Jacke vergessen.' }),
});
export type MessageRequest = z.output<typeof messageRequest>;

export const reminderRequest = z.object({
  channel: z.enum(NOTIFICATION_CHANNELS).optional().meta({ description: 'left out: SMS, else e-mail' }),
});

// ---------------------------------------------------------------- dead letters

export const deadLetterView = z.object({
  id: z.string(),
  queue: z.string(),
  reason: z.string(),
  message: z.string(),
  at: instantOut(),
});
export const deadLetterListResponse = listOf(deadLetterView);
export const deadLetterParams = z.object({ id: idParam('dead_letter') });
export const replayedResponse = itemOf(z.object({ id: idOut('dead_letter') }));
