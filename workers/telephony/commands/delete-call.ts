/** A call is deleted and, within 30 days, brought back. Called by calls.resource.ts; the end of it is a rule of storage/retention.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { err, type Result } from '../../../shared/result.ts';
import { type ChangeInput, deleteItem, restoreItem } from '../../resources/items.ts';
import { type CallRow, callById } from '../../storage/queries/calls.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { CALL_KIND } from '../call-kind.ts';

/**
 * What was charged stays charged. Refusals: PERMISSION_DENIED, NOT_FOUND, ILLEGAL_TRANSITION (somebody is still talking),
 * VERSION_CONFLICT.
 */
export async function deleteCall(scope: TenantScope, input: ChangeInput): Promise<Result<CallRow>> {
  const refused = permissionRefusal(scope.actor, 'delete_calls');
  if (refused) return refused;
  const row = await callById(scope.db, input.id);
  if (row?.status === 'ongoing')
    return err({
      code: 'ILLEGAL_TRANSITION',
      details: { from: 'ongoing', to: 'deleted', allowed: ['ended', 'analyzed'] },
    });
  return deleteItem(scope, CALL_KIND, 'delete_calls', input);
}

/** Refusals: PERMISSION_DENIED, NOT_FOUND (its time was over), VERSION_CONFLICT. */
export const restoreCall = (scope: TenantScope, input: ChangeInput): Promise<Result<CallRow>> =>
  restoreItem(scope, CALL_KIND, 'delete_calls', input);
