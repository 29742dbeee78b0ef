/** A phone number as lists and logs may show it: enough to recognise one's own, too little to ring. Called by call and customer routes. */

/** Digits that stay visible at the end. */
const VISIBLE = 3;

/** `+4915112345678` → `+49…678`; short texts are hidden whole. */
export function maskPhone(e164: string): string {
  const digits = e164.replace(/[^\d+]/g, '');
  return digits.length < 8 ? '…' : `${digits.slice(0, 3)}…${digits.slice(-VISIBLE)}`;
}
