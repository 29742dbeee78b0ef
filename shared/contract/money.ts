/**
 * Balance, transactions, bonus tiers and top-ups. Read by workers/ledger/routes.ts, workers/payments/routes.ts, the portal (types)
 * and tests; the messages of the balance stream stand in live.ts.
 */
import { z } from 'zod';
import {
  BONUS_KINDS,
  TOPUP_METHODS,
  TOPUP_REQUEST_METHODS,
  TOPUP_STATUSES,
  TRANSACTION_TYPES,
  VAT_BASES,
  VAT_CATEGORY_NAMES,
} from '../money-status.ts';
import { cents, commaList, currency, idField, idParam, idOut, instantOut, itemOf, page, wallDate } from './parts.ts';
import { resourceListOf } from './resource-list.ts';

// ---------------------------------------------------------------- balance

export const balanceView = z.object({
  /** prepaid + bonus: what can be spent */
  balance_cents: cents(),
  prepaid_cents: cents(),
  bonus_cents: cents(),
  held_cents: cents(),
  currency: currency(),
  sequence: z.int(),
  /** reach at the average spend of the last 30 days; null with too little history */
  days_left: z.int().nullable(),
  as_of: instantOut(),
});
export type Balance = z.infer<typeof balanceView>;
export const balanceResponse = itemOf(balanceView);
export type BalanceResponse = z.infer<typeof balanceResponse>;

// ---------------------------------------------------------------- transactions

/** One movement of the balance. */
export const transactionView = z.object({
  id: idOut('entry'),
  type: z.enum(TRANSACTION_TYPES),
  amount_cents: cents(),
  balance_before_cents: cents(),
  balance_after_cents: cents(),
  currency: currency(),
  sequence: z.int(),
  description: z.string().nullable(),
  reference_type: z.string().nullable(),
  reference_id: z.string().nullable(),
  company_id: z.string().nullable(),
  /** when it was booked */
  created_at: instantOut(),
  /** when it happened; lists show this one */
  occurred_at: instantOut(),
});
export type Transaction = z.infer<typeof transactionView>;

/** Days are of the tenant's calendar, `to` inclusive; newest first. */
export const transactionListQuery = page().extend({
  type: commaList(TRANSACTION_TYPES, 200).optional().meta({ type: 'string', example: 'topup,call_cost' }),
  from: wallDate().optional(),
  to: wallDate().optional(),
  min_cents: z.coerce.number().int().optional(),
  max_cents: z.coerce.number().int().optional(),
  company_id: idParam('company').optional(),
  q: z.string().trim().min(1).max(100).optional(),
});
export const transactionListResponse = resourceListOf(transactionView);
export type TransactionListResponse = z.infer<typeof transactionListResponse>;

// ---------------------------------------------------------------- bonus tiers

const bonusTierView = z.object({
  id: z.string(),
  name: z.string(),
  from_cents: cents(),
  kind: z.enum(BONUS_KINDS),
  /** of the net amount, for `percentage`; 500 = 5 % */
  basis_points: z.int().nullable(),
  /** for `fixed` */
  fixed_cents: cents().nullable(),
});
export type BonusTierView = z.infer<typeof bonusTierView>;

export const bonusTiersQuery = z.object({
  amount_cents: z.coerce.number().int().min(1).max(100_000_000).optional(),
});
/** Everything the top-up form previews; tiers in ascending `from_cents`, active ones only. */
const topupTermsView = z.object({
  currency: currency(),
  vat: z.object({
    rate_basis_points: z.int(),
    basis: z.enum(VAT_BASES),
    category: z.enum(VAT_CATEGORY_NAMES),
  }),
  tiers: z.array(bonusTierView),
  min_cents: cents(),
  max_cents: cents(),
  preview: z
    .object({
      amount_cents: cents(),
      bonus_cents: cents(),
      vat_cents: cents(),
      total_cents: cents(),
      tier: bonusTierView.nullable(),
      next: z.object({ tier: bonusTierView, missing_cents: cents(), bonus_cents: cents() }).nullable(),
    })
    .nullable(),
});
export type TopupTerms = z.infer<typeof topupTermsView>;
export const bonusTiersResponse = itemOf(topupTermsView);
export type BonusTiersResponse = z.infer<typeof bonusTiersResponse>;

// ---------------------------------------------------------------- top-ups

const topupStatus = z.enum(TOPUP_STATUSES);

export const topupView = z.object({
  id: idOut('topup'),
  method: z.enum(TOPUP_METHODS),
  status: topupStatus,
  amount_cents: cents(),
  vat_cents: cents(),
  total_cents: cents(),
  bonus_cents: cents(),
  refunded_cents: cents(),
  currency: currency(),
  created_at: instantOut(),
  completed_at: instantOut().nullable(),
  failure_code: z.string().nullable(),
});
export type TopupView = z.infer<typeof topupView>;
export const topupListQuery = page();
/** The real state: the webhook credits, not the redirect. */
export const topupResponse = itemOf(topupView);
export type TopupResponse = z.infer<typeof topupResponse>;

export const topupRequest = z.object({
  amount_cents: z.int().meta({ description: 'net, 1,000 to 1,000,000', example: 10_000 }),
  method: z.enum(TOPUP_REQUEST_METHODS).default('stripe').meta({ example: 'stripe' }),
  company_id: idField('company').optional(),
  reason: z.string().trim().max(500).optional().meta({
    description: 'by hand only, and needed there: why, at least 10 characters; it is kept in the activity log',
  }),
  bonus: z
    .boolean()
    .optional()
    .meta({ description: 'by hand only: whether it earns the bonus of its tier; default no' }),
});
export type TopupRequest = z.input<typeof topupRequest>;

export const topupOpenedResponse = z.object({
  success: z.literal(true),
  topup_id: idOut('topup'),
  status: topupStatus,
  amount_cents: cents(),
  vat_cents: cents(),
  total_cents: cents(),
  bonus_cents: cents(),
  /** where to pay; null when nothing is to be paid there */
  checkout_url: z.string().nullable(),
});
export type TopupOpenedResponse = z.infer<typeof topupOpenedResponse>;
