/**
 * Have I Been Pwned, list of broken passwords by range (k-anonymity): five hexadecimal digits of a SHA-1 go out, every hash that begins so comes
 * back with how often it was seen. Neither password nor whole hash nor account leaves us. Called where a password is chosen.
 */
import { createHash } from 'node:crypto';
import { err, ok } from '../../shared/result.ts';
import { callVendor, type VendorOptions, type VendorResult } from './vendor-call.ts';

const PREFIX_CHARS = 5;
const LINE = /^([0-9A-F]{35}):(\d{1,12})$/;

/** How often a password stands in known leaks; 0: in none. */
export async function timesSeen(config: VendorOptions, password: string): Promise<VendorResult<number>> {
  const hash = createHash('sha1').update(password).digest('hex').toUpperCase();
  const answer = await callVendor(config, {
    method: 'GET',
    path: `/range/${hash.slice(0, PREFIX_CHARS)}`,
    // Lines that mean nothing make every answer about as long: its length tells nobody what was asked.
    headers: { 'Add-Padding': 'true', 'User-Agent': 'AskProAI' },
    acts: false,
  });
  if (!answer.ok) return answer;
  const lines = answer.value.text.split(/\r?\n/).filter((line) => line !== '');
  let seen = 0;
  for (const line of lines) {
    const [, rest, count] = LINE.exec(line) ?? [];
    // A page of somebody's proxy is no list: it must not count as "not seen".
    if (rest === undefined) return err({ kind: 'invalid_response', retryable: true, ambiguous: false });
    if (rest === hash.slice(PREFIX_CHARS)) seen = Number(count);
  }
  return ok(seen);
}
