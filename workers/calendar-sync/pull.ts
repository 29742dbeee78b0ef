/**
 * Cal.com → our calendar (from the queue): a stored webhook becomes one `applyExternal` command. The calendar object recognises
 * echoes of our own pushes, converges in any order, and keeps what doesn't fit as a conflict for a person.
 */
import type { TenantId } from '../../shared/ids.ts';
import { asInstant, processNow } from '../../shared/clock.ts';
import { findOrCreateCustomer } from '../crm/customers.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import type { Platform } from '../env.ts';
import { mappedOf } from '../calendar/rules/event-types.ts';
import type { ApplyExternal, Appointment, ScheduleSnapshot } from '../calendar/types.ts';
import { type CalcomEvent, type CalcomEventBooking, parseCalcomEvent } from '../integrations/calcom-events.ts';
import { forgetWebhookBody, loadWebhook, webhookProcessed } from '../operations/webhook-log.ts';
import { erasureListing, erasureOf, keepAtCalcom } from '../storage/queries/erasures.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';

/** What a message says to the calendar; null: nothing. */
function saidBy(event: CalcomEvent): Pick<ApplyExternal, 'type' | 'pending'> | null {
  const { kind, booking } = event;
  switch (kind) {
    case 'created':
    case 'requested': {
      // A reschedule that asks for confirmation arrives as a request with the old uid.
      const type = booking?.rescheduledFromUid ? 'rescheduled' : 'created';
      return { type, pending: kind === 'requested' };
    }
    case 'rescheduled':
      return { type: kind, pending: booking?.status === 'pending' };
    case 'reassigned':
    case 'cancelled':
    case 'rejected':
      return { type: kind };
    case 'no_show':
      return occurredOf(event);
    case 'meeting_ended':
      return { type: 'ended' };
    case 'ping':
    case 'other':
      return null;
  }
}

/** Told of each attendee that was marked. Some of several is nothing that an appointment here can be. */
function occurredOf({ booking, triggerEvent }: CalcomEvent): Pick<ApplyExternal, 'type'> | null {
  const marked = booking?.attendees ?? [];
  if (marked.length === 0) return null;
  if (marked.every(({ noShow }) => noShow)) return { type: 'no_show' };
  // Only this one also takes a mark back.
  return triggerEvent === 'BOOKING_NO_SHOW_UPDATED' && !marked.some(({ noShow }) => noShow)
    ? { type: 'attended' }
    : null;
}

export async function processCalcomWebhook(platform: Platform, tenantId: TenantId, webhookId: string): Promise<void> {
  const stored = await loadWebhook(platform, tenantId, webhookId);
  if (stored?.state !== 'received') return;
  const now = processNow();
  const parsed = parseCalcomEvent(stored.body);
  const said = parsed.ok ? saidBy(parsed.value) : null;
  const booking = parsed.ok ? parsed.value.booking : null;
  if (!parsed.ok || !said || !booking) {
    await webhookProcessed(platform, tenantId, webhookId, { state: 'ignored', now });
    return;
  }
  const scope = openTenant(platform, tenantId, { kind: 'system', cause: 'webhook' }, { now, requestId: webhookId });
  const { erased, ...applied } = await apply(scope, parsed.value, said, booking, stored.receivedAt);
  await webhookProcessed(platform, tenantId, webhookId, { ...applied, now });
  // Cal.com says with each of its messages who the guest is.
  if (erased) await forgetWebhookBody(platform, tenantId, webhookId);
}

/** Messages that bring a booking: who comes is found, or made, as a customer. */
const BRINGS: ReadonlySet<ApplyExternal['type']> = new Set(['created', 'rescheduled', 'reassigned']);

async function apply(
  scope: TenantScope,
  event: CalcomEvent,
  said: Pick<ApplyExternal, 'type' | 'pending'>,
  booking: CalcomEventBooking,
  receivedAt: number,
): Promise<{ state: 'processed' | 'failed' | 'ignored'; error?: string; erased: boolean }> {
  const uids = [booking.uid, booking.rescheduledFromUid].filter((uid) => uid !== null);
  const listed = await erasureListing(scope.db, uids);
  if (listed !== null) await keepAtCalcom(scope.db, listed.id, [booking.uid]);
  const ours = booking.metadata['askpro_appointment'] ?? null;
  // It was let go of: a late word of it neither brings the person back nor moves what stays here.
  if (listed !== null && BRINGS.has(said.type)) return { state: 'ignored', erased: true };
  let mapped = mapping(await scheduleOf(scope, 60_000), booking);
  // What the copy does not know may have been mapped a moment ago.
  if (!mapped.serviceId || !mapped.staffId) mapped = mapping(await scheduleOf(scope, 0), booking);
  const attendee = booking.attendees[0];
  const customer =
    !BRINGS.has(said.type) || ours !== null || !attendee
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
    ...said,
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
    ...mapped,
    // Cal.com knows no branches: it follows from service, person and time.
    branchId: null,
    customerId: customer?.id ?? null,
    eventTypeId: booking.eventTypeId,
    hostId: booking.organizer?.id ?? null,
    externalUpdatedAt: event.createdAt ?? asInstant(receivedAt),
  });
  if (!result.ok) {
    // Refusals of the calendar are final for this body; anything transient throws above and the queue tries again.
    return { state: 'failed', error: JSON.stringify(result.error).slice(0, 400), erased: listed !== null };
  }
  await scope.claimCalcomIds([{ kind: 'uid', value: booking.uid }]);
  return { state: 'processed', erased: listed !== null || (await isOfErased(scope, result.value.appointment)) };
}

/** Of a push that was on its way when its customer was erased: its booking is not listed yet. */
async function isOfErased(scope: TenantScope, appointment: Appointment | null): Promise<boolean> {
  const erasure = appointment && (await erasureOf(scope.db, appointment.customerId));
  return erasure !== null && erasure.state !== 'requested';
}

async function scheduleOf(scope: TenantScope, maxAgeMs: number): Promise<ScheduleSnapshot> {
  const { result } = await scope.calendar.schedule({ maxAgeMs });
  if (!result.ok) throw new Error(`schedule: ${result.error.code}`);
  return result.value;
}

/** Event type → service, organizer → staff (id, else e-mail, else whose own type it is). */
function mapping(
  schedule: ScheduleSnapshot,
  { eventTypeId, organizer }: CalcomEventBooking,
): { serviceId: string | null; staffId: string | null } {
  const email = organizer?.email?.toLowerCase();
  const isHost = organizer?.id && schedule.staff.some((s) => s.body.calcomUserId === organizer.id);
  const byEmail = email && !isHost ? schedule.staff.find((s) => s.body.email?.toLowerCase() === email) : undefined;
  const mapped = mappedOf(schedule, { eventTypeId, hostId: organizer?.id ?? null });
  return byEmail ? { ...mapped, staffId: byEmail.id } : mapped;
}
