/** Pure: the week of a person, a branch or a room, read from its rows of working hours and written back as single commands. */
import type { HoursView } from '../../../shared/contract/hours.ts';
import { minutesOf } from '../../../shared/time.ts';
import { readTime } from '../../ui/wall-text.ts';
import { writtenSpans } from '../kit/written-spans.ts';
import type { TimeSpan } from '../kit/view.ts';

/** Monday first, as a week is read here; 0 is Sunday. */
export const WEEKDAYS = [1, 2, 3, 4, 5, 6, 0] as const;
export type Weekday = (typeof WEEKDAYS)[number];
/** Days that a day is copied to. */
const WORKDAYS: readonly Weekday[] = [1, 2, 3, 4, 5];

export type OwnerMember = 'staff_id' | 'branch_id' | 'resource_id';
export interface Owner {
  member: OwnerMember;
  id: string;
}

/** The times of one weekday, at one branch or at all of them. */
export interface DayTimes {
  /** the stored row; null: a new one */
  item: { id: string; version: number } | null;
  branchId: string | null;
  periods: readonly TimeSpan[];
  breaks: readonly TimeSpan[];
}

/** Most days have one entry or none; who works at two branches on one day has two. */
export type Week = Readonly<Record<Weekday, readonly DayTimes[]>>;

/** Whether a row is this owner's own: a branch's list names its people's hours there, too. */
export const isOf = (row: HoursView, { member, id }: Owner): boolean =>
  row[member] === id &&
  (member === 'staff_id' || row.staff_id === null) &&
  (member !== 'branch_id' || row.resource_id === null);

/** Between which days rows apply, both included; null: without that limit. */
export interface Season {
  from: string | null;
  until: string | null;
}
/** What applies all the time. */
export const ALWAYS: Season = { from: null, until: null };
const isAt = (row: HoursView, { from, until }: Season): boolean => row.valid_from === from && row.valid_until === until;

/** Rows that apply for a time only. */
export const limitedRows = (rows: readonly HoursView[]): HoursView[] => rows.filter((row) => !isAt(row, ALWAYS));

/** The same by the time they apply in, the earliest first, days in the order of a week. */
export function seasonsOf(rows: readonly HoursView[]): { season: Season; rows: HoursView[] }[] {
  const found: { season: Season; rows: HoursView[] }[] = [];
  for (const row of limitedRows(rows)) {
    const known = found.find(({ season }) => isAt(row, season));
    if (known) known.rows.push(row);
    else found.push({ season: { from: row.valid_from, until: row.valid_until }, rows: [row] });
  }
  const place = (row: HoursView): number => WEEKDAYS.indexOf(row.day_of_week as Weekday);
  for (const one of found) one.rows.sort((a, b) => place(a) - place(b));
  const key = ({ season }: { season: Season }): string => `${season.from ?? ''} ${season.until ?? '9'}`;
  return found.sort((a, b) => key(a).localeCompare(key(b)));
}

/** @param season left out: what applies all the time */
export function weekOf(rows: readonly HoursView[], owner: Owner, season: Season = ALWAYS): Week {
  const day = (weekday: Weekday): DayTimes[] =>
    rows
      .filter((row) => row.day_of_week === weekday && isAt(row, season))
      .map((row) => ({
        item: { id: row.id, version: row.version },
        branchId: owner.member === 'staff_id' ? row.branch_id : null,
        periods: row.periods,
        breaks: row.breaks,
      }))
      .sort((one, other) => (one.periods[0]?.from ?? '').localeCompare(other.periods[0]?.from ?? ''));
  return { 0: day(0), 1: day(1), 2: day(2), 3: day(3), 4: day(4), 5: day(5), 6: day(6) };
}

/** One command of a bulk request, and the weekday it is of. */
export interface WeekChange {
  weekday: Weekday;
  item: Readonly<Record<string, unknown>> & { id?: string; remove?: true };
}

const timesOf = ({ branchId, periods, breaks }: DayTimes) => ({
  branch_id: branchId,
  periods: writtenSpans(periods),
  breaks: writtenSpans(breaks),
});

/** What turns the stored week into the wanted one. A day without times is taken away. */
export function changesOfWeek(before: Week, after: Week, owner: Owner, season: Season = ALWAYS): WeekChange[] {
  const limits = {
    ...(season.from !== null && { valid_from: season.from }),
    ...(season.until !== null && { valid_until: season.until }),
  };
  return WEEKDAYS.flatMap((weekday) => {
    const kept = new Set<string>();
    const put = after[weekday].flatMap((entry): WeekChange[] => {
      const times = timesOf(entry);
      if (times.periods.length === 0) return [];
      const body = owner.member === 'staff_id' ? times : { periods: times.periods, breaks: times.breaks };
      if (entry.item === null)
        return [{ weekday, item: { [owner.member]: owner.id, day_of_week: weekday, ...limits, ...body } }];
      const { id, version } = entry.item;
      kept.add(id);
      const old = before[weekday].find((one) => one.item?.id === id);
      if (old && JSON.stringify(timesOf(old)) === JSON.stringify(times)) return [];
      return [{ weekday, item: { id, expected_version: version, ...body } }];
    });
    const removed = before[weekday].flatMap(({ item }): WeekChange[] =>
      item === null || kept.has(item.id)
        ? []
        : [{ weekday, item: { id: item.id, expected_version: item.version, remove: true } }],
    );
    // Hours are added before others are taken away, so that as few appointments as possible lose their place in between.
    return [...put, ...removed];
  });
}

/** The commands that begin somebody's week with the hours of another, say of their branch. */
export function asBegun(week: Week, owner: Owner): WeekChange['item'][] {
  const none: Week = { 0: [], 1: [], 2: [], 3: [], 4: [], 5: [], 6: [] };
  const fresh = Object.fromEntries(
    WEEKDAYS.map((day) => [day, week[day].map((entry) => ({ ...entry, item: null, branchId: null }))]),
  ) as unknown as Week;
  return changesOfWeek(none, fresh, owner).map(({ item }) => item);
}

/** The times of one day on Monday to Friday. What stands there keeps its row where it can. */
export function copiedToWorkdays(week: Week, from: Weekday): Week {
  const copied = { ...week };
  for (const weekday of WORKDAYS) {
    if (weekday === from) continue;
    copied[weekday] = week[from].map((entry, n) => ({ ...entry, item: week[weekday][n]?.item ?? null }));
  }
  return copied;
}

/** "09:00–12:30 13:30–18:00", as they are open; breaks are cut out. */
export function dayText(entries: readonly DayTimes[]): string {
  return opened(entries)
    .map(({ from, to }) => `${from}–${to}`)
    .join(' ');
}

/** The stretches of a day on which somebody is there, in order, breaks cut out. Unreadable times are left out. */
function opened(entries: readonly DayTimes[]): TimeSpan[] {
  return entries
    .flatMap((entry) => {
      let open = readable(entry.periods);
      for (const pause of readable(entry.breaks)) {
        open = open.flatMap((one) =>
          pause.to <= one.from || pause.from >= one.to
            ? [one]
            : [
                ...(one.from < pause.from ? [{ from: one.from, to: pause.from }] : []),
                ...(pause.to < one.to ? [{ from: pause.to, to: one.to }] : []),
              ],
        );
      }
      return open;
    })
    .sort((one, other) => one.from.localeCompare(other.from));
}

const readable = (given: readonly TimeSpan[]): TimeSpan[] =>
  writtenSpans(given).filter(({ from, to }) => readTime(from) !== null && readTime(to) !== null && from < to);

/** Days in a row with the same times, for a week in a few words. */
export interface DayGroup {
  from: Weekday;
  to: Weekday;
  text: string;
}

export function groupsOf(week: Week): DayGroup[] {
  const groups: DayGroup[] = [];
  let isNext = false;
  for (const weekday of WEEKDAYS) {
    const text = dayText(week[weekday]);
    const last = groups.at(-1);
    if (text === '') isNext = false;
    else if (isNext && last?.text === text) groups[groups.length - 1] = { ...last, to: weekday };
    else groups.push({ from: weekday, to: weekday, text });
    if (text !== '') isNext = true;
  }
  return groups;
}

/** Minutes of a week. */
export const minutesOfWeek = (week: Week): number =>
  WEEKDAYS.flatMap((weekday) => opened(week[weekday])).reduce(
    (sum, { from, to }) => sum + minutesOf(to) - minutesOf(from),
    0,
  );

/** What a strip of the day shows, in minutes; wider where somebody works earlier or later. */
const STRIP = { from: 7 * 60, to: 20 * 60 };

/** The stretches of a day as parts of a strip (0 to 1), over the same hours for all days of a week. */
export function stripsOf(week: Week): Record<Weekday, { left: number; width: number }[]> {
  const all = WEEKDAYS.flatMap((weekday) => opened(week[weekday]));
  const from = Math.min(STRIP.from, ...all.map((one) => minutesOf(one.from)));
  const to = Math.max(STRIP.to, ...all.map((one) => minutesOf(one.to)));
  const strip = (weekday: Weekday) =>
    opened(week[weekday]).map((one) => ({
      left: (minutesOf(one.from) - from) / (to - from),
      width: (minutesOf(one.to) - minutesOf(one.from)) / (to - from),
    }));
  return { 0: strip(0), 1: strip(1), 2: strip(2), 3: strip(3), 4: strip(4), 5: strip(5), 6: strip(6) };
}
