/** Shown to users without permission for a page of a resource. Called by the kit's pages. */
import { Paper, Title } from '@mantine/core';
import { useWords } from '../admin-context.tsx';
import { Empty } from '../page-parts.tsx';
import type { KitRow, View } from './view.ts';

export function Forbidden<R extends KitRow>({ view }: { view: View<R> }) {
  const { t } = useWords();
  return (
    <Paper withBorder>
      <Title order={1} className="sr-only">
        {t(view.texts.title)}
      </Title>
      <Empty icon={view.icon} title={t(view.texts.forbidden)} hint={t('calendar.forbidden_hint')} />
    </Paper>
  );
}
