/** The rule of holding: a slot is reserved for minutes while somebody decides; it frees itself by the clock. Called by the object. */
import { MAX_HOLDS_PER_KEY } from '../../../shared/calendar-limits.ts';
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { sha256Hex } from '../../object-runtime/hash.ts';
import type { Busy, Occupation } from '../engine/availability.ts';
import { refuseSuspended } from './book.ts';
import type { Schedule } from '../engine/schedule.ts';
import { decideSlot } from './slot-decision.ts';
import { MAX_HOLDS_PER_OWNER, MAX_HOLD_SECONDS } from '../../../shared/calendar-limits.ts';
import { DEFAULT_HOLD_SECONDS } from '../bounds.ts';
import type { PlaceHold } from '../commands/inputs.ts';
import type { Hold } from '../rows.ts';

export interface HoldFacts {
  schedule: Schedule;
  busy: Busy;
  /** live holds of the same call: the new one replaces them */
  callHolds: readonly Hold[];
  /** live holds of the same owner, those of the call not counted */
  ownerHolds: number;
  /** live holds of the same API key, whomever it serves */
  keyHolds: number;
  exists: boolean;
}
interface Held {
  hold: Hold;
  occupations: Occupation[];
  replaced: readonly string[];
}

/** All holds of an API key are counted under this owner; null for who else asks. */
export const holdKey = ({ actor, callId }: PlaceHold): string | null =>
  actor.kind === 'api_key' && !callId ? `api_key:${actor.id}` : null;

/** Whom a hold belongs to: the call, else the visitor that an API key serves, else who asked. */
export function holdOwner(command: PlaceHold): string {
  if (command.callId) return `call:${command.callId}`;
  const key = holdKey(command);
  if (key !== null && command.visitor) return `${key}:${command.visitor}`;
  return `${command.actor.kind}:${command.actor.id}`;
}

/** What a hold keeps of its visitor. Secret and key go in, so that the logged command discloses no e-mail address or number. */
export const visitorHash = (secret: string, keyId: string, visitor: string): string =>
  sha256Hex([secret, 'visitor', keyId, visitor].join('\u0000')).slice(0, 24);

/** Refusals: NOT_FOUND, VALIDATION_ERROR, TENANT_SUSPENDED, LIMIT_REACHED, QUOTE_STALE, APPOINTMENT_CONFLICT. */
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
  if (facts.keyHolds >= MAX_HOLDS_PER_KEY)
    return err({ code: 'LIMIT_REACHED', limit: 'holds', max: MAX_HOLDS_PER_KEY });
  const replaced = facts.callHolds.map((hold) => hold.lockToken);
  const decision = decideSlot(facts.schedule, facts.busy, { ...command, exclude: replaced }, now);
  if (!decision.ok) return decision;
  const { slot, party } = decision.value;
  const occupations = [decision.value.occupations, ...party.map((one) => one.occupations)].flat();
  const hold: Hold = {
    lockToken: command.lockToken,
    // Nobody books the past: a hold ends with its start at the latest.
    expiresAt: asInstant(Math.max(now + 1_000, Math.min(now + seconds * 1000, slot.startsAt))),
    slot,
    callId: command.callId ?? null,
    owner: holdOwner(command),
  };
  return ok({ hold, occupations, replaced });
}
