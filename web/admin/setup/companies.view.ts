/** How companies look in the panel: list, settings in groups, branches, form. */
import type { CompanyView } from '../../../shared/contract/companies.ts';
import { CALLBACK_DUE_HOURS } from '../../../shared/calendar-limits.ts';
import { RETENTION } from '../../../shared/retention.ts';
import { GREETINGS, IDENTITY_MODES } from '../../../shared/schedule-sets.ts';
import { countryName, languageName } from '../../ui/format.ts';
import type { Words } from '../admin-context.tsx';
import { defineView, type Display, type Draft } from '../kit/view.ts';
import { branchesOf } from './relations.ts';
import { ALL_TAB, RECORD_TEXTS, yesNo, SPOKEN } from './shared-parts.ts';

/** Where our customers send texts to; another one that is stored already stays. */
const SMS_COUNTRIES = ['DE', 'AT', 'CH', 'LI', 'LU', 'IT', 'FR', 'NL', 'BE', 'DK', 'PL', 'CZ', 'ES', 'SE', 'GB', 'TR'];

type Row = CompanyView;
const country = ({ language }: Words, code: string): string => countryName(code, language);
const countries = (values: readonly string[]) =>
  values.map((value) => ({ value, label: (words: Words) => country(words, value) }));

const state: Display<Row> = {
  kind: 'badge',
  of: ({ archived, version }) =>
    archived
      ? { look: { tone: 'gray', icon: 'cross' }, word: 'companies.state.archived' }
      : version === 0
        ? { look: { tone: 'info', icon: 'sliders' }, word: 'companies.state.unsaved' }
        : { look: { tone: 'success', icon: 'check' }, word: 'kit.active' },
};
const branches: Display<Row> = {
  kind: 'text',
  of: (row, { t }) => t('companies.branch_count', { count: row.branches }),
};
const identity: Display<Row> = { kind: 'text', of: (row, { t }) => t(`companies.identity.${row.identity}`) };
const greeting: Display<Row> = { kind: 'text', of: (row, { t }) => t(`companies.greeting.${row.greeting}`) };
const legalName: Display<Row> = { kind: 'text', of: (row) => row.legal_name };
const languages: Display<Row> = {
  kind: 'text',
  of: (row, { language }) => row.languages.map((code) => languageName(code, language)).join(', ') || null,
};
const days = (of: (row: Row) => number): Display<Row> => ({
  kind: 'text',
  of: (row, { t }) => t('companies.days', { count: of(row) }),
});

const quietNight: Display<Row> = {
  kind: 'text',
  of: ({ quiet_from: from, quiet_to: to }, { t }) =>
    from === to ? t('companies.quiet_none') : t('companies.quiet_span', { from, to }),
};

/** Practice mode decides who is trusted and how they are greeted. */
const isNoPractice = ({ practice_mode: practice }: Draft): boolean => practice !== true;

export const companiesView = defineView<Row>({
  resource: 'companies',
  path: '/admin/companies',
  icon: 'house',
  permissions: {
    view: 'view_companies',
    create: 'create_companies',
    edit: 'edit_companies',
    delete: 'delete_companies',
  },
  name: (row) => row.name,
  texts: {
    ...RECORD_TEXTS,
    deleted: 'companies.removed',
    remove: 'companies.remove',
    title: 'companies.title',
    create: 'companies.create',
    new_title: 'companies.create',
    back: 'companies.back',
    empty_title: 'companies.empty_title',
    empty_hint: 'companies.empty_hint',
    forbidden: 'companies.forbidden',
  },
  first: { label: 'kit.name', sort: 'name' },
  columns: [
    { label: 'companies.branches', show: branches, place: 'under' },
    { label: 'companies.legal_name', show: legalName, isWide: true },
    { label: 'companies.identity', show: identity, isWide: true },
    { label: 'kit.state', show: state, place: 'aside' },
  ],
  order: 'name',
  tabs: [ALL_TAB, { name: 'deleted', label: 'companies.tab.deleted', filter: { deleted: 'true' } }],
  search: 'kit.search_name',
  filters: [],
  facts: [
    { label: 'companies.legal_name', show: legalName },
    { label: 'companies.branches', show: branches },
    { label: 'companies.languages', show: languages },
    { label: 'kit.state', show: state },
  ],
  actions: [],
  main: [
    {
      kind: 'facts',
      title: 'companies.section.phone',
      facts: [
        { label: 'companies.practice_mode', show: yesNo((row) => row.practice_mode) },
        { label: 'companies.identity', show: identity },
        { label: 'companies.greeting', show: greeting },
        {
          label: 'companies.forwarding_numbers',
          show: { kind: 'phone', of: (row) => row.forwarding_numbers },
        },
        {
          label: 'companies.callback_due_hours',
          show: { kind: 'text', of: (row, { t }) => t('companies.opening_hours', { count: row.callback_due_hours }) },
        },
      ],
    },
    {
      kind: 'facts',
      title: 'companies.section.messages',
      facts: [
        {
          label: 'companies.sms_countries',
          show: {
            kind: 'text',
            of: (row, words) =>
              row.sms_countries.map((code) => country(words, code)).join(', ') || words.t('companies.no_countries'),
          },
        },
      ],
    },
    {
      kind: 'facts',
      title: 'companies.section.quiet',
      facts: [
        { label: 'companies.quiet_night', show: quietNight },
        { label: 'companies.quiet_sundays', show: yesNo((row) => row.quiet_sundays) },
        { label: 'companies.quiet_holidays', show: yesNo((row) => row.quiet_holidays) },
      ],
    },
    {
      kind: 'facts',
      title: 'companies.section.retention',
      facts: [
        { label: 'companies.transcript_days', show: days((row) => row.transcript_days) },
        { label: 'companies.recording_days', show: days((row) => row.recording_days) },
        { label: 'companies.message_days', show: days((row) => row.message_days) },
        { label: 'companies.webhook_days', show: days((row) => row.webhook_days) },
        { label: 'companies.activity_days', show: days((row) => row.activity_days) },
      ],
    },
    branchesOf({ title: 'companies.branches', empty: 'companies.no_branches' }),
  ],
  side: [
    {
      kind: 'facts',
      title: 'companies.section.legal',
      facts: [
        { label: 'companies.legal_name', show: legalName },
        {
          label: 'companies.legal_address',
          show: {
            kind: 'text',
            of: ({ legal_address: at }) =>
              at && [at.street, `${at.postal_code} ${at.city}`.trim()].filter(Boolean).join(', '),
          },
        },
        {
          label: 'companies.legal_country',
          show: { kind: 'text', of: (row, words) => row.legal_country && country(words, row.legal_country) },
        },
        { label: 'companies.vat_id', show: { kind: 'text', of: (row) => row.vat_id } },
        { label: 'companies.tax_number', show: { kind: 'text', of: (row) => row.tax_number } },
        { label: 'companies.register', show: { kind: 'text', of: (row) => row.register } },
      ],
    },
    {
      kind: 'facts',
      title: 'kit.technical',
      isFolded: true,
      facts: [
        { label: 'appointment.id', show: { kind: 'id', of: (row) => row.id } },
        { label: 'companies.calcom_team', show: { kind: 'text', of: (row) => row.calcom_team_id } },
        { label: 'kit.changed', show: { kind: 'instant', of: (row) => row.updated_at } },
      ],
    },
  ],
  form: [
    {
      title: 'companies.section.name',
      hint: 'companies.section.name_hint',
      fields: [
        { name: 'name', kind: 'text', label: 'kit.name', maxLength: 120, problem: 'kit.name_problem' },
        {
          name: 'languages',
          kind: 'choices',
          label: 'companies.languages',
          hint: 'companies.languages_hint',
          options: SPOKEN.map((value) => ({ value, label: ({ language }) => languageName(value, language) })),
        },
      ],
    },
    {
      title: 'companies.section.legal',
      hint: 'companies.section.legal_hint',
      fields: [
        { name: 'legal_name', kind: 'text', label: 'companies.legal_name', maxLength: 200 },
        {
          name: 'legal_address',
          kind: 'parts',
          label: 'companies.legal_address',
          problem: 'branches.address_problem',
          parts: [
            { name: 'street', label: 'branches.street', maxLength: 200 },
            { name: 'postal_code', label: 'branches.postal_code', maxLength: 20 },
            { name: 'city', label: 'branches.city', maxLength: 120 },
          ],
        },
        {
          name: 'legal_country',
          kind: 'choice',
          label: 'companies.legal_country',
          options: [{ value: '', label: 'companies.no_country' }, ...countries(SMS_COUNTRIES)],
        },
        { name: 'vat_id', kind: 'text', label: 'companies.vat_id', maxLength: 20 },
        { name: 'tax_number', kind: 'text', label: 'companies.tax_number', maxLength: 40 },
        {
          name: 'register',
          kind: 'text',
          label: 'companies.register',
          hint: 'companies.register_hint',
          maxLength: 120,
        },
      ],
    },
    {
      title: 'companies.section.phone',
      hint: 'companies.section.phone_hint',
      fields: [
        {
          name: 'practice_mode',
          kind: 'flag',
          label: 'companies.practice_mode',
          hint: 'companies.practice_mode_hint',
        },
        {
          name: 'identity',
          kind: 'choice',
          label: 'companies.identity',
          hint: 'companies.identity_hint',
          options: IDENTITY_MODES.map((value) => ({ value, label: `companies.identity.${value}` as const })),
          isShown: isNoPractice,
        },
        {
          name: 'greeting',
          kind: 'choice',
          label: 'companies.greeting',
          hint: 'companies.greeting_hint',
          options: GREETINGS.map((value) => ({ value, label: `companies.greeting.${value}` as const })),
          isShown: (values) => isNoPractice(values) && values['identity'] !== 'strict',
        },
        {
          name: 'forwarding_numbers',
          kind: 'lines',
          label: 'companies.forwarding_numbers',
          hint: 'companies.forwarding_numbers_hint',
          problem: 'companies.forwarding_problem',
          add: 'kit.add_line',
          remove: 'kit.remove_line',
          inputMode: 'tel',
          max: 50,
          read: (row) => row.forwarding_numbers,
        },
        {
          name: 'callback_due_hours',
          kind: 'number',
          label: 'companies.callback_due_hours',
          hint: 'companies.callback_due_hint',
          unit: 'unit.hours',
          problem: 'companies.callback_due_problem',
        },
      ],
    },
    {
      title: 'companies.section.messages',
      hint: 'companies.section.messages_hint',
      fields: [
        {
          name: 'sms_countries',
          kind: 'choices',
          label: 'companies.sms_countries',
          hint: 'companies.sms_countries_hint',
          options: countries(SMS_COUNTRIES),
        },
      ],
    },
    {
      title: 'companies.section.quiet',
      hint: 'companies.section.quiet_hint',
      fields: [
        { name: 'quiet_from', kind: 'time', label: 'companies.quiet_from' },
        { name: 'quiet_to', kind: 'time', label: 'companies.quiet_to', hint: 'companies.quiet_to_hint' },
        { name: 'quiet_sundays', kind: 'flag', label: 'companies.quiet_sundays' },
        { name: 'quiet_holidays', kind: 'flag', label: 'companies.quiet_holidays' },
      ],
    },
    {
      title: 'companies.section.calcom',
      hint: 'companies.section.calcom_hint',
      fields: [
        {
          name: 'calcom_team_id',
          kind: 'text',
          label: 'companies.calcom_team',
          hint: 'companies.calcom_team_hint',
          maxLength: 15,
        },
      ],
    },
    {
      title: 'companies.section.retention',
      hint: 'companies.section.retention_hint',
      fields: (['transcript', 'message', 'webhook', 'activity'] as const).map((what) => ({
        name: `${what}_days` as const,
        kind: 'number' as const,
        label: `companies.${what}_days` as const,
        hint: `companies.${what}_days_hint` as const,
        unit: 'unit.days' as const,
        problem: 'companies.days_problem' as const,
      })),
    },
  ],
  start: () => ({
    practice_mode: false,
    identity: 'standard',
    greeting: 'first_name',
    sms_countries: ['AT', 'CH', 'DE'],
    callback_due_hours: String(CALLBACK_DUE_HOURS.usual),
    quiet_from: '20:00',
    quiet_to: '08:00',
    quiet_sundays: true,
    quiet_holidays: true,
    transcript_days: String(RETENTION.transcript_days.usual),
    message_days: String(RETENTION.message_days.usual),
    webhook_days: String(RETENTION.webhook_days.usual),
    activity_days: String(RETENTION.activity_days.usual),
  }),
});
