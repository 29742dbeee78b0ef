/** Tenants as the API shows them. Called by the queries and by every command that answers one. */
import type { TenantRow, TenantView } from '../../shared/contract/tenants.ts';
import { asLanguage } from '../../shared/i18n/language.ts';
import { FEATURES, hasFeature, TENANT_FEATURES } from '../../shared/tenant-features.ts';
import { isoOrNull, toIso } from '../../shared/time.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { VersionedView } from '../resources/backing.ts';
import type { TenantRecord } from '../storage/platform-db.ts';
import { childrenOf, namesOfTenants, tenantWithin, type Within } from '../storage/queries/tenants.ts';
import type { TenantDb } from '../storage/tenant-db.ts';
import { brandShown } from './rules/brand.ts';
import { verbsOf } from './rules/status.ts';

/** `de-DE` and `de` are one language. */
const languageOf = (locale: string): string => asLanguage(locale.slice(0, 2));

const row = (tenant: TenantRecord, parentName: string | null): TenantRow => ({
  id: tenant.id,
  type: tenant.type,
  parent_id: tenant.parentId,
  parent_name: parentName,
  slug: tenant.slug,
  name: tenant.name,
  status: tenant.status,
  verbs: verbsOf(tenant.status),
  country: tenant.country,
  currency: tenant.currency,
  time_zone: tenant.timeZone,
  language: languageOf(tenant.locale),
  plan_id: tenant.planId,
  trial_ends_at: isoOrNull(tenant.trialEndsAt),
  past_due_since: isoOrNull(tenant.pastDueSince),
  suspended_at: isoOrNull(tenant.suspendedAt),
  status_reason: tenant.statusReason,
  created_at: toIso(tenant.createdAt),
  updated_at: isoOrNull(tenant.updatedAt),
  version: tenant.version,
});

const parentsOf = (db: TenantDb, tenants: readonly TenantRecord[]) =>
  namesOfTenants(
    db,
    tenants.flatMap(({ parentId }) => parentId ?? []),
  );

/** Rows of a list, each with its parent's name. */
export async function rowsOf(db: TenantDb, tenants: readonly TenantRecord[]): Promise<TenantRow[]> {
  const names = await parentsOf(db, tenants);
  return tenants.map((tenant) => row(tenant, names.get(tenant.parentId ?? '') ?? null));
}

/** One tenant with everything that is known of it. */
export async function viewOf(db: TenantDb, tenant: TenantRecord): Promise<TenantView> {
  const [names, customers] = await Promise.all([
    parentsOf(db, [tenant]),
    tenant.type === 'reseller' ? childrenOf(db, tenant.id) : 0,
  ]);
  // An answer about another id says nothing of this one.
  const check = tenant.vatCheck?.vat_id === tenant.vatId ? tenant.vatCheck : null;
  return {
    ...row(tenant, names.get(tenant.parentId ?? '') ?? null),
    vat_id: tenant.vatId,
    vat_check: check && {
      state: check.state,
      checked_at: toIso(check.at),
      name: check.name ?? null,
      address: check.address ?? null,
    },
    legal: { ...tenant.legal },
    limits: { ...tenant.limits },
    features: Object.fromEntries(
      TENANT_FEATURES.filter((name) => FEATURES[name].of.includes(tenant.type)).map((name) => [
        name,
        hasFeature(tenant, name),
      ]),
    ),
    brand: brandShown(tenant.brand),
    customers,
  };
}

/** The answer after a change: the tenant as it is now. Refusals: NOT_FOUND. */
export async function answerOf(db: TenantDb, within: Within, id: string): Promise<Result<VersionedView<TenantView>>> {
  const tenant = await tenantWithin(db, within, id);
  if (tenant === null) return err({ code: 'NOT_FOUND', entity: 'tenant' });
  return ok({ view: await viewOf(db, tenant), version: tenant.version });
}
