/**
 * Signed, expiring tokens for links and call routes: compact JSON and HMAC-SHA256, bound to a purpose so that no token serves for
 * another. Holds ids only, never names or numbers of persons. Used by telephony (routes), manage and calendar links, quotes.
 */
import { fromBase64Url, toBase64Url } from './base64.ts';
import { asInstant, type Instant } from './clock.ts';
import { hmac, hmacMatches } from './hmac.ts';

/** What a token is for; the purpose is part of the signature. */
export type TokenPurpose = 'retell_route' | 'appointment' | 'quote';

/** Longest token we read; ours stay under 900 characters. */
const MAX_TOKEN_CHARS = 2_000;

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** `text.signature`, both base64url; whoever opens it judges whether it still counts. @throws a defect for an empty secret */
export async function signText(secret: string, purpose: TokenPurpose, text: string): Promise<string> {
  const body = toBase64Url(encoder.encode(text));
  return `${body}.${toBase64Url(await hmac(secret, `${purpose}.${body}`, 'SHA-256'))}`;
}

/** The text of a token of ours for this purpose; null for every other. Compared in constant time. */
export async function openText(secret: string, purpose: TokenPurpose, token: string): Promise<string | null> {
  if (token.length > MAX_TOKEN_CHARS) return null;
  const dot = token.indexOf('.');
  if (dot < 1) return null;
  const body = token.slice(0, dot);
  if (!(await hmacMatches(secret, `${purpose}.${body}`, fromBase64Url(token.slice(dot + 1)), 'SHA-256'))) return null;
  const bytes = fromBase64Url(body);
  return bytes === null ? null : decoder.decode(bytes);
}

/** A token that dies. @param expiresAt from this instant on it is refused */
export const signToken = (
  secret: string,
  purpose: TokenPurpose,
  payload: Readonly<Record<string, unknown>>,
  expiresAt: Instant,
): Promise<string> => signText(secret, purpose, JSON.stringify({ ...payload, exp: expiresAt }));

/** The payload of a token of ours that has not expired; null for every other text. */
export async function readToken(
  secret: string,
  purpose: TokenPurpose,
  token: string,
  now: Instant,
): Promise<Record<string, unknown> | null> {
  const text = await openText(secret, purpose, token);
  if (text === null) return null;
  const payload: unknown = JSON.parse(text);
  if (typeof payload !== 'object' || payload === null || Array.isArray(payload)) return null;
  const record = payload as Record<string, unknown>;
  const expiry = record['exp'];
  return typeof expiry === 'number' && now < asInstant(expiry) ? record : null;
}
