/** What every resource's list is asked and answers. Read by the contract files of resources and by resources/. */
import { z } from 'zod';
import { listMeta, page } from './parts.ts';

/**
 * Query of a resource's list: page, order and whether the deleted rows are meant. Extend it with the filters, each of them a text.
 * @param sorts the first one, descending, is the order when none is asked for
 */
export const resourceQuery = <const S extends readonly [string, ...string[]]>(sorts: S) => {
  const choices = sorts.flatMap((sort) => [sort, `-${sort}`]) as unknown as [
    S[number],
    ...(S[number] | `-${S[number]}`)[],
  ];
  return page().extend({
    sort: z
      .enum(choices as [string, ...string[]])
      .default(`-${sorts[0]}`)
      .meta({ description: '`-`: descending' }),
    deleted: z
      .enum(['true', 'false'])
      .optional()
      .meta({ description: '`true`: what was deleted and can be restored, instead of what is there' }),
  });
};

/** `truncated`: a bound was reached, there may be more than the list says. */
export const resourceMeta = listMeta.extend({ truncated: z.boolean().optional() });
export type ResourceMeta = z.infer<typeof resourceMeta>;

/** `{success, data: [row], meta, stale?}` */
export const resourceListOf = <T extends z.ZodType>(row: T) =>
  z.object({ success: z.literal(true), data: z.array(row), meta: resourceMeta, stale: z.boolean().optional() });

/** What an export can be asked for as. */
export const EXPORT_FORMATS = ['csv'] as const;
