/** `GET /api/v1/live`: the calendar object's stream as Server-Sent Events for the panels (appointments, calls). Mounted through routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import { createRoom } from '../http/room.ts';
import { errorResponses, guarded, guardErrors } from '../http/schema.ts';
import { eventStream, lastHeard, liveAnswer } from '../http/sse.ts';

export const liveRoutes = createRoom();

liveRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/live',
    tags: ['appointments'],
    summary: 'What changed: events appointment, call, reset; resumes with Last-Event-ID',
    ...guarded('view_appointments'),
    responses: { 200: eventStream, ...guardErrors(), ...errorResponses('UPSTREAM_UNAVAILABLE') },
  }),
  async (c) => liveAnswer(c, await c.get('scope').calendar.stream(lastHeard(c))) as never,
);
