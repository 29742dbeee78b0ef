/** `GET /api/v1/live`: the calendar object's WebSocket as Server-Sent Events for the panels (appointments, calls). Mounted through routes.ts. */
import { createRoute, z } from '@hono/zod-openapi';
import { refuse } from '../http/problem.ts';
import { createRoom } from '../http/room.ts';
import { errorResponses, guarded, guardErrors } from '../http/schema.ts';
import { sseOf } from '../http/sse.ts';

export const liveRoutes = createRoom();

/** `epoch.sequence` of the last event heard. */
function positionOf(text: string | undefined): { epoch: number; seq: number } | null {
  const match = /^(\d{1,9})\.(\d{1,15})$/.exec(text ?? '');
  return match ? { epoch: Number(match[1]), seq: Number(match[2]) } : null;
}

liveRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/live',
    tags: ['appointments'],
    summary: 'What changed: events appointment, call, reset; resumes with Last-Event-ID',
    ...guarded('view_appointments'),
    responses: {
      200: { description: 'events', content: { 'text/event-stream': { schema: z.string() } } },
      ...guardErrors(),
      ...errorResponses('UPSTREAM_UNAVAILABLE'),
    },
  }),
  async (c) => {
    const upstream = await c
      .get('scope')
      .calendar.stream(positionOf(c.req.header('Last-Event-ID') ?? c.req.query('last_event_id')));
    const socket = upstream.webSocket;
    // The object has its fill of listeners (50): the page polls meanwhile.
    if (!socket) return refuse(c, { code: 'UPSTREAM_UNAVAILABLE', service: 'stream' });
    return sseOf(socket, c.req.raw.signal) as never;
  },
);
