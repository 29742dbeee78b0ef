/** The operator's widgets: what lies in the queues, and how many webhooks were worked on. Drawn by widget-board.tsx in a chunk of its own. */
import { Anchor, Skeleton, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { DetailedHealthResponse } from '../../../shared/contract/health.ts';
import type { QueueView } from '../../../shared/contract/watch.ts';
import { percent } from '../../ui/format.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

export default function WidgetQueues({ of }: { of: 'queues' | 'webhook_success' }) {
  return of === 'queues' ? <Queues /> : <Webhooks />;
}

function Queues() {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const { body, fault, reload } = useAnswer<{ data: QueueView[] }>(
    'queues',
    (signal) => api.get('/api/v1/queues', {}, signal),
    { language },
  );
  if (body === null)
    return fault === null ? <Skeleton h={180} aria-busy="true" /> : <FaultAlert fault={fault} onRetry={reload} />;
  return (
    <ul className="widget-rows">
      {body.data.map(({ name, waiting, running, parked }) => (
        <li key={name}>
          <Anchor component={Link} to="/admin/operations/queues" c="inherit">
            {t(`op.queue.${name}`)}
          </Anchor>
          <Text size="sm" c="dimmed" className="figures">
            {t('widget.queue_line', { waiting: String(waiting), running: String(running), parked: String(parked) })}
          </Text>
        </li>
      ))}
    </ul>
  );
}

function Webhooks() {
  const { t, language } = useWords();
  const { api } = useAdmin();
  const { body, fault, reload } = useAnswer<DetailedHealthResponse>(
    'health',
    (signal) => api.get('/api/health/detailed', {}, signal),
    { language },
  );
  if (body === null)
    return fault === null ? <Skeleton h={80} aria-busy="true" /> : <FaultAlert fault={fault} onRetry={reload} />;
  const { received, success_rate: rate } = body.checks.webhooks;
  return (
    <>
      <p className="widget-telling">
        {rate === null ? (
          <span>{t('widget.webhooks_few')}</span>
        ) : (
          <>
            <strong className="figures">{percent(rate * 10_000, language)}</strong>{' '}
            <span>{t('widget.webhooks_worked')}</span>
          </>
        )}
      </p>
      <Anchor component={Link} to="/admin/operations/webhooks">
        {t('widget.webhooks_received', { count: received ?? 0 })}
      </Anchor>
    </>
  );
}
