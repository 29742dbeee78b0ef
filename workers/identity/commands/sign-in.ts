/** E-mail and password → session. Finds the account in the tenants the host serves; takes the same time whether it exists or not. Called by sign-in-routes.ts. */
import { type Instant, processNow, realNow } from '../../../shared/clock.ts';
import type { UserActor } from '../../../shared/actor.ts';
import type { DomainError, EdgeError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import { endSession } from '../../storage/identity/sessions.ts';
import { candidatesByEmail, type UserCandidate, type UserProfile, userProfile } from '../../storage/identity/users.ts';
import { asTenantId, inRealm, type Realm } from '../../tenancy/directory.ts';
import { openTenant } from '../../tenancy/scope.ts';
import { type AuditEntry, auditWrites, writeAudit } from '../audit.ts';
import { authOf } from '../auth.ts';
import { attempt, type AttemptKeys, attemptKeys, secondsUntil, succeeded } from '../lock-out.ts';
import { actorOfSession } from '../sessions.ts';

export interface SignIn {
  email: string;
  password: string;
  rememberMe: boolean;
  realm: Realm;
  address: string;
  /** of the request: user agent and address are kept with the session */
  headers: Headers;
  /** https: the cookie gets Secure */
  secure: boolean;
  /** of the request: the audit row's time and name of its cause */
  now: Instant;
  requestId: string;
}

export interface SignedIn {
  actor: UserActor;
  profile: UserProfile | null;
  setCookies: string[];
}

/** Accounts with one e-mail that are read, and of which the password is tried, in one sign-in. */
const MAX_CANDIDATES = 10;
const MAX_TRIES = 3;

/**
 * Signs in. A session leaves this command with its audit row only; failures and the locks they begin are audited too, also where there is
 * no such account (then with the host's tenant). An attempt that a lock refuses leaves no row: the lock has one.
 * Refusals: INVALID_CREDENTIALS (wrong password and unknown account alike), RATE_LIMITED (lock-out).
 */
export async function signIn(platform: Platform, input: SignIn): Promise<Result<SignedIn, DomainError | EdgeError>> {
  const keys = attemptKeys(platform, input.email, input.address);
  const now = processNow();
  const { kind, lockedUntil } = await attempt(platform, keys, now);
  if (kind === 'refused') {
    return err({ code: 'RATE_LIMITED', retry_after: secondsUntil(lockedUntil, now), limit: 0 });
  }
  const candidates = (await servedHere(platform, input)).slice(0, MAX_TRIES);
  // Nobody: one try in the host's own realm, where the library hashes the password all the same.
  const realms = candidates.length > 0 ? candidates.map((c) => c.realm) : [input.realm.tenantId];
  for (const realm of realms) {
    const auth = await authOf(platform, realm, input.secure);
    const answer = await auth.signIn(
      { email: input.email.toLowerCase(), password: input.password, rememberMe: input.rememberMe },
      input.headers,
    );
    if (!answer.ok) continue;
    const setCookies = answer.headers.getSetCookie();
    const actor = await actorOfSession(
      platform,
      setCookies.map((cookie) => cookie.split(';')[0]).join('; '),
      realNow(),
    );
    if (actor === null) continue;
    await succeeded(platform, keys);
    return ok({ actor, profile: await started(platform, input, actor), setCookies });
  }
  await failed(platform, input, candidates, keys, lockedUntil > now ? secondsUntil(lockedUntil, now) : null);
  return err({ code: 'INVALID_CREDENTIALS' });
}

/** The host's own tenant first: on a reseller's host its own user wins over a customer's with the same e-mail. */
async function servedHere(platform: Platform, input: SignIn): Promise<UserCandidate[]> {
  const found: UserCandidate[] = [];
  for (const candidate of await candidatesByEmail(platform, input.email, MAX_CANDIDATES)) {
    if (await inRealm(platform, input.realm, candidate.tenantId)) found.push(candidate);
  }
  return found.sort(
    (a, b) => Number(b.tenantId === input.realm.tenantId) - Number(a.tenantId === input.realm.tenantId),
  );
}

/**
 * The audit row of a session that the library has made already, in statements of its own: nobody has the cookie yet, so a session whose
 * row can't be written is ended again.
 */
async function started(platform: Platform, input: SignIn, actor: UserActor): Promise<UserProfile | null> {
  const scope = openTenant(platform, actor.tenantId, actor, input);
  try {
    await writeAudit(scope, {
      log: 'identity',
      description: 'session.started',
      subjectType: 'user',
      subjectId: actor.userId,
      ip: input.address,
    });
  } catch (fault) {
    await endSession(scope.db, actor, { tenant: [], unconfirmed: [] });
    throw fault;
  }
  return userProfile(scope.db, actor.realm, actor.userId);
}

/** One row for each account whose password was tried, and one more where this failure began a lock. @param locked its length in seconds */
async function failed(
  platform: Platform,
  input: SignIn,
  candidates: readonly UserCandidate[],
  keys: AttemptKeys,
  locked: number | null,
): Promise<void> {
  // The keyed hash tells that the same unknown name was tried again, and not which.
  const nobody = { tenantId: asTenantId(input.realm.tenantId), userId: keys.account.slice(0, 32) };
  const subjectType = candidates.length > 0 ? 'user' : 'unknown_account';
  for (const { tenantId, userId } of candidates.length > 0 ? candidates : [nobody]) {
    const guest = { kind: 'guest', tenantId, permissions: [] } as const;
    const scope = openTenant(platform, tenantId, guest, input);
    const entry: AuditEntry = {
      log: 'identity',
      description: 'sign_in.failed',
      subjectType,
      subjectId: userId,
      ip: input.address,
    };
    await scope.db.batch([
      ...auditWrites(scope, entry),
      ...(locked === null
        ? []
        : auditWrites(scope, { ...entry, description: 'sign_in.locked', after: { seconds: locked } })),
    ]);
  }
}
