/**
 * The base fee of a month: whole, or pro rata by days of the tenant's calendar where it began or changed its plan within. Pure; called by the
 * ledger for the view of a month and for its close, so that what is shown beforehand is what is charged.
 */
import { asCents, type Cents, microsPerMinor, multiplyHalfUp, type Micros } from './money.ts';

/** Terms as a month's fee sees them. */
export interface FeeTerms {
  version: number;
  planId: string;
  feeMicros: Micros;
  /** `YYYY-MM-DD` in the tenant's calendar: the day counts from its start on, so that no day is paid twice */
  from: string;
}

/** Days of a month under one plan and one fee. */
export interface FeePart {
  /** first of them, `YYYY-MM-DD` */
  from: string;
  days: number;
  /** of the whole month */
  ofDays: number;
  planId: string;
  /** the newest of the terms that say so */
  termsVersion: number;
  feeMicros: Micros;
  /** half up, each part by itself */
  amountCents: Cents;
}

/** Days of a calendar month, `YYYY-MM`. */
export const daysOfMonth = (period: string): number =>
  new Date(Date.UTC(Number(period.slice(0, 4)), Number(period.slice(5, 7)), 0)).getUTCDate();

/** What so many days of a month cost, rounded once, half up to the minor unit. */
export const feeOfDays = (feeMicros: Micros, days: number, ofDays: number, currency: string): Cents =>
  asCents(multiplyHalfUp(days, ofDays * microsPerMinor(currency), feeMicros));

/**
 * The parts of a month's fee, in order; none before `since`, and none that costs nothing.
 * @param terms by their versions; before the first of them its own fee holds
 * @param since `YYYY-MM-DD`: the first day that is charged
 */
export function feeParts(period: string, terms: readonly FeeTerms[], since: string, currency: string): FeePart[] {
  const ofDays = daysOfMonth(period);
  const parts: Omit<FeePart, 'amountCents'>[] = [];
  for (let day = 1; day <= ofDays; day++) {
    const from = `${period}-${String(day).padStart(2, '0')}`;
    if (from < since) continue;
    const held = terms.findLast((one) => one.from <= from) ?? terms[0];
    if (held === undefined) continue;
    const last = parts.at(-1);
    if (last && last.planId === held.planId && last.feeMicros === held.feeMicros) {
      last.days += 1;
      last.termsVersion = held.version;
      continue;
    }
    const { planId, version: termsVersion, feeMicros } = held;
    parts.push({ from, days: 1, ofDays, planId, termsVersion, feeMicros });
  }
  return parts
    .filter(({ feeMicros }) => feeMicros > 0)
    .map((part) => ({ ...part, amountCents: feeOfDays(part.feeMicros, part.days, ofDays, currency) }));
}

/** `YYYY-MM` before. */
export function previousPeriod(period: string): string {
  const year = Number(period.slice(0, 4));
  const month = Number(period.slice(5, 7));
  return month === 1 ? `${year - 1}-12` : `${year}-${String(month - 1).padStart(2, '0')}`;
}
