/** HTTP of `GET /api/me`. Mounted through routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import { meResponse } from '../../shared/contract/identity.ts';
import { answer } from '../http/answer.ts';
import { ownWhileOwing } from '../http/permission.ts';
import { createRoutes } from '../http/module-routes.ts';
import { guardErrors, jsonAnswer } from '../http/schema.ts';
import { whoAmI } from './queries/me.ts';

export const meRoutes = createRoutes();

meRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/me',
    tags: ['identity'],
    summary: 'The signed-in user or API key with tenant, role, permissions, branches and brand',
    ...ownWhileOwing,
    responses: {
      200: jsonAnswer(meResponse, 'who asks'),
      ...guardErrors(),
    },
  }),
  async (c) => {
    const result = await whoAmI(c.get('scope'), { language: c.get('language') });
    return answer(c, { result }, (data) => ({ success: true, data }));
  },
);
