/**
 * What the nouns of master data have in common: parts of their bodies, and the requests and answers that follow from a body. Called by
 * the noun's contract beside it (services.ts, staff.ts …) and, for all of them, by workers/calendar/schedule-backing.ts.
 */
import { z } from 'zod';
import { MAX_APPOINTMENT_MINUTES } from '../calendar-limits.ts';
import type { Noun } from '../ids.ts';
import { minutesOf } from '../time.ts';
import { idField, idOut, instantOut, lineText, viewOf, wallTime } from './parts.ts';
import { agreement, bulkRequest, confirmation, resourceListOf, resourceQuery } from './resource-list.ts';

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

/** A body of which every member may be left out, and stays as it is then: defaults are for new items only. */
type ChangeOf<S extends z.ZodRawShape> = z.ZodObject<{
  [K in keyof S]: z.ZodOptional<z.ZodType<z.output<S[K]>>>;
}>;

const changeOf = <S extends z.ZodRawShape>(body: z.ZodObject<S>): ChangeOf<S> =>
  z.object(
    Object.fromEntries(
      Object.entries(body.shape).map(([name, member]) => {
        const schema = member as z.ZodType;
        const optional = (schema instanceof z.ZodDefault ? (schema.unwrap() as z.ZodType) : schema).optional();
        // What is said of the default's wrapper is said of the member.
        const meta = z.globalRegistry.get(schema);
        return [name, schema instanceof z.ZodDefault && meta !== undefined ? optional.meta(meta) : optional];
      }),
    ),
  ) as unknown as ChangeOf<S>;

/** Requests and answers of one noun. @param body what a client writes; everything else follows from it */
export function masterData<
  S extends z.ZodRawShape,
  const L extends readonly [string, ...string[]],
  F extends z.ZodRawShape,
>(noun: Noun, body: z.ZodObject<S>, list: { sorts: L; filters: F }) {
  const view = z.object({
    id: idOut(noun),
    version: z.int(),
    updated_at: instantOut(),
    ...viewOf(body).shape,
  });
  const change = changeOf(body).extend(confirmation());
  return {
    noun,
    body,
    view,
    query: resourceQuery(list.sorts, 'ascending').extend(list.filters),
    listResponse: resourceListOf(view),
    create: body.extend(agreement()),
    replace: body.extend(confirmation()),
    change,
    bulk: bulkRequest(noun, change as unknown as z.ZodObject<z.ZodRawShape>),
  };
}

/** Longest text that a list is searched for. */
const MAX_SEARCH = 120;
/** A search of a list: part of the name, in any case. */
export const nameSearch = () =>
  z.string().min(1).max(MAX_SEARCH).optional().meta({ description: 'part of the name, in any case' });

/** A filter by whether an item is in use. */
export const activeFilter = () => z.enum(['true', 'false']).optional();
