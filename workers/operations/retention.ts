/**
 * What is over goes, tenant by tenant and page by page, each night: the job `prune` applies the rules of storage/retention.ts with the days
 * that the tenant's companies chose. Registered in workers/cron.ts.
 */
import { type Instant, processNow, realNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { RETENTION, type RetentionSetting } from '../../shared/retention.ts';
import { companyIds, companySettings } from '../calendar/rules/company.ts';
import type { Platform } from '../env.ts';
import type { Counts, Cron, JobKind } from '../jobs/types.ts';
import { forgetArchived } from '../storage/archive.ts';
import { countTenants, tenantsAfter } from '../storage/platform-db.ts';
import { type ChosenDays, pruneSome, RETENTION_RULES } from '../storage/retention.ts';
import { TenantDb } from '../storage/tenant-db.ts';
import { asTenantId } from '../tenancy/directory.ts';
import { openTenant } from '../tenancy/scope.ts';

/** Rows of one statement: a few milliseconds of the shard, so that requests in between do not wait. */
const ROWS_A_PAGE = 500;
/** A tenant with more to prune is gone on with the next night: in this time go more rows than a tenant writes in a day. */
const TENANT_MS = 10_000;
const TENANTS_A_PAGE = 5;

/** The days of a tenant: of several companies the fewest, because webhooks and messages name none. */
export async function chosenDays(platform: Platform, tenantId: TenantId): Promise<ChosenDays> {
  const { calendar } = openTenant(platform, tenantId, { kind: 'system', cause: 'cron' });
  const { result } = await calendar.schedule({ maxAgeMs: 60_000 });
  if (!result.ok) throw new Error(`settings of ${tenantId}: ${result.error.code}`);
  const snapshot = result.value;
  const companies = companyIds(snapshot).map((id) => companySettings(snapshot, id));
  const least = (setting: RetentionSetting, of: (company: (typeof companies)[number]) => number): number =>
    companies.length === 0 ? RETENTION[setting].usual : Math.min(...companies.map(of));
  return {
    transcript_days: least('transcript_days', (one) => one.transcriptDays),
    recording_days: least('recording_days', (one) => one.recordingDays),
    message_days: least('message_days', (one) => one.messageDays),
    webhook_days: least('webhook_days', (one) => one.webhookDays),
    activity_days: least('activity_days', (one) => one.activityDays),
  };
}

/** Prunes one tenant; answers rows by rule. `left`: 1 when its time was over first. */
export async function pruneTenant(platform: Platform, tenantId: TenantId, now: Instant): Promise<Counts> {
  const db = new TenantDb(platform, tenantId);
  const chosen = await chosenDays(platform, tenantId);
  const forget = forgetArchived(platform);
  const counts: Record<string, number> = {};
  const until = realNow() + TENANT_MS;
  for (const rule of RETENTION_RULES) {
    for (let pruned = ROWS_A_PAGE; pruned === ROWS_A_PAGE; ) {
      if (realNow() > until) return { ...counts, left: 1 };
      pruned = await pruneSome(db, rule, chosen, now, ROWS_A_PAGE, forget);
      if (pruned > 0) counts[rule.name] = (counts[rule.name] ?? 0) + pruned;
    }
  }
  return counts;
}

export const retentionJobs = (platform: Platform): JobKind[] => [
  {
    kind: 'prune',
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
          if (dry) return { planned: items.map((item) => ({ item, reason: 'would be pruned' })) };
          const counts: Record<string, number> = {};
          const failed: { item: string; reason: string }[] = [];
          for (const item of items) {
            try {
              for (const [name, rows] of Object.entries(await pruneTenant(platform, asTenantId(item), processNow())))
                counts[name] = (counts[name] ?? 0) + rows;
            } catch (fault) {
              failed.push({ item, reason: String(fault) });
            }
          }
          return { counts, failed };
        },
      },
    ],
  },
];

export const retentionCrons = (): Cron[] => [
  {
    name: 'prune',
    schedule: '7 1 * * *',
    catchUp: 'last',
    leaseMs: 60_000,
    run: async ({ startJob }) => ({ begun: await startJob('prune') }),
  },
];
