/** The own second factor as the profile shows it; never its secret. Called by factor-commands.ts. */
import type { SecondFactorView } from '../../../shared/contract/ways-in.ts';
import { isoOrNull } from '../../../shared/time.ts';
import { passkeysOf } from '../../storage/identity/passkeys.ts';
import { shownFactorOf } from '../../storage/identity/second-factors.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/** Whether it is on, since when, and how many recovery codes are left; a key has none. Never refuses. */
export async function ownSecondFactor(scope: TenantScope): Promise<SecondFactorView> {
  const { actor } = scope;
  const off = { on: false, since: null, recovery_codes: 0, fixed: false };
  if (actor.kind !== 'user') return off;
  const factor = await shownFactorOf(scope.db, actor.userId);
  if (factor === null) return off;
  return {
    on: true,
    since: isoOrNull(factor.confirmedAt),
    recovery_codes: factor.unusedCodes,
    fixed: actor.factorDemandedFrom !== undefined && (await passkeysOf(scope.db, actor.userId, 1)).length === 0,
  };
}
