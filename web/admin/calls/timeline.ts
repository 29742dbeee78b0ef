/** Pure: what was said and what the agent did in a call, in one order. Called by the pages that show calls. */
import type { CallDetail, CallStep } from '../../../shared/contract/calls.ts';
import type { CallLines } from '../../../shared/contract/live.ts';

export type Turn = CallDetail['transcript'][number];
export type TimelineEntry =
  | { kind: 'said'; key: string; turn: Turn }
  /** `at`: seconds from the start; null: not known */
  | { kind: 'did'; key: string; step: CallStep; at: number | null };

type Timed = Pick<CallDetail, 'started_at' | 'duration_seconds'>;

/** Seconds from the start at which something was done; null where clocks disagree. */
function secondsOf(at: string, { started_at: start, duration_seconds: duration }: Timed): number | null {
  const seconds = (Date.parse(at) - Date.parse(start)) / 1000;
  return seconds >= 0 && (duration === null || seconds <= duration) ? Math.round(seconds * 10) / 10 : null;
}

/** How many turns came before a step: as the request said, else by the clock, else all of them. */
function placeOf(step: CallStep, at: number | null, turns: readonly Turn[]): number {
  if (step.after_turns !== null) return Math.min(step.after_turns, turns.length);
  const later = at === null ? -1 : turns.findIndex((turn) => turn.at !== null && turn.at > at);
  return later === -1 ? turns.length : later;
}

/** Words and deeds in their order; deeds behind the turn that they answer. */
export function timelineOf(call: Timed & { steps: readonly CallStep[] }, turns: readonly Turn[]): TimelineEntry[] {
  const placed = call.steps.map((step, n) => {
    const at = secondsOf(step.at, call);
    return { place: placeOf(step, at, turns), entry: { kind: 'did', key: `did-${n}`, step, at } as const };
  });
  const entries: TimelineEntry[] = [];
  for (let n = 0; n <= turns.length; n++) {
    entries.push(...placed.filter(({ place }) => place === n).map(({ entry }) => entry));
    const turn = turns[n];
    if (turn !== undefined) entries.push({ kind: 'said', key: `said-${n}`, turn });
  }
  return entries;
}

/** A conversation with the lines of a message: those before it stay, those behind were not said so. A message that leaves a gap tells what it has. */
export function withLines(before: readonly Turn[], { from, lines }: Pick<CallLines, 'from' | 'lines'>): Turn[] {
  // An older message that was overtaken says nothing new.
  if (from + lines.length < before.length) return [...before];
  return [...before.slice(0, from), ...lines];
}
