/** HTTP of figures and widgets: several by one request, for the head of a list, the navigation and the home page. Mounted by office-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { figuresQuery, figuresResponse } from '../../shared/contract/figures.ts';
import { widgetsQuery, widgetsResponse } from '../../shared/contract/widgets.ts';
import { createRoutes } from '../http/module-routes.ts';
import { requireScope } from '../http/permission.ts';
import { guardErrors, jsonAnswer } from '../http/schema.ts';
import { figuresOf } from './figures.ts';
import { widgetsOf } from './widgets.ts';

export const figureRoutes = createRoutes();

figureRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/figures',
    tags: ['figures'],
    // Each figure asks for the permission of what it counts; one that is missing leaves it out.
    middleware: requireScope,
    summary: 'Counts what the caller may see: several figures by one request, at most a minute old',
    request: { query: figuresQuery },
    responses: {
      200: jsonAnswer(figuresResponse, 'the figures, in the order of their names in the request'),
      ...guardErrors(),
    },
  }),
  async (c) => {
    const { names, days, max_age: maxAge } = c.req.valid('query');
    return c.json({ success: true as const, data: await figuresOf(c.get('scope'), names, days, maxAge) }, 200);
  },
);

figureRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/v1/widgets',
    tags: ['figures'],
    // Each widget asks for the permission of what it counts; one that is missing leaves it out.
    middleware: requireScope,
    summary: 'Numbers of the home page’s widgets: several by one request, at most a minute old',
    request: { query: widgetsQuery },
    responses: {
      200: jsonAnswer(widgetsResponse, 'the widgets, in the order of their names in the request'),
      ...guardErrors(),
    },
  }),
  async (c) => {
    const { names } = c.req.valid('query');
    const data = await widgetsOf(c.get('scope'), names, c.get('language'));
    return c.json({ success: true as const, data }, 200);
  },
);
