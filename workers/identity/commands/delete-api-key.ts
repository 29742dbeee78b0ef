/** The end of an API key. Called by account-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { Instant } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { apiKeyOf, revokeApiKey } from '../../storage/identity/api-keys.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { endListening } from '../listening.ts';

/** Revokes a key at once; it is listed no more. Refusals: PERMISSION_DENIED, NOT_FOUND (no such key, or revoked before). */
export async function deleteApiKey(
  scope: TenantScope,
  { id, now }: { id: string; now: Instant },
): Promise<Result<{ id: string }>> {
  const refused = permissionRefusal(scope.actor, 'delete_api_keys');
  if (refused) return refused;
  const unknown = err({ code: 'NOT_FOUND' as const, entity: 'api_key' });
  if ((await apiKeyOf(scope.db, id)) === null) return unknown;
  const entry = { log: 'identity', description: 'api_key.revoked', subjectType: 'api_key', subjectId: id };
  if (!(await revokeApiKey(scope.db, id, now, auditBeside(scope, entry)))) return unknown;
  await endListening(scope, `api_key:${id}`);
  return ok({ id });
}
