/** A person takes a call back request, closes it or opens it again. Called by callbacks.resource.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { CALLBACK_STATUSES, type CallbackStatus, isClosedCallback } from '../../../shared/call-status.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { auditWrites } from '../../identity/audit.ts';
import { changedOf, valuesBefore } from '../../resources/items.ts';
import { callbackById, type CallbackRow, changeCallback } from '../../storage/queries/calls.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/** Two people may press at the same moment: the second change is made on what the first left. */
const MAX_ATTEMPTS = 3;

interface UpdateCallback {
  id: string;
  status: CallbackStatus | undefined;
  assignedTo: string | undefined;
}

/**
 * Whoever is named has it; `assigned` without a name is the actor's own, `open` is nobody's. Nothing changed: no row of the activity log.
 * Refusals: PERMISSION_DENIED, NOT_FOUND (the request, or a user who is not the tenant's), VALIDATION_ERROR (a name with a state that has
 * none, `assigned` by a key without a name), ILLEGAL_TRANSITION (others went on changing it meanwhile).
 */
export async function updateCallback(scope: TenantScope, input: UpdateCallback): Promise<Result<CallbackRow>> {
  const refused = permissionRefusal(scope.actor, 'edit_callback_requests');
  if (refused) return refused;
  const named = input.assignedTo;
  if (named !== undefined && !(await scope.namesOfUsers([named])).has(named))
    return err({ code: 'NOT_FOUND', entity: 'user' });
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const row = await callbackById(scope.db, input.id);
    if (row === null) return err({ code: 'NOT_FOUND', entity: 'callback_request' });
    const status = input.status ?? (named === undefined || isClosedCallback(row.status) ? row.status : 'assigned');
    const whose = ownerOf(scope, { status, named, before: row.assignedTo });
    if (!whose.ok) return whose;
    const changed = changedOf(row, { status, assignedTo: whose.value });
    if (Object.keys(changed).length === 0) return ok(row);
    const doneAt = isClosedCallback(status) ? (row.doneAt ?? scope.now) : null;
    const along = auditWrites(scope, {
      log: 'calls',
      description: 'callback_request.updated',
      subjectType: 'callback_request',
      subjectId: row.id,
      before: valuesBefore(row, changed),
      after: changed,
    });
    const after = await changeCallback(scope.db, row, { status, assignedTo: whose.value, doneAt }, along);
    if (after !== null) return ok(after);
  }
  const details = { from: 'changed', to: input.status ?? 'assigned', allowed: [...CALLBACK_STATUSES] };
  return err({ code: 'ILLEGAL_TRANSITION', details });
}

function ownerOf(
  { actor }: TenantScope,
  { status, named, before }: { status: CallbackStatus; named: string | undefined; before: string | null },
): Result<string | null> {
  if (status === 'open')
    return named === undefined
      ? ok(null)
      : err({ code: 'VALIDATION_ERROR', errors: { assigned_to: ['an open request is nobody’s'] } });
  if (status !== 'assigned') return ok(named ?? before);
  const taker = named ?? before ?? (actor.kind === 'user' ? actor.userId : null);
  return taker === null ? err({ code: 'VALIDATION_ERROR', errors: { assigned_to: ['required'] } }) : ok(taker);
}
