/** HTTP of a person's own account: name, language, password, address. Mounted through ways-in-routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import {
  changeEmailRequest,
  changeEmailResponse,
  changePasswordRequest,
  changePasswordResponse,
  changeProfileRequest,
  profileResponse,
} from '../../shared/contract/identity.ts';
import { lazy } from '../../shared/lazy.ts';
import { answer } from '../http/answer.ts';
import { createRoutes } from '../http/module-routes.ts';
import { refuse } from '../http/problem.ts';
import { addressOf } from '../http/rate-limit.ts';
import { errorResponses, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import { ownRoute } from './own-route.ts';

const commands = lazy(() => import('./account-commands.ts'));

export const profileRoutes = createRoutes();

profileRoutes.openapi(
  createRoute({
    method: 'patch',
    path: '/api/auth/profile',
    ...ownRoute,
    summary: 'Change the own name or language',
    request: { body: jsonBody(changeProfileRequest) },
    responses: {
      200: jsonAnswer(profileResponse, 'who it is now'),
      ...guardErrors(),
      ...errorResponses('POLICY_VIOLATION', 'VALIDATION_ERROR'),
    },
  }),
  async (c) => {
    const { changeProfile } = await commands();
    const result = await changeProfile(c.get('scope'), c.req.valid('json'));
    return answer(c, { result }, ({ id, name, email, language }) => ({
      success: true,
      data: { id, name, email, language },
    }));
  },
);

profileRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/auth/password/change',
    ...ownRoute,
    summary: 'Change the own password by the present one; ends all other sessions',
    request: { body: jsonBody(changePasswordRequest) },
    responses: {
      200: jsonAnswer(changePasswordResponse, 'changed'),
      ...guardErrors(),
      ...errorResponses('INVALID_CREDENTIALS', 'UNAUTHENTICATED', 'RATE_LIMITED', 'BUSY'),
    },
  }),
  async (c) => {
    const { changePassword } = await commands();
    const { current_password: current, password } = c.req.valid('json');
    const input = { current, password, address: addressOf(c) };
    const result = await changePassword(c.get('platform'), c.get('scope'), input);
    return result.ok ? c.json({ success: true as const }, 200) : refuse(c, result.error);
  },
);

profileRoutes.openapi(
  createRoute({
    method: 'post',
    path: '/api/auth/email/change',
    ...ownRoute,
    summary: 'Ask for another e-mail address: a link is sent to it, and it counts once that was used',
    request: { body: jsonBody(changeEmailRequest) },
    responses: {
      200: jsonAnswer(changeEmailResponse, 'heard'),
      ...guardErrors(),
      ...errorResponses('CONFIRMATION_REQUIRED', 'PERMISSION_DENIED', 'RATE_LIMITED'),
    },
  }),
  async (c) => {
    const { requestEmailChange } = await commands();
    const input = { email: c.req.valid('json').email, address: addressOf(c) };
    const result = await requestEmailChange(c.get('platform'), c.get('scope'), input);
    return result.ok ? c.json({ success: true as const }, 200) : refuse(c, result.error);
  },
);
