/**
 * The end of months: an hourly cron begins one job that goes through all tenants and, for each whose month has ended in its own zone, begins
 * a job of that tenant and period. Registered in workers/cron.ts.
 *
 * Killed anywhere: which months are closed says the ledger, and its close is keyed by the period, so a page that is worked on again begins
 * at most a second job, which finds the month closed.
 */
import { asInstant, processNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { centsToDecimal } from '../../shared/money.ts';
import type { Platform } from '../env.ts';
import { beginJob } from '../jobs/job-runner.ts';
import type { Cron, Handled, ItemNote, JobKind } from '../jobs/types.ts';
import type { JobWorld } from '../jobs/world.ts';
import { billedTenants, billedTenantsOf, hasMonthJob, lastClosedMonths } from '../storage/queries/months.ts';
import { asTenantId } from '../tenancy/directory.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { monthDue } from './rules/month-due.ts';

/** Of all tenants: begins the others. */
export const CLOSE_MONTHS = 'close_months';
/** Of one tenant; `period` in its params. */
export const CLOSE_MONTH = 'close_month';

/** Tenants of a page: two statements for all, two more for each that is behind. */
const TENANTS_A_PAGE = 100;

const open = (platform: Platform, tenantId: TenantId): TenantScope =>
  openTenant(platform, tenantId, { kind: 'system', cause: 'cron' }, { now: processNow() });

/** What a close would do, month by month; writes nothing. */
async function planned(scope: TenantScope, period: string): Promise<ItemNote[]> {
  const { result } = await scope.ledger.openMonths({ until: period, now: scope.now });
  if (!result.ok) return [{ item: `${scope.tenantId}|${period}`, reason: result.error.code }];
  return result.value.map(({ period: one, invoice: { baseFeeCents, totalCents, currency } }) => ({
    item: `${scope.tenantId}|${one}`,
    reason: `base fee ${centsToDecimal(baseFeeCents, currency)}, total ${centsToDecimal(totalCents, currency)} ${currency}`,
  }));
}

/** Closes one month and the open ones before it. Throws where it may succeed later, so that the job tries it again and raises an alarm at last. */
async function closeMonth(scope: TenantScope, period: string): Promise<Handled> {
  const { result } = await scope.ledger.closePeriod({ key: `close:${period}`, period, now: scope.now });
  if (result.ok) return { counts: { closed: 1, entries: result.value.entryIds.length } };
  // There is nothing to close where there is no ledger.
  if (result.error.code === 'NOT_FOUND') return {};
  // The ledger's own zone is behind the tenant's for as long as it has not been told, or its object is fenced: both pass.
  throw new Error(`${period} was not closed: ${result.error.code}`);
}

export const billingJobs = (platform: Platform, world: () => JobWorld): JobKind[] => [
  {
    kind: CLOSE_MONTHS,
    byHand: 'operator',
    steps: [
      {
        name: 'tenants',
        async list(_context, cursor) {
          const rows = await billedTenants(platform, cursor ?? '', TENANTS_A_PAGE);
          const last = rows.at(-1);
          return { items: rows.map(({ id }) => id), next: rows.length < TENANTS_A_PAGE || !last ? null : last.id };
        },
        async handle({ now, dry }, items) {
          const closed = await lastClosedMonths(platform, items);
          const plans: ItemNote[] = [];
          let begun = 0;
          for (const tenant of await billedTenantsOf(platform, items)) {
            const last = closed.get(tenant.id);
            // No ledger: a reseller that buys nothing, a tenant that was never given a plan.
            if (last === undefined) continue;
            const { timeZone } = tenant;
            const period = monthDue(now, { timeZone, createdAt: asInstant(tenant.createdAt) }, last);
            if (period === null) continue;
            const tenantId = asTenantId(tenant.id);
            if (dry) {
              plans.push(...(await planned(open(platform, tenantId), period)));
              continue;
            }
            if (await hasMonthJob(world().db(tenantId), CLOSE_MONTH, period)) continue;
            const by = `cron:${CLOSE_MONTHS}`;
            await beginJob(world(), { tenantId, kind: CLOSE_MONTH, reach: 'tenant', params: { period }, by }, now);
            begun++;
          }
          return dry ? { planned: plans } : { counts: { begun } };
        },
      },
    ],
  },
  {
    kind: CLOSE_MONTH,
    byHand: 'nobody',
    steps: [
      {
        name: 'close',
        list: async ({ params }) => ({ items: params['period'] === undefined ? [] : [params['period']], next: null }),
        async handle({ tenantId, dry }, items) {
          const scope = open(platform, tenantId);
          const [period = ''] = items;
          return dry ? { planned: await planned(scope, period) } : closeMonth(scope, period);
        },
      },
    ],
  },
];

export const billingCrons = (): Cron[] => [
  {
    // Zones end their months at quarters of an hour; the first minutes of the hour are others' turn.
    name: CLOSE_MONTHS,
    schedule: '3 * * * *',
    catchUp: 'last',
    leaseMs: 60_000,
    run: async ({ startJob }) => ({ begun: await startJob(CLOSE_MONTHS) }),
  },
];
