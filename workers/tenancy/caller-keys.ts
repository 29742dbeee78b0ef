/** Keyed forms of what must not be written down: a caller's number as it is counted, where a customer came from, and the code of a call. Called by telephony, crm and notifications. */
import type { TenantId } from '../../shared/ids.ts';
import type { NotificationChannel } from '../../shared/notification-status.ts';
import type { Config } from '../env.ts';
import { hmac } from '../../shared/hmac.ts';
import { sha256Hex } from '../object-runtime/hash.ts';

/** What of a tenant's scope a key is made with. */
interface Keyed {
  config: Pick<Config, 'AUTH_SECRET'>;
  tenantId: TenantId;
}
const CODES = 1_000_000;

/** A number as a keyed hash: rows and queues count callers without naming them. */
export const numberKey = ({ config, tenantId }: Keyed, e164: string): string =>
  sha256Hex(`caller\u0000${config.AUTH_SECRET}\u0000${tenantId}\u0000${e164}`).slice(0, 24);

/**
 * Where a customer came from (a line, a line and a name, an address) as a keyed hash: the same person who comes twice at once is one row, and
 * nothing in the row leads back to the number.
 */
export const originKey = ({ config, tenantId }: Keyed, from: string): string =>
  sha256Hex(`customer\u0000${config.AUTH_SECRET}\u0000${tenantId}\u0000${from}`).slice(0, 32);

/** An address that said stop, as a keyed hash: it outlives whoever had it, and leads back to nobody. */
export const addressKey = ({ config, tenantId }: Keyed, channel: NotificationChannel, address: string): string =>
  sha256Hex(`stopped\u0000${config.AUTH_SECRET}\u0000${tenantId}\u0000${channel}\u0000${address.toLowerCase()}`);

/** The six digits of a call's code: the same for every attempt to send them. */
export async function callerCode({ config, tenantId }: Keyed, callId: string, number: number): Promise<string> {
  const bytes = await hmac(config.AUTH_SECRET, `caller-code\u0000${tenantId}\u0000${callId}\u0000${number}`, 'SHA-256');
  // 48 bits over a million: no digit is likelier than another by more than a trillionth.
  const value = bytes.slice(0, 6).reduce((sum, byte) => sum * 256 + byte, 0);
  return String(value % CODES).padStart(6, '0');
}
