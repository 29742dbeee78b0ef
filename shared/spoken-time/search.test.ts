/** Readings become searches that are bounded, ahead of now, and look where the caller meant. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import fixture from '../../tests/fixtures/german-time-and-phone.json' with { type: 'json' };
import { fromIso, toIso } from '../time.ts';
import type { Search, SpokenContext } from './reading.ts';
import { reference } from './reference-branch.fixture.ts';
import { sayClock, sayReading, sayWhen } from './say.ts';
import { MAX_STRETCH_DAYS, MAX_WINDOWS, SEARCH_HORIZON_DAYS, searchOf } from './search.ts';
import { understand } from './understand.ts';

const look = (when: string, change: Partial<SpokenContext> = {}): Search =>
  searchOf(understand({ when }, reference(change)), reference(change));
const spans = (search: Search): string[] =>
  search.windows.map((w) => `${toIso(w.from).slice(0, 16)}/${toIso(w.to).slice(0, 16)}`);

describe('what availability is asked for', () => {
  it('an instant is one exact start', () => {
    const search = look('morgen um halb drei');
    expect(search).toMatchObject({ state: 'search', exact: fromIso('2026-11-21T14:30:00+01:00'), dayAssumed: false });
    expect(spans(search)).toEqual(['2026-11-21T13:30/2026-11-21T13:30']);
  });
  it('a day is the whole day', () => expect(spans(look('am Dienstag'))).toEqual(['2026-11-23T23:00/2026-11-24T22:59']));
  it('today begins now', () => expect(spans(look('heute'))).toEqual(['2026-11-20T09:00/2026-11-20T22:59']));
  it('an hour without a day takes today or the next open day that still has it, and says so', () => {
    expect(look('um halb drei')).toMatchObject({ exact: fromIso('2026-11-20T14:30:00+01:00'), dayAssumed: true });
    // Nine is past today; Saturday is open.
    expect(look('um neun')).toMatchObject({ exact: fromIso('2026-11-21T09:00:00+01:00'), dayAssumed: true });
  });
  it('hours and days meet', () => {
    expect(spans(look('Mittwoch gegen elf'))).toEqual(['2026-11-25T09:30/2026-11-25T10:30']);
    expect(spans(look('Donnerstag oder Freitag Nachmittag'))).toEqual([
      '2026-11-26T11:00/2026-11-26T17:00',
      '2026-11-27T11:00/2026-11-27T17:00',
    ]);
    expect(spans(look('Ende nächster Woche vormittags'))).toHaveLength(3);
    expect(look('Donnerstag oder Freitag um drei').exact).toBe(fromIso('2026-11-26T15:00:00+01:00'));
  });
  it('open ends are bounded by the horizon', () => {
    const search = look('nach Weihnachten');
    expect(toIso(search.from)).toBe('2026-12-26T23:00:00.000Z');
    expect((search.to - search.from) / 86_400_000).toBeLessThanOrEqual(SEARCH_HORIZON_DAYS + 1);
    expect(look('ab 17 Uhr').windows.length).toBeLessThanOrEqual(SEARCH_HORIZON_DAYS + 1);
    expect(look('bis Freitag nächster Woche').state).toMatch(/search|ask/);
  });
  it('earliest is in a row, any is spread', () => {
    expect(look('so schnell wie möglich')).toMatchObject({ state: 'search', spread: false, from: reference().now });
    expect(look('egal wann')).toMatchObject({ state: 'search', spread: true });
  });
  it('the last visit gives weekday and hour, and without one it is asked', () => {
    const lastVisit = { startsAt: fromIso('2026-10-13T16:15:00+02:00')! };
    const search = look('wie letztes Mal', { lastVisit });
    expect(search).toMatchObject({ sameAsLast: true, exact: fromIso('2026-11-24T16:15:00+01:00') });
    expect(look('wie letztes Mal', { lastVisit: null })).toMatchObject({ state: 'ask' });
  });
  it('a question is asked, not searched', () => {
    for (const when of ['nächsten Samstag', 'am 31. Februar', 'gestern', '', 'am 28. März 2027 um halb drei nachts']) {
      const search = look(when);
      expect(search.state).toBe('ask');
      expect(search.question).toBeTruthy();
      expect(search.windows).toEqual([]);
    }
  });
  it('DST days keep the wall clock of a window', () => {
    const change = { now: fromIso('2027-03-26T10:00:00+01:00')! };
    expect(spans(look('am 28. März zwischen zehn und zwölf', change))).toEqual(['2027-03-28T08:00/2027-03-28T10:00']);
    expect(spans(look('am 28. März', change))).toEqual(['2027-03-27T23:00/2027-03-28T21:59']);
  });
  it('every search is ahead of now, ordered and bounded', () => {
    const phrases = fixture.time.map((row) => ('spoken' in row && row.spoken ? row.spoken : row.say));
    fc.assert(
      fc.property(
        fc.constantFrom(
          ...phrases,
          'ab Dezember samstags',
          'nächstes Jahr',
          'im Sommer nachmittags',
          'unter der Woche nach fünf',
        ),
        fc.integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2028, 0, 1) }),
        (when, at) => {
          const now = at as SpokenContext['now'];
          const search = look(when, { now });
          expect(search.windows.length).toBeLessThanOrEqual(MAX_WINDOWS);
          let last = now as number;
          for (const window of search.windows) {
            expect(window.from).toBeGreaterThanOrEqual(last);
            expect(window.to).toBeGreaterThanOrEqual(window.from);
            last = window.to;
          }
          expect(search.to - search.from).toBeLessThanOrEqual(
            (Math.max(MAX_STRETCH_DAYS, SEARCH_HORIZON_DAYS) + 2) * 86_400_000,
          );
        },
      ),
      { numRuns: 400 },
    );
  });
});

describe('reading back', () => {
  const now = reference().now;
  const say = (date: string | undefined, time: string | undefined, language: 'de' | 'en'): string =>
    sayWhen({ date, time }, 'Europe/Berlin', language, now);
  it.each([
    [
      '2026-11-25',
      '14:30',
      'Mittwoch, 25. November, halb drei (14:30)',
      'Wednesday, 25 November, half past two (2:30 pm)',
    ],
    [
      '2026-11-21',
      '14:30',
      'morgen, Samstag, 21. November, halb drei (14:30)',
      'tomorrow, Saturday, 21 November, half past two (2:30 pm)',
    ],
    ['2026-11-20', '15:00', 'heute, Freitag, 20. November, 15 Uhr', 'today, Friday, 20 November, 3 pm'],
    ['2027-03-02', '09:20', 'Dienstag, 2. März 2027, 9 Uhr 20', 'Tuesday, 2 March 2027, 9:20 am'],
    [
      '2026-11-24',
      '11:45',
      'Dienstag, 24. November, Viertel vor zwölf (11:45)',
      'Tuesday, 24 November, quarter to twelve (11:45 am)',
    ],
    [
      '2026-11-24',
      '12:15',
      'Dienstag, 24. November, Viertel nach zwölf (12:15)',
      'Tuesday, 24 November, quarter past twelve (12:15 pm)',
    ],
    [
      '2026-11-24',
      '12:30',
      'Dienstag, 24. November, halb eins (12:30)',
      'Tuesday, 24 November, half past twelve (12:30 pm)',
    ],
  ])('%s %s', (date, time, german, english) => {
    expect(say(date, time, 'de')).toBe(german);
    expect(say(date, time, 'en')).toBe(english);
  });
  it('takes instants', () =>
    expect(sayWhen(fromIso('2026-11-21T13:30:00Z')!, 'Europe/Berlin', 'de', now)).toBe(
      'morgen, Samstag, 21. November, halb drei (14:30)',
    ));
  it('what it says of a clock is understood as that clock again', () => {
    for (let minute = 540; minute < 1080; minute++) {
      const time = `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`;
      const plain = (text: string): string => text.replace(/ \(.*\)$/, '');
      expect([time, understand({ when: plain(sayClock(time, 'de')) }, reference()).time]).toEqual([time, time]);
      expect([time, understand({ when: plain(sayClock(time, 'en')) }, reference({ language: 'en' })).time]).toEqual([
        time,
        time,
      ]);
    }
  });
  it.each([
    [
      'Donnerstag oder Freitag Nachmittag',
      'Donnerstag, 26. November oder Freitag, 27. November, zwischen 12 Uhr und 18 Uhr',
    ],
    ['nach Weihnachten', 'ab Sonntag, 27. Dezember'],
    ['ab 17 Uhr', 'ab 17 Uhr'],
    ['so schnell wie möglich', 'so früh wie möglich'],
    ['nächste Woche', 'von Montag, 23. November bis Sonntag, 29. November'],
    ['asdf', ''],
  ])('%s', (when, said) => expect(sayReading(understand({ when }, reference()), reference())).toBe(said));
});
