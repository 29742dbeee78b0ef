/**
 * What a month comes to: one invoice line per price line, each rounded by itself, and the base fee; the total is the sum of what is printed.
 * Pure; called by `month.ts` for the view of a month and for its close, so that both say the same.
 */
import { asCents, type Cents, microsToCentsHalfUp } from '../../../shared/money.ts';
import type { FeePart } from '../../../shared/pricing-months.ts';
import type { Invoice, InvoiceLine, Terms, UsageLine } from '../types.ts';
import { invoicedCents } from './accrue.ts';

/**
 * @param terms whose base fee the month pays, and their version
 * @param lines all price lines of the month
 * @param fees parts of the base fee; absent: of a month closed before there were any, whose fee is that of the terms
 */
export function invoiceOf(
  terms: Terms,
  termsVersion: number,
  lines: readonly UsageLine[],
  fees?: readonly FeePart[],
): Invoice {
  const { currency } = terms;
  const printed = lines.map(
    (line): InvoiceLine => ({
      eventType: line.eventType,
      priceLine: line.priceLine,
      unitsPerOne: line.unitsPerOne,
      quantityUnits: line.quantityUnits,
      billableUnits: line.billableUnits,
      unitPriceMicros: line.unitPriceMicros,
      amountCents: invoicedCents(line, currency),
    }),
  );
  const sum = (of: (line: InvoiceLine) => boolean): Cents =>
    asCents(printed.filter(of).reduce((total, line) => total + line.amountCents, 0));
  const baseFeeCents =
    fees === undefined
      ? microsToCentsHalfUp(terms.plan.baseFeeMicros, currency)
      : asCents(fees.reduce((total, part) => total + part.amountCents, 0));
  const minutesCents = sum(({ eventType }) => eventType === 'voice_minute');
  const appointmentsCents = sum(({ eventType }) => eventType === 'appointment');
  const otherCents = sum(({ eventType }) => eventType !== 'voice_minute' && eventType !== 'appointment');
  return {
    currency,
    termsVersion,
    baseFeeCents,
    ...(fees === undefined ? {} : { fees: [...fees] }),
    lines: printed,
    minutesCents,
    appointmentsCents,
    otherCents,
    totalCents: asCents(baseFeeCents + minutesCents + appointmentsCents + otherCents),
  };
}
