/** How staff looks in the panel: list, a person's week, exceptions and services, form. */
import { lazy } from 'react';
import type { StaffView } from '../../../shared/contract/staff.ts';
import { languageName } from '../../ui/format.ts';
import { defineView, type Display } from '../kit/view.ts';
import { branchReference, personName, userReference } from './references.ts';
import { exceptionsOf } from './exceptions-of.ts';
import { servicesOf } from './relations.ts';
import { activeColumn, activeState, changedColumn, RECORD_TEXTS, TABS, technical, SPOKEN } from './shared-parts.ts';

/** Cards of one person's page; the list needs none. */
const StaffCalendars = lazy(async () => ({ default: (await import('./staff-calendars.tsx')).StaffCalendars }));
const StaffLogin = lazy(async () => ({ default: (await import('./staff-login.tsx')).StaffLogin }));
const AssignServices = lazy(async () => ({ default: (await import('./assign-services.tsx')).AssignServices }));
const StaffWeek = lazy(async () => ({ default: (await import('./week-card.tsx')).StaffWeek }));

const branches: Display<StaffView> = { kind: 'references', to: branchReference, of: (row) => row.branch_ids };
const email: Display<StaffView> = { kind: 'email', of: (row) => row.email };
const languages: Display<StaffView> = {
  kind: 'text',
  of: (row, { language }) => row.languages.map((code) => languageName(code, language)).join(', ') || null,
};

/** Who signs in as this person; by its number where users are not this reader's to see. */
const user: Display<StaffView> = {
  kind: 'text',
  of: (row, { t }, names) =>
    row.user_id === null ? t('staff.no_user') : (names(userReference, row.user_id) ?? row.user_id),
};

export const staffView = defineView<StaffView>({
  resource: 'staff',
  path: '/admin/staff',
  icon: 'team',
  permissions: {
    view: 'view_staff',
    create: 'create_staff',
    edit: 'edit_staff',
    delete: 'delete_staff',
    export: 'view_staff',
  },
  references: [branchReference, userReference],
  name: personName,
  texts: {
    ...RECORD_TEXTS,
    title: 'staff.title',
    create: 'staff.create',
    new_title: 'staff.create',
    back: 'staff.back',
    empty_title: 'staff.empty_title',
    empty_hint: 'staff.empty_hint',
    forbidden: 'staff.forbidden',
  },
  figures: ['staff_active'],
  first: { label: 'kit.name', sort: 'name' },
  columns: [
    { label: 'staff.branches', show: branches, place: 'under' },
    { label: 'staff.languages', show: languages, isWide: true },
    { label: 'kit.colour', show: { kind: 'colour', of: (row) => row.colour } },
    activeColumn,
    changedColumn,
  ],
  order: 'name',
  tabs: TABS,
  search: 'kit.search_name',
  filters: [{ name: 'branch_id', label: 'staff.branches', to: branchReference }],
  facts: [
    { label: 'staff.branches', show: branches },
    { label: 'staff.email', show: email },
    { label: 'staff.languages', show: languages },
    { label: 'kit.state', show: activeState },
  ],
  actions: [],
  main: [
    { kind: 'component', title: 'staff.hours', component: StaffWeek },
    exceptionsOf('staff_id', { title: 'staff.exceptions', empty: 'staff.no_exceptions' }),
    servicesOf('staff_id', {
      title: 'staff.services',
      empty: 'staff.no_services',
      below: { permission: 'edit_services', component: AssignServices },
    }),
  ],
  side: [
    { kind: 'component', title: 'staff.section.login', component: StaffLogin },
    { kind: 'component', title: 'staff.calendars', component: StaffCalendars },
    {
      kind: 'facts',
      title: 'customers.profile',
      facts: [
        { label: 'staff.aliases', show: { kind: 'text', of: (row) => row.aliases.join(', ') || null } },
        { label: 'kit.colour', show: { kind: 'colour', of: (row) => row.colour } },
        { label: 'staff.user', show: user },
      ],
    },
    technical({ label: 'staff.section.calcom', show: { kind: 'text', of: (row) => row.calcom_user_id } }),
  ],
  form: [
    {
      title: 'staff.section.person',
      hint: 'staff.section.person_hint',
      fields: [
        { name: 'first_name', kind: 'text', label: 'staff.first_name', maxLength: 120, problem: 'kit.name_problem' },
        { name: 'last_name', kind: 'text', label: 'staff.last_name', maxLength: 120, problem: 'kit.name_problem' },
        { name: 'email', kind: 'email', label: 'staff.email', maxLength: 254 },
        {
          name: 'aliases',
          kind: 'lines',
          label: 'staff.aliases',
          hint: 'staff.aliases_hint',
          add: 'kit.add_line',
          remove: 'kit.remove_line',
          inputMode: 'text',
          max: 20,
          read: (row) => row.aliases,
        },
      ],
    },
    {
      title: 'staff.section.work',
      hint: 'staff.section.work_hint',
      fields: [
        {
          name: 'branch_ids',
          kind: 'references',
          label: 'staff.branches',
          hint: 'staff.branches_hint',
          to: branchReference,
          empty: 'staff.no_branches',
          isNeeded: true,
          problem: 'staff.branches_problem',
        },
        { name: 'active', kind: 'flag', label: 'staff.active', hint: 'staff.active_hint' },
        {
          name: 'languages',
          kind: 'choices',
          label: 'staff.languages',
          options: SPOKEN.map((value) => ({ value, label: ({ language }) => languageName(value, language) })),
        },
        { name: 'colour', kind: 'colour', label: 'kit.colour', none: 'kit.no_colour' },
      ],
    },
    {
      title: 'staff.section.account',
      hint: 'staff.section.account_hint',
      fields: [
        {
          name: 'user_id',
          kind: 'reference',
          label: 'staff.user',
          to: userReference,
          none: 'staff.no_user',
          problem: 'staff.user_problem',
        },
      ],
    },
    {
      title: 'staff.section.calcom',
      hint: 'staff.section.calcom_hint',
      fields: [{ name: 'calcom_user_id', kind: 'text', label: 'staff.calcom', maxLength: 64 }],
    },
  ],
  start: () => ({ active: true }),
});
