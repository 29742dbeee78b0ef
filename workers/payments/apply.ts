/**
 * Applies a payment update to the ledger of the tenant it belongs to. The ledger compares what Stripe says with what was asked for, is keyed
 * by payment, and its facts only grow: calling this again, or in another order, changes nothing. Called by `webhook.ts` and by tests.
 */
import { asCents } from '../../shared/money.ts';
import type { DomainError } from '../../shared/errors.ts';
import type { LedgerAnswer, LedgerPort } from '../ledger/port.ts';
import type { Topup, TopupResult } from '../ledger/types.ts';
import type { PaymentUpdate } from './meaning.ts';

type Applied =
  | { kind: 'booked'; topup: Topup }
  /** the update contradicts what we asked for, or there is nothing it could belong to */
  | { kind: 'unmatched'; reason: string };

/** Throws only for faults (object unreachable, fenced): the caller answers 503 and the vendor sends again. */
export async function applyUpdate(
  ledger: LedgerPort,
  topupId: Topup['id'],
  paymentId: string | null,
  update: PaymentUpdate,
  now: Topup['createdAt'],
): Promise<Applied> {
  const { result } = await record(ledger, topupId, paymentId, update, now);
  if (result.ok) return { kind: 'booked', topup: result.value.topup };
  // A fenced object is our fault: the update must be sent again. Every other refusal is a contradiction a person must see.
  if (result.error.code === 'OBJECT_FENCED') throw new Error('ledger is being restored');
  return { kind: 'unmatched', reason: reasonOf(result.error) };
}

/** One command of the ledger for each kind of update. */
function record(
  ledger: LedgerPort,
  topupId: Topup['id'],
  paymentId: string | null,
  update: PaymentUpdate,
  now: Topup['createdAt'],
): Promise<LedgerAnswer<TopupResult>> {
  const key = `stripe:${paymentId ?? `topup:${topupId}`}`;
  const sessionId = 'sessionId' in update ? update.sessionId : undefined;
  const cause = {
    key,
    topupId,
    now,
    ...(paymentId === null ? {} : { paymentId }),
    ...(sessionId === undefined ? {} : { sessionId }),
  };
  switch (update.kind) {
    case 'credited':
      return ledger.recordTopup({
        ...cause,
        method: 'stripe',
        grossCents: asCents(update.grossCents),
        currency: update.currency,
      });
    case 'processing':
      return ledger.topupProcessing(cause);
    case 'failed':
      return ledger.topupFailed({ ...cause, reason: update.reason });
    case 'refunded':
      return ledger.reverseTopup({
        ...cause,
        kind: 'refund',
        refundedGrossCents: asCents(update.refundedGrossCents),
        currency: update.currency,
      });
    case 'refund_state':
      return ledger.reverseTopup({
        ...cause,
        kind: 'refund_state',
        refundId: update.refundId,
        refundGrossCents: asCents(update.grossCents),
        state: update.state,
        currency: update.currency,
      });
    case 'disputed':
      return ledger.reverseTopup({
        ...cause,
        kind: 'dispute',
        disputeId: update.disputeId,
        withdrawnGrossCents: asCents(update.withdrawnCents),
        movements: update.movements,
        currency: update.currency,
      });
  }
}

/** What differs, by the member that the ledger names. */
const DIFFERENCES: Readonly<Record<string, string>> = {
  method: 'topup_of_another_method',
  payment_id: 'topup_has_another_payment',
  checkout_session_id: 'topup_has_another_session',
  currency: 'currency_differs',
  gross_cents: 'amount_differs',
};

function reasonOf(error: DomainError): string {
  if (error.code === 'NOT_FOUND') return 'topup_unknown';
  const member = error.code === 'VALIDATION_ERROR' ? Object.keys(error.errors)[0] : undefined;
  return DIFFERENCES[member ?? ''] ?? error.code.toLowerCase();
}
