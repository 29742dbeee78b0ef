/** /admin/operations/webhooks: what vendors have sent, one with its body, and which kinds of events are worked on. */
import { Button, Code, NativeSelect, Stack, Tabs, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { InboundEventView, InboundWebhookDetail, InboundWebhookView } from '../../../shared/contract/watch.ts';
import { WEBHOOK_SOURCES, WEBHOOK_STATES } from '../../../shared/webhook-status.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import { Instant } from '../kit/display.tsx';
import type { Column } from '../kit/view.ts';
import { Fact, FaultAlert } from '../page-parts.tsx';
import { type Address, useAddress } from '../use-address.ts';
import { AnswerRows, Rows, useWatched } from './rows.tsx';
import { SearchForm, useSearch } from './search-form.tsx';
import { wordOr } from './shown.ts';
import type { WayOut } from './ways-out.ts';
import { OperationsFrame } from './frame.tsx';
import { Loading } from '../loading.tsx';
import { Modal } from '../kit/modal.tsx';

const LOOK: Readonly<Record<InboundWebhookView['state'], StatusLook>> = {
  received: { tone: 'primary', icon: 'clock' },
  processed: { tone: 'success', icon: 'check' },
  failed: { tone: 'danger', icon: 'cross' },
  ignored: { tone: 'gray', icon: 'check' },
};

const COLUMNS: readonly Column<InboundWebhookView>[] = [
  {
    label: 'op.state',
    show: { kind: 'badge', of: ({ state }) => ({ look: LOOK[state], word: `op.hook.state.${state}` }) },
    place: 'aside',
  },
  { label: 'op.hook.source', show: { kind: 'text', of: ({ source }) => source } },
  {
    label: 'op.tenant',
    show: {
      kind: 'text',
      of: (row, words) => row.tenant_name ?? (row.tenant_id === 'unknown' ? words.t('op.hook.nobody') : row.tenant_id),
    },
    place: 'under',
  },
  { label: 'op.hook.unique', show: { kind: 'long_text', of: (row) => row.unique_id }, isWide: true },
  { label: 'op.error', show: { kind: 'long_text', of: (row) => row.error_message }, isWide: true },
  { label: 'op.hook.received', show: { kind: 'instant', of: (row) => row.received_at }, place: 'end' },
];

const pathOf = ({ tenant_id, id }: Pick<InboundWebhookView, 'tenant_id' | 'id'>): string =>
  `/api/v1/inbound-webhooks/${encodeURIComponent(tenant_id)}/${encodeURIComponent(id)}`;

const waysOf = (row: InboundWebhookView): WayOut[] =>
  row.state === 'received'
    ? []
    : [
        {
          label: 'op.hook.replay',
          hint: 'op.hook.replay_hint',
          send: (api, { reason }, key) => api.post(`${pathOf(row)}/replay`, { reason }, key),
        },
      ];

export default function WebhooksPage() {
  return (
    <OperationsFrame title="op.hook.title" permission="view_inbound_events">
      <Webhooks />
    </OperationsFrame>
  );
}

function Webhooks() {
  const { t } = useWords();
  const address = useAddress();
  const { query, change } = address;
  const open = query.get('open');
  const [tenant, id] = open?.split('/') ?? [];
  return (
    <>
      <Tabs
        value={query.get('tab') === 'kinds' ? 'kinds' : 'log'}
        onChange={(tab) => change({ tab: tab === 'kinds' ? tab : null })}
        className="kit-tabs"
        keepMounted={false}
      >
        <Tabs.List aria-label={t('kit.tabs')}>
          <Tabs.Tab value="log">{t('op.hook.tab.log')}</Tabs.Tab>
          <Tabs.Tab value="kinds">{t('op.hook.tab.kinds')}</Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="log" className="kit-page">
          <Log address={address} />
        </Tabs.Panel>
        <Tabs.Panel value="kinds" className="kit-page">
          <Kinds />
        </Tabs.Panel>
      </Tabs>
      <Modal
        opened={tenant !== undefined && id !== undefined}
        onClose={() => change({ open: null })}
        title={t('op.hook.title')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
        size="xl"
        centered
      >
        {tenant !== undefined && id !== undefined && <One key={id} tenant_id={tenant} id={id} />}
      </Modal>
    </>
  );
}

function Log({ address: { change } }: { address: Address }) {
  const { t } = useWords();
  const mayManage = useMay('manage_inbound_events');
  const search = useSearch(['event_type', 'unique_id', 'tenant_id', 'from', 'to'], ['source', 'state']);
  return (
    <>
      <SearchForm search={search}>
        <NativeSelect
          label={t('op.hook.source')}
          {...search.choice('source')}
          data={[{ value: '', label: t('op.all') }, ...WEBHOOK_SOURCES]}
        />
        <NativeSelect
          label={t('op.state')}
          {...search.choice('state')}
          data={[
            { value: '', label: t('op.all') },
            ...WEBHOOK_STATES.map((value) => ({ value, label: t(`op.hook.state.${value}`) })),
          ]}
        />
        <TextInput label={t('op.hook.event')} {...search.field('event_type')} />
        <TextInput label={t('op.hook.unique')} {...search.field('unique_id')} />
        <TextInput label={t('op.tenant_id')} {...search.field('tenant_id')} />
        <TextInput type="datetime-local" label={t('op.from')} {...search.field('from')} />
        <TextInput type="datetime-local" label={t('op.to')} {...search.field('to')} />
      </SearchForm>
      <Rows<InboundWebhookView>
        resource="inbound-webhooks"
        filter={search.filter}
        truncated={{ text: 'op.truncated', more: 'op.more' }}
        caption="op.hook.title"
        empty={{ title: 'op.hook.empty', hint: 'op.hook.empty_hint' }}
        first={{ label: 'op.hook.event', show: (row) => row.event_type }}
        columns={COLUMNS}
        ways={(row) => (mayManage ? waysOf(row) : [])}
        {...(mayManage && {
          look: {
            label: 'op.look',
            show: (row: InboundWebhookView) => change({ open: `${row.tenant_id}/${row.id}` }),
          },
        })}
      />
    </>
  );
}

/** JSON with line ends, anything else as it is. */
function pretty(body: string): string {
  try {
    return JSON.stringify(JSON.parse(body), null, 2);
  } catch {
    return body;
  }
}

/** One webhook. Its body is asked for when somebody wants to see it: that is written down. */
function One({ tenant_id, id }: { tenant_id: string; id: string }) {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const [isAsked, setAsked] = useState(false);
  const path = isAsked ? pathOf({ tenant_id, id }) : null;
  const { body, fault, reload } = useAnswer<{ data: InboundWebhookDetail }>(
    path,
    (signal) => api.get(path ?? '', {}, signal),
    { language },
  );
  if (!isAsked)
    return (
      <Stack gap="md" align="flex-start">
        <Text>{t('op.hook.read_note')}</Text>
        <Button onClick={() => setAsked(true)}>{t('op.hook.show_body')}</Button>
      </Stack>
    );
  if (fault) return <FaultAlert fault={fault} onRetry={reload} />;
  if (!body) return <Loading />;
  const { data } = body;
  return (
    <Stack gap="md">
      <dl className="facts">
        <Fact label={t('op.hook.source')}>{data.source}</Fact>
        <Fact label={t('op.hook.event')}>{data.event_type}</Fact>
        <Fact label={t('op.tenant')}>{data.tenant_name ?? data.tenant_id}</Fact>
        <Fact label={t('op.hook.received')}>
          <Instant at={data.received_at} />
        </Fact>
        <Fact label={t('op.state')}>{t(`op.hook.state.${data.state}`)}</Fact>
        <Fact label={t('op.hook.tries')}>{data.retry_count}</Fact>
        {data.stored_in !== null && <Fact label={t('op.hook.stored_in')}>{t(`op.hook.in.${data.stored_in}`)}</Fact>}
        <Fact label={t('op.hook.unique')} isWide>
          {data.unique_id}
        </Fact>
        {data.error_message !== null && (
          <Fact label={t('op.error')} isWide>
            {data.error_message}
          </Fact>
        )}
      </dl>
      {data.body === null ? (
        <Text c="dimmed">{t('op.hook.no_body')}</Text>
      ) : (
        <Code block className="operations-pre" aria-label={t('op.hook.body')} tabIndex={0}>
          {pretty(data.body)}
        </Code>
      )}
    </Stack>
  );
}

const KIND_COLUMNS: readonly Column<InboundEventView>[] = [
  {
    label: 'op.state',
    show: {
      kind: 'badge',
      of: ({ enabled }) =>
        enabled
          ? { look: { tone: 'success', icon: 'check' }, word: 'op.kind.on' }
          : { look: { tone: 'warning', icon: 'cross' }, word: 'op.kind.off' },
    },
    place: 'aside',
  },
  { label: 'op.hook.source', show: { kind: 'text', of: ({ source }) => source }, place: 'under' },
  {
    label: 'op.kind.handler',
    show: {
      kind: 'text',
      of: ({ handler }, words) =>
        handler === null ? words.t('op.kind.handler.none') : wordOr(words, `op.kind.handler.${handler}`, handler),
    },
  },
  { label: 'op.count', show: { kind: 'text', of: ({ count }) => String(count) } },
  { label: 'op.defect.note', show: { kind: 'long_text', of: (row) => row.off_reason }, isWide: true },
  { label: 'op.last', show: { kind: 'instant', of: (row) => row.last_seen_at }, place: 'end' },
];

/** Stripe’s always stay on: they are about money that has moved. */
function kindWays({ source, event_type, enabled }: InboundEventView): WayOut[] {
  if (source === 'stripe') return [];
  const verb = enabled ? 'switch_off' : 'switch_on';
  return [
    {
      label: `op.kind.${verb}`,
      hint: `op.kind.${verb}_hint`,
      ...(enabled && { isDangerous: true as const }),
      send: (api, { reason }, key) =>
        api.post(
          `/api/v1/inbound-events/${source}/${encodeURIComponent(event_type)}/switch`,
          { enabled: !enabled, reason },
          key,
        ),
    },
  ];
}

function Kinds() {
  const mayManage = useMay('manage_inbound_events');
  const answer = useWatched<{ data: InboundEventView[] }>('/api/v1/inbound-events');
  return (
    <AnswerRows<InboundEventView>
      answer={answer}
      rows={answer.body?.data ?? null}
      caption="op.hook.tab.kinds"
      empty={{ title: 'op.kind.empty', hint: 'op.kind.empty_hint' }}
      first={{ label: 'op.hook.event', show: (row) => row.event_type }}
      columns={KIND_COLUMNS}
      ways={(row) => (mayManage ? kindWays(row) : [])}
    />
  );
}
