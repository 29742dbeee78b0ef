/** Work that was given up: begun anew or said to be done with, by the operator. Called by operator-commands.ts. */
import { causerOf, permissionRefusal } from '../../../shared/actor.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { clearAlarm } from '../../alarms/raise.ts';
import type { Platform } from '../../env.ts';
import { enqueueEffects } from '../../projection/effects.ts';
import {
  deadLetter,
  forgetLetter,
  hasDeadLetters,
  releaseParked,
  settleParked,
} from '../../storage/queries/effects.ts';
import { TenantDb } from '../../storage/tenant-db.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { enqueueWebhook } from '../webhook-log.ts';
import { audited, knownTenant } from './parts.ts';

interface OneLetter {
  tenantId: string;
  id: string;
}

const notFound = err({ code: 'NOT_FOUND' as const, entity: 'dead_letter' });

/** @param change answers false when the letter has gone meanwhile */
async function ended(
  platform: Platform,
  scope: TenantScope,
  { tenantId, id }: OneLetter,
  said: { what: string; reason: string },
  change: (db: TenantDb, isWebhook: boolean) => Promise<boolean>,
): Promise<Result<{ id: string }>> {
  const refused = permissionRefusal(scope.actor, 'manage_alarms');
  if (refused) return refused;
  const tenant = await knownTenant(platform, tenantId);
  if (!tenant.ok) return tenant;
  const db = new TenantDb(platform, tenant.value);
  const letter = await deadLetter(db, id);
  if (letter === null) return notFound;
  const entry = {
    log: 'operations',
    description: `dead_letter.${said.what}`,
    subjectType: 'dead_letter',
    subjectId: id,
    after: { tenant: tenantId, reason: said.reason },
  };
  const result = await audited(scope, entry, async () =>
    (await change(db, /"kind":"webhook"/.test(letter.message))) ? ok({ id }) : notFound,
  );
  if (result.ok && !(await hasDeadLetters(db)))
    await clearAlarm(platform, { kind: 'effect_parked', subject: tenant.value }, causerOf(scope.actor), said.reason);
  return result;
}

/** Begins it anew. Refusals: PERMISSION_DENIED (`manage_alarms`), NOT_FOUND. */
export const replayParked = (
  platform: Platform,
  scope: TenantScope,
  { reason, ...letter }: OneLetter & { reason: string },
): Promise<Result<{ id: string }>> =>
  ended(platform, scope, letter, { what: 'replayed', reason }, async (db, isWebhook) => {
    if (isWebhook) {
      await enqueueWebhook(platform, db.tenantId, letter.id);
      return forgetLetter(db, letter.id);
    }
    const released = await releaseParked(db, letter.id, scope.now, []);
    if (released === null) return false;
    await enqueueEffects(platform, [released]);
    return true;
  });

/** Says that nothing is left to do; the letter stays with the reason. Refusals: PERMISSION_DENIED (`manage_alarms`), NOT_FOUND. */
export const dropParked = (
  platform: Platform,
  scope: TenantScope,
  { reason, ...letter }: OneLetter & { reason: string },
): Promise<Result<{ id: string }>> =>
  ended(platform, scope, letter, { what: 'settled', reason }, (db) =>
    settleParked(db, letter.id, { at: scope.now, by: causerOf(scope.actor), note: reason }),
  );
