/** The holidays written by hand from the laws, as they stood before the data was generated: a second source that the tests compare. */
import { easterSunday } from './easter.ts';
import type { Holiday, HolidayRegion } from './holidays.ts';
import { addDays, type WallDate, weekdayOf } from './time.ts';

/** When a holiday falls: `MM-DD`, an offset to Easter Sunday, or one of the moving rules. */
type Rule = string | number | ((year: number) => WallDate | null);

interface Entry {
  de: string;
  en: string;
  rule: Rule;
}

/** The n-th given weekday on or after `MM-DD`. */
const nthFrom = (monthDay: string, weekday: number, n: number) => (year: number) => {
  const start = `${year}-${monthDay}`;
  return addDays(start, ((weekday - weekdayOf(start) + 7) % 7) + (n - 1) * 7);
};

/** A fixed day that is a holiday only when its weekday passes the test of the canton's law. */
const onlyOn = (monthDay: string, passes: (weekday: number) => boolean) => (year: number) => {
  const date = `${year}-${monthDay}`;
  return passes(weekdayOf(date)) ? date : null;
};

const bettagDe = (year: number): WallDate => {
  // Wednesday before 23 November.
  const last = `${year}-11-22`;
  return addDays(last, -((weekdayOf(last) - 3 + 7) % 7));
};
const bettagCh = nthFrom('09-01', 0, 3);

const H = {
  newYear: { de: 'Neujahr', en: "New Year's Day", rule: '01-01' },
  berchtold: { de: 'Berchtoldstag', en: "Saint Berchtold's Day", rule: '01-02' },
  epiphany: { de: 'Heilige Drei Könige', en: 'Epiphany', rule: '01-06' },
  republicNe: { de: 'Ausrufung der Republik', en: 'Republic Day', rule: '03-01' },
  womensDay: { de: 'Internationaler Frauentag', en: "International Women's Day", rule: '03-08' },
  joseph: { de: 'Josefstag', en: "Saint Joseph's Day", rule: '03-19' },
  goodFriday: { de: 'Karfreitag', en: 'Good Friday', rule: -2 },
  easter: { de: 'Ostersonntag', en: 'Easter Sunday', rule: 0 },
  easterMonday: { de: 'Ostermontag', en: 'Easter Monday', rule: 1 },
  nafels: {
    de: 'Näfelser Fahrt',
    en: 'Näfelser Fahrt',
    // First Thursday of April, a week later when that is in Holy Week.
    rule: (year: number) => {
      const first = nthFrom('04-01', 4, 1)(year);
      return first === addDays(easterSunday(year), -3) ? addDays(first, 7) : first;
    },
  },
  labour: { de: 'Tag der Arbeit', en: 'Labour Day', rule: '05-01' },
  stateDayAt: { de: 'Staatsfeiertag', en: 'Labour Day', rule: '05-01' },
  ascension: { de: 'Christi Himmelfahrt', en: 'Ascension Day', rule: 39 },
  whitSunday: { de: 'Pfingstsonntag', en: 'Whit Sunday', rule: 49 },
  whitMonday: { de: 'Pfingstmontag', en: 'Whit Monday', rule: 50 },
  corpusChristi: { de: 'Fronleichnam', en: 'Corpus Christi', rule: 60 },
  jura: { de: 'Fest der Unabhängigkeit', en: 'Jura Plebiscite Day', rule: '06-23' },
  peterPaul: { de: 'Peter und Paul', en: 'Saints Peter and Paul', rule: '06-29' },
  federalCh: { de: 'Bundesfeiertag', en: 'Swiss National Day', rule: '08-01' },
  augsburg: { de: 'Augsburger Friedensfest', en: 'Augsburg Peace Festival', rule: '08-08' },
  assumption: { de: 'Mariä Himmelfahrt', en: 'Assumption Day', rule: '08-15' },
  fastGe: {
    de: 'Genfer Bettag',
    en: 'Geneva Fast',
    // Thursday after the first Sunday of September.
    rule: (year: number) => addDays(nthFrom('09-01', 0, 1)(year), 4),
  },
  fastCh: { de: 'Eidgenössischer Dank-, Buss- und Bettag', en: 'Federal Day of Thanksgiving', rule: bettagCh },
  fastMonday: { de: 'Bettagsmontag', en: 'Fast Monday', rule: (year: number) => addDays(bettagCh(year), 1) },
  children: { de: 'Weltkindertag', en: "World Children's Day", rule: '09-20' },
  maurice: { de: 'Mauritiustag', en: "Saint Maurice's Day", rule: '09-22' },
  bruderKlaus: { de: 'Bruderklausenfest', en: "Saint Nicholas of Flüe's Day", rule: '09-25' },
  unity: { de: 'Tag der Deutschen Einheit', en: 'German Unity Day', rule: '10-03' },
  nationalAt: { de: 'Nationalfeiertag', en: 'Austrian National Day', rule: '10-26' },
  reformation: { de: 'Reformationstag', en: 'Reformation Day', rule: '10-31' },
  allSaints: { de: 'Allerheiligen', en: "All Saints' Day", rule: '11-01' },
  repentance: { de: 'Buß- und Bettag', en: 'Day of Repentance and Prayer', rule: bettagDe },
  immaculate: { de: 'Mariä Empfängnis', en: 'Immaculate Conception', rule: '12-08' },
  christmas: { de: '1. Weihnachtstag', en: 'Christmas Day', rule: '12-25' },
  boxing: { de: '2. Weihnachtstag', en: 'Boxing Day', rule: '12-26' },
  christmasAt: { de: 'Christtag', en: 'Christmas Day', rule: '12-25' },
  boxingAt: { de: 'Stefanitag', en: "Saint Stephen's Day", rule: '12-26' },
  christmasCh: { de: 'Weihnachtstag', en: 'Christmas Day', rule: '12-25' },
  boxingCh: { de: 'Stephanstag', en: "Saint Stephen's Day", rule: '12-26' },
  // No two Sundays-like days in a row: Uri drops Saint Stephen's next to a weekend, Appenzell where it would make a third day off.
  boxingUr: {
    de: 'Stephanstag',
    en: "Saint Stephen's Day",
    rule: onlyOn('12-26', (weekday) => weekday !== 1 && weekday !== 5),
  },
  boxingAi: {
    de: 'Stephanstag',
    en: "Saint Stephen's Day",
    rule: onlyOn('12-26', (weekday) => weekday !== 2 && weekday !== 6),
  },
  boxingNe: { de: 'Stephanstag', en: "Saint Stephen's Day", rule: onlyOn('12-26', (weekday) => weekday === 1) },
  berchtoldNe: { de: 'Berchtoldstag', en: "Saint Berchtold's Day", rule: onlyOn('01-02', (weekday) => weekday === 1) },
  restorationGe: { de: 'Wiederherstellung der Republik', en: 'Restoration of the Republic', rule: '12-31' },
} satisfies Record<string, Entry>;

type Key = keyof typeof H;

const GERMANY: readonly Key[] = [
  'newYear',
  'goodFriday',
  'easterMonday',
  'labour',
  'ascension',
  'whitMonday',
  'unity',
  'christmas',
  'boxing',
];
const NORTH: readonly Key[] = ['reformation'];
const GERMAN_STATES: Record<string, readonly Key[]> = {
  BB: ['easter', 'whitSunday', 'reformation'],
  BE: ['womensDay'],
  BW: ['epiphany', 'corpusChristi', 'allSaints'],
  BY: ['epiphany', 'corpusChristi', 'allSaints'],
  HB: NORTH,
  HE: ['corpusChristi'],
  HH: NORTH,
  MV: ['reformation', 'womensDay'],
  NI: NORTH,
  NW: ['corpusChristi', 'allSaints'],
  RP: ['corpusChristi', 'allSaints'],
  SH: NORTH,
  SL: ['corpusChristi', 'assumption', 'allSaints'],
  SN: ['reformation', 'repentance'],
  ST: ['epiphany', 'reformation'],
  TH: ['children', 'reformation'],
};
const GERMAN_MUNICIPALITIES: Record<string, readonly Key[]> = {
  'BY-KATH': ['assumption'],
  'BY-A': ['assumption', 'augsburg'],
  'SN-KATH': ['corpusChristi'],
  'TH-KATH': ['corpusChristi'],
};
/** State holidays that began in a certain year. */
const SINCE: Record<string, number> = {
  'BE-womensDay': 2019,
  'MV-womensDay': 2023,
  'TH-children': 2019,
  'HB-reformation': 2018,
  'HH-reformation': 2018,
  'NI-reformation': 2018,
  'SH-reformation': 2018,
};
/** Holidays of one year only, by law of the state. */
const ONE_OFFS: Record<string, { de: string; en: string }> = {
  'BE-2020-05-08': { de: 'Tag der Befreiung', en: 'Liberation Day' },
  'BE-2025-05-08': { de: 'Tag der Befreiung', en: 'Liberation Day' },
  'BE-2028-06-17': { de: '75. Jahrestag des Volksaufstandes', en: '75th anniversary of the uprising of 1953' },
};

const AUSTRIA: readonly Key[] = [
  'newYear',
  'epiphany',
  'easterMonday',
  'stateDayAt',
  'ascension',
  'whitMonday',
  'corpusChristi',
  'assumption',
  'nationalAt',
  'allSaints',
  'immaculate',
  'christmasAt',
  'boxingAt',
];

const SWITZERLAND: readonly Key[] = ['newYear', 'easter', 'ascension', 'whitSunday', 'federalCh', 'christmasCh'];
const MONDAYS: readonly Key[] = ['easterMonday', 'whitMonday'];
const CATHOLIC: readonly Key[] = ['corpusChristi', 'assumption', 'allSaints'];
const SWISS_CANTONS: Record<string, readonly Key[]> = {
  ZH: ['goodFriday', ...MONDAYS, 'labour', 'fastCh', 'boxingCh'],
  BE: ['berchtold', 'goodFriday', ...MONDAYS, 'fastCh', 'boxingCh'],
  LU: ['goodFriday', ...CATHOLIC, 'fastCh', 'immaculate', 'boxingCh'],
  UR: ['epiphany', 'joseph', 'goodFriday', ...MONDAYS, ...CATHOLIC, 'fastCh', 'immaculate', 'boxingUr'],
  SZ: ['epiphany', 'joseph', 'goodFriday', ...MONDAYS, ...CATHOLIC, 'fastCh', 'immaculate', 'boxingCh'],
  OW: ['goodFriday', ...CATHOLIC, 'fastCh', 'bruderKlaus', 'immaculate'],
  NW: ['joseph', 'goodFriday', ...CATHOLIC, 'fastCh', 'immaculate'],
  GL: ['goodFriday', ...MONDAYS, 'nafels', 'allSaints', 'boxingCh'],
  ZG: ['goodFriday', ...CATHOLIC, 'fastCh', 'immaculate'],
  FR: ['goodFriday', ...CATHOLIC, 'fastCh', 'immaculate'],
  SO: ['joseph', 'goodFriday', 'labour', ...CATHOLIC, 'fastCh'],
  BS: ['goodFriday', ...MONDAYS, 'labour', 'fastCh', 'boxingCh'],
  BL: ['goodFriday', ...MONDAYS, 'labour', 'fastCh', 'boxingCh'],
  SH: ['goodFriday', ...MONDAYS, 'labour', 'fastCh', 'boxingCh'],
  AR: ['goodFriday', ...MONDAYS, 'fastCh', 'boxingCh'],
  AI: ['goodFriday', ...MONDAYS, ...CATHOLIC, 'fastCh', 'maurice', 'boxingAi'],
  SG: ['goodFriday', ...MONDAYS, 'fastCh', 'allSaints', 'boxingCh'],
  GR: [...MONDAYS, 'fastCh', 'boxingCh'],
  AG: ['berchtold', 'goodFriday', ...MONDAYS, 'labour', ...CATHOLIC, 'fastCh', 'immaculate', 'boxingCh'],
  TG: ['berchtold', 'goodFriday', ...MONDAYS, 'labour', 'fastCh', 'boxingCh'],
  TI: ['epiphany', 'joseph', ...MONDAYS, 'labour', ...CATHOLIC, 'peterPaul', 'fastCh', 'immaculate', 'boxingCh'],
  VD: ['berchtold', 'goodFriday', ...MONDAYS, 'fastCh', 'fastMonday'],
  VS: ['joseph', 'labour', 'whitMonday', ...CATHOLIC, 'fastCh', 'immaculate'],
  NE: ['berchtoldNe', 'republicNe', 'goodFriday', 'easterMonday', 'labour', 'corpusChristi', 'fastCh', 'boxingNe'],
  GE: ['goodFriday', ...MONDAYS, 'fastGe', 'restorationGe'],
  JU: ['berchtold', 'goodFriday', ...MONDAYS, 'labour', ...CATHOLIC, 'jura', 'fastCh'],
};

function keysOf(region: string): { keys: readonly Key[]; state: string } | null {
  const [country, state = '', place = ''] = region.toUpperCase().split('-');
  if (country === 'DE') {
    if (state === '' && place === '') return { keys: GERMANY, state: '' };
    const own = GERMAN_STATES[state];
    if (!own) return null;
    const more = place === '' ? [] : (GERMAN_MUNICIPALITIES[`${state}-${place}`] ?? []);
    return { keys: [...GERMANY, ...own, ...more], state };
  }
  if (country === 'AT') return /^[1-9]?$/.test(state) ? { keys: AUSTRIA, state } : null;
  if (country === 'CH') {
    if (state === '') return { keys: SWITZERLAND, state };
    const own = SWISS_CANTONS[state];
    return own ? { keys: [...SWITZERLAND, ...own], state } : null;
  }
  return null;
}

/** Statutory holidays of a region in a year, ascending by date, by the laws. */
export function holidaysByLaw(region: HolidayRegion, year: number): Holiday[] {
  const found: Holiday[] = [];
  const table = keysOf(region);
  if (!table) return found;
  const easter = easterSunday(year);
  const country = region.slice(0, 2);
  for (const name of new Set(table.keys)) {
    const since = SINCE[`${table.state}-${name}`];
    if (country === 'DE' && since !== undefined && year < since) continue;
    const entry: Entry = H[name];
    const date =
      typeof entry.rule === 'string'
        ? `${year}-${entry.rule}`
        : typeof entry.rule === 'number'
          ? addDays(easter, entry.rule)
          : entry.rule(year);
    if (date !== null) found.push({ date, name: { de: entry.de, en: entry.en } });
  }
  if (country === 'DE')
    for (const [at, name] of Object.entries(ONE_OFFS))
      if (at.startsWith(`${table.state}-${year}-`)) found.push({ date: at.slice(at.indexOf('-') + 1), name });
  return found.sort((a, b) => (a.date < b.date ? -1 : a.date > b.date ? 1 : 0));
}
