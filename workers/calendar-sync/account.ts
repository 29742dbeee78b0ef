import type { CalcomConfig } from '../integrations/calcom.ts';
import type { Platform } from '../env.ts';
import { opened, platformCredential, webhookSecretsOf } from '../tenancy/credentials.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { calcomBase } from '../tenancy/vendor-configs.ts';

/** Null: this company has no Cal.com and everything works without it. */
export async function calcomAccount(scope: TenantScope, companyId: string): Promise<CalcomConfig | null> {
  const credential = opened(await scope.credential('calcom', companyId));
  if (!credential?.key) return null;
  const { config } = scope;
  return {
    baseUrl: calcomBase(config, credential),
    apiKey: credential.key,
    timeoutMs: config.VENDOR_TIMEOUT_MS,
    heard: scope.heard('calcom', credential),
    patience: scope.patience,
  };
}

/**
 * What a webhook must be signed with: the tenant's or company's own secret where it has one (for a day also the one before it), and then no
 * other, for whoever learns the platform's would speak for all. Empty: none is known, or the own one can't be opened (its integration's health
 * says so); nothing is accepted.
 */
export async function calcomSecretsOf(
  platform: Platform,
  scope: TenantScope | null,
  companyId: string,
): Promise<string[]> {
  const own = scope === null ? null : await scope.credential('calcom', companyId);
  if (own?.kind === 'unreadable') return [];
  const secrets = webhookSecretsOf(own?.kind === 'open' ? own.credential : null);
  return secrets.length > 0 ? secrets : webhookSecretsOf(opened(await platformCredential(platform, 'calcom')));
}
