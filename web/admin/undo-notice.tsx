/** A message with an Undo button, for as long as undoing is possible. Called by what a person does to appointments and records. */
import { Anchor, Group, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import type { ReactNode } from 'react';
import { newKey } from '../ui/new-key.ts';

interface UndoNotice {
  message: string;
  undo: string;
  onUndo: () => void;
  /** how long it stands */
  forMs: number;
}

export function showUndo({ message, undo, onUndo, forMs }: UndoNotice): void {
  const id = newKey();
  const press = (): void => {
    notifications.hide(id);
    onUndo();
  };
  const body: ReactNode = (
    <Group justify="space-between" wrap="nowrap" gap="md">
      <Text>{message}</Text>
      <Anchor component="button" type="button" fw={600} onClick={press}>
        {undo}
      </Anchor>
    </Group>
  );
  notifications.show({ id, message: body, autoClose: forMs });
}
