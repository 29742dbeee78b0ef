/**
 * Money as integers. `Micros` (1e-6 of the currency unit) inside the ledger, `Cents` (minor units) at every edge.
 * This is the only file that converts between them; each converter's name carries its rounding.
 */
import { assert } from './result.ts';

declare const micros: unique symbol;
declare const cents: unique symbol;
export type Micros = number & { readonly [micros]: true };
export type Cents = number & { readonly [cents]: true };

/** Largest amount of micros that stays exact through every sum we make (1 billion units of currency). */
export const MAX_MICROS = 1e15;

/** Brands an amount of 1e-6 of the currency unit. @throws a defect when it is no whole number within ±1e15 */
export function asMicros(value: number): Micros {
  assert(Number.isSafeInteger(value) && Math.abs(value) <= MAX_MICROS, `not an amount of micros: ${value}`);
  return (value === 0 ? 0 : value) as Micros;
}

/** Brands an amount of minor units of the currency. @throws a defect when it is no whole number within ±1e15 */
export function asCents(value: number): Cents {
  assert(Number.isSafeInteger(value) && Math.abs(value) <= MAX_MICROS, `not an amount of cents: ${value}`);
  return (value === 0 ? 0 : value) as Cents;
}

/** ISO 4217 minor unit digits of the currencies we sell in; others default to 2. */
const MINOR_DIGITS: Readonly<Record<string, number>> = { JPY: 0, KRW: 0, ISK: 0, BHD: 3, KWD: 3, TND: 3 };
const minorDigits = (currency: string): number => MINOR_DIGITS[currency] ?? 2;
/** Micros in one minor unit: 10,000 for a cent, 1,000,000 for a yen, 1,000 for a fils. */
export const microsPerMinor = (currency: string): number => 10 ** (6 - minorDigits(currency));

/** Exact: minor units are whole numbers of micros. */
export const centsToMicros = (value: Cents, currency: string): Micros => asMicros(value * microsPerMinor(currency));

/** Floor towards minus infinity: what has been fully earned (usage accrual). */
export const microsToCentsFloor = (value: Micros, currency: string): Cents =>
  asCents(Math.floor(value / microsPerMinor(currency)));

/** Half away from zero: an invoice line, a price shown. */
export function microsToCentsHalfUp(value: Micros, currency: string): Cents {
  const per = microsPerMinor(currency);
  const sign = value < 0 ? -1 : 1;
  const magnitude = Math.abs(value);
  const whole = Math.floor(magnitude / per);
  const rest = magnitude - whole * per;
  return asCents(sign * (rest * 2 >= per ? whole + 1 : whole));
}

/** Exact only: throws a defect when the amount is not a multiple of the minor unit (postings must be). */
export function microsToCentsExact(value: Micros, currency: string): Cents {
  const per = microsPerMinor(currency);
  assert(value % per === 0, `${value} micros is not a whole number of minor units`);
  return asCents(value / per);
}

/** quantity (in units of 1/quantityScale) × unit price in micros, in BigInt, rounded half up once. */
export function multiplyHalfUp(quantity: number, quantityScale: number, unitPrice: Micros): Micros {
  assert(
    Number.isSafeInteger(quantity) && Number.isSafeInteger(quantityScale) && quantityScale > 0,
    'quantity must be a scaled integer',
  );
  const product = BigInt(quantity) * BigInt(unitPrice);
  return divideHalfUp(product, BigInt(quantityScale));
}

/** amount × basis points / 10 000, half up (VAT, bonus, commission). */
export const basisPointsHalfUp = (amount: Micros, basisPoints: number): Micros =>
  multiplyHalfUp(basisPoints, 10_000, amount);

/** The same on minor units, rounded once to a minor unit. */
export function basisPointsOfCentsHalfUp(amount: Cents, basisPoints: number): Cents {
  return asCents(Number(divideHalfUp(BigInt(amount) * BigInt(basisPoints), 10_000n)));
}

function divideHalfUp(numerator: bigint, denominator: bigint): Micros {
  const negative = numerator < 0n;
  const magnitude = negative ? -numerator : numerator;
  const quotient = (magnitude * 2n + denominator) / (denominator * 2n);
  return asMicros(Number(negative ? -quotient : quotient));
}

/** "1234" cents -> "12.34", exact, for documented decimal fields. */
export function centsToDecimal(value: Cents, currency: string): string {
  const digits = minorDigits(currency);
  const sign = value < 0 ? '-' : '';
  const text = String(Math.abs(value)).padStart(digits + 1, '0');
  return digits === 0 ? sign + text : `${sign}${text.slice(0, -digits)}.${text.slice(-digits)}`;
}
