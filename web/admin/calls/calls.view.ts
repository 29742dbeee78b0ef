/** How calls look in lists: the questions people ask of them, search, days, and what to do with a row. The page of one is call-page.tsx. */
import type { CallListItem } from '../../../shared/contract/calls.ts';
import { CALL_QUESTIONS } from '../../../shared/first-requests.ts';
import { SENTIMENT_LOOK } from '../../ui/appointment-status.ts';
import { clockDuration } from '../../ui/format.ts';
import { defineView, type Display } from '../kit/view.ts';
import { DELETED_TAB, RECORD_TEXTS } from '../setup/shared-parts.ts';
import { outcomeOf } from './call-outcome.ts';
import { callerOf } from './call-words.ts';

const when: Display<CallListItem> = { kind: 'instant', of: (row) => row.started_at };
const outcome: Display<CallListItem> = { kind: 'badge', of: outcomeOf };
const mood: Display<CallListItem> = {
  kind: 'badge',
  of: ({ sentiment }) =>
    sentiment === null ? null : { look: SENTIMENT_LOOK[sentiment], word: `sentiment.${sentiment}` },
};
const mark: Display<CallListItem> = {
  kind: 'badge',
  of: (row) =>
    row.reviewed_at !== null || row.status === 'ongoing'
      ? null
      : { look: { tone: 'warning', icon: 'eye' }, word: 'calls.new' },
};
const price: Display<CallListItem> = {
  kind: 'money',
  of: (row) => (row.charged_cents === null ? null : { cents: row.charged_cents, currency: row.currency }),
};
const duration: Display<CallListItem> = {
  kind: 'text',
  of: (row) => (row.duration_seconds === null ? null : clockDuration(row.duration_seconds)),
};

const NAMES = ['all', 'without', 'with', 'callback', 'negative', 'live'] as const;

export const callsView = defineView<CallListItem>({
  resource: 'calls',
  path: '/admin/calls',
  icon: 'phone',
  permissions: { view: 'view_calls', delete: 'delete_calls', export: 'export_calls' },
  // Of who is still talking nothing is deleted.
  isFixed: (row) => row.status === 'ongoing',
  name: (row, { t }) => callerOf(row, t),
  texts: {
    ...RECORD_TEXTS,
    title: 'calls.title',
    create: 'calls.title',
    new_title: 'calls.title',
    back: 'call.back',
    no_match_hint: 'calls.no_match_hint',
    empty_title: 'calls.empty_title',
    empty_hint: 'calls.empty_hint',
    forbidden: 'calls.forbidden_title',
  },
  first: { label: 'calls.caller' },
  columns: [
    { label: 'calls.when', show: when, sort: 'started_at', place: 'end' },
    { label: 'calls.outcome', show: outcome, place: 'aside' },
    { label: 'calls.summary', show: { kind: 'long_text', of: (row) => row.summary }, place: 'under' },
    { label: 'calls.mark', show: mark, isWide: true },
    { label: 'calls.sentiment', show: mood, isWide: true },
    { label: 'calls.duration', show: duration, isWide: true },
    { label: 'calls.price', show: price },
  ],
  order: '-started_at',
  tabs: [
    ...NAMES.map((name) => ({
      name,
      label: `calls.question.${name}` as const,
      filter: { ...CALL_QUESTIONS[name] },
    })),
    DELETED_TAB,
  ],
  search: 'calls.search',
  filters: [
    { name: 'started_from', label: 'calls.from', day: 'from' },
    { name: 'started_before', label: 'calls.to', day: 'until' },
    { name: 'reviewed', label: 'calls.mark', options: [{ value: 'false', label: 'calls.unreviewed' }] },
    { name: 'customer_id', label: 'calls.person', brought: true },
  ],
  figures: ['calls_today', 'calls_ongoing', 'calls_booked', 'calls_length', 'calls_negative'],
  facts: [],
  main: [],
  side: [],
  actions: [],
  form: [],
});
