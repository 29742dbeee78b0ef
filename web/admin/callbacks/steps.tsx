/** What may become of a call back next: taken, done, given up, or opened again. Drawn on its page for who may change it. */
import { Button, Group, Stack } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRefresh } from 'ra-core';
import { useState } from 'react';
import type { CallbackView } from '../../../shared/contract/calls.ts';
import type { CallbackStatus } from '../../../shared/call-status.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { Icon, type IconName } from '../../ui/icon.tsx';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

const ICONS: Readonly<Record<CallbackStatus, IconName>> = {
  done: 'check',
  assigned: 'user',
  failed: 'absent',
  open: 'undo',
};
/** The first is the main one. */
const NEXT: Readonly<Record<CallbackStatus, readonly CallbackStatus[]>> = {
  open: ['done', 'assigned', 'failed'],
  assigned: ['done', 'failed', 'open'],
  done: ['open'],
  failed: ['open'],
};

export function Steps({ row }: { row: CallbackView }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const refresh = useRefresh();
  const [busy, setBusy] = useState<CallbackStatus | null>(null);
  const [fault, setFault] = useState<ApiFault | null>(null);

  async function change(status: CallbackStatus): Promise<void> {
    setBusy(status);
    setFault(null);
    const answer = await api.patch(`/api/v1/callback-requests/${encodeURIComponent(row.id)}`, { status });
    setBusy(null);
    refresh();
    if (!answer.ok) return setFault(answer.fault);
    notifications.show({ message: t(`callbacks.became.${status}`) });
  }

  return (
    <Stack gap="md" align="flex-start">
      <Group gap="sm">
        {NEXT[row.status].map((status, n) => (
          <Button
            key={status}
            variant={n === 0 ? 'filled' : 'default'}
            leftSection={<Icon name={ICONS[status]} size={16} />}
            loading={busy === status}
            disabled={busy !== null && busy !== status}
            onClick={() => void change(status)}
          >
            {t(`callbacks.do.${status}`)}
          </Button>
        ))}
      </Group>
      {fault && <FaultAlert fault={fault} />}
    </Stack>
  );
}
