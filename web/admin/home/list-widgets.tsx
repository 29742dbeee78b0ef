/** Widgets that are the first rows of a list, or figures that lists show: recent appointments, calls, customers, call backs, totals. Drawn by widget-board.tsx. */
import { useThrottledCallback } from '@mantine/hooks';
import { Anchor, Skeleton, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { AppointmentView } from '../../../shared/contract/appointments.ts';
import type { CallbackView, CallListItem } from '../../../shared/contract/calls.ts';
import type { Customer } from '../../../shared/contract/customers.ts';
import type { FiguresResponse } from '../../../shared/contract/figures.ts';
import { FIGURES } from '../../../shared/home-asked.ts';
import { dateOf } from '../../../shared/time.ts';
import type { WidgetName } from '../../../shared/widget-names.ts';
import { clockDuration, shortInstant } from '../../ui/format.ts';
import type { LiveChange } from '../../ui/live-change.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { type Words, useAdmin, useLiveEvents, useWords } from '../admin-context.tsx';
import { CALENDAR_PATH } from '../calendar/new-appointment.ts';
import { outcomeOf } from '../calls/call-outcome.ts';
import { callerOf } from '../calls/call-words.ts';
import { figureText } from '../kit/figure-text.ts';

const SHOWN = 5;
/** Changes that arrive within it are read once. */
const GATHER_MS = 700;

interface Shown {
  id: string;
  to: string;
  title: string;
  detail: string;
}

interface ListWidget<R> {
  path: string;
  query: (today: string) => Readonly<Record<string, string>>;
  follows: LiveChange['about'] | null;
  row: (row: R, words: Words, zone: string) => Shown;
}

const when = (at: string, zone: string, { language }: Words): string => shortInstant(at, zone, language, Date.now());

const call = (row: CallListItem, words: Words, zone: string): Shown => ({
  id: row.id,
  to: `/admin/calls/${encodeURIComponent(row.id)}`,
  title: callerOf(row, words.t),
  detail: [
    when(row.started_at, zone, words),
    row.duration_seconds === null ? null : clockDuration(row.duration_seconds),
    words.t(outcomeOf(row).word),
  ]
    .filter((part) => part !== null)
    .join(' · '),
});

const APPOINTMENTS: ListWidget<AppointmentView> = {
  path: '/api/v1/appointments',
  query: (today) => ({ to: today, sort: '-starts_at' }),
  follows: 'calendar',
  row: (row, words) => {
    const date = dateOf(Date.parse(row.starts_at), row.time_zone);
    return {
      id: row.id,
      to: `${CALENDAR_PATH}?${new URLSearchParams({ branch: row.branch_id, date, appointment: row.id })}`,
      title: row.customer_name ?? words.t('widgets.nameless'),
      detail: `${when(row.starts_at, row.time_zone, words)} · ${row.service_name} · ${words.t(`status.${row.status}`)}`,
    };
  },
};
const CALLS: ListWidget<CallListItem> = {
  path: '/api/v1/calls',
  query: () => ({ sort: '-started_at' }),
  follows: 'calls',
  row: call,
};
const ONGOING: ListWidget<CallListItem> = { ...CALLS, query: () => ({ status: 'ongoing', sort: '-started_at' }) };
const CUSTOMERS: ListWidget<Customer> = {
  path: '/api/v1/customers',
  query: () => ({ sort: '-created_at' }),
  follows: null,
  row: (row, words, zone) => ({
    id: row.id,
    to: `/admin/customers/${encodeURIComponent(row.id)}`,
    title: row.name || words.t('widgets.nameless'),
    detail: when(row.created_at, zone, words),
  }),
};
const CALLBACKS: ListWidget<CallbackView> = {
  path: '/api/v1/callback-requests',
  query: () => ({ status: 'open', sort: 'due_at' }),
  follows: 'calls',
  row: (row, words, zone) => ({
    id: row.id,
    to: `/admin/callbacks/${encodeURIComponent(row.id)}`,
    title: row.customer?.name ?? row.name ?? words.t('widgets.nameless'),
    detail: [when(row.due_at, zone, words), row.reason].filter((part) => part !== null).join(' · '),
  }),
};

function List<R>({ of }: { of: ListWidget<R> }) {
  const words = useWords();
  const { t, language } = words;
  const { api, me } = useAdmin();
  const zone = me.tenant.time_zone;
  const { body, fault, reload } = useAnswer<{ data: R[] }>(
    of.path,
    (signal) => api.get(of.path, { ...of.query(dateOf(Date.now(), zone)), limit: SHOWN }, signal),
    { language },
  );
  const read = useThrottledCallback(() => void reload(), GATHER_MS);
  useLiveEvents(({ about }) => {
    if (about !== 'everything' && about !== of.follows) return;
    read();
  });
  if (body === null)
    return fault === null ? <Skeleton h={180} aria-busy="true" /> : <Text c="dimmed">{t('widgets.failed')}</Text>;
  if (body.data.length === 0) return <Text c="dimmed">{t('widgets.empty')}</Text>;
  return (
    <ul className="widget-rows">
      {body.data.map((one) => {
        const { id, to, title, detail } = of.row(one, words, zone);
        return (
          <li key={id}>
            <Anchor component={Link} to={to} c="inherit">
              {title}
            </Anchor>
            <Text size="sm" c="dimmed" className="figures" lineClamp={1}>
              {detail}
            </Text>
          </li>
        );
      })}
    </ul>
  );
}

/** What there is in all. Their words are longer than above a list, which says what it is of. */
const TOTALS = ['customers_total', 'customers_new', 'staff_active', 'services_active', 'calls_length'] as const;

function Totals() {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const query = { names: TOTALS.join(',') };
  const { body, fault } = useAnswer<FiguresResponse>('totals', (signal) => api.get(FIGURES, query, signal), {
    language,
  });
  if (body === null)
    return fault === null ? <Skeleton h={132} aria-busy="true" /> : <Text c="dimmed">{t('widgets.failed')}</Text>;
  return (
    <dl className="widget-totals">
      {TOTALS.map((name) => {
        const figure = body.data.find((one) => one.name === name);
        return (
          figure && (
            <div key={name}>
              <dt>{t(`widget.totals.${name}`)}</dt>
              <dd className="figures">{figureText(figure, language)}</dd>
            </div>
          )
        );
      })}
    </dl>
  );
}

/** Widgets drawn from lists; null: of none. */
export function ListWidgetOf({ name }: { name: WidgetName }) {
  switch (name) {
    case 'totals':
      return <Totals />;
    case 'recent_appointments':
      return <List of={APPOINTMENTS} />;
    case 'recent_calls':
      return <List of={CALLS} />;
    case 'recent_customers':
      return <List of={CUSTOMERS} />;
    case 'ongoing_calls':
      return <List of={ONGOING} />;
    case 'callbacks':
      return <List of={CALLBACKS} />;
    default:
      return null;
  }
}
