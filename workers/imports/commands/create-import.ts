/** A new import, to which a file is sent next. Called by the resource. */
import { causerOf, permissionRefusal } from '../../../shared/actor.ts';
import type { CreateImport } from '../../../shared/contract/imports.ts';
import { newId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { countWithFile, type ImportRow, importById, insertImport } from '../../storage/queries/imports.ts';
import { isNarrow } from '../../storage/queries/reach.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { importAudit } from './parts.ts';

/** Imports of a tenant whose files are kept at once: two hundred and more megabytes are no list of customers. */
const MAX_OPEN = 20;

/**
 * Refusals: PERMISSION_DENIED (also who does not reach every customer), LIMIT_REACHED.
 */
export async function createImport(scope: TenantScope, input: CreateImport): Promise<Result<ImportRow>> {
  const refused =
    permissionRefusal(scope.actor, 'create_imports') ??
    permissionRefusal(scope.actor, input.kind === 'busy_times' ? 'create_exceptions' : 'create_customers');
  if (refused) return refused;
  // Duplicates are looked for among all customers, and shown.
  if (isNarrow(await scope.reached())) return err({ code: 'PERMISSION_DENIED', permission: 'create_imports' });
  if ((await countWithFile(scope.db)) >= MAX_OPEN)
    return err({ code: 'LIMIT_REACHED', limit: 'imports', max: MAX_OPEN });
  const id = newId('import', scope.now);
  await insertImport(
    scope.db,
    {
      id,
      kind: input.kind,
      state: 'empty',
      fileName: input.file_name,
      createdBy: causerOf(scope.actor),
      createdAt: scope.now,
    },
    importAudit(scope, id, 'created', { kind: input.kind }),
  );
  const row = await importById(scope.db, id);
  return row === null ? err({ code: 'NOT_FOUND', entity: 'import' }) : ok(row);
}
