/**
 * Random histories of several ledgers on two and three levels: money comes in, goes between them, is used, set aside, refunded and disputed, and
 * whoever drives a transfer may die after every step.
 */
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { runsOf, seedOf } from '../../tests/counts.ts';
import { asInstant } from '../../shared/clock.ts';
import type { TopupId } from '../../shared/ids.ts';
import { asCents, centsToMicros } from '../../shared/money.ts';
import type { Result } from '../../shared/result.ts';
import { driveTransfer } from './drive-transfers.ts';
import { LedgerFile, type TestLedger } from './ledger.fixture.ts';
import { defaultTerms, PER_MINUTE_PLAN } from './rules/terms.ts';

const PROOF_SEED = 20_261_123;
/** Who sells to whom: the platform, two resellers, two customers of each; the last is kept in another currency. */
const NAMES = ['platform', 'reseller_1', 'reseller_2', 'shop_1', 'shop_2', 'shop_3', 'abroad'] as const;
const DOWN: Readonly<Record<string, readonly string[]>> = {
  platform: ['reseller_1', 'reseller_2'],
  reseller_1: ['shop_1', 'shop_2'],
  reseller_2: ['shop_3', 'abroad'],
};
const FILES = NAMES.map(() => new LedgerFile());

type Ledgers = Record<string, TestLedger>;
function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
function fresh(): Ledgers {
  return Object.fromEntries(
    NAMES.map((name, n) => {
      const file = FILES[n];
      if (!file) throw new Error('a file each');
      const ledger = file.next();
      const currency = name === 'abroad' ? 'CHF' : 'EUR';
      good(ledger.putTerms({ key: 'terms', terms: defaultTerms(PER_MINUTE_PLAN, { currency }) }));
      // Whoever sells has something to give.
      if (DOWN[name] !== undefined)
        good(
          ledger.recordTopup({
            key: 'start',
            topupId: 'top_start' as TopupId,
            amountCents: asCents(100_000),
            currency,
            method: 'bank_transfer',
          }),
        );
      return [name, ledger];
    }),
  );
}

/** Dies where it is told to; nothing that was committed before is lost by it. */
class Killed extends Error {}

/** One try to bring a transfer to its end, killed before its n-th step (more than there are: it lives). */
async function drive(ledgers: Ledgers, from: string, id: string, killedAt: number, isClosed = false): Promise<void> {
  const source = at(ledgers, from);
  const transfer = source.store.transfer(`out:${id}`);
  if (transfer?.state !== 'sent') return;
  const target = at(ledgers, transfer.peerId);
  let step = 0;
  const alive = (): void => {
    if (step++ === killedAt) throw new Killed();
  };
  await driveTransfer(transfer, {
    from,
    leaves: async () => {
      alive();
      return true;
    },
    isClosed: async () => {
      alive();
      return isClosed;
    },
    receive: async (command) => {
      alive();
      return { result: target.receiveTransfer(command), head: { kind: 'ledger', epoch: 1, seq: 1 } };
    },
    flush: async () => {
      alive();
      return { kind: 'ledger', epoch: 1, seq: 1, projected: 1 };
    },
    settle: (command) => {
      alive();
      source.settleTransfer(command);
    },
    giveBack: (command) => {
      alive();
      source.returnTransfer(command);
    },
  });
}

const at = (ledgers: Ledgers, name: string): TestLedger => {
  const ledger = ledgers[name];
  if (!ledger) throw new Error(`no ledger ${name}`);
  return ledger;
};

type Step =
  | { kind: 'topup'; who: string; n: number; cents: number }
  | { kind: 'refund'; who: string; n: number; cents: number }
  | { kind: 'dispute'; who: string; n: number; cents: number; movements: number }
  | { kind: 'call'; who: string; n: number; seconds: number }
  | { kind: 'send'; who: string; to: number; n: number; cents: number }
  | { kind: 'drive'; who: string; n: number; killedAt: number; closed: boolean }
  | { kind: 'reserve'; who: string; n: number; cents: number }
  | { kind: 'capture'; who: string; n: number; part: number; cents: number | undefined }
  | { kind: 'release'; who: string; n: number };

const who = fc.constantFrom(...NAMES);
const n = fc.nat(5);
const cents = fc.integer({ min: 1, max: 20_000 });
const step: fc.Arbitrary<Step> = fc.oneof(
  fc.record({ kind: fc.constant('topup' as const), who, n, cents: fc.integer({ min: 1_000, max: 30_000 }) }),
  fc.record({ kind: fc.constant('refund' as const), who, n, cents }),
  fc.record({ kind: fc.constant('dispute' as const), who, n, cents, movements: fc.integer({ min: 1, max: 3 }) }),
  fc.record({ kind: fc.constant('call' as const), who, n, seconds: fc.nat(4_000) }),
  fc.record({
    kind: fc.constant('send' as const),
    who: fc.constantFrom('platform', 'reseller_1', 'reseller_2'),
    to: fc.nat(1),
    n,
    cents,
  }),
  fc.record({
    kind: fc.constant('drive' as const),
    who: fc.constantFrom('platform', 'reseller_1', 'reseller_2'),
    n,
    killedAt: fc.nat(6),
    closed: fc.boolean(),
  }),
  fc.record({ kind: fc.constant('reserve' as const), who, n, cents }),
  fc.record({
    kind: fc.constant('capture' as const),
    who,
    n,
    part: fc.nat(3),
    cents: fc.option(cents, { nil: undefined }),
  }),
  fc.record({ kind: fc.constant('release' as const), who, n }),
);

/** Carries a step out; what it answered, null where nothing was asked. */
async function carryOut(ledgers: Ledgers, one: Step): Promise<Result<unknown> | null> {
  const ledger = at(ledgers, one.who);
  const currency = ledger.book.currency;
  const topupId = `top_${one.n}` as TopupId;
  switch (one.kind) {
    case 'topup': {
      const opened = ledger.openTopup({
        key: `topup:${one.n}`,
        topupId,
        amountCents: asCents(one.cents),
        method: 'stripe',
      });
      if (!opened.ok) return opened;
      return ledger.recordTopup({
        key: `stripe:${one.n}`,
        topupId,
        grossCents: opened.value.topup.grossCents,
        currency,
        method: 'stripe',
        paymentId: `pi_${one.n}`,
      });
    }
    case 'refund':
      return ledger.reverseTopup({
        key: `stripe:${one.n}`,
        topupId,
        kind: 'refund',
        refundedGrossCents: asCents(Math.min(one.cents, 1_000)),
      });
    case 'dispute':
      return ledger.reverseTopup({
        key: `stripe:${one.n}`,
        topupId,
        kind: 'dispute',
        disputeId: 'du_1',
        withdrawnGrossCents: asCents(one.movements === 2 ? 0 : 1_000),
        movements: one.movements,
      });
    case 'call':
      return ledger.settleCall({ key: `call:${one.n}`, seconds: one.seconds, occurredAt: ledger.now });
    case 'send': {
      const to = DOWN[one.who]?.[one.to] ?? '';
      return ledger.sendTransfer({
        transferId: `trf_${one.n}`,
        to,
        account: 'prepaid',
        amountCents: asCents(one.cents),
        currency,
        cause: 'topup',
      });
    }
    case 'drive':
      await drive(ledgers, one.who, `trf_${one.n}`, one.killedAt, one.closed);
      return null;
    case 'reserve':
      return ledger.reserveAmount({
        reservationId: `rsv_${one.n}`,
        account: 'prepaid',
        amountCents: asCents(one.cents),
        currency,
        reference: 'test',
      });
    case 'capture':
      return ledger.captureReservation({
        key: String(one.part),
        reservationId: `rsv_${one.n}`,
        as: one.part % 2 === 0 ? 'payout' : 'adjustment',
        ...(one.cents === undefined ? {} : { amountCents: asCents(one.cents) }),
      });
    case 'release':
      return ledger.releaseReservation({ reservationId: `rsv_${one.n}`, as: 'released' });
  }
}

/** What is on its way by the rows: sent, and at the other end not there. */
function underWay(ledgers: Ledgers): number {
  let sum = 0;
  for (const [from, ledger] of Object.entries(ledgers))
    for (const one of ledger.transfers) {
      if (one.direction !== 'out' || one.state !== 'sent') continue;
      const there = at(ledgers, one.peerId).store.transfer(`in:${from}:${one.id}`);
      if (there?.state !== 'received') sum += centsToMicros(one.amountCents, one.currency);
    }
  return sum;
}

function conserved(ledgers: Ledgers): void {
  let transit = 0;
  for (const ledger of Object.values(ledgers)) {
    const { accounts } = ledger.book;
    expect(Object.values(accounts).reduce((sum, amount) => sum + amount, 0)).toBe(0);
    transit += accounts.transit;
    let open = 0;
    for (const { amountMicros, capturedMicros, state } of ledger.reservations) {
      expect(capturedMicros).toBeLessThanOrEqual(amountMicros);
      if (state === 'open') open += amountMicros - capturedMicros;
    }
    expect(accounts.reserved).toBe(open);
  }
  expect(transit).toBe(underWay(ledgers));
}

describe('transfers between ledgers', () => {
  // A try that was killed says so, hundreds of times.
  beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));
  afterEach(() => vi.restoreAllMocks());

  it('random histories with kills: conserved in each and over all, replays and refusals change nothing, all arrive or come back', async () => {
    let [sent, returned, steps] = [0, 0, 0];
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 5, maxLength: 60 }), async (history) => {
        const ledgers = fresh();
        for (const one of history) {
          steps++;
          const ledger = at(ledgers, one.who);
          // A top-up is two commands, of which the first may stay.
          const before = one.kind === 'topup' ? null : ledger.state;
          const answered = await carryOut(ledgers, one);
          if (answered !== null && !answered.ok && before !== null) expect(ledger.state).toBe(before);
          conserved(ledgers);
          if (one.kind !== 'drive' && answered?.ok === true) {
            const after = ledger.state;
            expect((await carryOut(ledgers, one))?.ok).toBe(true);
            expect(ledger.state).toBe(after);
          }
        }
        for (const [from, ledger] of Object.entries(ledgers))
          for (const one of ledger.transfers) if (one.direction === 'out') await drive(ledgers, from, one.id, 99);
        let transit = 0;
        for (const ledger of Object.values(ledgers)) {
          expect(ledger.verify().problems).toEqual([]);
          transit += ledger.book.accounts.transit;
          for (const one of ledger.transfers.filter(({ direction }) => direction === 'out')) {
            expect(['settled', 'returned']).toContain(one.state);
            if (one.state === 'settled') sent++;
            else returned++;
          }
        }
        expect(transit).toBe(0);
      }),
      { numRuns: runsOf('transfers'), seed: seedOf(PROOF_SEED) },
    );
    // A history in which nothing moves would prove nothing.
    expect(Math.min(sent, returned, steps)).toBeGreaterThan(0);
    console.log(`transfers: seed ${seedOf(PROOF_SEED)}, ${steps} steps, ${sent} arrived, ${returned} came back`);
  }, 600_000);
});

describe('an amount set aside', () => {
  const ledger = (): TestLedger => {
    const made = at(fresh(), 'shop_1');
    good(
      made.recordTopup({
        key: 'bank:1',
        topupId: 'top_1' as TopupId,
        amountCents: asCents(5_000),
        currency: 'EUR',
        method: 'bank_transfer',
      }),
    );
    return made;
  };
  const reserve = (l: TestLedger, amount: number, expiresAt?: number) =>
    l.reserveAmount({
      reservationId: 'rsv_1',
      account: 'prepaid',
      amountCents: asCents(amount),
      currency: 'EUR',
      reference: 'payout:1',
      ...(expiresAt === undefined ? {} : { expiresAt: asInstant(expiresAt) }),
    });
  const capture = (l: TestLedger, key: string, amount?: number) =>
    l.captureReservation({
      key,
      reservationId: 'rsv_1',
      as: 'payout',
      ...(amount === undefined ? {} : { amountCents: asCents(amount) }),
    });

  it('is captured in parts, the rest goes back, and what was paid out has left', () => {
    const l = ledger();
    expect(good(reserve(l, 3_000)).balance.prepaidCents).toBe(2_000);
    expect(good(capture(l, 'a', 1_000)).reservation).toMatchObject({ state: 'open' });
    good(capture(l, 'b', 500));
    expect(capture(l, 'c', 1_501)).toMatchObject({ error: { code: 'VALIDATION_ERROR' } });
    const released = good(l.releaseReservation({ reservationId: 'rsv_1', as: 'released' }));
    expect([released.reservation.state, released.balance.prepaidCents]).toEqual(['released', 3_500]);
    expect(capture(l, 'd', 1)).toMatchObject({ error: { code: 'ILLEGAL_TRANSITION' } });
    expect(l.book.accounts.cash).toBe(-(5_950 - 1_500) * 10_000);
    expect(l.entries.slice(-4).map(({ type }) => type)).toEqual(['hold', 'payout', 'payout', 'release']);
    expect(l.verify().problems).toEqual([]);
  });
  it('ends with its last part, captured whole', () => {
    const l = ledger();
    good(reserve(l, 3_000));
    expect(good(capture(l, 'a')).reservation.state).toBe('captured');
    expect(l.book.accounts.reserved).toBe(0);
  });
  it('is refused beyond what was paid, and for a time that has passed', () => {
    const l = ledger();
    const before = l.state;
    expect(reserve(l, 5_001)).toMatchObject({ error: { code: 'INSUFFICIENT_BALANCE' } });
    expect(reserve(l, 100, l.now)).toMatchObject({ error: { code: 'VALIDATION_ERROR' } });
    expect(l.state).toBe(before);
  });
});
