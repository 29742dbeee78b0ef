/**
 * Money as integers. `Micros` (1e-6 of the currency unit) inside the ledger, `Cents` (minor units) at every edge.
 * This is the only file that converts between them; each converter's name carries its rounding.
 */
import { assert } from './result.ts';

declare const micros: unique symbol;
declare const cents: unique symbol;
export type Micros = number & { readonly [micros]: true };
export type Cents = number & { readonly [cents]: true };

/** Largest whole number of micros: 2^53 − 1, the last that is exact. 9 billion units of currency over the life of a ledger, in either direction. */
export const MAX_MICROS = Number.MAX_SAFE_INTEGER;

/** A sum left the range in which money is exact. The ledger's commands turn it into a refusal; anywhere else it is a defect. */
export class MoneyLimit extends Error {}

function whole(value: number, what: string): number {
  assert(Number.isInteger(value), `not an amount of ${what}: ${value}`);
  if (!Number.isSafeInteger(value)) throw new MoneyLimit(`beyond every exact amount of ${what}: ${value}`);
  return value === 0 ? 0 : value;
}

/** Brands an amount of 1e-6 of the currency unit. @throws a defect when it is no whole number, MoneyLimit beyond ±(2^53 − 1) */
export const asMicros = (value: number): Micros => whole(value, 'micros') as Micros;

/** Brands an amount of minor units of the currency. @throws a defect when it is no whole number, MoneyLimit beyond ±(2^53 − 1) */
export const asCents = (value: number): Cents => whole(value, 'cents') as Cents;

// ---------------------------------------------------------------- currencies

/** How a currency is counted here, and how Stripe counts it. */
interface Currency {
  /** digits of the minor unit */
  digits: 0 | 2 | 3;
  /** Stripe's units in one of our minor units: 100 where it counts hundredths of what has none (ISK, UGX) */
  stripeUnits: 1 | 100;
  /** what Stripe charges is a multiple of so many minor units: three-decimal amounts end in 0 */
  step: 1 | 10;
}

const listed = (codes: string, currency: Currency): [string, Currency][] =>
  codes.split(' ').map((code) => [code, currency]);

/** Every currency that a ledger can be kept in: those that Stripe settles, with Stripe's own exponents. */
const CURRENCIES: ReadonlyMap<string, Currency> = new Map([
  ...listed(
    'AED AUD BRL CAD CHF CZK DKK EUR GBP HKD HUF ILS INR MXN MYR NOK NZD PLN QAR RON SAR SEK SGD THB TRY TWD UAH USD ZAR',
    { digits: 2, stripeUnits: 1, step: 1 },
  ),
  // MGA has fifths on paper; Stripe charges whole ariary.
  ...listed('BIF CLP DJF GNF JPY KMF KRW MGA PYG RWF VND VUV XAF XOF XPF', { digits: 0, stripeUnits: 1, step: 1 }),
  ...listed('ISK UGX', { digits: 0, stripeUnits: 100, step: 1 }),
  ...listed('BHD JOD KWD OMR TND', { digits: 3, stripeUnits: 1, step: 10 }),
]);

/** Whether a ledger can be kept in it. */
export const isCurrency = (code: string): boolean => CURRENCIES.has(code);

/** Digits of the minor unit. A code outside the list (a price that somebody noted) is shown with two; no ledger takes it. */
const minorDigits = (currency: string): number => CURRENCIES.get(currency)?.digits ?? 2;

/** What Stripe charges is a whole number of so many minor units: 1, and 10 where amounts have three decimals. */
export const chargeStep = (currency: string): number => CURRENCIES.get(currency)?.step ?? 1;

/** Our minor units as Stripe counts them: 1,500 krónur are 150,000 there. @throws a defect for an amount that Stripe can't charge */
export function toStripeAmount(value: Cents, currency: string): number {
  assert(value % chargeStep(currency) === 0, `Stripe can't charge ${value} minor units of ${currency}`);
  return asCents(value * (CURRENCIES.get(currency)?.stripeUnits ?? 1));
}

/** Stripe's amount as our minor units; null when it is no whole number of them (hundredths of a króna). */
export function fromStripeAmount(amount: number, currency: string): Cents | null {
  const units = CURRENCIES.get(currency)?.stripeUnits ?? 1;
  return Number.isSafeInteger(amount) && amount % units === 0 ? asCents(amount / units) : null;
}

// ---------------------------------------------------------------- conversion

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
