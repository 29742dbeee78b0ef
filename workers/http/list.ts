/** How every list route pages: where the asked page starts, and what is shown of the rows that were read. Called by routes and queries. */
import { err, ok, type Result } from '../../shared/result.ts';
import { type CursorPart, decodeCursor, encodeCursor } from './cursor.ts';

type PartKind = 'number' | 'string';
type PartOf<K extends PartKind> = K extends 'number' ? number : string;
type Position<K extends readonly PartKind[]> = { -readonly [I in keyof K]: PartOf<K[I]> };

export interface ListMeta {
  next_cursor: string | null;
  has_more: boolean;
}

/** A page of a list, as queries answer it. */
export interface Page<View> {
  shown: View[];
  meta: ListMeta;
}

/** `meta` of a list that is shown whole. */
export const WHOLE_LIST: ListMeta = { next_cursor: null, has_more: false };

/**
 * The sort values after which the asked page starts, null for the first page.
 * @param kinds types of the list's sort values, in its order. Refuses (422 on `cursor`) what this list never handed out
 */
export function cursorOf<const K extends readonly PartKind[]>(
  cursor: string | undefined,
  kinds: K,
): Result<Position<K> | null> {
  if (cursor === undefined) return ok(null);
  const parts = decodeCursor(cursor, kinds.length);
  if (!parts?.every((part, i) => typeof part === kinds[i])) {
    return err({ code: 'VALIDATION_ERROR', errors: { cursor: ['unknown cursor'] } });
  }
  return ok(parts as unknown as Position<K>);
}

/**
 * What a page shows of `rows`, which were read with `limit + 1`: the row too many only says that there is more.
 * @param positionOf the sort values of a row, as `cursorOf` reads them back
 */
export function pageOf<Row>(
  rows: readonly Row[],
  limit: number,
  positionOf: (row: Row) => readonly CursorPart[],
): Page<Row> {
  const shown = rows.slice(0, limit);
  const last = rows.length > limit ? shown.at(-1) : undefined;
  return { shown, meta: metaOf(last === undefined ? null : positionOf(last)) };
}

/** `meta` of a page behind which the list goes on after these sort values; null: it ends here. */
export const metaOf = (next: readonly CursorPart[] | null): ListMeta =>
  next === null ? WHOLE_LIST : { next_cursor: encodeCursor(next), has_more: true };

/** A page of rows in the order of their ids. @param read so many rows behind an id */
export async function readPageById<Row extends { id: string }>(
  { cursor, limit }: { cursor?: string | undefined; limit: number },
  read: (after: string | null, limit: number) => Promise<Row[]>,
): Promise<Result<Page<Row>>> {
  const after = cursorOf(cursor, ['string']);
  if (!after.ok) return after;
  return ok(pageOf(await read(after.value?.[0] ?? null, limit + 1), limit, (row) => [row.id]));
}
