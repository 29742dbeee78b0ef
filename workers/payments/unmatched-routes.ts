/** HTTP of payment events that fitted nothing of ours, for the platform's operator. Mounted by app.ts. */
import { lazy } from '../../shared/lazy.ts';
import { createRoute } from '@hono/zod-openapi';
import {
  matchRequest,
  reasonRequest,
  unmatchedListQuery,
  unmatchedListResponse,
  unmatchedParams,
  unmatchedResponse,
} from '../../shared/contract/operations.ts';
import { answer } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { createRoutes } from '../http/module-routes.ts';
import { guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import { unmatchedList } from './queries/unmatched.ts';

const settling = lazy(() => import('./commands/settle-unmatched.ts'));
const UNMATCHED = '/api/v1/unmatched-payments';
const tags = ['money'];
const settled = {
  200: jsonAnswer(unmatchedResponse, 'the event as it is now'),
  ...guardErrors(),
  ...onceErrors('ILLEGAL_TRANSITION'),
};

export const unmatchedRoutes = createRoutes();

unmatchedRoutes.openapi(
  createRoute({
    method: 'get',
    path: UNMATCHED,
    tags,
    summary: 'Payment events that fitted nothing of ours, youngest first',
    ...guarded('view_alarms'),
    request: { query: unmatchedListQuery },
    responses: { 200: jsonAnswer(unmatchedListResponse, 'a page of events'), ...guardErrors() },
  }),
  async (c) => {
    const result = await unmatchedList(c.get('scope'), c.req.valid('query'));
    return answer(c, { result }, ({ shown, meta }) => ({ success: true, data: shown, meta }));
  },
);

unmatchedRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${UNMATCHED}/{tenant_id}/{id}/match`,
    tags,
    summary: 'Say whose payment it was, and apply the event',
    ...guardedOnce('manage_topups'),
    request: { params: unmatchedParams, body: jsonBody(matchRequest) },
    responses: settled,
  }),
  async (c) => {
    const { tenant_id: tenantId, id } = c.req.valid('param');
    const { tenant_id: owner, topup_id: topupId, reason } = c.req.valid('json');
    const input = { tenantId, id, owner, topupId, reason };
    const { matchUnmatched } = await settling();
    const result = await matchUnmatched(c.get('platform'), c.get('scope'), input);
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

unmatchedRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${UNMATCHED}/{tenant_id}/{id}/ignore`,
    tags,
    summary: 'Take an event off the list with a reason; nothing is booked',
    ...guardedOnce('manage_topups'),
    request: { params: unmatchedParams, body: jsonBody(reasonRequest) },
    responses: settled,
  }),
  async (c) => {
    const { tenant_id: tenantId, id } = c.req.valid('param');
    const { ignoreUnmatched } = await settling();
    const result = await ignoreUnmatched(c.get('platform'), c.get('scope'), { tenantId, id, ...c.req.valid('json') });
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);
