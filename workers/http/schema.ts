/**
 * The words every route's schema is made of: ids, instants, pages, envelopes, error answers. Called by all `routes.ts`.
 * `x-id-of` marks an id and names its noun; the two-tenant contract test builds its requests from that mark.
 */
import { z } from '@hono/zod-openapi';
import { fromIso, isWallDate, isWallTime } from '../../shared/time.ts';
import { ID_PATTERN, ID_PREFIXES, type Id, type Noun } from '../../shared/ids.ts';
import type { Permission } from '../../shared/permissions.ts';
import { isPersonName, isPlainLine } from '../../shared/visible-text.ts';
import { requirePermission } from './permission.ts';
import { type RefusalCode, STATUS } from './problem.ts';
import { says } from './validation.ts';

/** The branded id of a noun of shared/ids.ts; plain text for ids other systems make (`call`). */
export type IdOf<N extends string> = N extends Noun ? Id<(typeof ID_PREFIXES)[N]> : string;

const exampleOf = (noun: string): string =>
  `${(ID_PREFIXES as Readonly<Record<string, string>>)[noun] ?? noun}_0k2m4c7d9example0001`;

/** An id in the path or query. Opaque text; what does not look like an id is an unknown id. */
export const idParam = <N extends string>(noun: N) =>
  z
    .string()
    .regex(ID_PATTERN)
    .transform((text) => text as IdOf<N>)
    .openapi({ example: exampleOf(noun) as IdOf<N>, 'x-id-of': noun });

/** An id in a body: text or number (old clients send numbers), compared as text. */
export const idField = <N extends string>(noun: N) =>
  z
    .union([z.string().regex(ID_PATTERN), z.int().nonnegative()])
    .transform((value) => String(value) as IdOf<N>)
    .openapi({ example: exampleOf(noun) as IdOf<N>, 'x-id-of': noun });

/** An id in an answer. */
export const idShown = (noun: string) => z.string().openapi({ example: exampleOf(noun), 'x-id-of': noun });

/** One line: names of things, labels, parts of an address. Line ends, tabs and hidden characters are refused, spaces around it cut. */
export const lineText = (max: number) => z.string().refine(isPlainLine, says('line')).trim().max(max);

/** Part of a person's or customer's name (shared/visible-text.ts). Empty passes: whether it must be there is the field's own `min`. */
export const personName = (max: number) =>
  z
    .string()
    .refine((text) => text.trim() === '' || isPersonName(text), says('personName'))
    .trim()
    .max(max);

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
    .openapi({ format: 'date-time', example: '2026-11-24T09:00:00Z' });

/** An instant in an answer: write it with `toIso`. */
export const instantShown = () => z.string().openapi({ format: 'date-time', example: '2026-11-24T09:00:00.000Z' });

const wall = (is: (text: string) => boolean, format: 'date' | 'time', example: string) =>
  z
    .string()
    .max(10)
    .refine(is, { error: format === 'date' ? 'YYYY-MM-DD' : 'HH:MM' })
    .openapi({ format, example });

/** `YYYY-MM-DD`, a real day of the branch's calendar. */
export const wallDate = () => wall(isWallDate, 'date', '2026-11-24');
/** `HH:MM` on the branch's clock. */
export const wallTime = () => wall(isWallTime, 'time', '09:00');

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
      .openapi({ description: '`meta.next_cursor` of the page before' }),
    limit: z.coerce.number().int().min(1).max(MAX_PAGE_SIZE).default(PAGE_SIZE),
  });

const listMeta = z.object({ next_cursor: z.string().nullable(), has_more: z.boolean() });

/** `{success, data: [row], meta, stale?}` */
export const listOf = <T extends z.ZodType>(row: T) =>
  z.object({ success: z.literal(true), data: z.array(row), meta: listMeta, stale: z.boolean().optional() });

/** `{success, data, stale?}` */
export const itemOf = <T extends z.ZodType>(data: T) =>
  z.object({ success: z.literal(true), data, stale: z.boolean().optional() });

/** `{success: true}` */
export const doneBody = z.object({ success: z.literal(true) });

/** A JSON body of a request. */
export const jsonBody = <T extends z.ZodType>(schema: T) =>
  ({ required: true, content: { 'application/json': { schema } } }) as const;

/** A JSON answer. */
export const jsonAnswer = <T extends z.ZodType>(schema: T, description: string) =>
  ({ description, content: { 'application/json': { schema } } }) as const;

const problemSchema = z
  .object({
    success: z.literal(false),
    error: z.object({
      code: z.string().openapi({ example: 'VALIDATION_ERROR' }),
      message: z.string(),
      details: z.record(z.string(), z.unknown()).optional(),
      errors: z.record(z.string(), z.array(z.string())).optional(),
      retry_after: z.number().optional(),
      request_id: z.string(),
    }),
  })
  .openapi('Problem');

interface ProblemAnswer {
  description: string;
  content: { 'application/json': { schema: typeof problemSchema } };
}

/** The declared refusals of a route, by code; several codes of one status share an answer. */
export function errorResponses<C extends RefusalCode>(
  ...codes: C[]
): { [K in C as (typeof STATUS)[K]]: ProblemAnswer } {
  const responses: Record<number, ProblemAnswer> = {};
  for (const code of codes) {
    const status = STATUS[code];
    const known = responses[status];
    responses[status] = {
      description: known ? `${known.description} · ${code}` : code,
      content: { 'application/json': { schema: problemSchema } },
    };
  }
  return responses as { [K in C as (typeof STATUS)[K]]: ProblemAnswer };
}

/** Refusals that every authenticated route shares. */
export const guardErrors = () =>
  errorResponses('UNAUTHENTICATED', 'PERMISSION_DENIED', 'RATE_LIMITED', 'VALIDATION_ERROR', 'NOT_FOUND');

/** Spread into `createRoute`: the permission is checked, documented and known to the contract test. */
export const guarded = (permission: Permission) => ({
  middleware: requirePermission(permission),
  security: [{ session: [] as string[] }, { apiKey: [] as string[] }],
  'x-permission': permission,
});

/** Spread into `createRoute` of a route anybody may call (health, sign-in): says so in the document and to the contract test. */
export const publicRoute = { security: [] as { [name: string]: string[] }[], 'x-public': true } as const;

/** Spread into `createRoute` of a route that judges itself who may read (a monitor's token or a session); its handler holds no scope. */
export const selfGuarded = { 'x-self-guarded': true } as const;

/** Spread into `createRoute` of a webhook or function: unsigned requests get 401 before anything else happens. */
export const signedRoute = (vendor: string) => ({
  security: [{ [`${vendor}Signature`]: [] }] as { [name: string]: string[] }[],
  'x-signed': vendor,
});
