/** What is left to set up until the business takes calls. The whole of /admin/start while there is no branch; a card of the day's page while something is left. Drawn by home-page.tsx. */
import { Anchor, Button, Group, Paper, Text, Title } from '@mantine/core';
import { Link } from 'react-router';
import { Icon } from '../../ui/icon.tsx';
import { useAdmin, useWords } from '../admin-context.tsx';
import { FaultAlert, StatusBadge } from '../page-parts.tsx';
import { nextStep, progressOf, useOnboarding } from './use-onboarding.ts';
import { STEP_LOOK } from './step-look.ts';
import './welcome.css';
import { LoadingBlock } from '../loading.tsx';

/** @param isCard beside other things, and gone once all is done */
export default function Checklist({ isCard = false }: { isCard?: boolean }) {
  const { t } = useWords();
  const { me } = useAdmin();
  const { view, fault, reload } = useOnboarding();
  const next = view === null ? null : nextStep(view, null);
  if (isCard && (view === null || view.done)) return null;
  return (
    <Paper withBorder p={isCard ? 'md' : 'lg'} {...(!isCard && { maw: 640 })} component="section">
      <Title order={isCard ? 2 : 1} mb="xs">
        {isCard ? t('welcome.title') : t('home.greeting', { name: me.user.name })}
      </Title>
      {fault && <FaultAlert fault={fault} onRetry={reload} />}
      {view === null && !fault && <LoadingBlock h={320} />}
      {view !== null && (
        <>
          <Text c="dimmed" mb="md">
            {view.done ? t('welcome.all_done_hint') : t('welcome.intro')}
          </Text>
          <ol className="welcome-list" aria-label={t('welcome.steps')}>
            {(isCard ? view.steps.filter(({ state }) => state === 'open') : view.steps).map(({ step, state }) => (
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
