/** Call backs whose time has passed: whoever leads the business is told, once. Called by the cron `escalate_callbacks` (workers/telephony/crons.ts). */
import { processNow } from '../../shared/clock.ts';
import type { Platform } from '../env.ts';
import type { EffectSpec } from '../events/effects.ts';
import { auditWrites } from '../identity/audit.ts';
import { escalateCallback, overdueCallbacks } from '../storage/queries/calls.ts';
import { openTenant } from '../tenancy/scope.ts';

/** Of all tenants in one run; what is left comes with the next, five minutes later. */
const MAX_ESCALATED = 200;
/** Most people that one promise writes to. */
const MAX_TOLD = 5;

/** The notice of a promise to one user; with a new due time it is another one. */
const noticeTo = (userId: string, requestId: string, at: number): EffectSpec => ({
  id: `${requestId}:callback.overdue:${at}:${userId}`,
  queue: 'high',
  kind: 'notify',
  ref: { event: 'callback.overdue', userId, requestId, at },
});

/** Marks what is overdue and tells owners and managers, in one transaction each: killed and run again nobody is told twice. */
export async function escalateCallbacks(platform: Platform): Promise<{ escalated: number }> {
  const now = processNow();
  let escalated = 0;
  for (const { tenantId, id } of await overdueCallbacks(platform, now, MAX_ESCALATED)) {
    const scope = openTenant(platform, tenantId, { kind: 'system', cause: 'cron' }, { now });
    const notices = (await scope.owners(MAX_TOLD, 'and managers')).map((one) => noticeTo(one.id, id, now));
    const isMarked = await escalateCallback(scope.db, id, now, [
      ...scope.effectWrites(notices),
      ...auditWrites(scope, {
        log: 'calls',
        description: 'callback_request.escalated',
        subjectType: 'callback_request',
        subjectId: id,
        after: { escalated_at: now },
      }),
    ]);
    if (!isMarked) continue;
    escalated++;
    await scope.enqueue(notices);
  }
  return { escalated };
}
