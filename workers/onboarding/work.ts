/** What the routes of the set-up do, as one part that is loaded with the first of them. */
export { addPeople } from './commands/add-people.ts';
export { applyTemplate } from './commands/apply-template.ts';
export { makeFirstPlace } from './commands/first-place.ts';
export { skipStep } from './commands/skip-step.ts';
export { onboardingOf } from './queries/onboarding.ts';
export { templateNamed, tradeList } from './templates.ts';
