/** The second step of a sign-in: a code of the app, or a recovery code. Called by factor-commands.ts. */
import { processNow } from '../../../shared/clock.ts';
import type { DomainError, EdgeError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { CHALLENGE_TRIES } from '../../../shared/ways-in.ts';
import type { Platform } from '../../env.ts';
import { sha256Hex } from '../../object-runtime/hash.ts';
import { challengeByHash, takeChallenge, takeTry } from '../../storage/identity/second-factors.ts';
import { inRealm } from '../../tenancy/directory.ts';
import { openTenant, type TenantScope } from '../../tenancy/scope.ts';
import type { AskedByBrowser } from '../asked.ts';
import { type AuditEntry, auditWrites } from '../audit.ts';
import { challengeCookie } from '../challenge-cookie.ts';
import { deviceOf } from '../device-cookie.ts';
import { secondsUntil } from '../lock-out.ts';
import { letInProven, type SignedIn } from '../new-session.ts';
import { tryFactor } from '../second-factor.ts';
import { toldChange } from '../told-change.ts';

interface PassSecondFactor extends AskedByBrowser {
  code: string;
  /** of the browser's cookie */
  secret: string;
}

/**
 * Turns a challenge into a session. Five tries a challenge, and a lock that grows over all of them; each code opens once.
 * Refusals: NOT_FOUND (no challenge that is good here now: begin again), INVALID_CREDENTIALS (wrong code), RATE_LIMITED (lock-out).
 */
export async function passSecondFactor(
  platform: Platform,
  input: PassSecondFactor,
): Promise<Result<SignedIn, DomainError | EdgeError>> {
  const over = err({ code: 'NOT_FOUND' as const, entity: 'challenge' });
  const now = processNow();
  const tokenHash = sha256Hex(input.secret);
  const found = await challengeByHash(platform, tokenHash, now);
  if (found === null || !(await inRealm(platform, input.realm, found.challenge.tenantId))) return over;
  const { challenge, user } = found;
  const guest = { kind: 'guest', tenantId: challenge.tenantId, permissions: [] } as const;
  const scope = openTenant(platform, challenge.tenantId, guest, input);
  if (!(await takeTry(scope.db, tokenHash, CHALLENGE_TRIES, now))) return over;
  const account = `${input.realm.tenantId}\n${user.email}`;
  const device = await deviceOf(platform, input.cookie, input.secure, account);
  const tried = await tryFactor(platform, scope, { userId: user.id, code: input.code, address: input.address, device });
  if (!tried.isJudged)
    return err({ code: 'RATE_LIMITED', retry_after: secondsUntil(tried.lockedUntil, now), limit: 0 });
  if (tried.proof === null) {
    if (tried.isReused) await tell(scope, user.id, input.address, REUSED);
    await failed(scope, user.id, input.address, tried.lockedUntil > now ? secondsUntil(tried.lockedUntil, now) : null);
    return err({ code: 'INVALID_CREDENTIALS' });
  }
  if (!(await takeChallenge(scope.db, tokenHash, processNow()))) return over;
  const known = { realm: user.realm, tenantId: challenge.tenantId, userId: user.id };
  const { way, rememberMe, isNew } = challenge;
  const begun = await letInProven(platform, known, { ...input, way, rememberMe, isNew, account }, tried.proof);
  if (begun === null) return over;
  if (tried.proof === 'recovery_code') await tell(scope, user.id, input.address, USED);
  return ok({ ...begun, setCookies: [...begun.setCookies, challengeCookie(input.secure, null)] });
}

/** One of ten is gone: who did not do it learns of it. */
const USED = { event: 'account.recovery_code_used', description: 'second_factor.code_used' } as const;
/** Who types a code a second time may have watched the first: its person learns of it. */
const REUSED = { event: 'account.code_reused', description: 'second_factor.code_reused' } as const;

async function tell(
  scope: TenantScope,
  userId: string,
  ip: string,
  { event, description }: typeof USED | typeof REUSED,
): Promise<void> {
  const causer = event === USED.event ? { causer: `user:${userId}` } : {};
  const told = toldChange(scope, userId, event, { description, ...causer, ip });
  await scope.db.batch([...told.beside.tenant]);
  await told.tell();
}

/** A row for the failure, and one more where it began a lock. @param locked its length in seconds */
async function failed(scope: TenantScope, userId: string, ip: string, locked: number | null): Promise<void> {
  const entry: AuditEntry = {
    log: 'identity',
    description: 'second_factor.failed',
    subjectType: 'user',
    subjectId: userId,
    ip,
  };
  await scope.db.batch([
    ...auditWrites(scope, entry),
    ...(locked === null
      ? []
      : auditWrites(scope, { ...entry, description: 'second_factor.locked', after: { seconds: locked } })),
  ]);
}
