/**
 * Events of MONEY and the rows they carry, declared once: the ledger's rules, its projection, live stream and effects take their types from
 * here (through `ledger/types.ts`).
 *
 * Amounts ending in `Micros` are 1e-6 of the currency unit, in `Cents` minor units.
 */
import { REFUND_ON_CANCEL } from '../../shared/pricing-plans.ts';
import { EVENT_TYPES, type EventType } from '../../shared/usage-events.ts';
import { z } from 'zod';
import { APPOINTMENT_SOURCES } from '../../shared/appointment-status.ts';
import {
  BONUS_KINDS,
  TOPUP_METHODS,
  TOPUP_STATUSES,
  TRANSACTION_TYPES,
  TRANSFER_ACCOUNTS,
  TRANSFER_CAUSES,
  TRANSFER_DIRECTIONS,
  TRANSFER_REASONS,
  TRANSFER_STATES,
} from '../../shared/money-status.ts';
import { defineEvent } from './define.ts';
import { cents, entryId, instant, micros, topupId } from './scalars.ts';

// ---------------------------------------------------------------- entries

/**
 * Accounts of one tenant's ledger. Sign: what we owe the customer and what we have earned is positive, what came in
 * (`cash`) or was given away (`bonus_expense`) is negative, so that every transaction sums to zero.
 * Spendable balance = `prepaid` + `bonus`; money reserved for running calls lies in `held`.
 */
export const ACCOUNTS = [
  'prepaid',
  'bonus',
  'held',
  'clearing',
  'cash',
  'vat_output',
  'usage_revenue',
  'subscription_revenue',
  'bonus_expense',
  'refunds',
  'adjustments',
  'rounding',
  'commission_payable',
  /** on its way to the ledger of another tenant (positive), or come from there (negative): over all ledgers together nothing */
  'transit',
  /** set aside until it is captured or released */
  'reserved',
] as const;
const account = z.enum(ACCOUNTS);
export type Account = z.infer<typeof account>;

export const ENTRY_TYPES = TRANSACTION_TYPES;
const entryType = z.enum(ENTRY_TYPES);
export type EntryType = z.infer<typeof entryType>;

const posting = z.object({ account, amountMicros: micros });
export type Posting = z.infer<typeof posting>;

const refs = z.object({
  referenceType: z
    .enum([
      'topup',
      'call',
      'appointment',
      'usage_event',
      'dispute',
      'reason',
      'period',
      'invoice',
      'transfer',
      'reservation',
    ])
    .exactOptional(),
  referenceId: z.string().exactOptional(),
  companyId: z.string().exactOptional(),
  branchId: z.string().exactOptional(),
  customerId: z.string().exactOptional(),
});
/** What an entry points at; ids only. `referenceType` names the noun of `referenceId`. */
export type Refs = z.infer<typeof refs>;

const entry = z.object({
  id: entryId,
  /** gapless, from 1 */
  seq: z.number(),
  type: entryType,
  amountMicros: micros,
  amountCents: cents,
  balanceBeforeMicros: micros,
  balanceAfterMicros: micros,
  balanceAfterCents: cents,
  /** unrounded charge of usage entries, positive (`amountMicros` is minus the floor difference); null elsewhere */
  exactMicros: micros.nullable(),
  currency: z.string(),
  /** `{period}:{event type}@{terms version}` of usage entries; null elsewhere */
  priceLine: z.string().nullable(),
  refs,
  /** language key of the description; parameters are the entry's own fields */
  descriptionKey: z.string(),
  /** hash of the head that was known before a restore began this epoch; only on the first entry of an epoch > 1 */
  epochLink: z.string().nullable(),
  /** the command key that caused it */
  key: z.string(),
  occurredAt: instant,
  createdAt: instant,
  postings: z.array(posting),
  /**
   * What the chain vouches for beside itself, on the first entry after it changed: `{version}:{hash}` of the terms up to it, `{period}:{hash}`
   * of the closed months up to it
   */
  attests: z.object({ terms: z.string().exactOptional(), closes: z.string().exactOptional() }).exactOptional(),
  prevHash: z.string(),
  hash: z.string(),
});
export type Attests = NonNullable<Entry['attests']>;
/** One movement of the balance. `amountMicros` = change of prepaid + bonus = `balanceAfterMicros` − `balanceBeforeMicros`. */
export type Entry = z.infer<typeof entry>;

const balanceView = z.object({
  /** what can be spent: prepaid + bonus, holds already taken out */
  availableMicros: micros,
  availableCents: cents,
  prepaidMicros: micros,
  prepaidCents: cents,
  bonusMicros: micros,
  bonusCents: cents,
  heldMicros: micros,
  heldCents: cents,
  currency: z.string(),
  /** sequence number of the newest entry (0 = none yet) */
  sequence: z.number(),
  termsVersion: z.number(),
});
export type BalanceView = z.infer<typeof balanceView>;

// ---------------------------------------------------------------- terms: what a charge or a top-up is decided by

/** Metered things; quantities carry 4 decimals (`quantityScaled` = quantity × 10 000). */
export { EVENT_TYPES };
export type { EventType };
const eventType = z.enum(EVENT_TYPES);

export { REFUND_ON_CANCEL };

const pricingModel = z.enum(['per_minute', 'per_appointment', 'package', 'combined']);
export type PricingModel = z.infer<typeof pricingModel>;

const plan = z.object({
  id: z.string(),
  model: pricingModel,
  baseFeeMicros: micros,
  includedMinutes: z.number(),
  /** per minute beyond the included ones; for `package` the overage price. Ignored by `per_appointment` */
  pricePerMinuteMicros: micros,
  /** `package` only: appointments inside the package; elsewhere 0 */
  includedAppointments: z.number(),
  /** per appointment (`package`: beyond the included ones; `per_minute`: ignored) */
  pricePerAppointmentMicros: micros,
  /** a call is billed in steps of so many seconds: 1, 6, 30 or 60 (started minute) */
  billingIncrementSeconds: z.union([z.literal(1), z.literal(6), z.literal(30), z.literal(60)]),
  /** a call is billed as at least so many seconds */
  minimumSeconds: z.number(),
  /** calls shorter than this cost nothing and use up no included minutes; 0 = none free */
  freeBelowSeconds: z.number(),
  /** other metered things: included quantity (4 decimals) and price beyond it */
  unitPrices: z.partialRecord(eventType, z.object({ includedScaled: z.number(), priceMicros: micros })),
  /** whose appointments are charged; absent in terms of the time before: all but imported ones */
  billableSources: z.array(z.enum(APPOINTMENT_SOURCES)).exactOptional(),
  /** whether the fee of an appointment that is cancelled in time comes back; absent: `before_notice` */
  refundOnCancel: z.enum(REFUND_ON_CANCEL).exactOptional(),
});
/** A plan as the ledger prices by it; all prices net. */
export type Plan = z.infer<typeof plan>;

const bonusTier = z.object({
  id: z.string(),
  /** catalogue key or plain brand name of the tier ("Starter") */
  name: z.string(),
  fromCents: cents,
  kind: z.enum(BONUS_KINDS),
  /** percentage: basis points (500 = 5 %); fixed: minor units */
  value: z.number(),
  activeFrom: instant.nullable(),
  activeUntil: instant.nullable(),
});
/** Bonus reached from `fromCents` (net) on; the highest active tier reached counts. */
export type BonusTier = z.infer<typeof bonusTier>;

const vatInputs = z.object({
  issuerCountry: z.string(),
  /** issuer is Kleinunternehmer (§ 19 UStG) */
  issuerSmallBusiness: z.boolean(),
  recipientCountry: z.string(),
  recipientIsBusiness: z.boolean(),
  /** the VAT id was checked (format + VIES) and valid at supply date */
  recipientVatIdValid: z.boolean(),
});
/** Inputs of the VAT decision; stored with each decision. */
export type VatInputs = z.infer<typeof vatInputs>;

const vatDecision = z.object({
  category: z.enum(['S', 'AE', 'O', 'E']),
  /** basis points: 1900 = 19 % */
  rateBasisPoints: z.number(),
  /** text key of the note that the invoice must carry; null for the normal case */
  noteKey: z.enum(['reverse_charge', 'not_taxable_in_issuer_country', 'small_business']).nullable(),
  inputs: vatInputs,
});
export type VatDecision = z.infer<typeof vatDecision>;
export type VatCategory = VatDecision['category'];

const terms = z.object({
  currency: z.string(),
  /** zone whose calendar months are the billing periods */
  timeZone: z.string(),
  plan,
  /** a suspended tenant starts no new spend (holds refuse TENANT_SUSPENDED); what happened is still recorded, money still comes in */
  suspended: z.boolean(),
  /** how far below zero new spend may go, in minor units, ≥ 0 */
  allowOverdraftCents: cents,
  bonusTiers: z.array(bonusTier),
  /** percent of the last top-up, descending; 0 (balance used up) is always watched */
  thresholdPercents: z.array(z.number()),
  spendOrder: z.enum(['bonus_first', 'paid_first']),
  vatTiming: z.enum(['on_topup', 'on_consumption']),
  vat: vatInputs,
  /** who takes the base fee; absent: the balance */
  feeBy: z.literal('stripe').exactOptional(),
});
export type Terms = z.infer<typeof terms>;

// ---------------------------------------------------------------- top-ups, usage

const topupStatus = z.enum(TOPUP_STATUSES);
export type TopupStatus = z.infer<typeof topupStatus>;
const topupMethod = z.enum(TOPUP_METHODS);
export type TopupMethod = z.infer<typeof topupMethod>;

const topup = z.object({
  id: topupId,
  method: topupMethod,
  amountCents: cents,
  vatCents: cents,
  /** what the customer pays: amount + VAT */
  grossCents: cents,
  bonusCents: cents,
  bonusTierId: z.string().nullable(),
  currency: z.string(),
  status: topupStatus,
  /** gross refunded so far, in minor units */
  refundedCents: cents,
  /** gross in dispute (open or lost) */
  disputedCents: cents,
  vat: vatDecision,
  companyId: z.string().nullable(),
  userId: z.string().nullable(),
  /** Stripe payment intent or bank reference, once known */
  paymentId: z.string().nullable(),
  checkoutSessionId: z.string().nullable(),
  failureReason: z.string().nullable(),
  createdAt: instant,
  paidAt: instant.nullable(),
  version: z.number(),
});
/** A top-up as asked for and what became of it. `status` is derived from facts that only ever grow, so order never matters. */
export type Topup = z.infer<typeof topup>;

const usageLine = z.object({
  eventType,
  /** `{event type}@{terms version}` */
  priceLine: z.string(),
  unitsPerOne: z.number(),
  count: z.number(),
  quantityUnits: z.number(),
  /** beyond what is included */
  billableUnits: z.number(),
  unitPriceMicros: micros,
  exactMicros: micros,
  /** sum of the postings so far, whole minor units */
  postedMicros: micros,
});
/**
 * Aggregate of one price line in the period. Quantities are whole units: `unitsPerOne` of them make one (30 000 to the minute, so that both
 * seconds and four decimals stay exact; 10 000 elsewhere).
 */
export type UsageLine = z.infer<typeof usageLine>;

const transfer = z.object({
  /** `out:{id}`; `in:{sender}:{id}`: two senders may make the same id */
  key: z.string(),
  id: z.string(),
  direction: z.enum(TRANSFER_DIRECTIONS),
  /** the tenant at the other end */
  peerId: z.string(),
  account: z.enum(TRANSFER_ACCOUNTS),
  amountCents: cents,
  currency: z.string(),
  cause: z.enum(TRANSFER_CAUSES),
  state: z.enum(TRANSFER_STATES),
  /** why it came back, or was not taken; null otherwise */
  reason: z.enum(TRANSFER_REASONS).nullable(),
  /** when it left: the same at both ends */
  sentAt: instant,
  endedAt: instant.nullable(),
});
/** One end of a transfer between the ledgers of two tenants. */
export type Transfer = z.infer<typeof transfer>;
// ---------------------------------------------------------------- closed months

const feePart = z.object({
  from: z.string(),
  days: z.number(),
  ofDays: z.number(),
  planId: z.string(),
  termsVersion: z.number(),
  feeMicros: micros,
  amountCents: cents,
});
const invoiceLine = z.object({
  eventType,
  /** `{event type}@{terms version}`, `…:credit` what came back */
  priceLine: z.string(),
  unitsPerOne: z.number(),
  quantityUnits: z.number(),
  billableUnits: z.number(),
  unitPriceMicros: micros,
  /** half up */
  amountCents: cents,
});
/** What an invoice says of one price line: rounded by itself. */
export type InvoiceLine = z.infer<typeof invoiceLine>;

const invoice = z.object({
  currency: z.string(),
  /** of the terms in force at the month's end */
  termsVersion: z.number(),
  baseFeeCents: cents,
  /** what the base fee is made of; absent: of the time before, when it was no entry */
  fees: z.array(feePart).exactOptional(),
  lines: z.array(invoiceLine),
  minutesCents: cents,
  appointmentsCents: cents,
  otherCents: cents,
  totalCents: cents,
});
/** What a month comes to: the total is the sum of the rounded lines and the base fee. Stored when the month is closed. */
export type Invoice = z.infer<typeof invoice>;

const statement = z.object({
  /** `YYYY-MM` in the tenant's zone */
  period: z.string(),
  /** first and last number; the last is the one before the first where nothing moved */
  firstSeq: z.number(),
  lastSeq: z.number(),
  /** what could be spent before the first and after the last of them */
  openingMicros: micros,
  closingMicros: micros,
  sums: z.array(z.object({ type: entryType, count: z.number(), amountMicros: micros })),
});
/** Movements of a month by number: opening + sums = closing. */
export type Statement = z.infer<typeof statement>;

export const URGENCIES = ['info', 'warning', 'critical', 'empty'] as const;
const urgency = z.enum(URGENCIES);
export type Urgency = z.infer<typeof urgency>;

// ---------------------------------------------------------------- events

/** Ids and numbers only. One `ledger.posted` per command, whatever it moved. */
export const LEDGER_EVENTS = {
  'ledger.terms_changed': defineEvent(z.object({ version: z.number(), currency: z.string(), terms }), ({ version }) =>
    String(version),
  ),
  'ledger.posted': defineEvent(
    z.object({
      entries: z.array(entry),
      balance: balanceView,
      usage: z.array(z.object({ period: z.string(), line: usageLine })),
      /** somebody recorded usage by hand or by a key: name of the batch, and how many of its events were accepted */
      recorded: z.object({ batch: z.string(), accepted: z.number() }).exactOptional(),
    }),
    // The first entry, or the command when only usage accrued.
    ({ entries }, cause) => entries[0]?.id ?? cause,
  ),
  /** `became`: the status it just reached, null when only an amount or a link changed */
  'ledger.topup_changed': defineEvent(z.object({ topup, became: topupStatus.nullable() }), (body) => body.topup.id),
  /** one end of a transfer began or ended */
  'ledger.transfer_changed': defineEvent(z.object({ transfer }), (body) => body.transfer.id),
  /** `closed`: absent in events of the time before statements */
  'ledger.period_closed': defineEvent(
    z.object({ period: z.string(), closed: z.object({ at: instant, statement, invoice }).exactOptional() }),
    ({ period }) => period,
  ),
  'balance.low': defineEvent(
    z.object({
      /** percent of the last top-up that was crossed; 0 = used up */
      percent: z.number(),
      urgency,
      balanceCents: cents,
      currency: z.string(),
      /** counts crossings, so that each is one notification */
      crossing: z.number(),
    }),
    ({ percent, crossing }) => `${percent}:${crossing}`,
  ),
} as const;
