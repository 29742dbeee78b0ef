/** How the activity log is listed, and the values beside an entry. Named by identity/activity.resource.ts. */
import { eq, gte, lt, type SQL } from 'drizzle-orm';
import { fromIso } from '../../../shared/time.ts';
import { has, type ListSource } from '../resource-list.ts';
import { auditLog, auditValues } from '../tables/identity.ts';
import type { TenantDb } from '../tenant-db.ts';

export type AuditRow = typeof auditLog.$inferSelect;
type AuditValuesRow = typeof auditValues.$inferSelect;

const { createdAt } = auditLog;

/** Newest first. Area and kinds are judged over a bounded stretch: they are wide, and asked beside what has an index. */
export const auditList: ListSource<typeof auditLog> = {
  table: auditLog,
  sorts: { created_at: { by: createdAt, of: (row) => row.createdAt, kind: 'number' } },
  order: '-created_at',
  filters: {
    subject_id: has(auditLog.subjectId, true),
    causer_id: has(auditLog.causerId, true),
    event: has(auditLog.description, true),
    impersonator_id: has(auditLog.impersonatorId, false),
    log: has(auditLog.log, false),
    subject_type: has(auditLog.subjectType, false),
    causer_type: has(auditLog.causerType, false),
    since: (value) => ({ where: gte(createdAt, fromIso(value) ?? 0), indexed: 'range' }),
    until: (value) => ({ where: lt(createdAt, fromIso(value) ?? 0), indexed: 'range' }),
  },
};

/** Values and address of an entry; null: there were none, or they were emptied. */
export const auditValuesOf = (db: TenantDb, id: string): Promise<AuditValuesRow | null> =>
  db.row(auditValues, eq(auditValues.auditId, id));

/** What one causer did. */
export const causedBy = (causerId: string): SQL => eq(auditLog.causerId, causerId);
