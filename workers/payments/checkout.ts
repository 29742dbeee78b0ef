/**
 * Opens a top-up and Stripe's hosted page for it: the action file behind `POST /api/v2/topups`. The redirect back credits nothing; the
 * webhook does.
 */
import { causerOf } from '../../shared/actor.ts';
import type { Language } from '../../shared/i18n/language.ts';
import { newId, type TopupId } from '../../shared/ids.ts';
import { asCents, type Cents } from '../../shared/money.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { formatHead } from '../object-runtime/events.ts';
import { type CheckoutMethod, createCheckoutSession, type StripeConfig } from '../integrations/stripe.ts';
import type { Topup } from '../ledger/types.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import type { TopupMetadata } from './meaning.ts';

export interface CheckoutOrder {
  amountCents: Cents;
  language: Language;
  /** `https://host` of the tenant's page the customer is on */
  origin: string;
  companyId?: string | undefined;
}

export interface OpenedCheckout {
  topup: Topup;
  checkoutUrl: string;
}

/** SEPA direct debit takes at most 10,000 € a payment. */
const MAX_SEPA_CENTS = 1_000_000;
/** A time-out may have acted: the same key is asked once more and brings the same session. */
const TRIES = 2;

const LINES: Readonly<Record<Language, { credit: string; vat: string }>> = {
  de: { credit: 'Guthaben', vat: 'Umsatzsteuer' },
  en: { credit: 'Credit', vat: 'VAT' },
};

/** The id is ours and made first: it is the idempotency key of everything that follows. */
export const newTopupId = (now: number): TopupId => newId('topup', now);

function stripeConfig(scope: TenantScope): StripeConfig | null {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_API_BASE: baseUrl, VENDOR_TIMEOUT_MS: timeoutMs } = scope.config;
  return secretKey === undefined ? null : { secretKey, baseUrl, timeoutMs };
}

/**
 * Net + VAT as two lines, metadata with tenant and top-up, one idempotency key per top-up. Refusals: VALIDATION_ERROR (amount),
 * UPSTREAM_UNAVAILABLE (Stripe doesn't answer; the top-up is then failed, and paid after all if Stripe says so later).
 */
export async function openCheckout(
  scope: TenantScope,
  order: CheckoutOrder,
): Promise<{ result: Result<OpenedCheckout>; head: string }> {
  const { ledger, now } = scope;
  const topupId = newTopupId(now);
  const key = `topup:${topupId}`;
  const opened = await ledger.openTopup({
    key,
    topupId,
    amountCents: order.amountCents,
    method: 'stripe',
    now,
    causer: causerOf(scope.actor),
    ...(order.companyId === undefined ? {} : { companyId: order.companyId }),
    ...(scope.actor.kind === 'user' ? { userId: scope.actor.userId } : {}),
  });
  if (!opened.result.ok) return { result: opened.result, head: formatHead(opened.head) };
  const { topup } = opened.result.value;
  const config = stripeConfig(scope);
  const session = config === null ? null : await hostedPage(config, scope, topup, order);
  if (session === null) {
    const failed = await ledger.topupFailed({ key, topupId, reason: 'checkout_unavailable', now });
    return { result: err({ code: 'UPSTREAM_UNAVAILABLE', service: 'stripe' }), head: formatHead(failed.head) };
  }
  const linked = await ledger.linkTopup({ key, topupId, checkoutSessionId: session.id, now });
  const shown = linked.result.ok ? linked.result.value.topup : topup;
  return { result: ok({ topup: shown, checkoutUrl: session.url }), head: formatHead(linked.head) };
}

async function hostedPage(
  config: StripeConfig,
  scope: TenantScope,
  topup: Topup,
  order: CheckoutOrder,
): Promise<{ id: string; url: string } | null> {
  const words = LINES[order.language];
  const metadata: TopupMetadata = { kind: 'topup', tenant_id: scope.tenantId, topup_id: topup.id };
  const back = `${order.origin}/portal/billing/topup?topup=${encodeURIComponent(topup.id)}`;
  const methods: CheckoutMethod[] =
    topup.currency === 'EUR' && topup.grossCents <= MAX_SEPA_CENTS ? ['card', 'sepa_debit'] : ['card'];
  const input = {
    idempotencyKey: `${scope.tenantId}:${topup.id}:1`,
    lines: [
      { name: words.credit, unitAmountCents: topup.amountCents, quantity: 1 },
      ...(topup.vatCents > 0
        ? [
            {
              name: `${words.vat} ${(topup.vat.rateBasisPoints / 100).toLocaleString(order.language)} %`,
              unitAmountCents: topup.vatCents,
              quantity: 1,
            },
          ]
        : []),
    ],
    currency: topup.currency,
    methods,
    successUrl: back,
    cancelUrl: `${back}&canceled=1`,
    locale: order.language,
    metadata: { ...metadata },
    clientReferenceId: topup.id,
  };
  for (let attempt = 1; attempt <= TRIES; attempt++) {
    const made = await createCheckoutSession(config, input);
    if (made.ok) {
      const { id, url, amountTotalCents } = made.value;
      // A page that would charge another amount than we asked for must never be shown.
      if (url === null || (amountTotalCents !== null && amountTotalCents !== asCents(topup.grossCents))) return null;
      return { id, url };
    }
    if (!made.error.retryable) return null;
  }
  return null;
}
