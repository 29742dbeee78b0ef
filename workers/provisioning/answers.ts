/** What the module's routes answer: lists, items and what became of each verb, as the contract shows them. Loaded with the first request by agents.resource.ts, numbers.resource.ts and routes.ts. */
import type { PoolState } from '../../shared/agent-sets.ts';
import type { AgentChange, AgentFields, AgentView } from '../../shared/contract/agents.ts';
import type { NumberChange, NumberView, PoolNumberView } from '../../shared/contract/numbers.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { cursorOf, pageOf } from '../http/list.ts';
import type { Asked, Backing, VersionedView } from '../resources/backing.ts';
import { d1Reading } from '../resources/d1-backing.ts';
import { agentList, agentOf } from '../storage/queries/agents.ts';
import { numberList, poolNumber, poolPage } from '../storage/queries/numbers.ts';
import type { agents, businessNumbers } from '../storage/tables/provisioning.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { agentShown } from './agent-kind.ts';
import { numberShown, poolNumberShown } from './number-kind.ts';
import { updateNumber } from './commands/update-number.ts';
import { createAgent, updateAgent } from './commands/write-agent.ts';

export { lookAtAgent, provisionAgent, removeTwin } from './commands/act-on-agent.ts';
export { importNumbers, takeOut } from './commands/number-pool.ts';
export { removeAgent } from './commands/remove-agent.ts';
export { setRecording } from './commands/set-recording.ts';
export { orderNumber, releaseNumber } from './commands/order-number.ts';
export { previewOfAgent } from './queries/preview.ts';
export { agentShown, numberShown, poolNumberShown };

const versioned = <R extends { version: number }, V>(
  result: Result<R>,
  shown: (row: R) => V,
): Result<VersionedView<V>> => (result.ok ? ok({ view: shown(result.value), version: result.value.version }) : result);

export const agentBacking = {
  ...d1Reading<typeof agents, AgentView, AgentView>({
    noun: 'retell_agent',
    source: agentList,
    views: async (_scope, rows) => rows.map(agentShown),
  }),
  // A deleted one is kept for the calls that name it, and is nobody's to open.
  one: async (scope: TenantScope, id: string) => {
    const row = await agentOf(scope.db, id);
    return row === null ? err({ code: 'NOT_FOUND', entity: 'retell_agent' } as const) : ok({ view: agentShown(row) });
  },
  create: async (scope: TenantScope, input: AgentFields) => versioned(await createAgent(scope, input), agentShown),
  change: async (scope: TenantScope, id: string, change: AgentChange, { expectedVersion }: Asked) =>
    versioned(await updateAgent(scope, { id, expectedVersion, change }), agentShown),
};

export const numberBacking = {
  ...d1Reading<typeof businessNumbers, NumberView, NumberView>({
    noun: 'phone_number',
    source: numberList,
    views: async (_scope, rows) => rows.map(numberShown),
  }),
  change: async (scope: TenantScope, id: string, change: NumberChange, { expectedVersion }: Asked) =>
    versioned(await updateNumber(scope, { id, expectedVersion, change }), numberShown),
};

export const poolBacking = {
  kind: 'd1',
  async page(scope, query) {
    const after = cursorOf(query.cursor, ['number', 'string']);
    if (!after.ok) return after;
    const rows = await poolPage(scope.db, {
      state: query['state'] as PoolState,
      after: after.value && { createdAt: after.value[0], id: after.value[1] },
      limit: query.limit + 1,
    });
    const { shown, meta } = pageOf(rows, query.limit, (row) => [row.createdAt, row.id]);
    return ok({ data: shown.map(poolNumberShown), meta });
  },
  async one(scope, id) {
    const row = await poolNumber(scope.db, id);
    return row === null ? err({ code: 'NOT_FOUND', entity: 'pool_number' }) : ok({ view: poolNumberShown(row) });
  },
} satisfies Backing<PoolNumberView>;
