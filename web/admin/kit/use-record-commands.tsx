/** Create, change, delete with undo and restore of one resource, each with its message. Called by the kit's pages. */
import { notifications } from '@mantine/notifications';
import { useDataProvider, useRefresh } from 'ra-core';
import { useCallback, useMemo, useRef } from 'react';
import type { ApiFault } from '../../ui/api-client.ts';
import { faultText } from '../../ui/fault-text.ts';
import { useWords } from '../admin-context.tsx';
import { faultOfError, type PanelDataProvider } from '../data-provider.ts';
import { showUndo } from '../undo-notice.tsx';
import type { KitRow, View } from './view.ts';

/** Time to press Undo; the list of deleted records offers it afterwards too. */
const UNDO_MS = 8_000;

export type Saved<R> = { ok: true; row: R } | { ok: false; fault: ApiFault };

export interface RecordCommands<R> {
  /** `key`: one per filled-in form */
  create: (body: object, key: string) => Promise<Saved<R>>;
  /** `before` is the row the changes were made over: its version guards them */
  update: (before: R, body: object) => Promise<Saved<R>>;
  /** Deletes at once and offers Undo; a refusal is said. `leave` is called before anything is read again: its page has nothing to show. */
  remove: (row: R, leave?: () => void) => Promise<void>;
  restore: (row: R) => Promise<void>;
}

export function useRecordCommands<R extends KitRow>(view: View<R>): RecordCommands<R> {
  const provider = useDataProvider<PanelDataProvider>();
  const refresh = useRefresh();
  const words = useWords();
  const latest = useRef(words);
  latest.current = words;

  const attempt = useCallback(
    async (work: () => Promise<{ data: unknown }>, leave?: () => void): Promise<Saved<R>> => {
      try {
        const { data } = await work();
        leave?.();
        refresh();
        return { ok: true, row: data as R };
      } catch (error) {
        const fault = faultOfError(error);
        if (fault === null) throw error;
        return { ok: false, fault };
      }
    },
    [refresh],
  );
  const sayRefused = useCallback((fault: ApiFault): void => {
    const { t, catalogue } = latest.current;
    notifications.show({
      color: 'red',
      title: t('error.title'),
      message: faultText(catalogue, fault),
      autoClose: 10_000,
    });
  }, []);

  const restore = useCallback(
    async (row: R): Promise<void> => {
      const outcome = await attempt(() => provider.restore(view.resource, row.id));
      if (!outcome.ok) return sayRefused(outcome.fault);
      notifications.show({ message: latest.current.t(view.texts.restored, { name: view.name(row, latest.current) }) });
    },
    [attempt, provider, sayRefused, view],
  );

  return useMemo(
    () => ({
      create: async (body, key) => {
        const outcome = await attempt(() => provider.create(view.resource, { data: body, meta: { key } }));
        if (outcome.ok) {
          const { t } = latest.current;
          notifications.show({ message: t(view.texts.created, { name: view.name(outcome.row, latest.current) }) });
        }
        return outcome;
      },
      update: async (before, body) => {
        const outcome = await attempt(() =>
          provider.update(view.resource, { id: before.id, data: body, previousData: before }),
        );
        if (outcome.ok) {
          const { t } = latest.current;
          notifications.show({ message: t(view.texts.saved, { name: view.name(outcome.row, latest.current) }) });
        }
        return outcome;
      },
      remove: async (row, leave) => {
        const outcome = await attempt(() => provider.delete(view.resource, { id: row.id }), leave);
        if (!outcome.ok) return sayRefused(outcome.fault);
        const { t } = latest.current;
        showUndo({
          message: t(view.texts.deleted, { name: view.name(row, latest.current) }),
          undo: t('action.undo'),
          onUndo: () => void restore(row),
          forMs: UNDO_MS,
        });
      },
      restore,
    }),
    [attempt, provider, restore, sayRefused, view],
  );
}
