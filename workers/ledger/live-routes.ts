/**
 * `GET /customer/balance/stream`: the ledger object's WebSocket as Server-Sent Events. Heartbeat, bounded life, and both sides end on
 * abort, write failure or close, so that no socket is ever left behind. Mounted by app.ts.
 */
import { createRoute, z } from '@hono/zod-openapi';
import { refuse } from '../http/problem.ts';
import { createRoom } from '../http/room.ts';
import { errorResponses, guardErrors, guarded } from '../http/schema.ts';
import { parsePosition } from './live.ts';
import { sseOf } from '../http/sse.ts';

export const liveRoutes = createRoom();

liveRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/customer/balance/stream',
    tags: ['money'],
    summary: 'Live balance: events balance, transaction, topup, usage, reset; resumes with Last-Event-ID',
    ...guarded('view_balance'),
    responses: {
      200: { description: 'events', content: { 'text/event-stream': { schema: z.string() } } },
      ...guardErrors(),
      ...errorResponses('LIMIT_REACHED', 'UPSTREAM_UNAVAILABLE'),
    },
  }),
  async (c) => {
    const after = parsePosition(c.req.header('Last-Event-ID') ?? c.req.query('last_event_id'));
    const upstream = await c.get('scope').ledger.stream(after);
    if (upstream.status === 404) return refuse(c, { code: 'NOT_FOUND', entity: 'ledger' });
    const socket = upstream.webSocket;
    // The object has its fill of listeners (50): the page polls meanwhile.
    if (!socket) return refuse(c, { code: 'UPSTREAM_UNAVAILABLE', service: 'stream' });
    return sseOf(socket, c.req.raw.signal) as never;
  },
);
