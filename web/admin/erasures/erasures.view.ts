/** How erasures of customers look in the panel: the list with its states, and of one what happens, what is left at Cal.com, what went. */
import type { ErasureView } from '../../../shared/contract/erasures.ts';
import { ERASURE_STATES, type ErasureState } from '../../../shared/erasure-status.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import { defineView, type Display, type Fact, type Key } from '../kit/view.ts';
import { RECORD_TEXTS } from '../setup/shared-parts.ts';
import { LeftAtCalcom } from './left-at-calcom.tsx';
import { Progress } from './progress.tsx';

const LOOKS: Readonly<Record<ErasureState, StatusLook>> = {
  requested: { tone: 'warning', icon: 'clock' },
  running: { tone: 'info', icon: 'refresh' },
  erased: { tone: 'success', icon: 'check' },
};

const state: Display<ErasureView> = {
  kind: 'badge',
  of: (row) => ({ look: LOOKS[row.state], word: `erasures.state.${row.state}` }),
};
/** What a person still has to do there. */
const task: Display<ErasureView> = {
  kind: 'badge',
  of: (row) => {
    if (row.closed_at !== null) return { look: { tone: 'success', icon: 'check' }, word: 'erasures.task.closed' };
    if (row.left_at_calcom.length > 0) return { look: { tone: 'warning', icon: 'link' }, word: 'erasures.task.open' };
    // Before it is carried out nobody knows what will be left.
    return row.state === 'erased' ? { look: { tone: 'gray', icon: 'check' }, word: 'erasures.task.none' } : null;
  },
};
const reason: Display<ErasureView> = {
  kind: 'text',
  of: (row, { t }) => t(`erasures.reason.${row.reason ?? 'waits'}`),
};
const requestedAt: Display<ErasureView> = { kind: 'instant', of: (row) => row.requested_at };
const dueAt: Display<ErasureView> = { kind: 'instant', of: (row) => row.due_at };
const erasedAt: Display<ErasureView> = { kind: 'instant', of: (row) => row.erased_at };

const count = (name: string, label: Key): Fact<ErasureView> => ({
  label,
  show: { kind: 'text', of: (row) => String(row.counts[name] ?? 0) },
});

export const erasuresView = defineView<ErasureView>({
  resource: 'erasures',
  path: '/admin/erasures',
  icon: 'bin',
  permissions: { view: 'erase_customers' },
  // Nobody has a name here: the person is hidden, or gone.
  name: (row) => row.id,
  texts: {
    ...RECORD_TEXTS,
    title: 'erasures.title',
    create: 'erasures.title',
    new_title: 'erasures.title',
    back: 'erasures.back',
    empty_title: 'erasures.empty_title',
    empty_hint: 'erasures.empty_hint',
    forbidden: 'erasures.forbidden',
  },
  first: { label: 'erasures.customer' },
  columns: [
    { label: 'erasures.state', show: state, place: 'aside' },
    { label: 'erasures.task', show: task, place: 'under' },
    { label: 'erasures.requested_at', show: requestedAt, sort: 'requested_at', place: 'end' },
    { label: 'erasures.due_at', show: dueAt, isWide: true },
  ],
  order: '-requested_at',
  tabs: [
    { name: 'all', label: 'erasures.tab.all', filter: {} },
    ...ERASURE_STATES.map((name) => ({ name, label: `erasures.tab.${name}` as const, filter: { state: name } })),
  ],
  filters: [],
  facts: [
    { label: 'erasures.state', show: state },
    { label: 'erasures.task', show: task },
    { label: 'erasures.requested_at', show: requestedAt },
    { label: 'erasures.reason', show: reason },
  ],
  actions: [],
  main: [
    { kind: 'component', title: 'erasures.what_happens', component: Progress },
    {
      kind: 'component',
      title: 'erasures.left',
      component: LeftAtCalcom,
      isShown: (row) => row.left_at_calcom.length > 0,
    },
  ],
  side: [
    {
      kind: 'facts',
      title: 'erasures.counts',
      facts: [
        count('appointments', 'erasures.count.appointments'),
        count('calls', 'erasures.count.calls'),
        count('callback_requests', 'erasures.count.callback_requests'),
        count('messages', 'erasures.count.messages'),
        count('webhooks', 'erasures.count.webhooks'),
        count('activity', 'erasures.count.activity'),
      ],
    },
    {
      kind: 'facts',
      title: 'kit.technical',
      isFolded: true,
      facts: [
        { label: 'erasures.customer', show: { kind: 'id', of: (row) => row.id } },
        { label: 'erasures.due_at', show: dueAt },
        { label: 'erasures.erased_at', show: erasedAt },
        { label: 'erasures.closed_at', show: { kind: 'instant', of: (row) => row.closed_at } },
      ],
    },
  ],
  form: [],
});
