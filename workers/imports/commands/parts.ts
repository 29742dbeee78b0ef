/** What the commands of imports share: their refusals and audit rows. */
import { causerOf, permissionRefusal } from '../../../shared/actor.ts';
import type { ImportState } from '../../../shared/import-sets.ts';
import { err, type Result } from '../../../shared/result.ts';
import { auditWrites } from '../../identity/audit.ts';
import { beginJob } from '../../jobs/job-runner.ts';
import type { JobWorld } from '../../jobs/world.ts';
import { importById, type ImportRow, jobOfImport } from '../../storage/queries/imports.ts';
import type { Write } from '../../storage/tenant-db.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { reachedImport } from '../queries/imports.ts';

/** The import, for who may change it. Refusals: PERMISSION_DENIED, NOT_FOUND. */
export const importToChange = async (scope: TenantScope, id: string): Promise<Result<ImportRow>> =>
  permissionRefusal(scope.actor, 'create_imports') ?? reachedImport(scope, id);

/** What each state allows. */
const ALLOWED: Readonly<Partial<Record<ImportState, readonly ImportState[]>>> = {
  empty: ['read', 'abandoned'],
  read: ['read', 'checking', 'abandoned'],
  checking: ['abandoned'],
  checked: ['checking', 'writing', 'abandoned'],
  writing: ['abandoned'],
  broken: ['read', 'abandoned'],
};

/** Refuses what the state does not allow; it has also changed meanwhile. */
export const illegalMove = (from: ImportState, to: ImportState): Result<never> =>
  err({ code: 'ILLEGAL_TRANSITION', details: { from, to, allowed: [...(ALLOWED[from] ?? [])] } });
export const isAllowed = (from: ImportState, to: ImportState): boolean => ALLOWED[from]?.includes(to) === true;

/** The audit row of a change of an import, for its batch: names and counts, nothing of the file's rows. */
export const importAudit = (
  scope: TenantScope,
  id: string,
  what: string,
  after: Record<string, unknown> = {},
): Write[] =>
  auditWrites(scope, { log: 'imports', description: `import.${what}`, subjectType: 'import', subjectId: id, after });

/**
 * Begins the job of a check or a run and answers the import with it. Killed before the job stands, the import says that it has stopped, and
 * the same request begins one.
 */
export async function beginImportJob(
  world: JobWorld,
  scope: TenantScope,
  row: ImportRow,
  { kind, as }: { kind: string; as: 'checkJob' | 'runJob' },
): Promise<ImportRow> {
  const { tenantId, actor, db, now } = scope;
  await beginJob(world, { tenantId, kind, reach: 'tenant', params: { import: row.id }, by: causerOf(actor) }, now, {
    along: (job) => [jobOfImport(db, row.id, { [as]: job })],
  });
  return (await importById(db, row.id)) ?? row;
}
