import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf } from '../../tests/counts.ts';
import { asInstant } from '../../shared/clock.ts';
import type { TopupId } from '../../shared/ids.ts';
import { asCents } from '../../shared/money.ts';
import type { Result } from '../../shared/result.ts';
import { parseStripeEvent, type StripeEvent } from '../integrations/stripe-events.ts';
import { LedgerFile, type TestLedger } from '../ledger/ledger.fixture.ts';
import { defaultTerms, PER_MINUTE_PLAN } from '../ledger/rules/terms.ts';
import type { LedgerAnswer, LedgerPort } from '../ledger/port.ts';
import { applyUpdate } from './apply.ts';
import { type Meaning, meaningOf } from './meaning.ts';

const NOW = asInstant(Date.UTC(2026, 10, 20, 9));
const TENANT = 'ten_a';
const TOPUP = 'top_a' as TopupId;
const GROSS = 11_900;
const METADATA = { kind: 'topup', tenant_id: TENANT, topup_id: TOPUP };

function fixture(name: string, object: Record<string, unknown> = {}): StripeEvent {
  const path = `${import.meta.dirname}/../../tests/fixtures/wire/stripe/${name}.json`;
  const event = JSON.parse(readFileSync(path, 'utf8'));
  Object.assign(event.data.object, object);
  const parsed = parseStripeEvent(JSON.stringify(event));
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
}
const payment = { amount: GROSS, amount_received: GROSS, currency: 'eur', metadata: METADATA };
const SESSION = 'cs_ours';
const session = { id: SESSION, amount_total: GROSS, currency: 'eur', metadata: METADATA };
/** A dispute with what it has moved so far; fees are not the customer's. */
const moved = (...amounts: number[]) => ({
  amount: GROSS,
  balance_transactions: amounts.map((amount) => ({ amount, fee: 1_500, currency: 'eur' })),
});
/** One refund as its own events show it: a refund names its payment, not our metadata. */
const refundEvent = (
  type: 'created' | 'updated' | 'failed',
  id: string,
  amount: number,
  status: string,
): StripeEvent => {
  const parsed = parseStripeEvent(
    JSON.stringify({
      id: `evt_${id}_${type}_${status}`,
      object: 'event',
      type: `refund.${type}`,
      created: 1_793_181_605,
      livemode: false,
      data: {
        object: {
          id,
          object: 'refund',
          amount,
          currency: 'eur',
          charge: 'ch_1',
          payment_intent: 'pi_3SWire000000000000000001',
          status,
          metadata: {},
        },
      },
    }),
  );
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.error));
  return parsed.value;
};

describe('what a Stripe event means', () => {
  it.each([
    [
      'checkout.session.completed',
      session,
      { kind: 'credited', grossCents: GROSS, currency: 'EUR', sessionId: SESSION },
    ],
    ['checkout.session.completed.sepa_unpaid', session, { kind: 'processing', sessionId: SESSION }],
    [
      'checkout.session.async_payment_succeeded',
      session,
      { kind: 'credited', grossCents: GROSS, currency: 'EUR', sessionId: SESSION },
    ],
    [
      'checkout.session.async_payment_failed',
      session,
      { kind: 'failed', reason: 'async_payment_failed', sessionId: SESSION },
    ],
    ['payment_intent.succeeded', payment, { kind: 'credited', grossCents: GROSS, currency: 'EUR' }],
    ['payment_intent.processing.sepa', payment, { kind: 'processing' }],
    ['payment_intent.payment_failed', payment, { kind: 'failed', reason: 'authentication_required' }],
    [
      'charge.refunded',
      { amount: GROSS, amount_refunded: GROSS, metadata: METADATA },
      { kind: 'refunded', refundedGrossCents: GROSS, currency: 'EUR' },
    ],
    [
      'charge.refunded.partial',
      { amount: GROSS, metadata: METADATA },
      { kind: 'refunded', refundedGrossCents: 1_000, currency: 'EUR' },
    ],
  ])('%s', (name, object, update) => {
    expect(meaningOf(fixture(name, object))).toEqual({
      kind: 'update',
      about: { paymentId: 'pi_3SWire000000000000000001', named: { tenantId: TENANT, topupId: TOPUP } },
      update,
    });
  });
  const DISPUTE = 'du_1SWire000000000000000001';
  it('a dispute goes by its payment and what it has moved, an inquiry takes no money', () => {
    expect(meaningOf(fixture('charge.dispute.created', moved(-GROSS)))).toEqual({
      kind: 'update',
      about: { paymentId: 'pi_3SWire000000000000000001', named: null },
      update: {
        kind: 'disputed',
        disputeId: DISPUTE,
        withdrawnCents: GROSS,
        movements: 1,
        currency: 'EUR',
      },
      alarms: {
        raised: [{ kind: 'payment_disputed', id: DISPUTE }],
        over: [{ kind: 'dispute_status_unknown', id: DISPUTE }],
      },
    });
    // Lost, then won after all; created lost; partly won.
    expect(meaningOf(fixture('charge.dispute.created', { ...moved(-GROSS, GROSS), status: 'won' }))).toMatchObject({
      update: { withdrawnCents: 0, movements: 2 },
      alarms: {
        raised: [],
        over: [
          { kind: 'payment_disputed', id: DISPUTE },
          { kind: 'dispute_status_unknown', id: DISPUTE },
        ],
      },
    });
    expect(meaningOf(fixture('charge.dispute.created', { ...moved(-GROSS), status: 'lost' }))).toMatchObject({
      update: { withdrawnCents: GROSS },
    });
    expect(meaningOf(fixture('charge.dispute.created', { ...moved(-GROSS, 4_000), status: 'won' }))).toMatchObject({
      update: { withdrawnCents: GROSS - 4_000 },
    });
    expect(meaningOf(fixture('charge.dispute.created', { status: 'warning_needs_response' })).kind).toBe('ignored');
  });
  it('a dispute whose money moved in another currency takes its share of what is in dispute', () => {
    const foreign = {
      amount: GROSS,
      balance_transactions: [-10_000, 2_500].map((amount) => ({ amount, currency: 'usd' })),
    };
    expect(meaningOf(fixture('charge.dispute.created', foreign))).toMatchObject({
      update: { withdrawnCents: Math.round((GROSS * 3) / 4), movements: 2 },
    });
  });
  it('statuses that nobody knows yet are booked by what moved, and told', () => {
    expect(
      meaningOf(fixture('charge.dispute.created', { ...moved(-GROSS), status: 'under_arbitration' })),
    ).toMatchObject({
      update: { withdrawnCents: GROSS },
      alarms: { raised: [{ kind: 'dispute_status_unknown', id: DISPUTE }], over: [] },
    });
    expect(meaningOf(refundEvent('updated', 're_1', 100, 'on_its_way'))).toMatchObject({
      update: { kind: 'refund_state', state: 'pending' },
      alarms: { raised: [{ kind: 'refund_status_unknown', id: 're_1' }], over: [] },
    });
  });
  it('a refund is a fact of its own, with a state; one that failed is told', () => {
    const about = { paymentId: 'pi_3SWire000000000000000001', named: null };
    const update = { kind: 'refund_state', refundId: 're_1', grossCents: 1_190, currency: 'EUR' };
    expect(meaningOf(refundEvent('created', 're_1', 1_190, 'succeeded'))).toEqual({
      kind: 'update',
      about,
      update: { ...update, state: 'succeeded' },
      alarms: { raised: [], over: [{ kind: 'refund_status_unknown', id: 're_1' }] },
    });
    expect(meaningOf(refundEvent('failed', 're_1', 1_190, 'failed'))).toEqual({
      kind: 'update',
      about,
      update: { ...update, state: 'failed' },
      alarms: {
        raised: [{ kind: 'refund_failed', id: 're_1' }],
        over: [{ kind: 'refund_status_unknown', id: 're_1' }],
      },
    });
  });
  it('a part of a króna is no payment of ours', () => {
    const part = { amount: 150_050, amount_received: 150_050, currency: 'isk', metadata: METADATA };
    expect(meaningOf(fixture('payment_intent.succeeded', part))).toMatchObject({ update: { grossCents: -1 } });
    expect(meaningOf(fixture('payment_intent.succeeded', { ...part, amount_received: 150_000 }))).toMatchObject({
      update: { grossCents: 1_500, currency: 'ISK' },
    });
  });
  it.each([
    ['setup mode', 'checkout.session.completed.setup_mode', {}],
    ['a subscription', 'customer.subscription.updated', {}],
    ['a saved method', 'payment_method.attached', {}],
    ['a failed try of something else', 'payment_intent.payment_failed', {}],
  ])('%s is ignored', (_what, name, object) => {
    expect(meaningOf(fixture(name, object)).kind).toBe('ignored');
  });
  it.each([
    ['no kind', {}, 'no_kind'],
    ['an invoice', { kind: 'invoice', tenant_id: TENANT, invoice_id: 'x' }, 'kind_invoice'],
    ['a kind of somebody else', { kind: 'donation' }, 'kind_donation'],
    ['a top-up without its id', { kind: 'topup', tenant_id: TENANT }, 'kind_topup'],
  ])('money with %s goes to the unmatched list, never to a balance', (_what, metadata, reason) => {
    expect(meaningOf(fixture('payment_intent.succeeded', { ...payment, metadata }))).toMatchObject({
      kind: 'unmatched',
      reason,
      amountCents: GROSS,
    });
  });
});

// ---------------------------------------------------------------- families

const histories = new LedgerFile();

/** The real commands behind the port's shape, over the ledger in memory: one at a time. */
function world() {
  const ledger = histories.next();
  const answer = <T>(result: Result<T>): Promise<LedgerAnswer<T>> =>
    Promise.resolve({ result, head: { kind: 'ledger', epoch: 1, seq: 0 } });
  const port = {
    recordTopup: (c) => answer(ledger.recordTopup(c)),
    topupProcessing: (c) => answer(ledger.topupProcessing(c)),
    topupFailed: (c) => answer(ledger.topupFailed(c)),
    reverseTopup: (c) => answer(ledger.reverseTopup(c)),
  } as Partial<LedgerPort> as LedgerPort;
  ledger.putTerms({ key: 'terms', terms: defaultTerms(PER_MINUTE_PLAN) });
  ledger.openTopup({ key: `topup:${TOPUP}`, topupId: TOPUP, amountCents: asCents(10_000), method: 'stripe' });
  const tell = async (event: StripeEvent) => {
    const meaning: Meaning = meaningOf(event);
    if (meaning.kind !== 'update') return { kind: 'ignored' };
    // In the product a link leads from the payment to the top-up; here there is one top-up.
    return applyUpdate(port, TOPUP, meaning.about.paymentId, meaning.update, NOW);
  };
  return { ledger, tell };
}
const stateOf = (ledger: TestLedger) => {
  const { version, ...topup } = ledger.topup(TOPUP);
  return JSON.stringify({ accounts: ledger.book.accounts, topup });
};

const FAMILIES: Record<string, StripeEvent[]> = {
  card: [
    fixture('checkout.session.completed', session),
    fixture('payment_intent.succeeded', payment),
    fixture('charge.refunded.partial', { amount: GROSS, metadata: METADATA }),
    fixture('charge.refunded', { amount: GROSS, amount_refunded: 6_000, refunded: false, metadata: METADATA }),
  ],
  'card declined, then paid': [
    fixture('payment_intent.payment_failed', payment),
    fixture('payment_intent.payment_failed', { ...payment, last_payment_error: { code: 'card_declined' } }),
    fixture('payment_intent.succeeded', payment),
    fixture('checkout.session.completed', session),
    fixture('charge.refunded', { amount: GROSS, amount_refunded: GROSS, metadata: METADATA }),
  ],
  'SEPA succeeds': [
    fixture('checkout.session.completed.sepa_unpaid', session),
    fixture('payment_intent.processing.sepa', payment),
    fixture('checkout.session.async_payment_succeeded', session),
    fixture('payment_intent.succeeded', payment),
    fixture('charge.dispute.created', moved(-GROSS)),
  ],
  'SEPA fails': [
    fixture('checkout.session.completed.sepa_unpaid', session),
    fixture('payment_intent.processing.sepa', payment),
    fixture('payment_intent.payment_failed.sepa', payment),
    fixture('checkout.session.async_payment_failed', session),
  ],
  disputed: [
    fixture('payment_intent.succeeded', payment),
    fixture('charge.dispute.created', moved(-GROSS)),
    fixture('charge.dispute.created', { ...moved(-GROSS, GROSS), status: 'won' }),
    fixture('charge.refunded.partial', { amount: GROSS, metadata: METADATA }),
    fixture('checkout.session.completed', session),
  ],
  'lost, then won after all': [
    fixture('payment_intent.succeeded', payment),
    fixture('charge.dispute.created', { ...moved(-GROSS), status: 'lost' }),
    fixture('charge.dispute.created', { ...moved(-GROSS, GROSS), status: 'won' }),
    refundEvent('created', 're_1', 1_190, 'succeeded'),
  ],
  'refund fails': [
    fixture('payment_intent.succeeded', payment),
    refundEvent('created', 're_1', 5_950, 'pending'),
    refundEvent('updated', 're_1', 5_950, 'succeeded'),
    fixture('charge.refunded.partial', { amount: GROSS, amount_refunded: 5_950, metadata: METADATA }),
    refundEvent('failed', 're_1', 5_950, 'failed'),
  ],
};
const END: Record<string, { status: string; cents: number }> = {
  card: { status: 'completed', cents: 5_206 },
  'card declined, then paid': { status: 'refunded', cents: 0 },
  'SEPA succeeds': { status: 'disputed', cents: 0 },
  'SEPA fails': { status: 'failed', cents: 0 },
  disputed: { status: 'completed', cents: 9_618 },
  'lost, then won after all': { status: 'completed', cents: 9_450 },
  'refund fails': { status: 'completed', cents: 10_500 },
};

function permutations<T>(items: readonly T[]): T[][] {
  if (items.length <= 1) return [[...items]];
  return items.flatMap((item, i) =>
    permutations([...items.slice(0, i), ...items.slice(i + 1)]).map((rest) => [item, ...rest]),
  );
}

describe.each(Object.keys(FAMILIES))('family "%s"', (name) => {
  const family = FAMILIES[name] as StripeEvent[];
  const play = async (events: readonly StripeEvent[]) => {
    const { ledger, tell } = world();
    for (const event of events) expect((await tell(event)).kind).not.toBe('unmatched');
    return ledger;
  };
  it('ends where it should', async () => {
    const ledger = await play(family);
    expect({ status: ledger.topup(TOPUP).status, cents: ledger.balance.availableCents }).toEqual(END[name]);
    expect(ledger.verify().problems).toEqual([]);
  });
  it('every permutation ends in the same state', async () => {
    const expected = stateOf(await play(family));
    for (const order of permutations(family)) expect(stateOf(await play(order))).toBe(expected);
  });
  it('random sequences with duplicates end in the same state', async () => {
    const expected = stateOf(await play(family));
    await fc.assert(
      fc.asyncProperty(
        fc.shuffledSubarray(family, { minLength: family.length }),
        fc.array(fc.tuple(fc.nat(family.length - 1), fc.nat(20)), { maxLength: 12 }),
        async (order, repeats) => {
          const events = [...order];
          for (const [which, where] of repeats)
            events.splice(where % (events.length + 1), 0, family[which] as StripeEvent);
          expect(stateOf(await play(events))).toBe(expected);
        },
      ),
      { numRuns: runsOf('stripe-events') },
    );
  });
  it('a hundred replays change nothing', async () => {
    const { ledger, tell } = world();
    for (const event of family) await tell(event);
    const before = ledger.state;
    for (let i = 0; i < 100; i++) for (const event of family) await tell(event);
    expect(ledger.state).toBe(before);
  });
});

describe('an event that contradicts what we asked for is never booked', () => {
  it.each([
    [
      'another amount',
      fixture('payment_intent.succeeded', { ...payment, amount_received: GROSS - 1 }),
      'amount_differs',
    ],
    ['another currency', fixture('payment_intent.succeeded', { ...payment, currency: 'usd' }), 'currency_differs'],
    [
      'a session without a total',
      fixture('checkout.session.completed', { ...session, amount_total: null }),
      'amount_differs',
    ],
  ])('%s', async (_what, event, reason) => {
    const { ledger, tell } = world();
    expect(await tell(event)).toEqual({ kind: 'unmatched', reason });
    expect(ledger.balance.availableCents).toBe(0);
  });
  it('a second payment for the same top-up', async () => {
    const { ledger, tell } = world();
    await tell(fixture('payment_intent.succeeded', payment));
    expect(await tell(fixture('payment_intent.succeeded', { ...payment, id: 'pi_other' }))).toEqual({
      kind: 'unmatched',
      reason: 'topup_has_another_payment',
    });
    expect(ledger.balance.availableCents).toBe(10_500);
  });
});
