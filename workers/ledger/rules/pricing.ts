/**
 * Pricing models: what is included, what a unit costs, what a period comes to, and the linear projection. Called by charges
 * (price lines), the usage view and, later, invoices.
 */
import { asCents, type Cents, type Micros, microsToCentsHalfUp, multiplyHalfUp } from '../../../shared/money.ts';
import { unreachable } from '../../../shared/result.ts';
import { type EventType, type Plan, QUANTITY_SCALE } from '../types.ts';

/**
 * Units of one minute in a price line: the least number that counts both whole seconds (500 units) and four decimals of a minute
 * (3 units) exactly.
 */
export const UNITS_PER_MINUTE = 30_000;

export interface UnitPrice {
  unitsPerOne: number;
  includedUnits: number;
  priceMicros: Micros;
}

/** Nothing beyond: every unit is included. */
const ALL = Number.MAX_SAFE_INTEGER;
const FREE = 0 as Micros;

const unitsPerOne = (eventType: EventType): number =>
  eventType === 'voice_minute' ? UNITS_PER_MINUTE : QUANTITY_SCALE;

/** Whole seconds of conversation as units of the minute line. */
export const secondsToUnits = (seconds: number): number => seconds * (UNITS_PER_MINUTE / 60);
/** A quantity with four decimals as units of its line. */
export const scaledToUnits = (eventType: EventType, quantityScaled: number): number =>
  quantityScaled * (unitsPerOne(eventType) / QUANTITY_SCALE);

/** Price and included quantity of one metered thing under a plan; what a plan doesn't price is counted and free. */
export function unitPriceOf(plan: Plan, eventType: EventType): UnitPrice {
  const per = unitsPerOne(eventType);
  switch (eventType) {
    case 'voice_minute':
      if (plan.model === 'per_appointment') return { unitsPerOne: per, includedUnits: ALL, priceMicros: FREE };
      return {
        unitsPerOne: per,
        includedUnits: plan.includedMinutes * per,
        priceMicros: plan.pricePerMinuteMicros,
      };
    case 'appointment':
      switch (plan.model) {
        case 'per_minute':
          return { unitsPerOne: per, includedUnits: ALL, priceMicros: FREE };
        case 'package':
          return {
            unitsPerOne: per,
            includedUnits: plan.includedAppointments * per,
            priceMicros: plan.pricePerAppointmentMicros,
          };
        case 'per_appointment':
        case 'combined':
          return { unitsPerOne: per, includedUnits: 0, priceMicros: plan.pricePerAppointmentMicros };
        default:
          return unreachable(plan.model);
      }
    default: {
      const listed = plan.unitPrices[eventType];
      return listed
        ? {
            unitsPerOne: per,
            includedUnits: scaledToUnits(eventType, listed.includedScaled),
            priceMicros: listed.priceMicros,
          }
        : { unitsPerOne: per, includedUnits: ALL, priceMicros: FREE };
    }
  }
}

/** Units of a total that lie beyond what is included. */
export const beyond = (totalUnits: number, price: UnitPrice): number => Math.max(0, totalUnits - price.includedUnits);

/** Exact charge of so many billable units, rounded half up once to a micro. */
export const chargeOf = (billableUnits: number, price: Pick<UnitPrice, 'unitsPerOne' | 'priceMicros'>): Micros =>
  multiplyHalfUp(billableUnits, price.unitsPerOne, price.priceMicros);

/**
 * Seconds a call is billed as: free when shorter than the plan's free limit, else at least the minimum, rounded up to the increment
 * (1, 6, 30 s or the started minute).
 */
export function billedSeconds(seconds: number, plan: Plan): number {
  if (seconds <= 0 || seconds < plan.freeBelowSeconds) return 0;
  const long = Math.max(seconds, plan.minimumSeconds);
  return Math.ceil(long / plan.billingIncrementSeconds) * plan.billingIncrementSeconds;
}

interface PeriodTotal {
  baseFeeCents: Cents;
  minutesCents: Cents;
  appointmentsCents: Cents;
  totalCents: Cents;
}

/**
 * What a period comes to: base fee + minutes beyond the included ones + appointments, each line rounded half up once.
 * @param minuteUnits minutes × 30 000; @param appointments whole appointments
 */
export function periodTotal(plan: Plan, minuteUnits: number, appointments: number, currency: string): PeriodTotal {
  const line = (eventType: EventType, units: number): Cents => {
    const price = unitPriceOf(plan, eventType);
    return microsToCentsHalfUp(chargeOf(beyond(units, price), price), currency);
  };
  const baseFeeCents = microsToCentsHalfUp(plan.baseFeeMicros, currency);
  const minutesCents = line('voice_minute', minuteUnits);
  const appointmentsCents = line('appointment', appointments * QUANTITY_SCALE);
  return {
    baseFeeCents,
    minutesCents,
    appointmentsCents,
    totalCents: asCents(baseFeeCents + minutesCents + appointmentsCents),
  };
}

/**
 * Linear projection over elapsed days, today counted. Without an elapsed day it is what there is.
 * @param elapsedDays days of the period so far; @param days days of the whole period
 */
export function project(
  plan: Plan,
  used: { minuteUnits: number; appointments: number },
  elapsedDays: number,
  days: number,
  currency: string,
): {
  minuteUnits: number;
  appointments: number;
  total: PeriodTotal;
  minutesPerDay: number;
  appointmentsPerDay: number;
} {
  const scale = (quantity: number): number =>
    elapsedDays > 0 ? Math.round((quantity * days) / elapsedDays) : quantity;
  const minuteUnits = scale(used.minuteUnits);
  const appointments = scale(used.appointments);
  const perDay = (quantity: number): number => (elapsedDays > 0 ? quantity / elapsedDays : 0);
  return {
    minuteUnits,
    appointments,
    total: periodTotal(plan, minuteUnits, appointments, currency),
    minutesPerDay: perDay(used.minuteUnits / UNITS_PER_MINUTE),
    appointmentsPerDay: perDay(used.appointments),
  };
}
