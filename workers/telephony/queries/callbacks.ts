/** Call back requests as they are shown. Called by callbacks-backing.ts and the commands' routes, which asked for the permission. */
import { isClosedCallback } from '../../../shared/call-status.ts';
import type { CallbackDetail, CallbackView } from '../../../shared/contract/calls.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import { attemptsOf, type CallbackRow, dueOfRow, type TriedBeside } from '../../storage/queries/calls.ts';
import { besideOf, type ShownRow } from '../../storage/resource-list.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { type Beside, beside, customerOf } from './names.ts';

/** Attempts that are shown of one request. */
const MAX_ATTEMPTS = 50;

const viewOfCallback = (
  row: CallbackRow,
  names: Beside,
  now: number,
  [tries, lastTried]: TriedBeside,
): CallbackView => ({
  id: row.id,
  kind: row.kind,
  status: row.status,
  call_id: row.callId,
  customer: customerOf(row, names),
  branch_id: row.branchId,
  phone: row.phone,
  name: row.name,
  reason: row.reason,
  wish: row.wish ?? {},
  assigned_to: row.assignedTo,
  priority: row.priority,
  due_at: toIso(dueOfRow(row)),
  overdue: !isClosedCallback(row.status) && dueOfRow(row) < now,
  escalated_at: isoOrNull(row.escalatedAt),
  tries,
  last_tried_at: isoOrNull(lastTried),
  created_at: toIso(row.createdAt),
  closed_at: isoOrNull(row.doneAt),
});

const NEVER: TriedBeside = [0, null];

/** Call back requests as the list shows them. */
export async function viewsOfCallbacks(
  scope: TenantScope,
  rows: readonly ShownRow<CallbackRow>[],
): Promise<CallbackView[]> {
  const names = await beside(scope, rows);
  return rows.map((row) =>
    viewOfCallback(row, names, scope.now, besideOf<{ tried: TriedBeside }>(row)?.tried ?? NEVER),
  );
}

/** One with whoever has it and every attempt to reach them. */
export async function detailOfCallback(scope: TenantScope, row: CallbackRow): Promise<CallbackDetail> {
  const [names, attempts] = await Promise.all([beside(scope, [row]), attemptsOf(scope.db, row.id, MAX_ATTEMPTS)]);
  const people = [row.assignedTo, ...attempts.map(({ userId }) => userId)].filter((id) => id !== null);
  const users = people.length === 0 ? new Map<string, string>() : await scope.recentNamesOfUsers(people);
  const userOf = (id: string | null) => (id === null ? null : { id, name: users.get(id) ?? null });
  return {
    ...viewOfCallback(row, names, scope.now, [attempts.length, attempts[0]?.at ?? null]),
    assignee: userOf(row.assignedTo),
    attempts: attempts.map(({ id, at, userId, outcome, note }) => ({
      id,
      at: toIso(at),
      by: userOf(userId),
      outcome,
      note,
    })),
  };
}
