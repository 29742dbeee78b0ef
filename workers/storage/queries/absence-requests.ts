/** D1 rows of requests for absence. Called by calendar/absences/. */
import { and, eq, inArray, type SQL } from 'drizzle-orm';
import { has, type ListSource } from '../resource-list.ts';
import { absenceRequests } from '../tables/absences.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

export type AbsenceRow = typeof absenceRequests.$inferSelect;
export type NewAbsence = Omit<typeof absenceRequests.$inferInsert, 'tenantId'>;

export const absenceList: ListSource<typeof absenceRequests> = {
  table: absenceRequests,
  sorts: { created_at: { by: absenceRequests.createdAt, of: (row) => row.createdAt, kind: 'number' } },
  filters: { status: has(absenceRequests.status, true), staff_id: has(absenceRequests.staffId, true) },
};

/** Requests of these people. */
export const absencesOf = (staffIds: readonly string[]): SQL => inArray(absenceRequests.staffId, [...staffIds]);

export const absenceById = async (db: TenantDb, id: string): Promise<AbsenceRow | null> =>
  (await db.rows(absenceRequests, { where: eq(absenceRequests.id, id), limit: 1 }))[0] ?? null;

/** A new request; a repeat under the same id changes nothing. */
export async function insertAbsence(db: TenantDb, row: NewAbsence, along: readonly Write[]): Promise<AbsenceRow> {
  const mine = eq(absenceRequests.id, row.id);
  const done = await db.commit(absenceRequests, mine, [db.insertOf(absenceRequests, row), ...along]);
  if (done.kind !== 'done' || done.row === null) throw new Error(`absence request ${row.id} was not stored`);
  return done.row;
}

/** Ends an open request; null: it is open no more. */
export async function settleAbsence(
  db: TenantDb,
  seen: AbsenceRow,
  set: Pick<AbsenceRow, 'status' | 'reason' | 'decidedBy' | 'decidedAt' | 'exceptionId'>,
  along: readonly Write[],
): Promise<AbsenceRow | null> {
  const mine = eq(absenceRequests.id, seen.id);
  const asSeen = and(mine, eq(absenceRequests.status, 'open'), eq(absenceRequests.version, seen.version)) ?? mine;
  const done = await db.commit(absenceRequests, mine, [
    db.guardOf(absenceRequests, asSeen),
    db.updateOf(absenceRequests, { ...set, version: seen.version + 1 }, mine),
    ...along,
  ]);
  return done.kind === 'done' ? done.row : null;
}

/** Demo data: one that was decided since stays as it is. */
export const seedAbsences = (db: TenantDb, rows: readonly NewAbsence[]): Promise<unknown> =>
  db.batch(rows.map((row) => db.insertIfNewOf(absenceRequests, row)));
