/** What a transfer between two ledgers posts at either end, and how long the sender waits before it asks again. Pure; called by `commands/`. */
import type { Instant } from '../../../shared/clock.ts';
import { centsToMicros, type Micros } from '../../../shared/money.ts';
import type { TransferAccount } from '../../../shared/money-status.ts';
import type { Draft } from './post.ts';
import { postings } from './spend.ts';
import type { Account, Transfer } from '../types.ts';

/** At most a million in one transfer: more is a mistake of the fingers. */
export const MAX_TRANSFER_CENTS = 100_000_000;

const FIRST_WAIT_MS = 2_000;
/** A receiver that cannot answer is asked once a minute: everything arrives within an hour of its being well. */
const MAX_WAIT_MS = 60_000;
export const waitAfter = (attempts: number): number =>
  Math.min(MAX_WAIT_MS, FIRST_WAIT_MS * 2 ** Math.min(attempts, 10));

export const outKey = (transferId: string): string => `out:${transferId}`;
export const inKey = (from: string, transferId: string): string => `in:${from}:${transferId}`;

/** What leaves a ledger, reaches one, or comes back. @param sign of what the account gets */
function moved(transfer: Transfer, sign: 1 | -1, word: 'sent' | 'received' | 'returned', at: Instant): Draft {
  const amount: Micros = centsToMicros(transfer.amountCents, transfer.currency);
  const account: Account & TransferAccount = transfer.account;
  return {
    type: transfer.cause === 'commission' ? 'commission' : 'transfer',
    postings: postings([account, sign * amount], ['transit', -sign * amount]),
    descriptionKey: `ledger.${transfer.cause === 'commission' ? 'commission' : 'transfer'}.${word}`,
    refs: { referenceType: 'transfer', referenceId: transfer.id },
    occurredAt: at,
  };
}
export const sentDraft = (transfer: Transfer, at: Instant): Draft => moved(transfer, -1, 'sent', at);
export const receivedDraft = (transfer: Transfer, at: Instant): Draft => moved(transfer, 1, 'received', at);
export const returnedDraft = (transfer: Transfer, at: Instant): Draft => moved(transfer, 1, 'returned', at);
