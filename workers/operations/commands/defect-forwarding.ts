/** Where defects are told besides: the operator enters a DSN, which is sealed and never answered, tries it and takes it out. Called by watch-commands.ts. */
import { causerOf, permissionRefusal } from '../../../shared/actor.ts';
import { realNow } from '../../../shared/clock.ts';
import type { ForwardingView } from '../../../shared/contract/watch.ts';
import { versionConflict } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import { isPublicAddress } from '../../../shared/public-address.ts';
import type { Platform } from '../../env.ts';
import { auditBeside } from '../../identity/audit.ts';
import { mayReachFar } from '../../identity/sessions.ts';
import { faultOf, saidIn } from '../../integrations/connection-test.ts';
import { parseDsn } from '../../integrations/sentry.ts';
import { integrationOf, type IntegrationRecord } from '../../storage/platform-db.ts';
import { noteTest, putCredential, removeCredential } from '../../storage/queries/integrations.ts';
import { moveForwardMark } from '../../storage/queries/watch.ts';
import { opened, openCredential } from '../../tenancy/credentials.ts';
import { seal } from '../../tenancy/seal.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { FORWARDING, tellDefect } from '../forward-defects.ts';

const row = (platform: Platform): Promise<IntegrationRecord | null> =>
  integrationOf(platform, FORWARDING.tenantId, FORWARDING.vendor);
const textOf = (value: unknown): string | null => (typeof value === 'string' ? value : null);

const view = (stored: IntegrationRecord | null): ForwardingView => ({
  is_set: stored !== null,
  host: textOf(stored?.settings?.['host']),
  project: textOf(stored?.settings?.['project']),
  version: stored?.version ?? 0,
  changed_at: isoOrNull(stored?.updatedAt),
  last:
    stored?.testedAt == null
      ? null
      : { at: toIso(stored.testedAt), ok: stored.testFault === null, fault: stored.testFault, said: stored.testSaid },
});

const NONE = { code: 'NOT_FOUND', entity: 'integration' } as const;

/** What is set, without the key. Refusals: PERMISSION_DENIED (`view_defects`). */
export async function showForwarding(platform: Platform, scope: TenantScope): Promise<Result<ForwardingView>> {
  return permissionRefusal(scope.actor, 'view_defects') ?? ok(view(await row(platform)));
}

/**
 * Sets the address; what was seen before is not told.
 * Refusals: PERMISSION_DENIED (`manage_defects`), CONFIRMATION_REQUIRED, VALIDATION_ERROR (no DSN, or an address that is nobody's in public),
 * VERSION_CONFLICT.
 */
export async function setForwarding(
  platform: Platform,
  scope: TenantScope,
  { dsn: text, expectedVersion }: { dsn: string; expectedVersion: number | null },
): Promise<Result<ForwardingView>> {
  const refused = permissionRefusal(scope.actor, 'manage_defects');
  if (refused) return refused;
  if (!mayReachFar(scope.actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const dsn = parseDsn(text);
  if (dsn === null || (!platform.development && !isPublicAddress(dsn.origin)))
    return err({ code: 'VALIDATION_ERROR', errors: { dsn: ['https://<key>@<host>/<project>'] } });
  const before = await row(platform);
  const version = before?.version ?? 0;
  if (expectedVersion !== null && expectedVersion !== version) return err(versionConflict(expectedVersion, version));
  const settings = { host: dsn.host, project: dsn.project };
  const saved = await putCredential(
    scope.db,
    FORWARDING,
    version,
    {
      sealedApiKey: await seal(platform, FORWARDING.tenantId, text),
      settings,
      updatedAt: scope.now,
      updatedBy: causerOf(scope.actor),
      testedAt: null,
      testMs: null,
      testFault: null,
      testSaid: null,
    },
    auditBeside(scope, {
      log: 'operations',
      description: 'defect_forwarding.set',
      subjectType: 'integration',
      subjectId: FORWARDING.vendor,
      before: before?.settings ?? {},
      after: settings,
    }),
  );
  if (saved === null) return err(versionConflict(version, (await row(platform))?.version ?? 0));
  await moveForwardMark(platform, scope.now);
  return ok(view(saved));
}

/** Takes the address out. Refusals: PERMISSION_DENIED (`manage_defects`), CONFIRMATION_REQUIRED, NOT_FOUND. */
export async function endForwarding(scope: TenantScope): Promise<Result<ForwardingView>> {
  const refused = permissionRefusal(scope.actor, 'manage_defects');
  if (refused) return refused;
  if (!mayReachFar(scope.actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const gone = await removeCredential(
    scope.db,
    FORWARDING,
    auditBeside(scope, {
      log: 'operations',
      description: 'defect_forwarding.ended',
      subjectType: 'integration',
      subjectId: FORWARDING.vendor,
    }),
  );
  return gone ? ok(view(null)) : err(NONE);
}

/** Sends an event that says it is a test. Refusals: PERMISSION_DENIED (`manage_defects`), NOT_FOUND (nothing is set, or nobody can open it). */
export async function testForwarding(platform: Platform, scope: TenantScope): Promise<Result<ForwardingView>> {
  const refused = permissionRefusal(scope.actor, 'manage_defects');
  if (refused) return refused;
  const stored = await row(platform);
  const text = stored === null ? null : (opened(await openCredential(platform, stored))?.key ?? null);
  const dsn = text === null ? null : parseDsn(text);
  if (stored === null || dsn === null) return err(NONE);
  const began = realNow();
  const test = {
    id: 'test',
    event: 'test',
    message: 'Test: sent by an operator',
    frames: [],
    count: 1,
    lastSeenAt: scope.now,
  };
  const told = await tellDefect(platform, dsn, test, scope.now);
  const outcome = {
    testedAt: scope.now,
    testMs: Math.max(0, Math.round(realNow() - began)),
    testFault: told.ok ? null : faultOf(told.error),
    testSaid: told.ok ? null : saidIn(told.error, dsn.publicKey),
  };
  await noteTest(
    scope.db,
    FORWARDING,
    stored.version,
    outcome,
    auditBeside(scope, {
      log: 'operations',
      description: 'defect_forwarding.tested',
      subjectType: 'integration',
      subjectId: FORWARDING.vendor,
      after: { ok: told.ok, fault: outcome.testFault },
    }),
  );
  return ok(view({ ...stored, ...outcome }));
}
