/** Ends an import for good. Called by routes.ts. */
import { ok, type Result } from '../../../shared/result.ts';
import type { JobWorld } from '../../jobs/world.ts';
import { changeImport, type ImportRow, resultCounts } from '../../storage/queries/imports.ts';
import { moveJob } from '../../storage/queries/jobs.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { causerOf } from '../../../shared/actor.ts';
import { illegalMove, importAudit, importToChange, isAllowed } from './parts.ts';

/**
 * A page that is being worked on comes to its end; the next one does not begin. What was written stays, and the file goes at once.
 * Refusals: PERMISSION_DENIED, NOT_FOUND, ILLEGAL_TRANSITION.
 */
export async function abandonImport(world: JobWorld, scope: TenantScope, id: string): Promise<Result<ImportRow>> {
  const found = await importToChange(scope, id);
  if (!found.ok) return found;
  const row = found.value;
  if (!isAllowed(row.state, 'abandoned')) return illegalMove(row.state, 'abandoned');
  const job = row.state === 'writing' ? row.runJob : row.checkJob;
  if (job !== null) {
    const set = { state: 'cancelled' as const, endedAt: scope.now };
    await moveJob(scope.db, job, ['queued', 'running', 'paused', 'failed'], set, []);
    await world.clear({ kind: 'job_gave_up', subject: job }, causerOf(scope.actor));
  }
  const counts = { ...row.counts, ...(row.state === 'writing' ? await resultCounts(scope.db, id) : {}) };
  const changed = await changeImport(
    scope.db,
    row,
    { state: 'abandoned', fileKey: null, counts, endedAt: scope.now },
    importAudit(scope, id, 'abandoned', { from: row.state }),
  );
  if (changed === null) return illegalMove(row.state, 'abandoned');
  if (row.fileKey !== null) await scope.archive.removeImport(row.fileKey);
  return ok(changed);
}
