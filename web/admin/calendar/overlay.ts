/**
 * Optimistic changes laid over the day that the server answered: shown at once, dropped on a refusal, and gone by themselves
 * when the server's row has caught up. Pure; called by the calendar page.
 */
import type { CalendarAppointment } from '../../../shared/contract/appointments.ts';

export type AppointmentPatch = Partial<
  Pick<CalendarAppointment, 'starts_at' | 'ends_at' | 'staff_id' | 'status' | 'version'>
>;

interface Pending {
  patch: AppointmentPatch;
  /** the patch holds while the server's row is not newer than this */
  untilVersion: number;
}

/** By appointment id. */
export type Overlay = Readonly<Record<string, Pending>>;

/** A change shown before the server has answered. */
export const expect = (overlay: Overlay, appointment: CalendarAppointment, patch: AppointmentPatch): Overlay => ({
  ...overlay,
  [appointment.id]: { patch, untilVersion: appointment.version },
});

/** The server accepted and named the new version: later commands present it although the list may lag. */
export function accepted(overlay: Overlay, id: string, version: number): Overlay {
  const pending = overlay[id];
  if (!pending) return overlay;
  return { ...overlay, [id]: { patch: { ...pending.patch, version }, untilVersion: version - 1 } };
}

/** Refused or undone: the server's row stands. */
export function dropped(overlay: Overlay, id: string): Overlay {
  const { [id]: _gone, ...rest } = overlay;
  return rest;
}

/** The rows as they should be shown. */
export function applied(rows: readonly CalendarAppointment[], overlay: Overlay): CalendarAppointment[] {
  return rows.map((row) => {
    const pending = overlay[row.id];
    if (!pending || row.version > pending.untilVersion) return row;
    const shifted =
      pending.patch.starts_at === undefined ? row.segments : shiftedSegments(row, pending.patch.starts_at);
    return { ...row, ...pending.patch, segments: shifted };
  });
}

function shiftedSegments(row: CalendarAppointment, startsAt: string): CalendarAppointment['segments'] {
  const by = Date.parse(startsAt) - Date.parse(row.starts_at);
  const shift = (instant: string): string => new Date(Date.parse(instant) + by).toISOString();
  return row.segments.map((s) => ({ ...s, starts_at: shift(s.starts_at), ends_at: shift(s.ends_at) }));
}

/** Drops what the server's rows have superseded; the same object when nothing changed. */
export function pruned(overlay: Overlay, rows: readonly CalendarAppointment[]): Overlay {
  const overtaken = rows.filter((row) => {
    const pending = overlay[row.id];
    return pending !== undefined && row.version > pending.untilVersion;
  });
  return overtaken.reduce((left, row) => dropped(left, row.id), overlay);
}
