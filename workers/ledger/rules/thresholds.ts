/** When to say that the balance runs low: once per crossing, re-armed when the balance has risen above again. Called after every command. */
import type { Micros } from '../../../shared/money.ts';
import type { Urgency } from '../types.ts';

/** What is remembered between commands. */
export interface ThresholdState {
  /** net amount of the last paid top-up; 0 = none yet */
  lastTopupMicros: Micros;
  /** percents whose warning is out and not re-armed */
  warned: number[];
  /** crossings so far */
  crossings: number;
}

export const FRESH_THRESHOLDS: ThresholdState = { lastTopupMicros: 0 as Micros, warned: [], crossings: 0 };

/** 0 is always watched: nothing left. */
const EMPTY = 0;

interface Crossing {
  percent: number;
  urgency: Urgency;
  crossing: number;
}

/**
 * Compares the settled balance (prepaid + bonus + held, so that a hold is no crossing) before and after. Falling through several levels
 * in one step warns once, for the lowest; levels the balance has climbed above are armed again. A warning speaks for every level above it, also
 * for one that a change of the percents has put there since: after "empty" nobody needs to hear "20 %".
 */
export function watch(
  state: ThresholdState,
  percents: readonly number[],
  before: Micros,
  after: Micros,
): { state: ThresholdState; crossing: Crossing | null } {
  const levels = [...new Set([...percents.filter((p) => p > 0), EMPTY])].sort((a, b) => b - a);
  const limitOf = (percent: number): number => Math.floor((state.lastTopupMicros * percent) / 100);
  const below = levels.filter(
    (percent) => (percent === EMPTY || state.lastTopupMicros > 0) && after <= limitOf(percent),
  );
  const warned = state.warned.filter((percent) => after <= limitOf(percent));
  const crossed = after < before ? below.filter((percent) => !warned.some((lower) => lower <= percent)) : [];
  const lowest = crossed.at(-1);
  if (lowest === undefined) return { state: { ...state, warned }, crossing: null };
  const crossings = state.crossings + 1;
  return {
    state: { ...state, warned: [...warned, ...crossed], crossings },
    crossing: { percent: lowest, urgency: urgencyOf(lowest), crossing: crossings },
  };
}

function urgencyOf(percent: number): Urgency {
  if (percent === EMPTY) return 'empty';
  if (percent <= 10) return 'critical';
  return percent <= 20 ? 'warning' : 'info';
}
