/** `GET /api/v1/live`: the calendar object's stream as Server-Sent Events for the panels (appointments, calls). Mounted through routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import { actorMay } from '../../shared/actor.ts';
import { createRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors } from '../http/schema.ts';
import { eventStream, lastPosition, listenerOf, liveAnswer } from '../http/sse.ts';

export const liveRoutes = createRoutes();

liveRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/live',
    tags: ['appointments'],
    summary:
      'What changed: events appointment, call (with view_calls), reset, superseded (open no further stream, ask now and then); resumes with Last-Event-ID',
    ...guarded('view_appointments'),
    responses: { 200: eventStream, ...guardErrors(), ...errorResponses('UPSTREAM_UNAVAILABLE') },
  }),
  async (c) => {
    const actor = c.get('actor');
    // The same stream announces calls, and only to those who may see them.
    const hearsCalls = actor !== undefined && actorMay(actor, 'view_calls');
    const stream = await c.get('scope').calendar.stream(lastPosition(c), listenerOf(c.get('scope').actor));
    return liveAnswer(c, stream, ({ event }) => event !== 'call' || hearsCalls) as never;
  },
);
