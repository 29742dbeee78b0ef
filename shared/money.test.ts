/** Guarantees of money: exact conversions, one rounding, sums that hold for every amount. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  asCents,
  asMicros,
  basisPointsHalfUp,
  basisPointsOfCentsHalfUp,
  centsToDecimal,
  centsToMicros,
  chargeStep,
  fromStripeAmount,
  isCurrency,
  MAX_MICROS,
  MoneyLimit,
  microsToCentsExact,
  microsToCentsFloor,
  microsToCentsHalfUp,
  multiplyHalfUp,
  toStripeAmount,
} from './money.ts';

const cents = fc.integer({ min: -1e11, max: 1e11 });
const micros = fc.integer({ min: -1e14, max: 1e14 });

describe('conversion', () => {
  it('goes from minor units to micros and back without loss, in every currency', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: -1e8, max: 1e8 }),
        fc.constantFrom('EUR', 'CHF', 'JPY', 'KWD'),
        (value, currency) => {
          expect(microsToCentsExact(centsToMicros(asCents(value), currency), currency)).toBe(value);
        },
      ),
    );
  });
  it.each([
    [28_125_000, 2812, 2813],
    [28_124_999, 2812, 2812],
    [-28_125_000, -2813, -2813],
    [5_000, 0, 1],
    [4_999, 0, 0],
    [0, 0, 0],
  ])('%d micros: floor %d, half up %d', (value, floor, half) => {
    expect(microsToCentsFloor(asMicros(value), 'EUR')).toBe(floor);
    expect(microsToCentsHalfUp(asMicros(value), 'EUR')).toBe(half);
  });
  it('refuses what is not whole or too large, as a defect', () => {
    expect(() => asMicros(0.5)).toThrow();
    expect(() => asMicros(MAX_MICROS + 1)).toThrow(MoneyLimit);
    expect(() => asCents(-MAX_MICROS - 1)).toThrow(MoneyLimit);
    expect(() => asMicros(Number.NaN)).toThrow();
    expect(() => microsToCentsExact(asMicros(1), 'EUR')).toThrow();
  });
  it('never answers minus zero', () => {
    expect(Object.is(asCents(-0), 0)).toBe(true);
  });
});

describe('currencies', () => {
  it.each([
    ['EUR', 2, 1_234, 1_234],
    ['JPY', 0, 1_234, 1_234],
    ['CLP', 0, 10_000, 10_000],
    ['ISK', 0, 1_500, 150_000],
    ['UGX', 0, 1_500, 150_000],
    ['KWD', 3, 12_340, 12_340],
  ])('%s has %d digits; %d minor units are %d at Stripe, and back', (currency, digits, minor, stripe) => {
    expect(isCurrency(currency)).toBe(true);
    expect(centsToMicros(asCents(1), currency)).toBe(10 ** (6 - digits));
    expect(toStripeAmount(asCents(minor), currency)).toBe(stripe);
    expect(fromStripeAmount(stripe, currency)).toBe(minor);
  });
  it.each(['ZZZ', 'BGN', 'eur', '', 'RUB'])('"%s" is none that a ledger can be kept in', (code) => {
    expect(isCurrency(code)).toBe(false);
  });
  it('a part of a króna is no amount, and Stripe charges no single fils', () => {
    expect(fromStripeAmount(150_050, 'ISK')).toBeNull();
    expect(chargeStep('KWD')).toBe(10);
    expect(() => toStripeAmount(asCents(12_345), 'KWD')).toThrow();
  });
});

describe('accrual', () => {
  it('posts floor differences that sum to the floor of the sum, whatever the steps', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 5_000_000 }), { maxLength: 60 }), (steps) => {
        let cumulative = 0;
        let posted = 0;
        for (const s of steps) {
          const before = microsToCentsFloor(asMicros(cumulative), 'EUR');
          cumulative += s;
          posted += microsToCentsFloor(asMicros(cumulative), 'EUR') - before;
        }
        expect(posted).toBe(microsToCentsFloor(asMicros(cumulative), 'EUR'));
      }),
    );
  });
});

describe('multiplication', () => {
  it('agrees with exact arithmetic', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 1e9 }),
        fc.constantFrom(1, 60, 10_000, 30_000),
        fc.integer({ min: 0, max: 1_000_000 }),
        (quantity, scale, price) => {
          const exact = (BigInt(quantity) * BigInt(price) * 2n + BigInt(scale)) / (BigInt(scale) * 2n);
          fc.pre(exact <= BigInt(MAX_MICROS));
          expect(BigInt(multiplyHalfUp(quantity, scale, asMicros(price)))).toBe(exact);
        },
      ),
    );
  });
  it('is symmetric around zero and within half a unit', () => {
    fc.assert(
      fc.property(micros, fc.integer({ min: 0, max: 10_000 }), (amount, points) => {
        const up = basisPointsHalfUp(asMicros(amount), points);
        expect(basisPointsHalfUp(asMicros(-amount), points)).toBe(up === 0 ? 0 : -up);
        expect(Math.abs(up - (amount * points) / 10_000)).toBeLessThanOrEqual(0.5 + 1e-3);
      }),
    );
  });
  it('rounds VAT once: 19 % of 100.05 is 19.01', () => {
    expect(basisPointsOfCentsHalfUp(asCents(10_005), 1_900)).toBe(1_901);
  });
});

describe('decimal text', () => {
  it('is exact and reads back', () => {
    fc.assert(
      fc.property(cents, (value) => {
        const text = centsToDecimal(asCents(value), 'EUR');
        expect(text).toMatch(/^-?\d+\.\d{2}$/);
        expect(BigInt(text.replace('.', ''))).toBe(BigInt(value));
      }),
    );
    expect(centsToDecimal(asCents(1234), 'JPY')).toBe('1234');
  });
});
