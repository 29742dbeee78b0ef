/** HTTP of messages: Twilio's delivery status, the dead letters with replay. */
import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { deadLetterListResponse, deadLetterParams, replayedResponse } from '../../shared/contract/notifications.ts';
import { webhookReceipt } from '../../shared/contract/webhooks.ts';
import { answer } from '../http/answer.ts';
import { readRawBody } from '../http/body.ts';
import { WHOLE_LIST } from '../http/list.ts';
import { refuse } from '../http/problem.ts';
import { refuseSignature } from '../http/rate-limit.ts';
import { type OpenEnv, createRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, signedRoute } from '../http/schema.ts';
import { tenantIdentity, tenantOfSlug } from '../tenancy/directory.ts';
import { openTenant } from '../tenancy/scope.ts';
import { noteDelivery } from './commands/note-delivery.ts';
import { replayDeadLetter } from './commands/replay-dead-letter.ts';
import { listDeadLetters } from './queries/dead-letters.ts';
import { paramsFromTwilio } from './verify.ts';

export const webhookRoutes = createRoutes();
export const routes = createRoutes();

async function twilioStatus(c: Context<OpenEnv>, company: string | null): Promise<Response> {
  const platform = c.get('platform');
  const params = await paramsFromTwilio(platform.config, {
    url: c.req.url,
    rawBody: await readRawBody(c),
    signature: c.req.header('X-Twilio-Signature'),
  });
  if (!params) return refuseSignature(c);
  const value = (name: string): string => params.get(name) ?? '';
  const tenant = company
    ? ((await tenantIdentity(platform, company.slice(0, 128))) ?? (await tenantOfSlug(platform, company.slice(0, 63))))
    : null;
  if (!tenant) return c.json({ success: true, ignored: true });
  const scope = openTenant(
    platform,
    tenant.tenantId,
    { kind: 'system', cause: 'webhook' },
    { now: c.get('now'), requestId: c.get('requestId') },
  );
  const noted = await noteDelivery(scope, {
    messageId: value('MessageSid'),
    status: value('MessageStatus') || value('SmsStatus'),
    errorCode: value('ErrorCode'),
  });
  if (!noted.ok) return refuse(c, noted.error);
  return c.json(noted.value === 'advanced' ? { success: true } : { success: true, [noted.value]: true });
}

for (const path of ['/webhooks/twilio/status', '/webhooks/twilio/status/{company}'] as string[]) {
  webhookRoutes.open(
    createRoute({
      method: 'post',
      path,
      tags: ['webhooks'],
      summary: 'Delivery news of a message',
      ...signedRoute('twilio'),
      responses: { 200: jsonAnswer(webhookReceipt, 'taken'), ...errorResponses('SIGNATURE_INVALID', 'RATE_LIMITED') },
    }),
    (c) => twilioStatus(c, c.req.param('company') ?? null) as never,
  );
}

routes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/dead-letters',
    tags: ['operations'],
    summary: 'Work that was given up, with the reason',
    ...guarded('view_queues'),
    responses: { 200: jsonAnswer(deadLetterListResponse, 'the newest ones'), ...guardErrors() },
  }),
  async (c) => {
    const result = await listDeadLetters(c.get('scope'));
    return answer(c, { result }, (data) => ({ success: true, data, meta: WHOLE_LIST }));
  },
);

routes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/dead-letters/{id}/replay',
    tags: ['operations'],
    summary: 'Try given-up work again',
    ...guarded('manage_queues'),
    request: { params: deadLetterParams },
    responses: { 200: jsonAnswer(replayedResponse, 'it runs again'), ...guardErrors() },
  }),
  async (c) => {
    const result = await replayDeadLetter(c.get('scope'), c.req.valid('param'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);
