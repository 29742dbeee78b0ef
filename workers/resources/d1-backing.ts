/** Items that are rows of D1: lists by the indexes of their table, look-ups by candidates, changes by the module's commands. */
import type { SQL } from 'drizzle-orm';
import type { DomainError } from '../../shared/errors.ts';
import { type Err, err, ok, type Result } from '../../shared/result.ts';
import { encodeCursor } from '../http/cursor.ts';
import { cursorOf, WHOLE_LIST } from '../http/list.ts';
import {
  allOf,
  boundOf,
  foundByIds,
  type FoundRow,
  type ItemRow,
  itemById,
  itemsByIds,
  type ListedRow,
  type ListedTable,
  type ListSource,
  readPage,
  type ResourceTable,
  rowById,
  type ShownRow,
  stateOf,
} from '../storage/resource-list.ts';
import { conditionsOf } from '../storage/resource-rows.ts';
import type { TenantScope } from '../tenancy/scope.ts';
import type { Asked, Backing, Candidates, ListQuery, VersionedView, ViewPage } from './backing.ts';
import type { ChangeInput } from './items.ts';

/** What a list needs. */
interface Listed<T extends ListedTable, View> {
  source: ListSource<T>;
  /** members of the query that are look-ups in tables of their own, by name */
  lookups?: Readonly<Record<string, (scope: TenantScope, text: string) => Promise<Candidates<FoundRow<T>>>>>;
  /** which rows exist for this actor at all; undefined: all of the tenant's. Judged over a bounded stretch, as filters without an index */
  only?: (scope: TenantScope) => Promise<SQL | undefined>;
  /** rows as they are answered, in their order */
  views: (scope: TenantScope, rows: readonly ShownRow<ListedRow<T>>[], asked: Asked) => Promise<View[]>;
}

interface D1Declaration<T extends ResourceTable, View, Create, Change> extends Listed<T, View> {
  noun: string;
  commands: {
    create: (scope: TenantScope, input: Create) => Promise<Result<ItemRow<T>>>;
    update: (scope: TenantScope, input: ChangeInput & { input: Change }) => Promise<Result<ItemRow<T>>>;
    remove: (scope: TenantScope, input: ChangeInput) => Promise<Result<ItemRow<T>>>;
    restore: (scope: TenantScope, input: ChangeInput) => Promise<Result<ItemRow<T>>>;
  };
}

/** A noun that is only read: rows that something else writes, without a version for clients. */
export interface D1Reading<T extends ListedTable, View, Detail> extends Listed<T, View> {
  noun: string;
  /** one row with what the list does not show; left out: as in the list */
  detail?: (scope: TenantScope, row: ListedRow<T>, asked: Asked) => Promise<Detail>;
}

/** The backing of rows that are listed and shown, for `defineResource`. */
export const d1Reading = <T extends ListedTable, View, Detail = View>(
  declared: D1Reading<T, View, Detail>,
): Required<Pick<Backing<View, never, never, Detail>, 'kind' | 'page' | 'one'>> => ({
  kind: 'd1',
  page: (scope, query, asked) => listPage(scope, declared, query, asked),
  async one(scope, id, asked) {
    const { source, detail } = declared;
    const within = allOf(source.within, stateOf(source.table, false), await declared.only?.(scope));
    const row = await rowById(scope.db, source.table, id, within);
    if (row === null) return err({ code: 'NOT_FOUND', entity: declared.noun });
    if (detail !== undefined) return ok({ view: await detail(scope, row, asked) });
    // Without a detail of its own a noun shows one as in the list: `Detail` is `View`.
    const [view] = (await declared.views(scope, [row], asked)) as unknown as Detail[];
    return view === undefined ? err({ code: 'NOT_FOUND', entity: declared.noun }) : ok({ view });
  },
});

/** The backing of rows with commands, for `defineResource`. */
export function d1Backing<T extends ResourceTable, View, Create, Change>(
  declared: D1Declaration<T, View, Create, Change>,
): Required<Omit<Backing<View, Create, Change>, 'replace'>> {
  const { source, noun, commands } = declared;
  /** The refusal of a row that does not exist for this actor. Null: go on. */
  const beyond = async (scope: TenantScope, id: string): Promise<Err<DomainError> | null> => {
    const only = await declared.only?.(scope);
    if (only === undefined || (await itemById(scope.db, source.table, id, only)) !== null) return null;
    return err({ code: 'NOT_FOUND', entity: noun });
  };
  const shown = async (
    scope: TenantScope,
    asked: Asked,
    result: Result<ItemRow<T>>,
  ): Promise<Result<VersionedView<View>>> => {
    if (!result.ok) return result;
    const [view] = await declared.views(scope, [result.value], asked);
    return view === undefined ? err({ code: 'NOT_FOUND', entity: noun }) : ok({ view, version: result.value.version });
  };
  return {
    kind: 'd1',
    page: (scope, query, asked) => listPage(scope, declared, query, asked),
    async one(scope, id, asked) {
      const row = await itemById(scope.db, source.table, id, await declared.only?.(scope));
      return row?.deletedAt === null ? shown(scope, asked, ok(row)) : err({ code: 'NOT_FOUND', entity: noun });
    },
    create: async (scope, input, asked) => shown(scope, asked, await commands.create(scope, input)),
    change: async (scope, id, input, asked) =>
      (await beyond(scope, id)) ??
      shown(scope, asked, await commands.update(scope, { id, expectedVersion: asked.expectedVersion, input })),
    remove: async (scope, id, asked) =>
      (await beyond(scope, id)) ??
      shown(scope, asked, await commands.remove(scope, { id, expectedVersion: asked.expectedVersion })),
    restore: async (scope, id, asked) =>
      (await beyond(scope, id)) ??
      shown(scope, asked, await commands.restore(scope, { id, expectedVersion: asked.expectedVersion })),
  };
}

const unknownCursor = () => err({ code: 'VALIDATION_ERROR' as const, errors: { cursor: ['unknown cursor'] } });

/** A page of rows as their list's query asks. Called here and by backings whose items are projected to D1. Refusals: VALIDATION_ERROR (`cursor`, `sort`). */
export async function listPage<T extends ListedTable, View>(
  scope: TenantScope,
  declared: Listed<T, View>,
  query: ListQuery,
  asked: Asked,
): Promise<Result<ViewPage<View>>> {
  const { source } = declared;
  const order = query.sort ?? source.order ?? '';
  const descending = order.startsWith('-');
  const name = order.replace(/^-/, '');
  const sort = source.sorts[name];
  if (sort === undefined) return err({ code: 'VALIDATION_ERROR', errors: { sort: ['unknown'] } });
  const texts = (names: object): [string, string][] =>
    Object.keys(names).flatMap((key): [string, string][] => {
      const value = query[key];
      return typeof value === 'string' ? [[key, value]] : [];
    });
  const only = await declared.only?.(scope);
  const conditions = [
    ...texts(source.filters).flatMap(([key, value]) => source.filters[key]?.(value) ?? []),
    ...(only === undefined ? [] : [{ where: only, indexed: false as const }]),
  ];
  const deleted = query.deleted === 'true';
  const lookups = texts(declared.lookups ?? {});
  if (lookups.length > 0) {
    const found = await Promise.all(lookups.flatMap(([key, value]) => declared.lookups?.[key]?.(scope, value) ?? []));
    return lookedUp(scope, declared, query, {
      asked,
      found,
      order,
      where: conditionsOf([{ where: stateOf(source.table, deleted) }, { where: source.within }, ...conditions]),
    });
  }

  // A cursor belongs to its order, and says nothing that is personal: of a text only the row's id.
  const named = query.sort === undefined ? [] : [query.sort];
  const kinds = [...named.map(() => 'string' as const), ...(sort.kind === 'number' ? ['number' as const] : [])];
  const parts = cursorOf(query.cursor, [...kinds, 'string']);
  if (!parts.ok) return parts;
  let after: { value?: number; id: string } | null = null;
  if (parts.value !== null) {
    const position: readonly (string | number)[] = parts.value;
    if (named.length > 0 && position[0] !== query.sort) return unknownCursor();
    const id = String(position.at(-1));
    after = sort.kind === 'number' ? { value: Number(position.at(-2)), id } : { id };
  }
  const read = await readPage(scope.db, source, {
    sort: name,
    descending,
    deleted,
    conditions,
    limit: query.limit,
    bound: boundOf(query.limit),
    after,
  });
  // The row that a text's page begins behind may have been removed for good: then its place is unknown.
  const unsure = after?.value === undefined && sort.by !== source.table.id ? after : null;
  if (unsure !== null && read.rows.length === 0 && read.next === null) {
    if ((await rowById(scope.db, source.table, unsure.id, source.within)) === null) return unknownCursor();
  }
  return ok({
    data: await declared.views(scope, read.rows, asked),
    meta: {
      ...(read.next === null
        ? WHOLE_LIST
        : {
            next_cursor: encodeCursor(
              sort.kind === 'number' ? [...named, read.next.value, read.next.id] : [...named, read.next.id],
            ),
            has_more: true,
          }),
      ...(read.truncated ? { truncated: true } : {}),
    },
  });
}

/** Cursor of a page of candidates. */
const LOOKUP = 'lookup';

/** A page of what look-ups found: few enough to be read whole, so that every order and filter is exact among them. */
async function lookedUp<T extends ListedTable, View>(
  scope: TenantScope,
  declared: Listed<T, View>,
  query: ListQuery,
  wanted: {
    asked: Asked;
    found: readonly Candidates<FoundRow<T>>[];
    order: string;
    where: ReturnType<typeof conditionsOf>;
  },
): Promise<Result<ViewPage<View>>> {
  const { source } = declared;
  const { asked, found, order, where } = wanted;
  const after = cursorOf(query.cursor, ['string', 'number', 'string']);
  if (!after.ok) return after;
  const [first, ...others] = found;
  const ids = (first?.ids ?? []).filter((id) => others.every((other) => other.ids.includes(id)));
  const descending = order.startsWith('-');
  const rows = (await foundByIds(scope.db, source, ids, order.replace(/^-/, ''), where)).filter((row) =>
    found.every(({ fits }) => fits === undefined || fits(row)),
  );
  const exactness = (row: FoundRow<T>): number => found.filter(({ isExact }) => isExact?.(row) === true).length;
  const keyed = rows.map((row) => ({ row, exact: exactness(row) }));
  keyed.sort(
    (a, b) =>
      b.exact - a.exact || (compare(a.row.order, b.row.order) || compare(a.row.id, b.row.id)) * (descending ? -1 : 1),
  );
  let start = 0;
  if (after.value !== null) {
    const [kind, offset, id] = after.value;
    if (kind !== LOOKUP || !Number.isInteger(offset) || offset < 0) return unknownCursor();
    // Behind the row that was shown last; where it has gone, as far as the page before reached.
    const at = keyed.findIndex(({ row }) => row.id === id);
    start = at >= 0 ? at + 1 : offset;
  }
  const page = keyed.slice(start, start + query.limit).map(({ row }) => row.id);
  const last = page.at(-1);
  const whole = await itemsByIds(scope.db, source.table, page, source.within, source.beside);
  const byId = new Map(whole.map((row) => [row.id, row]));
  const shown = page.flatMap((id) => byId.get(id) ?? []);
  const more = last !== undefined && keyed.length > start + query.limit;
  return ok({
    data: await declared.views(scope, shown, asked),
    meta: {
      ...(more ? { next_cursor: encodeCursor([LOOKUP, start + page.length, last]), has_more: true } : WHOLE_LIST),
      ...(found.some((candidates) => candidates.truncated) ? { truncated: true } : {}),
    },
  });
}

const compare = (a: number | string, b: number | string): number => (a < b ? -1 : a > b ? 1 : 0);
