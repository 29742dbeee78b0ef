/** Asks for a name. Loaded by the menu of views when one is saved or renamed. */
import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useWords } from '../admin-context.tsx';

/** As long as the contract takes. */
const MAX_NAME = 40;

interface NameDialogProps {
  title: string;
  label: string;
  start: string;
  /** names that are there already */
  taken: readonly string[];
  onSave: (name: string) => void;
  onClose: () => void;
}

export default function NameDialog({ title, label, start, taken, onSave, onClose }: NameDialogProps) {
  const { t } = useWords();
  const [name, setName] = useState(start);
  const isTaken = taken.includes(name.trim());
  return (
    <Modal opened onClose={onClose} title={title} closeButtonProps={{ 'aria-label': t('action.close') }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          if (name.trim() !== '' && !isTaken) onSave(name.trim());
        }}
      >
        <Stack>
          <TextInput
            data-autofocus
            label={label}
            maxLength={MAX_NAME}
            value={name}
            error={isTaken ? t('kit.view_taken') : undefined}
            onChange={(event) => setName(event.currentTarget.value)}
          />
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('action.back')}
            </Button>
            <Button type="submit" disabled={name.trim() === '' || isTaken}>
              {t('kit.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
