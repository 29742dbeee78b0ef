/** Bounds of a password, without zod: pages say them before they ask. Read by the contract, `workers/identity/` and the sign-in. */

export const MIN_PASSWORD_LENGTH = 10;
/** Longer passwords are refused before any hashing: the bound keeps a sign-in request cheap. */
export const MAX_PASSWORD_LENGTH = 256;
