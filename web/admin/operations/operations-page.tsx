/** /admin/operations: what needs the platform's operator, each row with its ways out. Lists are asked again every half minute. */
import { Paper, Tabs, Title } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { ALARM_STATES, type AlarmState } from '../../../shared/alarm-kinds.ts';
import type { AlarmView, ParkedView, UnmatchedView } from '../../../shared/contract/operations.ts';
import { UNMATCHED_STATES, type UnmatchedState } from '../../../shared/money-status.ts';
import { useAdmin, useMay, useWords, type Words } from '../admin-context.tsx';
import '../kit/kit.css';
import type { Column, Key } from '../kit/view.ts';
import { Empty } from '../page-parts.tsx';
import './operations.css';
import { Rows, StateSwitch } from './rows.tsx';
import { objectOf, waysOutOfAlarm, waysOutOfParked, waysOutOfPayment } from './ways-out.ts';
import { OperationsNav } from './frame.tsx';

const TABS = ['alarms', 'payments', 'objects', 'parked'] as const;
type Tab = (typeof TABS)[number];
const isTab = (text: string | null): text is Tab => TABS.some((tab) => tab === text);

export default function OperationsPage() {
  const { t } = useWords();
  const { me } = useAdmin();
  const maySee = useMay('view_alarms');
  const [parameters, setParameters] = useSearchParams();
  const asked = parameters.get('tab');
  const tab: Tab = isTab(asked) ? asked : 'alarms';
  useEffect(() => {
    document.title = `${t('operations.title')} · ${me.brand.product_name}`;
  }, [t, me]);
  if (!maySee)
    return (
      <Paper withBorder>
        <Title order={1} className="sr-only">
          {t('operations.title')}
        </Title>
        <Empty icon="warning" title={t('operations.title')} hint={t('operations.forbidden')} />
      </Paper>
    );
  return (
    <div className="kit-page">
      <OperationsNav />
      <Title order={1}>{t('operations.title')}</Title>
      <Tabs
        value={tab}
        onChange={(next) => setParameters(next === null || next === 'alarms' ? {} : { tab: next }, { replace: true })}
        className="kit-tabs operations-tabs"
        keepMounted={false}
      >
        <Tabs.List aria-label={t('kit.tabs')}>
          {TABS.map((name) => (
            <Tabs.Tab key={name} value={name}>
              {t(`operations.tab.${name}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="alarms" className="kit-page">
          <AlarmList />
        </Tabs.Panel>
        <Tabs.Panel value="payments" className="kit-page">
          <PaymentList />
        </Tabs.Panel>
        <Tabs.Panel value="objects" className="kit-page">
          <ObjectLists />
        </Tabs.Panel>
        <Tabs.Panel value="parked" className="kit-page">
          <ParkedList />
        </Tabs.Panel>
      </Tabs>
    </div>
  );
}

/** Whose it is, in words. */
const ownerOf = (alarm: AlarmView, { t }: Words): string =>
  alarm.tenant_name ?? alarm.tenant_id ?? t('operations.platform');

/** Ids, numbers and states of the fault, as they were kept. */
const detailOf = (alarm: AlarmView): string =>
  Object.entries(alarm.detail)
    .filter(([, value]) => value !== null)
    .map(([name, value]) => `${name}: ${String(value)}`)
    .join(' · ');

const ALARM_COLUMNS: readonly Column<AlarmView>[] = [
  { label: 'operations.whose', show: { kind: 'text', of: ownerOf }, place: 'under' },
  { label: 'operations.detail', show: { kind: 'long_text', of: detailOf } },
  { label: 'operations.times', show: { kind: 'text', of: (alarm) => String(alarm.count) }, isWide: true },
  { label: 'operations.last_seen', show: { kind: 'instant', of: (alarm) => alarm.last_seen_at }, isWide: true },
  { label: 'operations.since', show: { kind: 'instant', of: (alarm) => alarm.opened_at }, place: 'end' },
];

const nameOf = (alarm: AlarmView, { t }: Words): string => {
  const about = objectOf(alarm);
  const kind = t(`operations.kind.${alarm.kind}`);
  const what = alarm.kind === 'health' || alarm.kind === 'cron_gave_up' ? alarm.subject : null;
  const of = about === null ? what : t(`operations.object.${about.object}`);
  return of === null ? kind : `${kind}: ${of}`;
};

type State = AlarmState | UnmatchedState;

const emptyOf = (tab: Tab) => ({
  caption: `operations.tab.${tab}` as const,
  empty: { title: `operations.empty.${tab}`, hint: `operations.empty.${tab}_hint` } as const,
});

interface StatesProps {
  states: readonly State[];
  state: State;
  onState: (state: State) => void;
}

function States({ states, state, onState }: StatesProps) {
  const { t } = useWords();
  const shown = states.map((value) => ({ value, label: t(`operations.show.${value}`) }));
  return <StateSwitch states={shown} state={state} onState={onState} label={t('kit.tabs')} />;
}

function AlarmList() {
  const [state, setState] = useState<State>('open');
  return (
    <>
      <States states={ALARM_STATES} state={state} onState={setState} />
      <AlarmRows filter={{ state }} empty="alarms" />
    </>
  );
}

/** The kinds whose way out leads over an object. */
function ObjectLists() {
  return (
    <>
      {(['sink_stopped', 'object_behind', 'ledger_differs', 'transfers_differ'] as const).map((kind) => (
        <AlarmRows key={kind} filter={{ state: 'open', kind }} empty="objects" title={`operations.kind.${kind}`} />
      ))}
    </>
  );
}

function AlarmRows({ filter, empty, title }: { filter: Record<string, string>; empty: Tab; title?: Key }) {
  const words = useWords();
  return (
    <Rows<AlarmView>
      resource="alarms"
      filter={filter}
      {...emptyOf(empty)}
      {...(title !== undefined && { title: words.t(title) })}
      first={{ label: 'operations.what', show: (alarm) => nameOf(alarm, words) }}
      columns={filter['state'] === 'cleared' ? [...ALARM_COLUMNS, NOTE] : ALARM_COLUMNS}
      ways={waysOutOfAlarm}
    />
  );
}
const NOTE: Column<AlarmView> = {
  label: 'operations.note',
  show: { kind: 'long_text', of: (alarm) => alarm.reason },
};

const PAYMENT_COLUMNS: readonly Column<UnmatchedView>[] = [
  {
    label: 'operations.whose',
    show: {
      kind: 'text',
      of: (event, { t }) => (event.tenant_id === 'unknown' ? t('operations.unknown_tenant') : event.tenant_id),
    },
    place: 'under',
  },
  {
    label: 'operations.amount',
    show: {
      kind: 'money',
      of: ({ amount_cents: cents, currency }) => (cents === null || currency === null ? null : { cents, currency }),
    },
    place: 'aside',
  },
  { label: 'operations.reason', show: { kind: 'text', of: (event) => event.reason } },
  { label: 'operations.payment', show: { kind: 'text', of: (event) => event.payment_id }, isWide: true },
  { label: 'operations.note', show: { kind: 'long_text', of: (event) => event.note }, isWide: true },
  { label: 'operations.since', show: { kind: 'instant', of: (event) => event.created_at }, place: 'end' },
];

function PaymentList() {
  const [state, setState] = useState<State>('open');
  return (
    <>
      <States states={UNMATCHED_STATES} state={state} onState={setState} />
      <Rows<UnmatchedView>
        resource="unmatched-payments"
        filter={{ state }}
        {...emptyOf('payments')}
        first={{ label: 'operations.what', show: (event) => event.event_type }}
        columns={PAYMENT_COLUMNS}
        ways={waysOutOfPayment}
      />
    </>
  );
}

const PARKED_COLUMNS: readonly Column<ParkedView>[] = [
  { label: 'operations.whose', show: { kind: 'text', of: (letter) => letter.tenant_id }, place: 'under' },
  { label: 'operations.detail', show: { kind: 'long_text', of: (letter) => letter.message } },
  { label: 'operations.since', show: { kind: 'instant', of: (letter) => letter.at }, place: 'end' },
];

const ParkedList = () => (
  <Rows<ParkedView>
    resource="parked-work"
    filter={{}}
    {...emptyOf('parked')}
    first={{ label: 'operations.reason', show: (letter) => letter.reason }}
    columns={PARKED_COLUMNS}
    ways={waysOutOfParked}
  />
);
