/** After a new master key: everything that an older one sealed is sealed again, so that the older one can go. Called through commands.ts. */
import type { SealedValuesView } from '../../../shared/contract/integrations.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { writeAudit } from '../../identity/audit.ts';
import { countSealedOtherwise, sealAgain, SEALED_PLACES, sealedOtherwise } from '../../storage/queries/integrations.ts';
import { forgetCredentials, PLATFORM_CREDENTIALS } from '../../tenancy/credentials.ts';
import { openSealed, seal, sealingVersion } from '../../tenancy/seal.ts';
import { operatorRefusal } from '../../tenancy/operator-refusal.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/** Sealed again by one request: a key is derived for each, 0.2 ms, and the page asks as long as some are left. */
const A_REQUEST = 500;
const A_PAGE = 100;

/** How much is sealed with a key that is not the present one. Refusals: PERMISSION_DENIED (`view_integrations`, or not the operator). */
export async function sealedValues(platform: Platform, scope: TenantScope): Promise<Result<SealedValuesView>> {
  const refused = await operatorRefusal(scope, 'view_integrations');
  if (refused) return refused;
  const version = sealingVersion(platform);
  return ok({ key_version: version, left: version === null ? 0 : await countSealedOtherwise(platform, version) });
}

/**
 * Seals again what older keys have sealed, 500 values a request; what no key opens stays as it is and is counted. A value that is changed
 * meanwhile is left alone. Refusals: PERMISSION_DENIED (`manage_integrations`, or not the operator).
 */
export async function resealValues(
  platform: Platform,
  scope: TenantScope,
): Promise<Result<SealedValuesView & { resealed: number; unreadable: number }>> {
  const refused = await operatorRefusal(scope, 'manage_integrations');
  if (refused) return refused;
  const version = sealingVersion(platform);
  if (version === null) return ok({ key_version: null, left: 0, resealed: 0, unreadable: 0 });
  let [resealed, unreadable] = [0, 0];
  for (let place = 0; place < SEALED_PLACES; place++) {
    let after = '';
    // What can't be opened is looked at and passed: only what was sealed again counts against the request.
    while (resealed < A_REQUEST) {
      const page = await sealedOtherwise(platform, place, { version, after, limit: A_PAGE });
      const again: { from: string; to: string }[] = [];
      for (const { tenantId, sealed } of page) {
        const whose = tenantId ?? PLATFORM_CREDENTIALS;
        const opened = await openSealed(platform, whose, sealed);
        if (opened === null) unreadable++;
        else again.push({ from: sealed, to: await seal(platform, whose, opened) });
      }
      resealed += await sealAgain(platform, place, again);
      if (page.length < A_PAGE) break;
      after = page.at(-1)?.sealed ?? after;
    }
  }
  forgetCredentials(PLATFORM_CREDENTIALS);
  await writeAudit(scope, {
    log: 'integrations',
    description: 'master_key.resealed',
    subjectType: 'master_key',
    subjectId: `v${version}`,
    after: { resealed, unreadable },
  });
  return ok({ key_version: version, left: await countSealedOtherwise(platform, version), resealed, unreadable });
}
