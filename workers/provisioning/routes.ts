/** REST of phone agents, of a business's numbers and of the operator's pool. Mounted by control-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import {
  agentParams,
  agentPreviewResponse,
  agentResponse,
  recordingRequest,
  removeAgentRequest,
  twinRequest,
} from '../../shared/contract/agents.ts';
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
import { agentsResource } from './agents.resource.ts';
import { numbersResource, poolResource } from './numbers.resource.ts';

// Rules, templates, tables and Retell's client come with the first use (docs/decisions.md 13).
const answers = lazy(() => import('./answers.ts'));

const AGENTS = '/api/v1/retell-agents';
const NUMBERS = '/api/v1/phone-numbers';
const POOL = '/api/v1/number-pool';
const tags = ['provisioning'];

const upstream = () => errorResponses('UPSTREAM_UNAVAILABLE');
const agentAnswer = () => ({ 200: jsonAnswer(agentResponse, 'the agent'), ...guardErrors(), ...upstream() });

/** @param worldOf the registry of jobs of this environment; it loads with the first request */
export function createProvisioningRoutes(worldOf: (platform: Platform) => Promise<JobWorld>): ModuleRoutes {
  const routes = createRoutes();
  for (const resource of [agentsResource, numbersResource, poolResource]) routes.route('/', resource.routes);

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
      const result = await (await answers()).previewOfAgent(c.get('scope'), c.req.valid('param').id);
      return answer(c, { result }, (data) => ({ success: true, data }));
    },
  );

  for (const [verb, summary] of [
    ['provision', 'Bring an agent to Retell as it should be, or begin again where it stopped'],
    ['check', 'Compare what stands at Retell with what should'],
  ] as const)
    routes.openapi(
      createRoute({
        method: 'post',
        path: `${AGENTS}/{id}/${verb}`,
        tags,
        summary,
        ...guardedOnce('edit_retell_agents'),
        request: { params: agentParams },
        responses: { ...agentAnswer(), ...onceErrors('ILLEGAL_TRANSITION') },
      }),
      async (c) => {
        const { agentShown, lookAtAgent, provisionAgent } = await answers();
        const { id } = c.req.valid('param');
        const result =
          verb === 'check'
            ? await lookAtAgent(c.get('scope'), id)
            : await provisionAgent(c.get('scope'), await worldOf(c.get('platform')), id);
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
      responses: { ...agentAnswer(), ...onceErrors() },
    }),
    async (c) => {
      const { agentShown, removeTwin } = await answers();
      const result = await removeTwin(c.get('scope'), { ...c.req.valid('param'), twin: c.req.valid('json') });
      return answer(c, { result }, (row) => ({ success: true, data: agentShown(row) }));
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: `${AGENTS}/{id}/recording`,
      tags,
      summary: 'Whether calls are recorded: announced at their beginning and refusable, or not at all',
      ...guardedOnce('manage_recordings'),
      'x-actor': 'user',
      request: { params: agentParams, body: jsonBody(recordingRequest) },
      responses: { ...agentAnswer(), ...onceErrors('VERSION_CONFLICT') },
    }),
    async (c) => {
      const { agentShown, setRecording } = await answers();
      const result = await setRecording(c.get('scope'), await worldOf(c.get('platform')), {
        ...c.req.valid('param'),
        ...c.req.valid('json'),
      });
      return answer(c, { result }, (row) => ({ success: true, data: agentShown(row) }));
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: `${AGENTS}/{id}/remove`,
      tags,
      summary: 'Delete an agent: a job deletes what stands of it at Retell first',
      ...guardedOnce('delete_retell_agents'),
      request: { params: agentParams, body: jsonBody(removeAgentRequest) },
      responses: { 200: jsonAnswer(agentResponse, 'the agent'), ...guardErrors(), ...onceErrors() },
    }),
    async (c) => {
      const { agentShown, removeAgent } = await answers();
      const result = await removeAgent(c.get('scope'), await worldOf(c.get('platform')), {
        ...c.req.valid('param'),
        ...c.req.valid('json'),
      });
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
        ...upstream(),
        ...onceErrors('LIMIT_REACHED'),
      },
    }),
    async (c) => {
      const platform = c.get('platform');
      const { numberShown, orderNumber } = await answers();
      const result = await orderNumber(platform, c.get('scope'), await worldOf(platform), c.req.valid('json'));
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
        ...upstream(),
        ...onceErrors('VERSION_CONFLICT'),
      },
    }),
    async (c) => {
      const { numberShown, releaseNumber } = await answers();
      const result = await releaseNumber(c.get('scope'), c.req.valid('param').id);
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
      const { importNumbers } = await answers();
      const result = await importNumbers(platform, c.get('scope'), await worldOf(platform), c.req.valid('json'));
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
      const { poolNumberShown, takeOut } = await answers();
      const result = await takeOut(c.get('scope'), c.req.valid('param').id);
      return answer(c, { result }, (row) => ({ success: true, data: poolNumberShown(row) }));
    },
  );

  return routes;
}
