/** From an anchor so many days, weekdays, working days, weeks or months on or back: the arithmetic of steps. Called by relative.ts. */
import { addDays, type WallDate, weekdayOf } from '../../time.ts';
import type { StepBy, StepUnit } from '../grammar/terms.ts';
import { askContradiction, askExactDay } from '../questions.ts';
import { dateFrom, daysInMonth, mondayOf, monthsFrom } from './calendar.ts';
import { type Bounds, isWorkday } from './counted.ts';
import { type Frame, type Trouble, trouble } from './frame.ts';

/** So many days are walked through for working days. */
const MAX_WALK = 400;
const [TUESDAY, THURSDAY, SATURDAY, SUNDAY] = [2, 4, 6, 0];

const onDay = (date: WallDate): Bounds => ({ from: date, to: date });
const isOpenEnded = ({ to }: Bounds): boolean => to === '9999-12-31';

/** Days, months, weekdays or working days from an anchor; two where both may be meant. `feast`: id of the feast that the anchor is. */
export function shiftDays(step: StepBy, anchor: Bounds, feast: string | null, frame: Frame): Bounds[] | Trouble {
  if (step.by === 'bridge') return bridgeOf(step.count, anchor, frame);
  // A weekday or a working day comes behind the whole anchor, or before it.
  if (step.by === 'weekday' && step.count !== 0)
    return beyond(anchor, step.count, (date) => weekdayOf(date) === step.weekday, frame);
  if (step.by === 'workdays') return beyond(anchor, step.count, (date) => isWorkday(date, frame), frame);
  const days = anchor.from === anchor.to ? [anchor.from] : daysOfStretch(step.count, anchor, feast, frame);
  if (step.by === 'weekday') {
    const same = days.filter((date) => weekdayOf(date) === step.weekday);
    return same.length === 0
      ? trouble('ask', 'the anchor is another weekday', askContradiction(frame))
      : same.map(onDay);
  }
  // „eine Woche später" behind a whole week moves the week.
  if (days.length === 0 && step.by === 'days' && step.count % 7 === 0 && isOneWeek(anchor) && step.count !== 0)
    return [{ from: addDays(mondayOf(anchor.to), step.count), to: addDays(mondayOf(anchor.to), step.count + 6) }];
  if (days.length === 0) return trouble('ask', 'a stretch to count from', askExactDay(frame));
  return days.map((date) => onDay(step.by === 'months' ? monthsOn(date, step.count) : addDays(date, step.count)));
}

/**
 * The days of a feast that are counted from: in English its main day; in German the edge as well („zwei Tage vor Weihnachten" is the 22nd
 * or the 23rd). The day after a feast follows its last day.
 */
function daysOfStretch(count: number, { from, to }: Bounds, feast: string | null, frame: Frame): WallDate[] {
  if (feast === null || count === 0) return [];
  const main = feast === 'christmas' ? addDays(from, 1) : feast === 'easter' ? addDays(from, 2) : from;
  if (frame.language === 'en') return [main];
  if (count === 1) return [to];
  return [...new Set([count < 0 ? from : to, main])].sort();
}

const isOneWeek = ({ from, to }: Bounds): boolean => mondayOf(from) === mondayOf(to) && weekdayOf(to) === SUNDAY;

/** The n-th day that fits, strictly behind the anchor or before it. */
function beyond(anchor: Bounds, count: number, fits: (date: WallDate) => boolean, frame: Frame): Bounds[] | Trouble {
  let left = Math.abs(count);
  const step = count > 0 ? 1 : -1;
  let date = count > 0 ? anchor.to : anchor.from;
  for (let i = 0; i < MAX_WALK && left > 0 && !isOpenEnded(onDay(date)); i++) {
    date = addDays(date, step);
    if (fits(date)) left--;
  }
  return left === 0 ? [onDay(date)] : trouble('ask', 'no such day near the anchor', askExactDay(frame));
}

/** So many months on; the 31st becomes the last day of a shorter month. */
function monthsOn(date: WallDate, months: number): WallDate {
  const { year, month } = monthsFrom(date, months);
  return dateFrom(year, month, Math.min(Number(date.slice(8)), daysInMonth(year, month)));
}

/** Whole weeks, weekends or months from the one of the anchor. */
export function shiftSpan(
  unit: StepUnit,
  count: number,
  anchor: Bounds,
  isFeast: boolean,
  frame: Frame,
): Bounds[] | Trouble {
  const unclear = trouble('ask', 'no single week to count from', askExactDay(frame));
  if (isOpenEnded(anchor)) return unclear;
  if (unit === 'month') {
    const { year, month } = monthsFrom(count > 0 ? anchor.to : anchor.from, count);
    return [{ from: dateFrom(year, month, 1), to: dateFrom(year, month, daysInMonth(year, month)) }];
  }
  if (unit === 'weekend') return weekendFrom(anchor, count);
  // „die Woche vor Ostern": the one that it ends, or the one before that.
  if (isFeast && count < 0 && weekdayOf(anchor.to) <= 1) return unclear;
  if (isFeast && count > 0 && anchor.from === anchor.to && weekdayOf(anchor.to) === 1) return unclear;
  // Easter ends on the Monday that opens the week after it.
  const base = isFeast && weekdayOf(anchor.to) === 1 ? anchor.from : count < 0 ? anchor.from : anchor.to;
  if (!isFeast && mondayOf(anchor.from) !== mondayOf(anchor.to)) return unclear;
  const monday = addDays(mondayOf(base), count * 7);
  return [{ from: monday, to: addDays(monday, 6) }];
}

/** 0: the weekend of the anchor's week; a weekend that the anchor lies in is not counted. */
function weekendFrom(anchor: Bounds, count: number): Bounds[] {
  const base = count > 0 ? anchor.to : anchor.from;
  const saturday = addDays(mondayOf(base), SATURDAY - 1);
  const inside = weekdayOf(base) === SATURDAY || weekdayOf(base) === SUNDAY;
  const weeks = count > 0 && !inside ? count - 1 : count;
  const from = addDays(saturday, weeks * 7);
  return [{ from, to: addDays(from, 1) }];
}

/** The Friday behind a holiday on a Thursday, the Monday before one on a Tuesday. */
function bridgeOf(side: -1 | 0 | 1, anchor: Bounds, frame: Frame): Bounds[] | Trouble {
  const weekday = weekdayOf(anchor.from);
  if (anchor.from === anchor.to && weekday === THURSDAY && side >= 0) return [onDay(addDays(anchor.from, 1))];
  if (anchor.from === anchor.to && weekday === TUESDAY && side <= 0) return [onDay(addDays(anchor.from, -1))];
  return trouble('ask', 'no bridge day there', askExactDay(frame));
}
