/** Bounds of API keys, without zod: the panel's forms read them too. */

/** Life of an API key, days. */
export const DEFAULT_LIFE_DAYS = 90;
export const MAX_LIFE_DAYS = 365;
/** How long a rotated key goes on working beside its successor, days. */
export const DEFAULT_GRACE_DAYS = 7;
export const MAX_GRACE_DAYS = 30;
/** Most entries of a key's list of addresses. */
export const MAX_IP_ALLOW = 20;
