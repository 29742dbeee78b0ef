/** Says by mail that API keys end soon: to who made them, else to the owners. Called by jobs.ts. */
import { processNow } from '../../shared/clock.ts';
import { DAY } from '../../shared/time.ts';
import type { Platform } from '../env.ts';
import { endingKeys, noteWarned } from '../storage/identity/api-keys.ts';
import { userOf } from '../storage/identity/users.ts';
import { openTenant } from '../tenancy/scope.ts';

/** So long before its end a key's people are told; keys that live no longer than this are never announced. */
const WARN_MS = 7 * DAY;
/** Keys of one run; the others come with the next. */
const KEYS_A_RUN = 200;
const MAX_OWNERS = 5;

/** One mail a key and person, whatever is run how often: the effect's id says key and person, and the key is marked behind it. */
export async function warnOfEndingKeys(platform: Platform): Promise<Record<string, number>> {
  const now = processNow();
  let mails = 0;
  const keys = await endingKeys(platform, now, WARN_MS, KEYS_A_RUN);
  for (const { tenantId, id: keyId, createdBy, expiresAt } of keys) {
    if (expiresAt === null) continue;
    const scope = openTenant(platform, tenantId, { kind: 'system', cause: 'cron' }, { now });
    const maker = createdBy.startsWith('user:') ? await userOf(scope.db, createdBy.slice('user:'.length)) : null;
    const told = maker !== null && maker.disabledAt === null ? [maker] : await scope.owners(MAX_OWNERS);
    await scope.effects(
      told.map(({ id: userId }) => ({
        id: `${keyId}:ends:${userId}`,
        queue: 'low',
        kind: 'notify',
        ref: { event: 'api_key.expiring', userId, keyId, expiresAt },
      })),
    );
    mails += told.length;
    await noteWarned(scope.db, keyId, now);
  }
  return { keys: keys.length, mails };
}
