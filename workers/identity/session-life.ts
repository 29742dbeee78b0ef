/** How long a session lives: pure rules over instants in epoch milliseconds. Called by sessions.ts and new-session.ts. */
import { asInstant, type Instant } from '../../shared/clock.ts';
import type { Role } from '../../shared/permissions.ts';

const MINUTE_MS = 60_000;
const HOUR_MS = 60 * MINUTE_MS;
const DAY_MS = 24 * HOUR_MS;

/** Of a session that nobody has given its ends yet (new-session.ts does at once). */
export const UNLIMITED_MS = 10 * MINUTE_MS;
/** "Stay signed in": ends a month after signing in, whatever happens. Without it a session is a working day, and ends with the browser. */
const REMEMBERED_MS = 30 * DAY_MS;
const WORKING_DAY_MS = 12 * HOUR_MS;
const IDLE_MS = 7 * DAY_MS;
/** Of those who see more than one business. */
const IDLE_FAR_MS = 12 * HOUR_MS;
const FAR: ReadonlySet<Role> = new Set(['super_admin', 'reseller_admin', 'reseller_agent']);
/** A use is written down at most so many times in an idle life: each costs a write. */
const STEPS = 24;
/** What reaches far (keys) asks for the password unless it was typed this recently. */
export const CONFIRMED_MS = 15 * MINUTE_MS;

const idleOf = (role: Role): number => (FAR.has(role) ? IDLE_FAR_MS : IDLE_MS);

/** Both ends of a session begun at `now`, and how long its cookie stays; null: until the browser is closed. */
export function sessionLife(
  role: Role,
  remember: boolean,
  now: Instant,
): { expiresAt: Instant; endsAt: Instant; cookieSeconds: number | null } {
  const endsAt = asInstant(now + (remember ? REMEMBERED_MS : WORKING_DAY_MS));
  return {
    endsAt,
    expiresAt: remember ? asInstant(Math.min(endsAt, now + idleOf(role))) : endsAt,
    cookieSeconds: remember ? REMEMBERED_MS / 1_000 : null,
  };
}

/** What a use at `now` moves the end to; null: nothing to write (used a moment ago, or it ends by the clock anyway). */
export function prolonged(
  session: { expiresAt: number; endsAt: number | null; usedAt: number },
  role: Role,
  now: Instant,
): { expiresAt: Instant; usedAt: Instant } | null {
  const { expiresAt, endsAt, usedAt } = session;
  const idle = idleOf(role);
  if (endsAt === null || expiresAt >= endsAt || now - usedAt < idle / STEPS) return null;
  return { expiresAt: asInstant(Math.min(endsAt, now + idle)), usedAt: now };
}

/** Whether a session is one of "stay signed in", by its beginning and its last end. */
export const isRemembered = (from: number, endsAt: number): boolean => endsAt - from > WORKING_DAY_MS;

/** Whether the password was typed lately enough for what reaches far. */
export const isConfirmed = (confirmedAt: number | null, now: Instant): boolean =>
  confirmedAt !== null && confirmedAt <= now && now - confirmedAt <= CONFIRMED_MS;
