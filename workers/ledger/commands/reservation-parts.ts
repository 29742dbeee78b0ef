/** What the commands of reservations share. Called by the commands of this folder. */
import { assert } from '../../../shared/result.ts';
import { type BalanceParts, partsOf } from '../rules/post.ts';
import type { LedgerStore } from '../store.ts';
import type * as Types from '../types.ts';
import { balanceAgain } from './parts.ts';

export interface KeptReservation {
  id: string;
  after: BalanceParts;
}
export const keptReservation = ({ reservation, balance }: Types.ReservationResult): KeptReservation => ({
  id: reservation.id,
  after: partsOf(balance),
});
/** A repeat is answered with the reservation as it stands. */
export function reservationAgain(store: LedgerStore, { id, after }: KeptReservation): Types.ReservationResult {
  const reservation = store.reservation(id);
  assert(reservation, `reservation ${id} of an outcome is there`);
  return { reservation, balance: balanceAgain(store, after) };
}
