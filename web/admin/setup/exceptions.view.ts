/** How exceptions from working hours look in the panel: holidays, sick leave, closures, extra shifts. */
import type { ExceptionView } from '../../../shared/contract/hours.ts';
import { EXCEPTION_KINDS } from '../../../shared/schedule-sets.ts';
import { defineView, type Display } from '../kit/view.ts';
import { DAYS_OF_FORM, whenSection } from './day-fields.ts';
import { exceptionLook, exceptionTime, exceptionWhen, ownerName } from './exception-words.ts';
import { branchReference, resourceReference, staffReference } from './references.ts';
import { ALL_TAB, changedColumn, DELETED_TAB, OWNERS, RECORD_TEXTS, technical } from './shared-parts.ts';

const kind: Display<ExceptionView> = { kind: 'badge', of: exceptionLook };
const when: Display<ExceptionView> = { kind: 'text', of: exceptionWhen };
const time: Display<ExceptionView> = { kind: 'text', of: exceptionTime };
const owner: Display<ExceptionView> = { kind: 'text', of: ownerName };

export const exceptionsView = defineView<ExceptionView>({
  resource: 'exceptions',
  path: '/admin/exceptions',
  icon: 'calendar-off',
  permissions: {
    view: 'view_exceptions',
    create: 'create_exceptions',
    edit: 'edit_exceptions',
    delete: 'delete_exceptions',
    export: 'view_exceptions',
  },
  references: [staffReference, branchReference, resourceReference],
  name: (row, words, names) => `${words.t(`exceptions.kind.${row.kind}`)}: ${ownerName(row, words, names)}`,
  texts: {
    ...RECORD_TEXTS,
    title: 'exceptions.title',
    create: 'exceptions.create',
    new_title: 'exceptions.create',
    back: 'exceptions.back',
    empty_title: 'exceptions.empty_title',
    empty_hint: 'exceptions.empty_hint',
    forbidden: 'exceptions.forbidden',
  },
  first: { label: 'exceptions.what' },
  columns: [
    { label: 'exceptions.when', show: when, sort: 'from_date', place: 'under' },
    { label: 'exceptions.hours', show: time, place: 'end' },
    { label: 'exceptions.note', show: { kind: 'long_text', of: (row) => row.note } },
    changedColumn,
  ],
  // The furthest ahead first; asked from a day on, what comes next does.
  order: '-from_date',
  tabs: [ALL_TAB, DELETED_TAB],
  filters: [
    { name: 'ends_from', label: 'exceptions.ends_from', date: true, order: 'from_date' },
    { name: 'staff_id', label: 'nav.staff', to: staffReference },
    { name: 'branch_id', label: 'nav.branches', to: branchReference },
    { name: 'resource_id', label: 'nav.resources', to: resourceReference },
  ],
  facts: [
    { label: 'exceptions.kind', show: kind },
    { label: 'exceptions.owner', show: owner },
    { label: 'exceptions.when', show: when },
    { label: 'exceptions.hours', show: time },
  ],
  actions: [],
  main: [{ kind: 'text', title: 'exceptions.note', of: (row) => row.note }],
  side: [technical()],
  form: [
    {
      title: 'exceptions.section.what',
      hint: 'exceptions.section.what_hint',
      fields: [
        {
          name: 'staff_id',
          kind: 'owner',
          label: 'exceptions.owner',
          groups: OWNERS,
          none: 'exceptions.company',
          problem: 'exceptions.owner_problem',
        },
        {
          name: 'kind',
          kind: 'choice',
          label: 'exceptions.kind',
          options: EXCEPTION_KINDS.map((value) => ({ value, label: `exceptions.kind.${value}` as const })),
        },
        {
          name: 'outside_branch_hours',
          kind: 'flag',
          label: 'exceptions.outside',
          isShown: ({ kind: chosen, staff_id }) =>
            chosen === 'extra_shift' && typeof staff_id === 'string' && staff_id.startsWith('staff_id:'),
        },
        { name: 'note', kind: 'area', label: 'exceptions.note', hint: 'exceptions.note_hint', maxLength: 300 },
      ],
    },
    whenSection('exceptions.time_problem'),
  ],
  ...DAYS_OF_FORM,
});
