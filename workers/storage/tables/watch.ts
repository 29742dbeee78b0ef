/** What watches over the platform: inbound events, uptime, security events, defects, checks before going live. Control plane: on the first shard. */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import type { TenantId } from '../../../shared/ids.ts';
import { HEALTH_STATUSES } from '../../../shared/tenant-status.ts';
import { DEFECT_STATES, LIVE_RESULTS } from '../../../shared/watch-status.ts';
import { WEBHOOK_SOURCES } from '../../../shared/webhook-status.ts';

/** Kinds of events that vendors have sent, counted by a cron, and whether they are worked on. */
export const inboundEvents = sqliteTable(
  'inbound_events',
  {
    source: text('source', { enum: WEBHOOK_SOURCES }).notNull(),
    eventType: text('event_type').notNull(),
    count: integer('count').notNull(),
    firstSeenAt: integer('first_seen_at'),
    lastSeenAt: integer('last_seen_at'),
    /** since when they are stored and not worked on; null: they are worked on */
    offAt: integer('off_at'),
    offBy: text('off_by'),
    offReason: text('off_reason'),
  },
  (t) => [primaryKey({ columns: [t.source, t.eventType] })],
);

/** How far something that counts over all shards has come. */
export const watchMarks = sqliteTable('watch_marks', {
  name: text('name').primaryKey(),
  at: integer('at').notNull(),
});

/** How the platform stood at each look. Kept 90 days. */
export const uptimeChecks = sqliteTable('uptime_checks', {
  at: integer('at').primaryKey(),
  status: text('status', { enum: HEALTH_STATUSES }).notNull(),
  /** names of the parts that were not well */
  ill: text('ill', { mode: 'json' }).$type<string[]>().notNull(),
  latencyMs: integer('latency_ms'),
});

/** Log lines of the channel `security`. Ids, routes and codes; never an address or a name. Kept 30 days. */
export const securityEvents = sqliteTable(
  'security_events',
  {
    id: text('id').primaryKey(),
    at: integer('at').notNull(),
    level: text('level').notNull(),
    event: text('event').notNull(),
    requestId: text('request_id'),
    tenantId: text('tenant_id').$type<TenantId>(),
    fields: text('fields', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
  },
  (t) => [
    index('security_events_at').on(t.at, t.id),
    index('security_events_tenant').on(t.tenantId, t.at, t.id).where(sql`tenant_id IS NOT NULL`),
    index('security_events_request').on(t.requestId, t.at, t.id).where(sql`request_id IS NOT NULL`),
  ],
);

/** Faults that nobody expected, one row a fingerprint. Kept 90 days after they were seen last. */
export const defects = sqliteTable(
  'defects',
  {
    /** follows from the fingerprint */
    id: text('id').primaryKey(),
    /** event of the log line: where it was caught */
    event: text('event').notNull(),
    /** without values of people, quoted texts and long numbers */
    message: text('message').notNull(),
    frames: text('frames', { mode: 'json' }).$type<string[]>().notNull(),
    /** ids and codes beside the newest one */
    fields: text('fields', { mode: 'json' }).$type<Record<string, unknown>>().notNull(),
    count: integer('count').notNull(),
    firstSeenAt: integer('first_seen_at').notNull(),
    lastSeenAt: integer('last_seen_at').notNull(),
    /** since when it stands this time */
    openedAt: integer('opened_at').notNull(),
    state: text('state', { enum: DEFECT_STATES }).notNull(),
    /** `opened_at` for which an alarm was raised */
    alarmedAt: integer('alarmed_at'),
    stateBy: text('state_by'),
    note: text('note'),
    version: integer('version').notNull().default(1),
  },
  (t) => [index('defects_state').on(t.state, t.lastSeenAt, t.id), index('defects_seen').on(t.lastSeenAt)],
);

/** What each check before going live said last. */
export const liveChecks = sqliteTable('live_checks', {
  name: text('name').primaryKey(),
  result: text('result', { enum: LIVE_RESULTS }),
  /** code-like: what to do stands in the page's catalogue */
  code: text('code'),
  detail: text('detail', { mode: 'json' }).$type<Record<string, string | number | null>>().notNull(),
  at: integer('at').notNull(),
  ms: integer('ms').notNull(),
  /** as `causerOf` says */
  by: text('by').notNull(),
});

/** Messages that came back out of a queue while its round trip was checked. */
export const queueProbes = sqliteTable(
  'queue_probes',
  {
    id: text('id').notNull(),
    queue: text('queue').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.id, t.queue] }), index('queue_probes_at').on(t.at)],
);
