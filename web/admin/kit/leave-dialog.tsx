/** The question before a page with unsaved changes is left. Loaded by unsaved-guard.tsx. */
import { Button, Group, Modal, Text } from '@mantine/core';
import { useWords } from '../admin-context.tsx';

interface LeaveDialogProps {
  isOpen: boolean;
  onLeave: () => void;
  onStay: () => void;
}

export default function LeaveDialog({ isOpen, onLeave, onStay }: LeaveDialogProps) {
  const { t } = useWords();
  return (
    <Modal
      opened={isOpen}
      onClose={onStay}
      title={t('kit.leave_title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      centered
    >
      <Text>{t('kit.leave_hint')}</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={onLeave}>
          {t('kit.discard')}
        </Button>
        <Button data-autofocus onClick={onStay}>
          {t('kit.stay')}
        </Button>
      </Group>
    </Modal>
  );
}
