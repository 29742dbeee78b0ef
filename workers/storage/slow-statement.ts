/** Pure: what a statement of D1 is called in a log line: its shape, no value of anybody. Called by d1.ts. */

/** Longest shape that is kept. */
const MAX_SHAPE = 400;

/** Verb, table and text without texts, numbers and the length of lists. Values are bound and never in it; what a query writes down itself goes as well. */
export function shapeOf(query: string): { verb: string; table: string | null; statement: string } {
  const statement = query
    .replaceAll(/'(?:[^']|'')*'/g, "'…'")
    .replaceAll(/\?\d+/g, '?')
    .replaceAll(/(?<![\w"])-?\d+(?:\.\d+)?(?![\w"])/g, '0')
    .replaceAll(/\s+/g, ' ')
    .replaceAll(/\(\s*\?(?:\s*,\s*\?)+\s*\)/g, '(?, …)')
    .replaceAll(/(\(\?, …\))(?:\s*,\s*\(\?, …\))+/g, '$1, …')
    .trim();
  return {
    verb: (/^\w+/.exec(statement)?.[0] ?? '').toLowerCase(),
    table: /\b(?:from|into|update)\s+"?(\w+)"?/i.exec(statement)?.[1] ?? null,
    statement: statement.slice(0, MAX_SHAPE),
  };
}
