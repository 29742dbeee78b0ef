/** Pauses a cron or lets it go on. Called by routes.ts. */
import { err, ok, type Result } from '../../../shared/result.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import type { JobWorld } from '../world.ts';
import { audit, cronOf } from './parts.ts';

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
