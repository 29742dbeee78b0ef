/** Gives numbers of the pool to who waits for one. Called when one is ordered, when some are imported, and by a cron for what was cut off. */
import { processNow } from '../../shared/clock.ts';
import type { Platform } from '../env.ts';
import { clearAlarm, raiseAlarm } from '../alarms/raise.ts';
import { auditWrites } from '../identity/audit.ts';
import type { JobWorld } from '../jobs/world.ts';
import { agentOf, agentsOfBranch, type AgentRow } from '../storage/queries/agents.ts';
import {
  claimNumber,
  dropOrder,
  keepOrder,
  numberLearnt,
  numberOf,
  type NumberRow,
  routeNumber,
  waitingOrders,
} from '../storage/queries/numbers.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { beginProvisioning } from './begin-provisioning.ts';

/** Orders met by one call; the cron goes on with the rest. */
const MAX_SETTLED = 50;

/**
 * A number for the row, or its order waits. Everything may be repeated: the order is written first and goes last, and a number that was claimed
 * for the row is found again.
 */
export async function giveNumber(
  platform: Platform,
  scope: TenantScope,
  world: JobWorld,
  row: NumberRow,
): Promise<NumberRow> {
  const { country } = row;
  await keepOrder(scope.db, { numberId: row.id, country, createdAt: row.createdAt });
  const pool = await claimNumber(scope.db, { numberId: row.id, country, now: scope.now });
  if (pool === null) {
    await raiseAlarm(platform, {
      kind: 'number_pool_empty',
      subject: country,
      tenantId: null,
      detail: { country, number: row.id, tenant: scope.tenantId },
    });
    return row;
  }
  const agent = await agentFor(scope, row);
  // A call that comes from here on has a tenant and a branch, with or without an agent.
  await routeNumber(scope.db, { e164: pool.e164, branchId: row.branchId, agentId: agent?.agentId ?? null });
  const given = await numberLearnt(
    scope.db,
    row.id,
    { e164: pool.e164, state: 'assigned', agentId: agent?.id ?? null, reason: null },
    auditWrites(scope, {
      log: 'provisioning',
      description: 'phone_number.assigned',
      subjectType: 'phone_number',
      subjectId: row.id,
      after: { number: pool.e164, agent: agent?.id ?? null },
    }),
  );
  if (agent !== null && agent.state !== 'draft') await beginProvisioning(scope, world, agent);
  await dropOrder(scope.db, row.id);
  return given?.[0] ?? row;
}

/** The agent that the row names, else the branch's oldest. */
async function agentFor(scope: TenantScope, row: NumberRow): Promise<AgentRow | null> {
  const named = row.agentId === null ? null : await agentOf(scope.db, row.agentId);
  return named ?? (await agentsOfBranch(scope.db, row.branchId))[0] ?? null;
}

/** Meets orders of a country as far as its numbers last, oldest first. Answers how many. */
export async function settleOrders(platform: Platform, world: JobWorld, country: string): Promise<number> {
  let settled = 0;
  for (const order of await waitingOrders(platform, country, MAX_SETTLED)) {
    const scope = openTenant(platform, order.tenantId, { kind: 'system', cause: 'cron' }, { now: processNow() });
    const row = await numberOf(scope.db, order.numberId);
    if (row === null || row.state === 'released') {
      await dropOrder(scope.db, order.numberId);
      continue;
    }
    if ((await giveNumber(platform, scope, world, row)).e164 === null) break;
    settled++;
  }
  if ((await waitingOrders(platform, country, 1)).length === 0)
    await clearAlarm(platform, { kind: 'number_pool_empty', subject: country }, 'system:provisioning');
  return settled;
}
