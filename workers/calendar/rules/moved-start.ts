/** Where an appointment starts that is moved by days and minutes, as the branch's clock reads. Pure; called by the moves of many. */
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { err, ok, type Result } from '../../../shared/result.ts';
import { addDays, dateOf, instantsOf, MINUTE, timeOf } from '../../../shared/time.ts';

export interface MovedFrom {
  startsAt: Instant;
  timeZone: string;
}

/**
 * So many days later at the same time of the clock (of a time that is there twice the earlier one), and so many minutes after that.
 * Refusal: VALIDATION_ERROR (`days`: that day's clock leaves the time out).
 */
export function movedStart({ startsAt, timeZone }: MovedFrom, days: number, minutes: number): Result<Instant> {
  if (days === 0) return ok(asInstant(startsAt + minutes * MINUTE));
  const [start] = instantsOf(addDays(dateOf(startsAt, timeZone), days), timeOf(startsAt, timeZone), timeZone);
  return start === undefined
    ? err({ code: 'VALIDATION_ERROR', errors: { days: ['no such time on that day'] } })
    : ok(asInstant(start + minutes * MINUTE));
}
