/** The projection of a month, in tables: the oracle's half month, credits, other things, the month's first and last day. */
import { describe, expect, it } from 'vitest';
import { asCents, asMicros } from '../../../shared/money.ts';
import type { EventType, Plan, UsageLine } from '../types.ts';
import { accrue, credit, CREDIT, emptyLine } from './accrue.ts';
import { listCosts, outlookOf } from './outlook.ts';
import { scaledToUnits, unitPriceOf } from './pricing.ts';
import { ORACLE_PLAN } from './terms.ts';

const used = (plan: Plan, eventType: EventType, quantity: number): UsageLine => {
  const price = unitPriceOf(plan, eventType);
  return accrue(emptyLine(eventType, 1, price), price, 0, scaledToUnits(eventType, quantity * 10_000), 'EUR').line;
};
const ORACLE = [used(ORACLE_PLAN, 'voice_minute', 687.5), used(ORACLE_PLAN, 'appointment', 87)];
const FEE = asCents(4_900);
const at = (lines: UsageLine[], elapsed: number, days = 30, plan = ORACLE_PLAN) =>
  outlookOf(plan, lines, FEE, { elapsed, days }, 'EUR');

describe('the projection', () => {
  it('of the oracle: half of the month gone, 1,375 minutes and 174 appointments for 528.25', () => {
    const { units, totalCents } = at(ORACLE, 15);
    expect(units).toEqual({ voice_minute: 1_375 * 30_000, appointment: 174 * 10_000 });
    expect(totalCents).toBe(52_825);
  });
  it.each([
    ['on the last day is the month', 30],
    ['without an elapsed day is what there is', 0],
  ])('%s', (_name, elapsed) => expect(at(ORACLE, elapsed).totalCents).toBe(25_113));
  it('of an empty month is its base fee', () => expect(at([], 3).totalCents).toBe(4_900));
  it('has fees that came back go on coming back', () => {
    const price = unitPriceOf(ORACLE_PLAN, 'appointment');
    const back = credit(
      { ...emptyLine('appointment', 1, price), priceLine: `appointment@1${CREDIT}` },
      asMicros(2_000_000),
      'EUR',
    ).line;
    expect(at([used(ORACLE_PLAN, 'appointment', 3), back], 15).totalCents).toBe(4_900 + 2 * (600 - 200));
  });
  it('has other metered things, too', () => {
    const plan = { ...ORACLE_PLAN, unitPrices: { sms: { includedScaled: 150_000, priceMicros: asMicros(90_000) } } };
    // 20 of which 15 are included; 40 in the end.
    expect(at([used(plan, 'sms', 20)], 15, 30, plan).totalCents).toBe(4_900 + 225);
  });
});

it('list prices include nothing', () => {
  const listed = listCosts(ORACLE_PLAN, ORACLE, 'EUR');
  expect(listed.voice_minute).toEqual({ units: 687.5 * 30_000, unitsPerOne: 30_000, cents: 10_313 });
  expect(listed.appointment?.cents).toBe(17_400);
});
