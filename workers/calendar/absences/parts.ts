/** What the commands about requests for absence share: how one is shown, whose it is, the notices. */
import type { AbsenceRequestView } from '../../../shared/contract/absences.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import { err } from '../../../shared/result.ts';
import type { ABSENCE_NOTICES, EffectSpec } from '../../events/effects.ts';
import type { AbsenceRow } from '../../storage/queries/absence-requests.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

export const NO_REQUEST = err({ code: 'NOT_FOUND', entity: 'absence_request' } as const);

/** Whose requests whoever asks sees: their own only, or those of the people at the places they reach. Null: everybody's. */
export async function peopleReached(scope: TenantScope): Promise<readonly string[] | null> {
  const { staff, branches, people } = await scope.reached();
  if (branches === null) return staff;
  return staff === null ? people : staff.filter((id) => people.includes(id));
}

/** Whether a request exists for whoever asks. */
export async function isVisible(scope: TenantScope, { staffId }: Pick<AbsenceRow, 'staffId'>): Promise<boolean> {
  const people = await peopleReached(scope);
  return people === null || people.includes(staffId);
}

/** Requests as they are shown; who decided has a name while they are a user here. */
export async function viewsOfAbsences(scope: TenantScope, rows: readonly AbsenceRow[]): Promise<AbsenceRequestView[]> {
  const ids = [...new Set(rows.flatMap(({ decidedBy }) => decidedBy ?? []))];
  const names = ids.length === 0 ? new Map<string, string>() : await scope.recentNamesOfUsers(ids);
  return rows.map((row) => ({
    id: row.id,
    staff_id: row.staffId,
    kind: row.kind,
    from_date: row.fromDate,
    to_date: row.toDate,
    from_time: row.fromTime,
    to_time: row.toTime,
    note: row.note,
    status: row.status,
    reason: row.reason,
    decided_by: row.decidedBy === null ? null : (names.get(row.decidedBy) ?? null),
    decided_at: isoOrNull(row.decidedAt),
    exception_id: row.exceptionId,
    created_at: toIso(row.createdAt),
    version: row.version,
  }));
}

/** The notice of a request to one user; its id follows from both, so that a repeat sends nothing twice. */
export const noticeTo = (
  userId: string,
  event: (typeof ABSENCE_NOTICES)[number],
  requestId: string,
  at: number,
): EffectSpec => ({
  id: `${requestId}:${event}:${userId}`,
  queue: 'high',
  kind: 'notify',
  ref: { event, userId, requestId, at },
});
