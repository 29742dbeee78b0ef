/** Takes a part of what was set aside, or all that is left of it. */
import { asMicros, centsToMicros } from '../../../shared/money.ts';
import { err, ok } from '../../../shared/result.ts';
import { post } from '../rules/post.ts';
import { captureDraft, leftOf } from '../rules/reservation.ts';
import type * as Types from '../types.ts';
import { causeOf, commit, invalid, ledgerCommand, noLedger, open } from './parts.ts';
import { type KeptReservation, keptReservation, reservationAgain } from './reservation-parts.ts';
import { illegal } from './transfer-parts.ts';

const key = (command: Types.CaptureReservation): string =>
  `reservation:${command.reservationId}:capture:${command.key}`;

/**
 * Never more than is left; the last part ends the reservation.
 *
 * Refusals: NOT_FOUND (ledger, reservation), ILLEGAL_TRANSITION (nothing is set aside any more), VALIDATION_ERROR (`amount_cents`).
 */
export const captureReservation = ledgerCommand<Types.CaptureReservation, Types.ReservationResult, KeptReservation>({
  name: 'captureReservation',
  key,
  kept: keptReservation,
  again: reservationAgain,
  decide(store, command, now) {
    const start = open(store);
    if (!start) return noLedger();
    const reservation = store.reservation(command.reservationId);
    if (reservation === null) return err({ code: 'NOT_FOUND', entity: 'reservation' });
    if (reservation.state !== 'open') return illegal(reservation.state, 'captured');
    const left = leftOf(reservation);
    const { amountCents } = command;
    if (amountCents !== undefined && (!Number.isSafeInteger(amountCents) || amountCents <= 0))
      return invalid('amount_cents', 'must be a whole number above 0');
    const amount = amountCents === undefined ? left : centsToMicros(amountCents, start.book.currency);
    if (amount > left) return invalid('amount_cents', 'less than that is set aside');
    const captured: Types.Reservation = {
      ...reservation,
      capturedMicros: asMicros(reservation.capturedMicros + amount),
      state: amount === left ? 'captured' : 'open',
    };
    store.saveReservation(captured);
    const draft = captureDraft(reservation, amount, command.as, now);
    const posted = post(start.book, [draft], causeOf(key(command), now));
    const { balance, events } = commit(store, start, posted, { key: key(command), now });
    return ok({ value: { reservation: captured, balance }, events });
  },
});
