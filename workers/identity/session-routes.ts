/** HTTP of a person's own sessions. Mounted through routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import {
  confirmPasswordRequest,
  confirmPasswordResponse,
  sessionEndedResponse,
  sessionListResponse,
  sessionParams,
} from '../../shared/contract/identity.ts';
import { lazy } from '../../shared/lazy.ts';
import { answer } from '../http/answer.ts';
import { WHOLE_LIST } from '../http/list.ts';
import { ownWhileOwing } from '../http/permission.ts';
import { createRoutes } from '../http/module-routes.ts';
import { refuse } from '../http/problem.ts';
import { addressOf } from '../http/rate-limit.ts';
import { errorResponses, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import { ownRoute } from './own-route.ts';
import { listSessions } from './queries/sessions.ts';

const commands = lazy(() => import('./account-commands.ts'));

export const sessionRoutes = createRoutes();

sessionRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/auth/sessions',
    ...ownRoute,
    summary: "The signed-in user's own live sessions, newest first",
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
    method: 'post',
    path: '/api/auth/confirm-password',
    ...ownRoute,
    summary: 'Type the password once more: opens what asks for it (CONFIRMATION_REQUIRED) for a quarter of an hour',
    ...ownWhileOwing,
    request: { body: jsonBody(confirmPasswordRequest) },
    responses: {
      200: jsonAnswer(confirmPasswordResponse, 'confirmed'),
      ...guardErrors(),
      ...errorResponses('INVALID_CREDENTIALS', 'RATE_LIMITED', 'BUSY'),
    },
  }),
  async (c) => {
    const { password } = c.req.valid('json');
    const { confirmPassword } = await commands();
    const result = await confirmPassword(c.get('platform'), c.get('scope'), { password, address: addressOf(c) });
    if (!result.ok) return refuse(c, result.error);
    return c.json({ success: true as const }, 200);
  },
);

sessionRoutes.openapi(
  createRoute({
    method: 'delete',
    path: '/api/auth/sessions/{id}',
    ...ownRoute,
    summary: 'End one of the own sessions',
    request: { params: sessionParams },
    responses: { 200: jsonAnswer(sessionEndedResponse, 'ended'), ...guardErrors() },
  }),
  async (c) => {
    const { deleteSession } = await commands();
    const result = await deleteSession(c.get('scope'), c.req.valid('param'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);
