/**
 * The only entry point to a tenant's money, implemented by `ledger-object.ts` through `client.ts`. Infrastructure errors are retried by the client
 * with the same key; refusals are values.
 */
import type { Instant } from '../../shared/clock.ts';
import type { Cents } from '../../shared/money.ts';
import type { Result } from '../../shared/result.ts';
import type { Flushed, Head } from '../object-runtime/events.ts';
import type { RateStatus } from '../object-runtime/rate.ts';
import type { Listener, StreamPosition } from '../object-runtime/streams.ts';
import type { AnswerOf, CommandOf, LedgerVerb } from './commands/registry.ts';
import type { UsageSumsQuery } from './queries/usage-sums.ts';
import type { StorageLevel } from './usage-tables.ts';
import type {
  BalanceView,
  BonusTerms,
  Clocked,
  DumpPage,
  Entry,
  EntryFilter,
  Estimate,
  Invoice,
  MonthSums,
  Page,
  Reservation,
  SpendCheck,
  Spending,
  Terms,
  TierPreview,
  Topup,
  Transfer,
  UsageSum,
  UsageView,
  VerifyResult,
  WitnessRow,
  VoidCallHold,
} from './types.ts';

/** Every answer of the object: the outcome and where its history stands after it (`formatHead` makes it `X-Askpro-Head`). */
export interface LedgerAnswer<T> {
  result: Result<T>;
  head: Head;
  rate?: RateStatus;
}

/**
 * Verbs that others may ask for; `releaseHold` is the ledger's own, asked for as `voidCallHold` or by its alarm, and the far end of a transfer is
 * asked by the sender's object alone.
 */
type PublicVerb = Exclude<LedgerVerb, 'releaseHold' | 'receiveTransfer' | 'settleTransfer' | 'returnTransfer'>;
/** Each verb takes its definition's input and answers what that says; its refusals stand at the definition (commands/<verb>.ts). */
type Verbs = { [K in PublicVerb]: (command: CommandOf<K>) => Promise<LedgerAnswer<AnswerOf<K>>> };

/**
 * The verbs of the registry, and the reads. Instants are epoch milliseconds, `now` is the process clock where it is left out; pages are
 * newest first, 25 items unless told, at most 500; a cursor that can't be read begins anew.
 *
 * Every verb can also refuse with IDEMPOTENCY_MISMATCH (same key, other input) and OBJECT_FENCED (a restored object).
 */
export interface LedgerPort extends Verbs {
  /** The terms in force, now or at an instant, and their version. Refusals: NOT_FOUND ledger (no terms yet). */
  terms(query?: { at?: Instant }): Promise<LedgerAnswer<{ terms: Terms; version: number }>>;
  /** What there is: paid, given, held and spendable. Refusals: NOT_FOUND ledger. */
  balance(): Promise<LedgerAnswer<BalanceView>>;
  /** What there is, and what was charged in the last days (counted by day, `days` of them at most 400). Refusals: NOT_FOUND ledger. */
  spending(query: { days: number } & Clocked): Promise<LedgerAnswer<{ balance: BalanceView; spending: Spending }>>;
  /**
   * Asks without reserving (inbound call). Lack of money or a suspended tenant is no refusal: `allowed` and `reason` say it.
   * Refusals: NOT_FOUND ledger.
   */
  canSpend(query: Estimate & Clocked): Promise<LedgerAnswer<SpendCheck>>;
  /** Bonus, VAT and next tier for a net amount (top-up form). Refusals: NOT_FOUND ledger, VALIDATION_ERROR (`amount_cents`). */
  previewTopup(query: { amountCents: Topup['amountCents'] } & Clocked): Promise<LedgerAnswer<TierPreview>>;
  /** Tiers that are active now, ascending, with VAT and the limits of a top-up. Refusals: NOT_FOUND ledger. */
  bonusTiers(query?: Clocked): Promise<LedgerAnswer<BonusTerms>>;
  /** One top-up as it stands. Refusals: NOT_FOUND (ledger, topup). */
  topup(query: { topupId: string }): Promise<LedgerAnswer<Topup>>;
  /** A page of the top-ups that somebody asked for. Refusals: NOT_FOUND ledger. */
  topups(query: { cursor?: string; limit?: number }): Promise<LedgerAnswer<Page<Topup>>>;
  /**
   * The call never happened: its hold is released; a later settle still charges. Nothing to release is an answer (`released: false`).
   * Refusals: NOT_FOUND ledger.
   */
  voidCallHold(command: VoidCallHold): Promise<LedgerAnswer<AnswerOf<'releaseHold'>>>;
  /** A page of transfers to and from one tenant, newest first. Refusals: NOT_FOUND ledger. */
  transfers(query: { peerId: string; cursor?: string; limit?: number }): Promise<LedgerAnswer<Page<Transfer>>>;
  /** One transfer that was sent. Refusals: NOT_FOUND (ledger, transfer). */
  transfer(query: { transferId: string }): Promise<LedgerAnswer<Transfer>>;
  /** One amount that was set aside. Refusals: NOT_FOUND (ledger, reservation). */
  reservation(query: { reservationId: string }): Promise<LedgerAnswer<Reservation>>;
  /** A page of entries with their postings, from the object itself. Refusals: NOT_FOUND ledger. */
  entries(query: { cursor?: string; limit?: number; filter?: EntryFilter }): Promise<LedgerAnswer<Page<Entry>>>;
  /** One entry with its postings. Refusals: NOT_FOUND (ledger, entry). */
  entry(query: { entryId: string }): Promise<LedgerAnswer<Entry>>;
  /** Usage of a month (`YYYY-MM` in the tenant's zone), the present one unless told. Refusals: NOT_FOUND ledger, VALIDATION_ERROR (`period`). */
  usage(query?: { period?: string } & Clocked): Promise<LedgerAnswer<UsageView>>;
  /**
   * Sums by hour, day or month of the tenant's clock, by when it happened; ascending, kept 400 days, and begun with the version that brought
   * them. Refusals: NOT_FOUND ledger, VALIDATION_ERROR (`from`, `until`).
   */
  usageSums(query: UsageSumsQuery): Promise<LedgerAnswer<UsageSum[]>>;
  /** Units of stored megabytes (× 10,000): what lay there when the month began, and what moved in it. Refusals: NOT_FOUND ledger. */
  storageLevel(query: { period: string }): Promise<LedgerAnswer<StorageLevel>>;
  /** A month with projection, list prices and statement, the present one unless told. Refusals: NOT_FOUND (ledger; a month to come or of before). */
  month(query: { period?: string } & Clocked): Promise<LedgerAnswer<MonthSums>>;
  /** What stretches of conversation cost at the present plan's list price, each by itself. Refusals: NOT_FOUND ledger. */
  listCosts(query: { voiceSeconds: readonly number[] }): Promise<LedgerAnswer<Cents[]>>;
  /** What a close up to a month would close, the oldest first, and what each comes to; nothing where it is not over. Refusals: NOT_FOUND ledger. */
  openMonths(query: { until: string } & Clocked): Promise<LedgerAnswer<{ period: string; invoice: Invoice }[]>>;
  /** Recomputes chain, sums, balances, holds and price lines from nothing. Refusals: none, what is wrong is in `problems`. */
  /** From the last checkpoint; `full`: from the first entry. Refusals: none. */
  verify(query?: { full?: boolean }): Promise<LedgerAnswer<VerifyResult>>;
  /** Sets changed entries back to what D1 witnesses and the chain proves. */
  repair(rows: readonly WitnessRow[]): Promise<{ repaired: number[]; unproven: number[] }>;
  /** Number and hash of the newest entry; `at`: the hash under the asked number, null where there is none. */
  sealable(query?: {
    number?: number;
  }): Promise<{ epoch: number; number: number; hash: string | null; at: string | null }>;
  /** Asks the object to drain now, at most `ms` milliseconds (read your writes); answers where it stands and how far the projection has come. */
  flush(ms: number): Promise<Flushed>;
  /** Everything D1 should hold of this ledger, page by page (rebuild, reconcile); go on from `next` until it is null. */
  dump(cursor: string | null, limit: number): Promise<DumpPage>;
  /** Live changes: a WebSocket of the object that the edge turns into SSE. `after`: position of the last event seen. */
  stream(after: StreamPosition | null, listener: Listener): Promise<Response>;
  /** Ends the streams that a session or key has open. Refusals: none. */
  endStreams(session: string): Promise<void>;
}
