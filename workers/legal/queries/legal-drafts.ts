/** What whoever sells is writing of a kind and language. Called through legal-commands.ts and by the command. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { LegalDraftView } from '../../../shared/contract/legal.ts';
import { ok, type Result } from '../../../shared/result.ts';
import { toIso } from '../../../shared/time.ts';
import { type DraftPlace, type LegalDraftRow, legalDraft } from '../../storage/queries/legal.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { nameOfCauser } from './legal-texts.ts';

/** A draft with the name of whoever saved it. */
export const draftView = async (scope: TenantScope, row: LegalDraftRow): Promise<LegalDraftView> => ({
  kind: row.kind,
  language: row.language,
  text: row.text,
  saved_at: toIso(row.savedAt),
  saved_by: (await nameOfCauser(scope, [row.savedBy]))(row.savedBy),
  version: row.version,
});

/** Null: nobody is writing one. Refusals: PERMISSION_DENIED (`create_legal_texts`: who may not write reads no draft). */
export async function showLegalDraft(scope: TenantScope, place: DraftPlace): Promise<Result<LegalDraftView | null>> {
  const refused = permissionRefusal(scope.actor, 'create_legal_texts');
  if (refused) return refused;
  const row = await legalDraft(scope.db, place);
  return ok(row === null ? null : await draftView(scope, row));
}
