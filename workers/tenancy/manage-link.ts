/** Signed links to one appointment for its customer: calendar file and (later) manage page. Made for messages and answers, opened by routes. */
import type { TenantId } from '../../shared/ids.ts';
import { asInstant, realNow } from '../../shared/clock.ts';
import { readToken, signToken } from '../../shared/signed-token.ts';
import { asTenantId } from './directory.ts';
import { linkBase, type Platform } from '../env.ts';

/** A link works until this long after the appointment. */
const AFTER_MS = 30 * 86_400_000;

export async function manageLink(
  platform: Platform,
  tenantId: TenantId,
  appointmentId: string,
  endsAt: number,
): Promise<string> {
  const config = platform.config;
  const payload = { t: tenantId, a: appointmentId };
  return `${linkBase(config)}/cal/${await signToken(config.AUTH_SECRET, 'appointment', payload, asInstant(endsAt + AFTER_MS))}.ics`;
}

/** Null for anything that is not a living link of ours. */
export async function openManageToken(
  platform: Platform,
  token: string,
): Promise<{ tenantId: TenantId; appointmentId: string } | null> {
  const payload = await readToken(platform.config.AUTH_SECRET, 'appointment', token, asInstant(realNow()));
  return typeof payload?.['t'] === 'string' && typeof payload['a'] === 'string'
    ? { tenantId: asTenantId(payload['t']), appointmentId: payload['a'] }
    : null;
}
