/**
 * What is done with many appointments at once, and the list of what was changed in one. Read by workers/calendar/bulk-routes.ts, the panel's
 * list of appointments (types) and tests.
 */
import { z } from 'zod';
import { APPOINTMENT_STATUSES, MODIFICATION_TYPES, POLICY_CHECKS } from '../appointment-status.ts';
import { freeText, idField, idOut, instantOut, page } from './parts.ts';
import { chosenItems, chosenRequest, resourceListOf } from './resource-list.ts';

const MAX_REASON = 500;
/** A year there and back; a day is moved inside itself. */
const MAX_DAYS = 366;
const MAX_MINUTES = 1_440;

const words = {
  reason: freeText(MAX_REASON).optional(),
  notify_customer: z.boolean().optional().meta({ description: 'true where it is not said' }),
  confirm: z.boolean().optional().meta({ description: 'also where the policy asks for a second yes' }),
};

export const confirmChosenRequest = chosenRequest('appointment');
export const cancelChosenRequest = z.object({ items: chosenItems('appointment'), ...words });
export const moveChosenRequest = z
  .object({
    items: chosenItems('appointment'),
    days: z
      .int()
      .min(-MAX_DAYS)
      .max(MAX_DAYS)
      .optional()
      .meta({ description: 'by so many days, at the same time of the branch’s clock' }),
    minutes: z.int().min(-MAX_MINUTES).max(MAX_MINUTES).optional().meta({ description: 'and by so many minutes' }),
    staff_id: idField('staff').optional().meta({ description: 'to this person' }),
    ...words,
  })
  .refine(({ days = 0, minutes = 0, staff_id }) => days !== 0 || minutes !== 0 || staff_id !== undefined, {
    path: ['days'],
    message: 'days, minutes or staff_id',
  });
export const deleteChosenRequest = chosenRequest('appointment');
export const undoChosenRequest = chosenRequest('appointment');

export const modificationView = z.object({
  id: idOut('modification'),
  type: z.enum(MODIFICATION_TYPES),
  at: instantOut(),
  /** who: a person of the business, a key, the phone, the customer, Cal.com or the system */
  actor_kind: z.string(),
  /** null: no person of this business */
  actor_name: z.string().nullable(),
  old_starts_at: instantOut().nullable(),
  new_starts_at: instantOut().nullable(),
  old_staff_name: z.string().nullable(),
  new_staff_name: z.string().nullable(),
  old_status: z.enum(APPOINTMENT_STATUSES),
  new_status: z.enum(APPOINTMENT_STATUSES),
  policy_check: z.enum(POLICY_CHECKS),
  fee_cents: z.int(),
  /** null: none was said, or it is erased */
  reason: z.string().nullable(),
});
export type ModificationView = z.infer<typeof modificationView>;
/** Newest first. */
export const modificationListQuery = page();
export const modificationListResponse = resourceListOf(modificationView);
