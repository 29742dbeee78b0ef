import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TopupTerms } from '../../shared/contract/money.ts';
import { previewTopup } from './topup-preview.ts';

const terms = (change: Partial<TopupTerms['vat']> = {}): TopupTerms => ({
  currency: 'EUR',
  vat: { rate_basis_points: 1900, basis: 'net', category: 'standard', ...change },
  tiers: [
    { id: 'b', name: 'Business', from_cents: 100_000, kind: 'percentage', basis_points: 1500, fixed_cents: null },
    { id: 's', name: 'Starter', from_cents: 10_000, kind: 'percentage', basis_points: 500, fixed_cents: null },
    { id: 'p', name: 'Pro', from_cents: 50_000, kind: 'percentage', basis_points: 1000, fixed_cents: null },
  ],
  min_cents: 1_000,
  max_cents: 500_000,
  preview: null,
});

describe('bonus', () => {
  it.each([
    [9_999, null, 0, 'Starter', 1],
    [10_000, 'Starter', 500, 'Pro', 40_000],
    [46_000, 'Starter', 2_300, 'Pro', 4_000],
    [50_000, 'Pro', 5_000, 'Business', 50_000],
    [100_000, 'Business', 15_000, null, 0],
    [10_010, 'Starter', 501, 'Pro', 39_990],
  ])('of %i reaches %s and gives %i', (amount, tier, bonus, next, missing) => {
    const preview = previewTopup(terms(), amount);
    expect(preview.tier?.name ?? null).toBe(tier);
    expect(preview.bonusCents).toBe(bonus);
    expect(preview.next?.tier.name ?? null).toBe(next);
    expect(preview.next?.missingCents ?? 0).toBe(missing);
  });

  it('of a fixed tier is its amount', () => {
    const fixed: TopupTerms = {
      ...terms(),
      tiers: [{ id: 'f', name: 'Start', from_cents: 5_000, kind: 'fixed', basis_points: null, fixed_cents: 700 }],
    };
    expect(previewTopup(fixed, 5_000).bonusCents).toBe(700);
  });

  it('never shrinks when the amount grows past a tier', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 300_000 }), fc.integer({ min: 0, max: 5_000 }), (amount, more) => {
        expect(previewTopup(terms(), amount + more).bonusCents).toBeGreaterThanOrEqual(
          previewTopup(terms(), amount).bonusCents,
        );
      }),
    );
  });
});

describe('VAT', () => {
  it('is added once to a net amount', () => {
    const preview = previewTopup(terms(), 10_000);
    expect([preview.vatCents, preview.totalCents, preview.creditedCents]).toEqual([1_900, 11_900, 10_500]);
  });

  it('is contained in a gross amount', () => {
    const preview = previewTopup(terms({ basis: 'gross' }), 11_900);
    expect([preview.vatCents, preview.totalCents]).toEqual([1_900, 11_900]);
  });

  it.each(['reverse_charge', 'not_taxable'] as const)('is nothing under %s', (category) => {
    const preview = previewTopup(terms({ category }), 10_000);
    expect([preview.vatCents, preview.totalCents]).toEqual([0, 10_000]);
  });
});
