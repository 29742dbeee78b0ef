/** Whether visitors of a host may sign up, and by which texts. Called by the commands and queries of signup/. */
import type { SignupRefusal } from '../../shared/errors.ts';
import type { TenantId } from '../../shared/ids.ts';
import type { Language } from '../../shared/i18n/language.ts';
import { LEGAL_KINDS, type LegalKind } from '../../shared/legal.ts';
import { hasFeature } from '../../shared/tenant-features.ts';
import type { Platform } from '../env.ts';
import { systemSettings } from '../instance/settings.ts';
import { PLATFORM_TENANT } from '../jobs/world.ts';
import { issuersOn, textsOf } from '../legal/texts-of.ts';
import { rememberedTenant, type TenantRecord } from '../storage/platform-db.ts';
import type { LegalVersion } from '../storage/queries/legal.ts';
import { childrenOf } from '../storage/queries/tenants.ts';
import { TenantDb } from '../storage/tenant-db.ts';
import type { Realm } from '../tenancy/directory.ts';
import { limitOf } from '../tenancy/limits.ts';

/** Who sells on a host: the platform, or a reseller on its own; a business sells no accounts. */
interface Seller {
  id: TenantId;
  tenant: TenantRecord | null;
}

/** Null: the host is a business's. */
export async function sellerOn(platform: Platform, realm: Realm): Promise<Seller | null> {
  const id = (realm.kind === 'platform' ? PLATFORM_TENANT : realm.tenantId) as TenantId;
  const tenant = await rememberedTenant(platform, id);
  return tenant?.type === 'business' || (tenant === null && id !== PLATFORM_TENANT) ? null : { id, tenant };
}

interface SignupState {
  switched: boolean;
  /** null: it is open */
  reason: SignupRefusal | null;
  /** kinds that nobody has published */
  missing: LegalKind[];
  texts: ReadonlyMap<LegalKind, LegalVersion>;
}

/** The state of public sign-up at a seller's, with the texts in the reader's language. */
export async function signupState(
  platform: Platform,
  { id, tenant }: Seller,
  language: Language,
): Promise<SignupState> {
  const [settings, texts] = await Promise.all([
    systemSettings(platform),
    textsOf(platform, issuersOn(tenant), language),
  ]);
  const isReseller = tenant?.type === 'reseller';
  const switched = isReseller ? hasFeature(tenant, 'public_signup') : settings.signup_open;
  const missing = LEGAL_KINDS.filter((kind) => !texts.has(kind));
  const isStopped = tenant?.status === 'suspended' || tenant?.status === 'closed';
  const reason: SignupRefusal | null =
    // The operator's switch is the instance's: where it is off, nobody's is on.
    !switched || !settings.signup_open
      ? 'off'
      : missing.length > 0
        ? 'texts'
        : isStopped
          ? 'stopped'
          : isReseller && (await isFull(platform, id, tenant))
            ? 'full'
            : null;
  return { switched, reason, missing, texts };
}

async function isFull(platform: Platform, id: TenantId, tenant: TenantRecord): Promise<boolean> {
  const max = await limitOf(platform, tenant, 'customers');
  return max !== null && (await childrenOf(new TenantDb(platform, id), id)) >= max;
}
