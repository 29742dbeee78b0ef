/** HMAC with WebCrypto and the keys it needs, imported once per isolate. Used for our own tokens and vendors' signatures. */

import { BoundedMap } from './bounded-map.ts';

/** Keys kept; importing one on every function call would cost more than the HMAC. */
const MAX_KEYS = 256;

const encoder = new TextEncoder();
// Keys, not promises of keys: a promise begun in one request must not be awaited in another on Workers.
const keys = new BoundedMap<string, CryptoKey>(MAX_KEYS);

type HmacHash = 'SHA-256' | 'SHA-1';

/** The key of a secret, imported once per isolate. @returns good for signing and verifying, cannot be read out */
export async function hmacKey(secret: string, hash: HmacHash): Promise<CryptoKey> {
  const name = `${hash}:${secret}`;
  const known = keys.get(name);
  if (known) return known;
  const made = await crypto.subtle.importKey('raw', encoder.encode(secret), { name: 'HMAC', hash }, false, [
    'sign',
    'verify',
  ]);
  keys.set(name, made);
  return made;
}

/** The code over UTF-8 text. Throws a defect for an empty secret: it would sign for everybody. */
export async function hmac(secret: string, message: string, hash: HmacHash): Promise<Uint8Array> {
  if (secret === '') throw new Error('assertion failed: a signing secret must not be empty');
  return new Uint8Array(await crypto.subtle.sign('HMAC', await hmacKey(secret, hash), encoder.encode(message)));
}

/** Whether the code is that of the text, compared in constant time; never with an empty secret or without a code. */
export async function hmacMatches(
  secret: string,
  message: string,
  code: Uint8Array<ArrayBuffer> | null,
  hash: HmacHash,
): Promise<boolean> {
  if (secret === '' || code === null) return false;
  return crypto.subtle.verify('HMAC', await hmacKey(secret, hash), code, encoder.encode(message));
}
