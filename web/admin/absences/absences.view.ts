/** How requests for absence look in the panel: list, one with what is to be decided, form of a new one. */
import type { AbsenceRequestView } from '../../../shared/contract/absences.ts';
import { ABSENCE_KINDS, type AbsenceStatus } from '../../../shared/absence-sets.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import { defineView, type Display, type View } from '../kit/view.ts';
import { DAYS_OF_FORM, whenSection } from '../setup/day-fields.ts';
import { exceptionLook, exceptionTime, exceptionWhen } from '../setup/exception-words.ts';
import { staffReference } from '../setup/references.ts';
import { RECORD_TEXTS } from '../setup/shared-parts.ts';
import { AbsenceSteps } from './steps.tsx';

const ABSENCE_LOOKS: Readonly<Record<AbsenceStatus, StatusLook>> = {
  open: { tone: 'warning', icon: 'clock' },
  granted: { tone: 'success', icon: 'check' },
  refused: { tone: 'danger', icon: 'cross' },
  withdrawn: { tone: 'gray', icon: 'undo' },
};

const kind: Display<AbsenceRequestView> = { kind: 'badge', of: exceptionLook };
const when: Display<AbsenceRequestView> = { kind: 'text', of: exceptionWhen };
const time: Display<AbsenceRequestView> = { kind: 'text', of: exceptionTime };
const person: Display<AbsenceRequestView> = { kind: 'references', to: staffReference, of: (row) => [row.staff_id] };
const status: Display<AbsenceRequestView> = {
  kind: 'badge',
  of: (row) => ({ look: ABSENCE_LOOKS[row.status], word: `absences.status.${row.status}` }),
};
const since: Display<AbsenceRequestView> = { kind: 'instant', of: (row) => row.created_at };

/** @param mayForOthers whoever enters absences may ask for somebody else, too */
export const absencesView = (mayForOthers: boolean): View<AbsenceRequestView> =>
  defineView<AbsenceRequestView>({
    resource: 'absence-requests',
    path: '/admin/absence-requests',
    icon: 'calendar-off',
    permissions: { view: 'view_absence_requests', create: 'create_absence_requests' },
    references: [staffReference],
    name: (row, words, names) =>
      `${names(staffReference, row.staff_id) ?? '…'}: ${words.t(`exceptions.kind.${row.kind}`)}, ${exceptionWhen(row, words)}`,
    texts: {
      ...RECORD_TEXTS,
      created: 'absences.created',
      title: 'absences.title',
      create: 'absences.create',
      new_title: 'absences.create',
      back: 'absences.back',
      empty_title: 'absences.empty_title',
      empty_hint: 'absences.empty_hint',
      forbidden: 'absences.forbidden',
    },
    first: { label: 'exceptions.what' },
    columns: [
      { label: 'kit.state', show: status, place: 'aside' },
      { label: 'exceptions.hours', show: time, place: 'end' },
      { label: 'exceptions.note', show: { kind: 'long_text', of: (row) => row.note } },
      { label: 'absences.since', show: since, place: 'under', sort: 'created_at' },
    ],
    order: '-created_at',
    tabs: [
      { name: 'open', label: 'absences.tab.open', filter: { status: 'open' } },
      { name: 'all', label: 'kit.tab.all', filter: {} },
      { name: 'granted', label: 'absences.status.granted', filter: { status: 'granted' } },
      { name: 'refused', label: 'absences.status.refused', filter: { status: 'refused' } },
    ],
    filters: [{ name: 'staff_id', label: 'nav.staff', to: staffReference }],
    facts: [
      { label: 'absences.person', show: person },
      { label: 'exceptions.kind', show: kind },
      { label: 'exceptions.when', show: when },
      { label: 'kit.state', show: status },
    ],
    actions: [],
    main: [
      { kind: 'text', title: 'exceptions.note', of: (row) => row.note },
      {
        kind: 'component',
        title: 'absences.next',
        component: AbsenceSteps,
        isShown: (row) => row.status === 'open',
      },
      {
        kind: 'facts',
        title: 'absences.decision',
        facts: [
          { label: 'kit.state', show: status },
          { label: 'absences.decided_by', show: { kind: 'text', of: (row) => row.decided_by } },
          { label: 'absences.decided_at', show: { kind: 'instant', of: (row) => row.decided_at } },
          { label: 'absences.reason', show: { kind: 'long_text', of: (row) => row.reason } },
        ],
      },
    ],
    side: [
      {
        kind: 'facts',
        title: 'kit.technical',
        isFolded: true,
        facts: [
          { label: 'appointment.id', show: { kind: 'id', of: (row) => row.id } },
          { label: 'exceptions.hours', show: time },
          { label: 'absences.since', show: since },
        ],
      },
    ],
    form: [
      {
        title: 'absences.section.what',
        hint: 'absences.section.what_hint',
        fields: [
          {
            name: 'staff_id',
            kind: 'reference',
            label: 'absences.person',
            to: staffReference,
            none: 'absences.myself',
            problem: 'absences.person_problem',
            isShown: () => mayForOthers,
          },
          {
            name: 'kind',
            kind: 'choice',
            label: 'exceptions.kind',
            options: ABSENCE_KINDS.map((value) => ({ value, label: `exceptions.kind.${value}` as const })),
          },
          { name: 'note', kind: 'area', label: 'exceptions.note', hint: 'absences.note_hint', maxLength: 300 },
        ],
      },
      whenSection('absences.time_problem'),
    ],
    ...DAYS_OF_FORM,
  });
