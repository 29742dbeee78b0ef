/** Tenants as those above them see them: the operator all, a reseller its own. Read by workers/tenants/, the admin (types) and tests. */
import { z } from 'zod';
import { storageView } from './recordings.ts';
import {
  DOMAIN_FAULTS,
  DOMAIN_STATUSES,
  TENANT_LIMITS,
  TENANT_STATUSES,
  TENANT_TYPES,
  TENANT_VERBS,
  VAT_STATES,
} from '../tenant-status.ts';
import { TENANT_FEATURES, type TenantFeature } from '../tenant-features.ts';
import {
  currency,
  externalId,
  idField,
  idOut,
  idParam,
  instantOut,
  itemOf,
  lineText,
  page,
  personName,
} from './parts.ts';

const MAX_NAME = 120;
const MAX_LINE = 200;
/** A number nobody reaches by working: what is meant as "no limit" is left out. */
const MAX_LIMIT = 1_000_000;
/** Languages of the product, as `shared/i18n/language.ts` has them. */
const LANGUAGES = ['de', 'en'] as const;

const instantOrNull = () => instantOut().nullable();
const slug = () =>
  z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/)
    .meta({ example: 'salon-schoen', description: 'DNS label: its pages are found under it' });
const country = () =>
  z
    .string()
    .regex(/^[A-Z]{2}$/)
    .meta({ example: 'DE' });
/** Of the tax authority's making. */
const vatId = () => lineText(20).meta({ 'x-external-id': true, example: 'ATU12345678' });
const color = () => z.string().regex(/^#[0-9a-f]{6}$/i);
const reason = () => lineText(300).min(3).meta({ example: 'Zwei Rechnungen sind offen' });

export const tenantLegal = z.object({
  company_name: lineText(MAX_NAME).optional(),
  street: lineText(MAX_LINE).optional(),
  postal_code: lineText(20).optional(),
  city: lineText(MAX_NAME).optional(),
  tax_number: lineText(40).optional(),
  register: lineText(MAX_NAME).optional(),
});
export const tenantLimits = z.object({
  users: z.int().min(1).max(MAX_LIMIT).optional(),
  companies: z.int().min(1).max(MAX_LIMIT).optional(),
  branches: z.int().min(1).max(MAX_LIMIT).optional(),
  staff: z.int().min(1).max(MAX_LIMIT).optional(),
  phone_numbers: z.int().min(0).max(MAX_LIMIT).optional(),
  calls_per_month: z.int().min(0).max(MAX_LIMIT).optional(),
  customers: z.int().min(0).max(MAX_LIMIT).optional(),
});

/** What is switched on or off; a member that is left out has its default. */
const tenantFeatures = z.object(
  Object.fromEntries(TENANT_FEATURES.map((name) => [name, z.boolean().optional()])) as Record<
    TenantFeature,
    z.ZodOptional<z.ZodBoolean>
  >,
);

/** One colour is chosen; what stands on it and what is read in it is worked out so that it can be read. */
export const brandView = z.object({
  product_name: z.string(),
  color: z.string().nullable(),
  support_email: z.string().nullable(),
  support_phone: z.string().nullable(),
});
export const brandChange = z.object({
  product_name: lineText(40).min(1),
  color: color().nullable().default(null),
  support_email: z.email().max(254).nullable().default(null),
  support_phone: lineText(32).nullable().default(null),
});

export const tenantRow = z.object({
  id: idOut('tenant'),
  type: z.enum(TENANT_TYPES),
  parent_id: idOut('tenant').nullable(),
  parent_name: z.string().nullable(),
  slug: z.string(),
  name: z.string(),
  status: z.enum(TENANT_STATUSES),
  /** what may be done with it now */
  verbs: z.array(z.enum(TENANT_VERBS)),
  country: z.string(),
  currency: currency(),
  time_zone: z.string(),
  language: z.string(),
  plan_id: idOut('pricing_plan').nullable(),
  trial_ends_at: instantOrNull(),
  past_due_since: instantOrNull(),
  suspended_at: instantOrNull(),
  status_reason: z.string().nullable(),
  created_at: instantOut(),
  updated_at: instantOrNull(),
  version: z.int(),
});
export type TenantRow = z.infer<typeof tenantRow>;

export const tenantView = tenantRow.extend({
  vat_id: externalId().nullable(),
  /** of the present VAT id; null: it was never asked about */
  vat_check: z
    .object({
      state: z.enum(VAT_STATES),
      checked_at: instantOut(),
      name: z.string().nullable(),
      address: z.string().nullable(),
    })
    .nullable(),
  legal: tenantLegal,
  limits: tenantLimits,
  features: tenantFeatures,
  brand: brandView.nullable(),
  /** below it, closed ones not counted */
  customers: z.int(),
});
export type TenantView = z.infer<typeof tenantView>;

/** Newest first. */
export const tenantListQuery = page().extend({
  sort: z.enum(['-created_at']).default('-created_at'),
  status: z.enum(TENANT_STATUSES).optional(),
  type: z.enum(TENANT_TYPES).optional(),
  parent_id: idParam('tenant').optional(),
  q: lineText(80).optional().meta({ description: 'beginnings of words of the name' }),
});

export const createTenantRequest = z.object({
  type: z.enum(['business', 'reseller']).default('business'),
  /** the operator's: below which reseller; a reseller's are always its own */
  parent_id: idField('tenant').nullish(),
  name: lineText(MAX_NAME).min(1).meta({ example: 'Salon Schön' }),
  slug: slug().optional(),
  country: country().default('DE'),
  currency: currency().default('EUR'),
  time_zone: z.string().min(1).max(64).default('Europe/Berlin'),
  language: z.enum(LANGUAGES).default('de'),
  plan_id: idField('pricing_plan').nullable().default(null),
  vat_id: vatId().nullable().default(null),
  legal: tenantLegal.optional(),
  limits: tenantLimits.optional(),
  owner: z.object({ name: personName(MAX_NAME).min(1), email: z.email().max(254) }).meta({
    example: { name: 'Olivia Schön', email: 'olivia@example.com' },
  }),
});
export type CreateTenantRequest = z.output<typeof createTenantRequest>;

export const changeTenantRequest = z
  .object({
    /** the operator's: below whom it hangs from now on, a reseller or the platform */
    parent_id: idField('tenant'),
    name: lineText(MAX_NAME).min(1),
    country: country(),
    time_zone: z.string().min(1).max(64),
    language: z.enum(LANGUAGES),
    plan_id: idField('pricing_plan').nullable(),
    vat_id: vatId().nullable(),
    legal: tenantLegal.nullable(),
    limits: tenantLimits,
    features: tenantFeatures,
    brand: brandChange.nullable(),
  })
  .partial();
export type ChangeTenantRequest = z.output<typeof changeTenantRequest>;

/** How much of each a tenant has, and how much it may. */
export const tenantUseResponse = itemOf(
  z.array(
    z.object({
      limit: z.enum(TENANT_LIMITS),
      used: z.int(),
      /** what holds; null: as many as they like */
      max: z.int().nullable(),
      /** the tenant's own; null: the instance's default holds */
      own: z.int().nullable(),
    }),
  ),
).extend({
  recordings: storageView
    .nullable()
    .meta({ description: 'what its recordings of calls take; null: it is no business' }),
});
export type TenantUses = z.infer<typeof tenantUseResponse>;
export type TenantUse = TenantUses['data'][number];

export const tenantParams = z.object({ id: idParam('tenant') });
export const tenantVerbParams = tenantParams.extend({ verb: z.enum(TENANT_VERBS) });
/** Its owner reads the reason of a suspension and of a closing; the two others need none. */
export const tenantVerbRequest = z.object({ reason: reason().optional() });
export const tenantResponse = itemOf(tenantView);

// ---------------------------------------------------------------- host names

const HOST = /^(?=.{4,253}$)(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z][a-z0-9-]{0,61}[a-z]$/;
export const domainView = z.object({
  host: z.string(),
  status: z.enum(DOMAIN_STATUSES),
  /** the TXT record that proves whose it is; null: set up by hand */
  proof: z.object({ name: z.string(), value: z.string() }).nullable(),
  fault: z.enum(DOMAIN_FAULTS).nullable(),
  checked_at: instantOrNull(),
  active_since: instantOrNull(),
});
export type DomainView = z.infer<typeof domainView>;
export const domainListResponse = z.object({ success: z.literal(true), data: z.array(domainView) });
export const domainResponse = itemOf(domainView);
export const addDomainRequest = z.object({
  host: z.string().trim().toLowerCase().regex(HOST).meta({ example: 'termine.salon-schoen.example' }),
});
/** A whole. */
const BASIS_POINTS = 10_000;
const rate = () =>
  z.int().min(0).max(BASIS_POINTS).nullable().meta({
    description: 'hundredths of a percent of what is charged; null: as the reseller has it',
    example: 2_500,
  });
/** A company of a customer, with what its reseller earns of it. */
export const companyCommission = z.object({
  company_id: idOut('company'),
  name: z.string(),
  rate_basis_points: rate(),
  /** 0: nobody has set one */
  version: z.int(),
  changed_at: instantOrNull(),
});
export type CompanyCommission = z.infer<typeof companyCommission>;
export const companyCommissionsResponse = z.object({ success: z.literal(true), data: z.array(companyCommission) });
export const companyCommissionResponse = itemOf(companyCommission);
/** A company of that customer, not of whoever asks. */
export const companyCommissionParams = tenantParams.extend({
  company_id: lineText(64).min(1).meta({ 'x-external-id': true, example: 'com_0' }),
});
export const companyCommissionRequest = z.object({ rate_basis_points: rate() });

export const domainParams = tenantParams.extend({
  host: z.string().regex(HOST).meta({ 'x-external-id': true, example: 'termine.salon-schoen.example' }),
});
export const removedDomainResponse = itemOf(z.object({ host: z.string() }));
