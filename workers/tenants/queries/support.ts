/** What the operator sees of an account before looking in: the owner's consent, its networks, its people. Called through tenant-commands.ts. */
import { realNow } from '../../../shared/clock.ts';
import type { TenantPersonView } from '../../../shared/contract/security.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { isoOrNull } from '../../../shared/time.ts';
import type { Platform } from '../../env.ts';
import { statusOf } from '../../identity/queries/users.ts';
import { usersOf } from '../../storage/identity/users.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { securityOf } from '../../storage/identity/support.ts';
import { reached } from '../reach.ts';

/** People of one account that are offered; more are found by their own list. */
const MAX_PEOPLE = 100;

/** Refusals: PERMISSION_DENIED (`view_tenants`; a reseller: the consent is not given to them), NOT_FOUND. */
export async function showTenantSupport(
  platform: Platform,
  scope: TenantScope,
  { id }: { id: string },
): Promise<Result<{ access_until: string | null; networks: string[]; people: TenantPersonView[] }>> {
  const found = await reached(scope, 'view_tenants', id);
  if (!found.ok) return found;
  if (found.value.reach.within !== null) return err({ code: 'PERMISSION_DENIED', permission: 'view_tenants' });
  const its = openTenant(platform, found.value.tenant.id, scope.actor, { now: scope.now });
  const [facts, people] = await Promise.all([securityOf(its.db), usersOf(its.db, null, MAX_PEOPLE)]);
  const until = facts?.supportAccessUntil ?? null;
  return ok({
    access_until: until !== null && until > realNow() ? isoOrNull(until) : null,
    networks: facts?.adminNetworks ?? [],
    people: people.map((shown) => {
      const { id: userId, name, email, role } = shown.user;
      return { id: userId, name, email, role, status: statusOf(shown) };
    }),
  });
}
