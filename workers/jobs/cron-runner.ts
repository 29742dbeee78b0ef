/** Runs what is due: claims each due time by compare-and-swap, records the run, takes over runs that died. Called by workers/cron.ts at each tick and by routes (fire by hand). */
import { asInstant, type Instant, processNow, realNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { loggable } from '../../shared/loggable-fault.ts';
import type { ClaimedRun, CronStateRow } from '../storage/cron-db.ts';
import type { Write } from '../storage/tenant-db.ts';
import { duePlan, isSetBack } from './due.ts';
import { beginUnlessLive } from './job-runner.ts';
import { parseSchedule, type Schedule } from './schedule.ts';
import type { Cron } from './types.ts';
import { type JobWorld, PLATFORM_TENANT } from './world.ts';
import { log } from '../log.ts';

/** In development processes are killed on purpose, so the takeover must come sooner. */
const DEVELOPMENT_LEASE_MS = 10_000;

const schedules = new Map<string, Schedule>();
function scheduleOf({ schedule }: Cron): Schedule {
  const known = schedules.get(schedule) ?? parseSchedule(schedule);
  schedules.set(schedule, known);
  return known;
}
const leaseOf = (world: JobWorld, cron: Cron): number =>
  world.isDevelopment ? Math.min(cron.leaseMs, DEVELOPMENT_LEASE_MS) : cron.leaseMs;

/** One tick: every cron that is due, one after the other in the order of their registration. */
export async function runDueCrons(world: JobWorld, now: Instant): Promise<void> {
  const names = world.crons.map(({ name }) => name);
  let states = await world.store.states(names);
  if ([...states.values()].some((state) => isSetBack(state, now))) {
    const rows = await world.clockSetBack(now);
    await world.raise({ kind: 'clock_set_back', subject: 'clock', tenantId: null, detail: { rows } });
    states = await world.store.states(names);
  }
  for (const cron of world.crons) {
    const state = states.get(cron.name);
    if (state) await runDue(world, cron, state, now).catch((fault: unknown) => cronFailed(cron.name, fault));
  }
}

async function runDue(world: JobWorld, cron: Cron, state: CronStateRow, now: Instant): Promise<void> {
  const plan = duePlan({ schedule: scheduleOf(cron), catchUp: cron.catchUp }, state, now, world.isDevelopment);
  if (plan.baseline !== null) await world.store.baseline(cron.name, state.claim, plan.baseline);
  if (plan.lost !== null) {
    await world.store.lose(cron.name, state.claim, plan.lost.due, now);
    const { due, gaveUp } = plan.lost;
    log('warn', 'cron_lost', { name: cron.name, due, gave_up: gaveUp });
    if (gaveUp) await world.raise({ kind: 'cron_gave_up', subject: cron.name, tenantId: null, detail: { due } });
  }
  let { claim } = state;
  for (const { due, attempt } of plan.runs) {
    const run = { id: newId('cron_run', now), name: cron.name, dueAt: due, trigger: 'schedule' as const, attempt };
    const claimed = await world.store.claim(run, { claim }, processNow(), leaseOf(world, cron));
    // Another isolate ticks as well, or somebody paused it.
    if (claimed === null) return;
    claim = claimed.claim;
    await runClaimed(world, cron, claimed);
  }
}

/** Runs what was claimed and writes how it ended; never throws for a fault of the cron. */
async function runClaimed(world: JobWorld, cron: Cron, run: ClaimedRun): Promise<void> {
  const started = realNow();
  const { name } = cron;
  try {
    const now = processNow();
    const counts = await cron.run({
      due: asInstant(run.dueAt),
      now,
      startJob: (kind) =>
        beginUnlessLive(world, { tenantId: PLATFORM_TENANT, kind, reach: 'platform', by: `cron:${name}` }, now),
    });
    await world.store.finish(run, { at: processNow(), outcome: 'done', counts });
    log('info', 'cron', { name, ms: realNow() - started, outcome: counts });
  } catch (fault) {
    cronFailed(name, fault);
    await world.store.finish(run, { at: processNow(), outcome: 'failed', error: loggable(fault).error });
  }
}

const cronFailed = (name: string, fault: unknown): void => log('error', 'cron_failed', { name, fault });

/**
 * Fires a cron by hand, paused or not: claims it with the operator's audit row and answers the run's id and its work, or null when it
 * runs already.
 */
export async function fireCron(
  world: JobWorld,
  cron: Cron,
  now: Instant,
  along: readonly Write[],
): Promise<{ id: string; work: () => Promise<void> } | null> {
  const state = (await world.store.states([cron.name])).get(cron.name);
  if (!state || state.leaseUntil > now) return null;
  const id = newId('cron_run', now);
  const run = { id, name: cron.name, dueAt: now, trigger: 'hand' as const, attempt: 1 };
  const claimed = await world.store.claim(run, { claim: state.claim }, now, leaseOf(world, cron), along);
  return claimed === null ? null : { id, work: () => runClaimed(world, cron, claimed) };
}
