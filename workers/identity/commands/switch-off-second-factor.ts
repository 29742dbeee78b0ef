/** The own second factor is switched off. Called by factor-commands.ts. */
import { processNow } from '../../../shared/clock.ts';
import type { DomainError, EdgeError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { passkeysOf } from '../../storage/identity/passkeys.ts';
import { removeSecondFactor } from '../../storage/identity/second-factors.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { writeAudit } from '../audit.ts';
import { secondsUntil } from '../lock-out.ts';
import { checkPasswordOf } from '../own-password.ts';
import { tryFactor } from '../second-factor.ts';
import { toldChange } from '../told-change.ts';
import { forbidden } from '../users.ts';

/**
 * Takes both, whenever the password was typed last: whoever finds an open session must not make the account weaker.
 * Refusals: PERMISSION_DENIED (a key asks), INVALID_CREDENTIALS (the password is wrong), VALIDATION_ERROR (`code` is wrong), RATE_LIMITED, BUSY,
 * POLICY_VIOLATION (`second_factor_off`; `second_factor_demanded`: it is the last one).
 */
export async function switchOffSecondFactor(
  platform: Platform,
  scope: TenantScope,
  input: { password: string; code: string; address: string },
): Promise<Result<null, DomainError | EdgeError>> {
  const { actor } = scope;
  if (actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'change_second_factor' });
  const checked = await checkPasswordOf(platform, scope, actor, input);
  if (!checked.ok) return checked;
  const { userId } = actor;
  const isDemanded = actor.factorDemandedFrom !== undefined;
  // Judged by the statement below; asked before it, so that no recovery code is used up for nothing.
  if (isDemanded && (await passkeysOf(scope.db, userId, 1)).length === 0) return forbidden('second_factor_demanded');
  const tried = await tryFactor(platform, scope, { ...input, userId, device: null });
  if (!tried.isJudged)
    return err({ code: 'RATE_LIMITED', retry_after: secondsUntil(tried.lockedUntil, processNow()), limit: 0 });
  if (tried.proof === null) {
    const entry = { log: 'identity', subjectType: 'user', subjectId: userId, ip: input.address };
    await writeAudit(scope, { ...entry, description: 'second_factor.failed' });
    return err({ code: 'VALIDATION_ERROR', errors: { code: ['wrong'] } });
  }
  const { beside, tell } = toldChange(scope, userId, 'account.second_factor_off', {
    description: 'second_factor.off',
    ip: input.address,
  });
  if (!(await removeSecondFactor(scope.db, userId, [], beside, isDemanded))) return forbidden('second_factor_off');
  await tell();
  return ok(null);
}
