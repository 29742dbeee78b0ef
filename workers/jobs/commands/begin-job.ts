/** Begins a job. Called by routes.ts. */
import { actorMay, causerOf } from '../../../shared/actor.ts';
import type { JobReach } from '../../../shared/job-status.ts';
import { err, type Result } from '../../../shared/result.ts';
import { countLive, type JobRow } from '../../storage/queries/jobs.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { beginJob } from '../job-runner.ts';
import type { JobWorld } from '../world.ts';
import { audit, found, MAX_LIVE } from './parts.ts';

/**
 * Begins a job of a registered kind.
 * Refuses: PERMISSION_DENIED (`manage_jobs`; for all tenants `manage_crons`), VALIDATION_ERROR (no such kind, or not by this hand),
 * LIMIT_REACHED (a hundred that have not ended).
 */
export async function begin(
  world: JobWorld,
  scope: TenantScope,
  request: { kind: string; reach: JobReach; dry: boolean },
): Promise<Result<JobRow>> {
  const needed = request.reach === 'platform' ? 'manage_crons' : 'manage_jobs';
  if (!actorMay(scope.actor, needed)) return err({ code: 'PERMISSION_DENIED', permission: needed });
  const kind = world.kinds.find((one) => one.kind === request.kind);
  const isTheirs = kind?.byHand === 'tenant' || (kind?.byHand === 'operator' && request.reach === 'platform');
  if (!kind || !isTheirs) return err({ code: 'VALIDATION_ERROR', errors: { kind: ['unknown'] } });
  if ((await countLive(scope.db)) >= MAX_LIVE) return err({ code: 'LIMIT_REACHED', limit: 'jobs', max: MAX_LIVE });
  const id = await beginJob(world, { ...request, tenantId: scope.tenantId, by: causerOf(scope.actor) }, scope.now, {
    along: (job) => audit(scope, 'job', job, 'begun', request),
  });
  return found(scope, id);
}
