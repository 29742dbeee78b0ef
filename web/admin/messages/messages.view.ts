/** How messages look in the panel: the list by state, one with what it says, and why it went, waits or was stopped. */
import type { NotificationDetail } from '../../../shared/contract/notifications.ts';
import { defineView, type Display } from '../kit/view.ts';
import { RECORD_TEXTS } from '../setup/shared-parts.ts';
import { ExplainMessage } from './explain-message.tsx';
import { eventWord, MESSAGE_LOOK } from './message-words.ts';

type Row = NotificationDetail;
/** What somebody may have to do something about; the rest is under all. */
const STATES = ['failed', 'skipped'] as const;

const status: Display<Row> = {
  kind: 'badge',
  of: (row) => ({ look: MESSAGE_LOOK[row.status], word: `messages.status.${row.status}` }),
};
const channel: Display<Row> = { kind: 'text', of: (row, { t }) => t(`messages.channel.${row.channel}`) };
const createdAt: Display<Row> = { kind: 'instant', of: (row) => row.created_at };
const kind: Display<Row> = {
  kind: 'text',
  of: (row, { t }) => (row.legal_class === null ? null : t(`messages.class.${row.legal_class}`)),
};

export const messagesView = defineView<Row>({
  resource: 'notifications',
  path: '/admin/messages',
  icon: 'chat',
  permissions: { view: 'view_notifications' },
  name: (row, words) => eventWord(words, row.event_type),
  texts: {
    ...RECORD_TEXTS,
    title: 'messages.title',
    create: 'messages.title',
    new_title: 'messages.title',
    back: 'messages.back',
    empty_title: 'messages.empty_title',
    empty_hint: 'messages.empty_hint',
    forbidden: 'messages.forbidden',
  },
  first: { label: 'messages.what' },
  columns: [
    { label: 'messages.channel', show: channel, place: 'under' },
    { label: 'messages.class', show: kind, isWide: true },
    { label: 'messages.status', show: status, place: 'aside' },
    { label: 'messages.created_at', show: createdAt, place: 'end' },
  ],
  order: '',
  tabs: [
    { name: 'all', label: 'messages.tab.all', filter: {} },
    ...STATES.map((name) => ({ name, label: `messages.status.${name}` as const, filter: { status: name } })),
  ],
  filters: [{ name: 'customer_id', label: 'messages.customer', brought: true }],
  facts: [
    { label: 'messages.status', show: status },
    { label: 'messages.channel', show: channel },
    { label: 'messages.created_at', show: createdAt },
    { label: 'messages.sent_at', show: { kind: 'instant', of: (row) => row.sent_at } },
  ],
  actions: [
    {
      label: 'messages.to_customer',
      icon: 'user',
      permission: 'view_customers',
      to: (row) => `/admin/customers/${encodeURIComponent(row.customer_id ?? '')}`,
      isShown: (row) => row.customer_id !== null,
    },
  ],
  main: [
    { kind: 'text', title: 'messages.subject', of: (row) => row.subject },
    { kind: 'text', title: 'messages.text', of: (row) => row.text },
    { kind: 'component', title: 'messages.explain_title', component: ExplainMessage },
  ],
  side: [
    {
      kind: 'facts',
      title: 'kit.technical',
      isFolded: true,
      facts: [
        { label: 'appointment.id', show: { kind: 'id', of: (row) => row.id } },
        { label: 'messages.retries', show: { kind: 'text', of: (row) => String(row.retry_count) } },
        { label: 'messages.error', show: { kind: 'text', of: (row) => row.error_message } },
      ],
    },
  ],
  form: [],
});
