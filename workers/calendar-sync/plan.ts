/**
 * Pure: what must happen at Cal.com so that it shows our appointment: same hours, same service, same person. By state, never by event:
 * effects may come twice, late or out of order and still lead to the same booking.
 */
import type { Instant } from '../../shared/clock.ts';

export interface OurAppointment {
  active: boolean;
  /** not confirmed by us yet */
  pending: boolean;
  startsAt: Instant;
  endsAt: Instant;
  /** it has begun: only a future start can be pushed, as Cal.com refuses to book the past */
  past: boolean;
  /** it has ended: Cal.com cancels nothing that is over */
  over: boolean;
  /** event types that stand for its service and person; empty: none is mapped, none is compared */
  eventTypeIds: readonly string[];
  /** its person at Cal.com; null: not mapped, not compared */
  hostId: string | null;
}

export interface TheirBooking {
  uid: string;
  status: 'accepted' | 'pending' | 'cancelled' | 'rejected';
  startsAt: Instant;
  endsAt: Instant;
  /** null: the type was deleted there */
  eventTypeId: string | null;
  /** null: Cal.com did not say */
  hostId: string | null;
  /** the booking that took its place, if it was moved */
  movedToUid: string | null;
}

export type PushStep =
  | { kind: 'nothing' }
  | { kind: 'create' }
  | { kind: 'move'; uid: string }
  /** the same booking, another of its type's hosts */
  | { kind: 'reassign'; uid: string; hostId: string }
  /** another length, service or person's own type: Cal.com keeps both through all moves, so another booking takes its place */
  | { kind: 'replace'; uid: string }
  | { kind: 'confirm'; uid: string }
  | { kind: 'cancel'; uid: string }
  /** look at the successor first */
  | { kind: 'follow'; uid: string };

/** @param theirs null: Cal.com has no booking of ours */
export function planPush(ours: OurAppointment, theirs: TheirBooking | null): PushStep {
  if (theirs?.movedToUid && (theirs.status === 'cancelled' || theirs.status === 'rejected'))
    return { kind: 'follow', uid: theirs.movedToUid };
  const alive = theirs !== null && (theirs.status === 'accepted' || theirs.status === 'pending');
  if (!ours.active) return alive && !ours.over ? { kind: 'cancel', uid: theirs.uid } : { kind: 'nothing' };
  if (!alive) return ours.past ? { kind: 'nothing' } : { kind: 'create' };
  if (ours.past) return { kind: 'nothing' };
  const { uid } = theirs;
  if (!isOfType(ours, theirs) || theirs.endsAt - theirs.startsAt !== ours.endsAt - ours.startsAt)
    return { kind: 'replace', uid };
  if (theirs.startsAt !== ours.startsAt) return { kind: 'move', uid };
  if (ours.hostId !== null && theirs.hostId !== null && theirs.hostId !== ours.hostId)
    return { kind: 'reassign', uid, hostId: ours.hostId };
  return theirs.status === 'pending' && !ours.pending ? { kind: 'confirm', uid } : { kind: 'nothing' };
}

const isOfType = (ours: OurAppointment, theirs: TheirBooking): boolean =>
  theirs.eventTypeId === null || ours.eventTypeIds.length === 0 || ours.eventTypeIds.includes(theirs.eventTypeId);
