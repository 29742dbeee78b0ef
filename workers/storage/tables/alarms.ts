/** What needs a person, over all tenants. Control plane: on the first shard. */
import { sql } from 'drizzle-orm';
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import { ALARM_KINDS, ALARM_STATES } from '../../../shared/alarm-kinds.ts';
import type { TenantId } from '../../../shared/ids.ts';

/** Ids, names of ours, numbers and states that help whoever looks; never anything of a person. */
export type AlarmDetail = Readonly<Record<string, string | number | boolean | null>>;

/** One row per kind and subject, opened again when the fault comes back. Kept a year after being cleared. */
export const alarms = sqliteTable(
  'alarms',
  {
    id: text('id').primaryKey(),
    kind: text('kind', { enum: ALARM_KINDS }).notNull(),
    state: text('state', { enum: ALARM_STATES }).notNull(),
    /** what it is about: shared/alarm-kinds.ts says what of each kind */
    subject: text('subject').notNull(),
    /** whose; null: the platform's */
    tenantId: text('tenant_id').$type<TenantId>(),
    firstSeenAt: integer('first_seen_at').notNull(),
    /** since when it stands this time */
    openedAt: integer('opened_at').notNull(),
    lastSeenAt: integer('last_seen_at').notNull(),
    /** how often it was raised, all times together */
    count: integer('count').notNull(),
    detail: text('detail', { mode: 'json' }).$type<AlarmDetail>().notNull(),
    clearedAt: integer('cleared_at'),
    /** `user:usr_…`, or what judged it well again: `system:health` */
    clearedBy: text('cleared_by'),
    /** what the person said who cleared it */
    reason: text('reason'),
    /** the `opened_at` that operators were written of; null: none, or its end was told too */
    told: integer('told'),
  },
  (t) => [
    uniqueIndex('alarms_subject').on(t.kind, t.subject),
    index('alarms_state').on(t.state, t.openedAt, t.id),
    index('alarms_kind').on(t.state, t.kind, t.openedAt, t.id),
    index('alarms_tenant').on(t.tenantId, t.state, t.openedAt, t.id),
    index('alarms_cleared_at').on(t.clearedAt),
    index('alarms_told').on(t.told).where(sql`told IS NOT NULL`),
  ],
);
