/** Call back requests as they are shown. Called by call-routes.ts. */
import type { z } from 'zod';
import { permissionRefusal } from '../../../shared/actor.ts';
import type { callbackListQuery, CallbackView } from '../../../shared/contract/calls.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { toIso } from '../../../shared/time.ts';
import { cursorOf, type Page, pageOf } from '../../http/list.ts';
import { callbackById, type CallbackRow, callbacksPage } from '../../storage/queries/calls.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { type Beside, beside, customerOf } from './names.ts';

const viewOfCallback = (row: CallbackRow, names: Beside): CallbackView => ({
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
  created_at: toIso(row.createdAt),
});

/** A page of call backs that the phone agent noted, newest first. Refusals: PERMISSION_DENIED, VALIDATION_ERROR (`cursor`). */
export async function callbackPage(
  scope: TenantScope,
  query: z.output<typeof callbackListQuery>,
): Promise<Result<Page<CallbackView>>> {
  const refused = permissionRefusal(scope.actor, 'view_callback_requests');
  if (refused) return refused;
  const after = cursorOf(query.cursor, ['number', 'string']);
  if (!after.ok) return after;
  const rows = await callbacksPage(scope.db, {
    after: after.value && { createdAt: after.value[0], id: after.value[1] },
    limit: query.limit + 1,
    ...(query.status === undefined ? {} : { status: query.status }),
  });
  const { shown, meta } = pageOf(rows, query.limit, (row) => [row.createdAt, row.id]);
  const names = await beside(
    scope,
    shown.map((row) => row.customerId),
  );
  return ok({ shown: shown.map((row) => viewOfCallback(row, names)), meta });
}

/** One call back request. Refusals: PERMISSION_DENIED, NOT_FOUND. */
export async function oneCallback(scope: TenantScope, { id }: { id: string }): Promise<Result<CallbackView>> {
  const refused = permissionRefusal(scope.actor, 'view_callback_requests');
  if (refused) return refused;
  const row = await callbackById(scope.db, id);
  if (!row) return err({ code: 'NOT_FOUND', entity: 'callback_request' });
  return ok(viewOfCallback(row, await beside(scope, [row.customerId])));
}
