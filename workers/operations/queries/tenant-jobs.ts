/** Jobs of single tenants as the operator looks for them, and what failed in one. Called through tenant-job-commands.ts and by the command. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { TenantJobView } from '../../../shared/contract/jobs.ts';
import type { JobItemOutcome, JobState } from '../../../shared/job-status.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { isoOrNull } from '../../../shared/time.ts';
import type { Platform } from '../../env.ts';
import { cursorOf, type ListMeta, metaOf, type Page, WHOLE_LIST } from '../../http/list.ts';
import { jobItemPage, viewOfJob } from '../../jobs/queries/jobs.ts';
import { type JobItemRow, type JobRow, jobsOfTenants } from '../../storage/queries/jobs.ts';
import { tenantNames } from '../../storage/queries/queues.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { knownTenant } from '../commands/parts.ts';

/** A job with whose it is. */
export const viewOfTenantJob = (row: JobRow, names: ReadonlyMap<string, string>): TenantJobView => ({
  ...viewOfJob(row),
  tenant_id: row.tenantId,
  tenant_name: names.get(row.tenantId) ?? null,
  attempts: row.attempts,
  next_try_at: row.state === 'queued' ? isoOrNull(row.notBefore) : null,
  begun_by: row.createdBy,
});

export interface TenantJobQuestion {
  cursor?: string | undefined;
  limit: number;
  tenant_id?: string | undefined;
  state?: JobState | undefined;
  kind?: string | undefined;
}

export interface TenantJobsListed {
  data: TenantJobView[];
  meta: ListMeta & { truncated?: boolean };
}

/** A page of the jobs of single tenants, newest first. Refusals: PERMISSION_DENIED (`view_crons`), VALIDATION_ERROR (`cursor`). */
export async function tenantJobList(
  platform: Platform,
  scope: TenantScope,
  { cursor, limit, ...asked }: TenantJobQuestion,
): Promise<Result<TenantJobsListed>> {
  const refused = permissionRefusal(scope.actor, 'view_crons');
  if (refused) return refused;
  const [tenantId, state, kind] = [asked.tenant_id ?? null, asked.state ?? null, asked.kind ?? null];
  const after = cursorOf(cursor, ['string']);
  if (!after.ok) return after;
  // The id says on which shard its rows would lie, and there may be none.
  if (tenantId !== null && !(await knownTenant(platform, tenantId)).ok) return ok({ data: [], meta: WHOLE_LIST });
  const { rows, next, truncated } = await jobsOfTenants(
    platform,
    { tenantId, state, kind, limit },
    after.value?.[0] ?? null,
  );
  const names = await tenantNames(
    platform,
    rows.map((row) => row.tenantId),
  );
  return ok({
    data: rows.map((row) => viewOfTenantJob(row, names)),
    meta: { ...metaOf(next === null ? null : [next]), ...(truncated && { truncated }) },
  });
}

/** Items of a tenant's job that came out one way. Refusals: PERMISSION_DENIED (`view_crons`), NOT_FOUND, VALIDATION_ERROR (`cursor`). */
export async function tenantJobItems(
  platform: Platform,
  scope: TenantScope,
  {
    tenantId,
    ...asked
  }: { tenantId: string; id: string; cursor?: string | undefined; limit: number; outcome: JobItemOutcome },
): Promise<Result<Page<JobItemRow>>> {
  const refused = permissionRefusal(scope.actor, 'view_crons');
  if (refused) return refused;
  const tenant = await knownTenant(platform, tenantId);
  return tenant.ok ? jobItemPage(openTenant(platform, tenant.value, scope.actor), asked) : tenant;
}
