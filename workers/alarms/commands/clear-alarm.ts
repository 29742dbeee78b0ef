/** An alarm is ended by a person. Called by routes.ts. */
import { causerOf, permissionRefusal } from '../../../shared/actor.ts';
import type { AlarmView } from '../../../shared/contract/operations.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { auditWrites } from '../../identity/audit.ts';
import { alarmById, endAlarmById } from '../../storage/queries/alarms.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { viewOfAlarm } from '../alarm-view.ts';

/**
 * Ends an open alarm with a reason; should its cause still stand, the next look opens it again.
 * Refusals: PERMISSION_DENIED (`manage_alarms`), NOT_FOUND, ILLEGAL_TRANSITION (cleared before).
 */
export async function clearAlarmByHand(
  scope: TenantScope,
  { id, reason }: { id: string; reason: string },
): Promise<Result<AlarmView>> {
  const refused = permissionRefusal(scope.actor, 'manage_alarms');
  if (refused) return refused;
  const before = await alarmById(scope.db, id);
  if (before === null) return err({ code: 'NOT_FOUND', entity: 'alarm' });
  const { kind, subject } = before;
  const along = auditWrites(scope, {
    log: 'operations',
    description: 'alarm.cleared',
    subjectType: 'alarm',
    subjectId: id,
    after: { kind, subject, reason },
  });
  const clearing = { at: scope.now, by: causerOf(scope.actor), reason };
  if (!(await endAlarmById(scope.db, id, clearing, along)))
    return err({ code: 'ILLEGAL_TRANSITION', details: { from: 'cleared', to: 'cleared', allowed: [] } });
  const after = await alarmById(scope.db, id);
  return after === null ? err({ code: 'NOT_FOUND', entity: 'alarm' }) : ok(viewOfAlarm(after));
}
