/** Lists of the operator's pages: rows by cursor or of one answer, each with its ways out at the end. Lists are asked again every half minute. */
import { ActionIcon, Button, Group, Paper, SegmentedControl, Text, Title } from '@mantine/core';
import { useInfiniteGetList } from 'ra-core';
import { type ReactNode, useEffect, useState } from 'react';
import type { ApiAnswer } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { type Loaded, useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { faultOfError, RETRY } from '../data-provider.ts';
import { RowTable } from '../kit/row-table.tsx';
import type { Column, Key, KitRow } from '../kit/view.ts';
import { MenuButton } from '../menu-button.tsx';
import { Empty, FaultAlert } from '../page-parts.tsx';
import { WayOutDialog } from './way-out-dialog.tsx';
import type { WayOut } from './ways-out.ts';

const PAGE_ROWS = 25;
const SKELETON_ROWS = 4;
const ASK_AGAIN_MS = 30_000;

export interface Look<R> {
  label: Key;
  show: (row: R) => void;
}

export interface TableProps<R extends KitRow> {
  caption: Key;
  /** said above the rows, too */
  title?: string;
  empty: { title: Key; hint: Key };
  first: { label: Key; show: (row: R) => ReactNode };
  columns: readonly Column<R>[];
  ways: (row: R) => WayOut[];
  /** opens what a row has beside its columns */
  look?: Look<R>;
}

/** The table with its dialog. @param rows null while they load @param onDone after a way out was taken */
function WaysTable<R extends KitRow>({
  rows,
  onDone,
  caption,
  title,
  empty,
  first,
  columns,
  ways,
  look,
}: TableProps<R> & { rows: readonly R[] | null; onDone: () => void }) {
  const { t } = useWords();
  const [way, setWay] = useState<WayOut | null>(null);
  return (
    <>
      <WayOutDialog
        way={way}
        onClose={() => setWay(null)}
        onDone={() => {
          setWay(null);
          onDone();
        }}
      />
      <Paper withBorder className="kit-list" component="section">
        {title !== undefined && (
          <Title order={2} p="sm">
            {title}
          </Title>
        )}
        {rows !== null && rows.length === 0 ? (
          <Empty icon="check" title={t(empty.title)} hint={t(empty.hint)} />
        ) : (
          <RowTable
            caption={title ?? t(caption)}
            rows={rows}
            skeletonRows={SKELETON_ROWS}
            first={first}
            columns={columns}
            to={() => null}
            tools={(row) => (
              <RowTools
                ways={ways(row)}
                onWay={setWay}
                look={look && { label: look.label, show: () => look.show(row) }}
              />
            )}
          />
        )}
      </Paper>
    </>
  );
}

interface RowToolsProps {
  ways: readonly WayOut[];
  onWay: (way: WayOut) => void;
  look?: { label: Key; show: () => void } | undefined;
}

function RowTools({ ways, onWay, look }: RowToolsProps) {
  const { t } = useWords();
  if (ways.length === 0 && look === undefined) return null;
  return (
    <MenuButton
      isLong
      parts={() => [
        ...(look === undefined ? [] : [{ label: t(look.label), onPick: look.show }]),
        ...ways.map((way) => ({
          label: t(way.label),
          isDangerous: way.isDangerous === true,
          onPick: () => onWay(way),
        })),
      ]}
    >
      <ActionIcon variant="subtle" color="gray" className="control-square" aria-label={t('kit.row_actions')}>
        <Icon name="dots" />
      </ActionIcon>
    </MenuButton>
  );
}

interface RowsProps<R extends KitRow> extends TableProps<R> {
  resource: string;
  filter: Record<string, string>;
  /** what stands below a page that may hold fewer rows than there are */
  truncated?: { text: Key; more: Key };
}

/** A list by cursor. */
export function Rows<R extends KitRow>({ resource, filter, truncated, ...table }: RowsProps<R>) {
  const { t } = useWords();
  const list = useInfiniteGetList<R>(
    resource,
    { filter, pagination: { page: 1, perPage: PAGE_ROWS } },
    { ...RETRY, refetchInterval: ASK_AGAIN_MS },
  );
  const rows = list.data?.pages.flatMap((page) => page.data) ?? null;
  const fault = list.error ? faultOfError(list.error) : null;
  const last = list.data?.pages.at(-1)?.meta as { truncated?: boolean } | undefined;
  const isTruncated = truncated !== undefined && last?.truncated === true;
  return (
    <>
      {fault && <FaultAlert fault={fault} onRetry={() => void list.refetch()} />}
      {(!fault || rows !== null) && <WaysTable {...table} rows={rows} onDone={() => void list.refetch()} />}
      {isTruncated && (
        <Text c="dimmed" ta="center" role="status">
          {t(truncated.text)}
        </Text>
      )}
      {list.hasNextPage && (
        <Group justify="center">
          <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t(isTruncated ? truncated.more : 'action.more')}
          </Button>
        </Group>
      )}
    </>
  );
}

/** One answer of the API, asked again every half minute. */
export function useWatched<T>(path: string | null): Loaded<T> {
  const { api } = useAdmin();
  const { language } = useWords();
  const answer = useAnswer<T>(path, (signal): Promise<ApiAnswer<T>> => api.get<T>(path ?? '', {}, signal), {
    language,
  });
  const { reload } = answer;
  useEffect(() => {
    if (path === null) return;
    const timer = setInterval(() => void reload(), ASK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [path, reload]);
  return answer;
}

interface AnswerRowsProps<R extends KitRow> extends TableProps<R> {
  answer: Pick<Loaded<unknown>, 'fault' | 'reload'>;
  /** of that answer; null: it has not come */
  rows: readonly R[] | null;
}

/** A list that is answered whole. */
export function AnswerRows<R extends KitRow>({ answer: { fault, reload }, rows, ...table }: AnswerRowsProps<R>) {
  return (
    <>
      {fault && <FaultAlert fault={fault} onRetry={reload} />}
      {(!fault || rows) && <WaysTable {...table} rows={rows} onDone={() => void reload()} />}
    </>
  );
}

interface StateSwitchProps<S extends string> {
  states: readonly { value: S; label: string }[];
  state: S;
  onState: (state: S) => void;
  label: string;
}

/** Which rows are shown; scrolls sideways where there is little room. */
export function StateSwitch<S extends string>({ states, state, onState, label }: StateSwitchProps<S>) {
  return (
    <div className="operations-switch">
      <SegmentedControl
        size="sm"
        aria-label={label}
        value={state}
        data={states.map(({ value, label: said }) => ({ value, label: said }))}
        onChange={(value) => onState(value as S)}
      />
    </div>
  );
}
