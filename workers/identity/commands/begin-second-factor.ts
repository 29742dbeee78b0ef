/** The first half of setting a second factor up: a secret for the app. Called by factor-commands.ts. */
import { randomBytes } from 'node:crypto';
import { processNow } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { beginSecondFactor as store } from '../../storage/identity/second-factors.ts';
import { userOf } from '../../storage/identity/users.ts';
import { seal } from '../../tenancy/seal.ts';
import type { TenantScope } from '../../tenancy/scope.ts';
import { auditBeside } from '../audit.ts';
import { otpauthUri, SECRET_BYTES, toBase32 } from '../rules/totp.ts';
import { knownFactorRefusal } from '../second-factor.ts';
import { mayReachFar } from '../sessions.ts';
import { forbidden } from '../users.ts';

/**
 * Makes a secret and answers it this once; nothing is guarded before a code of it was typed. Doing it again makes another one.
 * Refusals: PERMISSION_DENIED (a key asks), CONFIRMATION_REQUIRED, POLICY_VIOLATION (`second_factor_on`: there is one already;
 * `second_factor_known`).
 */
export async function beginSecondFactor(
  platform: Platform,
  scope: TenantScope,
  input: { address: string },
): Promise<Result<{ secret: string; uri: string }>> {
  const { actor } = scope;
  if (actor.kind !== 'user') return err({ code: 'PERMISSION_DENIED', permission: 'change_second_factor' });
  if (!mayReachFar(actor)) return err({ code: 'CONFIRMATION_REQUIRED' });
  const known = await knownFactorRefusal(scope, actor);
  if (known) return known;
  const [user, brand] = await Promise.all([userOf(scope.db, actor.userId), scope.brand()]);
  if (user === null) return err({ code: 'UNAUTHENTICATED' });
  const secret = toBase32(randomBytes(SECRET_BYTES));
  const begun = await store(
    scope.db,
    {
      userId: user.id,
      realm: user.realm,
      sealedSecret: await seal(platform, scope.tenantId, secret),
      createdAt: processNow(),
    },
    auditBeside(scope, {
      log: 'identity',
      description: 'second_factor.begun',
      subjectType: 'user',
      subjectId: user.id,
      ip: input.address,
    }),
  );
  return begun ? ok({ secret, uri: otpauthUri(secret, brand.productName, user.email) }) : forbidden('second_factor_on');
}
