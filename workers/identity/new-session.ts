/** How a session begins once a password was right: the library's row, its ends, cookies, audit row and notice. Called by commands/. */
import type { UserActor } from '../../shared/actor.ts';
import { type Instant, realNow } from '../../shared/clock.ts';
import type { Platform } from '../env.ts';
import { endSession, limitSession } from '../storage/identity/sessions.ts';
import { type UserProfile, userProfile } from '../storage/identity/users.ts';
import { openTenant } from '../tenancy/scope.ts';
import { auditWrites } from './audit.ts';
import { authOf } from './auth.ts';
import { deviceCookie } from './device-cookie.ts';
import { cookieNameOf, sessionCookie, signedValueOf } from './session-cookie.ts';
import { sessionLife } from './session-life.ts';
import { actorOfSession } from './sessions.ts';

export interface OpenedSession {
  actor: UserActor;
  /** value of the session's cookie */
  signed: string;
}

/** Asks the library, which makes a session that lives minutes where the password is right; null: it is wrong, or nobody's. */
export async function openSession(
  platform: Platform,
  realm: string,
  input: { email: string; password: string; secure: boolean; headers: Headers },
): Promise<OpenedSession | null> {
  const auth = await authOf(platform, realm, input.secure);
  const answer = await auth.signIn({ email: input.email.toLowerCase(), password: input.password }, input.headers);
  if (!answer.ok) return null;
  const signed = signedValueOf(answer.headers.getSetCookie(), input.secure);
  if (signed === null) return null;
  const cookie = `${cookieNameOf(input.secure)}=${signed}`;
  const actor = await actorOfSession(platform, cookie, input.secure, realNow(), () => undefined);
  return actor === null ? null : { actor, signed };
}

export interface SignedIn {
  actor: UserActor;
  profile: UserProfile | null;
  setCookies: string[];
}

export interface KeepSession {
  rememberMe: boolean;
  /** of the request: what the browser knew before */
  cookie: string | undefined;
  secure: boolean;
  address: string;
  /** as lock-out.ts names it: the browser knows this account from now on */
  account: string;
  /** a device that this account did not know: its person is told */
  isNew: boolean;
  now: Instant;
  requestId: string;
}

/**
 * Gives an opened session its ends, and its cookies to the browser. Its audit row is a statement of its own, because the library has made the
 * session already: nobody has the cookie yet, so a session whose row can't be written is ended again.
 */
export async function keepSession(
  platform: Platform,
  { actor, signed }: OpenedSession,
  input: KeepSession,
): Promise<SignedIn> {
  const life = sessionLife(actor.role, input.rememberMe, realNow());
  await limitSession(platform, actor, { ...life, confirmedAt: realNow() });
  const setCookies = [
    sessionCookie(input.secure, signed, life.cookieSeconds),
    await deviceCookie(platform, input.cookie, input.secure, input.account),
  ];
  const scope = openTenant(platform, actor.tenantId, actor, input);
  const { userId, sessionId } = actor;
  const mail = { id: `${sessionId}:signed_in`, queue: 'medium' } as const;
  const notice = { event: 'account.signed_in', userId, sessionId, at: input.now } as const;
  try {
    await scope.db.batch([
      ...auditWrites(scope, {
        log: 'identity',
        description: 'session.started',
        subjectType: 'user',
        subjectId: userId,
        ip: input.address,
      }),
      ...(input.isNew ? scope.effectWrites([{ ...mail, kind: 'notify', ref: notice }]) : []),
    ]);
  } catch (fault) {
    await endSession(scope.db, actor, { tenant: [], unconfirmed: [] });
    throw fault;
  }
  if (input.isNew) await scope.enqueue([mail]);
  return { actor, profile: await userProfile(scope.db, actor.realm, userId), setCookies };
}
