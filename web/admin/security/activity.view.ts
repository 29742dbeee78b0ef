/** How the activity log looks in the panel: who did what to what, and of one entry the values before and after. */
import type { ActivityDetailView } from '../../../shared/contract/activity.ts';
import { translateIfKnown } from '../../ui/i18n.ts';
import type { Words } from '../admin-context.tsx';
import { defineView, type Display, reference } from '../kit/view.ts';
import { ALL_TAB, RECORD_TEXTS } from '../setup/shared-parts.ts';
import { ValuesCard } from './values-card.tsx';

const LOGS = [
  'identity',
  'appointments',
  'calls',
  'customers',
  'crm',
  'master_data',
  'money',
  'payments',
  'provisioning',
  'tenants',
  'operations',
  'onboarding',
] as const;

const userReference = reference<{ id: string; name: string }>({
  resource: 'users',
  path: '/admin/users',
  permission: 'view_users',
  name: (row) => row.name,
});

/** `tag.created` as people say it: its noun and what became of it; the code where one of them has no word yet. */
function eventText({ event, subject_type: type }: ActivityDetailView, { catalogue }: Words): string {
  const [noun = '', did = ''] = event.split('.');
  const of = translateIfKnown(catalogue, `activity.of.${noun}`) ?? translateIfKnown(catalogue, `activity.of.${type}`);
  const verb = translateIfKnown(catalogue, `activity.did.${did}`);
  return of === undefined || verb === undefined ? event : `${of}: ${verb}`;
}

function whoText(row: ActivityDetailView, { t, catalogue }: Words): string {
  const person =
    row.causer_type === 'user'
      ? (row.causer_name ?? t('activity.unknown_person'))
      : (translateIfKnown(catalogue, `activity.causer.${row.causer_type}`) ?? row.causer_type);
  if (row.impersonator_id === null) return person;
  return t('activity.by_support', { operator: row.impersonator_name ?? t('activity.unknown_person'), person });
}

const who: Display<ActivityDetailView> = { kind: 'text', of: whoText };
const when: Display<ActivityDetailView> = { kind: 'instant', of: (row) => row.created_at };
const subject: Display<ActivityDetailView> = {
  kind: 'text',
  of: (row, { catalogue }) => translateIfKnown(catalogue, `activity.of.${row.subject_type}`) ?? row.subject_type,
};
const fields: Display<ActivityDetailView> = { kind: 'text', of: (row) => row.fields.join(', ') || null };
const log: Display<ActivityDetailView> = {
  kind: 'text',
  of: (row, { catalogue }) => translateIfKnown(catalogue, `activity.log.${row.log}`) ?? row.log,
};

export const activityView = defineView<ActivityDetailView>({
  resource: 'activity',
  path: '/admin/activity',
  icon: 'clock',
  permissions: { view: 'view_activity', export: 'export_activity' },
  references: [userReference],
  name: eventText,
  texts: {
    ...RECORD_TEXTS,
    title: 'activity.title',
    create: 'activity.title',
    new_title: 'activity.title',
    back: 'activity.back',
    empty_title: 'activity.empty_title',
    empty_hint: 'activity.empty_hint',
    forbidden: 'activity.forbidden',
  },
  first: { label: 'activity.what' },
  columns: [
    { label: 'activity.who', show: who, place: 'under' },
    { label: 'activity.fields', show: fields, isWide: true },
    { label: 'activity.log', show: log, isWide: true },
    { label: 'activity.when', show: when, place: 'end' },
  ],
  order: '',
  tabs: [ALL_TAB],
  filters: [
    { name: 'since', label: 'activity.from', day: 'from' },
    { name: 'until', label: 'activity.to', day: 'until' },
    { name: 'log', label: 'activity.log', options: LOGS.map((value) => ({ value, label: `activity.log.${value}` })) },
    { name: 'causer_id', label: 'activity.person', to: userReference },
    { name: 'event', label: 'activity.kind', typed: 'activity.kind_hint' },
    { name: 'subject_id', label: 'activity.subject_id', typed: 'activity.subject_hint' },
    { name: 'impersonator_id', label: 'activity.by_this_support', brought: true },
  ],
  facts: [
    { label: 'activity.who', show: who },
    { label: 'activity.when', show: when },
    { label: 'activity.subject', show: subject },
    { label: 'activity.log', show: log },
  ],
  actions: [],
  main: [{ kind: 'component', title: 'activity.values', component: ValuesCard }],
  side: [
    {
      kind: 'facts',
      title: 'kit.technical',
      facts: [
        { label: 'activity.kind', show: { kind: 'text', of: (row) => row.event } },
        { label: 'activity.subject_id', show: { kind: 'id', of: (row) => row.subject_id } },
        { label: 'activity.address', show: { kind: 'text', of: (row) => row.ip ?? null } },
        { label: 'activity.request', show: { kind: 'text', of: (row) => row.request_id } },
      ],
    },
  ],
  form: [],
});
