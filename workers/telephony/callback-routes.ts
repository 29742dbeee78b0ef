/** What is done with a call back beside changing it: an attempt to reach the caller is written down, and who may be given one is asked. Mounted by office-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  callbackAssigneesResponse,
  callbackAttemptRequest,
  callbackDetailResponse,
} from '../../shared/contract/calls.ts';
import { newId } from '../../shared/ids.ts';
import { lazy } from '../../shared/lazy.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { createRoutes } from '../http/module-routes.ts';
import { refuse } from '../http/problem.ts';
import { guarded, guardErrors, idParam, jsonAnswer, jsonBody } from '../http/schema.ts';

const PATH = '/api/v1/callback-requests';

const commands = lazy(() => import('./commands/update-callback.ts'));
const people = lazy(() => import('./queries/assignees.ts'));
const backing = lazy(() => import('./callbacks-backing.ts'));
const views = lazy(() => import('./queries/callbacks.ts'));

export const callbackRoutes = createRoutes();

callbackRoutes.openapi(
  createRoute({
    method: 'get',
    path: `${PATH}/assignees`,
    tags: ['calls'],
    summary: 'Who may be given a call back, by name',
    ...guarded('edit_callback_requests'),
    responses: { 200: jsonAnswer(callbackAssigneesResponse, 'people'), ...guardErrors() },
  }),
  async (c) => {
    const found = await (await people()).assignees(c.get('scope'));
    return found.ok ? c.json({ success: true as const, data: found.value }, 200) : (refuse(c, found.error) as never);
  },
);

callbackRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${PATH}/{id}/attempts`,
    tags: ['calls'],
    summary: 'Write down an attempt to reach the caller; `reached` closes the request unless `status` says otherwise',
    ...guardedOnce('edit_callback_requests'),
    request: { params: z.object({ id: idParam('callback_request') }), body: jsonBody(callbackAttemptRequest) },
    responses: {
      201: jsonAnswer(callbackDetailResponse, 'the call back with the attempt'),
      ...guardErrors(),
      ...onceErrors('ILLEGAL_TRANSITION'),
    },
  }),
  async (c) => {
    const scope = c.get('scope');
    const { id } = c.req.valid('param');
    const { outcome, note, status } = c.req.valid('json');
    const asked = {
      expectedVersion: null,
      minimum: null,
      key: null,
      confirm: false,
      confirmToken: null,
      language: c.get('language'),
    };
    const seen = await (await backing()).callbacksBacking.one(scope, id, asked);
    if (!seen.ok) return refuse(c, seen.error) as never;
    const attemptId = newId('callback_attempt', scope.now);
    const { recordAttempt } = await commands();
    const done = await recordAttempt(scope, { id, attemptId, outcome, note: note || null, status });
    if (!done.ok) return refuse(c, done.error) as never;
    const { detailOfCallback } = await views();
    return c.json({ success: true as const, data: await detailOfCallback(scope, done.value) }, 201);
  },
);
