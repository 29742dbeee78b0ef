/** What becomes of the person, and the way back while there is one. Drawn on an erasure's page; follows the job by itself. */
import { Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRefresh } from 'ra-core';
import { useEffect, useState } from 'react';
import { useNavigate } from 'react-router';
import type { ErasureView } from '../../../shared/contract/erasures.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { dayAndTime } from '../../ui/format.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

/** A job of the minute: looked at this often while one is due or at work. */
const LOOK_AGAIN_MS = 5_000;

export function Progress({ row }: { row: ErasureView }) {
  const { t, language } = useWords();
  const { api, me } = useAdmin();
  const refresh = useRefresh();
  const go = useNavigate();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const isWaiting = row.can_be_withdrawn && row.reason === null;
  const isAtWork = row.state !== 'erased' && !isWaiting;
  useEffect(() => {
    if (!isAtWork) return;
    const timer = setInterval(refresh, LOOK_AGAIN_MS);
    return () => clearInterval(timer);
  }, [isAtWork, refresh]);

  async function withdraw(): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await api.delete<{ success: true }>(`/api/v1/customers/${encodeURIComponent(row.id)}/erasure`);
    setBusy(false);
    if (!answer.ok) {
      // It may have begun a moment ago.
      refresh();
      return setFault(answer.fault);
    }
    notifications.show({ message: t('erasures.withdrawn') });
    void go(`/admin/customers/${encodeURIComponent(row.id)}`);
  }

  return (
    <Stack gap="md" align="flex-start">
      <Text>
        {isWaiting
          ? t('erasures.waits', { date: dayAndTime(row.due_at, me.tenant.time_zone, language) })
          : row.state === 'requested'
            ? t('erasures.begins')
            : t(row.state === 'running' ? 'erasures.runs' : 'erasures.done')}
      </Text>
      {isWaiting && (
        <Button leftSection={<Icon name="undo" size={16} />} loading={busy} onClick={() => void withdraw()}>
          {t('erasures.withdraw')}
        </Button>
      )}
      {fault && <FaultAlert fault={fault} />}
    </Stack>
  );
}
