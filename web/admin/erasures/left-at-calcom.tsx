/** The bookings that only a person can delete at Cal.com, and the click that says it is done. Drawn on an erasure's page. */
import { Anchor, Button, List, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRefresh } from 'ra-core';
import { useState } from 'react';
import type { ErasureView } from '../../../shared/contract/erasures.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

export function LeftAtCalcom({ row }: { row: ErasureView }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const refresh = useRefresh();
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  // One for the page: a second click does not act twice.
  const [key] = useState(newKey);

  async function close(): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await api.post(`/api/v1/customers/${encodeURIComponent(row.id)}/erasure/close`, {}, key);
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    notifications.show({ message: t('erasures.closed') });
    refresh();
  }

  return (
    <Stack gap="md" align="flex-start">
      <Text c="dimmed">{t('erasures.left_hint')}</Text>
      <List spacing="xs">
        {row.left_at_calcom.map((link, n) => (
          <List.Item key={link}>
            <Anchor href={link} target="_blank" rel="noreferrer" display="inline-block" py={4}>
              {t('erasures.booking', { number: n + 1 })}
              <span className="sr-only">, {t('erasures.opens_outside')}</span>
            </Anchor>
          </List.Item>
        ))}
      </List>
      {row.state === 'erased' && row.closed_at === null && (
        <Button loading={busy} onClick={() => void close()}>
          {t('erasures.close')}
        </Button>
      )}
      {fault && <FaultAlert fault={fault} />}
    </Stack>
  );
}
