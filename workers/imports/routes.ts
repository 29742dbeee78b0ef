/** REST of imports. Mounted by office-app.ts. */
import { createRoute, z } from '@hono/zod-openapi';
import type { Context } from 'hono';
import {
  checkImportRequest,
  chooseRowsRequest,
  chooseRowsResponse,
  importParams,
  importResponse,
  importRowQuery,
  importRowsResponse,
  runImportRequest,
} from '../../shared/contract/imports.ts';
import type { ImportState } from '../../shared/import-sets.ts';
import { lazy } from '../../shared/lazy.ts';
import type { Result } from '../../shared/result.ts';
import type { Platform } from '../env.ts';
import { answer } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { type AppEnv, createRoutes, type ModuleRoutes } from '../http/module-routes.ts';
import { refuse } from '../http/problem.ts';
import { errorResponses, guarded, guardErrors, jsonAnswer, jsonBody } from '../http/schema.ts';
import type { JobWorld } from '../jobs/world.ts';
import type { ImportRow } from '../storage/queries/imports.ts';
import { importsResource } from './imports.resource.ts';
import { importRowPage, refusedFile, viewOfImport } from './queries/imports.ts';

// Readers of tables come with the first file.
const taking = lazy(() => import('./commands/take-file.ts'));
const checking = lazy(() => import('./commands/check-import.ts'));
const running = lazy(() => import('./commands/run-import.ts'));
const choosing = lazy(() => import('./commands/choose-rows.ts'));
const abandoning = lazy(() => import('./commands/abandon-import.ts'));

interface ImportJobs {
  state: ImportState;
  checkJob: string | null;
  runJob: string | null;
}

const PATH = '/api/v1/imports/{id}';
const tags = ['imports'];
const runner = lazy(() => import('../jobs/job-runner.ts'));

const shown = <T>(data: T) => ({ success: true as const, data });

/** @param worldOf the registry of jobs of this environment; it loads with the first request */
export function createImportRoutes(worldOf: (platform: Platform) => Promise<JobWorld>): ModuleRoutes {
  const routes = createRoutes();
  /** Somebody waits for it: the job begins at once, and its message in the queue finds it begun. */
  const startNow = async (c: Context<AppEnv>, { state, checkJob, runJob }: ImportJobs): Promise<void> => {
    const job = state === 'checking' ? checkJob : runJob;
    if (job === null) return;
    const [{ runJob: work }, world] = await Promise.all([runner(), worldOf(c.get('platform'))]);
    c.executionCtx.waitUntil(work(world, c.get('scope').tenantId, job).catch(() => undefined));
  };
  /** The import as it stands after a change, or why there was none. */
  const answered = async (c: Context<AppEnv>, { result, begins }: { result: Result<ImportRow>; begins: boolean }) => {
    if (!result.ok) return refuse(c, result.error);
    if (begins) await startNow(c, result.value);
    return c.json(shown(await viewOfImport(c.get('scope'), result.value, c.get('language'))), 200);
  };
  routes.route('/', importsResource.routes);

  routes.openapi(
    createRoute({
      method: 'put',
      path: `${PATH}/file`,
      tags,
      summary: 'Send the file of an import, at most 20 MB; a broken one is answered with what is wrong',
      ...guarded('create_imports'),
      request: {
        params: importParams,
        body: { content: { 'application/octet-stream': { schema: z.string().meta({ format: 'binary' }) } } },
      },
      responses: {
        200: jsonAnswer(importResponse, 'the import, with its columns'),
        ...guardErrors(),
        ...errorResponses('ILLEGAL_TRANSITION', 'PAYLOAD_TOO_LARGE'),
      },
    }),
    async (c) => {
      const scope = c.get('scope');
      const { takeFile } = await taking();
      const result = await takeFile(scope, c.req.valid('param').id, new Uint8Array(await c.req.arrayBuffer()));
      return answered(c, { result, begins: false });
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: `${PATH}/check`,
      tags,
      summary: 'Begin the dry run: the whole file is read, each row judged, nothing written',
      ...guardedOnce('create_imports'),
      request: { params: importParams, body: jsonBody(checkImportRequest) },
      responses: {
        200: jsonAnswer(importResponse, 'the import'),
        ...guardErrors(),
        ...onceErrors('ILLEGAL_TRANSITION', 'LIMIT_REACHED'),
      },
    }),
    async (c) => {
      const scope = c.get('scope');
      const { checkImport } = await checking();
      const { id } = c.req.valid('param');
      const result = await checkImport(await worldOf(c.get('platform')), scope, id, c.req.valid('json'));
      return answered(c, { result, begins: true });
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: `${PATH}/rows`,
      tags,
      summary: 'Rows of an import: what each would become or became, and what is wrong with it',
      ...guarded('view_imports'),
      request: { params: importParams, query: importRowQuery },
      responses: { 200: jsonAnswer(importRowsResponse, 'a page of rows'), ...guardErrors() },
    }),
    async (c) => {
      const result = await importRowPage(c.get('scope'), {
        ...c.req.valid('param'),
        ...c.req.valid('query'),
        language: c.get('language'),
      });
      return answer(c, { result }, (page) => ({ success: true, data: page.shown, meta: page.meta }));
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: `${PATH}/rows`,
      tags,
      summary: 'Say what becomes of single duplicates',
      ...guardedOnce('create_imports'),
      request: { params: importParams, body: jsonBody(chooseRowsRequest) },
      responses: {
        200: jsonAnswer(chooseRowsResponse, 'how many of the rows are duplicates'),
        ...guardErrors(),
        ...onceErrors('ILLEGAL_TRANSITION'),
      },
    }),
    async (c) => {
      const { chooseRows } = await choosing();
      const result = await chooseRows(c.get('scope'), c.req.valid('param').id, c.req.valid('json'));
      return answer(c, { result }, ({ chosen }) => ({ success: true, chosen }));
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: `${PATH}/refused`,
      tags,
      summary: 'The refused rows as CSV, each with what is wrong; cells that begin a formula are quoted',
      ...guarded('view_imports'),
      request: { params: importParams },
      responses: {
        200: { description: 'the file', content: { 'text/csv': { schema: z.string() } } },
        ...guardErrors(),
      },
    }),
    async (c) => {
      const result = await refusedFile(c.get('scope'), c.req.valid('param').id, c.get('language'));
      if (!result.ok) return refuse(c, result.error);
      const lines = result.value;
      const encoder = new TextEncoder();
      c.header('Content-Type', 'text/csv; charset=UTF-8');
      c.header('Cache-Control', 'no-store');
      c.header('Content-Disposition', 'attachment; filename="refused.csv"');
      const body = new ReadableStream<Uint8Array>({
        async pull(controller) {
          const { value, done } = await lines.next();
          if (done === true) controller.close();
          else controller.enqueue(encoder.encode(value));
        },
      });
      return c.body(body, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: `${PATH}/run`,
      tags,
      summary: 'Write what the dry run found; begun again where it has stopped, nothing is made twice',
      ...guardedOnce('create_imports'),
      request: { params: importParams, body: jsonBody(runImportRequest) },
      responses: {
        200: jsonAnswer(importResponse, 'the import'),
        ...guardErrors(),
        ...onceErrors('ILLEGAL_TRANSITION', 'WOULD_STRAND'),
      },
    }),
    async (c) => {
      const scope = c.get('scope');
      const { runImport } = await running();
      const { id } = c.req.valid('param');
      const result = await runImport(await worldOf(c.get('platform')), scope, id, c.req.valid('json'));
      return answered(c, { result, begins: true });
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: `${PATH}/abandon`,
      tags,
      summary: 'End an import for good; what was written stays',
      ...guardedOnce('create_imports'),
      request: { params: importParams },
      responses: {
        200: jsonAnswer(importResponse, 'the import'),
        ...guardErrors(),
        ...onceErrors('ILLEGAL_TRANSITION'),
      },
    }),
    async (c) => {
      const scope = c.get('scope');
      const { abandonImport } = await abandoning();
      const result = await abandonImport(await worldOf(c.get('platform')), scope, c.req.valid('param').id);
      return answered(c, { result, begins: false });
    },
  );

  return routes;
}
