/** Crons and jobs of metering: batches that were left, and raw events whose time is over. Registered in workers/cron.ts. */
import { asInstant, type Instant, processNow, realNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { addDays, dateOf } from '../../shared/time.ts';
import { EVENT_TYPES } from '../../shared/usage-events.ts';
import type { Platform } from '../env.ts';
import { log } from '../log.ts';
import type { Counts, Cron, JobKind } from '../jobs/types.ts';
import { countTenants, tenantsAfter } from '../storage/platform-db.ts';
import { folderOf, waitingBatches } from '../storage/usage-files.ts';
import { asTenantId } from '../tenancy/directory.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { finishUsage } from './commands/record-usage.ts';

/** Somebody may still be at work on a younger one. */
const LEFT_AFTER_MS = 60_000;
const BATCHES_A_RUN = 200;
/** Thirteen months, with the longest of them. */
export const RAW_DAYS = 397;
const TENANTS_A_PAGE = 20;

const scopeOf = (platform: Platform, tenantId: TenantId): TenantScope =>
  openTenant(platform, tenantId, { kind: 'system', cause: 'cron' });

/** Charges and files what somebody was interrupted in. Answers how many batches were finished, and how many must wait on. */
export async function finishLeftUsage(platform: Platform, now: Instant = asInstant(realNow())): Promise<Counts> {
  const left = await waitingBatches(platform, asInstant(now - LEFT_AFTER_MS), BATCHES_A_RUN);
  const counts = { finished: 0, waiting: 0 };
  for (const { tenantId, batch } of left) {
    try {
      const done = await finishUsage(scopeOf(platform, asTenantId(tenantId)), batch);
      counts[done.ok || done.error.code === 'NOT_FOUND' ? 'finished' : 'waiting']++;
    } catch (fault) {
      log('error', 'usage_left', { tenantId, batch, fault });
      counts.waiting++;
    }
  }
  return counts;
}

/** Removes a tenant's raw events of more than 13 months ago. Answers how many files. */
export async function removeOldUsage(scope: TenantScope, now: Instant): Promise<number> {
  const usageFiles = await scope.usageFiles();
  // A day of grace: the tenant's clock may be behind.
  const first = addDays(dateOf(now, 'UTC'), -RAW_DAYS - 1);
  let removed = 0;
  for (const eventType of EVENT_TYPES)
    for (const day of await usageFiles.days(eventType))
      if (day < first) removed += await usageFiles.removeDay(folderOf(eventType, day));
  return removed;
}

export const meteringCrons = (platform: Platform): Cron[] => [
  {
    name: 'finish_usage',
    schedule: '* * * * *',
    catchUp: 'last',
    leaseMs: 120_000,
    run: () => finishLeftUsage(platform),
  },
  {
    name: 'prune_usage',
    schedule: '23 2 * * 0',
    catchUp: 'last',
    leaseMs: 60_000,
    run: async ({ startJob }) => ({ begun: await startJob('prune_usage') }),
  },
];

export const meteringJobs = (platform: Platform): JobKind[] => [
  {
    kind: 'prune_usage',
    byHand: 'operator',
    steps: [
      {
        name: 'tenants',
        total: async ({ reach }) => (reach === 'tenant' ? 1 : countTenants(platform)),
        list: async ({ reach, tenantId }, cursor) => {
          if (reach === 'tenant') return { items: [tenantId], next: null };
          const ids = (await tenantsAfter(platform, cursor ?? '', TENANTS_A_PAGE)).map(({ id }) => id);
          return { items: ids, next: ids.length < TENANTS_A_PAGE ? null : (ids.at(-1) ?? null) };
        },
        handle: async ({ dry }, items) => {
          if (dry) return { planned: items.map((item) => ({ item, reason: 'would be looked through' })) };
          let files = 0;
          for (const item of items) files += await removeOldUsage(scopeOf(platform, asTenantId(item)), processNow());
          return { counts: { files } };
        },
      },
    ],
  },
];
