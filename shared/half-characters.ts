/** Halves of surrogate pairs in JSON (`"\ud800"`, forbidden by RFC 7493): no UTF-8 and so no database can keep them. Pure. */

const SURROGATE_ESCAPE = /\\u[dD][89a-fA-F]/;

/** False for nearly all JSON, at the cost of one look; true only says that a closer look is due (whole pairs are escaped alike). */
export const mayHoldHalfCharacters = (json: string): boolean => SURROGATE_ESCAPE.test(json);
