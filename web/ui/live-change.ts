/**
 * What a live event means to a page: which list it concerns and which ids. Pure; called by the pages' listeners. Reads the contract's
 * messages (`appointment`, `call` with `ids`) and the domain names behind them (`appointment.booked`, `hold.placed` with `id`).
 */

import type { CallLines, ChangeMessage } from '../../shared/contract/live.ts';

export interface LiveChange {
  /** `everything`: a gap or a reconnection, re-fetch whatever is shown */
  about: 'calendar' | 'calls' | 'lines' | 'everything';
  /** empty: not given */
  ids: readonly string[];
  /** branch days touched; null: not given */
  days: Readonly<NonNullable<ChangeMessage['days']>> | null;
  /** of `lines`: what is said in a running call; nothing has changed by it */
  lines?: CallLines;
}

const CALENDAR = /^(appointment|hold|schedule|external)(\.|$)/;
const CALLS = /^call(\.|$)/;

/** Null for what concerns no page (hello, heartbeat). */
export function liveChange(name: string, body: unknown): LiveChange | null {
  if (name === 'reset' || name === 'reconnected') return { about: 'everything', ids: [], days: null };
  if (name === 'call.line') {
    const lines = body as CallLines;
    return { about: 'lines', ids: lines.ids, days: null, lines };
  }
  const about = CALENDAR.test(name) ? 'calendar' : CALLS.test(name) ? 'calls' : null;
  if (about === null) return null;
  const fields = typeof body === 'object' && body !== null ? (body as Record<string, unknown>) : {};
  const ids = Array.isArray(fields['ids'])
    ? fields['ids'].map(String)
    : typeof fields['id'] === 'string'
      ? [fields['id']]
      : [];
  const days = Array.isArray(fields['days']) ? (fields['days'] as NonNullable<ChangeMessage['days']>) : null;
  return { about, ids, days };
}

/** True when the change touches this day: named, by an appointment shown on it, or not given. */
export function concernsDay(
  change: LiveChange,
  day: { branchId: string; date: string; shows: (id: string) => boolean },
): boolean {
  if (change.about === 'everything') return true;
  if (change.about !== 'calendar') return false;
  if (change.days === null) return true;
  return change.days.some((d) => d.branch_id === day.branchId && d.date === day.date) || change.ids.some(day.shows);
}
