/** /admin/calls: all calls, newest first, live, by the questions people ask of them; question, person and days live in the address. */
import { Button, Group, Paper, Skeleton, Table, Tabs, Text, Title } from '@mantine/core';
import { type GetInfiniteListResult, useInfiniteGetList } from 'ra-core';
import { memo, useEffect, useMemo, useRef } from 'react';
import { Link } from 'react-router';
import type { CallListItem, CallListResponse } from '../../../shared/contract/calls.ts';
import { CALL_QUESTIONS, callsAsked } from '../../../shared/first-requests.ts';
import { CALL_ROWS, CALLS } from '../../../shared/page-data.ts';
import { isWallDate } from '../../../shared/time.ts';
import { SENTIMENT_LOOK } from '../../ui/appointment-status.ts';
import { DateField } from '../../ui/date-field.tsx';
import { clockDuration, money, wallDateIn } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { firstAnswers } from '../../ui/page-data.ts';
import { skeletonKeys } from '../../ui/skeleton-keys.ts';
import { useAdmin, useLiveEvents, useMay, useWords } from '../admin-context.tsx';
import { faultOfError, RETRY } from '../data-provider.ts';
import { Instant } from '../kit/display.tsx';
import '../kit/kit.css';
import { Empty, FaultAlert, StatusBadge } from '../page-parts.tsx';
import { CALL_LOOK, callerOf } from './call-words.ts';
import { PersonFilter } from './person-filter.tsx';
import { useAddress } from '../use-address.ts';

/** Several changes within this time cause one re-read. */
const GATHER_MS = 200;
const SKELETON_ROWS = 12;
const FIRST_PAGE = 1;
const QUESTIONS = ['all', 'without', 'with', 'callback', 'negative', 'live'] as const;

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
  return <CallList />;
}

/** What the address says, and how it is changed. */
function useCallPlace() {
  const { me } = useAdmin();
  const { query, change } = useAddress();
  const asked = query.get('list') ?? 'all';
  return {
    list: asked in CALL_QUESTIONS ? asked : 'all',
    from: query.get('from') ?? '',
    to: query.get('to') ?? '',
    customer: query.get('customer'),
    isNarrowed: ['from', 'to', 'customer'].some((name) => query.has(name)),
    question: callsAsked(query, me.tenant.time_zone),
    change,
    reset: () => change({ list: null, from: null, to: null, customer: null }),
  };
}

/** What the list draws of its question; that it asks again is none of it. */
const DRAWN = ['data', 'error', 'hasNextPage', 'isPlaceholderData', 'isPaused', 'isFetchingNextPage'] as const;

type CallPages = { pages: GetInfiniteListResult<CallListItem>[]; pageParams: number[] };

/** The first page as it came along; the request that follows is answered with the same. */
function inlinedPages(question: Readonly<Record<string, unknown>>): CallPages | undefined {
  const body = firstAnswers().peek(CALLS, question)?.body as CallListResponse | undefined;
  if (body === undefined) return undefined;
  // Key by key as ra-core keeps an answer: the request's is then known to be the same, and nothing is drawn again.
  const page = {
    data: body.data,
    total: undefined,
    pageParam: FIRST_PAGE,
    pageInfo: { hasNextPage: body.meta.has_more, hasPreviousPage: false },
    meta: { truncated: false },
  };
  return { pages: [page as unknown as GetInfiniteListResult<CallListItem>], pageParams: [FIRST_PAGE] };
}

function CallList() {
  const { t } = useWords();
  const place = useCallPlace();
  const { limit: _limit, ...filter } = place.question;
  // biome-ignore lint/correctness/useExhaustiveDependencies: what came along belongs to the first question only
  const initialData = useMemo(() => inlinedPages(place.question), []);
  const list = useInfiniteGetList<CallListItem>(
    'calls',
    { filter, pagination: { page: 1, perPage: CALL_ROWS } },
    {
      ...RETRY,
      placeholderData: (before) => before,
      notifyOnChangeProps: [...DRAWN],
      ...(initialData && { initialData }),
    },
  );
  const { refetch } = list;
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

  const rows = useMemo(() => list.data?.pages.flatMap((page) => page.data) ?? null, [list.data]);
  const fault = list.error ? faultOfError(list.error) : null;
  const isEmpty = rows !== null && rows.length === 0;
  return (
    <div className="kit-page">
      <div className="kit-title">
        <Title order={1}>{t('calls.title')}</Title>
        {rows !== null && (
          <span className="kit-count figures">
            {`${rows.length}${list.hasNextPage ? '+' : ''}`} <span className="sr-only">{t('kit.loaded')}</span>
          </span>
        )}
      </div>
      <Tabs
        value={place.list}
        onChange={(value) => place.change({ list: value === 'all' ? null : value })}
        className="kit-tabs calls-tabs"
      >
        <Tabs.List aria-label={t('calls.questions')}>
          {QUESTIONS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`calls.question.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value={place.list} className="kit-page">
          <Narrowing place={place} />
          {fault && <FaultAlert fault={fault} onRetry={() => void refetch()} />}
          <Paper withBorder className="kit-list" data-stale={list.isPlaceholderData || list.isPaused || undefined}>
            {isEmpty ? (
              <Nothing isFiltered={place.list !== 'all' || place.isNarrowed} onReset={place.reset} />
            ) : (
              (!fault || rows !== null) && <CallTable rows={rows} />
            )}
          </Paper>
          {list.hasNextPage && (
            <Group justify="center">
              <Button variant="default" loading={list.isFetchingNextPage} onClick={() => void list.fetchNextPage()}>
                {t('action.more')}
              </Button>
            </Group>
          )}
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

/** Person and days. */
function Narrowing({ place }: { place: ReturnType<typeof useCallPlace> }) {
  const words = useWords();
  const { t } = words;
  const { me } = useAdmin();
  const today = wallDateIn(Date.now(), me.tenant.time_zone);
  const set = (name: 'from' | 'to', value: string): void => {
    if (value === '' || isWallDate(value)) place.change({ [name]: value });
  };
  return (
    <div className="kit-bar-row calls-narrowing">
      <PersonFilter chosen={place.customer} onChoose={(id) => place.change({ customer: id })} />
      <DateField
        words={words}
        label={t('calls.from')}
        value={place.from}
        today={today}
        {...(place.to !== '' && { max: place.to })}
        onChange={(value) => set('from', value)}
      />
      <DateField
        words={words}
        label={t('calls.to')}
        value={place.to}
        today={today}
        {...(place.from !== '' && { min: place.from })}
        onChange={(value) => set('to', value)}
      />
      {place.isNarrowed && (
        <Button variant="subtle" color="gray" onClick={() => place.change({ from: null, to: null, customer: null })}>
          {t('action.reset_filters')}
        </Button>
      )}
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

/** Drawn again when its rows are others: the list says more often that it asks. */
const CallTable = memo(function CallTable({ rows }: { rows: readonly CallListItem[] | null }) {
  const { t } = useWords();
  return (
    <Table className="kit-table call-table" aria-busy={rows === null}>
      <Table.Caption className="sr-only">{t('calls.caption')}</Table.Caption>
      <Table.Thead>
        <Table.Tr>
          <Table.Th className="cell-caller">{t('calls.caller')}</Table.Th>
          <Table.Th className="cell-when">{t('calls.when')}</Table.Th>
          <Table.Th className="cell-outcome">{t('calls.outcome')}</Table.Th>
          <Table.Th className="cell-summary">{t('calls.summary')}</Table.Th>
          <Table.Th className="cell-mood">{t('calls.sentiment')}</Table.Th>
          <Table.Th className="cell-duration figure">{t('calls.duration')}</Table.Th>
          <Table.Th className="cell-price figure">{t('calls.price')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {rows === null
          ? skeletonKeys(SKELETON_ROWS).map((key) => <SkeletonRow key={key} />)
          : rows.map((call) => <Row key={call.id} call={call} />)}
      </Table.Tbody>
    </Table>
  );
});

function SkeletonRow() {
  return (
    <Table.Tr>
      {['caller', 'when', 'outcome', 'summary', 'mood', 'duration', 'price'].map((cell) => (
        <Table.Td key={cell} className={`cell-${cell}`}>
          <Skeleton h={12} w={cell === 'summary' ? '90%' : '70%'} />
        </Table.Td>
      ))}
    </Table.Tr>
  );
}

/** The caller is a link that lies over the whole row: for a pointer, a finger, the keyboard and a new tab alike. */
const Row = memo(function Row({ call }: { call: CallListItem }) {
  const { t, language } = useWords();
  const { me } = useAdmin();
  const zone = me.branches.find((branch) => branch.id === call.branch?.id)?.time_zone ?? me.tenant.time_zone;
  const caller = callerOf(call, t);
  return (
    <Table.Tr data-linked>
      <Table.Td className="cell-caller kit-first">
        <Link
          to={`/admin/calls/${encodeURIComponent(call.id)}`}
          className="kit-row-link"
          aria-label={t('calls.open', { caller })}
        >
          {caller}
        </Link>
      </Table.Td>
      <Table.Td className="cell-when">
        <Instant at={call.started_at} zone={zone} />
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
          <span className="mood">
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
});

function Outcome({ call }: { call: CallListItem }) {
  const { t } = useWords();
  if (call.test) {
    return <StatusBadge look={{ tone: 'info', icon: 'phone' }}>{t('calls.test')}</StatusBadge>;
  }
  if (call.status === 'ongoing') {
    return <StatusBadge look={CALL_LOOK.ongoing}>{t('calls.status.ongoing')}</StatusBadge>;
  }
  if (call.appointment_id !== null) {
    return <StatusBadge look={{ tone: 'success', icon: 'calendar' }}>{t('calls.booked')}</StatusBadge>;
  }
  return <StatusBadge look={{ tone: 'gray', icon: 'phone' }}>{t('calls.no_booking')}</StatusBadge>;
}
