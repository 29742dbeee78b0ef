/** A new API key, shown this once. Called by account-commands.ts. */
import { causerOf, permissionRefusal } from '../../../shared/actor.ts';
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { DAY } from '../../../shared/time.ts';
import { apiKeysOf, insertApiKey } from '../../storage/identity/api-keys.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { areTestKeysServed, type ApiKeyInput, MAX_KEYS, newKey, scopeBeyond, type CreatedKey } from '../api-keys.ts';
import { auditBeside } from '../audit.ts';
import { mayReachFar } from '../sessions.ts';

/**
 * Makes a key for `lifeDays` from `now`.
 * Refusals: PERMISSION_DENIED (`create_api_keys`, which no key holds, or a scope the actor lacks), VALIDATION_ERROR (`mode` test in production),
 * LIMIT_REACHED (50 keys).
 * CONFIRMATION_REQUIRED (the password was typed more than a quarter of an hour ago).
 */
export async function createApiKey(
  scope: TenantScope,
  input: ApiKeyInput & { lifeDays: number; now: Instant },
): Promise<Result<CreatedKey>> {
  const refused = permissionRefusal(scope.actor, 'create_api_keys');
  if (refused) return refused;
  if (!mayReachFar(scope.actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  if (input.mode === 'test' && !areTestKeysServed(scope.config))
    return err({ code: 'VALIDATION_ERROR', errors: { mode: ['there are no test keys in production'] } });
  const missing = scopeBeyond(scope.actor, input.scopes);
  if (missing !== undefined) return err({ code: 'PERMISSION_DENIED', permission: missing });
  if ((await apiKeysOf(scope.db, null, MAX_KEYS)).length >= MAX_KEYS) {
    return err({ code: 'LIMIT_REACHED', limit: 'api_keys', max: MAX_KEYS });
  }
  const { name, mode, scopes, ipAllow, lifeDays, now } = input;
  const shown = newKey(
    { name, mode, scopes, ...(ipAllow === undefined ? {} : { ipAllow }) },
    { createdBy: causerOf(scope.actor), expiresAt: asInstant(now + lifeDays * DAY), replacesId: null, now },
  );
  await insertApiKey(
    scope.db,
    shown.row,
    auditBeside(scope, {
      log: 'identity',
      description: 'api_key.created',
      subjectType: 'api_key',
      subjectId: shown.row.id,
      after: { name, mode, scopes, ...(ipAllow?.length ? { ip_allow: ipAllow } : {}) },
    }),
  );
  return ok(shown);
}
