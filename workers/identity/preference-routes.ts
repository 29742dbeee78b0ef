/** HTTP of one's own preferences. Mounted by control-app.ts; pages get them with `GET /api/me`. */
import { createRoute } from '@hono/zod-openapi';
import { changePreferencesRequest, preferencesResponse } from '../../shared/contract/preferences.ts';
import { answer } from '../http/answer.ts';
import { createRoutes } from '../http/module-routes.ts';
import { errorResponses, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import { changePreferences } from './commands/change-preferences.ts';
import { ownRoute } from './own-route.ts';
import { showPreferences } from './queries/preferences.ts';

const PREFERENCES = '/api/v1/me/preferences';

export const preferenceRoutes = createRoutes();

preferenceRoutes.openapi(
  createRoute({
    method: 'get',
    path: PREFERENCES,
    ...ownRoute,
    summary: 'How the signed-in person likes to read and work',
    responses: { 200: jsonAnswer(preferencesResponse, 'the preferences'), ...guardErrors() },
  }),
  async (c) => {
    const result = await showPreferences(c.get('scope'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);

preferenceRoutes.openapi(
  createRoute({
    method: 'patch',
    path: PREFERENCES,
    ...ownRoute,
    summary: 'Change one’s own preferences: what is named is set, null takes it back',
    request: { body: jsonBody(changePreferencesRequest) },
    responses: {
      200: jsonAnswer(preferencesResponse, 'the preferences'),
      ...guardErrors(),
      ...errorResponses('POLICY_VIOLATION', 'VALIDATION_ERROR'),
    },
  }),
  async (c) => {
    const result = await changePreferences(c.get('scope'), c.req.valid('json'));
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);
