/** What the operator's commands on other tenants share: whose tenant it is, and the audit row, which lies in another database than the change. */
import { err, ok, type Result } from '../../../shared/result.ts';
import type { TenantId } from '../../../shared/ids.ts';
import type { ObjectKind } from '../../object-runtime/events.ts';
import type { Platform } from '../../env.ts';
import { type AuditEntry, writeAudit } from '../../identity/audit.ts';
import { StuckOutbox, UnsoundObject } from '../../projection/rebuild.ts';
import { tenantById } from '../../storage/platform-db.ts';
import { asTenantId } from '../../tenancy/directory.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

export interface OneObject {
  tenantId: string;
  kind: ObjectKind;
}

/** Refuses (NOT_FOUND) a tenant that is not there: asking its object would make one. */
export async function knownTenant(platform: Platform, id: string): Promise<Result<TenantId>> {
  const tenant = await tenantById(platform, id);
  return tenant === null ? err({ code: 'NOT_FOUND', entity: 'tenant' }) : ok(tenant.id);
}

/** Events that name no tenant of ours are kept under it. */
const NOBODY = 'unknown';

/** Under whose name a webhook is kept: a tenant's, or nobody's. Refuses (NOT_FOUND) everything else: it may name a shard that is not there. */
export const keptUnder = async (platform: Platform, id: string): Promise<Result<TenantId>> =>
  id === NOBODY ? ok(asTenantId(NOBODY)) : knownTenant(platform, id);

/** The audit entry of something done to an object. */
export const objectEntry = (
  { tenantId, kind }: OneObject,
  what: string,
  after: Record<string, unknown>,
): AuditEntry => ({
  log: 'operations',
  description: `object.${what}`,
  subjectType: kind,
  subjectId: tenantId,
  after,
});

/**
 * The audit row first, then the change: one that nobody can see afterwards would be worse than a row of one that was not made. Where it was
 * refused, or its outcome is not known, a second row says so.
 */
export async function audited<T>(
  scope: TenantScope,
  entry: AuditEntry,
  change: () => Promise<Result<T>>,
): Promise<Result<T>> {
  await writeAudit(scope, entry);
  const unconfirmed = (): Promise<void> =>
    writeAudit(scope, { ...entry, description: `${entry.description}_unconfirmed` });
  let result: Result<T>;
  try {
    result = await change();
  } catch (fault) {
    // What failed first is what the caller is told.
    await unconfirmed().catch(() => undefined);
    throw fault;
  }
  if (!result.ok) await unconfirmed();
  return result;
}

/** What a rebuild or restore throws, as a refusal. */
export async function asRefusal<T>(work: () => Promise<T>): Promise<Result<T>> {
  try {
    return ok(await work());
  } catch (fault) {
    if (fault instanceof UnsoundObject) return err({ code: 'LEDGER_UNSOUND', details: { problems: fault.problems } });
    if (fault instanceof StuckOutbox) return err({ code: 'OUTBOX_STUCK', details: fault.stuck });
    throw fault;
  }
}
