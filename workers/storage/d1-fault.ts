/** Pure: whether what was thrown says that D1 could not do its work now, and may a moment later. Called by http/problem.ts. */

/** As D1 and SQLite say it: locked by another, too much at once, restarted, out of reach. A broken statement or constraint is none of them. */
const AWAY =
  /database (?:table )?is locked|SQLITE_(?:BUSY|LOCKED|INTERRUPT)|D1 DB (?:is overloaded|storage operation exceeded timeout|reset)|storage caused object to be reset|Network connection lost|Cannot resolve D1 DB|internal error; reference|D1 refused/i;
/** Causes looked at: Drizzle wraps D1's own fault, D1 wraps SQLite's. */
const MAX_CAUSES = 5;

export function isD1Away(fault: unknown): boolean {
  let at = fault;
  for (let depth = 0; at instanceof Error && depth < MAX_CAUSES; depth++, at = at.cause)
    if (AWAY.test(at.message)) return true;
  return false;
}
