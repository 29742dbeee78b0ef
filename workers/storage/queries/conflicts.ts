/** How projected conflicts with Cal.com are listed. Called by calendar/queries/conflicts.ts. */
import { has, type ListSource } from '../resource-list.ts';
import { externalConflicts } from '../tables/calendar.ts';

export type ConflictRow = typeof externalConflicts.$inferSelect;

/** Newest first. */
export const conflictList: ListSource<typeof externalConflicts> = {
  table: externalConflicts,
  sorts: { created_at: { by: externalConflicts.createdAt, of: (row) => row.createdAt, kind: 'number' } },
  filters: { status: has(externalConflicts.status, true), kind: has(externalConflicts.kind, true) },
};
