/** Takes the second factor away from somebody who has lost it: asks why, and says what follows. Drawn beside what else may be done about access. */
import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useRefresh } from 'ra-core';
import { useState } from 'react';
import type { UserAccountView } from '../../../shared/contract/identity.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { useAdmin, useWords } from '../admin-context.tsx';
import { Refusal } from './refusal.tsx';
import { Modal } from '../kit/modal.tsx';

const MIN_REASON = 10;

export function TakeFactor({ row }: { row: UserAccountView }) {
  const { t } = useWords();
  const { api } = useAdmin();
  const refresh = useRefresh();
  const [isAsking, setAsking] = useState(false);
  const [reason, setReason] = useState('');
  const [isBusy, setBusy] = useState(false);
  const [fault, setFault] = useState<ApiFault | null>(null);
  const { name } = row;

  async function take(): Promise<void> {
    setBusy(true);
    setFault(null);
    const path = `/api/v1/users/${encodeURIComponent(row.id)}/second-factor/remove`;
    const answer = await api.post(path, { reason: reason.trim() });
    setBusy(false);
    if (!answer.ok) return setFault(answer.fault);
    setAsking(false);
    notifications.show({ message: t('users.factor_taken', { name }) });
    refresh();
  }

  return (
    <>
      <Button variant="default" onClick={() => setAsking(true)}>
        {t('users.factor_take')}
      </Button>
      <Modal
        opened={isAsking}
        onClose={() => setAsking(false)}
        title={t('users.factor_take_title', { name })}
        closeButtonProps={{ 'aria-label': t('action.close') }}
        centered
      >
        <form
          onSubmit={(event) => {
            event.preventDefault();
            void take();
          }}
        >
          <Stack gap="md">
            <Text>{t('users.factor_take_hint')}</Text>
            <TextInput
              label={t('users.factor_reason')}
              description={t('users.factor_reason_hint')}
              maxLength={300}
              value={reason}
              data-autofocus
              onChange={({ currentTarget: { value } }) => setReason(value)}
            />
            {fault && <Refusal fault={fault} />}
            <Group grow>
              <Button variant="default" onClick={() => setAsking(false)}>
                {t('action.back')}
              </Button>
              <Button type="submit" color="red" loading={isBusy} disabled={reason.trim().length < MIN_REASON}>
                {t('users.factor_take')}
              </Button>
            </Group>
          </Stack>
        </form>
      </Modal>
    </>
  );
}
