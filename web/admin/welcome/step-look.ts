/** Icon and tone of a step's state. */
import type { OnboardingView } from '../../../shared/contract/onboarding.ts';
import type { StatusLook } from '../../ui/appointment-status.ts';

export const STEP_LOOK: Readonly<Record<OnboardingView['steps'][number]['state'], StatusLook>> = {
  open: { tone: 'warning', icon: 'clock' },
  done: { tone: 'success', icon: 'check' },
  skipped: { tone: 'gray', icon: 'chevron-right' },
};
