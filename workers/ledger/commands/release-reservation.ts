/** What was set aside and not captured goes back. */
import { err, ok } from '../../../shared/result.ts';
import { balanceView, post } from '../rules/post.ts';
import { giveBackDraft } from '../rules/reservation.ts';
import type * as Types from '../types.ts';
import { causeOf, commit, ledgerCommand, noLedger, open } from './parts.ts';
import { type KeptReservation, keptReservation, reservationAgain } from './reservation-parts.ts';

const key = (command: Types.ReleaseReservation): string => `reservation:${command.reservationId}:${command.as}`;

/**
 * One that has ended already stays as it is: whoever releases wants nothing set aside, and nothing is.
 *
 * Refusals: NOT_FOUND (ledger, reservation).
 */
export const releaseReservation = ledgerCommand<Types.ReleaseReservation, Types.ReservationResult, KeptReservation>({
  name: 'releaseReservation',
  key,
  kept: keptReservation,
  again: reservationAgain,
  decide(store, command, now) {
    const start = open(store);
    if (!start) return noLedger();
    const reservation = store.reservation(command.reservationId);
    if (reservation === null) return err({ code: 'NOT_FOUND', entity: 'reservation' });
    if (reservation.state !== 'open')
      return ok({ value: { reservation, balance: balanceView(start.book) }, events: [] });
    const released: Types.Reservation = { ...reservation, state: command.as };
    store.saveReservation(released);
    const posted = post(start.book, [giveBackDraft(reservation, now)], causeOf(key(command), now));
    const { balance, events } = commit(store, start, posted, { key: key(command), now });
    return ok({ value: { reservation: released, balance }, events });
  },
});
