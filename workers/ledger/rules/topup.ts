/**
 * Top-ups: bonus tiers, the promise made when one is opened, and its state as payment updates arrive in any order.
 * Pure; called by the commands.
 */
import type { Instant } from '../../../shared/clock.ts';
import type { DomainError } from '../../../shared/errors.ts';
import type { TopupId } from '../../../shared/ids.ts';
import { REFUND_STATES, type RefundState } from '../../../shared/money-status.ts';
import { asCents, asMicros, type Cents, centsToMicros, chargeStep, microsToCentsExact } from '../../../shared/money.ts';
import { assert } from '../../../shared/result.ts';
import { type PricedTier, priceTopup } from '../../../shared/pricing.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { type Book, type Cause, type Draft, post } from './post.ts';
import {
  disputedGross,
  NO_FACTS,
  NOTHING,
  type PaymentFacts,
  refundedGross,
  type Standing,
  standingOf,
  wholeFacts,
} from './refund.ts';
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
  /** bonus that refunds took from paid money, because it was spent: a refund that fails gives it back there. Absent: none */
  bonusFromPaidCents?: number;
  createdAt: Instant;
  version: number;
}

/** A row as it is stored. */
export function topupRowOf(body: string): TopupRow {
  const row = JSON.parse(body) as TopupRow;
  return { ...row, facts: wholeFacts(row.facts) };
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
    { rateBasisPoints: vat.rateBasisPoints, basis: 'net', step: chargeStep(terms.currency) },
    amountCents,
  );

/** What the form shows while somebody types an amount: „noch 40 € bis 10 % Bonus". */
export function previewTopup(terms: Terms, amountCents: Cents, now: Instant): TierPreview {
  const { tier, bonusCents, next, vatCents, totalCents } = priceOf(terms, decideVat(terms.vat), amountCents, now);
  return { tier, bonusCents, next, vatCents, grossCents: totalCents };
}

/** Refuses an amount that can't be topped up this way; answers the field error or null. */
export function amountRefusal(amountCents: number, method: TopupMethod, currency: string): DomainError | null {
  const [min, max] = method === 'stripe' ? [MIN_TOPUP_CENTS, MAX_TOPUP_CENTS] : [1, MAX_BOOKED_CENTS];
  const refuse = (text: string): DomainError => ({ code: 'VALIDATION_ERROR', errors: { amount_cents: [text] } });
  if (!Number.isSafeInteger(amountCents) || amountCents < min || amountCents > max)
    return refuse(`must be a whole number from ${min} to ${max}`);
  const step = method === 'stripe' ? chargeStep(currency) : 1;
  return amountCents % step === 0 ? null : refuse(`must be a multiple of ${step}: no card is charged a part of that`);
}

interface Ask {
  topupId: TopupId;
  amountCents: Cents;
  method: TopupMethod;
  companyId?: string | undefined;
  userId?: string | undefined;
  /** false: no bonus is promised, whatever the tiers say */
  bonus?: boolean | undefined;
}

/** Makes the promise: bonus and VAT are decided now and kept, whatever the tiers say when the money arrives. */
export function openTopup(row: TopupRow | null, terms: Terms, ask: Ask, now: Instant): Result<TopupRow, DomainError> {
  const refusal = amountRefusal(ask.amountCents, ask.method, terms.currency);
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
      bonusCents: ask.bonus === false ? asCents(0) : bonusCents,
      bonusTierId: ask.bonus === false ? null : (tier?.id ?? null),
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
    return refundedGross(facts) >= gross && gross > 0 ? 'refunded' : 'completed';
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
    refundedCents: asCents(Math.min(gross, refundedGross(facts))),
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
  | { kind: 'refund_state'; refundId: string; grossCents: number; state: RefundState }
  | { kind: 'dispute'; disputeId: string; withdrawnCents: number; movements: number };

const rankOf = (state: RefundState): number => REFUND_STATES.indexOf(state);

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
    case 'refund_state': {
      const { refundId, grossCents, state } = update;
      const known = facts.refunds[refundId];
      if (known && rankOf(known.state) >= rankOf(state)) return facts;
      return { ...facts, refunds: { ...facts.refunds, [refundId]: { grossCents, state } } };
    }
    case 'dispute': {
      const { disputeId, withdrawnCents, movements } = update;
      const known = facts.disputes[disputeId];
      // Movements are only ever added: who has seen more of them has seen the later state, whatever the order of the events.
      if (known && known.movements >= movements) return facts;
      return { ...facts, disputes: { ...facts.disputes, [disputeId]: { withdrawnCents, movements } } };
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
  assert(asked.currency === book.currency, `a top-up of ${asked.currency} can't move a ledger of ${book.currency}`);
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
  // Bonus that was spent already is taken back from paid money, and comes back there.
  const owed = micros(row.bonusFromPaidCents ?? 0);
  const fromBonus = bonus < 0 ? -Math.min(-bonus, Math.max(0, accounts.bonus)) : bonus - Math.min(bonus, owed);
  const bonusFromPaidCents = microsToCentsExact(asMicros(owed + fromBonus - bonus), book.currency);
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
    const back = change('refundsCents') < 0 ? 'ledger.refund_failed' : 'ledger.dispute_won';
    add({
      type: returned ? 'adjustment' : 'refund',
      postings: moved,
      descriptionKey: returned ? back : clearing > 0 ? 'ledger.dispute' : 'ledger.refund',
      refs,
      occurredAt: cause.now,
    });
    applied = target;
  }

  const posted = post(book, drafts, cause);
  const { bonusFromPaidCents: _before, ...kept } = row;
  return {
    row: { ...kept, applied, ...(bonusFromPaidCents === 0 ? {} : { bonusFromPaidCents }) },
    book: posted.book,
    entries: posted.entries,
    credited,
  };
}
