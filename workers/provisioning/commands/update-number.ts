/** The published number and the agent of a number. Called by the resource. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { NumberChange } from '../../../shared/contract/numbers.ts';
import { err, type Result } from '../../../shared/result.ts';
import { changedOf, type ChangeInput, changeItem, valuesBefore } from '../../resources/items.ts';
import { agentOf } from '../../storage/queries/agents.ts';
import { numberOf, type NumberRow } from '../../storage/queries/numbers.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { NUMBER_KIND } from '../number-kind.ts';
import { forgetPublished, keepPublished } from '../published-number.ts';

/**
 * What is left out stays. Calls reach another agent as soon as that one is provisioned (again); until then the old one answers.
 * Refusals: PERMISSION_DENIED, NOT_FOUND (also of the agent), ILLEGAL_TRANSITION (given back), VALIDATION_ERROR, VERSION_CONFLICT.
 */
export async function updateNumber(
  scope: TenantScope,
  { change, ...which }: ChangeInput & { change: NumberChange },
): Promise<Result<NumberRow>> {
  const refused = permissionRefusal(scope.actor, 'edit_phone_numbers');
  if (refused) return refused;
  const before = await numberOf(scope.db, which.id);
  if (before === null) return err({ code: 'NOT_FOUND', entity: 'phone_number' });
  if (before.state === 'released')
    return err({ code: 'ILLEGAL_TRANSITION', details: { from: 'released', to: 'released', allowed: [] } });
  const wanted: { agentId?: string | null; publishedNumber?: string | null } = {};
  if (change.agent_id !== undefined) {
    if (change.agent_id !== null && (await agentOf(scope.db, change.agent_id)) === null)
      return err({ code: 'NOT_FOUND', entity: 'retell_agent' });
    wanted.agentId = change.agent_id;
  }
  if (change.published_number !== undefined) {
    // The company knows it before the row does: nobody is ever taken for a customer who calls from the shop.
    const published = await keepPublished(scope, before.branchId, change.published_number);
    if (!published.ok) return published;
    wanted.publishedNumber = published.value;
  }
  const changed = await changeItem(scope, NUMBER_KIND, {
    ...which,
    from: 'live',
    verb: 'updated',
    plan: (row) => {
      const set = changedOf(row, wanted);
      return Object.keys(set).length === 0 ? null : { set, before: valuesBefore(row, set), after: set };
    },
  });
  if (changed.ok && wanted.publishedNumber !== undefined && before.publishedNumber !== wanted.publishedNumber)
    await forgetPublished(scope, before);
  return changed;
}
