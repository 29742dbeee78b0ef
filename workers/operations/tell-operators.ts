/**
 * Operators are written to when alarms open or end: one mail for all that changed since the last look, so that a storm is one message.
 * Called by judge-health.ts every five minutes.
 */
import type { Instant } from '../../shared/clock.ts';
import type { Platform } from '../env.ts';
import { PLATFORM_TENANT } from '../jobs/world.ts';
import { enqueueEffects } from '../projection/effects.ts';
import { pendingEffectOf } from '../storage/queries/effects.ts';
import { ownersOf } from '../storage/queries/owners.ts';
import { toldAlarms, untoldAlarms } from '../storage/queries/watch.ts';
import { TenantDb } from '../storage/tenant-db.ts';

/** Alarms named in one mail; the next look tells the others. */
const MAX_TOLD = 20;
/** Operators that are written to. */
const MAX_OPERATORS = 20;

/** Answers how many alarms were told. The mails and that they were caused lie in one transaction: nobody is written to twice of the same. */
export async function tellOperators(platform: Platform, now: Instant): Promise<number> {
  const changed = await untoldAlarms(platform, MAX_TOLD);
  const count = changed.opened.length + changed.ended.length;
  if (count === 0) return 0;
  const operators = await ownersOf(platform, PLATFORM_TENANT, MAX_OPERATORS);
  const db = new TenantDb(platform, PLATFORM_TENANT);
  const effects = operators.map(({ id: userId }) => ({
    id: `alarms:${now}:${userId}`,
    queue: 'high' as const,
    kind: 'notify' as const,
    ref: {
      event: 'operations.alarms' as const,
      userId,
      at: now,
      opened: changed.opened.map(({ id }) => id),
      ended: changed.ended.map(({ id }) => id),
    },
  }));
  await db.batch([...effects.map((effect) => pendingEffectOf(db, effect, now)), ...toldAlarms(platform, changed)]);
  await enqueueEffects(
    platform,
    effects.map(({ id, queue }) => ({ id, queue, tenantId: PLATFORM_TENANT })),
  );
  return count;
}
