/**
 * What every request and response schema is made of: ids, instants, wall clock, money, names, pages, envelopes, the refusal. Called by
 * the contract files beside it and, through them, by routes, the OpenAPI document and tests. Metadata of the document stands in zod's own
 * `.meta()`: `x-id-of` marks an id with its noun (the two-tenant contract test builds its requests from that mark), `x-external-id` an id
 * another system made. Never give `.meta({id})` or `{title}`: zod keeps ids in one global list, and the document takes titles for texts.
 */
import { z } from 'zod';
import { blankNumbers } from '../blank-numbers.ts';
import { ID_PATTERN, ID_PREFIXES, type Id, type Noun } from '../ids.ts';
import { fromIso, isWallDate, isWallTime } from '../time.ts';
import { isPersonName, isPlainLine } from '../visible-text.ts';

// ---------------------------------------------------------------- ids

/** The branded id of a noun of shared/ids.ts; plain text for ids other systems make (`call`). */
export type IdOf<N extends string> = N extends Noun ? Id<(typeof ID_PREFIXES)[N]> : string;

const exampleOf = (noun: string): string =>
  `${(ID_PREFIXES as Readonly<Record<string, string>>)[noun] ?? noun}_0k2m4c7d9example0001`;
const idMeta = (noun: string) => ({ example: exampleOf(noun), 'x-id-of': noun });

/** Paths beside `/{id}`: with a method that they don't have, `/{id}` would take the word for an id. */
const NO_IDS: ReadonlySet<string> = new Set(['export', 'bulk']);

/** An id in the path or query. Opaque text; what does not look like an id is an unknown id. */
export const idParam = <N extends string>(noun: N) =>
  z
    .string()
    .regex(ID_PATTERN)
    .refine((text) => !NO_IDS.has(text))
    .transform((text) => text as IdOf<N>)
    .meta(idMeta(noun));

/** An id in a body: text or number (old clients send numbers), compared as text. */
export const idField = <N extends string>(noun: N) =>
  z
    .union([z.string().regex(ID_PATTERN), z.int().nonnegative()])
    .transform((value) => String(value) as IdOf<N>)
    .meta(idMeta(noun));

/** An id in an answer. */
export const idOut = (noun: string) => z.string().meta(idMeta(noun));

/** An id that another system made, in an answer. */
export const externalId = () => z.string().meta({ 'x-external-id': true });

// ---------------------------------------------------------------- texts

/** Rules of ours that zod has no issue for; the refusal speaks them in the caller's language (workers/http/validation.ts). */
export type TextRule = 'line' | 'personName';

/** Second argument of `refine`: which of our rules a text broke. */
export const says = (rule: TextRule): { params: { says: TextRule } } => ({ params: { says: rule } });

/** One line: names of things, labels, parts of an address. Line ends, tabs and hidden characters are refused, spaces around it cut. */
export const lineText = (max: number) => z.string().refine(isPlainLine, says('line')).trim().max(max);

/** Part of a person's or customer's name (shared/visible-text.ts). Empty passes: whether it must be there is the field's own `min`. */
export const personName = (max: number) =>
  z
    .string()
    .refine((text) => text.trim() === '' || isPersonName(text), says('personName'))
    .trim()
    .max(max);

/** Words that somebody writes about a customer or a visit: kept without the card numbers and IBANs in them. */
export const freeText = (max: number, min = 0) => z.string().trim().min(min).max(max).transform(blankNumbers);

// ---------------------------------------------------------------- time

/** An instant with an explicit zone, as epoch milliseconds inside. A wall clock without zone is refused. */
export const instantField = () =>
  z
    .string()
    .max(40)
    .transform((text, context) => {
      const instant = fromIso(text);
      if (instant !== null) return instant;
      context.addIssue({ code: 'invalid_format', format: 'datetime', input: text });
      return z.NEVER;
    })
    .meta({ format: 'date-time', example: '2026-11-24T09:00:00Z' });

/** An instant of a query that stays the text it came as. */
export const instantText = () =>
  z
    .string()
    .max(40)
    .refine((text) => fromIso(text) !== null, { error: 'ISO 8601 with an offset' })
    .meta({ format: 'date-time', example: '2026-11-24T09:00:00.000Z' });

/** An instant in an answer: write it with `toIso`. */
export const instantOut = () => z.string().meta({ format: 'date-time', example: '2026-11-24T09:00:00.000Z' });

const wall = (is: (text: string) => boolean, format: 'date' | 'time', example: string) =>
  z
    .string()
    .max(10)
    .refine(is, { error: format === 'date' ? 'YYYY-MM-DD' : 'HH:MM' })
    .meta({ format, example });

/** `YYYY-MM-DD`, a real day of the branch's calendar. */
export const wallDate = () => wall(isWallDate, 'date', '2026-11-24');
/** `HH:MM` on the branch's clock; `24:00` only as an end. */
export const wallTime = () => wall(isWallTime, 'time', '09:00');

// ---------------------------------------------------------------- money

/** Minor units of the currency named beside it. */
export const cents = () => z.int().meta({ description: 'minor units of the currency', example: 10_000 });
/** Code of a currency by ISO 4217, three letters. */
export const currency = () => z.string().length(3).meta({ example: 'EUR' });

// ---------------------------------------------------------------- queries

const PAGE_SIZE = 25;
const MAX_PAGE_SIZE = 100;
/** Longest cursor we ever make is about 200 characters. */
const MAX_CURSOR_LENGTH = 512;

/** Query of a list: `cursor` of the page before, `limit` 1..100 (25). Extend it with the list's filters. */
export const page = () =>
  z.object({
    cursor: z
      .string()
      .min(1)
      .max(MAX_CURSOR_LENGTH)
      .optional()
      .meta({ description: '`meta.next_cursor` of the page before' }),
    limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(PAGE_SIZE),
  });

/** `a,b` in a query → a list of values of a declared set; an unknown one is refused. @param max longest text */
export const commaList = <const V extends readonly [string, ...string[]]>(values: V, max: number) =>
  z
    .string()
    .max(max)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(values)).max(values.length));

// ---------------------------------------------------------------- answers

/** A body as it is shown: nothing is left out, so defaults are gone, and ids are read as ids of an answer. */
type ViewSchema<S extends z.ZodRawShape> = z.ZodObject<{ [K in keyof S]: z.ZodType<z.output<S[K]>> }>;

/** The answer's schema of a body that is shown as it was written. @param body of a request */
export const viewOf = <S extends z.ZodRawShape>(body: z.ZodObject<S>): ViewSchema<S> =>
  shown(body) as unknown as ViewSchema<S>;

function shown(schema: z.core.$ZodType): z.core.$ZodType {
  const meta = z.globalRegistry.get(schema);
  const kept = (made: z.core.$ZodType): z.core.$ZodType => {
    if (meta !== undefined) z.globalRegistry.add(made, { ...z.globalRegistry.get(made), ...meta });
    return made;
  };
  if (schema instanceof z.ZodDefault) {
    const inner = shown(schema.def.innerType);
    return meta === undefined ? inner : kept(z.core.clone(inner, inner._zod.def, { parent: true }));
  }
  if (schema instanceof z.ZodPipe && typeof meta?.['x-id-of'] === 'string') return idOut(meta['x-id-of']);
  if (schema instanceof z.ZodObject) {
    const shape = Object.entries(schema.shape).map(([key, member]) => [key, shown(member as z.core.$ZodType)]);
    return kept(z.core.clone(schema, { ...schema.def, shape: Object.fromEntries(shape) as typeof schema.def.shape }));
  }
  if (schema instanceof z.ZodArray)
    return kept(z.core.clone(schema, { ...schema.def, element: shown(schema.element) }));
  if (schema instanceof z.ZodNullable)
    return kept(z.core.clone(schema, { ...schema.def, innerType: shown(schema.def.innerType) }));
  return schema;
}

// ---------------------------------------------------------------- envelopes

export const listMeta = z.object({ next_cursor: z.string().nullable(), has_more: z.boolean() });
export type ListMeta = z.infer<typeof listMeta>;

/** `{success, data: [row], meta, stale?}`: `stale` says that the projection was still behind `X-Askpro-Min`. */
export const listOf = <T extends z.ZodType>(row: T) =>
  z.object({ success: z.literal(true), data: z.array(row), meta: listMeta, stale: z.boolean().optional() });

/** `{success, data, stale?}` */
export const itemOf = <T extends z.ZodType>(data: T) =>
  z.object({ success: z.literal(true), data, stale: z.boolean().optional() });

/** `{success: true}` */
export const doneBody = z.object({ success: z.literal(true) });

/** What every refusal looks like; the message is in the caller's language and safe to show. */
export const problem = z.object({
  success: z.literal(false),
  error: z.object({
    code: z.string().meta({ example: 'VALIDATION_ERROR' }),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
    errors: z.record(z.string(), z.array(z.string())).optional(),
    retry_after: z.number().optional(),
    request_id: z.string(),
  }),
});
