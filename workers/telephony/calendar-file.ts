/** The calendar file behind an appointment's signed link, always of its present state. Called by routes.ts; the ICS writer loads when it is needed. */
import type { Instant } from '../../shared/clock.ts';
import { lazy } from '../../shared/lazy.ts';
import type { Platform } from '../env.ts';
import { openManageToken } from '../tenancy/manage-link.ts';
import { outsideAddress, outsidePlace } from '../tenancy/outside-names.ts';
import { openTenant } from '../tenancy/scope.ts';

const ics = lazy(() => import('../../shared/ics.ts'));

/** Organizer where no sender address is configured (RFC 5545 wants one). */
const NO_SENDER = 'noreply@invalid.invalid';

/** The file, or null when the link is not (any more) one of ours. */
export async function calendarFile(platform: Platform, token: string, now: Instant): Promise<string | null> {
  const link = await openManageToken(platform, token);
  if (link === null) return null;
  const scope = openTenant(platform, link.tenantId, { kind: 'system', cause: 'webhook' }, { now });
  const [found, tenant, schedule, { host }] = await Promise.all([
    scope.calendar.appointment(link.appointmentId),
    scope.tenant(),
    scope.calendar.schedule({ maxAgeMs: 60_000 }),
    scope.address(),
  ]);
  if (!found.result.ok || tenant === null) return null;
  const { appointment, serviceNames, neutralNames, branchName } = found.result.value;
  const address = schedule.result.ok ? outsideAddress(schedule.result.value, appointment.branchId) : '';
  const { appointmentIcs } = await ics();
  return appointmentIcs({
    id: appointment.id,
    host,
    version: appointment.version,
    startsAt: appointment.startsAt,
    endsAt: appointment.endsAt,
    summary: `${serviceNames.map((name, i) => (neutralNames[i] ?? name).de).join(' + ')} – ${tenant.name}`,
    location: address === '' ? branchName : `${branchName}, ${address}`,
    place: schedule.result.ok ? outsidePlace(schedule.result.value, appointment.branchId) : null,
    organizer: { name: tenant.name, email: platform.config.MAIL_FROM ?? NO_SENDER },
    cancelled: appointment.status === 'cancelled',
    stampedAt: appointment.updatedAt,
  });
}
