/** What a person does with jobs and crons: begin, pause, resume, cancel, run failed items again; fire, pause and resume a cron. Called by routes.ts. Each change lies in one transaction with its audit row. */
import { actorMay, causerOf } from '../../shared/actor.ts';
import type { JobReach, JobState } from '../../shared/contract/jobs.ts';
import type { DomainError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { auditWrites } from '../identity/audit.ts';
import { countLive, jobRow, type JobRow, moveJob, type NewJob } from '../storage/queries/jobs.ts';
import type { Write } from '../storage/tenant-db.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import { fireCron } from './cron-runner.ts';
import { beginJob } from './job-runner.ts';
import type { Cron } from './types.ts';
import type { JobWorld } from './world.ts';

/** Jobs of one tenant that have not ended: more would be somebody's loop. */
const MAX_LIVE = 100;

const notFound = (entity: string): DomainError => ({ code: 'NOT_FOUND', entity });

const audit = (
  scope: TenantScope,
  subjectType: 'job' | 'cron',
  subjectId: string,
  what: string,
  after?: object,
): Write[] =>
  auditWrites(scope, {
    log: 'jobs',
    description: `${subjectType}.${what}`,
    subjectType,
    subjectId,
    ...(after === undefined ? {} : { after: { ...after } }),
  });

/**
 * Begins a job of a registered kind.
 * Refuses: PERMISSION_DENIED (`manage_jobs`; for all tenants `manage_crons`), VALIDATION_ERROR (no such kind, or not by this hand),
 * LIMIT_REACHED (a hundred that have not ended).
 */
export async function begin(
  world: JobWorld,
  scope: TenantScope,
  request: { kind: string; reach: JobReach; dry: boolean },
): Promise<Result<JobRow>> {
  const needed = request.reach === 'platform' ? 'manage_crons' : 'manage_jobs';
  if (!actorMay(scope.actor, needed)) return err({ code: 'PERMISSION_DENIED', permission: needed });
  const kind = world.kinds.find((one) => one.kind === request.kind);
  const isTheirs = kind?.byHand === 'tenant' || (kind?.byHand === 'operator' && request.reach === 'platform');
  if (!kind || !isTheirs) return err({ code: 'VALIDATION_ERROR', errors: { kind: ['unknown'] } });
  if ((await countLive(scope.db)) >= MAX_LIVE) return err({ code: 'LIMIT_REACHED', limit: 'jobs', max: MAX_LIVE });
  const id = await beginJob(world, { ...request, tenantId: scope.tenantId, by: causerOf(scope.actor) }, scope.now, {
    along: (job) => audit(scope, 'job', job, 'begun', request),
  });
  return found(scope, id);
}

/** From which states each action leads, and what it sets. */
const MOVES = {
  pause: { from: ['queued', 'running'], to: 'paused', what: 'paused' },
  resume: { from: ['paused', 'failed'], to: 'queued', what: 'resumed' },
  cancel: { from: ['queued', 'running', 'paused'], to: 'cancelled', what: 'cancelled' },
} as const satisfies Record<string, { from: readonly JobState[]; to: JobState; what: string }>;
export type JobMove = keyof typeof MOVES;

/**
 * Pauses, resumes or cancels. A page that is being worked on ends and is counted; the next one does not begin.
 * Refuses: PERMISSION_DENIED (`manage_jobs`), NOT_FOUND, ILLEGAL_TRANSITION.
 */
export async function move(world: JobWorld, scope: TenantScope, id: string, action: JobMove): Promise<Result<JobRow>> {
  if (!actorMay(scope.actor, 'manage_jobs')) return err({ code: 'PERMISSION_DENIED', permission: 'manage_jobs' });
  const { from, to, what } = MOVES[action];
  const set: Partial<NewJob> =
    to === 'queued'
      ? { state: to, attempts: 0, notBefore: scope.now, error: null, endedAt: null }
      : { state: to, ...(to === 'cancelled' ? { endedAt: scope.now } : {}) };
  const moved = await moveJob(scope.db, id, from, set, audit(scope, 'job', id, what));
  if (moved === null) {
    const present = await jobRow(scope.db, id);
    return err(present === null ? notFound('job') : illegal(present.state, to));
  }
  if (to === 'queued') await world.wake(scope.tenantId, id, 0);
  return ok(moved);
}

const illegal = (from: JobState, to: string): DomainError => ({
  code: 'ILLEGAL_TRANSITION',
  details: {
    from,
    to,
    allowed: Object.values(MOVES)
      .filter((one) => (one.from as readonly JobState[]).includes(from))
      .map((one) => one.to),
  },
});

const ENDED: readonly JobState[] = ['done', 'failed', 'cancelled'];

/**
 * Begins a new job over the items that failed in an ended one.
 * Refuses: PERMISSION_DENIED (`manage_jobs`), NOT_FOUND, ILLEGAL_TRANSITION (not ended, or nothing failed), LIMIT_REACHED.
 */
export async function rerun(world: JobWorld, scope: TenantScope, id: string): Promise<Result<JobRow>> {
  if (!actorMay(scope.actor, 'manage_jobs')) return err({ code: 'PERMISSION_DENIED', permission: 'manage_jobs' });
  const job = await jobRow(scope.db, id);
  if (job === null || !world.kinds.some(({ kind }) => kind === job.kind)) return err(notFound('job'));
  if (!ENDED.includes(job.state) || job.failed === 0) return err(illegal(job.state, 'rerun'));
  if ((await countLive(scope.db)) >= MAX_LIVE) return err({ code: 'LIMIT_REACHED', limit: 'jobs', max: MAX_LIVE });
  const { tenantId, kind, reach, params, dry } = job;
  const again = await beginJob(world, { tenantId, kind, reach, params, dry, by: causerOf(scope.actor) }, scope.now, {
    rerunOf: id,
    along: (made) => audit(scope, 'job', made, 'begun', { rerun_of: id }),
  });
  return found(scope, again);
}

async function found(scope: TenantScope, id: string): Promise<Result<JobRow>> {
  const row = await jobRow(scope.db, id);
  return row === null ? err(notFound('job')) : ok(row);
}

/** The cron of a name, for the operator. Refuses: PERMISSION_DENIED (`manage_crons`), NOT_FOUND. */
function cronOf(world: JobWorld, scope: TenantScope, name: string): Result<Cron> {
  if (!actorMay(scope.actor, 'manage_crons')) return err({ code: 'PERMISSION_DENIED', permission: 'manage_crons' });
  const cron = world.crons.find((one) => one.name === name);
  if (!cron) return err(notFound('cron'));
  world.store.assertSameDatabase(scope.tenantId);
  return ok(cron);
}

/** Runs a cron now. Answers the run's id and its work, which the caller keeps alive. Refuses as `cronOf`; ILLEGAL_TRANSITION while it runs. */
export async function fire(
  world: JobWorld,
  scope: TenantScope,
  name: string,
): Promise<Result<{ id: string; work: () => Promise<void> }>> {
  const cron = cronOf(world, scope, name);
  if (!cron.ok) return cron;
  const fired = await fireCron(world, cron.value, scope.now, audit(scope, 'cron', name, 'fired'));
  return fired === null
    ? err({ code: 'ILLEGAL_TRANSITION', details: { from: 'running', to: 'running', allowed: [] } })
    : ok(fired);
}

/** Pauses a cron or lets it go on; missed due times are then caught up as the cron declares. Refuses as `cronOf`; ILLEGAL_TRANSITION when it is so already. */
export async function setPaused(
  world: JobWorld,
  scope: TenantScope,
  name: string,
  paused: boolean,
): Promise<Result<null>> {
  const cron = cronOf(world, scope, name);
  if (!cron.ok) return cron;
  await world.store.states([name]);
  const what = paused ? 'paused' : 'resumed';
  const done = await world.store.setPaused(name, paused ? scope.now : null, audit(scope, 'cron', name, what));
  const now = paused ? 'paused' : 'waiting';
  return done ? ok(null) : err({ code: 'ILLEGAL_TRANSITION', details: { from: now, to: now, allowed: [] } });
}
