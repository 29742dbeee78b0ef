/**
 * The names behind ids: the lists of the nouns a page refers to, read when it opens and kept for a minute, unless something of them was
 * written or changed live. Provided by the resource's pages; asked by displays, filters and pickers.
 */
import { type DataProvider, useDataProvider } from 'ra-core';
import { createContext, type ReactNode, useCallback, useContext, useEffect, useMemo, useRef, useState } from 'react';
import type { ApiClient } from '../../ui/api-client.ts';
import { useAdmin, useLiveEvents, useWords } from '../admin-context.tsx';
import type { KitRow, Names, Reference } from './view.ts';

/** Rows of one request, and requests of one list: a picker of more than a thousand names would help nobody. */
const PAGE_ROWS = 100;
const MAX_PAGES = 10;

/** Every row of a list, up to a thousand. Rejects as the provider does. */
export async function readAll<R extends KitRow>(
  provider: DataProvider,
  resource: string,
  filter: Readonly<Record<string, string>> = {},
): Promise<R[]> {
  const rows: R[] = [];
  for (let page = 1; page <= MAX_PAGES; page++) {
    const { data, pageInfo } = await provider.getList<R>(resource, {
      filter,
      pagination: { page, perPage: PAGE_ROWS },
    });
    rows.push(...data);
    if (!pageInfo?.hasNextPage) break;
  }
  return rows;
}

/** Names are read again after this time: whoever goes from page to page would else spend their requests of a minute on them. */
const FRESH_MS = 60_000;

interface Kept {
  at: number;
  rows: Promise<readonly KitRow[]>;
}
/** Lists by session and resource. */
const kept = new WeakMap<ApiClient, Map<string, Kept>>();

/** What is shown next reads the names of a noun anew. Called after writes. */
export const forgetNames = (api: ApiClient, resource: string): void => void kept.get(api)?.delete(resource);

function namesOf(api: ApiClient, provider: DataProvider, { resource, filter }: Reference): Promise<readonly KitRow[]> {
  const lists = kept.get(api) ?? new Map<string, Kept>();
  kept.set(api, lists);
  const known = lists.get(resource);
  if (known && Date.now() - known.at < FRESH_MS) return known.rows;
  const rows = readAll<KitRow>(provider, resource, filter);
  lists.set(resource, { at: Date.now(), rows });
  rows.catch(() => lists.delete(resource));
  return rows;
}

type Lists = Readonly<Record<string, readonly KitRow[]>>;

const ReferencesContext = createContext<Lists>({});

export function References({ of, children }: { of: readonly Reference[]; children: ReactNode }) {
  const provider = useDataProvider();
  const { api, me } = useAdmin();
  const [lists, setLists] = useState<Lists>({});
  const latest = useRef({ of, permissions: me.permissions });
  latest.current = { of, permissions: me.permissions };
  const load = useCallback(async (): Promise<void> => {
    const { of: wanted, permissions } = latest.current;
    const readable = wanted.filter(({ permission }) => permissions.includes(permission));
    const found = await Promise.all(
      readable.map(async (one) => {
        const rows = await namesOf(api, provider, one);
        return [one.resource, rows] as const;
      }),
    );
    setLists(Object.fromEntries(found));
  }, [api, provider]);
  useEffect(() => {
    // Without its names a page is still of use; what it is about has a message of its own.
    load().catch(() => undefined);
  }, [load]);
  useLiveEvents((change) => {
    if (change.about !== 'everything' && (change.about !== 'calendar' || change.days !== null)) return;
    kept.delete(api);
    load().catch(() => undefined);
  });
  return <ReferencesContext value={lists}>{children}</ReferencesContext>;
}

/** Says an id as its name. */
export function useNames(): Names {
  const lists = useContext(ReferencesContext);
  const words = useWords();
  return useMemo(() => {
    const names: Names = (to, id) => {
      const row = lists[to.resource]?.find((one) => one.id === id);
      return row === undefined ? null : to.name(row, words, names);
    };
    return names;
  }, [lists, words]);
}

/** The rows of a noun that the page refers to; null while they load, and for who may not read them. */
export const useReferenced = (to: Reference): readonly KitRow[] | null =>
  useContext(ReferencesContext)[to.resource] ?? null;
const NONE: readonly KitRow[] = [];

export interface Choice {
  value: string;
  label: string;
}

/** What a picker offers, by name; what is no longer in use only where it is chosen already. */
export function useChoices(to: Reference, chosen: readonly string[] = []): readonly Choice[] {
  const rows = useReferenced(to) ?? NONE;
  const words = useWords();
  const names = useNames();
  return useMemo(
    () =>
      rows
        .filter((row) => (row as { active?: boolean }).active !== false || chosen.includes(row.id))
        .map((row) => ({ value: row.id, label: to.name(row, words, names) }))
        .sort((one, other) => one.label.localeCompare(other.label, words.language)),
    [rows, chosen, to, words, names],
  );
}
