/** The branch and moment that the fixtures of spoken time mean (Friday 2026-11-20 10:00, Tue–Sat 9–18, NW). */
import { holidayOn } from '../holidays.ts';
import { fromIso, weekdayOf } from '../time.ts';
import { LEARNED } from './second-look/weights.ts';
import type { OpenSpan, SpokenContext } from './reading.ts';

const NINE_TO_SIX: readonly OpenSpan[] = [{ from: 9 * 60, to: 18 * 60 }];

export function reference(change: Partial<SpokenContext> = {}): SpokenContext {
  const now = fromIso('2026-11-20T10:00:00+01:00');
  if (now === null) throw new Error('the reference instant is written wrong');
  return {
    now,
    zone: 'Europe/Berlin',
    language: 'de',
    openOn: (date) => (weekdayOf(date) >= 2 ? NINE_TO_SIX : []),
    holidayOn: (date) => holidayOn('DE-NW', date)?.name.de ?? null,
    learned: LEARNED,
    ...change,
  };
}
