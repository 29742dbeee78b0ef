/**
 * What the nouns of master data have in common: parts of their bodies, and the requests and answers that follow from a body. Called by
 * the noun's contract beside it (services.ts, staff.ts …) and, for all of them, by workers/calendar/schedule-routes.ts.
 */
import { z } from 'zod';
import { MAX_APPOINTMENT_MINUTES } from '../calendar-limits.ts';
import type { Noun } from '../ids.ts';
import { minutesOf } from '../time.ts';
import { idField, idParam, idShown, instantShown, itemOf, lineText, listOf, page, shownOf, wallTime } from './parts.ts';

/** A name in the product's languages; German must be there. */
export const names = () =>
  z.object({ de: lineText(120).min(1).meta({ example: 'Haarschnitt' }), en: lineText(120).min(1).optional() });
export type Names = z.output<ReturnType<typeof names>>;

/** A length in whole minutes; 0 is allowed. */
export const minutes = (max = MAX_APPOINTMENT_MINUTES) => z.int().min(0).max(max);
/** A price in minor units of the currency named beside it. */
export const priceCents = () => z.int().min(0).max(100_000_000);
/** `#rrggbb`; null: none chosen. */
export const colour = () =>
  z
    .string()
    .regex(/^#[0-9a-fA-F]{6}$/)
    .nullable()
    .default(null);

/** `from` before `to`, on one day; a night shift is two periods (…–24:00 and 00:00–…). */
export const wallPeriod = () =>
  z
    .object({ from: wallTime().meta({ example: '09:00' }), to: wallTime().meta({ example: '17:00' }) })
    .refine((period) => minutesOf(period.from) < minutesOf(period.to), { error: 'must end after it starts' });
export type Period = z.output<ReturnType<typeof wallPeriod>>;

/** `units` of one of `any_of`; all requirements must be free together. One resource may serve two if its capacity lasts. */
export const requirement = () =>
  z.object({ any_of: z.array(idField('resource')).min(1).max(50), units: z.int().min(1).max(1_000).default(1) });

/** Requests and answers of one noun. @param body what a client writes; everything else follows from it */
export function masterData<S extends z.ZodRawShape>(noun: Noun, body: z.ZodObject<S>) {
  const view = z.object({
    id: idShown(noun),
    version: z.int(),
    updated_at: instantShown(),
    ...shownOf(body).shape,
  });
  return {
    noun,
    body,
    view,
    params: z.object({ id: idParam(noun) }),
    listQuery: page(),
    listResponse: listOf(view),
    itemResponse: itemOf(view),
    replaceRequest: body.extend({
      expected_version: z.int().positive().optional(),
      confirm: z.boolean().optional().meta({ description: 'also where future appointments lose their place' }),
    }),
    /** `stranded`: future appointments that no longer fit and stay */
    replaceResponse: itemOf(view).extend({ stranded: z.int() }),
    removeQuery: z.object({
      expected_version: z.coerce.number().int().positive().optional(),
      confirm: z.enum(['true', 'false']).optional(),
    }),
    removeResponse: z.object({ success: z.literal(true), stranded: z.int() }),
  };
}
