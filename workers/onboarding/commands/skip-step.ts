/** A step is put off, or brought back onto the list. Called by the routes. */
import { permissionRefusal } from '../../../shared/actor.ts';
import type { OnboardingView } from '../../../shared/contract/onboarding.ts';
import type { OnboardingStep } from '../../../shared/onboarding-steps.ts';
import type { Result } from '../../../shared/result.ts';
import { auditWrites } from '../../identity/audit.ts';
import { bringBackOf, skipOf, skippedSteps } from '../../storage/queries/onboarding.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { onboardingOf } from '../queries/onboarding.ts';

/** Answers the list afterwards; what is so already, or named without saying what to do, changes nothing. Refusals: PERMISSION_DENIED. */
export async function skipStep(
  scope: TenantScope,
  { step, skipped }: { step?: OnboardingStep | undefined; skipped?: boolean | undefined },
): Promise<Result<OnboardingView>> {
  const refused = permissionRefusal(scope.actor, 'edit_services');
  if (refused) return refused;
  const present = await skippedSteps(scope.db);
  if (step !== undefined && skipped !== undefined && present.includes(step) !== skipped)
    await scope.db.batch([
      skipped ? skipOf(scope.db, step, scope.now) : bringBackOf(scope.db, step),
      ...auditWrites(scope, {
        log: 'onboarding',
        description: skipped ? 'onboarding.step_skipped' : 'onboarding.step_brought_back',
        subjectType: 'onboarding',
        subjectId: step,
        before: { skipped: !skipped },
        after: { skipped },
      }),
    ]);
  return onboardingOf(scope);
}
