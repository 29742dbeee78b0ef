/** The working hours of one owner, read whole and again after live changes. Called by the week's card and page. */
import { useDataProvider } from 'ra-core';
import { useCallback, useEffect, useState } from 'react';
import type { HoursView } from '../../../shared/contract/hours.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { useLiveEvents } from '../admin-context.tsx';
import { faultOfError } from '../data-provider.ts';
import { readAll } from '../kit/references.tsx';

export interface ReadRows {
  /** null while they load */
  rows: readonly HoursView[] | null;
  fault: ApiFault | null;
  reload: () => Promise<readonly HoursView[] | null>;
}

/** @param member whose: the list's filter; both null: everybody's */
export function useHours(member: string | null, id: string | null): ReadRows {
  const provider = useDataProvider();
  const [state, setState] = useState<{ rows: readonly HoursView[] | null; fault: ApiFault | null }>({
    rows: null,
    fault: null,
  });
  const reload = useCallback(async (): Promise<readonly HoursView[] | null> => {
    try {
      const filter = member !== null && id !== null ? { [member]: id } : {};
      const rows = await readAll<HoursView>(provider, 'working-hours', filter);
      setState({ rows, fault: null });
      return rows;
    } catch (error) {
      const fault = faultOfError(error);
      if (fault === null) throw error;
      setState((before) => ({ ...before, fault }));
      return null;
    }
  }, [provider, member, id]);
  useEffect(() => {
    void reload();
  }, [reload]);
  useLiveEvents((change) => {
    if (change.about === 'everything' || (change.about === 'calendar' && change.days === null)) void reload();
  });
  return { ...state, reload };
}
