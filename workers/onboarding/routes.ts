/** HTTP of a business's set-up: templates, the list of steps, first branch and people, test calls. Mounted by app.ts. */
import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  addedPeopleResponse,
  addPeopleRequest,
  appliedResponse,
  applyTemplateRequest,
  endTestCallRequest,
  firstPlaceRequest,
  firstPlaceResponse,
  onboardingChange,
  onboardingResponse,
  sayRequest,
  startTestCallRequest,
  testCallParams,
  testCallResponse,
  tradeParams,
  tradeTemplateResponse,
  tradeTemplatesResponse,
} from '../../shared/contract/onboarding.ts';
import { doneBody } from '../../shared/contract/parts.ts';
import { lazy } from '../../shared/lazy.ts';
import { answer } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { type AppEnv, createRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';

// All of it loads with the first use: start-up holds the declarations only.
const work = lazy(() => import('./work.ts'));
const testCalls = lazy(() => import('../telephony/test-call/test-call.ts'));

const tags = ['onboarding'];
const TEMPLATES = '/api/v1/trade-templates';
const CALLS = '/api/v1/test-calls';

export const onboardingRoutes = createRoutes();

onboardingRoutes.openapi(
  createRoute({
    method: 'get',
    path: TEMPLATES,
    tags,
    summary: 'Trades with a template',
    ...guarded('view_services'),
    responses: { 200: jsonAnswer(tradeTemplatesResponse, 'all of them'), ...guardErrors() },
  }),
  async (c) => c.json({ success: true as const, data: (await work()).tradeList() }, 200),
);

onboardingRoutes.openapi(
  createRoute({
    method: 'get',
    path: `${TEMPLATES}/{id}`,
    tags,
    summary: 'The template of a trade: services, hours, words',
    ...guarded('view_services'),
    request: { params: tradeParams },
    responses: { 200: jsonAnswer(tradeTemplateResponse, 'the template'), ...guardErrors() },
  }),
  async (c) => {
    const { templateNamed } = await work();
    return answer(c, { result: await templateNamed(c.req.valid('param').id) }, (data) => ({ success: true, data }));
  },
);

onboardingRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${TEMPLATES}/{id}/apply`,
    tags,
    summary: 'Make services, hours and people of a template, as chosen and changed',
    ...guardedOnce('create_services'),
    request: { params: tradeParams, body: jsonBody(applyTemplateRequest) },
    responses: { 200: jsonAnswer(appliedResponse, 'what there is now'), ...guardErrors(), ...onceErrors() },
  }),
  async (c) => {
    const { applyTemplate } = await work();
    const command = { trade: c.req.valid('param').id, ...c.req.valid('json') };
    return answer(c, await applyTemplate(c.get('scope'), command), (data) => ({ success: true, data }));
  },
);

onboardingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/onboarding',
    tags,
    summary: 'How far the business is set up',
    ...guarded('view_services'),
    responses: { 200: jsonAnswer(onboardingResponse, 'the steps'), ...guardErrors() },
  }),
  async (c) => {
    const { onboardingOf } = await work();
    return answer(c, { result: await onboardingOf(c.get('scope')) }, (data) => ({ success: true, data }));
  },
);

onboardingRoutes.openapi(
  createRoute({
    method: 'patch',
    path: '/api/v1/onboarding',
    tags,
    summary: 'Put a step off, or bring it back',
    ...guarded('edit_services'),
    request: { body: jsonBody(onboardingChange) },
    responses: { 200: jsonAnswer(onboardingResponse, 'the steps'), ...guardErrors() },
  }),
  async (c) => {
    const { skipStep } = await work();
    const result = await skipStep(c.get('scope'), c.req.valid('json'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

onboardingRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/onboarding/place',
    tags,
    summary: 'Make the company and its main branch, or name them and say where they are',
    ...guardedOnce('create_branches'),
    request: { body: jsonBody(firstPlaceRequest) },
    responses: {
      200: jsonAnswer(firstPlaceResponse, 'both ids'),
      ...guardErrors(),
      ...onceErrors(),
    },
  }),
  async (c) => {
    const { makeFirstPlace } = await work();
    return answer(c, await makeFirstPlace(c.get('scope'), c.req.valid('json')), (data) => ({ success: true, data }));
  },
);

onboardingRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/onboarding/people',
    tags,
    summary: 'Make people with the hours of their branch and the services they do',
    ...guardedOnce('create_staff'),
    request: { body: jsonBody(addPeopleRequest) },
    responses: { 200: jsonAnswer(addedPeopleResponse, 'their ids'), ...guardErrors(), ...onceErrors() },
  }),
  async (c) => {
    const { addPeople } = await work();
    return answer(c, await addPeople(c.get('scope'), c.req.valid('json')), (data) => ({ success: true, data }));
  },
);

const around = (c: Context<AppEnv>) => ({
  requestId: c.get('requestId'),
  waitUntil: (work: Promise<unknown>) => c.executionCtx.waitUntil(work),
});

onboardingRoutes.openapi(
  createRoute({
    method: 'post',
    path: CALLS,
    tags,
    summary: 'Call the agent to try it: nothing is charged, nothing sent',
    ...guardedOnce('create_appointments'),
    request: { body: jsonBody(startTestCallRequest) },
    responses: { 200: jsonAnswer(testCallResponse, 'the greeting'), ...guardErrors(), ...onceErrors() },
  }),
  async (c) => {
    const { startTestCall } = await testCalls();
    const input = { branchId: c.req.valid('json').branch_id ?? null, language: c.get('language') };
    const result = await startTestCall(c.get('platform'), c.get('scope'), input, around(c));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

onboardingRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${CALLS}/{id}/say`,
    tags,
    summary: 'What the caller says; answered with what the agent asks, does and says',
    ...guardedOnce('create_appointments'),
    request: { params: testCallParams, body: jsonBody(sayRequest) },
    responses: {
      200: jsonAnswer(testCallResponse, 'the agent’s turn'),
      ...guardErrors(),
      ...onceErrors(),
      ...errorResponses('LIMIT_REACHED'),
    },
  }),
  async (c) => {
    const { sayInTestCall } = await testCalls();
    const input = { ...c.req.valid('param'), ...c.req.valid('json') };
    const result = await sayInTestCall(c.get('platform'), c.get('scope'), input, around(c));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

onboardingRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${CALLS}/{id}/end`,
    tags,
    summary: 'Hang up',
    ...guardedOnce('create_appointments'),
    request: { params: testCallParams, body: jsonBody(endTestCallRequest) },
    responses: { 200: jsonAnswer(doneBody, 'the call has ended'), ...guardErrors(), ...onceErrors() },
  }),
  async (c) => {
    const { endTestCall } = await testCalls();
    const input = { ...c.req.valid('param'), ...c.req.valid('json') };
    const result = await endTestCall(c.get('platform'), c.get('scope'), input);
    return answer(c, { result }, () => ({ success: true }));
  },
);
