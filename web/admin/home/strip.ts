/** Pure: a day as one strip a person, everything as shares of the strip's width, by the branch's clock. Called by day-strip.tsx. */
import type { AppointmentStatus } from '../../../shared/appointment-status.ts';
import type { CalendarDay } from '../../../shared/contract/appointments.ts';
import { dateOf, minutesOf, timeOf } from '../../../shared/time.ts';

/** Where the branch says nothing: a day as most have it. */
const USUAL = { from: 9 * 60, to: 18 * 60 };
const DAY_MINUTES = 24 * 60;
/** Hours between two labels, by how many the strip has. */
const LABEL_STEPS = [1, 2, 3, 4, 6];
const MOST_LABELS = 7;

interface Stretch {
  /** percent of the strip */
  left: number;
  width: number;
}
export interface StripBlock extends Stretch {
  id: string;
  status: AppointmentStatus;
  startsAt: string;
  endsAt: string;
  /** who and what, for whoever points at it */
  customer: string | null;
  service: string;
}
export interface StripPerson {
  id: string;
  name: string;
  working: Stretch[];
  busy: Stretch[];
  blocks: StripBlock[];
}
export interface Strip {
  people: StripPerson[];
  labels: { left: number; text: string }[];
  /** null: not on this day, or before or after the strip */
  now: number | null;
}

/** Minutes of the day's clock at an instant; before and after the day its edges. */
function minuteAt(
  instant: string | number,
  { date, time_zone: zone }: Pick<CalendarDay, 'date' | 'time_zone'>,
): number {
  const at = typeof instant === 'number' ? instant : Date.parse(instant);
  const on = dateOf(at, zone);
  return on < date ? 0 : on > date ? DAY_MINUTES : minutesOf(timeOf(at, zone));
}

/** Who works or has appointments that day, in the order of the calendar. @param now of the reader's clock */
export function stripOf(day: CalendarDay, now: number): Strip {
  const shown = day.appointments.filter(({ status }) => status !== 'cancelled');
  const spans = [
    ...(day.opens === null || day.closes === null ? [] : [[minutesOf(day.opens), minutesOf(day.closes)] as const]),
    ...day.staff.flatMap(({ working }) => working.map(({ from, to }) => [minutesOf(from), minutesOf(to)] as const)),
    ...shown.map((one) => [minuteAt(one.starts_at, day), minuteAt(one.ends_at, day)] as const),
  ];
  const first = spans.length === 0 ? USUAL.from : Math.min(...spans.map(([from]) => from));
  const last = spans.length === 0 ? USUAL.to : Math.max(...spans.map(([, to]) => to));
  const from = Math.floor(first / 60) * 60;
  const to = Math.max(Math.ceil(last / 60) * 60, from + 60);
  const share = (minute: number): number => (100 * (Math.min(Math.max(minute, from), to) - from)) / (to - from);
  const stretch = (start: number, end: number): Stretch => ({ left: share(start), width: share(end) - share(start) });
  const between = (starts: string, ends: string): Stretch => stretch(minuteAt(starts, day), minuteAt(ends, day));
  const serves =
    (id: string) =>
    (one: (typeof shown)[number]): boolean =>
      one.staff_id === id || one.segments.some(({ staff_id }) => staff_id === id);
  const people = day.staff
    .map(({ id, name, working }) => ({
      id,
      name,
      working: working.map((period) => stretch(minutesOf(period.from), minutesOf(period.to))),
      busy: day.busy
        .filter(({ staff_id }) => staff_id === id)
        .map(({ starts_at, ends_at }) => between(starts_at, ends_at)),
      blocks: shown.filter(serves(id)).map((one) => ({
        ...between(one.starts_at, one.ends_at),
        id: one.id,
        status: one.status,
        startsAt: one.starts_at,
        endsAt: one.ends_at,
        customer: one.customer?.name ?? null,
        service: one.service.name,
      })),
    }))
    .filter(({ working, blocks, busy }) => working.length + blocks.length + busy.length > 0);
  const hours = (to - from) / 60;
  const step = LABEL_STEPS.find((one) => hours / one <= MOST_LABELS) ?? MOST_LABELS;
  const labels = Array.from({ length: Math.floor(hours / step) + 1 }, (_, i) => from + i * step * 60)
    .filter((minute) => minute < to)
    .map((minute) => ({ left: share(minute), text: String(minute / 60) }));
  const minute = minuteAt(now, day);
  const isToday = dateOf(now, day.time_zone) === day.date;
  return { people, labels, now: isToday && minute >= from && minute <= to ? share(minute) : null };
}
