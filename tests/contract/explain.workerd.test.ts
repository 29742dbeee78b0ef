/**
 * Generated over the document: every GET of the assembled app with every parameter of its query, each alone and with every order, and the
 * page behind the first. Whatever D1 is sent for it is explained, and none of it may read a table from its beginning.
 * What only the lists of resources promise (rows read, depth of a page) is in workers/resources/explain.workerd.test.ts.
 */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { app } from '../../workers/app.ts';
import { plansOf, planProblems, readingsOf, recording } from '../../workers/resources/recorded.fixture.ts';
import { ledgerEntries } from '../../workers/storage/tables/ledger.ts';
import { choicesOf, type Operation, operationsOf } from './document.ts';
import { FIXTURES, type FurnishedTenant, furnishTenant, isOperators, nameBesideRows } from './fixtures.ts';
import { filledRequest, idsFor, keyOf, labelOf, required, generousEnv, signIn } from './requests.ts';
import { freshAddress, PLATFORM, type SeededTenant, seedTenant } from './tenants.ts';
import { openApi } from './whole-document.ts';
import { stubVendors } from './vendors.ts';

const reads = operationsOf(openApi).filter((operation) => operation.method === 'GET' && operation.kind === 'tenant');

/** Parameters that are texts of a form of their own → what to ask for. Others get the example of their schema. */
const TEXTS: Readonly<Record<string, readonly string[]>> = {
  q: ['Erika', 'Erika Muster', 'erika@', '030 1234', 'ent_walk_7'],
  type: ['topup', 'topup,call_cost'],
  from: ['2026-01-01'],
  to: ['2026-12-31'],
};
/** What a plan may say all the same: the beginning of the line and a part of the statement, with the reason. */
const ALLOWED: readonly { line: RegExp; query: RegExp; because: string }[] = [
  { line: /^SEARCH object_heads/, query: /from "object_heads"/, because: 'two rows per tenant: calendar and ledger' },
  {
    line: /^SEARCH (onboarding_skips|phone_numbers|retell_agents) /,
    query: /from "(onboarding_skips|phone_numbers|retell_agents)"/,
    because: 'steps put off, numbers and agents of one business: a handful, and one of them is enough',
  },
  { line: /ROW VALUES CLAUSE/, query: /^insert/, because: 'the rows that are written stand in the statement' },
  {
    line: /^SEARCH (customers|calls|topups) /,
    query: /AS last_payment_at$/,
    because: 'numbers of the detailed health, no list: it counts what the tenant has',
  },
];
/**
 * Filters that no index knows: judged over the newest entries, so many at most, and the answer says when there are more. Value: rows that one
 * statement may read for a page of one, with ENTRIES in the tenant. One that no longer walks has to leave.
 */
const WALKS: Readonly<Record<string, { rows: number; because: string }>> = {
  'GET /api/v2/transactions ?q': {
    rows: 100,
    because: 'a part of an id or a reference, which no index of SQLite finds',
  },
  'GET /api/v2/transactions ?min_cents': { rows: 100, because: 'a range beside the order by number' },
  'GET /api/v2/transactions ?max_cents': { rows: 100, because: 'a range beside the order by number' },
};
/** Movements of the tenant beside those of its fixtures: whoever reads all of them is noticed. */
const ENTRIES = 300;
/** Parameters that say how a list is paged, not what is in it. */
const PAGING = ['limit', 'cursor'];

let owner: FurnishedTenant;
let operator: SeededTenant;
const walked = new Set<string>();
/** Path → requests that got a page */
const answered = new Map<string, number>();

beforeAll(async () => {
  stubVendors();
  owner = await furnishTenant(signIn);
  operator = await seedTenant({ type: 'platform', role: 'super_admin' });
  // Two of everything, so that a page of one has a next.
  for (const make of Object.values(FIXTURES)) for (const _ of [1, 2]) await make(owner);
  await nameBesideRows(owner);
  await owner.scope.db.batch(
    Array.from({ length: ENTRIES }, (_, n) => owner.scope.db.insertOf(ledgerEntries, entryAt(n))),
  );
}, 120_000);
afterAll(() => vi.restoreAllMocks());

/** A movement behind those that the ledger made, as the projection writes it. */
const entryAt = (n: number) => ({
  sequence: 1_000_000 + n,
  id: `ent_walk_${n}`,
  type: 'usage' as const,
  amountCents: -1,
  balanceBeforeCents: 1,
  balanceAfterCents: 0,
  currency: 'EUR',
  descriptionKey: 'ledger.usage.sms',
  postings: '{}',
  key: `walk:${n}`,
  hash: 'none',
  occurredAt: n,
  createdAt: n,
  epoch: 1,
  seq: n,
});

/**
 * Is a filtered page walked in its order, with nothing but the tenant to begin at? A plan shows neither partial indexes nor the bound of a
 * stretch: what lists of declared nouns over rows of D1 read, workers/resources/explain.workerd.test.ts counts.
 */
const walks = (sql: string, plan: readonly string[]): boolean =>
  /^select .* limit /is.test(sql) &&
  plan.some((line) =>
    /^SEARCH (?!(?:customers|tags|pricing_plans|calls|callback_requests|notifications|webhook_logs|jobs|audit_log|appointments|external_conflicts) ).*\(tenant_id=\?\)$/.test(
      line,
    ),
  );

/** Asks, and answers what came with the plans of what D1 was sent. */
async function ask(operation: Operation, path: string, query: URLSearchParams) {
  const recorded = recording(generousEnv);
  const headers = new Headers({ 'CF-Connecting-IP': freshAddress() });
  if (isOperators(operation.path)) headers.set('Authorization', `Bearer ${operator.apiKey}`);
  else if (operation.actor === 'user') headers.set('Cookie', owner.cookie);
  else headers.set('Authorization', `Bearer ${owner.apiKey}`);
  const context = createExecutionContext();
  const response = await app.fetch(
    new Request(`${PLATFORM}${path}?${query.toString()}`, { headers }),
    recorded.env,
    context,
  );
  // A stream never ends, and what it is made of was asked before its head was sent.
  const isStream = response.headers.get('Content-Type')?.startsWith('text/event-stream') === true;
  if (isStream) await response.body?.cancel();
  const text = isStream ? '' : await response.text();
  if (!isStream) await waitOnExecutionContext(context);
  const walking = new Map<string, number>();
  const problems = await Promise.all(
    recorded.statements.map(async ({ query: sql, values }) => {
      const plan = await plansOf(generousEnv, { query: sql, values });
      if (walks(sql, plan)) {
        const [reading] = await readingsOf(generousEnv, [{ query: sql, values }]);
        walking.set(sql.replace(/^(select) .*? from /i, '$1 … from ').slice(0, 400), reading?.rowsRead ?? Infinity);
      }
      return planProblems({ query: sql, plan }).filter(
        (problem) => !ALLOWED.some((one) => one.line.test(problem) && one.query.test(sql)),
      );
    }),
  );
  return { status: response.status, text, problems: [...new Set(problems.flat())], walking };
}

/** Each parameter with each of its values: alone, and with every order. */
function requestsOf(operation: Operation, ids: ReadonlyMap<string, string>): Record<string, string>[] {
  const single = [...choicesOf(openApi, operation.path)].flatMap(([name, choices]) => {
    if (PAGING.includes(name) || name === 'sort') return [];
    const id = ids.get(`query:${name}`);
    return (id === undefined ? (TEXTS[name] ?? choices) : [id]).map((value) => ({ [name]: value }));
  });
  const orders = choicesOf(openApi, operation.path).get('sort') ?? [];
  return [{}, ...single].flatMap((options) => [options, ...orders.map((sort) => ({ ...options, sort }))]);
}

describe('what D1 is asked for a page', () => {
  it.each(reads.map((operation) => [labelOf(operation), operation] as const))(
    '%s reads no table from its beginning',
    { timeout: 120_000 },
    async (label, operation) => {
      const ids = await idsFor(owner, operation, operation.places);
      const needed = new Map(required(operation).map((place) => [keyOf(place), ids.get(keyOf(place)) ?? '']));
      const filled = await filledRequest(operation, needed, owner);
      const found = new Set<string>();
      const isPaged = operation.query.includes('cursor');
      for (const options of requestsOf(operation, ids)) {
        const query = new URLSearchParams(filled.query);
        for (const [name, value] of Object.entries(options)) query.set(name, value);
        if (isPaged && operation.query.includes('limit')) query.set('limit', '1');
        for (let page = 0; page < 2; page++) {
          const { status, text, problems, walking } = await ask(operation, filled.path, query);
          for (const problem of problems) found.add(`?${new URLSearchParams(options).toString()}: ${problem}`);
          const filters = Object.keys(options).filter((name) => name !== 'sort');
          for (const [sql, rowsRead] of walking) {
            // A page in its order walks it; a look-up beside a page, or a filter, has an index to begin at.
            if (filters.length === 0 && !/ in \(\?/i.test(sql)) continue;
            const which = `${label} ?${filters.join('&')}`;
            walked.add(which);
            if (rowsRead > (WALKS[which]?.rows ?? 0))
              found.add(`${which} is walked, not searched, and reads ${rowsRead} rows: ${sql}`);
          }
          // Two parameters may exclude each other: the schema's refusal reads nothing.
          expect([200, 422], `?${query.toString()}: ${text.slice(0, 300)}`).toContain(status);
          if (status !== 200) break;
          answered.set(operation.path, (answered.get(operation.path) ?? 0) + 1);
          const cursor = isPaged ? (JSON.parse(text) as { meta?: { next_cursor?: string | null } }).meta : undefined;
          if (cursor?.next_cursor == null) break;
          query.set('cursor', cursor.next_cursor);
        }
      }
      expect([...found]).toEqual([]);
      expect(answered.get(operation.path), 'no request was answered').toBeGreaterThan(0);
    },
  );

  it('a filter that is said to walk does', () => {
    expect(Object.keys(WALKS).filter((which) => !walked.has(which))).toEqual([]);
  });

  it('a table that is read from its beginning is noticed', async () => {
    const query = 'SELECT id FROM "customers" WHERE first_name = ?';
    expect(planProblems({ query, plan: await plansOf(generousEnv, { query, values: ['Anna'] }) })).toHaveLength(1);
  });
});
