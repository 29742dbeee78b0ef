/** REST of erasing a customer. Mounted by control-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { erasureParams, erasureRequest, erasureResponse } from '../../shared/contract/erasures.ts';
import { doneBody } from '../../shared/contract/parts.ts';
import { lazy } from '../../shared/lazy.ts';
import { answer } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { createRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import type { ErasureRow } from '../storage/queries/erasures.ts';
import { erasuresResource, viewOfErasure } from './erasures.resource.ts';

const requesting = lazy(() => import('./commands/request-erasure.ts'));
const withdrawing = lazy(() => import('./commands/withdraw-erasure.ts'));
const closing = lazy(() => import('./commands/close-erasure.ts'));

const PATH = '/api/v1/customers/{id}/erasure';
const shown = (row: ErasureRow) => ({ success: true as const, data: viewOfErasure(row) });

export const erasureRoutes = createRoutes();
erasureRoutes.route('/', erasuresResource.routes);

erasureRoutes.openapi(
  createRoute({
    method: 'post',
    path: PATH,
    tags: ['customers'],
    summary: 'Erase a customer: hidden at once, erased in 30 days or, with a reason, now',
    ...guardedOnce('erase_customers'),
    request: { params: erasureParams, body: jsonBody(erasureRequest) },
    responses: { 200: jsonAnswer(erasureResponse, 'the erasure'), ...guardErrors(), ...onceErrors() },
  }),
  async (c) => {
    const { requestErasure } = await requesting();
    const result = await requestErasure(c.get('scope'), { ...c.req.valid('param'), ...c.req.valid('json') });
    return answer(c, { result }, shown);
  },
);

erasureRoutes.openapi(
  createRoute({
    method: 'delete',
    path: PATH,
    tags: ['customers'],
    summary: 'Withdraw the request while nothing has begun: the customer is there again',
    ...guarded('erase_customers'),
    request: { params: erasureParams },
    responses: {
      200: jsonAnswer(doneBody, 'withdrawn'),
      ...guardErrors(),
      ...errorResponses('ILLEGAL_TRANSITION'),
    },
  }),
  async (c) => {
    const { withdrawErasure } = await withdrawing();
    const result = await withdrawErasure(c.get('scope'), c.req.valid('param'));
    return answer(c, { result }, () => ({ success: true as const }));
  },
);

erasureRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${PATH}/close`,
    tags: ['customers'],
    summary: 'Say that the bookings left at Cal.com are deleted there',
    ...guardedOnce('erase_customers'),
    request: { params: erasureParams },
    responses: {
      200: jsonAnswer(erasureResponse, 'the erasure'),
      ...guardErrors(),
      ...onceErrors(),
      ...errorResponses('ILLEGAL_TRANSITION'),
    },
  }),
  async (c) => {
    const { closeErasureTask } = await closing();
    const result = await closeErasureTask(c.get('scope'), c.req.valid('param'));
    return answer(c, { result }, shown);
  },
);
