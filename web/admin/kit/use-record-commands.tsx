/**
 * Create, change, delete with undo and restore of one resource, each with its message. What would strand appointments is asked about:
 * by forms themselves, for deleting and restoring by `dialog`. Called by the kit's pages.
 */
import { notifications } from '@mantine/notifications';
import { useDataProvider, useRefresh } from 'ra-core';
import { type ReactNode, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import type { Stranding } from '../../../shared/errors.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { faultText } from '../../ui/fault-text.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { type Agreement, faultOfError, type PanelDataProvider } from '../data-provider.ts';
import { reasonText } from '../page-parts.tsx';
import { showUndo } from '../undo-notice.tsx';
import { forgetNames, useNames } from './references.tsx';
import { StrandedDialog } from './stranded-dialog.tsx';
import { strandingOf } from './stranded.tsx';
import type { KitRow, View } from './view.ts';

/** Time to press Undo; the list of deleted records offers it afterwards too. */
const UNDO_MS = 8_000;

export type Saved<R> = { ok: true; row: R } | { ok: false; fault: ApiFault };

export interface RecordCommands<R> {
  /** `key`: one per filled-in form */
  create: (body: object, key: string, agreement?: Agreement) => Promise<Saved<R>>;
  /** `before` is the row the changes were made over: its version guards them */
  update: (before: R, body: object, agreement?: Agreement) => Promise<Saved<R>>;
  /** Deletes at once and offers Undo; a refusal is said. `leave` is called before anything is read again: its page has nothing to show. */
  remove: (row: R, leave?: () => void) => Promise<void>;
  restore: (row: R) => Promise<void>;
  /** the question whether appointments may lose their place; the page draws it */
  dialog: ReactNode;
}

/** A deletion or restoration that waits for an answer. */
interface Asked {
  stranding: Stranding;
  confirm: string;
  again: (agreement: Agreement) => Promise<void>;
}

export function useRecordCommands<R extends KitRow>(view: View<R>): RecordCommands<R> {
  const provider = useDataProvider<PanelDataProvider>();
  const refresh = useRefresh();
  const { api } = useAdmin();
  const words = useWords();
  const names = useNames();
  const [asked, setAsked] = useState<Asked | null>(null);
  /** Undo outlives the page it was offered on: then a refusal is only said. */
  const isShown = useRef(true);
  useEffect(() => {
    isShown.current = true;
    return () => {
      isShown.current = false;
    };
  }, []);
  const latest = useRef({ words, names });
  latest.current = { words, names };
  const nameOf = useCallback((row: R) => view.name(row, latest.current.words, latest.current.names), [view]);

  const attempt = useCallback(
    async (work: () => Promise<{ data: unknown }>, leave?: () => void): Promise<Saved<R>> => {
      try {
        const { data } = await work();
        forgetNames(api, view.resource);
        leave?.();
        refresh();
        return { ok: true, row: data as R };
      } catch (error) {
        const fault = faultOfError(error);
        if (fault === null) throw error;
        return { ok: false, fault };
      }
    },
    [api, refresh, view],
  );
  const { reasons } = view.texts;
  const sayRefused = useCallback(
    (fault: ApiFault): void => {
      const { t, catalogue } = latest.current.words;
      notifications.show({
        color: 'red',
        title: t('error.title'),
        message: reasonText(catalogue, fault, reasons) ?? faultText(catalogue, fault),
        autoClose: 10_000,
      });
    },
    [reasons],
  );

  const restore = useCallback(
    async (row: R, agreement?: Agreement): Promise<void> => {
      const outcome = await attempt(() => provider.restore(view.resource, row.id, agreement));
      const stranding = outcome.ok ? null : strandingOf(outcome.fault);
      if (stranding && isShown.current) {
        return setAsked({
          stranding,
          confirm: latest.current.words.t('strand.restore'),
          again: (given) => restore(row, given),
        });
      }
      if (!outcome.ok) return sayRefused(outcome.fault);
      notifications.show({ message: latest.current.words.t(view.texts.restored, { name: nameOf(row) }) });
    },
    [attempt, provider, sayRefused, nameOf, view],
  );
  const remove = useCallback(
    async (row: R, leave?: () => void, agreement?: Agreement): Promise<void> => {
      const { t } = latest.current.words;
      // Said before it is gone: its names may leave the page together with it.
      const name = nameOf(row);
      const outcome = await attempt(() => provider.delete(view.resource, { id: row.id, meta: agreement }), leave);
      const stranding = outcome.ok ? null : strandingOf(outcome.fault);
      if (stranding)
        return setAsked({ stranding, confirm: t('strand.delete'), again: (given) => remove(row, leave, given) });
      if (!outcome.ok) return sayRefused(outcome.fault);
      showUndo({
        message: t(view.texts.deleted, { name }),
        undo: t('action.undo'),
        onUndo: () => void restore(row),
        forMs: UNDO_MS,
      });
    },
    [attempt, provider, restore, sayRefused, nameOf, view],
  );

  const dialog = (
    <StrandedDialog
      props={
        asked && {
          stranding: asked.stranding,
          confirm: asked.confirm,
          // It closes with the click.
          isBusy: false,
          onBack: () => setAsked(null),
          onConfirm: () => {
            setAsked(null);
            void asked.again({ confirmToken: asked.stranding.confirm_token });
          },
        }
      }
    />
  );
  const commands = useMemo(
    () => ({
      create: async (body: object, key: string, agreement?: Agreement) => {
        const outcome = await attempt(() =>
          provider.create(view.resource, { data: body, meta: { key, ...agreement } }),
        );
        if (outcome.ok) {
          notifications.show({ message: latest.current.words.t(view.texts.created, { name: nameOf(outcome.row) }) });
        }
        return outcome;
      },
      update: async (before: R, body: object, agreement?: Agreement) => {
        const outcome = await attempt(() =>
          provider.update(view.resource, { id: before.id, data: body, previousData: before, meta: agreement }),
        );
        if (outcome.ok) {
          notifications.show({ message: latest.current.words.t(view.texts.saved, { name: nameOf(outcome.row) }) });
        }
        return outcome;
      },
      remove: (row: R, leave?: () => void) => remove(row, leave),
      restore: (row: R) => restore(row),
    }),
    [attempt, provider, remove, restore, nameOf, view],
  );
  return { ...commands, dialog };
}
