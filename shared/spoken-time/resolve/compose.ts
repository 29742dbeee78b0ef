/** Days and hours together → a reading; closed days and hours, past moments and clock changes are reported. Called by the clauses and by plain.ts. */
import {
  addDays,
  boundaryOf,
  dateOf,
  instantsOf,
  MINUTE,
  minutesOf,
  timeOf,
  timeOfMinutes,
  type WallDate,
} from '../../time.ts';
import { askAgain, askContradiction, askDay, askFold, askGap, askMidnight, askPast } from '../questions.ts';
import type { OpenSpan, Understood } from '../reading.ts';
import { closedHour, closedInstant, meets } from './closed.ts';
import type { Days } from './days.ts';
import { type Frame, type Trouble, trouble } from './frame.ts';
import type { Hours } from './hours.ts';
import { datesOf, MAX_HOURS_SCAN } from './stretch-days.ts';
import { sayClosedDay } from '../questions.ts';

/** Days looked through to tell whether a stretch is closed altogether. */
const MAX_CLOSED_SCAN = 62;

/** The reading of one request. */
export function compose(days: Days, hours: Hours, frame: Frame): Understood | Trouble {
  if (hours.kind === 'in') return composeDelay(days, hours.minutes, frame);
  switch (days.kind) {
    case 'none':
      return composeHours(hours, frame);
    case 'date':
      return composeDate(days.date, days.note, hours, frame);
    case 'dates':
      return composeDates(days.dates, hours, frame);
    case 'range':
      return composeRange(days.from, days.to, hours, frame);
  }
}

const times = (hours: Hours): Pick<Understood, 'from' | 'to' | 'time'> =>
  hours.kind === 'clock'
    ? { time: timeOfMinutes(hours.minute) }
    : hours.kind === 'window'
      ? {
          ...(hours.from === null ? {} : { from: timeOfMinutes(hours.from) }),
          ...(hours.to === null ? {} : { to: timeOfMinutes(hours.to) }),
        }
      : {};

function composeDelay(days: Days, minutes: number, frame: Frame): Understood | Trouble {
  const { now, zone } = frame.context;
  const at = Math.ceil((now + minutes * MINUTE) / MINUTE) * MINUTE;
  const [date, time] = [dateOf(at, zone), timeOf(at, zone)];
  if (days.kind !== 'none' && !(days.kind === 'date' && days.date === date))
    return trouble('ask', 'a delay and another day were both named', askContradiction(frame));
  const out: Understood = { kind: 'instant', date, time };
  return closedInstant(out, date, { kind: 'clock', minute: minutesOf(time) }, frame);
}

function composeHours(hours: Hours, frame: Frame): Understood | Trouble {
  if (hours.kind === 'none') return { kind: 'none' };
  if (hours.kind === 'window' && hours.morning)
    return trouble('ask', 'no day named: the morning, not tomorrow; ask the day', askDay(frame));
  const kind = hours.kind === 'clock' ? 'time' : 'window';
  const out: Understood = { kind, ...times(hours), ...noted(hours) };
  // Closed only when no open day ahead has that hour.
  let firstHours: readonly OpenSpan[] = [];
  let open = false;
  for (let i = 0; i < MAX_HOURS_SCAN && !open; i++) {
    const spans = frame.spansOn(addDays(frame.today, i));
    if (firstHours.length === 0) firstHours = spans;
    open = meets(hours, spans);
  }
  if (open) return out;
  return closedHour(out, hours, firstHours, frame);
}

const noted = (hours: Hours): { because?: string } =>
  (hours.kind === 'clock' || hours.kind === 'window') && hours.note !== undefined ? { because: hours.note } : {};

/** One day and what of it. */
export function composeDate(
  date: WallDate,
  note: string | undefined,
  hours: Hours,
  frame: Frame,
): Understood | Trouble {
  const because = note === undefined ? noted(hours) : { because: note };
  if (hours.kind === 'none') return closedInstant({ kind: 'date', date, ...because }, date, hours, frame);
  if (hours.kind === 'clock') {
    const time = timeOfMinutes(hours.minute);
    const { zone, now } = frame.context;
    const instants = instantsOf(date, time, zone);
    const first = instants[0];
    if (first === undefined)
      return trouble('invalid', `${time} does not exist on ${date} (DST gap)`, askGap(frame, date, time), {
        date,
        time,
      });
    if (instants.length > 1)
      return trouble('ask', `${time} exists twice on ${date} (DST fold)`, askFold(frame, date, time), { date, time });
    if (first <= now) {
      const next = nextOpen(frame, hours);
      return trouble('invalid', `${date} ${time} is past`, askPast(frame, next, next === null ? null : time), {
        date,
        time,
      });
    }
    return closedInstant({ kind: 'instant', date, time, ...because }, date, hours, frame);
  }
  if (hours.kind === 'window') {
    const out: Understood = { kind: 'window', date, ...times(hours), ...because };
    const end = hours.to ?? 1440;
    if (boundaryOf(date, end, frame.context.zone, 'end') <= frame.context.now) {
      const next = nextOpen(frame, hours);
      return trouble('invalid', `${date} until ${timeOfMinutes(end)} is past`, askPast(frame, next, null), { date });
    }
    return closedInstant(out, date, hours, frame);
  }
  return trouble('ask', 'not understood', askAgain(frame));
}

/** The next day after today that has the hour. */
function nextOpen(frame: Frame, hours: Hours): WallDate | null {
  for (let i = 1; i <= MAX_HOURS_SCAN; i++) {
    const date = addDays(frame.today, i);
    if (meets(hours, frame.spansOn(date))) return date;
  }
  return null;
}

function composeDates(dates: readonly WallDate[], hours: Hours, frame: Frame): Understood | Trouble {
  if (hours.kind === 'clock' && hours.minute === 0) return trouble('ask', 'midnight', askMidnight(frame));
  const future = dates.filter((date) => !(date === frame.today && isOver(hours, frame)));
  const only = future[0];
  if (only === undefined)
    return trouble('invalid', 'all days named are past', askPast(frame, nextOpen(frame, hours), null));
  if (future.length === 1) return composeDate(only, undefined, hours, frame);
  const out: Understood = { kind: 'dates', dates: [...future], ...times(hours), ...noted(hours) };
  const open = future.filter((date) => meets(hours, frame.spansOn(date)));
  if (open.length > 0) {
    const shut = future.filter((date) => !frame.isOpen(date));
    return shut.length === 0 ? out : { ...out, because: `${shut.join(', ')} closed` };
  }
  return closedInstant(out, only, hours, frame);
}

/** True when the hours lie behind now, were they meant for today. */
export function isOver(hours: Hours, frame: Frame): boolean {
  if (hours.kind === 'clock') return hours.minute <= frame.nowMinutes;
  if (hours.kind === 'window') return hours.to !== null && hours.to <= frame.nowMinutes;
  return false;
}

function composeRange(from: WallDate | null, to: WallDate | null, hours: Hours, frame: Frame): Understood | Trouble {
  const out: Understood = {
    kind: 'window',
    ...(from === null ? {} : { from_date: from }),
    ...(to === null ? {} : { to_date: to }),
    ...times(hours),
    ...noted(hours),
  };
  let date = from ?? frame.today;
  for (let i = 0; i < MAX_CLOSED_SCAN && (to === null || date <= to); i++, date = addDays(date, 1)) {
    if (meets(hours, frame.spansOn(date)) && !(date === frame.today && isOver(hours, frame))) return out;
  }
  if (hours.kind !== 'none' && datesOf({ kind: 'range', from: from ?? frame.today, to })?.some((d) => frame.isOpen(d)))
    return closedHour(
      out,
      hours,
      frame.spansOn(
        datesOf({ kind: 'range', from: from ?? frame.today, to })?.find((d) => frame.isOpen(d)) ?? frame.today,
      ),
      frame,
    );
  const first = from ?? frame.today;
  return {
    ...out,
    closed: true,
    because: 'closed: no open day in that stretch',
    question: sayClosedDay(frame, to ?? first, frame.holiday(first), frame.isOpen),
  };
}
