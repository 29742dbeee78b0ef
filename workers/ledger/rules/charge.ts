/** A metered event or an ended call becomes a usage charge by the plan. Pure; called by `commands/`. */
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { asMicros, type Micros } from '../../../shared/money.ts';
import type { DomainError } from '../../../shared/errors.ts';
import { DAY, dateOf, dayStart } from '../../../shared/time.ts';
import { accrue, emptyLine } from './accrue.ts';
import type { Book, Draft } from './post.ts';
import { unitPriceOf } from './pricing.ts';
import { merge, postings, take } from './spend.ts';
import { KEYS_KEPT_MS, MAX_USAGE_AGE_MS } from './usage-time.ts';
import type { EntryType, EventType, Plan, Refs, Terms, UsageLine } from '../types.ts';

/** A clock of another machine may be ahead by this much. */
const AHEAD_MS = DAY;
/** How long the key of a metered event is known: as long as an event of its time could still be charged, and two days more. */
export const USAGE_KEY_MS = MAX_USAGE_AGE_MS + AHEAD_MS + DAY;

/** Usage of one thing in one period, over all its price lines. */
export interface Used {
  /** units over all lines of the thing in the period */
  units: number;
  /** the line of the terms in force, null before its first event */
  line: UsageLine | null;
}

interface UsageCharge {
  draft: Draft;
  line: UsageLine;
  exactMicros: Micros;
  postedMicros: Micros;
}

/** `YYYY-MM`: the calendar month of the instant in the tenant's zone. */
export const periodOf = (at: Instant, zone: string): string => dateOf(at, zone).slice(0, 7);

export function nextPeriod(period: string): string {
  const year = Number(period.slice(0, 4));
  const month = Number(period.slice(5, 7));
  return month === 12 ? `${year + 1}-01` : `${year}-${String(month + 1).padStart(2, '0')}`;
}

/** First instant of a month in the tenant's zone. */
export const periodStart = (period: string, zone: string): Instant => dayStart(`${period}-01`, zone);

/**
 * Where usage is counted: its own month while that is open, else the present one (or the first open one after), marked late. Every month up to
 * the last closed one is closed. What claims to be of the future belongs to now, what is older than anybody can prove to the open month: a call
 * that took place is always charged.
 * @param lastClosed `YYYY-MM`; null: no month was ever closed
 */
export function openPeriod(
  occurredAt: Instant,
  now: Instant,
  zone: string,
  lastClosed: string | null,
): { period: string; late: boolean } {
  if (occurredAt >= now - MAX_USAGE_AGE_MS) {
    const own = periodOf(asInstant(Math.min(occurredAt, now + AHEAD_MS)), zone);
    if (lastClosed === null || own > lastClosed) return { period: own, late: false };
  }
  const present = periodOf(now, zone);
  return { period: lastClosed !== null && present <= lastClosed ? nextPeriod(lastClosed) : present, late: true };
}

/**
 * Whether a metered event comes too late or too early to be charged: more than a day ahead, 40 days after its month was closed, or older
 * than any month that may still be open.
 * @param closedAt when the month, or a later one, was closed; null: it is open
 */
export function usageRefusal(
  occurredAt: Instant,
  now: Instant,
  zone: string,
  closedAt: (period: string) => Instant | null,
): DomainError | null {
  if (occurredAt > now + AHEAD_MS) return { code: 'IN_FUTURE' };
  if (occurredAt < now - MAX_USAGE_AGE_MS) return { code: 'TOO_OLD' };
  const closed = closedAt(periodOf(occurredAt, zone));
  return closed !== null && now > closed + KEYS_KEPT_MS ? { code: 'TOO_OLD' } : null;
}

const ENTRY_TYPE: Partial<Record<EventType, EntryType>> = { appointment: 'appointment_fee' };

/** What happened, in units of its line. */
interface Happened {
  eventType: EventType;
  units: number;
  occurredAt: Instant;
  period: string;
  refs: Refs;
  /** ended calls are `call_cost`, metered minutes `usage` */
  type?: EntryType;
}

/** The plan that was in force when something happened: a change of prices never changes the past. */
export interface Priced {
  version: number;
  plan: Plan;
}

/**
 * Prices what happened by the plan of its day; which money it takes say the terms of now. Always recorded: a finished call may take the
 * balance below its floor.
 */
export function chargeUsage(book: Book, terms: Terms, priced: Priced, used: Used, happened: Happened): UsageCharge {
  const price = unitPriceOf(priced.plan, happened.eventType);
  const before = used.line ?? emptyLine(happened.eventType, priced.version, price);
  const accrual = accrue(before, price, used.units, happened.units, book.currency);
  const { line, exactMicros, postedMicros } = accrual;
  return { line, exactMicros, postedMicros, draft: usageDraft(book, terms, accrual, happened) };
}

/** The entry of what became due on a price line, by one event or by many: which money it takes say the terms of now. */
export function usageDraft(
  book: Pick<Book, 'accounts'>,
  terms: Terms,
  due: Pick<UsageCharge, 'line' | 'exactMicros' | 'postedMicros'>,
  happened: Omit<Happened, 'units'>,
): Draft {
  const type = happened.type ?? ENTRY_TYPE[happened.eventType] ?? 'usage';
  return {
    type,
    postings: merge(
      take(book.accounts, due.postedMicros, terms.spendOrder),
      postings(['usage_revenue', due.postedMicros]),
    ),
    exactMicros: due.exactMicros,
    priceLine: `${happened.period}:${due.line.priceLine}`,
    refs: happened.refs,
    descriptionKey: `ledger.${type}.${happened.eventType}`,
    occurredAt: happened.occurredAt,
  };
}

/** The rounding entry of a closed line: what is missing is charged, what is too much goes back to paid money. */
export function roundingDraft(
  book: Book,
  terms: Terms,
  line: UsageLine,
  period: string,
  rounding: Micros,
  at: Instant,
): Draft {
  return {
    type: 'rounding',
    postings: merge(
      rounding < 0 ? postings(['prepaid', -rounding]) : take(book.accounts, asMicros(rounding), terms.spendOrder),
      postings(['usage_revenue', rounding]),
    ),
    exactMicros: asMicros(0),
    priceLine: `${period}:${line.priceLine}`,
    refs: { referenceType: 'period', referenceId: period },
    descriptionKey: 'ledger.rounding',
    occurredAt: at,
  };
}
