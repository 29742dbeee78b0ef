/** Works on the failed items of a job again. Called by routes.ts. */
import { actorMay, causerOf } from '../../../shared/actor.ts';
import type { JobState } from '../../../shared/job-status.ts';
import { err, type Result } from '../../../shared/result.ts';
import { countLive, jobRow, type JobRow } from '../../storage/queries/jobs.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { beginJob } from '../job-runner.ts';
import type { JobWorld } from '../world.ts';
import { audit, found, illegal, MAX_LIVE, notFound } from './parts.ts';

const ENDED: readonly JobState[] = ['done', 'failed', 'cancelled'];

/**
 * Begins a new job over the items that failed in an ended one.
 * Refuses: PERMISSION_DENIED (`manage_jobs`), NOT_FOUND, ILLEGAL_TRANSITION (not ended, or nothing failed), LIMIT_REACHED.
 */
export async function rerun(world: JobWorld, scope: TenantScope, id: string): Promise<Result<JobRow>> {
  if (!actorMay(scope.actor, 'manage_jobs')) return err({ code: 'PERMISSION_DENIED', permission: 'manage_jobs' });
  const job = await jobRow(scope.db, id);
  if (job === null || !world.kinds.some(({ kind }) => kind === job.kind)) return err(notFound('job'));
  if (!ENDED.includes(job.state) || job.failed === 0) return err(illegal(job.state, 'rerun'));
  if ((await countLive(scope.db)) >= MAX_LIVE) return err({ code: 'LIMIT_REACHED', limit: 'jobs', max: MAX_LIVE });
  const { tenantId, kind, reach, params, dry } = job;
  const again = await beginJob(world, { tenantId, kind, reach, params, dry, by: causerOf(scope.actor) }, scope.now, {
    rerunOf: id,
    along: (made) => audit(scope, 'job', made, 'begun', { rerun_of: id }),
  });
  await world.clear({ kind: 'job_gave_up', subject: id }, causerOf(scope.actor));
  return found(scope, again);
}
