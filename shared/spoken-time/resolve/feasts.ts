/** Days people call by name (holidays or not): the resolver asks when they are. */
import { easterSunday } from '../../easter.ts';
import { addDays, type WallDate, weekdayOf } from '../../time.ts';

export interface FeastDays {
  from: WallDate;
  to: WallDate;
}

const fixed = (monthDay: string) => (year: number) => `${year}-${monthDay}`;
const easter = (offset: number) => (year: number) => addDays(easterSunday(year), offset);
/** The fourth Advent is the Sunday before Christmas Day. */
const advent = (n: number) => (year: number) => {
  const fourth = addDays(`${year}-12-24`, -weekdayOf(`${year}-12-24`));
  return addDays(fourth, (n - 4) * 7);
};
const mothersDay = (year: number) => {
  const first = `${year}-05-01`;
  return addDays(first, ((7 - weekdayOf(first)) % 7) + 7);
};
/** The fourth Thursday of November, as Americans keep it. */
const thanksgiving = (year: number) => {
  const first = `${year}-11-01`;
  return addDays(first, ((11 - weekdayOf(first)) % 7) + 21);
};
const repentance = (year: number) => {
  const last = `${year}-11-22`;
  return addDays(last, -((weekdayOf(last) + 4) % 7));
};

const DAYS: Record<string, (year: number) => WallDate> = {
  'christmas-eve': fixed('12-24'),
  'christmas-1': fixed('12-25'),
  'christmas-2': fixed('12-26'),
  'new-year-eve': fixed('12-31'),
  'new-year': fixed('01-01'),
  epiphany: fixed('01-06'),
  assumption: fixed('08-15'),
  immaculate: fixed('12-08'),
  'all-saints': fixed('11-01'),
  reformation: fixed('10-31'),
  unity: fixed('10-03'),
  labour: fixed('05-01'),
  nicholas: fixed('12-06'),
  valentine: fixed('02-14'),
  martin: fixed('11-11'),
  joseph: fixed('03-19'),
  national: fixed('10-26'),
  'national-ch': fixed('08-01'),
  'mothers-day': mothersDay,
  thanksgiving,
  repentance,
  'carnival-thursday': easter(-52),
  'carnival-monday': easter(-48),
  'carnival-tuesday': easter(-47),
  'ash-wednesday': easter(-46),
  'maundy-thursday': easter(-3),
  'good-friday': easter(-2),
  'holy-saturday': easter(-1),
  'easter-sunday': easter(0),
  'easter-monday': easter(1),
  ascension: easter(39),
  'whit-sunday': easter(49),
  'whit-monday': easter(50),
  'corpus-christi': easter(60),
  'all-souls': fixed('11-02'),
  // Two weeks and one week before the first Advent.
  mourning: advent(-1),
  'dead-sunday': advent(0),
  'advent-1': advent(1),
  'advent-2': advent(2),
  'advent-3': advent(3),
  'advent-4': advent(4),
};

/** Names that stand for several days: a day must be asked, „vor" and „nach" are clear. */
const STRETCHES: Record<string, (year: number) => FeastDays> = {
  christmas: (year) => ({ from: `${year}-12-24`, to: `${year}-12-26` }),
  easter: (year) => ({ from: addDays(easterSunday(year), -2), to: addDays(easterSunday(year), 1) }),
  pentecost: (year) => ({ from: addDays(easterSunday(year), 49), to: addDays(easterSunday(year), 50) }),
};

/** The days of a feast in a year; null for an unknown id. `national` is 26 October in Austria, 1 August in Switzerland. */
export function feastIn(id: string, year: number, zone: string): FeastDays | null {
  const stretch = STRETCHES[id];
  if (stretch) return stretch(year);
  const day = DAYS[id === 'national' && zone === 'Europe/Zurich' ? 'national-ch' : id];
  if (!day) return null;
  const date = day(year);
  return { from: date, to: date };
}
