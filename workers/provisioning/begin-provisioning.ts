/** Begins the job that brings an agent to Retell, or lets the one that works on it go on. Called by commands, and when a branch gets a number. */
import { causerOf } from '../../shared/actor.ts';
import { auditWrites } from '../identity/audit.ts';
import { beginJob } from '../jobs/job-runner.ts';
import type { JobWorld } from '../jobs/world.ts';
import { agentOf, type AgentRow, agentTakenOf } from '../storage/queries/agents.ts';
import { jobRow, moveJob } from '../storage/queries/jobs.ts';
import type { TenantScope } from '../tenancy/scope.ts';

export const PROVISION = 'provision_agent';

/**
 * One job works on an agent at a time. One that waits for its next attempt is ended, because an edit may have come since its first steps; one
 * that works now goes on, and its last step finds what was changed meanwhile. Answers the row afterwards; null: it is gone.
 */
export async function beginProvisioning(scope: TenantScope, world: JobWorld, row: AgentRow): Promise<AgentRow | null> {
  const known = row.jobId === null ? null : await jobRow(scope.db, row.jobId);
  if (known !== null && (known.state === 'running' || (known.state === 'queued' && known.notBefore <= scope.now))) {
    await world.wake(scope.tenantId, known.id, 0);
    return row;
  }
  if (known !== null && (known.state === 'queued' || known.state === 'paused'))
    await moveJob(scope.db, known.id, ['queued', 'paused'], { state: 'cancelled', endedAt: scope.now }, []);
  try {
    await beginJob(
      world,
      {
        tenantId: scope.tenantId,
        kind: PROVISION,
        reach: 'tenant',
        params: { agent: row.id },
        by: causerOf(scope.actor),
      },
      scope.now,
      {
        along: (jobId) => [
          ...agentTakenOf(scope.db, row, { jobId, state: 'provisioning', reason: null }),
          ...auditWrites(scope, {
            log: 'provisioning',
            description: 'retell_agent.provisioning',
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
