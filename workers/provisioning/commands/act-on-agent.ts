/** What people do with an agent besides editing it: bring it to Retell, look at it there, let a second one go. Called through answers.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { TwinKind } from '../../../shared/agent-sets.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { auditWrites } from '../../identity/audit.ts';
import * as retell from '../../integrations/retell-agents.ts';
import type { JobWorld } from '../../jobs/world.ts';
import { agentLearnt, agentOf, type AgentRow } from '../../storage/queries/agents.ts';
import { numbersOfAgent } from '../../storage/queries/numbers.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { beginProvisioning } from '../begin-provisioning.ts';
import { checkAgent as check } from '../check-agent.ts';
import { must, retellOf, Stopped } from '../remote.ts';
import { twinsOf } from '../steps.ts';

const notFound = err({ code: 'NOT_FOUND', entity: 'retell_agent' } as const);
const unavailable = err({ code: 'UPSTREAM_UNAVAILABLE', service: 'retell' } as const);
const illegal = (from: string, to: string) =>
  err({ code: 'ILLEGAL_TRANSITION' as const, details: { from, to, allowed: [] as string[] } });

/** Begins provisioning, or lets the job that works on it go on. Refusals: PERMISSION_DENIED (`edit_retell_agents`), NOT_FOUND, ILLEGAL_TRANSITION (it is being deleted). */
export async function provisionAgent(scope: TenantScope, world: JobWorld, id: string): Promise<Result<AgentRow>> {
  const refused = permissionRefusal(scope.actor, 'edit_retell_agents');
  if (refused) return refused;
  const row = await agentOf(scope.db, id);
  if (row?.state === 'removing') return illegal('removing', 'provisioning');
  const begun = row === null ? null : await beginProvisioning(scope, world, row);
  return begun === null ? notFound : ok(begun);
}

/**
 * Compares what stands at Retell with what should.
 * Refusals: PERMISSION_DENIED (`edit_retell_agents`), NOT_FOUND, ILLEGAL_TRANSITION (never live yet), UPSTREAM_UNAVAILABLE.
 */
export async function lookAtAgent(scope: TenantScope, id: string): Promise<Result<AgentRow>> {
  const refused = permissionRefusal(scope.actor, 'edit_retell_agents');
  if (refused) return refused;
  const row = await agentOf(scope.db, id);
  if (row === null) return notFound;
  if (row.agentId === null || (row.state !== 'live' && row.state !== 'drifted')) return illegal(row.state, 'live');
  await scope.db.batch(
    auditWrites(scope, {
      log: 'provisioning',
      description: 'retell_agent.checked',
      subjectType: 'retell_agent',
      subjectId: id,
    }),
  );
  try {
    const checked = await check(scope, row);
    return checked === null ? notFound : ok(checked);
  } catch (fault) {
    if (!(fault instanceof Stopped)) throw fault;
    return unavailable;
  }
}

/**
 * Deletes a second agent or model at Retell that a person has looked at. It is looked up again: what the agent uses, or a number leads to, stays.
 * Refusals: PERMISSION_DENIED (`delete_retell_agents`), NOT_FOUND (also: it is no twin any more), UPSTREAM_UNAVAILABLE.
 */
export async function removeTwin(
  scope: TenantScope,
  { id, twin }: { id: string; twin: { kind: TwinKind; id: string } },
): Promise<Result<AgentRow>> {
  const refused = permissionRefusal(scope.actor, 'delete_retell_agents');
  if (refused) return refused;
  const row = await agentOf(scope.db, id);
  if (row === null) return notFound;
  const config = await retellOf(scope);
  if (!config.ok) return unavailable;
  const world = { config: config.value, row };
  const isTwin = async (): Promise<boolean> =>
    (await twinsOf(world)).some((one) => one.kind === twin.kind && one.id === twin.id);
  try {
    if (!(await isTwin()) || (twin.kind === 'agent' && (await isBound(scope, world.config, row, twin.id))))
      return err({ code: 'NOT_FOUND', entity: 'twin' });
    // Before the deletion: what was done to somebody's agent is told also when the answer is lost.
    await scope.db.batch(
      auditWrites(scope, {
        log: 'provisioning',
        description: 'retell_agent.twin_removed',
        subjectType: 'retell_agent',
        subjectId: id,
        after: { kind: twin.kind, id: twin.id },
      }),
    );
    await must(
      twin.kind === 'agent' ? retell.deleteAgent(world.config, twin.id) : retell.deleteModel(world.config, twin.id),
    );
    const twins = await twinsOf(world);
    if (twins.length === 0) await scope.clearAlarm({ kind: 'agent_found_twice', subject: `${scope.tenantId}/${id}` });
    const rows = await agentLearnt(scope.db, id, { twins });
    return rows?.[0] === undefined ? notFound : ok(rows[0]);
  } catch (fault) {
    if (!(fault instanceof Stopped)) throw fault;
    return unavailable;
  }
}

async function isBound(
  scope: TenantScope,
  config: Parameters<typeof retell.getNumber>[0],
  row: AgentRow,
  agentId: string,
): Promise<boolean> {
  for (const { e164 } of await numbersOfAgent(scope.db, row.id)) {
    const remote = e164 === null ? null : await must(retell.getNumber(config, e164));
    if (JSON.stringify(retell.plain(remote)['inbound_agents'] ?? null).includes(JSON.stringify(agentId))) return true;
  }
  return false;
}
