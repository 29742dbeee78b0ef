/** A tenant's state is changed, by hand or because a date has come. Called through tenant-commands.ts and by jobs.ts. */
import type { Language } from '../../../shared/i18n/language.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Permission } from '../../../shared/permissions.ts';
import { TRIAL_NOTICE_DAYS, type TenantVerb, VERBS_WITH_REASON } from '../../../shared/tenant-status.ts';
import { DAY } from '../../../shared/time.ts';
import type { Platform } from '../../env.ts';
import { auditBeside } from '../../identity/audit.ts';
import type { TenantRecord } from '../../storage/platform-db.ts';
import { noteTrialTold, openChildrenOf, tenantWithin, updateTenant } from '../../storage/queries/tenants.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { reached } from '../reach.ts';
import { columnsOf, statusAfter, statusByDate, trialNotice, verbsOf } from '../rules/status.ts';
import { tell } from '../tell.ts';
import { refusalOf } from '../words.ts';

/** Closing takes the account from its owner: it asks for more than a change does. */
const PERMISSION: Readonly<Record<TenantVerb, Permission>> = {
  mark_past_due: 'edit_tenants',
  suspend: 'edit_tenants',
  reactivate: 'edit_tenants',
  close: 'delete_tenants',
  reopen: 'delete_tenants',
};
/** Changes beside this one that it is made again behind. */
const MAX_ATTEMPTS = 3;
/** Customers of a reseller that a refusal names; it counts them all. */
const NAMED = 5;

const PAST: Readonly<Record<TenantVerb, string>> = {
  mark_past_due: 'marked_past_due',
  suspend: 'suspended',
  reactivate: 'reactivated',
  close: 'closed',
  reopen: 'reopened',
};

/**
 * Marks past due, suspends, reactivates, closes or reopens a tenant; its ledger and its calendar are told.
 * Refusals: PERMISSION_DENIED (`edit_tenants`, of closing and reopening `delete_tenants`), TENANT_SUSPENDED (the reseller that asks), NOT_FOUND,
 * VALIDATION_ERROR (`reason` missing), ILLEGAL_TRANSITION, HAS_CUSTOMERS (closing a reseller with open ones), VERSION_CONFLICT
 * (somebody is at it all the time).
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
    if (VERBS_WITH_REASON.has(verb) && reason === null)
      return refusalOf({ reason: 'reason_needed' }, answerIn) ?? err({ code: 'NOT_FOUND', entity: 'tenant' });
    const status = statusAfter(tenant, verb, scope.now);
    if (status === null)
      return err({
        code: 'ILLEGAL_TRANSITION',
        details: { from: tenant.status, to: verb, allowed: verbsOf(tenant.status) },
      });
    const isReseller = tenant.type === 'reseller' && verb === 'close';
    const open = isReseller ? await openChildrenOf(scope.db, tenant.id, NAMED) : { count: 0, names: [] };
    if (open.count > 0) {
      const { count, names } = open;
      const named = new Intl.ListFormat(answerIn).format(names) + (count > names.length ? ' …' : '');
      return err({ code: 'HAS_CUSTOMERS', count, names: named });
    }
    const set = columnsOf(status, reason, scope.now);
    const beside = auditBeside(scope, {
      log: 'tenants',
      description: `tenant.${PAST[verb]}`,
      subjectType: 'tenant',
      subjectId: id,
      before: { status: tenant.status },
      after: { status, reason },
    });
    if (!(await updateTenant(scope.db, tenant, { ...set, updatedAt: scope.now }, beside, isReseller))) continue;
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

/** Tells the owners of a trial that it ends soon, once a day count. False: there is nothing to say now. @param its scope of the tenant, the cron's */
export async function announceTrialEnd(platform: Platform, its: TenantScope, tenant: TenantRecord): Promise<boolean> {
  const days = trialNotice(tenant, its.now);
  const { trialEndsAt } = tenant;
  // A trial that is shorter than the notice is noted as told, so that it is not looked at again.
  const nearest = TRIAL_NOTICE_DAYS.findLast((one) => trialEndsAt !== null && its.now >= trialEndsAt - one * DAY);
  if (days !== null && trialEndsAt !== null)
    await its.effects([
      {
        id: `${tenant.id}:trial:${trialEndsAt}:${days}`,
        queue: 'medium',
        kind: 'notify',
        ref: { event: 'tenant.trial_ends', days: Math.ceil((trialEndsAt - its.now) / DAY), endsAt: trialEndsAt },
      },
    ]);
  if (nearest !== undefined) await noteTrialTold(platform, tenant.id, nearest);
  return days !== null;
}
