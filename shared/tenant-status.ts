/** The closed sets of tenants and their keys, without zod: directory, tables, master data and the contract read them here. */

export const TENANT_TYPES = ['platform', 'reseller', 'business'] as const;
export type TenantType = (typeof TENANT_TYPES)[number];

/** `suspended` and `closed` refuse holds and bookings (TENANT_SUSPENDED). */
export const TENANT_STATUSES = ['trial', 'active', 'past_due', 'suspended', 'closed'] as const;

export type TenantStatus = (typeof TENANT_STATUSES)[number];

/** What is done to a tenant by hand; which states each is of, workers/tenants/rules/status.ts says. */
export const TENANT_VERBS = ['mark_past_due', 'suspend', 'reactivate', 'close', 'reopen'] as const;

export type TenantVerb = (typeof TENANT_VERBS)[number];

/** Those that take something away: whoever does it says why, and the owner reads it. */
export const VERBS_WITH_REASON: ReadonlySet<TenantVerb> = new Set(['mark_past_due', 'suspend', 'close']);

/** Days between the end of a trial or of credit and the suspension that follows by itself. */
export const GRACE_DAYS = 7;

/** Days before a trial's end on which its owners are told. */
export const TRIAL_NOTICE_DAYS = [7, 1] as const;

/** What Stripe says of a subscription, by what follows for the tenant. */
export const SUBSCRIPTION_RUNS: readonly string[] = ['active', 'trialing'];
/** A payment is missing: past due, and suspended when the days of grace are over. */
export const SUBSCRIPTION_OWES: readonly string[] = ['past_due', 'unpaid'];
/** For ever. */
export const SUBSCRIPTION_ENDED: readonly string[] = ['canceled', 'incomplete_expired'];

/** The subscription by which a tenant pays its base fee, as the newest event told of it. */
export interface TenantSubscription {
  /** `sub_…` */
  id: string;
  status: string;
  /** when Stripe made that event, epoch ms */
  at: number;
  /** the tenant is past due or suspended because of it, so that a payment lets it in again */
  owes: boolean;
}

/** Who a tenant is by law. */
export interface TenantLegal {
  company_name?: string | undefined;
  street?: string | undefined;
  postal_code?: string | undefined;
  city?: string | undefined;
  tax_number?: string | undefined;
  register?: string | undefined;
}

/** How a tenant appears, as its row keeps it. */
export interface TenantBrand {
  productName?: string;
  /** `#rrggbb` by use: `fill`, `on_fill`, `text`, `text_dark` */
  colors?: Record<string, string>;
  supportEmail?: string;
  supportPhone?: string;
}

/** What is counted where it is made: people who sign in; companies, branches, staff, numbers and calls of a business; businesses of a reseller. */
export const TENANT_LIMITS = [
  'users',
  'companies',
  'branches',
  'staff',
  'phone_numbers',
  'calls_per_month',
  'customers',
] as const;
export type TenantLimit = (typeof TENANT_LIMITS)[number];
/** Which limits each kind of tenant has. */
export const LIMITS_OF: Readonly<Record<TenantType, readonly TenantLimit[]>> = {
  platform: [],
  reseller: ['users', 'customers'],
  business: ['users', 'companies', 'branches', 'staff', 'phone_numbers', 'calls_per_month'],
};
export type TenantLimits = { [L in TenantLimit]?: number | undefined };

/** What is known of a VAT id: `invalid` (its form, or the register says no), `unchecked`: the register did not answer. */
export const VAT_STATES = ['valid', 'invalid', 'unchecked'] as const;
export type VatState = (typeof VAT_STATES)[number];
/** The answer of the register, and of which id it is: another id has none. */
export interface VatCheck {
  vat_id: string;
  state: VatState;
  /** epoch ms */
  at: number;
  /** name and address as the register answered them; many countries answer none */
  name?: string;
  address?: string;
}

export const DOMAIN_STATUSES = ['pending', 'active', 'failed'] as const;
export type DomainStatus = (typeof DOMAIN_STATUSES)[number];
/** Why a name has not been proven: no record there, one with another text, or the look-up itself failed. */
export const DOMAIN_FAULTS = ['no_record', 'other_text', 'unreachable'] as const;
export type DomainFault = (typeof DOMAIN_FAULTS)[number];

/** Keys of `test` are for a tenant's own trials. */
export const API_KEY_MODES = ['live', 'test'] as const;
export type ApiKeyMode = (typeof API_KEY_MODES)[number];

/** What a health check says of a part. */
export const HEALTH_STATUSES = ['ok', 'degraded', 'down'] as const;
export type HealthStatus = (typeof HEALTH_STATUSES)[number];
