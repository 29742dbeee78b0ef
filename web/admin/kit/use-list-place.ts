/** What the address of an index page says: tab, search, filters, order. A reload or a shared link shows the same list. */
import { useCallback, useMemo } from 'react';
import type { Query } from '../../ui/api-client.ts';
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
  /** parameters of the list's question */
  question: Query;
  /** Writes parts of the address; null takes one out. */
  change: (parts: Readonly<Record<string, string | null>>) => void;
  reset: () => void;
}

const TAB = 'list';
const SEARCH = 'q';
const ORDER = 'sort';

export function useListPlace<R extends KitRow>(view: View<R>): ListPlace {
  const { query, change } = useAddress();
  const reset = useCallback(
    () => change({ [SEARCH]: null, ...Object.fromEntries(view.filters.map((filter) => [filter.name, null])) }),
    [change, view],
  );
  return useMemo(() => {
    const tab = view.tabs.find((one) => one.name === query.get(TAB)) ?? view.tabs[0];
    const search = query.get(SEARCH) ?? '';
    const filters: Record<string, string> = {};
    for (const filter of view.filters) {
      const value = query.get(filter.name);
      if (value !== null && ('to' in filter || filter.options.some((option) => option.value === value)))
        filters[filter.name] = value;
    }
    const own = view.filters.find((filter) => filter.order !== undefined && filters[filter.name])?.order ?? view.order;
    const asked = query.get(ORDER) ?? own;
    const sorts = [view.first.sort, ...view.columns.map((column) => column.sort), view.order.replace(/^-/, '')];
    const order = sorts.includes(asked.replace(/^-/, '')) ? asked : own;
    return {
      tab: tab?.name ?? '',
      search,
      filters,
      order,
      isNarrowed: search.trim() !== '' || Object.keys(filters).length > 0,
      question: {
        ...filters,
        ...tab?.filter,
        ...(search.trim() !== '' && { [SEARCH]: search.trim() }),
        sort: order,
      },
      change,
      reset,
    };
  }, [query, view, change, reset]);
}

/** Names of the address's parts, for those who write one. */
export const PARTS = { tab: TAB, search: SEARCH, order: ORDER } as const;
