/** Call back requests as a resource: the phone agent notes them, people read them. Mounted by app.ts. */
import {
  type CallbackChange,
  type CallbackView,
  callbackChange,
  callbackListQuery,
  callbackView,
} from '../../shared/contract/calls.ts';
import { lazy } from '../../shared/lazy.ts';
import { err, ok } from '../../shared/result.ts';
import { lazyReading } from '../resources/lazy-backing.ts';
import { defineResource } from '../resources/define.ts';
import { callbackList } from '../storage/queries/calls.ts';
import type { callbackRequests } from '../storage/tables/calls.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { viewsOfCallbacks } from './queries/callbacks.ts';

const commands = lazy(() => import('./commands/update-callback.ts'));

export const callbacksResource = defineResource({
  noun: 'callback_request',
  path: '/api/v1/callback-requests',
  collection: 'calls',
  words: { one: 'a call back request', many: 'call backs that the phone agent noted', listed: 'newest first' },
  permissions: { view: 'view_callback_requests', edit: 'edit_callback_requests' },
  contract: { item: callbackView, query: callbackListQuery, change: callbackChange },
  backing: {
    ...lazyReading<typeof callbackRequests, CallbackView, CallbackView>({
      noun: 'callback_request',
      source: callbackList,
      views: viewsOfCallbacks,
    }),
    async change(scope: TenantScope, id: string, input: CallbackChange) {
      const { updateCallback } = await commands();
      const changed = await updateCallback(scope, { id, status: input.status, assignedTo: input.assigned_to });
      if (!changed.ok) return changed;
      const [view] = await viewsOfCallbacks(scope, [changed.value]);
      return view === undefined ? err({ code: 'NOT_FOUND', entity: 'callback_request' }) : ok({ view });
    },
  },
});
