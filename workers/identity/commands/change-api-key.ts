/** Name and allowed addresses of an API key. Called by account-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type ApiKeyRow, apiKeyOf, changeApiKeyRow } from '../../storage/identity/api-keys.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { mayReachFar } from '../sessions.ts';

/**
 * What is left out stays; an empty list of addresses lets the key be used from anywhere.
 * Refusals: PERMISSION_DENIED (`edit_api_keys`), NOT_FOUND, CONFIRMATION_REQUIRED (the addresses, when the password was typed too long ago).
 */
export async function changeApiKey(
  scope: TenantScope,
  { id, name, ipAllow }: { id: string; name?: string | undefined; ipAllow?: readonly string[] | undefined },
): Promise<Result<ApiKeyRow>> {
  const refused = permissionRefusal(scope.actor, 'edit_api_keys');
  if (refused) return refused;
  const unknown = err({ code: 'NOT_FOUND' as const, entity: 'api_key' });
  const key = await apiKeyOf(scope.db, id);
  if (key === null) return unknown;
  if (ipAllow !== undefined && !mayReachFar(scope.actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const set: Parameters<typeof changeApiKeyRow>[2] = {};
  if (name !== undefined) set.name = name;
  if (ipAllow !== undefined) set.ipAllow = ipAllow.length === 0 ? null : [...new Set(ipAllow)];
  if (Object.keys(set).length === 0) return ok(key);
  const row = await changeApiKeyRow(
    scope.db,
    id,
    set,
    auditBeside(scope, {
      log: 'identity',
      description: 'api_key.updated',
      subjectType: 'api_key',
      subjectId: id,
      before: { ...(set.name === undefined ? {} : { name: key.name }), ...(ipAllow ? { ip_allow: key.ipAllow } : {}) },
      after: { ...(set.name === undefined ? {} : { name: set.name }), ...(ipAllow ? { ip_allow: set.ipAllow } : {}) },
    }),
  );
  return row === null ? unknown : ok(row);
}
