/** A metered event or an ended call becomes a usage charge by the plan. Pure; called by `commands.ts`. */
import type { Instant } from '../../../shared/clock.ts';
import { asMicros, type Micros } from '../../../shared/money.ts';
import { dateOf } from '../../../shared/time.ts';
import { accrue, emptyLine } from './accrue.ts';
import type { Book, Draft } from './post.ts';
import { unitPriceOf } from './pricing.ts';
import { merge, postings, take } from './spend.ts';
import type { EntryType, EventType, Refs, Terms, UsageLine } from '../types.ts';

/** Usage of one thing in one period, over all its price lines. */
export interface Used {
  /** units over all lines of the thing in the period */
  units: number;
  /** the line of the terms in force, null before its first event */
  line: UsageLine | null;
}

export interface UsageCharge {
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

/**
 * Where usage is counted: its own month while that is open, else the present one (or the first open one after), marked late.
 * Bounded: months close one after the other, so the first open one is at most the month after the present.
 */
export function openPeriod(
  occurredAt: Instant,
  now: Instant,
  zone: string,
  isClosed: (period: string) => boolean,
): { period: string; late: boolean } {
  const own = periodOf(occurredAt, zone);
  if (!isClosed(own)) return { period: own, late: false };
  const present = periodOf(now, zone);
  return { period: isClosed(present) ? nextPeriod(present) : present, late: true };
}

const ENTRY_TYPE: Partial<Record<EventType, EntryType>> = { appointment: 'appointment_fee' };

/** What happened, in units of its line. */
export interface Happened {
  eventType: EventType;
  units: number;
  occurredAt: Instant;
  period: string;
  refs: Refs;
  /** ended calls are `call_cost`, metered minutes `usage` */
  type?: EntryType;
}

/** Prices what happened. Always recorded: a finished call may take the balance below its floor. */
export function chargeUsage(book: Book, terms: Terms, used: Used, happened: Happened): UsageCharge {
  const price = unitPriceOf(terms.plan, happened.eventType);
  const before = used.line ?? emptyLine(happened.eventType, book.termsVersion, price);
  const accrual = accrue(before, price, used.units, happened.units, book.currency);
  const type = happened.type ?? ENTRY_TYPE[happened.eventType] ?? 'usage';
  return {
    line: accrual.line,
    exactMicros: accrual.exactMicros,
    postedMicros: accrual.postedMicros,
    draft: {
      type,
      postings: merge(
        take(book.accounts, accrual.postedMicros, terms.spendOrder),
        postings(['usage_revenue', accrual.postedMicros]),
      ),
      exactMicros: accrual.exactMicros,
      priceLine: `${happened.period}:${accrual.line.priceLine}`,
      refs: happened.refs,
      descriptionKey: `ledger.${type}.${happened.eventType}`,
      occurredAt: happened.occurredAt,
    },
  };
}

/** The rounding entry of a closed line. */
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
    postings: merge(take(book.accounts, asMicros(rounding), terms.spendOrder), postings(['usage_revenue', rounding])),
    exactMicros: asMicros(0),
    priceLine: `${period}:${line.priceLine}`,
    refs: { referenceType: 'period', referenceId: period },
    descriptionKey: 'ledger.rounding',
    occurredAt: at,
  };
}
