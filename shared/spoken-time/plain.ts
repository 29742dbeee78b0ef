/** A calendar day and a clock as a model fills them in, read without the grammar: most requests carry nothing else. Called by understand.ts. */
import { daysBetween, isWallDate, isWallTime, minutesOf } from '../time.ts';
import { composeDate } from './resolve/compose.ts';
import { type Frame, hullOf, isTrouble, MAX_DAYS_AHEAD } from './resolve/frame.ts';
import type { Understood } from './reading.ts';

const NOON = 720;

/**
 * The reading of `2026-11-24` and `10:00`, the same the grammar would give (plain.test.ts compares them); null for whatever leaves a
 * choice or ends in a question, which the grammar reads.
 */
export function plainMoment(date: string, time: string, frame: Frame): Understood | null {
  if (!isWallDate(date) || !isWallTime(time)) return null;
  const ahead = daysBetween(frame.today, date);
  const minute = minutesOf(time);
  if (ahead < 0 || ahead > MAX_DAYS_AHEAD || minute === 0 || minute >= 2 * NOON) return null;
  const hull = hullOf(frame.spansOn(date));
  if (hull === null || minute < hull.from || minute >= hull.to) return null;
  // Without a leading zero a clock may mean the other half of the day, where that is open too.
  const other = minute < NOON ? minute + NOON : minute - NOON;
  if (!time.startsWith('0') && minute < NOON + 60 && other >= hull.from && other <= hull.to) return null;
  const read = composeDate(date, undefined, { kind: 'clock', minute }, frame);
  return isTrouble(read) ? null : read;
}
