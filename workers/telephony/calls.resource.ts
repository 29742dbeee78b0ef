/** Calls as a resource: webhooks and functions write them, people read them. Mounted by app.ts. */
import { callDetailView, callListQuery, callView } from '../../shared/contract/calls.ts';
import { lazyReading } from '../resources/lazy-backing.ts';
import { lazy } from '../../shared/lazy.ts';
import { defineResource } from '../resources/define.ts';
import { callList } from '../storage/queries/calls.ts';

const queries = lazy(() => import('./queries/calls.ts'));

export const callsResource = defineResource({
  noun: 'call',
  path: '/api/v1/calls',
  collection: 'calls',
  words: {
    one: 'a call',
    many: 'calls',
    listed: 'newest first',
    shown: 'with transcript, analysis, appointment, receipt',
  },
  permissions: { view: 'view_calls' },
  contract: { item: callView, query: callListQuery, detail: callDetailView },
  backing: lazyReading({
    noun: 'call',
    source: callList,
    lookups: { callback: async (scope) => (await queries()).awaitingCallback(scope) },
    views: async (scope, rows) => (await queries()).viewsOfCalls(scope, rows),
    detail: async (scope, row, { language }) => (await queries()).detailOfCall(scope, row, language),
  }),
});
