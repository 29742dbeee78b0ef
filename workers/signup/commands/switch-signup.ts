/** Whoever sells switches public sign-up on its own host. Called through signup-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { SignupSettingsView } from '../../../shared/contract/signup.ts';
import { versionConflict } from '../../../shared/errors.ts';
import { DEFAULT_LANGUAGE } from '../../../shared/i18n/language.ts';
import { SIGNUP_PATH } from '../../../shared/legal.ts';
import type { Permission } from '../../../shared/permissions.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { auditBeside } from '../../identity/audit.ts';
import { changeSettings } from '../../instance/commands/change-settings.ts';
import { linkOf } from '../../legal/texts-of.ts';
import { presentTexts } from '../../storage/queries/legal.ts';
import type { TenantRecord } from '../../storage/platform-db.ts';
import { tenantWithin, updateTenant } from '../../storage/queries/tenants.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { signupState } from '../open.ts';

/** Changes beside this one that it is made again behind. */
const MAX_ATTEMPTS = 3;

/** The account that sells: the platform's or a reseller's. Refusals: PERMISSION_DENIED. */
async function sellerOf(scope: TenantScope, permission: Permission): Promise<Result<TenantRecord>> {
  const refused = permissionRefusal(scope.actor, permission);
  if (refused) return refused;
  const own = await tenantWithin(scope.db, null, scope.tenantId);
  // The platform's own row is nobody's customer: it is read as the scope's own.
  const tenant = own ?? (await scope.tenant());
  return tenant?.type === 'platform' || tenant?.type === 'reseller'
    ? ok(tenant)
    : err({ code: 'PERMISSION_DENIED', permission });
}

async function viewOf(platform: Platform, scope: TenantScope, tenant: TenantRecord): Promise<SignupSettingsView> {
  const [{ switched, reason, missing }, { base }, own] = await Promise.all([
    signupState(platform, { id: tenant.id, tenant }, DEFAULT_LANGUAGE),
    scope.address(),
    presentTexts(platform, [tenant.id]),
  ]);
  const published = own.map(linkOf);
  return { switched, open: reason === null, reason, missing, published, address: `${base}${SIGNUP_PATH}` };
}

/** The switch and what stands in its way. Refusals: PERMISSION_DENIED (`view_settings`, or an account that sells nothing). */
export async function showSignupSettings(platform: Platform, scope: TenantScope): Promise<Result<SignupSettingsView>> {
  const seller = await sellerOf(scope, 'view_settings');
  return seller.ok ? ok(await viewOf(platform, scope, seller.value)) : seller;
}

/**
 * Switches public sign-up: of the operator for the whole instance, of a reseller for its own host.
 * Refusals: PERMISSION_DENIED (`edit_settings`), VERSION_CONFLICT (somebody is at it all the time).
 */
export async function switchSignup(
  platform: Platform,
  scope: TenantScope,
  { switched }: { switched: boolean },
): Promise<Result<SignupSettingsView>> {
  const seller = await sellerOf(scope, 'edit_settings');
  if (!seller.ok) return seller;
  if (seller.value.type === 'platform') {
    const changed = await changeSettings(platform, scope, {
      change: { signup_open: switched },
      expectedVersion: null,
    });
    return changed.ok ? ok(await viewOf(platform, scope, seller.value)) : changed;
  }
  let seen = seller.value.version;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const tenant = await tenantWithin(scope.db, null, scope.tenantId);
    if (tenant === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
    seen = tenant.version;
    const before = Array.isArray(tenant.features) ? {} : (tenant.features ?? {});
    const features = { ...before, public_signup: switched };
    const written = await updateTenant(
      scope.db,
      tenant,
      { features, updatedAt: scope.now },
      auditBeside(scope, {
        log: 'tenants',
        description: 'signup.switched',
        subjectType: 'tenant',
        subjectId: tenant.id,
        before: { public_signup: before.public_signup ?? false },
        after: { public_signup: switched },
      }),
    );
    if (written) return ok(await viewOf(platform, scope, { ...tenant, features, version: seen + 1 }));
  }
  return err(versionConflict(seen, seen + 1));
}
