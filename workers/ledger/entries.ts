/** Entries with their postings in the ledger's own SQLite: read, and written once. Called by `queries.ts`, `schema.ts` (the store), `repair.ts` and `ledger-object.ts`. */
import type { Instant } from '../../shared/clock.ts';
import type { EntryId } from '../../shared/ids.ts';
import { asMicros, type Micros, microsToCentsExact } from '../../shared/money.ts';
import type { Account, Attests, Entry, EntryType, Posting, Refs } from './types.ts';

/** Most rows of one read. */
export const MAX_PAGE = 500;

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
    ...(row['attests'] === null ? {} : { attests: JSON.parse(text(row, 'attests')) as Attests }),
    prevHash: text(row, 'prev_hash'),
    hash: text(row, 'hash'),
  };
}

/** Entries with their postings, in the order given. */
export function withPostings(sql: SqlStorage, rows: Row[]): Entry[] {
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

export function entryById(sql: SqlStorage, id: string): Entry | null {
  return withPostings(sql, sql.exec('SELECT * FROM entries WHERE id = ?', id).toArray())[0] ?? null;
}

/** Entries after a number, ascending: backlog of a stream, pages of verify and dump. */
export function entriesAfter(sql: SqlStorage, seq: number, limit: number): Entry[] {
  return withPostings(sql, sql.exec('SELECT * FROM entries WHERE seq > ? ORDER BY seq LIMIT ?', seq, limit).toArray());
}

/** Entries that point at one thing, in order. */
export function entriesAbout(sql: SqlStorage, type: NonNullable<Refs['referenceType']>, id: string): Entry[] {
  const rows = sql.exec(
    'SELECT * FROM entries WHERE reference_id = ? AND reference_type = ? ORDER BY seq LIMIT ?',
    id,
    type,
    MAX_PAGE,
  );
  return withPostings(sql, rows.toArray());
}

/** Writes an entry with its postings under its number, which must be free. */
export function insertEntry(sql: SqlStorage, e: Entry): void {
  sql.exec(
    `INSERT INTO entries (seq, id, type, amount_micros, balance_before_micros, balance_after_micros, exact_micros, currency, price_line,
       reference_type, reference_id, company_id, branch_id, customer_id, description_key, epoch_link, key, occurred_at, created_at, prev_hash, hash,
       attests)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    e.seq,
    e.id,
    e.type,
    e.amountMicros,
    e.balanceBeforeMicros,
    e.balanceAfterMicros,
    e.exactMicros,
    e.currency,
    e.priceLine,
    e.refs.referenceType ?? null,
    e.refs.referenceId ?? null,
    e.refs.companyId ?? null,
    e.refs.branchId ?? null,
    e.refs.customerId ?? null,
    e.descriptionKey,
    e.epochLink,
    e.key,
    e.occurredAt,
    e.createdAt,
    e.prevHash,
    e.hash,
    e.attests ? JSON.stringify(e.attests) : null,
  );
  for (const { account, amountMicros } of e.postings)
    sql.exec('INSERT INTO postings (seq, account, amount_micros) VALUES (?, ?, ?)', e.seq, account, amountMicros);
}
