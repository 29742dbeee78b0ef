/** HTTP of the dead letters: work that was given up, with replay. Mounted by office-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { deadLetterListResponse, deadLetterParams, replayedResponse } from '../../shared/contract/notifications.ts';
import { answer } from '../http/answer.ts';
import { WHOLE_LIST } from '../http/list.ts';
import { createRoutes } from '../http/module-routes.ts';
import { guarded, guardErrors, jsonAnswer } from '../http/schema.ts';
import { replayDeadLetter } from './commands/replay-dead-letter.ts';
import { listDeadLetters } from './queries/dead-letters.ts';

export const routes = createRoutes();

routes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/dead-letters',
    tags: ['operations'],
    summary: 'Work that was given up, with the reason',
    ...guarded('view_queues'),
    responses: { 200: jsonAnswer(deadLetterListResponse, 'the newest ones'), ...guardErrors() },
  }),
  async (c) => {
    const result = await listDeadLetters(c.get('scope'));
    return answer(c, { result }, (data) => ({ success: true, data, meta: WHOLE_LIST }));
  },
);

routes.openapi(
  createRoute({
    method: 'post',
    path: '/api/v1/dead-letters/{id}/replay',
    tags: ['operations'],
    summary: 'Try given-up work again',
    ...guarded('manage_queues'),
    request: { params: deadLetterParams },
    responses: { 200: jsonAnswer(replayedResponse, 'it runs again'), ...guardErrors() },
  }),
  async (c) => {
    const result = await replayDeadLetter(c.get('scope'), c.req.valid('param'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);
