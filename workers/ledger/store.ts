/**
 * What a money command reads and writes, as a synchronous interface: `schema.ts` keeps it in the object's SQLite, tests keep it in
 * memory, so that the same commands run under thousands of random histories.
 */
import type { Instant } from '../../shared/clock.ts';
import type { Used } from './rules/charge.ts';
import type { Book } from './rules/post.ts';
import type { ThresholdState } from './rules/thresholds.ts';
import type { TopupRow } from './rules/topup.ts';
import type { Micros } from '../../shared/money.ts';
import type { UsageStore } from './usage-tables.ts';
import type { FeeTerms } from '../../shared/pricing-months.ts';
import type { TypeSum } from './rules/statement.ts';
import type {
  AmountHold,
  Entry,
  EventType,
  Invoice,
  Refs,
  Reservation,
  Statement,
  Terms,
  Transfer,
  UsageLine,
} from './types.ts';

export type StoredHold = AmountHold & { refs: Refs };

interface AppointmentFee {
  /** of the appointment, at the change that decided it */
  version: number;
  charged: boolean;
}

/** A transfer as the ledger keeps it: `attempts` and `nextAt` are the sender's, who asks again until it has ended. */
export interface StoredTransfer extends Transfer {
  attempts: number;
  nextAt: Instant | null;
}

/** What transfers and reservations read and write. */
export interface TransferStore {
  /** by `out:{id}` or `in:{sender}:{id}` */
  transfer(key: string): StoredTransfer | null;
  saveTransfer(transfer: StoredTransfer): void;
  reservation(id: string): Reservation | null;
  saveReservation(reservation: Reservation): void;
}

export interface LedgerStore extends TransferStore {
  /** keys of metered events, sums by hour, level of storage */
  readonly usage: UsageStore;
  /** null until the first terms are put */
  book(): { book: Book; thresholds: ThresholdState } | null;
  saveBook(book: Book, thresholds: ThresholdState): void;
  terms(version: number): Terms;
  /** answers what the next entry must vouch for: `{version}:{hash}` */
  addTerms(version: number, terms: Terms, at: Instant): string;
  /** version that was in force at an instant, the first one before all; of terms in the ledger's currency */
  termsAt(at: Instant, currency: string): number;
  addEntries(entries: readonly Entry[]): void;
  entry(id: string): Entry | null;
  /** entries that point at one thing, in order */
  entriesAbout(type: NonNullable<Refs['referenceType']>, id: string): Entry[];
  /** whether a top-up may still be paid: pending or on its way */
  hasOpenTopup(): boolean;
  topup(id: string): TopupRow | null;
  saveTopup(row: TopupRow, bookSeq: number): void;
  hold(key: string): StoredHold | null;
  saveHold(hold: StoredHold): void;
  /** usage of the thing in the period, with its line under the terms version */
  used(period: string, eventType: EventType, termsVersion: number): Used;
  lines(period: string): UsageLine[];
  saveLine(period: string, line: UsageLine): void;
  /** newest closed month; every one up to it counts as closed */
  lastClosed(): string | null;
  /** when the month, or a later one, was closed; null: it is open */
  closedAt(period: string): Instant | null;
  /** months with usage after one (null: from the first on) and up to another, ascending */
  usedPeriods(after: string | null, until: string): string[];
  /** answers what the next entry must vouch for: `{period}:{hash}` */
  closePeriod(period: string, at: Instant, invoice: Invoice, statement: Statement): string;
  /** what a closed month came to; null: open, or closed before that was stored */
  invoice(period: string): Invoice | null;
  /** terms in the ledger's currency up to an instant, by version, as a month's fee sees them */
  feeTerms(until: Instant, currency: string): (Omit<FeeTerms, 'from'> & { at: Instant })[];
  /** the first day of base fees, `YYYY-MM-DD`; null: a ledger of the time before, not closed since */
  billingFrom(): string | null;
  setBillingFrom(day: string): void;
  /** statement of the newest month that has one */
  lastStatement(): Statement | null;
  /** number of the newest entry that was created before an instant; 0: there is none */
  lastBefore(at: Instant): number;
  /** what could be spent after an entry; 0 before the first */
  balanceAfter(seq: number): Micros;
  /** what entries moved, by type */
  sumsOf(firstSeq: number, lastSeq: number): TypeSum[];
  /** when a month was closed, and its statement; null: it is open, or counts as closed because a later one is */
  closed(period: string): { at: Instant; statement: Statement | null } | null;
  /** counts what was charged towards its day */
  addSpent(at: Instant, amount: Micros): void;
  /** charged on the days within, and when first */
  spent(since: Instant, until: Instant): { micros: Micros; since: Instant | null };
  /** whether an appointment's fee stands, and by which of its changes; null: none is known */
  fee(appointmentId: string): AppointmentFee | null;
  saveFee(appointmentId: string, fee: AppointmentFee): void;
  /** makes sure the object wakes when a hold expires */
  wakeAt(at: Instant): void;
}
