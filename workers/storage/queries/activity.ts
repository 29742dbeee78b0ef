/** How the activity log is listed, and the values beside an entry. Named by identity/activity.resource.ts. */
import { eq, gte, lt } from 'drizzle-orm';
import type { SQLiteColumn } from 'drizzle-orm/sqlite-core';
import { fromIso } from '../../../shared/time.ts';
import type { Condition, ListSource } from '../resource-list.ts';
import { auditLog, auditValues } from '../tables/identity.ts';
import type { TenantDb } from '../tenant-db.ts';

export type AuditRow = typeof auditLog.$inferSelect;
export type AuditValuesRow = typeof auditValues.$inferSelect;

const equal =
  (column: SQLiteColumn, indexed: boolean) =>
  (value: string): Condition => ({ where: eq(column, value), indexed });

const { createdAt } = auditLog;

/** Newest first. Area and kinds are judged over a bounded stretch: they are wide, and asked beside what has an index. */
export const auditList: ListSource<typeof auditLog> = {
  table: auditLog,
  sorts: { created_at: { by: createdAt, of: (row) => row.createdAt, kind: 'number' } },
  order: '-created_at',
  filters: {
    subject_id: equal(auditLog.subjectId, true),
    causer_id: equal(auditLog.causerId, true),
    event: equal(auditLog.description, true),
    log: equal(auditLog.log, false),
    subject_type: equal(auditLog.subjectType, false),
    causer_type: equal(auditLog.causerType, false),
    since: (value) => ({ where: gte(createdAt, fromIso(value) ?? 0), indexed: 'range' }),
    until: (value) => ({ where: lt(createdAt, fromIso(value) ?? 0), indexed: 'range' }),
  },
};

/** Values and address of an entry; null: there were none, or they were emptied. */
export const auditValuesOf = (db: TenantDb, id: string): Promise<AuditValuesRow | null> =>
  db.row(auditValues, eq(auditValues.auditId, id));
