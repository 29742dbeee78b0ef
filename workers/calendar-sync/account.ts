import type { CalcomConfig } from '../integrations/calcom.ts';
import type { TenantScope } from '../tenancy/scope.ts';

/** Null: this company has no Cal.com and everything works without it. */
export async function calcomAccount(scope: TenantScope, companyId: string): Promise<CalcomConfig | null> {
  const own = await scope.integration('calcom', companyId);
  const { config } = scope;
  const apiKey = own?.sealedApiKey
    ? await scope.unseal(own.sealedApiKey)
    : scope.development
      ? (config.CALCOM_API_KEY ?? null)
      : null;
  if (!apiKey) return null;
  return {
    baseUrl: own?.baseUrl ?? config.CALCOM_API_BASE,
    apiKey,
    timeoutMs: config.VENDOR_TIMEOUT_MS,
    heard: scope.heard('calcom'),
    patience: scope.patience,
  };
}

/**
 * The one secret that a webhook must be signed with: the tenant's own where it has one, and then no other, for whoever learns the platform's
 * would speak for all. Null: none is known, or the own one can't be opened (its integration's health says so); nothing is accepted.
 */
export async function webhookSecretOf(
  scope: TenantScope | null,
  platformSecret: string | undefined,
): Promise<string | null> {
  const sealed = scope ? (await scope.integration('calcom'))?.sealedWebhookSecret : null;
  return scope && sealed ? scope.unseal(sealed) : (platformSecret ?? null);
}
