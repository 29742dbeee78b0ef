/**
 * Log lines that wait are kept behind whatever was just done: at once when many wait or they have waited long, else a little later, while the
 * runtime still lets what is behind an answer run. Called by the edge, the objects and the queues' consumer (which holds nothing: its next batch
 * waits for what is behind this one).
 */
import { realNow } from '../../shared/clock.ts';
import { lazy } from '../../shared/lazy.ts';
import type { Platform } from '../env.ts';
import { waitingLines } from '../log.ts';
import { pause } from '../object-runtime/wait.ts';

/** Keeping brings D1, R2 and hashes along: loaded when there is something to keep. */
const logLines = lazy(() => import('./log-lines.ts'));

/** Whoever held them is gone after so long: what is behind an answer may run for thirty seconds, then the runtime has ended it. */
const HELD_MS = 35_000;

/** real ms since when somebody holds the lines of this isolate, to keep them at the end; null: nobody does */
let heldSince: number | null = null;

/** Lets work go on behind what is answered: `waitUntil`. */
export type Behind = (work: Promise<void>) => void;

/** `LOG_HOLD_MS` 0: nobody holds lines, as in tests, which wait for whatever is behind an answer. */
export const behindOf = (
  { config }: Platform,
  context: { waitUntil(work: Promise<unknown>): void },
): Behind | undefined => (config.LOG_HOLD_MS === 0 ? undefined : (work) => context.waitUntil(work));

/** @param behind left out: what is not due stays until the next time @param holdMs how long lines wait for others */
export async function keepSoon(
  platform: Platform,
  behind?: Behind,
  holdMs = platform.config.LOG_HOLD_MS,
): Promise<void> {
  if (waitingLines().since === null) return;
  const { keepLines } = await logLines();
  await keepLines(platform);
  if (behind === undefined || waitingLines().since === null) return;
  if (heldSince !== null && Math.abs(realNow() - heldSince) < HELD_MS) return;
  heldSince = realNow();
  behind(
    (async () => {
      await pause(holdMs);
      heldSince = null;
      await keepLines(platform, { now: true });
    })(),
  );
}
