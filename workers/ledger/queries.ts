/** Reads of the ledger's own SQLite: entries, top-ups, usage, dump pages. Called by `ledger-object.ts`. */
import { microsPerMinor } from '../../shared/money.ts';
import { entriesAbout, entriesAfter, MAX_PAGE, withPostings } from './entries.ts';
import { nextPeriod, periodStart } from './rules/charge.ts';
import { UNITS_PER_MINUTE } from './rules/pricing.ts';
import type { Book } from './rules/post.ts';
import type { Stored, TopupWithEntries } from './rules/verify.ts';
import { closeRows, holdOf, lineOf, termsRows } from './schema.ts';
import { setAside } from './schema-transfers.ts';
import { topupRowOf, topupView } from './rules/topup.ts';
import {
  type Entry,
  type EntryFilter,
  type Invoice,
  type Page,
  QUANTITY_SCALE,
  type Topup,
  type UsageLine,
  type UsageView,
} from './types.ts';

export const DEFAULT_PAGE = 25;

type Row = Record<string, SqlStorageValue>;
const text = (row: Row, name: string): string => String(row[name]);

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

const viewOf = (row: Row): Topup => topupView(topupRowOf(text(row, 'body')));

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
  const items = rows.slice(0, size).map(viewOf);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > size && last ? `${last.createdAt}:${last.id}` : null };
}

/** Top-ups that changed at or after an entry's number. */
export function topupsChangedSince(sql: SqlStorage, bookSeq: number, limit: number): Topup[] {
  return sql
    .exec('SELECT body FROM topups WHERE asked = 1 AND book_seq >= ? ORDER BY book_seq LIMIT ?', bookSeq, limit)
    .toArray()
    .map(viewOf);
}

/** Usage of a period, read from one row per price line, and what it comes to. @param invoice as it was stored, or as it would be now */
export function usageView(
  zone: string,
  period: string,
  closed: boolean,
  lines: UsageLine[],
  invoice: Invoice,
): UsageView {
  const units = (eventType: string): number =>
    lines.filter((l) => l.eventType === eventType).reduce((sum, l) => sum + l.quantityUnits, 0);
  return {
    period,
    periodStart: periodStart(period, zone),
    periodEnd: periodStart(nextPeriod(period), zone),
    closed,
    lines,
    calculations: invoice,
    minutes: units('voice_minute') / UNITS_PER_MINUTE,
    appointments: units('appointment') / QUANTITY_SCALE,
    calls: lines.filter((l) => l.eventType === 'voice_minute').reduce((sum, l) => sum + l.count, 0),
  };
}

/** All that `verify` recomputes: the book, every entry and top-up page by page, living holds, price lines, terms, closed months. */
export const storedLedger = (sql: SqlStorage, book: Book | null): Stored => ({
  ...storedBeside(sql, book),
  entries: allEntries(sql),
  topups: allTopups(sql),
});

/** What `verify` compares the entries with. */
export function storedBeside(sql: SqlStorage, book: Book | null): Omit<Stored, 'entries' | 'topups'> {
  const lines = sql.exec('SELECT * FROM usage_lines').toArray();
  const aside = setAside(sql);
  return {
    book,
    holds: sql.exec("SELECT * FROM holds WHERE status = 'held'").toArray().map(holdOf),
    lines: lines.map((row) => ({ period: String(row['period']), line: lineOf(row) })),
    terms: termsRows(sql),
    closes: closeRows(sql),
    setAside: {
      transitMicros: book === null ? 0 : aside.transitCents * microsPerMinor(book.currency),
      reservedMicros: aside.reservedMicros,
    },
  };
}

/** A page of top-ups after an id, each with the entries that point at it. */
export const topupsAfter = (sql: SqlStorage, after: string, limit: number): TopupWithEntries[] =>
  sql
    .exec('SELECT body FROM topups WHERE asked = 1 AND id > ? ORDER BY id LIMIT ?', after, limit)
    .toArray()
    .map((row) => {
      const topup = topupRowOf(text(row, 'body'));
      return { row: topup, entries: entriesAbout(sql, 'topup', topup.id) };
    });

function* allTopups(sql: SqlStorage): Generator<TopupWithEntries> {
  let after = '';
  for (;;) {
    const page = topupsAfter(sql, after, MAX_PAGE);
    const last = page.at(-1);
    if (!last) return;
    yield* page;
    after = last.row.id;
  }
}
