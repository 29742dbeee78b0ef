/**
 * The language of money: accounts, entries, holds, top-ups, terms, commands, events and the `LedgerPort`, which payments,
 * telephony, faces, demo data and tests code against. Implemented by `ledger-object.ts` through `client.ts`.
 *
 * Reading aid: amounts ending in `Micros` are 1e-6 of the currency unit, in `Cents` minor units. All amounts the customer
 * sees are net under `vat_timing: on_topup` (the default). Nothing here holds names, numbers, e-mail or free text.
 */
import {
  type TopupMethod,
  type TopupStatus,
  TRANSACTION_TYPES,
  type TransactionType,
} from '../../shared/money-status.ts';
import type { Instant } from '../../shared/clock.ts';
import type { EntryId, TopupId } from '../../shared/ids.ts';
import type { Cents, Micros } from '../../shared/money.ts';
import type { Result } from '../../shared/result.ts';
import type { Head } from '../object-runtime/events.ts';
import type { RateStatus } from '../object-runtime/rate.ts';
import type { StreamPosition } from '../object-runtime/streams.ts';

// ---------------------------------------------------------------- accounts, entries, postings

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
] as const;
export type Account = (typeof ACCOUNTS)[number];

export const ENTRY_TYPES = TRANSACTION_TYPES;
export type EntryType = TransactionType;

export interface Posting {
  account: Account;
  amountMicros: Micros;
}

/** What an entry points at; ids only. `referenceType` names the noun of `referenceId`. */
export interface Refs {
  referenceType?: 'topup' | 'call' | 'appointment' | 'usage_event' | 'dispute' | 'reason' | 'period' | 'invoice';
  referenceId?: string;
  companyId?: string;
  branchId?: string;
  customerId?: string;
}

/** One movement of the balance. `amountMicros` = change of prepaid + bonus = `balanceAfterMicros` − `balanceBeforeMicros`. */
export interface Entry {
  id: EntryId;
  /** gapless, from 1 */
  seq: number;
  type: EntryType;
  amountMicros: Micros;
  amountCents: Cents;
  balanceBeforeMicros: Micros;
  balanceAfterMicros: Micros;
  balanceAfterCents: Cents;
  /** unrounded charge of usage entries, positive (`amountMicros` is minus the floor difference); null elsewhere */
  exactMicros: Micros | null;
  currency: string;
  /** `{period}:{event type}@{terms version}` of usage entries; null elsewhere */
  priceLine: string | null;
  refs: Refs;
  /** language key of the description; parameters are the entry's own fields */
  descriptionKey: string;
  /** hash of the head that was known before a restore began this epoch; only on the first entry of an epoch > 1 */
  epochLink: string | null;
  /** the command key that caused it */
  key: string;
  occurredAt: Instant;
  createdAt: Instant;
  postings: Posting[];
  prevHash: string;
  hash: string;
}

// ---------------------------------------------------------------- terms: what a charge or a top-up is decided by

export type PricingModel = 'per_minute' | 'per_appointment' | 'package' | 'combined';

/** Extensible list of metered things; quantities carry 4 decimals (`quantityScaled` = quantity × 10 000). */
export const EVENT_TYPES = [
  'voice_minute',
  'call',
  'appointment',
  'api_call',
  'ai_query',
  'storage_mb',
  'sms',
  'whatsapp',
  'email',
  'translation',
] as const;
export type EventType = (typeof EVENT_TYPES)[number];
export const QUANTITY_SCALE = 10_000;

/** A plan as the ledger prices by it (pricing models of spec/06; all prices net). */
export interface Plan {
  id: string;
  model: PricingModel;
  baseFeeMicros: Micros;
  includedMinutes: number;
  /** per minute beyond the included ones; for `package` the overage price. Ignored by `per_appointment` */
  pricePerMinuteMicros: Micros;
  /** `package` only: appointments inside the package; elsewhere 0 */
  includedAppointments: number;
  /** per appointment (`package`: beyond the included ones; `per_minute`: ignored) */
  pricePerAppointmentMicros: Micros;
  /** a call is billed in steps of so many seconds: 1, 6, 30 or 60 (started minute) */
  billingIncrementSeconds: 1 | 6 | 30 | 60;
  /** a call is billed as at least so many seconds */
  minimumSeconds: number;
  /** calls shorter than this cost nothing and use up no included minutes; 0 = none free */
  freeBelowSeconds: number;
  /** other metered things: included quantity (4 decimals) and price beyond it */
  unitPrices: Partial<Record<EventType, { includedScaled: number; priceMicros: Micros }>>;
}

/** Bonus reached from `fromCents` (net) on; the highest active tier reached counts. */
export interface BonusTier {
  id: string;
  /** catalogue key or plain brand name of the tier ("Starter") */
  name: string;
  fromCents: Cents;
  kind: 'percentage' | 'fixed';
  /** percentage: basis points (500 = 5 %); fixed: minor units */
  value: number;
  activeFrom: Instant | null;
  activeUntil: Instant | null;
}

/** Inputs of the VAT decision (facts § 3.2); stored with each decision. */
export interface VatInputs {
  issuerCountry: string;
  /** issuer is Kleinunternehmer (§ 19 UStG) */
  issuerSmallBusiness: boolean;
  recipientCountry: string;
  recipientIsBusiness: boolean;
  /** the VAT id was checked (format + VIES) and valid at supply date */
  recipientVatIdValid: boolean;
}

export type VatCategory = 'S' | 'AE' | 'O' | 'E';
export interface VatDecision {
  category: VatCategory;
  /** basis points: 1900 = 19 % */
  rateBasisPoints: number;
  /** text key of the note that the invoice must carry; null for the normal case */
  noteKey: 'reverse_charge' | 'not_taxable_in_issuer_country' | 'small_business' | null;
  inputs: VatInputs;
}

export interface Terms {
  currency: string;
  /** zone whose calendar months are the billing periods */
  timeZone: string;
  plan: Plan;
  /** a suspended tenant starts no new spend (holds refuse TENANT_SUSPENDED); what happened is still recorded, money still comes in */
  suspended: boolean;
  /** how far below zero new spend may go, in minor units, ≥ 0 */
  allowOverdraftCents: Cents;
  bonusTiers: BonusTier[];
  /** percent of the last top-up, descending; 0 (balance used up) is always watched */
  thresholdPercents: number[];
  spendOrder: 'bonus_first' | 'paid_first';
  vatTiming: 'on_topup' | 'on_consumption';
  vat: VatInputs;
}

// ---------------------------------------------------------------- rows

export interface BalanceView {
  /** what can be spent: prepaid + bonus, holds already taken out */
  availableMicros: Micros;
  availableCents: Cents;
  prepaidMicros: Micros;
  prepaidCents: Cents;
  bonusMicros: Micros;
  bonusCents: Cents;
  heldMicros: Micros;
  heldCents: Cents;
  currency: string;
  /** sequence number of the newest entry (0 = none yet) */
  sequence: number;
  termsVersion: number;
}

export type { TopupMethod, TopupStatus };

/** A top-up as asked for and what became of it. `status` is derived from facts that only ever grow, so order never matters. */
export interface Topup {
  id: TopupId;
  method: TopupMethod;
  amountCents: Cents;
  vatCents: Cents;
  /** what the customer pays: amount + VAT */
  grossCents: Cents;
  bonusCents: Cents;
  bonusTierId: string | null;
  currency: string;
  status: TopupStatus;
  /** gross refunded so far, in minor units */
  refundedCents: Cents;
  /** gross in dispute (open or lost) */
  disputedCents: Cents;
  vat: VatDecision;
  companyId: string | null;
  userId: string | null;
  /** Stripe payment intent or bank reference, once known */
  paymentId: string | null;
  checkoutSessionId: string | null;
  failureReason: string | null;
  createdAt: Instant;
  paidAt: Instant | null;
  version: number;
}

export type HoldStatus = 'held' | 'captured' | 'voided' | 'expired';
export interface AmountHold {
  /** `call:<id>` */
  key: string;
  amountMicros: Micros;
  status: HoldStatus;
  expiresAt: Instant;
}

/**
 * Aggregate of one price line in the period. Quantities are whole units: `unitsPerOne` of them make one (30 000 to the minute, so that both
 * seconds and four decimals stay exact; 10 000 elsewhere).
 */
export interface UsageLine {
  eventType: EventType;
  /** `{event type}@{terms version}` */
  priceLine: string;
  unitsPerOne: number;
  count: number;
  quantityUnits: number;
  /** beyond what is included */
  billableUnits: number;
  unitPriceMicros: Micros;
  exactMicros: Micros;
  /** sum of the postings so far, whole minor units */
  postedMicros: Micros;
}

export interface UsageView {
  /** `YYYY-MM` in the tenant's zone */
  period: string;
  periodStart: Instant;
  periodEnd: Instant;
  closed: boolean;
  lines: UsageLine[];
  /** what the plan makes of it, as an invoice line would say (half up), in minor units */
  calculations: {
    baseFeeCents: Cents;
    minutesCents: Cents;
    appointmentsCents: Cents;
    otherCents: Cents;
    totalCents: Cents;
  };
  minutes: number;
  appointments: number;
  calls: number;
}

// ---------------------------------------------------------------- answers

/** Every answer of the object: the outcome and where its history stands after it (`formatHead` makes it `X-Askpro-Head`). */
export interface LedgerAnswer<T> {
  result: Result<T>;
  head: Head;
  rate?: RateStatus;
}

// ---------------------------------------------------------------- commands (ids and numbers only)

/** The request's clock (development may move it); no part of the command's identity. Default: the process clock. */
export interface Clocked {
  now?: Instant;
}

export interface PutTerms extends Clocked {
  key: string;
  terms: Terms;
  /** 0 = there are none yet; omit to overwrite whatever stands (demo data) */
  expectedVersion?: number;
}

/** An amount that will probably be spent: either micros or call minutes priced by the plan with the included minutes left. */
export type Estimate = { estimateMicros: Micros } | { estimateMinutes: number };

export interface OpenTopup extends Clocked {
  key: string;
  topupId: TopupId;
  /** net */
  amountCents: Cents;
  method: TopupMethod;
  companyId?: string;
  userId?: string;
}

/** Remembers which Checkout session a pending top-up was sent to. */
export interface LinkTopup extends Clocked {
  key: string;
  topupId: TopupId;
  checkoutSessionId: string;
}

/**
 * The money is there. Key is the payment (`stripe:<payment_intent>`), never the event, so several events that speak of one payment
 * credit once. A stripe top-up must have been opened, and amount, VAT and currency must be what was asked for. `manual` and
 * `bank_transfer` may come without an opened row: VAT and bonus are then decided here, now.
 */
export interface RecordTopup extends Clocked {
  key: string;
  topupId: TopupId;
  /** net */
  amountCents: Cents;
  /** omit for manual and bank transfer: decided by the terms */
  vatCents?: Cents;
  currency: string;
  method: TopupMethod;
  /** payment intent or bank reference */
  paymentId?: string;
  userId?: string;
  /** demo data only: when it was paid (default now) */
  occurredAt?: Instant;
}

export interface TopupProgress extends Clocked {
  key: string;
  topupId: TopupId;
  paymentId?: string;
}
export interface TopupFailed extends TopupProgress {
  /** code, never text: `card_declined`, `expired`, … */
  reason: string;
}

/**
 * Money goes back. Facts are cumulative, so order and repetition do not matter: `refund` says how much of the gross payment has been
 * refunded in all; `dispute` names a dispute and its state. Before the payment itself is known it leaves a tombstone that the
 * credit finds. Always recorded, also when the balance becomes negative: it has happened.
 */
export type ReverseTopup = Clocked & { key: string; topupId: TopupId; paymentId?: string } & (
    | { kind: 'refund'; refundedGrossCents: Cents }
    | { kind: 'dispute'; disputeId: string; disputedGrossCents: Cents; state: 'open' | 'won' | 'lost' }
  );

export type HoldForCall = Clocked & { key: string; expiresAt: Instant; refs?: Refs } & Estimate;

export interface VoidCallHold extends Clocked {
  /** `call:<id>` */
  key: string;
}

export interface SettleCall extends Clocked {
  /** `call:<id>`, the same as the hold's */
  key: string;
  /** whole seconds of the conversation */
  seconds: number;
  /** when the call ended: decides the period */
  occurredAt: Instant;
  refs?: Refs;
}

export interface ChargeUsage extends Clocked {
  /** `usage:<idempotency key>`, `appointment:<id>` … */
  key: string;
  eventType: EventType;
  /** quantity × 10 000 */
  quantityScaled: number;
  occurredAt: Instant;
  refs?: Refs;
}

export interface Adjust extends Clocked {
  key: string;
  /** signed, net */
  amountCents: Cents;
  account: 'prepaid' | 'bonus';
  /** id of the stored reason; the text lives elsewhere (entries are immutable, texts can be erased) */
  reasonId: string;
  userId?: string;
}

export interface ClosePeriod extends Clocked {
  key: string;
  /** `YYYY-MM` */
  period: string;
}

export interface EntryFilter {
  types?: EntryType[];
  from?: Instant;
  until?: Instant;
  minCents?: Cents;
  maxCents?: Cents;
  referenceId?: string;
}

// ---------------------------------------------------------------- results

export interface TopupResult {
  topup: Topup;
  /** entries written by this command (empty when nothing moved) */
  entryIds: EntryId[];
  balance: BalanceView;
}
export interface HoldResult {
  /** `settled`: the call was charged before its hold arrived, nothing is held */
  status: 'held' | 'settled' | 'not_needed';
  amountMicros: Micros;
  amountCents: Cents;
  expiresAt: Instant;
  balance: BalanceView;
}
export interface ChargeResult {
  /** null when a metered event of no price left no entry */
  entryId: EntryId | null;
  entry: Entry | null;
  exactMicros: Micros;
  /** charged now, positive, minor units */
  postedCents: Cents;
  /** seconds after increment and minimum (calls), else null */
  billedSeconds: number | null;
  /** period the usage was counted in; `late` when its own was closed already */
  period: string;
  late: boolean;
  balance: BalanceView;
}
export interface SpendCheck {
  allowed: boolean;
  reason: 'ok' | 'balance' | 'suspended';
  availableCents: Cents;
  requiredCents: Cents;
  /** lowest balance new spend may reach (0 or negative) */
  floorCents: Cents;
  currency: string;
}
export interface TierPreview {
  bonusCents: Cents;
  tier: BonusTier | null;
  /** the next tier and how much (net) is missing to it: „noch 40 € bis 10 % Bonus" */
  next: { tier: BonusTier; missingCents: Cents; bonusCents: Cents } | null;
  vatCents: Cents;
  grossCents: Cents;
}
/** Everything a top-up form previews: active tiers ascending, VAT, limits. */
export interface BonusTerms {
  tiers: BonusTier[];
  currency: string;
  vat: VatDecision;
  minCents: Cents;
  maxCents: Cents;
}
export interface Page<T> {
  items: T[];
  nextCursor: string | null;
}
export interface VerifyProblem {
  kind: 'chain' | 'sum' | 'balance' | 'gap' | 'account' | 'hold' | 'usage';
  seq: number | null;
  detail: string;
}
export interface VerifyResult {
  ok: boolean;
  entries: number;
  headHash: string;
  /** recomputed from the postings */
  accounts: Record<Account, Micros>;
  problems: VerifyProblem[];
}

/**
 * Everything a room may ask of the tenant's money. Expected refusals of each verb are named; all writing verbs can also refuse with
 * `IDEMPOTENCY_MISMATCH` (same key, other input), `OBJECT_FENCED` (restored object) and `NOT_FOUND ledger` (no terms yet).
 */
export interface LedgerPort {
  /** VALIDATION_ERROR (also: currency may not change once there are entries), VERSION_CONFLICT */
  putTerms(command: PutTerms): Promise<LedgerAnswer<{ version: number }>>;
  terms(): Promise<LedgerAnswer<{ terms: Terms; version: number }>>;
  balance(): Promise<LedgerAnswer<BalanceView>>;
  /** Asks without reserving (inbound call). Lack of money is no refusal: `allowed` and `reason` say it. */
  canSpend(query: Estimate & Clocked): Promise<LedgerAnswer<SpendCheck>>;
  /** Bonus, VAT and next tier for an amount (top-up form). VALIDATION_ERROR */
  previewTopup(query: { amountCents: Cents } & Clocked): Promise<LedgerAnswer<TierPreview>>;
  bonusTiers(query?: Clocked): Promise<LedgerAnswer<BonusTerms>>;
  /** Pending row with the promised bonus and the VAT decision. VALIDATION_ERROR (10 € ≤ amount ≤ 10,000 €) */
  openTopup(command: OpenTopup): Promise<LedgerAnswer<TopupResult>>;
  linkTopup(command: LinkTopup): Promise<LedgerAnswer<TopupResult>>;
  /** NOT_FOUND topup, VALIDATION_ERROR (amount, VAT, currency or payment differ from what was asked) */
  recordTopup(command: RecordTopup): Promise<LedgerAnswer<TopupResult>>;
  topupProcessing(command: TopupProgress): Promise<LedgerAnswer<TopupResult>>;
  topupFailed(command: TopupFailed): Promise<LedgerAnswer<TopupResult>>;
  /** NOT_FOUND topup only for an id that was never opened here */
  reverseTopup(command: ReverseTopup): Promise<LedgerAnswer<TopupResult>>;
  topup(query: { topupId: string }): Promise<LedgerAnswer<Topup>>;
  topups(query: { cursor?: string; limit?: number }): Promise<LedgerAnswer<Page<Topup>>>;
  /** INSUFFICIENT_BALANCE below the floor, TENANT_SUSPENDED */
  holdForCall(command: HoldForCall): Promise<LedgerAnswer<HoldResult>>;
  /** Hold → charge by plan, rest released. Always recorded, also below the floor and after the hold has expired. */
  settleCall(command: SettleCall): Promise<LedgerAnswer<ChargeResult>>;
  /** The call never happened: the hold is released; a later settle still charges. */
  voidCallHold(command: VoidCallHold): Promise<LedgerAnswer<{ released: boolean; balance: BalanceView }>>;
  /** VALIDATION_ERROR (quantity) */
  chargeUsage(command: ChargeUsage): Promise<LedgerAnswer<ChargeResult>>;
  /** VALIDATION_ERROR; the permission is judged at the edge */
  adjust(command: Adjust): Promise<LedgerAnswer<{ entry: Entry; balance: BalanceView }>>;
  /** One `rounding` entry per price line, so that postings equal the invoice line. VALIDATION_ERROR (period not over) */
  closePeriod(
    command: ClosePeriod,
  ): Promise<LedgerAnswer<{ period: string; entryIds: EntryId[]; balance: BalanceView }>>;
  /** Newest first, from the object itself. */
  entries(query: { cursor?: string; limit?: number; filter?: EntryFilter }): Promise<LedgerAnswer<Page<Entry>>>;
  entry(query: { entryId: string }): Promise<LedgerAnswer<Entry>>;
  /** Present period, or a past one. */
  usage(query?: { period?: string } & Clocked): Promise<LedgerAnswer<UsageView>>;
  /** Recomputes chain, sums, balances, holds and price lines from nothing. */
  verify(): Promise<LedgerAnswer<VerifyResult>>;
  /** Asks the object to drain now, at most `ms` (read your writes); answers how far the projection has come. */
  flush(ms: number): Promise<Head>;
  /** Everything D1 should hold of this ledger, page by page (rebuild, reconcile). */
  dump(cursor: string | null, limit: number): Promise<DumpPage>;
  /** Live changes: a WebSocket of the object that the edge turns into SSE. `after`: position of the last event seen. */
  stream(after: StreamPosition | null): Promise<Response>;
}

/** Rows by table name, columns by their D1 names, each with the epoch and seq it stands for. */
export interface DumpPage {
  tables: { table: string; rows: (Record<string, string | number | null> & { epoch: number; seq: number })[] }[];
  next: string | null;
}

// ---------------------------------------------------------------- events (outbox → D1, feed, live stream, effects)

/** Event names and bodies; ids and numbers only. One `ledger.posted` per command, whatever it moved. */
export type LedgerEvent =
  | { type: 'ledger.terms_changed'; v: 1; entity: string; body: { version: number; currency: string; terms: Terms } }
  | {
      type: 'ledger.posted';
      v: 1;
      /** id of the first entry, or the command key when only usage accrued */
      entity: string;
      body: { entries: Entry[]; balance: BalanceView; usage: { period: string; line: UsageLine }[] };
    }
  /** `became`: the status it just reached, null when only an amount or a link changed */
  | { type: 'ledger.topup_changed'; v: 1; entity: TopupId; body: { topup: Topup; became: TopupStatus | null } }
  | { type: 'ledger.period_closed'; v: 1; entity: string; body: { period: string } }
  | {
      type: 'balance.low';
      v: 1;
      /** `{percent}:{crossing}` */
      entity: string;
      body: {
        /** percent of the last top-up that was crossed; 0 = used up */
        percent: number;
        urgency: Urgency;
        balanceCents: Cents;
        currency: string;
        /** counts crossings, so that each is one notification */
        crossing: number;
      };
    };
export type Urgency = 'info' | 'warning' | 'critical' | 'empty';
export type LedgerEventType = LedgerEvent['type'];
