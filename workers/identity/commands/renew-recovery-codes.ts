/** Another set of recovery codes. Called by factor-commands.ts. */
import { err, ok, type Result } from '../../../shared/result.ts';
import { renewCodes } from '../../storage/identity/second-factors.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { newRecoveryCodes } from '../second-factor.ts';
import { mayReachFar } from '../sessions.ts';
import { toldChange } from '../told-change.ts';
import { forbidden } from '../users.ts';

/**
 * Makes ten new codes and answers them this once; those of before open nothing any more.
 * Refusals: PERMISSION_DENIED (a key asks), CONFIRMATION_REQUIRED, POLICY_VIOLATION (`second_factor_off`).
 */
export async function renewRecoveryCodes(
  scope: TenantScope,
  input: { address: string },
): Promise<Result<{ recoveryCodes: string[] }>> {
  const { actor } = scope;
  if (actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'change_second_factor' });
  if (!mayReachFar(actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const { shown, stored } = newRecoveryCodes();
  const { beside, tell } = toldChange(scope, actor.userId, 'account.recovery_codes_renewed', {
    description: 'second_factor.codes_renewed',
    ip: input.address,
  });
  if (!(await renewCodes(scope.db, actor.userId, stored, beside))) return forbidden('second_factor_off');
  await tell();
  return ok({ recoveryCodes: shown });
}
