/** Reserving an amount for a running call: reserve, then capture less, or let it lapse. Pure; called by `commands/`. */
import type { Instant } from '../../../shared/clock.ts';
import type { DomainError } from '../../../shared/errors.ts';
import { asMicros, centsToMicros, type Micros, microsToCentsExact, microsToCentsFloor } from '../../../shared/money.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import type { Used } from './charge.ts';
import { type Book, type Draft, spendable } from './post.ts';
import { beyond, billedSeconds, chargeOf, secondsToUnits, unitPriceOf } from './pricing.ts';
import { postings } from './spend.ts';
import type { AmountHold, Estimate, Refs, SpendCheck, Terms } from '../types.ts';

/** A call longer than this is estimated as this long (an estimate must never lock a balance away). */
const MAX_ESTIMATE_MINUTES = 240;

/** Rounded up to whole minor units: a hold must cover what it stands for. */
const ceilToMinor = (amount: Micros, currency: string): Micros =>
  asMicros(-centsToMicros(microsToCentsFloor(asMicros(-amount), currency), currency));

/** What an estimate comes to under the plan, with the included minutes that are left, in whole minor units. */
export function estimateOf(estimate: Estimate, terms: Terms, usedMinutes: Used): Micros {
  if ('estimateMicros' in estimate) return ceilToMinor(asMicros(Math.max(0, estimate.estimateMicros)), terms.currency);
  const minutes = Math.min(MAX_ESTIMATE_MINUTES, Math.max(0, estimate.estimateMinutes));
  const units = secondsToUnits(billedSeconds(Math.ceil(minutes * 60), terms.plan));
  const price = unitPriceOf(terms.plan, 'voice_minute');
  const billable = beyond(usedMinutes.units + units, price) - beyond(usedMinutes.units, price);
  return ceilToMinor(chargeOf(billable, price), terms.currency);
}

/** May new spend of this amount be started? Below the floor: no. Something that costs nothing is refused only below the floor too. */
export function spendCheck(book: Book, terms: Terms, amount: Micros): SpendCheck {
  const floor = asMicros(-centsToMicros(terms.allowOverdraftCents, terms.currency));
  const available = spendable(book.accounts);
  const covered = available - amount >= floor;
  return {
    allowed: covered && !terms.suspended,
    reason: terms.suspended ? 'suspended' : covered ? 'ok' : 'balance',
    availableCents: microsToCentsExact(available, terms.currency),
    requiredCents: microsToCentsExact(amount, terms.currency),
    floorCents: microsToCentsExact(floor, terms.currency),
    currency: terms.currency,
  };
}

type HoldDecision =
  | { status: 'settled' | 'voided' | 'expired' | 'not_needed'; hold: null; draft: null }
  | { status: 'held'; hold: AmountHold; draft: Draft };

/**
 * Reserves paid money (even beyond it while bonus is left: see `settledPaid`). A hold that arrives after its call was settled or voided holds
 * nothing. Refuses INSUFFICIENT_BALANCE and TENANT_SUSPENDED.
 */
export function decideHold(
  book: Book,
  terms: Terms,
  command: { key: string; amount: Micros; expiresAt: Instant; refs: Refs },
  ended: 'settled' | 'voided' | 'expired' | null,
  now: Instant,
): Result<HoldDecision, DomainError> {
  if (ended !== null) return ok({ status: ended, hold: null, draft: null });
  const check = spendCheck(book, terms, command.amount);
  if (check.reason === 'suspended') return err({ code: 'TENANT_SUSPENDED' });
  if (!check.allowed) {
    return err({
      code: 'INSUFFICIENT_BALANCE',
      details: {
        available_cents: check.availableCents,
        required_cents: check.requiredCents,
        currency: check.currency,
      },
    });
  }
  if (command.amount === 0) return ok({ status: 'not_needed', hold: null, draft: null });
  return ok({
    status: 'held',
    hold: { key: command.key, amountMicros: command.amount, status: 'held', expiresAt: command.expiresAt },
    draft: {
      type: 'hold',
      postings: postings(['prepaid', -command.amount], ['held', command.amount]),
      descriptionKey: 'ledger.hold',
      refs: command.refs,
      occurredAt: now,
    },
  });
}

/** Gives a hold's whole amount back; the charge that follows takes what the call really cost. */
export const releaseDraft = (hold: AmountHold, refs: Refs, at: Instant): Draft => ({
  type: 'release',
  postings: postings(['held', -hold.amountMicros], ['prepaid', hold.amountMicros]),
  descriptionKey: 'ledger.release',
  refs,
  occurredAt: at,
});
