/** Requests for absence: somebody of the staff asks, who leads grants or refuses. */
import { z } from 'zod';
import { ABSENCE_KINDS, ABSENCE_STATUSES, MAX_ABSENCE_TEXT } from '../absence-sets.ts';
import { freeText, idField, idOut, idParam, instantOut, itemOf, wallDate, wallTime } from './parts.ts';
import { agreement, resourceQuery } from './resource-list.ts';

const asked = {
  kind: z.enum(ABSENCE_KINDS),
  from_date: wallDate(),
  to_date: wallDate().meta({ description: 'the last day; it counts, too' }),
  from_time: wallTime()
    .nullable()
    .default(null)
    .meta({ description: 'with `to_time`: part of each day; null: whole days' }),
  to_time: wallTime().nullable().default(null),
  note: freeText(MAX_ABSENCE_TEXT).nullable().default(null),
};

export const absenceRequestView = z.object({
  id: idOut('absence_request'),
  staff_id: idOut('staff'),
  kind: z.enum(ABSENCE_KINDS),
  from_date: z.string(),
  to_date: z.string(),
  from_time: z.string().nullable(),
  to_time: z.string().nullable(),
  note: z.string().nullable(),
  status: z.enum(ABSENCE_STATUSES),
  /** of who decided */
  reason: z.string().nullable(),
  /** name of who decided */
  decided_by: z.string().nullable(),
  decided_at: instantOut().nullable(),
  /** the exception that it became */
  exception_id: idOut('exception').nullable(),
  created_at: instantOut(),
  version: z.int(),
});
export type AbsenceRequestView = z.infer<typeof absenceRequestView>;

export const absenceRequestQuery = resourceQuery(['created_at'])
  .omit({ deleted: true })
  .extend({ status: z.enum(ABSENCE_STATUSES).optional(), staff_id: idParam('staff').optional() });

export const askAbsenceRequest = z.object({
  ...asked,
  staff_id: idField('staff')
    .optional()
    .meta({ description: 'left out: whoever signs in as; somebody else only with `create_exceptions`' }),
});
export type AskAbsence = z.output<typeof askAbsenceRequest>;

export const absenceParams = z.object({ id: idParam('absence_request') });
export const grantAbsenceRequest = z.object({
  reason: freeText(MAX_ABSENCE_TEXT).nullable().default(null),
  ...agreement(),
});
export const refuseAbsenceRequest = z.object({
  reason: freeText(MAX_ABSENCE_TEXT, 1).meta({ example: 'In der Woche sind schon zwei im Urlaub.' }),
});
export const absenceResponse = itemOf(absenceRequestView);
export const grantedResponse = itemOf(absenceRequestView).extend({ stranded: z.int() });
