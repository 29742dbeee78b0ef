/** What Retell calls — functions, inbound and call webhooks, all signed — and the calendar file behind an appointment's link. Mounted by app.ts. */
import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { processNow } from '../../shared/clock.ts';
import {
  calendarFileParams,
  calendarFileResponse,
  functionResponses,
  inboundResponse,
} from '../../shared/contract/telephony.ts';
import { webhookReceipt } from '../../shared/contract/webhooks.ts';
import { lazy } from '../../shared/lazy.ts';
import { rateHeaders } from '../http/answer.ts';
import { MAX_SIGNED_BYTES, readRawBody } from '../http/body.ts';
import { refuse } from '../http/problem.ts';
import { refuseSignature } from '../http/rate-limit.ts';
import { type OpenEnv, createRoutes } from '../http/module-routes.ts';
import { errorResponses, jsonAnswer, publicRoute, signedRoute } from '../http/schema.ts';
import { FUNCTION_NAMES, type FunctionName } from './functions/names.ts';
import type { SignedRequest } from './verify.ts';

// Grammar, sentences and phone metadata load with the first call of an isolate: start-up stays small (docs/decisions.md 13).
const dispatch = lazy(() => import('./functions/dispatch.ts'));
const inboundAnswering = lazy(() => import('./inbound.ts'));
const webhooks = lazy(() => import('./webhook.ts'));
const calendarFiles = lazy(() => import('./calendar-file.ts'));

/** Signed by Retell: no session, no key, no count per address. */
export const telephonyRoutes = createRoutes();

const SIGNATURE = 'X-Retell-Signature';
/** What Retell sent, as it was signed; nothing of it is believed yet. */
const signedRequest = async (c: Context<OpenEnv>): Promise<SignedRequest> => ({
  rawBody: await readRawBody(c, MAX_SIGNED_BYTES),
  header: c.req.header(SIGNATURE) ?? null,
  company: c.req.param('company') ?? null,
  now: c.get('now'),
  processNow: processNow(),
  requestId: c.get('requestId'),
  waitUntil: (work) => c.executionCtx.waitUntil(work),
});
const refusals = () =>
  errorResponses('SIGNATURE_INVALID', 'SOURCE_REFUSED', 'RATE_LIMITED', 'MALFORMED_JSON', 'PAYLOAD_TOO_LARGE');

// ---------------------------------------------------------------- functions

async function callFunction(c: Context<OpenEnv>, name: FunctionName): Promise<Response> {
  const { runFunction } = await dispatch();
  const outcome = await runFunction(c.get('platform'), name, await signedRequest(c));
  if (outcome.kind === 'bad_signature') return refuseSignature(c);
  if (outcome.kind === 'refused') return refuse(c, outcome.error);
  if (outcome.rate) rateHeaders(c, outcome.rate);
  return c.json(outcome.body, outcome.limited ? 429 : 200);
}

for (const name of FUNCTION_NAMES) {
  for (const path of [`/api/retell/${name}`, `/api/retell/${name}/{company}`]) {
    telephonyRoutes.open(
      createRoute({
        method: 'post',
        path,
        tags: ['phone agent'],
        summary: `Phone agent: ${name.replaceAll('-', ' ')}`,
        ...signedRoute('retell'),
        responses: {
          200: jsonAnswer(functionResponses[name], 'an answer or refusal that can be spoken'),
          ...refusals(),
        },
      }),
      (c) => callFunction(c, name) as never,
    );
  }
}

// ---------------------------------------------------------------- webhooks

async function inbound(c: Context<OpenEnv>): Promise<Response> {
  const { takeInbound } = await inboundAnswering();
  const outcome = await takeInbound(c.get('platform'), await signedRequest(c));
  if (outcome.kind === 'bad_signature') return refuseSignature(c);
  if (outcome.kind === 'refused') return refuse(c, outcome.error);
  return c.json(outcome.answer);
}

async function callEvent(c: Context<OpenEnv>): Promise<Response> {
  const { takeWebhook } = await webhooks();
  const outcome = await takeWebhook(c.get('platform'), await signedRequest(c));
  switch (outcome.kind) {
    case 'bad_signature':
      return refuseSignature(c);
    case 'refused':
      return refuse(c, outcome.error);
    case 'ignored':
      return c.json({ success: true, ignored: true });
    case 'stored':
      return c.json(outcome.duplicate ? { success: true, duplicate: true } : { success: true });
  }
}

// The inbound paths come first: `inbound` is no company.
for (const path of ['/webhooks/retell/inbound', '/webhooks/retell/inbound/{company}']) {
  telephonyRoutes.open(
    createRoute({
      method: 'post',
      path,
      tags: ['webhooks'],
      summary: 'Retell asks who is calling whom',
      ...signedRoute('retell'),
      responses: {
        200: jsonAnswer(inboundResponse, 'dynamic variables (strings) and the signed route'),
        ...refusals(),
        ...errorResponses('NOT_FOUND', 'VALIDATION_ERROR'),
      },
    }),
    (c) => inbound(c) as never,
  );
}
for (const path of ['/webhooks/retell', '/webhooks/retell/{company}']) {
  telephonyRoutes.open(
    createRoute({
      method: 'post',
      path,
      tags: ['webhooks'],
      summary: 'A call began, ended or was analysed',
      ...signedRoute('retell'),
      responses: {
        200: jsonAnswer(webhookReceipt, 'stored; worked on from a queue'),
        ...refusals(),
        ...errorResponses('NOT_FOUND', 'VALIDATION_ERROR'),
      },
    }),
    (c) => callEvent(c) as never,
  );
}

// ---------------------------------------------------------------- calendar file

telephonyRoutes.open(
  createRoute({
    method: 'get',
    path: '/cal/{file}',
    tags: ['public'],
    summary: 'Calendar file of one appointment, by its signed link',
    ...publicRoute,
    request: { params: calendarFileParams },
    responses: {
      200: { description: 'iCalendar', content: { 'text/calendar': { schema: calendarFileResponse } } },
      ...errorResponses('NOT_FOUND'),
    },
  }),
  async (c) => {
    const token = /^(.+)\.ics$/.exec(c.req.valid('param').file)?.[1];
    const file =
      token === undefined ? null : await (await calendarFiles()).calendarFile(c.get('platform'), token, c.get('now'));
    if (file === null) return refuse(c, { code: 'NOT_FOUND', entity: 'path' });
    return c.body(file, 200, {
      'Content-Type': 'text/calendar; charset=utf-8',
      'Content-Disposition': 'attachment; filename="termin.ics"',
      'Cache-Control': 'private, max-age=60',
    }) as never;
  },
);
