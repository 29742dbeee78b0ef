/** Messages that went out about an appointment. A section of its page. */
import { Skeleton, Text } from '@mantine/core';
import type { AppointmentView } from '../../../shared/contract/appointments.ts';
import type { NotificationView } from '../../../shared/contract/notifications.ts';
import { shortInstant } from '../../ui/format.ts';
import { translateIfKnown } from '../../ui/i18n.ts';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

const ROWS = 20;

interface Answered {
  data: NotificationView[];
}

export function Messages({ row }: { row: AppointmentView }) {
  const { t, language, catalogue } = useWords();
  const { api } = useAdmin();
  const asked = useAnswer<Answered>(
    row.id,
    (signal) => api.get('/api/v1/notifications', { appointment_id: row.id, limit: ROWS }, signal),
    { language },
  );
  if (asked.fault) return <FaultAlert fault={asked.fault} onRetry={asked.reload} />;
  if (asked.body === null) return <Skeleton h={48} />;
  const messages = asked.body.data;
  if (messages.length === 0) return <Text c="dimmed">{t('appointments.no_messages')}</Text>;
  return (
    <ul className="kit-record-list">
      {messages.map((message) => (
        <li key={message.id}>
          <Text>
            {translateIfKnown(catalogue, `appointments.message.${message.channel}`) ?? message.channel}
            {' · '}
            {translateIfKnown(catalogue, `appointments.message_status.${message.status}`) ?? message.status}
          </Text>
          {message.error_message !== null && <Text c="dimmed">{message.error_message}</Text>}
          <Text size="sm" c="dimmed">
            {shortInstant(message.sent_at ?? message.created_at, row.time_zone, language, Date.now())}
          </Text>
        </li>
      ))}
    </ul>
  );
}
