/** What moving and cancelling of many ask alike: reason, whether people are told, whether a warning of the rules counts. Drawn by the two forms. */
import { Button, Checkbox, Group, Stack, Text, TextInput } from '@mantine/core';
import { type ReactNode, useState } from 'react';
import { useWords } from '../admin-context.tsx';

/** As long as the contract takes. */
const MAX_REASON = 500;

export interface Told {
  reason?: string;
  notify_customer: boolean;
  confirm: boolean;
}

interface ManyFormProps {
  title: string;
  go: string;
  isDangerous?: boolean;
  canGo: boolean;
  onGo: (told: Told) => void;
  onBack: () => void;
  children?: ReactNode;
}

export function ManyForm({ title, go, isDangerous, canGo, onGo, onBack, children }: ManyFormProps) {
  const { t } = useWords();
  const [reason, setReason] = useState('');
  const [isTold, setTold] = useState(true);
  const [isSure, setSure] = useState(false);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!canGo) return;
        onGo({
          ...(reason.trim() !== '' && { reason: reason.trim() }),
          notify_customer: isTold,
          confirm: isSure,
        });
      }}
    >
      <Stack gap="sm">
        <Text fw={600}>{title}</Text>
        {children}
        <Group gap="md" align="flex-end">
          <TextInput
            label={t('appointments.reason')}
            maxLength={MAX_REASON}
            value={reason}
            onChange={(event) => setReason(event.currentTarget.value)}
            className="kit-grow"
          />
          <Checkbox
            label={t('appointments.notify')}
            checked={isTold}
            onChange={(event) => setTold(event.currentTarget.checked)}
            pb={8}
          />
          <Checkbox
            label={t('appointments.policy')}
            checked={isSure}
            onChange={(event) => setSure(event.currentTarget.checked)}
            pb={8}
          />
        </Group>
        <Group gap="xs">
          <Button type="submit" disabled={!canGo} {...(isDangerous && { color: 'red' })}>
            {go}
          </Button>
          <Button variant="default" onClick={onBack}>
            {t('action.back')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
