/** Jobs as they are shown, and their items by pages. Called by jobs.resource.ts and routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { JobItemView, JobView } from '../../../shared/contract/jobs.ts';
import type { JobItemOutcome } from '../../../shared/job-status.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import { cursorOf, type Page, pageOf } from '../../http/list.ts';
import { itemsPage, type JobItemRow, type JobRow, jobRow } from '../../storage/queries/jobs.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

type Paged = { cursor?: string | undefined; limit: number };

/** A job as the API shows it. */
export const viewOfJob = (row: JobRow): JobView => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  reach: row.reach,
  dry_run: row.dry,
  steps: row.steps.map(({ name, state, done, failed, total, startedAt, endedAt }) => ({
    name,
    state,
    done,
    failed,
    total,
    started_at: isoOrNull(startedAt),
    ended_at: isoOrNull(endedAt),
  })),
  counts: row.counts,
  failed: row.failed,
  planned: row.planned,
  error: row.error,
  rerun_of: row.rerunOf,
  created_at: toIso(row.createdAt),
  started_at: isoOrNull(row.startedAt),
  ended_at: isoOrNull(row.endedAt),
});

/** An item as the API shows it, of a job of one's own or of a tenant's. */
export const viewOfJobItem = ({ step, item, reason, at }: JobItemRow): JobItemView => ({
  step,
  item,
  reason,
  at: toIso(at),
});

/** A page of the items of a job that came out one way. Refusals: PERMISSION_DENIED, NOT_FOUND, VALIDATION_ERROR (`cursor`). */
export async function jobItemPage(
  scope: TenantScope,
  { id, cursor, limit, outcome }: Paged & { id: string; outcome: JobItemOutcome },
): Promise<Result<Page<JobItemRow>>> {
  const refused = permissionRefusal(scope.actor, 'view_jobs');
  if (refused) return refused;
  const after = cursorOf(cursor, ['string', 'string']);
  if (!after.ok) return after;
  if ((await jobRow(scope.db, id)) === null) return err({ code: 'NOT_FOUND', entity: 'job' });
  const rows = await itemsPage(scope.db, {
    jobId: id,
    outcome,
    after: after.value && { step: after.value[0], item: after.value[1] },
    limit: limit + 1,
  });
  return ok(pageOf(rows, limit, ({ step, item }) => [step, item]));
}
