/** Call back requests as a resource: the phone agent notes them, people work on them. Mounted by office-app.ts. */
import { callbackChange, callbackDetailView, callbackListQuery, callbackView } from '../../shared/contract/calls.ts';
import { lazy } from '../../shared/lazy.ts';
import { defineResource } from '../resources/define.ts';
import type { CallbacksBacking } from './callbacks-backing.ts';

const loaded = lazy(async () => (await import('./callbacks-backing.ts')).callbacksBacking);

const backing: CallbacksBacking = {
  kind: 'd1',
  page: async (...asked) => (await loaded()).page(...asked),
  one: async (...asked) => (await loaded()).one(...asked),
  change: async (...asked) => (await loaded()).change(...asked),
};

export const callbacksResource = defineResource({
  noun: 'callback_request',
  path: '/api/v1/callback-requests',
  collection: 'calls',
  words: {
    one: 'a call back request',
    many: 'call backs that the phone agent noted',
    listed: 'newest first',
    shown: 'with every attempt to reach the caller',
  },
  permissions: { view: 'view_callback_requests', edit: 'edit_callback_requests' },
  contract: {
    item: callbackView,
    query: callbackListQuery,
    detail: callbackDetailView,
    change: callbackChange,
  },
  backing,
});
