/** A legal text is written without being published, and what was written is thrown away. Called through legal-commands.ts. */
import { causerOf, permissionRefusal } from '../../../shared/actor.ts';
import type { LegalDraftView } from '../../../shared/contract/legal.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { auditBeside } from '../../identity/audit.ts';
import { type DraftPlace, dropDraft, legalDraft, saveDraft } from '../../storage/queries/legal.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { draftView } from '../queries/legal-drafts.ts';
import { sellerRefusal } from './publish-text.ts';

const entry = ({ kind, language }: DraftPlace, what: string, after?: object) => ({
  log: 'tenants' as const,
  description: `legal_text.draft_${what}`,
  subjectType: 'legal_draft',
  subjectId: `${kind}:${language}`,
  after: { kind, language, ...after },
});

/**
 * Saves over the version that was read. Refusals: PERMISSION_DENIED (`create_legal_texts`; an account that sells to nobody), VERSION_CONFLICT
 * (somebody saved, published or threw it away meanwhile).
 */
export async function saveLegalDraft(
  scope: TenantScope,
  { text, seen, ...place }: DraftPlace & { text: string; seen: number },
): Promise<Result<LegalDraftView>> {
  const refused = await sellerRefusal(scope);
  if (refused) return refused;
  const row = await saveDraft(
    scope.db,
    { ...place, text, savedAt: scope.now, savedBy: causerOf(scope.actor) },
    seen,
    auditBeside(scope, entry(place, 'saved', { characters: text.length })),
  );
  if (row !== null) return ok(await draftView(scope, row));
  const present = await legalDraft(scope.db, place);
  return err({
    code: 'VERSION_CONFLICT',
    details: { expected_version: seen, current_version: present?.version ?? 0 },
  });
}

/** Refusals: PERMISSION_DENIED (`create_legal_texts`), NOT_FOUND (there is none). */
export async function dropLegalDraft(scope: TenantScope, place: DraftPlace): Promise<Result<null>> {
  const refused = permissionRefusal(scope.actor, 'create_legal_texts');
  if (refused) return refused;
  const isGone = await dropDraft(scope.db, place, auditBeside(scope, entry(place, 'dropped')));
  return isGone ? ok(null) : err({ code: 'NOT_FOUND', entity: 'legal_draft' });
}
