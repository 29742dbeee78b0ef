/** The money of a top-up is there. */
import type { Instant } from '../../../shared/clock.ts';
import { err } from '../../../shared/result.ts';
import { amountRefusal, mergeUpdate, openTopup, type TopupRow } from '../rules/topup.ts';
import type { LedgerStore } from '../store.ts';
import type * as Types from '../types.ts';
import { causeOf, type Decided, invalid, ledgerCommand, noLedger, ofSession, open, type Open } from './parts.ts';
import {
  foreignPayment,
  foreignSession,
  type KeptTopup,
  keptTopup,
  topupAgain,
  topupDecision,
  unchanged,
} from './topup-parts.ts';

/** What Stripe says was paid is part of the key: another amount for the same payment is judged, not taken for a repeat with another body. */
const key = (command: Types.RecordTopup): string =>
  command.method === 'stripe'
    ? `${command.key}:paid:${command.grossCents}:${command.currency}${ofSession(command)}`
    : command.key;

/**
 * Commands of Stripe were once recorded by the amounts that were asked for, net and VAT; they had been compared before. Bookings by hand were
 * once recorded without a word about the bonus, and had it.
 */
const wholeAgain = (command: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  if (command['method'] === 'manual' && command['bonus'] === undefined) return { ...command, bonus: true };
  const { amountCents, vatCents, ...rest } = command;
  const isOlder = command['method'] === 'stripe' && command['grossCents'] === undefined;
  if (!isOlder) return command;
  return { ...rest, grossCents: vatCents === undefined ? null : Number(amountCents) + Number(vatCents) };
};

/**
 * Credits a top-up with its bonus, once however often it is reported. A payment of Stripe must be of an opened top-up, and what Stripe says was
 * paid must be what was asked for, in amount and currency, on the session it was sent to: the comparison is made here, beside the row it is
 * about. Bank transfers and bookings by hand come without an opened row; VAT and bonus are then decided now, by hand no bonus unless it is said.
 *
 * Refusals: NOT_FOUND (ledger; topup: it was never opened), VALIDATION_ERROR (`method`, `payment_id`, `checkout_session_id`, `currency`,
 * `gross_cents` of a payment that is not what was asked for; `amount_cents` of a booking that can't be), LIMIT_REACHED (sums of the ledger).
 */
export const recordTopup = ledgerCommand<Types.RecordTopup, Types.TopupResult, KeptTopup>({
  name: 'recordTopup',
  key,
  kept: keptTopup,
  again: topupAgain,
  restore: (command) => wholeAgain(command) as typeof command,
  decide(store, command, now) {
    const start = open(store);
    if (!start) return noLedger();
    const before = store.topup(command.topupId);
    if (command.method !== 'stripe') return book(store, start, before, command, now);
    if (!before) return err({ code: 'NOT_FOUND', entity: 'topup' });
    const { asked } = before;
    if (asked.method !== 'stripe') return invalid('method', `this top-up is paid by ${asked.method}`);
    const foreign = foreignPayment(before, command.paymentId) ?? foreignSession(before, command.sessionId);
    if (foreign) return foreign;
    if (command.currency !== asked.currency) return invalid('currency', `asked for ${asked.currency}`);
    // It was opened before the ledger took another currency: its amount means nothing here.
    if (asked.currency !== start.book.currency)
      return invalid('currency', `the ledger is kept in ${start.book.currency}`);
    const gross = asked.amountCents + asked.vatCents;
    if (command.grossCents !== null && command.grossCents !== gross)
      return invalid('gross_cents', `asked for ${gross}`);
    return credited(store, start, before, before, command, now);
  },
});

/** By hand, or from a bank statement. */
function book(
  store: LedgerStore,
  start: Open,
  before: TopupRow | null,
  command: Types.RecordBooking,
  now: Instant,
): Decided<Types.TopupResult> {
  if (before) {
    const { asked } = before;
    if (asked.method !== command.method) return invalid('method', `this top-up is paid by ${asked.method}`);
    if (asked.amountCents !== command.amountCents) return invalid('amount_cents', `asked for ${asked.amountCents}`);
    if (asked.currency !== command.currency) return invalid('currency', `asked for ${asked.currency}`);
    return foreignPayment(before, command.paymentId) ?? credited(store, start, before, before, command, now);
  }
  const refusal = amountRefusal(command.amountCents, command.method, start.terms.currency);
  if (refusal) return err(refusal);
  const opened = openTopup(null, start.terms, command, command.occurredAt ?? now);
  if (!opened.ok) return opened;
  if (opened.value.asked.currency !== command.currency)
    return invalid('currency', `asked for ${opened.value.asked.currency}`);
  return credited(store, start, null, opened.value, command, now);
}

function credited(
  store: LedgerStore,
  start: Open,
  before: TopupRow | null,
  row: TopupRow,
  command: Types.RecordTopup,
  now: Instant,
): Decided<Types.TopupResult> {
  const facts = mergeUpdate(row.facts, { kind: 'paid', at: command.occurredAt ?? now });
  const paymentId = command.paymentId ?? row.paymentId;
  if (before && facts === before.facts && paymentId === before.paymentId) return unchanged(start, before);
  return topupDecision(store, start, before, { ...row, facts, paymentId }, causeOf(command.key, now));
}
