/** /admin/operations/defects: faults that nobody expected, one row a fingerprint, and what a person says of them. */
import { Code, Stack, Text, Title } from '@mantine/core';
import { useState } from 'react';
import type { DefectView } from '../../../shared/contract/watch.ts';
import { DEFECT_STATES, type DefectState } from '../../../shared/watch-status.ts';
import { useMay, useWords } from '../admin-context.tsx';
import { Instant } from '../kit/display.tsx';
import type { Column } from '../kit/view.ts';
import { Fact } from '../page-parts.tsx';
import { useAddress } from '../use-address.ts';
import { ForwardingCard } from './forwarding-card.tsx';
import { Rows, StateSwitch } from './rows.tsx';
import { factsText } from './shown.ts';
import type { WayOut } from './ways-out.ts';
import { OperationsFrame } from './frame.tsx';
import { Modal } from '../kit/modal.tsx';

const COLUMNS: readonly Column<DefectView>[] = [
  { label: 'op.defect.where', show: { kind: 'text', of: ({ event }) => event }, place: 'under' },
  { label: 'op.count', show: { kind: 'text', of: ({ count }) => String(count) }, place: 'aside' },
  { label: 'op.first', show: { kind: 'instant', of: (row) => row.first_seen_at }, isWide: true },
  { label: 'op.defect.note', show: { kind: 'long_text', of: ({ note }) => note }, isWide: true },
  { label: 'op.last', show: { kind: 'instant', of: (row) => row.last_seen_at }, place: 'end' },
];

function waysOf({ id, state }: DefectView): WayOut[] {
  const way = (verb: 'solve' | 'ignore' | 'reopen', to: DefectState): WayOut => ({
    label: `op.defect.${verb}`,
    hint: `op.defect.${verb}_hint`,
    send: (api, { reason }, key) =>
      api.post(`/api/v1/defects/${encodeURIComponent(id)}/settle`, { state: to, reason }, key),
  });
  const all = [way('solve', 'solved'), way('ignore', 'ignored'), way('reopen', 'open')] as const;
  return state === 'open' ? [all[0], all[1]] : [all[2]];
}

export default function DefectsPage() {
  return (
    <OperationsFrame title="op.defect.title" permission="view_defects">
      <Defects />
    </OperationsFrame>
  );
}

function Defects() {
  const { t } = useWords();
  const { query, change } = useAddress();
  const mayManage = useMay('manage_defects');
  const [looked, setLooked] = useState<DefectView | null>(null);
  const state: DefectState = DEFECT_STATES.find((one) => one === query.get('state')) ?? 'open';
  return (
    <>
      <StateSwitch<DefectState>
        label={t('op.state')}
        state={state}
        onState={(next) => change({ state: next === 'open' ? null : next })}
        states={DEFECT_STATES.map((value) => ({ value, label: t(`op.defect.show.${value}`) }))}
      />
      <Rows<DefectView>
        resource="defects"
        filter={{ state }}
        caption={'op.defect.title'}
        empty={{ title: 'op.defect.empty', hint: 'op.defect.empty_hint' }}
        first={{ label: 'op.defect.message', show: ({ message }) => <span className="kit-clamp">{message}</span> }}
        columns={COLUMNS}
        ways={(row) => (mayManage ? waysOf(row) : [])}
        look={{ label: 'op.look', show: setLooked }}
      />
      <ForwardingCard />
      <Modal
        opened={looked !== null}
        onClose={() => setLooked(null)}
        title={t('op.defect.title')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
        size="lg"
        centered
      >
        {looked && <Defect defect={looked} />}
      </Modal>
    </>
  );
}

function Defect({ defect }: { defect: DefectView }) {
  const { t } = useWords();
  return (
    <Stack gap="md">
      <Text fw={600}>{defect.message}</Text>
      <dl className="facts">
        <Fact label={t('op.defect.where')}>{defect.event}</Fact>
        <Fact label={t('op.count')}>{defect.count}</Fact>
        <Fact label={t('op.first')}>
          <Instant at={defect.first_seen_at} />
        </Fact>
        <Fact label={t('op.last')}>
          <Instant at={defect.last_seen_at} />
        </Fact>
        <Fact label={t('op.defect.beside')} isWide>
          {factsText(defect.fields) ?? '–'}
        </Fact>
        {defect.note !== null && (
          <Fact label={t('op.defect.note')} isWide>
            {defect.note}
          </Fact>
        )}
      </dl>
      <Title order={3}>{t('op.defect.frames')}</Title>
      <Code block className="operations-pre" aria-label={t('op.defect.frames')} tabIndex={0}>
        {defect.frames.join('\n') || '–'}
      </Code>
    </Stack>
  );
}
