/** Pure: codes of an authenticator app (RFC 6238: SHA-1, 30 seconds, six digits, which is what every app speaks) and how its secret is written. */
import { hmac } from '@noble/hashes/hmac.js';
import { sha1 } from '@noble/hashes/legacy.js';
import { FACTOR_DIGITS } from '../../../shared/ways-in.ts';

const STEP_MS = 30_000;
/** A phone's clock may be half a minute off, and a code may be typed as the next one comes: so many steps before and after count. */
const DRIFT_STEPS = 1;
/** As RFC 4226 asks of a secret: 160 bits. */
export const SECRET_BYTES = 20;
/** RFC 4648 § 6. */
const BASE32 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567';

/** The step an instant lies in. @param now epoch ms of a real clock: phones know no other */
export const stepOf = (now: number): number => Math.floor(now / STEP_MS);

/** The code of a step (RFC 4226 § 5.3). */
export function codeOfStep(secret: Uint8Array, step: number): string {
  const counter = new DataView(new ArrayBuffer(8));
  counter.setBigUint64(0, BigInt(step));
  const code = hmac(sha1, secret, new Uint8Array(counter.buffer));
  const at = (code[code.length - 1] ?? 0) & 15;
  const number = new DataView(code.buffer, code.byteOffset).getUint32(at) & 0x7fffffff;
  return String(number % 10 ** FACTOR_DIGITS).padStart(FACTOR_DIGITS, '0');
}

/** The step whose code this is, the one next to now first; null: wrong, too old, or a step that was accepted before. */
export function acceptedStep(secret: Uint8Array, code: string, now: number, lastStep: number): number | null {
  const step = stepOf(now);
  const near = Array.from({ length: 2 * DRIFT_STEPS + 1 }, (_, i) => step - DRIFT_STEPS + i);
  return near.filter((one) => one > lastStep && codeOfStep(secret, one) === code).at(-1) ?? null;
}

/** The secret as people type it and apps read it. */
export function toBase32(bytes: Uint8Array): string {
  const bits = Array.from(bytes, (byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{1,5}/g) ?? []).map((five) => BASE32.charAt(Number.parseInt(five.padEnd(5, '0'), 2))).join('');
}

/** Null for what is not written so. */
export function fromBase32(text: string): Uint8Array | null {
  if (!/^[A-Z2-7]+$/.test(text)) return null;
  const bits = Array.from(text, (letter) => BASE32.indexOf(letter).toString(2).padStart(5, '0')).join('');
  return Uint8Array.from(bits.match(/.{8}/g) ?? [], (byte) => Number.parseInt(byte, 2));
}

/** What the QR code holds, as apps read it. @param issuer whose account it is, @param account which one */
export const otpauthUri = (secret: string, issuer: string, account: string): string =>
  `otpauth://totp/${encodeURIComponent(issuer)}:${encodeURIComponent(account)}?secret=${secret}&issuer=${encodeURIComponent(issuer)}&algorithm=SHA1&digits=${FACTOR_DIGITS}&period=${STEP_MS / 1_000}`;
