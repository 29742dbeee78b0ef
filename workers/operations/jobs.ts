/** Crons and jobs of operations: lost work, waking objects, ledgers verified and projections repaired over all tenants. Registered in workers/cron.ts. */
import type { TenantId } from '../../shared/ids.ts';
import type { Platform } from '../env.ts';
import type { Counts, Cron, Handled, ItemNote, JobKind, JobStep, StepContext } from '../jobs/types.ts';
import type { ObjectKind } from '../object-runtime/events.ts';
import { rebuildProjection, reconcile } from '../projection/rebuild.ts';
import { countTenants, tenantsAfter } from '../storage/platform-db.ts';
import { asTenantId } from '../tenancy/directory.ts';
import { ledgersDue, noteTenants } from '../storage/queries/checks.ts';
import { countInbound } from '../storage/queries/inbound.ts';
import { compareTransfers } from './compare-transfers.ts';
import { sweep } from './effects.ts';
import { forwardDefects } from './forward-defects.ts';
import { judgeHealth } from './judge-health.ts';
import { pingObjects } from './ping.ts';
import { pruneWatch } from './prune-watch.ts';
import { sealHead } from './seal-heads.ts';
import { verifyLedger } from './verify.ts';

/** Tenants of one page: a page of the slowest fits into an attempt's two minutes. */
const TENANTS_A_PAGE = 20;
const MINUTE_MS = 60_000;

export const operationsCrons = (platform: Platform): Cron[] => [
  {
    name: 'sweep',
    schedule: '* * * * *',
    catchUp: 'last',
    leaseMs: 2 * MINUTE_MS,
    run: () => sweep(platform),
  },
  {
    name: 'ping_objects',
    schedule: '* * * * *',
    catchUp: 'last',
    leaseMs: 2 * MINUTE_MS,
    run: () => pingObjects(platform),
  },
  {
    name: 'verify_ledgers',
    schedule: '17 * * * *',
    catchUp: 'last',
    leaseMs: MINUTE_MS,
    run: async ({ startJob }) => ({ begun: await startJob('verify_ledgers') }),
  },
  {
    name: 'seal_heads',
    schedule: '41 1 * * *',
    catchUp: 'last',
    leaseMs: MINUTE_MS,
    run: async ({ startJob }) => ({ begun: await startJob('seal_heads') }),
  },
  {
    name: 'judge_health',
    schedule: '*/5 * * * *',
    catchUp: 'last',
    leaseMs: 2 * MINUTE_MS,
    run: ({ now }) => judgeHealth(platform, now),
  },
  {
    // What arrived in the last minute may still be written: it is counted with the next run.
    name: 'count_inbound',
    schedule: '*/5 * * * *',
    catchUp: 'last',
    leaseMs: 2 * MINUTE_MS,
    run: async ({ now }) => ({ counted: await countInbound(platform, now - MINUTE_MS) }),
  },
  {
    name: 'compare_transfers',
    schedule: '*/15 * * * *',
    catchUp: 'last',
    leaseMs: 2 * MINUTE_MS,
    run: ({ now }) => compareTransfers(platform, now),
  },
  {
    name: 'forward_defects',
    schedule: '*/5 * * * *',
    catchUp: 'last',
    leaseMs: 2 * MINUTE_MS,
    run: ({ now }) => forwardDefects(platform, now),
  },
  {
    name: 'prune_watch',
    schedule: '29 2 * * *',
    catchUp: 'last',
    leaseMs: 5 * MINUTE_MS,
    run: ({ now }) => pruneWatch(platform, now),
  },
];

/** The job's own tenant, or all tenants page by page. */
const tenants = (platform: Platform): Pick<JobStep, 'total' | 'list'> => ({
  total: async ({ reach }) => (reach === 'tenant' ? 1 : countTenants(platform)),
  list: async ({ reach, tenantId }, cursor) => {
    if (reach === 'tenant') return { items: [tenantId], next: null };
    const ids = (await tenantsAfter(platform, cursor ?? '', TENANTS_A_PAGE)).map(({ id }) => id);
    return { items: ids, next: ids.length < TENANTS_A_PAGE ? null : (ids.at(-1) ?? null) };
  },
});

/** A ledger is verified about once a day. */
const VERIFY_EVERY_MS = 20 * 60 * MINUTE_MS;

/** The job's own tenant, or those whose ledgers were not verified for a day, the longest first. */
const ledgersDueFirst = (platform: Platform): Pick<JobStep, 'list'> => ({
  list: async ({ reach, tenantId, now }, cursor) => {
    if (reach === 'tenant') return { items: [tenantId], next: null };
    if (cursor === null) await noteTenants(platform);
    const [, at = '0', id = ''] = /^(\d+):(.*)$/.exec(cursor ?? '') ?? [];
    const after = cursor === null ? null : { verifiedAt: Number(at), tenantId: id };
    const due = await ledgersDue(platform, now - VERIFY_EVERY_MS, after, TENANTS_A_PAGE);
    const last = due.at(-1);
    return {
      items: due.map((one) => one.tenantId),
      next: last === undefined || due.length < TENANTS_A_PAGE ? null : `${last.verifiedAt}:${last.tenantId}`,
    };
  },
});

interface OneTenant {
  failed?: string;
  planned?: string;
  counts?: Counts;
}

/** A page tenant by tenant; one whose object can't be asked is a failed item and does not delay others. */
const eachTenant =
  (work: (tenantId: TenantId, context: StepContext) => Promise<OneTenant>): JobStep['handle'] =>
  async (context, items): Promise<Handled> => {
    const failed: ItemNote[] = [];
    const planned: ItemNote[] = [];
    const counts: Record<string, number> = {};
    for (const item of items) {
      const one: OneTenant = await work(asTenantId(item), context).catch((fault: unknown) => ({
        failed: String(fault),
      }));
      if (one.failed !== undefined) failed.push({ item, reason: one.failed });
      if (one.planned !== undefined) planned.push({ item, reason: one.planned });
      for (const [name, value] of Object.entries(one.counts ?? {})) counts[name] = (counts[name] ?? 0) + value;
    }
    return { failed, planned, counts };
  };

const repair = (platform: Platform, kind: ObjectKind): JobStep => ({
  name: kind,
  ...tenants(platform),
  handle: eachTenant(async (tenantId, { dry }) => {
    const { ok, differences, compared } = await reconcile(platform, tenantId, kind);
    if (ok) return { counts: { compared } };
    const counts = { compared, differences: differences.length };
    if (dry) return { planned: `${differences.length} rows differ`, counts };
    const { written, removed } = await rebuildProjection(platform, tenantId, kind);
    const after = await reconcile(platform, tenantId, kind);
    return {
      counts: { ...counts, repaired: 1, written, removed },
      ...(after.ok ? {} : { failed: `${after.differences.length} rows still differ` }),
    };
  }),
});

export const operationsJobs = (platform: Platform): JobKind[] => [
  {
    kind: 'verify_ledgers',
    byHand: 'tenant',
    steps: [
      {
        name: 'verify',
        ...ledgersDueFirst(platform),
        handle: eachTenant(async (tenantId) => {
          const { ok, problems, differences, found } = await verifyLedger(platform, tenantId);
          const first = problems[0] ?? differences[0] ?? '';
          return {
            counts: { verified: 1, problems: ok ? 0 : 1 },
            ...(ok ? {} : { failed: `${found} problems, the first: ${first}` }),
          };
        }),
      },
    ],
  },
  {
    // The newest entry of each ledger, signed, where neither object nor D1 can reach it.
    kind: 'seal_heads',
    byHand: 'operator',
    steps: [
      {
        name: 'seal',
        ...tenants(platform),
        handle: eachTenant(async (tenantId) => ({ counts: { sealed: (await sealHead(platform, tenantId)) ? 1 : 0 } })),
      },
    ],
  },
  {
    // D1 from the objects, wherever it differs from them (D1 was lost, or restored to an earlier time).
    kind: 'repair_projections',
    byHand: 'tenant',
    steps: [repair(platform, 'calendar'), repair(platform, 'ledger')],
  },
];
