/** How branches look in the panel: list, hours, people and rooms of one, form. */
import { lazy } from 'react';
import type { BranchView } from '../../../shared/contract/branches.ts';
import { countryName } from '../../ui/format.ts';
import { defineView, type Display, type Key } from '../kit/view.ts';
import { HOLIDAY_REGIONS, regionWord } from './regions.ts';
import { companyReference } from './references.ts';
import { exceptionsOf } from './exceptions-of.ts';
import { resourcesOf, servicesOf, staffOf } from './relations.ts';
import { activeColumn, activeState, changedColumn, RECORD_TEXTS, TABS, technical, yesNo } from './shared-parts.ts';

/** A card of one branch's page; the list needs none. */
const BranchWeek = lazy(async () => ({ default: (await import('./week-card.tsx')).BranchWeek }));

const COUNTRIES = ['DE', 'AT', 'CH', 'LI', 'LU', 'IT', 'FR', 'NL', 'BE', 'DK', 'PL', 'CZ', 'GB'];
const ZONES = Intl.supportedValuesOf('timeZone');

/** A metre on the ground is the fifth digit. */
const DEGREES = { maximumFractionDigits: 5 } as const;

const address: Display<BranchView> = {
  kind: 'text',
  of: ({ address: at }) => at && [at.street, `${at.postal_code} ${at.city}`.trim()].filter(Boolean).join(', '),
};
const phone: Display<BranchView> = { kind: 'phone', of: (row) => (row.phone === null ? [] : [row.phone]) };
const isMain: Display<BranchView> = { kind: 'text', of: (row, { t }) => (row.main ? t('branches.main') : null) };
const holidays: Display<BranchView> = {
  kind: 'text',
  of: (row, { t }) => {
    if (row.holiday_region === null) return t('branches.no_holidays');
    const word: Key | null = regionWord(row.holiday_region);
    return word === null ? row.holiday_region : t(word);
  },
};

export const branchesView = defineView<BranchView>({
  resource: 'branches',
  path: '/admin/branches',
  icon: 'house',
  permissions: {
    view: 'view_branches',
    create: 'create_branches',
    edit: 'edit_branches',
    delete: 'delete_branches',
    export: 'view_branches',
  },
  references: [companyReference],
  name: (row) => row.name,
  texts: {
    ...RECORD_TEXTS,
    title: 'branches.title',
    create: 'branches.create',
    new_title: 'branches.create',
    back: 'branches.back',
    empty_title: 'branches.empty_title',
    empty_hint: 'branches.empty_hint',
    forbidden: 'branches.forbidden',
  },
  first: { label: 'kit.name', sort: 'name' },
  columns: [
    { label: 'branches.address', show: address, place: 'under' },
    { label: 'branches.phone', show: phone },
    { label: 'branches.main', show: isMain, isWide: true },
    activeColumn,
    changedColumn,
  ],
  order: 'name',
  tabs: TABS,
  search: 'kit.search_name',
  filters: [],
  facts: [
    { label: 'branches.address', show: address },
    { label: 'branches.phone', show: phone },
    { label: 'branches.holiday_region', show: holidays },
    { label: 'kit.state', show: activeState },
  ],
  actions: [],
  main: [
    { kind: 'component', title: 'branches.hours', component: BranchWeek },
    staffOf({ title: 'branches.team', empty: 'branches.no_team' }),
    exceptionsOf('branch_id', { title: 'branches.exceptions', empty: 'branches.no_exceptions' }),
    resourcesOf({ title: 'branches.rooms', empty: 'branches.no_rooms' }),
    servicesOf('branch_id', { title: 'branches.services', empty: 'branches.no_services' }),
  ],
  side: [
    {
      kind: 'facts',
      title: 'branches.section.calendar',
      facts: [
        { label: 'branches.time_zone', show: { kind: 'text', of: (row) => row.time_zone } },
        {
          label: 'branches.country',
          show: { kind: 'text', of: (row, { language }) => countryName(row.country, language) },
        },
        {
          label: 'branches.closed_on_holidays',
          show: yesNo((row) => row.closed_on_holidays),
        },
        { label: 'branches.fill_short_gaps', show: yesNo((row) => row.fill_short_gaps) },
        { label: 'branches.main', show: yesNo((row) => row.main) },
      ],
    },
    {
      kind: 'facts',
      title: 'branches.section.way',
      facts: [
        { label: 'branches.transport_info', show: { kind: 'long_text', of: (row) => row.transport_info } },
        {
          label: 'branches.service_radius',
          show: {
            kind: 'text',
            of: (row, { t }) =>
              row.service_radius_km === null ? null : t('branches.radius_text', { km: row.service_radius_km }),
          },
        },
        {
          label: 'branches.coordinates',
          show: {
            kind: 'text',
            of: ({ coordinates: at }, { language }) =>
              at && [at.latitude, at.longitude].map((n) => n.toLocaleString(language, DEGREES)).join(' · '),
          },
        },
      ],
    },
    {
      kind: 'facts',
      title: 'branches.company',
      facts: [
        {
          label: 'branches.company',
          show: {
            kind: 'references',
            to: companyReference,
            of: (row) => (row.company_id === null ? [] : [row.company_id]),
          },
        },
      ],
    },
    technical(),
  ],
  form: [
    {
      title: 'branches.section.place',
      hint: 'branches.section.place_hint',
      fields: [
        { name: 'name', kind: 'text', label: 'kit.name', maxLength: 120, problem: 'kit.name_problem' },
        {
          name: 'company_id',
          kind: 'reference',
          label: 'branches.company',
          hint: 'branches.company_hint',
          to: companyReference,
          isHiddenAlone: true,
          problem: 'branches.company_problem',
        },
        { name: 'active', kind: 'flag', label: 'branches.active', hint: 'branches.active_hint' },
        { name: 'main', kind: 'flag', label: 'branches.main', hint: 'branches.main_hint' },
      ],
    },
    {
      title: 'branches.section.contact',
      hint: 'branches.section.contact_hint',
      fields: [
        {
          name: 'address',
          kind: 'parts',
          label: 'branches.address',
          problem: 'branches.address_problem',
          parts: [
            { name: 'street', label: 'branches.street', maxLength: 200 },
            { name: 'postal_code', label: 'branches.postal_code', maxLength: 20 },
            { name: 'city', label: 'branches.city', maxLength: 120 },
          ],
        },
        { name: 'phone', kind: 'text', label: 'branches.phone', maxLength: 32, autoComplete: 'tel' },
        { name: 'area_code', kind: 'text', label: 'branches.area_code', hint: 'branches.area_code_hint', maxLength: 8 },
      ],
    },
    {
      title: 'branches.section.way',
      hint: 'branches.section.way_hint',
      fields: [
        {
          name: 'transport_info',
          kind: 'area',
          label: 'branches.transport_info',
          hint: 'branches.transport_info_hint',
          maxLength: 500,
        },
        {
          name: 'service_radius_km',
          kind: 'number',
          label: 'branches.service_radius',
          hint: 'branches.service_radius_hint',
          unit: 'unit.km',
          problem: 'branches.service_radius_problem',
        },
        {
          name: 'coordinates',
          kind: 'parts',
          label: 'branches.coordinates',
          hint: 'branches.coordinates_hint',
          problem: 'branches.coordinates_problem',
          isDecimal: true,
          parts: [
            { name: 'latitude', label: 'branches.latitude', maxLength: 12 },
            { name: 'longitude', label: 'branches.longitude', maxLength: 12 },
          ],
        },
      ],
    },
    {
      title: 'branches.section.calendar',
      hint: 'branches.section.calendar_hint',
      fields: [
        {
          name: 'time_zone',
          kind: 'choice',
          label: 'branches.time_zone',
          options: ZONES.map((value) => ({ value, label: () => value.replaceAll('_', ' ') })),
          problem: 'kit.choose_problem',
        },
        {
          name: 'country',
          kind: 'choice',
          label: 'branches.country',
          options: COUNTRIES.map((value) => ({ value, label: ({ language }) => countryName(value, language) })),
          problem: 'kit.choose_problem',
        },
        {
          name: 'holiday_region',
          kind: 'choice',
          label: 'branches.holiday_region',
          options: [{ value: '', label: 'branches.no_holidays' }, ...HOLIDAY_REGIONS],
        },
        { name: 'closed_on_holidays', kind: 'flag', label: 'branches.closed_on_holidays' },
        {
          name: 'fill_short_gaps',
          kind: 'flag',
          label: 'branches.fill_short_gaps',
          hint: 'branches.fill_short_gaps_hint',
        },
      ],
    },
  ],
  start: ({ timeZone }) => ({
    active: true,
    main: false,
    closed_on_holidays: true,
    fill_short_gaps: true,
    time_zone: timeZone,
    country: COUNTRY_OF[timeZone] ?? 'DE',
  }),
});

/** Where a new branch most likely is: in the tenant's own zone. */
const COUNTRY_OF: Readonly<Record<string, string>> = {
  'Europe/Berlin': 'DE',
  'Europe/Vienna': 'AT',
  'Europe/Zurich': 'CH',
};
