/** How services look in the panel: list, who does them and what they take, form. */
import { lazy } from 'react';
import type { ServiceView } from '../../../shared/contract/services.ts';
import { inLanguage } from '../../../shared/i18n/language.ts';
import { money } from '../../ui/format.ts';
import { defineView, type Display, type Draft } from '../kit/view.ts';
import { needText } from './need-text.ts';
import { branchReference, resourceReference, staffReference } from './references.ts';
import {
  activeColumn,
  activeState,
  changedColumn,
  lengthText,
  RECORD_TEXTS,
  TABS,
  technical,
  yesNo,
} from './shared-parts.ts';
import { type StaffLine, staffLinesOf, staffOfLines, termsWith } from './staff-terms.ts';
import {
  compositeMembers,
  type NeedLine,
  needLinesOf,
  needsOfLines,
  type StepLine,
  stepLinesOf,
  stepsIn,
  stepsOfLines,
} from './step-lines.ts';

/** Cards of one service's page, and what only its form draws; the list needs none. */
const ServiceBranches = lazy(async () => ({ default: (await import('./service-branches.tsx')).ServiceBranches }));
const ServiceSteps = lazy(async () => ({ default: (await import('./service-steps.tsx')).ServiceSteps }));
const ServiceStaff = lazy(async () => ({ default: (await import('./service-staff.tsx')).ServiceStaff }));
const StepsField = lazy(async () => ({ default: (await import('./steps-field.tsx')).StepsField }));
const StaffTermsField = lazy(async () => ({ default: (await import('./staff-terms-field.tsx')).StaffTermsField }));
const NeedsField = lazy(async () => ({ default: (await import('./needs-field.tsx')).NeedsField }));

/** Whether a form holds a service of one piece. */
const isPlain = (values: Draft): boolean => stepsIn(values).length === 0;

const duration: Display<ServiceView> = { kind: 'text', of: (row, words) => lengthText(row.duration_minutes, words) };
const price: Display<ServiceView> = {
  kind: 'money',
  of: (row) => ({ cents: row.price_cents, currency: row.currency }),
};
const category: Display<ServiceView> = { kind: 'text', of: (row) => row.category };
const staff: Display<ServiceView> = {
  kind: 'references',
  to: staffReference,
  of: (row) => row.staff.map((one) => one.staff_id),
  none: 'services.nobody',
};
const branches: Display<ServiceView> = {
  kind: 'references',
  to: branchReference,
  of: (row) => row.branch_ids,
  none: 'services.every_branch',
};
export const servicesView = defineView<ServiceView>({
  resource: 'services',
  path: '/admin/services',
  icon: 'scissors',
  permissions: {
    view: 'view_services',
    create: 'create_services',
    edit: 'edit_services',
    delete: 'delete_services',
    export: 'view_services',
  },
  references: [staffReference, branchReference, resourceReference],
  name: (row, { language }) => inLanguage(row.name, language),
  texts: {
    ...RECORD_TEXTS,
    title: 'services.title',
    create: 'services.create',
    new_title: 'services.create',
    back: 'services.back',
    empty_title: 'services.empty_title',
    empty_hint: 'services.empty_hint',
    forbidden: 'services.forbidden',
  },
  figures: ['services_active'],
  first: { label: 'kit.name', sort: 'name' },
  columns: [
    { label: 'services.category', show: category },
    { label: 'services.duration', show: duration, place: 'under' },
    { label: 'services.price', show: price, place: 'end' },
    activeColumn,
    changedColumn,
  ],
  order: 'name',
  tabs: TABS,
  search: 'kit.search_name',
  filters: [
    { name: 'staff_id', label: 'nav.staff', to: staffReference },
    { name: 'branch_id', label: 'nav.branches', to: branchReference },
  ],
  facts: [
    { label: 'services.duration', show: duration },
    { label: 'services.price', show: price },
    { label: 'services.category', show: category },
    { label: 'kit.state', show: activeState },
  ],
  actions: [],
  main: [
    {
      kind: 'facts',
      title: 'services.section.who',
      facts: [
        { label: 'services.staff', show: staff },
        { label: 'services.branches', show: branches },
        {
          label: 'services.resources',
          show: {
            kind: 'text',
            of: (row, words, names) =>
              row.resources.map((need) => needText(need, words, names)).join(' + ') || words.t('services.nothing'),
          },
        },
      ],
    },
    {
      kind: 'component',
      title: 'services.section.own_terms',
      component: ServiceStaff,
      isShown: (row) => row.staff.some(({ staff_id }) => termsWith(row, staff_id).isOwn),
    },
    { kind: 'component', title: 'services.section.branches', component: ServiceBranches },
    { kind: 'component', title: 'services.steps', component: ServiceSteps, isShown: (row) => row.segments.length > 0 },
    {
      kind: 'facts',
      title: 'services.section.booking',
      facts: [
        { label: 'services.online', show: yesNo((row) => row.online_bookable) },
        { label: 'services.needs_confirmation', show: yesNo((row) => row.needs_confirmation) },
        {
          label: 'services.notice',
          show: { kind: 'text', of: (row, words) => lengthText(row.min_notice_minutes, words) },
        },
        {
          label: 'services.days_ahead',
          show: { kind: 'text', of: (row, { t }) => `${row.max_days_ahead} ${t('unit.days')}` },
        },
        {
          label: 'services.step',
          show: { kind: 'text', of: (row, words) => lengthText(row.slot_step_minutes, words) },
        },
        { label: 'services.party', show: { kind: 'text', of: (row) => String(row.max_per_slot) } },
      ],
    },
  ],
  side: [
    {
      kind: 'facts',
      title: 'services.section.what',
      facts: [
        { label: 'services.aliases', show: { kind: 'text', of: (row) => row.aliases.join(', ') || null } },
        { label: 'services.name_en', show: { kind: 'text', of: (row) => row.name.en ?? null } },
        {
          label: 'services.buffer_before',
          show: { kind: 'text', of: (row, words) => lengthText(row.buffer_before_minutes, words) },
        },
        {
          label: 'services.buffer_after',
          show: { kind: 'text', of: (row, words) => lengthText(row.buffer_after_minutes, words) },
        },
        {
          label: 'services.deposit',
          show: {
            kind: 'text',
            of: (row, { language }) =>
              row.deposit_cents === 0 ? null : money(row.deposit_cents, row.currency, language),
          },
        },
        {
          label: 'services.neutral_name',
          show: {
            kind: 'text',
            of: (row, { language }) => row.neutral_name && inLanguage(row.neutral_name, language),
          },
        },
        { label: 'kit.colour', show: { kind: 'colour', of: (row) => row.colour } },
      ],
    },
    technical({ label: 'services.calcom', show: { kind: 'text', of: (row) => row.calcom_event_type_id } }),
  ],
  form: [
    {
      title: 'services.section.what',
      hint: 'services.section.what_hint',
      fields: [
        {
          name: 'name',
          kind: 'parts',
          label: 'services.name_de',
          problem: 'kit.name_problem',
          parts: [
            { name: 'de', label: 'services.name_de', maxLength: 120 },
            { name: 'en', label: 'services.name_en', maxLength: 120, isOptional: true },
          ],
        },
        { name: 'category', kind: 'text', label: 'services.category', maxLength: 80 },
        {
          name: 'aliases',
          kind: 'lines',
          label: 'services.aliases',
          hint: 'services.aliases_hint',
          add: 'kit.add_line',
          remove: 'kit.remove_line',
          inputMode: 'text',
          max: 40,
          read: (row) => row.aliases,
        },
        { name: 'colour', kind: 'colour', label: 'kit.colour', none: 'kit.no_colour' },
      ],
    },
    {
      title: 'services.section.price',
      hint: 'services.section.price_hint',
      fields: [
        {
          name: 'duration_minutes',
          kind: 'number',
          label: 'services.duration',
          unit: 'unit.minutes',
          problem: 'services.duration_problem',
          // The sum of length and buffers is judged under the steps' name.
          members: ['duration_minutes', 'segments'],
          isShown: isPlain,
        },
        { name: 'price_cents', kind: 'money', label: 'services.price', problem: 'kit.amount_problem' },
        {
          name: 'buffer_before_minutes',
          kind: 'number',
          label: 'services.buffer_before',
          unit: 'unit.minutes',
          problem: 'kit.whole_number',
        },
        {
          name: 'buffer_after_minutes',
          kind: 'number',
          label: 'services.buffer_after',
          unit: 'unit.minutes',
          problem: 'kit.whole_number',
        },
        { name: 'deposit_cents', kind: 'money', label: 'services.deposit', problem: 'kit.amount_problem' },
      ],
    },
    {
      title: 'services.steps',
      hint: 'services.steps_hint',
      fields: [
        {
          name: 'segments',
          kind: 'drawn',
          label: 'services.steps',
          component: StepsField,
          read: (row) => stepLinesOf(row.segments),
          write: (lines) => stepsOfLines(lines as readonly StepLine[]),
        },
        {
          name: 'same_staff',
          kind: 'flag',
          label: 'services.same_staff',
          hint: 'services.same_staff_hint',
          isShown: (values) => !isPlain(values),
        },
      ],
    },
    {
      title: 'services.section.who',
      hint: 'services.section.who_hint',
      fields: [
        {
          name: 'staff',
          kind: 'drawn',
          label: 'services.staff',
          hint: 'services.staff_hint',
          component: StaffTermsField,
          read: staffLinesOf,
          write: (lines, row, spelling) => staffOfLines(lines as readonly StaffLine[], row, spelling),
        },
        {
          name: 'branch_ids',
          kind: 'references',
          label: 'services.branches',
          hint: 'services.branches_hint',
          to: branchReference,
          empty: 'services.no_branches',
        },
        {
          name: 'resources',
          kind: 'drawn',
          label: 'services.resources',
          hint: 'services.resources_hint',
          component: NeedsField,
          read: (row) => needLinesOf(row.resources),
          write: (lines) => needsOfLines(lines as readonly NeedLine[]),
        },
      ],
    },
    {
      title: 'services.section.booking',
      hint: 'services.section.booking_hint',
      fields: [
        { name: 'active', kind: 'flag', label: 'services.active' },
        { name: 'online_bookable', kind: 'flag', label: 'services.online' },
        {
          name: 'price_known',
          kind: 'flag',
          label: 'services.price_known',
          hint: 'services.price_known_hint',
        },
        {
          name: 'needs_confirmation',
          kind: 'flag',
          label: 'services.needs_confirmation',
          hint: 'services.needs_confirmation_hint',
        },
        {
          name: 'min_notice_minutes',
          kind: 'number',
          label: 'services.notice',
          hint: 'services.notice_hint',
          unit: 'unit.hours',
          factor: 60,
          problem: 'kit.whole_number',
        },
        {
          name: 'max_days_ahead',
          kind: 'number',
          label: 'services.days_ahead',
          hint: 'services.days_ahead_hint',
          unit: 'unit.days',
          problem: 'kit.whole_number',
        },
        {
          name: 'slot_step_minutes',
          kind: 'number',
          label: 'services.step',
          unit: 'unit.minutes',
          problem: 'kit.whole_number',
        },
        {
          name: 'max_per_slot',
          kind: 'number',
          label: 'services.party',
          hint: 'services.party_hint',
          unit: 'unit.people',
          problem: 'kit.whole_number',
          isShown: isPlain,
        },
        {
          name: 'neutral_name',
          kind: 'parts',
          label: 'services.neutral_name',
          hint: 'services.neutral_name_hint',
          problem: 'kit.name_problem',
          parts: [
            { name: 'de', label: 'services.neutral_name', maxLength: 120 },
            { name: 'en', label: 'services.neutral_name_en', maxLength: 120, isOptional: true },
          ],
        },
      ],
    },
  ],
  start: () => ({
    active: true,
    online_bookable: true,
    price_known: true,
    needs_confirmation: false,
    duration_minutes: '60',
    buffer_before_minutes: '0',
    buffer_after_minutes: '0',
    min_notice_minutes: '0',
    max_days_ahead: '180',
    slot_step_minutes: '15',
    max_per_slot: '1',
    same_staff: true,
  }),
  adds: ({ currency }) => ({ currency, staff: [] }),
  amend: compositeMembers,
});
