/** From the day's answer to what the grid draws: columns, blocks, shades, first and last hour. Pure; wall clock of the branch. */
import type { CalendarAppointment, CalendarDay, WallPeriod } from '../../../shared/contract/appointments.ts';
import { dateOf, minutesOf, timeOf, timeOfMinutes } from '../../../shared/time.ts';

export interface Column {
  staffId: string;
  name: string;
  /** open and done appointments, without cancelled ones and no-shows */
  count: number;
  /** reason of an absence that covers the whole day, else null */
  absentAllDay: string | null;
  isWorking: boolean;
  /** a day that is today, among others */
  isToday?: boolean;
  /** minutes of the shift without absences, and those of them that no appointment takes */
  workingMinutes: number;
  freeMinutes: number;
}

export type Person = Pick<CalendarDay['staff'][number], 'id' | 'name' | 'colour'>;

/** A block of one column; `from`/`to` are wall times of the day. */
export interface Block {
  appointment: CalendarAppointment;
  staffId: string;
  from: string;
  to: string;
  /** parts in which the person is free, in hundredths of the block's height */
  passive: { top: number; height: number }[];
  /** whose it is, where the column does not say so */
  person?: Person;
}

export interface Shade {
  staffId: string;
  from: string;
  to: string;
  kind: 'outside' | 'absence' | 'hold' | 'busy' | 'draft' | 'now';
  reason: string | null;
  /** what an imported calendar says of it */
  title?: string | null;
}

export interface DayView {
  columns: Column[];
  blocks: Block[];
  shades: Shade[];
  /** whole hours that the grid shows */
  firstHour: number;
  lastHour: number;
  isClosed: boolean;
}

export interface ViewChoice {
  showsCancelled: boolean;
  /** none: everybody */
  staffIds: readonly string[];
  /** null: every service */
  serviceId?: string | null;
}

const DAY_END = '24:00';
/** Hours shown when nothing else says what to show. */
const USUAL_HOURS = { first: 8, last: 18 } as const;

export const isAmong = (choice: ViewChoice, staffId: string): boolean =>
  choice.staffIds.length === 0 || choice.staffIds.includes(staffId);

/** Takes no time any more. */
export const isDropped = (row: CalendarAppointment): boolean => row.status === 'cancelled' || row.status === 'no_show';

/** Wall time of an instant on the given day: earlier days become 00:00, later ones 24:00. */
export function wallTimeOn(instant: string, date: string, zone: string): string {
  const at = Date.parse(instant);
  const day = dateOf(at, zone);
  if (day < date) return '00:00';
  return day > date ? DAY_END : timeOf(at, zone);
}

/** What of the day is not covered by the periods. */
export function gapsOf(periods: readonly WallPeriod[]): WallPeriod[] {
  const gaps: WallPeriod[] = [];
  let reached = '00:00';
  for (const period of [...periods].sort((a, b) => a.from.localeCompare(b.from))) {
    if (period.from > reached) gaps.push({ from: reached, to: period.from });
    if (period.to > reached) reached = period.to;
  }
  if (reached < DAY_END) gaps.push({ from: reached, to: DAY_END });
  return gaps;
}

const minutesOfAll = (periods: readonly WallPeriod[]): number =>
  periods.reduce((sum, { from, to }) => sum + minutesOf(to) - minutesOf(from), 0);

/** How long a person works that day, and how much of it is free: what is taken counts once, and only inside the shift. */
function loadOf(
  working: readonly WallPeriod[],
  taken: readonly WallPeriod[],
): Pick<Column, 'workingMinutes' | 'freeMinutes'> {
  const free = gapsOf([...gapsOf(working), ...taken]);
  return { workingMinutes: minutesOfAll(working), freeMinutes: minutesOfAll(free) };
}

/** The stretches of an appointment in which the person works, on the day's clock. */
function busyOf(row: CalendarAppointment, day: CalendarDay): WallPeriod[] {
  const parts = row.segments.filter((segment) => segment.kind === 'active');
  return (parts.length > 0 ? parts : [row]).map((part) => ({
    from: wallTimeOn(part.starts_at, day.date, day.time_zone),
    to: wallTimeOn(part.ends_at, day.date, day.time_zone),
  }));
}

function passiveParts(row: CalendarAppointment): Block['passive'] {
  const start = Date.parse(row.starts_at);
  const length = Date.parse(row.ends_at) - start;
  if (length <= 0) return [];
  return row.segments
    .filter((segment) => segment.kind === 'passive')
    .map((segment) => ({
      top: ((Date.parse(segment.starts_at) - start) / length) * 100,
      height: ((Date.parse(segment.ends_at) - Date.parse(segment.starts_at)) / length) * 100,
    }));
}

/** @param draft where the form that is open would put a new appointment */
export function viewOf(
  day: CalendarDay,
  appointments: readonly CalendarAppointment[],
  choice: ViewChoice,
  draft: { staffId: string; from: string; to: string } | null = null,
): DayView {
  const zone = day.time_zone;
  const staff = day.staff.filter((s) => isAmong(choice, s.id));
  const shown = appointments.filter(
    (row) =>
      dateOf(Date.parse(row.starts_at), zone) === day.date || dateOf(Date.parse(row.ends_at) - 1, zone) === day.date,
  );
  const blocks: Block[] = shown
    .filter(
      (row) =>
        (choice.showsCancelled || row.status !== 'cancelled') &&
        (choice.serviceId == null || row.service.id === choice.serviceId) &&
        staff.some((s) => s.id === row.staff_id),
    )
    .map((row) => ({
      appointment: row,
      staffId: row.staff_id,
      from: wallTimeOn(row.starts_at, day.date, zone),
      to: wallTimeOn(row.ends_at, day.date, zone),
      passive: passiveParts(row),
    }));
  const columns: Column[] = staff.map((s) => ({
    staffId: s.id,
    name: s.name,
    count: shown.filter((row) => row.staff_id === s.id && !isDropped(row)).length,
    absentAllDay: s.working.length === 0 && s.absences.length > 0 ? (s.absences[0]?.reason ?? 'absence') : null,
    isWorking: s.working.length > 0,
    ...loadOf(s.working, [
      ...s.absences,
      ...shown.filter((row) => row.staff_id === s.id && !isDropped(row)).flatMap((row) => busyOf(row, day)),
    ]),
  }));
  const shades: Shade[] = [
    ...staff.flatMap((s) => gapsOf([...s.working, ...s.absences]).map((gap) => shade(s.id, gap, 'outside', null))),
    ...staff.flatMap((s) =>
      s.absences.map((a) => ({ ...shade(s.id, a, 'absence', a.reason ?? 'absence'), title: a.title })),
    ),
    ...day.busy
      .filter((one) => staff.some((s) => s.id === one.staff_id))
      .map((one) =>
        shade(
          one.staff_id,
          { from: wallTimeOn(one.starts_at, day.date, zone), to: wallTimeOn(one.ends_at, day.date, zone) },
          'busy',
          null,
        ),
      ),
    ...(draft && staff.some((s) => s.id === draft.staffId) ? [shade(draft.staffId, draft, 'draft', draft.from)] : []),
    ...day.holds
      .filter((hold) => staff.some((s) => s.id === hold.staff_id))
      .map((hold) =>
        shade(
          hold.staff_id,
          { from: wallTimeOn(hold.starts_at, day.date, zone), to: wallTimeOn(hold.ends_at, day.date, zone) },
          'hold',
          timeOf(Date.parse(hold.expires_at), zone),
        ),
      ),
  ];
  return { columns, blocks, shades, ...hoursShown(day, blocks), isClosed: day.opens === null };
}

const shade = (staffId: string, period: WallPeriod, kind: Shade['kind'], reason: string | null): Shade => ({
  staffId,
  from: period.from,
  to: period.to,
  kind,
  reason,
});

/** From the earliest to the latest of opening, work and appointments, rounded out to whole hours. */
function hoursShown(day: CalendarDay, blocks: readonly Block[]): { firstHour: number; lastHour: number } {
  const starts = [day.opens, ...day.staff.flatMap((s) => s.working.map((w) => w.from)), ...blocks.map((b) => b.from)];
  const ends = [day.closes, ...day.staff.flatMap((s) => s.working.map((w) => w.to)), ...blocks.map((b) => b.to)];
  const first = Math.min(...starts.filter((time) => time !== null).map(minutesOf));
  const last = Math.max(...ends.filter((time) => time !== null).map(minutesOf));
  if (!Number.isFinite(first) || !Number.isFinite(last))
    return { firstHour: USUAL_HOURS.first, lastHour: USUAL_HOURS.last };
  return { firstHour: Math.floor(first / 60), lastHour: Math.max(Math.ceil(last / 60), Math.floor(first / 60) + 1) };
}

/** "09:00–10:30" of a block. */
export const spanOf = (block: Pick<Block, 'from' | 'to'>): string => `${block.from}–${block.to}`;

/** Duration of a block in minutes. */
export const minutesIn = (block: Pick<Block, 'from' | 'to'>): number => minutesOf(block.to) - minutesOf(block.from);

export const hourText = (hour: number): string => timeOfMinutes(hour * 60);

/** Rows of a quarter of an hour that the grid shows. */
export const slotsShown = ({ firstHour, lastHour }: Pick<DayView, 'firstHour' | 'lastHour'>): number =>
  (lastHour - firstHour) * 4;

/** A quarter of an hour is never lower than what a finger hits with the block above, nor higher than three lines of a half hour need. */
const LOWEST_SLOT_PX = 16;
const HIGHEST_SLOT_PX = 28;

/** Height of a quarter of an hour, so that the day fills the room it has. @param room pixels for all slots */
export const slotHeight = (room: number, slots: number): number =>
  Math.min(HIGHEST_SLOT_PX, Math.max(LOWEST_SLOT_PX, Math.floor((room / Math.max(1, slots)) * 10) / 10));
