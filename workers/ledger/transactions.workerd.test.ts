/** The list of movements: whatever it is filtered by, all its pages together are the entries that fit, and no page reads more than its bound. */
import { beforeAll, describe, expect, it } from 'vitest';
import { env, seedTenant } from '../../tests/contract/tenants.ts';
import { processNow } from '../../shared/clock.ts';
import type { TransactionType } from '../../shared/money-status.ts';
import { platformOf } from '../env.ts';
import { readingsOf, recording } from '../resources/recorded.fixture.ts';
import { appointmentFees, entryPage, type EntriesFilter, type LedgerEntryRow } from '../storage/queries/ledger.ts';
import { ledgerEntries } from '../storage/tables/ledger.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';

const COUNT = 600;
const LIMIT = 5;
const BOUND = 50;
/** Three entries of an instant. */
const START = processNow() - 86_400_000;
const atOf = (n: number): number => START + Math.floor(n / 3) * 1_000;
const TYPES: readonly TransactionType[] = ['call_cost', 'call_cost', 'hold', 'release', 'appointment_fee'];
const typeOf = (n: number): TransactionType => (n % 200 === 7 ? 'topup' : (TYPES[n % TYPES.length] ?? 'usage'));

const rowOf = (n: number) => ({
  sequence: n + 1,
  id: `ent_${n}`,
  type: typeOf(n),
  amountCents: n % 200 === 7 ? 5_000 : -(n % 40),
  balanceBeforeCents: 0,
  balanceAfterCents: 0,
  currency: 'EUR',
  referenceType: 'call',
  referenceId: n % 100 === 9 ? 'call_often' : `call_${n}`,
  companyId: n % 4 === 0 ? 'com_b' : 'com_a',
  descriptionKey: n % 200 === 7 ? 'ledger.topup.stripe' : 'ledger.call_cost.voice_minute',
  postings: '{}',
  key: `k${n}`,
  hash: 'h',
  occurredAt: atOf(n),
  createdAt: atOf(n),
  epoch: 1,
  seq: n + 1,
});

let scope: TenantScope;
let recorded: ReturnType<typeof recording>;
beforeAll(async () => {
  recorded = recording(env);
  const { tenantId } = await seedTenant();
  scope = openTenant(platformOf(recorded.env), tenantId, { kind: 'system', cause: 'demo' });
  for (let from = 0; from < COUNT; from += 100)
    await scope.db.batch(Array.from({ length: 100 }, (_, i) => scope.db.insertOf(ledgerEntries, rowOf(from + i))));
}, 60_000);

/** What all pages of a filter say, how often the bound ended one, and the most that one of them read. */
async function all(filter: EntriesFilter) {
  const rows: LedgerEntryRow[] = [];
  let before: number | undefined;
  let [pages, truncated, mostRead] = [0, 0, 0];
  for (;;) {
    recorded.statements.length = 0;
    const page = await entryPage(scope.db, { ...filter, before }, { limit: LIMIT, bound: BOUND });
    expect(recorded.statements).toHaveLength(1);
    const [reading] = await readingsOf(env, recorded.statements);
    mostRead = Math.max(mostRead, reading?.rowsRead ?? Number.POSITIVE_INFINITY);
    rows.push(...page.rows);
    pages++;
    if (page.truncated) truncated++;
    if (page.next === null) break;
    before = page.next;
  }
  return { ids: rows.map(({ id }) => id), pages, truncated, mostRead };
}
const idsOf = (fits: (row: ReturnType<typeof rowOf>) => boolean): string[] =>
  Array.from({ length: COUNT }, (_, n) => rowOf(COUNT - 1 - n))
    .filter(fits)
    .map(({ id }) => id);

const day = { from: atOf(150), until: atOf(301) };
const inDay = (row: { createdAt: number }): boolean => row.createdAt >= day.from && row.createdAt < day.until;
const topupKeys = ['ledger.topup.stripe'];

it('fees of the appointments of a page are read by their references, not out of all movements', async () => {
  recorded.statements.length = 0;
  const fees = await appointmentFees(
    scope.db,
    [4, 14, 24, 34, 44, 54, 64, 74, 84].map((n) => `call_${n}`),
  );
  expect(fees.size).toBe(9);
  const [reading] = await readingsOf(env, recorded.statements);
  expect(reading?.rowsRead).toBeLessThanOrEqual(4 * 9);
});

describe('the list of movements', () => {
  const indexed: [string, EntriesFilter, (row: ReturnType<typeof rowOf>) => boolean][] = [
    ['nothing', {}, () => true],
    ['a type', { types: ['topup'] }, (row) => row.type === 'topup'],
    ['several types', { types: ['topup', 'hold'] }, (row) => row.type === 'topup' || row.type === 'hold'],
    ['several types of which one is missing', { types: ['topup', 'payout'] }, (row) => row.type === 'topup'],
    ['a type that no entry has', { types: ['payout'] }, () => false],
    ['a company', { companyId: 'com_b' }, (row) => row.companyId === 'com_b'],
    ['days', day, inDay],
    ['days before all entries', { until: START }, () => false],
    ['days behind all entries', { from: START + 86_400_000 }, () => false],
    [
      'types of some days',
      { ...day, types: ['hold', 'topup'] },
      (row) =>
        inDay(row) &&
        row.type !== 'call_cost' &&
        typeOf(row.sequence - 1) !== 'release' &&
        row.type !== 'appointment_fee',
    ],
    ['a company on some days', { ...day, companyId: 'com_b' }, (row) => inDay(row) && row.companyId === 'com_b'],
  ];
  it.each(indexed)('by %s: every entry that fits, once, by an index', async (_name, filter, fits) => {
    const read = await all(filter);
    expect(read.ids).toEqual(idsOf(fits));
    expect(read.truncated).toBe(0);
    // Two types, each with a page and one more, beside the rows themselves.
    expect(read.mostRead).toBeLessThanOrEqual(8 * (LIMIT + 1));
  });

  const judged: [string, EntriesFilter, (row: ReturnType<typeof rowOf>) => boolean][] = [
    ['amounts', { minCents: 100 }, (row) => row.amountCents >= 100],
    ['amounts that most have', { maxCents: 0 }, (row) => row.amountCents <= 0],
    ['both ends of an amount', { minCents: -3, maxCents: -2 }, (row) => row.amountCents >= -3 && row.amountCents <= -2],
    [
      'a part of a reference',
      { text: { words: '_31', keys: [] } },
      (row) => row.id.includes('_31') || row.referenceId.includes('_31'),
    ],
    ['a sentence', { text: { words: 'Aufladung', keys: topupKeys } }, (row) => row.type === 'topup'],
    ['a text that none has', { text: { words: 'zzz', keys: [] } }, () => false],
    [
      'amounts of types',
      { types: ['hold', 'call_cost'], maxCents: -20 },
      (row) => ['hold', 'call_cost'].includes(row.type) && row.amountCents <= -20,
    ],
    [
      'types of a company',
      { types: ['hold', 'release'], companyId: 'com_b' },
      (row) => ['hold', 'release'].includes(row.type) && row.companyId === 'com_b',
    ],
    [
      'a sentence on some days',
      { ...day, text: { words: 'Aufladung', keys: topupKeys } },
      (row) => inDay(row) && row.type === 'topup',
    ],
  ];
  it.each(judged)('by %s: every entry that fits, once, over bounded pages', async (_name, filter, fits) => {
    const read = await all(filter);
    expect(read.ids).toEqual(idsOf(fits));
    // The stretch is looked at, and its end is counted, for the page and for its position.
    expect(read.mostRead).toBeLessThanOrEqual(4 * (BOUND + LIMIT + 1));
  });

  it('says that the bound ended a page, and where the next one goes on', async () => {
    const page = await entryPage(scope.db, { text: { words: 'zzz', keys: [] } }, { limit: LIMIT, bound: BOUND });
    expect(page).toEqual({ rows: [], next: COUNT - BOUND + 1, truncated: true });
  });

  it('finds a whole id or reference wherever it stands, and nothing beside it', async () => {
    const { ids, truncated, mostRead } = await all({ text: { words: 'ent_3', keys: [] } });
    expect(ids).toEqual(['ent_3']);
    expect(truncated).toBe(0);
    expect(mostRead).toBeLessThan(COUNT);
    expect((await all({ text: { words: 'call_often', keys: [] } })).ids).toEqual(
      idsOf((row) => row.referenceId === 'call_often'),
    );
    expect((await all({ text: { words: 'call_often', keys: [] }, types: ['topup'] })).ids).toEqual([]);
  });
});
