/**
 * Entries that somebody changed in the object's file are set back to what D1 witnesses, but only what the chain of hashes proves: the
 * entry's own hash must be the one that the next entry names before it (or the book, of the newest), and it must name the one before.
 * Called by ledger-object.ts for the operator's command.
 */
import type { EntryId } from '../../shared/ids.ts';
import { asMicros, microsPerMinor, microsToCentsExact } from '../../shared/money.ts';
import type { Instant } from '../../shared/clock.ts';
import { TOOLS } from './commands/parts.ts';
import { entriesAfter, insertEntry } from './entries.ts';
import { type Book, GENESIS_HASH, hashOf } from './rules/post.ts';
import type { Account, Attests, Entry, EntryType, Refs, WitnessRow } from './types.ts';

export interface Repaired {
  /** numbers that were set back */
  repaired: number[];
  /** numbers at which D1 says something else than the object, and the chain does not prove it */
  unproven: number[];
}

const REFS = ['referenceType', 'referenceId', 'companyId', 'branchId', 'customerId'] as const;

/** The entry that D1's row tells of; what D1 does not keep is given. */
function witnessed(row: WitnessRow, prevHash: string, epochLink: string | null): Entry {
  const amounts = JSON.parse(row.postings) as Record<string, number>;
  const postings = Object.entries(amounts)
    .map(([account, amount]) => ({ account: account as Account, amountMicros: asMicros(amount) }))
    .sort((a, b) => (a.account < b.account ? -1 : 1));
  const amountMicros = asMicros((amounts['prepaid'] ?? 0) + (amounts['bonus'] ?? 0));
  const per = microsPerMinor(row.currency);
  const refs = Object.fromEntries(REFS.flatMap((name) => (row[name] === null ? [] : [[name, row[name]]])));
  return {
    id: row.id as EntryId,
    seq: row.sequence,
    type: row.type as EntryType,
    amountMicros,
    amountCents: microsToCentsExact(amountMicros, row.currency),
    balanceBeforeMicros: asMicros(row.balanceBeforeCents * per),
    balanceAfterMicros: asMicros(row.balanceAfterCents * per),
    balanceAfterCents: microsToCentsExact(asMicros(row.balanceAfterCents * per), row.currency),
    exactMicros: row.exactMicros === null ? null : asMicros(row.exactMicros),
    currency: row.currency,
    priceLine: row.priceLine,
    refs: refs as Refs,
    descriptionKey: row.descriptionKey,
    epochLink,
    key: row.key,
    occurredAt: row.occurredAt as Instant,
    createdAt: row.createdAt as Instant,
    postings,
    ...(row.attests === null ? {} : { attests: JSON.parse(row.attests) as Attests }),
    prevHash,
    hash: row.hash,
  };
}

/** Writes over the row of this number. The triggers that make entries immutable are out of the way for it, inside the transaction. */
function overwrite(sql: SqlStorage, e: Entry): void {
  sql.exec('DELETE FROM postings WHERE seq = ?', e.seq);
  sql.exec('DELETE FROM entries WHERE seq = ?', e.seq);
  insertEntry(sql, e);
}

/** @param rows of D1, in the order of their numbers, without gaps */
export function repairEntries(storage: DurableObjectStorage, book: Book, rows: readonly WitnessRow[]): Repaired {
  const { sql } = storage;
  const outcome: Repaired = { repaired: [], unproven: [] };
  const at = (seq: number): Entry | null => {
    const [entry] = entriesAfter(sql, seq - 1, 1);
    return entry?.seq === seq ? entry : null;
  };
  storage.transactionSync(() => {
    const triggers = sql
      .exec<{ name: string; sql: string }>(
        "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND tbl_name IN ('entries', 'postings')",
      )
      .toArray();
    for (const { name } of triggers) sql.exec(`DROP TRIGGER "${name}"`);
    for (const row of rows) {
      const own = at(row.sequence);
      const prevHash = row.sequence === 1 ? GENESIS_HASH : at(row.sequence - 1)?.hash;
      if (row.sequence > book.seq || prevHash === undefined) continue;
      if (own?.hash === row.hash && own.prevHash === prevHash && hashOf(own, TOOLS) === own.hash) continue;
      const named = row.sequence === book.seq ? book.headHash : at(row.sequence + 1)?.prevHash;
      // Which epoch an entry begins is not kept in D1: most begin none.
      const original = [null, own?.epochLink ?? null]
        .map((epochLink) => witnessed(row, prevHash, epochLink))
        .find((entry) => hashOf(entry, TOOLS) === entry.hash && entry.hash === named);
      if (original === undefined) outcome.unproven.push(row.sequence);
      else {
        overwrite(sql, original);
        outcome.repaired.push(row.sequence);
      }
    }
    for (const trigger of triggers) sql.exec(trigger.sql);
  });
  return outcome;
}
