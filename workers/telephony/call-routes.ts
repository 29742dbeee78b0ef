/** REST of calls and call back requests: list, one with transcript and receipt. Mounted by app.ts behind session or API key. */
import { createRoute } from '@hono/zod-openapi';
import {
  callbackListQuery,
  callbackListResponse,
  callbackParams,
  callbackResponse,
  callListQuery,
  callListResponse,
  callParams,
  callResponse,
} from '../../shared/contract/calls.ts';
import { answer } from '../http/answer.ts';
import { createRoutes } from '../http/module-routes.ts';
import { guardErrors, guarded, jsonAnswer } from '../http/schema.ts';
import { callbackPage, oneCallback } from './queries/callbacks.ts';
import { callPage, oneCall } from './queries/calls.ts';

export const callRoutes = createRoutes();

callRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/calls',
    tags: ['calls'],
    summary: 'Calls, newest first',
    ...guarded('view_calls'),
    request: { query: callListQuery },
    responses: { 200: jsonAnswer(callListResponse, 'a page of calls'), ...guardErrors() },
  }),
  async (c) => {
    const result = await callPage(c.get('scope'), c.req.valid('query'));
    return answer(c, { result }, ({ shown, meta }) => ({ success: true, data: shown, meta }));
  },
);

callRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/calls/{id}',
    tags: ['calls'],
    summary: 'One call: transcript, analysis, appointment, receipt',
    ...guarded('view_calls'),
    request: { params: callParams },
    responses: { 200: jsonAnswer(callResponse, 'the call'), ...guardErrors() },
  }),
  async (c) => {
    const result = await oneCall(c.get('scope'), { ...c.req.valid('param'), language: c.get('language') });
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

callRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/callback-requests',
    tags: ['calls'],
    summary: 'Call backs that the phone agent noted, newest first',
    ...guarded('view_callback_requests'),
    request: { query: callbackListQuery },
    responses: { 200: jsonAnswer(callbackListResponse, 'a page of requests'), ...guardErrors() },
  }),
  async (c) => {
    const result = await callbackPage(c.get('scope'), c.req.valid('query'));
    return answer(c, { result }, ({ shown, meta }) => ({ success: true, data: shown, meta }));
  },
);

callRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/callback-requests/{id}',
    tags: ['calls'],
    summary: 'One call back request',
    ...guarded('view_callback_requests'),
    request: { params: callbackParams },
    responses: { 200: jsonAnswer(callbackResponse, 'the request'), ...guardErrors() },
  }),
  async (c) => {
    const result = await oneCallback(c.get('scope'), c.req.valid('param'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);
