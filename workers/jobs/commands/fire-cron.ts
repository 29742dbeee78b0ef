/** Runs a cron by hand. Called by routes.ts. */
import { err, ok, type Result } from '../../../shared/result.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { fireCron } from '../cron-runner.ts';
import type { JobWorld } from '../world.ts';
import { audit, cronOf } from './parts.ts';

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
