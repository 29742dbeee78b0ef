/** A tenant's jobs and their items, read by pages. Called by routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { JobItemOutcome, JobState } from '../../../shared/job-status.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { cursorOf, type Page, pageOf } from '../../http/list.ts';
import { itemsPage, type JobItemRow, type JobRow, jobRow, jobsPage } from '../../storage/queries/jobs.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

export type { JobRow };
type Paged = { cursor?: string | undefined; limit: number };

/** A page of jobs, newest first. Refusals: PERMISSION_DENIED, VALIDATION_ERROR (`cursor`). */
export async function jobPage(
  scope: TenantScope,
  { cursor, limit, state, kind }: Paged & { state?: JobState | undefined; kind?: string | undefined },
): Promise<Result<Page<JobRow>>> {
  const refused = permissionRefusal(scope.actor, 'view_jobs');
  if (refused) return refused;
  const before = cursorOf(cursor, ['string']);
  if (!before.ok) return before;
  const rows = await jobsPage(scope.db, { before: before.value?.[0] ?? null, limit: limit + 1, state, kind });
  return ok(pageOf(rows, limit, (row) => [row.id]));
}

/** One job. Refusals: PERMISSION_DENIED, NOT_FOUND. */
export async function oneJob(scope: TenantScope, { id }: { id: string }): Promise<Result<JobRow>> {
  const refused = permissionRefusal(scope.actor, 'view_jobs');
  if (refused) return refused;
  const row = await jobRow(scope.db, id);
  return row === null ? err({ code: 'NOT_FOUND', entity: 'job' }) : ok(row);
}

/** A page of the items of a job that came out one way. Refusals: PERMISSION_DENIED, NOT_FOUND, VALIDATION_ERROR (`cursor`). */
export async function jobItemPage(
  scope: TenantScope,
  { id, cursor, limit, outcome }: Paged & { id: string; outcome: JobItemOutcome },
): Promise<Result<Page<JobItemRow>>> {
  const after = cursorOf(cursor, ['string', 'string']);
  if (!after.ok) return after;
  const job = await oneJob(scope, { id });
  if (!job.ok) return job;
  const rows = await itemsPage(scope.db, {
    jobId: id,
    outcome,
    after: after.value && { step: after.value[0], item: after.value[1] },
    limit: limit + 1,
  });
  return ok(pageOf(rows, limit, ({ step, item }) => [step, item]));
}
