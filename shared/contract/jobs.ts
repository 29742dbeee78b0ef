/** Work in the background: jobs with steps and items, crons with their runs. Read by workers/jobs/ and tests. */
import { z } from 'zod';
import {
  CATCH_UPS,
  CRON_OUTCOMES,
  CRON_TRIGGERS,
  JOB_ITEM_OUTCOMES,
  JOB_REACHES,
  JOB_STATES,
  JOB_STEP_STATES,
} from '../job-status.ts';
import { idOut, idParam, instantOut, itemOf, listOf, page } from './parts.ts';

const counts = z.record(z.string(), z.int());
const instantOrNull = () => instantOut().nullable();
const kind = () => z.string().min(1).max(60);

// ---------------------------------------------------------------- jobs

export const jobView = z.object({
  id: idOut('job'),
  kind: z.string().meta({ example: 'repair_projections' }),
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
  failed: z.int().meta({ description: 'items that failed; `GET …/items` lists the first thousand' }),
  planned: z.int().meta({ description: 'dry run: items that would be changed; `GET …/items?outcome=planned`' }),
  error: z.string().nullable(),
  rerun_of: idOut('job').nullable(),
  created_at: instantOut(),
  started_at: instantOrNull(),
  ended_at: instantOrNull(),
});
export type JobView = z.infer<typeof jobView>;

export const jobParams = z.object({ id: idParam('job') });
/** Newest first. */
export const jobListQuery = page().extend({ state: z.enum(JOB_STATES).optional(), kind: kind().optional() });
export const jobResponse = itemOf(jobView);

export const jobItemView = z.object({ step: z.string(), item: z.string(), reason: z.string(), at: instantOut() });
export const jobItemListQuery = page().extend({ outcome: z.enum(JOB_ITEM_OUTCOMES).default('failed') });
export const jobItemListResponse = listOf(jobItemView);

export const beginJobRequest = z.object({
  kind: kind().meta({ example: 'repair_projections' }),
  reach: z.enum(JOB_REACHES).default('tenant').meta({ description: '`platform`: all tenants; operators only' }),
  dry_run: z.boolean().default(false),
});

// ---------------------------------------------------------------- crons

export const cronRunView = z.object({
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
export type CronRunView = z.infer<typeof cronRunView>;

export const cronView = z.object({
  name: z.string(),
  schedule: z.string().meta({ description: 'minute hour day-of-month month day-of-week, UTC', example: '17 * * * *' }),
  catch_up: z.enum(CATCH_UPS),
  paused_at: instantOrNull(),
  last_run: cronRunView.nullable(),
});
export type CronView = z.infer<typeof cronView>;

/** A cron's name is no id of ours: it is written in the code. */
export const cronParams = z.object({
  name: z
    .string()
    .regex(/^[a-z_]{1,40}$/)
    .meta({ example: 'purge_links', 'x-external-id': true }),
});
export const cronListResponse = listOf(cronView);
export const cronRunListQuery = page();
export const cronRunListResponse = listOf(cronRunView);
export const cronFiredResponse = itemOf(z.object({ run_id: idOut('cron_run') }));
export const cronPausedResponse = itemOf(z.object({ name: z.string(), paused: z.boolean() }));
