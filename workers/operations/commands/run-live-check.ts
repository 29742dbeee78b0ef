/** One check before going live is asked, and what it says is kept. Called by watch-commands.ts. */
import { causerOf, permissionRefusal } from '../../../shared/actor.ts';
import type { LiveCheckView } from '../../../shared/contract/watch.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { LiveCheck } from '../../../shared/watch-status.ts';
import type { Platform } from '../../env.ts';
import { auditBeside } from '../../identity/audit.ts';
import { userOf } from '../../storage/identity/users.ts';
import { noteLiveCheck } from '../../storage/queries/watch.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { askLive, type CheckOutcome } from '../live-checks.ts';
import { viewOfCheck } from '../queries/watch.ts';

/** A mail needs somebody to go to: a key has no address. */
const NOBODY: CheckOutcome & { ms: number } = { result: 'failed', code: 'nobody', detail: {}, ms: 0 };

/** Refusals: PERMISSION_DENIED (`manage_live_checks`). What a check finds wrong is its result, not a refusal. */
export async function runLiveCheck(
  platform: Platform,
  scope: TenantScope,
  name: LiveCheck,
): Promise<Result<LiveCheckView>> {
  const refused = permissionRefusal(scope.actor, 'manage_live_checks');
  if (refused) return refused;
  const user = scope.actor.kind === 'user' ? await userOf(scope.db, scope.actor.userId) : null;
  if (scope.actor.kind === 'user' && user === null) return err({ code: 'NOT_FOUND', entity: 'user' });
  const { productName } = await scope.brand();
  const found =
    name === 'mail' && user === null
      ? NOBODY
      : await askLive(platform, name, { email: user?.email ?? '', productName });
  const row = { name, ...found, at: scope.now, by: causerOf(scope.actor) };
  await noteLiveCheck(
    scope.db,
    row,
    auditBeside(scope, {
      log: 'operations',
      description: 'live_check.run',
      subjectType: 'live_check',
      subjectId: name,
      after: { result: found.result, code: found.code },
    }),
  );
  return ok(viewOfCheck(name, row));
}
