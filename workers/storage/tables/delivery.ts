/** Tables of the delivery out of the objects: heads, feed, effects, dead letters, stored webhooks. On each tenant's shard. */
import type { TenantId } from '../../../shared/ids.ts';
import { WEBHOOK_SOURCES, WEBHOOK_STATES } from '../../../shared/webhook-status.ts';
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';

/** How far D1 knows each object's history; guarded by triggers (storage/triggers.sql). */
export const objectHeads = sqliteTable(
  'object_heads',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    kind: text('kind', { enum: ['calendar', 'ledger'] }).notNull(),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
    /** the cursor the page started from; the trigger refuses a gap or a rewound history */
    fromSeq: integer('from_seq').notNull(),
    eventId: text('event_id'),
    hash: text('hash'),
    updatedAt: integer('updated_at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.kind] })],
);

/** One row per event: list of changes, streams after a gap, and the commands a restore replays. Ids only. */
export const feed = sqliteTable(
  'feed',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    kind: text('kind', { enum: ['calendar', 'ledger'] }).notNull(),
    epoch: integer('epoch').notNull(),
    seq: integer('seq').notNull(),
    eventId: text('event_id').notNull(),
    type: text('type').notNull(),
    v: integer('v').notNull(),
    entity: text('entity').notNull(),
    at: integer('at').notNull(),
    commandKey: text('command_key').notNull(),
    commandName: text('command_name').notNull(),
    command: text('command'),
    inputHash: text('input_hash').notNull(),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.kind, t.epoch, t.seq] }),
    uniqueIndex('feed_event').on(t.tenantId, t.kind, t.eventId),
    index('feed_entity').on(t.tenantId, t.entity, t.at),
  ],
);

/** Work that must happen once outside: durable before its id is enqueued. */
export const effects = sqliteTable(
  'effects',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    queue: text('queue', { enum: ['high', 'medium', 'low'] }).notNull(),
    kind: text('kind').notNull(),
    /** ids the handler needs */
    ref: text('ref').notNull(),
    state: text('state', { enum: ['pending', 'running', 'done', 'parked'] }).notNull(),
    attempts: integer('attempts').notNull().default(0),
    notBefore: integer('not_before').notNull(),
    leaseUntil: integer('lease_until').notNull().default(0),
    /** what a crashed attempt may already have done, e.g. `handed_over` */
    phase: text('phase'),
    lastError: text('last_error'),
    createdAt: integer('created_at').notNull(),
    doneAt: integer('done_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('effects_waiting').on(t.state, t.notBefore),
    index('effects_tenant_state').on(t.tenantId, t.state, t.createdAt),
  ],
);

/** Queue messages that failed for good, with the reason; looked at and replayed by a person. */
export const deadLetters = sqliteTable(
  'dead_letters',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    queue: text('queue').notNull(),
    message: text('message').notNull(),
    reason: text('reason').notNull(),
    at: integer('at').notNull(),
    /** when a person said that nothing is left to do; null: it waits for one */
    settledAt: integer('settled_at'),
    /** as `causerOf` says, and in the person's words why */
    settledBy: text('settled_by'),
    note: text('note'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('dead_letters_at').on(t.tenantId, t.at),
    index('dead_letters_open').on(t.settledAt, t.at, t.tenantId, t.id),
  ],
);

/** A body is still kept, here or in R2. */
export const HAS_BODY = sql`(payload IS NOT NULL OR payload_key IS NOT NULL)`;

/** Inbound webhooks, stored once per unique id before they are worked on. */
export const webhookLogs = sqliteTable(
  'webhook_logs',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    source: text('source', { enum: WEBHOOK_SOURCES }).notNull(),
    eventType: text('event_type').notNull(),
    /** provider event id, else a hash of the body */
    uniqueId: text('unique_id').notNull(),
    /** raw body up to 64 kB; larger ones lie in R2 under `payloadKey` */
    payload: text('payload'),
    payloadKey: text('payload_key'),
    state: text('state', { enum: WEBHOOK_STATES }).notNull(),
    receivedAt: integer('received_at').notNull(),
    processedAt: integer('processed_at'),
    retryCount: integer('retry_count').notNull().default(0),
    errorMessage: text('error_message'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    uniqueIndex('webhook_logs_unique').on(t.tenantId, t.source, t.uniqueId),
    index('webhook_logs_waiting').on(t.state, t.receivedAt),
    index('webhook_logs_received').on(t.tenantId, t.receivedAt, t.id),
    index('webhook_logs_source').on(t.tenantId, t.source, t.receivedAt, t.id),
    index('webhook_logs_state').on(t.tenantId, t.state, t.receivedAt, t.id),
    // Whose it is is what the operator wants to know who has nothing but the vendor's id of the event.
    index('webhook_logs_event').on(t.uniqueId),
    index('webhook_logs_bodies').on(t.tenantId, t.receivedAt).where(HAS_BODY),
  ],
);
