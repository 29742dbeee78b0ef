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
  TENANT_JOB_ACTIONS,
} from '../job-status.ts';
import { idField, idOut, idParam, instantOut, itemOf, listMeta, listOf, page } from './parts.ts';

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
export type JobItemView = z.infer<typeof jobItemView>;
export const jobItemListQuery = page().extend({ outcome: z.enum(JOB_ITEM_OUTCOMES).default('failed') });
export const jobItemListResponse = listOf(jobItemView);

export const beginJobRequest = z.object({
  kind: kind().meta({ example: 'repair_projections' }),
  reach: z.enum(JOB_REACHES).default('tenant').meta({ description: '`platform`: all tenants; operators only' }),
  dry_run: z.boolean().default(false),
});

// ---------------------------------------------------------------- jobs of tenants, for the operator

export const tenantJobView = jobView.extend({
  tenant_id: idOut('tenant'),
  tenant_name: z.string().nullable(),
  attempts: z.int().meta({ description: 'begun so often since the last page that was finished' }),
  next_try_at: instantOrNull().meta({ description: 'null: it has ended, is paused or is worked on' }),
  begun_by: z.string().meta({ description: 'who wanted it', example: 'cron:erase_due' }),
});
export type TenantJobView = z.infer<typeof tenantJobView>;
/** Newest first. `kind` is judged over the newest rows, and `meta.truncated` says when there may be more. */
export const tenantJobListQuery = jobListQuery.extend({ tenant_id: idField('tenant').optional() });
export const tenantJobListResponse = z.object({
  success: z.literal(true),
  data: z.array(tenantJobView),
  meta: listMeta.extend({ truncated: z.boolean().optional() }),
});
export const tenantJobParams = z.object({ tenant_id: idParam('tenant'), id: idParam('job') });
export const tenantJobMoveParams = tenantJobParams.extend({ action: z.enum(TENANT_JOB_ACTIONS) });
export const tenantJobResponse = itemOf(tenantJobView);

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
  running: z.boolean(),
  next_due_at: instantOrNull().meta({ description: 'null: it is paused' }),
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
