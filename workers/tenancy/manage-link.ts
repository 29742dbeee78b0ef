/**
 * Links to one appointment for its customer (`/cal/{token}.ics`: calendar file and, later, manage page). Messages carry 22 characters whose
 * hash is stored, so that a text stays within its segments; answers on the phone carry a signed token, because no D1 is on that path.
 * Made for messages and function answers, opened by the route of the file.
 */
import { asInstant, type Instant, realNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { readToken, signToken } from '../../shared/signed-token.ts';
import { asTenantId } from './directory.ts';
import { linkBase, type Platform } from '../env.ts';
import { appointmentToken, openAppointmentToken, type StoreLink } from './action-links.ts';

/** A link works until this long after the appointment. */
const AFTER_MS = 30 * 86_400_000;

interface ManageLink {
  tenantId: TenantId;
  appointmentId: string;
}

const linkTo = (base: string, token: string): string => `${base}/cal/${token}.ics`;
const endOf = (endsAt: number): Instant => asInstant(endsAt + AFTER_MS);

/** The link as a message carries it; the same for every attempt to send that message. Writes one row. @param base address of the tenant's */
export async function manageLink(
  platform: Platform,
  tenantId: TenantId,
  { endsAt, base, ...link }: { appointmentId: string; endsAt: number; base: string; now: Instant; store: StoreLink },
): Promise<string> {
  return linkTo(base, await appointmentToken(platform, tenantId, { ...link, expiresAt: endOf(endsAt) }));
}

/** The link as an answer on the phone carries it: proven by its signature, nothing is stored; on our own host, as no D1 is asked for another. */
export async function signedManageLink(
  platform: Platform,
  tenantId: TenantId,
  appointmentId: string,
  endsAt: number,
): Promise<string> {
  const payload = { t: tenantId, a: appointmentId };
  return linkTo(
    linkBase(platform.config),
    await signToken(platform.config.AUTH_SECRET, 'appointment', payload, endOf(endsAt)),
  );
}

/** Null for anything that is not a living link of ours. */
export async function openManageToken(platform: Platform, token: string): Promise<ManageLink | null> {
  const stored = await openAppointmentToken(platform, token, realNow());
  if (stored !== null) return stored;
  const read = await readToken(platform.config.AUTH_SECRET, 'appointment', token, realNow());
  const { t: tenantId, a: appointmentId } = read?.claims ?? {};
  return typeof tenantId === 'string' && typeof appointmentId === 'string'
    ? { tenantId: asTenantId(tenantId), appointmentId }
    : null;
}
