/** How phone agents look in the panel: list by state, form, set-up with its differences, preview. */
import {
  AGENT_ABILITIES,
  AGENT_TRADES,
  AGENT_VOICE_NAMES,
  type AgentState,
  MAX_FIRST_SENTENCE,
} from '../../../shared/agent-sets.ts';
import type { AgentView } from '../../../shared/contract/agents.ts';
import { LANGUAGES } from '../../../shared/i18n/language.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import { defineView, type Display } from '../kit/view.ts';
import { branchReference } from '../setup/references.ts';
import { ALL_TAB, DELETED_TAB, RECORD_TEXTS } from '../setup/shared-parts.ts';
import { AgentPreviewCard } from './agent-preview.tsx';
import { AgentSetup, AgentTwins } from './agent-setup.tsx';
import { AgentRecording } from './agent-recording.tsx';
import { RemoveAgent } from './remove-agent.tsx';

const LOOKS: Readonly<Record<AgentState, StatusLook>> = {
  draft: { tone: 'gray', icon: 'pen' },
  provisioning: { tone: 'info', icon: 'clock' },
  live: { tone: 'success', icon: 'check' },
  drifted: { tone: 'warning', icon: 'warning' },
  failed: { tone: 'danger', icon: 'cross' },
  removing: { tone: 'gray', icon: 'bin' },
};

const state: Display<AgentView> = {
  kind: 'badge',
  of: (row) => ({ look: LOOKS[row.state], word: `agents.state.${row.state}` }),
};
const branch: Display<AgentView> = { kind: 'references', to: branchReference, of: (row) => [row.branch_id] };
const language: Display<AgentView> = { kind: 'text', of: (row, { t }) => t(`agents.language.${row.language}`) };
const voice: Display<AgentView> = { kind: 'text', of: (row, { t }) => t(`agents.voice.${row.voice}`) };
const abilities: Display<AgentView> = {
  kind: 'text',
  of: (row, { t }) =>
    row.abilities.length === 0
      ? t('agents.abilities_none')
      : row.abilities.map((one) => t(`agents.ability.${one}`)).join(', '),
};
const phone = (of: (row: AgentView) => string | null): Display<AgentView> => ({
  kind: 'phone',
  of: (row) => {
    const number = of(row);
    return number === null ? [] : [number];
  },
});

export const agentsView = defineView<AgentView>({
  resource: 'retell-agents',
  path: '/admin/agents',
  icon: 'chat',
  permissions: { view: 'view_retell_agents', create: 'create_retell_agents', edit: 'edit_retell_agents' },
  references: [branchReference],
  name: (row) => row.name,
  texts: {
    ...RECORD_TEXTS,
    title: 'agents.title',
    create: 'agents.create',
    new_title: 'agents.create',
    back: 'agents.back',
    empty_title: 'agents.empty_title',
    empty_hint: 'agents.empty_hint',
    forbidden: 'agents.forbidden',
  },
  first: { label: 'kit.name' },
  columns: [
    { label: 'agents.branch', show: branch, place: 'under' },
    { label: 'agents.language', show: language, isWide: true },
    { label: 'agents.state', show: state, place: 'aside' },
    {
      label: 'agents.created_at',
      show: { kind: 'instant', of: (row) => row.created_at },
      sort: 'created_at',
      place: 'end',
    },
  ],
  order: '-created_at',
  tabs: [
    ALL_TAB,
    { name: 'live', label: 'agents.tab.live', filter: { state: 'live' } },
    { name: 'failed', label: 'agents.tab.failed', filter: { state: 'failed' } },
    DELETED_TAB,
  ],
  filters: [{ name: 'branch_id', label: 'agents.branch', to: branchReference }],
  facts: [
    { label: 'agents.state', show: state },
    { label: 'agents.branch', show: branch },
    { label: 'agents.language', show: language },
    { label: 'agents.live_at', show: { kind: 'instant', of: (row) => row.live_at } },
  ],
  actions: [],
  main: [
    { kind: 'component', title: 'agents.setup', component: AgentSetup },
    {
      kind: 'component',
      title: 'agents.twins',
      component: AgentTwins,
      isShown: (row) => row.twins.length > 0,
    },
    { kind: 'component', title: 'agents.preview', component: AgentPreviewCard },
    {
      kind: 'component',
      title: 'agents.recording',
      component: AgentRecording,
      isShown: (row) => row.state !== 'removing',
    },
    {
      kind: 'component',
      title: 'agents.remove',
      component: RemoveAgent,
      permission: 'delete_retell_agents',
      isShown: (row) => row.state !== 'removing',
    },
  ],
  side: [
    {
      kind: 'facts',
      title: 'agents.about',
      facts: [
        {
          label: 'agents.trade',
          show: { kind: 'text', of: (row, { t }) => t(`agents.trade.${row.trade}`) },
        },
        { label: 'agents.voice', show: voice },
        { label: 'agents.abilities', show: abilities },
        { label: 'agents.transfer_number', show: phone((row) => row.transfer_number) },
        { label: 'agents.emergency_number', show: phone((row) => row.emergency_number) },
        { label: 'agents.checked_at', show: { kind: 'instant', of: (row) => row.checked_at } },
      ],
    },
    {
      kind: 'facts',
      title: 'kit.technical',
      isFolded: true,
      facts: [
        { label: 'appointment.id', show: { kind: 'id', of: (row) => row.id } },
        { label: 'agents.retell_agent', show: { kind: 'text', of: (row) => row.retell_agent_id } },
        { label: 'agents.retell_model', show: { kind: 'text', of: (row) => row.retell_llm_id } },
        {
          label: 'agents.retell_version',
          show: { kind: 'text', of: (row) => (row.retell_version === null ? null : String(row.retell_version)) },
        },
      ],
    },
  ],
  form: [
    {
      title: 'agents.section_who',
      hint: 'agents.section_who_hint',
      fields: [
        { name: 'name', kind: 'text', label: 'kit.name', maxLength: 60, problem: 'kit.name_problem' },
        { name: 'branch_id', kind: 'reference', label: 'agents.branch', to: branchReference },
        {
          name: 'language',
          kind: 'choice',
          label: 'agents.language',
          options: LANGUAGES.map((value) => ({ value, label: `agents.language.${value}` as const })),
        },
        {
          name: 'voice',
          kind: 'choice',
          label: 'agents.voice',
          problem: 'agents.voice_problem',
          options: AGENT_VOICE_NAMES.map((value) => ({ value, label: `agents.voice.${value}` as const })),
        },
        {
          name: 'trade',
          kind: 'choice',
          label: 'agents.trade',
          options: AGENT_TRADES.map((value) => ({ value, label: `agents.trade.${value}` as const })),
        },
      ],
    },
    {
      title: 'agents.section_says',
      hint: 'agents.section_says_hint',
      fields: [
        {
          name: 'first_sentence',
          kind: 'text',
          label: 'agents.first_sentence',
          hint: 'agents.first_sentence_hint',
          problem: 'agents.first_sentence_problem',
          maxLength: MAX_FIRST_SENTENCE,
        },
        {
          name: 'transfer_number',
          kind: 'text',
          label: 'agents.transfer_number',
          hint: 'agents.transfer_number_hint',
          problem: 'agents.number_problem',
          maxLength: 40,
        },
        {
          name: 'emergency_number',
          kind: 'text',
          label: 'agents.emergency_number',
          hint: 'agents.emergency_number_hint',
          problem: 'agents.number_problem',
          maxLength: 40,
        },
      ],
    },
    {
      title: 'agents.section_may',
      hint: 'agents.section_may_hint',
      fields: [
        {
          name: 'abilities',
          kind: 'choices',
          label: 'agents.abilities',
          options: AGENT_ABILITIES.map((value) => ({ value, label: `agents.ability.${value}` as const })),
        },
      ],
    },
  ],
  start: () => ({ language: 'de', voice: 'clara', trade: 'other', abilities: [...AGENT_ABILITIES] }),
  adds: () => ({ first_sentence: null, transfer_number: null, emergency_number: null }),
});
