/** HTTP of the platform's operator: objects of tenants with their ways out, and work that was given up. Mounted by app.ts. */
import { createRoute } from '@hono/zod-openapi';
import {
  ledgerParams,
  objectParams,
  objectResponse,
  parkedListQuery,
  parkedListResponse,
  parkedParams,
  parkedResponse,
  reasonRequest,
  rebuiltResponse,
  repairedResponse,
  restoredResponse,
  skippedResponse,
  skipRequest,
  verifiedResponse,
} from '../../shared/contract/operations.ts';
import { lazy } from '../../shared/lazy.ts';
import { answer } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { createRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';

// They bring rebuild and restore along: loaded with the first use (docs/decisions.md 13).
const operator = lazy(() => import('./operator-commands.ts'));

const OBJECT = '/api/v1/objects/{tenant_id}/{kind}';
const PARKED = '/api/v1/parked-work';
const tags = ['operations'];

const objectAsked = ({ tenant_id, kind }: { tenant_id: string; kind: 'calendar' | 'ledger' }) => ({
  tenantId: tenant_id,
  kind,
});

export const operatorRoutes = createRoutes();

operatorRoutes.openapi(
  createRoute({
    method: 'get',
    path: OBJECT,
    tags,
    summary: 'An object of a tenant as it stands: what waits, what is stuck, what was skipped',
    ...guarded('view_objects'),
    request: { params: objectParams },
    responses: { 200: jsonAnswer(objectResponse, 'the object'), ...guardErrors() },
  }),
  async (c) => {
    const { objectStatus } = await operator();
    const result = await objectStatus(c.get('platform'), c.get('scope'), objectAsked(c.req.valid('param')));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

operatorRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${OBJECT}/skip`,
    tags,
    summary: 'Let pass an event that cannot be delivered; rebuild afterwards',
    ...guardedOnce('manage_objects'),
    request: { params: objectParams, body: jsonBody(skipRequest) },
    responses: {
      200: jsonAnswer(skippedResponse, 'the sinks that go on behind it'),
      ...guardErrors(),
      ...onceErrors('ILLEGAL_TRANSITION'),
      ...errorResponses('OBJECT_FENCED'),
    },
  }),
  async (c) => {
    const { skipEvent } = await operator();
    const object = objectAsked(c.req.valid('param'));
    const result = await skipEvent(c.get('platform'), c.get('scope'), { ...object, ...c.req.valid('json') });
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

operatorRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${OBJECT}/rebuild`,
    tags,
    summary: "Write D1's rows of an object anew; refused over an object that contradicts itself or D1",
    ...guardedOnce('manage_objects'),
    request: { params: objectParams, body: jsonBody(reasonRequest) },
    responses: {
      200: jsonAnswer(rebuiltResponse, 'rows written and removed'),
      ...guardErrors(),
      ...onceErrors('LEDGER_UNSOUND'),
    },
  }),
  async (c) => {
    const { rebuildObject } = await operator();
    const object = objectAsked(c.req.valid('param'));
    const result = await rebuildObject(c.get('platform'), c.get('scope'), { ...object, ...c.req.valid('json') });
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

operatorRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${OBJECT}/restore`,
    tags,
    summary: 'Repeat what an object lost whose file was put back, and let it take commands again',
    ...guardedOnce('manage_objects'),
    request: { params: objectParams, body: jsonBody(reasonRequest) },
    responses: {
      200: jsonAnswer(restoredResponse, 'what was repeated'),
      ...guardErrors(),
      ...onceErrors('LEDGER_UNSOUND', 'OUTBOX_STUCK'),
    },
  }),
  async (c) => {
    const { restoreByHand } = await operator();
    const object = objectAsked(c.req.valid('param'));
    const result = await restoreByHand(c.get('platform'), c.get('scope'), { ...object, ...c.req.valid('json') });
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

operatorRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${OBJECT}/verify`,
    tags,
    summary: 'Compare an object with D1, and a ledger with itself from its first entry',
    ...guardedOnce('manage_objects'),
    request: { params: objectParams },
    responses: { 200: jsonAnswer(verifiedResponse, 'what was found'), ...guardErrors(), ...onceErrors() },
  }),
  async (c) => {
    const { verifyObject } = await operator();
    const result = await verifyObject(c.get('platform'), c.get('scope'), objectAsked(c.req.valid('param')));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

operatorRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/objects/{tenant_id}/ledger/repair',
    tags,
    summary: 'Set changed entries of a ledger back to what D1 witnesses, as far as the chain of hashes proves it',
    ...guardedOnce('manage_objects'),
    request: { params: ledgerParams, body: jsonBody(reasonRequest) },
    responses: { 200: jsonAnswer(repairedResponse, 'the ledger afterwards'), ...guardErrors(), ...onceErrors() },
  }),
  async (c) => {
    const { repairLedger } = await operator();
    const { tenant_id: tenantId } = c.req.valid('param');
    const result = await repairLedger(c.get('platform'), c.get('scope'), { tenantId, ...c.req.valid('json') });
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

operatorRoutes.openapi(
  createRoute({
    method: 'get',
    path: PARKED,
    tags,
    summary: 'Work of all tenants that was given up, youngest first',
    ...guarded('view_alarms'),
    request: { query: parkedListQuery },
    responses: { 200: jsonAnswer(parkedListResponse, 'a page of parked work'), ...guardErrors() },
  }),
  async (c) => {
    const { parkedPage } = await operator();
    const result = await parkedPage(c.get('platform'), c.get('scope'), c.req.valid('query'));
    return answer(c, { result }, ({ shown, meta }) => ({ success: true, data: shown, meta }));
  },
);

for (const [action, summary] of [
  ['replay', 'Begin parked work anew'],
  ['settle', 'Say of parked work that nothing is left to do'],
] as const) {
  operatorRoutes.openapi(
    createRoute({
      method: 'post',
      path: `${PARKED}/{tenant_id}/{id}/${action}`,
      tags,
      summary,
      ...guardedOnce('manage_alarms'),
      request: { params: parkedParams, body: jsonBody(reasonRequest) },
      responses: { 200: jsonAnswer(parkedResponse, 'it is off the list'), ...guardErrors(), ...onceErrors() },
    }),
    async (c) => {
      const { replayParked, dropParked } = await operator();
      const { tenant_id: tenantId, id } = c.req.valid('param');
      const command = action === 'replay' ? replayParked : dropParked;
      const result = await command(c.get('platform'), c.get('scope'), { tenantId, id, ...c.req.valid('json') });
      return answer(c, { result }, (data) => ({ success: true, data }));
    },
  );
}
