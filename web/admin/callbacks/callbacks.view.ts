/** How call backs look in the panel: the list by state, of one who waits for what, and what people do about it. */
import { lazy } from 'react';
import type { CallbackView } from '../../../shared/contract/calls.ts';
import { CALLBACK_STATUSES, type CallbackStatus } from '../../../shared/call-status.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import { defineView, type Display } from '../kit/view.ts';
import { branchReference, userReference } from '../setup/references.ts';
import { RECORD_TEXTS } from '../setup/shared-parts.ts';

/** Cards of one call back's page; the list needs none. */
const Attempts = lazy(async () => ({ default: (await import('./attempts.tsx')).Attempts }));
const NextStep = lazy(async () => ({ default: (await import('./next-step.tsx')).NextStep }));

const LOOKS: Readonly<Record<CallbackStatus, StatusLook>> = {
  open: { tone: 'warning', icon: 'clock' },
  assigned: { tone: 'info', icon: 'user' },
  done: { tone: 'success', icon: 'check' },
  failed: { tone: 'gray', icon: 'absent' },
};

const status: Display<CallbackView> = {
  kind: 'badge',
  of: (row) =>
    row.overdue
      ? { look: { tone: 'danger', icon: 'warning' }, word: 'callbacks.overdue' }
      : { look: LOOKS[row.status], word: `callbacks.status.${row.status}` },
};
const due: Display<CallbackView> = { kind: 'instant', of: (row) => row.due_at };
const urgency: Display<CallbackView> = {
  kind: 'badge',
  of: (row) =>
    row.priority === 'high' ? { look: { tone: 'warning', icon: 'star' }, word: 'callbacks.priority.high' } : null,
};
const urgencyWord: Display<CallbackView> = {
  kind: 'text',
  of: (row, { t }) => t(`callbacks.priority.${row.priority}`),
};
const tries: Display<CallbackView> = { kind: 'text', of: (row) => (row.tries === 0 ? null : `${row.tries} ×`) };
const phone: Display<CallbackView> = { kind: 'phone', of: (row) => (row.phone === null ? [] : [row.phone]) };
const kind: Display<CallbackView> = { kind: 'text', of: (row, { t }) => t(`callbacks.kind.${row.kind}`) };
const createdAt: Display<CallbackView> = { kind: 'instant', of: (row) => row.created_at };
const taker: Display<CallbackView> = {
  kind: 'references',
  to: userReference,
  of: (row) => (row.assigned_to === null ? [] : [row.assigned_to]),
};
/** When they would like to be rung, in their own words. */
const when: Display<CallbackView> = {
  kind: 'text',
  of: (row) => {
    const asked = row.wish['when'];
    return typeof asked === 'string' && asked !== '' ? asked : null;
  },
};

const tabOf = (name: CallbackStatus) => ({
  name,
  label: `callbacks.tab.${name}` as const,
  filter: { status: name },
});

export const callbacksView = defineView<CallbackView>({
  resource: 'callback-requests',
  path: '/admin/callbacks',
  icon: 'phone',
  permissions: { view: 'view_callback_requests' },
  references: [branchReference, userReference],
  name: (row, { t }) => row.customer?.name ?? row.name ?? t('callbacks.nameless'),
  texts: {
    ...RECORD_TEXTS,
    title: 'callbacks.title',
    create: 'callbacks.title',
    new_title: 'callbacks.title',
    back: 'callbacks.back',
    empty_title: 'callbacks.empty_title',
    empty_hint: 'callbacks.empty_hint',
    forbidden: 'callbacks.forbidden',
  },
  first: { label: 'callbacks.who' },
  columns: [
    { label: 'customers.phone', show: phone, place: 'under' },
    { label: 'callbacks.reason', show: { kind: 'long_text', of: (row) => row.reason } },
    { label: 'callbacks.status', show: status, place: 'aside' },
    { label: 'callbacks.priority', show: urgency, isWide: true },
    { label: 'callbacks.due', show: due, sort: 'due_at', place: 'end' },
    { label: 'callbacks.taker', show: taker, isWide: true },
    { label: 'callbacks.tries', show: tries, isWide: true },
    { label: 'callbacks.created_at', show: createdAt, sort: 'created_at', isWide: true },
  ],
  // What is due first is what somebody does first.
  order: 'due_at',
  tabs: [
    ...CALLBACK_STATUSES.slice(0, 2).map(tabOf),
    { name: 'overdue', label: 'callbacks.tab.overdue' as const, filter: { overdue: 'true' } },
    ...CALLBACK_STATUSES.slice(2).map(tabOf),
  ],
  filters: [
    { name: 'assigned_to', label: 'callbacks.taker', to: userReference },
    {
      name: 'priority',
      label: 'callbacks.priority',
      options: [{ value: 'high', label: 'callbacks.priority.high' }],
    },
  ],
  facts: [
    { label: 'customers.phone', show: phone },
    { label: 'callbacks.status', show: status },
    { label: 'callbacks.due', show: due },
    { label: 'callbacks.when', show: when },
  ],
  actions: [
    {
      label: 'callbacks.to_call',
      icon: 'phone',
      permission: 'view_calls',
      to: (row) => `/admin/calls/${encodeURIComponent(row.call_id ?? '')}`,
      isShown: (row) => row.call_id !== null,
    },
  ],
  main: [
    { kind: 'text', title: 'callbacks.reason', of: (row) => row.reason },
    { kind: 'component', title: 'callbacks.next', component: NextStep, permission: 'edit_callback_requests' },
    { kind: 'component', title: 'callbacks.attempts', component: Attempts },
  ],
  side: [
    {
      kind: 'facts',
      title: 'callbacks.about',
      facts: [
        { label: 'callbacks.kind', show: kind },
        { label: 'callbacks.priority', show: urgencyWord },
        { label: 'callbacks.created_at', show: createdAt },
        { label: 'callbacks.escalated', show: { kind: 'instant', of: (row) => row.escalated_at } },
        { label: 'callbacks.taker', show: taker },
        {
          label: 'callbacks.branch',
          show: {
            kind: 'references',
            to: branchReference,
            of: (row) => (row.branch_id === null ? [] : [row.branch_id]),
          },
        },
        { label: 'callbacks.closed_at', show: { kind: 'instant', of: (row) => row.closed_at } },
      ],
    },
    {
      kind: 'facts',
      title: 'kit.technical',
      isFolded: true,
      facts: [{ label: 'appointment.id', show: { kind: 'id', of: (row) => row.id } }],
    },
  ],
  form: [],
});
