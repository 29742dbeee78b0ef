/** What every resource's list is asked and answers. Read by the contract files of resources and by resources/. */
import { z } from 'zod';
import type { Noun } from '../ids.ts';
import { idField, listMeta, page, problem } from './parts.ts';

/**
 * Query of a resource's list: page, order and whether the deleted rows are meant. Extend it with the filters, each of them a text.
 * @param sorts the first one is the order when none is asked for, descending unless `first` says otherwise
 */
export const resourceQuery = <const S extends readonly [string, ...string[]]>(
  sorts: S,
  first: 'ascending' | 'descending' = 'descending',
) => {
  const choices = sorts.flatMap((sort) => [sort, `-${sort}`]) as unknown as [
    S[number],
    ...(S[number] | `-${S[number]}`)[],
  ];
  return page().extend({
    sort: z
      .enum(choices as [string, ...string[]])
      .default(first === 'ascending' ? sorts[0] : `-${sorts[0]}`)
      .meta({ description: '`-`: descending' }),
    deleted: z
      .enum(['true', 'false'])
      .optional()
      .meta({ description: '`true`: what was deleted and can be restored, instead of what is there' }),
  });
};

/** Orders of a noun that is found by its name; the first one is its own. */
export const NAMED_SORTS = ['name', 'created_at'] as const;

/** `truncated`: a bound was reached, there may be more than the list says. */
export const resourceMeta = listMeta.extend({ truncated: z.boolean().optional() });
export type ResourceMeta = z.infer<typeof resourceMeta>;

/** `{success, data: [row], meta, stale?}` */
export const resourceListOf = <T extends z.ZodType>(row: T) =>
  z.object({ success: z.literal(true), data: z.array(row), meta: resourceMeta, stale: z.boolean().optional() });

/** What an export can be asked for as. */
export const EXPORT_FORMATS = ['csv', 'xlsx'] as const;
/** What stands between the cells of a CSV: programs that count with a decimal comma expect the semicolon. */
export const EXPORT_SEPARATORS = ['comma', 'semicolon'] as const;

const confirmText =
  'with `confirm_token`: also where the future appointments that the refusal listed lose their place; alone it confirms nothing';
const confirmToken = () =>
  z
    .string()
    .regex(/^[\w.-]+$/)
    .max(1_000)
    .optional()
    .meta({ description: '`details.confirm_token` of the 409 WOULD_STRAND that is confirmed' });

/** Members of a request body that may strand appointments. */
export const agreement = () => ({
  confirm: z.boolean().optional().meta({ description: confirmText }),
  confirm_token: confirmToken(),
});

/** The same with the version the client has seen, for who does not send `If-Match`. */
export const confirmation = () => ({ expected_version: z.int().positive().optional(), ...agreement() });

/** The same in a query, for requests without a body. */
export const confirmationQuery = () =>
  z.object({
    expected_version: z.coerce.number().int().positive().optional(),
    confirm: z.enum(['true', 'false']).optional().meta({ description: confirmText }),
    confirm_token: confirmToken(),
  });

/** Items of one bulk request: each is a command of its own, and an invocation has a minute. */
const MAX_BULK = 50;

/** Body of `POST …/bulk`: without `id` an item is created, with it changed, with `remove` deleted. @param change every member optional */
export const bulkRequest = <S extends z.ZodRawShape>(noun: Noun, change: z.ZodObject<S>) =>
  z.object({
    items: z
      .array(change.extend({ id: idField(noun).optional(), remove: z.boolean().optional() }))
      .min(1)
      .max(MAX_BULK),
  });

/** Items that were chosen in a list and are changed by one request; a list's choice of up to 1,000 is several of them. */
export const MAX_CHOSEN = 100;

/** Member of a request that does the same to many: which ones, and as whoever chose them has seen them. */
export const chosenItems = (noun: Noun) =>
  z
    .array(z.object({ id: idField(noun), expected_version: z.int().positive().optional() }))
    .min(1)
    .max(MAX_CHOSEN);

/** Body of `POST …/bulk/delete` and `…/bulk/restore`. */
export const chosenRequest = (noun: Noun) => z.object({ items: chosenItems(noun) });

/** Answer of a bulk request (207): what became of each item, in the order of the request. */
export const bulkResponse = z.object({
  success: z.literal(true),
  results: z.array(
    z.object({
      index: z.int(),
      /** as the same request alone would have been answered */
      status: z.int(),
      item: z.string().nullable().meta({ description: 'id of what was created, changed or deleted' }),
      version: z.int().nullable(),
      error: problem.shape.error.nullable(),
    }),
  ),
});
export type BulkResponse = z.infer<typeof bulkResponse>;
