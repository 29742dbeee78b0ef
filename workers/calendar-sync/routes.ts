/** Cal.com in: `POST /api/calcom/webhook` and `/{company}`: candidate → signature → stored once → queue. Nothing else before verification. */
import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { calcomReceipt } from '../../shared/contract/webhooks.ts';
import { readRawBody } from '../http/body.ts';
import { refuse } from '../http/problem.ts';
import { refuseSignature } from '../http/rate-limit.ts';
import { type OpenEnv, createRoom } from '../http/room.ts';
import { errorResponses, jsonAnswer, signedRoute } from '../http/schema.ts';
import { CALCOM_UNSIGNED, verifyCalcom } from '../integrations/signatures.ts';
import { parseCalcomEvent } from '../integrations/calcom-events.ts';
import { storeAndEnqueue } from '../operations/webhook-aside.ts';
import { openTenant } from '../tenancy/scope.ts';
import { calcomSecrets } from './account.ts';
import { candidateTenant } from './candidate.ts';

export const routes = createRoom();

async function receive(c: Context<OpenEnv>, company: string | null): Promise<Response> {
  const raw = await readRawBody(c);
  const signature = c.req.header('X-Cal-Signature-256') ?? '';
  if (signature === '' || signature === CALCOM_UNSIGNED) return refuseSignature(c);
  // Unverified until a candidate's own secret says otherwise: only used to choose the secret.
  const parsed = parseCalcomEvent(raw);
  const tenantId = await candidateTenant(c.get('platform'), company, parsed.ok ? parsed.value : null);
  const scope = tenantId
    ? openTenant(
        c.get('platform'),
        tenantId,
        { kind: 'system', cause: 'webhook' },
        { now: c.get('now'), requestId: c.get('requestId') },
      )
    : null;
  const secrets = await calcomSecrets(scope, c.get('platform').config.CALCOM_WEBHOOK_SECRET);
  let verified = false;
  for (const { secret } of secrets) verified ||= await verifyCalcom({ rawBody: raw, secret, header: signature });
  if (!verified) return refuseSignature(c);
  if (!parsed.ok) return refuse(c, parsed.error);
  const event = parsed.value;
  if (event.kind === 'ping') return c.json({ success: true, pong: true });
  // A correctly signed event of no known tenant: answered as such, and stored under no other tenant.
  if (!tenantId) return c.json({ success: true, ignored: true });
  const duplicate = await storeAndEnqueue(c.get('platform'), {
    tenantId,
    source: 'calcom',
    eventType: event.triggerEvent,
    uniqueId: event.dedupeKey,
    payload: raw,
    now: c.get('now'),
  });
  return c.json(duplicate ? { success: true, duplicate: true } : { success: true });
}

for (const path of ['/api/calcom/webhook', '/api/calcom/webhook/{company}'] as string[]) {
  routes.open(
    createRoute({
      method: 'post',
      path,
      tags: ['webhooks'],
      summary: 'Bookings changed at Cal.com',
      ...signedRoute('calcom'),
      responses: {
        200: jsonAnswer(calcomReceipt, 'stored; worked on from a queue'),
        ...errorResponses(
          'SIGNATURE_INVALID',
          'RATE_LIMITED',
          'MALFORMED_JSON',
          'VALIDATION_ERROR',
          'PAYLOAD_TOO_LARGE',
        ),
      },
    }),
    (c) => receive(c, c.req.param('company') ?? null) as never,
  );
}
