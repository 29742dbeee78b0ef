/** D1 rows of a tenant's jobs and their items: begin, claim, progress, lists. Called by jobs/. */
import { and, asc, desc, eq, gt, inArray, lt, lte, type SQL, sql } from 'drizzle-orm';
import type { TenantId } from '../../../shared/ids.ts';
import type { JobItemOutcome, JobState } from '../../../shared/job-status.ts';
import type { Platform } from '../../env.ts';
import { allShards, drizzleOn, tenantD1 } from '../d1.ts';
import { boundOf, has, type ListSource } from '../resource-list.ts';
import { jobItems, jobs, OF_TENANTS, type StoredStep } from '../tables/jobs.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

export type { StoredStep };
export type JobRow = typeof jobs.$inferSelect;
export type NewJob = Omit<typeof jobs.$inferInsert, 'tenantId'>;
export type JobItemRow = typeof jobItems.$inferSelect;
export type NewJobItem = Pick<JobItemRow, 'outcome' | 'step' | 'item' | 'reason'>;

/** States in which a job still has something before it. */
const LIVE: JobState[] = ['queued', 'running', 'paused'];

/** Writes a new job; with `along` (its audit row) in one transaction. */
export const insertJob = (db: TenantDb, job: NewJob, along: readonly Write[] = []): Promise<void> =>
  db.batch([db.insertOf(jobs, job), ...along]);

export const jobRow = (db: TenantDb, id: string): Promise<JobRow | null> => db.row(jobs, eq(jobs.id, id));

/** A job of this kind that has not ended. */
export async function liveJob(db: TenantDb, kind: string): Promise<JobRow | null> {
  return (await db.rows(jobs, { where: and(eq(jobs.kind, kind), inArray(jobs.state, LIVE)), limit: 1 }))[0] ?? null;
}

/** Jobs of the tenant that have not ended. */
export const countLive = (db: TenantDb): Promise<number> => db.count(jobs, inArray(jobs.state, LIVE));

/** Compare-and-swap to `running`: null when it has ended, is paused, is worked on, or is not due yet. A lease that ran out is taken over. */
export async function claimJob(db: TenantDb, id: string, now: number, leaseMs: number): Promise<JobRow | null> {
  const claimed = await db.update(
    jobs,
    {
      state: 'running',
      claim: sql`${jobs.claim} + 1`,
      attempts: sql`${jobs.attempts} + 1`,
      leaseUntil: now + leaseMs,
      startedAt: sql`coalesce(${jobs.startedAt}, ${now})`,
    },
    and(
      eq(jobs.id, id),
      inArray(jobs.state, ['queued', 'running']),
      lte(jobs.notBefore, now),
      lte(jobs.leaseUntil, now),
    ) as SQL,
  );
  return claimed[0] ?? null;
}

export interface JobProgress {
  /** what becomes of it unless somebody paused or cancelled it meanwhile; `running`: the same wake goes on */
  state: JobState;
  now: number;
  leaseUntil: number;
  notBefore: number;
  attempts: number;
  error: string | null;
  step?: number;
  steps?: StoredStep[];
  counts?: Record<string, number>;
  failed?: number;
  planned?: number;
  items?: readonly NewJobItem[];
}

/** Writes what a page came to, with its items; null when the lease ran out and another wake holds the job. */
export async function saveProgress(db: TenantDb, job: JobRow, progress: JobProgress): Promise<JobRow | null> {
  const { state, now, leaseUntil, items = [], ...set } = progress;
  const ended = state === 'done' || state === 'failed';
  const rows = await db.change(
    jobs,
    {
      ...set,
      state: sql`CASE WHEN ${jobs.state} = 'running' THEN ${state} ELSE ${jobs.state} END`,
      // Paused or cancelled meanwhile: this wake ends here, and who resumes need not wait for its lease.
      leaseUntil: sql`CASE WHEN ${jobs.state} = 'running' THEN ${leaseUntil} ELSE 0 END`,
      ...(ended ? { endedAt: sql`CASE WHEN ${jobs.state} = 'running' THEN ${now} ELSE ${jobs.endedAt} END` } : {}),
    },
    and(eq(jobs.id, job.id), eq(jobs.claim, job.claim)) as SQL,
    items.map((item) =>
      db.upsertOf(jobItems, { ...item, jobId: job.id, at: now }, [
        jobItems.jobId,
        jobItems.outcome,
        jobItems.step,
        jobItems.item,
      ]),
    ),
  );
  return rows?.[0] ?? null;
}

/** A person's change of state with its audit row; null when the job is in none of `from` any more. */
export async function moveJob(
  db: TenantDb,
  id: string,
  from: readonly JobState[],
  set: Partial<NewJob>,
  along: readonly Write[],
): Promise<JobRow | null> {
  const rows = await db.change(jobs, set, and(eq(jobs.id, id), inArray(jobs.state, [...from])) as SQL, along);
  return rows?.[0] ?? null;
}

/** Newest first: ids sort by their time. */
export const jobList: ListSource<typeof jobs> = {
  table: jobs,
  sorts: { id: { by: jobs.id, of: (row) => row.id, kind: 'text' } },
  order: '-id',
  filters: {
    state: has(jobs.state, true),
    kind: has(jobs.kind, true),
  },
};

/** A page of a job's items of one outcome, by step and item. */
export const itemsPage = (
  db: TenantDb,
  wanted: { jobId: string; outcome: JobItemOutcome; after: { step: string; item: string } | null; limit: number },
): Promise<JobItemRow[]> =>
  db.rows(jobItems, {
    where: and(
      eq(jobItems.jobId, wanted.jobId),
      eq(jobItems.outcome, wanted.outcome),
      wanted.after === null
        ? undefined
        : sql`(${jobItems.step}, ${jobItems.item}) > (${wanted.after.step}, ${wanted.after.item})`,
    ),
    orderBy: [asc(jobItems.step), asc(jobItems.item)],
    limit: wanted.limit,
  });

/** Failed items of one step of a job, in turn: what a re-run works on. */
export async function failedItems(
  db: TenantDb,
  jobId: string,
  step: string,
  after: string | null,
  limit: number,
): Promise<string[]> {
  const rows = await db.rows(jobItems, {
    where: and(
      eq(jobItems.jobId, jobId),
      eq(jobItems.outcome, 'failed'),
      eq(jobItems.step, step),
      after === null ? undefined : gt(jobItems.item, after),
    ),
    orderBy: asc(jobItems.item),
    limit,
  });
  return rows.map((row) => row.item);
}

export interface TenantJobsAsked {
  tenantId: string | null;
  state: JobState | null;
  kind: string | null;
  limit: number;
}

/** The statement of a shard's part of the operator's list. */
export function tenantJobsQuery(
  database: D1Database,
  { tenantId, state, kind, limit }: TenantJobsAsked,
  before: string | null,
) {
  return drizzleOn(database)
    .select()
    .from(jobs)
    .where(
      and(
        OF_TENANTS,
        tenantId === null ? undefined : eq(jobs.tenantId, tenantId as TenantId),
        state === null ? undefined : eq(jobs.state, state),
        before === null ? undefined : lt(jobs.id, before),
      ),
    )
    .orderBy(desc(jobs.id))
    .limit((kind === null ? limit : boundOf(limit)) + 1);
}

/**
 * A page of the jobs of single tenants, newest first, over all shards or of one tenant. A kind is judged over a bounded stretch, and `truncated` says
 * that there may be more behind it.
 */
export async function jobsOfTenants(
  platform: Platform,
  asked: TenantJobsAsked,
  before: string | null,
): Promise<{ rows: JobRow[]; next: string | null; truncated: boolean }> {
  const bound = asked.kind === null ? asked.limit : boundOf(asked.limit);
  const shards = asked.tenantId === null ? allShards(platform) : [tenantD1(platform, asked.tenantId as TenantId)];
  const looked: JobRow[] = [];
  for (const shard of shards) looked.push(...(await tenantJobsQuery(shard, asked, before).all()));
  looked.sort((a, b) => (a.id < b.id ? 1 : a.id > b.id ? -1 : 0));
  const within = looked.slice(0, bound);
  const fit = within.filter(({ kind }) => asked.kind === null || kind === asked.kind);
  const rows = fit.slice(0, asked.limit);
  const isFull = fit.length > asked.limit || (fit.length === asked.limit && looked.length > within.length);
  const truncated = !isFull && looked.length > within.length;
  const last = isFull ? rows.at(-1) : truncated ? within.at(-1) : undefined;
  return { rows, next: last?.id ?? null, truncated };
}
