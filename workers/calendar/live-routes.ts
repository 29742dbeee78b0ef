/** `GET /api/v1/live`: the calendar object's stream as Server-Sent Events for the panels (appointments, calls). Mounted through routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import { actorMay } from '../../shared/actor.ts';
import { createRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors } from '../http/schema.ts';
import { eventStream, lastPosition, listenerOf, liveAnswer } from '../http/sse.ts';
import { heardWithin } from './heard-within.ts';

export const liveRoutes = createRoutes();

liveRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/live',
    tags: ['appointments'],
    summary:
      'What changed: events appointment, call (with view_calls), call.line (what is said, with view_transcripts), reset, superseded (open no further stream, ask now and then); resumes with Last-Event-ID',
    ...guarded('view_appointments'),
    responses: { 200: eventStream, ...guardErrors(), ...errorResponses('UPSTREAM_UNAVAILABLE') },
  }),
  async (c) => {
    const actor = c.get('actor');
    // The same stream announces calls, and only to those who may see them.
    const hearsCalls = actor !== undefined && actorMay(actor, 'view_calls');
    const readsWords = hearsCalls && actorMay(actor, 'view_transcripts');
    const stream = await c.get('scope').calendar.stream(lastPosition(c), listenerOf(c.get('scope').actor));
    const reached = await c.get('scope').reached();
    return liveAnswer(c, stream, (message) =>
      (message.event === 'call' && !hearsCalls) || (message.event === 'call.line' && !readsWords)
        ? null
        : heardWithin(message, reached),
    ) as never;
  },
);
