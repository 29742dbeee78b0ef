/** What is asked of the calendar for a reading, and which slots are worth saying. */
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../shared/clock.ts';
import { instantsOf } from '../../shared/time.ts';
import type { AvailabilityAnswer, Slot } from '../calendar/types.ts';
import { insteadOf, inWindows, slotQuestion, worthSaying } from './slot-search.ts';
import type { Search } from '../../shared/spoken-time/index.ts';

const ZONE = 'Europe/Berlin';
const at = (date: string, time: string) => instantsOf(date, time, ZONE)[0] ?? asInstant(0);
const slot = (date: string, time: string): Slot => ({ date, time, startsAt: at(date, time) }) as Slot;
const search = (change: Partial<Search>): Search => ({
  state: 'search',
  question: null,
  from: change.windows?.[0]?.from ?? asInstant(0),
  to: change.windows?.at(-1)?.to ?? asInstant(0),
  windows: [],
  exact: null,
  spread: false,
  dayAssumed: false,
  sameAsLast: false,
  ...change,
});
const window = (date: string, from: string, to: string) => ({ from: at(date, from), to: at(date, to) });

describe('the question to the calendar', () => {
  it('an exact request asks for its start on its day', () => {
    const exact = at('2026-11-24', '14:30');
    expect(slotQuestion(search({ exact, windows: [{ from: exact, to: exact }] }), ZONE)).toEqual({
      window: { fromDate: '2026-11-24', untilDate: '2026-11-24' },
      at: { startsAt: exact },
      limit: 1,
    });
  });

  it('hours that all days share are asked for, the last start included', () => {
    const windows = [window('2026-11-26', '12:00', '17:00'), window('2026-11-27', '12:00', '17:00')];
    expect(slotQuestion(search({ windows }), ZONE).window).toEqual({
      fromDate: '2026-11-26',
      untilDate: '2026-11-27',
      fromTime: '12:00',
      untilTime: '17:01',
    });
  });

  it('different hours are asked for as days and sorted out afterwards', () => {
    const windows = [window('2026-11-26', '09:00', '10:00'), window('2026-11-27', '12:00', '17:00')];
    const options = search({ windows });
    expect(slotQuestion(options, ZONE).window).toEqual({ fromDate: '2026-11-26', untilDate: '2026-11-27' });
    const slots = [slot('2026-11-26', '09:30'), slot('2026-11-26', '13:00'), slot('2026-11-27', '17:00')];
    expect(inWindows(slots, options)).toEqual([slots[0], slots[2]]);
  });

  it('never asks for more days than the calendar answers', () => {
    const windows = [{ from: at('2026-11-24', '09:00'), to: at('2027-11-24', '09:00') }];
    expect(slotQuestion(search({ windows }), ZONE).window.untilDate).toBe('2027-02-23');
  });

  it('keeps the clock on the days on which it is changed', () => {
    for (const date of ['2027-03-28', '2027-10-31']) {
      expect(slotQuestion(search({ windows: [window(date, '09:00', '12:00')] }), ZONE).window).toEqual({
        fromDate: date,
        untilDate: date,
        fromTime: '09:00',
        untilTime: '12:01',
      });
    }
  });
});

describe('what is said', () => {
  const morning = ['09:00', '09:15', '09:30', '09:45', '10:00'].map((time) => slot('2026-11-24', time));

  it('spreads over the day instead of naming three neighbours', () => {
    const options = search({ windows: [window('2026-11-24', '09:00', '10:00')] });
    expect(worthSaying(morning, options).map(({ time }) => time)).toEqual(['09:00', '09:30', '10:00']);
  });

  it('spreads over days where the day is open', () => {
    const slots = [...morning, slot('2026-11-25', '09:00'), slot('2026-11-26', '11:00')];
    const options = search({ spread: true, windows: [window('2026-11-24', '09:00', '18:00')] });
    expect(worthSaying(slots, options).map(({ date }) => date)).toEqual(['2026-11-24', '2026-11-25', '2026-11-26']);
  });

  it('offers each start once, in order, three at most', () => {
    const next = [slot('2026-11-25', '09:00'), slot('2026-11-26', '09:00')];
    const answer = {
      next,
      after: slot('2026-11-24', '15:00'),
      before: slot('2026-11-24', '13:00'),
    } as AvailabilityAnswer;
    expect(insteadOf(answer).map(({ date, time }) => `${date} ${time}`)).toEqual([
      '2026-11-24 15:00',
      '2026-11-25 09:00',
      '2026-11-26 09:00',
    ]);
  });
});
