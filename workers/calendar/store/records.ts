/** What is kept beside an appointment and read with it. Called by the store and by the shapes of reads (types.ts). */
import type { Modification } from '../../events/calendar.ts';

export interface AppointmentRecords {
  /** newest first */
  modifications: Modification[];
}
/** Of an appointment in a list: records are read with a single one only. */
export const NO_RECORDS: AppointmentRecords = { modifications: [] };
