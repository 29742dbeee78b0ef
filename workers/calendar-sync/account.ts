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
  return { baseUrl: own?.baseUrl ?? config.CALCOM_API_BASE, apiKey, timeoutMs: config.VENDOR_TIMEOUT_MS };
}

/** Secrets that may have signed a webhook: the tenant's own (valid for that tenant only), then the platform's. */
export async function calcomSecrets(
  scope: TenantScope | null,
  platformSecret: string | undefined,
): Promise<{ secret: string; own: boolean }[]> {
  const found: { secret: string; own: boolean }[] = [];
  const sealed = scope ? (await scope.integration('calcom'))?.sealedWebhookSecret : null;
  if (scope && sealed) {
    const own = await scope.unseal(sealed);
    if (own) found.push({ secret: own, own: true });
  }
  if (platformSecret) found.push({ secret: platformSecret, own: false });
  return found;
}
