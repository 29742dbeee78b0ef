/** E-mail and password → session. Finds the account in the tenants the host serves; takes the same time whether it exists or not. Called by account-commands.ts. */
import { processNow } from '../../../shared/clock.ts';
import type { DomainError, EdgeError } from '../../../shared/errors.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Platform } from '../../env.ts';
import {
  candidatesByEmail,
  changePasswordRow,
  passwordHashOf,
  type UserCandidate,
} from '../../storage/identity/users.ts';
import { asTenantId, inRealm } from '../../tenancy/directory.ts';
import { openTenant } from '../../tenancy/scope.ts';
import type { AskedByBrowser } from '../asked.ts';
import { type AuditEntry, auditWrites } from '../audit.ts';
import { deviceOf } from '../device-cookie.ts';
import { attempt, type AttemptKeys, attemptKeys, secondsUntil, succeeded } from '../lock-out.ts';
import { type Challenged, letIn, openSession, type OpenedSession, type SignedIn } from '../new-session.ts';
import { BUSY_SECONDS, hashPassword, inTurn, isOutdated } from '../password.ts';

export interface SignIn extends AskedByBrowser {
  email: string;
  password: string;
  rememberMe: boolean;
}

/** Accounts with one e-mail that are read, and of which the password is tried, in one sign-in. */
const MAX_CANDIDATES = 10;
const MAX_TRIES = 3;

/**
 * Signs in, or asks for the second factor. A session leaves this command with its audit row only; failures and the locks they begin are audited too, also where there is
 * no such account (then with the host's tenant). An attempt that a lock refuses leaves no row: the lock has one.
 * Refusals: INVALID_CREDENTIALS (wrong password and unknown account alike), RATE_LIMITED (lock-out), BUSY (others are at it).
 */
export async function signIn(
  platform: Platform,
  input: SignIn,
): Promise<Result<SignedIn | Challenged, DomainError | EdgeError>> {
  // The same e-mail may be other people on other hosts: locking one of them out must not lock out the others.
  const account = `${input.realm.tenantId}\n${input.email.toLowerCase()}`;
  const device = await deviceOf(platform, input.cookie, input.secure, account);
  const keys = attemptKeys(platform, { account, address: input.address, device });
  const now = processNow();
  // Counted within the turn: who found no turn has not tried.
  const turn = await inTurn(async () => {
    const { kind, lockedUntil } = await attempt(platform, keys, now);
    return { lockedUntil, tried: kind === 'refused' ? null : await tryPassword(platform, input) };
  });
  if (turn === null) return err({ code: 'BUSY', retry_after: BUSY_SECONDS });
  const { lockedUntil, tried } = turn.value;
  if (tried === null) return err({ code: 'RATE_LIMITED', retry_after: secondsUntil(lockedUntil, now), limit: 0 });
  const { candidates, session } = tried;
  if (session === null) {
    await failed(platform, input, candidates, keys, lockedUntil > now ? secondsUntil(lockedUntil, now) : null);
    return err({ code: 'INVALID_CREDENTIALS' });
  }
  await succeeded(platform, keys);
  const known = candidates.find(({ userId }) => userId === session.actor.userId);
  const isNew = device === null && (known?.lastSignInAt ?? null) !== null;
  const begun = await letIn(platform, session.actor, { ...input, way: 'password', account, isNew }, session);
  return begun === null ? err({ code: 'INVALID_CREDENTIALS' }) : ok(begun);
}

interface Tried {
  candidates: readonly UserCandidate[];
  /** null: no account has this password */
  session: OpenedSession | null;
}

/** Asks the library with each account that the host serves; a session that it makes lives minutes, until it is given its ends. */
async function tryPassword(platform: Platform, input: SignIn): Promise<Tried> {
  const candidates = (await servedHere(platform, input)).slice(0, MAX_TRIES);
  // Nobody: one try in the host's own realm, where the library hashes the password all the same.
  const realms = candidates.length > 0 ? candidates.map((c) => c.realm) : [input.realm.tenantId];
  for (const realm of realms) {
    const session = await openSession(platform, realm, input);
    if (session !== null) {
      await renewHash(platform, session, input);
      return { candidates, session };
    }
  }
  return { candidates, session: null };
}

/** A hash of an older form is made anew: only now its password is known. Somebody who changes it at the same moment wins. */
async function renewHash(platform: Platform, { actor }: OpenedSession, input: SignIn): Promise<void> {
  const guest = { kind: 'guest', tenantId: actor.tenantId, permissions: [] } as const;
  const { db } = openTenant(platform, actor.tenantId, guest, input);
  const from = await passwordHashOf(db, actor.realm, actor.userId);
  if (from === null || !(await isOutdated(platform, actor.realm, from))) return;
  const to = await hashPassword(platform, actor.realm, input.password);
  const user = { id: actor.userId, realm: actor.realm };
  await changePasswordRow(db, user, { from, to }, [], { tenant: [], unconfirmed: [] }, input.now);
}

/** The host's own tenant first: on a reseller's host its own user wins over a customer's with the same e-mail. */
export async function servedHere(platform: Platform, input: Pick<SignIn, 'email' | 'realm'>): Promise<UserCandidate[]> {
  const found: UserCandidate[] = [];
  for (const candidate of await candidatesByEmail(platform, input.email, MAX_CANDIDATES)) {
    if (await inRealm(platform, input.realm, candidate.tenantId)) found.push(candidate);
  }
  return found.sort(
    (a, b) => Number(b.tenantId === input.realm.tenantId) - Number(a.tenantId === input.realm.tenantId),
  );
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
