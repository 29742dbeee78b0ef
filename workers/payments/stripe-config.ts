/**
 * How Stripe is reached for what belongs to the platform: top-ups, their refunds and disputes. Always the platform's own account, whatever a
 * business has connected for its own customers. The client loads with its first use. Called by checkout.ts and webhook.ts.
 */
import { lazy } from '../../shared/lazy.ts';
import type { Platform } from '../env.ts';
import type { StripeConfig } from '../integrations/stripe.ts';
import { opened, platformCredential } from '../tenancy/credentials.ts';

export const stripeApi = lazy(() => import('../integrations/stripe.ts'));

/** Null without a key: nothing can be asked of Stripe then. @param heard what hears how Stripe answered, where a tenant is known */
export async function stripeConfig(platform: Platform, heard?: StripeConfig['heard']): Promise<StripeConfig | null> {
  const { STRIPE_API_BASE: baseUrl, VENDOR_TIMEOUT_MS: timeoutMs } = platform.config;
  const secretKey = opened(await platformCredential(platform, 'stripe'))?.key ?? null;
  return secretKey === null ? null : { secretKey, baseUrl, timeoutMs, ...(heard === undefined ? {} : { heard }) };
}
