/** What a customer's page shows beside the row: the timeline. Mounted by office-app.ts. */
import { createRoute, z } from '@hono/zod-openapi';
import { idParam, listOf } from '../../shared/contract/parts.ts';
import { timelineEntry, timelineQuery } from '../../shared/contract/timeline.ts';
import { answer } from '../http/answer.ts';
import { createRoutes } from '../http/module-routes.ts';
import { guarded, guardErrors, jsonAnswer } from '../http/schema.ts';
import { customerTimeline } from './queries/timeline.ts';

export const customerRoutes = createRoutes();

customerRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/customers/{id}/timeline',
    tags: ['customers'],
    summary: 'What happened with a customer, newest first; of each kind what the reader may see in its own list',
    ...guarded('view_customers'),
    request: { params: z.object({ id: idParam('customer') }), query: timelineQuery },
    responses: { 200: jsonAnswer(listOf(timelineEntry), 'a page of it'), ...guardErrors() },
  }),
  async (c) => {
    const { cursor, limit } = c.req.valid('query');
    const asked = { id: c.req.valid('param').id, cursor, limit, language: c.get('language') };
    const result = await customerTimeline(c.get('scope'), asked);
    return answer(c, { result }, (page) => ({ success: true, ...page }));
  },
);
