/** Host names of a tenant: claimed, proven by a TXT record, removed. Called through tenant-commands.ts. */
import type { DomainView } from '../../../shared/contract/tenants.ts';
import type { Language } from '../../../shared/i18n/language.ts';
import { type Err, err, ok, type Result } from '../../../shared/result.ts';
import type { DomainError } from '../../../shared/errors.ts';
import { DAY, isoOrNull } from '../../../shared/time.ts';
import type { DomainFault } from '../../../shared/tenant-status.ts';
import type { Platform } from '../../env.ts';
import { auditBeside } from '../../identity/audit.ts';
import { txtRecords } from '../../integrations/dns.ts';
import {
  claimDomain,
  type DomainRow,
  domainByHost,
  domainsOf,
  judgeDomain,
  removeDomain,
  tenantWithin,
} from '../../storage/queries/tenants.ts';
import { forgetHost } from '../../tenancy/directory.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { reached, reachOf } from '../reach.ts';
import { refusalOf } from '../words.ts';

/** Names of one tenant. */
const MAX_DOMAINS = 10;
/** A claim that was not proven within this time gives way to somebody else's. */
const CLAIM_MS = 7 * DAY;
/** Random bytes of a proof. */
const PROOF_BYTES = 16;
const RECORD = '_askpro';
const VALUE = 'askpro-verify=';

const view = (row: DomainRow): DomainView => ({
  host: row.host,
  status: row.status,
  proof: row.proof === null ? null : { name: `${RECORD}.${row.host}`, value: `${VALUE}${row.proof}` },
  fault: row.fault,
  checked_at: isoOrNull(row.checkedAt),
  active_since: isoOrNull(row.activeSince),
});

const unknown = (): Err<DomainError> => err({ code: 'NOT_FOUND', entity: 'domain' });

/** Names of ours are nobody's: our own address, and everything below the name that tenants' hosts hang below. */
function isOurs({ config }: Platform, host: string): boolean {
  const own = [
    config.ROOT_DOMAIN,
    config.PUBLIC_URL === undefined ? undefined : new URL(config.PUBLIC_URL).hostname,
    'localhost',
  ];
  return own.some((name) => name !== undefined && name !== '' && (host === name || host.endsWith(`.${name}`)));
}

/** A tenant's names, in their order. Refusals: PERMISSION_DENIED (`view_domains`), NOT_FOUND. */
export async function listDomains(scope: TenantScope, { id }: { id: string }): Promise<Result<DomainView[]>> {
  const reach = await reachOf(scope, 'view_domains');
  if (!reach.ok) return reach;
  const tenant = await tenantWithin(scope.db, reach.value.within, id);
  if (tenant === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
  return ok((await domainsOf(scope.db, tenant.id)).map(view));
}

/**
 * Claims a name; it serves nothing before it is proven. A name that the tenant has is answered as it is.
 * Refusals: PERMISSION_DENIED (`create_domains`), TENANT_SUSPENDED, NOT_FOUND, VALIDATION_ERROR (`host` ours or somebody else's), LIMIT_REACHED.
 */
export async function addDomain(
  platform: Platform,
  scope: TenantScope,
  { id, host, answerIn }: { id: string; host: string; answerIn: Language },
): Promise<Result<DomainView>> {
  const found = await reached(scope, 'create_domains', id);
  if (!found.ok) return found;
  const tenantId = found.value.tenant.id;
  if (isOurs(platform, host)) return refusalOf({ host: 'host_ours' }, answerIn) ?? unknown();
  const own = await domainsOf(scope.db, tenantId);
  const known = own.find((row) => row.host === host);
  if (known !== undefined) return ok(view(known));
  if (own.length >= MAX_DOMAINS) return err({ code: 'LIMIT_REACHED', limit: 'domains', max: MAX_DOMAINS });
  const proof = Array.from(crypto.getRandomValues(new Uint8Array(PROOF_BYTES)), (byte) =>
    byte.toString(16).padStart(2, '0'),
  ).join('');
  const claimed = await claimDomain(
    scope.db,
    { tenantId, host, status: 'pending', proof, createdAt: scope.now },
    scope.now - CLAIM_MS,
    auditBeside(scope, {
      log: 'tenants',
      description: 'domain.added',
      subjectType: 'tenant',
      subjectId: tenantId,
      after: { host },
    }),
  );
  if (!claimed) return refusalOf({ host: 'host_taken' }, answerIn) ?? unknown();
  const row = await domainByHost(scope.db, host);
  return row === null ? unknown() : ok(view(row));
}

/** What the records of a name say of its proof; null: they hold it. */
async function faultOf(platform: Platform, host: string, proof: string): Promise<DomainFault | null> {
  const { config } = platform;
  const texts = await txtRecords(
    { baseUrl: config.DNS_API_BASE, timeoutMs: config.VENDOR_TIMEOUT_MS },
    `${RECORD}.${host}`,
  );
  if (!texts.ok) return 'unreachable';
  if (texts.value.some((text) => text.trim() === `${VALUE}${proof}`)) return null;
  return texts.value.length === 0 ? 'no_record' : 'other_text';
}

/**
 * Looks at the TXT record of a name: with the proof it serves from now on. A name that serves already goes on serving when a look fails: only
 * removing it ends that.
 * Refusals: PERMISSION_DENIED (`create_domains`), TENANT_SUSPENDED, NOT_FOUND (no such name, or one that was set up by hand).
 */
export async function checkDomain(
  platform: Platform,
  scope: TenantScope,
  { id, host }: { id: string; host: string },
): Promise<Result<DomainView>> {
  const found = await reached(scope, 'create_domains', id);
  if (!found.ok) return found;
  const tenantId = found.value.tenant.id;
  const before = await domainByHost(scope.db, host);
  if (before?.tenantId !== tenantId || before.proof === null) return unknown();
  const fault = await faultOf(platform, host, before.proof);
  const isActive = fault === null || before.status === 'active';
  // A resolver that does not answer says nothing about the record.
  const status = isActive ? 'active' : fault === 'unreachable' ? before.status : 'failed';
  const kept = await judgeDomain(
    scope.db,
    { tenantId, host, proof: before.proof },
    {
      status,
      fault,
      checkedAt: scope.now,
      activeSince: isActive ? (before.activeSince ?? scope.now) : null,
    },
    auditBeside(scope, {
      log: 'tenants',
      description: 'domain.checked',
      subjectType: 'tenant',
      subjectId: tenantId,
      before: { host, status: before.status },
      after: { host, status, fault },
    }),
  );
  if (!kept) return unknown();
  await forgetHost(platform, host);
  const row = await domainByHost(scope.db, host);
  return row === null ? unknown() : ok(view(row));
}

/** Takes a name from a tenant: it serves nothing any more. Refusals: PERMISSION_DENIED (`delete_domains`), TENANT_SUSPENDED, NOT_FOUND. */
export async function deleteDomain(
  platform: Platform,
  scope: TenantScope,
  { id, host }: { id: string; host: string },
): Promise<Result<{ host: string }>> {
  const found = await reached(scope, 'delete_domains', id);
  if (!found.ok) return found;
  const tenantId = found.value.tenant.id;
  const gone = await removeDomain(
    scope.db,
    tenantId,
    host,
    auditBeside(scope, {
      log: 'tenants',
      description: 'domain.removed',
      subjectType: 'tenant',
      subjectId: tenantId,
      before: { host },
    }),
  );
  if (!gone) return unknown();
  await forgetHost(platform, host);
  return ok({ host });
}
