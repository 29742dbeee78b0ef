/**
 * Stripe's hosted page for a top-up. The redirect back credits nothing; the webhook does. Called by commands/open-topup.ts.
 */
import type { Language } from '../../shared/i18n/language.ts';
import { asCents } from '../../shared/money.ts';
import type { Platform } from '../env.ts';
import type { CheckoutMethod } from '../integrations/stripe.ts';
import type { Topup } from '../ledger/types.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import type { TopupMetadata } from './meaning.ts';
import { stripeApi, stripeConfig } from './stripe-config.ts';

export interface CheckoutOrder {
  language: Language;
  /** `https://host` of the tenant's page the customer is on */
  origin: string;
}

/** SEPA direct debit takes at most 10,000 € a payment. */
const MAX_SEPA_CENTS = 1_000_000;
/** A time-out may have acted: the same key is asked once more and brings the same session. */
const TRIES = 2;

const LINES: Readonly<Record<Language, { credit: string; vat: string }>> = {
  de: { credit: 'Guthaben', vat: 'Umsatzsteuer' },
  en: { credit: 'Credit', vat: 'VAT' },
};

/**
 * Stripe's page for a top-up: net + VAT as two lines, metadata with tenant and top-up, one idempotency key per top-up. Null: Stripe doesn't
 * answer, or would charge something else; the customer may be sent nowhere then.
 */
export async function hostedPage(
  platform: Platform,
  scope: TenantScope,
  topup: Topup,
  order: CheckoutOrder,
): Promise<{ id: string; url: string } | null> {
  const config = await stripeConfig(platform, scope.heard('stripe'));
  if (config === null) return null;
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
  const { createCheckoutSession } = await stripeApi();
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
