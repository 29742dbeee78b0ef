/**
 * Cal.com → our calendar (from the queue): a stored webhook becomes one `applyExternal` command. The calendar object recognises
 * echoes of our own pushes, converges in any order, and keeps what doesn't fit as a conflict for a person.
 */
import type { TenantId } from '../../shared/ids.ts';
import { asInstant, processNow } from '../../shared/clock.ts';
import { findOrCreateCustomer } from '../crm/customers.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import type { Platform } from '../env.ts';
import type { ScheduleSnapshot } from '../calendar/types.ts';
import { type CalcomEvent, type CalcomEventBooking, parseCalcomEvent } from '../integrations/calcom-events.ts';
import { loadWebhook, webhookProcessed } from '../operations/webhook-log.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';

type ApplyType = 'created' | 'rescheduled' | 'cancelled';

/** Requested = pending and blocks the slot; rejected frees it like a cancellation. */
const APPLY: Partial<Record<CalcomEvent['kind'], ApplyType>> = {
  created: 'created',
  requested: 'created',
  rescheduled: 'rescheduled',
  cancelled: 'cancelled',
  rejected: 'cancelled',
};

/** Longer than any booking: a person would be taken for years. */
const MAX_BOOKING_MS = 14 * 86_400_000;

export async function processCalcomWebhook(platform: Platform, tenantId: TenantId, webhookId: string): Promise<void> {
  const stored = await loadWebhook(platform, tenantId, webhookId);
  if (stored?.state !== 'received') return;
  const now = processNow();
  const parsed = parseCalcomEvent(stored.body);
  const type = parsed.ok ? APPLY[parsed.value.kind] : undefined;
  const booking = parsed.ok ? parsed.value.booking : null;
  if (!parsed.ok || !type || !booking) {
    await webhookProcessed(platform, tenantId, webhookId, { state: 'ignored', now });
    return;
  }
  const scope = openTenant(platform, tenantId, { kind: 'system', cause: 'webhook' }, { now, requestId: webhookId });
  const applied = await apply(scope, parsed.value, type, booking, stored.receivedAt);
  await webhookProcessed(platform, tenantId, webhookId, { ...applied, now });
}

async function apply(
  scope: TenantScope,
  event: CalcomEvent,
  type: ApplyType,
  booking: CalcomEventBooking,
  receivedAt: number,
): Promise<{ state: 'processed' | 'failed'; error?: string }> {
  if ((booking.endsAt ?? 0) - (booking.startsAt ?? 0) > MAX_BOOKING_MS)
    return { state: 'failed', error: `longer than ${MAX_BOOKING_MS / 86_400_000} days` };
  let mapped = mapping(await scheduleOf(scope, 60_000), booking);
  // What the copy does not know may have been mapped a moment ago.
  if (!mapped.serviceId || !mapped.staffId || !mapped.branchId) mapped = mapping(await scheduleOf(scope, 0), booking);
  // A reschedule that asks for confirmation arrives as BOOKING_REQUESTED with the old uid (wire § 2.3).
  const effective: ApplyType = type === 'created' && booking.rescheduledFromUid ? 'rescheduled' : type;
  const attendee = booking.attendees[0];
  const ours = booking.metadata['askpro_appointment'] ?? null;
  const customer =
    effective === 'cancelled' || ours !== null || !attendee
      ? null
      : await findOrCreateCustomer(scope, {
          ...(attendee.phoneNumber ? { phone: attendee.phoneNumber } : {}),
          ...(attendee.email ? { email: attendee.email } : {}),
          ...(attendee.name ? { name: attendee.name } : {}),
          language: attendee.language?.startsWith('en') ? 'en' : 'de',
          source: 'calcom',
        });
  const cause = sha256Hex(`${scope.tenantId}:${event.dedupeKey}`).slice(0, 24);
  const { result } = await scope.calendar.applyExternal({
    key: `calcom:${event.dedupeKey}`.slice(0, 200),
    now: scope.now,
    actor: { kind: 'calcom', id: 'webhook' },
    type: effective,
    uid: booking.uid,
    previousUid: booking.rescheduledFromUid,
    metadataAppointmentId: ours,
    // Ids follow from the cause, so that a repeated delivery makes the same ones. iCalUID stays through all moves of one booking, so a
    // family that arrives in any order is one appointment.
    appointmentId: `apt_cal${sha256Hex(`${scope.tenantId}:${booking.icalUid ?? booking.rescheduledFromUid ?? booking.uid}`).slice(0, 20)}`,
    modificationId: `mod_cal${cause}`,
    conflictId: `cnf_cal${cause}`,
    startsAt: booking.startsAt ?? asInstant(0),
    endsAt: booking.endsAt ?? asInstant(0),
    staffId: mapped.staffId,
    serviceId: mapped.serviceId,
    branchId: mapped.branchId,
    customerId: customer?.id ?? null,
    externalUpdatedAt: event.createdAt ?? asInstant(receivedAt),
  });
  if (!result.ok) {
    // Refusals of the calendar are final for this body; anything transient throws above and the queue tries again.
    return { state: 'failed', error: JSON.stringify(result.error).slice(0, 400) };
  }
  await scope.claimCalcomIds([{ kind: 'uid', value: booking.uid }]);
  return { state: 'processed' };
}

async function scheduleOf(scope: TenantScope, maxAgeMs: number): Promise<ScheduleSnapshot> {
  const { result } = await scope.calendar.schedule({ maxAgeMs });
  if (!result.ok) throw new Error(`schedule: ${result.error.code}`);
  return result.value;
}

/** Event type → service, organizer → staff (id, else e-mail), staff's branch when it is one. */
function mapping(
  schedule: ScheduleSnapshot,
  booking: CalcomEventBooking,
): { serviceId: string | null; staffId: string | null; branchId: string | null } {
  const service = booking.eventTypeId
    ? schedule.services.find((s) => s.body.calcomEventTypeId === booking.eventTypeId)
    : undefined;
  const organizer = booking.organizer;
  const staff =
    schedule.staff.find((s) => organizer?.id && s.body.calcomUserId === organizer.id) ??
    schedule.staff.find((s) => organizer?.email && s.body.email?.toLowerCase() === organizer.email.toLowerCase());
  const branches = staff?.body.branchIds ?? [];
  return {
    serviceId: service?.id ?? null,
    staffId: staff?.id ?? null,
    branchId: branches.length === 1 ? (branches[0] ?? null) : null,
  };
}
