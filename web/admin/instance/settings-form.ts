/** Pure: settings of the instance as one flat record that the kit's form fills in, and back as the request. Called by the page. */
import type { SystemSettingsView } from '../../../shared/contract/settings.ts';
import { SOURCE_MODES } from '../../../shared/source-modes.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import type { Field, FormSection, KitRow } from '../kit/view.ts';

/** Member of the form → where it stands in the settings. */
const PLACES = {
  legal_name: ['issuer', 'legal_name'],
  street: ['issuer', 'street'],
  postal_code: ['issuer', 'postal_code'],
  city: ['issuer', 'city'],
  country: ['issuer', 'country'],
  tax_number: ['issuer', 'tax_number'],
  vat_id: ['issuer', 'vat_id'],
  vat_rate: ['issuer', 'vat_rate_basis_points'],
  small_business: ['issuer', 'small_business'],
  trial_days: ['trial_days'],
  trial_bonus_cents: ['trial_bonus_cents'],
  limit_companies: ['default_limits', 'companies'],
  limit_users: ['default_limits', 'users'],
  limit_branches: ['default_limits', 'branches'],
  limit_staff: ['default_limits', 'staff'],
  limit_numbers: ['default_limits', 'phone_numbers'],
  limit_calls: ['default_limits', 'calls_per_month'],
  signup_open: ['signup_open'],
  breached_passwords: ['breached_passwords'],
  sources_mode: ['retell_sources', 'mode'],
  source_addresses: ['retell_sources', 'addresses'],
} as const satisfies Record<string, readonly [keyof SystemSettingsView, string?]>;
type Member = keyof typeof PLACES;
const MEMBERS = Object.keys(PLACES) as Member[];

/** The settings as the form reads them; `currency` is that of the bonus. */
export type SettingsRow = KitRow &
  Record<Member, unknown> & {
    currency: string;
    lacks: readonly string[];
    refused: SystemSettingsView['refused_sources'];
    tiers: SystemSettingsView['bonus_tiers'];
  };

const at = (settings: SystemSettingsView, [first, second]: readonly [keyof SystemSettingsView, string?]): unknown => {
  const value: unknown = settings[first];
  return second === undefined ? value : (value as Readonly<Record<string, unknown>>)[second];
};

export const rowOf = (settings: SystemSettingsView, currency: string): SettingsRow => ({
  ...(Object.fromEntries(MEMBERS.map((name) => [name, at(settings, PLACES[name])])) as Record<Member, unknown>),
  id: 'settings',
  version: settings.version,
  currency,
  lacks: settings.issuer_lacks,
  refused: settings.refused_sources,
  tiers: settings.bonus_tiers,
});

/** Texts are empty rather than missing; only the rate may be nothing. */
const isText = (name: Member): boolean => PLACES[name][0] === 'issuer' && name !== 'vat_rate';

/** What the form sends, as the request nests it. */
export function requestOf(body: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const request: Record<string, unknown> = {};
  for (const name of MEMBERS) {
    if (body[name] === undefined) continue;
    const [first, second] = PLACES[name];
    const value = body[name] === null && isText(name) ? '' : body[name];
    if (second === undefined) request[first] = value;
    else request[first] = { ...(request[first] as object | undefined), [second]: value };
  }
  return request;
}

/** A refusal by the form's own names. */
export const byMember = (fault: ApiFault): ApiFault => ({
  ...fault,
  errors: Object.fromEntries(
    Object.entries(fault.errors).map(([path, texts]) => [
      MEMBERS.find((name) => PLACES[name].join('.') === path) ?? path,
      texts,
    ]),
  ),
});

const line = (name: Member, label: Field<SettingsRow>['label'], maxLength: number, autoComplete?: string) =>
  ({ name, kind: 'text', label, maxLength, ...(autoComplete !== undefined && { autoComplete }) }) as const;
const limit = (name: Member, label: Field<SettingsRow>['label']) =>
  ({ name, kind: 'number', label, problem: 'settings.limit_problem' }) as const;

export const SETTINGS_FORM: readonly FormSection<SettingsRow>[] = [
  {
    title: 'settings.issuer',
    hint: 'settings.issuer_hint',
    fields: [
      line('legal_name', 'settings.legal_name', 120, 'organization'),
      line('street', 'settings.street', 120, 'street-address'),
      line('postal_code', 'settings.postal_code', 20, 'postal-code'),
      line('city', 'settings.city', 120, 'address-level2'),
      {
        name: 'country',
        kind: 'choice',
        label: 'settings.country',
        options: (['DE', 'AT', 'CH'] as const).map((value) => ({ value, label: `settings.country.${value}` as const })),
      },
      line('tax_number', 'settings.tax_number', 40),
      { ...line('vat_id', 'settings.vat_id', 20), hint: 'settings.vat_id_hint' },
      {
        name: 'small_business',
        kind: 'flag',
        label: 'settings.small_business',
        hint: 'settings.small_business_hint',
      },
      {
        name: 'vat_rate',
        kind: 'number',
        label: 'settings.vat_rate',
        unit: 'settings.percent',
        factor: 100,
        problem: 'settings.vat_rate_problem',
        isShown: (values) => values['small_business'] !== true,
      },
    ],
  },
  {
    title: 'settings.trial',
    hint: 'settings.trial_hint',
    fields: [
      {
        name: 'trial_days',
        kind: 'number',
        label: 'settings.trial_days',
        unit: 'unit.days',
        problem: 'settings.trial_days_problem',
      },
      { name: 'trial_bonus_cents', kind: 'money', label: 'settings.trial_bonus', problem: 'settings.bonus_problem' },
    ],
  },
  {
    title: 'settings.limits',
    hint: 'settings.limits_hint',
    fields: [
      limit('limit_companies', 'settings.limit_companies'),
      limit('limit_users', 'settings.limit_users'),
      limit('limit_branches', 'settings.limit_branches'),
      limit('limit_staff', 'settings.limit_staff'),
      limit('limit_numbers', 'settings.limit_numbers'),
      limit('limit_calls', 'settings.limit_calls'),
    ],
  },
  {
    title: 'settings.signup',
    hint: 'settings.signup_hint',
    fields: [{ name: 'signup_open', kind: 'flag', label: 'settings.signup_open' }],
  },
  {
    title: 'settings.passwords',
    hint: 'settings.passwords_hint',
    fields: [{ name: 'breached_passwords', kind: 'flag', label: 'settings.breached_passwords' }],
  },
  {
    title: 'settings.sources',
    hint: 'settings.sources_hint',
    fields: [
      {
        name: 'sources_mode',
        kind: 'choice',
        label: 'settings.sources_mode',
        options: SOURCE_MODES.map((value) => ({ value, label: `settings.sources_mode.${value}` as const })),
      },
      {
        name: 'source_addresses',
        kind: 'lines',
        label: 'settings.sources_addresses',
        read: (row) => [...((row['source_addresses'] as readonly string[] | undefined) ?? [])],
        max: 50,
        add: 'settings.sources_add',
        remove: 'settings.sources_remove',
        inputMode: 'text',
        problem: 'settings.sources_problem',
      },
    ],
  },
];
