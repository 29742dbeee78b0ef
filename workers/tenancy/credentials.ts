/**
 * Which credential of a vendor is in force: the company's, else the tenant's, else the platform's (a row of the operator's, else the
 * Worker's variables). What is stored and can't be opened counts as not connected, never as the next one in line: another account's
 * credential must not take its place. Called through the scope, by telephony and by payments.
 */
import { BoundedMap } from '../../shared/bounded-map.ts';
import { processNow, realNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import type { CredentialLevel } from '../../shared/integration-sets.ts';
import { type Vendor, VENDORS } from '../../shared/vendors.ts';
import type { Platform } from '../env.ts';
import { log } from '../log.ts';
import {
  forgetIntegrations,
  integrationOf,
  type IntegrationRecord,
  recentIntegrationOf,
} from '../storage/platform-db.ts';
import { noteVendorOutcome } from '../storage/queries/checks.ts';
import { openSealed } from './seal.ts';

/** Whose rows are the platform's own. */
export const PLATFORM_CREDENTIALS = 'platform' as TenantId;

/** A credential as its vendor is called with it. */
export interface Credential {
  level: CredentialLevel;
  /** what we sign in with; null: only a webhook's secret is stored, or a relay asks for none */
  key: string | null;
  webhookSecret: string | null;
  /** the secret before it, while what is signed with that counts as well */
  oldWebhookSecret: string | null;
  baseUrl: string | null;
  settings: Readonly<Record<string, unknown>>;
}
export type InForce =
  | { kind: 'open'; credential: Credential }
  /** stored, and nobody can open it: the master key is gone, or the value damaged */
  | { kind: 'unreadable'; level: CredentialLevel }
  | { kind: 'none' };

const NONE: InForce = { kind: 'none' };

/** Opens a stored credential. One that can't be opened makes that vendor red for its tenant (noted once a minute), and nothing else. */
export async function openCredential(platform: Platform, row: IntegrationRecord): Promise<InForce> {
  const { tenantId, vendor, sealedApiKey, sealedWebhookSecret } = row;
  const level = row.companyId !== '' ? 'company' : tenantId === PLATFORM_CREDENTIALS ? 'platform' : 'tenant';
  const opened = async (sealed: string | null): Promise<string | null> =>
    sealed === null ? null : openSealed(platform, tenantId, sealed);
  // One that can't be opened, or whose time is over, is none: nothing else depends on it.
  const isOldGood = (row.oldWebhookSecretUntil ?? 0) > processNow();
  const [key, webhookSecret, oldWebhookSecret] = await Promise.all([
    opened(sealedApiKey),
    opened(sealedWebhookSecret),
    isOldGood ? opened(row.sealedOldWebhookSecret) : null,
  ]);
  if ((sealedApiKey !== null && key === null) || (sealedWebhookSecret !== null && webhookSecret === null)) {
    if (vendor !== 'telegram' && vendor !== 'sentry') await noteUnreadable(platform, tenantId, vendor);
    return { kind: 'unreadable', level };
  }
  return {
    kind: 'open',
    credential: { level, key, webhookSecret, oldWebhookSecret, baseUrl: row.baseUrl, settings: row.settings ?? {} },
  };
}

const NOTED_EVERY_MS = 60_000;
const MAX_NOTED = 1_000;
/** tenant and vendor → real ms at which it was noted last */
const noted = new BoundedMap<string, number>(MAX_NOTED);

/** What calls of it would say too: the vendor is down for this tenant, and for no other. Never throws. */
async function noteUnreadable(platform: Platform, tenantId: TenantId, vendor: Vendor): Promise<void> {
  const key = `${tenantId}/${vendor}`;
  if (realNow() - (noted.get(key) ?? Number.NEGATIVE_INFINITY) < NOTED_EVERY_MS) return;
  noted.set(key, realNow());
  log('error', 'credential_unreadable', { tenantId, vendor });
  try {
    await noteVendorOutcome(platform, {
      vendor,
      tenantId,
      at: processNow(),
      fault: 'credential unreadable',
      alone: 'down',
    });
  } catch (fault) {
    noted.delete(key);
    log('warn', 'vendor_outcome_not_kept', { vendor, tenantId, fault });
  }
}

/** The platform's own rows as they were read last: an isolate goes on with them while D1 is away. */
const lastKnown = new BoundedMap<Vendor, IntegrationRecord | null>(16);

/** Keys that webhooks and functions are verified with, by tenant. */
const ownKeys = new BoundedMap<string, { key: string | null; until: number }>(1_000);
const OWN_KEY_MS = 30_000;

/** A credential of the tenant, or of the platform, was changed here. */
export function forgetCredentials(tenantId: TenantId): void {
  for (const vendor of VENDORS) ownKeys.delete(`${tenantId}/${vendor}`);
  forgetIntegrations(tenantId);
  if (tenantId === PLATFORM_CREDENTIALS) lastKnown.clear();
}

/**
 * A tenant's own key, thirty seconds old at most; null: it has none, or nobody can open it. D1 away: the one that was known stays, which
 * grants nothing: an unknown key verifies nothing.
 */
export async function rememberedOwnKey(
  platform: Platform,
  tenantId: TenantId,
  vendor: Vendor,
  now: number,
): Promise<string | null> {
  const memory = `${tenantId}/${vendor}`;
  const known = ownKeys.get(memory);
  if (known && known.until > now && known.until <= now + OWN_KEY_MS) return known.key;
  let key: string | null;
  try {
    const row = await integrationOf(platform, tenantId, vendor);
    key = row === null ? null : (opened(await openCredential(platform, row))?.key ?? null);
  } catch (fault) {
    log('warn', `${vendor}_key_unknown`, { tenantId, fault });
    return known?.key ?? null;
  }
  ownKeys.set(memory, { key, until: now + OWN_KEY_MS });
  return key;
}

/** What the platform itself is connected with. D1 away and nothing known yet: the Worker's variables. */
export async function platformCredential(platform: Platform, vendor: Vendor): Promise<InForce> {
  let row: IntegrationRecord | null;
  try {
    row = await recentIntegrationOf(platform, PLATFORM_CREDENTIALS, vendor);
    lastKnown.set(vendor, row);
  } catch (fault) {
    log('warn', 'platform_credential_unknown', { vendor, fault });
    row = lastKnown.get(vendor) ?? null;
  }
  return row === null ? variablesCredential(platform, vendor) : openCredential(platform, row);
}

/** What the Worker was deployed with. */
export function variablesCredential(platform: Platform, vendor: Vendor): InForce {
  const { config } = platform;
  const found = (key: string | undefined, more: Partial<Credential> = {}): InForce =>
    key === undefined && more.webhookSecret == null
      ? NONE
      : {
          kind: 'open',
          credential: {
            level: 'platform',
            key: key ?? null,
            webhookSecret: null,
            oldWebhookSecret: null,
            baseUrl: null,
            settings: {},
            ...more,
          },
        };
  switch (vendor) {
    case 'retell':
      return found(config.RETELL_API_KEY);
    case 'calcom':
      // A key of the platform's would book for everybody: of the variables it counts in development alone.
      return found(platform.development ? config.CALCOM_API_KEY : undefined, {
        webhookSecret: config.CALCOM_WEBHOOK_SECRET ?? null,
      });
    case 'stripe':
      return found(config.STRIPE_SECRET_KEY, { webhookSecret: config.STRIPE_WEBHOOK_SECRET ?? null });
    case 'twilio':
      return config.TWILIO_ACCOUNT_SID === undefined && config.TWILIO_AUTH_TOKEN === undefined
        ? NONE
        : found(config.TWILIO_AUTH_TOKEN ?? '', {
            settings: { account_sid: config.TWILIO_ACCOUNT_SID, from: config.TWILIO_FROM },
          });
    case 'smtp':
      return config.SMTP_URL === undefined
        ? NONE
        : found('', { settings: { url: config.SMTP_URL, from_email: config.MAIL_FROM ?? null } });
  }
}

/** What the platform's credential never stands in for: payments of a business's own customers. */
export const OWN_ONLY: ReadonlySet<Vendor> = new Set(['stripe']);

/** What is in force for a tenant, or one of its companies. */
export async function credentialInForce(
  platform: Platform,
  tenantId: TenantId,
  vendor: Vendor,
  companyId = '',
): Promise<InForce> {
  const own = await recentIntegrationOf(platform, tenantId, vendor, companyId);
  if (own !== null) return openCredential(platform, own);
  return OWN_ONLY.has(vendor) && tenantId !== PLATFORM_CREDENTIALS ? NONE : platformCredential(platform, vendor);
}

/** The credential itself; null: not connected, or nobody can open it. */
export const opened = (found: InForce): Credential | null => (found.kind === 'open' ? found.credential : null);

/** What a webhook may be signed with: the secret, and for a while the one before it. */
export const webhookSecretsOf = (credential: Credential | null): string[] =>
  [credential?.webhookSecret, credential?.oldWebhookSecret].filter((secret) => secret != null);

/** A plain field of a credential as text; empty where it has none. */
export const settingOf = (credential: Credential, name: string): string => {
  const value = credential.settings[name];
  return typeof value === 'string' ? value : typeof value === 'number' ? String(value) : '';
};
