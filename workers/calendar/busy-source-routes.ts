/** HTTP of imported calendars of a person. Mounted by office-app.ts through schedule-routes.ts. */
import { createRoute } from '@hono/zod-openapi';
import {
  busySourceGoneResponse,
  busySourceParams,
  busySourcesParams,
  busySourcesResponse,
} from '../../shared/contract/busy-sources.ts';
import { lazy } from '../../shared/lazy.ts';
import { answer } from '../http/answer.ts';
import { createRoutes } from '../http/module-routes.ts';
import { guarded, guardErrors, jsonAnswer } from '../http/schema.ts';

const sources = lazy(() => import('./absences/busy-sources.ts'));
const PATH = '/api/v1/staff/{id}/busy-sources';
const tags = ['staff'];

export const busySourceRoutes = createRoutes();

busySourceRoutes.openapi(
  createRoute({
    method: 'get',
    path: PATH,
    tags,
    summary: 'Imported calendars that make a person busy, the newest first',
    ...guarded('view_exceptions'),
    request: { params: busySourcesParams },
    responses: { 200: jsonAnswer(busySourcesResponse, 'all of them'), ...guardErrors() },
  }),
  async (c) => {
    const { busySourcesOf } = await sources();
    return answer(c, await busySourcesOf(c.get('scope'), c.req.valid('param').id), (data) => ({ success: true, data }));
  },
);

busySourceRoutes.openapi(
  createRoute({
    method: 'delete',
    path: `${PATH}/{source_id}`,
    tags,
    summary: 'Take an imported calendar of a person away: its times are free at once',
    ...guarded('delete_exceptions'),
    request: { params: busySourceParams },
    responses: { 200: jsonAnswer(busySourceGoneResponse, 'taken away'), ...guardErrors() },
  }),
  async (c) => {
    const { removeBusySource } = await sources();
    const { id: staffId, source_id: sourceId } = c.req.valid('param');
    const key = c.get('idempotencyKey') ?? null;
    return answer(c, await removeBusySource(c.get('scope'), { staffId, sourceId, key }), (data) => ({
      success: true,
      data,
    }));
  },
);
