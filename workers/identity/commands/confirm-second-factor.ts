/** The second half of setting a second factor up: a code proves that the app has the secret. Called by factor-commands.ts. */
import { processNow, realNow } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { confirmSecondFactor as store, secondFactorOf } from '../../storage/identity/second-factors.ts';
import { endSessionsOf, markProvenTwice, sessionsOf } from '../../storage/identity/sessions.ts';
import { openSealed } from '../../tenancy/seal.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { endListening } from '../listening.ts';
import { acceptedStep, fromBase32 } from '../rules/totp.ts';
import { knownFactorRefusal, newRecoveryCodes } from '../second-factor.ts';
import { mayReachFar } from '../sessions.ts';
import { toldChange } from '../told-change.ts';
import { forbidden, MAX_SESSIONS } from '../users.ts';

/**
 * Switches the second factor on and answers the recovery codes this once. The other sessions end: they began without it.
 * Refusals: PERMISSION_DENIED (a key asks), CONFIRMATION_REQUIRED, VALIDATION_ERROR (`code` is wrong), POLICY_VIOLATION (`second_factor_off`:
 * none was begun; `second_factor_on`: it is on already; `second_factor_known`).
 */
export async function confirmSecondFactor(
  platform: Platform,
  scope: TenantScope,
  input: { code: string; address: string },
): Promise<Result<{ recoveryCodes: string[] }>> {
  const { actor } = scope;
  if (actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'change_second_factor' });
  if (!mayReachFar(actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const known = await knownFactorRefusal(scope, actor);
  if (known) return known;
  const factor = await secondFactorOf(scope.db, actor.userId);
  if (factor === null) return forbidden('second_factor_off');
  if (factor.confirmedAt !== null) return forbidden('second_factor_on');
  const secret = fromBase32((await openSealed(platform, scope.tenantId, factor.sealedSecret)) ?? '');
  const code = input.code.replace(/\s/g, '');
  const step = secret === null ? null : acceptedStep(secret, code, realNow(), factor.lastStep);
  if (step === null) return err({ code: 'VALIDATION_ERROR', errors: { code: ['wrong'] } });
  const { shown, stored } = newRecoveryCodes();
  const others = await sessionsOf(scope.db, actor.realm, actor.userId, realNow(), MAX_SESSIONS);
  const { beside, tell } = toldChange(scope, actor.userId, 'account.second_factor_on', {
    description: 'second_factor.on',
    ip: input.address,
  });
  const isOn = await store(
    scope.db,
    actor.userId,
    { sealedSecret: factor.sealedSecret, step, at: processNow(), codes: stored },
    [
      endSessionsOf(scope.db, { id: actor.userId, realm: actor.realm }, actor.sessionId),
      markProvenTwice(scope.db, actor),
    ],
    beside,
  );
  if (!isOn) return forbidden('changed_meanwhile');
  await tell();
  for (const { id } of others) if (id !== actor.sessionId) await endListening(scope, id);
  return ok({ recoveryCodes: shown });
}
