/** The rule of holding: a slot is reserved for minutes while somebody decides; it frees itself by the clock. Called by the object. */
import { asInstant, type Instant } from '../../shared/clock.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Busy, Occupation } from './availability.ts';
import { refuseSuspended } from './book.ts';
import type { Schedule } from './schedule.ts';
import { takeSlot } from './take.ts';
import { DEFAULT_HOLD_SECONDS, type Hold, MAX_HOLD_SECONDS, MAX_HOLDS_PER_OWNER, type PlaceHold } from './types.ts';

export interface HoldFacts {
  schedule: Schedule;
  busy: Busy;
  /** live holds of the same call: the new one replaces them */
  callHolds: readonly Hold[];
  /** live holds of the same owner, those of the call not counted */
  ownerHolds: number;
  exists: boolean;
}
export interface Held {
  hold: Hold;
  occupations: Occupation[];
  replaced: readonly string[];
}

/** Whom a hold belongs to: the call, else who asked. */
export const holdOwner = (command: PlaceHold): string =>
  command.callId ? `call:${command.callId}` : `${command.actor.kind}:${command.actor.id}`;

/** Refusals: VALIDATION_ERROR, TENANT_SUSPENDED, LIMIT_REACHED, QUOTE_STALE, APPOINTMENT_CONFLICT. */
export function decideHold(facts: HoldFacts, command: PlaceHold, now: Instant): Result<Held> {
  const suspended = refuseSuspended(facts.schedule);
  if (suspended) return suspended;
  const seconds = command.ttlSeconds ?? DEFAULT_HOLD_SECONDS;
  if (!Number.isInteger(seconds) || seconds < 1 || seconds > MAX_HOLD_SECONDS) {
    return err({ code: 'VALIDATION_ERROR', errors: { ttl_seconds: [`1 to ${MAX_HOLD_SECONDS}`] } });
  }
  if (facts.exists) return err({ code: 'VALIDATION_ERROR', errors: { lock_token: ['already in use'] } });
  if (facts.ownerHolds >= MAX_HOLDS_PER_OWNER)
    return err({ code: 'LIMIT_REACHED', limit: 'holds', max: MAX_HOLDS_PER_OWNER });
  const replaced = facts.callHolds.map((hold) => hold.lockToken);
  const taken = takeSlot(facts.schedule, facts.busy, { ...command, exclude: replaced }, now);
  if (!taken.ok) return taken;
  const { slot, occupations } = taken.value;
  const hold: Hold = {
    lockToken: command.lockToken,
    expiresAt: asInstant(now + seconds * 1000),
    slot,
    callId: command.callId ?? null,
    owner: holdOwner(command),
  };
  return ok({ hold, occupations, replaced });
}
