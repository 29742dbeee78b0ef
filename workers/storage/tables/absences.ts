/** Requests for absence of the staff. */
import { index, integer, primaryKey, sqliteTable, text } from 'drizzle-orm/sqlite-core';
import { ABSENCE_KINDS, ABSENCE_STATUSES } from '../../../shared/absence-sets.ts';
import type { TenantId } from '../../../shared/ids.ts';

export const absenceRequests = sqliteTable(
  'absence_requests',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    staffId: text('staff_id').notNull(),
    /** user who asked, and who is told; null: a key did */
    askedBy: text('asked_by'),
    kind: text('kind', { enum: ABSENCE_KINDS }).notNull(),
    fromDate: text('from_date').notNull(),
    toDate: text('to_date').notNull(),
    fromTime: text('from_time'),
    toTime: text('to_time'),
    note: text('note'),
    status: text('status', { enum: ABSENCE_STATUSES }).notNull().default('open'),
    reason: text('reason'),
    decidedBy: text('decided_by'),
    decidedAt: integer('decided_at'),
    /** item of the calendar that it became */
    exceptionId: text('exception_id'),
    createdAt: integer('created_at').notNull(),
    version: integer('version').notNull().default(1),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('absence_requests_created').on(t.tenantId, t.createdAt, t.id),
    index('absence_requests_status').on(t.tenantId, t.status, t.createdAt, t.id),
    index('absence_requests_staff').on(t.tenantId, t.staffId, t.createdAt, t.id),
  ],
);
