/** Bounds of the calendar's inputs and answers that only the Worker knows; shared/calendar-limits.ts has those that clients know too. */

/** Bookings of one person in an hour: a customer by their id, on the phone a line. */
export const BOOKINGS_AN_HOUR = 5;
/** Slots of an answer unless the asker says how many. */
export const DEFAULT_SLOTS = 200;
/** Items of one putScheduleMany, appointments of one importAppointments: keeps a command well under 1 MB and 100 ms. */
export const MAX_BATCH_ITEMS = 500;
/** Usual life of a held slot, seconds. */
export const DEFAULT_HOLD_SECONDS = 300;
/** A call's conversation is forgotten after this. */
export const CONVERSATION_TTL_HOURS = 24;
/** Offered instead of a refused slot. */
export const ALTERNATIVES = 3;
/** Field of a refusal that names the number of people a call has collected for. */
export const COLLECTED_PARTY_SIZE = 'collected_party_size';
/** Busy stretches of one calendar in one put. */
export const MAX_EXTERNAL_BUSY = 1_000;
/** Imported calendars of a person. */
export const MAX_BUSY_SOURCES = 10;
/** Ways to choose resources for one service or segment (product of its `anyOf` lists); more is refused when the service is saved. */
export const MAX_RESOURCE_CHOICES = 64;

/**
 * A limit the object counts in memory, fixed window of 60 s. The edge takes name and limit from configuration; key is the API key, user,
 * call_id or tenant. Over it: `RATE_LIMITED`, nothing done. The first exhausted rule answers, else the one with least remaining.
 */
export interface RateAsk {
  name: string;
  key: string;
  limit: number;
}
