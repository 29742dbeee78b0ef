/** Which money a charge takes, and the one rule that keeps paid and given money apart; called by every rule that posts. */
import { asMicros, type Micros } from '../../../shared/money.ts';
import type { Account, Posting, Terms } from '../types.ts';

export type Accounts = Readonly<Record<Account, Micros>>;

/**
 * Paid money with running holds put back. Holds always lie on paid money, so that a hold that comes and goes leaves no trace in the split
 * (bonus and paid end the same whether a call was held or not).
 */
const settledPaid = (accounts: Accounts): number => accounts.prepaid + accounts.held;

/**
 * Postings that take `amount` (≥ 0) from the customer: bonus first (or paid money first, by the terms), the rest is overdraft of paid money.
 * The caller adds the counter posting.
 */
export function take(accounts: Accounts, amount: Micros, order: Terms['spendOrder']): Posting[] {
  const bonus = Math.max(0, accounts.bonus);
  const fromBonus =
    order === 'bonus_first'
      ? Math.min(bonus, amount)
      : Math.min(bonus, Math.max(0, amount - Math.max(0, settledPaid(accounts))));
  return postings(['bonus', -fromBonus], ['prepaid', -(amount - fromBonus)]);
}

/**
 * Bonus that arrives while paid money is overdrawn covers the overdraft at once: what was spent before the money came is then split
 * as if it had come first, so the order of a charge and a top-up does not matter.
 */
export function coverOverdraft(accounts: Accounts): Posting[] {
  const overdraft = Math.max(0, -settledPaid(accounts));
  const cover = Math.min(overdraft, Math.max(0, accounts.bonus));
  return postings(['bonus', -cover], ['prepaid', cover]);
}

/** Adds up postings by account and leaves out what moved nothing. */
export function merge(...lists: readonly (readonly Posting[])[]): Posting[] {
  const sums = new Map<Account, number>();
  for (const list of lists) {
    for (const { account, amountMicros } of list) sums.set(account, (sums.get(account) ?? 0) + amountMicros);
  }
  return postings(...sums);
}

/** `[account, micros]` pairs as postings, without zeros. */
export function postings(...pairs: readonly (readonly [Account, number])[]): Posting[] {
  return pairs
    .filter(([, amount]) => amount !== 0)
    .map(([account, amount]) => ({ account, amountMicros: asMicros(amount) }));
}

/** The accounts after postings. */
export function apply(accounts: Accounts, list: readonly Posting[]): Accounts {
  const next = { ...accounts };
  for (const { account, amountMicros } of list) next[account] = asMicros(next[account] + amountMicros);
  return next;
}
