/** What an appointment of ours is as a booking at Cal.com. Called by push.ts. */
import { asLanguage } from '../../shared/i18n/language.ts';
import { placeholderEmail } from '../../shared/placeholder-email.ts';
import type { AppointmentDetail } from '../calendar/types.ts';
import { type Config, linkBase } from '../env.ts';
import type { createBooking } from '../integrations/calcom.ts';
import { customerById } from '../storage/queries/customers.ts';
import type { TenantScope } from '../tenancy/scope.ts';

/** Metadata of a booking that names our appointment. */
export const METADATA_KEY = 'askpro_appointment';

/** Our own domain, below which nothing takes mail. */
const ownDomain = ({ ROOT_DOMAIN, PUBLIC_URL }: Pick<Config, 'ROOT_DOMAIN' | 'PUBLIC_URL'>): string =>
  ROOT_DOMAIN || new URL(linkBase({ PUBLIC_URL })).hostname;

/**
 * The booking of an appointment under an event type. Most types want an e-mail address and Cal.com writes to it, so somebody without one has a
 * placeholder of ours, one for each appointment: the same attendee at the same hour gets the same booking there.
 */
export async function bookingOf(
  scope: TenantScope,
  { appointment, timeZone }: AppointmentDetail,
  eventTypeId: string,
): Promise<Parameters<typeof createBooking>[1]> {
  const customer = await customerById(scope.db, appointment.customerId);
  const phone = customer?.phone ?? null;
  return {
    eventTypeId,
    startsAt: appointment.startsAt,
    attendee: {
      name: customer?.name ?? 'Kunde',
      timeZone,
      email: customer?.email ?? placeholderEmail(appointment.id, ownDomain(scope.config)),
      ...(phone ? { phoneNumber: phone } : {}),
      language: asLanguage(customer?.language),
    },
    metadata: { [METADATA_KEY]: appointment.id, askpro_tenant: scope.tenantId },
    lengthInMinutes: Math.round((appointment.endsAt - appointment.startsAt) / 60_000),
  };
}
