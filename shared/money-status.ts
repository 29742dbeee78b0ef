/** The closed sets of money's fields, without zod: ledger, portal, tables and the contract read them here. */

/** Kinds of ledger entries. */
export const TRANSACTION_TYPES = [
  'topup',
  'bonus',
  'call_cost',
  'usage',
  'appointment_fee',
  'subscription',
  'refund',
  'adjustment',
  'transfer',
  'commission',
  'payout',
  'hold',
  'release',
  'rounding',
] as const;
export type TransactionType = (typeof TRANSACTION_TYPES)[number];

export const TOPUP_STATUSES = ['pending', 'processing', 'completed', 'failed', 'refunded', 'disputed'] as const;
export type TopupStatus = (typeof TOPUP_STATUSES)[number];

export const TOPUP_METHODS = ['stripe', 'bank_transfer', 'manual'] as const;
type TopupMethod = (typeof TOPUP_METHODS)[number];
/** What a client may ask for; transfers are recorded when they arrive. */
export const TOPUP_REQUEST_METHODS = ['stripe', 'manual'] as const satisfies TopupMethod[];
export type TopupRequestMethod = (typeof TOPUP_REQUEST_METHODS)[number];

/** Which end of a transfer between the ledgers of two tenants a row is. */
export const TRANSFER_DIRECTIONS = ['out', 'in'] as const;
export type TransferDirection = (typeof TRANSFER_DIRECTIONS)[number];
/** Of the sender: `sent`, then `settled` or `returned`. Of the receiver: `received` or `refused`, which stays, so that a late repeat finds it. */
export const TRANSFER_STATES = ['sent', 'received', 'settled', 'returned', 'refused'] as const;
export type TransferState = (typeof TRANSFER_STATES)[number];
/** What it is for. */
export const TRANSFER_CAUSES = ['topup', 'commission'] as const;
export type TransferCause = (typeof TRANSFER_CAUSES)[number];
/** Of which account a transfer goes, and into which it comes: paid money stays paid money. Of the same an amount is set aside. */
export const TRANSFER_ACCOUNTS = ['prepaid', 'commission_payable'] as const;
export type TransferAccount = (typeof TRANSFER_ACCOUNTS)[number];
/** Why a receiver does not take it, for good. */
export const TRANSFER_REASONS = ['no_ledger', 'other_currency', 'closed'] as const;
export type TransferReason = (typeof TRANSFER_REASONS)[number];

/** What became of an amount that was set aside. */
export const RESERVATION_STATES = ['open', 'captured', 'released', 'expired'] as const;
export type ReservationState = (typeof RESERVATION_STATES)[number];
/** What a captured part is: paid out, or taken by a correction. */
export const CAPTURE_KINDS = ['payout', 'adjustment'] as const;
export type CaptureKind = (typeof CAPTURE_KINDS)[number];

/** States of a refund, in the order in which the later outranks the earlier: one that succeeded can still fail. */
export const REFUND_STATES = ['requires_action', 'pending', 'succeeded', 'canceled', 'failed'] as const;
export type RefundState = (typeof REFUND_STATES)[number];

/** How a bonus tier counts, as the API says it. */
export const BONUS_KINDS = ['percentage', 'fixed'] as const;

/** `net`: VAT is added to the amount typed; `gross`: it is contained. */
export const VAT_BASES = ['net', 'gross'] as const;
export type VatBasis = (typeof VAT_BASES)[number];
/** As the API says it; the ledger keeps the codes of EN 16931. */
export const VAT_CATEGORY_NAMES = ['standard', 'reverse_charge', 'not_taxable'] as const;
export type VatCategoryName = (typeof VAT_CATEGORY_NAMES)[number];

/** How a payment event that fitted nothing of ours ended. */
export const UNMATCHED_RESOLUTIONS = ['booked', 'matched', 'ignored'] as const;
export type UnmatchedResolution = (typeof UNMATCHED_RESOLUTIONS)[number];
/** Which of them a list shows. */
export const UNMATCHED_STATES = ['open', 'settled'] as const;
export type UnmatchedState = (typeof UNMATCHED_STATES)[number];
