/** How tenants look to those above them: to the operator all of them, to a reseller its customers. The same list, form and page, each under its own address. */
import { lazy } from 'react';
import type { TenantView } from '../../../shared/contract/tenants.ts';
import { COUNTRIES, type Country, OF_COUNTRY } from '../../../shared/countries.ts';
import { TENANT_STATUSES, type TenantStatus } from '../../../shared/tenant-status.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import { accountReason } from '../../ui/account-reason.ts';
import { countryName } from '../../ui/format.ts';
import type { Words } from '../admin-context.tsx';
import {
  defineView,
  type Display,
  type Draft,
  type Field,
  type Filter,
  reference,
  type Section,
  type View,
} from '../kit/view.ts';
import { ALL_TAB, RECORD_TEXTS } from '../setup/shared-parts.ts';

/** Cards of one tenant's page; the list needs none. */
const CommissionsCard = lazy(async () => ({ default: (await import('./commissions-card.tsx')).CommissionsCard }));
const ContractsCard = lazy(async () => ({ default: (await import('./contracts-card.tsx')).ContractsCard }));
const DomainsCard = lazy(async () => ({ default: (await import('./domains-card.tsx')).DomainsCard }));
const FactorResetCard = lazy(async () => ({ default: (await import('./factor-reset-card.tsx')).FactorResetCard }));
const SupportCard = lazy(async () => ({ default: (await import('./support-card.tsx')).SupportCard }));
const LimitsCard = lazy(async () => ({ default: (await import('./limits-card.tsx')).LimitsCard }));
const ParentCard = lazy(async () => ({ default: (await import('./parent-card.tsx')).ParentCard }));
const StatusSteps = lazy(async () => ({ default: (await import('./status-steps.tsx')).StatusSteps }));
const TransfersCard = lazy(async () => ({ default: (await import('./transfers-card.tsx')).TransfersCard }));
const VatCard = lazy(async () => ({ default: (await import('./vat-card.tsx')).VatCard }));

/** A tenant, and what only the form of a new one asks. */
export type TenantPageRow = TenantView & { owner?: { name: string; email: string } };

const LOOKS: Readonly<Record<TenantStatus, StatusLook>> = {
  trial: { tone: 'info', icon: 'clock' },
  active: { tone: 'success', icon: 'check' },
  past_due: { tone: 'warning', icon: 'warning' },
  suspended: { tone: 'danger', icon: 'cross' },
  closed: { tone: 'gray', icon: 'blank' },
};

const CURRENCIES = ['EUR', 'CHF', 'GBP', 'USD', 'DKK', 'PLN', 'CZK', 'SEK'];
const ZONES = Intl.supportedValuesOf('timeZone');
/** Whom the operator may hang a new business below. */
const resellerReference = reference<{ id: string; name: string }>({
  resource: 'tenants',
  filter: { type: 'reseller' },
  path: null,
  permission: 'view_tenants',
  name: (row) => row.name,
});

/** Plans of whoever signs in here. */
const planReference = reference<{ id: string; name: string; currency: string }>({
  resource: 'pricing-plans',
  path: null,
  permission: 'view_pricing_plans',
  name: (row) => `${row.name} (${row.currency})`,
});

type Row = TenantPageRow;
const status: Display<Row> = {
  kind: 'badge',
  of: (row) => ({ look: LOOKS[row.status], word: `tenants.status.${row.status}` }),
};
const plan: Display<Row> = {
  kind: 'references',
  to: planReference,
  of: (row) => (row.plan_id === null ? [] : [row.plan_id]),
  none: 'tenants.no_plan',
};
const country: Display<Row> = { kind: 'text', of: (row, { language }) => countryName(row.country, language) };
const type: Display<Row> = { kind: 'text', of: (row, { t }) => t(`tenants.type.${row.type}`) };
const parent: Display<Row> = { kind: 'text', of: (row, { t }) => row.parent_name ?? t('tenants.no_parent') };
const since: Display<Row> = { kind: 'instant', of: (row) => row.created_at };
const why: Display<Row> = { kind: 'text', of: (row, { t }) => accountReason(row.status_reason, t) };

const isNew = (_values: Draft, row: Row | null): boolean => row === null;
const isKnown = (_values: Draft, row: Row | null): boolean => row !== null;
const zones = ZONES.map((value) => ({ value, label: () => value.replaceAll('_', ' ') }));
const countries = COUNTRIES.map((value) => ({
  value,
  label: ({ language }: Words) => countryName(value, language),
}));

const nameFields = (isOperator: boolean): Field<Row>[] => [
  { name: 'name', kind: 'text', label: 'tenants.name', maxLength: 120, problem: 'kit.name_problem' },
  ...(isOperator
    ? [
        {
          name: 'type',
          kind: 'choice',
          label: 'tenants.type',
          options: [
            { value: 'business', label: 'tenants.type.business' },
            { value: 'reseller', label: 'tenants.type.reseller' },
          ],
          isShown: isNew,
        } satisfies Field<Row>,
        {
          name: 'parent_id',
          kind: 'reference',
          label: 'tenants.parent',
          to: resellerReference,
          none: 'tenants.no_parent',
          isShown: (values, row) => row === null && values['type'] !== 'reseller',
        } satisfies Field<Row>,
      ]
    : []),
];

const moneyFields: Field<Row>[] = [
  { name: 'country', kind: 'choice', label: 'branches.country', options: countries, problem: 'kit.choose_problem' },
  { name: 'time_zone', kind: 'choice', label: 'branches.time_zone', options: zones, problem: 'kit.choose_problem' },
  {
    name: 'currency',
    kind: 'choice',
    label: 'tenants.currency',
    hint: 'tenants.currency_hint',
    options: CURRENCIES.map((value) => ({ value, label: () => value })),
    isShown: isNew,
  },
  {
    name: 'language',
    kind: 'choice',
    label: 'tenants.language',
    options: [
      { value: 'de', label: 'language.de' },
      { value: 'en', label: 'language.en' },
    ],
  },
  {
    name: 'plan_id',
    kind: 'reference',
    label: 'tenants.plan',
    hint: 'tenants.plan_hint',
    to: planReference,
    none: 'tenants.no_plan',
  },
];

const ownerFields: Field<Row>[] = [
  {
    name: 'owner',
    kind: 'parts',
    label: 'tenants.owner',
    hint: 'tenants.owner_hint',
    problem: 'tenants.owner_problem',
    parts: [
      { name: 'name', label: 'tenants.owner_name', maxLength: 120 },
      { name: 'email', label: 'tenants.owner_email', maxLength: 254 },
    ],
    isShown: isNew,
  },
];

const lawFields: Field<Row>[] = [
  {
    name: 'legal',
    kind: 'parts',
    label: 'tenants.legal',
    isShown: isKnown,
    parts: [
      { name: 'company_name', label: 'tenants.company_name', maxLength: 120, isOptional: true },
      { name: 'street', label: 'branches.street', maxLength: 200, isOptional: true },
      { name: 'postal_code', label: 'branches.postal_code', maxLength: 20, isOptional: true },
      { name: 'city', label: 'branches.city', maxLength: 120, isOptional: true },
      { name: 'tax_number', label: 'tenants.tax_number', maxLength: 40, isOptional: true },
      { name: 'register', label: 'tenants.register', maxLength: 120, isOptional: true },
    ],
  },
  { name: 'vat_id', kind: 'text', label: 'tenants.vat_id', hint: 'tenants.vat_id_hint', maxLength: 20 },
];

const brandFields: Field<Row>[] = [
  {
    name: 'brand',
    kind: 'parts',
    label: 'tenants.brand',
    hint: 'tenants.brand_hint',
    problem: 'tenants.brand_problem',
    isShown: isKnown,
    parts: [
      { name: 'product_name', label: 'tenants.product_name', maxLength: 40 },
      { name: 'color', label: 'tenants.color', maxLength: 7, isOptional: true },
      { name: 'support_email', label: 'tenants.support_email', maxLength: 254, isOptional: true },
      { name: 'support_phone', label: 'tenants.support_phone', maxLength: 32, isOptional: true },
    ],
  },
];

/** A row of the list is drawn until the whole record is there, and has none. */
const legalOf = (row: Partial<Pick<Row, 'legal'>>): Row['legal'] => row.legal ?? {};
const addressOf = (legal: Row['legal']): string | null =>
  [legal.street, `${legal.postal_code ?? ''} ${legal.city ?? ''}`.trim()].filter(Boolean).join(', ') || null;

const TYPE_FILTER: Filter = {
  name: 'type',
  label: 'tenants.type',
  options: [
    { value: 'business', label: 'tenants.type.business' },
    { value: 'reseller', label: 'tenants.type.reseller' },
  ],
};

function viewFor(isOperator: boolean): View<Row> {
  return defineView<Row>({
    resource: 'tenants',
    path: isOperator ? '/admin/tenants' : '/reseller/customers',
    icon: 'house',
    permissions: { view: 'view_tenants', create: 'create_tenants', edit: 'edit_tenants' },
    references: isOperator ? [planReference, resellerReference] : [planReference],
    name: (row) => row.name,
    texts: {
      ...RECORD_TEXTS,
      title: isOperator ? 'tenants.title' : 'tenants.customers',
      create: isOperator ? 'tenants.create' : 'tenants.create_customer',
      new_title: isOperator ? 'tenants.create' : 'tenants.create_customer',
      back: isOperator ? 'tenants.back' : 'tenants.back_customers',
      empty_title: isOperator ? 'tenants.empty_title' : 'tenants.empty_customers',
      empty_hint: isOperator ? 'tenants.empty_hint' : 'tenants.empty_customers_hint',
      forbidden: 'tenants.forbidden',
    },
    first: { label: 'tenants.name' },
    columns: isOperator
      ? [
          { label: 'tenants.type', show: type, place: 'under' },
          { label: 'tenants.parent', show: parent, isWide: true },
          { label: 'tenants.plan', show: plan, isWide: true },
          { label: 'tenants.status', show: status, place: 'aside' },
          { label: 'tenants.since', show: since, place: 'end' },
        ]
      : [
          { label: 'branches.country', show: country, place: 'under' },
          { label: 'tenants.plan', show: plan },
          { label: 'tenants.status', show: status, place: 'aside' },
          { label: 'tenants.since', show: since, place: 'end' },
        ],
    order: '-created_at',
    tabs: [ALL_TAB],
    search: 'kit.search_name',
    filters: [
      {
        name: 'status',
        label: 'tenants.status',
        options: TENANT_STATUSES.map((value) => ({ value, label: `tenants.status.${value}` as const })),
      },
      ...(isOperator ? [TYPE_FILTER] : []),
    ],
    facts: [
      { label: 'tenants.status', show: status },
      { label: 'tenants.plan', show: plan },
      { label: 'tenants.trial_ends_at', show: { kind: 'instant', of: (row) => row.trial_ends_at } },
      { label: 'tenants.since', show: since },
    ],
    actions: [],
    main: [
      { kind: 'component', title: 'tenants.what_next', component: StatusSteps },
      {
        kind: 'facts',
        title: 'tenants.legal',
        facts: [
          { label: 'tenants.company_name', show: { kind: 'text', of: (row) => legalOf(row).company_name ?? null } },
          { label: 'branches.address', show: { kind: 'text', of: (row) => addressOf(legalOf(row)) } },
          { label: 'tenants.tax_number', show: { kind: 'text', of: (row) => legalOf(row).tax_number ?? null } },
          { label: 'tenants.register', show: { kind: 'text', of: (row) => legalOf(row).register ?? null } },
        ],
      },
      { kind: 'component', title: 'tenants.vat', component: VatCard },
      { kind: 'component', title: 'tenants.limits', component: LimitsCard },
      ...(isOperator
        ? [
            {
              kind: 'component' as const,
              title: 'tenants.parent' as const,
              component: ParentCard,
              isShown: (row: Row) => row.type === 'business',
            },
          ]
        : []),
      ...(isOperator
        ? []
        : [
            {
              kind: 'component' as const,
              title: 'tenants.transfers' as const,
              component: TransfersCard,
              permission: 'view_transfers' as const,
            },
          ]),
      {
        kind: 'component',
        title: 'tenants.commissions',
        component: CommissionsCard,
        permission: 'view_commissions',
        isShown: (row) => row.type === 'business' && row.parent_id !== null,
      },
      { kind: 'component', title: 'tenants.contracts', component: ContractsCard },
      { kind: 'component', title: 'tenants.domains', component: DomainsCard, permission: 'view_domains' },
      { kind: 'component', title: 'tenants.reset', component: FactorResetCard },
      ...(isOperator
        ? [
            {
              kind: 'component',
              title: 'tenants.support',
              component: SupportCard,
              permission: 'impersonate_users',
            } satisfies Section<Row>,
          ]
        : []),
    ],
    side: [
      {
        kind: 'facts',
        title: 'tenants.about',
        facts: [
          { label: 'tenants.reason', show: why },
          ...(isOperator ? [{ label: 'tenants.parent' as const, show: parent }] : []),
          { label: 'branches.country', show: country },
          { label: 'branches.time_zone', show: { kind: 'text', of: (row) => row.time_zone } },
          { label: 'tenants.currency', show: { kind: 'text', of: (row) => row.currency } },
        ],
      },
      {
        kind: 'facts',
        title: 'tenants.brand',
        facts: [
          { label: 'tenants.product_name', show: { kind: 'text', of: ({ brand }) => brand?.product_name ?? null } },
          { label: 'tenants.color', show: { kind: 'colour', of: ({ brand }) => brand?.color ?? null } },
          { label: 'tenants.support_email', show: { kind: 'email', of: ({ brand }) => brand?.support_email ?? null } },
        ],
      },
      {
        kind: 'facts',
        title: 'kit.technical',
        isFolded: true,
        facts: [
          { label: 'appointment.id', show: { kind: 'id', of: (row) => row.id } },
          { label: 'tenants.slug', show: { kind: 'text', of: (row) => row.slug } },
        ],
      },
    ],
    form: [
      {
        title: 'tenants.section.business',
        hint: 'tenants.section.business_hint',
        fields: [...nameFields(isOperator), ...ownerFields],
      },
      { title: 'tenants.section.money', hint: 'tenants.section.money_hint', fields: moneyFields },
      { title: 'tenants.section.law', hint: 'tenants.section.law_hint', fields: [...lawFields, ...brandFields] },
    ],
    start: () => ({ type: 'business', country: 'DE', ...OF_COUNTRY['DE'], language: 'de' }),
    // Only of a new one: a tenant that moves to another country keeps its clock and its money.
    follow: (name, values): Draft => {
      const goesWith =
        name === 'country' && 'owner' in values ? OF_COUNTRY[String(values['country']) as Country] : undefined;
      return goesWith === undefined ? {} : { ...goesWith };
    },
  });
}

export const tenantsView = viewFor(true);
export const customersOfResellerView = viewFor(false);
