/** A payment event that fitted nothing of ours: matched to a top-up or ignored, by the operator. Called by unmatched-routes.ts. */
import { causerOf, permissionRefusal } from '../../../shared/actor.ts';
import type { UnmatchedView } from '../../../shared/contract/operations.ts';
import type { TopupId } from '../../../shared/ids.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { clearAlarm } from '../../alarms/raise.ts';
import type { Platform } from '../../env.ts';
import { auditWrites } from '../../identity/audit.ts';
import { tenantById } from '../../storage/platform-db.ts';
import {
  linkByHand,
  noteMatched,
  paymentLink,
  settleUnmatched,
  type UnmatchedPayment,
  unlinkByHand,
  unmatchedEvent,
} from '../../storage/queries/payments.ts';
import { asTenantId } from '../../tenancy/directory.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import { viewOfUnmatched } from '../queries/unmatched.ts';
import { processStripeWebhook, unmatchedSubject } from '../webhook.ts';

interface OneEvent {
  /** under whose name it is kept */
  tenantId: string;
  id: string;
  reason: string;
}

const resolvedBefore = err({
  code: 'ILLEGAL_TRANSITION' as const,
  details: { from: 'resolved', to: 'resolved', allowed: [] },
});

/** The event while it is open. Refusals: PERMISSION_DENIED (`manage_topups`), NOT_FOUND, ILLEGAL_TRANSITION. */
async function openEvent(scope: TenantScope, { tenantId, id }: OneEvent): Promise<Result<UnmatchedPayment>> {
  const refused = permissionRefusal(scope.actor, 'manage_topups');
  if (refused) return refused;
  const event = await unmatchedEvent(scope.db, { tenantId: asTenantId(tenantId), id });
  if (event === null) return err({ code: 'NOT_FOUND', entity: 'unmatched_payment' });
  return event.resolvedAt === null ? ok(event) : resolvedBefore;
}

const entryOf = ({ id, tenantId }: UnmatchedPayment, what: string, after: Record<string, unknown>) => ({
  log: 'payments',
  description: `unmatched_payment.${what}`,
  subjectType: 'unmatched_payment',
  subjectId: id,
  after: { tenant: tenantId, ...after },
});

async function asItIs(
  scope: TenantScope,
  key: Pick<UnmatchedPayment, 'tenantId' | 'id'>,
): Promise<Result<UnmatchedView>> {
  const row = await unmatchedEvent(scope.db, key);
  return row === null ? err({ code: 'NOT_FOUND', entity: 'unmatched_payment' }) : ok(viewOfUnmatched(row));
}

/**
 * Takes the event off the list; nothing is booked. Refusals: PERMISSION_DENIED (`manage_topups`), NOT_FOUND, ILLEGAL_TRANSITION (resolved
 * before).
 */
export async function ignoreUnmatched(
  platform: Platform,
  scope: TenantScope,
  input: OneEvent,
): Promise<Result<UnmatchedView>> {
  const open = await openEvent(scope, input);
  if (!open.ok) return open;
  const { tenantId, id } = open.value;
  const by = causerOf(scope.actor);
  const said = { at: scope.now, by, resolution: 'ignored' as const, note: input.reason };
  const along = auditWrites(scope, entryOf(open.value, 'ignored', { reason: input.reason }));
  if (!(await settleUnmatched(scope.db, open.value, said, along))) return resolvedBefore;
  const alarm = { kind: 'payment_unmatched', subject: unmatchedSubject(tenantId, id) } as const;
  await clearAlarm(platform, alarm, by, input.reason);
  return asItIs(scope, { tenantId, id });
}

/**
 * Says whose payment it was and applies the stored event: from then on everything about that payment leads to the top-up. Answers the event
 * as it is afterwards: still open with another reason, and the payment free again, where the ledger refuses it (another amount or currency).
 * Refusals: PERMISSION_DENIED (`manage_topups`), NOT_FOUND (event, tenant, top-up), ILLEGAL_TRANSITION (resolved before, or the event
 * names no payment), VALIDATION_ERROR (`topup_id`: the payment belongs to another).
 */
export async function matchUnmatched(
  platform: Platform,
  scope: TenantScope,
  input: OneEvent & { owner: string; topupId: string },
): Promise<Result<UnmatchedView>> {
  const open = await openEvent(scope, input);
  if (!open.ok) return open;
  const event = open.value;
  const { paymentId, webhookId } = event;
  if (paymentId === null || webhookId === null)
    return err({ code: 'ILLEGAL_TRANSITION', details: { from: 'open', to: 'matched', allowed: ['ignored'] } });
  const owner = await tenantById(platform, input.owner);
  if (owner === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
  const { ledger } = openTenant(platform, owner.id, { kind: 'system', cause: 'webhook' }, { now: scope.now });
  const topup = await ledger.topup({ topupId: input.topupId });
  if (!topup.result.ok) return topup.result;
  const link = {
    tenantId: owner.id,
    paymentId,
    topupId: input.topupId as TopupId,
    createdAt: scope.now,
  };
  const { topupId, reason } = input;
  const along = auditWrites(scope, entryOf(event, 'matched', { owner: owner.id, topup: topupId, reason }));
  const isNew = await linkByHand(scope.db, link, along);
  if (!isNew) {
    const known = await paymentLink(platform, paymentId);
    if (known?.tenantId !== owner.id || known.topupId !== topupId)
      return err({ code: 'VALIDATION_ERROR', errors: { topup_id: ['the payment belongs to another top-up'] } });
    // Linked before: the event is applied once more.
    await scope.db.batch(along);
  }
  await processStripeWebhook(platform, event.tenantId, webhookId);
  await noteMatched(scope.db, event, { by: causerOf(scope.actor), note: reason });
  const after = await asItIs(scope, event);
  if (after.ok && after.value.resolved_at === null) {
    // Not that top-up's: whoever chose wrongly may choose again.
    const why = { owner: owner.id, topup: topupId, reason: after.value.reason };
    if (isNew) await unlinkByHand(scope.db, link, auditWrites(scope, entryOf(event, 'match_refused', why)));
  } else if (after.ok) {
    await clearAlarm(
      platform,
      { kind: 'payment_unmatched', subject: unmatchedSubject(event.tenantId, event.id) },
      causerOf(scope.actor),
      reason,
    );
  }
  return after;
}
