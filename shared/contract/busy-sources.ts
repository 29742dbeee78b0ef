/** Imported calendars of a person over REST. Read by calendar/absences/, the web apps (types only) and tests. */
import { z } from 'zod';
import { idOut, idParam, instantOut, itemOf } from './parts.ts';

export const busySourceView = z.object({
  id: idOut('busy_source'),
  staff_id: idOut('staff'),
  import_id: idOut('import'),
  /** what the calendar is called; null: nobody knows any more */
  name: z.string().nullable(),
  times: z.int(),
  /** the end of the last of them */
  until: instantOut().nullable(),
  imported_at: instantOut(),
});
export type BusySourceView = z.infer<typeof busySourceView>;

export const busySourcesParams = z.object({ id: idParam('staff') });
export const busySourceParams = z.object({ id: idParam('staff'), source_id: idParam('busy_source') });
/** All there are: a person has a few. */
export const busySourcesResponse = z.object({ success: z.literal(true), data: z.array(busySourceView) });
export const busySourceGoneResponse = itemOf(
  z.object({ id: idOut('busy_source'), times: z.int().meta({ description: 'times that are free again' }) }),
);
