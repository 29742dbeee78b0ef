/**
 * What the calendar keeps beside the rows its events carry (events/calendar.ts): texts, holds, counts; slots and the quotes of them.
 *
 * Instants are epoch milliseconds, on a whole minute where they are a start or an end.
 */
import type { Instant } from '../../shared/clock.ts';
import type { WallDate, WallTime } from '../../shared/time.ts';
import type { ResourceUse, SegmentRow } from '../events/calendar.ts';

/** The erasable texts of an appointment: never in events, log or queues. */
export interface AppointmentTexts {
  notes: string | null;
  internalNotes: string | null;
}

export interface Hold {
  lockToken: string;
  expiresAt: Instant;
  slot: Slot;
  callId: string | null;
  owner: string;
}

/** Kept in the same transaction as what they count; O(1) to read. */
export interface CustomerStats {
  customerId: string;
  appointments: number;
  completed: number;
  cancellations: number;
  reschedules: number;
  noShows: number;
  modifications: number;
  lastStartsAt: Instant | null;
  lastModifiedAt: Instant | null;
}

/** One visit at a time: who and what serves it. */
export interface Visit {
  startsAt: Instant;
  endsAt: Instant;
  /** wall clock of the branch */
  date: WallDate;
  time: WallTime;
  endTime: WallTime;
  branchId: string;
  /** the person of the first active segment */
  staffId: string;
  staffName: string;
  serviceId: string;
  moreServiceIds: string[];
  durationMinutes: number;
  /** the length that was asked for instead of the service's own; null: its own */
  customMinutes: number | null;
  partySize: number;
  priceCents: number;
  currency: string;
  resources: ResourceUse[];
  segments: SegmentRow[];
}

/** What is offered: one visit, or the visits of a party. */
export interface Slot extends Visit {
  /** of a party whose people have visits of their own: the others' visits, in order; the fields beside are the first one's */
  party?: Visit[];
}
/** How many people a slot is for. */
export const sizeOf = (slot: Pick<Slot, 'partySize' | 'party'>): number =>
  slot.party === undefined ? slot.partySize : 1 + slot.party.length;

/** True when the people of a party are served one after the other. */
export const isInTurn = (slot: Pick<Slot, 'startsAt' | 'party'>): boolean =>
  slot.party?.some((visit) => visit.startsAt !== slot.startsAt) ?? false;

/** What the edge signs (`quote-action.ts`): an offered slot can be booked at this price until it expires, is taken, or a schedule change makes it impossible. */
export interface QuotePayload {
  v: 1;
  tenantId: string;
  serviceIds: string[];
  branchId: string;
  staffId: string;
  startsAt: Instant;
  durationMinutes: number;
  customMinutes: number | null;
  partySize: number;
  priceCents: number;
  currency: string;
  resources: ResourceUse[];
  /** the person of each segment in order, null on passive ones; empty: written before quotes said it */
  people: (string | null)[];
  /** when each segment begins, minutes from the start */
  offsets: number[];
  /** the visits of a party's other people */
  party: (Pick<Visit, 'startsAt' | 'durationMinutes' | 'priceCents' | 'resources'> & {
    people: (string | null)[];
    offsets: number[];
  })[];
  scheduleVersion: number;
  expiresAt: Instant;
}
