/** Asks for the password once more when something reaches far. Loaded when it is needed, by people/lazy-confirm-password.ts. */
import { Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import type { ApiFault } from '../../ui/api-client.ts';
import type { ConfirmPasswordProps } from '../../ui/use-confirmation.tsx';
import { useWords } from '../admin-context.tsx';
import { FaultAlert } from '../page-parts.tsx';

export default function ConfirmPassword({ api, onEnd }: ConfirmPasswordProps) {
  const { t } = useWords();
  const [password, setPassword] = useState('');
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const isWrong = fault?.code === 'INVALID_CREDENTIALS';

  async function submit(): Promise<void> {
    setBusy(true);
    setFault(null);
    const answer = await api.post('/api/auth/confirm-password', { password });
    setBusy(false);
    if (answer.ok) return onEnd(true);
    setFault(answer.fault);
  }

  return (
    <Modal
      opened
      onClose={() => onEnd(false)}
      title={t('confirm.title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      centered
    >
      <form
        onSubmit={(event) => {
          // It may stand in another form's tree.
          event.preventDefault();
          event.stopPropagation();
          void submit();
        }}
      >
        <Stack gap="md">
          <Text>{t('confirm.hint')}</Text>
          <TextInput
            type="password"
            label={t('confirm.password')}
            autoComplete="current-password"
            value={password}
            data-autofocus
            error={isWrong && t('confirm.wrong')}
            onChange={({ currentTarget: { value } }) => setPassword(value)}
          />
          {fault && !isWrong && <FaultAlert fault={fault} />}
          <Group grow>
            <Button variant="default" onClick={() => onEnd(false)}>
              {t('action.back')}
            </Button>
            <Button type="submit" loading={isBusy} disabled={password === ''}>
              {t('confirm.submit')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
