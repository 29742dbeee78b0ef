/** Of which of its people an account demands a second factor. Called by security-routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { realNow } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { DAY, toIso } from '../../../shared/time.ts';
import type { FactorDemand } from '../../../shared/ways-in.ts';
import { securityOf, setSecurity } from '../../storage/identity/support.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { mayReachFar } from '../sessions.ts';
import { forbidden } from '../users.ts';

/**
 * From then on who is meant sets one up at the next request and can do nothing else before (http/permission.ts). Whoever changes it has proven two
 * things: nobody shuts themselves out, and no stolen password lifts it.
 * Refusals: PERMISSION_DENIED (`edit_security`), CONFIRMATION_REQUIRED, POLICY_VIOLATION (`second_factor_unproven`), NOT_FOUND.
 */
export async function changeFactorDemand(
  scope: TenantScope,
  { demand, graceDays }: { demand: FactorDemand | 'nobody'; graceDays: number },
): Promise<Result<null>> {
  const { actor } = scope;
  const refused = permissionRefusal(actor, 'edit_security');
  if (refused) return refused;
  if (!mayReachFar(actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const before = await securityOf(scope.db);
  const isGuarded = demand !== 'nobody' || (before?.factorDemand ?? null) !== null;
  if (isGuarded && actor.kind === 'user' && actor.provenTwice !== true) return forbidden('second_factor_unproven');
  const from = realNow() + graceDays * DAY;
  const beside = auditBeside(scope, {
    log: 'identity',
    description: 'second_factor.demand_changed',
    subjectType: 'tenant',
    subjectId: scope.tenantId,
    before: {
      demand: before?.factorDemand ?? 'nobody',
      from: before?.factorDemandedFrom == null ? null : toIso(before.factorDemandedFrom),
    },
    after: { demand, from: demand === 'nobody' ? null : toIso(from) },
  });
  const set =
    demand === 'nobody'
      ? { factorDemand: null, factorDemandedFrom: null }
      : { factorDemand: demand, factorDemandedFrom: from };
  return (await setSecurity(scope.db, set, beside)) ? ok(null) : err({ code: 'NOT_FOUND', entity: 'tenant' });
}
