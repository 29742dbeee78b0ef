/** How single working hours look in the panel: those that apply for a time only. Weeks have pages of their own (weeks-page.tsx). */
import type { HoursView } from '../../../shared/contract/hours.ts';
import { wallDateRange } from '../../ui/format.ts';
import type { Words } from '../admin-context.tsx';
import { defineView, type Display } from '../kit/view.ts';
import { ownerName } from './exception-words.ts';
import { branchReference, resourceReference, staffReference } from './references.ts';
import { DELETED_TAB, ALL_TAB, OWNERS, RECORD_TEXTS, technical } from './shared-parts.ts';
import { WEEKDAYS, type Weekday } from './week.ts';

type Spans = HoursView['periods'];
const spans = (given: Spans): string | null => given.map(({ from, to }) => `${from}–${to}`).join(', ') || null;
const day = (row: HoursView): Weekday => row.day_of_week as Weekday;

/** "1. Juni – 31. Aug. 2027", "ab 1. Juni 2027", "bis 31. Aug. 2027", "Immer". */
export function validText(
  { valid_from: from, valid_until: until }: Pick<HoursView, 'valid_from' | 'valid_until'>,
  { t, language }: Words,
): string {
  if (from !== null && until !== null) return wallDateRange(from, until, language);
  if (from !== null) return t('hours.valid_since', { from: wallDateRange(from, from, language) });
  return until === null ? t('hours.always_valid') : t('hours.valid_to', { to: wallDateRange(until, until, language) });
}

const valid: Display<HoursView> = { kind: 'text', of: validText };
const periods: Display<HoursView> = { kind: 'text', of: (row) => spans(row.periods) };
const breaks: Display<HoursView> = { kind: 'text', of: (row) => spans(row.breaks) };

export const hoursView = defineView<HoursView>({
  resource: 'working-hours',
  path: '/admin/hours',
  icon: 'clock',
  permissions: {
    view: 'view_working_hours',
    create: 'create_working_hours',
    edit: 'edit_working_hours',
    delete: 'delete_working_hours',
    export: 'view_working_hours',
  },
  references: [staffReference, branchReference, resourceReference],
  name: (row, words, names) =>
    words.t('hours.row_name', { owner: ownerName(row, words, names), day: words.t(`weekday.${day(row)}`) }),
  texts: {
    ...RECORD_TEXTS,
    title: 'hours.title',
    create: 'hours.create',
    new_title: 'hours.create',
    back: 'hours.back',
    empty_title: 'hours.empty_title',
    empty_hint: 'hours.empty_hint',
    forbidden: 'hours.forbidden',
  },
  first: { label: 'hours.owner' },
  columns: [
    { label: 'hours.valid', show: valid, place: 'under' },
    { label: 'hours.period', show: periods, place: 'end' },
  ],
  order: '-updated_at',
  tabs: [ALL_TAB, DELETED_TAB],
  filters: [],
  facts: [
    { label: 'hours.day', show: { kind: 'text', of: (row, { t }) => t(`weekday.${day(row)}`) } },
    { label: 'hours.period', show: periods },
    { label: 'hours.break', show: breaks },
    { label: 'hours.valid', show: valid },
  ],
  actions: [],
  main: [],
  side: [technical()],
  form: [
    {
      title: 'hours.section.whose',
      hint: 'hours.section.whose_hint',
      fields: [
        { name: 'staff_id', kind: 'owner', label: 'hours.owner', groups: OWNERS, problem: 'kit.choose_problem' },
        {
          name: 'branch_id',
          kind: 'reference',
          label: 'hours.branch',
          to: branchReference,
          none: 'hours.every_branch',
          isShown: ({ staff_id }) => typeof staff_id === 'string' && staff_id.startsWith('staff_id:'),
        },
        {
          name: 'day_of_week',
          kind: 'choice',
          label: 'hours.day',
          isNumber: true,
          options: WEEKDAYS.map((value) => ({ value: String(value), label: `weekday.${value}` as const })),
          problem: 'kit.choose_problem',
        },
        {
          name: 'valid_from',
          kind: 'date',
          label: 'hours.valid_from',
          hint: 'hours.valid_hint',
          problem: 'kit.date_problem',
        },
        { name: 'valid_until', kind: 'date', label: 'hours.valid_until', problem: 'kit.date_problem' },
      ],
    },
    {
      title: 'hours.section.times',
      hint: 'hours.section.times_hint',
      fields: [
        {
          name: 'periods',
          kind: 'spans',
          label: 'hours.period',
          add: 'hours.add_period',
          remove: 'hours.remove_period',
          max: 12,
          problem: 'time.problem',
        },
        {
          name: 'breaks',
          kind: 'spans',
          label: 'hours.break',
          add: 'hours.add_break',
          remove: 'hours.remove_break',
          max: 12,
          mayBeEmpty: true,
          problem: 'time.problem',
        },
      ],
    },
  ],
  start: ({ today }) => ({ day_of_week: '1', valid_from: today }),
});
