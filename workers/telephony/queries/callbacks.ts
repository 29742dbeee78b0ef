/** Call back requests as they are shown. Called by callbacks.resource.ts, which asked for the permission. */
import type { CallbackView } from '../../../shared/contract/calls.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import type { CallbackRow } from '../../storage/queries/calls.ts';
import type { ShownRow } from '../../storage/resource-list.ts';
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
  assigned_to: row.assignedTo,
  created_at: toIso(row.createdAt),
  closed_at: isoOrNull(row.doneAt),
});

/** Call back requests as they are shown. */
export async function viewsOfCallbacks(
  scope: TenantScope,
  rows: readonly ShownRow<CallbackRow>[],
): Promise<CallbackView[]> {
  const names = await beside(scope, rows);
  return rows.map((row) => viewOfCallback(row, names));
}
