import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import { asCents, asMicros, microsToCentsHalfUp } from '../../../shared/money.ts';
import { accrue, closeLine, emptyLine } from './accrue.ts';
import { openPeriod, periodOf } from './charge.ts';
import { beyond, billedSeconds, chargeOf, periodTotal, project, UNITS_PER_MINUTE, unitPriceOf } from './pricing.ts';
import { NO_FACTS, refundableCents, standingOf } from './refund.ts';
import { defaultTerms, EMPTY_PLAN, ORACLE_PLAN, PER_MINUTE_PLAN, termsProblems } from './terms.ts';
import { FRESH_THRESHOLDS, watch } from './thresholds.ts';
import { previewTopup } from './topup.ts';
import type { BonusTier, EventType, Plan, VatInputs } from '../types.ts';
import { decideVat } from './vat.ts';

const NOW = asInstant(Date.UTC(2026, 10, 20, 9));
const eur = (units: number) => asMicros(Math.round(units * 1e6));

describe('VAT by the table of § 3.2', () => {
  const business: VatInputs = {
    issuerCountry: 'DE',
    issuerSmallBusiness: false,
    recipientCountry: 'DE',
    recipientIsBusiness: true,
    recipientVatIdValid: false,
  };
  it.each([
    ['German business', {}, 'S', 1900, null],
    [
      'Austrian business with a valid VAT id',
      { recipientCountry: 'AT', recipientVatIdValid: true },
      'AE',
      0,
      'reverse_charge',
    ],
    ['Austrian business without one', { recipientCountry: 'AT' }, 'S', 1900, null],
    [
      'Austrian private person',
      { recipientCountry: 'AT', recipientIsBusiness: false, recipientVatIdValid: true },
      'S',
      1900,
      null,
    ],
    ['Swiss business', { recipientCountry: 'CH' }, 'O', 0, 'not_taxable_in_issuer_country'],
    ['Swiss, not proven to be a business', { recipientCountry: 'CH', recipientIsBusiness: false }, 'S', 1900, null],
    [
      'small-business issuer, whoever buys',
      { issuerSmallBusiness: true, recipientCountry: 'AT', recipientVatIdValid: true },
      'E',
      0,
      'small_business',
    ],
    ['Austrian reseller selling at home', { issuerCountry: 'AT', recipientCountry: 'AT' }, 'S', 2000, null],
    ['Swiss reseller selling at home', { issuerCountry: 'CH', recipientCountry: 'CH' }, 'S', 810, null],
  ] as const)('%s', (_name, changes, category, rate, note) => {
    const inputs = { ...business, ...changes };
    const decision = decideVat(inputs);
    expect(decision).toEqual({ category, rateBasisPoints: rate, noteKey: note, inputs });
  });
  it.each([
    [10_000, 1_900],
    [1_001, 190],
    [1_003, 191],
    [999_999, 190_000],
  ])('is rounded once per top-up: %i cents net carry %i', (net, vat) => {
    expect(previewTopup(defaultTerms(EMPTY_PLAN, { vat: business }), asCents(net), NOW).vatCents).toBe(vat);
  });
});

describe('bonus tiers', () => {
  const terms = defaultTerms(EMPTY_PLAN);
  it.each([
    [9_999, 0, 10_000 - 9_999],
    [10_000, 500, 40_000],
    [46_000, 2_300, 4_000],
    [50_000, 5_000, 50_000],
    [99_999, 10_000, 1],
    [100_000, 15_000, null],
    [250_000, 37_500, null],
  ])('%i cents earn %i, next tier is %s away', (amount, bonus, missing) => {
    const preview = previewTopup(terms, asCents(amount), NOW);
    expect(preview.bonusCents).toBe(bonus);
    expect(preview.next?.missingCents ?? null).toBe(missing);
  });
  it('says "noch 40 € bis 10 %"', () => {
    const { next } = previewTopup(terms, asCents(46_000), NOW);
    expect(next).toMatchObject({ missingCents: 4_000, bonusCents: 5_000, tier: { value: 1_000 } });
  });
  it('counts only tiers inside their window, the end excluded, and fixed ones by their amount', () => {
    const tier = (id: string, fromCents: number, changes: Partial<BonusTier>): BonusTier => ({
      id,
      name: id,
      fromCents: asCents(fromCents),
      kind: 'fixed',
      value: 777,
      activeFrom: null,
      activeUntil: null,
      ...changes,
    });
    const tiers = [
      tier('over', 100, { activeUntil: NOW }),
      tier('later', 200, { activeFrom: asInstant(NOW + 1) }),
      tier('now', 50, { activeFrom: NOW, activeUntil: asInstant(NOW + 1) }),
    ];
    const preview = previewTopup(defaultTerms(EMPTY_PLAN, { bonusTiers: tiers }), asCents(1_000), NOW);
    expect(preview.tier?.id).toBe('now');
    expect(preview.bonusCents).toBe(777);
  });
});

describe('pricing models', () => {
  const minutes = (n: number) => n * UNITS_PER_MINUTE;
  const packagePlan: Plan = { ...ORACLE_PLAN, model: 'package', includedAppointments: 80 };
  it.each([
    ['combined (the oracle)', ORACLE_PLAN, 687.5, 87, [4_900, 2_813, 17_400, 25_113]],
    ['combined inside the included minutes', ORACLE_PLAN, 500, 0, [4_900, 0, 0, 4_900]],
    ['per_minute', { ...ORACLE_PLAN, model: 'per_minute' }, 687.5, 87, [4_900, 2_813, 0, 7_713]],
    [
      'per_appointment: all minutes included',
      { ...ORACLE_PLAN, model: 'per_appointment' },
      687.5,
      87,
      [4_900, 0, 17_400, 22_300],
    ],
    ['package: beyond both', packagePlan, 687.5, 87, [4_900, 2_813, 1_400, 9_113]],
    ['package: inside both', packagePlan, 100, 80, [4_900, 0, 0, 4_900]],
  ] as const)('%s', (_name, plan, used, appointments, [base, minute, appointment, total]) => {
    expect(periodTotal(plan as Plan, minutes(used), appointments, 'EUR')).toEqual({
      baseFeeCents: base,
      minutesCents: minute,
      appointmentsCents: appointment,
      totalCents: total,
    });
  });
  it('projects the oracle linearly from half a month', () => {
    const projected = project(ORACLE_PLAN, { minuteUnits: minutes(687.5), appointments: 87 }, 15, 30, 'EUR');
    expect(projected.minuteUnits / UNITS_PER_MINUTE).toBe(1_375);
    expect(projected.appointments).toBe(174);
    expect(projected.total.totalCents).toBe(52_825);
    expect(projected.minutesPerDay).toBeCloseTo(45.83, 2);
    expect(projected.appointmentsPerDay).toBeCloseTo(5.8, 5);
  });
  it('without an elapsed day projects what there is', () => {
    expect(project(ORACLE_PLAN, { minuteUnits: minutes(10), appointments: 1 }, 0, 30, 'EUR').total.totalCents).toBe(
      5_100,
    );
  });
  it.each([
    [1, 0, 0, 61, 61],
    [6, 0, 0, 61, 66],
    [30, 0, 0, 61, 90],
    [60, 0, 0, 61, 120],
    [60, 0, 0, 60, 60],
    [60, 0, 0, 1, 60],
    [1, 30, 0, 12, 30],
    [60, 30, 0, 12, 60],
    [1, 30, 10, 9, 0],
    [1, 30, 10, 10, 30],
    [60, 0, 0, 0, 0],
  ] as const)(
    'increment %i, minimum %i, free below %i: %i s are billed as %i',
    (step, minimum, free, seconds, billed) => {
      const plan = { ...EMPTY_PLAN, billingIncrementSeconds: step, minimumSeconds: minimum, freeBelowSeconds: free };
      expect(billedSeconds(seconds, plan)).toBe(billed);
    },
  );
  it('prices what a plan does not name as counted and free', () => {
    const price = unitPriceOf(PER_MINUTE_PLAN, 'sms');
    expect(chargeOf(beyond(10_000_000, price), price)).toBe(0);
  });
});

describe('accrual', () => {
  const price = unitPriceOf(ORACLE_PLAN, 'voice_minute');
  const fresh = () => emptyLine('voice_minute', 1, price);

  it('accrues the oracle as 28.12 and closes it with 0.01', () => {
    const { line, postedMicros } = accrue(fresh(), price, 0, 687.5 * UNITS_PER_MINUTE, 'EUR');
    expect([line.exactMicros, postedMicros]).toEqual([eur(28.125), eur(28.12)]);
    const closed = closeLine(line, 'EUR');
    expect([closed.roundingMicros, closed.line.postedMicros]).toEqual([eur(0.01), eur(28.13)]);
  });

  it('loses nothing to rounding: postings plus rounding equal the rounded sum, whatever the pieces and their order', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 50_000_000 }), { maxLength: 40 }),
        fc.integer({ min: 0, max: 3_000_000 }),
        fc.integer({ min: 0, max: 200 }),
        (pieces, priceMicros, includedMinutes) => {
          const unit = {
            ...price,
            priceMicros: asMicros(priceMicros),
            includedUnits: includedMinutes * UNITS_PER_MINUTE,
          };
          const run = (order: number[]) => {
            let line = emptyLine('voice_minute', 1, unit);
            let posted = 0;
            let exact = 0;
            for (const piece of order) {
              const step = accrue(line, unit, line.quantityUnits, piece, 'EUR');
              line = step.line;
              posted += step.postedMicros;
              exact += step.exactMicros;
              expect(step.postedMicros).toBeGreaterThanOrEqual(0);
              expect(step.postedMicros % 10_000).toBe(0);
            }
            const closed = closeLine(line, 'EUR');
            return { posted, exact, final: posted + closed.roundingMicros, rounding: closed.roundingMicros };
          };
          const one = run(pieces);
          expect(one).toEqual(run([...pieces].reverse()));
          expect([0, 10_000]).toContain(one.rounding);
          const sum = pieces.reduce((a, b) => a + b, 0);
          const invoiced = microsToCentsHalfUp(chargeOf(beyond(sum, unit), unit), 'EUR');
          expect(one.final).toBe(invoiced * 10_000);
        },
      ),
      { numRuns: 300 },
    );
  });

  it('sub-cent prices post when they make whole cents: 1,000 MB at 0.001 come to exactly 1.00', () => {
    const unit = { unitsPerOne: 10_000, includedUnits: 0, priceMicros: asMicros(1_000) };
    let line = emptyLine('storage_mb' as EventType, 1, unit);
    let posted = 0;
    for (let i = 0; i < 1_000; i++) {
      const step = accrue(line, unit, line.quantityUnits, 10_000, 'EUR');
      line = step.line;
      posted += step.postedMicros;
      if (i === 8) expect(posted).toBe(0);
      if (i === 9) expect(posted).toBe(10_000);
    }
    expect(posted).toBe(1_000_000);
  });
});

describe('billing periods', () => {
  it.each([
    ['2026-10-31T22:59:59Z', 'Europe/Berlin', '2026-10'],
    ['2026-10-31T23:00:00Z', 'Europe/Berlin', '2026-11'],
    ['2027-03-31T21:59:59Z', 'Europe/Berlin', '2027-03'],
    ['2027-03-31T22:00:00Z', 'Europe/Berlin', '2027-04'],
    ['2026-10-31T23:00:00Z', 'UTC', '2026-10'],
  ])('%s in %s belongs to %s', (iso, zone, period) => {
    expect(periodOf(asInstant(Date.parse(iso)), zone)).toBe(period);
  });
  it('late usage goes to the first open period and says so', () => {
    const october = asInstant(Date.parse('2026-10-15T10:00:00Z'));
    expect(openPeriod(october, NOW, 'UTC', null)).toEqual({ period: '2026-10', late: false });
    expect(openPeriod(october, NOW, 'UTC', '2026-10')).toEqual({ period: '2026-11', late: true });
    expect(openPeriod(october, NOW, 'UTC', '2026-11')).toEqual({ period: '2026-12', late: true });
    expect(openPeriod(october, NOW, 'UTC', '2027-01')).toEqual({ period: '2027-02', late: true });
  });
});

describe('low balance', () => {
  const state = { ...FRESH_THRESHOLDS, lastTopupMicros: eur(100) };
  const levels = [50, 20, 10];
  it('warns once per crossing and again after the balance has risen above', () => {
    const first = watch(state, levels, eur(60), eur(50));
    expect(first.crossing).toEqual({ percent: 50, urgency: 'info', crossing: 1 });
    const again = watch(first.state, levels, eur(50), eur(45));
    expect(again.crossing).toBeNull();
    const risen = watch(again.state, levels, eur(45), eur(80));
    expect(risen.crossing).toBeNull();
    expect(watch(risen.state, levels, eur(80), eur(30)).crossing).toEqual({
      percent: 50,
      urgency: 'info',
      crossing: 2,
    });
  });
  it('falling through several levels at once is one warning, for the lowest', () => {
    const fall = watch(state, levels, eur(90), eur(15));
    expect(fall.crossing).toMatchObject({ percent: 20, urgency: 'warning' });
    expect(watch(fall.state, levels, eur(15), eur(9)).crossing).toMatchObject({ percent: 10, urgency: 'critical' });
  });
  it('an empty balance is always watched, also without any top-up', () => {
    expect(watch(FRESH_THRESHOLDS, levels, eur(0), eur(-1)).crossing).toMatchObject({ percent: 0, urgency: 'empty' });
  });
  it('money that comes in never warns', () => {
    expect(watch(state, levels, eur(-10), eur(-5)).crossing).toBeNull();
  });
});

describe('reversals', () => {
  const topup = { amountCents: 10_000, vatCents: 1_900, bonusCents: 500 };
  const paid = { ...NO_FACTS, paidAt: NOW };
  it('take bonus back in proportion', () => {
    expect(standingOf(topup, { ...paid, refundedGrossCents: 5_950 })).toEqual({
      netCents: 5_000,
      vatCents: 950,
      bonusCents: 250,
      withheldCents: 0,
      refundsCents: 5_950,
      clearingCents: 0,
    });
  });
  it('refund and dispute together never take more than was paid, and a won dispute gives back', () => {
    const both = {
      ...paid,
      refundedGrossCents: 5_950,
      disputes: { d: { withdrawnCents: 11_900, movements: 1 } },
    };
    expect(standingOf(topup, both)).toMatchObject({
      netCents: 0,
      vatCents: 0,
      bonusCents: 250,
      withheldCents: 250,
      refundsCents: 5_950,
      clearingCents: 5_950,
    });
    const won = { ...both, disputes: { d: { withdrawnCents: 0, movements: 2 } } };
    expect(standingOf(topup, won)).toMatchObject({ netCents: 5_000, refundsCents: 5_950, clearingCents: 0 });
  });
  it('only the unused paid part can be refunded', () => {
    expect(refundableCents(topup, paid, 4_200)).toBe(4_200);
    expect(refundableCents(topup, paid, 99_999)).toBe(10_000);
    expect(refundableCents(topup, paid, -5)).toBe(0);
    expect(refundableCents(topup, { ...paid, refundedGrossCents: 11_900 }, 5_000)).toBe(0);
  });
  it('parts always add up to the gross, for any amount', () => {
    fc.assert(
      fc.property(
        fc.nat(1_000_000),
        fc.nat(190_000),
        fc.nat(150_000),
        fc.nat(2_000_000),
        (amountCents, vatCents, bonusCents, refundedGrossCents) => {
          const s = standingOf({ amountCents, vatCents, bonusCents }, { ...paid, refundedGrossCents });
          expect(s.netCents + s.vatCents + s.refundsCents).toBe(amountCents + vatCents);
          expect(s.netCents).toBeGreaterThanOrEqual(0);
          expect(s.vatCents).toBeGreaterThanOrEqual(0);
          expect(s.bonusCents - s.withheldCents).toBeGreaterThanOrEqual(0);
        },
      ),
    );
  });
});

describe('terms', () => {
  it('accepts the demo plans and refuses what cannot be priced', () => {
    expect(termsProblems(defaultTerms(ORACLE_PLAN))).toEqual({});
    expect(termsProblems(defaultTerms(PER_MINUTE_PLAN, { currency: 'CHF', timeZone: 'Europe/Zurich' }))).toEqual({});
    expect(
      Object.keys(termsProblems(defaultTerms({ ...ORACLE_PLAN, includedMinutes: 1.5 }, { timeZone: 'Mars' }))),
    ).toEqual(['time_zone', 'plan.included_minutes']);
  });
});
