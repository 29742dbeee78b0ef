/** How far the business is set up, as the Worker works it out. Read by the wizard and the list on the start page. */
import type { OnboardingView } from '../../../shared/contract/onboarding.ts';
import type { OnboardingStep } from '../../../shared/onboarding-steps.ts';
import type { ApiFault } from '../../ui/api-client.ts';
import { type Loaded, useAnswer } from '../../ui/use-answer.ts';
import { useAdmin, useWords } from '../admin-context.tsx';

export interface Onboarding extends Loaded<{ data: OnboardingView }> {
  view: OnboardingView | null;
  /** Puts a step off, or back on the list; answers what kept it from happening. */
  skip: (step: OnboardingStep, skipped: boolean) => Promise<ApiFault | null>;
}

export function useOnboarding(): Onboarding {
  const { language } = useWords();
  const { api } = useAdmin();
  const loaded = useAnswer<{ data: OnboardingView }>(
    'onboarding',
    (signal) => api.get('/api/v1/onboarding', {}, signal),
    { language },
  );
  return {
    ...loaded,
    view: loaded.body?.data ?? null,
    async skip(step, skipped) {
      const answer = await api.patch('/api/v1/onboarding', { step, skipped });
      await loaded.reload();
      return answer.ok ? null : answer.fault;
    },
  };
}

/** The step to go on with: the first that is open behind this one, else the first that is open at all. */
export function nextStep(view: OnboardingView, after: OnboardingStep | null): OnboardingStep | null {
  const at = view.steps.findIndex((one) => one.step === after);
  const open = (steps: OnboardingView['steps']) => steps.find((one) => one.state === 'open')?.step ?? null;
  return open(view.steps.slice(at + 1)) ?? open(view.steps);
}

/** What is done or put off, of what has to be either. */
export function progressOf(view: OnboardingView): { done: number; all: number } {
  const needed = view.steps.filter((one) => !one.optional);
  return { done: needed.filter((one) => one.state !== 'open').length, all: needed.length };
}
