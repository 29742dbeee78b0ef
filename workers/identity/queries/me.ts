/** Who asks, as every page needs it first. Called by me-routes.ts. */
import { openBranches } from '../../tenancy/open-branches.ts';
import type { Me } from '../../../shared/contract/identity.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { supportSessionOf } from '../../storage/identity/support.ts';
import { hasFactor } from '../../storage/identity/second-factors.ts';
import { userProfile } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { isFactorMissing, owesFactor } from '../sessions.ts';

/** Owners who are named to somebody whom nobody has linked. */
const ASKED = 3;

async function ownerNames(scope: TenantScope): Promise<string[]> {
  const owners = await scope.owners(ASKED);
  const names = await scope.namesOfUsers(owners.map(({ id }) => id));
  return owners.flatMap(({ id }) => names.get(id) ?? []);
}

/** Master data so young may come from the isolate's copy: branch names only. */
const BRANCHES_MAX_AGE_MS = 30_000;

/**
 * The signed-in user or API key with tenant, role, permissions, branches and brand. Without a calendar there are no branches.
 * Refusals: UNAUTHENTICATED (nobody that signs in), NOT_FOUND (the tenant is gone).
 */
export async function whoAmI(scope: TenantScope, { language }: { language: Language }): Promise<Result<Me>> {
  const { actor } = scope;
  if (actor.kind === 'guest' || actor.kind === 'system') return err({ code: 'UNAUTHENTICATED' });
  const impersonator = actor.kind === 'user' ? actor.impersonator : undefined;
  const missing = actor.kind === 'user' && isFactorMissing(actor) ? actor : null;
  const owes = missing !== null && owesFactor(missing);
  const [tenant, user, schedule, support, known] = await Promise.all([
    scope.tenant(),
    actor.kind === 'user' ? userProfile(scope.db, actor.realm, actor.userId) : null,
    scope.calendar.schedule({ maxAgeMs: BRANCHES_MAX_AGE_MS }),
    impersonator === undefined ? null : supportSessionOf(scope.db, impersonator.supportId),
    missing !== null && hasFactor(scope.db, missing.userId),
  ]);
  if (tenant === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
  const [brand, { staff: own, branches: reached }] = await Promise.all([scope.brand(), scope.reached()]);
  const { preferences = null, factorResetDue = null, ...person } = user ?? {};
  return ok({
    user: user && (person as Omit<typeof user, 'preferences' | 'factorResetDue'>),
    ...(preferences === null ? {} : { preferences }),
    tenant: {
      id: tenant.id,
      slug: tenant.slug,
      name: tenant.name,
      type: tenant.type,
      status: tenant.status,
      status_reason: tenant.statusReason,
      trial_ends_at: isoOrNull(tenant.trialEndsAt),
      currency: tenant.currency,
      time_zone: tenant.timeZone,
    },
    role: actor.kind === 'user' ? actor.role : 'api_key',
    role_name: actor.kind === 'user' ? (actor.ownRole?.name ?? null) : null,
    own: own === null ? null : { staff_id: own[0] ?? null, ask: own.length > 0 ? [] : await ownerNames(scope) },
    // Who still owes a second factor is told who they are, and nothing of the account.
    permissions: owes ? [] : [...actor.permissions],
    ...(factorResetDue === null ? {} : { factor_reset: { due: toIso(factorResetDue) } }),
    ...(missing?.factorDemandedFrom === undefined
      ? {}
      : { second_factor: { due: toIso(missing.factorDemandedFrom), required: owes, known } }),
    ...(support === null
      ? {}
      : {
          support: {
            operator_name: support.operatorName,
            reason: support.reason,
            ends_at: toIso(support.endsAt),
          },
        }),
    language: user?.language ?? language,
    branches:
      schedule.result.ok && !owes
        ? openBranches(schedule.result.value)
            .filter((branch) => reached === null || reached.includes(branch.id))
            .map((branch) => ({ id: branch.id, name: branch.body.name, time_zone: branch.body.timeZone }))
        : [],
    brand: { product_name: brand.productName, colors: brand.colors },
  });
}
