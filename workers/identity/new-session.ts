/**
 * The one place where somebody who has proven who they are is let in (docs/ways-in.md): it answers a session, or a challenge where a second
 * factor is still owed. Called by the commands of every way in.
 */
import { serializeSigned } from 'hono/utils/cookie';
import type { UserActor } from '../../shared/actor.ts';
import { toBase64Url } from '../../shared/base64.ts';
import { asInstant, type Instant, processNow, realNow } from '../../shared/clock.ts';
import { newId, type TenantId } from '../../shared/ids.ts';
import { CHALLENGE_LIFE_MS, type WayIn } from '../../shared/ways-in.ts';
import type { Platform } from '../env.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { insertChallenge, isGuarded } from '../storage/identity/second-factors.ts';
import { endSession, insertSession, limitSession } from '../storage/identity/sessions.ts';
import { type UserProfile, userProfile } from '../storage/identity/users.ts';
import { openTenant } from '../tenancy/scope.ts';
import type { AskedByBrowser } from './asked.ts';
import { auditBeside, auditWrites } from './audit.ts';
import { authOf } from './auth.ts';
import { challengeCookie } from './challenge-cookie.ts';
import { deviceCookie } from './device-cookie.ts';
import { cookieNameOf, sessionCookie, sessionSecretOf, signedValueOf } from './session-cookie.ts';
import { sessionLife, UNLIMITED_MS } from './session-life.ts';
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
  return signed === null ? null : opened(platform, signed, input.secure);
}

async function opened(platform: Platform, signed: string, secure: boolean): Promise<OpenedSession | null> {
  const cookie = `${cookieNameOf(secure)}=${signed}`;
  const actor = await actorOfSession(platform, cookie, secure, realNow(), () => undefined);
  return actor === null ? null : { actor, signed };
}

/** A session of the same short life where no password was typed; null: the user is disabled, or the tenant closed. */
async function openWithout(platform: Platform, user: Known, input: LetIn): Promise<OpenedSession | null> {
  const { secure, headers } = input;
  const now = realNow();
  const token = toBase64Url(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)));
  const session = {
    id: newId('session', now),
    realm: user.realm,
    userId: user.userId,
    token,
    expiresAt: new Date(now + UNLIMITED_MS),
    ipAddress: headers.get('CF-Connecting-IP'),
    userAgent: headers.get('User-Agent'),
    createdAt: new Date(now),
    updatedAt: new Date(now),
  };
  await insertSession(platform, session);
  const name = cookieNameOf(secure);
  const line = await serializeSigned(name, token, sessionSecretOf(platform));
  return opened(platform, line.slice(name.length + 1), secure);
}

const TOKEN_BYTES = 32;

/** Whom the first proof was of. */
interface Known {
  realm: string;
  tenantId: TenantId;
  userId: string;
}

interface LetIn extends Omit<AskedByBrowser, 'realm'> {
  way: WayIn;
  rememberMe: boolean;
  /** as lock-out.ts names it: the browser knows this account from now on */
  account: string;
  /** a device that this account did not know: its person is told */
  isNew: boolean;
}

export interface SignedIn {
  kind: 'session';
  actor: UserActor;
  profile: UserProfile | null;
  setCookies: string[];
}

/** The first proof was right, the second is owed; the browser holds the secret of it. */
export interface Challenged {
  kind: 'challenge';
  expiresAt: Instant;
  setCookies: string[];
}

/**
 * Lets somebody in who has proven one thing: a session, or a challenge where their account has a second factor. Nothing else makes either.
 * Null: the user is disabled, or the tenant closed. @param session the library's, where a password was typed
 */
export async function letIn(
  platform: Platform,
  user: Known,
  input: LetIn,
  session: OpenedSession | null = null,
): Promise<SignedIn | Challenged | null> {
  const guest = { kind: 'guest', tenantId: user.tenantId, permissions: [] } as const;
  const scope = openTenant(platform, user.tenantId, guest, input);
  if (await isGuarded(scope.db, user.userId)) {
    // The library has made it with the password; nobody has its cookie.
    if (session !== null) await endSession(scope.db, session.actor, { tenant: [], unconfirmed: [] });
    return challenge(platform, user, input);
  }
  const begun = session ?? (await openWithout(platform, user, input));
  return begun === null ? null : keepSession(platform, begun, input, { proven: input.way, isTwice: false });
}

/** The same where both have been proven, or one that is two in itself (a passkey that asked its owner). Null as `letIn`. @param second what came second */
export async function letInProven(
  platform: Platform,
  user: Known,
  input: LetIn,
  second: string | null,
): Promise<SignedIn | null> {
  const begun = await openWithout(platform, user, input);
  return begun === null
    ? null
    : keepSession(platform, begun, input, {
        proven: second === null ? input.way : `${input.way} ${second}`,
        isTwice: true,
      });
}

async function challenge(platform: Platform, user: Known, input: LetIn): Promise<Challenged> {
  const guest = { kind: 'guest', tenantId: user.tenantId, permissions: [] } as const;
  const scope = openTenant(platform, user.tenantId, guest, input);
  const secret = toBase64Url(crypto.getRandomValues(new Uint8Array(TOKEN_BYTES)));
  const now = processNow();
  const expiresAt = asInstant(now + CHALLENGE_LIFE_MS);
  const { way, rememberMe, isNew } = input;
  await insertChallenge(
    scope.db,
    {
      tokenHash: sha256Hex(secret),
      userId: user.userId,
      realm: user.realm,
      way,
      rememberMe,
      isNew,
      createdAt: now,
      expiresAt,
    },
    auditBeside(scope, {
      log: 'identity',
      description: 'second_factor.asked',
      subjectType: 'user',
      subjectId: user.userId,
      after: { way },
      ip: input.address,
    }),
  );
  return { kind: 'challenge', expiresAt, setCookies: [challengeCookie(input.secure, secret)] };
}

/** Ways by which the password, or something at least as strong, was proven just now: what reaches far needs no further question for a while. */
const CONFIRMS: ReadonlySet<WayIn> = new Set(['password', 'invitation', 'signup', 'passkey']);

/**
 * Gives an opened session its ends, and its cookies to the browser. Its audit row is a statement of its own, because the session was made
 * before: nobody has the cookie yet, so a session whose row can't be written is ended again.
 */
async function keepSession(
  platform: Platform,
  { actor, signed }: OpenedSession,
  input: LetIn,
  { proven, isTwice }: { proven: string; isTwice: boolean },
): Promise<SignedIn> {
  const life = sessionLife(actor.role, input.rememberMe, realNow());
  await limitSession(platform, actor, {
    ...life,
    beganAt: realNow(),
    confirmedAt: CONFIRMS.has(input.way) ? realNow() : null,
    provenTwice: isTwice,
  });
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
        after: { way: proven },
        ip: input.address,
      }),
      ...(input.isNew ? scope.effectWrites([{ ...mail, kind: 'notify', ref: notice }]) : []),
    ]);
  } catch (fault) {
    await endSession(scope.db, actor, { tenant: [], unconfirmed: [] });
    throw fault;
  }
  if (input.isNew) await scope.enqueue([mail]);
  return { kind: 'session', actor, profile: await userProfile(scope.db, actor.realm, userId), setCookies };
}
