/** Where call backs are listed and changed: rows of the tenant. Loaded with the first request by callbacks.resource.ts. */
import type { CallbackChange, CallbackDetail, CallbackView } from '../../shared/contract/calls.ts';
import { ok } from '../../shared/result.ts';
import type { Backing } from '../resources/backing.ts';
import { d1Reading, listPage, type D1Reading } from '../resources/d1-backing.ts';
import { callbackList } from '../storage/queries/calls.ts';
import { callbacksReached } from '../storage/queries/reach.ts';
import type { callbackRequests } from '../storage/tables/calls.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { updateCallback } from './commands/update-callback.ts';
import { detailOfCallback, viewsOfCallbacks } from './queries/callbacks.ts';

export type CallbacksBacking = Required<
  Pick<Backing<CallbackView, never, CallbackChange, CallbackDetail>, 'kind' | 'page' | 'one' | 'change'>
>;

/** What is overdue hangs on the request's clock. */
const declared = (now: number): D1Reading<typeof callbackRequests, CallbackView, CallbackDetail> => ({
  noun: 'callback_request',
  source: callbackList(now),
  only: async (scope) => callbacksReached(await scope.reached()),
  views: viewsOfCallbacks,
  detail: detailOfCallback,
});
const one: CallbacksBacking['one'] = (scope, id, asked) => d1Reading(declared(scope.now)).one(scope, id, asked);

export const callbacksBacking: CallbacksBacking = {
  kind: 'd1',
  page: (scope, query, asked) => listPage(scope, declared(scope.now), query, asked),
  one,
  async change(scope: TenantScope, id, input, asked) {
    const seen = await one(scope, id, asked);
    if (!seen.ok) return seen;
    const changed = await updateCallback(scope, {
      id,
      status: input.status,
      assignedTo: input.assigned_to,
      priority: input.priority,
      dueAt: input.due_at,
    });
    return changed.ok ? ok({ view: await detailOfCallback(scope, changed.value) }) : changed;
  },
};
