/** The button below a step's form. */
import { Button } from '@mantine/core';
import { useWords } from '../admin-context.tsx';

/** @param onSave without it the button sends the form that it stands in */
export function SaveNext({ isBusy, onSave }: { isBusy: boolean; onSave?: () => Promise<void> }) {
  const { t } = useWords();
  return (
    <div>
      <Button
        type={onSave === undefined ? 'submit' : 'button'}
        loading={isBusy}
        {...(onSave && { onClick: () => void onSave() })}
      >
        {t('welcome.save_next')}
      </Button>
    </div>
  );
}
