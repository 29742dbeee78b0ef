/** Calls as a resource: webhooks and functions write them, people read them. Mounted by app.ts. */
import { callDetailView, callListQuery, callView } from '../../shared/contract/calls.ts';
import { d1Reading } from '../resources/d1-backing.ts';
import { defineResource } from '../resources/define.ts';
import { callList } from '../storage/queries/calls.ts';
import { awaitingCallback, detailOfCall, viewsOfCalls } from './queries/calls.ts';

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
  backing: d1Reading({
    noun: 'call',
    source: callList,
    lookups: { callback: awaitingCallback },
    views: viewsOfCalls,
    detail: (scope, row, { language }) => detailOfCall(scope, row, language),
  }),
});
