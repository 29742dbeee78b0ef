/** How the operator's pool of numbers looks in the panel: list by state, whose a number is, taking one out. */
import { POOL_STATES, type PoolState } from '../../../shared/agent-sets.ts';
import type { PoolNumberView } from '../../../shared/contract/numbers.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import { defineView, type Display } from '../kit/view.ts';
import { RECORD_TEXTS } from '../setup/shared-parts.ts';
import { TakeOut } from './pool-parts.tsx';

const LOOKS: Readonly<Record<PoolState, StatusLook>> = {
  free: { tone: 'success', icon: 'check' },
  claimed: { tone: 'info', icon: 'user' },
  removed: { tone: 'gray', icon: 'cross' },
};
const state: Display<PoolNumberView> = {
  kind: 'badge',
  of: (row) => ({ look: LOOKS[row.state], word: `pool.state.${row.state}` }),
};
const trunk: Display<PoolNumberView> = { kind: 'text', of: (row) => row.termination_uri };
const tenant: Display<PoolNumberView> = { kind: 'text', of: (row) => row.tenant?.name ?? null };

export const poolView = defineView<PoolNumberView>({
  resource: 'number-pool',
  path: '/admin/number-pool',
  icon: 'phone',
  permissions: { view: 'view_number_pool' },
  name: (row) => row.number,
  texts: {
    ...RECORD_TEXTS,
    title: 'pool.title',
    create: 'pool.import',
    new_title: 'pool.import',
    back: 'pool.back',
    empty_title: 'pool.empty_title',
    empty_hint: 'pool.empty_hint',
    forbidden: 'pool.forbidden',
  },
  first: { label: 'numbers.number' },
  columns: [
    { label: 'pool.tenant', show: tenant, place: 'under' },
    { label: 'pool.country', show: { kind: 'text', of: (row) => row.country }, isWide: true },
    { label: 'pool.trunk', show: trunk, isWide: true },
    { label: 'pool.state', show: state, place: 'aside' },
    { label: 'pool.created_at', show: { kind: 'instant', of: (row) => row.created_at }, place: 'end' },
  ],
  order: '-created_at',
  tabs: POOL_STATES.map((name) => ({ name, label: `pool.state.${name}` as const, filter: { state: name } })),
  filters: [],
  facts: [
    { label: 'pool.state', show: state },
    { label: 'pool.tenant', show: tenant },
    { label: 'pool.created_at', show: { kind: 'instant', of: (row) => row.created_at } },
    { label: 'pool.claimed_at', show: { kind: 'instant', of: (row) => row.claimed_at } },
  ],
  actions: [],
  main: [
    {
      kind: 'component',
      title: 'pool.manage',
      component: TakeOut,
      permission: 'delete_number_pool',
      isShown: (row) => row.state === 'free',
    },
  ],
  side: [
    {
      kind: 'facts',
      title: 'pool.about',
      facts: [
        { label: 'pool.trunk', show: trunk },
        { label: 'pool.transport', show: { kind: 'text', of: (row) => row.transport } },
        { label: 'pool.user', show: { kind: 'text', of: (row) => row.sip_username } },
        {
          label: 'pool.has_password',
          show: { kind: 'text', of: (row, { t }) => t(row.has_password ? 'kit.yes' : 'kit.no') },
        },
        { label: 'pool.country', show: { kind: 'text', of: (row) => row.country } },
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
