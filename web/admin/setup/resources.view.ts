/** How rooms and equipment look in the panel: list, what needs one and when it is there, form. */
import { lazy } from 'react';
import { RESOURCE_TYPES } from '../../../shared/schedule-sets.ts';
import type { ResourceView } from '../../../shared/contract/resources.ts';
import { defineView, type Display } from '../kit/view.ts';
import { exceptionsOf } from './exceptions-of.ts';
import { servicesOf } from './relations.ts';
import { branchReference } from './references.ts';
import { activeColumn, activeState, changedColumn, RECORD_TEXTS, TABS, technical } from './shared-parts.ts';

/** A card of one page; the list needs none. */
const ResourceWeek = lazy(async () => ({ default: (await import('./week-card.tsx')).ResourceWeek }));

const type: Display<ResourceView> = { kind: 'text', of: (row, { t }) => t(`resources.type.${row.type}`) };
const branch: Display<ResourceView> = { kind: 'references', to: branchReference, of: (row) => [row.branch_id] };
const capacity: Display<ResourceView> = { kind: 'text', of: (row) => String(row.capacity) };

export const resourcesView = defineView<ResourceView>({
  resource: 'resources',
  path: '/admin/resources',
  icon: 'door',
  permissions: {
    view: 'view_resources',
    create: 'create_resources',
    edit: 'edit_resources',
    delete: 'delete_resources',
    export: 'view_resources',
  },
  references: [branchReference],
  name: (row) => row.name,
  texts: {
    ...RECORD_TEXTS,
    title: 'resources.title',
    create: 'resources.create',
    new_title: 'resources.create',
    back: 'resources.back',
    empty_title: 'resources.empty_title',
    empty_hint: 'resources.empty_hint',
    forbidden: 'resources.forbidden',
  },
  first: { label: 'kit.name', sort: 'name' },
  columns: [
    { label: 'resources.branch', show: branch, place: 'under' },
    { label: 'resources.type', show: type, place: 'end' },
    { label: 'resources.capacity', show: capacity },
    activeColumn,
    changedColumn,
  ],
  order: 'name',
  tabs: TABS,
  search: 'kit.search_name',
  filters: [{ name: 'branch_id', label: 'resources.branch', to: branchReference }],
  facts: [
    { label: 'resources.type', show: type },
    { label: 'resources.branch', show: branch },
    { label: 'resources.capacity', show: capacity },
    { label: 'kit.state', show: activeState },
  ],
  actions: [],
  main: [
    { kind: 'component', title: 'resources.hours', component: ResourceWeek },
    servicesOf('resource_id', { title: 'resources.services', empty: 'resources.no_services' }),
    exceptionsOf('resource_id', { title: 'resources.exceptions', empty: 'resources.no_exceptions' }),
  ],
  side: [technical()],
  form: [
    {
      title: 'resources.section.what',
      hint: 'resources.section.what_hint',
      fields: [
        { name: 'name', kind: 'text', label: 'kit.name', maxLength: 120, problem: 'kit.name_problem' },
        {
          name: 'type',
          kind: 'choice',
          label: 'resources.type',
          options: RESOURCE_TYPES.map((value) => ({ value, label: `resources.type.${value}` as const })),
        },
        {
          name: 'branch_id',
          kind: 'reference',
          label: 'resources.branch',
          to: branchReference,
          problem: 'kit.choose_problem',
        },
        {
          name: 'capacity',
          kind: 'number',
          label: 'resources.capacity',
          hint: 'resources.capacity_hint',
          unit: 'unit.pieces',
          problem: 'kit.whole_number',
        },
        { name: 'active', kind: 'flag', label: 'resources.active' },
      ],
    },
  ],
  start: () => ({ type: 'room', capacity: '1', active: true }),
});
