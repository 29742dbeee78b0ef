/**
 * The verification of a ledger in its object: page by page, other requests in between, and from where the last one came to unless all of it
 * is asked for. The checkpoint lies in the object's file and goes back with it. Called by ledger-object.ts.
 */
import { pause } from '../object-runtime/wait.ts';
import type { Book } from './rules/post.ts';
import { LedgerCheck, NOTHING_VERIFIED, type Verified } from './rules/verify.ts';
import { entriesAfter } from './entries.ts';
import { storedBeside, topupsAfter } from './queries.ts';
import { TOOLS } from './commands/parts.ts';
import { ACCOUNTS, type VerifyResult } from './types.ts';

/** Entries of a page: about 30 µs each, so that nobody waits longer than for a booking. */
const PAGE = 500;
/** Top-ups of a page: each with a search for its entries. */
const TOPUPS_PAGE = 100;
const CHECKPOINT = 'verified';

/** A checkpoint as it was stored (the column holds JSON only); null when another version wrote it. */
function readCheckpoint(body: string): Verified | null {
  const kept = JSON.parse(body) as Partial<Verified> | null;
  const { seq, hash, accounts, facts } = kept ?? {};
  if (!Number.isSafeInteger(seq) || typeof hash !== 'string') return null;
  const whole = ACCOUNTS.every((account) => Number.isSafeInteger(accounts?.[account]));
  return whole && isObject(facts?.lines) && isObject(facts?.attested) ? (kept as Verified) : null;
}
const isObject = (value: unknown): boolean => typeof value === 'object' && value !== null;

function checkpointOf(sql: SqlStorage): Verified {
  const row = sql.exec('SELECT body FROM _checkpoints WHERE name = ?', CHECKPOINT).toArray()[0];
  const kept = row ? readCheckpoint(String(row['body'])) : null;
  if (kept === null) return NOTHING_VERIFIED;
  const [entry] = entriesAfter(sql, kept.seq - 1, 1);
  // Its own entry is the least that must be as it was; if it isn't, everything is looked at.
  return entry?.seq === kept.seq && entry.hash === kept.hash ? kept : NOTHING_VERIFIED;
}

/**
 * @param book read anew at the end: commands go on meanwhile
 * @param full from the first entry; else from the checkpoint
 */
export async function verifyInPages(sql: SqlStorage, book: () => Book | null, full: boolean): Promise<VerifyResult> {
  const check = new LedgerCheck(TOOLS, full ? NOTHING_VERIFIED : checkpointOf(sql));
  // Every top-up, each time: what was paid back may concern one of any age. Row and entries are read in the same turn.
  for (let afterId = ''; ; await pause(0)) {
    const page = topupsAfter(sql, afterId, TOPUPS_PAGE);
    for (const topup of page) check.topup(topup);
    const last = page.at(-1);
    if (last === undefined || page.length < TOPUPS_PAGE) break;
    afterId = last.row.id;
  }
  // By the numbers that are there: those of a tampered file need not be the ones that are expected.
  let after = check.at.seq;
  for (;;) {
    const page = entriesAfter(sql, after, PAGE);
    for (const entry of page) check.add(entry);
    after = page.at(-1)?.seq ?? after;
    if (page.length < PAGE) {
      // In the same turn as the last page: nothing is committed in between.
      const result = check.end(storedBeside(sql, book()));
      if (result.ok)
        sql.exec(
          'INSERT OR REPLACE INTO _checkpoints (name, body) VALUES (?, ?)',
          CHECKPOINT,
          JSON.stringify(check.at),
        );
      return result;
    }
    await pause(0);
  }
}
