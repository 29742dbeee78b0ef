/** Background work of agents and numbers: provisioning one agent, the hourly look at all of them, orders that can be met. Registered in workers/cron.ts. */
import { processNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import type { Platform } from '../env.ts';
import type { Cron, Handled, JobKind, JobStep } from '../jobs/types.ts';
import type { JobWorld } from '../jobs/world.ts';
import { agentByRemote, agentLearnt, routedAgents } from '../storage/queries/agents.ts';
import { servableCountries } from '../storage/queries/numbers.ts';
import { asTenantId } from '../tenancy/directory.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { checkAgent } from './check-agent.ts';
import { PROVISION, REMOVE } from './begin-provisioning.ts';
import { Stopped } from './remote.ts';
import { REMOVAL_STEPS, type RemovalStep, removalWorld } from './removal.ts';
import { settleOrders } from './settle-orders.ts';
import { type Step, STEPS, stepWorld } from './steps.ts';

/** Agents asked about in one page: each costs Retell some calls. */
const AGENTS_A_PAGE = 5;

const open = (platform: Platform, tenantId: TenantId): TenantScope =>
  openTenant(platform, tenantId, { kind: 'system', cause: 'cron' }, { now: processNow() });

/** One step of one agent. Told on the row in any case; thrown where it may succeed later by itself, so that the job tries it again. */
async function work(platform: Platform, tenantId: TenantId, id: string, run: Step): Promise<Handled> {
  const scope = open(platform, tenantId);
  try {
    const world = await stepWorld(platform, scope, id);
    if (world === null) return {};
    // A step before has failed for good: nothing of what comes behind it would be right.
    if (world.row.state === 'failed' && world.row.reason !== null && !AGAIN.test(world.row.reason)) return {};
    if (world.row.state !== 'provisioning') await agentLearnt(scope.db, id, { state: 'provisioning', reason: null });
    await run(world);
    return { counts: { steps: 1 } };
  } catch (fault) {
    if (!(fault instanceof Stopped)) throw fault;
    const { reason, again } = fault.trouble;
    if (fault.trouble.fault === 'announcing') {
      // Nothing is wrong: it goes on when every caller is told.
      await agentLearnt(scope.db, id, { reason });
      throw fault;
    }
    await agentLearnt(scope.db, id, { state: 'failed', reason });
    await scope.raise({ kind: 'agent_not_live', subject: `${tenantId}/${id}`, detail: { agent: id, reason } });
    if (again) throw fault;
    return { failed: [{ item: id, reason }] };
  }
}
/** Reasons that pass by themselves. */
const AGAIN = /^(vendor_down|announcing)/;

const provisionStep = (platform: Platform, name: string, run: Step): JobStep => ({
  name,
  list: async ({ params }) => ({ items: params['agent'] === undefined ? [] : [params['agent']], next: null }),
  async handle({ tenantId }, items) {
    const done = [];
    for (const id of items) done.push(await work(platform, tenantId, id, run));
    return {
      failed: done.flatMap(({ failed = [] }) => failed),
      counts: { steps: done.filter(({ counts }) => counts !== undefined).length },
    };
  },
});

/** One step of a deletion; told on the row, and thrown where it may succeed later by itself. */
async function removeSome(
  platform: Platform,
  tenantId: TenantId,
  params: Readonly<Record<string, string>>,
  run: RemovalStep,
): Promise<Handled> {
  const id = params['agent'] ?? '';
  const scope = open(platform, tenantId);
  try {
    const world = await removalWorld(platform, scope, params);
    // A step before has failed for good: what comes behind it would leave something there and call it gone.
    if (world === null || (world.row.reason !== null && !AGAIN.test(world.row.reason))) return {};
    await run(world);
    return { counts: { steps: 1 } };
  } catch (fault) {
    if (!(fault instanceof Stopped)) throw fault;
    const { reason, again } = fault.trouble;
    await agentLearnt(scope.db, id, { reason });
    await scope.raise({ kind: 'agent_not_removed', subject: `${tenantId}/${id}`, detail: { agent: id, reason } });
    if (again) throw fault;
    return { failed: [{ item: id, reason }] };
  }
}

const removalStep = (platform: Platform, name: string, run: RemovalStep): JobStep => ({
  name,
  list: async ({ params }) => ({ items: params['agent'] === undefined ? [] : [params['agent']], next: null }),
  handle: ({ tenantId, params }) => removeSome(platform, tenantId, params, run),
});

const itemOf = ({ tenantId, agentId }: { tenantId: string; agentId: string }): string => `${tenantId}|${agentId}`;
const agentIn = (item: string): { tenantId: string; agentId: string } => {
  const at = item.indexOf('|');
  return { tenantId: item.slice(0, at), agentId: item.slice(at + 1) };
};

export const provisioningJobs = (platform: Platform): JobKind[] => [
  {
    kind: PROVISION,
    byHand: 'nobody',
    steps: STEPS.map(({ name, run }) => provisionStep(platform, name, run)),
  },
  {
    kind: REMOVE,
    byHand: 'nobody',
    steps: REMOVAL_STEPS.map(({ name, run }) => removalStep(platform, name, run)),
  },
  {
    kind: 'check_agents',
    byHand: 'operator',
    steps: [
      {
        name: 'check',
        async list(_context, cursor) {
          const rows = await routedAgents(platform, cursor === null ? null : agentIn(cursor), AGENTS_A_PAGE);
          const last = rows.at(-1);
          const isLast = rows.length < AGENTS_A_PAGE || last === undefined;
          return { items: rows.map(itemOf), next: isLast ? null : itemOf(last) };
        },
        async handle(_context, items) {
          const failed = [];
          let checked = 0;
          for (const item of items) {
            const { tenantId, agentId } = agentIn(item);
            const scope = open(platform, asTenantId(tenantId));
            const row = await agentByRemote(scope.db, agentId);
            // What was never sent by us can not have been changed since.
            if (row === null || row.sentHash === null || (row.state !== 'live' && row.state !== 'drifted')) continue;
            try {
              await checkAgent(scope, row);
              checked++;
            } catch (fault) {
              if (!(fault instanceof Stopped)) throw fault;
              failed.push({ item, reason: fault.trouble.reason });
            }
          }
          return { failed, counts: { checked } };
        },
      },
    ],
  },
];

export const provisioningCrons = (platform: Platform, world: () => JobWorld): Cron[] => [
  {
    name: 'check_agents',
    schedule: '23 * * * *',
    catchUp: 'last',
    leaseMs: 60_000,
    run: async ({ startJob }) => ({ begun: await startJob('check_agents') }),
  },
  {
    // An import settles the orders that it finds; this finds those that it missed.
    name: 'settle_number_orders',
    schedule: '*/10 * * * *',
    catchUp: 'last',
    leaseMs: 60_000,
    async run() {
      let settled = 0;
      for (const country of await servableCountries(platform))
        settled += await settleOrders(platform, world(), country);
      return { settled };
    },
  },
];
