/**
 * The steps of deleting an agent: its numbers go to another agent of their branch or lead to nobody, no call has it any more, and what bears
 * its marker at Retell is deleted, agents before models. Each looks first, so that a step that was cut off can be repeated. Called by jobs.ts.
 */
import { auditWrites } from '../identity/audit.ts';
import type { Platform } from '../env.ts';
import * as retell from '../integrations/retell-agents.ts';
import type { RetellConfig } from '../integrations/retell.ts';
import { agentGone, agentOf, type AgentRow, agentsOfBranch, unrouteAgent } from '../storage/queries/agents.ts';
import { jobRow } from '../storage/queries/jobs.ts';
import { numberLearnt, type NumberRow, numbersLeft, numbersOfAgent, routeNumber } from '../storage/queries/numbers.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { must, retellOf, Stopped, trouble } from './remote.ts';
import { bindNumber, foundAgents, foundModels } from './steps.ts';

interface RemovalWorld {
  platform: Platform;
  scope: TenantScope;
  config: RetellConfig;
  row: AgentRow;
  /** the job that worked on it before, which may still be making something */
  before: string | null;
}

/** Null where there is nothing (more) to delete. Throws `Stopped`. */
export async function removalWorld(
  platform: Platform,
  scope: TenantScope,
  { agent, after }: Readonly<Record<string, string>>,
): Promise<RemovalWorld | null> {
  const row = agent === undefined ? null : await agentOf(scope.db, agent);
  if (row === null || row.state !== 'removing') return null;
  const config = await retellOf(scope);
  if (!config.ok) throw new Stopped(config.error);
  return { platform, scope, config: config.value, row, before: after ?? null };
}

/** Whoever would take a number's calls instead; null: nobody. */
export async function successorOf(scope: TenantScope, row: AgentRow, number: NumberRow): Promise<AgentRow | null> {
  const others = await agentsOfBranch(scope.db, number.branchId);
  return (
    others.find(
      ({ id, agentId, state }) => id !== row.id && agentId !== null && (state === 'live' || state === 'drifted'),
    ) ?? null
  );
}

/** A step of the job before may still be at work: what it makes must not come after what is deleted here. */
async function wait({ scope, before }: RemovalWorld): Promise<void> {
  const other = before === null ? null : await jobRow(scope.db, before);
  if (other !== null && other.leaseUntil > scope.now) throw new Stopped(trouble('vendor_down', 'busy', true));
}

async function numbers(world: RemovalWorld): Promise<void> {
  const { scope, config, row } = world;
  for (const number of await numbersOfAgent(scope.db, row.id)) {
    const next = await successorOf(scope, row, number);
    if (next !== null && next.agentId !== null) {
      await bindNumber(world, { number: { ...number, agentId: next.id }, agentId: next.agentId });
      await numberLearnt(scope.db, number.id, { agentId: next.id, state: 'live', reason: null });
      continue;
    }
    if (number.e164 !== null) {
      const there = await must(retell.getNumber(config, number.e164));
      if (there !== null && retell.plain(there)['inbound_agents'] != null)
        await must(retell.changeNumber(config, number.e164, { inbound_agents: null }));
      await routeNumber(scope.db, { e164: number.e164, branchId: number.branchId, agentId: null });
    }
    await numberLearnt(
      scope.db,
      number.id,
      { agentId: null, state: 'assigned', reason: null },
      auditWrites(scope, {
        log: 'provisioning',
        description: 'retell_agent.number_unbound',
        subjectType: 'retell_agent',
        subjectId: row.id,
        after: { number: number.id },
      }),
    );
  }
  await scope.db.batch([numbersLeft(scope.db, row.id)]);
}

async function directory({ scope, row }: RemovalWorld): Promise<void> {
  if (row.agentId !== null) await unrouteAgent(scope.db, row.agentId);
}

async function remoteAgents({ scope, config, row }: RemovalWorld): Promise<void> {
  for (const { id } of await foundAgents({ config, row })) {
    await must(retell.deleteAgent(config, id));
    // A second one may have been led to in the meantime.
    await unrouteAgent(scope.db, id);
  }
}

async function models({ config, row }: RemovalWorld): Promise<void> {
  for (const id of new Set([...(await foundModels({ config, row })), ...(row.llmId === null ? [] : [row.llmId])]))
    await must(retell.deleteModel(config, id));
}

/** Looked at once more: only what is gone is called gone. */
async function finish({ scope, config, row }: RemovalWorld): Promise<void> {
  const left = (await foundAgents({ config, row })).length + (await foundModels({ config, row })).length;
  if (left > 0) throw new Stopped(trouble('vendor_down', 'left', true));
  await deleteRow(scope, row);
}

/** The row itself, with its alarms. Also called by the command, of a draft that has never been at Retell. */
export async function deleteRow(scope: TenantScope, row: AgentRow): Promise<void> {
  await scope.db.batch([
    numbersLeft(scope.db, row.id),
    agentGone(scope.db, row.id, scope.now),
    ...auditWrites(scope, {
      log: 'provisioning',
      description: 'retell_agent.deleted',
      subjectType: 'retell_agent',
      subjectId: row.id,
      before: { name: row.name, agentId: row.agentId, llmId: row.llmId },
    }),
  ]);
  const subject = `${scope.tenantId}/${row.id}`;
  for (const kind of ['agent_not_live', 'agent_drifted', 'agent_found_twice', 'agent_not_removed'] as const)
    await scope.clearAlarm({ kind, subject });
}

export type RemovalStep = (world: RemovalWorld) => Promise<void>;

/** In the order in which they must be done. */
export const REMOVAL_STEPS: readonly { name: string; run: RemovalStep }[] = [
  { name: 'wait', run: wait },
  { name: 'numbers', run: numbers },
  { name: 'directory', run: directory },
  { name: 'agents', run: remoteAgents },
  { name: 'models', run: models },
  { name: 'finish', run: finish },
];
