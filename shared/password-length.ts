/** Bounds of a password, without zod: pages say them before they ask. Read by the contract, `workers/identity/` and the sign-in. */

export const MIN_PASSWORD_LENGTH = 12;
/** Longer passwords are refused before any hashing: the bound keeps a sign-in request cheap. */
export const MAX_PASSWORD_LENGTH = 128;

/** What a refusal says of a password that stands in a known leak: pages have a sentence of their own for it. */
export const LEAKED = 'known from leaks';
