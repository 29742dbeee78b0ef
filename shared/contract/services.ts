/** Services: what can be booked, by whom, for how long and at what price. */
import { z } from 'zod';
import { SEGMENT_KINDS } from '../appointment-status.ts';
import { MAX_APPOINTMENT_MINUTES, MAX_DAYS_AHEAD, MAX_PARTY_SIZE, MAX_SEGMENTS } from '../calendar-limits.ts';
import {
  activeFilter,
  colour,
  masterData,
  minutes,
  names,
  priceCents,
  requirement,
  nameSearch,
} from './master-data.ts';
import { idField, idParam, lineText } from './parts.ts';

/**
 * A part of a composite service. `active`: its staff is busy; `passive`: staff is free, the segment's and the service's resources stay
 * taken and the customer stays on the premises. Gap: waiting allowed before this segment (ignored on the first).
 */
export const serviceSegment = z.object({
  id: lineText(128).min(1),
  kind: z.enum(SEGMENT_KINDS),
  duration_minutes: z.int().min(1).max(MAX_APPOINTMENT_MINUTES),
  /** the service this segment is, for names and reports; its duration and staff are NOT taken from there */
  service_id: idField('service').nullable().default(null),
  name: names().nullable().default(null),
  /** empty: everybody who can do the whole service */
  staff_ids: z.array(idField('staff')).max(200).default([]),
  resources: z.array(requirement()).max(4).default([]),
  gap_min_minutes: minutes().default(0),
  gap_max_minutes: minutes().default(0),
});

export const serviceBody = z.object({
  name: names(),
  category: lineText(80).nullable().default(null),
  /** speech: "Haarschnitt", "Schneiden", "Cut" */
  aliases: z.array(lineText(80).min(1)).max(40).default([]),
  /** ignored (computed) when there are segments */
  duration_minutes: z.int().min(1).max(MAX_APPOINTMENT_MINUTES).meta({ example: 60 }),
  buffer_before_minutes: minutes(480).default(0),
  buffer_after_minutes: minutes(480).default(0),
  price_cents: priceCents().meta({ example: 4_500 }),
  price_known: z
    .boolean()
    .default(true)
    .meta({ description: 'false: nobody has confirmed the price, callers are not told one' }),
  currency: z
    .string()
    .length(3)
    .regex(/^[A-Z]+$/)
    .meta({ example: 'EUR' }),
  deposit_cents: priceCents().default(0),
  /** group service: people per slot with one staff member */
  max_per_slot: z.int().min(1).max(MAX_PARTY_SIZE).default(1),
  colour: colour(),
  active: z.boolean().default(true),
  online_bookable: z.boolean().default(true),
  /** pending until confirmed by a person */
  needs_confirmation: z.boolean().default(false),
  min_notice_minutes: z.int().min(0).max(525_600).default(0),
  max_days_ahead: z.int().min(0).max(MAX_DAYS_AHEAD).default(180),
  slot_step_minutes: z.int().min(1).max(720).default(15),
  /** empty: every branch of the company */
  branch_ids: z.array(idField('branch')).max(50).default([]),
  /** where it takes longer or costs something else; a person's own length and price win over these */
  branch_overrides: z
    .array(
      z.object({
        branch_id: idField('branch'),
        duration_minutes: z
          .int()
          .min(1)
          .max(MAX_APPOINTMENT_MINUTES)
          .nullable()
          .default(null)
          .meta({ description: 'null: as the service; a composite service has the lengths of its segments' }),
        price_cents: priceCents().nullable().default(null),
      }),
    )
    .max(50)
    .default([]),
  /** who can do it; the order is the order of preference between equals. Empty: none yet (`not_configured`) */
  staff: z
    .array(
      z.object({
        staff_id: idField('staff'),
        duration_minutes: z.int().min(1).max(MAX_APPOINTMENT_MINUTES).nullable().default(null),
        price_cents: priceCents().nullable().default(null),
        calcom_event_type_id: lineText(64).nullable().default(null).meta({
          'x-external-id': true,
          description:
            'event type at Cal.com of this service by this person alone; without one the type of the service',
        }),
      }),
    )
    .max(200),
  /** taken from start to end, the same resource throughout */
  resources: z.array(requirement()).max(4).default([]),
  /** composite when not empty */
  segments: z.array(serviceSegment).max(MAX_SEGMENTS).default([]),
  same_staff: z.boolean().default(true),
  calcom_event_type_id: lineText(64).nullable().default(null).meta({ 'x-external-id': true }),
  /** practice mode: said and written outside instead of the name */
  neutral_name: names().nullable().default(null),
});

export const services = masterData('service', serviceBody, {
  sorts: ['id', 'name', 'updated_at'],
  filters: {
    q: nameSearch(),
    active: activeFilter(),
    branch_id: idParam('branch').optional(),
    staff_id: idParam('staff').optional(),
    resource_id: idParam('resource').optional(),
  },
});
export type ServiceView = z.infer<typeof services.view>;
