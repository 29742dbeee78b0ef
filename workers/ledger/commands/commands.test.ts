import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf } from '../../../tests/counts.ts';
import { asInstant } from '../../../shared/clock.ts';
import type { EntryId, TopupId } from '../../../shared/ids.ts';
import { asCents, asMicros } from '../../../shared/money.ts';
import type { Result } from '../../../shared/result.ts';
import { EVENTS, type EventType } from '../../events/catalogue.ts';
import { LedgerFile, TestLedger } from '../ledger.fixture.ts';
import { defaultTerms, ORACLE_PLAN, PER_MINUTE_PLAN } from '../rules/terms.ts';
import { REFUND_STATES, type RefundState } from '../../../shared/money-status.ts';
import type { Entry, SettleAppointment, Terms } from '../types.ts';
import { LEDGER_COMMANDS } from './registry.ts';

const NOW = asInstant(Date.UTC(2026, 10, 20, 9));
const id = (text: string) => `top_${text}` as TopupId;

function ledger(terms: Terms = defaultTerms(PER_MINUTE_PLAN), made = new TestLedger()): TestLedger {
  good(made.putTerms({ key: 'terms:1', terms }));
  return made;
}
function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const codeOf = (result: Result<unknown>): string => (result.ok ? 'ok' : result.error.code);

const open = (l: TestLedger, name: string, cents = 10_000) =>
  good(l.openTopup({ key: `topup:${name}`, topupId: id(name), amountCents: asCents(cents), method: 'stripe' }));
const pay = (l: TestLedger, name: string, grossCents = 11_900) =>
  l.recordTopup({
    key: `stripe:pi_${name}`,
    topupId: id(name),
    grossCents: asCents(grossCents),
    currency: 'EUR',
    method: 'stripe',
    paymentId: `pi_${name}`,
  });
const paidTopup = (l: TestLedger, name: string, cents = 10_000) => {
  const { topup } = open(l, name, cents);
  return good(pay(l, name, topup.grossCents));
};
const call = (l: TestLedger, name: string, seconds: number) =>
  l.settleCall({ key: `call:${name}`, seconds, occurredAt: NOW });
const hold = (l: TestLedger, name: string, cents: number) =>
  l.holdForCall({ key: `call:${name}`, estimateMicros: asMicros(cents * 10_000), expiresAt: asInstant(NOW + 600_000) });

describe('top-up', () => {
  it('credits net and bonus, and books VAT and cash apart', () => {
    const l = ledger();
    const { topup, balance, entryIds } = paidTopup(l, 'a', 25_000);
    expect(topup).toMatchObject({
      status: 'completed',
      amountCents: 25_000,
      vatCents: 4_750,
      grossCents: 29_750,
      bonusCents: 1_250,
    });
    expect(balance).toMatchObject({
      availableCents: 26_250,
      prepaidCents: 25_000,
      bonusCents: 1_250,
      heldCents: 0,
      sequence: 2,
    });
    expect(entryIds).toHaveLength(2);
    expect(l.book.accounts).toMatchObject({ cash: -297_500_000, vat_output: 47_500_000, bonus_expense: -12_500_000 });
    expect(l.entries.map((e) => [e.type, e.amountCents, e.balanceAfterCents])).toEqual([
      ['topup', 25_000, 25_000],
      ['bonus', 1_250, 26_250],
    ]);
  });
  it('keeps the promise made when it was opened, whatever the tiers say later', () => {
    const l = ledger();
    open(l, 'a');
    good(l.putTerms({ key: 'terms:2', terms: defaultTerms(PER_MINUTE_PLAN, { bonusTiers: [] }) }));
    expect(good(pay(l, 'a')).balance.bonusCents).toBe(500);
  });
  it('is credited once however often the payment is reported', () => {
    const l = ledger();
    open(l, 'a');
    for (let i = 0; i < 100; i++) good(pay(l, 'a'));
    expect(l.balance.availableCents).toBe(10_500);
    expect(l.entries).toHaveLength(2);
  });
  it.each([
    ['less', 11_899],
    ['more', 11_901],
    ['the amount without its VAT', 10_000],
    ['nothing', 0],
  ])('refuses a payment of %s than was asked for, also after the right one', (_what, gross) => {
    const l = ledger();
    open(l, 'a');
    const refused = { ok: false, error: { code: 'VALIDATION_ERROR', errors: { gross_cents: ['asked for 11900'] } } };
    expect(pay(l, 'a', gross)).toEqual(refused);
    expect(l.balance.availableCents).toBe(0);
    expect(l.topup(id('a')).status).toBe('pending');
    good(pay(l, 'a'));
    expect(pay(l, 'a', gross)).toEqual(refused);
    expect(l.balance.availableCents).toBe(10_500);
  });
  it('of an earlier version that recorded what was asked for is restored as what was paid', () => {
    const recorded = { key: 'stripe:pi_a', topupId: id('a'), amountCents: 10_000, currency: 'EUR', method: 'stripe' };
    const restore = LEDGER_COMMANDS.recordTopup.restore;
    const whole = (command: Parameters<NonNullable<typeof restore>>[0]) => restore?.(command, undefined) as never;
    for (const vat of [{ vatCents: 1_900 }, {}]) {
      const l = ledger();
      open(l, 'a');
      good(l.recordTopup(whole({ ...recorded, ...vat })));
      expect(l.balance.availableCents).toBe(10_500);
    }
    const l = ledger();
    open(l, 'a');
    expect(codeOf(l.recordTopup(whole({ ...recorded, vatCents: 1_899 })))).toBe('VALIDATION_ERROR');
  });
  it('refuses a Stripe payment nobody asked for, and two payments for one top-up', () => {
    const l = ledger();
    expect(codeOf(pay(l, 'unknown'))).toBe('NOT_FOUND');
    paidTopup(l, 'a');
    const second = l.recordTopup({
      key: 'stripe:pi_2',
      topupId: id('a'),
      grossCents: asCents(11_900),
      currency: 'EUR',
      method: 'stripe',
      paymentId: 'pi_2',
    });
    expect(codeOf(second)).toBe('VALIDATION_ERROR');
    expect(l.balance.availableCents).toBe(10_500);
  });
  it.each([[999], [1_000_001], [10.5], [-1]])('refuses to open %s cents', (cents) => {
    const l = ledger();
    const refused = l.openTopup({ key: 'k', topupId: id('x'), amountCents: cents as never, method: 'stripe' });
    expect(codeOf(refused)).toBe('VALIDATION_ERROR');
  });
  it('same key with another body is refused', () => {
    const l = ledger();
    const booked = { key: 'manual:a', topupId: id('a'), currency: 'EUR', method: 'manual', bonus: false } as const;
    good(l.recordTopup({ ...booked, amountCents: asCents(10_000) }));
    expect(codeOf(l.recordTopup({ ...booked, amountCents: asCents(10_001) }))).toBe('IDEMPOTENCY_MISMATCH');
  });
  it('refuses a payment in another currency, and events of Stripe about a top-up that was booked by hand', () => {
    const l = ledger();
    paidTopup(l, 'a');
    const payment = { grossCents: asCents(11_900), method: 'stripe' } as const;
    expect(l.recordTopup({ ...payment, key: 'stripe:pi_a', topupId: id('a'), currency: 'CHF' })).toMatchObject({
      error: { errors: { currency: ['asked for EUR'] } },
    });
    good(
      l.recordTopup({
        key: 'manual:b',
        topupId: id('b'),
        amountCents: asCents(10_000),
        currency: 'EUR',
        method: 'manual',
        bonus: false,
      }),
    );
    const byHand = { error: { errors: { method: ['this top-up is paid by manual'] } } };
    expect(l.recordTopup({ ...payment, key: 'stripe:pi_b', topupId: id('b'), currency: 'EUR' })).toMatchObject(byHand);
    expect(l.topupProcessing({ key: 'stripe:pi_b', topupId: id('b') })).toMatchObject(byHand);
  });
});

describe('calls', () => {
  it('hold, then capture less: the charge is the call, the rest comes back', () => {
    const l = ledger();
    paidTopup(l, 'a');
    expect(good(hold(l, '1', 200)).balance).toMatchObject({ availableCents: 10_300, heldCents: 200 });
    const charged = good(call(l, '1', 180));
    expect(charged).toMatchObject({ postedCents: 60, billedSeconds: 180, period: '2026-11', late: false });
    expect(charged.balance).toMatchObject({
      availableCents: 10_440,
      heldCents: 0,
      bonusCents: 440,
      prepaidCents: 10_000,
    });
    expect(l.entries.map((e) => e.type)).toEqual(['topup', 'bonus', 'hold', 'release', 'call_cost']);
    expect(l.verify().ok).toBe(true);
  });
  it('a finished call is recorded even below the floor; new spend is refused below it', () => {
    const l = ledger();
    expect(codeOf(hold(l, '1', 1))).toBe('INSUFFICIENT_BALANCE');
    expect(good(call(l, '2', 600)).balance.availableCents).toBe(-200);
    expect(codeOf(hold(l, '3', 1))).toBe('INSUFFICIENT_BALANCE');
  });
  it('an overdraft is allowed exactly to its limit', () => {
    const l = ledger(defaultTerms(PER_MINUTE_PLAN, { allowOverdraftCents: asCents(500) }));
    expect(codeOf(hold(l, '1', 501))).toBe('INSUFFICIENT_BALANCE');
    expect(codeOf(hold(l, '1', 500))).toBe('ok');
  });
  it('a suspended tenant starts no call, but its finished ones are charged', () => {
    const l = ledger(defaultTerms(PER_MINUTE_PLAN, { suspended: true }));
    paidTopup(l, 'a');
    expect(codeOf(hold(l, '1', 1))).toBe('TENANT_SUSPENDED');
    expect(good(call(l, '1', 60)).postedCents).toBe(20);
  });
  it('an expired hold is released and a late settle still charges', () => {
    const l = ledger();
    paidTopup(l, 'a');
    good(hold(l, '1', 300));
    expect(good(l.expireHold({ key: 'call:1' })).released).toBe(true);
    expect(l.balance).toMatchObject({ availableCents: 10_500, heldCents: 0 });
    expect(good(call(l, '1', 60)).balance.availableCents).toBe(10_480);
    expect(good(l.voidCallHold({ key: 'call:1' })).released).toBe(false);
  });
  it('a hold that arrives after its call was settled holds nothing', () => {
    const l = ledger();
    paidTopup(l, 'a');
    good(call(l, '1', 60));
    expect(good(hold(l, '1', 300)).status).toBe('settled');
    expect(l.balance.heldCents).toBe(0);
  });
  it('calls inside the included minutes cost nothing, hold nothing and still leave an entry', () => {
    const l = ledger(defaultTerms(ORACLE_PLAN));
    const held = good(l.holdForCall({ key: 'call:1', estimateMinutes: 10, expiresAt: asInstant(NOW + 1) }));
    expect(held.status).toBe('not_needed');
    const charged = good(call(l, '1', 600));
    expect(charged.entry).toMatchObject({ type: 'call_cost', amountCents: 0, exactMicros: 0 });
  });
  it('an estimate in minutes knows what is left of the included ones', () => {
    const l = ledger(defaultTerms(ORACLE_PLAN));
    paidTopup(l, 'a');
    good(call(l, 'big', 495 * 60));
    const held = good(l.holdForCall({ key: 'call:2', estimateMinutes: 10, expiresAt: asInstant(NOW + 1) }));
    expect(held.amountCents).toBe(75);
  });
  it('the oracle: 687.5 minutes and 87 appointments, closed with one rounding entry', () => {
    const l = ledger(defaultTerms(ORACLE_PLAN));
    paidTopup(l, 'a', 100_000);
    for (let i = 0; i < 55; i++) good(call(l, `c${i}`, 750));
    for (let i = 0; i < 87; i++) {
      good(
        l.chargeUsage({ key: `appointment:${i}`, eventType: 'appointment', quantityScaled: 10_000, occurredAt: NOW }),
      );
    }
    expect(l.book.accounts.usage_revenue).toBe(28_120_000 + 174_000_000);
    l.now = asInstant(Date.UTC(2026, 11, 1, 3));
    expect(codeOf(l.closePeriod({ key: 'close:2026-12', period: '2026-12' }))).toBe('VALIDATION_ERROR');
    // The base fee of the days since the ledger began, and the rounding.
    expect(good(l.closePeriod({ key: 'close:2026-11', period: '2026-11' })).entryIds).toHaveLength(2);
    expect(l.entries.at(-1)).toMatchObject({ type: 'rounding', amountCents: -1 });
    expect(l.book.accounts.usage_revenue).toBe(28_130_000 + 174_000_000);
    const late = good(call(l, 'late', 60));
    expect(late).toMatchObject({ period: '2026-12', late: true });
    expect(l.verify().problems).toEqual([]);
  });
});

describe('reversals', () => {
  it('a refund takes paid money and its share of the bonus', () => {
    const l = ledger();
    paidTopup(l, 'a');
    good(l.reverseTopup({ key: 'stripe:pi_a', topupId: id('a'), kind: 'refund', refundedGrossCents: asCents(5_950) }));
    expect(l.balance).toMatchObject({ prepaidCents: 5_000, bonusCents: 250 });
    expect(l.topup(id('a'))).toMatchObject({ status: 'completed', refundedCents: 5_950 });
    good(l.reverseTopup({ key: 'stripe:pi_a', topupId: id('a'), kind: 'refund', refundedGrossCents: asCents(11_900) }));
    expect(l.balance.availableCents).toBe(0);
    expect(l.topup(id('a')).status).toBe('refunded');
    expect(l.book.accounts).toMatchObject({ cash: -119_000_000, refunds: 119_000_000, vat_output: 0 });
  });
  it('a refund before its payment waits on the opened top-up, and the credit finds it', () => {
    const l = ledger();
    open(l, 'a');
    good(l.reverseTopup({ key: 'stripe:pi_a', topupId: id('a'), kind: 'refund', refundedGrossCents: asCents(11_900) }));
    expect(l.balance.availableCents).toBe(0);
    good(pay(l, 'a'));
    expect(l.balance.availableCents).toBe(0);
    expect(l.topup(id('a')).status).toBe('refunded');
    expect(l.entries.map((e) => e.type)).toEqual(['topup', 'bonus', 'refund']);
  });
  it('of a top-up that nobody opened here is refused: it is not ours', () => {
    const l = ledger();
    const refused = l.reverseTopup({
      key: 'stripe:pi_a',
      topupId: id('a'),
      kind: 'refund',
      refundedGrossCents: asCents(11_900),
    });
    expect(refused).toEqual({ ok: false, error: { code: 'NOT_FOUND', entity: 'topup' } });
    expect(l.topups).toEqual([]);
  });
  it('a dispute takes everything back, a won one returns it', () => {
    const l = ledger();
    paidTopup(l, 'a');
    const dispute = (movements: number, withdrawn: number) =>
      l.reverseTopup({
        key: 'stripe:pi_a',
        topupId: id('a'),
        kind: 'dispute',
        disputeId: 'du_1',
        withdrawnGrossCents: asCents(withdrawn),
        movements,
      });
    good(dispute(1, 11_900));
    expect(l.balance.availableCents).toBe(0);
    expect(l.topup(id('a')).status).toBe('disputed');
    good(dispute(2, 0));
    expect(l.balance).toMatchObject({ prepaidCents: 10_000, bonusCents: 500 });
    expect(l.topup(id('a')).status).toBe('completed');
    expect(l.book.accounts.clearing).toBe(0);
  });
});

// ---------------------------------------------------------------- properties

type Step = readonly [name: string, run: (l: TestLedger) => unknown];

/** What must be the same whatever the order: money, not the numbering of entries. */
function outcome(l: TestLedger) {
  return {
    accounts: l.book.accounts,
    topups: l.topups.map((t) => {
      const { version, createdAt, paidAt, ...rest } = l.topup(t.id);
      return { ...rest, paid: paidAt !== null };
    }),
    lines: l.lines,
    held: l.holds.filter((h) => h.status === 'held'),
  };
}

const disputed = (l: TestLedger, disputeId: string, movements: number, withdrawn: number, of = 'a') =>
  l.reverseTopup({
    key: `stripe:pi_${of}`,
    topupId: id(of),
    kind: 'dispute',
    disputeId,
    withdrawnGrossCents: asCents(withdrawn),
    movements,
  });
const refundState = (l: TestLedger, refundId: string, cents: number, state: RefundState, of = 'a') =>
  l.reverseTopup({
    key: `stripe:pi_${of}`,
    topupId: id(of),
    kind: 'refund_state',
    refundId,
    refundGrossCents: asCents(cents),
    state,
  });
const fee = (
  l: TestLedger,
  appointmentId: string,
  version: number,
  change: SettleAppointment['change'],
  source: SettleAppointment['source'] = 'admin',
) =>
  l.settleAppointment({
    key: `appointment:${appointmentId}:${change}:${version}`,
    appointmentId,
    version,
    change,
    source,
    occurredAt: NOW,
  });

const FAMILY: Step[] = [
  ['opened', (l) => l.openTopup({ key: 'topup:a', topupId: id('a'), amountCents: asCents(10_000), method: 'stripe' })],
  ['paid', (l) => pay(l, 'a')],
  ['processing', (l) => l.topupProcessing({ key: 'stripe:pi_a', topupId: id('a'), paymentId: 'pi_a' })],
  [
    'failed',
    (l) => l.topupFailed({ key: 'stripe:pi_a', topupId: id('a'), paymentId: 'pi_a', reason: 'card_declined' }),
  ],
  [
    'refund 30',
    (l) => l.reverseTopup({ key: 'stripe:pi_a', topupId: id('a'), kind: 'refund', refundedGrossCents: asCents(3_570) }),
  ],
  [
    'refund 50',
    (l) => l.reverseTopup({ key: 'stripe:pi_a', topupId: id('a'), kind: 'refund', refundedGrossCents: asCents(5_950) }),
  ],
  [
    'dispute',
    (l) =>
      l.reverseTopup({
        key: 'stripe:pi_a',
        topupId: id('a'),
        kind: 'dispute',
        disputeId: 'd',
        withdrawnGrossCents: asCents(5_950),
        movements: 1,
      }),
  ],
  [
    'dispute won',
    (l) =>
      l.reverseTopup({
        key: 'stripe:pi_a',
        topupId: id('a'),
        kind: 'dispute',
        disputeId: 'd',
        withdrawnGrossCents: asCents(0),
        movements: 2,
      }),
  ],
  ['dispute lost again', (l) => disputed(l, 'd', 3, 2_000)],
  ['refund re_1 pending', (l) => refundState(l, 're_1', 3_570, 'pending')],
  ['refund re_1', (l) => refundState(l, 're_1', 3_570, 'succeeded')],
  ['fee', (l) => fee(l, 'app_1', 1, 'confirmed')],
  ['fee again', (l) => fee(l, 'app_1', 3, 'confirmed')],
  ['cancelled late', (l) => fee(l, 'app_1', 5, 'cancelled_late')],
  ['hold 1', (l) => hold(l, '1', 100)],
  ['settle 1', (l) => call(l, '1', 187)],
  ['settle 2', (l) => call(l, '2', 4_001)],
  [
    'usage',
    (l) => l.chargeUsage({ key: 'usage:1', eventType: 'voice_minute', quantityScaled: 33_333, occurredAt: NOW }),
  ],
];
/** Enough overdraft that no hold is refused: a refused hold is a decision of its moment, not a fact. */
const GENEROUS = defaultTerms(PER_MINUTE_PLAN, { allowOverdraftCents: asCents(10_000_000) });

const histories = new LedgerFile();

/** Facts reach us after the top-up was opened (we open it before Stripe knows of it); everything else in any order, any number of times. */
function play(order: readonly Step[]): TestLedger {
  const l = ledger(GENEROUS, histories.next());
  FAMILY[0]?.[1](l);
  for (const [, run] of order) run(l);
  // A hold may arrive before or after its settlement; what is left at the end is settled.
  return l;
}

describe('the same events in any order, any number of times, end in the same state', () => {
  const update = FAMILY.slice(1);
  const expected = outcome(play(update));
  it('random sequences with duplicates', () => {
    fc.assert(
      fc.property(
        fc.shuffledSubarray(update, { minLength: update.length }),
        fc.array(fc.tuple(fc.nat(update.length - 1), fc.nat(40)), { maxLength: 15 }),
        (order, repeats) => {
          const sequence = [...order];
          for (const [which, where] of repeats)
            sequence.splice(where % (sequence.length + 1), 0, update[which] as Step);
          const l = play(sequence);
          expect(outcome(l)).toEqual(expected);
        },
      ),
      { numRuns: runsOf('ledger-histories') },
    );
  }, 60_000);
  it('every permutation of five, split of paid and given money included', () => {
    const five = ['paid', 'refund 50', 'hold 1', 'settle 1', 'settle 2'].map(
      (name) => update.find(([n]) => n === name) as Step,
    );
    const first = outcome(play(five));
    for (const order of permutations(five)) expect(outcome(play(order))).toEqual(first);
  });
  it('a hundred replays of everything change nothing', () => {
    const l = play(update);
    const before = l.state;
    for (let i = 0; i < 100; i++) for (const [, run] of update) run(l);
    expect(l.state).toBe(before);
  });
});

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}

describe('conservation of money', () => {
  const amount = fc.integer({ min: 1_000, max: 200_000 });
  const command = fc.oneof(
    fc.record({ kind: fc.constant('topup' as const), n: fc.nat(5), cents: amount }),
    fc.record({ kind: fc.constant('refund' as const), n: fc.nat(5), part: fc.nat(100) }),
    fc.record({ kind: fc.constant('dispute' as const), n: fc.nat(5), movements: fc.nat(4), cents: fc.nat(8_000) }),
    fc.record({
      kind: fc.constant('refund_state' as const),
      n: fc.nat(5),
      re: fc.nat(2),
      cents: fc.nat(4_000),
      state: fc.constantFrom(...REFUND_STATES),
    }),
    fc.record({
      kind: fc.constant('fee' as const),
      n: fc.nat(6),
      version: fc.nat(5),
      change: fc.constantFrom('confirmed' as const, 'cancelled_in_time' as const, 'cancelled_late' as const),
      source: fc.constantFrom('phone_ai' as const, 'admin' as const, 'import' as const),
    }),
    fc.record({ kind: fc.constant('hold' as const), n: fc.nat(8), cents: fc.nat(5_000) }),
    fc.record({ kind: fc.constant('settle' as const), n: fc.nat(8), seconds: fc.nat(4_000) }),
    fc.record({ kind: fc.constant('void' as const), n: fc.nat(8) }),
    fc.record({ kind: fc.constant('expire' as const), n: fc.nat(8) }),
    fc.record({ kind: fc.constant('usage' as const), n: fc.nat(50), q: fc.nat(1_000_000) }),
    fc.record({ kind: fc.constant('adjust' as const), n: fc.nat(9), cents: fc.integer({ min: -5_000, max: 5_000 }) }),
    fc.record({ kind: fc.constant('terms' as const), n: fc.nat(2) }),
    fc.record({ kind: fc.constant('close' as const) }),
  );
  it.each(['bonus_first', 'paid_first'] as const)(
    'spend order %s: any history balances, verifies, and never hides money',
    (spendOrder) => {
      fc.assert(
        fc.property(fc.array(command, { maxLength: 60 }), (history) => {
          const plans = [
            ORACLE_PLAN,
            PER_MINUTE_PLAN,
            { ...ORACLE_PLAN, includedMinutes: 20, billingIncrementSeconds: 60 as const },
          ];
          const l = ledger(
            defaultTerms(PER_MINUTE_PLAN, { spendOrder, allowOverdraftCents: asCents(1_000) }),
            histories.next(),
          );
          let terms = 1;
          for (const [i, c] of history.entries()) {
            const before = l.balance;
            switch (c.kind) {
              case 'topup': {
                const opened = l.openTopup({
                  key: `topup:${c.n}`,
                  topupId: id(`${c.n}`),
                  amountCents: asCents(c.cents),
                  method: 'stripe',
                });
                if (opened.ok) pay(l, `${c.n}`, opened.value.topup.grossCents);
                break;
              }
              case 'refund': {
                const gross = l.store.topup(id(`${c.n}`))?.asked;
                if (!gross) break;
                const refundedGrossCents = asCents(Math.floor(((gross.amountCents + gross.vatCents) * c.part) / 100));
                l.reverseTopup({ key: `stripe:pi_${c.n}`, topupId: id(`${c.n}`), kind: 'refund', refundedGrossCents });
                break;
              }
              case 'dispute':
                disputed(l, 'd', c.movements, c.cents, `${c.n}`);
                break;
              case 'refund_state':
                refundState(l, `re_${c.re}`, c.cents, c.state, `${c.n}`);
                break;
              case 'fee':
                fee(l, `app_${c.n}`, c.version, c.change, c.source);
                break;
              case 'hold':
                if (hold(l, `${c.n}`, c.cents).ok)
                  expect(l.balance.availableCents).toBeGreaterThanOrEqual(Math.min(before.availableCents, -1_000));
                break;
              case 'settle':
                call(l, `${c.n}`, c.seconds);
                break;
              case 'void':
                l.voidCallHold({ key: `call:${c.n}` });
                break;
              case 'expire':
                l.expireHold({ key: `call:${c.n}` });
                break;
              case 'usage':
                l.chargeUsage({ key: `usage:${c.n}`, eventType: 'voice_minute', quantityScaled: c.q, occurredAt: NOW });
                break;
              case 'adjust':
                l.adjust({
                  key: `adjust:${c.n}`,
                  amountCents: asCents(c.cents),
                  account: c.n % 2 ? 'bonus' : 'prepaid',
                  reasonId: 'rsn_1',
                });
                break;
              case 'terms':
                terms++;
                l.putTerms({
                  key: `terms:${i}:${terms}`,
                  terms: defaultTerms(plans[c.n] as never, { spendOrder, allowOverdraftCents: asCents(1_000) }),
                });
                break;
              case 'close':
                l.now = asInstant(Date.UTC(2026, 11, 2));
                l.closePeriod({ key: 'close:2026-11', period: '2026-11' });
                break;
            }
            const { accounts } = l.book;
            expect(Object.values(accounts).reduce((a, b) => a + b, 0)).toBe(0);
            expect(accounts.held).toBeGreaterThanOrEqual(0);
            expect(accounts.bonus).toBeGreaterThanOrEqual(0);
            expect(l.balance.prepaidCents + l.balance.bonusCents).toBe(l.balance.availableCents);
          }
          expect(l.verify().problems).toEqual([]);
          for (const { type, body } of l.events)
            expect(EVENTS[type as EventType].body.safeParse(body).error?.issues ?? []).toEqual([]);
          expect(new Set(l.entries.map((e) => e.id)).size).toBe(l.entries.length);
          // What a month comes to is what was taken for it, but for the fractions of a cent that only a close rounds.
          const invoiced = l.month('2026-11');
          const closed = l.store.invoice('2026-11') !== null;
          const posted = l.lines.filter(({ period }) => period === '2026-11').map(({ line }) => line.postedMicros);
          const taken = posted.reduce((sum, micros) => sum + micros, 0) / 10_000;
          const difference = Math.abs(invoiced.totalCents - invoiced.baseFeeCents - taken);
          expect(difference).toBeLessThanOrEqual(closed ? 0 : posted.length);
        }),
        { numRuns: runsOf('ledger-histories', undefined, 200) },
      );
    },
    60_000,
  );
});

describe('verify finds tampering', () => {
  const paid = () => {
    const l = ledger();
    paidTopup(l, 'a');
    good(call(l, '1', 60));
    expect(l.verify().ok).toBe(true);
    return l;
  };
  const broken = (change: (l: TestLedger) => Parameters<TestLedger['verify']>[0]) => {
    const l = paid();
    return l.verify(change(l)).problems.map((p) => p.kind);
  };
  const tamper = (index: number, changes: object) => (l: TestLedger) => ({
    entries: l.entries.map((e, i) => (i === index ? { ...e, ...changes } : e)),
  });
  it('in an amount', () => expect(broken(tamper(0, { amountMicros: 1 }))).toContain('chain'));
  it('in a reference', () => expect(broken(tamper(1, { refs: {} }))).toContain('chain'));
  it('in a posting', () =>
    expect(broken(tamper(0, { postings: [{ account: 'prepaid', amountMicros: 1 }] }))).toContain('sum'));
  it('of a removed entry', () =>
    expect(broken((l) => ({ entries: l.entries.filter((_e, i) => i !== 1) }))).toContain('gap'));
  it('of an invented entry', () =>
    expect(
      broken((l) => ({ entries: [...l.entries, { ...(l.entries[0] as Entry), id: 'ent_x' as EntryId }] })),
    ).toContain('gap'));
  it('of a book that claims more', () =>
    expect(
      broken((l) => ({ book: { ...l.book, accounts: { ...l.book.accounts, prepaid: asMicros(1e12) } } })),
    ).toContain('account'));
});
