/**
 * The usage API: the month as it stands, its projection, the months before, and analytics, in the documented shapes. Amounts are decimal
 * currency here, and only here. Read by workers/billing/routes.ts, the web apps (types) and tests.
 */
import { z } from 'zod';
import { TRANSACTION_TYPES } from '../money-status.ts';
import { currency, idParam, instantOut, itemOf, listOf, page } from './parts.ts';

/** 12.34: decimal currency. */
const amount = () => z.number().meta({ description: 'decimal currency', example: 251.13 });
const number = () => z.number().meta({ example: 5.8 });
const period = () =>
  z.string().meta({ description: 'calendar month in the tenant’s zone, `YYYY-MM`', example: '2026-11' });

const calculations = z.object({
  base_fee: amount(),
  minutes_cost: amount(),
  appointments_cost: amount(),
  /** all other metered things */
  other_cost: amount(),
  total_cost: amount(),
  currency: currency(),
});

const usageParts = {
  period: period(),
  calls: z.object({
    total: z.int(),
    total_minutes: number(),
    /** appointments ÷ calls × 100, one decimal */
    conversion_rate: number(),
    /** calls by hour in the zone of their branch */
    hourly_distribution: z.record(z.string(), z.int()),
  }),
  appointments: z.object({
    total: z.number(),
    ai_booked: z.int(),
    /** completed ÷ (completed + cancelled + no_show) of past appointments × 100, one decimal */
    completion_rate: number(),
  }),
  calculations,
};

const currentUsage = z.object(usageParts);
export type CurrentUsage = z.infer<typeof currentUsage>;
export const currentUsageResponse = itemOf(currentUsage);

const projected = z.object({
  minutes: number(),
  appointments: number(),
  costs: z.object({ total_cost: amount() }),
  avg_per_day: z.object({ minutes: number(), appointments: number() }),
});
export type ProjectedUsage = z.infer<typeof projected>;
export const projectionResponse = z.object({ success: z.literal(true), projected });

const historyMonth = z.object({
  period: period(),
  closed_at: instantOut(),
  calculations,
  opening_balance: amount(),
  closing_balance: amount(),
});
export type HistoryMonth = z.infer<typeof historyMonth>;
export const historyQuery = page();
/** Closed months, newest first. */
export const historyResponse = listOf(historyMonth);

const statement = z.object({
  /** of the first and the last movement; the last is one less than the first where nothing moved */
  first_number: z.int(),
  last_number: z.int(),
  opening_balance: amount(),
  closing_balance: amount(),
  /** opening + these = closing */
  movements: z.array(z.object({ type: z.enum(TRANSACTION_TYPES), count: z.int(), amount: amount() })),
});
export type PeriodStatement = z.infer<typeof statement>;

const periodUsage = z.object({
  ...usageParts,
  period_start: instantOut(),
  period_end: instantOut(),
  closed: z.boolean(),
  closed_at: instantOut().nullable(),
  /** parts of the base fee: pro rata by days where the tenant began or changed its plan within */
  base_fee_parts: z.array(
    z.object({ from: z.string(), days: z.int(), of_days: z.int(), monthly_fee: amount(), amount: amount() }),
  ),
  lines: z.array(
    z.object({
      event_type: z.string(),
      quantity: number(),
      billable_quantity: number(),
      unit_price: z.number(),
      amount: amount(),
    }),
  ),
  /** of a closed month */
  statement: statement.nullable(),
});
export type PeriodUsage = z.infer<typeof periodUsage>;
export const periodResponse = itemOf(periodUsage);
export const periodParams = z.object({
  period: z
    .string()
    .regex(/^\d{4}-(0[1-9]|1[0-2])$/)
    .meta({ example: '2026-10', 'x-external-id': true }),
});

export const MAX_ANALYTICS_DAYS = 366;
export const analyticsQuery = z.object({
  /** must be the caller's own tenant */
  businessId: idParam('tenant').optional(),
  period: z
    .union([z.enum(['current_month', 'last_month']), z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/)])
    .default('current_month')
    .meta({ type: 'string', example: 'current_month' }),
  /** of the trends, up to today or the month's last; default: the month's own */
  days: z.coerce.number().int().min(1).max(MAX_ANALYTICS_DAYS).optional(),
});
const counted = z.object({ count: z.number(), cost: amount() });
const analytics = z.object({
  billingUsage: z.object({
    apiCalls: z.number(),
    minutesUsed: number(),
    /** the sum of the breakdown: quantities at list price */
    cost: amount(),
    /** what the plan charges, base fee included */
    billed_cost: amount(),
    breakdown: z.object({ apiCalls: counted, voiceMinutes: counted, aiQueries: counted, storage: counted }),
  }),
  trends: z.array(z.object({ date: z.string(), apiCalls: z.number(), voiceMinutes: number(), cost: amount() })),
});
export type UsageAnalytics = z.infer<typeof analytics>;
export const analyticsResponse = itemOf(analytics);
