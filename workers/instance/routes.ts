/** HTTP of the instance itself: its settings and the plans it sells by. Mounted by app.ts; the operator's pages call it. */
import { createRoute } from '@hono/zod-openapi';
import { systemSettingsChange, systemSettingsResponse } from '../../shared/contract/settings.ts';
import { lazy } from '../../shared/lazy.ts';
import { answer, presentedVersion } from '../http/answer.ts';
import { createRoutes } from '../http/module-routes.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import { plansResource } from './plans.resource.ts';
import { setupRoutes } from './setup-routes.ts';

const settings = lazy(() => import('./commands/change-settings.ts'));

const SETTINGS = '/api/v1/settings';
const tags = ['instance'];

export const instanceRoutes = createRoutes();
instanceRoutes.route('/', plansResource.routes);
instanceRoutes.route('/', setupRoutes);

instanceRoutes.openapi(
  createRoute({
    method: 'get',
    path: SETTINGS,
    tags,
    summary: 'Settings of the whole instance; the operator’s',
    ...guarded('view_settings'),
    responses: { 200: jsonAnswer(systemSettingsResponse, 'the settings'), ...guardErrors() },
  }),
  async (c) => {
    const result = await (await settings()).showSettings(c.get('platform'), c.get('scope'));
    return answer(c, { result, version: result.ok ? result.value.version : undefined }, (data) => ({
      success: true,
      data,
    }));
  },
);

instanceRoutes.openapi(
  createRoute({
    method: 'patch',
    path: SETTINGS,
    tags,
    summary: 'Change settings of the whole instance; `If-Match` protects against overwriting somebody else’s change',
    ...guarded('edit_settings'),
    request: { body: jsonBody(systemSettingsChange) },
    responses: {
      200: jsonAnswer(systemSettingsResponse, 'the settings'),
      ...guardErrors(),
      ...errorResponses('VERSION_CONFLICT'),
    },
  }),
  async (c) => {
    const result = await (await settings()).changeSettings(c.get('platform'), c.get('scope'), {
      change: c.req.valid('json'),
      expectedVersion: presentedVersion(c),
    });
    return answer(c, { result, version: result.ok ? result.value.version : undefined }, (data) => ({
      success: true,
      data,
    }));
  },
);
