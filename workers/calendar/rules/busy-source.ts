/** Times of an imported calendar beside a person's appointments: which lie in them, and what the guard keeps. Called by the commands and queries about busy sources. */
import { MAX_APPOINTMENT_MINUTES } from '../../../shared/calendar-limits.ts';
import { bytesOfHash, newId } from '../../../shared/ids.ts';
import { MINUTE } from '../../../shared/time.ts';
import { sha256Hex } from '../../object-runtime/hash.ts';
import { type Minutes, normalise } from '../engine/intervals.ts';
import type { Appointment } from '../../events/calendar.ts';

export type BusyTimes = readonly (readonly [from: number, to: number])[];

/** The same calendar of the same person is the same source, whenever it is imported: what it says replaces what it said. */
export const busySourceId = (staffId: string, name: string): string =>
  newId('busy_source', 0, bytesOfHash(sha256Hex(`busy source ${staffId} ${name.normalize('NFC').toLowerCase()}`)));

/** Each minute once, in stretches of a day at most. */
export function stretchesOf(times: BusyTimes): [from: number, to: number][] {
  const whole = normalise(times);
  const made: [number, number][] = [];
  for (let i = 0; i < whole.length; i += 2)
    for (let from = whole[i] as number, to = whole[i + 1] as number; from < to; from += MAX_APPOINTMENT_MINUTES)
      made.push([from, Math.min(to, from + MAX_APPOINTMENT_MINUTES)]);
  return made;
}

/** Whether a person serves an appointment within some of these minutes. */
function liesIn(appointment: Appointment, staffId: string, minutes: Minutes): boolean {
  return appointment.segments.some((segment) => {
    if (segment.staffId !== staffId) return false;
    const [from, to] = [segment.startsAt / MINUTE, segment.endsAt / MINUTE];
    // The first stretch that ends after the start, by halves.
    let [low, high] = [0, minutes.length / 2];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((minutes[middle * 2 + 1] as number) <= from) low = middle + 1;
      else high = middle;
    }
    return low * 2 < minutes.length && (minutes[low * 2] as number) < to;
  });
}

/** A person's appointments in times that an import brings, without those in times that it had brought before: about them nobody is asked again. */
export function strandedIn(
  appointments: readonly Appointment[],
  staffId: string,
  { before, after }: { before: BusyTimes; after: BusyTimes },
): Appointment[] {
  const [was, is] = [normalise(before), normalise(after)];
  return appointments.filter((one) => liesIn(one, staffId, is) && !liesIn(one, staffId, was));
}

/** Of each time the appointments that lie in it. */
export const appointmentsIn = (
  appointments: readonly Appointment[],
  staffId: string,
  times: BusyTimes,
): Appointment[][] => times.map(([from, to]) => appointments.filter((one) => liesIn(one, staffId, [from, to])));
