/** Work that was given up begins anew: a person's decision. Called by routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { auditWrites } from '../../identity/audit.ts';
import { hasDeadLetters, releaseParked } from '../../storage/queries/effects.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/**
 * Puts given-up work back into its queue. A crash before it is enqueued loses nothing: it waits and is due.
 * Refusals: PERMISSION_DENIED (`manage_queues`), NOT_FOUND (no such letter, or replayed before).
 */
export async function replayDeadLetter(scope: TenantScope, { id }: { id: string }): Promise<Result<{ id: string }>> {
  const refused = permissionRefusal(scope.actor, 'manage_queues');
  if (refused) return refused;
  const entry = {
    log: 'operations',
    description: 'dead_letter.replayed',
    subjectType: 'dead_letter',
    subjectId: id,
  };
  const released = await releaseParked(scope.db, id, scope.now, auditWrites(scope, entry));
  if (!released) return err({ code: 'NOT_FOUND', entity: 'dead_letter' });
  await scope.enqueue([released]);
  if (!(await hasDeadLetters(scope.db))) await scope.clearAlarm({ kind: 'effect_parked', subject: scope.tenantId });
  return ok({ id });
}
