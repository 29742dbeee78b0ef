/** /admin/operations/logs: log lines by channel, looked for by time, request and tenant. */
import { Code, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { LogLineView } from '../../../shared/contract/watch.ts';
import { LOG_CHANNELS, LOG_DAYS, type LogChannel } from '../../../shared/watch-status.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';
import type { Column } from '../kit/view.ts';
import { useAddress } from '../use-address.ts';
import { useWords } from '../admin-context.tsx';
import { Rows, StateSwitch } from './rows.tsx';
import { SearchForm, useSearch } from './search-form.tsx';
import { factsText } from './shown.ts';
import { OperationsFrame } from './frame.tsx';
import { Modal } from '../kit/modal.tsx';

const LOOK: Readonly<Record<string, StatusLook>> = {
  alarm: { tone: 'danger', icon: 'warning' },
  error: { tone: 'danger', icon: 'cross' },
  warn: { tone: 'warning', icon: 'warning' },
  info: { tone: 'gray', icon: 'check' },
};
const LEVELS = ['alarm', 'error', 'warn', 'info'] as const;
const levelOf = (text: string): (typeof LEVELS)[number] => LEVELS.find((level) => level === text) ?? 'info';

/** What a request is told apart by comes before everything else that is known of it. */
const nameOf = ({ event, fields }: LogLineView): string =>
  event === 'request' || event === 'slow_request'
    ? `${String(fields['method'] ?? '')} ${String(fields['route'] ?? '')} ${String(fields['status'] ?? '')}`.trim()
    : event;

const COLUMNS: readonly Column<LogLineView>[] = [
  {
    label: 'op.log.level',
    show: {
      kind: 'badge',
      of: ({ level }) => ({
        look: LOOK[level] ?? { tone: 'gray', icon: 'question' },
        word: `op.log.level.${levelOf(level)}`,
      }),
    },
    place: 'aside',
  },
  { label: 'op.log.what', show: { kind: 'long_text', of: ({ fields }) => factsText(fields) }, isWide: true },
  { label: 'op.log.request', show: { kind: 'long_text', of: (line) => line.request_id } },
  { label: 'op.tenant', show: { kind: 'text', of: (line) => line.tenant_id }, place: 'under' },
  { label: 'op.at', show: { kind: 'instant', of: (line) => line.at }, place: 'end' },
];

export default function LogsPage() {
  return (
    <OperationsFrame title="op.log.title" permission="view_logs">
      <Logs />
    </OperationsFrame>
  );
}

function Logs() {
  const { t } = useWords();
  const { query, change } = useAddress();
  const [looked, setLooked] = useState<LogLineView | null>(null);
  const search = useSearch(['request_id', 'tenant_id', 'from', 'to']);
  const channel: LogChannel = LOG_CHANNELS.find((one) => one === query.get('channel')) ?? 'app';
  return (
    <>
      <StateSwitch<LogChannel>
        label={t('op.log.channel')}
        state={channel}
        onState={(next) => change({ channel: next === 'app' ? null : next })}
        states={LOG_CHANNELS.map((value) => ({ value, label: t(`op.log.channel.${value}`) }))}
      />
      <SearchForm search={search}>
        <TextInput label={t('op.log.request')} {...search.field('request_id')} />
        <TextInput label={t('op.tenant_id')} {...search.field('tenant_id')} />
        <TextInput type="datetime-local" label={t('op.from')} {...search.field('from')} />
        <TextInput type="datetime-local" label={t('op.to')} {...search.field('to')} />
      </SearchForm>
      <Text c="dimmed" size="sm">
        {t(channel === 'app' ? 'op.log.kept' : 'op.log.kept_all', { days: LOG_DAYS[channel] })}
      </Text>
      <Rows<LogLineView>
        resource="logs"
        filter={{ ...search.filter, channel }}
        truncated={{ text: 'op.truncated', more: 'op.more' }}
        caption="op.log.title"
        empty={{ title: 'op.log.empty', hint: 'op.log.empty_hint' }}
        first={{ label: 'op.log.event', show: (line) => <span className="kit-line">{nameOf(line)}</span> }}
        columns={COLUMNS}
        ways={() => []}
        look={{ label: 'op.look', show: setLooked }}
      />
      <Modal
        opened={looked !== null}
        onClose={() => setLooked(null)}
        title={looked && nameOf(looked)}
        closeButtonProps={{ 'aria-label': t('action.close') }}
        size="lg"
        centered
      >
        {looked && (
          <Code block className="operations-pre" aria-label={t('op.details')} tabIndex={0}>
            {JSON.stringify(looked, null, 2)}
          </Code>
        )}
      </Modal>
    </>
  );
}
