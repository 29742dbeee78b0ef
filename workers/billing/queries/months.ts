/** Months as the usage API shows them: the present one, its projection, closed ones, one of them as a file. Called by routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { CurrentUsage, HistoryMonth, PeriodUsage, ProjectedUsage } from '../../../shared/contract/billing.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { cursorOf, type Page, pageOf } from '../../http/list.ts';
import type { Head } from '../../object-runtime/events.ts';
import type { MonthSums } from '../../ledger/types.ts';
import { statementPage } from '../../storage/queries/months.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { type Beside, historyOf, periodOf, projectionOf, usageOf } from '../rules/shown.ts';
import { appointmentSums, callHours, monthSums } from './period-sums.ts';

type Found<T> = { result: Result<T>; head?: Head };

async function beside(scope: TenantScope, { view, zone }: MonthSums): Promise<Beside> {
  const range = { from: view.periodStart, until: view.periodEnd };
  const [hours, appointments] = await Promise.all([
    callHours(scope, { ...range, zone }),
    appointmentSums(scope, { ...range, now: scope.now }),
  ]);
  return { hours, appointments };
}

/** What a month's sums are shown as. Refusals: PERMISSION_DENIED, NOT_FOUND (ledger, period). */
async function month<T>(
  scope: TenantScope,
  period: string | null,
  show: (sums: MonthSums) => T | Promise<T>,
): Promise<Found<T>> {
  const refused = permissionRefusal(scope.actor, 'view_usage');
  if (refused) return { result: refused };
  const { result, head } = await monthSums(scope, { period, now: scope.now });
  return result.ok ? { result: ok(await show(result.value)), head } : { result, head };
}

/** The month that runs. Refusals: PERMISSION_DENIED, NOT_FOUND ledger. */
export const currentUsage = (scope: TenantScope): Promise<Found<CurrentUsage>> =>
  month(scope, null, async (sums) => usageOf(sums, await beside(scope, sums)));

/** What it will come to when it goes on as it went. Refusals: PERMISSION_DENIED, NOT_FOUND ledger. */
export const projectedUsage = (scope: TenantScope): Promise<Found<ProjectedUsage>> => month(scope, null, projectionOf);

/** One month, running or closed. Refusals: PERMISSION_DENIED, NOT_FOUND (ledger, a month to come or of before the tenant). */
export const periodUsage = (scope: TenantScope, period: string): Promise<Found<PeriodUsage>> =>
  month(scope, period, async (sums) => periodOf(sums, await beside(scope, sums)));

/** Closed months, newest first. Refusals: PERMISSION_DENIED, VALIDATION_ERROR (`cursor`). */
export async function closedMonths(
  scope: TenantScope,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Result<Page<HistoryMonth>>> {
  const refused = permissionRefusal(scope.actor, 'view_usage');
  if (refused) return refused;
  const after = cursorOf(cursor, ['string']);
  if (!after.ok) return after;
  const rows = await statementPage(scope.db, after.value?.[0], limit + 1);
  const { shown, meta } = pageOf(rows, limit, ({ period }) => [period]);
  return ok({ shown: shown.map(historyOf), meta });
}

/** Whose tenant somebody asks for: their own, or nobody's. */
export const isOwn = (scope: TenantScope, tenantId: string | undefined): Result<null> =>
  tenantId === undefined || tenantId === scope.tenantId ? ok(null) : err({ code: 'NOT_FOUND', entity: 'tenant' });
