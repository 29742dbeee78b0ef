/** Cal.com's webhook on its way in: candidate → signature → stored once → queue. Nothing else before verification. Called by routes.ts. */
import type { Instant } from '../../shared/clock.ts';
import type { DomainError } from '../../shared/errors.ts';
import type { Platform } from '../env.ts';
import { parseCalcomEvent } from '../integrations/calcom-events.ts';
import { CALCOM_UNSIGNED, verifyCalcom } from '../integrations/signatures.ts';
import { storeAndEnqueue } from '../operations/webhook-aside.ts';
import { integrationOfCompany } from '../storage/queries/integrations.ts';
import { openTenant } from '../tenancy/scope.ts';
import { calcomSecretsOf } from './account.ts';
import { candidateTenant } from './candidate.ts';

type ReceivedCalcom =
  | { kind: 'unsigned' | 'ping' | 'stored' | 'duplicate' }
  /** signed, and belongs to nobody we know: nothing is stored under somebody else */
  | { kind: 'ignored' }
  | { kind: 'unreadable'; error: DomainError };

/** @param request `company` of the path, if any */
export async function receiveCalcom(
  platform: Platform,
  request: { raw: string; signature: string; company: string | null; now: Instant; requestId: string },
): Promise<ReceivedCalcom> {
  const { raw, signature, company, now, requestId } = request;
  if (signature === '' || signature === CALCOM_UNSIGNED) return { kind: 'unsigned' };
  // Unverified until a candidate's own secret says otherwise: only used to choose the secret.
  const parsed = parseCalcomEvent(raw);
  const byCompany = company === null ? null : await integrationOfCompany(platform, 'calcom', company.slice(0, 128));
  const tenantId = byCompany?.tenantId ?? (await candidateTenant(platform, company, parsed.ok ? parsed.value : null));
  const scope = tenantId
    ? openTenant(platform, tenantId, { kind: 'system', cause: 'webhook' }, { now, requestId })
    : null;
  const secrets = await calcomSecretsOf(platform, scope, byCompany?.companyId ?? '');
  const isSigned = await Promise.all(
    secrets.map((secret) => verifyCalcom({ rawBody: raw, secret, header: signature })),
  );
  if (!isSigned.includes(true)) return { kind: 'unsigned' };
  if (!parsed.ok) return { kind: 'unreadable', error: parsed.error };
  const event = parsed.value;
  if (event.kind === 'ping') return { kind: 'ping' };
  if (!tenantId) return { kind: 'ignored' };
  const duplicate = await storeAndEnqueue(platform, {
    tenantId,
    source: 'calcom',
    eventType: event.triggerEvent,
    uniqueId: event.dedupeKey,
    payload: raw,
    now,
  });
  return { kind: duplicate ? 'duplicate' : 'stored' };
}
