/** What happened with a customer, newest first. Read by crm/, the web apps (types only) and tests. */
import { z } from 'zod';
import { APPOINTMENT_STATUSES } from '../appointment-status.ts';
import { CALL_DIRECTIONS } from '../call-status.ts';
import { CUSTOMER_NOTE_TYPES } from '../message-sets.ts';
import { TRANSACTION_TYPES } from '../money-status.ts';
import { NOTIFICATION_CHANNELS, NOTIFICATION_STATUSES } from '../notification-status.ts';
import { cents, currency, idOut, instantOut, page } from './parts.ts';

/** What was charged or given back for an appointment or a call. */
const charge = z.object({
  type: z.enum(TRANSACTION_TYPES),
  amount_cents: cents(),
  currency: currency(),
  at: instantOut(),
});
/** Null for who may not see movements. */
const charges = () => z.array(charge).nullable();

/** One of the four stands in it, by `kind`. */
export const timelineEntry = z.object({
  kind: z.enum(['appointment', 'call', 'message', 'note']),
  /** of an appointment its start, which may be ahead */
  at: instantOut(),
  appointment: z
    .object({
      id: idOut('appointment'),
      service_name: z.string().nullable(),
      staff_name: z.string().nullable(),
      branch_id: idOut('branch'),
      branch_name: z.string().nullable(),
      time_zone: z.string(),
      status: z.enum(APPOINTMENT_STATUSES),
      price_cents: cents(),
      currency: currency(),
      charges: charges(),
    })
    .nullable(),
  call: z
    .object({
      id: idOut('call'),
      direction: z.enum(CALL_DIRECTIONS),
      /** null: there is none, or the reader may not read what was said */
      summary: z.string().nullable(),
      duration_seconds: z.int().nullable(),
      appointment_id: idOut('appointment').nullable(),
      charges: charges(),
    })
    .nullable(),
  message: z
    .object({
      id: idOut('notification'),
      event_type: z.string(),
      channel: z.enum(NOTIFICATION_CHANNELS),
      status: z.enum(NOTIFICATION_STATUSES),
      subject: z.string().nullable(),
    })
    .nullable(),
  note: z
    .object({ id: idOut('customer_note'), subject: z.string(), text: z.string(), type: z.enum(CUSTOMER_NOTE_TYPES) })
    .nullable(),
});
export type TimelineEntry = z.infer<typeof timelineEntry>;

export const timelineQuery = page();
