/** How conflicts with Cal.com look in the panel: the list of what is open, both sides of one, and what may be decided. */
import type { ConflictView } from '../../../shared/contract/conflicts.ts';
import { CONFLICT_KINDS, type ConflictKind, type ConflictResolution } from '../../../shared/conflict-sets.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import { defineView, type Display } from '../kit/view.ts';
import { RECORD_TEXTS } from '../setup/shared-parts.ts';
import { Decision } from './decision.tsx';
import { Sides } from './sides.tsx';

const LOOKS: Readonly<Record<ConflictKind, StatusLook>> = {
  booking: { tone: 'warning', icon: 'calendar' },
  move: { tone: 'warning', icon: 'move' },
  host: { tone: 'warning', icon: 'user' },
  push: { tone: 'danger', icon: 'refresh' },
};

const kind: Display<ConflictView> = {
  kind: 'badge',
  of: (row) => ({ look: LOOKS[row.kind], word: `conflicts.kind.${row.kind}` }),
};
const reason: Display<ConflictView> = { kind: 'text', of: (row, { t }) => t(`conflicts.reason.${row.reason}`) };
const when: Display<ConflictView> = {
  kind: 'instant',
  of: (row) => (row.theirs ?? row.ours)?.starts_at ?? null,
  zone: (row) => row.time_zone,
};
const createdAt: Display<ConflictView> = { kind: 'instant', of: (row) => row.created_at };
const decided = (resolution: ConflictResolution | null) =>
  resolution === null ? ('conflicts.resolution.by_itself' as const) : (`conflicts.resolution.${resolution}` as const);

export const conflictsView = defineView<ConflictView>({
  resource: 'conflicts',
  path: '/admin/conflicts',
  icon: 'warning',
  permissions: { view: 'view_calcom' },
  name: (row, { t }) => row.customer_name ?? t('conflicts.nameless'),
  texts: {
    ...RECORD_TEXTS,
    title: 'conflicts.title',
    create: 'conflicts.title',
    new_title: 'conflicts.title',
    back: 'conflicts.back',
    empty_title: 'conflicts.empty_title',
    empty_hint: 'conflicts.empty_hint',
    forbidden: 'conflicts.forbidden',
  },
  first: { label: 'conflicts.customer' },
  columns: [
    { label: 'conflicts.kind', show: kind, place: 'aside' },
    { label: 'conflicts.reason', show: reason, place: 'under' },
    { label: 'conflicts.when', show: when, place: 'end' },
    { label: 'conflicts.created_at', show: createdAt, sort: 'created_at', isWide: true },
  ],
  order: '-created_at',
  tabs: [
    { name: 'open', label: 'conflicts.tab.open', filter: { status: 'open' } },
    { name: 'resolved', label: 'conflicts.tab.resolved', filter: { status: 'resolved' } },
  ],
  filters: [
    {
      name: 'kind',
      label: 'conflicts.kind',
      options: CONFLICT_KINDS.map((value) => ({ value, label: `conflicts.kind.${value}` as const })),
    },
  ],
  facts: [
    { label: 'conflicts.kind', show: kind },
    { label: 'conflicts.reason', show: reason },
    { label: 'conflicts.created_at', show: createdAt },
  ],
  actions: [],
  main: [
    { kind: 'component', title: 'conflicts.sides', component: Sides },
    {
      kind: 'component',
      title: 'conflicts.decide',
      component: Decision,
      isShown: (row) => row.status === 'open',
    },
  ],
  side: [
    {
      kind: 'facts',
      title: 'conflicts.resolution',
      facts: [
        {
          label: 'conflicts.resolution',
          show: { kind: 'text', of: (row, { t }) => (row.status === 'open' ? null : t(decided(row.resolution))) },
        },
        { label: 'conflicts.resolved_at', show: { kind: 'instant', of: (row) => row.resolved_at } },
      ],
    },
    {
      kind: 'facts',
      title: 'kit.technical',
      isFolded: true,
      facts: [
        { label: 'appointment.id', show: { kind: 'id', of: (row) => row.id } },
        { label: 'conflicts.booking_id', show: { kind: 'text', of: (row) => row.calcom_booking_id } },
        { label: 'conflicts.event_type_id', show: { kind: 'text', of: (row) => row.calcom_event_type_id } },
        { label: 'conflicts.user_id', show: { kind: 'text', of: (row) => row.calcom_user_id } },
      ],
    },
  ],
  form: [],
});
