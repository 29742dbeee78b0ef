/** "Eine Stunde später", "Freitag, gleiche Uhrzeit": what is meant of an appointment, also over the nights in which clocks change. */
import { describe, expect, it } from 'vitest';
import { movedWords } from './moving.ts';

const FROM = { date: '2026-11-24', time: '10:00' };
const ZONE = 'Europe/Berlin';

describe('a new time said of the old one', () => {
  it.each([
    ['eine Stunde später', '2026-11-24', '11:00'],
    ['bitte eine Stunde später', '2026-11-24', '11:00'],
    ['lieber eine halbe Stunde früher', '2026-11-24', '09:30'],
    ['um zwei Stunden nach hinten', '2026-11-24', '12:00'],
    ['30 Minuten später', '2026-11-24', '10:30'],
    ['eine Viertelstunde früher', '2026-11-24', '09:45'],
    ['anderthalb Stunden später', '2026-11-24', '11:30'],
    ['einen Tag später', '2026-11-25', '10:00'],
    ['eine Woche früher', '2026-11-17', '10:00'],
    ['zwei Wochen später', '2026-12-08', '10:00'],
    ['an hour later', '2026-11-24', '11:00'],
    ['half an hour earlier', '2026-11-24', '09:30'],
    ['two days later', '2026-11-26', '10:00'],
  ])('%s', (words, date, time) => {
    expect(movedWords(words, FROM, ZONE)).toEqual({ kind: 'moment', date, time });
  });
  it.each([
    ['Freitag, gleiche Uhrzeit', 'same_time', 'Freitag'],
    ['am Freitag zur selben Zeit', 'same_time', 'am Freitag'],
    ['nächste Woche Dienstag um die gleiche Zeit', 'same_time', 'nächste Woche Dienstag'],
    ['same time on Friday', 'same_time', 'on Friday'],
    ['am selben Tag um fünf', 'same_day', 'um fünf'],
    ['the same day at five', 'same_day', 'at five'],
  ])('%s', (words, kind, rest) => {
    expect(movedWords(words, FROM, ZONE)).toEqual({ kind, rest });
  });
  it.each(['am Freitag um zehn', 'um fünf', 'in einer Stunde', 'später', 'nächste Woche'])(
    'nothing of it in %s',
    (words) => {
      expect(movedWords(words, FROM, ZONE)).toEqual({ kind: 'none' });
    },
  );
  it('hours are elapsed time, days keep the hour', () => {
    const night = { date: '2027-03-28', time: '01:30' };
    expect(movedWords('eine Stunde später', night, ZONE)).toMatchObject({ date: '2027-03-28', time: '03:30' });
    expect(movedWords('einen Tag später', { date: '2027-03-27', time: '10:00' }, ZONE)).toMatchObject({
      date: '2027-03-28',
      time: '10:00',
    });
  });
});
