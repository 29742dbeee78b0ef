/** A receipt's parts sum to what the ledger charged. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { callReceipt } from '../../shared/contract/calls.ts';
import { asCents, asMicros } from '../../shared/money.ts';
import type { ChargeResult, Plan } from '../ledger/types.ts';
import { minutesText, moneyOf, receiptOf } from './receipt.ts';

const plan = { model: 'combined', pricePerMinuteMicros: 150_000 } as Plan;
const charge = (exact: number, posted: number, billed: number): ChargeResult =>
  ({
    exactMicros: asMicros(exact),
    postedCents: asCents(posted),
    billedSeconds: billed,
    entryId: 'ent_1',
    period: '2026-11',
    late: false,
  }) as unknown as ChargeResult;

describe('call receipt', () => {
  it('shows included minutes at zero and the rest at the plan’s price', () => {
    const money = moneyOf({ seconds: 120, charge: charge(150_000, 15, 120), plan, entryIds: ['ent_0', 'ent_1'] });
    const receipt = receiptOf({ state: 'captured', heldCents: 0, currency: 'EUR', money, provider: null });
    expect(receipt.lines.map(({ code, quantity, amount_micros }) => [code, quantity, amount_micros])).toEqual([
      ['included_minutes', '1', 0],
      ['voice_minute', '1', 150_000],
    ]);
    expect(receipt).toMatchObject({ rule: 'combined', charged_cents: 15, entry_ids: ['ent_0', 'ent_1'] });
    expect(receipt).not.toHaveProperty('provider_cost');
    expect(() => callReceipt.parse(receipt)).not.toThrow();
  });

  it('counts the fee of the appointment that the call booked, and what came back of it', () => {
    const money = moneyOf({ seconds: 120, charge: charge(0, 0, 120), plan, entryIds: ['ent_1'] });
    const of = { state: 'captured', heldCents: 0, currency: 'EUR', money, provider: null } as const;
    const fee = { exactMicros: 2_000_000, cents: 200, currency: 'EUR', entryIds: ['ent_2'] };
    const receipt = receiptOf({ ...of, fee });
    expect(receipt.lines.at(-1)).toMatchObject({
      code: 'appointment',
      quantity: '1',
      amount_micros: 2_000_000,
      entry_id: 'ent_2',
    });
    expect(receipt).toMatchObject({ price_micros: 2_000_000, charged_cents: 200, entry_ids: ['ent_1', 'ent_2'] });
    expect(receipt.lines.reduce((sum, line) => sum + line.amount_micros, 0)).toBe(receipt.price_micros);
    const back = receiptOf({ ...of, fee: { ...fee, exactMicros: 0, cents: 0, entryIds: ['ent_2', 'ent_3'] } });
    expect(back).toMatchObject({ price_micros: 0, charged_cents: 0, entry_ids: ['ent_1', 'ent_2', 'ent_3'] });
    expect(() => callReceipt.parse(back)).not.toThrow();
  });

  it('the lines sum to the price, whatever the plan and length', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 2_000_000 }),
        fc.integer({ min: 1, max: 7_200 }),
        fc.integer({ min: 0, max: 7_200 }),
        (price, billed, chargeable) => {
          const exact = Math.round((Math.min(billed, chargeable) * price) / 60);
          const money = moneyOf({
            seconds: billed,
            charge: charge(exact, Math.floor(exact / 10_000), billed),
            plan: { ...plan, pricePerMinuteMicros: asMicros(price) },
            entryIds: [],
          });
          const receipt = receiptOf({ state: 'captured', heldCents: 0, currency: 'EUR', money, provider: null });
          expect(receipt.lines.reduce((sum, line) => sum + line.amount_micros, 0)).toBe(receipt.price_micros);
          expect(receipt.price_micros).toBe(exact);
        },
      ),
    );
  });

  it('the provider’s parts sum to its total, with the difference of its rounding shown', () => {
    const receipt = receiptOf({
      state: 'captured',
      heldCents: 0,
      currency: 'EUR',
      money: null,
      provider: {
        costUsdMicros: 200_400,
        parts: [
          { product: 'tts', costUsdMicros: 107_900 },
          { product: 'llm', costUsdMicros: 69_400 },
        ],
      },
    });
    const cost = receipt.provider_cost!;
    expect(cost.lines.reduce((sum, line) => sum + line.amount_micros, 0)).toBe(cost.total_micros);
    expect(cost.lines.at(-1)).toEqual({ product: 'rounding', amount_micros: 23_100 });
  });

  it('writes minutes as a plain decimal', () => {
    expect(minutesText(92)).toBe('1.5333');
    expect(minutesText(120)).toBe('2');
  });
});
