/** Somebody of the staff asks for an absence. Called by absence-requests.resource.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { AskAbsence } from '../../../shared/contract/absences.ts';
import { newId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { auditWrites } from '../../identity/audit.ts';
import { type AbsenceRow, insertAbsence } from '../../storage/queries/absence-requests.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { itemToStore } from '../rules/put-schedule.ts';
import { noticeTo, peopleReached } from './parts.ts';

/** Most people that one request writes to. */
const MAX_TOLD = 5;

/**
 * Stores the request and tells who decides. Refusals: PERMISSION_DENIED, NOT_FOUND (`staff`: not this tenant's, or somebody else's and the
 * actor may not enter absences), VALIDATION_ERROR (by field; `staff_id` where the actor is nobody of the staff).
 */
export async function askAbsence(scope: TenantScope, input: AskAbsence): Promise<Result<AbsenceRow>> {
  const { actor, now } = scope;
  const refused = permissionRefusal(actor, 'create_absence_requests');
  if (refused) return refused;
  const { result } = await scope.calendar.schedule();
  if (!result.ok) return result;
  const userId = actor.kind === 'user' ? actor.userId : null;
  const own = userId === null ? [] : result.value.staff.filter(({ body }) => body.userId === userId);
  const asked = input.staff_id === undefined ? own[0] : result.value.staff.find(({ id }) => id === input.staff_id);
  if (input.staff_id === undefined && asked === undefined)
    return err({ code: 'VALIDATION_ERROR', errors: { staff_id: ['required'] } });
  const people = await peopleReached(scope);
  const isOwn = own.some(({ id }) => id === asked?.id);
  const mayForOthers = permissionRefusal(actor, 'create_exceptions') === null;
  if (asked === undefined || (!isOwn && !(mayForOthers && (people?.includes(asked.id) ?? true))))
    return err({ code: 'NOT_FOUND', entity: 'staff' });
  const id = newId('absence_request', now);
  const days = { fromDate: input.from_date, toDate: input.to_date, fromTime: input.from_time, toTime: input.to_time };
  // It must be one that can be granted: judged as the exception that it would become.
  const exception = { kind: input.kind, ownerKind: 'staff', ownerId: asked.id, branchId: null, ...days };
  const valid = itemToStore({ kind: 'exception', id, body: exception }, 0, false, 0, now);
  if (!valid.ok) return valid;
  const deciders = (await scope.owners(MAX_TOLD, 'and managers')).filter((one) => one.id !== userId);
  const notices = deciders.map((one) => noticeTo(one.id, 'absence.asked', id, now));
  const row = await insertAbsence(
    scope.db,
    { id, staffId: asked.id, askedBy: userId, kind: input.kind, ...days, note: input.note, createdAt: now },
    [
      ...auditWrites(scope, {
        log: 'absences',
        description: 'absence_request.created',
        subjectType: 'absence_request',
        subjectId: id,
        after: { staff_id: asked.id, kind: input.kind, from_date: input.from_date, to_date: input.to_date },
      }),
      ...scope.effectWrites(notices),
    ],
  );
  await scope.enqueue(notices);
  return ok(row);
}
