/** HTTP of transfers from the own ledger to a customer's. Mounted by routes.ts, before `/{id}/{verb}`, whose pattern fits theirs. */
import { createRoute } from '@hono/zod-openapi';
import { tenantParams } from '../../shared/contract/tenants.ts';
import {
  transferListQuery,
  transferListResponse,
  transferRequest,
  transferResponse,
} from '../../shared/contract/transfers.ts';
import { lazy } from '../../shared/lazy.ts';
import { asCents } from '../../shared/money.ts';
import { answer } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { createRoutes } from '../http/module-routes.ts';
import { guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';

const commands = lazy(() => import('./tenant-commands.ts'));
const TRANSFERS = '/api/v1/tenants/{id}/transfers';
const tags = ['tenants'];

export const transferRoutes = createRoutes();

transferRoutes.openapi(
  createRoute({
    method: 'get',
    path: TRANSFERS,
    tags,
    summary: 'Money that went from the own balance to this customer, newest first',
    ...guarded('view_transfers'),
    request: { params: tenantParams, query: transferListQuery },
    responses: { 200: jsonAnswer(transferListResponse, 'a page of transfers'), ...guardErrors() },
  }),
  async (c) => {
    const { transfersWith } = await commands();
    const result = await transfersWith(c.get('scope'), { ...c.req.valid('query'), ...c.req.valid('param') });
    return answer(c, { result }, (found) => ({ success: true, ...found }));
  },
);

transferRoutes.openapi(
  createRoute({
    method: 'post',
    path: TRANSFERS,
    tags,
    summary: 'Top this customer up from the own paid balance; it arrives within moments, or comes back',
    ...guardedOnce('create_transfers'),
    request: { params: tenantParams, body: jsonBody(transferRequest) },
    responses: {
      201: jsonAnswer(transferResponse, 'the transfer, on its way'),
      ...guardErrors(),
      ...onceErrors('TENANT_SUSPENDED', 'INSUFFICIENT_BALANCE', 'LIMIT_REACHED'),
    },
  }),
  async (c) => {
    const { sendTransfer, viewOfTransfer } = await commands();
    const sent = await sendTransfer(c.get('scope'), {
      id: c.req.valid('param').id,
      amountCents: asCents(c.req.valid('json').amount_cents),
      key: c.get('idempotencyKey'),
    });
    return answer(c, sent, (transfer) => ({ success: true, data: viewOfTransfer(transfer) }), 201);
  },
);
