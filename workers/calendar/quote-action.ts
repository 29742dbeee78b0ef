/**
 * Signs and checks quotes at the Worker's edge: `base64url(json).base64url(HMAC-SHA256)`. Called by routes and telephony with
 * `scope.config.AUTH_SECRET`. A quote proves what was offered; whether it still holds is decided in the object.
 */
import type { Instant } from '../../shared/clock.ts';
import { MAX_QUOTE_LENGTH, quotePayloadOf, readQuotePayload } from './quote.ts';
import type { QuotePayload, Slot } from './types.ts';

const PURPOSE = 'askpro.quote.v1.';
const keys = new Map<string, Promise<CryptoKey>>();

/** One key per secret and isolate: importing costs more than signing. */
function keyOf(secret: string): Promise<CryptoKey> {
  const known = keys.get(secret);
  if (known) return known;
  const made = crypto.subtle.importKey(
    'raw',
    new TextEncoder().encode(PURPOSE + secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign', 'verify'],
  );
  if (keys.size > 8) keys.clear();
  keys.set(secret, made);
  return made;
}

const toText = (bytes: ArrayBuffer | Uint8Array): string => {
  let binary = '';
  for (const byte of new Uint8Array(bytes)) binary += String.fromCharCode(byte);
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
};
const toBytes = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (c) => c.charCodeAt(0));

async function signQuote(secret: string, payload: QuotePayload): Promise<string> {
  const body = toText(new TextEncoder().encode(JSON.stringify(payload)));
  const signature = await crypto.subtle.sign('HMAC', await keyOf(secret), new TextEncoder().encode(body));
  return `${body}.${toText(signature)}`;
}

/** A signed quote for an offered slot. */
export const quoteFor = (
  secret: string,
  tenantId: string,
  slot: Slot,
  scheduleVersion: number,
  now: Instant,
): Promise<string> => signQuote(secret, quotePayloadOf(tenantId, slot, scheduleVersion, now));

/** The payload of a quote that this tenant was given; null for anything else. Expiry is judged by the rules, with their clock. */
export async function verifyQuote(secret: string, tenantId: string, quote: string): Promise<QuotePayload | null> {
  if (quote.length > MAX_QUOTE_LENGTH) return null;
  const [body, signature, more] = quote.split('.');
  if (!body || !signature || more !== undefined) return null;
  try {
    const genuine = await crypto.subtle.verify(
      'HMAC',
      await keyOf(secret),
      toBytes(signature),
      new TextEncoder().encode(body),
    );
    if (!genuine) return null;
    const payload = readQuotePayload(new TextDecoder().decode(toBytes(body)));
    return payload?.tenantId === tenantId ? payload : null;
  } catch {
    return null;
  }
}
