/** A request for absence ends: granted, refused or withdrawn. Called by the routes. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { AbsenceStatus } from '../../../shared/absence-sets.ts';
import { bytesOfHash, newId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { auditWrites } from '../../identity/audit.ts';
import { sha256Hex } from '../../object-runtime/hash.ts';
import type { Asked } from '../../resources/backing.ts';
import { absenceById, type AbsenceRow, settleAbsence } from '../../storage/queries/absence-requests.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { actorRefOf } from '../actor-ref.ts';
import { ifConfirmed } from '../../resources/if-confirmed.ts';
import { isVisible, NO_REQUEST, noticeTo } from './parts.ts';

const illegal = (from: AbsenceStatus, to: AbsenceStatus): Result<never> =>
  err({
    code: 'ILLEGAL_TRANSITION',
    details: { from, to, allowed: from === 'open' ? ['granted', 'refused', 'withdrawn'] : [] },
  });

/** The exception of a request: the same one, however often it is granted. */
const exceptionOf = (requestId: string): string =>
  newId('exception', 0, bytesOfHash(sha256Hex(`absence ${requestId}`)));

/** The request, while it is open. Refusals: NOT_FOUND, ILLEGAL_TRANSITION. */
async function openOne(scope: TenantScope, id: string, to: AbsenceStatus): Promise<Result<AbsenceRow>> {
  const row = await absenceById(scope.db, id);
  if (row === null || !(await isVisible(scope, row))) return NO_REQUEST;
  return row.status === 'open' ? ok(row) : illegal(row.status, to);
}

/** Stores the end of a request with its audit row and the mail to who asked. Null: it is open no more. */
async function settle(
  scope: TenantScope,
  row: AbsenceRow,
  status: Exclude<AbsenceStatus, 'open'>,
  reason: string | null,
  exceptionId: string | null,
): Promise<AbsenceRow | null> {
  const { actor, now } = scope;
  const decidedBy = actor.kind === 'user' ? actor.userId : null;
  const isTold = status !== 'withdrawn' && row.askedBy !== null && row.askedBy !== decidedBy;
  const notices = isTold && row.askedBy !== null ? [noticeTo(row.askedBy, 'absence.decided', row.id, now)] : [];
  const settled = await settleAbsence(scope.db, row, { status, reason, decidedBy, decidedAt: now, exceptionId }, [
    ...auditWrites(scope, {
      log: 'absences',
      description: `absence_request.${status}`,
      subjectType: 'absence_request',
      subjectId: row.id,
      before: { status: row.status },
      after: {
        status,
        ...(reason === null ? {} : { reason }),
        ...(exceptionId === null ? {} : { exception_id: exceptionId }),
      },
    }),
    ...scope.effectWrites(notices),
  ]);
  if (settled !== null) await scope.enqueue(notices);
  return settled;
}

/**
 * Grants: the absence is entered first (under an id that follows from the request, so that a repeat enters it once), then the request ends.
 * Refusals: PERMISSION_DENIED, NOT_FOUND, ILLEGAL_TRANSITION, WOULD_STRAND (appointments in that time; confirmed by their token).
 */
export async function grantAbsence(
  scope: TenantScope,
  {
    id,
    reason,
    confirm,
    confirmToken,
  }: { id: string; reason: string | null } & Pick<Asked, 'confirm' | 'confirmToken'>,
): Promise<Result<{ row: AbsenceRow; stranded: number }>> {
  const refused = permissionRefusal(scope.actor, 'edit_absence_requests');
  if (refused) return refused;
  const found = await openOne(scope, id, 'granted');
  if (!found.ok) return found;
  const row = found.value;
  const exceptionId = exceptionOf(row.id);
  const about = { now: scope.now, actor: actorRefOf(scope.actor), kind: 'exception' as const, id: exceptionId };
  const { kind, fromDate, toDate, fromTime, toTime, staffId, note } = row;
  const body = { kind, fromDate, toDate, fromTime, toTime, note, ownerKind: 'staff', ownerId: staffId, branchId: null };
  const { result } = await ifConfirmed(scope, { confirm, confirmToken }, (confirmed) =>
    scope.calendar.putSchedule({ ...about, ...confirmed, key: `absence:${row.id}:grant`, body, expectedVersion: 0 }),
  );
  if (!result.ok) return result;
  const settled = await settle(scope, row, 'granted', reason, exceptionId);
  if (settled !== null) return ok({ row: settled, stranded: result.value.stranded });
  // Refused or withdrawn at the same moment: what was entered for it is taken out; granted by somebody else, it is theirs.
  const now = await absenceById(scope.db, row.id);
  if (now?.status === 'granted') return ok({ row: now, stranded: result.value.stranded });
  await scope.calendar.removeScheduleItem({ ...about, key: `absence:${row.id}:undo`, expectedVersion: null });
  return illegal(now?.status ?? 'withdrawn', 'granted');
}

/** Refuses with a reason. Refusals: PERMISSION_DENIED, NOT_FOUND, ILLEGAL_TRANSITION. */
export async function refuseAbsence(
  scope: TenantScope,
  { id, reason }: { id: string; reason: string },
): Promise<Result<AbsenceRow>> {
  const refused = permissionRefusal(scope.actor, 'edit_absence_requests');
  return refused ?? ended(scope, id, 'refused', reason);
}

/** Takes a request back: who asked, or who may decide. Refusals: PERMISSION_DENIED, NOT_FOUND, ILLEGAL_TRANSITION. */
export async function withdrawAbsence(scope: TenantScope, { id }: { id: string }): Promise<Result<AbsenceRow>> {
  const { actor } = scope;
  const refused = permissionRefusal(actor, 'create_absence_requests');
  if (refused) return refused;
  const found = await openOne(scope, id, 'withdrawn');
  if (!found.ok) return found;
  const isTheirs = actor.kind === 'user' && found.value.askedBy === actor.userId;
  const notTheirs = isTheirs ? null : permissionRefusal(actor, 'edit_absence_requests');
  return notTheirs ?? ended(scope, id, 'withdrawn', null);
}

async function ended(
  scope: TenantScope,
  id: string,
  status: 'refused' | 'withdrawn',
  reason: string | null,
): Promise<Result<AbsenceRow>> {
  const found = await openOne(scope, id, status);
  if (!found.ok) return found;
  const settled = await settle(scope, found.value, status, reason, null);
  if (settled !== null) return ok(settled);
  const now = await absenceById(scope.db, id);
  return illegal(now?.status ?? 'withdrawn', status);
}
