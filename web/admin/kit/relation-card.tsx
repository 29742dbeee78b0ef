/** Rows of another list that belong to a record: the first few, more by cursor. Drawn by the detail page for each `relation`. */
import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { useInfiniteGetList } from 'ra-core';
import { Link } from 'react-router';
import { Icon } from '../../ui/icon.tsx';
import { useLiveEvents, useMay, useWords } from '../admin-context.tsx';
import { faultOfError, RETRY } from '../data-provider.ts';
import { FaultAlert } from '../page-parts.tsx';
import { DisplayValue } from './display.tsx';
import { RowTable } from './row-table.tsx';
import type { KitRow, Relation } from './view.ts';

const ROWS = 5;

export function RelationCard({ relation, id }: { relation: Relation; id: string }) {
  return useMay(relation.permission) ? <Rows relation={relation} id={id} /> : null;
}

function AddLink({ add, id }: { add: NonNullable<Relation['add']>; id: string }) {
  const { t } = useWords();
  if (!useMay(add.permission)) return null;
  return (
    <Button
      component={Link}
      to={add.to(id)}
      variant="subtle"
      size="xs"
      className="kit-relation-add"
      leftSection={<Icon name="plus" size={16} />}
    >
      {t(add.label)}
    </Button>
  );
}

function Below({ below, ...props }: { below: NonNullable<Relation['below']>; id: string; onDone: () => void }) {
  const Part = below.component;
  return useMay(below.permission) ? <Part {...props} /> : null;
}

function Rows({ relation, id }: { relation: Relation; id: string }) {
  const { t } = useWords();
  const list = useInfiniteGetList<KitRow>(
    relation.resource,
    {
      filter: { [relation.target]: id, ...(relation.order !== undefined && { sort: relation.order }) },
      pagination: { page: 1, perPage: ROWS },
    },
    RETRY,
  );
  const { refetch } = list;
  useLiveEvents((change) => {
    if (change.about === relation.follows || change.about === 'everything') void refetch();
  });
  const rows = list.data?.pages.flatMap((page) => page.data) ?? null;
  const fault = list.error ? faultOfError(list.error) : null;
  const [first, ...others] = typeof relation.columns === 'function' ? relation.columns(id) : relation.columns;
  return (
    <Paper withBorder component="section" className="kit-relation">
      <div className="kit-relation-title">
        <Title order={2}>{t(relation.title)}</Title>
        {rows !== null && rows.length > 0 && (
          <span className="kit-count figures">
            {rows.length}
            {list.hasNextPage && '+'}
          </span>
        )}
        {relation.add && <AddLink add={relation.add} id={id} />}
      </div>
      {fault && <FaultAlert fault={fault} onRetry={() => void refetch()} />}
      {rows !== null && rows.length === 0 ? (
        <Text c="dimmed" className="kit-relation-empty">
          {t(relation.empty)}
        </Text>
      ) : (
        first &&
        (!fault || rows !== null) && (
          <RowTable
            caption={t(relation.title)}
            rows={rows}
            skeletonRows={3}
            first={{ label: first.label, show: (row) => <DisplayValue show={first.show} row={row} isPlain /> }}
            columns={others}
            to={relation.to}
          />
        )
      )}
      {list.hasNextPage && (
        <Group justify="center" p="xs">
          <Button variant="subtle" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
            {t('action.more')}
          </Button>
        </Group>
      )}
      {relation.below && rows !== null && <Below below={relation.below} id={id} onDone={() => void refetch()} />}
    </Paper>
  );
}
