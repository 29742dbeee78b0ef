/** What the commands that open and settle conflicts with Cal.com share: the rows and their events. */
import type { Instant } from '../../../shared/clock.ts';
import type { ConflictResolution } from '../../../shared/conflict-sets.ts';
import type { ExternalConflict } from '../../events/calendar.ts';
import type { CalendarEvent } from '../events.ts';
import type { CalendarStore } from '../store/store.ts';

/** Keeps an open conflict. What is in the way is named where it is an appointment; a hold's token and a foreign calendar are nobody's. */
export function openConflict(
  store: CalendarStore,
  found: ExternalConflict,
): { conflict: ExternalConflict; event: CalendarEvent } {
  const other = found.conflictingAppointmentId;
  const isAppointment = other !== null && store.appointments.find(other) !== null;
  const conflict = isAppointment ? found : { ...found, conflictingAppointmentId: null };
  store.external.saveConflict(conflict);
  return { conflict, event: { type: 'external.conflict_found', conflict } };
}

/** @param resolution null: settled by what happened afterwards */
export function settleConflict(
  store: CalendarStore,
  open: ExternalConflict,
  resolution: ConflictResolution | null,
  now: Instant,
  repeats: number | null = null,
): { conflict: ExternalConflict; event: CalendarEvent } {
  const conflict: ExternalConflict = { ...open, status: 'resolved', resolution, resolvedAt: now };
  store.external.saveConflict(conflict);
  return {
    conflict,
    event: { type: 'external.conflict_resolved', conflict, ...(repeats === null ? {} : { repeats }) },
  };
}
