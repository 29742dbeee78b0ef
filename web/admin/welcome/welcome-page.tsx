/** /admin/welcome: a new business step by step, each of which may be put off; what is done follows from what is there, so it can be left at any point. */
import { Alert, Button, Paper, Skeleton, Text, Title } from '@mantine/core';
import { lazy, Suspense, useEffect, useRef, useState } from 'react';
import { Link, useSearchParams } from 'react-router';
import type { BranchView } from '../../../shared/contract/branches.ts';
import type { CompanyView } from '../../../shared/contract/companies.ts';
import { ONBOARDING_STEPS, type OnboardingStep } from '../../../shared/onboarding-steps.ts';
import { TRADES } from '../../../shared/trades.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { Icon } from '../../ui/icon.tsx';
import { useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useMay, useWords } from '../admin-context.tsx';
import '../kit/kit.css';
import { Empty, FaultAlert } from '../page-parts.tsx';
import '../setup/setup.css';
import { PlaceStep } from './place-step.tsx';
import { ServicesStep } from './services-step.tsx';
import { StaffStep } from './staff-step.tsx';
import { STEP_LOOK } from './step-look.ts';
import type { StepProps } from './step-props.ts';
import { nextStep, progressOf, useOnboarding } from './use-onboarding.ts';
import './welcome.css';
import { LoadingBlock } from '../loading.tsx';

const CalcomStep = lazy(async () => ({ default: (await import('./calcom-step.tsx')).CalcomStep }));
const HoursStep = lazy(async () => ({ default: (await import('./hours-step.tsx')).HoursStep }));

/** Steps that are pages of their own, with the address of each. */
const ELSEWHERE = {
  number: { to: '/admin/numbers', isOutside: false },
  agent: { to: '/admin/agents', isOutside: false },
  test_call: { to: '/admin/test-call', isOutside: false },
  topup: { to: '/portal/billing/topup', isOutside: true },
} as const satisfies Partial<Record<OnboardingStep, { to: string; isOutside: boolean }>>;
type Elsewhere = keyof typeof ELSEWHERE;

export default function WelcomePage() {
  const { t } = useWords();
  const { me } = useAdmin();
  const maySetUp = useMay('edit_services');
  useEffect(() => {
    document.title = `${t('welcome.title')} · ${me.brand.product_name}`;
  }, [t, me]);
  if (!maySetUp)
    return (
      <Paper withBorder>
        <Title order={1} className="sr-only">
          {t('welcome.title')}
        </Title>
        <Empty icon="check-double" title={t('welcome.forbidden')} hint={t('welcome.forbidden_hint')} />
      </Paper>
    );
  return <Wizard />;
}

/** The main branch with its company. */
function usePlace() {
  const { language } = useWords();
  const { api } = useAdmin();
  const branches = useAnswer<{ data: BranchView[] }>(
    'branches',
    (signal) => api.get('/api/v1/branches', { limit: 50 }, signal),
    { language },
  );
  const companies = useAnswer<{ data: CompanyView[] }>(
    'companies',
    (signal) => api.get('/api/v1/companies', {}, signal),
    { language },
  );
  const all = branches.body?.data ?? [];
  return {
    isLoaded: branches.body !== null && companies.body !== null,
    fault: branches.fault ?? companies.fault,
    branch: all.find((one) => one.main) ?? all[0] ?? null,
    company: companies.body?.data[0] ?? null,
    reload: async () => void (await Promise.all([branches.reload(), companies.reload()])),
  };
}

function Wizard() {
  const { t } = useWords();
  const onboarding = useOnboarding();
  const place = usePlace();
  const [query, setQuery] = useSearchParams();
  const [fault, setFault] = useState<ApiFault | null>(null);
  const [isBusy, setBusy] = useState(false);
  const { view } = onboarding;
  const asked = ONBOARDING_STEPS.find((step) => step === query.get('step')) ?? null;
  const trade = TRADES.find((one) => one === query.get('trade')) ?? null;
  const change = (name: 'step' | 'trade', value: string | null): void =>
    setQuery(
      (before) => {
        const next = new URLSearchParams(before);
        if (value === null) next.delete(name);
        else next.set(name, value);
        return next;
      },
      { replace: name === 'trade' },
    );
  const failed = onboarding.fault ?? place.fault;
  const list = useRef<HTMLElement>(null);
  const shown = asked ?? (view === null ? null : (nextStep(view, null) ?? 'place'));
  const isDrawn = view !== null && place.isLoaded;
  // biome-ignore lint/correctness/useExhaustiveDependencies: another step is another place in the list
  useEffect(() => {
    list.current?.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest', inline: 'center' });
  }, [shown, isDrawn]);
  if (view === null || !place.isLoaded)
    return failed ? (
      <FaultAlert
        fault={failed}
        onRetry={async () => void (await Promise.all([onboarding.reload(), place.reload()]))}
      />
    ) : (
      <LoadingBlock h={480} />
    );

  const step = shown ?? 'place';
  const present = view.steps.find((one) => one.step === step);
  const goOn = (): void => {
    const next = nextStep(view, step);
    const after = next === null || next === step ? ONBOARDING_STEPS[ONBOARDING_STEPS.indexOf(step) + 1] : next;
    if (after !== undefined) change('step', after);
  };
  async function done(): Promise<void> {
    // The next form is drawn from what this one has saved.
    await Promise.all([onboarding.reload(), place.reload()]);
    goOn();
  }
  async function skip(skipped: boolean): Promise<void> {
    setBusy(true);
    setFault(await onboarding.skip(step, skipped));
    setBusy(false);
    if (skipped) goOn();
  }
  const progress = progressOf(view);
  const props: StepProps = {
    branch: place.branch,
    company: place.company,
    trade,
    onTrade: (value) => change('trade', value),
    onDone: done,
  };
  return (
    <div className="welcome">
      <div className="welcome-head">
        <Title order={1}>{t('welcome.title')}</Title>
        <Text c="dimmed">{t('welcome.intro')}</Text>
        <Text c="dimmed" className="figures">
          {t('welcome.progress', { done: String(progress.done), all: String(progress.all) })}
        </Text>
      </div>
      <nav ref={list} className="welcome-steps" aria-label={t('welcome.steps')}>
        <ol>
          {view.steps.map((one) => (
            <li key={one.step}>
              <button
                type="button"
                aria-current={one.step === step ? 'step' : undefined}
                onClick={() => change('step', one.step)}
              >
                <Icon name={STEP_LOOK[one.state].icon} size={16} />
                <span>
                  {t(`welcome.step.${one.step}`)}
                  {one.optional && ` (${t('welcome.optional')})`}
                  <span className="sr-only">: {t(`welcome.state.${one.state}`)}</span>
                </span>
              </button>
            </li>
          ))}
        </ol>
      </nav>
      <Paper withBorder component="section" className="welcome-card" aria-labelledby="welcome-step">
        <div>
          <Title order={2} id="welcome-step">
            {t(`welcome.step.${step}`)}
          </Title>
          <Text c="dimmed">{t(`welcome.hint.${step}`)}</Text>
        </div>
        {view.done && (
          <Alert color="green" icon={<Icon name="check" />} title={t('welcome.all_done')}>
            <Button component="a" href="/admin/appointments/calendar" variant="default">
              {t('welcome.to_calendar')}
            </Button>
          </Alert>
        )}
        {fault && <FaultAlert fault={fault} />}
        <Suspense fallback={<Skeleton h={160} />}>
          <Form key={`${step} ${place.branch?.id ?? ''}`} step={step} {...props} />
        </Suspense>
        <div className="welcome-foot">
          {present?.state === 'open' && (
            <Button variant="subtle" color="gray" loading={isBusy} onClick={() => void skip(true)}>
              {t('welcome.skip')}
            </Button>
          )}
          {present?.state === 'skipped' && (
            <Button variant="subtle" color="gray" loading={isBusy} onClick={() => void skip(false)}>
              {t('welcome.bring_back')}
            </Button>
          )}
          {present?.state === 'done' && (
            <Button variant="subtle" color="gray" onClick={goOn}>
              {t('welcome.next')}
            </Button>
          )}
        </div>
      </Paper>
    </div>
  );
}

function Form({ step, ...props }: StepProps & { step: OnboardingStep }) {
  const { t } = useWords();
  if (step === 'place') return <PlaceStep {...props} />;
  if (props.branch === null && (step === 'hours' || step === 'services' || step === 'staff'))
    return <Text>{t('welcome.needs_place')}</Text>;
  if (step === 'hours') return <HoursStep {...props} />;
  if (step === 'services') return <ServicesStep {...props} />;
  if (step === 'staff') return <StaffStep {...props} />;
  if (step === 'calcom') return <CalcomStep onDone={props.onDone} />;
  return <Way step={step} />;
}

function Way({ step }: { step: Elsewhere }) {
  const { t } = useWords();
  const { to, isOutside } = ELSEWHERE[step];
  const label = t(`welcome.open.${step}`);
  return (
    <div>
      {isOutside ? (
        <Button component="a" href={to}>
          {label}
        </Button>
      ) : (
        <Button component={Link} to={to}>
          {label}
        </Button>
      )}
    </div>
  );
}
