/**
 * What may be done with the chosen rows: stands at the lower edge of the list and replaces nothing. Asks first where there is no way back,
 * says what was refused and why, and offers the way back where there is one. Loaded by the index page with the first chosen row.
 */
import { Alert, Button, CloseButton, Group, Paper, Progress, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRefresh } from 'ra-core';
import { Suspense, useState } from 'react';
import type { BulkResponse } from '../../../shared/contract/resource-list.ts';
import type { Query } from '../../ui/api-client.ts';
import { faultText } from '../../ui/fault-text.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { showUndo } from '../undo-notice.tsx';
import { byReason, changeMany, type RefusedRow } from './bulk.ts';
import { forgetNames, useNames } from './references.tsx';
import { MAX_CHOSEN_ROWS, type RowChoice } from './use-choice.ts';
import type { BulkAction, KitRow, View } from './view.ts';

const UNDO_MS = 8_000;
/** Rows of one question when all that match are chosen. */
const A_PAGE = 100;
/** Names of refused rows beside a reason; the others are counted. */
const NAMED = 3;

export interface BulkBarProps<R extends KitRow> {
  view: View<R>;
  actions: readonly BulkAction[];
  choice: RowChoice<R>;
  /** the list's: all that match it can be chosen */
  question: Query;
  /** there are more than those that are loaded */
  hasMore: boolean;
  /** nothing is to be chosen any more */
  onEnd: () => void;
}

export default function BulkBar<R extends KitRow>({
  view,
  actions,
  choice,
  question,
  hasMore,
  onEnd,
}: BulkBarProps<R>) {
  const words = useWords();
  const { t, catalogue } = words;
  const { api } = useAdmin();
  const names = useNames();
  const refresh = useRefresh();
  const [asked, setAsked] = useState<BulkAction | null>(null);
  const [busy, setBusy] = useState<{ through: number; of: number } | null>(null);
  const [refused, setRefused] = useState<readonly RefusedRow<R>[]>([]);
  const rows = [...choice.chosen.values()];
  const pathOf = (path: string): string => `/api/v1/${view.resource}/${path}`;
  const post = (path: string, body: object, key: string) => api.post<BulkResponse>(path, body, key);
  const sayDone = (action: BulkAction, count: number): string => t(action.done, { count });

  const run = async (action: BulkAction, body: object = {}): Promise<void> => {
    setAsked(null);
    setRefused([]);
    setBusy({ through: 0, of: rows.length });
    const outcome = await changeMany(rows, {
      post,
      path: pathOf(action.path),
      body,
      newKey,
      onProgress: (through) => setBusy({ through, of: rows.length }),
    });
    setBusy(null);
    setRefused(outcome.refused);
    // What was refused stays chosen: it is what one still has to do with.
    choice.choose(outcome.refused.map(({ row }) => row));
    if (outcome.refused.length === 0) onEnd();
    forgetNames(api, view.resource);
    refresh();
    const { done } = outcome;
    if (done.length === 0) return;
    const message = sayDone(action, done.length);
    const { undo } = action;
    if (undo === undefined) {
      notifications.show({ message });
      return;
    }
    showUndo({
      message,
      undo: t('action.undo'),
      forMs: UNDO_MS,
      onUndo: () => {
        const changed = done.map(({ row, version }) => (version === null ? row : { ...row, version }));
        void changeMany(changed, { post, path: pathOf(undo), newKey }).then((back) => {
          refresh();
          setRefused(back.refused);
          if (back.done.length > 0) notifications.show({ message: t('kit.bulk_undone', { count: back.done.length }) });
          // The bar may be gone by now: then a notice says it.
          for (const { fault, rows: left } of byReason(back.refused))
            notifications.show({
              color: 'red',
              title: t('kit.bulk_refused', { count: left.length }),
              message: faultText(catalogue, fault),
              autoClose: 10_000,
            });
        });
      },
    });
  };

  const chooseAll = async (): Promise<void> => {
    const found: R[] = [];
    let cursor: string | null = null;
    setBusy({ through: 0, of: MAX_CHOSEN_ROWS });
    do {
      const answer: Awaited<ReturnType<typeof api.get<Page<R>>>> = await api.get<Page<R>>(`/api/v1/${view.resource}`, {
        ...question,
        limit: A_PAGE,
        cursor,
      });
      if (!answer.ok) {
        notifications.show({ color: 'red', message: faultText(catalogue, answer.fault) });
        break;
      }
      found.push(...answer.body.data);
      cursor = answer.body.meta.next_cursor;
      setBusy({ through: Math.min(found.length, MAX_CHOSEN_ROWS), of: MAX_CHOSEN_ROWS });
    } while (cursor !== null && found.length < MAX_CHOSEN_ROWS);
    setBusy(null);
    if (found.length > 0) choice.choose(found);
  };

  return (
    <Paper withBorder shadow="md" className="kit-bulk" role="region" aria-label={t('kit.bulk')}>
      {refused.length > 0 && (
        <Alert
          color="red"
          icon={<Icon name="warning" />}
          mb="sm"
          role="alert"
          title={t('kit.bulk_refused', { count: refused.length })}
        >
          <Stack gap={4}>
            {byReason(refused).map(({ fault, rows: some }) => (
              <Text key={`${fault.code}${fault.message}`} size="sm">
                {`${faultText(catalogue, fault)} `}
                <Text span c="dimmed">
                  {some
                    .slice(0, NAMED)
                    .map((row) => view.name(row, words, names))
                    .join(', ')}
                  {some.length > NAMED && ` ${t('kit.bulk_others', { count: some.length - NAMED })}`}
                </Text>
              </Text>
            ))}
          </Stack>
        </Alert>
      )}
      {busy && <Progress value={(100 * busy.through) / busy.of} size="xs" mb="xs" aria-label={t('kit.bulk_busy')} />}
      {asked?.form ? (
        <Suspense>
          <asked.form count={rows.length} onGo={(body) => void run(asked, body)} onBack={() => setAsked(null)} />
        </Suspense>
      ) : (
        <Group gap="sm">
          <Text fw={600} role="status" className="figures">
            {t('kit.bulk_chosen', { count: rows.length })}
          </Text>
          {choice.state !== 'all' && (
            <Button
              variant="subtle"
              size="sm"
              className="kit-bulk-loaded"
              disabled={busy !== null}
              onClick={choice.toggleAll}
            >
              {t('kit.choose_all')}
            </Button>
          )}
          {hasMore && choice.state === 'all' && rows.length < MAX_CHOSEN_ROWS && (
            <Button variant="subtle" size="sm" disabled={busy !== null} onClick={() => void chooseAll()}>
              {t('kit.bulk_choose_all')}
            </Button>
          )}
          <Group gap="xs" className="kit-bulk-actions">
            {asked ? (
              <>
                <Text>{t('kit.bulk_asks', { count: rows.length, what: t(asked.label) })}</Text>
                <Button
                  size="sm"
                  autoFocus
                  {...(asked.isDangerous && { color: 'red' })}
                  onClick={() => void run(asked)}
                >
                  {t(asked.label)}
                </Button>
                <Button size="sm" variant="default" onClick={() => setAsked(null)}>
                  {t('action.back')}
                </Button>
              </>
            ) : (
              actions.map((action) => (
                <Button
                  key={action.verb}
                  size="sm"
                  variant="default"
                  disabled={busy !== null || rows.length === 0}
                  {...(action.isDangerous && { color: 'red', variant: 'light' })}
                  leftSection={<Icon name={action.icon} size={16} />}
                  onClick={() =>
                    action.form !== undefined || action.undo === undefined ? setAsked(action) : void run(action)
                  }
                >
                  {t(action.label)}
                </Button>
              ))
            )}
          </Group>
          <CloseButton
            className="kit-bulk-end"
            aria-label={t('kit.choose_none')}
            disabled={busy !== null}
            onClick={() => {
              choice.choose([]);
              onEnd();
            }}
          />
        </Group>
      )}
    </Paper>
  );
}

interface Page<R> {
  data: R[];
  meta: { next_cursor: string | null };
}
