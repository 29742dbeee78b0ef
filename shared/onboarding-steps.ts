/** What a business sets up before it takes calls, in the wizard's order; without zod. */
export const ONBOARDING_STEPS = [
  'place',
  'hours',
  'services',
  'staff',
  'number',
  'agent',
  'calcom',
  'test_call',
  'topup',
] as const;
export type OnboardingStep = (typeof ONBOARDING_STEPS)[number];

/** Nothing waits for these: the list is done without them. */
export const OPTIONAL_STEPS: readonly OnboardingStep[] = ['calcom'];

export const STEP_STATES = ['open', 'done', 'skipped'] as const;
