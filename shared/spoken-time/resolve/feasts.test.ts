/** The days that people call by name are the public holidays of that name, in every year that the holiday data covers. */
import { describe, expect, it } from 'vitest';
import { HOLIDAY_YEARS, holidaysOf } from '../../holidays.ts';
import { feastIn } from './feasts.ts';

const YEARS = Array.from({ length: HOLIDAY_YEARS.last - HOLIDAY_YEARS.first + 1 }, (_, i) => HOLIDAY_YEARS.first + i);

describe('feasts that are public holidays somewhere', () => {
  it.each([
    ['new-year', 'DE-BY', 'Neujahr'],
    ['epiphany', 'DE-BY', 'Heilige Drei Könige'],
    ['joseph', 'CH-UR', 'Josefstag'],
    ['good-friday', 'DE-BY', 'Karfreitag'],
    ['easter-sunday', 'DE-BB', 'Ostersonntag'],
    ['easter-monday', 'DE-BY', 'Ostermontag'],
    ['labour', 'DE-BY', 'Tag der Arbeit'],
    ['ascension', 'DE-BY', 'Christi Himmelfahrt'],
    ['whit-sunday', 'DE-BB', 'Pfingstsonntag'],
    ['whit-monday', 'DE-BY', 'Pfingstmontag'],
    ['corpus-christi', 'DE-BY', 'Fronleichnam'],
    ['assumption', 'DE-BY-A', 'Mariä Himmelfahrt'],
    ['unity', 'DE-BY', 'Tag der Deutschen Einheit'],
    ['national', 'AT', 'Nationalfeiertag'],
    ['national-ch', 'CH', 'Bundesfeiertag'],
    ['reformation', 'DE-SN', 'Reformationstag'],
    ['all-saints', 'DE-BY', 'Allerheiligen'],
    ['repentance', 'DE-SN', 'Buß- und Bettag'],
    ['immaculate', 'AT', 'Mariä Empfängnis'],
    ['christmas-1', 'DE-BY', '1. Weihnachtstag'],
    ['christmas-2', 'DE-BY', '2. Weihnachtstag'],
  ])('%s is %s: %s', (id, region, name) => {
    for (const year of YEARS) {
      const date = holidaysOf(region, year).find((holiday) => holiday.name.de === name)?.date;
      expect([year, feastIn(id, year, 'Europe/Berlin')]).toEqual([year, { from: date, to: date }]);
    }
  });
});
