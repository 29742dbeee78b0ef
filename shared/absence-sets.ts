/** The closed sets of requests for absence, without zod: rules, tables, the contract and web apps read them here. */
import type { EXCEPTION_KINDS } from './schedule-sets.ts';

/** `open`: nobody has decided; `withdrawn`: whoever asked needs it no more. Only an open one changes. */
export const ABSENCE_STATUSES = ['open', 'granted', 'refused', 'withdrawn'] as const;
export type AbsenceStatus = (typeof ABSENCE_STATUSES)[number];

/** What somebody can ask for: kinds of exceptions that take time away from a person. */
export const ABSENCE_KINDS = [
  'vacation',
  'sick',
  'absence',
] as const satisfies readonly (typeof EXCEPTION_KINDS)[number][];
/** Longest note of who asks, and longest reason of who decides. */
export const MAX_ABSENCE_TEXT = 300;
