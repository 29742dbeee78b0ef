/**
 * Signed, expiring tokens for links and call routes: compact JSON and HMAC-SHA256, bound to a purpose so that no token serves for
 * another. Holds ids only, never names or numbers of persons. Used by telephony (routes), manage and calendar links, messages.
 */
import { asInstant, type Instant } from './clock.ts';

/** What a token is for; the purpose is part of the signature. */
export type TokenPurpose = 'retell_route' | 'appointment';

/** Longest token we read; ours stay under 600 characters. */
const MAX_TOKEN_CHARS = 2_000;
/** Imported keys kept; there is one secret per deployment. */
const MAX_KEYS = 8;

const encoder = new TextEncoder();
const decoder = new TextDecoder();
const keys = new Map<string, Promise<CryptoKey>>();

function keyOf(secret: string): Promise<CryptoKey> {
  const known = keys.get(secret);
  if (known) return known;
  if (secret === '') throw new Error('assertion failed: a signing secret must not be empty');
  if (keys.size >= MAX_KEYS) keys.clear();
  const made = crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash: 'SHA-256' }, false, [
    'sign',
    'verify',
  ]);
  keys.set(secret, made);
  return made;
}

const toBase64Url = (bytes: Uint8Array): string =>
  btoa(String.fromCharCode(...bytes))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replace(/=+$/, '');

function fromBase64Url(text: string): Uint8Array<ArrayBuffer> | null {
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return null;
  try {
    return Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (character) =>
      character.charCodeAt(0),
    );
  } catch {
    return null;
  }
}

/** `payload.signature`, both base64url. @param expiresAt from this instant on the token is refused */
export async function signToken(
  secret: string,
  purpose: TokenPurpose,
  payload: Readonly<Record<string, unknown>>,
  expiresAt: Instant,
): Promise<string> {
  const body = toBase64Url(encoder.encode(JSON.stringify({ ...payload, exp: expiresAt })));
  const mac = await crypto.subtle.sign('HMAC', await keyOf(secret), encoder.encode(`${purpose}.${body}`));
  return `${body}.${toBase64Url(new Uint8Array(mac))}`;
}

/** The payload of a token of ours that has not expired; null for every other text. Compared in constant time. */
export async function readToken(
  secret: string,
  purpose: TokenPurpose,
  token: string,
  now: Instant,
): Promise<Record<string, unknown> | null> {
  if (token.length > MAX_TOKEN_CHARS) return null;
  const dot = token.indexOf('.');
  const body = token.slice(0, dot);
  const mac = dot > 0 ? fromBase64Url(token.slice(dot + 1)) : null;
  if (mac === null) return null;
  if (!(await crypto.subtle.verify('HMAC', await keyOf(secret), mac, encoder.encode(`${purpose}.${body}`))))
    return null;
  const bytes = fromBase64Url(body);
  if (bytes === null) return null;
  const payload: unknown = JSON.parse(decoder.decode(bytes));
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return null;
  const record = payload as Record<string, unknown>;
  const expiry = record['exp'];
  return typeof expiry === 'number' && now < asInstant(expiry) ? record : null;
}
