/** What an import came to. Drawn by its page. */
import { Button, Group, Paper, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { ImportView } from '../../../shared/contract/imports.ts';
import { useWords } from '../admin-context.tsx';
import { Ended } from './ended.tsx';
import { Figures, RefusedLink } from './checked-step.tsx';

export function ResultStep({ one, onAgain }: { one: ImportView; onAgain: () => void }) {
  const { t } = useWords();
  const { counts } = one;
  const failed = counts['failed'] ?? 0;
  const refused = counts['refused'] ?? 0;
  return (
    <Stack gap="md">
      <Ended one={one} written={t('imports.written')} />
      {one.state !== 'expired' && (
        <Figures
          figures={[
            [t('imports.made'), counts['made'] ?? 0],
            [t('imports.updated'), counts['updated'] ?? 0],
            [t('imports.skipped'), counts['skipped'] ?? 0],
            [t('imports.refused'), refused],
            ...(failed > 0 ? [[t('imports.failed'), failed] as const] : []),
          ]}
        />
      )}
      <Paper withBorder p="md">
        <Stack gap="md">
          {failed > 0 && <Text>{t('imports.failed_hint')}</Text>}
          {refused > 0 && one.state !== 'expired' && <RefusedLink id={one.id} />}
          <Group gap="sm">
            <Button component={Link} to="/admin/customers">
              {t('imports.to_customers')}
            </Button>
            <Button variant="default" onClick={onAgain}>
              {t('imports.again')}
            </Button>
          </Group>
          <Text size="sm" c="dimmed">
            {t('imports.kept')}
          </Text>
        </Stack>
      </Paper>
    </Stack>
  );
}
