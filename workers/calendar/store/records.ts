/** What is kept beside an appointment and read with it. Called by the store and by the shapes of reads (types.ts). */
import type { AppointmentNote, Modification } from '../../events/calendar.ts';

/** A note with its text; null: erased. */
export type WrittenNote = AppointmentNote & { text: string | null };

export interface AppointmentRecords {
  /** newest first */
  modifications: Modification[];
  /** newest first */
  notes: WrittenNote[];
}
/** Of an appointment in a list: records are read with a single one only. */
export const NO_RECORDS: AppointmentRecords = { modifications: [], notes: [] };
