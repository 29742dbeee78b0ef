/** A tenant's state is changed, by hand or because a date has come. Called through tenant-commands.ts and by jobs.ts. */
import type { Language } from '../../../shared/i18n/language.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Permission } from '../../../shared/permissions.ts';
import type { TenantVerb } from '../../../shared/tenant-status.ts';
import type { Platform } from '../../env.ts';
import { auditBeside } from '../../identity/audit.ts';
import type { TenantRecord } from '../../storage/platform-db.ts';
import { tenantWithin, updateTenant } from '../../storage/queries/tenants.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { reached } from '../reach.ts';
import { columnsOf, statusAfter, statusByDate, verbsOf } from '../rules/status.ts';
import { tell } from '../tell.ts';
import { refusalOf } from '../words.ts';

/** Closing takes the account from its owner: it asks for more than a change does. */
const PERMISSION: Readonly<Record<TenantVerb, Permission>> = {
  suspend: 'edit_tenants',
  reactivate: 'edit_tenants',
  close: 'delete_tenants',
  reopen: 'delete_tenants',
};
/** Verbs whose reason the owner reads. */
const SAYS_WHY: ReadonlySet<TenantVerb> = new Set(['suspend', 'close']);
/** Changes beside this one that it is made again behind. */
const MAX_ATTEMPTS = 3;

const PAST: Readonly<Record<TenantVerb, string>> = {
  suspend: 'suspended',
  reactivate: 'reactivated',
  close: 'closed',
  reopen: 'reopened',
};

/**
 * Suspends, reactivates, closes or reopens a tenant; its ledger and its calendar are told.
 * Refusals: PERMISSION_DENIED (`edit_tenants`, of closing and reopening `delete_tenants`), TENANT_SUSPENDED (the reseller that asks), NOT_FOUND,
 * VALIDATION_ERROR (`reason` missing), ILLEGAL_TRANSITION, VERSION_CONFLICT (somebody is at it all the time).
 */
export async function changeStatus(
  platform: Platform,
  scope: TenantScope,
  { id, verb, reason, answerIn }: { id: string; verb: TenantVerb; reason: string | null; answerIn: Language },
): Promise<Result<TenantRecord>> {
  let seen = 0;
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const found = await reached(scope, PERMISSION[verb], id);
    if (!found.ok) return found;
    const { tenant } = found.value;
    seen = tenant.version;
    if (SAYS_WHY.has(verb) && reason === null)
      return refusalOf({ reason: 'reason_needed' }, answerIn) ?? err({ code: 'NOT_FOUND', entity: 'tenant' });
    const status = statusAfter(tenant, verb, scope.now);
    if (status === null)
      return err({
        code: 'ILLEGAL_TRANSITION',
        details: { from: tenant.status, to: verb, allowed: verbsOf(tenant.status) },
      });
    const set = columnsOf(status, reason, scope.now);
    const beside = auditBeside(scope, {
      log: 'tenants',
      description: `tenant.${PAST[verb]}`,
      subjectType: 'tenant',
      subjectId: id,
      before: { status: tenant.status },
      after: { status, reason },
    });
    if (!(await updateTenant(scope.db, tenant, { ...set, updatedAt: scope.now }, beside))) continue;
    const { now, requestId } = scope;
    return toldOf(platform, openTenant(platform, tenant.id, scope.actor, { now, requestId }));
  }
  return err({ code: 'VERSION_CONFLICT', details: { expected_version: seen, current_version: seen + 1 } });
}

/** What a date makes of a tenant. False: nothing yet, or somebody was faster. @param its scope of the tenant, the cron's */
export async function followDate(platform: Platform, its: TenantScope, tenant: TenantRecord): Promise<boolean> {
  const due = statusByDate(tenant, its.now);
  if (due === null) return false;
  const beside = auditBeside(its, {
    log: 'tenants',
    description: 'tenant.status_by_date',
    subjectType: 'tenant',
    subjectId: tenant.id,
    before: { status: tenant.status },
    after: { status: due.status, reason: due.why },
  });
  const set = columnsOf(due.status, due.why, its.now);
  if (!(await updateTenant(its.db, tenant, { ...set, updatedAt: its.now }, beside))) return false;
  await toldOf(platform, its);
  return true;
}

/** Tells the objects what the row says now; what can't be told at the moment the cron tells. */
export async function toldOf(platform: Platform, its: TenantScope): Promise<Result<TenantRecord>> {
  const tenant = await tenantWithin(its.db, null, its.tenantId);
  if (tenant === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
  const told = await tell(platform, its, tenant);
  return told.ok ? ok(tenant) : told;
}
