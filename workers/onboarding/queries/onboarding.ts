/** How far a business is set up: worked out of what is there, so that it is true however it came about. Called by the routes. */
import { openBranches } from '../../calendar/rules/company.ts';
import { permissionRefusal } from '../../../shared/actor.ts';
import type { OnboardingView } from '../../../shared/contract/onboarding.ts';
import { ONBOARDING_STEPS, type OnboardingStep, OPTIONAL_STEPS } from '../../../shared/onboarding-steps.ts';
import { ok, type Result } from '../../../shared/result.ts';
import type { ScheduleSnapshot } from '../../calendar/types.ts';
import { calcomConnected, hasTestCall, hasTopup, linesOf, skippedSteps } from '../../storage/queries/onboarding.ts';
import type { TenantScope } from '../../tenancy/scope.ts';

/** The steps in their order, each open, done or put off. Refusals: PERMISSION_DENIED. */
export async function onboardingOf(scope: TenantScope): Promise<Result<OnboardingView>> {
  const refused = permissionRefusal(scope.actor, 'view_services');
  if (refused) return refused;
  const [{ result }, skipped, lines, tested, paid, calcom] = await Promise.all([
    scope.calendar.schedule(),
    skippedSteps(scope.db),
    linesOf(scope.db),
    hasTestCall(scope.db),
    hasTopup(scope.db),
    calcomConnected(scope.db),
  ]);
  if (!result.ok) return result;
  const done: Readonly<Record<OnboardingStep, boolean>> = {
    ...scheduleSteps(result.value),
    ...lines,
    calcom,
    test_call: tested,
    topup: paid,
  };
  const steps = ONBOARDING_STEPS.map((step) => ({
    step,
    state: done[step] ? ('done' as const) : skipped.includes(step) ? ('skipped' as const) : ('open' as const),
    optional: OPTIONAL_STEPS.includes(step),
  }));
  return ok({ done: steps.every((one) => one.optional || one.state !== 'open'), steps });
}

/** What the calendar says: each step is done when a caller could use it. */
function scheduleSteps(
  schedule: ScheduleSnapshot,
): Pick<Record<OnboardingStep, boolean>, 'place' | 'hours' | 'services' | 'staff'> {
  const branches = openBranches(schedule);
  const services = schedule.services.filter((service) => service.body.active);
  const withHours = (kind: 'branch' | 'staff', id: string): boolean =>
    schedule.hours.some(({ body }) => body.ownerKind === kind && body.ownerId === id);
  const working = new Set(
    schedule.staff.filter((person) => person.body.active && withHours('staff', person.id)).map((person) => person.id),
  );
  return {
    place: branches.length > 0,
    hours: branches.length > 0 && branches.every((branch) => withHours('branch', branch.id)),
    services: services.length > 0,
    staff:
      services.length === 0
        ? working.size > 0
        : services.some((service) => service.body.staff.some((one) => working.has(one.staffId))),
  };
}
