/** Calls that go on now, each on its card with its lines. Drawn by home-page.tsx in a chunk of its own. */
import { Paper, Text, Title } from '@mantine/core';
import { useGetList } from 'ra-core';
import type { CallListItem } from '../../../shared/contract/calls.ts';
import { useLiveEvents, useWords } from '../admin-context.tsx';
import { RunningCall } from '../calls/running-call.tsx';
import { faultOfError, RETRY } from '../data-provider.ts';
import { FaultAlert } from '../page-parts.tsx';

/** More are on the page of calls. */
const SHOWN = 6;

export default function RunningCalls() {
  const { t } = useWords();
  const list = useGetList<CallListItem>(
    'calls',
    { filter: { status: 'ongoing' }, pagination: { page: 1, perPage: SHOWN } },
    RETRY,
  );
  useLiveEvents(({ about }) => {
    if (about === 'calls' || about === 'everything') void list.refetch();
  });
  const fault = list.error ? faultOfError(list.error) : null;
  const calls = list.data ?? [];
  return (
    <Paper withBorder component="section" className="home-card" aria-labelledby="home-now">
      <div className="home-card-head">
        <Title order={2} id="home-now">
          {t('today.now')}
        </Title>
      </div>
      {fault && <FaultAlert fault={fault} onRetry={() => void list.refetch()} />}
      {calls.length === 0 && !fault ? (
        <Text c="dimmed">
          {t('today.now_none')}. {t('today.now_hint')}
        </Text>
      ) : (
        <div className="home-running">
          {calls.map(({ id }) => (
            <RunningCall key={id} id={id} />
          ))}
        </div>
      )}
    </Paper>
  );
}
