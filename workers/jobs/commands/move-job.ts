/** Pauses, resumes or cancels a job. Called by routes.ts. */
import { actorMay, causerOf } from '../../../shared/actor.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { jobRow, type JobRow, moveJob, type NewJob } from '../../storage/queries/jobs.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import type { JobWorld } from '../world.ts';
import { audit, illegal, type JobMove, MOVES, notFound } from './parts.ts';

/**
 * Pauses, resumes or cancels. A page that is being worked on ends and is counted; the next one does not begin.
 * Refuses: PERMISSION_DENIED (`manage_jobs`), NOT_FOUND, ILLEGAL_TRANSITION.
 */
export async function move(world: JobWorld, scope: TenantScope, id: string, action: JobMove): Promise<Result<JobRow>> {
  if (!actorMay(scope.actor, 'manage_jobs')) return err({ code: 'PERMISSION_DENIED', permission: 'manage_jobs' });
  const { from, to, what } = MOVES[action];
  const set: Partial<NewJob> =
    to === 'queued'
      ? { state: to, attempts: 0, notBefore: scope.now, error: null, endedAt: null }
      : { state: to, ...(to === 'cancelled' ? { endedAt: scope.now } : {}) };
  const moved = await moveJob(scope.db, id, from, set, audit(scope, 'job', id, what));
  if (moved === null) {
    const present = await jobRow(scope.db, id);
    return err(present === null ? notFound('job') : illegal(present.state, to));
  }
  if (to === 'cancelled') await world.clear({ kind: 'job_gave_up', subject: id }, causerOf(scope.actor));
  if (to === 'queued') await world.wake(scope.tenantId, id, 0);
  return ok(moved);
}
