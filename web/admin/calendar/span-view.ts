/** Views of more than a person's day: which days they show, and what the grid draws of them. Pure; wall clock of the branch. */
import type { CalendarAppointment, CalendarDay } from '../../../shared/contract/appointments.ts';
import { addDays, minutesOf, timeOfMinutes, type WallDate, weekdayOf } from '../../../shared/time.ts';
import { type Block, type Column, type DayView, type Shade, type ViewChoice, viewOf } from './day-view.ts';

export const CALENDAR_VIEWS = ['day', 'rooms', 'three', 'week', 'month', 'list'] as const;
export type CalendarView = (typeof CALENDAR_VIEWS)[number];
export const asView = (text: string | null): CalendarView => CALENDAR_VIEWS.find((one) => one === text) ?? 'day';

const monday = (date: WallDate): WallDate => addDays(date, -((weekdayOf(date) + 6) % 7));
const firstOfMonth = (date: WallDate): WallDate => `${date.slice(0, 8)}01`;
const nextMonth = (date: WallDate): WallDate => firstOfMonth(addDays(firstOfMonth(date), 31));

/** The days that a view shows around a date; weeks begin on Monday, a month is drawn in whole weeks. */
export function daysShown(view: CalendarView, date: WallDate): { from: WallDate; days: number } {
  switch (view) {
    case 'day':
    case 'rooms':
      return { from: date, days: 1 };
    case 'three':
      return { from: date, days: 3 };
    case 'week':
    case 'list':
      return { from: monday(date), days: 7 };
    case 'month': {
      const from = monday(firstOfMonth(date));
      let days = 28;
      while (addDays(from, days) < nextMonth(date)) days += 7;
      return { from, days };
    }
  }
}

/** One step back or on: to the same day of the view before or after. */
export function stepped(view: CalendarView, date: WallDate, by: 1 | -1): WallDate {
  if (view === 'month') return by === 1 ? nextMonth(date) : firstOfMonth(addDays(firstOfMonth(date), -1));
  return addDays(date, by * (view === 'week' || view === 'list' ? 7 : view === 'three' ? 3 : 1));
}

export const isSpan = (view: CalendarView): boolean => view !== 'day' && view !== 'rooms';

/** The branch's clock, to the minute. */
export interface Now {
  date: WallDate;
  time: string;
}

interface SpanFrame {
  column: (day: CalendarDay) => string;
  now: Now;
}

/** What is drawn as a line must have a length. */
const NOW_MINUTES = 1;

/**
 * Days beside each other as the columns of one grid: a column's `staffId` is its date. With one person chosen their hours are shaded, else
 * those of the branch, and every block says whose it is.
 */
export function daysView(
  days: readonly CalendarDay[],
  appointments: readonly CalendarAppointment[],
  choice: ViewChoice,
  { column, now }: SpanFrame,
): DayView {
  const isOfOne = choice.staffIds.length === 1;
  const views = days.map((day) => viewOf(day, appointments, choice));
  const blocks: Block[] = views.flatMap(({ blocks: own }, n) =>
    own.map((block) => {
      const person = isOfOne ? undefined : days[n]?.staff.find(({ id }) => id === block.staffId);
      return { ...block, staffId: days[n]?.date ?? '', ...(person && { person }) };
    }),
  );
  const columns: Column[] = days.map((day, n) => {
    const people = views[n]?.columns ?? [];
    const sum = (of: (one: Column) => number): number => people.reduce((all, one) => all + of(one), 0);
    return {
      staffId: day.date,
      name: column(day),
      count: sum((one) => one.count),
      absentAllDay: null,
      isWorking: people.some((one) => one.isWorking),
      isToday: day.date === now.date,
      workingMinutes: sum((one) => one.workingMinutes),
      freeMinutes: sum((one) => one.freeMinutes),
    };
  });
  const shades: Shade[] = days.flatMap((day, n) =>
    isOfOne ? (views[n]?.shades ?? []).map((one) => ({ ...one, staffId: day.date })) : closedOf(day),
  );
  const firstHour = Math.min(...views.map((one) => one.firstHour));
  const lastHour = Math.max(...views.map((one) => one.lastHour));
  const at = minutesOf(now.time);
  if (columns.some(({ isToday }) => isToday) && at >= firstHour * 60 && at < lastHour * 60)
    shades.push({ staffId: now.date, from: now.time, to: timeOfMinutes(at + NOW_MINUTES), kind: 'now', reason: null });
  return {
    columns,
    blocks,
    shades,
    firstHour,
    lastHour,
    isClosed: views.every((one) => one.isClosed),
  };
}

function closedOf(day: CalendarDay): Shade[] {
  const outside = (from: string, to: string): Shade => ({ staffId: day.date, from, to, kind: 'outside', reason: null });
  if (day.opens === null || day.closes === null) return [outside('00:00', '24:00')];
  return [outside('00:00', day.opens), outside(day.closes, '24:00')].filter(({ from, to }) => from < to);
}

/** Rooms and machines beside each other: a column's `staffId` is the resource's id. What needs none is not there. */
export function roomsView(day: CalendarDay, appointments: readonly CalendarAppointment[], choice: ViewChoice): DayView {
  const view = viewOf(day, appointments, choice);
  const blocks = view.blocks.flatMap((block) =>
    block.appointment.resource_ids
      .filter((id) => day.resources.some((one) => one.id === id))
      .map((id) => ({ ...block, staffId: id })),
  );
  const columns = day.resources.map(
    (one): Column => ({
      staffId: one.id,
      name: one.name,
      count: blocks.filter(({ staffId }) => staffId === one.id).length,
      absentAllDay: null,
      isWorking: true,
      workingMinutes: 0,
      freeMinutes: 0,
    }),
  );
  return {
    ...view,
    columns,
    blocks,
    shades: day.resources.flatMap(({ id }) => closedOf(day).map((one) => ({ ...one, staffId: id }))),
  };
}
