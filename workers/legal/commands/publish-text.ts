/** A new version of a legal text; the older ones stay readable. Called through legal-commands.ts. */
import { causerOf, permissionRefusal } from '../../../shared/actor.ts';
import type { LegalTextView, PublishLegalTextRequest } from '../../../shared/contract/legal.ts';
import { newId } from '../../../shared/ids.ts';
import type { DomainError } from '../../../shared/errors.ts';
import { type Err, err, type Result } from '../../../shared/result.ts';
import { auditBeside } from '../../identity/audit.ts';
import { publishText } from '../../storage/queries/legal.ts';
import { recentTenant } from '../../storage/queries/tenants.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { oneLegalText } from '../queries/legal-texts.ts';

/** Refuses (PERMISSION_DENIED) who may not write legal texts, and an account that sells to nobody; null: go on. */
export async function sellerRefusal(scope: TenantScope): Promise<Err<DomainError> | null> {
  const refused = permissionRefusal(scope.actor, 'create_legal_texts');
  if (refused) return refused;
  const own = await recentTenant(scope.db, scope.tenantId);
  return own?.type === 'platform' || own?.type === 'reseller'
    ? null
    : err({ code: 'PERMISSION_DENIED', permission: 'create_legal_texts' });
}

/**
 * Publishes a version: it holds from now on, and whoever agreed to an older one is asked once.
 * Refusals: PERMISSION_DENIED (`create_legal_texts`; an account that sells to nobody), NOT_FOUND.
 */
export async function publishLegalText(
  scope: TenantScope,
  { kind, language, text }: PublishLegalTextRequest,
): Promise<Result<LegalTextView>> {
  const refused = await sellerRefusal(scope);
  if (refused) return refused;
  const id = newId('legal_text', scope.now);
  const made = await publishText(
    scope.db,
    { id, kind, language, text, publishedAt: scope.now, publishedBy: causerOf(scope.actor) },
    auditBeside(scope, {
      log: 'tenants',
      description: 'legal_text.published',
      subjectType: 'legal_text',
      subjectId: id,
      after: { kind, language, characters: text.length },
    }),
  );
  if (made === null) return err({ code: 'NOT_FOUND', entity: 'legal_text' });
  const shown = await oneLegalText(scope, id);
  return shown.ok ? { ok: true, value: shown.value.view } : shown;
}
