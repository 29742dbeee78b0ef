/** E-mail and password → session. Finds the account in the tenants the host serves; takes the same time whether it exists or not. */
import { processNow, realNow } from '../../shared/clock.ts';
import type { UserActor } from '../../shared/actor.ts';
import type { DomainError, EdgeError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import type { Platform } from '../env.ts';
import { candidatesByEmail, type UserCandidate } from '../storage/identity-db.ts';
import { inRealm, type Realm } from '../tenancy/directory.ts';
import { authOf } from './auth.ts';
import { attempt, attemptKeys, succeeded } from './lock-out.ts';
import { actorOfSession } from './sessions.ts';

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
}

export interface SignedIn {
  actor: UserActor;
  setCookies: string[];
}

/** Accounts with one e-mail that are read, and of which the password is tried, in one sign-in. */
const MAX_CANDIDATES = 10;
const MAX_TRIES = 3;

/** Refuses INVALID_CREDENTIALS (wrong password and unknown account alike) and RATE_LIMITED (lock-out). */
export async function signIn(platform: Platform, input: SignIn): Promise<Result<SignedIn, DomainError | EdgeError>> {
  const keys = attemptKeys(platform, input.email, input.address);
  const wait = await attempt(platform, keys, processNow());
  if (wait !== null) return err({ code: 'RATE_LIMITED', retry_after: wait, limit: 0 });

  const candidates = await servedHere(platform, input);
  // Nobody: one try in the host's own realm, where the library hashes the password all the same.
  const realms = candidates.length > 0 ? candidates.map((c) => c.realm) : [input.realm.tenantId];
  for (const realm of realms.slice(0, MAX_TRIES)) {
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
    return ok({ actor, setCookies });
  }
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
