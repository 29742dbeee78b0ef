/** /admin/start of a business: what is left to set up until it takes calls; afterwards the way to the calendar. Drawn by home-page.tsx. */
import { Anchor, Button, Group, Paper, Skeleton, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { Icon } from '../../ui/icon.tsx';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert, StatusBadge } from '../page-parts.tsx';
import { nextStep, progressOf, useOnboarding } from './use-onboarding.ts';
import { STEP_LOOK } from './step-look.ts';
import './welcome.css';

export default function Checklist() {
  const { t } = useWords();
  const { me } = useAdmin();
  const { view, fault, reload } = useOnboarding();
  const next = view === null ? null : nextStep(view, null);
  return (
    <Paper withBorder p="lg" maw={640} component="section">
      <Title order={1} mb="xs">
        {t('home.greeting', { name: me.user.name })}
      </Title>
      {fault && <FaultAlert fault={fault} onRetry={reload} />}
      {view === null && !fault && <Skeleton h={320} role="status" aria-label={t('kit.loading')} aria-busy="true" />}
      {view !== null && (
        <>
          <Text c="dimmed" mb="md">
            {view.done ? t('welcome.all_done_hint') : t('welcome.intro')}
          </Text>
          <ol className="welcome-list" aria-label={t('welcome.steps')}>
            {view.steps.map(({ step, state }) => (
              <li key={step}>
                <Anchor component={Link} to={`/admin/welcome?step=${step}`}>
                  {t(`welcome.step.${step}`)}
                </Anchor>
                <StatusBadge look={STEP_LOOK[state]}>{t(`welcome.state.${state}`)}</StatusBadge>
              </li>
            ))}
          </ol>
          <Group mt="md" gap="sm">
            {view.done ? (
              // The panel learns of the branch with the next page.
              <Button
                component="a"
                href="/admin/appointments/calendar"
                leftSection={<Icon name="calendar" size={16} />}
              >
                {t('welcome.to_calendar')}
              </Button>
            ) : (
              <Button component={Link} to={next === null ? '/admin/welcome' : `/admin/welcome?step=${next}`}>
                {t('welcome.continue')}
              </Button>
            )}
            <Text c="dimmed" className="figures">
              {t('welcome.progress', textOf(progressOf(view)))}
            </Text>
          </Group>
        </>
      )}
    </Paper>
  );
}

const textOf = ({ done, all }: { done: number; all: number }) => ({ done: String(done), all: String(all) });
