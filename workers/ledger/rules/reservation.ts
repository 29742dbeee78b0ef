/** An amount set aside: reserve, capture it in parts or at once, release the rest or let it lapse. Pure; called by `commands/`. */
import type { Instant } from '../../../shared/clock.ts';
import { asMicros, type Micros } from '../../../shared/money.ts';
import type { CaptureKind } from '../../../shared/money-status.ts';
import type { Draft } from './post.ts';
import { postings } from './spend.ts';
import type { Account, EntryType, Reservation } from '../types.ts';

/** Longest reservation that lapses by itself: one that is to stay longer is ended by somebody. */
export const MAX_RESERVED_MS = 400 * 24 * 3_600_000;

/** What is still set aside. */
export const leftOf = ({ state, amountMicros, capturedMicros }: Reservation): Micros =>
  asMicros(state === 'open' ? amountMicros - capturedMicros : 0);

/** Where a captured part goes, and what the movement is called. */
const CAPTURED: Readonly<Record<CaptureKind, { account: Account; type: EntryType; descriptionKey: string }>> = {
  payout: { account: 'cash', type: 'payout', descriptionKey: 'ledger.payout' },
  adjustment: { account: 'adjustments', type: 'adjustment', descriptionKey: 'ledger.captured' },
};

const refsOf = ({ id }: Reservation): NonNullable<Draft['refs']> => ({
  referenceType: 'reservation',
  referenceId: id,
});

export const reserveDraft = (reservation: Reservation, at: Instant): Draft => ({
  type: 'hold',
  postings: postings([reservation.account, -reservation.amountMicros], ['reserved', reservation.amountMicros]),
  descriptionKey: 'ledger.reserve',
  refs: refsOf(reservation),
  occurredAt: at,
});

export const captureDraft = (reservation: Reservation, amount: Micros, as: CaptureKind, at: Instant): Draft => {
  const { account, type, descriptionKey } = CAPTURED[as];
  return {
    type,
    postings: postings(['reserved', -amount], [account, amount]),
    descriptionKey,
    refs: refsOf(reservation),
    occurredAt: at,
  };
};

export const giveBackDraft = (reservation: Reservation, at: Instant): Draft => ({
  type: 'release',
  postings: postings(['reserved', -leftOf(reservation)], [reservation.account, leftOf(reservation)]),
  descriptionKey: 'ledger.reserve_released',
  refs: refsOf(reservation),
  occurredAt: at,
});
