/** The rule of booking: a free slot becomes an appointment. Called by the object inside its transaction, and by the state machine test. */
import type { Instant } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Busy, Occupation } from '../engine/availability.ts';
import type { Schedule } from '../engine/schedule.ts';
import { newAppointment } from './appointment.ts';
import { isMapped } from './event-types.ts';
import { decideSlot } from './slot-decision.ts';
import { MAX_NOTES } from '../../../shared/calendar-limits.ts';
import type { Book } from '../commands/inputs.ts';
import type { AppointmentTexts, Hold, Visit } from '../rows.ts';
import type { Appointment } from '../../events/calendar.ts';

/** What a booking decides on besides schedule and busy times. */
interface BookFacts {
  schedule: Schedule;
  busy: Busy;
  /** the hold of the presented token, live or not */
  tokenHold: Hold | null;
  /** the live hold of the same call */
  callHold: Hold | null;
  /** the id is in use already */
  exists: boolean;
}
interface Booked {
  appointment: Appointment;
  texts: AppointmentTexts;
  occupations: Occupation[];
  /** the appointments of a party's other people, each with what it takes */
  party: { appointment: Appointment; occupations: Occupation[] }[];
  /** the hold that this booking uses up */
  usedHold: string | null;
}
/** How many may be booked is judged before (caller-limits.ts). Refusals: NOT_FOUND, VALIDATION_ERROR, TENANT_SUSPENDED, HOLD_EXPIRED, QUOTE_STALE, APPOINTMENT_CONFLICT. */
export function decideBook(facts: BookFacts, command: Book, now: Instant): Result<Booked> {
  const { schedule } = facts;
  const suspended = refuseSuspended(schedule);
  if (suspended) return suspended;
  if (facts.exists) return err({ code: 'VALIDATION_ERROR', errors: { appointment_id: ['already in use'] } });
  for (const [field, text] of [
    ['notes', command.notes],
    ['internal_notes', command.internalNotes],
  ] as const) {
    if ((text ?? '').length > MAX_NOTES)
      return err({ code: 'VALIDATION_ERROR', errors: { [field]: [`at most ${MAX_NOTES} characters`] } });
  }
  if (command.lockToken && facts.tokenHold === null) return err({ code: 'NOT_FOUND', entity: 'hold' });
  if (command.lockToken && facts.tokenHold !== null && facts.tokenHold.expiresAt <= now) {
    return err({ code: 'HOLD_EXPIRED', details: { lock_token: command.lockToken } });
  }
  const hold = command.lockToken ? facts.tokenHold : facts.callHold;
  const decision = decideSlot(
    schedule,
    facts.busy,
    {
      services: command.services,
      branchId: command.branchId,
      staffId: command.staffId,
      preferredStaffId: command.preferredStaffId,
      startsAt: command.startsAt,
      partySize: command.partySize,
      internal: command.internal,
      backdate: command.backdate,
      offeredOnly: command.offeredOnly,
      inTurn: command.inTurn,
      quote: command.quote,
      hold,
      // A presented hold ends with this booking, also when another slot is booked.
      exclude: hold ? [hold.lockToken] : [],
    },
    now,
  );
  if (!decision.ok) return decision;
  const { plan, slot, occupations, party } = decision.value;
  if (party.length > (command.partyIds?.length ?? 0))
    return err({ code: 'VALIDATION_ERROR', errors: { party_size: ['needs an id a person'] } });
  const first = plan.blocks[0]?.service.body;
  const wantsSync = command.sync ?? plan.blocks.some((b) => isMapped(b.service.body));
  const made = (id: string, visit: Visit, ofParty: string | null): Appointment =>
    newAppointment({
      id,
      companyId: plan.branch.body.companyId,
      branchId: plan.branch.id,
      customerId: command.customerId,
      serviceId: visit.serviceId,
      moreServiceIds: visit.moreServiceIds,
      staffId: visit.staffId,
      startsAt: visit.startsAt,
      endsAt: visit.endsAt,
      status: first?.needsConfirmation && !command.internal ? 'pending' : 'confirmed',
      source: command.source,
      bookingType: plan.maxPerSlot > 1 ? 'group' : visit.segments.length > 1 ? 'composite' : 'single',
      partySize: plan.partySize,
      priceCents: visit.priceCents,
      currency: visit.currency,
      segments: visit.segments,
      resources: visit.resources,
      parentAppointmentId: ofParty,
      scheduleVersion: schedule.version,
      callId: command.callId ?? null,
      syncStatus: wantsSync ? 'pending' : 'none',
      notify: command.notify ?? true,
      createdAt: now,
      createdBy: command.actor,
    });
  return ok({
    appointment: made(command.appointmentId, slot, null),
    party: party.map((one, i) => ({
      appointment: made(command.partyIds?.[i] as string, one.slot, command.appointmentId),
      occupations: one.occupations,
    })),
    texts: { notes: command.notes ?? null, internalNotes: command.internalNotes ?? null },
    occupations,
    usedHold: hold?.lockToken ?? null,
  });
}

/** A suspended or closed tenant takes no holds and bookings; without an account item nothing is known against it. */
export function refuseSuspended(schedule: Schedule): Result<never> | null {
  const status = schedule.account?.status;
  return status === 'suspended' || status === 'closed' ? err({ code: 'TENANT_SUSPENDED' }) : null;
}
