/** HTTP of event types at Cal.com. Mounted by control-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { pushEventTypesRequest, pushEventTypesResponse } from '../../shared/contract/calcom.ts';
import { lazy } from '../../shared/lazy.ts';
import { answer } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { createRoutes } from '../http/module-routes.ts';
import { guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';

const work = lazy(() => import('./push-event-types.ts'));

export const eventTypeRoutes = createRoutes();

eventTypeRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v2/calcom/push-event-types',
    tags: ['integrations'],
    summary:
      'Make event types at Cal.com of the services, or bring them up to date; nothing is deleted there. Repeated with `next` while there is one',
    ...guardedOnce('manage_calcom'),
    request: { body: jsonBody(pushEventTypesRequest) },
    responses: {
      200: jsonAnswer(pushEventTypesResponse, 'type by type what was done, or would be'),
      ...guardErrors(),
      ...onceErrors('CONNECTION_FAILED'),
    },
  }),
  async (c) => {
    const { pushEventTypes } = await work();
    const result = await pushEventTypes(c.get('scope'), c.req.valid('json'));
    return answer(c, { result }, (told) => told);
  },
);
