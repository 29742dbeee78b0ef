/** A person takes a call back request or gives it to somebody, says when it is due, tries to reach the caller, closes it or opens it again. Called by callbacks-backing.ts and callback-routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import {
  type AttemptOutcome,
  CALLBACK_STATUSES,
  type CallbackPriority,
  type CallbackStatus,
  isClosedCallback,
} from '../../../shared/call-status.ts';
import type { Instant } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type AuditEntry, auditWrites } from '../../identity/audit.ts';
import { changedOf, valuesBefore } from '../../resources/items.ts';
import { attemptPut, callbackById, type CallbackRow, changeCallback } from '../../storage/queries/calls.ts';
import type { Write } from '../../storage/tenant-db.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { mayTakeCallbacks } from '../queries/assignees.ts';

/** Two people may press at the same moment: the second change is made on what the first left. */
const MAX_ATTEMPTS = 3;

interface UpdateCallback {
  id: string;
  status?: CallbackStatus | undefined;
  assignedTo?: string | undefined;
  priority?: CallbackPriority | undefined;
  dueAt?: Instant | undefined;
}

/**
 * Whoever is named has it; `assigned` without a name is the actor's own, `open` is nobody's. Nothing changed: no row of the activity log.
 * Refusals: PERMISSION_DENIED, NOT_FOUND (the request, or a user who is not the tenant's), VALIDATION_ERROR (a name with a state that has
 * none, somebody who may not work on call backs, `assigned` by a key without a name), ILLEGAL_TRANSITION (others went on changing it meanwhile).
 */
export async function updateCallback(scope: TenantScope, input: UpdateCallback): Promise<Result<CallbackRow>> {
  const refused = permissionRefusal(scope.actor, 'edit_callback_requests');
  if (refused) return refused;
  const named = input.assignedTo;
  if (named !== undefined) {
    const may = await mayTakeCallbacks(scope, named);
    if (!may.ok) return may;
  }
  return changed(scope, input, () => []);
}

interface RecordAttempt {
  id: string;
  attemptId: string;
  outcome: AttemptOutcome;
  note: string | null;
  /** left out: `reached` is done, everything else stays as it is */
  status: CallbackStatus | undefined;
}

/**
 * Somebody tried to reach the caller: a row of its own, and what becomes of the request in the same batch. Who reached them and nobody had it
 * before has it. Refusals: PERMISSION_DENIED, NOT_FOUND, VALIDATION_ERROR, ILLEGAL_TRANSITION as above.
 */
export async function recordAttempt(scope: TenantScope, input: RecordAttempt): Promise<Result<CallbackRow>> {
  const refused = permissionRefusal(scope.actor, 'edit_callback_requests');
  if (refused) return refused;
  const { id, attemptId, outcome, note } = input;
  const userId = scope.actor.kind === 'user' ? scope.actor.userId : null;
  const status = input.status ?? (outcome === 'reached' ? 'done' : undefined);
  const attempt = attemptPut(scope.db, { id: attemptId, callbackId: id, userId, at: scope.now, outcome, note });
  const entry = entryOf('callback_request.attempted', id);
  return changed(scope, { id, status }, () => [attempt, ...auditWrites(scope, { ...entry, after: { outcome } })]);
}

const entryOf = (description: string, id: string): AuditEntry => ({
  log: 'calls',
  description,
  subjectType: 'callback_request',
  subjectId: id,
});

/** @param more rows of the same batch; with some of them it is written also where nothing else changes */
async function changed(scope: TenantScope, input: UpdateCallback, more: () => Write[]): Promise<Result<CallbackRow>> {
  const named = input.assignedTo;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const row = await callbackById(scope.db, input.id);
    if (row === null) return err({ code: 'NOT_FOUND', entity: 'callback_request' });
    const status = input.status ?? (named === undefined || isClosedCallback(row.status) ? row.status : 'assigned');
    const whose = ownerOf(scope, { status, named, before: row.assignedTo });
    if (!whose.ok) return whose;
    const values = {
      status,
      assignedTo: whose.value,
      ...(input.priority !== undefined && { priority: input.priority }),
      ...(input.dueAt !== undefined && { dueAt: input.dueAt }),
    };
    const differing = changedOf(row, values);
    const along = more();
    const isSame = Object.keys(differing).length === 0;
    if (isSame && along.length === 0) return ok(row);
    const doneAt = isClosedCallback(status) ? (row.doneAt ?? scope.now) : null;
    const logged = isSame
      ? []
      : auditWrites(scope, {
          ...entryOf('callback_request.updated', row.id),
          before: valuesBefore(row, differing),
          after: differing,
        });
    // A new time is a new promise.
    const told = differing.dueAt === undefined ? {} : { escalatedAt: null };
    const after = await changeCallback(scope.db, row, { ...values, ...told, doneAt }, [...logged, ...along]);
    if (after !== null) return ok(after);
  }
  const details = { from: 'changed', to: input.status ?? 'assigned', allowed: [...CALLBACK_STATUSES] };
  return err({ code: 'ILLEGAL_TRANSITION', details });
}

function ownerOf(
  { actor }: TenantScope,
  { status, named, before }: { status: CallbackStatus; named: string | undefined; before: string | null },
): Result<string | null> {
  const self = actor.kind === 'user' ? actor.userId : null;
  if (status === 'open')
    return named === undefined
      ? ok(null)
      : err({ code: 'VALIDATION_ERROR', errors: { assigned_to: ['an open request is nobody’s'] } });
  // Whoever closes what nobody had taken has done it.
  if (status !== 'assigned') return ok(named ?? before ?? self);
  const taker = named ?? before ?? self;
  return taker === null ? err({ code: 'VALIDATION_ERROR', errors: { assigned_to: ['required'] } }) : ok(taker);
}
