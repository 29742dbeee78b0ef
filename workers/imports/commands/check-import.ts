/** Begins the dry run of an import, or begins it again where its job has stopped. Called by routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { CheckImport } from '../../../shared/contract/imports.ts';
import type { DomainError } from '../../../shared/errors.ts';
import { type Err, err, ok, type Result } from '../../../shared/result.ts';
import { busySourceId, MAX_BUSY_SOURCES } from '../../calendar/types.ts';
import type { JobWorld } from '../../jobs/world.ts';
import { changeImport, type ImportRow, mappingPut, type NewImport } from '../../storage/queries/imports.ts';
import type { Write } from '../../storage/tenant-db.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { CHECK_IMPORT } from '../names.ts';
import { isStopped, jobOf } from '../queries/imports.ts';
import { doubledFields, namesSomebody } from '../rules/mapping.ts';
import { beginImportJob, illegalMove, importAudit, importToChange, isAllowed } from './parts.ts';
import { headerHash, headersHash } from './take-file.ts';

/** Refusals: PERMISSION_DENIED, NOT_FOUND (import or branch), ILLEGAL_TRANSITION, VALIDATION_ERROR (`fields`, `staff_id`), LIMIT_REACHED. */
export async function checkImport(
  world: JobWorld,
  scope: TenantScope,
  id: string,
  input: CheckImport,
): Promise<Result<ImportRow>> {
  const found = await importToChange(scope, id);
  if (!found.ok) return found;
  const row = found.value;
  const isAgain = row.state === 'checking' && isStopped(await jobOf(scope, row));
  if (!isAgain && !isAllowed(row.state, 'checking')) return illegalMove(row.state, 'checking');
  const unknown = await unknownPlace(scope, input);
  if (unknown) return unknown;
  const chosen = row.kind === 'busy_times' ? await calendarChoice(scope, row, input) : columnChoice(scope, row, input);
  if (!chosen.ok) return chosen;
  const changed = await changeImport(
    scope.db,
    row,
    { state: 'checking', counts: null, parts: 0, checkJob: null, fault: null, ...chosen.value.set },
    [...chosen.value.along, ...importAudit(scope, id, 'check_begun', chosen.value.said)],
  );
  if (changed === null) return illegalMove(row.state, 'checking');
  return ok(await beginImportJob(world, scope, changed, { kind: CHECK_IMPORT, as: 'checkJob' }));
}

/** Refuses (NOT_FOUND) a branch or a person that is not there. */
async function unknownPlace(
  scope: TenantScope,
  { branch_id: branchId, staff_id: staffId }: CheckImport,
): Promise<Err<DomainError> | null> {
  if (branchId === null && staffId === null) return null;
  const { result } = await scope.calendar.schedule();
  if (!result.ok) return result;
  const { branches, staff } = result.value;
  if (branchId !== null && !branches.some(({ id }) => id === branchId))
    return err({ code: 'NOT_FOUND', entity: 'branch' });
  if (staffId !== null && !staff.some(({ id }) => id === staffId)) return err({ code: 'NOT_FOUND', entity: 'staff' });
  return null;
}

/** What a person chose before the check: members of the import, writes beside them, and what the log says. */
interface Choice {
  set: Partial<NewImport>;
  along: Write[];
  said: Record<string, unknown>;
}

function columnChoice(
  scope: TenantScope,
  row: ImportRow,
  { fields, branch_id: branchId }: CheckImport,
): Result<Choice> {
  const headers = row.head?.headers ?? [];
  if (fields.length !== headers.length)
    return err({ code: 'VALIDATION_ERROR', errors: { fields: [`${headers.length}`] } });
  const doubled = doubledFields(fields);
  if (doubled.length > 0) return err({ code: 'VALIDATION_ERROR', errors: { fields: doubled } });
  if (!namesSomebody(fields)) return err({ code: 'VALIDATION_ERROR', errors: { fields: ['required'] } });
  const known = Object.fromEntries(
    headers.flatMap((header, i) => {
      const field = fields[i] ?? null;
      return field === null ? [] : [[headerHash(header), field] as const];
    }),
  );
  return ok({
    set: { fields: [...fields], branchId },
    along: [mappingPut(scope.db, headersHash(headers), known, scope.now)],
    said: { fields: fields.filter((field) => field !== null) },
  });
}

async function calendarChoice(scope: TenantScope, row: ImportRow, input: CheckImport): Promise<Result<Choice>> {
  const refused = permissionRefusal(scope.actor, 'create_exceptions');
  if (refused) return refused;
  const { staff_id: staffId, titles: keepsTitles } = input;
  if (staffId === null) return err({ code: 'VALIDATION_ERROR', errors: { staff_id: ['required'] } });
  const { result } = await scope.calendar.schedule();
  if (!result.ok) return result;
  const person = result.value.staff.find(({ id }) => id === staffId);
  if (person === undefined) return err({ code: 'NOT_FOUND', entity: 'staff' });
  const source = input.source ?? row.source ?? row.fileName.replace(/\.(ics|ical|ifb|icalendar)$/i, '');
  const sourceId = busySourceId(staffId, source);
  const { result: known } = await scope.calendar.busySources(staffId);
  if (known.ok && known.value.length >= MAX_BUSY_SOURCES && !known.value.some(({ id }) => id === sourceId))
    return err({ code: 'LIMIT_REACHED', limit: 'busy_sources', max: MAX_BUSY_SOURCES });
  // Times without a zone are of the branch where the person works.
  const branchId = input.branch_id ?? person.body.branchIds[0] ?? null;
  return ok({
    set: { staffId, source, sourceId, keepsTitles, branchId, confirmedSet: null },
    along: [],
    said: { staff_id: staffId, source_id: sourceId, titles: keepsTitles },
  });
}
