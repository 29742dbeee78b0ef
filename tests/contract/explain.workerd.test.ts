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
import {
  FIXTURES,
  type FurnishedTenant,
  furnishTenant,
  isOperators,
  isSellers,
  nameBesideRows,
  SELLER,
} from './fixtures.ts';
import { filledRequest, idsFor, keyOf, labelOf, required, generousEnv, signIn } from './requests.ts';
import { freshAddress, PLATFORM, type SeededTenant, seedTenant } from './tenants.ts';
import { openApi } from './whole-document.ts';
import { stubVendors } from './vendors.ts';

const reads = operationsOf(openApi).filter(
  ({ method, kind, path }) =>
    // Audio is one row by its key, and answers who pressed play alone.
    method === 'GET' && kind === 'tenant' && path !== '/api/v1/recordings/{id}/audio',
);

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
  {
    line: /^SEARCH (users|business_numbers) /,
    query:
      /^select count\(\*\) from "(users|business_numbers)" where "\1"\."tenant_id" = \?|^select count\(\*\) from "business_numbers"/,
    because: 'counts of what a limit bounds: people and numbers of one tenant',
  },
  {
    line: /^USE TEMP B-TREE FOR (ORDER|GROUP) BY|^SEARCH users |^SCAN (once|CONSTANT ROW)/,
    query:
      /from "roles" where|AS once left join "roles"|from "users" where .*(coalesce\("users"\."custom_role_id"|group by)/,
    because: 'roles of a tenant and who has them: at most 50 and 500 rows, read whole',
  },
  {
    line: /^USE TEMP B-TREE FOR ORDER BY/,
    query: /from "domains" where \("domains"\."tenant_id" in/,
    because: 'host names of one account: a handful',
  },
  {
    line: /^SCAN jobs USING INDEX jobs_of_tenants\b/,
    query: /from "jobs" where tenant_id <> 'platform'.* order by "jobs"\."id" desc limit \?$/,
    because: 'the operator’s list over all tenants of a shard: in its order from the newest, as far as a page reaches',
  },
  {
    line: /^SEARCH u USING INDEX users_tenant /,
    query: /NOT EXISTS \(SELECT 1 FROM second_factors/,
    because: 'people of one account without a second factor: 500 at most, read whole',
  },
  { line: /ROW VALUES CLAUSE/, query: /^insert/, because: 'the rows that are written stand in the statement' },
  {
    line: /^SEARCH customers /,
    query: /as "customers_total"/,
    because: 'figures, no list: what a tenant has is counted in an index up to 10,000 rows, at most once a minute',
  },
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
  'GET /api/v1/roles ?deleted': { rows: 50, because: 'a tenant has 50 at most, and the list shows them all' },
  'GET /api/v1/retell-agents ?deleted': {
    rows: 50,
    because: 'a tenant has a handful, deleted ones leave after 90 days',
  },
  'GET /api/v2/transactions ?min_cents': { rows: 100, because: 'a range beside the order by number' },
  'GET /api/v2/transactions ?max_cents': { rows: 100, because: 'a range beside the order by number' },
  // A page of a file has 250 rows, and its stretch 900: all of ENTRIES, a few times over in one statement.
  'GET /api/v2/transactions/export ?q': { rows: 2_000, because: 'as the list, by pages of 250' },
  'GET /api/v2/transactions/export ?min_cents': { rows: 2_000, because: 'as the list, by pages of 250' },
  'GET /api/v2/transactions/export ?max_cents': { rows: 2_000, because: 'as the list, by pages of 250' },
};
/** Movements of the tenant beside those of its fixtures: whoever reads all of them is noticed. */
const ENTRIES = 300;
/** Parameters that say how a list is paged, not what is in it. */
const PAGING = ['limit', 'cursor'];
/** Parameters that say how a list is ordered and written, not what is in it. */
const LOOKS = ['sort', 'format', 'separator'];

let owner: FurnishedTenant;
let seller: FurnishedTenant;
let operator: SeededTenant;
const walked = new Set<string>();
/** Path → requests that got a page */
const answered = new Map<string, number>();

beforeAll(async () => {
  stubVendors();
  owner = await furnishTenant(signIn);
  seller = await furnishTenant(signIn, SELLER);
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
 * stretch: what lists of declared nouns over rows of D1 read, workers/resources/explain.workerd.test.ts counts. Host names and rates of companies are a few of an
 * account, and read once in a while for all requests.
 */
const walks = (sql: string, plan: readonly string[]): boolean =>
  /^select .* limit /is.test(sql) &&
  plan.some((line) =>
    /^SEARCH (?!(?:customers|customer_notes|tags|pricing_plans|calls|callback_requests|notifications|webhook_logs|jobs|audit_log|appointments|external_conflicts|domains|company_commissions) ).*\(tenant_id=\?\)$/.test(
      line,
    ),
  );

/** Asks, and answers what came with the plans of what D1 was sent. */
async function ask(operation: Operation, path: string, query: URLSearchParams) {
  const recorded = recording(generousEnv);
  const headers = new Headers({ 'CF-Connecting-IP': freshAddress() });
  const caller = isSellers(operation.path) ? seller : owner;
  if (isOperators(operation.path)) headers.set('Authorization', `Bearer ${operator.apiKey}`);
  else if (operation.actor === 'user') headers.set('Cookie', caller.cookie);
  else headers.set('Authorization', `Bearer ${caller.apiKey}`);
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
      const caller = isSellers(operation.path) ? seller : owner;
      const ids = await idsFor(caller, operation, operation.places);
      const needed = new Map(required(operation).map((place) => [keyOf(place), ids.get(keyOf(place)) ?? '']));
      const filled = await filledRequest(operation, needed, caller);
      const found = new Set<string>();
      const isPaged = operation.query.includes('cursor');
      for (const options of requestsOf(operation, ids)) {
        const query = new URLSearchParams(filled.query);
        for (const [name, value] of Object.entries(options)) query.set(name, value);
        if (isPaged && operation.query.includes('limit')) query.set('limit', '1');
        for (let page = 0; page < 2; page++) {
          const { status, text, problems, walking } = await ask(operation, filled.path, query);
          for (const problem of problems) found.add(`?${new URLSearchParams(options).toString()}: ${problem}`);
          const filters = Object.keys(options).filter((name) => !LOOKS.includes(name));
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
          // An export tells its next part in a header.
          const cursor =
            isPaged && text.startsWith('{')
              ? (JSON.parse(text) as { meta?: { next_cursor?: string | null } }).meta
              : undefined;
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
