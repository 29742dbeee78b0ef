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
/** Characters of an appointment's notes. */
export const MAX_NOTES = 2_000;
export const MAX_SERVICES_PER_BOOKING = 8;
/** Parts of a composite service. */
export const MAX_SEGMENTS = 16;
/** People of a party that shares no slot: each has a visit, all of one transaction. */
export const MAX_PARTY_VISITS = 6;
/** People of a group booking. */
export const MAX_PARTY_SIZE = 500;
