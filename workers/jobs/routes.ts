/** REST of work in the background: a tenant's jobs with steps and progress, and the operator's crons with their runs. Mounted by app.ts. */
import { createRoute } from '@hono/zod-openapi';
import {
  beginJobRequest,
  cronFiredResponse,
  cronListResponse,
  cronParams,
  cronPausedResponse,
  cronRunListQuery,
  cronRunListResponse,
  type CronRunView,
  type CronView,
  jobItemListQuery,
  jobItemListResponse,
  jobParams,
  jobResponse,
} from '../../shared/contract/jobs.ts';
import { asInstant, type Instant, processNow } from '../../shared/clock.ts';
import { lazy } from '../../shared/lazy.ts';
import { DAY, isoOrNull, toIso } from '../../shared/time.ts';
import type { Platform } from '../env.ts';
import { answer } from '../http/answer.ts';
import { guardedOnce, onceErrors } from '../http/idempotency.ts';
import { cursorOf, pageOf, WHOLE_LIST } from '../http/list.ts';
import { refuse } from '../http/problem.ts';
import { createRoutes, type ModuleRoutes } from '../http/module-routes.ts';
import { guardErrors, guarded, jsonAnswer, jsonBody } from '../http/schema.ts';
import type { CronRunRow, CronStateRow } from '../storage/cron-db.ts';
import type { JobMove } from './commands/parts.ts';
import { jobsResource } from './jobs.resource.ts';
import { jobItemPage, viewOfJob, viewOfJobItem } from './queries/jobs.ts';
import { dueBetween, parseSchedule } from './schedule.ts';
import type { Cron } from './types.ts';
import type { JobWorld } from './world.ts';

// The verbs bring the runners along; they load with the first use (docs/decisions.md 13).
const beginning = lazy(() => import('./commands/begin-job.ts'));
const moving = lazy(() => import('./commands/move-job.ts'));
const rerunning = lazy(() => import('./commands/rerun-job.ts'));
const firing = lazy(() => import('./commands/fire-cron.ts'));
const pausing = lazy(() => import('./commands/pause-cron.ts'));

/** How far ahead the next due time of a cron is looked for. */
const NEXT_WITHIN_MS = 31 * DAY;

const viewOfRun = (row: CronRunRow): CronRunView => ({
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

/** null: none within a month */
const nextDue = ({ schedule }: Cron, now: Instant): Instant | null =>
  dueBetween(parseSchedule(schedule), now, asInstant(now + NEXT_WITHIN_MS), 1)[0] ?? null;

const viewOfCron = (
  one: Cron,
  state: CronStateRow | undefined,
  last: CronRunRow | undefined,
  now: Instant,
): CronView => ({
  name: one.name,
  schedule: one.schedule,
  catch_up: one.catchUp,
  paused_at: isoOrNull(state?.pausedAt ?? null),
  running: (state?.leaseUntil ?? 0) > now,
  next_due_at: state?.pausedAt == null ? isoOrNull(nextDue(one, now)) : null,
  last_run: last === undefined ? null : viewOfRun(last),
});

const MOVES: readonly (readonly [JobMove, string])[] = [
  ['pause', 'Stop a job after its present page'],
  ['resume', 'Let a paused or failed job go on where it stopped'],
  ['cancel', 'End a job for good after its present page'],
];

/** @param worldOf the registry of this environment; it loads with the first request */
export function createJobRoutes(worldOf: (platform: Platform) => Promise<JobWorld>): ModuleRoutes {
  const routes = createRoutes();
  routes.route('/', jobsResource.routes);

  // ---------------------------------------------------------------- jobs

  routes.openapi(
    createRoute({
      method: 'get',
      path: '/api/v1/jobs/{id}/items',
      tags: ['jobs'],
      summary: 'Items of a job that failed, or that a dry run would have changed',
      ...guarded('view_jobs'),
      request: { params: jobParams, query: jobItemListQuery },
      responses: {
        200: jsonAnswer(jobItemListResponse, 'a page of items'),
        ...guardErrors(),
      },
    }),
    async (c) => {
      const result = await jobItemPage(c.get('scope'), { ...c.req.valid('param'), ...c.req.valid('query') });
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
      path: '/api/v1/jobs',
      tags: ['jobs'],
      summary: 'Begin a job; with `dry_run` it changes nothing and lists what it would change',
      ...guardedOnce('manage_jobs'),
      request: {
        body: jsonBody(beginJobRequest),
      },
      responses: { 201: jsonAnswer(jobResponse, 'the job, queued'), ...guardErrors(), ...onceErrors() },
    }),
    async (c) => {
      const { kind, reach, dry_run: dry } = c.req.valid('json');
      const result = await (await beginning()).begin(await worldOf(c.get('platform')), c.get('scope'), {
        kind,
        reach,
        dry,
      });
      return answer(c, { result }, (row) => ({ success: true, data: viewOfJob(row) }), 201);
    },
  );

  for (const [action, summary] of MOVES) {
    routes.openapi(
      createRoute({
        method: 'post',
        path: `/api/v1/jobs/{id}/${action}`,
        tags: ['jobs'],
        summary,
        ...guardedOnce('manage_jobs'),
        request: { params: jobParams },
        responses: {
          200: jsonAnswer(jobResponse, 'the job'),
          ...guardErrors(),
          ...onceErrors('ILLEGAL_TRANSITION'),
        },
      }),
      async (c) => {
        const result = await (await moving()).move(
          await worldOf(c.get('platform')),
          c.get('scope'),
          c.req.valid('param').id,
          action,
        );
        return answer(c, { result }, (row) => ({ success: true, data: viewOfJob(row) }));
      },
    );
  }

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/api/v1/jobs/{id}/rerun',
      tags: ['jobs'],
      summary: 'Begin a new job over the items that failed in this one',
      ...guardedOnce('manage_jobs'),
      request: { params: jobParams },
      responses: {
        201: jsonAnswer(jobResponse, 'the new job, queued'),
        ...guardErrors(),
        ...onceErrors('ILLEGAL_TRANSITION'),
      },
    }),
    async (c) => {
      const result = await (await rerunning()).rerun(
        await worldOf(c.get('platform')),
        c.get('scope'),
        c.req.valid('param').id,
      );
      return answer(c, { result }, (row) => ({ success: true, data: viewOfJob(row) }), 201);
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
      responses: { 200: jsonAnswer(cronListResponse, 'all crons'), ...guardErrors() },
    }),
    async (c) => {
      const { crons, store } = await worldOf(c.get('platform'));
      const states = await store.states(crons.map((one) => one.name));
      const last = await store.lastRuns(states.values());
      const data = crons.map((one) => viewOfCron(one, states.get(one.name), last.get(one.name), processNow()));
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
      request: { params: cronParams, query: cronRunListQuery },
      responses: { 200: jsonAnswer(cronRunListResponse, 'a page of runs'), ...guardErrors() },
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
      return c.json({ success: true as const, data: shown.map(viewOfRun), meta }, 200);
    },
  );

  routes.openapi(
    createRoute({
      method: 'post',
      path: '/api/v1/crons/{name}/fire',
      tags: ['jobs'],
      summary: 'Run a cron now, also while it is paused',
      ...guardedOnce('manage_crons'),
      request: { params: cronParams },
      responses: {
        202: jsonAnswer(cronFiredResponse, 'it runs'),
        ...guardErrors(),
        ...onceErrors('ILLEGAL_TRANSITION'),
      },
    }),
    async (c) => {
      const result = await (await firing()).fire(
        await worldOf(c.get('platform')),
        c.get('scope'),
        c.req.valid('param').name,
      );
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
        ...guardedOnce('manage_crons'),
        request: { params: cronParams },
        responses: {
          200: jsonAnswer(cronPausedResponse, 'as it is now'),
          ...guardErrors(),
          ...onceErrors('ILLEGAL_TRANSITION'),
        },
      }),
      async (c) => {
        const wanted = c.req.valid('param').name;
        const result = await (await pausing()).setPaused(
          await worldOf(c.get('platform')),
          c.get('scope'),
          wanted,
          action === 'pause',
        );
        return answer(c, { result }, () => ({ success: true, data: { name: wanted, paused: action === 'pause' } }));
      },
    );
  }

  return routes;
}
