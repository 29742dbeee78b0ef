/** What the dry run of a calendar says, and the button that enters its times; what came of it. Drawn by the page of an import. */
import { Alert, Button, Group, Paper, Stack, Text } from '@mantine/core';
import { Link } from 'react-router';
import type { ImportView } from '../../../shared/contract/imports.ts';
import { LEFT_OUT, type RowOutcome } from '../../../shared/import-sets.ts';
import { Icon } from '../../ui/icon.tsx';
import { useMay, useWords } from '../admin-context.tsx';
import { Figures, RefusedLink } from './checked-step.tsx';
import { Ended } from './ended.tsx';
import { OutcomeTabs } from './outcome-tabs.tsx';

interface TimesStepProps {
  one: ImportView;
  isBusy: boolean;
  onChoice: () => void;
  onRun: () => void;
}

export function TimesStep({ one, isBusy, onChoice, onRun }: TimesStepProps) {
  const { t } = useWords();
  const mayCreate = useMay('create_imports');
  const { counts } = one;
  const count: Record<RowOutcome, number> = {
    new: counts['new'] ?? 0,
    duplicate: counts['present'] ?? 0,
    refused: counts['refused'] ?? 0,
  };
  const met = counts['met'] ?? 0;
  return (
    <Stack gap="md">
      {counts['asked_again'] !== undefined && (
        <Alert color="yellow" icon={<Icon name="warning" />} role="alert">
          {t('imports.asked_again')}
        </Alert>
      )}
      {counts['not_taken'] !== undefined && (
        <Alert color="red" icon={<Icon name="warning" />} role="alert">
          {t('imports.not_taken')}
        </Alert>
      )}
      <Figures
        figures={[
          [t('imports.times_new'), count.new],
          [t('imports.times_present'), count.duplicate],
          [t('imports.times_met'), met],
          [t('imports.refused'), count.refused],
        ]}
      />
      <Paper withBorder p="md">
        <Stack gap="md">
          {met > 0 && <Alert color="yellow">{t('imports.busy_met', { count: met })}</Alert>}
          {count.new + count.duplicate === 0 && <Text>{t('imports.busy_empty')}</Text>}
          <NotTaken one={one} />
          {mayCreate && (
            <Group gap="sm">
              <Button loading={isBusy} onClick={onRun}>
                {t('imports.busy_run')}
              </Button>
              <Button variant="default" onClick={onChoice}>
                {t('imports.change_person')}
              </Button>
            </Group>
          )}
          {count.refused > 0 && <RefusedLink id={one.id} />}
        </Stack>
      </Paper>
      <OutcomeTabs
        one={one}
        label={t('imports.times')}
        words={{ new: t('imports.times_new'), duplicate: t('imports.times_present'), refused: t('imports.refused') }}
        count={count}
        order={['new', 'refused', 'duplicate']}
        mayChoose={false}
      />
    </Stack>
  );
}

/** Events that make nobody busy, by the reason. */
function NotTaken({ one: { counts } }: { one: ImportView }) {
  const { t } = useWords();
  const left = LEFT_OUT.flatMap((why) => {
    const count = counts[`left_${why}`] ?? 0;
    return count === 0 ? [] : [{ why, count }];
  });
  if (left.length === 0) return null;
  return (
    <div>
      <Text size="sm" c="dimmed">
        {t('imports.left_title')}
      </Text>
      <ul className="imports-left">
        {left.map(({ why, count }) => (
          <li key={why}>{t(`imports.left.${why}`, { count })}</li>
        ))}
      </ul>
    </div>
  );
}

export function TimesResult({ one, onAgain }: { one: ImportView; onAgain: () => void }) {
  const { t } = useWords();
  const { counts } = one;
  const refused = counts['refused'] ?? 0;
  const stranded = counts['stranded'] ?? 0;
  return (
    <Stack gap="md">
      <Ended one={one} written={t('imports.busy_written')} />
      {one.state === 'written' && (
        <Figures
          figures={[
            [t('imports.times'), counts['times'] ?? 0],
            [t('imports.refused'), refused],
          ]}
        />
      )}
      <Paper withBorder p="md">
        <Stack gap="md">
          {one.state === 'written' && stranded > 0 && <Text>{t('imports.busy_stranded', { count: stranded })}</Text>}
          {refused > 0 && one.state === 'written' && <RefusedLink id={one.id} />}
          <Group gap="sm">
            <Button component={Link} to="/admin/appointments/calendar">
              {t('imports.to_calendar')}
            </Button>
            {one.staff_id !== null && (
              <Button component={Link} to={`/admin/staff/${encodeURIComponent(one.staff_id)}`} variant="default">
                {t('imports.to_person')}
              </Button>
            )}
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
