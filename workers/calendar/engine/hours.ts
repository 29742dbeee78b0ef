/**
 * Wall-clock rules → epoch minutes: when a branch is open, a person works, a resource is usable. Exceptions win over weekly hours.
 * An instant lies in a period when the branch's clock then shows a time in it: on the spring day 02:00–03:00 yields nothing, on the
 * autumn day it yields both hours. Called by availability, the day view and the check for stranded appointments; memoised per schedule version.
 */
import type { Instant, EpochMinute } from '../../../shared/clock.ts';
import {
  dateOf,
  DAY,
  daysBetween,
  MINUTE,
  minutesOf,
  offsetAt,
  toIso,
  weekdayOf,
  type WallDate,
} from '../../../shared/time.ts';
import { BoundedMap } from '../../../shared/bounded-map.ts';
import { EMPTY, intersect, type Minutes, normalise, push, subtract, union } from './intervals.ts';
import type { BranchFacts, HoursMemo, ResourceFacts, Schedule, StaffFacts } from './schedule.ts';
import type { Names, Period } from '../../../shared/contract/master-data.ts';
import type { ExceptionBody, HoursBody } from '../master-data.ts';

const MINUTES_PER_DAY = DAY / MINUTE;
/** Widest distance of a zone's clock from UTC, minutes, with a margin. */
const MAX_OFFSET = 16 * 60;
/** Days kept per memo; a year of look-ahead fits, memory does not grow with hostile ranges. */
const MAX_MEMO_DAYS = 1_000;
const WHOLE_DAY: Minutes = [0, MINUTES_PER_DAY];

export const epochDay = (date: WallDate): number => daysBetween('1970-01-01', date);
const dateOfDay = (day: number): WallDate => toIso(day * DAY).slice(0, 10);
export const instantOf = (minute: EpochMinute): Instant => (minute * MINUTE) as Instant;
/** Epoch day of the branch's calendar at an epoch minute. */
export const dayAt = (minute: EpochMinute, zone: string): number => epochDay(dateOf(minute * MINUTE, zone));

interface Piece {
  /** epoch minutes, half open */
  from: EpochMinute;
  to: EpochMinute;
  /** minutes to add to UTC to read the clock */
  offset: number;
}

/** The epoch minutes of one calendar day, cut where the zone's offset changes. */
function piecesOf(day: number, zone: string): Piece[] {
  const from = day * MINUTES_PER_DAY - MAX_OFFSET;
  const to = (day + 1) * MINUTES_PER_DAY + MAX_OFFSET;
  const offset = (minute: number): number => Math.round(offsetAt(minute * MINUTE, zone) / MINUTE);
  const first = offset(from);
  const last = offset(to);
  const clip = (piece: Piece): Piece => ({
    from: Math.max(piece.from, day * MINUTES_PER_DAY - piece.offset),
    to: Math.min(piece.to, (day + 1) * MINUTES_PER_DAY - piece.offset),
    offset: piece.offset,
  });
  if (first === last) return [clip({ from, to, offset: first })];
  let low = from;
  let high = to;
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (offset(middle) === first) low = middle;
    else high = middle;
  }
  return [clip({ from, to: high, offset: first }), clip({ from: high, to, offset: last })].filter((p) => p.from < p.to);
}

/** Minutes of a day's clock → epoch minutes. */
function toEpoch(wall: Minutes, pieces: readonly Piece[], day: number): number[] {
  const made: number[] = [];
  for (const piece of pieces) {
    const base = day * MINUTES_PER_DAY - piece.offset;
    for (let i = 0; i < wall.length; i += 2) {
      push(made, Math.max(piece.from, base + (wall[i] as number)), Math.min(piece.to, base + (wall[i + 1] as number)));
    }
  }
  return made;
}

const wallSet = (periods: readonly Period[]): number[] =>
  normalise(periods.map((p) => [minutesOf(p.from), minutesOf(p.to)] as const));

function weekly(hours: readonly HoursBody[], branchId: string | null, date: WallDate): Minutes {
  const weekday = weekdayOf(date);
  let made: Minutes = EMPTY;
  for (const h of hours) {
    if (h.weekday !== weekday) continue;
    if (branchId !== null && h.branchId !== null && h.branchId !== branchId) continue;
    if (h.validFrom !== null && date < h.validFrom) continue;
    if (h.validUntil !== null && date > h.validUntil) continue;
    made = union(made, subtract(wallSet(h.periods), wallSet(h.breaks)));
  }
  return made;
}

/** Minutes of the day that the matching exceptions cover. */
function exceptional(
  exceptions: readonly ExceptionBody[],
  date: WallDate,
  matches: (e: ExceptionBody) => boolean,
): Minutes {
  let made: Minutes = EMPTY;
  for (const e of exceptions) {
    if (date < e.fromDate || date > e.toDate || !matches(e)) continue;
    made = union(
      made,
      e.fromTime === null || e.toTime === null ? WHOLE_DAY : [minutesOf(e.fromTime), minutesOf(e.toTime)],
    );
  }
  return made;
}
const isHoliday = (e: ExceptionBody): boolean => e.kind === 'public_holiday';
const takesAway = (e: ExceptionBody): boolean => e.kind !== 'extra_shift' && e.kind !== 'public_holiday';
const adds = (e: ExceptionBody): boolean => e.kind === 'extra_shift';

/** The public holiday a branch keeps on a day, by its region's calendar; null also where the branch opens on holidays. */
export function holidayOfBranch(schedule: Schedule, branch: BranchFacts, date: WallDate): Names | null {
  if (!branch.body.closedOnHolidays || branch.body.holidayRegion === null) return null;
  return schedule.holidayOn(branch.body.holidayRegion, date)?.name ?? null;
}

function openWall(schedule: Schedule, branch: BranchFacts, date: WallDate): Minutes {
  const both = [...branch.exceptions, ...branch.companyExceptions];
  const regular = holidayOfBranch(schedule, branch, date)
    ? EMPTY
    : subtract(weekly(branch.hours, null, date), exceptional(both, date, isHoliday));
  return subtract(union(regular, exceptional(branch.exceptions, date, adds)), exceptional(both, date, takesAway));
}

/** Opening hours of a branch on a day, minutes of its clock. */
export const openOnDate = (schedule: Schedule, branch: BranchFacts, date: WallDate): Minutes =>
  branch.body.active ? openWall(schedule, branch, date) : EMPTY;

/** Shifts that count although the branch's regular hours say closed. */
function outsideWall(branch: BranchFacts, person: StaffFacts, date: WallDate): Minutes {
  const shifts = exceptional(
    person.exceptions,
    date,
    (e) => adds(e) && e.outsideBranchHours && (e.branchId === null || e.branchId === branch.id),
  );
  if (shifts.length === 0) return EMPTY;
  const closed = exceptional([...branch.exceptions, ...branch.companyExceptions], date, takesAway);
  return subtract(
    subtract(shifts, closed),
    exceptional(person.exceptions, date, (e) => e.kind !== 'extra_shift'),
  );
}

function workingWall(schedule: Schedule, branch: BranchFacts, person: StaffFacts, date: WallDate): Minutes {
  const shifts = exceptional(
    person.exceptions,
    date,
    (e) => adds(e) && !e.outsideBranchHours && (e.branchId === null || e.branchId === branch.id),
  );
  const inside = intersect(union(weekly(person.hours, branch.id, date), shifts), openWall(schedule, branch, date));
  return union(
    subtract(
      inside,
      exceptional(person.exceptions, date, (e) => e.kind !== 'extra_shift'),
    ),
    outsideWall(branch, person, date),
  );
}

function memoOf(schedule: Schedule, branch: BranchFacts): HoursMemo {
  const known = schedule.memo.get(branch.id);
  if (known) return known;
  const made: HoursMemo = {
    pieces: new BoundedMap(MAX_MEMO_DAYS),
    dates: new BoundedMap(MAX_MEMO_DAYS),
    open: new BoundedMap(MAX_MEMO_DAYS),
    presence: new BoundedMap(MAX_MEMO_DAYS),
    staff: new Map(),
    resources: new Map(),
  };
  schedule.memo.set(branch.id, made);
  return made;
}

function remembered<T>(map: Map<number, T>, day: number, make: () => T): T {
  const known = map.get(day);
  if (known !== undefined) return known;
  const made = make();
  map.set(day, made);
  return made;
}
function inner(map: Map<string, Map<number, Minutes>>, id: string): Map<number, Minutes> {
  const known = map.get(id);
  if (known) return known;
  const made = new BoundedMap<number, Minutes>(MAX_MEMO_DAYS);
  map.set(id, made);
  return made;
}

const pieces = (memo: HoursMemo, branch: BranchFacts, day: number): readonly Piece[] =>
  remembered(memo.pieces, day, () => piecesOf(day, branch.body.timeZone));

/** Days `fromDay..untilDay` (inclusive epoch days) of per-day sets, joined across midnight. */
function joined(fromDay: number, untilDay: number, ofDay: (day: number) => Minutes): number[] {
  const made: number[] = [];
  for (let day = fromDay; day <= untilDay; day++) {
    const set = ofDay(day);
    for (let i = 0; i < set.length; i += 2) push(made, set[i] as number, set[i + 1] as number);
  }
  return made;
}

/** First and last epoch minute (half open) of the branch's days. */
export function daySpan(
  schedule: Schedule,
  branch: BranchFacts,
  fromDay: number,
  untilDay: number,
): { from: EpochMinute; to: EpochMinute } {
  const memo = memoOf(schedule, branch);
  const first = pieces(memo, branch, fromDay)[0];
  const last = pieces(memo, branch, untilDay).at(-1);
  return { from: first?.from ?? 0, to: last?.to ?? 0 };
}

/** Pieces of constant offset of one day: the slot grid is read off the clock with them. */
export const clockPieces = (schedule: Schedule, branch: BranchFacts, day: number): readonly Piece[] =>
  pieces(memoOf(schedule, branch), branch, day);

/** The branch's calendar day and minute of that day at an epoch minute. */
export function clockAt(
  plan: { schedule: Schedule; branch: BranchFacts },
  minute: EpochMinute,
): { day: number; minute: number } {
  const memo = memoOf(plan.schedule, plan.branch);
  const near = Math.floor(minute / MINUTES_PER_DAY);
  // Zones ahead of UTC and behind it: nearly always the same day, else its neighbours.
  for (let i = 0; i < 3; i++) {
    const day = i === 0 ? near : i === 1 ? near + 1 : near - 1;
    for (const piece of memo.pieces.get(day) ?? pieces(memo, plan.branch, day)) {
      if (minute >= piece.from && minute < piece.to)
        return { day, minute: minute + piece.offset - day * MINUTES_PER_DAY };
    }
  }
  throw new Error(`no day of ${plan.branch.body.timeZone} holds minute ${minute}`);
}

/** `YYYY-MM-DD` of an epoch day; the few days of one answer are written once. */
export function dateText(plan: { schedule: Schedule; branch: BranchFacts }, day: number): WallDate {
  return remembered(memoOf(plan.schedule, plan.branch).dates, day, () => dateOfDay(day));
}

/** When the branch is open, epoch minutes. */
export function openMinutes(schedule: Schedule, branch: BranchFacts, fromDay: number, untilDay: number): number[] {
  const memo = memoOf(schedule, branch);
  return joined(fromDay, untilDay, (day) =>
    remembered(memo.open, day, () =>
      toEpoch(openWall(schedule, branch, dateOfDay(day)), pieces(memo, branch, day), day),
    ),
  );
}

/** When staff are on the premises: open hours and the shifts outside them. A customer may be there in these minutes. */
export function presenceMinutes(schedule: Schedule, branch: BranchFacts, fromDay: number, untilDay: number): number[] {
  const memo = memoOf(schedule, branch);
  return joined(fromDay, untilDay, (day) =>
    remembered(memo.presence, day, () => {
      const date = dateOfDay(day);
      let wall = openWall(schedule, branch, date);
      for (const person of branch.staff) wall = union(wall, outsideWall(branch, person, date));
      return toEpoch(wall, pieces(memo, branch, day), day);
    }),
  );
}

/** When a person works at a branch, epoch minutes; nothing for who is inactive or belongs to other branches. */
export function workingMinutes(
  schedule: Schedule,
  branch: BranchFacts,
  person: StaffFacts,
  fromDay: number,
  untilDay: number,
): number[] {
  if (!person.body.active || !person.body.branchIds.includes(branch.id) || !branch.body.active) return [];
  const memo = memoOf(schedule, branch);
  const days = inner(memo.staff, person.id);
  return joined(fromDay, untilDay, (day) =>
    remembered(days, day, () =>
      toEpoch(workingWall(schedule, branch, person, dateOfDay(day)), pieces(memo, branch, day), day),
    ),
  );
}

/** When a resource is usable: always, unless it has hours of its own; never when inactive or elsewhere. */
export function resourceMinutes(
  schedule: Schedule,
  branch: BranchFacts,
  resource: ResourceFacts,
  fromDay: number,
  untilDay: number,
): number[] {
  if (!resource.body.active || resource.body.branchId !== branch.id) return [];
  const memo = memoOf(schedule, branch);
  const days = inner(memo.resources, resource.id);
  return joined(fromDay, untilDay, (day) =>
    remembered(days, day, () => {
      const date = dateOfDay(day);
      const regular = resource.hours.length === 0 ? WHOLE_DAY : weekly(resource.hours, null, date);
      const usable = subtract(
        union(regular, exceptional(resource.exceptions, date, adds)),
        exceptional(resource.exceptions, date, (e) => !adds(e)),
      );
      return toEpoch(usable, pieces(memo, branch, day), day);
    }),
  );
}

/** The absences of a person on a day as clock periods, for the day view. */
export function absencesOn(
  person: StaffFacts,
  date: WallDate,
): { from: number; to: number; reason: ExceptionBody['kind'] }[] {
  return person.exceptions
    .filter((e) => e.kind !== 'extra_shift' && date >= e.fromDate && date <= e.toDate)
    .map((e) => ({
      from: e.fromTime === null ? 0 : minutesOf(e.fromTime),
      to: e.toTime === null ? MINUTES_PER_DAY : minutesOf(e.toTime),
      reason: e.kind,
    }));
}
