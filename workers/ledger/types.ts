/**
 * The language of money: accounts, entries, holds, top-ups, terms, inputs and answers of commands, which payments, telephony, web apps, demo
 * data and tests code against. Its entry point is `port.ts`.
 *
 * Reading aid: amounts ending in `Micros` are 1e-6 of the currency unit, in `Cents` minor units. All amounts the customer
 * sees are net under `vat_timing: on_topup` (the default). Nothing here holds names, numbers, e-mail or free text.
 */
import type { Instant } from '../../shared/clock.ts';
import type { EntryId, TopupId } from '../../shared/ids.ts';
import type { Cents, Micros } from '../../shared/money.ts';
import type { AppointmentSource } from '../../shared/appointment-status.ts';
import type {
  CaptureKind,
  RefundState,
  ReservationState,
  TransferAccount,
  TransferCause,
} from '../../shared/money-status.ts';
import type {
  Account,
  BalanceView,
  BonusTier,
  Entry,
  EntryType,
  EventType,
  Invoice,
  Refs,
  Statement,
  Terms,
  Topup,
  TopupMethod,
  Transfer,
  UsageLine,
  VatDecision,
} from '../events/ledger.ts';

// ---------------------------------------------------------------- rows

export { ACCOUNTS, ENTRY_TYPES, EVENT_TYPES, REFUND_ON_CANCEL } from '../events/ledger.ts';
export type {
  Account,
  Attests,
  BalanceView,
  BonusTier,
  Entry,
  EntryType,
  EventType,
  Invoice,
  InvoiceLine,
  Plan,
  Posting,
  PricingModel,
  Refs,
  Statement,
  Terms,
  Topup,
  TopupMethod,
  TopupStatus,
  Transfer,
  Urgency,
  UsageLine,
  VatCategory,
  VatDecision,
  VatInputs,
} from '../events/ledger.ts';

/** A quantity of 1 as commands write it: four decimals. */
export const QUANTITY_SCALE = 10_000;

/** An amount that is set aside until it is captured, in parts if need be, or released. */
export interface Reservation {
  id: string;
  account: TransferAccount;
  amountMicros: Micros;
  capturedMicros: Micros;
  state: ReservationState;
  /** null: it stays until somebody ends it */
  expiresAt: Instant | null;
  /** what it is for: a noun and its id, or a stored reason */
  reference: string;
  createdAt: Instant;
}

export type HoldStatus = 'held' | 'captured' | 'voided' | 'expired';
export interface AmountHold {
  /** `call:<id>` */
  key: string;
  amountMicros: Micros;
  status: HoldStatus;
  expiresAt: Instant;
}

/** What was charged per day, so that nobody has to add up entries. */
export interface Spending {
  /** positive, of the days looked at */
  cents: Cents;
  /** first charge of them; null: nothing was charged */
  since: Instant | null;
}

/** What was used of one thing in one step of time, by when it happened. */
export interface UsageSum {
  eventType: EventType;
  /** an hour's first instant in ISO, a day as `YYYY-MM-DD`, a month as `YYYY-MM`, by the tenant's clock */
  at: string;
  count: number;
  quantityUnits: number;
  unitsPerOne: number;
}

export interface UsageView {
  /** `YYYY-MM` in the tenant's zone */
  period: string;
  periodStart: Instant;
  periodEnd: Instant;
  closed: boolean;
  lines: UsageLine[];
  /** what the plan makes of it: of a closed month what was stored then, of an open one what it would be now */
  calculations: Invoice;
  minutes: number;
  appointments: number;
  calls: number;
}

/** What a month will come to when it goes on as it went. */
export interface Outlook {
  /** by thing, in units of its line */
  units: Partial<Record<EventType, number>>;
  totalCents: Cents;
}

/** A month as the usage API shows it. */
export interface MonthSums {
  view: UsageView;
  /** whose calendar the month is of */
  zone: string;
  /** days of it so far, today counted; 0: none */
  elapsed: number;
  /** what it will come to when it goes on as it went */
  outlook: Outlook;
  /** its quantities at list price, nothing included */
  listed: Partial<Record<EventType, { units: number; unitsPerOne: number; cents: Cents }>>;
  /** null: it is open; `statement` null: closed in the time before */
  closed: { at: Instant; statement: Statement | null } | null;
}

// ---------------------------------------------------------------- commands (ids and numbers only)

/** The request's clock (development may move it); no part of the command's identity. Default: the process clock. */
export interface Clocked {
  now?: Instant;
  /** who asked, `kind:id`, for the activity log; absent: the machinery that the key names */
  causer?: string;
}

export interface PutTerms extends Clocked {
  key: string;
  terms: Terms;
  /** 0 = there are none yet; omit to overwrite whatever stands (demo data) */
  expectedVersion?: number;
  /** demo data and tests only, with the first terms: the first day of base fees, `YYYY-MM-DD` (default: today) */
  billingFrom?: string;
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

/** Stores which Checkout session a pending top-up was sent to. */
export interface LinkTopup extends Clocked {
  key: string;
  topupId: TopupId;
  checkoutSessionId: string;
}

/**
 * The money of an opened top-up is there, as Stripe says. Key is the payment (`stripe:<payment_intent>`), never the event, so several
 * events about one payment credit once.
 */
interface RecordPayment extends Clocked {
  key: string;
  topupId: TopupId;
  method: 'stripe';
  /** what was paid, VAT included. null: recorded by an earlier version, which had compared it */
  grossCents: Cents | null;
  currency: string;
  /** payment intent */
  paymentId?: string;
  /** Checkout session that says so: must be the linked one */
  sessionId?: string;
  /** demo data only: when it was paid (default now) */
  occurredAt?: Instant;
}
/** Booked by hand or from a bank statement, mostly without an opened row: VAT and bonus are then decided now. */
export type RecordBooking = Clocked & {
  key: string;
  topupId: TopupId;
  /** net */
  amountCents: Cents;
  currency: string;
  /** bank reference */
  paymentId?: string;
  userId?: string;
  /** demo data only: when it was paid (default now) */
  occurredAt?: Instant;
} & (
    | { method: 'bank_transfer' }
    /** money booked by hand earns its bonus only where that is said */
    | { method: 'manual'; bonus: boolean }
  );
export type RecordTopup = RecordPayment | RecordBooking;

export interface TopupProgress extends Clocked {
  key: string;
  topupId: TopupId;
  paymentId?: string;
  /** Checkout session that says so: must be the linked one */
  sessionId?: string;
}
export interface TopupFailed extends TopupProgress {
  /** code, never text: `card_declined`, `expired`, … */
  reason: string;
}

/**
 * Money goes back. Facts only grow, so order and repetition do not matter: `refund` says how much of the gross payment has been refunded in
 * all, `refund_state` what became of one refund, `dispute` how much a dispute has taken by so many movements of money at Stripe (they are
 * only ever added to). Reported before the payment itself, it waits on the opened top-up. Always recorded, also when the balance becomes
 * negative: it has happened.
 */
export type ReverseTopup = Clocked & { key: string; topupId: TopupId; paymentId?: string; currency?: string } & (
    | { kind: 'refund'; refundedGrossCents: Cents }
    | { kind: 'refund_state'; refundId: string; refundGrossCents: Cents; state: RefundState }
    | { kind: 'dispute'; disputeId: string; withdrawnGrossCents: Cents; movements: number }
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

/** One of a batch: what happened, known again by the hashes of its key and of its content. */
export interface MeteredEvent {
  /** first 16 bytes of the hash of its idempotency key, in hex */
  key: string;
  /** first 8 bytes of the hash of its content, in hex */
  body: string;
  eventType: EventType;
  /** quantity × 10 000 */
  quantityScaled: number;
  occurredAt: Instant;
  /** `storage_mb` only: what was stored is gone; it counts from the next month on */
  released?: boolean;
}
/** Up to 1,000 metered events, charged together. */
export interface ChargeUsageBatch extends Clocked {
  /** `usage:<batch>` */
  key: string;
  /** name of the raw events in the archive, and the folders there that hold them: a restore reads them again */
  batch: string;
  folders: readonly string[];
  events: readonly MeteredEvent[];
}
/** What became of one event of a batch, in the batch's order. */
export type MeteredResult =
  /** `late`: its own month was closed already */
  | { status: 'accepted'; late: boolean }
  | { status: 'duplicate' }
  | { status: 'rejected'; code: 'VALIDATION_ERROR' | 'IDEMPOTENCY_MISMATCH' | 'TOO_OLD' | 'IN_FUTURE' };
export interface ChargeBatchResult {
  results: MeteredResult[];
  /** one a price line that something became due on */
  entryIds: EntryId[];
  /** charged now, positive, minor units */
  postedCents: Cents;
  balance: BalanceView;
}

/** An appointment became confirmed, or was cancelled: its fee is charged or comes back. */
export interface SettleAppointment extends Clocked {
  /** names the change that causes it */
  key: string;
  appointmentId: string;
  /** of the appointment after the change: changes count in their own order, whenever they arrive */
  version: number;
  change: 'confirmed' | 'cancelled_in_time' | 'cancelled_late';
  source: AppointmentSource;
  /** when it was confirmed or cancelled: decides terms and period */
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

/** Money leaves for the ledger of another tenant. */
export interface SendTransfer extends Clocked {
  /** made by the caller: the id is the idempotency key */
  transferId: string;
  to: string;
  account: TransferAccount;
  amountCents: Cents;
  currency: string;
  cause: TransferCause;
}

/** What the sender's object asks of the receiver's. */
export interface ReceiveTransfer extends Clocked {
  transferId: string;
  from: string;
  account: TransferAccount;
  amountCents: Cents;
  currency: string;
  cause: TransferCause;
  sentAt: Instant;
  /** the receiving tenant is closed, as the sender's object reads at each try */
  closed: boolean;
}

/** The receiver has answered. */
export interface EndTransfer extends Clocked {
  transferId: string;
}
export interface ReturnTransfer extends EndTransfer {
  reason: NonNullable<Transfer['reason']>;
}

export interface ReserveAmount extends Clocked {
  /** made by the caller: the id is the idempotency key */
  reservationId: string;
  account: TransferAccount;
  amountCents: Cents;
  currency: string;
  /** what it is for: a noun and its id, or a stored reason; never text */
  reference: string;
  /** absent: it stays until somebody ends it */
  expiresAt?: Instant;
}

export interface CaptureReservation extends Clocked {
  /** names this capture: a reservation may be captured in parts */
  key: string;
  reservationId: string;
  /** absent: all that is left */
  amountCents?: Cents;
  as: CaptureKind;
}

export interface ReleaseReservation extends Clocked {
  reservationId: string;
  as: 'released' | 'expired';
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
  /** `settled`, `voided`, `expired`: the call was charged, never happened, or the hold has lapsed; nothing is held (any more) */
  status: 'held' | 'settled' | 'voided' | 'expired' | 'not_needed';
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
export interface TransferResult {
  transfer: Transfer;
  balance: BalanceView;
}
/** What a receiver says of a transfer, now and whenever it is asked again. */
export interface ReceiveResult {
  /** null: it was taken */
  refused: Transfer['reason'];
}
export interface ReservationResult {
  reservation: Reservation;
  balance: BalanceView;
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
export interface AppointmentFeeResult {
  /** null: nothing moved */
  entryId: EntryId | null;
  /** charged now, negative when it came back, minor units */
  postedCents: Cents;
  /** whether the fee stands after this */
  charged: boolean;
  balance: BalanceView;
}
export interface VerifyProblem {
  kind: 'chain' | 'sum' | 'balance' | 'gap' | 'account' | 'hold' | 'usage' | 'topup' | 'terms' | 'close' | 'transfer';
  seq: number | null;
  detail: string;
}
/** An entry as D1 keeps it: the witness of what was written. */
export interface WitnessRow {
  sequence: number;
  id: string;
  type: string;
  balanceBeforeCents: number;
  balanceAfterCents: number;
  exactMicros: number | null;
  currency: string;
  priceLine: string | null;
  referenceType: string | null;
  referenceId: string | null;
  companyId: string | null;
  branchId: string | null;
  customerId: string | null;
  descriptionKey: string;
  /** `{account: micros}` as JSON */
  postings: string;
  /** what the entry vouches for beside itself, as JSON: a part of its hash */
  attests: string | null;
  key: string;
  hash: string;
  occurredAt: number;
  createdAt: number;
}
export interface VerifyResult {
  ok: boolean;
  entries: number;
  headHash: string;
  /** recomputed from the postings */
  accounts: Record<Account, Micros>;
  problems: VerifyProblem[];
}

/** Rows by table name, columns by their D1 names, each with the epoch and seq it stands for. */
export interface DumpPage {
  tables: { table: string; rows: (Record<string, string | number | null> & { epoch: number; seq: number })[] }[];
  next: string | null;
}
