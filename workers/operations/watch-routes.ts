/** HTTP of what the platform's operator watches: queues, inbound webhooks, shards, uptime, logs, defects, checks before going live. Mounted by control-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { parkedParams } from '../../shared/contract/operations.ts';
import {
  defectListQuery,
  defectListResponse,
  defectParams,
  defectResponse,
  forwardingRequest,
  forwardingResponse,
  forwardingTestRequest,
  inboundEventListResponse,
  inboundEventParams,
  inboundEventResponse,
  inboundWebhookListResponse,
  inboundWebhookParams,
  inboundWebhookQuery,
  inboundWebhookResponse,
  liveCheckListResponse,
  liveCheckParams,
  liveCheckResponse,
  logListQuery,
  logListResponse,
  parkedDetailResponse,
  queueListResponse,
  replayedResponse,
  replayRequest,
  settleDefectRequest,
  shardListResponse,
  switchRequest,
  uptimeResponse,
} from '../../shared/contract/watch.ts';
import { lazy } from '../../shared/lazy.ts';
import { answer, presentedVersion } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { WHOLE_LIST } from '../http/list.ts';
import { createRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';

const watch = lazy(() => import('./watch-commands.ts'));
const tags = ['operations'];

export const watchRoutes = createRoutes();

// ---------------------------------------------------------------- queues and shards

watchRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/queues',
    tags,
    summary: 'What waits, runs and was given up, by queue',
    ...guarded('view_alarms'),
    responses: { 200: jsonAnswer(queueListResponse, 'all queues'), ...guardErrors() },
  }),
  async (c) => {
    const result = await (await watch()).queueList(c.get('platform'), c.get('scope'));
    return answer(c, { result }, (data) => ({ success: true, data, meta: WHOLE_LIST }));
  },
);

watchRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/parked-work/{tenant_id}/{id}',
    tags,
    summary: 'Work that was given up, with what is known of it',
    ...guarded('view_alarms'),
    request: { params: parkedParams },
    responses: { 200: jsonAnswer(parkedDetailResponse, 'the parked work'), ...guardErrors() },
  }),
  async (c) => {
    const { tenant_id: tenantId, id } = c.req.valid('param');
    const result = await (await watch()).parkedOne(c.get('platform'), c.get('scope'), { tenantId, id });
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

watchRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/shards',
    tags,
    summary: 'Databases with their size and the tables that fill them',
    ...guarded('view_objects'),
    responses: { 200: jsonAnswer(shardListResponse, 'all shards'), ...guardErrors() },
  }),
  async (c) => {
    const result = await (await watch()).shardList(c.get('platform'), c.get('scope'));
    return answer(c, { result }, (data) => ({ success: true, data, meta: WHOLE_LIST }));
  },
);

// ---------------------------------------------------------------- inbound webhooks

watchRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/inbound-webhooks',
    tags,
    summary: 'Stored webhooks of all tenants, newest first',
    ...guarded('view_inbound_events'),
    request: { query: inboundWebhookQuery },
    responses: { 200: jsonAnswer(inboundWebhookListResponse, 'a page of webhooks'), ...guardErrors() },
  }),
  async (c) => {
    const result = await (await watch()).inboundList(c.get('platform'), c.get('scope'), c.req.valid('query'));
    return answer(c, { result }, ({ data, meta }) => ({ success: true, data, meta }));
  },
);

watchRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/inbound-webhooks/{tenant_id}/{id}',
    tags,
    summary: 'A stored webhook with its body; reading it is written down',
    ...guarded('manage_inbound_events'),
    request: { params: inboundWebhookParams },
    responses: { 200: jsonAnswer(inboundWebhookResponse, 'the webhook'), ...guardErrors() },
  }),
  async (c) => {
    const { tenant_id: tenantId, id } = c.req.valid('param');
    const result = await (await watch()).inboundOne(c.get('platform'), c.get('scope'), { tenantId, id });
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

watchRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/inbound-webhooks/{tenant_id}/{id}/replay',
    tags,
    summary: 'Work on a stored webhook once more',
    ...guardedOnce('manage_inbound_events'),
    request: { params: inboundWebhookParams, body: jsonBody(replayRequest) },
    responses: {
      200: jsonAnswer(replayedResponse, 'it waits for its turn'),
      ...guardErrors(),
      ...onceErrors('ILLEGAL_TRANSITION'),
    },
  }),
  async (c) => {
    const { tenant_id: tenantId, id } = c.req.valid('param');
    const input = { tenantId, id, ...c.req.valid('json') };
    const result = await (await watch()).replayWebhook(c.get('platform'), c.get('scope'), input);
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

watchRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/inbound-events',
    tags,
    summary: 'Kinds of events that vendors send, how often, and whether they are worked on',
    ...guarded('view_inbound_events'),
    responses: { 200: jsonAnswer(inboundEventListResponse, 'all kinds'), ...guardErrors() },
  }),
  async (c) => {
    const result = await (await watch()).eventList(c.get('platform'), c.get('scope'));
    return answer(c, { result }, (data) => ({ success: true, data, meta: WHOLE_LIST }));
  },
);

watchRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/inbound-events/{source}/{event_type}/switch',
    tags,
    summary: 'Work on a kind of event, or only keep it',
    ...guardedOnce('manage_inbound_events'),
    request: { params: inboundEventParams, body: jsonBody(switchRequest) },
    responses: {
      200: jsonAnswer(inboundEventResponse, 'as it is now'),
      ...guardErrors(),
      ...onceErrors('ILLEGAL_TRANSITION'),
    },
  }),
  async (c) => {
    const { source, event_type: eventType } = c.req.valid('param');
    const result = await (await watch()).switchEvent(c.get('scope'), { source, eventType, ...c.req.valid('json') });
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

// ---------------------------------------------------------------- uptime, logs, defects

watchRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/uptime',
    tags,
    summary: 'How the platform stood in the last ninety days, with its outages',
    ...guarded('view_alarms'),
    responses: { 200: jsonAnswer(uptimeResponse, 'ninety days'), ...guardErrors() },
  }),
  async (c) => {
    const result = await (await watch()).uptime(c.get('platform'), c.get('scope'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

watchRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/logs',
    tags,
    summary: 'Log lines of a channel, newest first',
    ...guarded('view_logs'),
    request: { query: logListQuery },
    responses: { 200: jsonAnswer(logListResponse, 'a page of lines'), ...guardErrors() },
  }),
  async (c) => {
    const result = await (await watch()).logList(c.get('platform'), c.get('scope'), c.req.valid('query'));
    return answer(c, { result }, ({ data, meta }) => ({ success: true, data, meta }));
  },
);

watchRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/defects',
    tags,
    summary: 'Faults that nobody expected, one row a fingerprint',
    ...guarded('view_defects'),
    request: { query: defectListQuery },
    responses: { 200: jsonAnswer(defectListResponse, 'a page of defects'), ...guardErrors() },
  }),
  async (c) => {
    const result = await (await watch()).defectList(c.get('platform'), c.get('scope'), c.req.valid('query'));
    return answer(c, { result }, ({ shown, meta }) => ({ success: true, data: shown, meta }));
  },
);

watchRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/defects/{id}/settle',
    tags,
    summary: 'Say of a defect that it is solved (it opens when it comes again), ignored or open',
    ...guardedOnce('manage_defects'),
    request: { params: defectParams, body: jsonBody(settleDefectRequest) },
    responses: {
      200: jsonAnswer(defectResponse, 'the defect'),
      ...guardErrors(),
      ...onceErrors('ILLEGAL_TRANSITION', 'VERSION_CONFLICT'),
    },
  }),
  async (c) => {
    const input = { ...c.req.valid('param'), ...c.req.valid('json') };
    const result = await (await watch()).settleDefectByHand(c.get('platform'), c.get('scope'), input);
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

const FORWARDING = '/api/v1/defect-forwarding';
/** A person who has typed the password lately; nothing of it is stored for a repeat, which would keep the secret’s hash. */
const byPerson = { ...guarded('manage_defects'), 'x-actor': 'user' } as const;

watchRoutes.openapi(
  createRoute({
    method: 'get',
    path: FORWARDING,
    tags,
    summary: 'Where defects are told besides: host, project and how the last call ended; never the key',
    ...guarded('view_defects'),
    responses: { 200: jsonAnswer(forwardingResponse, 'as it is set'), ...guardErrors() },
  }),
  async (c) => {
    const result = await (await watch()).showForwarding(c.get('platform'), c.get('scope'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

watchRoutes.openapi(
  createRoute({
    method: 'put',
    path: FORWARDING,
    tags,
    summary: 'Tell defects to a Sentry-compatible address from now on; the DSN is stored sealed',
    ...byPerson,
    request: { body: jsonBody(forwardingRequest) },
    responses: {
      200: jsonAnswer(forwardingResponse, 'as it is set'),
      ...guardErrors(),
      ...errorResponses('CONFIRMATION_REQUIRED', 'VALIDATION_ERROR', 'VERSION_CONFLICT'),
    },
  }),
  async (c) => {
    const asked = { ...c.req.valid('json'), expectedVersion: presentedVersion(c) };
    const result = await (await watch()).setForwarding(c.get('platform'), c.get('scope'), asked);
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

watchRoutes.openapi(
  createRoute({
    method: 'delete',
    path: FORWARDING,
    tags,
    summary: 'Tell defects nowhere besides any more',
    ...byPerson,
    responses: {
      200: jsonAnswer(forwardingResponse, 'nothing is set'),
      ...guardErrors(),
      ...errorResponses('CONFIRMATION_REQUIRED', 'NOT_FOUND'),
    },
  }),
  async (c) => {
    const result = await (await watch()).endForwarding(c.get('scope'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

watchRoutes.openapi(
  createRoute({
    method: 'post',
    path: `${FORWARDING}/test`,
    tags,
    summary: 'Send a test event there',
    ...guarded('manage_defects'),
    request: { body: jsonBody(forwardingTestRequest) },
    responses: {
      200: jsonAnswer(forwardingResponse, 'what came of it'),
      ...guardErrors(),
      ...errorResponses('NOT_FOUND'),
    },
  }),
  async (c) => {
    const result = await (await watch()).testForwarding(c.get('platform'), c.get('scope'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

// ---------------------------------------------------------------- checks before going live

watchRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/live-checks',
    tags,
    summary: 'What is asked before going live, with what it said last',
    ...guarded('view_live_checks'),
    responses: { 200: jsonAnswer(liveCheckListResponse, 'all checks'), ...guardErrors() },
  }),
  async (c) => {
    const result = await (await watch()).liveCheckList(c.get('platform'), c.get('scope'));
    return answer(c, { result }, (data) => ({ success: true, data, meta: WHOLE_LIST }));
  },
);

watchRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/live-checks/{name}/run',
    tags,
    summary: 'Ask one of them now',
    ...guardedOnce('manage_live_checks'),
    request: { params: liveCheckParams },
    responses: { 200: jsonAnswer(liveCheckResponse, 'what it says'), ...guardErrors(), ...onceErrors() },
  }),
  async (c) => {
    const result = await (await watch()).runLiveCheck(c.get('platform'), c.get('scope'), c.req.valid('param').name);
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);
