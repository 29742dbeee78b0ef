/** What happens at the edges of money: payments that come back, months that are over, clocks that step, sums that end, files of the time before. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asInstant, type Instant } from '../../../shared/clock.ts';
import type { TopupId } from '../../../shared/ids.ts';
import { asCents, asMicros } from '../../../shared/money.ts';
import type { Result } from '../../../shared/result.ts';
import { DAY } from '../../../shared/time.ts';
import { inputHashOf } from '../../object-runtime/command.ts';
import { LedgerFile, migratedFile, TestLedger } from '../ledger.fixture.ts';
import { defaultTerms, ORACLE_PLAN, PER_MINUTE_PLAN } from '../rules/terms.ts';
import type { RefundState } from '../../../shared/money-status.ts';
import type { SettleAppointment, Terms } from '../types.ts';
import { LEDGER_COMMANDS } from './registry.ts';

const NOW = asInstant(Date.UTC(2026, 10, 20, 9));
const at = (iso: string): Instant => asInstant(Date.parse(iso));
const top = (text: string) => `top_${text}` as TopupId;
const PRICED = defaultTerms({ ...ORACLE_PLAN, includedMinutes: 0 });

function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);
function ledger(terms: Terms = PRICED, made = new TestLedger()): TestLedger {
  good(made.putTerms({ key: 'terms:1', terms, billingFrom: '2026-11-01' }));
  return made;
}
const opened = (l: TestLedger, name = 'a', cents = 10_000) =>
  good(l.openTopup({ key: `topup:${name}`, topupId: top(name), amountCents: asCents(cents), method: 'stripe' }));
const pay = (l: TestLedger, name = 'a', changes: { sessionId?: string; currency?: string } = {}) =>
  l.recordTopup({
    key: `stripe:pi_${name}`,
    topupId: top(name),
    grossCents: l.topup(top(name)).grossCents,
    currency: 'EUR',
    method: 'stripe',
    paymentId: `pi_${name}`,
    ...changes,
  });
const paid = (l: TestLedger, name = 'a', cents = 10_000) => {
  opened(l, name, cents);
  return good(pay(l, name));
};
const call = (l: TestLedger, name: string, seconds: number, occurredAt: Instant = l.now) =>
  l.settleCall({ key: `call:${name}`, seconds, occurredAt });
const usage = (l: TestLedger, name: string, occurredAt: Instant) =>
  l.chargeUsage({ key: `usage:${name}`, eventType: 'voice_minute', quantityScaled: 10_000, occurredAt });
const refund = (l: TestLedger, refundId: string, cents: number, state: RefundState) =>
  l.reverseTopup({
    key: 'stripe:pi_a',
    topupId: top('a'),
    kind: 'refund_state',
    refundId,
    refundGrossCents: asCents(cents),
    state,
  });
const refundedInAll = (l: TestLedger, cents: number) =>
  l.reverseTopup({ key: 'stripe:pi_a', topupId: top('a'), kind: 'refund', refundedGrossCents: asCents(cents) });
const dispute = (l: TestLedger, movements: number, withdrawn: number) =>
  l.reverseTopup({
    key: 'stripe:pi_a',
    topupId: top('a'),
    kind: 'dispute',
    disputeId: 'du_1',
    withdrawnGrossCents: asCents(withdrawn),
    movements,
  });
const appointment = (
  l: TestLedger,
  version: number,
  change: SettleAppointment['change'],
  changes: Partial<SettleAppointment> = {},
) =>
  l.settleAppointment({
    key: `appointment:app_1:${change}:${version}`,
    appointmentId: 'app_1',
    version,
    change,
    source: 'admin',
    occurredAt: l.now,
    ...changes,
  });

describe('a refund', () => {
  it('that fails after it succeeded gives the customer the money and the bonus back', () => {
    const l = ledger();
    paid(l);
    good(refund(l, 're_1', 5_950, 'pending'));
    good(refund(l, 're_1', 5_950, 'succeeded'));
    good(refundedInAll(l, 5_950));
    expect(l.balance).toMatchObject({ prepaidCents: 5_000, bonusCents: 250 });
    good(refund(l, 're_1', 5_950, 'failed'));
    expect(l.balance).toMatchObject({ prepaidCents: 10_000, bonusCents: 500 });
    expect(l.topup(top('a'))).toMatchObject({ status: 'completed', refundedCents: 0 });
    expect(l.entries.at(-1)).toMatchObject({ type: 'adjustment', descriptionKey: 'ledger.refund_failed' });
    good(refund(l, 're_2', 1_190, 'succeeded'));
    good(refundedInAll(l, 7_140));
    expect(l.topup(top('a')).refundedCents).toBe(1_190);
    expect(l.verify().problems).toEqual([]);
  });
  it('that took spent bonus from paid money gives it back there', () => {
    const l = ledger();
    paid(l);
    good(call(l, '1', 40 * 60));
    expect(l.balance).toMatchObject({ prepaidCents: 9_900, bonusCents: 0 });
    good(refund(l, 're_1', 11_900, 'succeeded'));
    expect(l.balance).toMatchObject({ prepaidCents: -600, bonusCents: 0 });
    good(refund(l, 're_1', 11_900, 'failed'));
    expect(l.balance).toMatchObject({ prepaidCents: 9_900, bonusCents: 0 });
    expect(l.verify().problems).toEqual([]);
  });
  it('ends the same in whatever order its states and the sums of its charge are told', () => {
    const files = new LedgerFile();
    const states = ['requires_action', 'pending', 'succeeded', 'failed'] as const;
    const told: ((l: TestLedger) => unknown)[] = [
      ...states.map((state) => (l: TestLedger) => refund(l, 're_1', 2_380, state)),
      ...states.slice(1, 3).map((state) => (l: TestLedger) => refund(l, 're_2', 1_190, state)),
      (l) => refundedInAll(l, 2_380),
      (l) => refundedInAll(l, 3_570),
      (l) => pay(l),
    ];
    fc.assert(
      fc.property(fc.shuffledSubarray(told, { minLength: told.length }), (order) => {
        const l = ledger(PRICED, files.next());
        opened(l);
        for (const tell of order) tell(l);
        expect(l.topup(top('a')).refundedCents).toBe(1_190);
        expect(l.balance.availableCents).toBe(9_450);
        expect(l.verify().problems).toEqual([]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a dispute', () => {
  it('that was lost and is won after all returns the money; the order of its events does not matter', () => {
    const states = [
      [1, 11_900],
      [2, 0],
      [3, 4_200],
      [4, 0],
    ] as const;
    for (const order of [states, [...states].reverse(), [states[2], states[0], states[3], states[1]]]) {
      const l = ledger();
      paid(l);
      for (const [movements, withdrawn] of order) good(dispute(l, movements, withdrawn));
      expect(l.balance).toMatchObject({ prepaidCents: 10_000, bonusCents: 500 });
      expect(l.topup(top('a'))).toMatchObject({ status: 'completed', disputedCents: 0 });
      expect(l.book.accounts.clearing).toBe(0);
      expect(l.verify().problems).toEqual([]);
    }
  });
  it('that takes another amount later books the difference', () => {
    const l = ledger();
    paid(l);
    good(dispute(l, 1, 5_950));
    expect(l.topup(top('a')).disputedCents).toBe(5_950);
    good(dispute(l, 2, 8_330));
    expect(l.topup(top('a')).disputedCents).toBe(8_330);
    expect(l.balance.availableCents).toBe(10_500 - 7_350);
  });
  it('of the time when disputes had a state is restored as what it had moved', () => {
    const restore = LEDGER_COMMANDS.reverseTopup.restore;
    const l = ledger();
    paid(l);
    const older = {
      key: 'stripe:pi_a',
      topupId: top('a'),
      kind: 'dispute',
      disputeId: 'du_1',
      disputedGrossCents: 11_900,
    };
    const whole = (state: string) => restore?.({ ...older, state } as never, undefined) as never;
    good(l.reverseTopup(whole('lost')));
    expect(l.balance.availableCents).toBe(0);
    good(l.reverseTopup(whole('won')));
    expect(l.balance.availableCents).toBe(10_500);
  });
});

describe('a payment', () => {
  it('of another session than the one it was sent to is refused, also after the right one', () => {
    const l = ledger();
    opened(l);
    good(l.linkTopup({ key: 'topup:a', topupId: top('a'), checkoutSessionId: 'cs_ours' }));
    const other = { error: { errors: { checkout_session_id: ['this top-up was sent to another session'] } } };
    expect(pay(l, 'a', { sessionId: 'cs_theirs' })).toMatchObject(other);
    expect(l.topupProcessing({ key: 'stripe:pi_a', topupId: top('a'), sessionId: 'cs_theirs' })).toMatchObject(other);
    good(pay(l, 'a', { sessionId: 'cs_ours' }));
    good(pay(l));
    expect(pay(l, 'a', { sessionId: 'cs_theirs' })).toMatchObject(other);
    expect(l.balance.availableCents).toBe(10_500);
  });
  it('can not meet another currency: it stays while a top-up may still be paid, and what was failed is refused', () => {
    const l = ledger();
    opened(l);
    const yen = { ...PRICED, currency: 'JPY' };
    expect(l.putTerms({ key: 'terms:2', terms: yen })).toMatchObject({
      error: { errors: { currency: ['a top-up in the other currency may still be paid'] } },
    });
    good(l.topupFailed({ key: 'stripe:pi_a', topupId: top('a'), reason: 'expired' }));
    good(l.putTerms({ key: 'terms:2', terms: yen }));
    expect(pay(l)).toMatchObject({ error: { errors: { currency: ['the ledger is kept in JPY'] } } });
    expect(l.entries).toEqual([]);
  });
  it('in dinars is a whole number of ten fils, VAT included', () => {
    const l = ledger({ ...PRICED, currency: 'KWD' });
    const ask = (amount: number) =>
      l.openTopup({
        key: `topup:${amount}`,
        topupId: top(`${amount}`),
        amountCents: asCents(amount),
        method: 'stripe',
      });
    expect(codeOf(ask(10_005))).toBe('VALIDATION_ERROR');
    expect(good(ask(10_010)).topup).toMatchObject({ vatCents: 1_900, grossCents: 11_910 });
  });
  it.each(['ZZZ', 'EURO', 'BGN'])('%s is no currency of a ledger', (currency) => {
    expect(codeOf(new TestLedger().putTerms({ key: 't', terms: { ...PRICED, currency } }))).toBe('VALIDATION_ERROR');
  });
});

describe('money booked by hand', () => {
  it('earns its bonus only where that is said', () => {
    const l = ledger();
    const book = (name: string, bonus: boolean) =>
      good(
        l.recordTopup({
          key: `manual:${name}`,
          topupId: top(name),
          amountCents: asCents(10_000),
          currency: 'EUR',
          method: 'manual',
          bonus,
        }),
      );
    expect(book('a', false).topup).toMatchObject({ bonusCents: 0, bonusTierId: null });
    expect(book('b', true).topup).toMatchObject({ bonusCents: 500, bonusTierId: 'starter' });
  });
  it('of the time before had its bonus without a word, and has it after a restore', () => {
    const l = ledger();
    const command = { key: 'manual:a', topupId: top('a'), amountCents: 10_000, currency: 'EUR', method: 'manual' };
    good(l.recordTopup(LEDGER_COMMANDS.recordTopup.restore?.(command as never, undefined) as never));
    expect(l.balance.bonusCents).toBe(500);
  });
});

describe('sums', () => {
  it('beyond what is exact are refused, nothing of the command stays, and the ledger goes on', () => {
    const l = ledger({ ...PRICED, currency: 'JPY' });
    const book = (n: number) =>
      l.recordTopup({
        key: `bank:${n}`,
        topupId: top(`${n}`),
        amountCents: asCents(100_000_000),
        currency: 'JPY',
        method: 'bank_transfer',
      });
    let n = 0;
    while (book(n).ok) n++;
    // 2^53 micros of cash, each transfer with 19 % VAT: 75 hundred millions.
    expect(n).toBe(75);
    const before = l.state;
    expect(book(n)).toEqual({
      ok: false,
      error: { code: 'LIMIT_REACHED', limit: 'ledger_sum', max: Number.MAX_SAFE_INTEGER },
    });
    expect(l.state).toBe(before);
    good(call(l, '1', 60));
    expect(l.verify().problems).toEqual([]);
  });
});

describe('a month', () => {
  it('is rounded line by line, the same when it is shown and when it is closed', () => {
    const l = ledger(defaultTerms(ORACLE_PLAN));
    paid(l);
    // Two versions of the terms, each with half a cent of minutes beyond the included ones.
    good(call(l, 'big', 500 * 60));
    good(call(l, '1', 62));
    l.now = asInstant(l.now + 1_000);
    good(l.putTerms({ key: 'terms:2', terms: defaultTerms(ORACLE_PLAN) }));
    good(call(l, '2', 62));
    const shown = l.month('2026-11');
    expect(shown.lines.map((line) => [line.priceLine, line.amountCents])).toEqual([
      ['voice_minute@1', 16],
      ['voice_minute@2', 16],
    ]);
    // Of the sum it would be 0.31: half up of 31.0 cents.
    expect(shown.minutesCents).toBe(32);
    expect(shown.totalCents).toBe(4_932);
    l.now = at('2026-12-02T00:00:00Z');
    good(l.closePeriod({ key: 'close', period: '2026-11' }));
    expect(l.month('2026-11')).toEqual(shown);
    expect(l.book.accounts.usage_revenue).toBe(320_000);
    expect(l.verify().problems).toEqual([]);
  });
  it('with several other things is the sum of their rounded lines, not the rounded sum', () => {
    const unit = { includedScaled: 0, priceMicros: asMicros(5_000) };
    const l = ledger(defaultTerms({ ...ORACLE_PLAN, unitPrices: { sms: unit, storage_mb: unit } }));
    for (const eventType of ['sms', 'storage_mb'] as const)
      good(l.chargeUsage({ key: `usage:${eventType}`, eventType, quantityScaled: 10_000, occurredAt: l.now }));
    const shown = l.month('2026-11');
    expect(shown.lines.map(({ amountCents }) => amountCents)).toEqual([1, 1]);
    expect(shown.otherCents).toBe(2);
    l.now = at('2026-12-02T00:00:00Z');
    good(l.closePeriod({ key: 'close', period: '2026-11' }));
    expect(l.month('2026-11')).toEqual(shown);
    expect(l.book.accounts.usage_revenue).toBe(20_000);
  });
  it('keeps its base fee and its prices when the terms change after it', () => {
    const l = ledger(defaultTerms(ORACLE_PLAN));
    good(call(l, '1', 60));
    l.now = at('2026-12-02T00:00:00Z');
    good(l.closePeriod({ key: 'close', period: '2026-11' }));
    good(l.putTerms({ key: 'terms:2', terms: defaultTerms({ ...ORACLE_PLAN, baseFeeMicros: asMicros(99_000_000) }) }));
    expect(l.month('2026-11')).toMatchObject({ baseFeeCents: 4_900, termsVersion: 1 });
    // The first day at 49.00, thirty at 99.00.
    expect(l.month('2026-12')).toMatchObject({ baseFeeCents: 158 + 9_581, termsVersion: 2 });
  });
  it('that is over but open has the base fee of its end', () => {
    const l = ledger(defaultTerms(ORACLE_PLAN));
    l.now = at('2026-12-02T00:00:00Z');
    good(l.putTerms({ key: 'terms:2', terms: defaultTerms({ ...ORACLE_PLAN, baseFeeMicros: asMicros(99_000_000) }) }));
    expect(l.month('2026-11').baseFeeCents).toBe(4_900);
  });
  it('charges what happened before a change of prices by the prices of before', () => {
    const l = ledger(defaultTerms(PER_MINUTE_PLAN));
    const ended = l.now;
    l.now = asInstant(l.now + 60_000);
    const dearer = defaultTerms({ ...PER_MINUTE_PLAN, pricePerMinuteMicros: asMicros(2_000_000) });
    good(l.putTerms({ key: 'terms:2', terms: dearer }));
    expect(good(call(l, '1', 60, ended)).postedCents).toBe(20);
    expect(good(usage(l, '1', ended)).postedCents).toBe(20);
    expect(good(call(l, '2', 60)).postedCents).toBe(200);
  });
  it('closes every open month before it, and refuses none of their usage silently', () => {
    const l = ledger(defaultTerms(PER_MINUTE_PLAN));
    good(usage(l, 'september', at('2026-09-10T10:00:00Z')));
    good(usage(l, 'october', at('2026-10-10T10:00:00Z')));
    l.now = at('2026-11-02T00:00:00Z');
    good(l.closePeriod({ key: 'close', period: '2026-10' }));
    expect(l.store.invoice('2026-09')?.minutesCents).toBe(20);
    expect(good(usage(l, 'late', at('2026-09-11T10:00:00Z')))).toMatchObject({ period: '2026-11', late: true });
    expect(l.events.filter(({ type }) => type === 'ledger.period_closed')).toHaveLength(2);
    expect(good(l.closePeriod({ key: 'again', period: '2026-09' })).entryIds).toEqual([]);
  });
  it('with more price lines than any ledger has is not closed by halves', () => {
    const l = ledger();
    const line = good(call(l, '1', 61)) && l.store.lines('2026-11')[0];
    if (!line) throw new Error('a line was used');
    for (let n = 0; n < 2_000; n++)
      l.store.saveLine('2026-11', {
        ...line,
        priceLine: `sms@${n}`,
        exactMicros: asMicros(5_000),
        postedMicros: asMicros(0),
      });
    l.now = at('2026-12-02T00:00:00Z');
    expect(() => l.closePeriod({ key: 'close', period: '2026-11' })).toThrow(/2001 price lines/);
    expect(l.store.lastClosed()).toBeNull();
  });
});

describe('usage', () => {
  it('of a closed month is taken late for 40 days, then refused; its key is known as long as it could be charged', () => {
    const l = ledger(defaultTerms(PER_MINUTE_PLAN));
    const october = at('2026-10-31T10:00:00Z');
    l.now = at('2026-11-02T00:00:00Z');
    good(l.closePeriod({ key: 'close', period: '2026-10' }));
    l.now = asInstant(l.now + 40 * DAY);
    const first = good(usage(l, '1', october));
    expect(first).toMatchObject({ period: '2026-12', late: true, postedCents: 20 });
    expect(good(usage(l, '1', october))).toEqual(first);
    l.now = asInstant(l.now + 1);
    expect(usage(l, '2', october)).toEqual({ ok: false, error: { code: 'TOO_OLD' } });
    l.now = asInstant(l.now + 103 * DAY);
    expect(usage(l, '1', october)).toEqual({ ok: false, error: { code: 'TOO_OLD' } });
    expect(l.entries).toHaveLength(1);
  });
  it.each([
    ['a day and a millisecond ahead', 'IN_FUTURE', (now: number) => now + DAY + 1],
    ['of the year 12026', 'IN_FUTURE', () => Date.UTC(12_026, 0, 1)],
    ['beyond every date', 'IN_FUTURE', () => Number.MAX_SAFE_INTEGER],
    ['older than a hundred days', 'TOO_OLD', (now: number) => now - 100 * DAY - 1],
    ['of 1970', 'TOO_OLD', () => 0],
    ['before 1970', 'TOO_OLD', () => -1e12],
    ['a day ahead', 'ok', (now: number) => now + DAY],
    ['a hundred days old', 'ok', (now: number) => now - 100 * DAY],
  ])('%s: %s', (_what, code, when) => {
    const l = ledger(defaultTerms(PER_MINUTE_PLAN));
    expect(codeOf(usage(l, '1', asInstant(when(l.now))))).toBe(code);
  });
  it.each([[Date.UTC(12_026, 0, 1)], [-1e12], [0], [Number.MAX_SAFE_INTEGER]])(
    'of a call is charged whatever its clock said: %d',
    (when) => {
      const l = ledger(defaultTerms(PER_MINUTE_PLAN));
      const charged = good(call(l, '1', 60, asInstant(when)));
      expect(charged.postedCents).toBe(20);
      expect(charged.period).toBe('2026-11');
      expect(l.verify().problems).toEqual([]);
    },
  );
});

describe('a clock that steps forty days ahead and back', () => {
  it('leaves entries in the order of time, and months without overlap', () => {
    const l = ledger(defaultTerms(PER_MINUTE_PLAN));
    paid(l);
    good(call(l, '1', 60));
    l.now = asInstant(NOW + 40 * DAY);
    good(call(l, '2', 60));
    good(l.closePeriod({ key: 'close', period: '2026-11' }));
    l.now = asInstant(NOW + 60_000);
    good(call(l, '3', 60));
    const times = l.entries.map(({ createdAt }) => createdAt);
    expect(times).toEqual([...times].sort((a, b) => a - b));
    expect(l.entries.at(-1)).toMatchObject({ occurredAt: NOW + 60_000, createdAt: NOW + 40 * DAY });
    // November was closed by the clock that was ahead: its calls go on, late.
    expect(l.store.lines('2026-11')[0]?.count).toBe(1);
    expect(l.verify().problems).toEqual([]);
  });
});

describe('a hold', () => {
  it('that arrives after its call was said never to have happened holds nothing, and its repeat says so', () => {
    const l = ledger();
    paid(l);
    const hold = () =>
      l.holdForCall({ key: 'call:1', estimateMicros: asMicros(1_000_000), expiresAt: asInstant(NOW + 600_000) });
    expect(good(l.voidCallHold({ key: 'call:1' })).released).toBe(false);
    expect(good(hold())).toMatchObject({ status: 'voided', amountCents: 0 });
    expect(l.balance.heldCents).toBe(0);
    expect(good(hold()).status).toBe('voided');
    // It did happen after all: charged as always.
    expect(good(call(l, '1', 60)).postedCents).toBe(15);
  });
  it('answers a repeat with what became of it', () => {
    const l = ledger();
    paid(l);
    const hold = (name: string) =>
      good(l.holdForCall({ key: `call:${name}`, estimateMicros: asMicros(1e6), expiresAt: asInstant(NOW + 600_000) }));
    for (const name of ['1', '2', '3']) expect(hold(name).status).toBe('held');
    good(l.voidCallHold({ key: 'call:1' }));
    good(l.expireHold({ key: 'call:2' }));
    good(call(l, '3', 60));
    expect(['1', '2', '3'].map((name) => hold(name).status)).toEqual(['voided', 'expired', 'settled']);
  });
});

describe('bonus', () => {
  it('is never taken below zero', () => {
    const l = ledger();
    paid(l);
    const take = (key: string, cents: number) =>
      l.adjust({ key, amountCents: asCents(cents), account: 'bonus', reasonId: 'rea_1' });
    expect(take('1', -501)).toMatchObject({ error: { errors: { amount_cents: ['there is less bonus than that'] } } });
    good(take('2', -500));
    expect(codeOf(take('3', -1))).toBe('VALIDATION_ERROR');
    expect(l.book.accounts.bonus).toBe(0);
  });
});

describe('a low balance', () => {
  it('that was told as empty is not told again as 20 % when the percents change', () => {
    const l = ledger({ ...PRICED, thresholdPercents: [] });
    paid(l);
    const percents = () =>
      l.events.flatMap(({ type, body }) => (type === 'balance.low' ? [(body as { percent: number }).percent] : []));
    good(call(l, '1', 80_000));
    expect(percents()).toEqual([0]);
    good(l.putTerms({ key: 'terms:2', terms: { ...PRICED, thresholdPercents: [50, 20] } }));
    good(call(l, '2', 60));
    expect(percents()).toEqual([0]);
    paid(l, 'b', 100_000);
    for (const name of ['3', '4', '5']) good(call(l, name, 86_400));
    expect(percents()).toEqual([0, 50]);
  });
});

describe('the fee of an appointment', () => {
  const charged = (l: TestLedger) => l.entries.map((entry) => [entry.descriptionKey, entry.amountCents]);
  it('is charged once when it is confirmed, however often that is told', () => {
    const l = ledger();
    expect(good(appointment(l, 1, 'confirmed'))).toMatchObject({ charged: true, postedCents: 200 });
    expect(good(appointment(l, 2, 'confirmed'))).toMatchObject({ charged: true, postedCents: 0, entryId: null });
    good(appointment(l, 1, 'confirmed'));
    expect(charged(l)).toEqual([['ledger.appointment_fee.appointment', -200]]);
  });
  it('is posted below the floor and for a suspended tenant: it stands in no booking’s way', () => {
    const l = ledger({ ...PRICED, suspended: true });
    good(appointment(l, 1, 'confirmed'));
    expect(l.balance.availableCents).toBe(-200);
  });
  it.each(['phone_ai', 'admin', 'api', 'portal', 'public', 'calcom'] as const)('is due for %s', (source) => {
    expect(good(appointment(ledger(), 1, 'confirmed', { source })).charged).toBe(true);
  });
  it('is not due for what was imported, nor for sources the plan leaves out', () => {
    expect(good(appointment(ledger(), 1, 'confirmed', { source: 'import' })).charged).toBe(false);
    const onlyPhone = ledger(defaultTerms({ ...ORACLE_PLAN, billableSources: ['phone_ai'] }));
    expect(good(appointment(onlyPhone, 1, 'confirmed', { source: 'admin' })).charged).toBe(false);
    expect(good(appointment(onlyPhone, 2, 'confirmed', { source: 'phone_ai' })).charged).toBe(true);
  });
  it('comes back where it was taken from when the appointment is cancelled in time, and not when late', () => {
    const l = ledger();
    paid(l);
    good(appointment(l, 1, 'confirmed'));
    expect(l.balance).toMatchObject({ prepaidCents: 10_000, bonusCents: 300 });
    good(appointment(l, 2, 'cancelled_late'));
    expect(l.balance.availableCents).toBe(10_300);
    expect(good(appointment(l, 3, 'cancelled_in_time'))).toMatchObject({ charged: false, postedCents: -200 });
    expect(l.balance).toMatchObject({ prepaidCents: 10_000, bonusCents: 500 });
    expect(l.month('2026-11')).toMatchObject({ appointmentsCents: 0 });
    // Put back by the customer: due again.
    good(appointment(l, 4, 'confirmed'));
    expect(l.balance.availableCents).toBe(10_300);
    expect(l.verify().problems).toEqual([]);
  });
  it('stays where the plan gives nothing back', () => {
    const l = ledger(defaultTerms({ ...ORACLE_PLAN, refundOnCancel: 'none' }));
    good(appointment(l, 1, 'confirmed'));
    expect(good(appointment(l, 2, 'cancelled_in_time')).charged).toBe(true);
    expect(l.balance.availableCents).toBe(-200);
  });
  it('of a closed month comes back in the open one', () => {
    const l = ledger();
    good(appointment(l, 1, 'confirmed'));
    l.now = at('2026-12-02T00:00:00Z');
    good(l.closePeriod({ key: 'close', period: '2026-11' }));
    good(appointment(l, 2, 'cancelled_in_time'));
    expect(l.month('2026-11').appointmentsCents).toBe(200);
    expect(l.month('2026-12').appointmentsCents).toBe(-200);
    expect(l.book.accounts.usage_revenue).toBe(0);
    expect(l.verify().problems).toEqual([]);
  });
  it('ends the same in whatever order its changes are told', () => {
    const files = new LedgerFile();
    const changes = [
      [1, 'confirmed'],
      [2, 'cancelled_in_time'],
      [3, 'confirmed'],
      [4, 'cancelled_late'],
    ] as const;
    for (const last of [2, 3, 4]) {
      const told = changes.slice(0, last);
      fc.assert(
        fc.property(fc.shuffledSubarray(told, { minLength: told.length }), (order) => {
          const l = ledger(PRICED, files.next());
          for (const [version, change] of order) good(appointment(l, version, change));
          expect(l.balance.availableCents).toBe(last === 2 ? 0 : -200);
        }),
        { numRuns: 24 },
      );
    }
  });
  it('that the first version charged is not charged again', () => {
    const l = ledger();
    good(
      l.chargeUsage({
        key: 'appointment:app_1',
        eventType: 'appointment',
        quantityScaled: 10_000,
        occurredAt: NOW,
        refs: { referenceType: 'appointment', referenceId: 'app_1' },
      }),
    );
    expect(good(appointment(l, 1, 'confirmed')).postedCents).toBe(0);
    expect(good(appointment(l, 2, 'cancelled_in_time')).postedCents).toBe(-200);
  });
});

describe('an outcome', () => {
  it('is kept as ids and numbers, and its repeat answers the same', () => {
    const l = ledger();
    paid(l);
    const charge = () => good(usage(l, '1', NOW));
    const first = charge();
    good(call(l, '2', 90));
    expect(charge()).toEqual(first);
    const adjusted = () =>
      good(l.adjust({ key: 'adjust', amountCents: asCents(5), account: 'prepaid', reasonId: 'rea_1' }));
    expect(adjusted()).toEqual(adjusted());
    for (const [key, { outcome }] of l.outcomes) expect(outcome.length, key).toBeLessThan(260);
  });
  it('of the time when answers were kept whole is answered as it was', () => {
    const l = ledger();
    const input = { key: 'usage:old', eventType: 'sms' as const, quantityScaled: 10_000, occurredAt: NOW };
    const whole = { entryId: 'ent_1', entry: { id: 'ent_1' }, postedCents: 9, balance: { availableCents: 1 } };
    l.remember('usage:old', 'chargeUsage', inputHashOf(LEDGER_COMMANDS.chargeUsage, input), whole);
    expect(good(l.chargeUsage(input))).toEqual(whole);
  });
});

describe('what was spent', () => {
  it('is counted by day, without reading entries', () => {
    const l = ledger();
    paid(l);
    good(call(l, '1', 60));
    l.now = asInstant(NOW + 3 * DAY);
    good(call(l, '2', 120));
    good(appointment(l, 1, 'confirmed'));
    good(appointment(l, 2, 'cancelled_in_time'));
    const spent = (days: number) => l.store.spent(asInstant(l.now - days * DAY), l.now);
    expect(spent(30)).toEqual({ micros: 450_000, since: NOW });
    expect(spent(2)).toEqual({ micros: 300_000, since: NOW + 3 * DAY });
    const charges = l.entries.filter(({ type }) => type === 'call_cost' || type === 'appointment_fee');
    expect(charges.reduce((sum, entry) => sum - entry.amountMicros, 0)).toBe(450_000);
  });
});

describe('verify finds what lies beside the entries', () => {
  const broken = (sql: string): string[] => {
    const l = ledger(defaultTerms(ORACLE_PLAN));
    paid(l);
    good(call(l, 'big', 501 * 60));
    good(appointment(l, 1, 'confirmed'));
    l.now = at('2026-12-02T00:00:00Z');
    good(l.closePeriod({ key: 'close', period: '2026-11' }));
    good(call(l, '2', 60));
    expect(l.verify().problems).toEqual([]);
    l.forge(sql);
    return l.verify().problems.map(({ kind }) => kind);
  };
  it.each([
    [
      'a top-up that forgot what it had applied',
      "UPDATE topups SET body = json_set(body, '$.applied.netCents', 0)",
      'topup',
    ],
    [
      'a top-up that was asked for more',
      "UPDATE topups SET body = json_set(body, '$.asked.amountCents', 20000)",
      'topup',
    ],
    [
      'a refund that was invented',
      "UPDATE topups SET body = json_set(body, '$.facts.refundedGrossCents', 5000)",
      'topup',
    ],
    ['an exact amount', 'UPDATE usage_lines SET exact_micros = exact_micros + 1', 'usage'],
    ['a price line that is gone', "DELETE FROM usage_lines WHERE event_type = 'appointment'", 'usage'],
    ['a price in the terms', "UPDATE terms SET body = json_set(body, '$.plan.pricePerMinuteMicros', 1)", 'terms'],
    ['a bonus tier in the terms', "UPDATE terms SET body = json_set(body, '$.bonusTiers[0].value', 9999)", 'terms'],
    [
      'a base fee of a closed month',
      "UPDATE closed_periods SET invoice = json_set(invoice, '$.baseFeeCents', 1)",
      'close',
    ],
    ['a closed month that was opened again', 'DELETE FROM closed_periods', 'close'],
  ])('%s', (_what, sql, kind) => expect(broken(sql)).toContain(kind));
  it('an invoice line of a closed month for which no entry vouches yet', () => {
    const l = ledger(defaultTerms(PER_MINUTE_PLAN));
    l.now = at('2026-12-02T00:00:00Z');
    good(l.closePeriod({ key: 'close', period: '2026-11' }));
    expect(l.entries).toEqual([]);
    expect(l.verify().problems).toEqual([]);
    l.forge("UPDATE closed_periods SET invoice = json_set(invoice, '$.baseFeeCents', 1)");
    expect(l.verify().problems.map(({ kind }) => kind)).toEqual(['close']);
  });
});

describe('a file of the first version', () => {
  const ENTRY = `INSERT INTO entries (seq, id, type, amount_micros, balance_before_micros, balance_after_micros, exact_micros, currency, price_line, description_key, key, occurred_at, created_at, prev_hash, hash, reference_type, reference_id)`;
  it('goes on: its terms are vouched for by the next entry, its days are counted, its facts are whole', () => {
    const old = ledger(defaultTerms(PER_MINUTE_PLAN));
    paid(old);
    good(call(old, '1', 60));
    const terms = JSON.stringify(defaultTerms(PER_MINUTE_PLAN));
    const row = {
      ...old.topups[0],
      facts: {
        processing: false,
        paidAt: NOW,
        failed: null,
        refundedGrossCents: 0,
        disputes: { du_1: { grossCents: 5_950, state: 'won' } },
      },
    };
    const quoted = (value: unknown): string =>
      `'${(typeof value === 'string' ? value : JSON.stringify(value)).replaceAll("'", "''")}'`;
    const l = migratedFile(1, (sql) => {
      sql.exec(`INSERT INTO terms (version, body, at) VALUES (1, ${quoted(terms)}, ${NOW})`);
      for (const e of old.entries) {
        // As the first version wrote it: nothing vouched for, so its hash is of less.
        sql.exec(
          `${ENTRY} VALUES (${e.seq}, '${e.id}', '${e.type}', ${e.amountMicros}, ${e.balanceBeforeMicros}, ${e.balanceAfterMicros}, ${e.exactMicros ?? 'NULL'}, 'EUR', ${e.priceLine === null ? 'NULL' : quoted(e.priceLine)}, '${e.descriptionKey}', '${e.key}', ${e.occurredAt}, ${e.createdAt}, '${e.prevHash}', '${e.hash}', '${e.refs.referenceType}', '${e.refs.referenceId}')`,
        );
        for (const p of e.postings)
          sql.exec(
            `INSERT INTO postings (seq, account, amount_micros) VALUES (${e.seq}, '${p.account}', ${p.amountMicros})`,
          );
      }
      sql.exec(
        `INSERT INTO topups (id, body, asked, created_at, book_seq) VALUES ('top_a', ${quoted(row)}, 1, ${NOW}, 2)`,
      );
      sql.exec("INSERT INTO closed_periods (period, at) VALUES ('2026-09', 1)");
      sql.exec(
        `INSERT INTO book (one, currency, terms_version, accounts, seq, head_hash, epoch, thresholds) VALUES (1, 'EUR', 1, ${quoted(old.book.accounts)}, 3, '${old.book.headHash}', 1, '{"lastTopupMicros":0,"warned":[],"crossings":0}')`,
      );
    });
    l.now = asInstant(NOW + 1_000);
    expect(l.book).toMatchObject({ seq: 3, lastAt: NOW, owes: { terms: expect.stringMatching(/^1:[0-9a-f]{64}$/) } });
    expect(l.store.spent(asInstant(NOW - DAY), l.now)).toEqual({ micros: 200_000, since: NOW });
    expect(l.topup(top('a'))).toMatchObject({ status: 'completed', disputedCents: 0 });
    expect(l.store.invoice('2026-09')).toBeNull();
    good(call(l, '2', 60));
    expect(l.entries.at(-1)?.attests).toEqual({ terms: expect.stringMatching(/^1:/) });
    expect(l.book.owes).toBeNull();
    good(l.putTerms({ key: 'terms:2', terms: defaultTerms(ORACLE_PLAN) }));
    good(dispute(l, 3, 5_950));
    expect(l.entries.at(-1)?.attests).toEqual({ terms: expect.stringMatching(/^2:/) });
    expect(l.verify().problems.filter(({ kind }) => kind === 'terms' || kind === 'topup')).toEqual([]);
  });
});
