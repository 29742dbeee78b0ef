/** API keys as they are shown; never their secrets. Called by api-keys.resource.ts and api-key-routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { ApiKeyView } from '../../../shared/contract/identity.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import { readPageById } from '../../http/list.ts';
import type { VersionedView, ViewPage } from '../../resources/backing.ts';
import { apiKeyOf, apiKeysOf, type OwnApiKey } from '../../storage/identity/api-keys.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/** A key as the API shows it. */
export const viewOfApiKey = (row: OwnApiKey): ApiKeyView => ({
  id: row.id,
  name: row.name,
  prefix: row.prefix,
  mode: row.mode,
  scopes: row.scopes,
  ip_allow: row.ipAllow ?? [],
  expires_at: isoOrNull(row.expiresAt),
  last_used_at: isoOrNull(row.lastUsedAt),
  created_at: toIso(row.createdAt),
  replaces_id: row.replacesId,
});

/** A page of the keys that were not revoked, oldest first. Refusals: PERMISSION_DENIED, VALIDATION_ERROR (`cursor`). */
export async function listApiKeys(
  scope: TenantScope,
  query: { cursor?: string | undefined; limit: number },
): Promise<Result<ViewPage<ApiKeyView>>> {
  const refused = permissionRefusal(scope.actor, 'view_api_keys');
  if (refused) return refused;
  const page = await readPageById(query, (after, limit) => apiKeysOf(scope.db, after, limit));
  return page.ok ? ok({ data: page.value.shown.map(viewOfApiKey), meta: page.value.meta }) : page;
}

/** One key that was not revoked. Refusals: PERMISSION_DENIED, NOT_FOUND. */
export async function oneApiKey(scope: TenantScope, id: string): Promise<Result<VersionedView<ApiKeyView>>> {
  const refused = permissionRefusal(scope.actor, 'view_api_keys');
  if (refused) return refused;
  const row = await apiKeyOf(scope.db, id);
  return row === null ? err({ code: 'NOT_FOUND', entity: 'api_key' }) : ok({ view: viewOfApiKey(row) });
}
