/** HTTP of alarms: the operator's list, and ending one. Mounted by app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { alarmParams, alarmResponse, reasonRequest } from '../../shared/contract/operations.ts';
import { answer } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { createRoutes } from '../http/module-routes.ts';
import { guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import { alarmsResource } from './alarms.resource.ts';
import { clearAlarmByHand } from './commands/clear-alarm.ts';

export const alarmRoutes = createRoutes();
alarmRoutes.route('/', alarmsResource.routes);

alarmRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/alarms/{id}/clear',
    tags: ['operations'],
    summary: 'End an alarm with a reason; should its cause still stand, the next look opens it again',
    ...guardedOnce('manage_alarms'),
    request: { params: alarmParams, body: jsonBody(reasonRequest) },
    responses: { 200: jsonAnswer(alarmResponse, 'the alarm'), ...guardErrors(), ...onceErrors('ILLEGAL_TRANSITION') },
  }),
  async (c) => {
    const result = await clearAlarmByHand(c.get('scope'), { ...c.req.valid('param'), ...c.req.valid('json') });
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);
