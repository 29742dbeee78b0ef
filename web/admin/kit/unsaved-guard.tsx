/** Asks before a page with unsaved changes is left: by a link or Back here, by the browser's own question otherwise. */
import { Button, Group, Modal, Text } from '@mantine/core';
import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { useWords } from '../admin-context.tsx';

export function UnsavedGuard({ isDirty }: { isDirty: boolean }) {
  const { t } = useWords();
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => isDirty && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!isDirty) return;
    const ask = (event: BeforeUnloadEvent): void => event.preventDefault();
    addEventListener('beforeunload', ask);
    return () => removeEventListener('beforeunload', ask);
  }, [isDirty]);
  return (
    <Modal
      opened={blocker.state === 'blocked'}
      onClose={() => blocker.reset?.()}
      title={t('kit.leave_title')}
      closeButtonProps={{ 'aria-label': t('action.close') }}
      centered
    >
      <Text>{t('kit.leave_hint')}</Text>
      <Group justify="flex-end" mt="md">
        <Button variant="default" onClick={() => blocker.proceed?.()}>
          {t('kit.discard')}
        </Button>
        <Button data-autofocus onClick={() => blocker.reset?.()}>
          {t('kit.stay')}
        </Button>
      </Group>
    </Modal>
  );
}
