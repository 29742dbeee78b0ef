/** `GET /customer/balance/stream`: the ledger object's stream as Server-Sent Events. Mounted by app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { refuse } from '../http/problem.ts';
import { createRoom } from '../http/room.ts';
import { errorResponses, guardErrors, guarded } from '../http/schema.ts';
import { eventStream, lastHeard, liveAnswer } from '../http/sse.ts';

export const liveRoutes = createRoom();

liveRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/customer/balance/stream',
    tags: ['money'],
    summary: 'Live balance: events balance, transaction, topup, usage, reset; resumes with Last-Event-ID',
    ...guarded('view_balance'),
    responses: { 200: eventStream, ...guardErrors(), ...errorResponses('LIMIT_REACHED', 'UPSTREAM_UNAVAILABLE') },
  }),
  async (c) => {
    const upstream = await c.get('scope').ledger.stream(lastHeard(c));
    if (upstream.status === 404) return refuse(c, { code: 'NOT_FOUND', entity: 'ledger' });
    return liveAnswer(c, upstream) as never;
  },
);
