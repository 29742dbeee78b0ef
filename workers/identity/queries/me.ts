/** Who asks, as every page needs it first. Called by me-routes.ts. */
import type { Me } from '../../../shared/contract/identity.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { isoOrNull } from '../../../shared/time.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { userProfile } from '../../storage/identity/users.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/** Master data so young may come from the isolate's copy: branch names only. */
const BRANCHES_MAX_AGE_MS = 30_000;

/**
 * The signed-in user or API key with tenant, role, permissions, branches and brand. Without a calendar there are no branches.
 * Refusals: UNAUTHENTICATED (nobody that signs in), NOT_FOUND (the tenant is gone).
 */
export async function whoAmI(scope: TenantScope, { language }: { language: Language }): Promise<Result<Me>> {
  const { actor } = scope;
  if (actor.kind === 'guest' || actor.kind === 'system') return err({ code: 'UNAUTHENTICATED' });
  const [tenant, user, schedule] = await Promise.all([
    scope.tenant(),
    actor.kind === 'user' ? userProfile(scope.db, actor.realm, actor.userId) : null,
    scope.calendar.schedule({ maxAgeMs: BRANCHES_MAX_AGE_MS }),
  ]);
  if (tenant === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
  const brand = await scope.brand();
  return ok({
    user,
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
    permissions: [...actor.permissions],
    language: user?.language ?? language,
    branches: schedule.result.ok
      ? schedule.result.value.branches
          .filter((branch) => branch.body.active)
          .map((branch) => ({ id: branch.id, name: branch.body.name, time_zone: branch.body.timeZone }))
      : [],
    brand: { product_name: brand.productName, colors: brand.colors },
  });
}
