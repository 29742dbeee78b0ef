/** /admin/calls: all calls, newest first, live; filter and page live in the address. */
import { Anchor, Button, Group, Paper, SegmentedControl, Skeleton, Table, Text, Title } from '@mantine/core';
import { ListBase, useListContext } from 'ra-core';
import { type MouseEvent, useEffect, useRef } from 'react';
import { Link, useNavigate } from 'react-router';
import { CALL_STATUSES, type CallStatus } from '../../../shared/call-status.ts';
import type { CallListItem } from '../../../shared/contract/calls.ts';
import { SENTIMENT_LOOK } from '../../ui/appointment-status.ts';
import { clockDuration, dayAndTime, money } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { skeletonKeys } from '../../ui/skeleton-keys.ts';
import { useAdmin, useLiveEvents, useMay, useWords } from '../admin-context.tsx';
import { faultOfError, RETRY } from '../data-provider.ts';
import { Empty, FaultAlert, StatusBadge } from '../page-parts.tsx';
import { CALL_LOOK, callerOf } from './call-words.ts';

const PAGE_ROWS = 25;
const FILTERS: readonly (CallStatus | 'all')[] = ['all', ...CALL_STATUSES];
/** Several changes within this time cause one re-read. */
const GATHER_MS = 200;

export default function CallsPage() {
  const { t } = useWords();
  const { me } = useAdmin();
  const maySee = useMay('view_calls');
  useEffect(() => {
    document.title = `${t('calls.title')} · ${me.brand.product_name}`;
  }, [t, me]);
  if (!maySee) {
    return (
      <Paper withBorder>
        <Title order={1} className="sr-only">
          {t('calls.title')}
        </Title>
        <Empty icon="phone" title={t('calls.forbidden_title')} hint={t('calendar.forbidden_hint')} />
      </Paper>
    );
  }
  return (
    <ListBase<CallListItem>
      resource="calls"
      perPage={PAGE_ROWS}
      queryOptions={RETRY}
      disableAuthentication
      exporter={false}
    >
      <CallList />
    </ListBase>
  );
}

function CallList() {
  const { t } = useWords();
  const { data, isPending, error, refetch, filterValues, setFilters, page } = useListContext<CallListItem>();
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(
    () => () => {
      if (timer.current) clearTimeout(timer.current);
    },
    [],
  );
  useLiveEvents((change) => {
    if (change.about === 'calendar') return;
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => void refetch(), GATHER_MS);
  });

  const status = typeof filterValues['status'] === 'string' ? filterValues['status'] : 'all';
  const fault = error ? faultOfError(error) : null;
  const isEmpty = data !== undefined && data.length === 0;
  return (
    <div className="list-page">
      <Group justify="space-between" mb="sm">
        <Title order={1}>{t('calls.title')}</Title>
        <SegmentedControl
          aria-label={t('calls.status')}
          size="sm"
          value={status}
          data={FILTERS.map((value) => ({
            value,
            label: value === 'all' ? t('calls.all') : t(`calls.status.${value}`),
          }))}
          onChange={(value) => setFilters(value === 'all' ? {} : { status: value })}
        />
      </Group>
      {fault && <FaultAlert fault={fault} onRetry={() => void refetch()} />}
      <Paper withBorder>
        {isEmpty && page === 1 ? (
          <Nothing isFiltered={status !== 'all'} onReset={() => setFilters({})} />
        ) : (
          (!fault || data !== undefined) && <CallTable rows={isPending ? null : (data ?? null)} />
        )}
      </Paper>
      <Pages />
    </div>
  );
}

function Nothing({ isFiltered, onReset }: { isFiltered: boolean; onReset: () => void }) {
  const { t } = useWords();
  return isFiltered ? (
    <Empty icon="phone" title={t('calls.no_match_title')} hint={t('calls.no_match_hint')}>
      <Button variant="default" onClick={onReset}>
        {t('action.reset_filters')}
      </Button>
    </Empty>
  ) : (
    <Empty icon="phone" title={t('calls.empty_title')} hint={t('calls.empty_hint')} />
  );
}

function CallTable({ rows }: { rows: readonly CallListItem[] | null }) {
  const { t } = useWords();
  return (
    <Table className="call-table" highlightOnHover aria-busy={rows === null}>
      <Table.Caption className="sr-only">{t('calls.caption')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th className="cell-when">{t('calls.when')}</Table.Th>
          <Table.Th className="cell-caller">{t('calls.caller')}</Table.Th>
          <Table.Th className="cell-outcome">{t('calls.outcome')}</Table.Th>
          <Table.Th className="cell-summary">{t('calls.summary')}</Table.Th>
          <Table.Th className="cell-mood">{t('calls.sentiment')}</Table.Th>
          <Table.Th className="cell-duration figure">{t('calls.duration')}</Table.Th>
          <Table.Th className="cell-price figure">{t('calls.price')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows === null
          ? skeletonKeys(PAGE_ROWS).map((key) => <SkeletonRow key={key} />)
          : rows.map((call) => <Row key={call.id} call={call} />)}
      </Table.Tbody>
    </Table>
  );
}

function SkeletonRow() {
  return (
    <Table.Tr>
      {['when', 'caller', 'outcome', 'summary', 'mood', 'duration', 'price'].map((cell) => (
        <Table.Td key={cell} className={`cell-${cell}`}>
          <Skeleton h={12} w={cell === 'summary' ? '90%' : '70%'} />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

function Row({ call }: { call: CallListItem }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const go = useNavigate();
  const zone = me.branches.find((branch) => branch.id === call.branch?.id)?.time_zone ?? me.tenant.time_zone;
  const to = `/admin/calls/${encodeURIComponent(call.id)}`;
  const caller = callerOf(call, t);
  // The whole row opens by pointer; keyboard and ctrl-click have the link in it.
  const open = (event: MouseEvent): void => {
    if (!(event.target as HTMLElement).closest('a,button') && !getSelection()?.toString()) void go(to);
  };
  return (
    <Table.Tr onClick={open} className="call-row">
      <Table.Td className="cell-when">{dayAndTime(call.started_at, zone, language)}</Table.Td>
      <Table.Td className="cell-caller">
        <Anchor component={Link} to={to} aria-label={t('calls.open', { caller })} c="inherit">
          {caller}
        </Anchor>
      </Table.Td>
      <Table.Td className="cell-outcome">
        <Outcome call={call} />
      </Table.Td>
      <Table.Td className="cell-summary">
        <Text c="dimmed" truncate>
          {call.summary ?? ''}
        </Text>
      </Table.Td>
      <Table.Td className="cell-mood">
        {call.sentiment && (
          <span className={`mood tone-text-${SENTIMENT_LOOK[call.sentiment].tone}`}>
            <Icon name={SENTIMENT_LOOK[call.sentiment].icon} size={16} />
            {t(`sentiment.${call.sentiment}`)}
          </span>
        )}
      </Table.Td>
      <Table.Td className="cell-duration figure">
        {call.duration_seconds === null ? '–' : clockDuration(call.duration_seconds)}
      </Table.Td>
      <Table.Td className="cell-price figure">
        {call.charged_cents === null ? '–' : money(call.charged_cents, call.currency, language)}
      </Table.Td>
    </Table.Tr>
  );
}

function Outcome({ call }: { call: CallListItem }) {
  const { t } = useWords();
  if (call.status === 'ongoing') {
    return <StatusBadge look={CALL_LOOK.ongoing}>{t('calls.status.ongoing')}</StatusBadge>;
  }
  if (call.appointment_id !== null) {
    return <StatusBadge look={{ tone: 'success', icon: 'calendar' }}>{t('calls.booked')}</StatusBadge>;
  }
  return <StatusBadge look={{ tone: 'gray', icon: 'phone' }}>{t('calls.no_booking')}</StatusBadge>;
}

function Pages() {
  const { t } = useWords();
  const { page, setPage, hasNextPage, hasPreviousPage, isFetching } = useListContext<CallListItem>();
  if (page === 1 && !hasNextPage) return null;
  return (
    <Group justify="center" mt="md" gap="sm">
      <Button
        variant="default"
        size="sm"
        disabled={hasPreviousPage !== true || isFetching === true}
        leftSection={<Icon name="chevron-left" size={16} />}
        onClick={() => setPage(page - 1)}
      >
        {t('calls.previous')}
      </Button>
      <Text c="dimmed" role="status">
        {t('calls.page', { page })}
      </Text>
      <Button
        variant="default"
        size="sm"
        disabled={hasNextPage !== true || isFetching === true}
        rightSection={<Icon name="chevron-right" size={16} />}
        onClick={() => setPage(page + 1)}
      >
        {t('calls.next')}
      </Button>
    </Group>
  );
}
