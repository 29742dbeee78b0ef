/** In place of the pages of the day: who sees only their own appointments and is linked to nobody learns whom to ask. Drawn by routes.tsx. */
import { Paper, Title } from '@mantine/core';
import { useEffect } from 'react';
import { useAdmin, useWords } from './admin-context.tsx';
import { Empty } from './page-parts.tsx';

export default function UnlinkedPage() {
  const { t, language } = useWords();
  const { me } = useAdmin();
  useEffect(() => {
    document.title = `${t('unlinked.title')} · ${me.brand.product_name}`;
  }, [t, me]);
  const ask = me.own?.ask ?? [];
  const names = new Intl.ListFormat(language, { type: 'disjunction' }).format(ask);
  return (
    <Paper withBorder>
      <Title order={1} className="sr-only">
        {t('unlinked.title')}
      </Title>
      <Empty icon="link" title={t('unlinked.title')} hint={t('unlinked.hint')}>
        <p className="kit-text">{ask.length === 0 ? t('unlinked.ask_owner') : t('unlinked.ask', { names })}</p>
      </Empty>
    </Paper>
  );
}
