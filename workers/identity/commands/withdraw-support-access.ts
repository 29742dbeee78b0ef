/** The owner takes the consent back; who looks in is out at once. Called by security-routes.ts. */
import { permissionRefusal } from '../../../shared/actor.ts';
import { realNow } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { endSupportOf, runningSessions, setSecurity } from '../../storage/identity/support.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { endListening } from '../listening.ts';

/** Ends the consent and every session that rests on it; repeated it ends nothing more. Refusals: PERMISSION_DENIED (`edit_security`), NOT_FOUND. */
export async function withdrawSupportAccess(scope: TenantScope): Promise<Result<null>> {
  const refused = permissionRefusal(scope.actor, 'edit_security');
  if (refused) return refused;
  const now = realNow();
  const running = await runningSessions(scope.db, now);
  const beside = auditBeside(scope, {
    log: 'identity',
    description: 'support_access.withdrawn',
    subjectType: 'tenant',
    subjectId: scope.tenantId,
    after: { sessions_ended: running.length },
  });
  const set = { supportAccessUntil: null, supportAccessBy: null, supportAccessAt: null };
  if (!(await setSecurity(scope.db, set, beside, endSupportOf(scope.db, null, now, 'owner'))))
    return err({ code: 'NOT_FOUND', entity: 'tenant' });
  await Promise.all(running.map((id) => endListening(scope, id)));
  return ok(null);
}
