/** Call back requests as a resource: the phone agent notes them, people read them. Mounted by app.ts. */
import { callbackListQuery, callbackView } from '../../shared/contract/calls.ts';
import { d1Reading } from '../resources/d1-backing.ts';
import { defineResource } from '../resources/define.ts';
import { callbackList } from '../storage/queries/calls.ts';
import { viewsOfCallbacks } from './queries/callbacks.ts';

export const callbacksResource = defineResource({
  noun: 'callback_request',
  path: '/api/v1/callback-requests',
  collection: 'calls',
  words: { one: 'a call back request', many: 'call backs that the phone agent noted', listed: 'newest first' },
  permissions: { view: 'view_callback_requests' },
  contract: { item: callbackView, query: callbackListQuery },
  backing: d1Reading({ noun: 'callback_request', source: callbackList, views: viewsOfCallbacks }),
});
