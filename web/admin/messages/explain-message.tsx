/** Why a message went, waits or was stopped: asked with a button, as it was decided then. Drawn on the message's page. */
import { Button, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import type { NotificationDetail, NotificationExplained } from '../../../shared/contract/notifications.ts';
import { dayAndTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { Fact, FaultAlert, StatusBadge } from '../page-parts.tsx';
import { becauseKey, VERDICT_LOOK } from './message-words.ts';

export function ExplainMessage({ row }: { row: NotificationDetail }) {
  const { t } = useWords();
  const [isAsked, setAsked] = useState(false);
  if (isAsked) return <Explained id={row.id} />;
  return (
    <Stack gap="sm" align="flex-start">
      <Text c="dimmed">{t('messages.explain_hint')}</Text>
      <Button variant="default" leftSection={<Icon name="question" size={16} />} onClick={() => setAsked(true)}>
        {t('messages.explain')}
      </Button>
    </Stack>
  );
}

function Explained({ id }: { id: string }) {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const path = `/api/v1/notifications/${encodeURIComponent(id)}/explain`;
  const { body, fault, reload } = useAnswer(
    path,
    (signal) => api.get<{ data: NotificationExplained }>(path, {}, signal),
    { language },
  );
  if (fault) return <FaultAlert fault={fault} onRetry={reload} />;
  if (body === null) return <Text role="status">{t('kit.loading')}</Text>;
  const { verdict, because, decided_at: decidedAt, scheduled_at: at, legal_class: kind } = body.data;
  const when = (instant: string): string => dayAndTime(instant, me.tenant.time_zone, language);
  if (verdict === null || because === null) return <Text>{t('messages.explain_none')}</Text>;
  return (
    <Stack gap="sm" role="status">
      <div>
        <StatusBadge look={VERDICT_LOOK[verdict]}>{t(`messages.verdict.${verdict}`)}</StatusBadge>
      </div>
      <Text>{t(becauseKey(because))}</Text>
      <dl className="facts">
        {kind !== null && <Fact label={t('messages.class')}>{t(`messages.class.${kind}`)}</Fact>}
        {decidedAt !== null && <Fact label={t('messages.decided_at')}>{when(decidedAt)}</Fact>}
        {verdict === 'move' && <Fact label={t('messages.scheduled_at')}>{when(at)}</Fact>}
      </dl>
    </Stack>
  );
}
