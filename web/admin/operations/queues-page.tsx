/** /admin/operations/queues: what waits in each queue, and the work that was given up. */
import { Code, Stack } from '@mantine/core';
import { useState } from 'react';
import { Link } from 'react-router';
import type { ParkedView } from '../../../shared/contract/operations.ts';
import type { ParkedDetail, QueueView } from '../../../shared/contract/watch.ts';
import { useWords } from '../admin-context.tsx';
import { Instant } from '../kit/display.tsx';
import type { Column } from '../kit/view.ts';
import { Fact, FaultAlert } from '../page-parts.tsx';
import { AnswerRows, Rows, useWatched } from './rows.tsx';
import { STATUS_LOOK } from './shown.ts';
import { waysOutOfParked } from './ways-out.ts';
import { OperationsFrame } from './frame.tsx';
import { Loading } from '../loading.tsx';
import { Modal } from '../kit/modal.tsx';

type QueueRow = QueueView & { id: string };

const QUEUE_COLUMNS: readonly Column<QueueRow>[] = [
  {
    label: 'op.state',
    show: { kind: 'badge', of: ({ status }) => ({ look: STATUS_LOOK[status], word: `op.status.${status}` }) },
    place: 'aside',
  },
  { label: 'op.queue.waiting', show: { kind: 'text', of: ({ waiting }) => String(waiting) }, place: 'under' },
  { label: 'op.queue.running', show: { kind: 'text', of: ({ running }) => String(running) } },
  { label: 'op.queue.parked', show: { kind: 'text', of: ({ parked }) => String(parked) } },
  { label: 'op.queue.oldest', show: { kind: 'instant', of: (row) => row.oldest_due_at }, place: 'end' },
];

const PARKED_COLUMNS: readonly Column<ParkedView>[] = [
  { label: 'op.tenant', show: { kind: 'text', of: (letter) => letter.tenant_id }, place: 'under' },
  { label: 'op.details', show: { kind: 'long_text', of: (letter) => letter.message } },
  { label: 'op.at', show: { kind: 'instant', of: (letter) => letter.at }, place: 'end' },
];

export default function QueuesPage() {
  return (
    <OperationsFrame title="op.queue.title" permission="view_alarms">
      <Queues />
    </OperationsFrame>
  );
}

function Queues() {
  const words = useWords();
  const { t } = words;
  const answer = useWatched<{ data: QueueView[] }>('/api/v1/queues');
  const rows = answer.body?.data.map((row) => ({ ...row, id: row.name })) ?? null;
  const [looked, setLooked] = useState<ParkedView | null>(null);
  return (
    <>
      <AnswerRows<QueueRow>
        answer={answer}
        rows={rows}
        caption={'op.queue.title'}
        empty={{ title: 'op.nothing', hint: 'op.parked.empty_hint' }}
        first={{ label: 'op.name', show: ({ name }) => t(`op.queue.${name}`) }}
        columns={QUEUE_COLUMNS}
        ways={() => []}
      />
      <Rows<ParkedView>
        resource="parked-work"
        filter={{}}
        caption={'op.parked.title'}
        title={t('op.parked.title')}
        empty={{ title: 'op.parked.empty', hint: 'op.parked.empty_hint' }}
        first={{ label: 'op.parked.reason', show: (letter) => letter.reason }}
        columns={PARKED_COLUMNS}
        ways={waysOutOfParked}
        look={{ label: 'op.look', show: setLooked }}
      />
      <Modal
        opened={looked !== null}
        onClose={() => setLooked(null)}
        title={t('op.parked.title')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
        size="lg"
        centered
      >
        {looked && <Parked letter={looked} />}
      </Modal>
    </>
  );
}

/** A piece of parked work as it lies there. */
function Parked({ letter }: { letter: ParkedView }) {
  const { t } = useWords();
  const path = `/api/v1/parked-work/${encodeURIComponent(letter.tenant_id)}/${encodeURIComponent(letter.id)}`;
  const { body, fault, reload } = useWatched<{ data: ParkedDetail }>(path);
  if (fault && !body) return <FaultAlert fault={fault} onRetry={reload} />;
  if (!body) return <Loading />;
  const { data } = body;
  return (
    <Stack gap="md">
      <dl className="facts">
        <Fact label={t('op.tenant')}>{data.tenant_name ?? data.tenant_id}</Fact>
        <Fact label={t('op.at')}>
          <Instant at={data.at} />
        </Fact>
        {data.effect && (
          <>
            <Fact label={t('op.parked.kind')}>{data.effect.kind}</Fact>
            <Fact label={t('op.parked.attempts')}>{data.effect.attempts}</Fact>
            <Fact label={t('op.parked.since')}>
              <Instant at={data.effect.created_at} />
            </Fact>
            {data.effect.phase !== null && <Fact label={t('op.parked.phase')}>{data.effect.phase}</Fact>}
          </>
        )}
        <Fact label={t('op.parked.reason')} isWide>
          {data.reason}
        </Fact>
      </dl>
      <div>
        <Code block className="operations-pre" aria-label={t('op.parked.message')}>
          {data.message}
        </Code>
      </div>
      {data.webhook_id !== null && (
        <Link to={`/admin/operations/webhooks?open=${encodeURIComponent(`${data.tenant_id}/${data.webhook_id}`)}`}>
          {t('op.parked.webhook')}
        </Link>
      )}
    </Stack>
  );
}
