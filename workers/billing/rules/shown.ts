/** Pure: a month's sums as the usage API shows them, in decimal currency. Called by the queries of the module. */
import type {
  CurrentUsage,
  HistoryMonth,
  PeriodStatement,
  PeriodUsage,
  ProjectedUsage,
} from '../../../shared/contract/billing.ts';
import { asCents, type Cents, centsToDecimal, microsToCentsExact } from '../../../shared/money.ts';
import { MICROS_PER_UNIT } from '../../../shared/pricing-plans.ts';
import { isoOrNull, toIso } from '../../../shared/time.ts';
import type { Invoice, MonthSums, Statement } from '../../ledger/types.ts';

/** Minor units as the documented shapes say amounts: 25113 → 251.13. */
export const decimal = (cents: Cents, currency: string): number => Number(centsToDecimal(cents, currency));
/** Decimals that people read. */
export const rounded = (value: number, digits: number): number => {
  const factor = 10 ** digits;
  return Math.round(value * factor + Number.EPSILON) / factor;
};
/** Per cent with one decimal; 0 of nothing. */
export const rate = (part: number, whole: number): number => (whole === 0 ? 0 : rounded((part * 100) / whole, 1));

export const calculationsOf = (invoice: Invoice): CurrentUsage['calculations'] => {
  const { currency } = invoice;
  return {
    base_fee: decimal(invoice.baseFeeCents, currency),
    minutes_cost: decimal(invoice.minutesCents, currency),
    appointments_cost: decimal(invoice.appointmentsCents, currency),
    other_cost: decimal(invoice.otherCents, currency),
    total_cost: decimal(invoice.totalCents, currency),
    currency,
  };
};

/** What D1 counts beside the ledger. */
export interface Beside {
  hours: Record<string, number>;
  appointments: { aiBooked: number; completed: number; ended: number };
}

export const usageOf = ({ view }: MonthSums, { hours, appointments }: Beside): CurrentUsage => ({
  period: view.period,
  calls: {
    total: view.calls,
    total_minutes: rounded(view.minutes, 4),
    conversion_rate: rate(view.appointments, view.calls),
    hourly_distribution: hours,
  },
  appointments: {
    total: view.appointments,
    ai_booked: appointments.aiBooked,
    completion_rate: rate(appointments.completed, appointments.ended),
  },
  calculations: calculationsOf(view.calculations),
});

export function projectionOf({ view, outlook, elapsed }: MonthSums): ProjectedUsage {
  const of = (eventType: 'voice_minute' | 'appointment'): number => {
    const line = view.lines.find((one) => one.eventType === eventType);
    return line === undefined ? 0 : (outlook.units[eventType] ?? 0) / line.unitsPerOne;
  };
  const perDay = (quantity: number): number => (elapsed === 0 ? 0 : rounded(quantity / elapsed, 2));
  const { currency } = view.calculations;
  return {
    minutes: rounded(of('voice_minute'), 4),
    appointments: rounded(of('appointment'), 4),
    costs: { total_cost: decimal(outlook.totalCents, currency) },
    avg_per_day: { minutes: perDay(view.minutes), appointments: perDay(view.appointments) },
  };
}

export const statementOf = (statement: Statement, currency: string): PeriodStatement => ({
  first_number: statement.firstSeq,
  last_number: statement.lastSeq,
  opening_balance: decimal(microsToCentsExact(statement.openingMicros, currency), currency),
  closing_balance: decimal(microsToCentsExact(statement.closingMicros, currency), currency),
  movements: statement.sums.map(({ type, count, amountMicros }) => ({
    type,
    count,
    amount: decimal(microsToCentsExact(amountMicros, currency), currency),
  })),
});

export const periodOf = (sums: MonthSums, beside: Beside): PeriodUsage => {
  const { view, closed } = sums;
  const { currency, fees = [], lines } = view.calculations;
  return {
    ...usageOf(sums, beside),
    period_start: toIso(view.periodStart),
    period_end: toIso(view.periodEnd),
    closed: view.closed,
    closed_at: isoOrNull(closed?.at ?? null),
    base_fee_parts: fees.map((part) => ({
      from: part.from,
      days: part.days,
      of_days: part.ofDays,
      monthly_fee: part.feeMicros / MICROS_PER_UNIT,
      amount: decimal(part.amountCents, currency),
    })),
    lines: lines.map((line) => ({
      event_type: line.eventType,
      quantity: rounded(line.quantityUnits / line.unitsPerOne, 4),
      billable_quantity: rounded(line.billableUnits / line.unitsPerOne, 4),
      unit_price: line.unitPriceMicros / MICROS_PER_UNIT,
      amount: decimal(line.amountCents, currency),
    })),
    statement: closed === null || closed.statement === null ? null : statementOf(closed.statement, currency),
  };
};

/** A closed month out of its row. */
export function historyOf(row: {
  period: string;
  closedAt: number;
  currency: string;
  openingCents: number;
  closingCents: number;
  invoice: string;
}): HistoryMonth {
  return {
    period: row.period,
    closed_at: toIso(row.closedAt),
    calculations: calculationsOf(JSON.parse(row.invoice) as Invoice),
    opening_balance: decimal(asCents(row.openingCents), row.currency),
    closing_balance: decimal(asCents(row.closingCents), row.currency),
  };
}
