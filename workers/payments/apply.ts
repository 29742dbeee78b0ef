/**
 * Books news of a payment on the ledger of the tenant it belongs to. The ledger is keyed by payment and its facts only grow, so calling
 * this again, or in another order, changes nothing. Called by `webhook.ts` and by tests.
 */
import { asCents } from '../../shared/money.ts';
import type { Result } from '../../shared/result.ts';
import type { LedgerPort, Topup, TopupResult } from '../ledger/types.ts';
import type { PaymentNews } from './meaning.ts';

export type Applied =
  | { kind: 'booked'; topup: Topup }
  /** the news contradicts what we asked for, or there is nothing it could belong to */
  | { kind: 'unmatched'; reason: string };

/** Throws only for faults (object unreachable, fenced): the caller answers 503 and the vendor sends again. */
export async function applyNews(
  ledger: LedgerPort,
  topupId: string,
  paymentId: string | null,
  news: PaymentNews,
  now: Topup['createdAt'],
): Promise<Applied> {
  const known = await ledger.topup({ topupId });
  if (!known.result.ok) return refused(known.result);
  const topup = known.result.value;
  if (topup.method !== 'stripe') return { kind: 'unmatched', reason: 'topup_of_another_method' };
  if (paymentId !== null && topup.paymentId !== null && topup.paymentId !== paymentId) {
    return { kind: 'unmatched', reason: 'topup_has_another_payment' };
  }
  const key = `stripe:${paymentId ?? `topup:${topup.id}`}`;
  const cause = { key, topupId: topup.id, now, ...(paymentId === null ? {} : { paymentId }) };
  switch (news.kind) {
    case 'credited':
      if (news.currency !== topup.currency) return { kind: 'unmatched', reason: 'currency_differs' };
      if (news.grossCents !== topup.grossCents) return { kind: 'unmatched', reason: 'amount_differs' };
      return booked(
        await ledger.recordTopup({
          ...cause,
          amountCents: topup.amountCents,
          vatCents: topup.vatCents,
          currency: topup.currency,
          method: 'stripe',
        }),
      );
    case 'processing':
      return booked(await ledger.topupProcessing(cause));
    case 'failed':
      return booked(await ledger.topupFailed({ ...cause, reason: news.reason }));
    case 'refunded':
      if (news.currency !== topup.currency) return { kind: 'unmatched', reason: 'currency_differs' };
      return booked(
        await ledger.reverseTopup({ ...cause, kind: 'refund', refundedGrossCents: asCents(news.refundedGrossCents) }),
      );
    case 'disputed':
      if (news.currency !== topup.currency) return { kind: 'unmatched', reason: 'currency_differs' };
      return booked(
        await ledger.reverseTopup({
          ...cause,
          kind: 'dispute',
          disputeId: news.disputeId,
          disputedGrossCents: asCents(news.grossCents),
          state: news.state,
        }),
      );
  }
}

const booked = (answer: { result: Result<TopupResult> }): Applied =>
  answer.result.ok ? { kind: 'booked', topup: answer.result.value.topup } : refused(answer.result);

/** A fenced object is a fault of ours: the news must come again. Every other refusal is a contradiction a person must see. */
function refused(result: Extract<Result<unknown>, { ok: false }>): Applied {
  const { error } = result;
  if (error.code === 'OBJECT_FENCED') throw new Error('ledger is being restored');
  return { kind: 'unmatched', reason: error.code === 'NOT_FOUND' ? 'topup_unknown' : error.code.toLowerCase() };
}
