/** Crons of tenants: dates that change a state, and what ledger or calendar could not be told when it happened. Registered in workers/cron.ts. */
import { GRACE_DAYS, TRIAL_NOTICE_DAYS } from '../../shared/tenant-status.ts';
import { DAY } from '../../shared/time.ts';
import type { Platform } from '../env.ts';
import type { Cron } from '../jobs/types.ts';
import { log } from '../log.ts';
import type { TenantRecord } from '../storage/platform-db.ts';
import { tenantsDue, tenantsUntold, trialsEnding } from '../storage/queries/tenants.ts';
import { openTenant } from '../tenancy/scope.ts';
import { announceTrialEnd, followDate, toldOf } from './commands/change-status.ts';

/** Tenants of one run: a tick has 30 s of processor time; who is left is next. */
const A_RUN = 50;

export const tenantsCrons = (platform: Platform): Cron[] => [
  {
    name: 'tenant_dates',
    schedule: '*/10 * * * *',
    catchUp: 'last',
    leaseMs: 5 * 60_000,
    async run({ now }) {
      const scopeOf = ({ id }: TenantRecord) => openTenant(platform, id, { kind: 'system', cause: 'cron' }, { now });
      let changed = 0;
      let told = 0;
      let failed = 0;
      /** One whose objects can't be asked does not delay others: it is found again. */
      const attempt = async (tenant: TenantRecord, work: () => Promise<void>): Promise<void> => {
        await work().catch((fault: unknown) => {
          failed++;
          log('error', 'tenant_not_told', { tenantId: tenant.id, fault });
        });
      };
      for (const tenant of await tenantsDue(platform, { now, pastDueBefore: now - GRACE_DAYS * DAY, limit: A_RUN }))
        await attempt(tenant, async () => {
          if (await followDate(platform, scopeOf(tenant), tenant)) changed++;
        });
      for (const tenant of await tenantsUntold(platform, A_RUN))
        await attempt(tenant, async () => {
          const done = await toldOf(platform, scopeOf(tenant));
          if (done.ok) told++;
          else failed++;
        });
      let announced = 0;
      for (const days of TRIAL_NOTICE_DAYS)
        for (const tenant of await trialsEnding(platform, { now, before: now + days * DAY, days, limit: A_RUN }))
          await attempt(tenant, async () => {
            if (await announceTrialEnd(platform, scopeOf(tenant), tenant)) announced++;
          });
      return { changed, told, announced, failed };
    },
  },
];
