/** A top-up: opened with Stripe's page to pay it on, or booked by hand. Called by routes.ts. */
import { causerOf, permissionRefusal } from '../../../shared/actor.ts';
import { newId } from '../../../shared/ids.ts';
import type { Cents } from '../../../shared/money.ts';
import type { TopupRequestMethod } from '../../../shared/money-status.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { writeAudit } from '../../identity/audit.ts';
import { issuerLacks } from '../../instance/issuer.ts';
import { systemSettings } from '../../instance/settings.ts';
import type { Topup } from '../../ledger/types.ts';
import type { Head } from '../../object-runtime/events.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { type CheckoutOrder, hostedPage } from '../checkout.ts';

/** A company that was made a moment ago may be billed a moment later. */
const COMPANIES_AGE_MS = 30_000;

interface OpenTopup extends CheckoutOrder {
  method: TopupRequestMethod;
  /** net */
  amountCents: Cents;
  companyId?: string | undefined;
  /** why it is booked by hand */
  reason?: string | undefined;
  /** by hand: whether it earns the bonus of its tier */
  bonus?: boolean | undefined;
}

/** Shortest reason that says something. */
const MIN_REASON_CHARS = 10;

interface OpenedTopup {
  topup: Topup;
  /** null: it is booked, there is nothing to pay */
  checkoutUrl: string | null;
}

/** `head`: of the ledger, where it was asked */
interface Opened {
  result: Result<OpenedTopup>;
  head?: Head;
}

/**
 * Opens a top-up and Stripe's page for it, or books one by hand.
 * Refusals: PERMISSION_DENIED (`create_topups`; by hand `manage_topups`), NOT_FOUND (company, ledger), VALIDATION_ERROR (amount; by hand
 * `reason` of at least 10 characters),
 * ISSUER_INCOMPLETE (in production, while a receipt could not say who takes the money),
 * UPSTREAM_UNAVAILABLE (Stripe doesn't answer; the top-up is then failed, and paid after all if Stripe says so later).
 */
export async function openTopup(platform: Platform, scope: TenantScope, order: OpenTopup): Promise<Opened> {
  const refused = permissionRefusal(scope.actor, 'create_topups');
  if (refused) return { result: refused };
  if (order.companyId !== undefined && !(await isOwnCompany(scope, order.companyId))) {
    return { result: err({ code: 'NOT_FOUND', entity: 'company' }) };
  }
  if (order.method === 'manual') return bookByHand(scope, order);
  const missing = await issuerMissing(platform);
  if (missing.length > 0) return { result: err({ code: 'ISSUER_INCOMPLETE', details: { missing } }) };
  return openCheckout(platform, scope, order);
}

/** What a receipt of this payment would lack. Only production takes real money. */
const issuerMissing = async (platform: Platform): Promise<string[]> =>
  platform.config.ENVIRONMENT === 'production' ? issuerLacks((await systemSettings(platform)).issuer) : [];

async function isOwnCompany(scope: TenantScope, companyId: string): Promise<boolean> {
  const { result } = await scope.calendar.schedule({ maxAgeMs: COMPANIES_AGE_MS });
  return result.ok && result.value.branches.some((branch) => branch.body.companyId === companyId);
}

/** Who is named in the ledger's rows and in the activity log. */
const byWhom = ({ actor }: TenantScope): { causer: string; userId?: string } => ({
  causer: causerOf(actor),
  ...(actor.kind === 'user' ? { userId: actor.userId } : {}),
});

async function bookByHand(scope: TenantScope, { amountCents, reason = '', bonus = false }: OpenTopup): Promise<Opened> {
  const refused = permissionRefusal(scope.actor, 'manage_topups');
  if (refused) return { result: refused };
  if (reason.length < MIN_REASON_CHARS) {
    const errors = { reason: [`at least ${MIN_REASON_CHARS} characters: why is money booked by hand?`] };
    return { result: err({ code: 'VALIDATION_ERROR', errors }) };
  }
  const current = await scope.ledger.balance();
  if (!current.result.ok) return { result: current.result };
  const { currency } = current.result.value;
  // What can't be booked is refused before the activity log names it.
  const previewed = await scope.ledger.previewTopup({ amountCents, now: scope.now });
  if (!previewed.result.ok) return { result: previewed.result };
  const topupId = newId('topup', scope.now);
  // Entries hold no text: the reason is in the activity log, before the money is in the ledger.
  await writeAudit(scope, {
    log: 'payments',
    description: 'topup.booked_by_hand',
    subjectType: 'topup',
    subjectId: topupId,
    after: { amount_cents: amountCents, currency, bonus, reason },
  });
  const { result, head } = await scope.ledger.recordTopup({
    key: `manual:${topupId}`,
    topupId,
    amountCents,
    currency,
    method: 'manual',
    bonus,
    now: scope.now,
    ...byWhom(scope),
  });
  return { result: result.ok ? ok({ topup: result.value.topup, checkoutUrl: null }) : result, head };
}

/** The id is ours and made first: it is the idempotency key of everything that follows. */
async function openCheckout(platform: Platform, scope: TenantScope, order: OpenTopup): Promise<Opened> {
  const { ledger, now } = scope;
  const topupId = newId('topup', now);
  const key = `topup:${topupId}`;
  const opened = await ledger.openTopup({
    key,
    topupId,
    amountCents: order.amountCents,
    method: 'stripe',
    now,
    ...(order.companyId === undefined ? {} : { companyId: order.companyId }),
    ...byWhom(scope),
  });
  if (!opened.result.ok) return { result: opened.result, head: opened.head };
  const { topup } = opened.result.value;
  const session = await hostedPage(platform, scope, topup, order);
  // After the vendor's answer and before ours: nobody is sent to a page that no row tells of.
  await writeAudit(scope, {
    log: 'payments',
    description: session === null ? 'topup.checkout_failed' : 'topup.checkout_opened',
    subjectType: 'topup',
    subjectId: topupId,
    after: { total_cents: topup.grossCents, currency: topup.currency, checkout: session?.id ?? null },
  });
  if (session === null) {
    const { head } = await ledger.topupFailed({
      key,
      topupId,
      reason: 'checkout_unavailable',
      now,
      causer: causerOf(scope.actor),
    });
    return { result: err({ code: 'UPSTREAM_UNAVAILABLE', service: 'stripe' }), head };
  }
  const linked = await ledger.linkTopup({ key, topupId, checkoutSessionId: session.id, now });
  const shown = linked.result.ok ? linked.result.value.topup : topup;
  return { result: ok({ topup: shown, checkoutUrl: session.url }), head: linked.head };
}
