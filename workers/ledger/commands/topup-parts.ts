/** What the commands of top-ups share: facts of a payment are learned, and what they move is posted. */
import type { Instant } from '../../../shared/clock.ts';
import { centsToMicros } from '../../../shared/money.ts';
import { assert, err, ok } from '../../../shared/result.ts';
import { makeEvent } from '../../events/catalogue.ts';
import { type BalanceParts, balanceView, type Cause, partsOf } from '../rules/post.ts';
import { mergeUpdate, type PaymentUpdate, settleTopup, statusOf, type TopupRow, topupView } from '../rules/topup.ts';
import type { LedgerStore } from '../store.ts';
import type * as Types from '../types.ts';
import { balanceAgain, causeOf, commit, type Decided, invalid, noLedger, open, type Open } from './parts.ts';

/** What is kept of a command about a top-up. A repeat is answered with the top-up as it stands. */
export interface KeptTopup {
  topupId: Types.Topup['id'];
  entryIds: Types.TopupResult['entryIds'];
  after: BalanceParts;
}
export const keptTopup = ({ topup, entryIds, balance }: Types.TopupResult): KeptTopup => ({
  topupId: topup.id,
  entryIds,
  after: partsOf(balance),
});
export function topupAgain(store: LedgerStore, { topupId, entryIds, after }: KeptTopup): Types.TopupResult {
  const row = store.topup(topupId);
  assert(row, `top-up ${topupId} of an outcome is there`);
  return { topup: topupView(row), entryIds, balance: balanceAgain(store, after) };
}

/** Stores a top-up as it has become and posts the difference between where it stands and where its facts say it should. */
export function topupDecision(
  store: LedgerStore,
  start: Open,
  before: TopupRow | null,
  learned: TopupRow,
  cause: Cause,
): Decided<Types.TopupResult> {
  const settled = settleTopup(learned, start.book, cause);
  const row = { ...settled.row, version: (before?.version ?? 0) + 1 };
  store.saveTopup(row, settled.book.seq);
  const { balance, events } = commit(
    store,
    start,
    {
      book: settled.book,
      entries: settled.entries,
      ...(settled.credited ? { lastTopup: centsToMicros(row.asked.amountCents, start.book.currency) } : {}),
    },
    cause,
  );
  const topup = topupView(row);
  const became = before && statusOf(before) === topup.status ? null : topup.status;
  return ok({
    value: { topup, entryIds: settled.entries.map((e) => e.id), balance },
    events: [...events, makeEvent('ledger.topup_changed', { topup, became })],
  });
}

/** A command that changes nothing the world can see answers the present state and leaves no event. */
export const unchanged = (start: Open, row: TopupRow): Decided<Types.TopupResult> =>
  ok({ value: { topup: topupView(row), entryIds: [], balance: balanceView(start.book) }, events: [] });

/** Why a payment update can't belong to this top-up: it is paid another way, or by another payment. Null: it can. */
export function foreignPayment(row: TopupRow, paymentId: string | undefined): ReturnType<typeof invalid> | null {
  if (paymentId !== undefined && row.paymentId !== null && row.paymentId !== paymentId)
    return invalid('payment_id', 'this top-up belongs to another payment');
  return null;
}

/** Why a Checkout session can't be this top-up's: it was sent to another one. Null: it can. */
export function foreignSession(row: TopupRow, sessionId: string | undefined): ReturnType<typeof invalid> | null {
  if (sessionId !== undefined && row.checkoutSessionId !== null && row.checkoutSessionId !== sessionId)
    return invalid('checkout_session_id', 'this top-up was sent to another session');
  return null;
}

/** A fact about the payment of a known top-up, in any order and any number of times. @param logKey names cause and fact */
export function applyPaymentUpdate(
  store: LedgerStore,
  command: { topupId: Types.Topup['id']; paymentId?: string; sessionId?: string; currency?: string },
  logKey: string,
  update: PaymentUpdate,
  now: Instant,
): Decided<Types.TopupResult> {
  const start = open(store);
  if (!start) return noLedger();
  const before = store.topup(command.topupId);
  if (!before) return err({ code: 'NOT_FOUND', entity: 'topup' });
  if (before.asked.method !== 'stripe') return invalid('method', `this top-up is paid by ${before.asked.method}`);
  const foreign = foreignPayment(before, command.paymentId) ?? foreignSession(before, command.sessionId);
  if (foreign) return foreign;
  if (command.currency !== undefined && command.currency !== before.asked.currency)
    return invalid('currency', `asked for ${before.asked.currency}`);
  const facts = mergeUpdate(before.facts, update);
  const paymentId = before.paymentId ?? (update.kind === 'failed' ? null : (command.paymentId ?? null));
  if (facts === before.facts && paymentId === before.paymentId) return unchanged(start, before);
  return topupDecision(store, start, before, { ...before, facts, paymentId }, causeOf(logKey, now));
}
