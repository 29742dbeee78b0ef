/** `GET /customer/balance/stream`: the ledger object's stream as Server-Sent Events. Mounted by app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { refuse } from '../http/problem.ts';
import { createRoutes } from '../http/module-routes.ts';
import { errorResponses, guardErrors, guarded } from '../http/schema.ts';
import { eventStream, lastPosition, listenerOf, liveAnswer } from '../http/sse.ts';

export const liveRoutes = createRoutes();

liveRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/customer/balance/stream',
    tags: ['money'],
    summary:
      'Live balance: events balance, transaction, topup, usage, reset, superseded (open no further stream, ask now and then); resumes with Last-Event-ID',
    ...guarded('view_balance'),
    responses: { 200: eventStream, ...guardErrors(), ...errorResponses('LIMIT_REACHED', 'UPSTREAM_UNAVAILABLE') },
  }),
  async (c) => {
    const upstream = await c.get('scope').ledger.stream(lastPosition(c), listenerOf(c.get('scope').actor));
    if (upstream.status === 404) return refuse(c, { code: 'NOT_FOUND', entity: 'ledger' });
    return liveAnswer(c, upstream) as never;
  },
);
