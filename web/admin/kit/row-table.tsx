/** Rows as a table with a link over each, as two-line cards on phones. Called by the index page and by relations. */
import { Table, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { Link } from 'react-router';
import { Icon } from '../../ui/icon.tsx';
import { skeletonKeys } from '../../ui/skeleton-keys.ts';
import { useWords } from '../admin-context.tsx';
import { DisplayValue } from './display.tsx';
import type { RowChoice } from './use-choice.ts';
import type { Column, Key, KitRow } from './view.ts';

interface RowTableProps<R extends KitRow> {
  caption: string;
  /** null while they load */
  rows: readonly R[] | null;
  skeletonRows: number;
  first: { label: Key; sort?: string; show: (row: R) => ReactNode };
  columns: readonly Column<R>[];
  /** null: the row leads nowhere */
  to: (row: R) => string | null;
  /** what stands at the end of each row */
  tools?: (row: R) => ReactNode;
  order?: { now: string; onOrder: (order: string) => void };
  /** a box before each row; `labelOf` says whose */
  choice?: RowChoice<R> & { labelOf: (row: R) => string };
}

/** The class that places a column; the first column's name is its own. */
const classOf = <R,>(column: Column<R>): string =>
  [
    column.place === undefined ? 'kit-no-phone' : `kit-${column.place}`,
    column.isWide && 'kit-wide',
    column.show.kind === 'money' && 'figure',
  ]
    .filter(Boolean)
    .join(' ');

export function RowTable<R extends KitRow>(props: RowTableProps<R>) {
  const { rows, columns, first, to, tools, caption, skeletonRows, order, choice } = props;
  const { t } = useWords();
  return (
    <Table className="kit-table" aria-busy={rows === null}>
      <Table.Caption className="sr-only">{caption}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          {choice && (
            <Table.Th className="kit-choice">
              <input
                type="checkbox"
                className="kit-box"
                aria-label={t('kit.choose_loaded')}
                disabled={rows === null}
                checked={choice.state === 'all' && (rows?.length ?? 0) > 0}
                ref={(one) => {
                  if (one) one.indeterminate = choice.state === 'some';
                }}
                onChange={choice.toggleAll}
              />
            </Table.Th>
          )}
          <Head label={t(first.label)} sort={first.sort} order={order} className="kit-first" />
          {columns.map((column) => (
            <Head
              key={column.label}
              label={t(column.label)}
              sort={column.sort}
              order={order}
              className={classOf(column)}
            />
          ))}
          {tools && (
            <Table.Th className="kit-tools">
              <span className="sr-only">{t('kit.row_actions')}</span>
            </Table.Th>
          )}
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows === null
          ? skeletonKeys(skeletonRows).map((key) => (
              <SkeletonRow key={key} columns={columns} hasTools={!!tools} hasChoice={!!choice} />
            ))
          : rows.map((row) => {
              const target = to(row);
              return (
                <Table.Tr
                  key={row.id}
                  data-linked={target !== null || undefined}
                  data-row={row.id}
                  data-chosen={choice?.has(row) || undefined}
                >
                  {choice && (
                    <Table.Td className="kit-choice">
                      <label className="kit-own-link kit-choice-reach">
                        <input
                          type="checkbox"
                          className="kit-box"
                          aria-label={t('kit.choose_one', { name: choice.labelOf(row) })}
                          checked={choice.has(row)}
                          onChange={(event) => choice.toggle(row, (event.nativeEvent as MouseEvent).shiftKey)}
                        />
                      </label>
                    </Table.Td>
                  )}
                  <Table.Td className="kit-first">
                    {target === null ? (
                      first.show(row)
                    ) : (
                      <Link to={target} className="kit-row-link">
                        {first.show(row)}
                      </Link>
                    )}
                  </Table.Td>
                  {columns.map((column) => (
                    <Table.Td key={column.label} className={classOf(column)}>
                      <DisplayValue show={column.show} row={row} isPlain />
                    </Table.Td>
                  ))}
                  {tools && <Table.Td className="kit-tools">{tools(row)}</Table.Td>}
                </Table.Tr>
              );
            })}
      </Table.Tbody>
    </Table>
  );
}

interface HeadProps {
  label: string;
  sort: string | undefined;
  order: RowTableProps<KitRow>['order'];
  className: string;
}

/** A click sorts ascending, a second one descending. */
function Head({ label, sort, order, className }: HeadProps) {
  if (sort === undefined || !order) return <Table.Th className={className}>{label}</Table.Th>;
  const isUp = order.now === sort;
  const isDown = order.now === `-${sort}`;
  return (
    <Table.Th className={className} aria-sort={isUp ? 'ascending' : isDown ? 'descending' : 'none'}>
      <UnstyledButton className="kit-sort" onClick={() => order.onOrder(isUp ? `-${sort}` : sort)}>
        {label}
        <span className="kit-sort-mark" data-direction={isUp ? 'up' : isDown ? 'down' : undefined}>
          <Icon name="sort" size={12} />
        </span>
      </UnstyledButton>
    </Table.Th>
  );
}

interface SkeletonRowProps<R> {
  columns: readonly Column<R>[];
  hasTools: boolean;
  hasChoice: boolean;
}

function SkeletonRow<R>({ columns, hasTools, hasChoice }: SkeletonRowProps<R>) {
  return (
    <Table.Tr>
      {hasChoice && <Table.Td className="kit-choice" />}
      <Table.Td className="kit-first">
        <span className="kit-bar" />
      </Table.Td>
      {columns.map((column) => (
        <Table.Td key={column.label} className={classOf(column)}>
          <span className="kit-bar" />
        </Table.Td>
      ))}
      {hasTools && <Table.Td className="kit-tools" />}
    </Table.Tr>
  );
}
