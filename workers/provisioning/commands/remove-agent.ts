/** An owner deletes an agent: its row at once where it never was at Retell, else by a job that deletes what is there first. Called through answers.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { JobWorld } from '../../jobs/world.ts';
import { agentOf, type AgentRow } from '../../storage/queries/agents.ts';
import { numbersOfAgent } from '../../storage/queries/numbers.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { beginRemoval } from '../begin-provisioning.ts';
import { deleteRow, successorOf } from '../removal.ts';

/**
 * May be repeated: a job that has stopped goes on. Answers the row as it is now, `removing` until Retell has nothing of it any more.
 * Refusals: PERMISSION_DENIED (`delete_retell_agents`), NOT_FOUND, VALIDATION_ERROR (`confirm`: nobody would answer one of its numbers).
 */
export async function removeAgent(
  scope: TenantScope,
  world: JobWorld,
  { id, confirm }: { id: string; confirm: boolean },
): Promise<Result<AgentRow>> {
  const refused = permissionRefusal(scope.actor, 'delete_retell_agents');
  if (refused) return refused;
  const row = await agentOf(scope.db, id);
  if (row === null) return err({ code: 'NOT_FOUND', entity: 'retell_agent' });
  if (!confirm && row.state !== 'removing') {
    for (const number of await numbersOfAgent(scope.db, row.id))
      if ((await successorOf(scope, row, number)) === null)
        return err({
          code: 'VALIDATION_ERROR',
          errors: { confirm: ['must be true: nobody else answers one of its numbers'] },
        });
  }
  // No job has ever worked on it: nothing of it can be at Retell.
  if (row.state === 'draft' && row.jobId === null) {
    await deleteRow(scope, row);
    return ok({ ...row, state: 'removing' });
  }
  const begun = await beginRemoval(scope, world, row);
  return begun === null ? err({ code: 'NOT_FOUND', entity: 'retell_agent' }) : ok(begun);
}
