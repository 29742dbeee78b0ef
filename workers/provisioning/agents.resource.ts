/** Phone agents as a resource; provisioning, looking and removing a second one are verbs of their own. Mounted through routes.ts. */
import { agentChange, agentFields, agentQuery, agentView } from '../../shared/contract/agents.ts';
import { lazy } from '../../shared/lazy.ts';
import { defineResource } from '../resources/define.ts';

const answers = lazy(() => import('./answers.ts'));

export const agentsResource = defineResource({
  noun: 'retell_agent',
  path: '/api/v1/retell-agents',
  collection: 'provisioning',
  words: { one: 'a phone agent', many: 'phone agents', listed: 'newest first' },
  permissions: { view: 'view_retell_agents', create: 'create_retell_agents', edit: 'edit_retell_agents' },
  contract: { item: agentView, query: agentQuery, create: agentFields, change: agentChange },
  backing: {
    kind: 'd1',
    page: async (...asked) => (await answers()).agentBacking.page(...asked),
    one: async (scope, id) => (await answers()).agentBacking.one(scope, id),
    create: async (...asked) => (await answers()).agentBacking.create(asked[0], asked[1]),
    change: async (...asked) => (await answers()).agentBacking.change(...asked),
  },
});
