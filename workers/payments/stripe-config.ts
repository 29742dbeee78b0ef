/** How Stripe is reached with this configuration. Called by checkout.ts and webhook.ts. */
import type { Config } from '../env.ts';
import type { StripeConfig } from '../integrations/stripe.ts';

/** Null without a key: nothing can be asked of Stripe then. */
export function stripeConfig(config: Config): StripeConfig | null {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_API_BASE: baseUrl, VENDOR_TIMEOUT_MS: timeoutMs } = config;
  return secretKey === undefined ? null : { secretKey, baseUrl, timeoutMs };
}
