/** How an import has ended, said first on its page: written, given up, or over before it began. Drawn by result-step.tsx and times-step.tsx. */
import { Alert } from '@mantine/core';
import type { ImportView } from '../../../shared/contract/imports.ts';
import { Icon } from '../../ui/icon.tsx';
import { useWords } from '../admin-context.tsx';

export function Ended({ one: { state }, written }: { one: ImportView; written: string }) {
  const { t } = useWords();
  if (state === 'written')
    return (
      <Alert color="green" icon={<Icon name="check" />} role="status">
        {written}
      </Alert>
    );
  if (state === 'abandoned') return <Alert color="yellow">{t('imports.abandoned')}</Alert>;
  if (state === 'expired') return <Alert color="yellow">{t('imports.expired')}</Alert>;
  return null;
}
