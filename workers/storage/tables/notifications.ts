/** Messages to people: one row per event, recipient and channel; texts are composed when sent and never stored in queues. */
import type { TenantId } from '../../../shared/ids.ts';
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { BECAUSE, LEGAL_CLASSES, VERDICTS } from '../../../shared/message-sets.ts';
import { NOTIFICATION_CHANNELS, NOTIFICATION_STATUSES } from '../../../shared/notification-status.ts';

/** To whom it went and what it was made of is still kept. */
export const HAS_CONTENTS = sql`recipient <> ''`;

export const notifications = sqliteTable(
  'notifications',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    eventType: text('event_type').notNull(),
    channel: text('channel', { enum: NOTIFICATION_CHANNELS }).notNull(),
    /** number or address; emptied by erasure */
    recipient: text('recipient').notNull(),
    language: text('language').notNull(),
    customerId: text('customer_id'),
    appointmentId: text('appointment_id'),
    /** ids and instants the text is made of */
    data: text('data').notNull(),
    /** one message per event, recipient and channel, whatever is delivered how often */
    dedupeKey: text('dedupe_key').notNull(),
    status: text('status', { enum: NOTIFICATION_STATUSES }).notNull(),
    statusRank: integer('status_rank').notNull().default(0),
    scheduledAt: integer('scheduled_at').notNull(),
    /** never sent after this: a confirmation of a past appointment is useless */
    expiresAt: integer('expires_at').notNull(),
    sentAt: integer('sent_at'),
    failedAt: integer('failed_at'),
    retryCount: integer('retry_count').notNull().default(0),
    errorMessage: text('error_message'),
    providerMessageId: text('provider_message_id'),
    segments: integer('segments'),
    /** what it is by law; null: of a time before messages had one, which were all about an appointment, an account or money */
    legalClass: text('legal_class', { enum: LEGAL_CLASSES }),
    /** what notifications/rules/may-send.ts answered last, when, and why */
    verdict: text('verdict', { enum: VERDICTS }),
    because: text('because', { enum: BECAUSE }),
    decidedAt: integer('decided_at'),
    /** whose settings it was judged by */
    branchId: text('branch_id'),
    /** what a person wrote; null: the text is composed from `data` */
    subject: text('subject'),
    body: text('body'),
    createdAt: integer('created_at').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex('notifications_dedupe').on(t.tenantId, t.dedupeKey),
    index('notifications_created').on(t.tenantId, t.createdAt, t.id),
    index('notifications_status').on(t.tenantId, t.status, t.createdAt, t.id),
    index('notifications_provider').on(t.tenantId, t.providerMessageId),
    index('notifications_customer').on(t.tenantId, t.customerId, t.createdAt, t.id),
    index('notifications_appointment').on(t.tenantId, t.appointmentId, t.createdAt, t.id),
    index('notifications_contents').on(t.tenantId, t.createdAt).where(HAS_CONTENTS),
  ],
);
