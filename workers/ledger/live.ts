/**
 * What a balance stream says: the present balance first, then every movement, top-up and usage line as it is committed. Pure; called
 * by `ledger-object.ts` (broadcast and backlog). Ids are `epoch.number of the newest entry`, so a listener can go on where it stopped.
 */
import type { BalanceMessage, TopupMessage, TransactionMessage, UsageMessage } from '../../shared/contract/live.ts';
import { toIso } from '../../shared/time.ts';
import { type EventTable, type LedgerEventType, readOf, tell } from '../events/catalogue.ts';
import type { OutboxEvent } from '../object-runtime/events.ts';
import { formatPosition, type StreamMessage, type StreamPosition } from '../object-runtime/streams.ts';
import type { BalanceView, Entry, Topup, UsageLine } from './types.ts';

/** Tag of the ledger's sockets. */
export const BALANCE_STREAM = 'balance';
/** A listener that missed more starts over from the lists. */
export const MAX_BACKLOG = 500;

function balanceMessage(balance: BalanceView, epoch: number): StreamMessage {
  return {
    event: 'balance',
    id: formatPosition({ epoch, seq: balance.sequence }),
    data: {
      balance_cents: balance.availableCents,
      prepaid_cents: balance.prepaidCents,
      bonus_cents: balance.bonusCents,
      held_cents: balance.heldCents,
      currency: balance.currency,
      sequence: balance.sequence,
    } satisfies BalanceMessage,
  };
}

function transactionMessage(entry: Entry, epoch: number): StreamMessage {
  return {
    event: 'transaction',
    id: formatPosition({ epoch, seq: entry.seq }),
    data: {
      id: entry.id,
      type: entry.type,
      amount_cents: entry.amountCents,
      balance_after_cents: entry.balanceAfterCents,
      sequence: entry.seq,
      created_at: toIso(entry.createdAt),
    } satisfies TransactionMessage,
  };
}

function topupMessage(topup: Topup): StreamMessage {
  return {
    event: 'topup',
    data: {
      id: topup.id,
      status: topup.status,
      amount_cents: topup.amountCents,
      vat_cents: topup.vatCents,
      total_cents: topup.grossCents,
      bonus_cents: topup.bonusCents,
      currency: topup.currency,
    } satisfies TopupMessage,
  };
}

function usageMessage(period: string, line: UsageLine, posted: number): StreamMessage {
  return {
    event: 'usage',
    data: {
      period,
      event_type: line.eventType,
      quantity: line.quantityUnits / line.unitsPerOne,
      count: line.count,
      posted_cents: posted,
    } satisfies UsageMessage,
  };
}

/** The gap is too large: read the lists again. */
const RESET: StreamMessage = { event: 'reset', data: {} };

/** What an event adds: messages, and the balance as it stands after it. */
interface Said {
  messages: StreamMessage[];
  balance?: StreamMessage;
}
const nothing = (): Said => ({ messages: [] });

const LEDGER_LIVE: EventTable<LedgerEventType, [toCents: (micros: number) => number], Said> = {
  'ledger.posted': ({ body: { entries, balance, usage }, epoch }, toCents) => ({
    messages: [
      ...entries.map((entry) => transactionMessage(entry, epoch)),
      ...usage.map(({ period, line }) => usageMessage(period, line, toCents(line.postedMicros))),
    ],
    balance: balanceMessage(balance, epoch),
  }),
  'ledger.topup_changed': ({ body }) => ({ messages: [topupMessage(body.topup)] }),
  'ledger.terms_changed': nothing,
  'ledger.transfer_changed': nothing,
  'ledger.period_closed': nothing,
  'balance.low': nothing,
};

/**
 * Messages of what was just committed: every entry, what usage and top-ups look like now, then one balance.
 * @param toCents of the ledger's currency
 */
export function messagesOf(events: readonly OutboxEvent[], toCents: (micros: number) => number): StreamMessage[] {
  const said = events.flatMap((stored) => {
    const event = readOf<LedgerEventType>(LEDGER_LIVE, stored);
    return event === null ? [] : [tell<LedgerEventType, [typeof toCents], Said>(LEDGER_LIVE, event, toCents)];
  });
  const balance = said.findLast((one) => one.balance !== undefined)?.balance;
  return [...said.flatMap(({ messages }) => messages), ...(balance ? [balance] : [])];
}

/**
 * What a new subscriber receives first: the present balance, then what it missed since its position. Another epoch, a position ahead of us or
 * a larger gap: `reset`.
 */
export function backlogOf(
  present: { balance: BalanceView; epoch: number },
  after: StreamPosition | null,
  missed: { entries: readonly Entry[]; topups: readonly Topup[] },
): StreamMessage[] {
  const messages = [balanceMessage(present.balance, present.epoch)];
  if (!after) return messages;
  const gap = present.balance.sequence - after.seq;
  if (after.epoch !== present.epoch || gap < 0 || gap > MAX_BACKLOG || missed.topups.length > MAX_BACKLOG) {
    return [...messages, RESET];
  }
  return [
    ...messages,
    ...missed.entries.map((entry) => transactionMessage(entry, present.epoch)),
    ...missed.topups.map(topupMessage),
  ];
}
