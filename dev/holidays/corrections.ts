/** Where the law says otherwise than date-holidays, and the names that are spoken to callers instead of the library's. Read by generate.ts. */
import { easterSunday } from '../../shared/easter.ts';
import { addDays, type WallDate, weekdayOf } from '../../shared/time.ts';

interface Day {
  date: WallDate;
  de: string;
  en: string;
}

interface Correction {
  region: string;
  reason: string;
  corrected(days: readonly Day[], years: readonly number[]): Day[];
}

const without =
  (...monthDays: string[]) =>
  (days: readonly Day[]): Day[] =>
    days.filter(({ date }) => !monthDays.includes(date.slice(5)));

/** First Thursday of April, a week later when that is in Holy Week. */
function nafelserFahrt(year: number): WallDate {
  const first = `${year}-04-01`;
  const thursday = addDays(first, (4 - weekdayOf(first) + 7) % 7);
  return thursday === addDays(easterSunday(year), -3) ? addDays(thursday, 7) : thursday;
}

const FAHRT = 'Näfelser Fahrt';
const TUESDAY = 2;
const SATURDAY = 6;

export const CORRECTIONS: readonly Correction[] = [
  {
    region: 'CH-GL',
    reason: '24 and 31 December are half days of custom, no statutory rest days',
    corrected: without('12-24', '12-31'),
  },
  {
    region: 'CH-VS',
    reason: '24 December is a half day of custom, no statutory rest day',
    corrected: without('12-24'),
  },
  {
    region: 'CH-GL',
    reason: 'the Fahrt is the first Thursday of April; the library never lets it fall on the 1st (2027, 2032)',
    corrected: (days, years) => [
      ...days.filter(({ de }) => de !== FAHRT),
      ...years.map((year) => ({ date: nafelserFahrt(year), de: FAHRT, en: FAHRT })),
    ],
  },
  {
    region: 'CH-AR',
    reason:
      'no third rest day in a row: none when Christmas Day is a Monday or a Friday; the library drops Mondays instead, and the table before this file none',
    corrected: (days, years) => [
      ...without('12-26')(days),
      ...years
        .map((year) => `${year}-12-26`)
        .filter((date) => weekdayOf(date) !== TUESDAY && weekdayOf(date) !== SATURDAY)
        .map((date) => ({ date, de: 'Stephanstag', en: "Saint Stephen's Day" })),
    ],
  },
];

const SWISS_NATIONAL_DAY = ['Bundesfeiertag', 'Swiss National Day'] as const;
const STEPHEN = ['Stephanstag', "Saint Stephen's Day"] as const;

/** Names to say, by the German name of the library, with the country before it where they differ. */
export const NAMES: Readonly<Record<string, readonly [de: string, en: string]>> = {
  Maifeiertag: ['Tag der Arbeit', 'Labour Day'],
  'Tag der Deutschen Einheit': ['Tag der Deutschen Einheit', 'German Unity Day'],
  Pfingstsonntag: ['Pfingstsonntag', 'Whit Sunday'],
  'Tag der Befreiung (80. Jahrestag)': ['Tag der Befreiung', 'Liberation Day'],
  '75-jähriges Jubiläum des Volksaufstands in der DDR': [
    '75. Jahrestag des Volksaufstandes',
    '75th anniversary of the uprising of 1953',
  ],
  'Mariä Himmelfahrt': ['Mariä Himmelfahrt', 'Assumption Day'],
  'Buß- und Bettag': ['Buß- und Bettag', 'Day of Repentance and Prayer'],
  Weltkindertag: ['Weltkindertag', "World Children's Day"],
  Staatsfeiertag: ['Staatsfeiertag', 'Labour Day'],
  'AT Nationalfeiertag': ['Nationalfeiertag', 'Austrian National Day'],
  'AT Weihnachten': ['Christtag', 'Christmas Day'],
  'AT 2. Weihnachtstag': ['Stefanitag', "Saint Stephen's Day"],
  Auffahrt: ['Christi Himmelfahrt', 'Ascension Day'],
  'CH Bundesfeiertag': SWISS_NATIONAL_DAY,
  'Eidg. Dank-, Buss- und Bettag': ['Eidgenössischer Dank-, Buss- und Bettag', 'Federal Day of Thanksgiving'],
  'CH Stephanstag': STEPHEN,
  'CH 2. Weihnachtstag': STEPHEN,
  Berchtoldstag: ['Berchtoldstag', "Saint Berchtold's Day"],
  Josefstag: ['Josefstag', "Saint Joseph's Day"],
  Bruderklausenfest: ['Bruderklausenfest', "Saint Nicholas of Flüe's Day"],
  Mauritiustag: ['Mauritiustag', "Saint Maurice's Day"],
  Bettagsmontag: ['Bettagsmontag', 'Fast Monday'],
  'Jahrestag Ausrufung der Republik': ['Ausrufung der Republik', 'Republic Day'],
  'Genfer Bettag': ['Genfer Bettag', 'Geneva Fast'],
  'Fest der Unabhängigkeit': ['Fest der Unabhängigkeit', 'Jura Plebiscite Day'],
};
