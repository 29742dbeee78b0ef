/**
 * Synchronous hashes for use inside a transaction. In JavaScript, because workerd's node:crypto costs 70 µs a call through its buffers,
 * against 4 µs for an input of 500 bytes (docs/decisions.md 19).
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';

/** SHA-256 of the text's UTF-8 in lower-case hex. */
export const sha256Hex = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

type Json = null | boolean | number | string | readonly Json[] | { readonly [key: string]: Json | undefined };
export type JsonObject = { readonly [key: string]: Json | undefined };

/** An escape in JSON; the group matches half a character, which `JSON.stringify` always escapes (whole ones it never does). */
const ESCAPE = /\\(?:u(d[89a-f][0-9a-f]{2})|.)/g;

/**
 * RFC 8785 (canonicalize): JSON with sorted keys and without undefined members, so that equal inputs give equal text whatever order they
 * were built in, and an auditor with any library for it can recompute the ledger's hashes. The library throws at what JSON cannot say:
 * half a character reads as U+FFFD here, as SQLite stores it, and NaN as null. Edges refuse both; a text cut later must not stop a command.
 */
export function canonicalJson(value: unknown): string {
  try {
    return canonicalize(value) ?? 'null';
  } catch {
    const json = JSON.stringify(value) ?? 'null';
    const whole = json.replace(ESCAPE, (as, half: string | undefined) => (half === undefined ? as : '\ufffd'));
    return canonicalize(JSON.parse(whole)) ?? 'null';
  }
}
