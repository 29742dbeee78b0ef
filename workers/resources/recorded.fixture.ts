/** Records the statements that D1 is sent while something runs, to ask D1 how it reads them. Imported by tests only. */
import type { Env } from '../env.ts';

export interface Recorded {
  query: string;
  values: unknown[];
}

/** An environment whose first shard writes down every statement, beside the list of them. */
export function recording(env: Env): { env: Env; statements: Recorded[] } {
  const statements: Recorded[] = [];
  const real = new WeakMap<object, D1PreparedStatement>();
  const wrap = (statement: D1PreparedStatement, noted: Recorded): D1PreparedStatement => {
    const wrapped = {
      bind(...values: unknown[]) {
        const bound = { query: noted.query, values };
        statements[statements.indexOf(noted)] = bound;
        return wrap(statement.bind(...values), bound);
      },
      all: () => statement.all(),
      run: () => statement.run(),
      raw: (options: never) => statement.raw(options),
      first: (column: never) => statement.first(column),
    } as unknown as D1PreparedStatement;
    real.set(wrapped, statement);
    return wrapped;
  };
  const database = {
    prepare(query: string) {
      const noted = { query, values: [] };
      statements.push(noted);
      return wrap(env.DB.prepare(query), noted);
    },
    batch: (batch: D1PreparedStatement[]) => env.DB.batch(batch.map((one) => real.get(one) ?? one)),
  } as unknown as D1Database;
  return { env: { ...env, DB: database }, statements };
}

interface Reading extends Recorded {
  /** lines of EXPLAIN QUERY PLAN */
  plan: string[];
  /** by D1's own count */
  rowsRead: number;
}

/** Statement → its plan: the same for any values, as long as nobody has run ANALYZE, and no migration does. */
const plans = new Map<string, Promise<string[]>>();

/** Lines of EXPLAIN QUERY PLAN, asked once for each statement; it is not run. */
export function plansOf(env: Env, { query, values }: Recorded): Promise<string[]> {
  const known = plans.get(query);
  if (known !== undefined) return known;
  const asked = env.DB.prepare(`EXPLAIN QUERY PLAN ${query}`)
    .bind(...values)
    .all<{ detail: string }>()
    .then(({ results }) => results.map((line) => line.detail));
  plans.set(query, asked);
  return asked;
}

/** An answer without its count would pass every bound. */
function rowsReadOf(result: D1Result | undefined): number {
  if (result?.meta.rows_read === undefined) throw new Error('D1 did not say how many rows it read');
  return result.meta.rows_read;
}

/** How D1 reads what was recorded. Only statements that read are run again. */
export async function readingsOf(env: Env, statements: readonly Recorded[]): Promise<Reading[]> {
  const reads = statements.filter(({ query }) => /^\s*select/i.test(query));
  if (reads.length === 0) return [];
  const results = await env.DB.batch(reads.map(({ query, values }) => env.DB.prepare(query).bind(...values)));
  return Promise.all(
    reads.map(async (read, i) => ({
      ...read,
      plan: await plansOf(env, read),
      rowsRead: rowsReadOf(results[i]),
    })),
  );
}

/** What is wrong with a plan: a table read from its beginning, an order that no index gives, an index with nothing but the tenant to go by. */
export function planProblems({ query, plan }: Pick<Reading, 'query' | 'plan'>): string[] {
  const problems = plan.filter(
    (line) =>
      (/^SCAN /.test(line) && !/^SCAN (json_each|CONSTANT ROW|\(subquery|\d+ CONSTANT)/.test(line)) ||
      // An order is sorted only among rows that are found by id.
      (/TEMP B-TREE FOR ORDER BY/.test(line) &&
        !plan.some((other) => /_id=\?|\bid=\?/.test(other.replaceAll('tenant_id=?', '')))),
  );
  const wide = plan.filter((line) => /\(tenant_id=\?\)$/.test(line));
  if (wide.length > 0 && !/ order by .* limit /is.test(query)) problems.push(...wide);
  return problems.map((problem) => `${problem}: ${query.replace(/^(select) .*? from /i, '$1 … from ').slice(0, 600)}`);
}
