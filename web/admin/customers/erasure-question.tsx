/** The question of an erasure: when, and why at once. Loaded by request-erasure.tsx when somebody asks for one. */
import { Button, Group, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { ERASURE_REASONS, type ErasureReason } from '../../../shared/erasure-status.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

type When = ErasureReason | 'waits';
const WHENS: readonly When[] = ['waits', ...ERASURE_REASONS];

export function Question({ id, onClose }: { id: string; onClose: () => void }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const go = useNavigate();
  const [when, setWhen] = useState<When>('waits');
  const [busy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);

  async function request(): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await api.post(
      `/api/v1/customers/${encodeURIComponent(id)}/erasure`,
      when === 'waits' ? {} : { reason: when },
      newKey(),
    );
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    void go(`/admin/erasures/${encodeURIComponent(id)}`);
  }

  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        void request();
      }}
    >
      <Stack gap="md">
        <Radio.Group
          label={t('erasures.request_question')}
          value={when}
          onChange={(value) => setWhen(WHENS.find((one) => one === value) ?? 'waits')}
        >
          <Stack gap="xs" mt="xs">
            {WHENS.map((one) => (
              <Radio key={one} value={one} label={t(`erasures.when.${one}`)} />
            ))}
          </Stack>
        </Radio.Group>
        {when !== 'waits' && <Text>{t('erasures.request_now_hint')}</Text>}
        {fault && <FaultAlert fault={fault} />}
        <Group grow>
          <Button variant="default" onClick={onClose}>
            {t('action.back')}
          </Button>
          <Button type="submit" color="red" loading={busy}>
            {t('erasures.request_confirm')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
