/** How pricing plans look in the panel: list, prices, form. Amounts come in millionths, because a tenth of a cent must be sayable. */
import type { PricingPlan } from '../../../shared/contract/pricing-plans.ts';
import {
  BILLABLE_SOURCES,
  BILLING_INCREMENTS,
  MICROS_PER_UNIT,
  PRICING_MODELS,
  REFUND_ON_CANCEL,
  UNIT_TYPES,
} from '../../../shared/pricing-plans.ts';
import type { Words } from '../admin-context.tsx';
import { type Display, type Draft, defineView, type Field } from '../kit/view.ts';
import { ALL_TAB, RECORD_TEXTS } from '../setup/shared-parts.ts';

/** "0,15 €", "0,001 €": as many digits as the price has. */
const priceText = (micros: number, currency: string, language: string): string =>
  new Intl.NumberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: 2,
    maximumFractionDigits: 6,
  }).format(micros / MICROS_PER_UNIT);

const price = (of: (row: PricingPlan) => number): Display<PricingPlan> => ({
  kind: 'text',
  of: (row, { language }) => priceText(of(row), row.currency, language),
});
const count = (of: (row: PricingPlan) => number): Display<PricingPlan> => ({
  kind: 'text',
  of: (row, { language }) => of(row).toLocaleString(language),
});
const model: Display<PricingPlan> = { kind: 'text', of: (row, { t }) => t(`plans.model.${row.model}`) };
const updated: Display<PricingPlan> = { kind: 'instant', of: (row) => row.updated_at };

/** "SMS 0,08 €, Speicher je MB 0,001 € (1.000 inklusive)" is too long for a fact: one fact a thing. */
const unit = (type: (typeof UNIT_TYPES)[number]): Display<PricingPlan> => ({
  kind: 'text',
  of: (row, { language }) => {
    const micros = row.unit_prices_micros[type];
    const included = row.included_units[type];
    if (micros === undefined && included === undefined) return null;
    const text = priceText(micros ?? 0, row.currency, language);
    return included === undefined ? text : `${text} (${included.toLocaleString(language)} +)`;
  },
});

const isModel =
  (...models: readonly PricingPlan['model'][]) =>
  ({ model: chosen }: Draft): boolean =>
    models.some((one) => one === chosen);

const priced = (name: keyof PricingPlan & string, label: Field<PricingPlan>['label']) =>
  ({
    name,
    kind: 'number',
    label,
    factor: MICROS_PER_UNIT,
    problem: 'plans.price_problem',
  }) as const;
const counted = (name: keyof PricingPlan & string, label: Field<PricingPlan>['label']) =>
  ({ name, kind: 'number', label, problem: 'kit.whole_number' }) as const;
const unitParts = UNIT_TYPES.map(
  (type) => ({ name: type, label: `plans.unit.${type}`, maxLength: 12, isOptional: true }) as const,
);
const sources = ({ billable_sources: of }: PricingPlan, { t }: Words): string =>
  of.length === 0 ? t('plans.no_sources') : of.map((source) => t(`source.${source}`)).join(', ');

export const plansView = defineView<PricingPlan>({
  resource: 'pricing-plans',
  path: '/admin/plans',
  icon: 'receipt',
  permissions: {
    view: 'view_pricing_plans',
    create: 'create_pricing_plans',
    edit: 'edit_pricing_plans',
    delete: 'delete_pricing_plans',
  },
  name: (row) => row.name,
  texts: {
    ...RECORD_TEXTS,
    title: 'plans.title',
    create: 'plans.create',
    new_title: 'plans.create',
    back: 'plans.back',
    empty_title: 'plans.empty_title',
    empty_hint: 'plans.empty_hint',
    forbidden: 'plans.forbidden',
    deleted: 'plans.archived',
    remove: 'plans.archive',
  },
  first: { label: 'kit.name', sort: 'name' },
  columns: [
    { label: 'plans.model', show: model, place: 'under' },
    { label: 'plans.base_fee', show: price((row) => row.base_fee_micros), place: 'end' },
    { label: 'plans.price_per_minute', show: price((row) => row.price_per_minute_micros) },
    { label: 'plans.price_per_appointment', show: price((row) => row.price_per_appointment_micros), isWide: true },
    { label: 'plans.updated_at', show: updated, isWide: true },
  ],
  order: 'name',
  tabs: [ALL_TAB, { name: 'archived', label: 'plans.tab.archived', filter: { deleted: 'true' } }],
  search: 'kit.search_name',
  filters: [],
  facts: [
    { label: 'plans.model', show: model },
    { label: 'plans.base_fee', show: price((row) => row.base_fee_micros) },
    { label: 'plans.price_per_minute', show: price((row) => row.price_per_minute_micros) },
    { label: 'plans.price_per_appointment', show: price((row) => row.price_per_appointment_micros) },
  ],
  actions: [],
  main: [
    {
      kind: 'facts',
      title: 'plans.section.calls',
      facts: [
        { label: 'plans.included_minutes', show: count((row) => row.included_minutes) },
        {
          label: 'plans.increment',
          show: { kind: 'text', of: (row, { t }) => t(`plans.increment.${row.billing_increment_seconds}`) },
        },
        {
          label: 'plans.minimum',
          show: { kind: 'text', of: (row, { t }) => `${row.minimum_seconds} ${t('plans.seconds')}` },
        },
        {
          label: 'plans.free_below',
          show: { kind: 'text', of: (row, { t }) => `${row.free_below_seconds} ${t('plans.seconds')}` },
        },
      ],
    },
    {
      kind: 'facts',
      title: 'plans.section.appointments',
      facts: [
        { label: 'plans.included_appointments', show: count((row) => row.included_appointments) },
        { label: 'plans.sources', show: { kind: 'text', of: sources } },
        {
          label: 'plans.refund',
          show: { kind: 'text', of: (row, { t }) => t(`plans.refund.${row.refund_on_cancel}`) },
        },
      ],
    },
    {
      kind: 'facts',
      title: 'plans.section.units',
      facts: UNIT_TYPES.map((type) => ({ label: `plans.unit.${type}` as const, show: unit(type) })),
    },
  ],
  side: [
    {
      kind: 'facts',
      title: 'kit.technical',
      isFolded: true,
      facts: [
        { label: 'appointment.id', show: { kind: 'id', of: (row) => row.id } },
        { label: 'plans.updated_at', show: updated },
      ],
    },
  ],
  form: [
    {
      title: 'plans.section.name',
      hint: 'plans.section.name_hint',
      fields: [
        { name: 'name', kind: 'text', label: 'kit.name', maxLength: 60, problem: 'kit.name_problem' },
        {
          name: 'model',
          kind: 'choice',
          label: 'plans.model',
          options: PRICING_MODELS.map((value) => ({ value, label: `plans.model.${value}` })),
        },
        {
          name: 'currency',
          kind: 'text',
          label: 'plans.currency',
          hint: 'plans.currency_hint',
          problem: 'plans.currency_problem',
          maxLength: 3,
          isShown: (_values, row) => row === null,
        },
      ],
    },
    {
      title: 'plans.section.prices',
      hint: 'plans.section.prices_hint',
      fields: [
        priced('base_fee_micros', 'plans.base_fee'),
        {
          ...priced('price_per_minute_micros', 'plans.price_per_minute'),
          isShown: isModel('per_minute', 'package', 'combined'),
        },
        {
          ...counted('included_minutes', 'plans.included_minutes'),
          unit: 'unit.minutes',
          isShown: isModel('per_minute', 'package', 'combined'),
        },
        {
          ...priced('price_per_appointment_micros', 'plans.price_per_appointment'),
          isShown: isModel('per_appointment', 'package', 'combined'),
        },
        { ...counted('included_appointments', 'plans.included_appointments'), isShown: isModel('package') },
      ],
    },
    {
      title: 'plans.section.calls',
      hint: 'plans.section.calls_hint',
      fields: [
        {
          name: 'billing_increment_seconds',
          kind: 'choice',
          label: 'plans.increment',
          isNumber: true,
          options: BILLING_INCREMENTS.map((value) => ({ value: String(value), label: `plans.increment.${value}` })),
        },
        { ...counted('minimum_seconds', 'plans.minimum'), unit: 'plans.seconds' },
        { ...counted('free_below_seconds', 'plans.free_below'), hint: 'plans.free_below_hint', unit: 'plans.seconds' },
      ],
    },
    {
      title: 'plans.section.appointments',
      hint: 'plans.section.appointments_hint',
      fields: [
        {
          name: 'billable_sources',
          kind: 'choices',
          label: 'plans.sources',
          hint: 'plans.sources_hint',
          options: BILLABLE_SOURCES.map((value) => ({ value, label: `source.${value}` })),
        },
        {
          name: 'refund_on_cancel',
          kind: 'choice',
          label: 'plans.refund',
          options: REFUND_ON_CANCEL.map((value) => ({ value, label: `plans.refund.${value}` })),
        },
      ],
    },
    {
      title: 'plans.section.units',
      hint: 'plans.section.units_hint',
      fields: [
        {
          name: 'unit_prices_micros',
          kind: 'parts',
          label: 'plans.unit_prices',
          problem: 'plans.price_problem',
          factor: MICROS_PER_UNIT,
          parts: unitParts,
        },
        {
          name: 'included_units',
          kind: 'parts',
          label: 'plans.included_units',
          problem: 'kit.whole_number',
          factor: 1,
          parts: unitParts,
        },
      ],
    },
  ],
  start: ({ currency }) => ({
    model: 'per_minute',
    currency,
    base_fee_micros: '0',
    price_per_minute_micros: '0',
    included_minutes: '0',
    price_per_appointment_micros: '0',
    included_appointments: '0',
    billing_increment_seconds: '1',
    minimum_seconds: '0',
    free_below_seconds: '0',
    billable_sources: [...BILLABLE_SOURCES],
    refund_on_cancel: 'before_notice',
  }),
});
