/** A credential is entered, or takes the place of another. Called through commands.ts. */
import { causerOf } from '../../../shared/actor.ts';
import type { Instant } from '../../../shared/clock.ts';
import type { CredentialRequests } from '../../../shared/contract/integrations.ts';
import { versionConflict } from '../../../shared/errors.ts';
import { CREDENTIALS, LEAST_FOR_HINT } from '../../../shared/integration-sets.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Vendor } from '../../../shared/vendors.ts';
import type { Platform } from '../../env.ts';
import { auditBeside } from '../../identity/audit.ts';
import { mayReachFar } from '../../identity/sessions.ts';
import { integrationOf, type IntegrationRecord } from '../../storage/platform-db.ts';
import { type CredentialPlace, type CredentialSet, putCredential } from '../../storage/queries/integrations.ts';
import { type Credential, forgetCredentials, openCredential } from '../../tenancy/credentials.ts';
import { seal } from '../../tenancy/seal.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { isPublicAddress, isPublicRelay } from '../../../shared/public-address.ts';
import { placeOf, subjectOf } from '../place.ts';
import { noteTried, testColumns, tryCredential, type Tried } from '../probe.ts';

type AnyRequest = CredentialRequests[Vendor];

/** The row that stands at this very place; what is above it is not changed from here. */
export async function storedAt(platform: Platform, place: CredentialPlace): Promise<IntegrationRecord | null> {
  const row = await integrationOf(platform, place.tenantId, place.vendor, place.companyId);
  return row?.companyId === place.companyId ? row : null;
}

export const hintOf = (secret: string): string | null => (secret.length < LEAST_FOR_HINT ? null : secret.slice(-4));

/** So long counts what is signed with a webhook's secret after another has taken its place. */
export const OLD_SECRET_MS = 24 * 3_600_000;

/** There is none before the present one. */
export const NO_OLD = { sealedOldWebhookSecret: null, oldWebhookSecretUntil: null } as const;

/** The present secret of a webhook as the one before. Of several in a day the newest alone. */
export const becomesOld = (stored: IntegrationRecord | null, now: Instant): CredentialSet =>
  stored?.sealedWebhookSecret == null
    ? {}
    : { sealedOldWebhookSecret: stored.sealedWebhookSecret, oldWebhookSecretUntil: now + OLD_SECRET_MS };

/**
 * A secret that is left out stays as it is. With `when: tested` the vendor is asked first, and what it refuses changes nothing.
 * Refusals: PERMISSION_DENIED (`manage_integrations`), CONFIRMATION_REQUIRED, NOT_FOUND (company), VALIDATION_ERROR (a secret is missing, an
 * address that is nobody's in public), CONNECTION_FAILED (with what the vendor said), VERSION_CONFLICT.
 */
export async function enterCredential<V extends Vendor>(
  platform: Platform,
  scope: TenantScope,
  vendor: V,
  { request, expectedVersion }: { request: CredentialRequests[V]; expectedVersion: number | null },
): Promise<Result<IntegrationRecord>> {
  const found = await placeOf(scope, 'manage_integrations', vendor, request.company_id);
  if (!found.ok) return found;
  if (!mayReachFar(scope.actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const place: CredentialPlace = found.value;
  const entered = enteredOf(vendor, request);
  const problems = addressProblems(vendor, request, platform.development);
  if (problems !== null) return err({ code: 'VALIDATION_ERROR', errors: problems });
  const stored = await storedAt(platform, place);
  const seen = stored?.version ?? 0;
  if (expectedVersion !== null && expectedVersion !== seen) return err(versionConflict(expectedVersion, seen));
  const before = stored === null ? null : await openCredential(platform, stored);
  const kept = before?.kind === 'open' ? before.credential : null;
  // A stored secret goes to no address that it was not entered for: whoever may change the address could read it there.
  const isElsewhere =
    stored !== null && (stored.baseUrl !== entered.baseUrl || stored.settings?.['host'] !== entered.settings['host']);
  const key = entered.key ?? (isElsewhere ? null : (kept?.key ?? null));
  const needsKey = vendor !== 'smtp' || entered.settings['username'] !== '' || (isElsewhere && kept?.key != null);
  if (key === null && needsKey)
    return err({ code: 'VALIDATION_ERROR', errors: { [CREDENTIALS[vendor].key]: ['required'] } });
  const credential: Credential = {
    level: found.value.level,
    key,
    webhookSecret: entered.webhookSecret ?? kept?.webhookSecret ?? null,
    oldWebhookSecret: null,
    baseUrl: entered.baseUrl,
    settings: entered.settings,
  };
  let tried: Tried | null = null;
  if (request.when === 'tested') {
    tried = await tryCredential(platform.config, vendor, credential);
    if (tried.fault !== null) {
      const { fault, said, ms } = tried;
      return err({ code: 'CONNECTION_FAILED', details: { fault, said, duration_ms: ms } });
    }
  }
  const sealed = (secret: string | null): Promise<string> | null =>
    secret === null ? null : seal(platform, place.tenantId, secret);
  // What can't be opened any more is not kept either: it would make the whole credential unreadable.
  const isLost = before?.kind === 'unreadable';
  const set: CredentialSet = {
    baseUrl: entered.baseUrl,
    settings: entered.settings,
    ...(entered.key === null ? {} : { sealedApiKey: await sealed(entered.key), apiKeyHint: hintOf(entered.key) }),
    ...(entered.webhookSecret === null
      ? isLost
        ? { sealedWebhookSecret: null, webhookSecretHint: null, ...NO_OLD }
        : {}
      : {
          sealedWebhookSecret: await sealed(entered.webhookSecret),
          webhookSecretHint: hintOf(entered.webhookSecret),
          // The same once more is no change of it.
          ...(isLost ? NO_OLD : entered.webhookSecret === kept?.webhookSecret ? {} : becomesOld(stored, scope.now)),
        }),
    updatedAt: scope.now,
    updatedBy: causerOf(scope.actor),
    lastError: null,
    ...(tried === null
      ? { testedAt: null, testMs: null, testFault: null, testSaid: null }
      : testColumns(tried, scope.now)),
  };
  const written = await putCredential(
    scope.db,
    place,
    seen,
    set,
    auditBeside(scope, {
      log: 'integrations',
      description: stored === null ? 'integration.connected' : 'integration.replaced',
      subjectType: 'integration',
      subjectId: subjectOf(place),
      // Secrets by their names alone: the log blanks what they hold, and is given nothing of it.
      after: {
        ...entered.settings,
        base_url: entered.baseUrl,
        when: request.when,
        ...(entered.key === null ? {} : { secret: true }),
        ...(entered.webhookSecret === null ? {} : { webhook_secret: true }),
      },
    }),
  );
  forgetCredentials(place.tenantId);
  if (written === null) return err(versionConflict(seen, seen + 1));
  if (tried !== null) await noteTried(platform, place, tried, scope.now);
  return ok(written);
}

interface Entered {
  key: string | null;
  webhookSecret: string | null;
  baseUrl: string | null;
  settings: Record<string, string | number | null>;
}

/** The request by where its members are kept. */
function enteredOf(vendor: Vendor, request: AnyRequest): Entered {
  const members = request as Readonly<Record<string, unknown>>;
  const text = (name: string | null): string | null => {
    const value = name === null ? undefined : members[name];
    return typeof value === 'string' ? value : null;
  };
  const declared = CREDENTIALS[vendor];
  const settings = Object.fromEntries(
    declared.plain
      .filter((name) => name !== 'base_url')
      .map((name) => [name, (members[name] ?? null) as string | number | null]),
  );
  return {
    key: text(declared.key),
    webhookSecret: text(declared.webhookSecret),
    baseUrl: text('base_url')?.replace(/\/+$/, '') ?? null,
    settings,
  };
}

/** Whoever enters an address must not make us ask what only we can reach. */
function addressProblems(vendor: Vendor, request: AnyRequest, isDevelopment: boolean): Record<string, string[]> | null {
  if (isDevelopment) return null;
  if (vendor === 'calcom' && 'base_url' in request && request.base_url !== null && !isPublicAddress(request.base_url))
    return { base_url: ['must be https and a name that everybody can look up'] };
  if (vendor === 'smtp' && 'host' in request) {
    const problem = isPublicRelay(request.host, request.port);
    return problem === null ? null : { [problem]: ['must be a public mail relay on port 465, 587 or 2525'] };
  }
  return null;
}
