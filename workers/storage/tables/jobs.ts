/** Tables of work in the background: jobs and their items on each tenant's shard, cron states and runs on the platform's. */
import { sql } from 'drizzle-orm';
import { index, integer, primaryKey, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core';
import {
  CRON_OUTCOMES,
  CRON_TRIGGERS,
  JOB_ITEM_OUTCOMES,
  JOB_REACHES,
  JOB_STATES,
  type JobStepState,
} from '../../../shared/job-status.ts';
import type { TenantId } from '../../../shared/ids.ts';

/** A step of a job as it is stored; few, so they live in the job's row and move with it in one statement. */
export interface StoredStep {
  name: string;
  state: JobStepState;
  /** where the next page begins; null: at the start */
  cursor: string | null;
  done: number;
  failed: number;
  /** null: not counted */
  total: number | null;
  startedAt: number | null;
  endedAt: number | null;
}

/** Of single tenants; the indexes over them serve statements that say the same. */
export const OF_TENANTS = sql`tenant_id <> 'platform'`;

/** Work that takes many pages. Operators' jobs belong to the tenant `platform`. Kept 90 days after their end. */
export const jobs = sqliteTable(
  'jobs',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    id: text('id').notNull(),
    kind: text('kind').notNull(),
    reach: text('reach', { enum: JOB_REACHES }).notNull(),
    /** ids only */
    params: text('params', { mode: 'json' }).$type<Record<string, string>>().notNull(),
    dry: integer('dry', { mode: 'boolean' }).notNull(),
    state: text('state', { enum: JOB_STATES }).notNull(),
    /** index of the present step */
    step: integer('step').notNull(),
    steps: text('steps', { mode: 'json' }).$type<StoredStep[]>().notNull(),
    counts: text('counts', { mode: 'json' }).$type<Record<string, number>>().notNull(),
    failed: integer('failed').notNull(),
    planned: integer('planned').notNull(),
    /** who works on it: raised by each claim, so that a wake whose lease ran out can write nothing */
    claim: integer('claim').notNull(),
    leaseUntil: integer('lease_until').notNull(),
    /** claims since the last page that was finished */
    attempts: integer('attempts').notNull(),
    notBefore: integer('not_before').notNull(),
    error: text('error'),
    /** the job whose failed items this one runs again */
    rerunOf: text('rerun_of'),
    createdBy: text('created_by').notNull(),
    createdAt: integer('created_at').notNull(),
    startedAt: integer('started_at'),
    endedAt: integer('ended_at'),
  },
  (t) => [
    primaryKey({ columns: [t.tenantId, t.id] }),
    index('jobs_state').on(t.tenantId, t.state, t.id),
    index('jobs_kind').on(t.tenantId, t.kind, t.id),
    index('jobs_waiting').on(t.state, t.notBefore),
    index('jobs_ended').on(t.endedAt),
    // The operator's list over all tenants: the platform's own jobs are many and have a list of their own.
    index('jobs_of_tenants').on(t.id).where(OF_TENANTS),
    index('jobs_of_tenants_state').on(t.state, t.id).where(OF_TENANTS),
  ],
);

/** Single items of a job worth keeping: failed ones, and what a dry run would have changed. Bounded per job. */
export const jobItems = sqliteTable(
  'job_items',
  {
    tenantId: text('tenant_id').$type<TenantId>().notNull(),
    jobId: text('job_id').notNull(),
    outcome: text('outcome', { enum: JOB_ITEM_OUTCOMES }).notNull(),
    step: text('step').notNull(),
    item: text('item').notNull(),
    reason: text('reason').notNull(),
    at: integer('at').notNull(),
  },
  (t) => [primaryKey({ columns: [t.tenantId, t.jobId, t.outcome, t.step, t.item] })],
);

/** Where each cron stands: who runs it, until when, and which due time was met last. */
export const cronStates = sqliteTable('cron_states', {
  name: text('name').primaryKey(),
  /** raised by each claim: a run whose lease ran out can write nothing */
  claim: integer('claim').notNull(),
  lastDueAt: integer('last_due_at'),
  /** the due time that is being run; null between runs */
  runningDueAt: integer('running_due_at'),
  leaseUntil: integer('lease_until').notNull(),
  /** how often the running due time was begun */
  attempts: integer('attempts').notNull(),
  /** due time of the newest run, by schedule or by hand */
  lastRunDueAt: integer('last_run_due_at'),
  pausedAt: integer('paused_at'),
});

/** One row a run of a cron, kept 90 days. */
export const cronRuns = sqliteTable(
  'cron_runs',
  {
    id: text('id').primaryKey(),
    name: text('name').notNull(),
    dueAt: integer('due_at').notNull(),
    trigger: text('trigger', { enum: CRON_TRIGGERS }).notNull(),
    startedAt: integer('started_at').notNull(),
    endedAt: integer('ended_at'),
    outcome: text('outcome', { enum: CRON_OUTCOMES }).notNull(),
    attempts: integer('attempts').notNull(),
    counts: text('counts', { mode: 'json' }).$type<Record<string, number>>(),
    error: text('error'),
  },
  (t) => [uniqueIndex('cron_runs_due').on(t.name, t.dueAt), index('cron_runs_age').on(t.startedAt)],
);
