/**
 * `node dev/holidays/generate.ts`: writes shared/holiday-data.ts from date-holidays. The data is committed because the type check, the
 * tests, the demo data and every build import it; generate.test.ts makes it again and compares the bytes.
 */
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import Holidays from 'date-holidays';
import { easterSunday } from '../../shared/easter.ts';
import { daysBetween, type WallDate } from '../../shared/time.ts';
import { CORRECTIONS, NAMES } from './corrections.ts';

/** The years written. Move them on when the check asks for it, and read the diff: laws of holidays change. */
const FIRST_YEAR = 2024;
const LAST_YEAR = 2036;

const root = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');
export const DATA_FILE = path.join(root, 'shared/holiday-data.ts');

interface Day {
  date: WallDate;
  de: string;
  en: string;
}

/** A region of ours and the place of the library whose days it takes. */
interface Place {
  region: string;
  place: [country: string, state?: string, region?: string];
}

/** Municipalities with more days than their state, by the name a branch is given; the library knows them by a district. */
const MUNICIPALITIES: readonly Place[] = [
  { region: 'DE-BY-A', place: ['DE', 'BY', 'A'] },
  { region: 'DE-BY-KATH', place: ['DE', 'BY', 'KATH'] },
  { region: 'DE-SN-KATH', place: ['DE', 'SN', 'BZ'] },
  { region: 'DE-TH-KATH', place: ['DE', 'TH', 'EIC'] },
];

const COUNTRIES = ['DE', 'AT', 'CH'] as const;

const statesOf = (country: string): Place[] =>
  Object.keys(new Holidays().getStates(country) ?? {})
    .sort()
    .map((state) => ({ region: `${country}-${state}`, place: [country, state] }));

/** The statutory days of a region in every year, by name: what is not of type `public` is no day off (24 and 31 December). */
function daysOf({ region, place: [country, state, district] }: Place): Day[] {
  const named = (language: string): Holidays =>
    new Holidays(
      { country, ...(state === undefined ? {} : { state }), ...(district === undefined ? {} : { region: district }) },
      { languages: [language, 'en'] },
    );
  const [german, english] = [named('de'), named('en')];
  const days: Day[] = [];
  for (let year = FIRST_YEAR; year <= LAST_YEAR; year++) {
    const other = english.getHolidays(year);
    for (const found of german.getHolidays(year)) {
      if (found.type !== 'public' || found.substitute) continue;
      const date = found.date.slice(0, 10);
      const name = other.find((x) => x.rule === found.rule && x.date === found.date)?.name ?? found.name;
      const [de, en] = NAMES[`${country} ${found.name}`] ?? NAMES[found.name] ?? [found.name, name];
      if (!days.some((day) => day.date === date)) days.push({ date, de, en });
    }
  }
  return CORRECTIONS.filter((correction) => correction.region === region).reduce(
    (left, { corrected }) => corrected(left, years()),
    days,
  );
}

const years = (): number[] => Array.from({ length: LAST_YEAR - FIRST_YEAR + 1 }, (_, i) => FIRST_YEAR + i);

/** The shortest way to write when a holiday falls: the same day every year, days from Easter Sunday, or the dates themselves. */
function ruleOf(dates: readonly WallDate[]): string {
  const [first] = dates;
  if (first === undefined) return '';
  if (dates.length === LAST_YEAR - FIRST_YEAR + 1) {
    if (dates.every((date) => date.slice(5) === first.slice(5))) return first.slice(5);
    const offset = daysBetween(easterSunday(FIRST_YEAR), first);
    if (dates.every((date) => daysBetween(easterSunday(Number(date.slice(0, 4))), date) === offset))
      return `E${offset}`;
  }
  return dates.join(' ');
}

/** Every holiday of a region as one line of the data: names and rule. */
function linesOf(days: readonly Day[]): string[] {
  const byName = new Map<string, WallDate[]>();
  for (const { date, de, en } of days) {
    const key = `${de}|${en}`;
    byName.set(key, [...(byName.get(key) ?? []), date]);
  }
  return [...byName].map(([name, dates]) => `${name}|${ruleOf([...dates].sort())}`);
}

/** The text of shared/holiday-data.ts. */
export function holidayData(): string {
  const regions = new Map<string, string[]>();
  for (const country of COUNTRIES) {
    const states = statesOf(country).map((place) => ({ ...place, lines: linesOf(daysOf(place)) }));
    // A country alone has the days that all its states have: what the library says of it is wrong for some cantons.
    regions.set(country, states[0]?.lines.filter((line) => states.every(({ lines }) => lines.includes(line))) ?? []);
    for (const { region, lines } of states) regions.set(region, lines);
  }
  for (const place of MUNICIPALITIES) regions.set(place.region, linesOf(daysOf(place)));
  const lines = [...new Set([...regions.values()].flat())].sort();
  const quoted = (text: string): string => (text.includes("'") ? JSON.stringify(text) : `'${text}'`);
  return `/**
 * Public holidays of Germany, Austria and Switzerland, ${FIRST_YEAR} to ${LAST_YEAR}. Written by dev/holidays/generate.ts from date-holidays
 * (see NOTICE): never edit it by hand. Read by holidays.ts.
 */
export const FIRST_YEAR = ${FIRST_YEAR};
export const LAST_YEAR = ${LAST_YEAR};

/** German name, English name, when: \`MM-DD\`, \`E\` and days from Easter Sunday, or the dates. */
export const HOLIDAYS: readonly string[] = [
${lines.map((line) => `  ${quoted(line)},`).join('\n')}
];

/** Positions in HOLIDAYS by region, in base 36. */
export const REGIONS: Readonly<Record<string, string>> = {
${[...regions]
  .sort(([a], [b]) => (a < b ? -1 : 1))
  .map(([region, own]) => {
    const positions = own.map((line) => lines.indexOf(line)).sort((a, b) => a - b);
    const key = /^[A-Z]+$/.test(region) ? region : `'${region}'`;
    return `  ${key}: '${positions.map((n) => n.toString(36)).join(' ')}',`;
  })
  .join('\n')}
};
`;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) writeFileSync(DATA_FILE, holidayData());
