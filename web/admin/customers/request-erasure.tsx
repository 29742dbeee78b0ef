/** Asks for the erasure of a customer: in 30 days, or at once with a reason. Drawn on the customer's page for who may erase. */
import { Button, Group, Modal, Radio, Stack, Text } from '@mantine/core';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import type { Customer } from '../../../shared/contract/customers.ts';
import { ERASURE_REASONS, type ErasureReason } from '../../../shared/erasure-status.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { newKey } from '../../ui/new-key.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

type When = ErasureReason | 'waits';
const WHENS: readonly When[] = ['waits', ...ERASURE_REASONS];

export function RequestErasure({ row }: { row: Customer }) {
  const { t } = useWords();
  const [isOpen, setOpen] = useState(false);
  const close = (): void => setOpen(false);
  return (
    <Stack gap="sm" align="flex-start">
      <Text c="dimmed">{t('erasures.request_hint')}</Text>
      <Button variant="default" leftSection={<Icon name="bin" size={16} />} onClick={() => setOpen(true)}>
        {t('erasures.request')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={close}
        title={t('erasures.request_title')}
        closeButtonProps={{ 'aria-label': t('action.close') }}
        centered
      >
        <Question id={row.id} onClose={close} />
      </Modal>
    </Stack>
  );
}

function Question({ id, onClose }: { id: string; onClose: () => void }) {
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
