/** What may be switched on or off for one tenant: each with what holds while nobody has said anything, and who reads it. */
import type { TenantType } from './tenant-status.ts';

export const TENANT_FEATURES = ['public_signup'] as const;
export type TenantFeature = (typeof TENANT_FEATURES)[number];
export type TenantFeatures = { [F in TenantFeature]?: boolean | undefined };

interface Declared {
  initial: boolean;
  /** kinds of tenants that have it at all */
  of: readonly TenantType[];
}
export const FEATURES: Readonly<Record<TenantFeature, Declared>> = {
  /** visitors of a reseller's host may sign up below it (workers/signup/open.ts) */
  public_signup: { initial: false, of: ['reseller'] },
};

/** Whether a feature is on for a tenant. Rows of before hold a list of names that nobody read. */
export function hasFeature(
  tenant: { type: TenantType; features: TenantFeatures | readonly string[] | null },
  feature: TenantFeature,
): boolean {
  const { initial, of } = FEATURES[feature];
  if (!of.includes(tenant.type)) return false;
  const { features } = tenant;
  return features === null || Array.isArray(features) ? initial : ((features as TenantFeatures)[feature] ?? initial);
}
