/** What a person may do with chosen rows of a list. Called by the index page. */
import { useMemo } from 'react';
import { useAdmin } from '../admin-context.tsx';
import type { BulkAction, KitRow, View } from './view.ts';

/** @param isOfDeleted the list of the deleted is shown */
export function useBulkActions<R extends KitRow>(view: View<R>, isOfDeleted: boolean): readonly BulkAction[] {
  const { me } = useAdmin();
  return useMemo(
    () =>
      (view.bulk ?? []).filter(
        (action) => (action.isOfDeleted === true) === isOfDeleted && me.permissions.includes(action.permission),
      ),
    [view, isOfDeleted, me],
  );
}
