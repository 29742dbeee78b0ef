/** Availability, offered slots and holds. Read by workers/calendar/availability-routes.ts, the admin's move dialog (types) and tests. */
import { z } from 'zod';
import { AVAILABILITY_REASONS, SEGMENT_KINDS, SLOT_PREFERENCES } from '../appointment-status.ts';
import {
  MAX_HOLD_SECONDS,
  MAX_HOLDS_PER_KEY,
  MAX_HOLDS_PER_OWNER,
  MAX_PARTY_SIZE,
  MAX_PARTY_VISITS,
  MAX_QUERY_DAYS,
  MAX_SERVICES_PER_BOOKING,
  MAX_SLOTS,
} from '../calendar-limits.ts';
import { quoteField } from './appointments.ts';
import { doneBody, idField, idParam, idOut, instantOut, wallDate, wallTime } from './parts.ts';

const minutes = () => z.int().min(1).max(1_440);

const asked = z.object({
  date: wallDate().meta({ description: 'day of the branch', example: '2026-11-24' }),
  time: wallTime().optional().meta({ description: 'an exact time; `available` then refers to it alone' }),
  days: z.int().min(1).max(MAX_QUERY_DAYS).optional().meta({ description: 'days to look at from `date` on (1)' }),
  staff_id: idField('staff').optional(),
  branch_id: idField('branch').optional(),
  party_size: z
    .int()
    .min(1)
    .max(MAX_PARTY_SIZE)
    .optional()
    .meta({
      description: `people: places of a group service, else visits of their own, at most ${MAX_PARTY_VISITS}`,
    }),
  preference: z.enum(SLOT_PREFERENCES).optional(),
  limit: z.int().min(1).max(MAX_SLOTS).optional(),
});

const partyVisitView = z.object({
  start: wallTime(),
  end: wallTime(),
  starts_at: instantOut(),
  ends_at: instantOut(),
  staff_id: idOut('staff'),
  staff_name: z.string(),
  price_cents: z.int(),
});
export type PartyVisitView = z.infer<typeof partyVisitView>;

export const slotView = z.object({
  start: wallTime(),
  end: wallTime(),
  date: z.string().meta({ format: 'date', example: '2026-11-24' }),
  starts_at: instantOut(),
  ends_at: instantOut(),
  staff_id: idOut('staff'),
  staff_name: z.string(),
  branch_id: idOut('branch'),
  price_cents: z.int(),
  currency: z.string(),
  party: z.array(partyVisitView).optional().meta({
    description:
      'a party whose people share no slot: the visit of each, at the same time or one after the other; `price_cents` is what all cost',
  }),
  quote: z
    .string()
    .meta({ description: 'signed: this slot at this price can be held or booked until it expires or is taken' }),
});
export type SlotView = z.infer<typeof slotView>;

const found = z.object({
  success: z.literal(true),
  available: z.boolean(),
  reason: z.enum(AVAILABILITY_REASONS),
  branch_id: idOut('branch').nullable(),
  time_zone: z.string(),
  next_available_slots: z.array(slotView),
});

// ---------------------------------------------------------------- one service

export const simpleAvailabilityRequest = asked.extend({
  service_id: idField('service'),
  duration_minutes: minutes().optional(),
});
export type SimpleAvailabilityRequest = z.input<typeof simpleAvailabilityRequest>;
export const simpleAvailabilityResponse = found.extend({ slots: z.array(slotView) });
export type SimpleAvailabilityResponse = z.infer<typeof simpleAvailabilityResponse>;

// ---------------------------------------------------------------- several services, or a composite one

export const compositeAvailabilityRequest = asked.extend({
  services: z
    .array(z.object({ service_id: idField('service'), duration: minutes().optional() }))
    .min(1)
    .max(MAX_SERVICES_PER_BOOKING),
});
export const compositeAvailabilityResponse = found.extend({
  total_duration: z.int(),
  slots: z.array(
    slotView.extend({
      segments: z.array(
        z.object({
          service_id: idOut('service').nullable(),
          kind: z.enum(SEGMENT_KINDS),
          start: wallTime(),
          end: wallTime(),
          staff_id: idOut('staff').nullable(),
        }),
      ),
    }),
  ),
});

// ---------------------------------------------------------------- holds

export const holdRequest = z.object({
  quote: quoteField(),
  ttl_seconds: z.int().min(1).max(MAX_HOLD_SECONDS).optional(),
  visitor: z
    .string()
    .trim()
    .min(1)
    .max(128)
    .optional()
    .meta({
      description: `API keys: whom the slot is kept for, in a word of yours. Each visitor may hold ${MAX_HOLDS_PER_OWNER} slots at once, a key ${MAX_HOLDS_PER_KEY} in all; without it the key itself ${MAX_HOLDS_PER_OWNER}. Only a hash is kept`,
    }),
});
export const holdResponse = z.object({
  success: z.literal(true),
  lock_token: idOut('hold'),
  lock_expires_at: instantOut(),
});
export const holdParams = z.object({ lock_token: idParam('hold') });
export const releaseHoldResponse = doneBody;
