/** Pure: which runs of a cron begin now, given what its row says. No overlap, catch-up, takeover of runs that died. Called by cron-runner.ts. */
import { asInstant, type Instant } from '../../shared/clock.ts';
import type { CatchUp } from '../../shared/job-status.ts';
import { dueBetween, isEveryMinute, latestDue, type Schedule } from './schedule.ts';

/** A due time met within so long was met in time: ticks come once a minute, and a little late. */
const ON_TIME_MS = 90_000;
/** Missed due times caught up in one tick; the next tick goes on. More would keep the crons behind it waiting. */
export const MAX_CATCH_UP = 20;
/** A due time whose runs died so often is given up: it would die again. */
export const MAX_ATTEMPTS = 3;
/** Clocks of two isolates differ by less; a clock further back was set back. */
const SET_BACK_MS = 60_000;

export interface CronPosition {
  lastDueAt: number | null;
  runningDueAt: number | null;
  leaseUntil: number;
  attempts: number;
  pausedAt: number | null;
}

interface DueRun {
  due: Instant;
  /** 1, or how often it was begun when it is taken over */
  attempt: number;
}

interface DuePlan {
  runs: DueRun[];
  /** a run that died and is not taken over: a newer one is due, or it died too often */
  lost: { due: Instant; gaveUp: boolean } | null;
  /** first sight of a cron whose last due time is long past: from here on it counts */
  baseline: Instant | null;
}

const NOTHING: DuePlan = { runs: [], lost: null, baseline: null };

/** @param everyTick development: crons of every minute run at each tick, so that development doesn't wait for the full minute */
export function duePlan(
  cron: { schedule: Schedule; catchUp: CatchUp },
  position: CronPosition,
  now: Instant,
  everyTick = false,
): DuePlan {
  if (position.pausedAt !== null || position.leaseUntil > now) return NOTHING;
  const latest = latestDue(cron.schedule, now);
  if (latest === null) return NOTHING;
  const missed = missedDues(cron, position.lastDueAt, latest, now, everyTick);
  const begin = (due: Instant): DueRun => ({ due, attempt: 1 });
  if (position.runningDueAt === null) {
    if (position.lastDueAt === null && missed.length === 0) return { ...NOTHING, baseline: latest };
    return { ...NOTHING, runs: missed.map(begin) };
  }
  // Its lease is over without a recorded end: the isolate died.
  const died = asInstant(position.runningDueAt);
  const newer = missed.filter((due) => due !== died);
  if (position.attempts >= MAX_ATTEMPTS)
    return { ...NOTHING, runs: newer.map(begin), lost: { due: died, gaveUp: true } };
  const again: DueRun = { due: died, attempt: position.attempts + 1 };
  if (cron.catchUp === 'each') return { ...NOTHING, runs: [again, ...newer.map(begin)].slice(0, MAX_CATCH_UP) };
  if (newer.length > 0) return { ...NOTHING, runs: newer.map(begin), lost: { due: died, gaveUp: false } };
  return { ...NOTHING, runs: [again] };
}

/** Whether a due time that was met lies ahead: the clock was set back since. A paused cron keeps its own. */
export const isSetBack = ({ lastDueAt, pausedAt }: CronPosition, now: number): boolean =>
  pausedAt === null && lastDueAt !== null && lastDueAt - now >= SET_BACK_MS;

function missedDues(
  { schedule, catchUp }: { schedule: Schedule; catchUp: CatchUp },
  lastDueAt: number | null,
  latest: Instant,
  now: Instant,
  everyTick: boolean,
): Instant[] {
  const isOnTime = now - latest < ON_TIME_MS;
  if (lastDueAt === null) return isOnTime ? [latest] : [];
  if (lastDueAt - now >= SET_BACK_MS) return [latest];
  if (latest <= lastDueAt) return everyTick && latest === lastDueAt && isEveryMinute(schedule) ? [latest] : [];
  switch (catchUp) {
    case 'last':
      return [latest];
    case 'skip':
      return isOnTime ? [latest] : [];
    case 'each':
      return dueBetween(schedule, asInstant(lastDueAt), now, MAX_CATCH_UP);
  }
}
