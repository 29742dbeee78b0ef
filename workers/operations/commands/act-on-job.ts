/** The operator pauses, resumes, cancels or runs a tenant's job again. Called through tenant-job-commands.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { TenantJobView } from '../../../shared/contract/jobs.ts';
import type { TenantJobAction } from '../../../shared/job-status.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { move } from '../../jobs/commands/move-job.ts';
import { rerun } from '../../jobs/commands/rerun-job.ts';
import type { JobWorld } from '../../jobs/world.ts';
import { tenantNames } from '../../storage/queries/queues.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { viewOfTenantJob } from '../queries/tenant-jobs.ts';
import { audited, knownTenant } from './parts.ts';

/**
 * What the tenant itself could do, by the operator: the tenant's activity says that it was done and by whom, the operator's why. Answers the job, for
 * `rerun` the new one.
 * Refusals: PERMISSION_DENIED (`manage_crons`), NOT_FOUND, ILLEGAL_TRANSITION, LIMIT_REACHED (`rerun`: a hundred of the tenant have not ended).
 */
export async function actOnTenantJob(
  platform: Platform,
  world: JobWorld,
  scope: TenantScope,
  { tenantId, id, action, reason }: { tenantId: string; id: string; action: TenantJobAction; reason: string },
): Promise<Result<TenantJobView>> {
  const refused = permissionRefusal(scope.actor, 'manage_crons');
  if (refused) return refused;
  const tenant = await knownTenant(platform, tenantId);
  if (!tenant.ok) return tenant;
  const own = openTenant(platform, tenant.value, scope.actor, { now: scope.now });
  const entry = {
    log: 'operations',
    description: `job.${action}`,
    subjectType: 'job',
    subjectId: id,
    after: { tenant: tenantId, reason },
  };
  return audited(scope, entry, async () => {
    const done = action === 'rerun' ? await rerun(world, own, id) : await move(world, own, id, action);
    return done.ok ? ok(viewOfTenantJob(done.value, await tenantNames(platform, [tenantId]))) : done;
  });
}
