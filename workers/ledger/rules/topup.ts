/**
 * Top-ups: bonus tiers, the promise made when one is opened, and its state as payment updates arrive in any order.
 * Pure; called by the commands.
 */
import type { Instant } from '../../../shared/clock.ts';
import type { DomainError } from '../../../shared/errors.ts';
import type { TopupId } from '../../../shared/ids.ts';
import { asCents, type Cents, centsToMicros } from '../../../shared/money.ts';
import { type PricedTier, priceTopup } from '../../../shared/pricing.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type Book, type Cause, type Draft, post } from './post.ts';
import { disputedGross, NO_FACTS, NOTHING, type PaymentFacts, type Standing, standingOf } from './refund.ts';
import { apply, coverOverdraft, merge, postings } from './spend.ts';
import type { BonusTier, Entry, Terms, TierPreview, Topup, TopupMethod, TopupStatus, VatDecision } from '../types.ts';
import { decideVat } from './vat.ts';

/** A customer's own top-up; smaller is eaten by fees, larger is above SEPA's limit of 10,000 €. */
export const MIN_TOPUP_CENTS = 1_000;
export const MAX_TOPUP_CENTS = 1_000_000;
/** Booked by hand or from a bank statement: any positive amount up to a million. */
const MAX_BOOKED_CENTS = 100_000_000;

/** A top-up as stored: what was asked, facts of its payment, and what has been posted. */
export interface TopupRow {
  id: TopupId;
  asked: {
    method: TopupMethod;
    amountCents: Cents;
    vatCents: Cents;
    bonusCents: Cents;
    bonusTierId: string | null;
    currency: string;
    vat: VatDecision;
    companyId: string | null;
    userId: string | null;
  };
  paymentId: string | null;
  checkoutSessionId: string | null;
  facts: PaymentFacts;
  applied: Standing;
  createdAt: Instant;
  version: number;
}

const priced = (tier: BonusTier): PricedTier =>
  tier.kind === 'fixed'
    ? { fromCents: tier.fromCents, fixedCents: tier.value }
    : { fromCents: tier.fromCents, basisPoints: tier.value };

const active = (tier: BonusTier, now: Instant): boolean =>
  (tier.activeFrom === null || tier.activeFrom <= now) && (tier.activeUntil === null || now < tier.activeUntil);

/** What an amount brings and costs by these terms, at this instant. */
const priceOf = (terms: Terms, vat: VatDecision, amountCents: Cents, now: Instant) =>
  priceTopup(
    terms.bonusTiers.filter((tier) => active(tier, now)),
    priced,
    { rateBasisPoints: vat.rateBasisPoints, basis: 'net' },
    amountCents,
  );

/** What the form shows while somebody types an amount: „noch 40 € bis 10 % Bonus". */
export function previewTopup(terms: Terms, amountCents: Cents, now: Instant): TierPreview {
  const { tier, bonusCents, next, vatCents, totalCents } = priceOf(terms, decideVat(terms.vat), amountCents, now);
  return { tier, bonusCents, next, vatCents, grossCents: totalCents };
}

/** Refuses an amount that can't be topped up this way; answers the field error or null. */
export function amountRefusal(amountCents: number, method: TopupMethod): DomainError | null {
  const [min, max] = method === 'stripe' ? [MIN_TOPUP_CENTS, MAX_TOPUP_CENTS] : [1, MAX_BOOKED_CENTS];
  if (Number.isSafeInteger(amountCents) && amountCents >= min && amountCents <= max) return null;
  return { code: 'VALIDATION_ERROR', errors: { amount_cents: [`must be a whole number from ${min} to ${max}`] } };
}

export interface Ask {
  topupId: TopupId;
  amountCents: Cents;
  method: TopupMethod;
  companyId?: string | undefined;
  userId?: string | undefined;
}

/** Makes the promise: bonus and VAT are decided now and kept, whatever the tiers say when the money arrives. */
export function openTopup(row: TopupRow | null, terms: Terms, ask: Ask, now: Instant): Result<TopupRow, DomainError> {
  const refusal = amountRefusal(ask.amountCents, ask.method);
  if (refusal) return err(refusal);
  if (row !== null) return err({ code: 'VALIDATION_ERROR', errors: { topup_id: ['this top-up exists already'] } });
  const vat = decideVat(terms.vat);
  const { tier, bonusCents, vatCents } = priceOf(terms, vat, ask.amountCents, now);
  return ok({
    id: ask.topupId,
    paymentId: null,
    checkoutSessionId: null,
    facts: NO_FACTS,
    applied: NOTHING,
    createdAt: now,
    version: 1,
    asked: {
      method: ask.method,
      amountCents: ask.amountCents,
      vatCents,
      bonusCents,
      bonusTierId: tier?.id ?? null,
      currency: terms.currency,
      vat,
      companyId: ask.companyId ?? null,
      userId: ask.userId ?? null,
    },
  });
}

/** Derived, so that no order of updates can leave it wrong: what was paid outweighs a failed try before it. */
export function statusOf(row: TopupRow): TopupStatus {
  const { facts, asked } = row;
  const gross = asked.amountCents + asked.vatCents;
  if (facts.paidAt !== null) {
    if (disputedGross(facts) > 0) return 'disputed';
    return facts.refundedGrossCents >= gross && gross > 0 ? 'refunded' : 'completed';
  }
  if (facts.failed !== null) return 'failed';
  return facts.processing ? 'processing' : 'pending';
}

/** The outside view. */
export function topupView(row: TopupRow): Topup {
  const { asked, facts } = row;
  const gross = asCents(asked.amountCents + asked.vatCents);
  return {
    id: row.id,
    method: asked.method,
    amountCents: asked.amountCents,
    vatCents: asked.vatCents,
    grossCents: gross,
    bonusCents: asked.bonusCents,
    bonusTierId: asked.bonusTierId,
    currency: asked.currency,
    status: statusOf(row),
    refundedCents: asCents(Math.min(gross, facts.refundedGrossCents)),
    disputedCents: asCents(Math.min(gross, disputedGross(facts))),
    vat: asked.vat,
    companyId: asked.companyId,
    userId: asked.userId,
    paymentId: row.paymentId,
    checkoutSessionId: row.checkoutSessionId,
    failureReason: facts.paidAt === null ? facts.failed : null,
    createdAt: row.createdAt,
    paidAt: facts.paidAt as Instant | null,
    version: row.version,
  };
}

/** An update of a payment. Each adds a fact; none removes one. */
export type PaymentUpdate =
  | { kind: 'processing' }
  | { kind: 'paid'; at: Instant }
  | { kind: 'failed'; reason: string }
  | { kind: 'refund'; refundedGrossCents: number }
  | { kind: 'dispute'; disputeId: string; grossCents: number; state: 'open' | 'won' | 'lost' };

const FINAL = { open: 0, won: 1, lost: 1 } as const;

/** Merges an update into the facts; merging it again, or an older one after a newer one, changes nothing. */
export function mergeUpdate(facts: PaymentFacts, update: PaymentUpdate): PaymentFacts {
  switch (update.kind) {
    case 'processing':
      return facts.processing ? facts : { ...facts, processing: true };
    case 'paid':
      return facts.paidAt !== null ? facts : { ...facts, paidAt: update.at };
    case 'failed':
      // Several tries fail for several reasons; one of them is kept by a rule that does not ask which came first.
      return facts.failed !== null && facts.failed <= update.reason ? facts : { ...facts, failed: update.reason };
    case 'refund':
      return update.refundedGrossCents <= facts.refundedGrossCents
        ? facts
        : { ...facts, refundedGrossCents: update.refundedGrossCents };
    case 'dispute': {
      const known = facts.disputes[update.disputeId];
      if (known && FINAL[known.state] >= FINAL[update.state]) return facts;
      return {
        ...facts,
        disputes: { ...facts.disputes, [update.disputeId]: { grossCents: update.grossCents, state: update.state } },
      };
    }
  }
}

/**
 * Posts the difference between where the top-up stands and where its facts say it should: credit and bonus when it is paid, then
 * whatever was reversed. Nothing to post → the book as it was.
 */
export function settleTopup(
  row: TopupRow,
  book: Book,
  cause: Cause,
): { row: TopupRow; book: Book; entries: Entry[]; credited: boolean } {
  const { asked, facts } = row;
  if (facts.paidAt === null) return { row, book, entries: [], credited: false };
  const micros = (cents: number): number => centsToMicros(asCents(cents), book.currency);
  const refs = {
    referenceType: 'topup' as const,
    referenceId: row.id,
    ...(asked.companyId === null ? {} : { companyId: asked.companyId }),
  };
  const drafts: Draft[] = [];
  let accounts = book.accounts;
  let applied = row.applied;
  const add = (draft: Draft): void => {
    drafts.push(draft);
    accounts = apply(accounts, draft.postings);
  };
  const occurredAt = facts.paidAt as Instant;

  const credited = applied.netCents === 0 && applied.refundsCents === 0 && applied.clearingCents === 0;
  if (credited) {
    const gross = asked.amountCents + asked.vatCents;
    add({
      type: 'topup',
      postings: postings(
        ['prepaid', micros(asked.amountCents)],
        ['vat_output', micros(asked.vatCents)],
        ['cash', -micros(gross)],
      ),
      descriptionKey: `ledger.topup.${asked.method}`,
      refs,
      occurredAt,
    });
    if (asked.bonusCents > 0) {
      // The overdraft is judged as it was before the paid part arrived: bonus is spent first.
      const given = postings(['bonus', micros(asked.bonusCents)], ['bonus_expense', -micros(asked.bonusCents)]);
      const cover = coverOverdraft(apply(book.accounts, given));
      add({ type: 'bonus', postings: merge(given, cover), descriptionKey: 'ledger.bonus', refs, occurredAt });
    }
    applied = { ...NOTHING, netCents: asked.amountCents, vatCents: asked.vatCents, bonusCents: asked.bonusCents };
  }

  const target = standingOf(asked, facts);
  const change = (of: keyof Standing): number => micros(target[of] - applied[of]);
  const net = change('netCents');
  const bonus = change('bonusCents');
  const withheld = change('withheldCents');
  const clearing = change('clearingCents');
  // Bonus that was spent already is taken back from paid money.
  const fromBonus = bonus < 0 ? -Math.min(-bonus, Math.max(0, accounts.bonus)) : bonus;
  const moved = postings(
    ['prepaid', net + (bonus - fromBonus) - withheld],
    ['bonus', fromBonus],
    ['bonus_expense', withheld - bonus],
    ['vat_output', change('vatCents')],
    ['refunds', change('refundsCents')],
    ['clearing', clearing],
  );
  if (moved.length > 0) {
    const returned = net - withheld > 0;
    add({
      type: returned ? 'adjustment' : 'refund',
      postings: moved,
      descriptionKey: returned ? 'ledger.dispute_won' : clearing > 0 ? 'ledger.dispute' : 'ledger.refund',
      refs,
      occurredAt: cause.now,
    });
    applied = target;
  }

  const posted = post(book, drafts, cause);
  return { row: { ...row, applied }, book: posted.book, entries: posted.entries, credited };
}
