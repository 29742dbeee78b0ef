/** Keyed forms of what must not be written down: a caller's number as it is counted, and the code of a call. Called by telephony and notifications. */
import { hmac } from '../../shared/hmac.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import type { TenantScope } from './scope.ts';

type Keyed = Pick<TenantScope, 'config' | 'tenantId'>;
const CODES = 1_000_000;

/** A number as a keyed hash: rows and queues count callers without naming them. */
export const numberKey = ({ config, tenantId }: Keyed, e164: string): string =>
  sha256Hex(`caller\u0000${config.AUTH_SECRET}\u0000${tenantId}\u0000${e164}`).slice(0, 24);

/** The six digits of a call's code: the same for every attempt to send them. */
export async function callerCode({ config, tenantId }: Keyed, callId: string, number: number): Promise<string> {
  const bytes = await hmac(config.AUTH_SECRET, `caller-code\u0000${tenantId}\u0000${callId}\u0000${number}`, 'SHA-256');
  // 48 bits over a million: no digit is likelier than another by more than a trillionth.
  const value = bytes.slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0);
  return String(value % CODES).padStart(6, '0');
}
