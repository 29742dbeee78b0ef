/**
 * One try to bring a transfer to its end: the receiver is asked, and what it says is written here. Called by `ledger-object.ts` from its alarm, as
 * often as it takes: every step is a command under a key of its own, so that a try that dies anywhere is simply made again.
 */
import { log } from '../log.ts';
import type { Flushed, Head } from '../object-runtime/events.ts';
import type { Result } from '../../shared/result.ts';
import type { StoredTransfer } from './store.ts';
import type { EndTransfer, ReceiveResult, ReceiveTransfer, ReturnTransfer } from './types.ts';

/** What a try needs of the world. */
export interface Peer {
  /** the sender */
  from: string;
  /** whether everything of the sender has left its file */
  leaves(): Promise<boolean>;
  isClosed(): Promise<boolean>;
  receive(command: ReceiveTransfer): Promise<{ result: Result<ReceiveResult>; head: Head }>;
  flush(ms: number): Promise<Flushed>;
  settle(command: EndTransfer): void;
  giveBack(command: ReturnTransfer): void;
}

/** How long the receiver is given to bring its row out of its file. */
const RECEIVED_MS = 2_000;

/**
 * Two waits make it safe against files that are put back: the receiver is asked only when the sending is in D1, so that a sender put back to
 * before it sends again; and the sender believes an answer only when that is in D1 too, so that a receiver put back to before it has it again.
 * Never throws: a fault leaves the row as it is, and the next alarm asks again.
 */
export async function driveTransfer(transfer: StoredTransfer, peer: Peer): Promise<void> {
  const { id: transferId, account, amountCents, currency, cause, sentAt } = transfer;
  try {
    if (!(await peer.leaves())) return;
    const closed = await peer.isClosed();
    const command = { transferId, from: peer.from, account, amountCents, currency, cause, sentAt, closed };
    const { result, head } = await peer.receive(command);
    // Fenced, or a sum beyond what is exact: it may be well later.
    if (!result.ok) return;
    const { projected, epoch } = await peer.flush(RECEIVED_MS);
    if (epoch !== head.epoch || projected < head.seq) return;
    const { refused } = result.value;
    if (refused === null) peer.settle({ transferId });
    else peer.giveBack({ transferId, reason: refused });
  } catch (fault) {
    log('warn', 'transfer_waits', { transfer: transferId, fault });
  }
}

/** Receivers asked at once; the rest on the next alarm. */
export const MAX_ASKED = 50;

/** The tries of one object that are under way: no transfer is tried twice at the same time, and the alarm waits for all. */
export class Asked {
  readonly #running = new Map<string, Promise<void>>();

  /** Begins a try; one that is under way stays the only one. Never throws. */
  ask(transfer: StoredTransfer, peer: Peer): Promise<void> {
    const { key } = transfer;
    const running = this.#running.get(key);
    if (running !== undefined) return running;
    if (this.#running.size >= MAX_ASKED) return Promise.resolve();
    const begun = driveTransfer(transfer, peer).finally(() => this.#running.delete(key));
    this.#running.set(key, begun);
    return begun;
  }
  async all(): Promise<void> {
    await Promise.all(this.#running.values());
  }
}
