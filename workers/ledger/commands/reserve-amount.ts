/** Sets an amount aside. */
import { asMicros, centsToMicros, microsToCentsFloor } from '../../../shared/money.ts';
import { err, ok } from '../../../shared/result.ts';
import { balanceView, post } from '../rules/post.ts';
import { MAX_RESERVED_MS, reserveDraft } from '../rules/reservation.ts';
import { MAX_TRANSFER_CENTS } from '../rules/transfer.ts';
import type * as Types from '../types.ts';
import { causeOf, commit, invalid, ledgerCommand, noLedger, open } from './parts.ts';
import { type KeptReservation, keptReservation, reservationAgain } from './reservation-parts.ts';

const key = ({ reservationId }: Types.ReserveAmount): string => `reservation:${reservationId}:reserve`;

/**
 * Takes the amount out of what can be spent until it is captured, released, or lapses. Only paid money, and only what is there, as with a
 * transfer.
 *
 * Refusals: NOT_FOUND ledger, VALIDATION_ERROR (`amount_cents`, `currency`, `expires_at`), INSUFFICIENT_BALANCE, TENANT_SUSPENDED.
 */
export const reserveAmount = ledgerCommand<Types.ReserveAmount, Types.ReservationResult, KeptReservation>({
  name: 'reserveAmount',
  key,
  kept: keptReservation,
  again: reservationAgain,
  decide(store, command, now) {
    const { amountCents, currency, account, expiresAt } = command;
    if (!Number.isSafeInteger(amountCents) || amountCents <= 0 || amountCents > MAX_TRANSFER_CENTS)
      return invalid('amount_cents', `must be a whole number from 1 to ${MAX_TRANSFER_CENTS}`);
    if (expiresAt !== undefined && (expiresAt <= now || expiresAt > now + MAX_RESERVED_MS))
      return invalid('expires_at', 'must be within the next 400 days');
    const start = open(store);
    if (!start) return noLedger();
    if (currency !== start.book.currency) return invalid('currency', `the ledger is kept in ${start.book.currency}`);
    if (start.terms.suspended) return err({ code: 'TENANT_SUSPENDED' });
    const amount = centsToMicros(amountCents, currency);
    const there =
      account === 'prepaid' ? balanceView(start.book).prepaidMicros : start.book.accounts.commission_payable;
    if (there < amount)
      return err({
        code: 'INSUFFICIENT_BALANCE',
        details: { available_cents: microsToCentsFloor(there, currency), required_cents: amountCents, currency },
      });
    const reservation: Types.Reservation = {
      id: command.reservationId,
      account,
      amountMicros: amount,
      capturedMicros: asMicros(0),
      state: 'open',
      expiresAt: expiresAt ?? null,
      reference: command.reference,
      createdAt: now,
    };
    store.saveReservation(reservation);
    if (expiresAt !== undefined) store.wakeAt(expiresAt);
    const posted = post(start.book, [reserveDraft(reservation, now)], causeOf(key(command), now));
    const { balance, events } = commit(store, start, posted, { key: key(command), now });
    return ok({ value: { reservation, balance }, events });
  },
});
