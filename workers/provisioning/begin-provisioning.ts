/** Begins the job that brings an agent to Retell or takes it away from there, or lets the one that works on it go on. Called by commands, and when a branch gets a number. */
import { causerOf } from '../../shared/actor.ts';
import { auditWrites } from '../identity/audit.ts';
import { beginJob } from '../jobs/job-runner.ts';
import type { JobWorld } from '../jobs/world.ts';
import { agentOf, type AgentRow, agentTakenOf } from '../storage/queries/agents.ts';
import { type JobRow, jobRow, moveJob } from '../storage/queries/jobs.ts';
import type { TenantScope } from '../tenancy/scope.ts';

export const PROVISION = 'provision_agent';
export const REMOVE = 'remove_agent';

const isAtWork = (job: JobRow | null, now: number): job is JobRow =>
  job !== null && (job.state === 'running' || (job.state === 'queued' && job.notBefore <= now));

/**
 * One job works on an agent at a time. One that waits for its next attempt is ended, because an edit may have come since its first steps; one
 * that works now goes on, and its last step finds what was changed meanwhile. Answers the row afterwards; null: it is gone. An agent that is
 * being deleted is left alone.
 */
export async function beginProvisioning(scope: TenantScope, world: JobWorld, row: AgentRow): Promise<AgentRow | null> {
  if (row.state === 'removing') return row;
  const known = row.jobId === null ? null : await jobRow(scope.db, row.jobId);
  if (isAtWork(known, scope.now)) {
    await world.wake(scope.tenantId, known.id, 0);
    return row;
  }
  await ended(scope, known, ['queued', 'paused']);
  return begun(scope, world, row, { kind: PROVISION, state: 'provisioning' });
}

/**
 * The same for its deletion. A job that brings it to Retell is ended first, also one that works now: the deletion waits for the end of its
 * present step (removal.ts), because that may make something yet.
 */
export async function beginRemoval(scope: TenantScope, world: JobWorld, row: AgentRow): Promise<AgentRow | null> {
  const known = row.jobId === null ? null : await jobRow(scope.db, row.jobId);
  if (known?.kind === REMOVE && isAtWork(known, scope.now)) {
    await world.wake(scope.tenantId, known.id, 0);
    return row;
  }
  await ended(scope, known, ['queued', 'running', 'paused']);
  return begun(scope, world, row, {
    kind: REMOVE,
    state: 'removing',
    ...(known === null ? {} : { after: known.id }),
  });
}

const ended = async (scope: TenantScope, job: JobRow | null, from: JobRow['state'][]): Promise<void> => {
  if (job !== null && from.includes(job.state))
    await moveJob(scope.db, job.id, from, { state: 'cancelled', endedAt: scope.now }, []);
};

async function begun(
  scope: TenantScope,
  world: JobWorld,
  row: AgentRow,
  { kind, state, after }: { kind: string; state: 'provisioning' | 'removing'; after?: string },
): Promise<AgentRow | null> {
  try {
    await beginJob(
      world,
      {
        tenantId: scope.tenantId,
        kind,
        reach: 'tenant',
        params: { agent: row.id, ...(after === undefined ? {} : { after }) },
        by: causerOf(scope.actor),
      },
      scope.now,
      {
        along: (jobId) => [
          ...agentTakenOf(scope.db, row, { jobId, state, reason: null }),
          ...auditWrites(scope, {
            log: 'provisioning',
            description: `retell_agent.${state}`,
            subjectType: 'retell_agent',
            subjectId: row.id,
            after: { job: jobId },
          }),
        ],
      },
    );
  } catch (fault) {
    // Somebody else began one between the two statements: theirs is as good.
    const present = await agentOf(scope.db, row.id);
    if (present === null || present.jobId === row.jobId) throw fault;
    return present;
  }
  return agentOf(scope.db, row.id);
}
