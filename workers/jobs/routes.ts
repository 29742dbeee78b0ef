/** REST of work in the background: a tenant's jobs with steps and progress, and the operator's crons with their runs. Mounted by app.ts. */
import { createRoute, z } from '@hono/zod-openapi';
import {
  CATCH_UPS,
  CRON_OUTCOMES,
  CRON_TRIGGERS,
  JOB_ITEM_OUTCOMES,
  JOB_REACHES,
  JOB_STATES,
  JOB_STEP_STATES,
} from '../../shared/contract/jobs.ts';
import { toIso } from '../../shared/time.ts';
import type { Platform } from '../env.ts';
import { answer } from '../http/answer.ts';
import { idempotent } from '../http/idempotency.ts';
import { cursorOf, pageOf, WHOLE_LIST } from '../http/list.ts';
import { requirePermission } from '../http/permission.ts';
import { refuse } from '../http/problem.ts';
import { createRoutes, type ModuleRoutes } from '../http/module-routes.ts';
import {
  errorResponses,
  guardErrors,
  guarded,
  idParam,
  idOut,
  instantOut,
  itemOf,
  jsonAnswer,
  jsonBody,
  listOf,
  page,
} from '../http/schema.ts';
import type { CronRunRow, CronStateRow } from '../storage/cron-db.ts';
import { begin, fire, type JobMove, move, rerun, setPaused } from './commands.ts';
import { jobItemPage, jobPage, type JobRow, oneJob } from './queries/jobs.ts';
import type { Cron } from './types.ts';
import type { JobWorld } from './world.ts';

const counts = z.record(z.string(), z.int());
const instantOrNull = () => instantOut().nullable();
const isoOrNull = (at: number | null): string | null => (at === null ? null : toIso(at));

const job = z.object({
  id: idOut('job'),
  kind: z.string().openapi({ example: 'repair_projections' }),
  state: z.enum(JOB_STATES),
  reach: z.enum(JOB_REACHES),
  dry_run: z.boolean(),
  steps: z.array(
    z.object({
      name: z.string(),
      state: z.enum(JOB_STEP_STATES),
      done: z.int(),
      failed: z.int(),
      total: z.int().nullable(),
      started_at: instantOrNull(),
      ended_at: instantOrNull(),
    }),
  ),
  counts,
  failed: z.int().openapi({ description: 'items that failed; `GET …/items` lists the first thousand' }),
  planned: z.int().openapi({ description: 'dry run: items that would be changed; `GET …/items?outcome=planned`' }),
  error: z.string().nullable(),
  rerun_of: idOut('job').nullable(),
  created_at: instantOut(),
  started_at: instantOrNull(),
  ended_at: instantOrNull(),
});

const jobView = (row: JobRow): z.infer<typeof job> => ({
  id: row.id,
  kind: row.kind,
  state: row.state,
  reach: row.reach,
  dry_run: row.dry,
  steps: row.steps.map(({ name, state, done, failed, total, startedAt, endedAt }) => ({
    name,
    state,
    done,
    failed,
    total,
    started_at: isoOrNull(startedAt),
    ended_at: isoOrNull(endedAt),
  })),
  counts: row.counts,
  failed: row.failed,
  planned: row.planned,
  error: row.error,
  rerun_of: row.rerunOf,
  created_at: toIso(row.createdAt),
  started_at: isoOrNull(row.startedAt),
  ended_at: isoOrNull(row.endedAt),
});

const run = z.object({
  id: idOut('cron_run'),
  due_at: instantOut(),
  trigger: z.enum(CRON_TRIGGERS),
  started_at: instantOut(),
  ended_at: instantOrNull(),
  outcome: z.enum(CRON_OUTCOMES),
  attempts: z.int(),
  counts: counts.nullable(),
  error: z.string().nullable(),
});
const runView = (row: CronRunRow): z.infer<typeof run> => ({
  id: row.id,
  due_at: toIso(row.dueAt),
  trigger: row.trigger,
  started_at: toIso(row.startedAt),
  ended_at: isoOrNull(row.endedAt),
  outcome: row.outcome,
  attempts: row.attempts,
  counts: row.counts,
  error: row.error,
});

const cron = z.object({
  name: z.string(),
  schedule: z
    .string()
    .openapi({ description: 'minute hour day-of-month month day-of-week, UTC', example: '17 * * * *' }),
  catch_up: z.enum(CATCH_UPS),
  paused_at: instantOrNull(),
  last_run: run.nullable(),
});
const cronView = (one: Cron, state: CronStateRow | undefined, last: CronRunRow | undefined): z.infer<typeof cron> => ({
  name: one.name,
  schedule: one.schedule,
  catch_up: one.catchUp,
  paused_at: isoOrNull(state?.pausedAt ?? null),
  last_run: last === undefined ? null : runView(last),
});

const id = () => z.object({ id: idParam('job') });
/** A cron's name is no id of ours: it is written in the code. */
const name = () =>
  z.object({
    name: z
      .string()
      .regex(/^[a-z_]{1,40}$/)
      .openapi({ example: 'purge_links', 'x-external-id': true }),
  });

const MOVES: readonly (readonly [JobMove, string])[] = [
  ['pause', 'Stop a job after its present page'],
  ['resume', 'Let a paused or failed job go on where it stopped'],
  ['cancel', 'End a job for good after its present page'],
];

/** @param worldOf the registry of this environment; it loads with the first request */
export function createJobRoutes(worldOf: (platform: Platform) => Promise<JobWorld>): ModuleRoutes {
  const routes = createRoutes();

  // ---------------------------------------------------------------- jobs

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/api/v1/jobs',
      tags: ['jobs'],
      summary: 'Jobs, newest first; by state or kind',
      ...guarded('view_jobs'),
      request: {
        query: page().extend({ state: z.enum(JOB_STATES).optional(), kind: z.string().min(1).max(60).optional() }),
      },
      responses: { 200: jsonAnswer(listOf(job), 'a page of jobs'), ...guardErrors() },
    }),
    async (c) => {
      const result = await jobPage(c.get('scope'), c.req.valid('query'));
      return answer(c, { result }, ({ shown, meta }) => ({ success: true, data: shown.map(jobView), meta }));
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/api/v1/jobs/{id}',
      tags: ['jobs'],
      summary: 'One job with its steps and progress',
      ...guarded('view_jobs'),
      request: { params: id() },
      responses: { 200: jsonAnswer(itemOf(job), 'the job'), ...guardErrors() },
    }),
    async (c) => {
      const result = await oneJob(c.get('scope'), c.req.valid('param'));
      return answer(c, { result }, (row) => ({ success: true, data: jobView(row) }));
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/api/v1/jobs/{id}/items',
      tags: ['jobs'],
      summary: 'Items of a job that failed, or that a dry run would have changed',
      ...guarded('view_jobs'),
      request: { params: id(), query: page().extend({ outcome: z.enum(JOB_ITEM_OUTCOMES).default('failed') }) },
      responses: {
        200: jsonAnswer(
          listOf(z.object({ step: z.string(), item: z.string(), reason: z.string(), at: instantOut() })),
          'a page of items',
        ),
        ...guardErrors(),
      },
    }),
    async (c) => {
      const result = await jobItemPage(c.get('scope'), { ...c.req.valid('param'), ...c.req.valid('query') });
      return answer(c, { result }, ({ shown, meta }) => ({
        success: true,
        data: shown.map(({ step, item, reason, at }) => ({ step, item, reason, at: toIso(at) })),
        meta,
      }));
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/api/v1/jobs',
      tags: ['jobs'],
      summary: 'Begin a job; with `dry_run` it changes nothing and lists what it would change',
      ...guarded('manage_jobs'),
      middleware: [requirePermission('manage_jobs'), idempotent],
      request: {
        body: jsonBody(
          z.object({
            kind: z.string().min(1).max(60).openapi({ example: 'repair_projections' }),
            reach: z
              .enum(JOB_REACHES)
              .default('tenant')
              .openapi({ description: '`platform`: all tenants; operators only' }),
            dry_run: z.boolean().default(false),
          }),
        ),
      },
      responses: { 201: jsonAnswer(itemOf(job), 'the job, queued'), ...guardErrors() },
    }),
    async (c) => {
      const { kind, reach, dry_run: dry } = c.req.valid('json');
      const result = await begin(await worldOf(c.get('platform')), c.get('scope'), { kind, reach, dry });
      return answer(c, { result }, (row) => ({ success: true, data: jobView(row) }), 201);
    },
  );

  for (const [action, summary] of MOVES) {
    routes.openapi(
      createRoute({
        method: 'post',
        path: `/api/v1/jobs/{id}/${action}`,
        tags: ['jobs'],
        summary,
        ...guarded('manage_jobs'),
        middleware: [requirePermission('manage_jobs'), idempotent],
        request: { params: id() },
        responses: {
          200: jsonAnswer(itemOf(job), 'the job'),
          ...guardErrors(),
          ...errorResponses('ILLEGAL_TRANSITION'),
        },
      }),
      async (c) => {
        const result = await move(await worldOf(c.get('platform')), c.get('scope'), c.req.valid('param').id, action);
        return answer(c, { result }, (row) => ({ success: true, data: jobView(row) }));
      },
    );
  }

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/api/v1/jobs/{id}/rerun',
      tags: ['jobs'],
      summary: 'Begin a new job over the items that failed in this one',
      ...guarded('manage_jobs'),
      middleware: [requirePermission('manage_jobs'), idempotent],
      request: { params: id() },
      responses: {
        201: jsonAnswer(itemOf(job), 'the new job, queued'),
        ...guardErrors(),
        ...errorResponses('ILLEGAL_TRANSITION'),
      },
    }),
    async (c) => {
      const result = await rerun(await worldOf(c.get('platform')), c.get('scope'), c.req.valid('param').id);
      return answer(c, { result }, (row) => ({ success: true, data: jobView(row) }), 201);
    },
  );

  // ---------------------------------------------------------------- crons

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/api/v1/crons',
      tags: ['jobs'],
      summary: 'What the platform does by the clock, with the last run of each',
      ...guarded('view_crons'),
      responses: { 200: jsonAnswer(listOf(cron), 'all crons'), ...guardErrors() },
    }),
    async (c) => {
      const { crons, store } = await worldOf(c.get('platform'));
      const states = await store.states(crons.map((one) => one.name));
      const last = await store.lastRuns(states.values());
      const data = crons.map((one) => cronView(one, states.get(one.name), last.get(one.name)));
      return c.json({ success: true as const, data, meta: WHOLE_LIST }, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/api/v1/crons/{name}/runs',
      tags: ['jobs'],
      summary: 'Runs of a cron, newest first, kept 90 days',
      ...guarded('view_crons'),
      request: { params: name(), query: page() },
      responses: { 200: jsonAnswer(listOf(run), 'a page of runs'), ...guardErrors() },
    }),
    async (c) => {
      const { crons, store } = await worldOf(c.get('platform'));
      const { cursor, limit } = c.req.valid('query');
      const before = cursorOf(cursor, ['number']);
      if (!before.ok) return refuse(c, before.error);
      const wanted = c.req.valid('param').name;
      if (!crons.some((one) => one.name === wanted)) return refuse(c, { code: 'NOT_FOUND', entity: 'cron' });
      const rows = await store.runsPage(wanted, before.value?.[0] ?? null, limit + 1);
      const { shown, meta } = pageOf(rows, limit, (row) => [row.dueAt]);
      return c.json({ success: true as const, data: shown.map(runView), meta }, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/api/v1/crons/{name}/fire',
      tags: ['jobs'],
      summary: 'Run a cron now, also while it is paused',
      ...guarded('manage_crons'),
      middleware: [requirePermission('manage_crons'), idempotent],
      request: { params: name() },
      responses: {
        202: jsonAnswer(itemOf(z.object({ run_id: idOut('cron_run') })), 'it runs'),
        ...guardErrors(),
        ...errorResponses('ILLEGAL_TRANSITION'),
      },
    }),
    async (c) => {
      const result = await fire(await worldOf(c.get('platform')), c.get('scope'), c.req.valid('param').name);
      if (!result.ok) return refuse(c, result.error);
      c.executionCtx.waitUntil(result.value.work());
      return c.json({ success: true as const, data: { run_id: result.value.id } }, 202);
    },
  );

  for (const action of ['pause', 'resume'] as const) {
    routes.openapi(
      createRoute({
        method: 'post',
        path: `/api/v1/crons/{name}/${action}`,
        tags: ['jobs'],
        summary: action === 'pause' ? 'Stop a cron until it is resumed' : 'Let a paused cron go on',
        ...guarded('manage_crons'),
        middleware: [requirePermission('manage_crons'), idempotent],
        request: { params: name() },
        responses: {
          200: jsonAnswer(itemOf(z.object({ name: z.string(), paused: z.boolean() })), 'as it is now'),
          ...guardErrors(),
          ...errorResponses('ILLEGAL_TRANSITION'),
        },
      }),
      async (c) => {
        const wanted = c.req.valid('param').name;
        const result = await setPaused(await worldOf(c.get('platform')), c.get('scope'), wanted, action === 'pause');
        return answer(c, { result }, () => ({ success: true, data: { name: wanted, paused: action === 'pause' } }));
      },
    );
  }

  return routes;
}
