/** Pure: what a fault of D1 says: it could not do its work now, or it will never take these rows. Called by http/problem.ts, the objects' sinks and log-lines.ts. */

/** As D1 and SQLite say it: locked by another, too much at once, restarted, out of reach. A broken statement or constraint is none of them. */
const AWAY =
  /database (?:table )?is locked|SQLITE_(?:BUSY|LOCKED|INTERRUPT)|D1 DB (?:is overloaded|storage operation exceeded timeout|reset)|storage caused object to be reset|Network connection lost|Cannot resolve D1 DB|internal error; reference|D1 refused/i;
/**
 * A row that breaks a rule of its table, or is larger than a row may be: the same rows are refused at every try. What a trigger raises is
 * none of it (its words are ours), nor is a table or column that a migration still has to bring.
 */
const NEVER = /(?:NOT NULL|UNIQUE|CHECK|FOREIGN KEY) constraint failed|SQLITE_TOOBIG|string or blob too big/;
/** Causes looked at: Drizzle wraps D1's own fault, D1 wraps SQLite's. */
const MAX_CAUSES = 5;

function says(fault: unknown, words: RegExp): boolean {
  let at = fault;
  for (let depth = 0; at instanceof Error && depth < MAX_CAUSES; depth++, at = at.cause)
    if (words.test(at.message)) return true;
  return false;
}

export const isD1Away = (fault: unknown): boolean => says(fault, AWAY);
/** The same of a fault that is a text by now: a line of the log. */
export const saysD1Away = (text: string): boolean => AWAY.test(text);

export const isRefusedForGood = (fault: unknown): boolean => says(fault, NEVER);
