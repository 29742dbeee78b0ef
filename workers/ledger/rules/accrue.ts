/**
 * Usage in exact micros, posted in whole minor units: posted = floor(cumulative after) − floor(cumulative before), per price line and
 * period, so that nothing is lost and the order of events does not matter. The close posts what is left as one rounding entry.
 */
import {
  asMicros,
  type Cents,
  centsToMicros,
  type Micros,
  microsToCentsFloor,
  microsToCentsHalfUp,
} from '../../../shared/money.ts';
import { beyond, chargeOf, type UnitPrice } from './pricing.ts';
import type { EventType, UsageLine } from '../types.ts';

interface Accrual {
  line: UsageLine;
  /** unrounded charge of this event */
  exactMicros: Micros;
  /** whole minor units that became due with it, as micros */
  postedMicros: Micros;
}

export const emptyLine = (eventType: EventType, termsVersion: number, price: UnitPrice): UsageLine => ({
  eventType,
  priceLine: `${eventType}@${termsVersion}`,
  unitsPerOne: price.unitsPerOne,
  count: 0,
  quantityUnits: 0,
  billableUnits: 0,
  unitPriceMicros: price.priceMicros,
  exactMicros: asMicros(0),
  postedMicros: asMicros(0),
});

/**
 * Adds units to a line.
 * @param usedBefore units of this thing in the period over all its price lines (a change of terms does not renew what is included)
 */
export function accrue(
  line: UsageLine,
  price: UnitPrice,
  usedBefore: number,
  units: number,
  currency: string,
): Accrual {
  const billable = beyond(usedBefore + units, price) - beyond(usedBefore, price);
  const billableUnits = line.billableUnits + billable;
  const exact = chargeOf(billableUnits, price);
  const due = centsToMicros(microsToCentsFloor(exact, currency), currency);
  return {
    line: {
      ...line,
      count: line.count + 1,
      quantityUnits: line.quantityUnits + units,
      billableUnits,
      exactMicros: exact,
      postedMicros: due,
    },
    exactMicros: asMicros(exact - line.exactMicros),
    postedMicros: asMicros(due - line.postedMicros),
  };
}

/** Ends the name of a price line whose amounts came back. */
export const CREDIT = ':credit';

/** What comes back (the fee of an appointment that was cancelled in time): a line of its own without units, the mirror of `accrue`. */
export function credit(line: UsageLine, exactMicros: Micros, currency: string): Accrual {
  const exact = asMicros(line.exactMicros - exactMicros);
  const due = centsToMicros(microsToCentsFloor(asMicros(-exact), currency), currency);
  return {
    line: { ...line, count: line.count + 1, exactMicros: exact, postedMicros: asMicros(-due) },
    exactMicros: asMicros(-exactMicros),
    postedMicros: asMicros(-due - line.postedMicros),
  };
}

/** What an invoice says of a line: half up, each line by itself. */
export const invoicedCents = (line: UsageLine, currency: string): Cents =>
  microsToCentsHalfUp(line.exactMicros, currency);

/** The invoice line less what was posted: 0 or one minor unit. Oracle: 28.125 accrued as 28.12 closes with 0.01. */
export function closeLine(line: UsageLine, currency: string): { line: UsageLine; roundingMicros: Micros } {
  const invoiced = centsToMicros(invoicedCents(line, currency), currency);
  return { line: { ...line, postedMicros: invoiced }, roundingMicros: asMicros(invoiced - line.postedMicros) };
}
