/** Pure: what the looks at the platform say of its uptime: days, share, outages. Called by queries/watch.ts. */
import type { HealthStatus } from '../../../shared/tenant-status.ts';
import { type OutageKind, UPTIME_DAYS, UPTIME_EVERY_MS } from '../../../shared/watch-status.ts';
import { DAY } from '../../../shared/time.ts';

/** So long without a look is a hole: one look that came late is none. */
export const HOLE_MS = 2.5 * UPTIME_EVERY_MS;
const A_DAY = DAY / UPTIME_EVERY_MS;

/** A look at which something was not well, which ends a hole, or which found everything well again. */
export interface Look {
  at: number;
  status: HealthStatus;
  ill: readonly string[];
  /** the look before it; null: the first of all */
  before: number | null;
}

export interface Outage {
  /** `silent`: nobody looked, because the cron did not run or its row could not be written */
  kind: OutageKind;
  from: number;
  /** null: it lasts */
  to: number | null;
  parts: string[];
}

/**
 * Outages, oldest first: looks that follow each other with the same status are one, a hole is one of its own.
 * @param looks as `Look` says, oldest first @param last the newest look of all, well or not
 */
export function outagesOf(looks: readonly Look[], last: number | null, now: number): Outage[] {
  const outages: Outage[] = [];
  let open: Outage | null = null;
  const end = (at: number): void => {
    if (open !== null) open.to = at;
    open = null;
  };
  for (const { at, status, ill, before } of looks) {
    if (before !== null && at - before > HOLE_MS) {
      end(before);
      outages.push({ kind: 'silent', from: before, to: at, parts: [] });
    }
    if (status === 'ok') {
      end(at);
      continue;
    }
    const known: Outage | null = open;
    if (known !== null && (known as Outage).kind === status) {
      const { parts } = known as Outage;
      for (const part of ill) if (!parts.includes(part)) parts.push(part);
      continue;
    }
    end(at);
    open = { kind: status, from: at, to: null, parts: [...ill] };
    outages.push(open);
  }
  if (last !== null && now - last > HOLE_MS) {
    end(last);
    outages.push({ kind: 'silent', from: last, to: null, parts: [] });
  }
  return outages;
}

export interface Day {
  date: string;
  checks: number;
  down: number;
  degraded: number;
  missing: number;
  share: number | null;
}

const round = (share: number): number => Math.round(share * 10_000) / 10_000;

/**
 * The last ninety days, oldest first, in UTC. A look that is missing counts as one at which the platform did not stand; what was before the first
 * look of all counts for nothing.
 */
export function daysOf(
  counted: readonly { day: number; checks: number; down: number; degraded: number }[],
  first: number | null,
  now: number,
): Day[] {
  const today = Math.floor(now / DAY);
  const byDay = new Map(counted.map((one) => [one.day, one]));
  return Array.from({ length: UPTIME_DAYS }, (_, n) => {
    const day = today - UPTIME_DAYS + 1 + n;
    const { checks, down, degraded } = byDay.get(day) ?? { checks: 0, down: 0, degraded: 0 };
    const from = Math.max(day * DAY, first ?? Number.POSITIVE_INFINITY);
    const to = Math.min((day + 1) * DAY, now);
    // The look of this moment may be a little late.
    const expected = to <= from ? 0 : Math.min(A_DAY, Math.floor((to - from) / UPTIME_EVERY_MS));
    const missing = Math.max(0, expected - checks);
    const all = checks + missing;
    return {
      date: new Date(day * DAY).toISOString().slice(0, 10),
      checks,
      down,
      degraded,
      missing,
      share: all === 0 ? null : round((checks - down) / all),
    };
  });
}

/** Of all days together; null: nobody has looked yet. */
export function shareOfDays(days: readonly Day[]): number | null {
  const stood = days.reduce((sum, { checks, down }) => sum + checks - down, 0);
  const all = days.reduce((sum, { checks, missing }) => sum + checks + missing, 0);
  return all === 0 ? null : round(stood / all);
}
