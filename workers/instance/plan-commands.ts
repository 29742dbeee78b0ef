/** What changes plans, in one part that is loaded with its first use. Called by plans.resource.ts. */
export { createPlan } from './commands/create-plan.ts';
export { updatePlan } from './commands/update-plan.ts';
