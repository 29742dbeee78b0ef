/** What the address of an index page says: tab, search, filters, order. A reload or a shared link shows the same list. */
import { useCallback, useMemo } from 'react';
import { addDays, dayStart, isWallDate, toIso } from '../../../shared/time.ts';
import type { Query } from '../../ui/api-client.ts';
import { useAdmin } from '../admin-context.tsx';
import { useAddress } from '../use-address.ts';
import type { KitRow, View } from './view.ts';

export interface ListPlace {
  /** name of the open tab */
  tab: string;
  search: string;
  filters: Readonly<Record<string, string>>;
  order: string;
  /** whether anything but the tab narrows the list */
  isNarrowed: boolean;
  /** the address's parts as they are kept under a name, in one order */
  asked: string;
  /** parameters of the list's question */
  question: Query;
  /** Writes parts of the address; null takes one out. */
  change: (parts: Readonly<Record<string, string | null>>) => void;
  reset: () => void;
  /** Shows what was kept under a name. */
  open: (asked: string) => void;
}

const TAB = 'list';
const SEARCH = 'q';
const ORDER = 'sort';

export function useListPlace<R extends KitRow>(view: View<R>): ListPlace {
  const { query, change } = useAddress();
  const zone = useAdmin().me.tenant.time_zone;
  const reset = useCallback(
    () => change({ [SEARCH]: null, ...Object.fromEntries(view.filters.map((filter) => [filter.name, null])) }),
    [change, view],
  );
  const names = useMemo(() => [TAB, SEARCH, ORDER, ...view.filters.map(({ name }) => name)].sort(), [view]);
  const open = useCallback(
    (asked: string) => {
      const parts = new URLSearchParams(asked);
      change(Object.fromEntries(names.map((name) => [name, parts.get(name)])));
    },
    [change, names],
  );
  return useMemo(() => {
    const tab = view.tabs.find((one) => one.name === query.get(TAB)) ?? view.tabs[0];
    const search = query.get(SEARCH) ?? '';
    const filters: Record<string, string> = {};
    const asked: Record<string, string> = {};
    for (const filter of view.filters) {
      const value = query.get(filter.name);
      if (value === null || value === '') continue;
      if ('options' in filter && !filter.options.some((option) => option.value === value)) continue;
      if (('day' in filter || 'date' in filter) && !isWallDate(value)) continue;
      filters[filter.name] = value;
      asked[filter.name] = 'day' in filter ? instantOf(value, filter.day, zone) : value;
    }
    const own = view.filters.find((filter) => filter.order !== undefined && filters[filter.name])?.order ?? view.order;
    const wanted = query.get(ORDER) ?? own;
    const sorts = [view.first.sort, ...view.columns.map((column) => column.sort), view.order.replace(/^-/, '')];
    const order = sorts.includes(wanted.replace(/^-/, '')) ? wanted : own;
    return {
      tab: tab?.name ?? '',
      search,
      filters,
      order,
      isNarrowed: search.trim() !== '' || Object.keys(filters).length > 0,
      question: {
        ...asked,
        ...tab?.filter,
        ...(search.trim() !== '' && { [SEARCH]: search.trim() }),
        sort: order,
      },
      asked: new URLSearchParams(
        names.flatMap((name) => {
          const value = query.get(name);
          return value === null || value === '' ? [] : [[name, value]];
        }),
      ).toString(),
      change,
      reset,
      open,
    };
  }, [query, view, change, reset, open, names, zone]);
}

/** A day of the account's clock as an instant: its beginning, or its end, which is the next one's. */
const instantOf = (day: string, edge: 'from' | 'until', zone: string): string =>
  toIso(dayStart(edge === 'from' ? day : addDays(day, 1), zone));

/** Names of the address's parts, for those who write one. */
export const PARTS = { tab: TAB, search: SEARCH, order: ORDER } as const;
