/** Pure: which alarm an object sets next. Called by alarms.ts after each drain and at the end of each alarm. */

import { isDue } from './backoff.ts';

/** A sink that is due waits this long at least, so that an alarm never fires into the drain that is running. */
const LEAST_WAIT_MS = 50;

export interface AlarmFacts {
  /** the process clock, which development may move; `moduleDue` and `nextAt` are of it */
  now: number;
  /** the machine's clock, ms: what alarms are set by */
  realNow: number;
  /** when the module has work of its own; null: none */
  moduleDue: number | null;
  /** D1 knows a later history: nothing may leave */
  fenced: boolean;
  /** per sink: whether rows wait for it, whether it was stopped for a person to look at, when it may try again */
  sinks: readonly { waits: boolean; stopped: boolean; nextAt: number }[];
  /** real ms of the alarm that is set; null: none */
  armedAt: number | null;
  /** asked at the end of an alarm, whose own wake was set for the worst case; else after a drain */
  fromAlarm: boolean;
}

/**
 * @returns real ms to set the alarm to; null: no alarm is needed, delete what is set; 'leave': change nothing.
 *
 * After a commit an alarm that comes earlier than needed is left alone, as is a needless one: setting and deleting alarms for each commit
 * costs more than the commit (10 ms against 1 ms, measured); one needless wake in two seconds costs nothing.
 */
export function nextAlarm(facts: AlarmFacts): number | null | 'leave' {
  const { now, realNow, moduleDue, fenced, armedAt, fromAlarm } = facts;
  const dues = facts.sinks
    .filter((sink) => sink.waits && !sink.stopped && !fenced)
    .map((sink) => (isDue(sink.nextAt, now) ? now : sink.nextAt))
    .map((at) => Math.max(at, now + LEAST_WAIT_MS));
  if (moduleDue !== null) dues.push(Math.max(moduleDue, now));
  if (dues.length === 0) return fromAlarm ? null : 'leave';
  const realNext = realNow + (Math.min(...dues) - now);
  if (!fromAlarm && armedAt !== null && armedAt <= realNext) return 'leave';
  return realNext;
}
