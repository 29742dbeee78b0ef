/** What the commands of jobs and crons share: their refusals and their audit rows. Each change lies in one transaction with its row. */
import { actorMay } from '../../../shared/actor.ts';
import type { DomainError } from '../../../shared/errors.ts';
import type { JobState } from '../../../shared/job-status.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { auditWrites } from '../../identity/audit.ts';
import { jobRow, type JobRow } from '../../storage/queries/jobs.ts';
import type { Write } from '../../storage/tenant-db.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import type { Cron } from '../types.ts';
import type { JobWorld } from '../world.ts';

/** Jobs of one tenant that have not ended: more would be somebody's loop. */
export const MAX_LIVE = 100;

/** Refusal of a command on what is not there. */
export const notFound = (entity: string): DomainError => ({ code: 'NOT_FOUND', entity });

/** The audit row of a command, for the batch of its change. */
export const audit = (
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

/** From which states each action leads, and what it sets. */
export const MOVES = {
  pause: { from: ['queued', 'running'], to: 'paused', what: 'paused' },
  resume: { from: ['paused', 'failed'], to: 'queued', what: 'resumed' },
  cancel: { from: ['queued', 'running', 'paused'], to: 'cancelled', what: 'cancelled' },
} as const satisfies Record<string, { from: readonly JobState[]; to: JobState; what: string }>;
export type JobMove = keyof typeof MOVES;

/** What is asked of a job that its state does not allow, with what it does. */
export const illegal = (from: JobState, to: string): DomainError => ({
  code: 'ILLEGAL_TRANSITION',
  details: {
    from,
    to,
    allowed: Object.values(MOVES)
      .filter((one) => (one.from as readonly JobState[]).includes(from))
      .map((one) => one.to),
  },
});

/** The job as it is after a command. Refuses: NOT_FOUND. */
export async function found(scope: TenantScope, id: string): Promise<Result<JobRow>> {
  const row = await jobRow(scope.db, id);
  return row === null ? err(notFound('job')) : ok(row);
}

/** The cron of a name, for the operator. Refuses: PERMISSION_DENIED (`manage_crons`), NOT_FOUND. */
export function cronOf(world: JobWorld, scope: TenantScope, name: string): Result<Cron> {
  if (!actorMay(scope.actor, 'manage_crons')) return err({ code: 'PERMISSION_DENIED', permission: 'manage_crons' });
  const cron = world.crons.find((one) => one.name === name);
  if (!cron) return err(notFound('cron'));
  world.store.assertSameDatabase(scope.tenantId);
  return ok(cron);
}
