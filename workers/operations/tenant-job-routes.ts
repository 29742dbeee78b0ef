/** HTTP of jobs of single tenants, for the platform's operator. Mounted by control-app.ts. */
import { createRoute } from '@hono/zod-openapi';
import {
  jobItemListQuery,
  jobItemListResponse,
  tenantJobListQuery,
  tenantJobListResponse,
  tenantJobMoveParams,
  tenantJobParams,
  tenantJobResponse,
} from '../../shared/contract/jobs.ts';
import { reasonRequest } from '../../shared/contract/operations.ts';
import { lazy } from '../../shared/lazy.ts';
import type { Platform } from '../env.ts';
import { answer } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { createRoutes, type ModuleRoutes } from '../http/module-routes.ts';
import { guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import { viewOfJobItem } from '../jobs/queries/jobs.ts';
import type { JobWorld } from '../jobs/world.ts';

// They bring the runner along: loaded with the first use (docs/decisions.md 13).
const tenantJobs = lazy(() => import('./tenant-job-commands.ts'));
const PATH = '/api/v1/tenant-jobs';
const tags = ['operations'];

/** @param worldOf the registry of this environment; it loads with the first request */
export function createTenantJobRoutes(worldOf: (platform: Platform) => Promise<JobWorld>): ModuleRoutes {
  const routes = createRoutes();

  routes.openapi(
    createRoute({
      method: 'get',
      path: PATH,
      tags,
      summary: 'Jobs of single tenants, newest first',
      ...guarded('view_crons'),
      request: { query: tenantJobListQuery },
      responses: { 200: jsonAnswer(tenantJobListResponse, 'a page of jobs'), ...guardErrors() },
    }),
    async (c) => {
      const { tenantJobList } = await tenantJobs();
      const result = await tenantJobList(c.get('platform'), c.get('scope'), c.req.valid('query'));
      return answer(c, { result }, ({ data, meta }) => ({ success: true, data, meta }));
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: `${PATH}/{tenant_id}/{id}/items`,
      tags,
      summary: 'Items of a tenant’s job that failed, or that a dry run would have changed',
      ...guarded('view_crons'),
      request: { params: tenantJobParams, query: jobItemListQuery },
      responses: { 200: jsonAnswer(jobItemListResponse, 'a page of items'), ...guardErrors() },
    }),
    async (c) => {
      const { tenant_id: tenantId, id } = c.req.valid('param');
      const asked = { tenantId, id, ...c.req.valid('query') };
      const result = await (await tenantJobs()).tenantJobItems(c.get('platform'), c.get('scope'), asked);
      return answer(c, { result }, ({ shown, meta }) => ({
        success: true,
        data: shown.map(viewOfJobItem),
        meta,
      }));
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: `${PATH}/{tenant_id}/{id}/{action}`,
      tags,
      summary: 'Pause, resume or cancel a tenant’s job, or run what failed in it again',
      ...guardedOnce('manage_crons'),
      request: { params: tenantJobMoveParams, body: jsonBody(reasonRequest) },
      responses: {
        200: jsonAnswer(tenantJobResponse, 'the job; for `rerun` the new one'),
        ...guardErrors(),
        ...onceErrors('ILLEGAL_TRANSITION'),
      },
    }),
    async (c) => {
      const { tenant_id: tenantId, id, action } = c.req.valid('param');
      const asked = { tenantId, id, action, reason: c.req.valid('json').reason };
      const world = await worldOf(c.get('platform'));
      const result = await (await tenantJobs()).actOnTenantJob(c.get('platform'), world, c.get('scope'), asked);
      return answer(c, { result }, (data) => ({ success: true, data }));
    },
  );

  return routes;
}
