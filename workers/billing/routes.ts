/** HTTP of the usage API, as documented: month, projection, history, period with its file, analytics. Thin: shapes in and out. Mounted by office-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import { z } from 'zod';
import {
  analyticsQuery,
  analyticsResponse,
  currentUsageResponse,
  historyQuery,
  historyResponse,
  periodParams,
  periodResponse,
  projectionResponse,
} from '../../shared/contract/billing.ts';
import { answer } from '../http/answer.ts';
import { createRoutes } from '../http/module-routes.ts';
import { refuse } from '../http/problem.ts';
import { guardErrors, guarded, jsonAnswer } from '../http/schema.ts';
import { usageAnalytics } from './queries/analytics.ts';
import { monthFile } from './queries/month-file.ts';
import { closedMonths, currentUsage, periodUsage, projectedUsage } from './queries/months.ts';

export const billingRoutes = createRoutes();
const tags = ['billing'];
const guard = guarded('view_usage');

billingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/billing/usage/current',
    tags,
    summary: 'Usage and cost of the month that runs, from the ledger itself; amounts in decimal currency',
    ...guard,
    responses: { 200: jsonAnswer(currentUsageResponse, 'the month so far'), ...guardErrors() },
  }),
  async (c) => answer(c, await currentUsage(c.get('scope')), (data) => ({ success: true, data })),
);

billingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/billing/usage/projection',
    tags,
    summary: 'What the month will come to when it goes on as it went: linear over elapsed days, today counted',
    ...guard,
    responses: { 200: jsonAnswer(projectionResponse, 'the projection'), ...guardErrors() },
  }),
  async (c) => answer(c, await projectedUsage(c.get('scope')), (projected) => ({ success: true, projected })),
);

billingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/billing/history',
    tags,
    summary: 'Closed months, newest first',
    ...guard,
    request: { query: historyQuery },
    responses: { 200: jsonAnswer(historyResponse, 'the months'), ...guardErrors() },
  }),
  async (c) => {
    const result = await closedMonths(c.get('scope'), c.req.valid('query'));
    return answer(c, { result }, ({ shown, meta }) => ({ success: true, data: shown, meta }));
  },
);

billingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/billing/period/{period}',
    tags,
    summary: 'One month: its lines, and its statement when it is closed',
    ...guard,
    request: { params: periodParams },
    responses: { 200: jsonAnswer(periodResponse, 'the month'), ...guardErrors() },
  }),
  async (c) => {
    const found = await periodUsage(c.get('scope'), c.req.valid('param').period);
    return answer(c, found, (data) => ({ success: true, data }));
  },
);

billingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/billing/period/{period}/download',
    tags,
    summary: 'One month as CSV; in German with decimal commas and semicolons',
    ...guarded('export_usage'),
    request: { params: periodParams },
    responses: {
      200: { description: 'the file', content: { 'text/csv': { schema: z.string() } } },
      ...guardErrors(),
    },
  }),
  async (c) => {
    const { period } = c.req.valid('param');
    const { result } = await periodUsage(c.get('scope'), period);
    if (!result.ok) return refuse(c, result.error);
    c.header('Content-Type', 'text/csv; charset=UTF-8');
    c.header('Cache-Control', 'no-store');
    c.header('Content-Disposition', `attachment; filename="usage-${period}.csv"`);
    return c.body(monthFile(result.value, c.get('language')), 200);
  },
);

billingRoutes.openapi(
  createRoute({
    method: 'get',
    path: '/api/billing/analytics',
    tags,
    summary: 'Usage of a month at list price beside what the plan charges, and a row a day',
    ...guard,
    request: { query: analyticsQuery },
    responses: { 200: jsonAnswer(analyticsResponse, 'the analytics'), ...guardErrors() },
  }),
  async (c) =>
    answer(c, await usageAnalytics(c.get('scope'), c.req.valid('query')), (data) => ({ success: true, data })),
);
