/** A business asks for a number, or gives one back. Called through answers.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { NumberRequest } from '../../../shared/contract/numbers.ts';
import { newId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { deleteNumber } from '../../integrations/retell-agents.ts';
import type { JobWorld } from '../../jobs/world.ts';
import { changeItem, insertItem } from '../../resources/items.ts';
import {
  countNumbers,
  numberRoom,
  dropOrder,
  freeNumber,
  numberLearnt,
  numberOf,
  type NumberRow,
  unrouteNumber,
} from '../../storage/queries/numbers.ts';
import { businessNumbers } from '../../storage/tables/provisioning.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { snapshotOf } from '../facts.ts';
import { forgetPublished, keepPublished } from '../published-number.ts';
import { NUMBER_KIND } from '../number-kind.ts';
import { branchIn } from '../read-fields.ts';
import { retellOf } from '../remote.ts';
import { giveNumber } from '../settle-orders.ts';

/** Numbers of one business: more than it has branches is a mistake, or somebody who empties the pool. */
const MAX_NUMBERS = 20;

/**
 * The oldest free number of the branch's country; the pool empty, the order waits.
 * Refusals: PERMISSION_DENIED (`create_phone_numbers`), NOT_FOUND (branch), VALIDATION_ERROR (`published_number`), LIMIT_REACHED,
 * UPSTREAM_UNAVAILABLE.
 */
export async function orderNumber(
  platform: Platform,
  scope: TenantScope,
  world: JobWorld,
  request: NumberRequest,
): Promise<Result<NumberRow>> {
  const refused = permissionRefusal(scope.actor, 'create_phone_numbers');
  if (refused) return refused;
  const snapshot = await snapshotOf(scope);
  if (snapshot === null) return err({ code: 'UPSTREAM_UNAVAILABLE', service: 'calendar' });
  const branch = branchIn(snapshot, request.branch_id);
  if (branch === null) return err({ code: 'NOT_FOUND', entity: 'branch' });
  const most = Math.min(MAX_NUMBERS, (await scope.limit('phone_numbers')) ?? MAX_NUMBERS);
  const full = err({ code: 'LIMIT_REACHED', limit: 'phone_numbers', max: most } as const);
  if ((await countNumbers(scope.db)) >= most) return full;
  const published = await keepPublished(scope, branch.id, request.published_number ?? null);
  if (!published.ok) return published;
  const id = newId('phone_number', scope.now);
  const values = {
    branchId: branch.id,
    country: branch.body.country,
    publishedNumber: published.value,
    state: 'waiting' as const,
  };
  const { row } = await insertItem(scope, NUMBER_KIND, {
    id,
    // Counted once more in the transaction: two orders at a time are not one too many.
    writes: [
      numberRoom(scope.db, most),
      scope.db.insertOf(businessNumbers, { ...values, id, createdAt: scope.now, updatedAt: scope.now }),
    ],
    after: values,
  });
  // Its id is new: nothing else can have refused it.
  if (row === null) return full;
  return ok(await giveNumber(platform, scope, world, row));
}

/**
 * Gives a number back to the pool: Retell forgets it first, because nothing may be answered for somebody who no longer has it.
 * Refusals: PERMISSION_DENIED (`delete_phone_numbers`), NOT_FOUND, VERSION_CONFLICT, UPSTREAM_UNAVAILABLE.
 */
export async function releaseNumber(scope: TenantScope, id: string): Promise<Result<NumberRow>> {
  const refused = permissionRefusal(scope.actor, 'delete_phone_numbers');
  if (refused) return refused;
  const row = await numberOf(scope.db, id);
  if (row === null) return err({ code: 'NOT_FOUND', entity: 'phone_number' });
  if (row.state === 'released') return ok(row);
  if (row.e164 !== null && row.state !== 'assigned') {
    const config = await retellOf(scope);
    const gone = config.ok ? await deleteNumber(config.value, row.e164) : null;
    if (gone !== null && !gone.ok) return err({ code: 'UPSTREAM_UNAVAILABLE', service: 'retell' });
  }
  const released = await changeItem(scope, NUMBER_KIND, {
    id,
    expectedVersion: null,
    from: 'live',
    verb: 'released',
    plan: ({ state, e164 }) => ({
      set: { state: 'released', agentId: null },
      before: { state, e164 },
      after: { state: 'released' },
    }),
  });
  if (!released.ok) return released;
  if (row.publishedNumber !== null) await forgetPublished(scope, row);
  if (row.e164 !== null) await unrouteNumber(scope.db, row.e164);
  // Last: from here on it may be somebody else's.
  await freeNumber(scope.db, id);
  await dropOrder(scope.db, id);
  const shown = await numberLearnt(scope.db, id, { sentHash: null });
  return ok(shown?.[0] ?? released.value);
}
