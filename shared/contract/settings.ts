/**
 * Settings of the whole instance: one declaration gives shape, bounds, default and text of each; unknown keys don't exist. Read by
 * workers/instance/settings.ts, the operator's page and tests.
 */
import { z } from 'zod';
import { BONUS_KINDS } from '../money-status.ts';
import { isBlock } from '../network.ts';
import { SOURCE_MODES } from '../source-modes.ts';
import { itemOf, lineText } from './parts.ts';

const MAX_DAYS = 90;
const MAX_BONUS_CENTS = 100_000;
const MAX_TIERS = 20;
/** What no limit of a tenant goes beyond. */
const MAX_LIMIT = 1_000_000;

/** Limits of a tenant, enforced where the thing is made. */
export const tenantLimits = z.object({
  companies: z.int().min(0).max(MAX_LIMIT),
  users: z.int().min(1).max(MAX_LIMIT),
  branches: z.int().min(1).max(MAX_LIMIT),
  staff: z.int().min(1).max(MAX_LIMIT),
  phone_numbers: z.int().min(0).max(MAX_LIMIT),
  calls_per_month: z.int().min(0).max(MAX_LIMIT),
});

const line = () => lineText(120);

/** Who writes the invoices. Everything is empty until the operator has filled it in. */
export const issuerProfile = z.object({
  legal_name: line(),
  street: line(),
  postal_code: lineText(20),
  city: line(),
  country: z
    .string()
    .regex(/^[A-Z]{2}$/)
    .meta({ example: 'DE' }),
  tax_number: lineText(40),
  vat_id: lineText(20).meta({ 'x-external-id': true }),
  /** null: not said yet */
  vat_rate_basis_points: z.int().min(0).max(10_000).nullable(),
  /** Kleinunternehmer (§ 19 UStG): no VAT is shown */
  small_business: z.boolean(),
});
export type IssuerProfile = z.infer<typeof issuerProfile>;

/** `value` of a percentage in basis points (500 = 5 %), of a fixed bonus in minor units. */
export const bonusTierSetting = z.object({
  id: z.string().regex(/^[a-z][a-z0-9_]{0,39}$/),
  name: lineText(40).min(1),
  from_cents: z.int().min(0).max(100_000_000),
  kind: z.enum(BONUS_KINDS),
  value: z.int().min(0).max(100_000_000),
});

const bonusTiers = z
  .array(bonusTierSetting)
  .max(MAX_TIERS)
  .refine((tiers) => new Set(tiers.map(({ id }) => id)).size === tiers.length, { error: 'each id once' })
  .refine((tiers) => tiers.every(({ kind, value }) => kind !== 'percentage' || value <= 10_000), {
    error: 'at most 10000 basis points',
  });

/** Where Retell calls us from, by its documentation of 2026-11. */
export const RETELL_ADDRESS = '100.20.5.228';
const MAX_ADDRESSES = 50;
const MAX_BLOCK_CHARS = 43;

/** From which addresses functions and webhooks of Retell are taken. */
export const retellSources = z.object({
  mode: z.enum(SOURCE_MODES),
  addresses: z
    .array(z.string().trim().max(MAX_BLOCK_CHARS).refine(isBlock, { error: 'an address or a block of addresses' }))
    .max(MAX_ADDRESSES)
    .meta({ example: [RETELL_ADDRESS], description: 'IPv4 or IPv6 addresses or CIDR blocks' }),
});
export type RetellSources = z.infer<typeof retellSources>;

interface Declared<S extends z.ZodType> {
  shape: S;
  /** until somebody has said otherwise */
  initial: z.output<S>;
  /** key of its words on the operator's page */
  text: `settings.${string}`;
}
const declared = <S extends z.ZodType>(text: Declared<S>['text'], shape: S, initial: z.output<S>): Declared<S> => ({
  shape,
  initial,
  text,
});

/** Every setting there is. */
export const SYSTEM_SETTINGS = {
  trial_days: declared('settings.trial_days', z.int().min(0).max(MAX_DAYS), 14),
  trial_bonus_cents: declared('settings.trial_bonus', z.int().min(0).max(MAX_BONUS_CENTS), 500),
  default_limits: declared('settings.limits', tenantLimits, {
    companies: 3,
    users: 25,
    branches: 25,
    staff: 200,
    phone_numbers: 20,
    calls_per_month: 10_000,
  }),
  issuer: declared('settings.issuer', issuerProfile, {
    legal_name: '',
    street: '',
    postal_code: '',
    city: '',
    country: 'DE',
    tax_number: '',
    vat_id: '',
    vat_rate_basis_points: null,
    small_business: false,
  }),
  /** what new terms begin with; a tenant's own stand in its ledger */
  bonus_tiers: declared('settings.bonus_tiers', bonusTiers, [
    { id: 'starter', name: 'Starter', from_cents: 10_000, kind: 'percentage', value: 500 },
    { id: 'pro', name: 'Pro', from_cents: 50_000, kind: 'percentage', value: 1_000 },
    { id: 'business', name: 'Business', from_cents: 100_000, kind: 'percentage', value: 1_500 },
  ]),
  signup_open: declared('settings.signup', z.boolean(), false),
  /** new passwords are compared with those known from leaks: five digits of a hash leave the instance for it */
  breached_passwords: declared('settings.passwords', z.boolean(), true),
  retell_sources: declared('settings.sources', retellSources, { mode: 'deployed', addresses: [RETELL_ADDRESS] }),
} as const;
export type SettingKey = keyof typeof SYSTEM_SETTINGS;
export const SETTING_KEYS = Object.keys(SYSTEM_SETTINGS) as SettingKey[];

const shapes = {
  trial_days: SYSTEM_SETTINGS.trial_days.shape,
  trial_bonus_cents: SYSTEM_SETTINGS.trial_bonus_cents.shape,
  default_limits: SYSTEM_SETTINGS.default_limits.shape,
  issuer: SYSTEM_SETTINGS.issuer.shape,
  bonus_tiers: SYSTEM_SETTINGS.bonus_tiers.shape,
  signup_open: SYSTEM_SETTINGS.signup_open.shape,
  breached_passwords: SYSTEM_SETTINGS.breached_passwords.shape,
  retell_sources: SYSTEM_SETTINGS.retell_sources.shape,
} satisfies { [K in SettingKey]: (typeof SYSTEM_SETTINGS)[K]['shape'] };

/** All settings as they hold now. */
export const systemSettingsValues = z.object(shapes);
export type SystemSettings = z.infer<typeof systemSettingsValues>;

export const systemSettingsView = systemSettingsValues.extend({
  /** goes up with every change; what `If-Match` names */
  version: z.int(),
  /** what the issuer's profile lacks before money may be taken in production */
  issuer_lacks: z.array(z.string()),
  /** requests to Retell's paths from other addresses within the last hour */
  refused_sources: z.object({
    count: z.int(),
    last_address: z.string().nullable(),
  }),
});
export type SystemSettingsView = z.infer<typeof systemSettingsView>;
export const systemSettingsResponse = itemOf(systemSettingsView);

/** What is left out stays, also inside `issuer` and `default_limits`. */
export const systemSettingsChange = systemSettingsValues
  .extend({
    default_limits: tenantLimits.partial(),
    issuer: issuerProfile.partial(),
    retell_sources: retellSources.partial(),
  })
  .partial();
export type SystemSettingsChange = z.infer<typeof systemSettingsChange>;
