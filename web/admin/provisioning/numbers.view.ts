/** How a business's numbers look in the panel: list by state, order, forwarding, giving back. */
import type { NumberState } from '../../../shared/agent-sets.ts';
import type { AgentView } from '../../../shared/contract/agents.ts';
import type { NumberView } from '../../../shared/contract/numbers.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import { defineView, type Display, reference } from '../kit/view.ts';
import { branchReference } from '../setup/references.ts';
import { ALL_TAB, RECORD_TEXTS } from '../setup/shared-parts.ts';
import { Forwarding, Release } from './number-parts.tsx';

const LOOKS: Readonly<Record<NumberState, StatusLook>> = {
  waiting: { tone: 'warning', icon: 'clock' },
  assigned: { tone: 'info', icon: 'check' },
  live: { tone: 'success', icon: 'check' },
  failed: { tone: 'danger', icon: 'cross' },
  released: { tone: 'gray', icon: 'undo' },
};

export const agentReference = reference<AgentView>({
  resource: 'retell-agents',
  path: '/admin/agents',
  permission: 'view_retell_agents',
  name: (row) => row.name,
});

const state: Display<NumberView> = {
  kind: 'badge',
  of: (row) => ({ look: LOOKS[row.state], word: `numbers.state.${row.state}` }),
};
const branch: Display<NumberView> = { kind: 'references', to: branchReference, of: (row) => [row.branch_id] };
const agent: Display<NumberView> = {
  kind: 'references',
  to: agentReference,
  none: 'numbers.no_agent',
  of: (row) => (row.agent_id === null ? [] : [row.agent_id]),
};
const published: Display<NumberView> = {
  kind: 'phone',
  of: (row) => (row.published_number === null ? [] : [row.published_number]),
};
const forwarding: Display<NumberView> = {
  kind: 'badge',
  of: (row) =>
    row.state === 'waiting' || row.state === 'released'
      ? null
      : row.first_call_at === null
        ? { look: { tone: 'gray', icon: 'question' }, word: 'numbers.forwarding.open' }
        : { look: { tone: 'success', icon: 'check' }, word: 'numbers.forwarding.works' },
};

export const numbersView = defineView<NumberView>({
  resource: 'phone-numbers',
  path: '/admin/numbers',
  icon: 'phone',
  permissions: { view: 'view_phone_numbers', create: 'create_phone_numbers', edit: 'edit_phone_numbers' },
  references: [branchReference, agentReference],
  name: (row, { t }) => row.number ?? t('numbers.pending'),
  texts: {
    ...RECORD_TEXTS,
    title: 'numbers.title',
    create: 'numbers.create',
    new_title: 'numbers.create',
    back: 'numbers.back',
    empty_title: 'numbers.empty_title',
    empty_hint: 'numbers.empty_hint',
    forbidden: 'numbers.forbidden',
  },
  first: { label: 'numbers.number' },
  columns: [
    { label: 'numbers.branch', show: branch, place: 'under' },
    { label: 'numbers.published', show: published, isWide: true },
    { label: 'numbers.forwarding', show: forwarding, isWide: true },
    { label: 'numbers.state', show: state, place: 'aside' },
    {
      label: 'numbers.order_at',
      show: { kind: 'instant', of: (row) => row.created_at },
      sort: 'created_at',
      place: 'end',
    },
  ],
  order: '-created_at',
  tabs: [ALL_TAB, { name: 'waiting', label: 'numbers.state.waiting', filter: { state: 'waiting' } }],
  filters: [{ name: 'branch_id', label: 'numbers.branch', to: branchReference }],
  facts: [
    { label: 'numbers.state', show: state },
    { label: 'numbers.branch', show: branch },
    { label: 'numbers.agent', show: agent },
    { label: 'numbers.forwarding', show: forwarding },
  ],
  actions: [],
  main: [
    {
      kind: 'component',
      title: 'numbers.forwarding',
      component: Forwarding,
      isShown: (row) => row.state !== 'released',
    },
    {
      kind: 'component',
      title: 'numbers.release',
      component: Release,
      permission: 'delete_phone_numbers',
      isShown: (row) => row.state !== 'released',
    },
  ],
  side: [
    {
      kind: 'facts',
      title: 'numbers.about',
      facts: [
        { label: 'numbers.published', show: published },
        { label: 'numbers.order_at', show: { kind: 'instant', of: (row) => row.created_at } },
      ],
    },
    {
      kind: 'facts',
      title: 'kit.technical',
      isFolded: true,
      facts: [{ label: 'appointment.id', show: { kind: 'id', of: (row) => row.id } }],
    },
  ],
  form: [
    {
      title: 'numbers.section',
      hint: 'numbers.section_hint',
      fields: [
        {
          name: 'branch_id',
          kind: 'reference',
          label: 'numbers.branch',
          to: branchReference,
          isShown: (_values, row) => row === null,
        },
        {
          name: 'published_number',
          kind: 'text',
          label: 'numbers.published',
          hint: 'numbers.published_hint',
          problem: 'numbers.published_problem',
          maxLength: 40,
        },
        {
          name: 'agent_id',
          kind: 'reference',
          label: 'numbers.agent',
          to: agentReference,
          none: 'numbers.no_agent',
          isShown: (_values, row) => row !== null,
        },
      ],
    },
  ],
});
