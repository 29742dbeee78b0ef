/** Figures of lists' heads, navigation and home page: which are asked for, and what they were at which instant. Read by workers/figures/, the panel (types) and tests. */
import { z } from 'zod';
import { FIGURE_MAX_AGE, FIGURE_NAMES, MAX_FIGURE_DAYS } from '../figure-names.ts';
import { commaList, instantOut } from './parts.ts';

/** All names together, with their commas. */
const MAX_NAMES = 800;

export const figuresQuery = z.object({
  names: commaList(FIGURE_NAMES, MAX_NAMES).meta({
    type: 'string',
    example: 'customers_total,customers_new',
    description: 'what the caller may not see is left out of the answer',
  }),
  days: z.coerce
    .number()
    .int()
    .min(1)
    .max(MAX_FIGURE_DAYS)
    .optional()
    .meta({ description: 'so many days up to now, for figures of a period; left out: the period of each' }),
  max_age: z.coerce
    .number()
    .int()
    .min(0)
    .max(FIGURE_MAX_AGE)
    .default(FIGURE_MAX_AGE)
    .meta({ description: 'seconds; 0: counted now, for who has just been told that something changed' }),
});

export const figureView = z.object({
  name: z.enum(FIGURE_NAMES),
  /** null: there is nothing to make it of (the average of no calls) */
  value: z.number().nullable(),
  unit: z.enum(['count', 'percent', 'seconds']),
  more: z.boolean().meta({ description: 'counted no further: there are more than `value`' }),
  /** days of its period up to now; 0: today; null: what is there now */
  days: z.int().nullable(),
  at: instantOut().meta({ description: 'when it was counted, at most a minute ago' }),
});
export type FigureView = z.infer<typeof figureView>;
export const figuresResponse = z.object({ success: z.literal(true), data: z.array(figureView) });
export type FiguresResponse = z.infer<typeof figuresResponse>;
