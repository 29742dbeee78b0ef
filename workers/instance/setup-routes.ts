/** HTTP of an instance's beginning. Mounted through routes.ts; the page behind the one-time link calls it. */
import { createRoute } from '@hono/zod-openapi';
import { setupRequest, setupResponse } from '../../shared/contract/setup.ts';
import { lazy } from '../../shared/lazy.ts';
import { isSecure } from '../http/authenticate.ts';
import { createRoutes } from '../http/module-routes.ts';
import { refuse } from '../http/problem.ts';
import { addressOf } from '../http/rate-limit.ts';
import { jsonAnswer, jsonBody, openErrors, publicRoute } from '../http/schema.ts';

const beginning = lazy(() => import('./commands/begin-instance.ts'));

/** The machine itself: what is sent there crosses no network. */
const LOOPBACK = /^(localhost|127\.0\.0\.1|\[::1\])$/;

export const setupRoutes = createRoutes();

setupRoutes.open(
  createRoute({
    method: 'post',
    path: '/api/setup/operator',
    tags: ['instance'],
    summary: 'Make the first operator with the one-time token; only while there is none',
    ...publicRoute,
    request: { body: jsonBody(setupRequest) },
    responses: {
      201: jsonAnswer(setupResponse, 'the operator, who can sign in'),
      ...openErrors('SETUP_REFUSED', 'BUSY'),
    },
  }),
  async (c) => {
    const { beginInstance } = await beginning();
    const made = await beginInstance(c.get('platform'), {
      ...c.req.valid('json'),
      address: addressOf(c),
      isSafe: isSecure(c) || LOOPBACK.test(new URL(c.req.url).hostname),
      now: c.get('now'),
      requestId: c.get('requestId'),
    });
    if (!made.ok) return refuse(c, made.error);
    return c.json({ success: true as const, data: { user_id: made.value.userId, email: made.value.email } }, 201);
  },
);
