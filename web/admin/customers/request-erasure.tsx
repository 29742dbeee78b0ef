/** Asks for the erasure of a customer: in 30 days, or at once with a reason. Drawn on the customer's page for who may erase. */
import { Button, Skeleton, Stack, Text } from '@mantine/core';
import { lazy, Suspense, useState } from 'react';
import type { Customer } from '../../../shared/contract/customers.ts';
import { Icon } from '../../ui/icon.tsx';
import { useWords } from '../admin-context.tsx';
import { Modal } from '../kit/modal.tsx';

const Question = lazy(async () => ({ default: (await import('./erasure-question.tsx')).Question }));

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
        <Suspense fallback={<Skeleton h={220} />}>
          <Question id={row.id} onClose={close} />
        </Suspense>
      </Modal>
    </Stack>
  );
}
