/** HTTP of the search over everything: one field, a few hits of each kind. Mounted by office-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { searchQuery, searchResponse } from '../../shared/contract/search.ts';
import { createRoutes } from '../http/module-routes.ts';
import { requireScope } from '../http/permission.ts';
import { guardErrors, jsonAnswer } from '../http/schema.ts';
import { searchAll } from './search.ts';

export const searchRoutes = createRoutes();

searchRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/search',
    tags: ['search'],
    // Each kind asks for the permission of its list; one that is missing leaves it empty.
    middleware: requireScope,
    summary: 'Finds customers, appointments, calls, master data and tenants that the caller may see, a few of each',
    request: { query: searchQuery },
    responses: {
      200: jsonAnswer(searchResponse, 'what was found, by kind'),
      ...guardErrors(),
    },
  }),
  async (c) => {
    const data = await searchAll(c.get('scope'), c.req.valid('query').q, c.get('language'));
    return c.json({ success: true as const, data }, 200);
  },
);
