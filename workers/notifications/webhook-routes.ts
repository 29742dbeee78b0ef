/** What Twilio says of a message's delivery, and what people write back, signed. Mounted by app.ts. */
import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { webhookReceipt } from '../../shared/contract/webhooks.ts';
import { readRawBody } from '../http/body.ts';
import { refuse } from '../http/problem.ts';
import { refuseSignature } from '../http/rate-limit.ts';
import { type OpenEnv, createRoutes } from '../http/module-routes.ts';
import { errorResponses, jsonAnswer, signedRoute } from '../http/schema.ts';
import { tenantIdentity, tenantOfNumber, tenantOfSlug } from '../tenancy/directory.ts';
import { openTenant } from '../tenancy/scope.ts';
import type { TenantId } from '../../shared/ids.ts';
import { lazy } from '../../shared/lazy.ts';
import { noteDelivery } from './commands/note-delivery.ts';
import { paramsFromTwilio } from './verify.ts';

export const webhookRoutes = createRoutes();

/** What Twilio signed, and whose it is by the path; `params` null: somebody else sent it. */
async function fromTwilio(c: Context<OpenEnv>, company: string | null) {
  const platform = c.get('platform');
  const tenant = company
    ? ((await tenantIdentity(platform, company.slice(0, 128))) ?? (await tenantOfSlug(platform, company.slice(0, 63))))
    : null;
  const params = await paramsFromTwilio(platform, tenant?.tenantId ?? null, {
    url: c.req.url,
    rawBody: await readRawBody(c),
    signature: c.req.header('X-Twilio-Signature'),
  });
  return { params, tenantId: tenant?.tenantId ?? null, value: (name: string): string => params?.get(name) ?? '' };
}

const scopeOf = (c: Context<OpenEnv>, tenantId: TenantId) =>
  openTenant(
    c.get('platform'),
    tenantId,
    { kind: 'system', cause: 'webhook' },
    { now: c.get('now'), requestId: c.get('requestId') },
  );

async function twilioStatus(c: Context<OpenEnv>, company: string | null): Promise<Response> {
  const { params, tenantId, value } = await fromTwilio(c, company);
  if (!params) return refuseSignature(c);
  if (!tenantId) return c.json({ success: true, ignored: true });
  const scope = scopeOf(c, tenantId);
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

const hearing = lazy(() => import('./commands/hear-reply.ts'));

/** Twilio reads the answer as what to send back: nothing. */
const NO_REPLY = '<?xml version="1.0" encoding="UTF-8"?><Response></Response>';

async function twilioInbound(c: Context<OpenEnv>, company: string | null): Promise<Response> {
  const { params, tenantId: byPath, value } = await fromTwilio(c, company);
  if (!params) return refuseSignature(c);
  // Without a business in the path: whose number it was written to.
  const tenantId = byPath ?? (await tenantOfNumber(c.get('platform'), value('To')))?.tenantId ?? null;
  if (tenantId !== null) {
    const { hearReply } = await hearing();
    const reply = { messageId: value('MessageSid'), from: value('From'), text: value('Body') };
    const heard = await hearReply(scopeOf(c, tenantId), reply);
    if (!heard.ok) return refuse(c, heard.error);
  }
  return c.body(NO_REPLY, 200, { 'Content-Type': 'text/xml; charset=UTF-8' });
}

for (const path of ['/webhooks/twilio/inbound', '/webhooks/twilio/inbound/{company}'] as string[]) {
  webhookRoutes.open(
    createRoute({
      method: 'post',
      path,
      tags: ['webhooks'],
      summary: 'Somebody writes back; a word of stop ends messages that need a consent',
      ...signedRoute('twilio'),
      responses: {
        200: { description: 'heard; nothing is sent back', content: { 'text/xml': { schema: z.string() } } },
        ...errorResponses('SIGNATURE_INVALID', 'RATE_LIMITED'),
      },
    }),
    (c) => twilioInbound(c, c.req.param('company') ?? null) as never,
  );
}
