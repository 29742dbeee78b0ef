/** Reports a clear reading that falls on a closed day or hour, with the sentence that offers the way on. Called by compose.ts. */
import { timeOfMinutes, type WallDate } from '../../time.ts';
import { sayClosedDay, sayClosedHour, sayLatestStart } from '../questions.ts';
import type { OpenSpan, Understood } from '../reading.ts';
import { type Frame, hullOf } from './frame.ts';
import type { Hours } from './hours.ts';

/** True when some start of the hours lies within the spans. */
export function meets(hours: Hours, spans: readonly OpenSpan[]): boolean {
  if (hours.kind === 'clock') return spans.some((s) => hours.minute >= s.from && hours.minute < s.to);
  if (hours.kind === 'window') return spans.some((s) => (hours.from ?? 0) < s.to && (hours.to ?? 1440) > s.from);
  return spans.length > 0;
}

/** The reading as closed: the hour is outside the spans, or it is closing time. */
export function closedHour(out: Understood, hours: Hours, spans: readonly OpenSpan[], frame: Frame): Understood {
  const said = hours.kind === 'clock' ? timeOfMinutes(hours.minute) : null;
  if (hours.kind === 'clock' && said !== null && (hullOf(spans)?.to === hours.minute || hours.closing))
    return {
      ...out,
      closed: true,
      because: `closed: ${said} is closing time, offer the latest start`,
      question: sayLatestStart(frame, said),
    };
  return {
    ...out,
    closed: true,
    because: `closed: ${said ?? 'the window'} is outside opening hours`,
    question: sayClosedHour(frame, said, spans),
  };
}

/** The reading of one day, marked closed where the day, the hour or the rest of today is. */
export function closedInstant(out: Understood, date: WallDate, hours: Hours, frame: Frame): Understood {
  const why = frame.closedWhy(date);
  if (why !== null)
    return {
      ...out,
      closed: true,
      because: why,
      question: sayClosedDay(frame, date, frame.holiday(date), frame.isOpen),
    };
  const spans = frame.spansOn(date);
  if (hours.kind !== 'none' && !meets(hours, spans)) return closedHour(out, hours, spans, frame);
  // Today, after the last opening.
  const hull = hullOf(spans);
  if (hours.kind === 'none' && date === frame.today && hull && frame.nowMinutes >= hull.to)
    return {
      ...out,
      closed: true,
      because: 'closed: already past closing time today',
      question: sayClosedDay(frame, date, null, frame.isOpen),
    };
  return out;
}
