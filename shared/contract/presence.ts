/** Who else looks at a day of the calendar. Read by workers/calendar/presence-routes.ts, the panel (types) and tests. */
import { z } from 'zod';
import { MAX_LOOK_DAYS } from '../calendar-limits.ts';
import { idField, idOut, itemOf, wallDate } from './parts.ts';

/** People named in one answer; further ones are a number. */
export const MAX_NAMED = 20;

export const presenceRequest = z.object({
  branch_id: idField('branch'),
  date: wallDate(),
  days: z.int().min(1).max(MAX_LOOK_DAYS).default(1).meta({ description: 'so many days from `date` on are looked at' }),
  /** the page that asks: tabs of one person count once, and each leaves by itself */
  page: z
    .string()
    .regex(/^[\w-]{1,40}$/)
    .meta({ example: 'b1946ac9-2f6c', description: 'a word of yours for the page that asks' }),
  here: z.boolean().default(true).meta({ description: 'false: the page is left or out of sight' }),
});
export type PresenceRequest = z.input<typeof presenceRequest>;

export const presenceView = z.object({
  others: z.array(z.object({ user_id: idOut('user'), name: z.string() })),
  more: z.int().meta({ description: 'people beyond those named' }),
});
export type PresenceView = z.infer<typeof presenceView>;
export const presenceResponse = itemOf(presenceView);
export type PresenceResponse = z.infer<typeof presenceResponse>;
