/** API keys as they are shown; never their secrets. Called by api-keys.resource.ts and api-key-routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { ApiKeyView } from '../../../shared/contract/identity.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { toIso } from '../../../shared/time.ts';
import { cursorOf, pageOf } from '../../http/list.ts';
import type { VersionedView, ViewPage } from '../../resources/backing.ts';
import { apiKeyOf, apiKeysOf, type OwnApiKey } from '../../storage/identity/api-keys.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

const isoOrNull = (instant: number | null): string | null => (instant === null ? null : toIso(instant));

/** A key as the API shows it. */
export const viewOfApiKey = (row: OwnApiKey): ApiKeyView => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  mode: row.mode,
  scopes: row.scopes,
  expires_at: isoOrNull(row.expiresAt),
  last_used_at: isoOrNull(row.lastUsedAt),
  created_at: toIso(row.createdAt),
  replaces_id: row.replacesId,
});

/** A page of the keys that were not revoked, oldest first. Refusals: PERMISSION_DENIED, VALIDATION_ERROR (`cursor`). */
export async function listApiKeys(
  scope: TenantScope,
  { cursor, limit }: { cursor?: string | undefined; limit: number },
): Promise<Result<ViewPage<ApiKeyView>>> {
  const refused = permissionRefusal(scope.actor, 'view_api_keys');
  if (refused) return refused;
  const after = cursorOf(cursor, ['string']);
  if (!after.ok) return after;
  const rows = await apiKeysOf(scope.db, after.value?.[0] ?? null, limit + 1);
  const { shown, meta } = pageOf(rows, limit, (row) => [row.id]);
  return ok({ data: shown.map(viewOfApiKey), meta });
}

/** One key that was not revoked. Refusals: PERMISSION_DENIED, NOT_FOUND. */
export async function oneApiKey(scope: TenantScope, id: string): Promise<Result<VersionedView<ApiKeyView>>> {
  const refused = permissionRefusal(scope.actor, 'view_api_keys');
  if (refused) return refused;
  const row = await apiKeyOf(scope.db, id);
  return row === null ? err({ code: 'NOT_FOUND', entity: 'api_key' }) : ok({ view: viewOfApiKey(row) });
}
