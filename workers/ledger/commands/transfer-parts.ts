/** What the commands of transfers share. Called by the commands of this folder. */
import { makeEvent } from '../../events/catalogue.ts';
import type { NewEvent } from '../../object-runtime/events.ts';
import type { DomainError } from '../../../shared/errors.ts';
import { assert, err } from '../../../shared/result.ts';
import { type BalanceParts, partsOf } from '../rules/post.ts';
import type { LedgerStore, StoredTransfer } from '../store.ts';
import type * as Types from '../types.ts';
import { balanceAgain } from './parts.ts';

export interface KeptTransfer {
  key: string;
  after: BalanceParts;
}
export const keptTransfer = ({ transfer, balance }: Types.TransferResult): KeptTransfer => ({
  key: transfer.key,
  after: partsOf(balance),
});
export function transferAgain(store: LedgerStore, { key, after }: KeptTransfer): Types.TransferResult {
  const transfer = store.transfer(key);
  assert(transfer, `transfer ${key} of an outcome is there`);
  return { transfer: transferView(transfer), balance: balanceAgain(store, after) };
}

/** It has ended otherwise. */
export const illegal = (from: string, to: string): { ok: false; error: DomainError } =>
  err({ code: 'ILLEGAL_TRANSITION', details: { from, to, allowed: [] } });

/** Without what only the sender's object needs to know. */
export function transferView({ attempts: _attempts, nextAt: _nextAt, ...transfer }: StoredTransfer): Types.Transfer {
  return transfer;
}

/** Stores it as it has become, and says so. */
export function savedTransfer(store: LedgerStore, transfer: StoredTransfer): NewEvent {
  store.saveTransfer(transfer);
  return makeEvent('ledger.transfer_changed', { transfer: transferView(transfer) });
}
