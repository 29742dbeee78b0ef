/** A tenant follows its subscription at Stripe: who takes the base fee, and what a missing payment makes of it. Called by payments/webhook.ts. */
import type { Platform } from '../../env.ts';
import { auditBeside } from '../../identity/audit.ts';
import { tenantWithin, updateTenant } from '../../storage/queries/tenants.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { columnsOf } from '../rules/status.ts';
import { isNewer, statusBySubscription, type Told } from '../rules/subscription.ts';
import { toldOf } from './change-status.ts';

/** Changes beside this one that it is made again behind. */
const MAX_ATTEMPTS = 3;

/**
 * Keeps what the event tells, and changes the tenant's state where it must, in one row with its audit; ledger, calendar and owners are told.
 * False: it is known already, or older than what is known. Refusals: none. Throws when somebody else is at the row all the time: the event is brought again.
 * @param its scope of the tenant, the webhook's
 */
export async function followSubscription(platform: Platform, its: TenantScope, told: Told): Promise<boolean> {
  for (let attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
    const tenant = await tenantWithin(its.db, null, its.tenantId);
    if (tenant === null) return false;
    const { subscription: known } = tenant;
    if (!isNewer(known, told)) {
      // Killed between the row and the objects: they are told with the repeat.
      if (tenant.toldVersion !== tenant.version) await toldOf(platform, its);
      return false;
    }
    const { status, owes } = statusBySubscription(tenant, known?.owes ?? false, told.status, its.now);
    const beside = auditBeside(its, {
      log: 'tenants',
      description: 'tenant.subscription_changed',
      subjectType: 'tenant',
      subjectId: tenant.id,
      before: { status: tenant.status, subscription: known?.status ?? null },
      after: { status: status ?? tenant.status, subscription: told.status },
    });
    const set = {
      ...(status === null ? {} : columnsOf(status, status === 'past_due' ? 'past_due' : null, its.now)),
      subscription: { ...told, owes },
      updatedAt: its.now,
    };
    if (!(await updateTenant(its.db, tenant, set, beside))) continue;
    await toldOf(platform, its);
    return true;
  }
  throw new Error('the tenant is changed all the time');
}
