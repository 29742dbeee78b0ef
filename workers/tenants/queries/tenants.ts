/** Tenants as those above them read them. Loaded with the first use; called by tenants.resource.ts. */
import type { ContractsView } from '../../../shared/contract/legal.ts';
import type { TenantRow, TenantUses, TenantView } from '../../../shared/contract/tenants.ts';
import { foldLetters } from '../../../shared/fold-letters.ts';
import { LIMITS_OF, type TenantLimit } from '../../../shared/tenant-status.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { cursorOf, metaOf, pageOf } from '../../http/list.ts';
import { contractsOf } from '../../legal/queries/contracts.ts';
import type { ListQuery, VersionedView, ViewPage } from '../../resources/backing.ts';
import { countUsers } from '../../storage/identity/users.ts';
import type { TenantRecord } from '../../storage/platform-db.ts';
import { recordedBytes } from '../../storage/queries/recordings.ts';
import { callsSince } from '../../storage/queries/calls.ts';
import { countNumbers } from '../../storage/queries/numbers.ts';
import {
  childrenOf,
  type TenantFilter,
  tenantNames,
  tenantPage,
  tenantsByIds,
  tenantWithin,
} from '../../storage/queries/tenants.ts';
import { limitOf } from '../../tenancy/limits.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { reachOf } from '../reach.ts';
import { answerOf, rowsOf } from '../view.ts';

/** Names of one stretch, and how many of those one request looks through: a search over more goes on with its cursor. */
const STRETCH = 500;
const MAX_STRETCHES = 4;

type Place = { createdAt: number; id: string } | null;

/** Every searched word begins a word of the name: `schön sal` finds Salon Schön. */
function isFound(name: string, words: readonly string[]): boolean {
  const named = foldLetters(name).split(/[^\p{L}\p{N}]+/u);
  return words.every((word) => named.some((one) => one.startsWith(word)));
}

/** The ids of a page of what a search found, and where the next one begins; null: nothing is left. */
async function searched(
  scope: TenantScope,
  within: Parameters<typeof tenantNames>[1],
  filter: TenantFilter,
  { words, limit, from }: { words: readonly string[]; limit: number; from: Place },
): Promise<{ ids: string[]; next: Place }> {
  const ids: string[] = [];
  let after = from;
  for (let i = 0; i < MAX_STRETCHES; i++) {
    const stretch = await tenantNames(scope.db, within, { ...filter, after, limit: STRETCH });
    for (const row of stretch) {
      if (isFound(row.name, words)) {
        // One more is there: the page ends before it.
        if (ids.length === limit) return { ids, next: after };
        ids.push(row.id);
      }
      after = { createdAt: row.createdAt, id: row.id };
    }
    if (stretch.length < STRETCH) return { ids, next: null };
  }
  return { ids, next: after };
}

/** A page of the tenants that the actor reaches, newest first. Refusals: PERMISSION_DENIED, VALIDATION_ERROR (`cursor`). */
export async function listTenants(scope: TenantScope, query: ListQuery): Promise<Result<ViewPage<TenantRow>>> {
  const reach = await reachOf(scope, 'view_tenants');
  if (!reach.ok) return reach;
  const after = cursorOf(query.cursor, ['number', 'string']);
  if (!after.ok) return after;
  const from = after.value && { createdAt: after.value[0], id: after.value[1] };
  const { within } = reach.value;
  const { status, type, parent_id: parentId } = query as Record<string, unknown>;
  const filter = { status, type, parentId } as TenantFilter;
  const words = foldLetters(String(query['q'] ?? ''))
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '');
  if (words.length === 0) {
    const rows = await tenantPage(scope.db, within, { ...filter, after: from, limit: query.limit + 1 });
    const { shown, meta } = pageOf(rows, query.limit, (row) => [row.createdAt, row.id]);
    return ok({ data: await rowsOf(scope.db, shown), meta });
  }
  const { ids, next } = await searched(scope, within, filter, { words, limit: query.limit, from });
  const found = new Map((await tenantsByIds(scope.db, ids)).map((row) => [row.id as string, row]));
  const shown = ids.flatMap((id) => found.get(id) ?? []);
  return ok({ data: await rowsOf(scope.db, shown), meta: metaOf(next && [next.createdAt, next.id]) });
}

/** One tenant that the actor reaches. Refusals: PERMISSION_DENIED, NOT_FOUND. */
export async function oneTenant(scope: TenantScope, id: string): Promise<Result<VersionedView<TenantView>>> {
  const reach = await reachOf(scope, 'view_tenants');
  return reach.ok ? answerOf(scope.db, reach.value.within, id) : err(reach.error);
}

/** What a tenant that the actor reaches agreed to. Refusals: PERMISSION_DENIED (`view_tenants`), NOT_FOUND. */
export async function contractsOfTenant(
  platform: Platform,
  scope: TenantScope,
  { id }: { id: string },
): Promise<Result<ContractsView>> {
  const reach = await reachOf(scope, 'view_tenants');
  if (!reach.ok) return reach;
  const tenant = await tenantWithin(scope.db, reach.value.within, id);
  if (tenant === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
  const { accepted, open, notices } = await contractsOf(platform, tenant);
  return ok({ accepted, open, notices });
}

/** How much of each a tenant that the actor reaches has, and may have. Refusals: PERMISSION_DENIED (`view_tenants`), NOT_FOUND. */
export async function useOfTenant(
  platform: Platform,
  scope: TenantScope,
  { id }: { id: string },
): Promise<Result<Pick<TenantUses, 'data' | 'recordings'>>> {
  const reach = await reachOf(scope, 'view_tenants');
  if (!reach.ok) return reach;
  const tenant = await tenantWithin(scope.db, reach.value.within, id);
  if (tenant === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
  const { now, requestId } = scope;
  const its = openTenant(platform, tenant.id, scope.actor, { now, requestId });
  const used = await usedBy(its, tenant);
  if (!used.ok) return used;
  const limits = LIMITS_OF[tenant.type];
  const data = await Promise.all(
    limits.map(async (limit) => ({
      limit,
      used: used.value[limit] ?? 0,
      max: await limitOf(platform, tenant, limit),
      own: tenant.limits?.[limit] ?? null,
    })),
  );
  return ok({ data, recordings: tenant.type === 'business' ? await recordedBytes(its.db) : null });
}

async function usedBy(its: TenantScope, tenant: TenantRecord): Promise<Result<Partial<Record<TenantLimit, number>>>> {
  const users = await countUsers(its.db);
  if (tenant.type !== 'business') return ok({ users, customers: await childrenOf(its.db, tenant.id) });
  const month = new Date(its.now);
  const [{ result }, numbers, calls] = await Promise.all([
    its.calendar.schedule(),
    countNumbers(its.db),
    callsSince(its.db, Date.UTC(month.getUTCFullYear(), month.getUTCMonth(), 1)),
  ]);
  if (!result.ok) return result;
  const { companies, branches, staff } = result.value;
  return ok({
    users,
    companies: companies.length,
    branches: branches.length,
    staff: staff.length,
    phone_numbers: numbers,
    calls_per_month: calls,
  });
}
