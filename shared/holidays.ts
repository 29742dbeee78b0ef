/** Public holidays of Germany, Austria and Switzerland by region: hours, speech and calendars ask it whether a day is one. */
import { BoundedMap } from './bounded-map.ts';
import { easterSunday } from './easter.ts';
import { FIRST_YEAR, HOLIDAYS, LAST_YEAR, REGIONS } from './holiday-data.ts';
import { addDays, type WallDate } from './time.ts';

export interface Holiday {
  date: WallDate;
  name: { de: string; en: string };
}

/**
 * Country and region as in ISO 3166-2: `DE-BE`, `AT-9` (or `AT`), `CH-ZH`; a country alone has the days that all its regions have. A
 * municipality that has more days is a suffix: `DE-BY-KATH` (Mariä Himmelfahrt), `DE-BY-A` (Augsburg: that and the Friedensfest),
 * `DE-SN-KATH`, `DE-TH-KATH` (Fronleichnam).
 */
export type HolidayRegion = string;

/** Years whose holidays are known; the check fails in time before they end. Outside them nothing is said to be a holiday. */
export const HOLIDAY_YEARS = { first: FIRST_YEAR, last: LAST_YEAR } as const;

/** True for a region with data (`DE-BE`, `AT`, `AT-9`, `CH-ZH`, with municipality suffix where there is one). */
export function isHolidayRegion(region: HolidayRegion): boolean {
  return positionsOf(region) !== null;
}

/** Where the holidays of a region stand in HOLIDAYS; a municipality without days of its own has those of its state. */
function positionsOf(region: HolidayRegion): string | null {
  const [country = '', state = '', place = ''] = region.toUpperCase().split('-');
  const keys = state === '' ? [country] : [`${country}-${state}-${place}`, `${country}-${state}`];
  const key = keys.find((candidate) => Object.hasOwn(REGIONS, candidate));
  return key === undefined ? null : (REGIONS[key] ?? null);
}

/** Regions × years asked for by hostile input. */
const MAX_CACHED_YEARS = 512;
const years = new BoundedMap<string, readonly Holiday[]>(MAX_CACHED_YEARS);

/**
 * Statutory holidays of a region in a year, ascending by date; none for an unknown region or a year outside HOLIDAY_YEARS. Half days
 * (24 and 31 December) are not among them.
 */
export function holidaysOf(region: HolidayRegion, year: number): readonly Holiday[] {
  const key = `${region}|${year}`;
  const known = years.get(key);
  if (known) return known;
  const found = year >= FIRST_YEAR && year <= LAST_YEAR && Number.isInteger(year) ? read(region, year) : [];
  years.set(key, found);
  return found;
}

function read(region: HolidayRegion, year: number): Holiday[] {
  const found: Holiday[] = [];
  for (const position of positionsOf(region)?.split(' ') ?? []) {
    const [de = '', en = '', rule = ''] = HOLIDAYS[Number.parseInt(position, 36)]?.split('|') ?? [];
    const date = dateOf(rule, year);
    if (date !== null) found.push({ date, name: { de, en } });
  }
  return found.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}

/** When a holiday falls in a year: `MM-DD`, `E` and days from Easter Sunday, or one of the dates; null: not in this year. */
function dateOf(rule: string, year: number): WallDate | null {
  if (rule.startsWith('E')) return addDays(easterSunday(year), Number(rule.slice(1)));
  if (rule.length === 'MM-DD'.length) return `${year}-${rule}`;
  return rule.split(' ').find((date) => date.startsWith(`${year}-`)) ?? null;
}

/** The holiday of a region on a day, or null. A day with two has the first of the data. */
export function holidayOn(region: HolidayRegion, date: WallDate): Holiday | null {
  return holidaysOf(region, Number(date.slice(0, 4))).find((holiday) => holiday.date === date) ?? null;
}
