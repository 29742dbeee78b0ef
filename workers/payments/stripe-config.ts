/** How Stripe is reached with this configuration; the client loads with its first use. Called by checkout.ts and webhook.ts. */
import { lazy } from '../../shared/lazy.ts';
import type { Config } from '../env.ts';
import type { StripeConfig } from '../integrations/stripe.ts';

export const stripeApi = lazy(() => import('../integrations/stripe.ts'));

/** Null without a key: nothing can be asked of Stripe then. @param heard what hears how Stripe answered, where a tenant is known */
export function stripeConfig(config: Config, heard?: StripeConfig['heard']): StripeConfig | null {
  const { STRIPE_SECRET_KEY: secretKey, STRIPE_API_BASE: baseUrl, VENDOR_TIMEOUT_MS: timeoutMs } = config;
  return secretKey === undefined ? null : { secretKey, baseUrl, timeoutMs, ...(heard === undefined ? {} : { heard }) };
}
