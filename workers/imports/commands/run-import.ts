/** Begins the run of a checked import, or begins it again where its job has stopped. Called by routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { RunImport } from '../../../shared/contract/imports.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { ifConfirmed } from '../../resources/if-confirmed.ts';
import type { Asked } from '../../resources/backing.ts';
import type { JobWorld } from '../../jobs/world.ts';
import { changeImport, type ImportRow, timeRows } from '../../storage/queries/imports.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { WRITE_IMPORT } from '../names.ts';
import { isStopped, jobOf } from '../queries/imports.ts';
import { timesOf } from '../times.ts';
import { beginImportJob, illegalMove, importAudit, importToChange, isAllowed } from './parts.ts';

const NOTHING: Result<{ confirmedSet?: string | null }> = ok({});

/** Refusals: PERMISSION_DENIED, NOT_FOUND, ILLEGAL_TRANSITION, WOULD_STRAND (a calendar's times have appointments in them). */
export async function runImport(
  world: JobWorld,
  scope: TenantScope,
  id: string,
  input: RunImport,
): Promise<Result<ImportRow>> {
  const { by_number: byNumber, by_name: byName, confirm = false } = input;
  const confirmToken = input.confirm_token ?? null;
  const found = await importToChange(scope, id);
  if (!found.ok) return found;
  const row = found.value;
  const isAgain = row.state === 'writing' && isStopped(await jobOf(scope, row));
  if (!isAgain && !isAllowed(row.state, 'writing')) return illegalMove(row.state, 'writing');
  const agreed: Result<{ confirmedSet?: string | null }> =
    row.kind === 'busy_times' && !isAgain ? await agreement(scope, row, { confirm, confirmToken }) : NOTHING;
  if (!agreed.ok) return agreed;
  const changed = await changeImport(
    scope.db,
    row,
    // What has begun goes on as it was decided.
    { state: 'writing', runJob: null, ...(isAgain ? {} : { byNumber, byName, ...agreed.value }) },
    importAudit(scope, id, 'run_begun', row.kind === 'busy_times' ? {} : { by_number: byNumber, by_name: byName }),
  );
  if (changed === null) return illegalMove(row.state, 'writing');
  return ok(await beginImportJob(world, scope, changed, { kind: WRITE_IMPORT, as: 'runJob' }));
}

/** Whom a calendar's times would strand is asked about first; what was agreed to goes with the run. Refusals: PERMISSION_DENIED, WOULD_STRAND. */
async function agreement(
  scope: TenantScope,
  row: ImportRow,
  asked: Pick<Asked, 'confirm' | 'confirmToken'>,
): Promise<Result<{ confirmedSet: string | null }>> {
  const refused = permissionRefusal(scope.actor, 'create_exceptions');
  if (refused) return refused;
  const { staffId, sourceId } = row;
  if (staffId === null || sourceId === null) return illegalMove(row.state, 'writing');
  const times = timesOf(await timeRows(scope.db, row.id));
  const agreed: { set: string | null } = { set: null };
  const { result } = await ifConfirmed(scope, asked, ({ confirmSet }) => {
    agreed.set = confirmSet;
    return scope.calendar.strandedByTimes({ staffId, sourceId, times, confirmSet, now: scope.now });
  });
  return result.ok ? ok({ confirmedSet: agreed.set }) : result;
}
