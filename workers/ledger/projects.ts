/** The ledger's events as D1 rows. Pure; handed to the projection by the object; its dump (rebuild) uses the same row functions. */
import { type Micros, microsToCentsExact } from '../../shared/money.ts';
import type { LedgerEventType } from '../events/catalogue.ts';
import type { EntryType } from '../events/ledger.ts';
import {
  type Audits,
  newestIn,
  type Position,
  positionOf,
  type Projected,
  type ProjectedRow,
  type Projects,
  rowIn,
} from '../projection/rows.ts';
import {
  balances,
  ledgerEntries,
  ledgerTransfers,
  periodStatements,
  topups,
  usageLines,
} from '../storage/tables/ledger.ts';
import type { BalanceView, Entry, Invoice, Statement, Topup, Transfer, UsageLine } from './types.ts';

const cents = (micros: Micros, currency: string): number => microsToCentsExact(micros, currency);

export const entryRow = (e: Entry, at: Position): ProjectedRow => ({
  sequence: e.seq,
  id: e.id,
  type: e.type,
  amount_cents: e.amountCents,
  balance_before_cents: cents(e.balanceBeforeMicros, e.currency),
  balance_after_cents: e.balanceAfterCents,
  exact_micros: e.exactMicros,
  currency: e.currency,
  price_line: e.priceLine,
  reference_type: e.refs.referenceType ?? null,
  reference_id: e.refs.referenceId ?? null,
  company_id: e.refs.companyId ?? null,
  branch_id: e.refs.branchId ?? null,
  customer_id: e.refs.customerId ?? null,
  description_key: e.descriptionKey,
  postings: JSON.stringify(Object.fromEntries(e.postings.map((p) => [p.account, p.amountMicros]))),
  attests: e.attests ? JSON.stringify(e.attests) : null,
  key: e.key,
  hash: e.hash,
  occurred_at: e.occurredAt,
  created_at: e.createdAt,
  ...at,
});

export const topupRow = (t: Topup, at: Position): ProjectedRow => ({
  id: t.id,
  method: t.method,
  amount_cents: t.amountCents,
  vat_cents: t.vatCents,
  gross_cents: t.grossCents,
  bonus_cents: t.bonusCents,
  bonus_tier_id: t.bonusTierId,
  currency: t.currency,
  status: t.status,
  refunded_cents: t.refundedCents,
  disputed_cents: t.disputedCents,
  vat: JSON.stringify(t.vat),
  company_id: t.companyId,
  user_id: t.userId,
  payment_id: t.paymentId,
  checkout_session_id: t.checkoutSessionId,
  failure_reason: t.failureReason,
  created_at: t.createdAt,
  paid_at: t.paidAt,
  version: t.version,
  ...at,
});

export const balanceRow = (b: BalanceView, at: Position): ProjectedRow => ({
  currency: b.currency,
  available_cents: b.availableCents,
  prepaid_cents: b.prepaidCents,
  bonus_cents: b.bonusCents,
  held_cents: b.heldCents,
  sequence: b.sequence,
  terms_version: b.termsVersion,
  ...at,
});

export const usageRow = (period: string, l: UsageLine, at: Position): ProjectedRow => ({
  period,
  price_line: l.priceLine,
  event_type: l.eventType,
  units_per_one: l.unitsPerOne,
  count: l.count,
  quantity_units: l.quantityUnits,
  billable_units: l.billableUnits,
  unit_price_micros: l.unitPriceMicros,
  exact_micros: l.exactMicros,
  posted_micros: l.postedMicros,
  ...at,
});

export const transferRow = (t: Transfer, at: Position): ProjectedRow => ({
  id: t.key,
  transfer_id: t.id,
  direction: t.direction,
  peer_id: t.peerId,
  account: t.account,
  amount_cents: t.amountCents,
  currency: t.currency,
  cause: t.cause,
  state: t.state,
  reason: t.reason,
  sent_at: t.sentAt,
  ended_at: t.endedAt,
  ...at,
});

export const statementRow = (
  { at: closedAt, statement, invoice }: { at: number; statement: Statement; invoice: Invoice },
  at: Position,
): ProjectedRow => ({
  period: statement.period,
  closed_at: closedAt,
  currency: invoice.currency,
  first_number: statement.firstSeq,
  last_number: statement.lastSeq,
  opening_cents: cents(statement.openingMicros, invoice.currency),
  closing_cents: cents(statement.closingMicros, invoice.currency),
  total_cents: invoice.totalCents,
  sums: JSON.stringify(statement.sums),
  invoice: JSON.stringify(invoice),
  ...at,
});

/** Tables of the dump. */
export const LEDGER_TABLES = {
  entries: ledgerEntries,
  topups,
  balances,
  usage: usageLines,
  transfers: ledgerTransfers,
  statements: periodStatements,
} as const;

const nothing = (): Projected[] => [];

/** Which rows each event of the ledger becomes. Balances and usage lines are snapshots: the last of a page is what holds. */
export const LEDGER_PROJECTS: Projects<LedgerEventType> = {
  'ledger.posted': (event) => {
    const { entries, balance, usage } = event.body;
    const at = positionOf(event);
    return [
      ...entries.map((entry) => rowIn(ledgerEntries, entryRow(entry, at))),
      newestIn(balances, 'balance', () => balanceRow(balance, at)),
      ...usage.map(({ period, line }) =>
        newestIn(usageLines, `${period} ${line.priceLine}`, () => usageRow(period, line, at)),
      ),
    ];
  },
  'ledger.topup_changed': (event) => {
    const { topup } = event.body;
    return [newestIn(topups, topup.id, () => topupRow(topup, positionOf(event)))];
  },
  'ledger.transfer_changed': (event) => {
    const { transfer } = event.body;
    return [newestIn(ledgerTransfers, transfer.key, () => transferRow(transfer, positionOf(event)))];
  },
  'ledger.terms_changed': nothing,
  'ledger.period_closed': (event) => {
    const { period, closed } = event.body;
    if (closed === undefined) return [];
    return [newestIn(periodStatements, period, () => statementRow(closed, positionOf(event)))];
  },
  'balance.low': nothing,
};

/**
 * Entries that the activity log tells of: money that somebody moved by hand, and money that went back. All others are the price of something
 * that has a row or a receipt of its own (call, appointment, usage, month) or follow from a top-up, which is told of by its status; the
 * list of entries, itself append-only and chained, is their log.
 */
const IS_TOLD: Readonly<Record<EntryType, boolean>> = {
  adjustment: true,
  transfer: true,
  payout: true,
  // a part of a top-up that goes back leaves its status as it is
  refund: true,
  topup: false,
  bonus: false,
  call_cost: false,
  usage: false,
  appointment_fee: false,
  subscription: false,
  commission: false,
  hold: false,
  release: false,
  rounding: false,
};

/** What the activity log says of each event of the ledger. */
export const LEDGER_AUDITS: Audits<LedgerEventType> = {
  'ledger.posted': ({ body }) => {
    if (body.recorded)
      return {
        log: 'money',
        subjectType: 'usage',
        subjectId: body.recorded.batch,
        changes: { events: [null, body.recorded.accepted] },
      };
    const entry = body.entries.find(({ type }) => IS_TOLD[type]);
    return entry
      ? {
          log: 'money',
          subjectType: 'entry',
          subjectId: entry.id,
          changes: { type: [null, entry.type], amount_cents: [null, entry.amountCents] },
        }
      : null;
  },
  'ledger.topup_changed': ({ body: { topup, became } }) =>
    became === null
      ? null
      : {
          log: 'money',
          subjectType: 'topup',
          subjectId: topup.id,
          changes: { status: [null, became], amount_cents: [null, topup.amountCents] },
        },
  'ledger.terms_changed': ({ body }) => ({
    log: 'money',
    subjectType: 'terms',
    subjectId: String(body.version),
    fields: Object.keys(body.terms),
    changes: { version: [body.version - 1, body.version] },
  }),
  // Sent, received and returned are entries, which are told of; arriving there is what they were sent for.
  'ledger.transfer_changed': () => null,
  'ledger.period_closed': ({ body }) => ({ log: 'money', subjectType: 'period', subjectId: body.period }),
  'balance.low': () => null,
};
