/** Conflicts with Cal.com: how they are listed, shown and settled. Read by workers/calendar/, the admin (types) and tests. */
import { z } from 'zod';
import { APPOINTMENT_STATUSES } from '../appointment-status.ts';
import { CONFLICT_KINDS, CONFLICT_REASONS, CONFLICT_RESOLUTIONS, CONFLICT_STATUSES } from '../conflict-sets.ts';
import { externalId, idOut, idParam, instantOut, itemOf } from './parts.ts';
import { resourceQuery } from './resource-list.ts';

/** One side of a conflict: when, by whom and what, as far as it is known. */
const side = z.object({
  starts_at: instantOut(),
  ends_at: instantOut(),
  staff_id: idOut('staff').nullable(),
  staff_name: z.string().nullable(),
  service_id: idOut('service').nullable(),
  service_name: z.string().nullable(),
});

/** The same of an appointment here. */
const appointmentSide = side.extend({
  id: idOut('appointment'),
  branch_id: idOut('branch'),
  status: z.enum(APPOINTMENT_STATUSES),
});

export const conflictView = z.object({
  id: idOut('conflict'),
  kind: z.enum(CONFLICT_KINDS),
  reason: z.enum(CONFLICT_REASONS),
  status: z.enum(CONFLICT_STATUSES),
  /** what may be chosen now */
  resolutions: z.array(z.enum(CONFLICT_RESOLUTIONS)),
  /** what a person chose; null: open, or settled by what happened afterwards */
  resolution: z.enum(CONFLICT_RESOLUTIONS).nullable(),
  customer_id: idOut('customer').nullable(),
  customer_name: z.string().nullable(),
  /** as it stands at Cal.com; null: there is no booking of it */
  theirs: side.nullable(),
  /** the appointment here that it is about; null: there is none */
  ours: appointmentSide.nullable(),
  /** the appointment here that is in the way */
  in_the_way: appointmentSide.nullable(),
  time_zone: z.string(),
  calcom_booking_id: externalId().nullable(),
  calcom_event_type_id: externalId().nullable(),
  calcom_user_id: externalId().nullable(),
  created_at: instantOut(),
  resolved_at: instantOut().nullable(),
});
export type ConflictView = z.infer<typeof conflictView>;
export type ConflictSide = z.infer<typeof side>;
export type ConflictAppointment = z.infer<typeof appointmentSide>;

export const conflictQuery = resourceQuery(['created_at'])
  .omit({ deleted: true })
  .extend({
    status: z.enum(CONFLICT_STATUSES).optional(),
    kind: z.enum(CONFLICT_KINDS).optional(),
  });
export const conflictParams = z.object({ id: idParam('conflict') });

export const resolveConflictRequest = z.object({
  resolution: z.enum(CONFLICT_RESOLUTIONS).meta({
    description:
      '`keep_ours`: Cal.com is made to follow (its booking is moved, made again or cancelled); `take_theirs`: our calendar follows; `dismiss`: nothing is changed',
  }),
});
export const conflictResponse = itemOf(conflictView);
export type ResolveConflictRequest = z.input<typeof resolveConflictRequest>;
export type ConflictResponse = z.infer<typeof conflictResponse>;
