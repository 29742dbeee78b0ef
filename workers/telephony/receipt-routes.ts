/** HTTP of a call's receipt down to the ledger's entries. Mounted by office-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { callReceiptParams, callReceiptResponse } from '../../shared/contract/calls.ts';
import { answer } from '../http/answer.ts';
import { createRoutes } from '../http/module-routes.ts';
import { guarded, guardErrors, jsonAnswer } from '../http/schema.ts';
import { callReceipt } from './queries/call-receipt.ts';

export const receiptRoutes = createRoutes();

receiptRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/calls/{id}/receipt',
    tags: ['calls'],
    summary: 'What a call cost, line by line; with `view_transactions` down to the entries of the ledger',
    ...guarded('view_calls'),
    request: { params: callReceiptParams },
    responses: { 200: jsonAnswer(callReceiptResponse, 'the receipt'), ...guardErrors() },
  }),
  async (c) => {
    const result = await callReceipt(c.get('scope'), c.req.valid('param').id);
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);
