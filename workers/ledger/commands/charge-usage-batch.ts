/** Many metered events at once. */
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { asMicros, type Micros, microsToCentsExact } from '../../../shared/money.ts';
import { assert, ok } from '../../../shared/result.ts';
import { DAY } from '../../../shared/time.ts';
import type { NewEvent } from '../../object-runtime/events.ts';
import type { JsonObject } from '../../object-runtime/hash.ts';
import { accrue, emptyLine } from '../rules/accrue.ts';
import { openPeriod, periodOf, type Priced, usageDraft, usageRefusal } from '../rules/charge.ts';
import { type BalanceParts, balanceView, type Draft, partsOf, post } from '../rules/post.ts';
import { scaledToUnits, type UnitPrice, unitPriceOf } from '../rules/pricing.ts';
import { apply } from '../rules/spend.ts';
import { monthNumber } from '../rules/usage-time.ts';
import type { LedgerStore } from '../store.ts';
import type { UsageKey } from '../usage-tables.ts';
import { EVENT_TYPES, type EventType } from '../types.ts';
import type * as Types from '../types.ts';
import {
  balanceAgain,
  causeKey,
  causeOf,
  commit,
  invalid,
  ledgerCommand,
  noLedger,
  open,
  type Open,
  pricedAt,
} from './parts.ts';

/** Events of one batch: its transaction stays below 100 ms. */
export const MAX_BATCH = 1_000;
/** A single event may not be larger than this quantity (1,000,000 units with four decimals). */
const MAX_QUANTITY_SCALED = 1_000_000 * 10_000;

/** Keys that nobody needs any more are looked for then, if no other wake comes before. */
const TIDY_AFTER_MS = 30 * DAY;

const HASHES = /^[0-9a-f]{32} [0-9a-f]{16}$/;
const TYPES: ReadonlySet<string> = new Set(EVENT_TYPES);
/** What people pay for by the piece shows in the list even when it is included; mass events only when they cost something. */
const alwaysEntry = (eventType: EventType): boolean => eventType === 'voice_minute' || eventType === 'appointment';

/** What became due on one price line. */
interface Due {
  period: string;
  eventType: EventType;
  price: UnitPrice;
  /** as it stood before the batch, and as it stands now */
  before: Types.UsageLine;
  line: Types.UsageLine;
  /** the latest of its events */
  occurredAt: Instant;
}
/** Use of one thing in one month, with what of it has not been priced yet. */
interface Running {
  units: number;
  waiting: { due: Due; units: number; count: number } | null;
}

/** How long the outcome answers a repeat: who brings a batch again does it within an hour. */
const OUTCOME_KEPT_MS = 3 * DAY;

/** One letter an event. */
const LETTERS = {
  accepted: 'a',
  late: 'l',
  duplicate: 'd',
  VALIDATION_ERROR: 'v',
  IDEMPOTENCY_MISMATCH: 'm',
  TOO_OLD: 'o',
  IN_FUTURE: 'f',
} as const;
const letterOf = (one: Types.MeteredResult): string => {
  if (one.status === 'accepted') return one.late ? LETTERS.late : LETTERS.accepted;
  return one.status === 'duplicate' ? LETTERS.duplicate : LETTERS[one.code];
};
const RESULTS: ReadonlyMap<string, Types.MeteredResult> = new Map<string, Types.MeteredResult>([
  [LETTERS.accepted, { status: 'accepted', late: false }],
  [LETTERS.late, { status: 'accepted', late: true }],
  [LETTERS.duplicate, { status: 'duplicate' }],
  ...(['VALIDATION_ERROR', 'IDEMPOTENCY_MISMATCH', 'TOO_OLD', 'IN_FUTURE'] as const).map(
    (code) => [LETTERS[code], { status: 'rejected', code }] as const,
  ),
]);
const resultOf = (letter: string): Types.MeteredResult => {
  const result = RESULTS.get(letter);
  assert(result, `no result of an event is written ${letter}`);
  return result;
};
/** What is kept of a batch. */
interface Kept {
  said: string;
  entryIds: Types.Entry['id'][];
  postedCents: Types.ChargeBatchResult['postedCents'];
  after: BalanceParts;
}

interface BatchRecord {
  batch: string;
  folders: readonly string[];
}
/** Raw events as a restore reads them again, by the name of their batch. */
export type RestoredBatches = ReadonlyMap<string, readonly Types.MeteredEvent[]>;

/**
 * Charges up to 1,000 events by the plan of the day each happened, and answers one result for each. Events of one price line are accrued
 * together: one entry a price line, one `ledger.posted` in all; what is charged is what the events would be charged one by one in this order,
 * because postings are differences of a cumulative sum. A repeat of an event is known by its key as long as its month can be charged.
 *
 * The batch's own outcome is kept three days, a letter an event, so that whoever was interrupted learns what to file; after that the keys of
 * its events are its memory. Its record holds the name of the raw events, not the events: neither outbox nor feed carries them, and a restore
 * takes them from the archive.
 *
 * Refusals: NOT_FOUND ledger, VALIDATION_ERROR (`events`: more than 1,000). Of single events: VALIDATION_ERROR, IDEMPOTENCY_MISMATCH, TOO_OLD,
 * IN_FUTURE.
 */
export const chargeUsageBatch = {
  ...ledgerCommand<Types.ChargeUsageBatch, Types.ChargeBatchResult, Kept>({
    name: 'chargeUsageBatch',
    key: causeKey,
    keepMs: OUTCOME_KEPT_MS,
    made: ['now', 'causer', 'events', 'folders'],
    unrecorded: ['now', 'events'],
    kept: ({ results, entryIds, postedCents, balance }) => ({
      said: results.map(letterOf).join(''),
      entryIds,
      postedCents,
      after: partsOf(balance),
    }),
    again: (store, { said, entryIds, postedCents, after }) => ({
      results: [...said].map(resultOf),
      entryIds,
      postedCents,
      balance: balanceAgain(store, after),
    }),
    decide(store, { key, batch, events, causer }, now) {
      if (events.length > MAX_BATCH) return invalid('events', `at most ${MAX_BATCH}`);
      const start = open(store);
      if (!start) return noLedger();
      const { accepted, results } = judge(store, start, events, now);
      const unmoved = { results, entryIds: [], postedCents: microsToCentsExact(asMicros(0), start.book.currency) };
      if (accepted.length === 0) return ok({ value: { ...unmoved, balance: balanceView(start.book) }, events: [] });
      const dues = accrueAll(store, start, accepted);
      writeBeside(store, start, accepted, now);
      const { drafts, posted: due } = draftsOf(start, dues, batch);
      const posted = post(start.book, drafts, causeOf(key, now));
      for (const { period, line } of dues) store.saveLine(period, line);
      const usage = dues.map(({ period, line }) => ({ period, line }));
      const { balance, events: told } = commit(store, start, { ...posted, usage }, { key, now });
      return ok({
        value: {
          results,
          entryIds: posted.entries.map(({ id }) => id),
          postedCents: microsToCentsExact(due, start.book.currency),
          balance,
        },
        events: isSomebodys(causer) ? told.map((event) => withRecorded(event, batch, accepted.length)) : told,
      });
    },
    restore: (command: JsonObject, drained) => {
      const { batch } = command as unknown as BatchRecord;
      return { ...command, events: ((drained as RestoredBatches | undefined)?.get(batch) ?? []) as never };
    },
  }),
  /** Where a restore finds the events of a recorded batch. */
  needs: (command: JsonObject): BatchRecord => {
    const { batch, folders } = command as unknown as BatchRecord;
    return { batch, folders };
  },
};

/** What producers of ours used tells no log; what a person or a key recorded does. */
const isSomebodys = (causer: string | undefined): boolean => causer !== undefined && !causer.startsWith('system:');

const withRecorded = (event: NewEvent, batch: string, accepted: number): NewEvent =>
  event.type === 'ledger.posted' && typeof event.body === 'object'
    ? { ...event, body: { ...event.body, recorded: { batch, accepted } } }
    : event;

interface Accepted {
  event: Types.MeteredEvent;
  units: number;
  period: string;
  /** the month it happened in */
  own: string;
  priced: Priced;
}

/** Each event by itself: known, wrong, too old, or to be charged. */
function judge(
  store: LedgerStore,
  start: Open,
  events: readonly Types.MeteredEvent[],
  now: Instant,
): { accepted: Accepted[]; results: Types.MeteredResult[] } {
  const { timeZone: zone } = start.terms;
  const lastClosed = store.lastClosed();
  const closings = new Map<string, Instant | null>();
  const closedAt = (period: string): Instant | null => {
    const known = closings.get(period);
    if (known !== undefined) return known;
    const at = store.closedAt(period);
    closings.set(period, at);
    return at;
  };
  const known = store.usage.knownKeys(events.map(({ key }) => key));
  const pricedOf = pricing(store, start, events);
  const accepted: Accepted[] = [];
  const results = events.map((event): Types.MeteredResult => {
    const { key, body, eventType, quantityScaled, occurredAt, released } = event;
    const stored = known.get(key);
    if (stored !== undefined)
      return stored === body ? { status: 'duplicate' } : { status: 'rejected', code: 'IDEMPOTENCY_MISMATCH' };
    const isSaid =
      HASHES.test(`${key} ${body}`) &&
      TYPES.has(eventType) &&
      Number.isSafeInteger(quantityScaled) &&
      quantityScaled >= 0 &&
      quantityScaled <= MAX_QUANTITY_SCALED &&
      Number.isSafeInteger(occurredAt) &&
      (released !== true || eventType === 'storage_mb');
    if (!isSaid) return { status: 'rejected', code: 'VALIDATION_ERROR' };
    const refused = usageRefusal(occurredAt, now, zone, closedAt);
    if (refused) return { status: 'rejected', code: refused.code as 'TOO_OLD' | 'IN_FUTURE' };
    known.set(key, body);
    const { period, late } = openPeriod(occurredAt, now, zone, lastClosed);
    const own = periodOf(occurredAt, zone);
    accepted.push({
      event,
      units: scaledToUnits(eventType, quantityScaled),
      period,
      own,
      priced: pricedOf(occurredAt),
    });
    return { status: 'accepted', late };
  });
  return { accepted, results };
}

/** The plan in force at an instant; asked once where the first and the last event have the same, because versions only rise with time. */
function pricing(store: LedgerStore, start: Open, events: readonly Types.MeteredEvent[]): (at: Instant) => Priced {
  const times = events.map(({ occurredAt }) => occurredAt).filter((at) => Number.isSafeInteger(at));
  const [first, last] = times.reduce<[Instant, Instant] | []>(
    ([least, most], at) => [
      least === undefined || at < least ? at : least,
      most === undefined || at > most ? at : most,
    ],
    [],
  );
  if (first === undefined || last === undefined) return (at) => pricedAt(store, start, at);
  const ends = [pricedAt(store, start, first), pricedAt(store, start, last)] as const;
  return ends[0].version === ends[1].version ? () => ends[0] : (at) => pricedAt(store, start, at);
}

/** Adds the events to their price lines in their order; neighbours of one line go together. */
function accrueAll(store: LedgerStore, start: Open, accepted: readonly Accepted[]): Due[] {
  const { currency } = start.book;
  const dues = new Map<string, Due>();
  const running = new Map<string, Running>();
  const settle = (use: Running): void => {
    if (use.waiting === null) return;
    const { due, units, count } = use.waiting;
    const { line } = accrue(due.line, due.price, use.units, units, currency);
    due.line = { ...line, count: due.line.count + count };
    use.units += units;
    use.waiting = null;
  };
  for (const { event, units, period, priced } of accepted) {
    if (event.released === true) continue;
    const { eventType, occurredAt } = event;
    const thing = `${period} ${eventType}`;
    const name = `${thing} ${priced.version}`;
    const used = dues.has(name) ? null : store.used(period, eventType, priced.version);
    const use = running.get(thing) ?? { units: used?.units ?? 0, waiting: null };
    running.set(thing, use);
    let due = dues.get(name);
    if (!due) {
      const price = unitPriceOf(priced.plan, eventType);
      const before = used?.line ?? emptyLine(eventType, priced.version, price);
      due = { period, eventType, price, before, line: before, occurredAt };
      dues.set(name, due);
    }
    if (occurredAt > due.occurredAt) due.occurredAt = occurredAt;
    if (use.waiting?.due !== due) settle(use);
    use.waiting ??= { due, units: 0, count: 0 };
    use.waiting.units += units;
    use.waiting.count++;
  }
  for (const use of running.values()) settle(use);
  return [...dues.values()];
}

/** One entry a price line, each taking its money after the one before. */
function draftsOf({ book, terms }: Open, dues: readonly Due[], batch: string): { drafts: Draft[]; posted: Micros } {
  const drafts: Draft[] = [];
  let { accounts } = book;
  let posted = 0;
  for (const { period, eventType, before, line, occurredAt } of dues) {
    const exactMicros = asMicros(line.exactMicros - before.exactMicros);
    const postedMicros = asMicros(line.postedMicros - before.postedMicros);
    posted += postedMicros;
    if (exactMicros === 0 && !alwaysEntry(eventType)) continue;
    const refs = { referenceType: 'usage_event', referenceId: batch } as const;
    const due = { line, exactMicros, postedMicros };
    const draft = usageDraft({ accounts }, terms, due, { eventType, occurredAt, period, refs });
    accounts = apply(accounts, draft.postings);
    drafts.push(draft);
  }
  return { drafts, posted: asMicros(posted) };
}

/** Keys, sums by the hour, level of storage. */
function writeBeside(store: LedgerStore, { terms }: Open, accepted: readonly Accepted[], now: Instant): void {
  store.usage.addKeys(
    accepted.map(({ event: { key, body }, own }): UsageKey => ({ key, body, month: monthNumber(own) })),
  );
  const counted = accepted.filter(({ event }) => event.released !== true);
  store.usage.addSums(
    counted.map(({ event: { eventType, occurredAt: at }, units }) => ({ eventType, at, count: 1, units })),
    terms.timeZone,
    now,
  );
  const moves = new Map<string, { stored: number; released: number }>();
  for (const { event, units, period } of accepted) {
    if (event.eventType !== 'storage_mb') continue;
    const move = moves.get(period) ?? { stored: 0, released: 0 };
    move[event.released === true ? 'released' : 'stored'] += units;
    moves.set(period, move);
  }
  for (const [period, move] of moves) store.usage.moveStorage(period, move);
  store.wakeAt(asInstant(now + TIDY_AFTER_MS));
}
