/**
 * The signed route: the inbound webhook's facts of a call, handed to Retell as `metadata.route` and handed back with every function
 * call, so that these need no directory and no D1. Called by inbound.ts (make) and verify.ts (read).
 */
import { BoundedMap } from '../../shared/bounded-map.ts';
import { asInstant, type Instant } from '../../shared/clock.ts';
import { isLanguage, type Language } from '../../shared/i18n/language.ts';
import { readToken, signToken } from '../../shared/signed-token.ts';

/** Retell ends calls after at most an hour; the rest is room for retries and clocks. */
const ROUTE_LIFE_MS = 4 * 3_600_000;

/** Why the agent may only note call backs. */
export type Fallback = 'suspended' | 'balance';

/** Whose key signs a call. */
// own set: the owner of a key at Retell, and our test calls
export type KeyOwner = 'platform' | 'tenant' | 'test';
const OWNER_LETTERS = { platform: 'p', tenant: 'o', test: 't' } as const satisfies Record<KeyOwner, string>;

export interface CallRoute {
  tenantId: string;
  branchId: string | null;
  /** the called number: a route is good for this number alone */
  number: string;
  language: Language;
  /** whose Retell key signs this number's calls */
  // own set: the owner of a key at Retell; `test`: a test call of ours, which knows no Retell
  keyOwner: KeyOwner;
  fallback: Fallback | null;
  /** the call whose row the inbound webhook opens; null when the webhook did not name it */
  callId: string | null;
}

/** The token that goes into `metadata.route` (a string, as all metadata we send). */
export const signRoute = (secret: string, route: CallRoute, now: Instant): Promise<string> =>
  signToken(
    secret,
    'retell_route',
    {
      t: route.tenantId,
      b: route.branchId,
      n: route.number,
      l: route.language,
      k: OWNER_LETTERS[route.keyOwner],
      ...(route.fallback === null ? {} : { f: route.fallback }),
      ...(route.callId === null ? {} : { c: route.callId }),
    },
    asInstant(now + ROUTE_LIFE_MS),
  );

/** Routes an isolate has verified: a call brings the same one with each of its functions. */
const MAX_KNOWN = 1_000;
const known = new BoundedMap<string, { secret: string; route: CallRoute; expiresAt: Instant }>(MAX_KNOWN);

/** A route of ours that has not expired, else null. */
export async function readRoute(secret: string, token: string, now: Instant): Promise<CallRoute | null> {
  const before = known.get(token);
  if (before?.secret === secret) return now < before.expiresAt ? before.route : null;
  const read = await readToken(secret, 'retell_route', token, now);
  const route = read === null ? null : routeOf(read.claims);
  if (read === null || route === null) return null;
  known.set(token, { secret, route, expiresAt: read.expiresAt });
  return route;
}

function routeOf({ t, b, n, l, k, f, c }: Record<string, unknown>): CallRoute | null {
  if (typeof t !== 'string' || typeof n !== 'string') return null;
  return {
    tenantId: t,
    branchId: typeof b === 'string' ? b : null,
    number: n,
    language: typeof l === 'string' && isLanguage(l) ? l : 'de',
    keyOwner: k === 't' ? 'test' : k === 'o' ? 'tenant' : 'platform',
    fallback: f === 'suspended' || f === 'balance' ? f : null,
    callId: typeof c === 'string' ? c : null,
  };
}
