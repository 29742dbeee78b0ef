/**
 * What a month will come to when it goes on as it went, and what its quantities cost at list price. Pure; called by `ledger-object.ts` for
 * the usage view.
 */
import { asCents, asMicros, type Cents, microsToCentsHalfUp, type Micros } from '../../../shared/money.ts';
import { EVENT_TYPES, type EventType, type Outlook, type Plan, type UsageLine } from '../types.ts';
import { beyond, chargeOf, unitPriceOf } from './pricing.ts';

interface Thing {
  eventType: EventType;
  units: number;
  exactMicros: Micros;
  /** what came back, positive */
  creditedMicros: Micros;
}

/** Units and exact amounts of each metered thing over its price lines. */
function things(lines: readonly UsageLine[]): Thing[] {
  return EVENT_TYPES.flatMap((eventType) => {
    const own = lines.filter((line) => line.eventType === eventType);
    if (own.length === 0) return [];
    const sum = (of: (line: UsageLine) => number): number => own.reduce((total, line) => total + of(line), 0);
    return [
      {
        eventType,
        units: sum((line) => line.quantityUnits),
        exactMicros: asMicros(sum((line) => Math.max(0, line.exactMicros))),
        creditedMicros: asMicros(-sum((line) => Math.min(0, line.exactMicros))),
      },
    ];
  });
}

/**
 * Linear over elapsed days, today counted: what is there, and what the rest of the month adds at the present plan's prices. Fees that came
 * back go on coming back. Without an elapsed day it is what there is.
 */
export function outlookOf(
  plan: Plan,
  lines: readonly UsageLine[],
  baseFeeCents: Cents,
  { elapsed, days }: { elapsed: number; days: number },
  currency: string,
): Outlook {
  const scale = (quantity: number): number => (elapsed > 0 ? Math.round((quantity * days) / elapsed) : quantity);
  const units: Outlook['units'] = {};
  let total: number = baseFeeCents;
  for (const { eventType, units: used, exactMicros, creditedMicros } of things(lines)) {
    const whole = scale(used);
    const price = unitPriceOf(plan, eventType);
    const added = chargeOf(beyond(whole, price), price) - chargeOf(beyond(used, price), price);
    units[eventType] = whole;
    total += microsToCentsHalfUp(asMicros(exactMicros + added - scale(creditedMicros)), currency);
  }
  return { units, totalCents: asCents(total) };
}

/** Quantities at list price: the plan's own, with nothing included. */
export function listCosts(
  plan: Plan,
  lines: readonly UsageLine[],
  currency: string,
): Partial<Record<EventType, { units: number; unitsPerOne: number; cents: Cents }>> {
  return Object.fromEntries(
    things(lines).map(({ eventType, units }) => {
      const price = unitPriceOf(plan, eventType);
      return [
        eventType,
        { units, unitsPerOne: price.unitsPerOne, cents: microsToCentsHalfUp(chargeOf(units, price), currency) },
      ];
    }),
  );
}

/** So many units at list price: a day's. */
export const listCost = (plan: Plan, eventType: EventType, units: number, currency: string): Cents =>
  microsToCentsHalfUp(chargeOf(units, unitPriceOf(plan, eventType)), currency);
