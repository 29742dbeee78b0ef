/** REST of phone agents, of a business's numbers and of the operator's pool. Mounted by app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { agentParams, agentPreviewResponse, agentResponse, twinRequest } from '../../shared/contract/agents.ts';
import {
  importRequest,
  importResponse,
  numberParams,
  numberRequest,
  numberResponse,
  poolNumberParams,
  poolNumberResponse,
} from '../../shared/contract/numbers.ts';
import { lazy } from '../../shared/lazy.ts';
import type { Platform } from '../env.ts';
import { answer } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { createRoutes, type ModuleRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import type { JobWorld } from '../jobs/world.ts';
import { agentShown } from './agent-kind.ts';
import { agentsResource } from './agents.resource.ts';
import { numberShown, poolNumberShown } from './number-kind.ts';
import { numbersResource, poolResource } from './numbers.resource.ts';

// Rules, templates and Retell's client come with the first use (docs/decisions.md 13).
const acting = lazy(() => import('./commands/act-on-agent.ts'));
const ordering = lazy(() => import('./commands/order-number.ts'));
const pooling = lazy(() => import('./commands/number-pool.ts'));
const previewing = lazy(() => import('./queries/preview.ts'));

const AGENTS = '/api/v1/retell-agents';
const NUMBERS = '/api/v1/phone-numbers';
const POOL = '/api/v1/number-pool';
const tags = ['provisioning'];

/** @param worldOf the registry of jobs of this environment; it loads with the first request */
export function createProvisioningRoutes(worldOf: (platform: Platform) => Promise<JobWorld>): ModuleRoutes {
  const routes = createRoutes();
  routes.route('/', agentsResource.routes);
  routes.route('/', numbersResource.routes);
  routes.route('/', poolResource.routes);

  routes.openapi(
    createRoute({
      method: 'get',
      path: `${AGENTS}/{id}/preview`,
      tags,
      summary: 'First sentence, filled prompt and functions of an agent, as they would be sent now',
      ...guarded('view_retell_agents'),
      request: { params: agentParams },
      responses: { 200: jsonAnswer(agentPreviewResponse, 'the preview'), ...guardErrors() },
    }),
    async (c) => {
      const result = await (await previewing()).previewOfAgent(c.get('scope'), c.req.valid('param').id);
      return answer(c, { result }, (data) => ({ success: true, data }));
    },
  );

  const agentAnswers = () => ({ 200: jsonAnswer(agentResponse, 'the agent'), ...guardErrors() });

  routes.openapi(
    createRoute({
      method: 'post',
      path: `${AGENTS}/{id}/provision`,
      tags,
      summary: 'Bring an agent to Retell as it should be, or begin again where it stopped',
      ...guardedOnce('edit_retell_agents'),
      request: { params: agentParams },
      responses: { ...agentAnswers(), ...onceErrors() },
    }),
    async (c) => {
      const world = await worldOf(c.get('platform'));
      const result = await (await acting()).provisionAgent(c.get('scope'), world, c.req.valid('param').id);
      return answer(c, { result }, (row) => ({ success: true, data: agentShown(row) }));
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: `${AGENTS}/{id}/check`,
      tags,
      summary: 'Compare what stands at Retell with what should',
      ...guardedOnce('edit_retell_agents'),
      request: { params: agentParams },
      responses: {
        ...agentAnswers(),
        ...onceErrors('ILLEGAL_TRANSITION'),
        ...errorResponses('UPSTREAM_UNAVAILABLE'),
      },
    }),
    async (c) => {
      const result = await (await acting()).lookAtAgent(c.get('scope'), c.req.valid('param').id);
      return answer(c, { result }, (row) => ({ success: true, data: agentShown(row) }));
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: `${AGENTS}/{id}/remove-twin`,
      tags,
      summary: 'Delete a second agent or model of ours at Retell; what is in use stays',
      ...guardedOnce('delete_retell_agents'),
      request: { params: agentParams, body: jsonBody(twinRequest) },
      responses: { ...agentAnswers(), ...onceErrors(), ...errorResponses('UPSTREAM_UNAVAILABLE') },
    }),
    async (c) => {
      const asked = { ...c.req.valid('param'), twin: c.req.valid('json') };
      const result = await (await acting()).removeTwin(c.get('scope'), asked);
      return answer(c, { result }, (row) => ({ success: true, data: agentShown(row) }));
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: NUMBERS,
      tags,
      summary: 'Ask for a number for a branch; without a free one the order waits',
      ...guardedOnce('create_phone_numbers'),
      request: { body: jsonBody(numberRequest) },
      responses: {
        201: jsonAnswer(numberResponse, 'the number, or the order that waits'),
        ...guardErrors(),
        ...onceErrors('LIMIT_REACHED'),
        ...errorResponses('UPSTREAM_UNAVAILABLE'),
      },
    }),
    async (c) => {
      const platform = c.get('platform');
      const [world, { orderNumber }] = [await worldOf(platform), await ordering()];
      const result = await orderNumber(platform, c.get('scope'), world, c.req.valid('json'));
      return answer(c, { result }, (row) => ({ success: true, data: numberShown(row) }), 201);
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: `${NUMBERS}/{id}/release`,
      tags,
      summary: 'Give a number back, or take an order back',
      ...guardedOnce('delete_phone_numbers'),
      request: { params: numberParams },
      responses: {
        200: jsonAnswer(numberResponse, 'the number'),
        ...guardErrors(),
        ...onceErrors('VERSION_CONFLICT'),
        ...errorResponses('UPSTREAM_UNAVAILABLE'),
      },
    }),
    async (c) => {
      const result = await (await ordering()).releaseNumber(c.get('scope'), c.req.valid('param').id);
      return answer(c, { result }, (row) => ({ success: true, data: numberShown(row) }));
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: POOL,
      tags,
      summary: 'Import numbers of one SIP trunk; all of them or none',
      ...guardedOnce('create_number_pool'),
      request: { body: jsonBody(importRequest) },
      responses: { 201: jsonAnswer(importResponse, 'what was imported'), ...guardErrors(), ...onceErrors() },
    }),
    async (c) => {
      const platform = c.get('platform');
      const [world, { importNumbers }] = [await worldOf(platform), await pooling()];
      const result = await importNumbers(platform, c.get('scope'), world, c.req.valid('json'));
      return answer(c, { result }, (data) => ({ success: true, data }), 201);
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: `${POOL}/{id}/remove`,
      tags,
      summary: 'Take a free number out of the pool',
      ...guardedOnce('delete_number_pool'),
      request: { params: poolNumberParams },
      responses: {
        200: jsonAnswer(poolNumberResponse, 'the number'),
        ...guardErrors(),
        ...onceErrors('ILLEGAL_TRANSITION'),
      },
    }),
    async (c) => {
      const result = await (await pooling()).takeOut(c.get('scope'), c.req.valid('param').id);
      return answer(c, { result }, (row) => ({ success: true, data: poolNumberShown(row) }));
    },
  );

  return routes;
}
