/** Staff write a note on an appointment, for the whole team or for its management. The appointment itself stays as it is. */
import { err, ok } from '../../../shared/result.ts';
import type { AppointmentNote } from '../../events/calendar.ts';
import { envelope } from '../events.ts';
import { type ActorRef, MAX_NOTES } from '../types.ts';
import { calendarCommand, type Keyed } from './command.ts';

/** Notes of one appointment: they are all shown with it, and all of them are erased in one step. */
export const MAX_NOTES_OF_APPOINTMENT = 50;

export interface AddAppointmentNote extends Keyed {
  actor: ActorRef;
  appointmentId: string;
  noteId: string;
  visibility: AppointmentNote['visibility'];
  /** up to 2,000 characters; null only when a restore repeats a note whose text was erased */
  text: string | null;
}

/** Refusals: NOT_FOUND (`appointment`), VALIDATION_ERROR (no text, or too long), LIMIT_REACHED (`appointment_notes`). */
export const addAppointmentNote = calendarCommand<AddAppointmentNote, { note: AppointmentNote }>({
  name: 'addAppointmentNote',
  made: ['noteId'],
  unrecorded: ['text'],
  decide(store, { actor, appointmentId, noteId, visibility, text }, now) {
    const appointment = store.appointments.find(appointmentId);
    if (!appointment) return err({ code: 'NOT_FOUND', entity: 'appointment' });
    if (text !== null && (text.trim() === '' || text.length > MAX_NOTES))
      return err({ code: 'VALIDATION_ERROR', errors: { text: [`1 to ${MAX_NOTES} characters`] } });
    if (store.notes.of(appointmentId, MAX_NOTES_OF_APPOINTMENT).length === MAX_NOTES_OF_APPOINTMENT)
      return err({ code: 'LIMIT_REACHED', limit: 'appointment_notes', max: MAX_NOTES_OF_APPOINTMENT });
    const note: AppointmentNote = { id: noteId, appointmentId, visibility, author: actor, at: now };
    store.notes.add(note, text);
    return ok({ value: { note }, events: [envelope({ type: 'appointment.note_added', appointment, note })] });
  },
  needs: (command) => ({ textsOf: { note: [String(command['noteId'])] } }),
  restore: (command, { textsOf }) => ({ ...command, text: textsOf.note.get(String(command['noteId'])) ?? null }),
});
