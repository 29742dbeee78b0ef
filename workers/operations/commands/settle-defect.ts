/** A person says of a defect that it is mended, that it is none, or that it is open again. Called by watch-commands.ts. */
import { causerOf, permissionRefusal } from '../../../shared/actor.ts';
import type { DefectView } from '../../../shared/contract/watch.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { DEFECT_STATES, type DefectState } from '../../../shared/watch-status.ts';
import { clearAlarm } from '../../alarms/raise.ts';
import type { Platform } from '../../env.ts';
import { auditBeside } from '../../identity/audit.ts';
import { defectById, settleDefect } from '../../storage/queries/watch.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { viewOfDefect } from '../queries/watch.ts';

/**
 * `solved` opens by itself when the fault comes again, `ignored` does not; either ends its alarm.
 * Refusals: PERMISSION_DENIED (`manage_defects`), NOT_FOUND, ILLEGAL_TRANSITION (it is so already), VERSION_CONFLICT (it came again meanwhile).
 */
export async function settleDefectByHand(
  platform: Platform,
  scope: TenantScope,
  { id, state, reason }: { id: string; state: DefectState; reason: string },
): Promise<Result<DefectView>> {
  const refused = permissionRefusal(scope.actor, 'manage_defects');
  if (refused) return refused;
  const before = await defectById(platform, id);
  if (before === null) return err({ code: 'NOT_FOUND', entity: 'defect' });
  if (before.state === state) {
    const allowed = DEFECT_STATES.filter((one) => one !== state);
    return err({ code: 'ILLEGAL_TRANSITION', details: { from: before.state, to: state, allowed } });
  }
  const by = causerOf(scope.actor);
  const row = await settleDefect(
    scope.db,
    before,
    { state, by, note: reason, at: scope.now },
    auditBeside(scope, {
      log: 'operations',
      description: `defect.${state}`,
      subjectType: 'defect',
      subjectId: id,
      before: { state: before.state },
      after: { state, reason },
    }),
  );
  if (row === null)
    return err({
      code: 'VERSION_CONFLICT',
      details: { expected_version: before.version, current_version: before.version + 1 },
    });
  if (state !== 'open') await clearAlarm(platform, { kind: 'defect', subject: id }, by, reason);
  return ok(viewOfDefect(row));
}
