/** Bounds of the calendar that outsiders meet: the contract refuses beyond them, the rules count on them. */

/** Longest appointment from first start to last end, minutes: a day's read looks back exactly this far. */
export const MAX_APPOINTMENT_MINUTES = 1_440;
/** Furthest start from now that may be booked or asked for, days. */
export const MAX_DAYS_AHEAD = 731;
/** Widest availability question, days: the engine's arrays are as wide as the question. */
export const MAX_QUERY_DAYS = 92;
/** Slots in one answer; a month of quarter hours for one service stays below it. */
export const MAX_SLOTS = 3_000;
/** Longest life of a held slot, seconds. */
export const MAX_HOLD_SECONDS = 1_800;
/** Open holds of one caller, session or key: a hostile client cannot hold the week. */
export const MAX_HOLDS_PER_OWNER = 3;
/** Open holds of one API key, all its visitors together: a key that leaks cannot hold the month. */
export const MAX_HOLDS_PER_KEY = 200;
/** Days in one look at the calendar: six weeks, as a month is drawn. */
export const MAX_RANGE_DAYS = 42;
/** Appointments in one look at several days; later days are left out and asked for next. */
export const MAX_RANGE_ROWS = 800;
/** Characters of an appointment's notes. */
export const MAX_NOTES = 2_000;
export const MAX_SERVICES_PER_BOOKING = 8;
/** Parts of a composite service. */
export const MAX_SEGMENTS = 16;
/** People of a party that shares no slot: each has a visit, all of one transaction. */
export const MAX_PARTY_VISITS = 6;
/** Opening hours until a call back without a time of its own is due: usual, and what a company may choose instead. */
export const CALLBACK_DUE_HOURS = { usual: 4, least: 1, most: 40 } as const;
/** People of a group booking. */
export const MAX_PARTY_SIZE = 500;
/** Days of the calendar that one page looks at at once: a week. */
export const MAX_LOOK_DAYS = 7;
/** How often a page says that a day of the calendar is looked at, and after which silence it is forgotten. */
export const PRESENCE_EVERY_MS = 20_000;
export const PRESENCE_FORGOTTEN_MS = 45_000;
