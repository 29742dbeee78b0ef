/** How a list looks to its reader: columns left out and rows at a time, kept with the account (`/api/v1/me/preferences`). Called by the index page. */
import { useCallback, useMemo, useState } from 'react';
import type { ListPreference, SavedView } from '../../../shared/contract/preferences.ts';
import { BoundedMap } from '../../../shared/bounded-map.ts';
import { useAdmin } from '../admin-context.tsx';
import type { Column, KitRow, View } from './view.ts';

/** What was chosen since the page was loaded: what came along with it is older. */
const chosen = new BoundedMap<string, ListPreference>(100);

/** A column's name in what is kept: its label's key, in the signs that names have there. */
export const columnName = ({ label }: { label: string }): string => label.replaceAll('.', '_');

export interface ListLook<R> {
  columns: readonly Column<R>[];
  hidden: readonly string[];
  pageSize: number;
  /** under names of one's own */
  views: readonly SavedView[];
  change: (part: ListPreference) => void;
}

/** @param usual rows at a time where nothing was chosen */
export function useListLook<R extends KitRow>(view: View<R>, usual: number): ListLook<R> {
  const { api, me } = useAdmin();
  const name = view.resource;
  const [look, setLook] = useState<ListPreference>(() => chosen.get(name) ?? me.preferences?.lists?.[name] ?? {});
  const change = useCallback(
    (part: ListPreference) => {
      const next = { ...(chosen.get(name) ?? me.preferences?.lists?.[name]), ...part };
      chosen.set(name, next);
      setLook(next);
      // The support leaves nothing of its own; what can't be kept now holds until the page is loaded again.
      if (me.support === undefined) void api.patch('/api/v1/me/preferences', { lists: { [name]: next } });
    },
    [api, me, name],
  );
  return useMemo(() => {
    const hidden = look.hidden ?? [];
    return {
      columns: view.columns.filter((column) => !hidden.includes(columnName(column))),
      hidden,
      pageSize: look.page_size ?? usual,
      views: look.views ?? [],
      change,
    };
  }, [view, look, usual, change]);
}
