/** A secret that a vendor shall sign its webhooks with, drawn by us and shown once. Called through commands.ts. */
import { causerOf } from '../../../shared/actor.ts';
import { toBase64Url } from '../../../shared/base64.ts';
import { versionConflict } from '../../../shared/errors.ts';
import { CREDENTIALS } from '../../../shared/integration-sets.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Vendor } from '../../../shared/vendors.ts';
import type { Platform } from '../../env.ts';
import { auditBeside } from '../../identity/audit.ts';
import { mayReachFar } from '../../identity/sessions.ts';
import { putCredential } from '../../storage/queries/integrations.ts';
import { forgetCredentials } from '../../tenancy/credentials.ts';
import { seal } from '../../tenancy/seal.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { placeOf, subjectOf } from '../place.ts';
import { webhookUrlOf } from '../view.ts';
import { becomesOld, hintOf, storedAt } from './put-credential.ts';

const SECRET_BYTES = 32;

/**
 * What is signed with the one before counts for a day more: nobody enters the new one at the vendor in the same moment.
 * Refusals: PERMISSION_DENIED (`manage_integrations`), CONFIRMATION_REQUIRED, NOT_FOUND (company), VALIDATION_ERROR (`vendor`: it makes its
 * own secret, or has none), VERSION_CONFLICT.
 */
export async function makeWebhookSecret(
  platform: Platform,
  scope: TenantScope,
  vendor: Vendor,
  companyId: string | undefined,
): Promise<Result<{ webhook_url: string; webhook_secret: string }>> {
  const found = await placeOf(scope, 'manage_integrations', vendor, companyId);
  if (!found.ok) return found;
  if (!mayReachFar(scope.actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const place = found.value;
  const url = webhookUrlOf(platform.config, place, (await scope.tenant())?.slug ?? '');
  if (!CREDENTIALS[vendor].makesSecret || url === null)
    return err({ code: 'VALIDATION_ERROR', errors: { vendor: ['makes its own secret, or has none'] } });
  const secret = toBase64Url(crypto.getRandomValues(new Uint8Array(SECRET_BYTES)));
  const stored = await storedAt(platform, place);
  const seen = stored?.version ?? 0;
  const written = await putCredential(
    scope.db,
    place,
    seen,
    {
      sealedWebhookSecret: await seal(platform, place.tenantId, secret),
      webhookSecretHint: hintOf(secret),
      ...becomesOld(stored, scope.now),
      updatedAt: scope.now,
      updatedBy: causerOf(scope.actor),
    },
    auditBeside(scope, {
      log: 'integrations',
      description: 'integration.webhook_secret_made',
      subjectType: 'integration',
      subjectId: subjectOf(place),
      after: { webhook_secret: true },
    }),
  );
  forgetCredentials(place.tenantId);
  return written === null ? err(versionConflict(seen, seen + 1)) : ok({ webhook_url: url, webhook_secret: secret });
}
