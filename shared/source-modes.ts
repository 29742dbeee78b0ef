/** When the addresses that a vendor's requests come from are looked at. Without zod: the operator's page reads it too. */

/** `deployed`: everywhere but in development; `always`, `off`. */
export const SOURCE_MODES = ['deployed', 'always', 'off'] as const;
