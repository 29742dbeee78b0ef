/**
 * Signed, expiring tokens for links, call routes and quotes: a JWT by jose (HS256), bound to a purpose so that no token serves for
 * another. Holds ids only, never names or numbers of persons. Used by telephony (routes), calendar links, quotes.
 *
 * jose lets every purpose pass without `audience` and a token without `exp` unless it is demanded: both are demanded here and nowhere
 * else. A changed last character may still verify (spare bits of base64url): a list of used tokens goes by a claim, never by the text.
 */
import type { JWTPayload } from 'jose';
import { asInstant, type Instant } from './clock.ts';
import { hmacKey } from './hmac.ts';
import { lazy } from './lazy.ts';

/** 7 kB of start-up: it comes with the first token. */
const library = lazy(() => import('jose'));

/** What a token is for: its `aud`. */
type TokenPurpose = 'retell_route' | 'recording' | 'appointment' | 'quote' | 'stranding';

/** Longest token we read; ours stay under 1,000 characters, but for the quote of a large party. */
const MAX_TOKEN_CHARS = 6_000;
/** As long as the hash (RFC 7518 § 3.2); jose itself would sign with five bytes. */
const MIN_SECRET_BYTES = 32;

/** Claims of a token that was verified, with the instant from which it is refused. */
interface SignedClaims {
  readonly claims: Readonly<Record<string, unknown>>;
  readonly expiresAt: Instant;
}

const keyOf = (secret: string): Promise<CryptoKey> => {
  if (new TextEncoder().encode(secret).length < MIN_SECRET_BYTES)
    throw new Error(`assertion failed: a signing secret has at least ${MIN_SECRET_BYTES} bytes`);
  return hmacKey(secret, 'SHA-256');
};

/**
 * A token that dies. @param payload ids and numbers, under names that JWT does not use itself (`aud`, `exp`, …); @param expiresAt from
 * this instant on it is refused, cut to the second. @throws a defect for a secret of less than 32 bytes
 */
export const signToken = async (
  secret: string,
  purpose: TokenPurpose,
  payload: Readonly<Record<string, unknown>>,
  expiresAt: Instant,
): Promise<string> => {
  const { SignJWT } = await library();
  return new SignJWT({ ...payload })
    .setProtectedHeader({ alg: 'HS256' })
    .setAudience(purpose)
    .setExpirationTime(Math.floor(expiresAt / 1_000))
    .sign(await keyOf(secret));
};

/** The claims of a token of ours for this purpose that has not expired; null for every other text. Compared in constant time. */
export async function readToken(
  secret: string,
  purpose: TokenPurpose,
  token: string,
  now: Instant,
): Promise<SignedClaims | null> {
  if (token.length > MAX_TOKEN_CHARS) return null;
  const key = await keyOf(secret);
  const { errors, jwtVerify } = await library();
  let payload: JWTPayload;
  try {
    ({ payload } = await jwtVerify(token, key, {
      algorithms: ['HS256'],
      audience: purpose,
      requiredClaims: ['exp'],
      currentDate: new Date(now),
    }));
  } catch (fault) {
    if (fault instanceof errors.JOSEError) return null;
    throw fault;
  }
  // An `aud` that lists several purposes would pass for each of them: ours names one.
  if (payload.aud !== purpose || payload.exp === undefined) return null;
  return { claims: payload, expiresAt: asInstant(payload.exp * 1_000) };
}
