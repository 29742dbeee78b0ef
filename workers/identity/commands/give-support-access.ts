/** The owner lets the operator look in for some hours. Called by security-routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { realNow } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { CONSENT_HOURS } from '../../../shared/support.ts';
import { HOUR, toIso } from '../../../shared/time.ts';
import { setSecurity } from '../../storage/identity/support.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { mayReachFar } from '../sessions.ts';

/**
 * Allows sessions of the support for `hours` from now; an earlier consent is replaced, what runs goes on.
 * Refusals: PERMISSION_DENIED (`edit_security`, which no key and no session of the support holds), CONFIRMATION_REQUIRED, NOT_FOUND.
 */
export async function giveSupportAccess(
  scope: TenantScope,
  { hours }: { hours: (typeof CONSENT_HOURS)[number] },
): Promise<Result<null>> {
  const { actor } = scope;
  const refused = permissionRefusal(actor, 'edit_security');
  if (refused) return refused;
  if (!mayReachFar(actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  // By the clock that sessions are judged by.
  const now = realNow();
  const until = now + hours * HOUR;
  const by = actor.kind === 'user' ? actor.userId : null;
  const beside = auditBeside(scope, {
    log: 'identity',
    description: 'support_access.given',
    subjectType: 'tenant',
    subjectId: scope.tenantId,
    after: { hours, until: toIso(until) },
  });
  const set = { supportAccessUntil: until, supportAccessBy: by, supportAccessAt: now };
  return (await setSecurity(scope.db, set, beside)) ? ok(null) : err({ code: 'NOT_FOUND', entity: 'tenant' });
}
