/** Money, numbers, days and times as the reader writes them, by Intl; zone and language always given. Called by every page. */

import { localeOf } from '../../shared/i18n/language.ts';

export { localeOf };

const made = new Map<string, Intl.DateTimeFormat | Intl.NumberFormat>();
/** Formatters are expensive to create; zones × languages × shapes of one session stay far below this. */
const MAX_CACHED = 200;

function cached<T extends Intl.DateTimeFormat | Intl.NumberFormat>(key: string, make: () => T): T {
  const known = made.get(key);
  if (known) return known as T;
  if (made.size >= MAX_CACHED) made.clear();
  const fresh = make();
  made.set(key, fresh);
  return fresh;
}

function numberFormat(language: string, options: Intl.NumberFormatOptions): Intl.NumberFormat {
  return cached(`n${language}${JSON.stringify(options)}`, () => new Intl.NumberFormat(localeOf(language), options));
}

function dateFormat(language: string, options: Intl.DateTimeFormatOptions): Intl.DateTimeFormat {
  return cached(`d${language}${JSON.stringify(options)}`, () => new Intl.DateTimeFormat(localeOf(language), options));
}

export const minorDigitsOf = (currency: string): number =>
  numberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;

/** Real minus sign (U+2212): the hyphen that some locales use gets lost in a column of figures. */
const properMinus = (text: string): string => text.replace('-', '\u2212');

/** Minor units as money: 1250 EUR → "12,50 €". `signed` marks gains with + as well. */
export function money(minorUnits: number, currency: string, language: string, signed = false): string {
  const amount = minorUnits / 10 ** minorDigitsOf(currency);
  const text = numberFormat(language, {
    style: 'currency',
    currency,
    signDisplay: signed ? 'exceptZero' : 'auto',
  }).format(amount);
  return properMinus(text);
}

/** Whole amounts without decimals ("50 €"), others with; for chips and rules. */
export function shortMoney(minorUnits: number, currency: string, language: string): string {
  const digits = minorDigitsOf(currency);
  if (minorUnits % 10 ** digits !== 0) return money(minorUnits, currency, language);
  const amount = minorUnits / 10 ** digits;
  return properMinus(numberFormat(language, { style: 'currency', currency, maximumFractionDigits: 0 }).format(amount));
}

/** Micros (1e-6) as money with two to `maxDigits` decimals: unit prices and sub-cent costs stay honest. */
export function microMoney(micros: number, currency: string, language: string, maxDigits = 4): string {
  const text = numberFormat(language, {
    style: 'currency',
    currency,
    minimumFractionDigits: minorDigitsOf(currency),
    maximumFractionDigits: Math.max(maxDigits, minorDigitsOf(currency)),
  }).format(micros / 1e6);
  return properMinus(text);
}

export const decimal = (value: number, language: string, maxDigits = 2): string =>
  properMinus(numberFormat(language, { maximumFractionDigits: maxDigits }).format(value));

/** Basis points as per cent: 1900 → "19 %" (with a no-break space in German). */
export const percent = (basisPoints: number, language: string): string =>
  numberFormat(language, { style: 'percent', maximumFractionDigits: 2 }).format(basisPoints / 10_000);

/** "10:30" on the clock of the zone. */
export const time = (instant: string | number, zone: string, language: string): string =>
  dateFormat(language, { hour: '2-digit', minute: '2-digit', timeZone: zone, hourCycle: 'h23' }).format(
    new Date(instant),
  );

export const timeWithSeconds = (instant: string | number, zone: string, language: string): string =>
  dateFormat(language, {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: zone,
    hourCycle: 'h23',
  }).format(new Date(instant));

/** "20. Nov. 2026" */
export const day = (instant: string | number, zone: string, language: string): string =>
  dateFormat(language, { day: 'numeric', month: 'short', year: 'numeric', timeZone: zone }).format(new Date(instant));

/** "20. Nov. 2026, 10:30" */
export const dayAndTime = (instant: string | number, zone: string, language: string): string =>
  `${day(instant, zone, language)}, ${time(instant, zone, language)}`;

/** "Fr., 20. Nov." */
export const shortDay = (instant: string | number, zone: string, language: string): string =>
  dateFormat(language, { weekday: 'short', day: 'numeric', month: 'short', timeZone: zone }).format(new Date(instant));

/** A wall date (`YYYY-MM-DD`) in full: "Freitag, 20. November 2026"; needs no zone, it is a day and not an instant. */
export const fullWallDate = (wallDate: string, language: string): string =>
  dateFormat(language, { weekday: 'long', day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    new Date(`${wallDate}T12:00:00Z`),
  );

/** "Fr., 20. Nov." of a wall date. */
export const shortWallDate = (wallDate: string, language: string): string =>
  shortDay(`${wallDate}T12:00:00Z`, 'UTC', language);

/** Today's wall date (`YYYY-MM-DD`) in the zone. */
export function wallDateIn(instant: string | number, zone: string): string {
  const parts = dateFormat('en', { year: 'numeric', month: '2-digit', day: '2-digit', timeZone: zone }).formatToParts(
    new Date(instant),
  );
  const part = (type: string): string => parts.find((p) => p.type === type)?.value ?? '';
  return `${part('year')}-${part('month')}-${part('day')}`;
}

/** Days around today that are written as their weekday. */
const WEEKDAY_RANGE = 6;

/**
 * An instant as one says it from `now`: "heute 16:32", "gestern 09:10", "Fr 14:30" within six days, "12. Nov." within the year, else
 * with the year. Lists show this, with `dayAndTime` in the tooltip.
 */
export function shortInstant(instant: string | number, zone: string, language: string, now: number): string {
  const wall = wallDateIn(instant, zone);
  const away = Math.round((Date.parse(wall) - Date.parse(wallDateIn(now, zone))) / 86_400_000);
  const clock = time(instant, zone, language);
  if (Math.abs(away) <= 1) return `${relativeDay(away, language)} ${clock}`;
  const at = new Date(instant);
  if (Math.abs(away) <= WEEKDAY_RANGE) {
    const weekday = dateFormat(language, { weekday: 'short', timeZone: zone }).format(at).replace('.', '');
    return `${weekday} ${clock}`;
  }
  if (wall.slice(0, 4) !== wallDateIn(now, zone).slice(0, 4)) return day(instant, zone, language);
  return dateFormat(language, { day: 'numeric', month: 'short', timeZone: zone }).format(at);
}

/** "heute", "gestern", "morgen". */
const relativeDay = (days: number, language: string): string =>
  new Intl.RelativeTimeFormat(localeOf(language), { numeric: 'auto' }).format(days, 'day');

/** Seconds as "4:05" (minutes:seconds) or "1:04:05". */
export function clockDuration(seconds: number): string {
  const whole = Math.max(0, Math.round(seconds));
  const two = (n: number): string => String(n).padStart(2, '0');
  const hours = Math.floor(whole / 3600);
  const minutes = Math.floor((whole % 3600) / 60);
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/**
 * Reads an amount as people type it ("50", "50,00", "1.234,5", "1,234.50") into minor units; null when it is none.
 * The last separator followed by one or two digits is the decimal one.
 */
export function parseAmount(text: string, currency: string): number | null {
  const bare = text.replace(/[\s\u00a0\u202f'’€$]|CHF|EUR|USD/gi, '');
  if (!/^\d{1,3}([.,]?\d{3})*([.,]\d{1,2})?$|^\d+([.,]\d{1,2})?$/.test(bare)) return null;
  const decimals = /[.,](\d{1,2})$/.exec(bare)?.[1] ?? '';
  const whole = (decimals === '' ? bare : bare.slice(0, -(decimals.length + 1))).replace(/[.,]/g, '');
  const digits = minorDigitsOf(currency);
  if (decimals.length > digits) return null;
  const minor = Number(whole + decimals.padEnd(digits, '0'));
  return Number.isSafeInteger(minor) ? minor : null;
}

/** "2.–13. Aug. 2027", or one day: both ends are wall dates. */
export function wallDateRange(from: string, to: string, language: string, isYearSaid = true): string {
  const year = isYearSaid ? { year: 'numeric' as const } : {};
  const format = dateFormat(language, { day: 'numeric', month: 'short', ...year, timeZone: 'UTC' });
  const noon = (date: string): Date => new Date(`${date}T12:00:00Z`);
  return from === to ? format.format(noon(from)) : format.formatRange(noon(from), noon(to));
}

/** A language's own name in the reader's: "Türkisch". */
export function languageName(code: string, language: string): string {
  try {
    return new Intl.DisplayNames(localeOf(language), { type: 'language' }).of(code) ?? code;
  } catch {
    return code; // whatever a client stored as a language
  }
}

/** "Deutschland" of `DE`. */
export const countryName = (code: string, language: string): string =>
  new Intl.DisplayNames(localeOf(language), { type: 'region' }).of(code) ?? code;

const BYTES_A_MEGABYTE = 1_000_000;
/** Bytes as megabytes with one digit behind the comma. */
export const megabytes = (bytes: number): number => Math.round((bytes / BYTES_A_MEGABYTE) * 10) / 10;
