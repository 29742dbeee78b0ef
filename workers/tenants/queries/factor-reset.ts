/** Whether the only owner of an account can be helped back in, and how far that has come. Called through tenant-commands.ts. */
import type { FactorResetView } from '../../../shared/contract/security.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import type { Platform } from '../../env.ts';
import { lastFactorReset } from '../../storage/identity/factor-resets.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { onlyOwner, resetPlace } from '../factor-reset.ts';

/** Refusals: PERMISSION_DENIED (`view_tenants`), TENANT_SUSPENDED, NOT_FOUND. */
export async function showFactorReset(
  platform: Platform,
  scope: TenantScope,
  { id }: { id: string },
): Promise<Result<FactorResetView>> {
  const found = await resetPlace(platform, scope, 'view_tenants', id);
  if (!found.ok) return found;
  const owner = onlyOwner(found.value)?.user ?? null;
  const last = await lastFactorReset(found.value.its.db);
  return ok({
    owner: owner && { id: owner.id, name: owner.name, email: owner.email },
    last: last && {
      id: last.id,
      asked_by: last.askedByName,
      reason: last.reason,
      asked_at: toIso(last.askedAt),
      confirmed_at: isoOrNull(last.confirmedAt),
      due_at: toIso(last.dueAt),
      ended_at: isoOrNull(last.endedAt),
      ended_by: last.endedBy,
    },
  });
}
