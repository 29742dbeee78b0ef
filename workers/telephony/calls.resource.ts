/** Calls as a resource: webhooks and functions write them; people read them, look at them, say whose they are, delete them. Mounted by app.ts. */
import { callChange, callDetailView, callListQuery, callView } from '../../shared/contract/calls.ts';
import { lazy } from '../../shared/lazy.ts';
import { defineResource } from '../resources/define.ts';
import type { Cell } from '../resources/csv.ts';
import type { CallsBacking } from './calls-backing.ts';

const loaded = lazy(async () => (await import('./calls-backing.ts')).callsBacking);

const backing: CallsBacking = {
  kind: 'd1',
  page: async (...asked) => (await loaded()).page(...asked),
  one: async (...asked) => (await loaded()).one(...asked),
  change: async (...asked) => (await loaded()).change(...asked),
  remove: async (...asked) => (await loaded()).remove(...asked),
  restore: async (...asked) => (await loaded()).restore(...asked),
};

export const callsResource = defineResource({
  noun: 'call',
  path: '/api/v1/calls',
  collection: 'calls',
  words: {
    one: 'a call',
    many: 'calls',
    listed: 'newest first',
    shown: 'with transcript, what the agent did, analysis, appointment, receipt',
    removal: 'Delete a call that is over; it can be restored for 30 days, and what it cost stays in the books',
  },
  permissions: { view: 'view_calls', edit: 'edit_calls', remove: 'delete_calls', export: 'export_calls' },
  contract: { item: callView, query: callListQuery, detail: callDetailView, change: callChange },
  refusals: ['ILLEGAL_TRANSITION'],
  backing,
  columns: {
    id: (call): Cell => call.id,
    started_at: (call) => call.started_at,
    ended_at: (call) => call.ended_at,
    duration_seconds: (call) => call.duration_seconds,
    direction: (call) => call.direction,
    status: (call) => call.status,
    from: (call) => call.from_masked,
    customer: (call) => call.customer?.name ?? null,
    customer_id: (call) => call.customer?.id ?? null,
    branch: (call) => call.branch?.name ?? null,
    summary: (call) => call.summary,
    sentiment: (call) => call.sentiment,
    successful: (call) => call.successful,
    appointment_id: (call) => call.appointment_id,
    charged_cents: (call) => call.charged_cents,
    currency: (call) => call.currency,
    reviewed_at: (call) => call.reviewed_at,
  },
});
