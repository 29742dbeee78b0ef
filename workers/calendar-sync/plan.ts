/**
 * Pure: what must happen at Cal.com so that it shows our appointment. By state, never by event: effects may come twice, late or
 * out of order and still lead to the same booking.
 */
import type { Instant } from '../../shared/clock.ts';

export interface OurAppointment {
  active: boolean;
  startsAt: Instant;
  /** only a future start can be pushed: Cal.com refuses to book the past */
  past: boolean;
}

export interface TheirBooking {
  uid: string;
  status: 'accepted' | 'pending' | 'cancelled' | 'rejected';
  startsAt: Instant;
  /** the booking that took its place, if it was moved */
  movedToUid: string | null;
}

export type PushStep =
  | { kind: 'nothing' }
  | { kind: 'create' }
  | { kind: 'move'; uid: string }
  | { kind: 'cancel'; uid: string }
  /** look at the successor first */
  | { kind: 'follow'; uid: string };

/** @param theirs null: Cal.com has no booking of ours */
export function planPush(ours: OurAppointment, theirs: TheirBooking | null): PushStep {
  if (theirs?.movedToUid && (theirs.status === 'cancelled' || theirs.status === 'rejected'))
    return { kind: 'follow', uid: theirs.movedToUid };
  const alive = theirs !== null && (theirs.status === 'accepted' || theirs.status === 'pending');
  if (!ours.active) return alive ? { kind: 'cancel', uid: theirs.uid } : { kind: 'nothing' };
  if (!alive) return ours.past ? { kind: 'nothing' } : { kind: 'create' };
  if (theirs.startsAt === ours.startsAt) return { kind: 'nothing' };
  return ours.past ? { kind: 'nothing' } : { kind: 'move', uid: theirs.uid };
}
