/** Cal.com in: `POST /api/calcom/webhook` and `/{company}`. Mounted by app.ts. */
import { createRoute } from '@hono/zod-openapi';
import type { Context } from 'hono';
import { calcomReceipt } from '../../shared/contract/webhooks.ts';
import { lazy } from '../../shared/lazy.ts';
import { readRawBody } from '../http/body.ts';
import { refuse } from '../http/problem.ts';
import { refuseSignature } from '../http/rate-limit.ts';
import { type OpenEnv, createRoutes } from '../http/module-routes.ts';
import { errorResponses, jsonAnswer, signedRoute } from '../http/schema.ts';

export const routes = createRoutes();

/** The reader of Cal.com's messages. */
const receiving = lazy(() => import('./receive.ts'));

async function receive(c: Context<OpenEnv>, company: string | null): Promise<Response> {
  const { receiveCalcom } = await receiving();
  const received = await receiveCalcom(c.get('platform'), {
    raw: await readRawBody(c),
    signature: c.req.header('X-Cal-Signature-256') ?? '',
    company,
    now: c.get('now'),
    requestId: c.get('requestId'),
  });
  switch (received.kind) {
    case 'unsigned':
      return refuseSignature(c);
    case 'unreadable':
      return refuse(c, received.error);
    case 'ping':
      return c.json({ success: true, pong: true });
    case 'ignored':
      return c.json({ success: true, ignored: true });
    case 'duplicate':
      return c.json({ success: true, duplicate: true });
    case 'stored':
      return c.json({ success: true });
  }
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
