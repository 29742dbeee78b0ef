/** A free slot becomes an appointment: the caller's or customer's limits, the slot, rows, one event. */
import { err, ok, type Result } from '../../../shared/result.ts';
import { HOUR } from '../../../shared/time.ts';
import { namesOf } from '../engine/names.ts';
import { envelope } from '../events.ts';
import { decideBook } from '../rules/book.ts';
import { countedAs } from '../rules/caller-limits.ts';
import { opensCustomer, type StoredConversation } from '../rules/conversation.ts';
import type { CalendarStore } from '../store/store.ts';
import type { Book, BookAnswer } from './inputs.ts';
import type { Appointment } from '../../events/calendar.ts';
import { refuseCaller, refuseCustomer, refuseWithheldShare } from './caller-limits.ts';
import { calendarCommand } from './command.ts';
import { COLLECTED_PARTY_SIZE } from '../bounds.ts';
import { countLostSlot } from './lost-slot.ts';

/** A number's bookings are counted over an hour; kept for a day more, whatever clocks say. */
const COUNTS_KEPT_MS = 25 * HOUR;
const TEXTS = ['notes', 'internalNotes'] as const;
const MADE = ['appointmentId', 'partyIds', 'lockToken', 'quote', 'caller', 'requireOpenedByCall'] as const;

/**
 * A call that collected an appointment for several people must say for how many it books, also when its hold has lapsed: who asked for
 * several is never given one place. Refused and not filled in, so that the recorded command says what it booked.
 */
function refuseForgottenParty(
  store: CalendarStore,
  command: Book,
  conversation: StoredConversation | null,
): Result<never> | null {
  const { partySize, serviceIds } = conversation?.wish ?? {};
  if (command.partySize !== undefined || !partySize || partySize < 2 || !command.callId) return null;
  const isSame = command.services.map((one) => one.serviceId).join() === (serviceIds ?? []).join();
  // What was collected is booked once; the next booking of the call is another request.
  return isSame && store.appointments.countOfCall(command.callId, 1) === 0
    ? err({ code: 'VALIDATION_ERROR', errors: { [COLLECTED_PARTY_SIZE]: [String(partySize)] } })
    : null;
}

/** What a booking made: one appointment, or one for each person of a party. */
interface Booking {
  appointment: Appointment;
  /** absent: no party */
  party?: Appointment[];
}

/**
 * Books a slot; a party whose people share none gets an appointment each, all or none of them. Whoever presents a quote or a hold gets the slot at the price that was offered.
 *
 * Refusals: NOT_FOUND (`customer`, see requireKnownCustomer and requireOpenedByCall; unknown or inactive `service`, `staff`, `branch`;
 * `hold`), VALIDATION_ERROR (start, length, party size, `collected_party_size` where a call collected for several and does not say so, notes, an id in use, a quote of another slot), TENANT_SUSPENDED, RATE_LIMITED
 * (bookings an hour of the customer, on the phone of the line), LIMIT_REACHED (bookings of one call, share of withheld numbers),
 * HOLD_EXPIRED, QUOTE_STALE, APPOINTMENT_CONFLICT (taken, with alternatives).
 */
export const book = calendarCommand<Book, Booking, BookAnswer>({
  name: 'book',
  // A model on the phone that retries words its notes anew.
  made: (command) => (command.source === 'phone_ai' ? [...MADE, ...TEXTS] : MADE),
  unrecorded: [...TEXTS, 'quote', 'caller', 'requireKnownCustomer', 'requireOpenedByCall'],
  decide(store, command, now) {
    store.callers.earn(null);
    const callId = command.callId ?? null;
    const { knowsCustomer, ...facts } = store.appointments.bookingFacts({
      customerId: command.customerId,
      appointmentId: command.appointmentId,
      callId,
      now,
      since: now - HOUR,
      limit: command.customerHourlyLimit ?? null,
    });
    if (command.requireKnownCustomer && !knowsCustomer) return err({ code: 'NOT_FOUND', entity: 'customer' });
    const conversation = command.requireOpenedByCall && callId !== null ? store.conversations.find(callId, now) : null;
    if (command.requireOpenedByCall && !opensCustomer(conversation, command.customerId))
      return err({ code: 'NOT_FOUND', entity: 'customer' });
    const forgotten = refuseForgottenParty(store, command, conversation);
    if (forgotten) return forgotten;
    const { caller } = command;
    const tooMany = caller
      ? refuseCaller(store, caller, callId, now)
      : refuseCustomer(store, command.customerId, facts.recentBookings, command.customerHourlyLimit ?? null, now);
    if (tooMany) return tooMany;
    const decided = decideBook(
      {
        schedule: store.schedule.current(),
        busy: store.busy,
        tokenHold: command.lockToken ? store.holds.find(command.lockToken) : null,
        ...facts,
      },
      command,
      now,
    );
    if (!decided.ok) return decided;
    const { appointment, party, texts, usedHold } = decided.value;
    const all = [{ appointment, occupations: decided.value.occupations }, ...party];
    const occupations = all.flatMap((one) => one.occupations);
    if (caller) {
      // The call's own holds don't count beside the booking that comes of them.
      const own = callId === null ? [] : store.holds.live('call_id', callId, now).map((hold) => hold.lockToken);
      const share = refuseWithheldShare(store, caller, appointment, occupations, own, now);
      if (share) return share;
      const until = caller.line === null ? appointment.endsAt : now;
      // A party counts as one booking.
      store.callers.count(countedAs(caller), now, appointment.id, Math.max(until, now + COUNTS_KEPT_MS));
      // Of the day's share all of its people count.
      if (caller.line === null)
        for (const one of party) store.callers.count('party:withheld', now, one.appointment.id, until);
    }
    if (usedHold) store.holds.remove(usedHold);
    for (const one of all) {
      store.busy.occupy(one.appointment.id, one.occupations, null, now);
      store.appointments.add(one.appointment);
    }
    store.appointments.saveTexts(appointment.id, texts);
    if (!knowsCustomer) store.customers.register(appointment.customerId, now);
    store.customers.countFor(appointment.customerId, { appointments: all.length }, appointment.startsAt, null);
    return ok({
      value: { appointment, ...(party.length > 0 ? { party: party.map((one) => one.appointment) } : {}) },
      events: all.map((one) => envelope({ type: 'appointment.booked', appointment: one.appointment })),
    });
  },
  answer: (store, { appointment, party = [] }) =>
    ok({
      appointment,
      party: party.map((one) => ({ appointment: one, staffName: namesOf(store.schedule.current(), one).staffName })),
      ...namesOf(store.schedule.current(), appointment),
      confirmationQueued: appointment.notify && appointment.status === 'confirmed',
    }),
  // A caller who cancelled and wants the same slot after all says the same words: their key must not repeat what is gone.
  renewed(store, { appointment }, command) {
    if (command.source !== 'phone_ai') return null;
    const present = store.appointments.find(appointment.id);
    return present?.status === 'cancelled' ? `${command.key}~${present.id}` : null;
  },
  after(store, command, result, now) {
    store.callers.writeEarned();
    countLostSlot(store, command, result, now);
  },
  needs: (command) => ({ appointmentIds: [String(command['appointmentId'])] }),
  restore: (command, { texts }) => ({ ...command, ...texts.get(String(command['appointmentId'])) }),
});
