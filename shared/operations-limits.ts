/** Bounds of what the operator writes, without zod: the contract and the operator's page read them here. */

/** Longest reason a person may give for a way out, characters. */
export const MAX_REASON = 500;
