/** Pure: what a subscription at Stripe makes of its tenant. Called by commands/follow-subscription.ts and terms.ts. */
import {
  SUBSCRIPTION_ENDED,
  SUBSCRIPTION_OWES,
  SUBSCRIPTION_RUNS,
  type TenantStatus,
  type TenantSubscription,
} from '../../../shared/tenant-status.ts';
import { type StatusFacts, statusAfter } from './status.ts';

/** What an event tells of a subscription. */
export type Told = Pick<TenantSubscription, 'id' | 'status' | 'at'>;

const isEnded = (status: string): boolean => SUBSCRIPTION_ENDED.includes(status);
/** Of two events of one second the worse is the later: a subscription ends once, and owes before it is paid. */
const rank = (status: string): number =>
  isEnded(status) ? 3 : SUBSCRIPTION_OWES.includes(status) ? 2 : SUBSCRIPTION_RUNS.includes(status) ? 1 : 0;

/** The base fee is taken by Stripe, not from the balance: from its first payment on until it is over. */
export const isPaidBySubscription = (subscription: TenantSubscription | null): boolean =>
  subscription !== null &&
  (SUBSCRIPTION_RUNS.includes(subscription.status) || SUBSCRIPTION_OWES.includes(subscription.status));

/** Whether the event says something newer than what is known. Events come in any order, and more than once. */
export function isNewer(known: TenantSubscription | null, told: Told): boolean {
  if (known === null) return true;
  // The end of an earlier subscription says nothing of the present one; a new one follows the old.
  if (known.id !== told.id) return !isEnded(told.status) && told.at >= known.at;
  if (isEnded(known.status)) return false;
  return told.at > known.at || (told.at === known.at && rank(told.status) > rank(known.status));
}

/** Reasons that a subscription gives, and a date after it; what a person gave is theirs to take back. */
const OWN_REASONS: readonly (string | null)[] = ['past_due', null];

/**
 * The state that follows, or null where nothing does: a missing payment and an end make past due (the days of grace then run, and suspend by
 * date), a payment lets in again who was shut out because of the subscription.
 */
export function statusBySubscription(
  facts: StatusFacts & { statusReason: string | null },
  owes: boolean,
  status: string,
  now: number,
): { status: TenantStatus | null; owes: boolean } {
  if (SUBSCRIPTION_OWES.includes(status) || isEnded(status)) {
    const next = statusAfter(facts, 'mark_past_due', now);
    return { status: next, owes: owes || next !== null };
  }
  if (SUBSCRIPTION_RUNS.includes(status) && owes) {
    const isItsOwn = OWN_REASONS.includes(facts.statusReason);
    return { status: isItsOwn ? statusAfter(facts, 'reactivate', now) : null, owes: false };
  }
  return { status: null, owes };
}
