/** The money of a top-up is there. */
import type { Instant } from '../../../shared/clock.ts';
import { err } from '../../../shared/result.ts';
import { amountRefusal, mergeUpdate, openTopup, type TopupRow } from '../rules/topup.ts';
import type { LedgerStore } from '../store.ts';
import type * as Types from '../types.ts';
import { causeOf, type Decided, invalid, ledgerCommand, noLedger, open, type Open } from './parts.ts';
import { foreignPayment, topupDecision, unchanged } from './topup-parts.ts';

/** What Stripe says was paid is part of the key: another amount for the same payment is judged, not taken for a repeat with another body. */
const key = (command: Types.RecordTopup): string =>
  command.method === 'stripe' ? `${command.key}:paid:${command.grossCents}:${command.currency}` : command.key;

/** Commands of Stripe were once recorded by the amounts that were asked for, net and VAT; they had been compared before. */
const wholeAgain = (command: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> => {
  const { amountCents, vatCents, ...rest } = command;
  const isOlder = command['method'] === 'stripe' && command['grossCents'] === undefined;
  if (!isOlder) return command;
  return { ...rest, grossCents: vatCents === undefined ? null : Number(amountCents) + Number(vatCents) };
};

/**
 * Credits a top-up with its bonus, once however often it is reported. A payment of Stripe must be of an opened top-up, and what Stripe says was
 * paid must be what was asked for, in amount and currency: the comparison is made here, beside the row it is about. Bank transfers and
 * bookings by hand come without an opened row; VAT and bonus are then decided now.
 *
 * Refusals: NOT_FOUND (ledger; topup: it was never opened), VALIDATION_ERROR (`method`, `payment_id`, `currency`, `gross_cents` of a
 * payment that is not what was asked for; `amount_cents` of a booking that can't be).
 */
export const recordTopup = ledgerCommand<Types.RecordTopup, Types.TopupResult>({
  name: 'recordTopup',
  key,
  restore: (command) => wholeAgain(command) as typeof command,
  decide(store, command, now) {
    const start = open(store);
    if (!start) return noLedger();
    const before = store.topup(command.topupId);
    if (command.method !== 'stripe') return book(store, start, before, command, now);
    if (!before) return err({ code: 'NOT_FOUND', entity: 'topup' });
    const { asked } = before;
    if (asked.method !== 'stripe') return invalid('method', `this top-up is paid by ${asked.method}`);
    const foreign = foreignPayment(before, command.paymentId);
    if (foreign) return foreign;
    if (command.currency !== asked.currency) return invalid('currency', `asked for ${asked.currency}`);
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
  const refusal = amountRefusal(command.amountCents, command.method);
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
