/**
 * Effect `calcom.leave`: the coming bookings of an erased customer are cancelled at Cal.com, while our appointments stay. It takes the
 * lease of a push, so that what a push made meanwhile is let go of and cancelled, too. What can't be cancelled is parked for the operator;
 * it is listed at the erasure in any case, as Cal.com deletes nothing.
 */
import { eventTypesFor } from '../calendar/rules/event-types.ts';
import type { Appointment } from '../calendar/types.ts';
import { type CalcomConfig, cancelBooking, findBookingByMetadata, getBooking } from '../integrations/calcom.ts';
import type { VendorFault } from '../integrations/vendor-call.ts';
import type { EffectContext, EffectOutcome } from '../operations/effects.ts';
import { leaseEventMap, saveEventMap } from '../storage/queries/calendar-sync.ts';
import { keepAtCalcom } from '../storage/queries/erasures.ts';
import { calcomAccount } from './account.ts';
import { METADATA_KEY } from './booking.ts';
import { calcomReason, PUSH_LEASE_MS } from './push.ts';

type Context = EffectContext<'calcom.leave'>;

export async function leaveBookings({ scope, effect, ref }: Context): Promise<EffectOutcome> {
  const { result } = await scope.calendar.appointment(ref.appointmentId);
  if (!result.ok) return { kind: 'park', reason: `appointment ${ref.appointmentId}: ${result.error.code}` };
  const account = await calcomAccount(scope, result.value.appointment.companyId);
  if (!account) return { kind: 'done' };
  const map = await leaseEventMap(scope.db, ref.appointmentId, effect.id, scope.now, PUSH_LEASE_MS);
  if (!map) return { kind: 'wait', reason: 'a push works on this appointment', afterMs: 2_000 };
  try {
    // Read again: a push may have ended between the first look and the lease.
    const now = await scope.calendar.appointment(ref.appointmentId);
    if (!now.result.ok) return { kind: 'retry', reason: now.result.error.code };
    const { appointment } = now.result.value;
    const uids = new Set([...ref.uids, appointment.calcomUid, map.uid, map.replacingUid].filter((uid) => uid !== null));
    if (map.creating) {
      const lost = await createdUnheard(scope, account, appointment);
      if (!lost.ok) return failed(lost.error);
      if (lost.value !== null) uids.add(lost.value);
    }
    // What is found on the way is gone through, too: a booking that its guest has moved has a successor.
    for (const uid of uids) {
      await keepAtCalcom(scope.db, appointment.customerId, [uid]);
      const still = await letGo(scope, appointment, uid, effect.id);
      if (still) return still;
      const found = await getBooking(account, uid);
      if (!found.ok && found.error.status === 404) continue;
      if (!found.ok) return failed(found.error);
      const { status, startsAt, rescheduledToUid } = found.value;
      if (rescheduledToUid !== null) uids.add(rescheduledToUid);
      const isComing = (status === 'accepted' || status === 'pending') && startsAt > scope.now;
      if (!isComing) continue;
      const cancelled = await cancelBooking(account, { uid, reason: 'cancelled' });
      if (!cancelled.ok) return failed(cancelled.error);
    }
    await saveEventMap(scope.db, appointment.id, { uid: null, replacingUid: null, creating: false }, scope.now);
    return { kind: 'done' };
  } finally {
    await saveEventMap(scope.db, ref.appointmentId, { leaseUntil: 0 }, scope.now);
  }
}

/** Whatever is still said of the booking does not reach the appointment. Null: done. */
async function letGo(
  scope: Context['scope'],
  { id, version }: Appointment,
  uid: string,
  effectId: string,
): Promise<EffectOutcome | null> {
  const { result } = await scope.calendar.linkExternal({
    key: `calcom:leave:${effectId}:${uid}`.slice(0, 200),
    now: scope.now,
    actor: { kind: 'calcom', id: 'push' },
    appointmentId: id,
    calcomUid: null,
    syncStatus: 'none',
    pushedVersion: version,
    releases: uid,
  });
  return result.ok ? null : { kind: 'retry', reason: `leave: ${result.error.code}` };
}

/** A create whose answer was lost may have made a booking. */
async function createdUnheard(scope: Context['scope'], account: CalcomConfig, appointment: Appointment) {
  const { result } = await scope.calendar.schedule({ maxAgeMs: 60_000 });
  if (!result.ok) throw new Error(`schedule: ${result.error.code}`);
  const service = result.value.services.find(({ id }) => id === appointment.serviceId);
  for (const eventTypeId of service ? eventTypesFor(service.body, appointment.staffId) : []) {
    const look = { key: METADATA_KEY, value: appointment.id, eventTypeId, startsAt: appointment.startsAt };
    const found = await findBookingByMetadata(account, look);
    if (!found.ok || found.value !== null)
      return found.ok ? { ok: true as const, value: found.value?.uid ?? null } : found;
  }
  return { ok: true as const, value: null };
}

const failed = (fault: VendorFault): EffectOutcome => ({
  kind: fault.retryable ? 'retry' : 'park',
  reason: calcomReason(fault),
});
