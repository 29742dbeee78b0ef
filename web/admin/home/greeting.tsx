/** /admin/start for whom the panel has no daily page: who they are signed in as, and what they may open. Drawn by home-page.tsx. */
import { Button, Group, Paper, Text, Title } from '@mantine/core';
import { useEffect } from 'react';
import { Link } from 'react-router';
import { translateIfKnown } from '../../ui/i18n.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAdmin, useWords } from '../admin-context.tsx';
import { navigationFor } from '../shell/navigation.ts';

export function Greeting() {
  const { t, catalogue } = useWords();
  const { me } = useAdmin();
  useEffect(() => {
    document.title = `${t('home.title')} · ${me.brand.product_name}`;
  }, [t, me]);
  const entries = navigationFor(me).flatMap((group) => group.entries);
  return (
    <Paper withBorder p="lg" maw={640}>
      <Title order={1} mb="xs">
        {t('home.greeting', { name: me.user.name })}
      </Title>
      <Text>
        {t('home.signed_in', {
          tenant: me.tenant.name,
          role: me.role_name ?? translateIfKnown(catalogue, `role.${me.role}`) ?? me.role,
        })}
      </Text>
      <Text c="dimmed" mt="xs">
        {t(`home.${me.tenant.type}_hint`)}
      </Text>
      {entries.length > 0 && (
        <Group gap="xs" mt="md">
          {entries.map((entry) =>
            entry.isOutside ? (
              <Button
                key={entry.to}
                component="a"
                href={entry.to}
                variant="default"
                leftSection={<Icon name={entry.icon} size={16} />}
              >
                {t(entry.label)}
              </Button>
            ) : (
              <Button
                key={entry.to}
                component={Link}
                to={entry.to}
                variant="default"
                leftSection={<Icon name={entry.icon} size={16} />}
              >
                {t(entry.label)}
              </Button>
            ),
          )}
        </Group>
      )}
    </Paper>
  );
}
