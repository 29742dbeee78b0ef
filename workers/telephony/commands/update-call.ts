/** A person has looked at a call, or says whose it was. Called by calls.resource.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { CallChange } from '../../../shared/contract/calls.ts';
import type { DomainError } from '../../../shared/errors.ts';
import { err, type Err, type Result } from '../../../shared/result.ts';
import { changeItem, type ChangeInput } from '../../resources/items.ts';
import type { CallRow } from '../../storage/queries/calls.ts';
import { customerRow, customerTouched } from '../../storage/queries/customers.ts';
import { isCustomerReached } from '../../storage/queries/reach.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { CALL_KIND } from '../call-kind.ts';
import { type CallKnowledge, saidByPerson } from '../call-lifecycle.ts';

/**
 * Changes what people say of a call; the provider's later events change neither. A customer who is linked has shown a sign of life then.
 * Refusals: PERMISSION_DENIED, NOT_FOUND (the call; a customer who is not there or beyond reach), VALIDATION_ERROR (`customer_id`: whoever
 * called was erased), VERSION_CONFLICT.
 */
export async function updateCall(
  scope: TenantScope,
  { input, ...which }: ChangeInput & { input: CallChange },
): Promise<Result<CallRow>> {
  const refused = permissionRefusal(scope.actor, 'edit_calls');
  if (refused) return refused;
  const { customer_id: customerId, reviewed } = input;
  const unlinkable = customerId === undefined ? null : await linkRefusal(scope, customerId);
  if (unlinkable) return unlinkable;
  let isErased = false;
  const changed = await changeItem(scope, CALL_KIND, {
    ...which,
    from: 'live',
    verb: 'updated',
    plan(row) {
      const links = customerId !== undefined && customerId !== row.customerId;
      const marks = reviewed !== undefined && reviewed !== (row.reviewedAt !== null);
      isErased = links && row.erasedAt !== null;
      if (isErased || !(links || marks)) return null;
      return {
        set: {
          ...(links && { customerId, knowledge: saidByPerson(row.knowledge as CallKnowledge, customerId) }),
          ...(marks && {
            reviewedAt: reviewed ? scope.now : null,
            reviewedBy: reviewed && scope.actor.kind === 'user' ? scope.actor.userId : null,
          }),
        },
        before: { ...(links && { customer_id: row.customerId }), ...(marks && { reviewed: !reviewed }) },
        after: { ...(links && { customer_id: customerId }), ...(marks && { reviewed }) },
        more: links && customerId !== null ? [customerTouched(scope.db, customerId, row.startedAt)] : [],
      };
    },
  });
  // Nobody is to be told from it any more.
  return isErased ? err({ code: 'VALIDATION_ERROR', errors: { customer_id: ['erased'] } }) : changed;
}

/** Why this customer can't be linked by this actor; null: they can. Taking somebody off needs no look at them. */
async function linkRefusal(scope: TenantScope, customerId: string | null): Promise<Err<DomainError> | null> {
  const refused = permissionRefusal(scope.actor, 'view_customers');
  if (refused || customerId === null) return refused;
  const [row, reached] = await Promise.all([customerRow(scope.db, customerId), scope.reached()]);
  const isTheirs = row !== null && (await isCustomerReached(scope.db, customerId, reached, scope.now));
  return isTheirs ? null : err({ code: 'NOT_FOUND', entity: 'customer' });
}
