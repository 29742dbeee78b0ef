/** The bar that stays below a form: whether something is unsaved, discard, save; also by Ctrl or ⌘ and S. Called by form and week. */
import { Button, Group, Kbd, Text } from '@mantine/core';
import { useEffect, useRef } from 'react';
import { useWords } from '../admin-context.tsx';

interface SaveBarProps {
  isDirty: boolean;
  isBusy: boolean;
  canSave: boolean;
  /** false: there is no way back, so nothing stands there while nothing is unsaved */
  canLeave?: boolean;
  /** by keyboard; the button submits the form it stands in */
  onSave: () => void;
  /** unchanged: the way back */
  onDiscard: () => void;
}

export function SaveBar({ isDirty, isBusy, canSave, canLeave = true, onSave, onDiscard }: SaveBarProps) {
  const { t } = useWords();
  const latest = useRef(onSave);
  latest.current = onSave;
  useEffect(() => {
    const save = (event: KeyboardEvent): void => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 's') return;
      event.preventDefault();
      latest.current();
    };
    addEventListener('keydown', save);
    return () => removeEventListener('keydown', save);
  }, []);
  return (
    <div className="kit-save">
      <Text c="dimmed" role="status" className="kit-save-state">
        {isDirty ? t('kit.unsaved') : ' '}
      </Text>
      <Group gap="xs" wrap="nowrap">
        {(isDirty || canLeave) && (
          <Button variant="default" disabled={isBusy} onClick={onDiscard}>
            {isDirty ? t('kit.discard') : t('action.back')}
          </Button>
        )}
        <Button
          type="submit"
          loading={isBusy}
          disabled={!canSave}
          rightSection={
            <Kbd size="xs" className="kit-shortcut" aria-hidden="true">
              {IS_MAC ? '⌘S' : `${t('kit.control_key')} S`}
            </Kbd>
          }
        >
          {t('kit.save')}
        </Button>
      </Group>
    </div>
  );
}

const IS_MAC = /Mac|iPhone|iPad/.test(navigator.userAgent);
