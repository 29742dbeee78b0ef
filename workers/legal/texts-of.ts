/** Which legal texts hold for whom: a reseller's own, else the platform's, in the reader's language, else in the other. Called by legal/ and signup/. */
import type { LegalTextLink } from '../../shared/contract/legal.ts';
import type { TenantId } from '../../shared/ids.ts';
import { LANGUAGES, type Language } from '../../shared/i18n/language.ts';
import { LEGAL_KINDS, LEGAL_PATH, type LegalKind } from '../../shared/legal.ts';
import { toIso } from '../../shared/time.ts';
import type { Platform } from '../env.ts';
import { PLATFORM_TENANT } from '../jobs/world.ts';
import { type LegalVersion, presentTexts } from '../storage/queries/legal.ts';
import type { TenantRecord } from '../storage/platform-db.ts';

/** Whose texts hold for a tenant's contract, nearest first: whoever it hangs below. */
export const issuersFor = ({ parentId }: Pick<TenantRecord, 'parentId'>): readonly TenantId[] =>
  parentId === null || parentId === PLATFORM_TENANT ? [PLATFORM_TENANT] : [parentId as TenantId, PLATFORM_TENANT];

/** Whose texts a host shows: a reseller's are its own, a business's are of whoever it hangs below. */
export const issuersOn = (tenant: Pick<TenantRecord, 'id' | 'type' | 'parentId'> | null): readonly TenantId[] =>
  tenant === null || tenant.type === 'platform'
    ? [PLATFORM_TENANT]
    : tenant.type === 'reseller'
      ? [tenant.id, PLATFORM_TENANT]
      : issuersFor(tenant);

/** Of the present versions the one that holds for each kind; a kind that nobody has published is left out. */
export function chosenTexts(
  present: readonly LegalVersion[],
  issuers: readonly TenantId[],
  language: Language,
): Map<LegalKind, LegalVersion> {
  const chosen = new Map<LegalKind, LegalVersion>();
  const languages = [language, ...LANGUAGES.filter((one) => one !== language)];
  for (const kind of LEGAL_KINDS)
    for (const issuer of issuers)
      for (const spoken of languages) {
        const found = present.find(
          (one) => one.tenantId === issuer && one.kind === kind && one.language === spoken && !one.superseded,
        );
        if (found !== undefined && !chosen.has(kind)) chosen.set(kind, found);
      }
  return chosen;
}

/** The texts that hold for these issuers' customers now, by kind. */
export const textsOf = async (
  platform: Platform,
  issuers: readonly TenantId[],
  language: Language,
): Promise<Map<LegalKind, LegalVersion>> => chosenTexts(await presentTexts(platform, issuers), issuers, language);

/** A version as a link: its own address shows it also when a newer one is there. */
export const linkOf = ({ id, kind, language, version, publishedAt }: LegalVersion): LegalTextLink => ({
  id,
  kind,
  language,
  version,
  published_at: toIso(publishedAt),
  href: `${LEGAL_PATH}/${kind}?lang=${language}&version=${version}`,
});
