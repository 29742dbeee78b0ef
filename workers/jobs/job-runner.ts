/**
 * One wake of a job: claims its row, works page by page until the time budget is spent, and goes on through the queue. A wake that dies is
 * taken over after its lease at the stored cursor. Called by cron.ts (which the queue's consumer asks too), by commands.ts (begin) and by the crons (wake, begin).
 */
import { type Instant, processNow, realNow } from '../../shared/clock.ts';
import { newId, type TenantId } from '../../shared/ids.ts';
import { loggable, withoutPersonal } from '../../shared/loggable-fault.ts';
import { assert } from '../../shared/result.ts';
import {
  claimJob,
  failedItems,
  insertJob,
  type JobProgress,
  type JobRow,
  liveJob,
  type NewJobItem,
  saveProgress,
  type StoredStep,
} from '../storage/queries/jobs.ts';
import type { TenantDb, Write } from '../storage/tenant-db.ts';
import type { Handled, ItemNote, JobKind, JobStep, JobRequest, StepContext } from './types.ts';
import type { JobWorld } from './world.ts';
import { log } from '../log.ts';

/** A page is bounded to 120 s like every attempt of ours; a slightly longer lease distinguishes a dead wake from a slow one. */
const LEASE_MS = 150_000;
/** In development processes are killed on purpose, so the takeover must come sooner. */
const DEVELOPMENT_LEASE_MS = 30_000;
/** One wake works so long before it hands over to the next message: other messages of the queue get their turn. */
const WAKE_MS = 20_000;
/** Waits after a page that failed, by the number of failures; after the last one the job is given up. */
const RETRY_WAITS_MS = [60_000, 300_000, 900_000, 3_600_000];
/** Items of one page: more would not fit into a wake's memory and time. */
const MAX_PAGE = 500;
/** Items kept of one job and outcome; the number that failed goes on being counted. */
export const MAX_KEPT_ITEMS = 1_000;
/** Failed items that a re-run takes at once. */
const RERUN_PAGE = 20;
const MAX_REASON = 300;

const logOf = (level: 'info' | 'warn', event: string, job: JobRow, more: object = {}): void =>
  log(level, event, { kind: job.kind, id: job.id, tenantId: job.tenantId, ...more });

const fresh = (steps: readonly JobStep[]): StoredStep[] =>
  steps.map(({ name }) => ({
    name,
    state: 'pending',
    cursor: null,
    done: 0,
    failed: 0,
    total: null,
    startedAt: null,
    endedAt: null,
  }));

/**
 * Writes a job's row and sends its first message. Answers its id.
 * @param along its audit row, written in the same transaction
 */
export async function beginJob(
  world: JobWorld,
  request: JobRequest,
  now: Instant,
  more: { rerunOf?: string; along?: (id: string) => readonly Write[] } = {},
): Promise<string> {
  const kind = world.kinds.find((one) => one.kind === request.kind);
  assert(kind, `no job ${request.kind} is registered`);
  const id = newId('job', now);
  await insertJob(
    world.db(request.tenantId),
    {
      id,
      kind: request.kind,
      reach: request.reach,
      params: { ...request.params },
      dry: request.dry ?? false,
      state: 'queued',
      step: 0,
      steps: fresh(kind.steps),
      counts: {},
      failed: 0,
      planned: 0,
      claim: 0,
      leaseUntil: 0,
      attempts: 0,
      notBefore: now,
      rerunOf: more.rerunOf ?? null,
      createdBy: request.by,
      createdAt: now,
    },
    more.along?.(id),
  );
  await world.wake(request.tenantId, id, 0);
  return id;
}

/** Begins a job unless one of its kind is under way there; answers 1 when it began. */
export async function beginUnlessLive(world: JobWorld, request: JobRequest, now: Instant): Promise<number> {
  if ((await liveJob(world.db(request.tenantId), request.kind)) !== null) return 0;
  await beginJob(world, request, now);
  return 1;
}

/** A second delivery of the message finds the row claimed, ended or paused, and does nothing. */
export async function runJob(world: JobWorld, tenantId: TenantId, id: string): Promise<void> {
  const db = world.db(tenantId);
  const lease = world.isDevelopment ? DEVELOPMENT_LEASE_MS : LEASE_MS;
  let job = await claimJob(db, id, processNow(), lease);
  if (job === null) return;
  const kind = world.kinds.find((one) => one.kind === job?.kind);
  if (!kind) return giveUp(world, db, job, `no job ${job.kind} is registered`);
  if (job.attempts > RETRY_WAITS_MS.length + 1) return giveUp(world, db, job, job.error ?? 'died at every attempt');
  const until = realNow() + WAKE_MS;
  while (job.state === 'running') {
    let page: PageOutcome;
    try {
      page = await workOn(db, kind, job);
    } catch (fault) {
      return failed(world, db, job, fault);
    }
    const now = processNow();
    const state = page.isLast ? 'done' : realNow() < until ? 'running' : 'queued';
    const saved: JobRow | null = await saveProgress(db, job, {
      ...page.progress,
      state,
      now,
      leaseUntil: state === 'running' ? now + lease : 0,
      notBefore: now,
      attempts: state === 'running' ? 1 : 0,
      error: null,
    });
    // Another wake holds it: this one was slower than its lease.
    if (saved === null) return;
    job = saved;
  }
  if (job.state === 'queued') await world.wake(tenantId, id, 0);
  else {
    // One that was given up and then resumed has come to its end after all.
    if (job.state === 'done') await world.clear({ kind: 'job_gave_up', subject: job.id }, 'system:job');
    logOf('info', 'job_stands', job, {
      state: job.state,
      counts: job.counts,
      failed: job.failed,
      planned: job.planned,
    });
  }
}

interface PageOutcome {
  // own set: names of the progress's fields
  progress: Pick<JobProgress, 'step' | 'steps' | 'counts' | 'failed' | 'planned' | 'items'>;
  isLast: boolean;
}

/** Works on the page at the stored cursor; nothing is written about it here. */
async function workOn(db: TenantDb, kind: JobKind, job: JobRow): Promise<PageOutcome> {
  const step = kind.steps[job.step];
  const stored = job.steps[job.step];
  // Paused on its last page: nothing is left.
  if (!step || !stored) return { progress: {}, isLast: true };
  const now = processNow();
  const context: StepContext = {
    tenantId: job.tenantId,
    reach: job.reach,
    params: job.params,
    dry: job.dry,
    now,
  };
  const total =
    stored.state === 'pending' && job.rerunOf === null ? ((await step.total?.(context)) ?? null) : stored.total;
  const { items, next } =
    job.rerunOf === null
      ? await step.list(context, stored.cursor)
      : await failedPage(db, job.rerunOf, step.name, stored.cursor);
  assert(items.length <= MAX_PAGE, `${kind.kind}.${step.name} lists ${items.length} items a page (≤ ${MAX_PAGE})`);
  const handled: Handled = items.length === 0 ? {} : await step.handle(context, items);
  const { failed: bad = [], planned = [], counts = {} } = handled;
  assert(job.dry || planned.length === 0, `${kind.kind}.${step.name} plans although it is no dry run`);
  const steps = job.steps.map((one, index) =>
    index === job.step
      ? {
          ...one,
          state: next === null ? ('done' as const) : ('running' as const),
          cursor: next,
          done: one.done + items.length,
          failed: one.failed + bad.length,
          total,
          startedAt: one.startedAt ?? now,
          endedAt: next === null ? now : null,
        }
      : one,
  );
  const index = next === null ? job.step + 1 : job.step;
  return {
    progress: {
      step: index,
      steps,
      counts: added(job.counts, counts),
      failed: job.failed + bad.length,
      planned: job.planned + planned.length,
      items: [...kept('failed', step.name, bad, job.failed), ...kept('planned', step.name, planned, job.planned)],
    },
    isLast: index >= kind.steps.length,
  };
}

async function failedPage(
  db: TenantDb,
  jobId: string,
  step: string,
  after: string | null,
): Promise<{ items: string[]; next: string | null }> {
  const items = await failedItems(db, jobId, step, after, RERUN_PAGE);
  return { items, next: items.length < RERUN_PAGE ? null : (items.at(-1) ?? null) };
}

/** @param before how many the job has of this outcome already */
const kept = (outcome: NewJobItem['outcome'], step: string, notes: readonly ItemNote[], before: number): NewJobItem[] =>
  notes
    .slice(0, Math.max(0, MAX_KEPT_ITEMS - before))
    .map(({ item, reason }) => ({ outcome, step, item, reason: withoutPersonal(reason).slice(0, MAX_REASON) }));

function added(sums: Readonly<Record<string, number>>, more: Readonly<Record<string, number>>): Record<string, number> {
  const all = { ...sums };
  for (const [name, value] of Object.entries(more)) all[name] = (all[name] ?? 0) + value;
  return all;
}

/** The world failed at a page: again later at the same cursor; after the last wait a person must look. */
async function failed(world: JobWorld, db: TenantDb, job: JobRow, fault: unknown): Promise<void> {
  const error = loggable(fault).error;
  const wait = RETRY_WAITS_MS[job.attempts - 1];
  if (wait === undefined) return giveUp(world, db, job, error);
  if (job.attempts === 1) logOf('warn', 'job_failed_first', job, loggable(fault));
  const now = processNow();
  // ±10 %, so that jobs that met the same outage do not come back together.
  const afterMs = Math.round(wait * (0.9 + Math.random() * 0.2));
  const progress = { now, leaseUntil: 0, notBefore: now + afterMs, attempts: job.attempts, error };
  const saved = await saveProgress(db, job, { ...progress, state: 'queued' });
  if (saved?.state === 'queued') await world.wake(job.tenantId, job.id, afterMs);
}

async function giveUp(world: JobWorld, db: TenantDb, job: JobRow, error: string): Promise<void> {
  const now = processNow();
  const progress = { now, leaseUntil: 0, notBefore: now, attempts: job.attempts, error };
  if ((await saveProgress(db, job, { ...progress, state: 'failed' })) === null) return;
  const detail = { job: job.kind, step: job.steps[job.step]?.name ?? null, error };
  await world.raise({ kind: 'job_gave_up', subject: job.id, tenantId: job.tenantId, detail });
}

/** A queued job whose time has come for so long has lost its message. */
const LOST_MESSAGE_MS = 30_000;
/** Jobs woken by one run of the cron. */
const MAX_WOKEN = 200;

/** Sends the messages of jobs that wait although they are due: lost messages and dead wakes, over all tenants. */
export async function wakeJobs(world: JobWorld, now: Instant): Promise<{ woken: number }> {
  const waiting = await world.store.waitingJobs(now, now - LOST_MESSAGE_MS, MAX_WOKEN);
  for (const { tenantId, id } of waiting) await world.wake(tenantId, id, 0);
  await world.store.markSent(waiting, now);
  return { woken: waiting.length };
}
