/** Messages of producers, gathered by tenant into batches. Called by queues.ts. */
import { asInstant, processNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import type { Metered } from '../../shared/usage-events.ts';
import type { Platform } from '../env.ts';
import { openTenant } from '../tenancy/scope.ts';
import { isUnbilled, recordUsage } from './commands/record-usage.ts';

/** Charges what one tenant's producers used. Throws when it has to be brought again: the keys know what was charged already. */
export async function chargeMetered(platform: Platform, tenantId: TenantId, used: readonly Metered[]): Promise<void> {
  const scope = openTenant(platform, tenantId, { kind: 'system', cause: 'queue' }, { now: processNow() });
  const recorded = await recordUsage(
    scope,
    used.map(({ occurredAt, ...rest }) => ({ ...rest, occurredAt: asInstant(occurredAt) })),
  );
  // A tenant without terms is not billed (trial before a plan is chosen).
  if (!recorded.ok && !isUnbilled(recorded.error)) throw new Error(`usage of ${tenantId}: ${recorded.error.code}`);
}
