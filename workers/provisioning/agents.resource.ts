/** Phone agents as a resource; provisioning, looking and removing a second one are verbs of their own. Mounted through routes.ts. */
import {
  agentChange,
  type AgentChange,
  agentFields,
  type AgentFields,
  agentQuery,
  agentView,
  type AgentView,
} from '../../shared/contract/agents.ts';
import { lazy } from '../../shared/lazy.ts';
import { ok, type Result } from '../../shared/result.ts';
import type { Asked, VersionedView } from '../resources/backing.ts';
import { d1Reading } from '../resources/d1-backing.ts';
import { defineResource } from '../resources/define.ts';
import { agentList, type AgentRow } from '../storage/queries/agents.ts';
import type { agents } from '../storage/tables/provisioning.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { agentShown } from './agent-kind.ts';

const commands = lazy(() => import('./commands/write-agent.ts'));

const shown = (result: Result<AgentRow>): Result<VersionedView<AgentView>> =>
  result.ok ? ok({ view: agentShown(result.value), version: result.value.version }) : result;

export const agentsResource = defineResource({
  noun: 'retell_agent',
  path: '/api/v1/retell-agents',
  collection: 'provisioning',
  words: { one: 'a phone agent', many: 'phone agents', listed: 'newest first' },
  permissions: { view: 'view_retell_agents', create: 'create_retell_agents', edit: 'edit_retell_agents' },
  contract: { item: agentView, query: agentQuery, create: agentFields, change: agentChange },
  backing: {
    ...d1Reading<typeof agents, AgentView, AgentView>({
      noun: 'retell_agent',
      source: agentList,
      views: async (_scope, rows) => rows.map(agentShown),
    }),
    create: async (scope: TenantScope, input: AgentFields) => shown(await (await commands()).createAgent(scope, input)),
    change: async (scope: TenantScope, id: string, change: AgentChange, { expectedVersion }: Asked) =>
      shown(await (await commands()).updateAgent(scope, { id, expectedVersion, change })),
  },
});
