/** The close of a month: base fee, statement, older months first, and nobody charged for the past by surprise. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { asCents, asMicros } from '../../../shared/money.ts';
import type { Result } from '../../../shared/result.ts';
import { LedgerFile, migratedFile, TestLedger } from '../ledger.fixture.ts';
import { statementProblems } from '../rules/statement.ts';
import { defaultTerms, ORACLE_PLAN, PER_MINUTE_PLAN } from '../rules/terms.ts';
import type { Statement, Terms } from '../types.ts';

const at = (iso: string): Instant => asInstant(Date.parse(iso));
function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const TERMS = defaultTerms(ORACLE_PLAN);
const close = (l: TestLedger, period: string) => good(l.closePeriod({ key: `close:${period}`, period }));
const adjust = (l: TestLedger, name: string, cents: number) =>
  good(l.adjust({ key: `adjust:${name}`, amountCents: asCents(cents), account: 'prepaid', reasonId: 'rsn_1' }));
const call = (l: TestLedger, name: string, seconds = 60) =>
  good(l.settleCall({ key: `call:${name}`, seconds, occurredAt: l.now }));
const begin = (now: string, terms: Terms = TERMS, billingFrom?: string): TestLedger => {
  const l = new TestLedger();
  l.now = at(now);
  good(l.putTerms({ key: 'terms:1', terms, ...(billingFrom === undefined ? {} : { billingFrom }) }));
  return l;
};
const fees = (l: TestLedger) =>
  l.entries.filter(({ type }) => type === 'subscription').map(({ key, amountCents }) => [key, amountCents]);
const statements = (l: TestLedger): Statement[] =>
  l.events.flatMap(({ type, body }) =>
    type === 'ledger.period_closed' ? [(body as { closed: { statement: Statement } }).closed.statement] : [],
  );

describe('the base fee', () => {
  it('is one entry a month, keyed by it, of the days since the tenant began', () => {
    const l = begin('2026-10-17T09:00:00Z');
    l.now = at('2026-12-01T01:00:00Z');
    close(l, '2026-11');
    // 15 of 31 days of 49.00, then all of November.
    expect(fees(l)).toEqual([
      ['fee:2026-10', -2_371],
      ['fee:2026-11', -4_900],
    ]);
    expect(l.month('2026-10').fees).toMatchObject([{ from: '2026-10-17', days: 15, ofDays: 31, amountCents: 2_371 }]);
    expect(l.book.accounts.subscription_revenue).toBe(72_710_000);
    expect(l.verify().problems).toEqual([]);
  });
  it('is pro rata where the plan changes within the month, by the days of the tenant’s own calendar', () => {
    const l = begin('2026-10-01T09:00:00Z', { ...TERMS, timeZone: 'Pacific/Auckland' });
    // The 16th in Auckland, the 15th in UTC.
    l.now = at('2026-11-15T12:00:00Z');
    const dearer = { ...ORACLE_PLAN, id: 'plan_dearer', baseFeeMicros: asMicros(99_000_000) };
    good(l.putTerms({ key: 'terms:2', terms: { ...defaultTerms(dearer), timeZone: 'Pacific/Auckland' } }));
    const shown = l.month('2026-11');
    expect(shown.fees?.map(({ from, days, amountCents }) => [from, days, amountCents])).toEqual([
      ['2026-11-01', 15, 2_450],
      ['2026-11-16', 15, 4_950],
    ]);
    l.now = at('2026-11-30T11:00:00Z');
    close(l, '2026-11');
    expect(l.month('2026-11')).toEqual(shown);
    expect(fees(l).at(-1)).toEqual(['fee:2026-11', -7_400]);
    expect(l.verify().problems).toEqual([]);
  });
  it('is taken below the floor too: the month has been had', () => {
    const l = begin('2026-11-01T00:00:00Z');
    l.now = at('2026-12-01T00:00:00Z');
    close(l, '2026-11');
    expect(l.balance.availableCents).toBe(-4_900);
  });
  it('never charges a ledger of the time before for months that were over when it was first closed', () => {
    const l = migratedFile(4, (sql) => {
      const old = new TestLedger();
      old.now = at('2026-08-05T09:00:00Z');
      good(old.putTerms({ key: 'terms:1', terms: TERMS }));
      const book = old.book;
      sql.exec('INSERT INTO terms (version, body, at) VALUES (1, ?, ?)', JSON.stringify(TERMS), old.now);
      sql.exec(
        'INSERT INTO book (one, currency, terms_version, accounts, seq, head_hash, epoch, thresholds) VALUES (1, ?, 1, ?, 0, ?, 1, ?)',
        book.currency,
        JSON.stringify(book.accounts),
        book.headHash,
        JSON.stringify(old.store.book()?.thresholds),
      );
    });
    l.now = at('2026-11-20T09:00:00Z');
    expect(l.month('2026-10').baseFeeCents).toBe(0);
    expect(l.month('2026-11').baseFeeCents).toBe(4_900);
    close(l, '2026-10');
    expect(fees(l)).toEqual([]);
    expect(l.store.billingFrom()).toBe('2026-11-01');
    l.now = at('2027-01-01T09:00:00Z');
    close(l, '2026-12');
    expect(fees(l)).toEqual([
      ['fee:2026-11', -4_900],
      ['fee:2026-12', -4_900],
    ]);
    expect(l.verify().problems).toEqual([]);
  });
  it('keeps the day it is due from when the terms change', () => {
    const l = begin('2026-11-10T09:00:00Z');
    l.now = at('2026-11-25T09:00:00Z');
    good(l.putTerms({ key: 'terms:2', terms: TERMS, billingFrom: '2026-01-01' }));
    expect(l.store.billingFrom()).toBe('2026-11-10');
  });
});

describe('the statement', () => {
  it('goes from number to number: opening and sums are closing, and what the close books stands in the next one', () => {
    const l = begin('2026-10-01T00:00:00Z', defaultTerms(PER_MINUTE_PLAN));
    adjust(l, 'a', 10_000);
    call(l, '1', 61);
    l.now = at('2026-11-03T00:00:00Z');
    adjust(l, 'b', -500);
    l.now = at('2026-12-02T00:00:00Z');
    // A movement of December, before November is closed.
    adjust(l, 'c', 100);
    close(l, '2026-11');
    const [october, november] = statements(l);
    expect(october).toMatchObject({
      period: '2026-10',
      firstSeq: 1,
      lastSeq: 2,
      openingMicros: 0,
      closingMicros: 99_800_000,
    });
    expect(november).toMatchObject({
      period: '2026-11',
      firstSeq: 3,
      lastSeq: 3,
      openingMicros: 99_800_000,
      closingMicros: 94_800_000,
    });
    expect(november?.sums).toEqual([{ type: 'adjustment', count: 1, amountMicros: -5_000_000 }]);
    l.now = at('2027-01-02T00:00:00Z');
    close(l, '2026-12');
    expect(statements(l)[2]).toMatchObject({ firstSeq: 4, openingMicros: 94_800_000 });
    expect(l.verify().problems).toEqual([]);
  });
  it('of a month without movements has none', () => {
    const l = begin('2026-10-01T00:00:00Z', defaultTerms(PER_MINUTE_PLAN));
    l.now = at('2026-12-01T00:00:00Z');
    close(l, '2026-11');
    expect(statements(l)[1]).toMatchObject({ firstSeq: 1, lastSeq: 0, sums: [], openingMicros: 0, closingMicros: 0 });
  });
  it('whose sums do not meet the balance closes nothing', () => {
    const l = begin('2026-10-01T00:00:00Z', defaultTerms(PER_MINUTE_PLAN));
    adjust(l, 'a', 10_000);
    l.forge('DROP TRIGGER entries_no_update');
    l.forge('UPDATE entries SET amount_micros = 10000, balance_before_micros = balance_after_micros - 10000');
    l.now = at('2026-11-02T00:00:00Z');
    const before = l.state;
    expect(() => l.closePeriod({ key: 'close', period: '2026-10' })).toThrow(/2026-10/);
    expect(l.state).toBe(before);
    expect(l.store.lastClosed()).toBeNull();
  });
  it('that somebody changed is found', () => {
    const l = begin('2026-10-01T00:00:00Z');
    adjust(l, 'a', 10_000);
    l.now = at('2026-11-02T00:00:00Z');
    close(l, '2026-10');
    l.forge("UPDATE closed_periods SET statement = json_set(statement, '$.closingMicros', 1)");
    expect(l.verify().problems.map(({ kind }) => kind)).toContain('close');
  });
  it.each([
    ['a closing balance that its sums do not meet', { closingMicros: asMicros(7) }],
    ['a number that is missing', { firstSeq: 4 }],
  ])('%s is a problem', (_name, changes) => {
    const one: Statement = {
      period: '2026-10',
      firstSeq: 1,
      lastSeq: 2,
      openingMicros: asMicros(0),
      closingMicros: asMicros(5),
      sums: [{ type: 'topup', count: 2, amountMicros: asMicros(5) }],
    };
    const two: Statement = { ...one, period: '2026-11', firstSeq: 3, lastSeq: 2, openingMicros: asMicros(5), sums: [] };
    expect(statementProblems([one, two])).toEqual([]);
    expect(statementProblems([one, { ...two, ...changes }])).not.toEqual([]);
  });
});

describe('months', () => {
  it('are closed the oldest first, once, and never computed again', () => {
    const l = begin('2026-08-01T00:00:00Z');
    l.now = at('2026-12-05T00:00:00Z');
    close(l, '2026-11');
    expect(statements(l).map(({ period }) => period)).toEqual(['2026-08', '2026-09', '2026-10', '2026-11']);
    const state = l.state;
    expect(good(l.closePeriod({ key: 'again', period: '2026-09' })).entryIds).toEqual([]);
    close(l, '2026-11');
    expect(l.state).toBe(state);
  });
  it('of random histories: fees once a month, statements without gaps, replays change nothing', () => {
    const file = new LedgerFile();
    const step = fc.record({
      days: fc.integer({ min: 0, max: 25 }),
      what: fc.constantFrom('call', 'adjust', 'plan', 'close'),
      n: fc.integer({ min: 1, max: 5_000 }),
    });
    fc.assert(
      fc.property(fc.array(step, { minLength: 5, maxLength: 25 }), (steps) => {
        const l = file.next();
        l.now = at('2026-01-10T12:00:00Z');
        good(l.putTerms({ key: 'terms', terms: TERMS }));
        for (const [index, { days, what, n }] of steps.entries()) {
          l.now = asInstant(l.now + days * 86_400_000);
          const last = new Date(l.now);
          const period = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - 1)).toISOString().slice(0, 7);
          if (what === 'call') call(l, `${index}`, n);
          if (what === 'adjust') adjust(l, `${index}`, n - 2_500);
          if (what === 'plan')
            good(
              l.putTerms({
                key: `terms:${index}`,
                terms: defaultTerms({
                  ...ORACLE_PLAN,
                  id: `plan_${n % 3}`,
                  baseFeeMicros: asMicros((n % 3) * 33_330_000),
                }),
              }),
            );
          if (what === 'close') {
            good(l.closePeriod({ key: `close:${index}`, period }));
            const { state } = l;
            good(l.closePeriod({ key: `close:${index}`, period }));
            good(l.closePeriod({ key: `other:${index}`, period }));
            expect(l.state).toBe(state);
          }
        }
        expect(l.verify().problems).toEqual([]);
        expect(statementProblems(statements(l))).toEqual([]);
        const charged = new Map(fees(l) as [string, number][]);
        expect(charged.size).toBe(fees(l).length);
        for (const { period } of statements(l))
          expect(0 - (charged.get(`fee:${period}`) ?? 0)).toBe(l.month(period).baseFeeCents);
      }),
      { numRuns: 60 },
    );
  }, 60_000);
});
