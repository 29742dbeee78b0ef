/** Reads of the ledger's own SQLite: entries, top-ups, usage, dump pages. Called by `ledger-object.ts`. */
import type { Instant } from '../../shared/clock.ts';
import type { EntryId } from '../../shared/ids.ts';
import {
  asCents,
  asMicros,
  type Micros,
  microsPerMinor,
  microsToCentsExact,
  microsToCentsHalfUp,
} from '../../shared/money.ts';
import { dayStart } from '../../shared/time.ts';
import { nextPeriod } from './rules/charge.ts';
import { periodTotal, UNITS_PER_MINUTE } from './rules/pricing.ts';
import type { Book } from './rules/post.ts';
import type { Stored } from './rules/verify.ts';
import { holdOf, lineOf } from './schema.ts';
import { type TopupRow, topupView } from './rules/topup.ts';
import {
  type Account,
  type Entry,
  type EntryFilter,
  type EntryType,
  type Page,
  type Posting,
  QUANTITY_SCALE,
  type Refs,
  type Terms,
  type Topup,
  type UsageLine,
  type UsageView,
} from './types.ts';

export const DEFAULT_PAGE = 25;
const MAX_PAGE = 500;

type Row = Record<string, SqlStorageValue>;
const text = (row: Row, name: string): string => String(row[name]);
const optional = (row: Row, name: string): string | null => (row[name] === null ? null : String(row[name]));
const micros = (row: Row, name: string): Micros => asMicros(Number(row[name]));

function entryOf(row: Row, postings: Posting[]): Entry {
  const currency = text(row, 'currency');
  const amountMicros = micros(row, 'amount_micros');
  const balanceAfterMicros = micros(row, 'balance_after_micros');
  const refs: Record<string, string> = {};
  for (const [column, field] of [
    ['reference_type', 'referenceType'],
    ['reference_id', 'referenceId'],
    ['company_id', 'companyId'],
    ['branch_id', 'branchId'],
    ['customer_id', 'customerId'],
  ] as const) {
    const value = optional(row, column);
    if (value !== null) refs[field] = value;
  }
  return {
    id: text(row, 'id') as EntryId,
    seq: Number(row['seq']),
    type: text(row, 'type') as EntryType,
    amountMicros,
    amountCents: microsToCentsExact(amountMicros, currency),
    balanceBeforeMicros: micros(row, 'balance_before_micros'),
    balanceAfterMicros,
    balanceAfterCents: microsToCentsExact(balanceAfterMicros, currency),
    exactMicros: row['exact_micros'] === null ? null : micros(row, 'exact_micros'),
    currency,
    priceLine: optional(row, 'price_line'),
    refs: refs as Refs,
    descriptionKey: text(row, 'description_key'),
    epochLink: optional(row, 'epoch_link'),
    key: text(row, 'key'),
    occurredAt: Number(row['occurred_at']) as Instant,
    createdAt: Number(row['created_at']) as Instant,
    postings,
    prevHash: text(row, 'prev_hash'),
    hash: text(row, 'hash'),
  };
}

/** Entries with their postings, in the order given. */
function withPostings(sql: SqlStorage, rows: Row[]): Entry[] {
  if (rows.length === 0) return [];
  const postings = new Map<number, Posting[]>();
  for (const p of sql.exec(
    'SELECT seq, account, amount_micros FROM postings WHERE seq IN (SELECT value FROM json_each(?)) ORDER BY seq, account',
    JSON.stringify(rows.map((row) => Number(row['seq']))),
  )) {
    const seq = Number(p['seq']);
    const known = postings.get(seq);
    const posting = { account: text(p, 'account') as Account, amountMicros: micros(p, 'amount_micros') };
    if (known) known.push(posting);
    else postings.set(seq, [posting]);
  }
  return rows.map((row) => entryOf(row, postings.get(Number(row['seq'])) ?? []));
}

/** Newest first. The cursor is the number of the last entry shown. */
export function entryPage(
  sql: SqlStorage,
  cursor: string | undefined,
  limit: number,
  filter: EntryFilter,
  currency: string,
): Page<Entry> {
  const size = Math.min(Math.max(1, limit), MAX_PAGE);
  const before = cursor !== undefined && /^\d{1,15}$/.test(cursor) ? Number(cursor) : Number.MAX_SAFE_INTEGER;
  const conditions = ['seq < ?'];
  const bindings: (string | number)[] = [before];
  const add = (condition: string, value: string | number | undefined): void => {
    if (value === undefined) return;
    conditions.push(condition);
    bindings.push(value);
  };
  add(
    'type IN (SELECT value FROM json_each(?))',
    filter.types === undefined ? undefined : JSON.stringify(filter.types),
  );
  add('created_at >= ?', filter.from);
  add('created_at < ?', filter.until);
  add('reference_id = ?', filter.referenceId);
  const per = microsPerMinor(currency);
  add('amount_micros >= ?', filter.minCents === undefined ? undefined : filter.minCents * per);
  add('amount_micros <= ?', filter.maxCents === undefined ? undefined : filter.maxCents * per);
  const rows = sql
    .exec(`SELECT * FROM entries WHERE ${conditions.join(' AND ')} ORDER BY seq DESC LIMIT ?`, ...bindings, size + 1)
    .toArray();
  const shown = rows.slice(0, size);
  const items = withPostings(sql, shown);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > size && last ? String(last.seq) : null };
}

export function entryById(sql: SqlStorage, id: string): Entry | null {
  return withPostings(sql, sql.exec('SELECT * FROM entries WHERE id = ?', id).toArray())[0] ?? null;
}

/** Entries after a number, ascending: backlog of a stream, pages of verify and dump. */
export function entriesAfter(sql: SqlStorage, seq: number, limit: number): Entry[] {
  return withPostings(sql, sql.exec('SELECT * FROM entries WHERE seq > ? ORDER BY seq LIMIT ?', seq, limit).toArray());
}

/** Every entry, read page by page so that a long ledger is never in memory as a whole. */
export function* allEntries(sql: SqlStorage): Generator<Entry> {
  let after = 0;
  for (;;) {
    const page = entriesAfter(sql, after, MAX_PAGE);
    const last = page.at(-1);
    if (!last) return;
    yield* page;
    after = last.seq;
  }
}

const viewOf = (row: Row): Topup | null => topupView(JSON.parse(text(row, 'body')) as TopupRow);
const isTopup = (view: Topup | null): view is Topup => view !== null;

/** Newest first. The cursor is `createdAt:id` of the last one shown. */
export function topupPage(sql: SqlStorage, cursor: string | undefined, limit: number): Page<Topup> {
  const size = Math.min(Math.max(1, limit), MAX_PAGE);
  const match = /^(\d{1,15}):(.{1,128})$/.exec(cursor ?? '');
  const [at, id] = match ? [Number(match[1]), match[2] ?? ''] : [Number.MAX_SAFE_INTEGER, ''];
  const rows = sql
    .exec(
      'SELECT body FROM topups WHERE asked = 1 AND (created_at < ? OR (created_at = ? AND id < ?)) ORDER BY created_at DESC, id DESC LIMIT ?',
      at,
      at,
      id,
      size + 1,
    )
    .toArray();
  const items = rows.slice(0, size).map(viewOf).filter(isTopup);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > size && last ? `${last.createdAt}:${last.id}` : null };
}

/** Top-ups that changed at or after an entry's number. */
export function topupsChangedSince(sql: SqlStorage, bookSeq: number, limit: number): Topup[] {
  return sql
    .exec('SELECT body FROM topups WHERE asked = 1 AND book_seq >= ? ORDER BY book_seq LIMIT ?', bookSeq, limit)
    .toArray()
    .map(viewOf)
    .filter(isTopup);
}

export function periodLines(sql: SqlStorage, period: string): UsageLine[] {
  return sql.exec('SELECT * FROM usage_lines WHERE period = ? ORDER BY price_line', period).toArray().map(lineOf);
}

/** Usage of a period and what the plan makes of it, read from one row per price line. */
export function usageView(terms: Terms, period: string, closed: boolean, lines: UsageLine[]): UsageView {
  const units = (eventType: string): number =>
    lines.filter((l) => l.eventType === eventType).reduce((sum, l) => sum + l.quantityUnits, 0);
  const exact = (match: (line: UsageLine) => boolean): Micros =>
    asMicros(lines.filter(match).reduce((sum, l) => sum + l.exactMicros, 0));
  const { currency } = terms;
  const { baseFeeCents } = periodTotal(terms.plan, 0, 0, currency);
  const minutesCents = microsToCentsHalfUp(
    exact((l) => l.eventType === 'voice_minute'),
    currency,
  );
  const appointmentsCents = microsToCentsHalfUp(
    exact((l) => l.eventType === 'appointment'),
    currency,
  );
  const otherCents = microsToCentsHalfUp(
    exact((l) => l.eventType !== 'voice_minute' && l.eventType !== 'appointment'),
    currency,
  );
  const first = `${period}-01`;
  const next = `${nextPeriod(period)}-01`;
  return {
    period,
    periodStart: dayStart(first, terms.timeZone),
    periodEnd: dayStart(next, terms.timeZone),
    closed,
    lines,
    calculations: {
      baseFeeCents,
      minutesCents,
      appointmentsCents,
      otherCents,
      totalCents: asCents(baseFeeCents + minutesCents + appointmentsCents + otherCents),
    },
    minutes: units('voice_minute') / UNITS_PER_MINUTE,
    appointments: units('appointment') / QUANTITY_SCALE,
    calls: lines.filter((l) => l.eventType === 'voice_minute').reduce((sum, l) => sum + l.count, 0),
  };
}

/** All that `verify` recomputes: the book, every entry page by page, living holds and price lines. */
export const storedLedger = (sql: SqlStorage, book: Book | null): Stored => ({
  ...storedBeside(sql, book),
  entries: allEntries(sql),
});

/** What `verify` compares the entries with. */
export function storedBeside(sql: SqlStorage, book: Book | null): Omit<Stored, 'entries'> {
  const lines = sql.exec('SELECT * FROM usage_lines').toArray();
  return {
    book,
    holds: sql.exec("SELECT * FROM holds WHERE status = 'held'").toArray().map(holdOf),
    lines: lines.map((row) => ({ period: String(row['period']), line: lineOf(row) })),
  };
}
