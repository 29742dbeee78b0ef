/** One better-auth instance per realm, loaded when somebody signs in (the library is 300 kB gzip). Called by new-session.ts. */
import { BoundedMap } from '../../shared/bounded-map.ts';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../shared/password-length.ts';
import { newId } from '../../shared/ids.ts';
import { realNow } from '../../shared/clock.ts';
import { lazy } from '../../shared/lazy.ts';
import type { Platform } from '../env.ts';
import { realmDatabase } from '../storage/identity/realm.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { cookieNameOf, sessionSecretOf } from './session-cookie.ts';
import { UNLIMITED_MS } from './session-life.ts';

/** What we use of the library; answers are its HTTP answers, of which only status and session cookie are looked at. */
interface RealmAuth {
  signIn(body: { email: string; password: string }, headers: Headers): Promise<Response>;
}

/** Instances kept per isolate; an instance is some closures, but realms are unbounded. */
const MAX_INSTANCES = 64;

const library = lazy(() => Promise.all([import('better-auth/minimal'), import('better-auth/adapters/drizzle')]));
// Instances, not promises of them: a promise begun in a request that is then cancelled never settles for the next.
const instances = new WeakMap<Platform, BoundedMap<string, RealmAuth>>();

/** @param secure true behind https: cookies get `Secure` and the `__Host-` prefix */
export async function authOf(platform: Platform, realm: string, secure: boolean): Promise<RealmAuth> {
  let known = instances.get(platform);
  if (known === undefined) {
    known = new BoundedMap(MAX_INSTANCES);
    instances.set(platform, known);
  }
  const key = `${secure ? 's' : 'p'}:${realm}`;
  const ready = known.get(key);
  if (ready !== undefined) return ready;
  const auth = await load(platform, realm, secure);
  known.set(key, auth);
  return auth;
}

const ID_NOUNS = { user: 'user', session: 'session', account: 'account', verification: 'verification' } as const;
const idNounOf = (model: string) => ID_NOUNS[model as keyof typeof ID_NOUNS] ?? 'verification';

async function load(platform: Platform, realm: string, secure: boolean): Promise<RealmAuth> {
  const [{ betterAuth }, { drizzleAdapter }] = await library();
  const config = platform.config;
  const realmField = { realm: { type: 'string', required: true, input: false, returned: false } } as const;
  const auth = betterAuth({
    appName: 'AskProAI',
    baseURL: config.PUBLIC_URL ?? 'http://localhost',
    basePath: '/api/auth',
    secret: sessionSecretOf(platform),
    database: realmDatabase(platform, realm, drizzleAdapter as never) as never,
    emailAndPassword: {
      enabled: true,
      // Users are invited or seeded (accounts.ts); nobody registers over HTTP.
      disableSignUp: true,
      minPasswordLength: MIN_PASSWORD_LENGTH,
      maxPasswordLength: MAX_PASSWORD_LENGTH,
      password: {
        hash: (password) => hashPassword(platform, realm, password),
        verify: ({ hash, password }) => verifyPassword(platform, realm, password, hash),
      },
    },
    user: {
      additionalFields: {
        ...realmField,
        tenantId: { type: 'string', required: true, input: false },
        role: { type: 'string', required: true, input: false },
        language: { type: 'string', required: true, input: false },
      },
    },
    session: { expiresIn: UNLIMITED_MS / 1_000, disableSessionRefresh: true, additionalFields: realmField },
    account: { additionalFields: realmField },
    verification: { additionalFields: realmField },
    // Our own: exact limits in the RateGate, durable lock-out, CSRF check, one log line.
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { disabled: true },
    advanced: {
      disableCSRFCheck: true,
      useSecureCookies: false,
      defaultCookieAttributes: { httpOnly: true, secure, sameSite: 'lax', path: '/' },
      cookies: {
        session_token: {
          name: cookieNameOf(secure),
          attributes: { httpOnly: true, secure, sameSite: 'lax', path: '/' },
        },
      },
      ipAddress: { ipAddressHeaders: ['cf-connecting-ip'] },
      database: { generateId: ({ model }: { model: string }) => newId(idNounOf(model), realNow()) },
    },
  });
  // the library prepares itself in a promise of its own, which every later request waits for: it must be settled here
  await auth.$context;
  return {
    signIn: (body, headers) => auth.api.signInEmail({ body, headers, asResponse: true }),
  };
}
