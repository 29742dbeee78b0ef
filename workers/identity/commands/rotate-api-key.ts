/** A key in place of another one, which works on for a while. Called by account-commands.ts. */
import { causerOf, permissionRefusal } from '../../../shared/actor.ts';
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { DEFAULT_LIFE_DAYS } from '../../../shared/key-limits.ts';
import { KEY_SCOPES } from '../../../shared/permissions.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { DAY, toIso } from '../../../shared/time.ts';
import { apiKeyOf, replaceApiKey } from '../../storage/identity/api-keys.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { newKey, scopeBeyond, type CreatedKey } from '../api-keys.ts';
import { auditBeside } from '../audit.ts';
import { mayReachFar } from '../sessions.ts';

/**
 * A new key with the same name and scopes for another 90 days; the old one works on for `graceDays` from `now`.
 * Refusals: PERMISSION_DENIED (`edit_api_keys`, or a scope of the key that the actor lacks), NOT_FOUND.
 * CONFIRMATION_REQUIRED (the password was typed more than a quarter of an hour ago).
 */
export async function rotateApiKey(
  scope: TenantScope,
  input: { id: string; graceDays: number; now: Instant },
): Promise<Result<CreatedKey & { oldExpiresAt: Instant }>> {
  const refused = permissionRefusal(scope.actor, 'edit_api_keys');
  if (refused) return refused;
  if (!mayReachFar(scope.actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const { id, graceDays, now } = input;
  const old = await apiKeyOf(scope.db, id);
  if (old === null) return err({ code: 'NOT_FOUND', entity: 'api_key' });
  // What keys may no longer hold stays behind.
  const scopes = KEY_SCOPES.filter((scope) => old.scopes.includes(scope));
  const missing = scopeBeyond(scope.actor, scopes);
  if (missing !== undefined) return err({ code: 'PERMISSION_DENIED', permission: missing });
  const graceEnd = now + graceDays * DAY;
  const oldExpiresAt = asInstant(Math.min(old.expiresAt ?? graceEnd, graceEnd));
  const shown = newKey(
    { name: old.name, mode: old.mode, scopes, ipAllow: old.ipAllow ?? [] },
    {
      createdBy: causerOf(scope.actor),
      expiresAt: asInstant(now + DEFAULT_LIFE_DAYS * DAY),
      replacesId: id,
      now,
    },
  );
  const replaced = await replaceApiKey(
    scope.db,
    { id, expiresAt: oldExpiresAt },
    shown.row,
    auditBeside(scope, {
      log: 'identity',
      description: 'api_key.rotated',
      subjectType: 'api_key',
      subjectId: id,
      after: { replaced_by: shown.row.id, old_expires_at: toIso(oldExpiresAt) },
    }),
  );
  return replaced ? ok({ ...shown, oldExpiresAt }) : err({ code: 'NOT_FOUND', entity: 'api_key' });
}
