/** HTTP of a person's own sessions. Mounted through routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import { sessionEndedResponse, sessionListResponse, sessionParams } from '../../shared/contract/identity.ts';
import { answer } from '../http/answer.ts';
import { WHOLE_LIST } from '../http/list.ts';
import { requireScope } from '../http/permission.ts';
import { createRoutes } from '../http/module-routes.ts';
import { guardErrors, jsonAnswer } from '../http/schema.ts';
import { deleteSession } from './commands/delete-session.ts';
import { listSessions } from './queries/sessions.ts';

export const sessionRoutes = createRoutes();

sessionRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/auth/sessions',
    tags: ['identity'],
    summary: "The signed-in user's own live sessions, newest first",
    middleware: requireScope,
    'x-actor': 'user',
    responses: {
      200: jsonAnswer(sessionListResponse, 'sessions'),
      ...guardErrors(),
    },
  }),
  async (c) => {
    const data = await listSessions(c.get('scope'));
    return c.json({ success: true as const, data, meta: WHOLE_LIST }, 200);
  },
);

sessionRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/api/auth/sessions/{id}',
    tags: ['identity'],
    summary: 'End one of the own sessions',
    middleware: requireScope,
    'x-actor': 'user',
    request: { params: sessionParams },
    responses: { 200: jsonAnswer(sessionEndedResponse, 'ended'), ...guardErrors() },
  }),
  async (c) => {
    const result = await deleteSession(c.get('scope'), c.req.valid('param'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);
