/** Who is on the line, weakest first (docs/callers.md). Without zod: the calendar object's rules and the contract read it. */
export const CALLER_LEVELS = ['unknown', 'named', 'line', 'proven'] as const;
export type CallerLevel = (typeof CALLER_LEVELS)[number];
