/**
 * Every command of the ledger: load facts from the store, call the pure rule, write rows, name the events. Synchronous; runs inside
 * the kit's transaction (a refusal rolls back). Called by `ledger-object.ts`, and by tests over a store in memory.
 */
import type { Instant } from '../../shared/clock.ts';
import type { DomainError } from '../../shared/errors.ts';
import { asCents, asMicros, type Cents, centsToMicros, type Micros, microsToCentsExact } from '../../shared/money.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { makeEvent } from '../events/catalogue.ts';
import type { NewEvent } from '../object-runtime/events.ts';
import type { Decision } from '../object-runtime/command.ts';
import { closeLine } from './accrue.ts';
import { chargeUsage, openPeriod, periodOf, roundingDraft, type Used } from './charge.ts';
import { decideHold, estimateOf, releaseDraft } from './hold.ts';
import { balanceView, type Book, type Cause, type Draft, GENESIS_HASH, NO_MONEY, post, spendable } from './post.ts';
import { billedSeconds, scaledToUnits, secondsToUnits } from './pricing.ts';
import { apply, coverOverdraft, merge, postings } from './spend.ts';
import type { LedgerStore, StoredHold } from './store.ts';
import { termsProblems } from './terms.ts';
import { FRESH_THRESHOLDS, type ThresholdState, watch } from './thresholds.ts';
import {
  amountRefusal,
  learn,
  type News,
  openTopup,
  settleTopup,
  statusOf,
  type TopupRow,
  tombstone,
  topupView,
} from './topup.ts';
import type * as Types from './types.ts';

/** Tools a pure rule may not fetch itself. */
export type Tools = Pick<Cause, 'hash' | 'canonical'>;

/**
 * Keys under which commands are remembered. Callers name the cause (`stripe:pi_…`, `call:…`); several commands of one cause differ by what
 * they say. Entry ids follow from these keys, so they must be as distinct.
 */
export const logKeys = {
  linkTopup: (c: Types.LinkTopup) => `${c.key}:link`,
  topupProcessing: (c: Types.TopupProgress) => `${c.key}:processing`,
  topupFailed: (c: Types.TopupFailed) => `${c.key}:failed:${c.reason}`,
  reverseTopup: (c: Types.ReverseTopup) =>
    c.kind === 'refund' ? `${c.key}:refund:${c.refundedGrossCents}` : `${c.key}:dispute:${c.disputeId}:${c.state}`,
  holdForCall: (c: { key: string }) => `${c.key}:hold`,
  releaseHold: (c: { key: string; as: 'voided' | 'expired' }) => `${c.key}:${c.as}`,
} as const;

type Decided<T> = Result<Decision<T>, DomainError>;

/** A single event may not be larger than this quantity (1,000,000 units with four decimals). */
const MAX_QUANTITY_SCALED = 1_000_000 * 10_000;
/** A call can't last longer than a day. */
const MAX_CALL_SECONDS = 86_400;
const MAX_ADJUST_CENTS = 100_000_000;
/** A hold that somebody forgot lapses after this long at the latest. */
const MAX_HOLD_MS = 6 * 3_600_000;
/** Price lines of a period: event types × changes of terms in a month. */
const MAX_LINES_PER_PERIOD = 2_000;

const invalid = (field: string, text: string): { ok: false; error: DomainError } =>
  err({ code: 'VALIDATION_ERROR', errors: { [field]: [text] } });
const noLedger = (): { ok: false; error: DomainError } => err({ code: 'NOT_FOUND', entity: 'ledger' });

interface Open {
  book: Book;
  thresholds: ThresholdState;
  terms: Types.Terms;
}

function open(store: LedgerStore): Open | null {
  const stored = store.book();
  return stored ? { ...stored, terms: store.terms(stored.book.termsVersion) } : null;
}

/**
 * The common end of every command: entries and book are stored, low balance is watched, and one `ledger.posted` says what moved.
 * @param lastTopup net amount of a top-up credited by this command: the new base of the thresholds
 */
function commit(
  store: LedgerStore,
  start: Open,
  after: {
    book: Book;
    entries: readonly Types.Entry[];
    lastTopup?: Micros;
    usage?: { period: string; line: Types.UsageLine }[];
  },
  key: string,
): { balance: Types.BalanceView; events: NewEvent[] } {
  const settled = (book: Book): Micros => asMicros(spendable(book.accounts) + book.accounts.held);
  const base =
    after.lastTopup === undefined ? start.thresholds : { ...start.thresholds, lastTopupMicros: after.lastTopup };
  const watched = watch(base, start.terms.thresholdPercents, settled(start.book), settled(after.book));
  store.addEntries(after.entries);
  store.saveBook(after.book, watched.state);
  const balance = balanceView(after.book);
  const events: NewEvent[] = [];
  if (after.entries.length > 0 || after.usage) {
    events.push(makeEvent('ledger.posted', { entries: [...after.entries], balance, usage: after.usage ?? [] }, key));
  }
  if (watched.crossing) {
    const { percent, urgency, crossing } = watched.crossing;
    events.push(
      makeEvent('balance.low', {
        percent,
        urgency,
        crossing,
        balanceCents: balance.availableCents,
        currency: balance.currency,
      }),
    );
  }
  return { balance, events };
}

// ---------------------------------------------------------------- terms

export function putTerms(store: LedgerStore, command: Types.PutTerms, now: Instant): Decided<{ version: number }> {
  const problems = termsProblems(command.terms);
  if (Object.keys(problems).length > 0) return err({ code: 'VALIDATION_ERROR', errors: problems });
  const stored = store.book();
  const current = stored?.book.termsVersion ?? 0;
  if (command.expectedVersion !== undefined && command.expectedVersion !== current) {
    return err({
      code: 'VERSION_CONFLICT',
      details: { expected_version: command.expectedVersion, current_version: current },
    });
  }
  if (stored && stored.book.currency !== command.terms.currency && stored.book.seq > 0) {
    return invalid('currency', 'a ledger with entries keeps its currency');
  }
  const version = current + 1;
  store.addTerms(version, command.terms, now);
  const book: Book = stored
    ? { ...stored.book, currency: command.terms.currency, termsVersion: version }
    : {
        currency: command.terms.currency,
        termsVersion: version,
        accounts: NO_MONEY,
        seq: 0,
        headHash: GENESIS_HASH,
        epochLink: null,
      };
  store.saveBook(book, stored?.thresholds ?? FRESH_THRESHOLDS);
  return ok({
    value: { version },
    events: [
      makeEvent('ledger.terms_changed', { version, currency: command.terms.currency, terms: command.terms }),
      makeEvent('ledger.posted', { entries: [], balance: balanceView(book), usage: [] }, command.key),
    ],
  });
}

// ---------------------------------------------------------------- top-ups

function topupDecision(
  store: LedgerStore,
  start: Open,
  before: TopupRow | null,
  learned: TopupRow,
  cause: Cause,
): Decided<Types.TopupResult> {
  const settled = settleTopup(learned, start.book, cause);
  const row = { ...settled.row, version: (before?.version ?? 0) + 1 };
  store.saveTopup(row, settled.book.seq);
  const { balance, events } = commit(
    store,
    start,
    {
      book: settled.book,
      entries: settled.entries,
      ...(settled.credited && row.asked
        ? { lastTopup: centsToMicros(row.asked.amountCents, start.book.currency) }
        : {}),
    },
    cause.key,
  );
  const topup = topupView(row);
  if (!topup) {
    // A tombstone: no view yet, but the command must leave the object, so that a restore can replay it.
    return ok({
      value: { topup: tombstoneView(row, start.terms), entryIds: [], balance },
      events: [...events, makeEvent('ledger.topup_changed', { topup: tombstoneView(row, start.terms), became: null })],
    });
  }
  const became = before?.asked && statusOf(before) === topup.status ? null : topup.status;
  return ok({
    value: { topup, entryIds: settled.entries.map((e) => e.id), balance },
    events: [...events, makeEvent('ledger.topup_changed', { topup, became })],
  });
}

/** How a tombstone looks outside: a pending top-up of nothing, until it is asked for. */
function tombstoneView(row: TopupRow, terms: Types.Terms): Types.Topup {
  const nothing = asCents(0);
  const view = topupView({
    ...row,
    asked: {
      method: 'stripe',
      amountCents: nothing,
      vatCents: nothing,
      bonusCents: nothing,
      bonusTierId: null,
      currency: terms.currency,
      vat: { category: 'S', rateBasisPoints: 0, noteKey: null, inputs: terms.vat },
      companyId: null,
      userId: null,
    },
  });
  if (!view) throw new Error('a row with an ask has a view');
  return view;
}

const causeOf = (key: string, now: Instant, tools: Tools): Cause => ({ key, now, ...tools });

/** A command that changes nothing the world can see answers the present state and leaves no event. */
function unchanged(start: Open, row: TopupRow): Decided<Types.TopupResult> {
  const topup = topupView(row) ?? tombstoneView(row, start.terms);
  return ok({ value: { topup, entryIds: [], balance: balanceView(start.book) }, events: [] });
}

export function openTopupCommand(
  store: LedgerStore,
  command: Types.OpenTopup,
  now: Instant,
  tools: Tools,
): Decided<Types.TopupResult> {
  const start = open(store);
  if (!start) return noLedger();
  const before = store.topup(command.topupId);
  const opened = openTopup(before, start.terms, command, now);
  return opened.ok ? topupDecision(store, start, before, opened.value, causeOf(command.key, now, tools)) : opened;
}

export function linkTopup(
  store: LedgerStore,
  command: Types.LinkTopup,
  now: Instant,
  tools: Tools,
): Decided<Types.TopupResult> {
  const start = open(store);
  if (!start) return noLedger();
  const before = store.topup(command.topupId);
  if (!before?.asked) return err({ code: 'NOT_FOUND', entity: 'topup' });
  const row = { ...before, checkoutSessionId: command.checkoutSessionId };
  return topupDecision(store, start, before, row, causeOf(logKeys.linkTopup(command), now, tools));
}

export function recordTopup(
  store: LedgerStore,
  command: Types.RecordTopup,
  now: Instant,
  tools: Tools,
): Decided<Types.TopupResult> {
  const start = open(store);
  if (!start) return noLedger();
  const before = store.topup(command.topupId);
  let row = before;
  if (!row?.asked) {
    if (command.method === 'stripe') return err({ code: 'NOT_FOUND', entity: 'topup' });
    const refusal = amountRefusal(command.amountCents, command.method);
    if (refusal) return err(refusal);
    const opened = openTopup(row, start.terms, command, command.occurredAt ?? now);
    if (!opened.ok) return opened;
    row = opened.value;
  }
  const { asked } = row;
  if (!asked) return err({ code: 'NOT_FOUND', entity: 'topup' });
  const problems: Record<string, string[]> = {};
  if (command.amountCents !== asked.amountCents) problems['amount_cents'] = [`asked for ${asked.amountCents}`];
  if (command.vatCents !== undefined && command.vatCents !== asked.vatCents)
    problems['vat_cents'] = [`asked for ${asked.vatCents}`];
  if (command.currency !== asked.currency) problems['currency'] = [`asked for ${asked.currency}`];
  if (command.paymentId !== undefined && row.paymentId !== null && row.paymentId !== command.paymentId) {
    problems['payment_id'] = ['this top-up belongs to another payment'];
  }
  if (Object.keys(problems).length > 0) return err({ code: 'VALIDATION_ERROR', errors: problems });
  const facts = learn(row.facts, { kind: 'paid', at: command.occurredAt ?? now });
  const learned = { ...row, facts, paymentId: command.paymentId ?? row.paymentId };
  return topupDecision(store, start, before, learned, causeOf(command.key, now, tools));
}

function hear(
  store: LedgerStore,
  command: { key: string; topupId: Types.Topup['id']; paymentId?: string },
  logKey: string,
  news: News,
  mayBeUnknown: boolean,
  now: Instant,
  tools: Tools,
): Decided<Types.TopupResult> {
  const start = open(store);
  if (!start) return noLedger();
  const before = store.topup(command.topupId);
  if (!before && !mayBeUnknown) return err({ code: 'NOT_FOUND', entity: 'topup' });
  const row = before ?? tombstone(command.topupId, now);
  if (
    command.paymentId !== undefined &&
    row.paymentId !== null &&
    row.paymentId !== command.paymentId &&
    news.kind !== 'failed'
  ) {
    return invalid('payment_id', 'this top-up belongs to another payment');
  }
  const facts = learn(row.facts, news);
  const paymentId = row.paymentId ?? (news.kind === 'failed' ? null : (command.paymentId ?? null));
  if (before && facts === row.facts && paymentId === row.paymentId) return unchanged(start, row);
  return topupDecision(store, start, before, { ...row, facts, paymentId }, causeOf(logKey, now, tools));
}

export const topupProcessing = (store: LedgerStore, command: Types.TopupProgress, now: Instant, tools: Tools) =>
  hear(store, command, logKeys.topupProcessing(command), { kind: 'processing' }, false, now, tools);

export const topupFailed = (store: LedgerStore, command: Types.TopupFailed, now: Instant, tools: Tools) =>
  hear(store, command, logKeys.topupFailed(command), { kind: 'failed', reason: command.reason }, false, now, tools);

export function reverseTopup(
  store: LedgerStore,
  command: Types.ReverseTopup,
  now: Instant,
  tools: Tools,
): Decided<Types.TopupResult> {
  const amount = command.kind === 'refund' ? command.refundedGrossCents : command.disputedGrossCents;
  if (!Number.isSafeInteger(amount) || amount < 0) return invalid('amount_cents', 'must be a whole number from 0');
  const news: News =
    command.kind === 'refund'
      ? { kind: 'refund', refundedGrossCents: amount }
      : { kind: 'dispute', disputeId: command.disputeId, grossCents: amount, state: command.state };
  return hear(store, command, logKeys.reverseTopup(command), news, true, now, tools);
}

// ---------------------------------------------------------------- calls and usage

const callId = (key: string): string => (key.startsWith('call:') ? key.slice(5) : key);
const callRefs = (key: string, refs: Types.Refs | undefined): Types.Refs => ({
  ...refs,
  referenceType: 'call',
  referenceId: callId(key),
});

/** Minutes used in the present period: what a hold's estimate has left of the included ones. */
export function usedMinutes(store: LedgerStore, terms: Types.Terms, termsVersion: number, now: Instant): Used {
  return store.used(periodOf(now, terms.timeZone), 'voice_minute', termsVersion);
}

export function holdForCall(
  store: LedgerStore,
  command: Types.HoldForCall,
  now: Instant,
  tools: Tools,
): Decided<Types.HoldResult> {
  const start = open(store);
  if (!start) return noLedger();
  const expiresAt = Math.min(command.expiresAt, now + MAX_HOLD_MS) as Instant;
  const amount = estimateOf(command, start.terms, usedMinutes(store, start.terms, start.book.termsVersion, now));
  const refs = callRefs(command.key, command.refs);
  const settled = store.hold(command.key)?.status === 'captured';
  const decided = decideHold(start.book, start.terms, { key: command.key, amount, expiresAt, refs }, settled, now);
  if (!decided.ok) return decided;
  const { status, hold, draft } = decided.value;
  const value = (balance: Types.BalanceView): Types.HoldResult => ({
    status,
    amountMicros: hold?.amountMicros ?? asMicros(0),
    amountCents: microsToCentsExact(hold?.amountMicros ?? asMicros(0), start.book.currency),
    expiresAt,
    balance,
  });
  if (!hold) return ok({ value: value(balanceView(start.book)), events: [] });
  store.saveHold({ ...hold, refs });
  store.wakeAt(expiresAt);
  const posted = post(start.book, [draft], causeOf(logKeys.holdForCall(command), now, tools));
  const { balance, events } = commit(store, start, posted, command.key);
  return ok({ value: value(balance), events });
}

export function settleCall(
  store: LedgerStore,
  command: Types.SettleCall,
  now: Instant,
  tools: Tools,
): Decided<Types.ChargeResult> {
  const { seconds } = command;
  if (!Number.isSafeInteger(seconds) || seconds < 0 || seconds > MAX_CALL_SECONDS) {
    return invalid('seconds', `must be a whole number from 0 to ${MAX_CALL_SECONDS}`);
  }
  const start = open(store);
  if (!start) return noLedger();
  const refs = callRefs(command.key, command.refs);
  const hold = store.hold(command.key);
  const billed = billedSeconds(seconds, start.terms.plan);
  const drafts: Draft[] = [];
  let { accounts } = start.book;
  if (hold?.status === 'held') {
    const release = releaseDraft(hold, refs, now);
    drafts.push(release);
    accounts = apply(accounts, release.postings);
  }
  const none: StoredHold = { key: command.key, amountMicros: asMicros(0), status: 'captured', expiresAt: now, refs };
  store.saveHold({ ...(hold ?? none), status: 'captured' });
  return charge(store, { ...start, book: { ...start.book, accounts } }, start, drafts, {
    key: command.key,
    eventType: 'voice_minute',
    units: secondsToUnits(billed),
    occurredAt: command.occurredAt,
    refs,
    type: 'call_cost',
    billedSeconds: billed,
    alwaysEntry: true,
    now,
    tools,
  });
}

export function chargeUsageCommand(
  store: LedgerStore,
  command: Types.ChargeUsage,
  now: Instant,
  tools: Tools,
): Decided<Types.ChargeResult> {
  const { quantityScaled } = command;
  if (!Number.isSafeInteger(quantityScaled) || quantityScaled < 0 || quantityScaled > MAX_QUANTITY_SCALED) {
    return invalid('quantity', 'must be a number from 0 to 1,000,000 with at most four decimals');
  }
  const start = open(store);
  if (!start) return noLedger();
  return charge(store, start, start, [], {
    key: command.key,
    eventType: command.eventType,
    units: scaledToUnits(command.eventType, quantityScaled),
    occurredAt: command.occurredAt,
    refs: command.refs ?? {},
    billedSeconds: null,
    // What people pay for by the piece shows in the list even when it is included; mass events only when they cost something.
    alwaysEntry: command.eventType === 'voice_minute' || command.eventType === 'appointment',
    now,
    tools,
  });
}

interface Charging {
  key: string;
  eventType: Types.EventType;
  units: number;
  occurredAt: Instant;
  refs: Types.Refs;
  type?: Types.EntryType;
  billedSeconds: number | null;
  alwaysEntry: boolean;
  now: Instant;
  tools: Tools;
}

/** @param priced the ledger as the charge sees it (hold released); @param start as it was before the command */
function charge(
  store: LedgerStore,
  priced: Open,
  start: Open,
  before: Draft[],
  what: Charging,
): Decided<Types.ChargeResult> {
  const { terms, book } = priced;
  const { period, late } = openPeriod(what.occurredAt, what.now, terms.timeZone, (p) => store.isClosed(p));
  const used = store.used(period, what.eventType, book.termsVersion);
  const charged = chargeUsage(book, terms, used, { ...what, period });
  store.saveLine(period, charged.line);
  const wanted = what.alwaysEntry || charged.exactMicros !== 0;
  const posted = post(
    start.book,
    wanted ? [...before, charged.draft] : before,
    causeOf(what.key, what.now, what.tools),
  );
  const { balance, events } = commit(store, start, { ...posted, usage: [{ period, line: charged.line }] }, what.key);
  const entry = wanted ? (posted.entries.at(-1) ?? null) : null;
  return ok({
    value: {
      entryId: entry?.id ?? null,
      entry,
      exactMicros: charged.exactMicros,
      postedCents: microsToCentsExact(charged.postedMicros, book.currency),
      billedSeconds: what.billedSeconds,
      period,
      late,
      balance,
    },
    events,
  });
}

/** Why a hold ends without a charge. */
export function releaseHold(
  store: LedgerStore,
  command: { key: string; as: 'voided' | 'expired' },
  now: Instant,
  tools: Tools,
): Decided<{ released: boolean; balance: Types.BalanceView }> {
  const start = open(store);
  if (!start) return noLedger();
  const hold = store.hold(command.key);
  if (hold?.status !== 'held') return ok({ value: { released: false, balance: balanceView(start.book) }, events: [] });
  store.saveHold({ ...hold, status: command.as });
  const posted = post(
    start.book,
    [releaseDraft(hold, hold.refs, now)],
    causeOf(logKeys.releaseHold(command), now, tools),
  );
  const { balance, events } = commit(store, start, posted, command.key);
  return ok({ value: { released: true, balance }, events });
}

// ---------------------------------------------------------------- by hand, and the end of a period

export function adjust(
  store: LedgerStore,
  command: Types.Adjust,
  now: Instant,
  tools: Tools,
): Decided<{ entry: Types.Entry; balance: Types.BalanceView }> {
  const { amountCents } = command;
  if (!Number.isSafeInteger(amountCents) || amountCents === 0 || Math.abs(amountCents) > MAX_ADJUST_CENTS) {
    return invalid('amount_cents', `must be a whole number other than 0, at most ${MAX_ADJUST_CENTS} either way`);
  }
  const start = open(store);
  if (!start) return noLedger();
  const amount = centsToMicros(amountCents as Cents, start.book.currency);
  const moved = postings([command.account, amount], ['adjustments', -amount]);
  const cover = command.account === 'bonus' ? coverOverdraft(apply(start.book.accounts, moved)) : [];
  const draft: Draft = {
    type: 'adjustment',
    postings: merge(moved, cover),
    descriptionKey: 'ledger.adjustment',
    refs: { referenceType: 'reason', referenceId: command.reasonId },
    occurredAt: now,
  };
  const posted = post(start.book, [draft], causeOf(command.key, now, tools));
  const { balance, events } = commit(store, start, posted, command.key);
  const entry = posted.entries[0];
  if (!entry) throw new Error('an adjustment is one entry');
  return ok({ value: { entry, balance }, events });
}

export function closePeriod(
  store: LedgerStore,
  command: Types.ClosePeriod,
  now: Instant,
  tools: Tools,
): Decided<{ period: string; entryIds: Types.Entry['id'][]; balance: Types.BalanceView }> {
  const start = open(store);
  if (!start) return noLedger();
  const { period } = command;
  if (!/^\d{4}-(0[1-9]|1[0-2])$/.test(period)) return invalid('period', 'YYYY-MM');
  if (period >= periodOf(now, start.terms.timeZone)) return invalid('period', 'this period is not over');
  if (store.isClosed(period))
    return ok({ value: { period, entryIds: [], balance: balanceView(start.book) }, events: [] });
  store.closePeriod(period, now);
  const drafts: Draft[] = [];
  const usage: { period: string; line: Types.UsageLine }[] = [];
  let { accounts } = start.book;
  for (const line of store.lines(period).slice(0, MAX_LINES_PER_PERIOD)) {
    const { line: closed, roundingMicros } = closeLine(line, start.book.currency);
    if (roundingMicros === 0) continue;
    const draft = roundingDraft({ ...start.book, accounts }, start.terms, line, period, roundingMicros, now);
    accounts = apply(accounts, draft.postings);
    drafts.push(draft);
    usage.push({ period, line: closed });
    store.saveLine(period, closed);
  }
  const posted = post(start.book, drafts, causeOf(command.key, now, tools));
  const { balance, events } = commit(store, start, { ...posted, usage }, command.key);
  return ok({
    value: { period, entryIds: posted.entries.map((e) => e.id), balance },
    events: [...events, makeEvent('ledger.period_closed', { period })],
  });
}
