/**
 * Push of one appointment to Cal.com (effect `calcom.push`): look, plan, act, link. There is no idempotency key on create, so an
 * ambiguous create is looked up before it is tried again, and one push at a time works on an appointment.
 */
import { asLanguage } from '../../shared/i18n/language.ts';
import { withoutPersonal } from '../../shared/loggable-fault.ts';
import type { AppointmentDetail } from '../calendar/types.ts';
import {
  cancelBooking,
  type CalcomBooking,
  type CalcomConfig,
  createBooking,
  findBookingByMetadata,
  getBooking,
  rescheduleBooking,
} from '../integrations/calcom.ts';
import type { VendorFault } from '../integrations/vendor-call.ts';
import type { EffectContext, EffectOutcome } from '../operations/effects.ts';
import { leaseEventMap, saveEventMap } from '../storage/queries/calendar-sync.ts';
import { customerById } from '../storage/queries/customers.ts';
import { calcomAccount } from './account.ts';
import { planPush, type TheirBooking } from './plan.ts';

/** Longer than a push with all its calls at the vendor time-out takes. */
const LEASE_MS = 90_000;
const METADATA_KEY = 'askpro_appointment';
/** Moves are followed along `rescheduledTo`; a longer chain is a defect of somebody. */
const MAX_FOLLOW = 10;

export async function pushAppointment({ scope, effect, ref }: EffectContext<'calcom.push'>): Promise<EffectOutcome> {
  const { appointmentId } = ref;
  const { result } = await scope.calendar.appointment(appointmentId);
  if (!result.ok) return { kind: 'park', reason: `appointment ${appointmentId}: ${result.error.code}` };
  const detail = result.value;
  const account = await calcomAccount(scope, detail.appointment.companyId);
  if (!account || detail.appointment.syncStatus === 'none') return { kind: 'done' };
  const map = await leaseEventMap(scope.db, appointmentId, effect.id, scope.now, LEASE_MS);
  if (!map) return { kind: 'wait', reason: 'another push works on this appointment', afterMs: 2_000 };
  try {
    return await push(scope, account, detail, {
      uid: detail.appointment.calcomUid ?? map.uid,
      creating: map.creating,
      effectId: effect.id,
    });
  } finally {
    await saveEventMap(scope.db, appointmentId, { leaseUntil: 0 }, scope.now);
  }
}

type Scope = EffectContext['scope'];

async function push(
  scope: Scope,
  account: CalcomConfig,
  detail: AppointmentDetail,
  known: { uid: string | null; creating: boolean; effectId: string },
): Promise<EffectOutcome> {
  const { appointment } = detail;
  const eventTypeId = await eventTypeOf(scope, appointment.serviceId);
  const active = appointment.status !== 'cancelled' && appointment.status !== 'no_show';
  const ours = { active, startsAt: appointment.startsAt, past: appointment.startsAt <= scope.now };

  let theirs: CalcomBooking | null = null;
  if (known.uid) {
    const found = await getBooking(account, known.uid);
    if (!found.ok && found.error.status !== 404) return worldFailed(scope, detail, found.error);
    theirs = found.ok ? found.value : null;
  }
  // The booking we know may be a cancelled one (the appointment was put back): then the attempt before may have made its successor.
  const gone =
    theirs === null || ((theirs.status === 'cancelled' || theirs.status === 'rejected') && !theirs.rescheduledToUid);
  if (gone && known.creating && eventTypeId) {
    const found = await findBookingByMetadata(account, {
      key: METADATA_KEY,
      value: appointment.id,
      eventTypeId,
      startsAt: appointment.startsAt,
    });
    if (!found.ok) return worldFailed(scope, detail, found.error);
    theirs = found.value ?? theirs;
  }
  for (let i = 0; i < MAX_FOLLOW; i++) {
    const step = planPush(ours, theirs && asTheirs(theirs));
    if (step.kind === 'follow') {
      const found = await getBooking(account, step.uid);
      if (!found.ok) return worldFailed(scope, detail, found.error);
      theirs = found.value;
      continue;
    }
    if (step.kind === 'nothing') return linked(scope, detail, theirs?.uid ?? known.uid);
    if (step.kind === 'cancel') {
      const cancelled = await cancelBooking(account, { uid: step.uid, reason: 'cancelled' });
      return cancelled.ok ? linked(scope, detail, step.uid) : worldFailed(scope, detail, cancelled.error);
    }
    if (step.kind === 'move') {
      const moved = await rescheduleBooking(account, { uid: step.uid, startsAt: appointment.startsAt });
      return moved.ok ? linked(scope, detail, moved.value.uid) : worldFailed(scope, detail, moved.error);
    }
    if (!eventTypeId) return failed(scope, detail, 'the service has no Cal.com event type');
    await saveEventMap(scope.db, appointment.id, { creating: true }, scope.now);
    const created = await createBooking(account, await bookingOf(scope, detail, eventTypeId));
    if (created.ok) return linked(scope, detail, created.value.uid);
    if (!created.error.ambiguous) await saveEventMap(scope.db, appointment.id, { creating: false }, scope.now);
    return worldFailed(scope, detail, created.error);
  }
  return failed(scope, detail, 'the booking was moved too often to follow');
}

const asTheirs = (b: CalcomBooking): TheirBooking => ({
  uid: b.uid,
  status: b.status,
  startsAt: b.startsAt,
  movedToUid: b.rescheduledToUid,
});

async function eventTypeOf(scope: Scope, serviceId: string): Promise<string | null> {
  const { result } = await scope.calendar.schedule({ maxAgeMs: 60_000 });
  return result.ok ? (result.value.services.find((s) => s.id === serviceId)?.body.calcomEventTypeId ?? null) : null;
}

async function bookingOf(
  scope: Scope,
  detail: AppointmentDetail,
  eventTypeId: string,
): Promise<Parameters<typeof createBooking>[1]> {
  const { appointment } = detail;
  const customer = await customerById(scope.db, appointment.customerId);
  const email = customer?.email ?? null;
  const phone = customer?.phone ?? null;
  return {
    eventTypeId,
    startsAt: appointment.startsAt,
    attendee: {
      name: customer?.name ?? 'Kunde',
      timeZone: detail.timeZone,
      ...(email ? { email } : {}),
      ...(phone ? { phoneNumber: phone } : {}),
      language: asLanguage(customer?.language),
    },
    metadata: { [METADATA_KEY]: appointment.id, askpro_tenant: scope.tenantId },
    // Composite services and per-staff durations differ from the event type's own length.
    lengthInMinutes: Math.round((appointment.endsAt - appointment.startsAt) / 60_000),
  };
}

async function linked(scope: Scope, detail: AppointmentDetail, uid: string | null): Promise<EffectOutcome> {
  const { appointment } = detail;
  await saveEventMap(
    scope.db,
    appointment.id,
    { uid, creating: false, status: 'synced', pushedVersion: appointment.version, lastError: null },
    scope.now,
  );
  if (uid) await scope.claimCalcomIds([{ kind: 'uid', value: uid }]);
  const { result } = await scope.calendar.linkExternal({
    key: `calcom:link:${appointment.id}:${appointment.version}:${uid ?? '-'}`,
    now: scope.now,
    actor: { kind: 'calcom', id: 'push' },
    appointmentId: appointment.id,
    calcomUid: uid,
    syncStatus: 'synced',
    pushedVersion: appointment.version,
  });
  return result.ok ? { kind: 'done' } : { kind: 'retry', reason: `link: ${result.error.code}` };
}

/** A fault of the world is tried again; a refusal of Cal.com is shown on the appointment and parked for a person. */
async function worldFailed(scope: Scope, detail: AppointmentDetail, fault: VendorFault): Promise<EffectOutcome> {
  // Their answer may repeat attendee and number.
  const reason = withoutPersonal(
    `Cal.com ${fault.kind}${fault.status ? ` ${fault.status}` : ''}: ${fault.body ?? ''}`,
  ).slice(0, 300);
  await saveEventMap(scope.db, detail.appointment.id, { lastError: reason }, scope.now);
  if (fault.retryable)
    return {
      kind: 'retry',
      reason,
      ...(fault.retryAfterSeconds === undefined ? {} : { afterMs: fault.retryAfterSeconds * 1000 }),
    };
  return failed(scope, detail, reason);
}

async function failed(scope: Scope, detail: AppointmentDetail, reason: string): Promise<EffectOutcome> {
  const { appointment } = detail;
  await saveEventMap(scope.db, appointment.id, { status: 'failed', lastError: reason }, scope.now);
  await scope.calendar.linkExternal({
    key: `calcom:failed:${appointment.id}:${appointment.version}`,
    now: scope.now,
    actor: { kind: 'calcom', id: 'push' },
    appointmentId: appointment.id,
    calcomUid: appointment.calcomUid,
    syncStatus: 'failed',
    pushedVersion: appointment.version,
  });
  return { kind: 'park', reason };
}

/** Effect `calcom.routes`: whose event types are these (after a service was saved). */
export async function refreshCalcomRoutes({ scope }: EffectContext<'calcom.routes'>): Promise<EffectOutcome> {
  const { result } = await scope.calendar.schedule();
  if (!result.ok) return { kind: 'retry', reason: result.error.code };
  const types = result.value.services.map((s) => s.body.calcomEventTypeId).filter((t) => t !== null);
  await scope.claimCalcomIds(types.map((value) => ({ kind: 'event_type' as const, value })));
  return { kind: 'done' };
}
