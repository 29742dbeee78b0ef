import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import { asCents, asMicros } from '../../../shared/money.ts';
import type { Result } from '../../../shared/result.ts';
import { DAY, fromIso } from '../../../shared/time.ts';
import { runsOf, seedOf } from '../../../tests/counts.ts';
import { sha256Hex } from '../../object-runtime/hash.ts';
import { LedgerFile, TestLedger } from '../ledger.fixture.ts';
import { usageSums } from '../queries/usage-sums.ts';
import { defaultTerms, EMPTY_PLAN } from '../rules/terms.ts';
import { hourStart } from '../rules/usage-time.ts';
import type { EventType, MeteredEvent, MeteredResult, Terms } from '../types.ts';

const NOW = asInstant(Date.UTC(2026, 10, 20, 9));

function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const at = (iso: string) => fromIso(iso) ?? asInstant(0);

/** Prices that no cent divides, some of it included. */
const priced = (micros: number, includedScaled = 30_000): Terms =>
  defaultTerms({
    ...EMPTY_PLAN,
    includedMinutes: 2,
    pricePerMinuteMicros: asMicros(micros),
    unitPrices: {
      api_call: { includedScaled, priceMicros: asMicros(3_333) },
      sms: { includedScaled: 0, priceMicros: asMicros(micros) },
      storage_mb: { includedScaled: 10_000, priceMicros: asMicros(1_001) },
    },
  });

const event = (name: string, changes: Partial<MeteredEvent> = {}): MeteredEvent => ({
  key: sha256Hex(name).slice(0, 32),
  body: sha256Hex(JSON.stringify(changes)).slice(0, 16),
  eventType: 'api_call',
  quantityScaled: 10_000,
  occurredAt: NOW,
  ...changes,
});

let attempt = 0;
const charge = (l: TestLedger, events: readonly MeteredEvent[]) =>
  good(l.chargeUsageBatch({ key: `usage:${++attempt}`, batch: `b${attempt}`, folders: [], events }));
const said = (results: readonly MeteredResult[]): string[] =>
  results.map((one) => (one.status === 'rejected' ? one.code : one.status));

function ledger(terms: Terms = priced(70_001), made = new TestLedger()): TestLedger {
  good(made.putTerms({ key: 'terms:1', terms }));
  good(made.adjust({ key: 'given', amountCents: asCents(300), account: 'bonus', reasonId: 'r' }));
  good(made.adjust({ key: 'paid', amountCents: asCents(500), account: 'prepaid', reasonId: 'r' }));
  return made;
}

describe('a batch of metered events', () => {
  it('makes one entry a price line and one event, and counts every one', () => {
    const l = ledger();
    const before = l.events.length;
    const events = Array.from({ length: 10 }, (_, n) => [
      event(`a${n}`),
      event(`s${n}`, { eventType: 'sms', quantityScaled: 20_000 }),
      event(`w${n}`, { eventType: 'whatsapp' }),
    ]).flat();
    const { results, entryIds, postedCents, balance } = charge(l, events);
    expect(new Set(said(results))).toEqual(new Set(['accepted']));
    // 7 billable calls at 0.003333, 20 segments at 0.070001: each floors by itself; what has no price leaves no entry
    expect([entryIds.length, postedCents, balance.availableCents]).toEqual([2, 2 + 140, 800 - 142]);
    expect(l.lines.map(({ line }) => [line.priceLine, line.count, line.quantityUnits])).toEqual([
      ['api_call@1', 10, 100_000],
      ['sms@1', 10, 200_000],
      ['whatsapp@1', 10, 100_000],
    ]);
    expect(l.events.slice(before).filter(({ type }) => type === 'ledger.posted')).toHaveLength(1);
    expect(l.verify().problems).toEqual([]);
  });

  it('knows a repeat by its key, in the same batch and later, whatever day it claims', () => {
    const l = ledger();
    const yesterday = event('a', { occurredAt: asInstant(NOW - DAY) });
    expect(said(charge(l, [event('a'), event('a'), yesterday, event('b')]).results)).toEqual([
      'accepted',
      'duplicate',
      'IDEMPOTENCY_MISMATCH',
      'accepted',
    ]);
    const { state } = l;
    expect(said(charge(l, [event('b'), event('a'), yesterday]).results)).toEqual([
      'duplicate',
      'duplicate',
      'IDEMPOTENCY_MISMATCH',
    ]);
    expect(l.state).toBe(state);
  });

  it('answers the batch itself again as the first time, so that whoever was interrupted knows what to file', () => {
    const l = ledger();
    const events = [event('a'), event('a'), event('b', { quantityScaled: -1 })];
    const asked = { key: 'usage:again', batch: 'again', folders: ['api_call/2026-11-20'], events };
    const first = good(l.chargeUsageBatch(asked));
    const { state } = l;
    expect(said(first.results)).toEqual(['accepted', 'duplicate', 'VALIDATION_ERROR']);
    expect(good(l.chargeUsageBatch(asked))).toEqual(first);
    expect(l.state).toBe(state);
    expect(l.outcomes.get('usage:again')?.outcome.length).toBeLessThan(100);
  });

  it('refuses single events and takes the others', () => {
    const l = ledger();
    const wrong: Partial<MeteredEvent>[] = [
      { quantityScaled: -1 },
      { quantityScaled: 0.5 },
      { quantityScaled: 1e11 },
      { quantityScaled: Number.NaN },
      { eventType: 'toString' as EventType },
      { key: 'short' },
      { body: 'short' },
      { released: true },
      { occurredAt: asInstant(Number.NaN) },
    ];
    const events = [...wrong.map((changes, n) => event(`w${n}`, changes)), event('good')];
    const { results } = charge(l, events);
    expect(said(results)).toEqual([...wrong.map(() => 'VALIDATION_ERROR'), 'accepted']);
    expect(l.lines.map(({ line }) => line.count)).toEqual([1]);
  });

  it('refuses more than a thousand as a whole, and everything where there are no terms', () => {
    const l = ledger();
    const many = Array.from({ length: 1_001 }, (_, n) => event(`e${n}`));
    const asked = { key: 'usage:x', batch: 'x', folders: [] };
    expect(l.chargeUsageBatch({ ...asked, events: many })).toMatchObject({ error: { code: 'VALIDATION_ERROR' } });
    expect(new TestLedger().chargeUsageBatch({ ...asked, events: [event('a')] })).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
  });

  it('refuses what is of the future or too old, and takes late events of a closed month into the open one', () => {
    const l = ledger();
    l.now = at('2026-12-03T10:00:00Z');
    good(l.closePeriod({ key: 'close:2026-11', period: '2026-11' }));
    const november = event('november', { occurredAt: at('2026-11-28T10:00:00Z') });
    const { results } = charge(l, [
      november,
      event('ahead', { occurredAt: asInstant(l.now + DAY + 1) }),
      event('just', { occurredAt: asInstant(l.now + DAY) }),
      event('old', { occurredAt: asInstant(l.now - 101 * DAY) }),
    ]);
    expect(results).toMatchObject([
      { status: 'accepted', late: true },
      { status: 'rejected', code: 'IN_FUTURE' },
      { status: 'accepted', late: false },
      { status: 'rejected', code: 'TOO_OLD' },
    ]);
    l.now = at('2027-01-12T09:59:00Z');
    const other = event('other', { occurredAt: november.occurredAt });
    expect(said(charge(l, [november, other]).results)).toEqual(['duplicate', 'accepted']);
    l.now = at('2027-01-12T10:00:01Z');
    expect(said(charge(l, [november, event('third', { occurredAt: november.occurredAt })]).results)).toEqual([
      'duplicate',
      'TOO_OLD',
    ]);
  });

  it('forgets the keys of a month 40 days after its close, and nothing is charged twice for it', () => {
    const l = ledger();
    const november = event('november', { occurredAt: at('2026-11-15T10:00:00Z') });
    charge(l, [november]);
    l.now = at('2026-12-03T10:00:00Z');
    charge(l, [event('december', { occurredAt: l.now })]);
    good(l.closePeriod({ key: 'close:2026-11', period: '2026-11' }));
    expect(l.store.usage.prune(asInstant(l.now + 39 * DAY))).toBeGreaterThan(l.now + 40 * DAY);
    expect(l.usageRows.usage_keys).toHaveLength(2);
    l.now = asInstant(l.now + 41 * DAY);
    l.store.usage.prune(l.now);
    expect(l.usageRows.usage_keys).toMatchObject([{ key: event('december').key.toUpperCase() }]);
    expect(said(charge(l, [november]).results)).toEqual(['TOO_OLD']);
  });

  it('forgets keys of months that nobody closes when they are too old to be charged, a page at a time', () => {
    const l = ledger();
    for (let page = 0; page < 6; page++)
      charge(
        l,
        Array.from({ length: 1_000 }, (_, n) => event(`${page}:${n}`)),
      );
    l.now = asInstant(NOW + 140 * DAY);
    const next = l.store.usage.prune(l.now);
    expect(next).toBe(l.now + 1_000);
    expect(l.usageRows.usage_keys).toHaveLength(1_000);
    l.store.usage.prune(l.now);
    expect(l.usageRows.usage_keys).toHaveLength(0);
    expect(said(charge(l, [event('0:0')]).results)).toEqual(['TOO_OLD']);
  });

  it('keeps the level of storage: what is stored is charged in its month, what is released counts from the next', () => {
    const l = ledger();
    const mb = (name: string, quantity: number, changes: Partial<MeteredEvent> = {}) =>
      event(name, { eventType: 'storage_mb', quantityScaled: quantity * 10_000, ...changes });
    charge(l, [mb('a', 5), mb('b', 3), mb('-a', 5, { released: true })]);
    expect(l.store.usage.storage('2026-11')).toEqual({ atStart: 0, stored: 80_000, released: 50_000 });
    expect(l.store.usage.storage('2026-12')).toEqual({ atStart: 30_000, stored: 0, released: 0 });
    expect(l.lines.map(({ line }) => [line.count, line.quantityUnits, line.billableUnits])).toEqual([
      [2, 80_000, 70_000],
    ]);
    l.now = at('2026-12-03T10:00:00Z');
    charge(l, [mb('-c', 9, { released: true, occurredAt: l.now })]);
    expect(l.store.usage.storage('2027-01').atStart).toBe(0);
  });
});

describe('sums by hour, day and month', () => {
  const use = (l: TestLedger, ...instants: string[]) =>
    charge(
      l,
      instants.map((iso) => event(iso, { occurredAt: at(iso) })),
    );
  const sums = (l: TestLedger, by: 'hour' | 'day' | 'period', from: string, until: string) =>
    good(usageSums(l.store.usage, l.store.terms(1).timeZone, { by, from, until })).map((one) => [one.at, one.count]);

  it('are of the tenant’s clock, also where the day has 25 hours', () => {
    const l = ledger();
    l.now = at('2026-10-26T10:00:00Z');
    // Sunday 25 October 2026 in Berlin: 02:30 comes twice
    use(
      l,
      '2026-10-24T21:59:00Z',
      '2026-10-24T22:00:00Z',
      '2026-10-25T00:30:00Z',
      '2026-10-25T01:30:00Z',
      '2026-10-25T22:59:59Z',
      '2026-10-25T23:00:00Z',
    );
    expect(sums(l, 'hour', '2026-10-25', '2026-10-25')).toEqual([
      ['2026-10-24T22:00:00.000Z', 1],
      ['2026-10-25T00:00:00.000Z', 1],
      ['2026-10-25T01:00:00.000Z', 1],
      ['2026-10-25T22:00:00.000Z', 1],
    ]);
    expect(sums(l, 'day', '2026-10-24', '2026-10-26')).toEqual([
      ['2026-10-24', 1],
      ['2026-10-25', 4],
      ['2026-10-26', 1],
    ]);
    expect(sums(l, 'period', '2026-10-01', '2026-10-31')).toEqual([['2026-10', 6]]);
  });

  it('are of the tenant’s clock where the day has 23 hours', () => {
    const l = ledger();
    l.now = at('2026-03-30T10:00:00Z');
    use(
      l,
      '2026-03-28T22:59:00Z',
      '2026-03-28T23:00:00Z',
      '2026-03-29T00:59:00Z',
      '2026-03-29T01:00:00Z',
      '2026-03-29T21:59:00Z',
      '2026-03-29T22:00:00Z',
    );
    expect(sums(l, 'day', '2026-03-28', '2026-03-30')).toEqual([
      ['2026-03-28', 1],
      ['2026-03-29', 4],
      ['2026-03-30', 1],
    ]);
  });

  it.each([
    ['Asia/Kolkata', '2026-11-19T18:31:00Z', '2026-11-19T18:30:00.000Z'],
    ['Asia/Kathmandu', '2026-11-19T18:16:00Z', '2026-11-19T18:15:00.000Z'],
    ['Pacific/Chatham', '2026-11-19T10:14:59Z', '2026-11-19T09:15:00.000Z'],
    ['Australia/Lord_Howe', '2026-10-03T15:45:00Z', '2026-10-03T15:00:00.000Z'],
  ])('begin the hour where the clock of %s does', (zone, instant, start) => {
    expect(new Date(hourStart(at(instant), zone)).toISOString()).toBe(start);
  });

  it('hold calls and appointments too, are kept 400 days, and bound what is asked', () => {
    const l = ledger();
    good(l.settleCall({ key: 'call:1', seconds: 61, occurredAt: NOW }));
    good(
      l.settleAppointment({
        key: 'appointment:1',
        appointmentId: 'a',
        version: 1,
        change: 'confirmed',
        source: 'admin',
        occurredAt: NOW,
      }),
    );
    use(l, '2026-11-20T08:00:00Z');
    expect(
      good(usageSums(l.store.usage, 'Europe/Berlin', { by: 'day', from: '2026-11-20', until: '2026-11-20' })),
    ).toEqual(
      expect.arrayContaining([
        { eventType: 'voice_minute', at: '2026-11-20', count: 1, quantityUnits: 30_500, unitsPerOne: 30_000 },
        { eventType: 'api_call', at: '2026-11-20', count: 1, quantityUnits: 10_000, unitsPerOne: 10_000 },
      ]),
    );
    const ask = (from: string, until: string, by: 'hour' | 'day' = 'day') =>
      usageSums(l.store.usage, 'Europe/Berlin', { by, from, until });
    expect(ask('2026-11-21', '2026-11-20')).toMatchObject({ error: { code: 'VALIDATION_ERROR' } });
    expect(ask('2026-02-30', '2026-11-20')).toMatchObject({ error: { code: 'VALIDATION_ERROR' } });
    expect(ask('2025-01-01', '2026-11-20')).toMatchObject({ error: { code: 'VALIDATION_ERROR' } });
    expect(ask('2026-08-01', '2026-11-20', 'hour')).toMatchObject({ error: { code: 'VALIDATION_ERROR' } });
    l.store.usage.prune(asInstant(NOW + 402 * DAY));
    expect(l.usageRows.usage_sums).toEqual([]);
  });
});

describe('properties', () => {
  const file = new LedgerFile();
  const other = new LedgerFile();
  const TYPES = ['api_call', 'sms', 'whatsapp', 'voice_minute', 'storage_mb', 'ai_query'] as const;
  const events = fc
    .array(
      fc.record({
        eventType: fc.constantFrom(...TYPES),
        quantityScaled: fc.integer({ min: 0, max: 150_000 }),
        day: fc.integer({ min: 0, max: 45 }),
        minute: fc.integer({ min: 0, max: 1_439 }),
      }),
      { minLength: 1, maxLength: 60 },
    )
    .map((list) =>
      list.map(({ day, minute, ...rest }, n) =>
        event(`e${n}`, { ...rest, occurredAt: asInstant(NOW - day * DAY - minute * 60_000) }),
      ),
    );
  /** Sizes of the batches that a history is cut into. */
  const cuts = fc.array(fc.integer({ min: 1, max: 20 }), { minLength: 1, maxLength: 60 });

  const cut = (all: readonly MeteredEvent[], sizes: readonly number[]): MeteredEvent[][] => {
    const batches: MeteredEvent[][] = [];
    for (let from = 0, n = 0; from < all.length; n++) {
      const size = sizes[n % sizes.length] ?? 1;
      batches.push(all.slice(from, from + size));
      from += size;
    }
    return batches;
  };
  const rich = (made: TestLedger, versions: number): TestLedger => {
    made.now = asInstant(NOW - 50 * DAY);
    const l = ledger(priced(70_001), made);
    if (versions > 1) {
      l.now = asInstant(NOW - 20 * DAY);
      good(l.putTerms({ key: 'terms:2', terms: priced(110_003, 55_000) }));
    }
    l.now = NOW;
    return l;
  };
  const money = (l: TestLedger): unknown => ({
    lines: l.lines,
    accounts: l.book.accounts,
    sums: l.usageRows.usage_sums,
    storage: l.usageRows.storage_level,
  });
  const conserved = (l: TestLedger): void => {
    expect(l.verify().problems).toEqual([]);
    const accounts = Object.values(l.book.accounts);
    expect(accounts.reduce((sum: number, one) => sum + one, 0)).toBe(0);
  };

  it('a batch charges exactly what its events would one by one, however it is cut', () => {
    fc.assert(
      fc.property(events, cuts, fc.constantFrom(1, 2), (all, sizes, versions) => {
        const single = rich(file.next(), versions);
        for (const one of all) {
          const { key, eventType, quantityScaled, occurredAt } = one;
          good(single.chargeUsage({ key: `usage:${key}`, eventType, quantityScaled, occurredAt }));
        }
        const batched = rich(other.next(), versions);
        for (const batch of cut(all, sizes)) charge(batched, batch);
        const { storage: _own, ...expected } = money(single) as { storage: unknown };
        expect(money(batched)).toMatchObject(expected);
        conserved(batched);
      }),
      { numRuns: runsOf('usage-batches'), seed: seedOf(20_261_123) },
    );
  });

  it('in any order, under one version of the terms', () => {
    fc.assert(
      fc.property(
        events.chain((all) => fc.tuple(fc.constant(all), fc.shuffledSubarray(all, { minLength: all.length }))),
        cuts,
        ([all, shuffled], sizes) => {
          const one = rich(file.next(), 1);
          charge(one, all);
          const two = rich(other.next(), 1);
          for (const batch of cut(shuffled, sizes)) charge(two, batch);
          expect(money(two)).toEqual(money(one));
          conserved(two);
        },
      ),
      { numRuns: runsOf('usage-batches'), seed: seedOf(20_261_123) },
    );
  });

  it('replays change nothing, in whichever cut they come', () => {
    fc.assert(
      fc.property(events, cuts, cuts, (all, sizes, again) => {
        const l = rich(file.next(), 2);
        for (const batch of cut(all, sizes)) charge(l, batch);
        const { state } = l;
        for (const batch of cut(all, again))
          expect(new Set(said(charge(l, batch).results))).toEqual(new Set(['duplicate']));
        expect(l.state).toBe(state);
      }),
      { numRuns: runsOf('usage-batches'), seed: seedOf(20_261_123) },
    );
  });
});
