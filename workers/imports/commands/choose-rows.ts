/** What becomes of single duplicates, whatever was decided for all. Called by routes.ts. */
import type { RowChoice } from '../../../shared/import-sets.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { chooseRows as choose } from '../../storage/queries/imports.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { illegalMove, importAudit, importToChange } from './parts.ts';

/** Answers how many of the rows are duplicates. Refusals: PERMISSION_DENIED, NOT_FOUND, ILLEGAL_TRANSITION (not checked, or written already). */
export async function chooseRows(
  scope: TenantScope,
  id: string,
  { rows, choice }: { rows: readonly number[]; choice: RowChoice },
): Promise<Result<{ chosen: number }>> {
  const found = await importToChange(scope, id);
  if (!found.ok) return found;
  if (found.value.state !== 'checked') return illegalMove(found.value.state, 'checked');
  const chosen = await choose(scope.db, id, rows, choice, importAudit(scope, id, 'rows_chosen', { rows, choice }));
  return ok({ chosen });
}
