/** Customers over REST: what is shown, what may be written, how the list is asked. Read by crm/, the web apps (types only) and tests. */
import { APPOINTMENT_SOURCES, type AppointmentSource } from '../appointment-status.ts';
import { z } from 'zod';
import { LANGUAGES } from '../i18n/language.ts';
import { freeText, idField, idParam, idOut, instantOut, personName } from './parts.ts';
import { isPlaceholderEmail } from '../placeholder-email.ts';
import { resourceQuery } from './resource-list.ts';

/** Where a customer stands with the business, from the first call on. */
export const JOURNEY_STATUSES = ['lead', 'prospect', 'customer', 'regular', 'vip', 'at_risk', 'churned'] as const;
export type JourneyStatus = (typeof JOURNEY_STATUSES)[number];

/** Where a customer came from: the channels that appointments come through. `test`: the caller of a test call, whom no list shows. */
export const CUSTOMER_SOURCES = [...APPOINTMENT_SOURCES, 'test'] as const;
export type CustomerSource = AppointmentSource | 'test';

/** After how many months without an appointment and a call a customer may be asked for; 36 is when one should be erased. */
export const UNUSED_MONTHS = ['12', '24', '36', '48', '60'] as const;

export const CUSTOMER_SORTS = ['created_at', 'name', 'last_activity_at'] as const;

const MAX_NAME = 120;
const MAX_NOTES = 2_000;
const MAX_PHONES = 5;
const MAX_TAGS = 20;
const MAX_EMAIL = 254;
const MAX_SEARCH = 120;

/** A customer as every answer shows one. */
export const customer = z.object({
  id: idOut('customer'),
  name: z.string().nullable(),
  first_name: z.string().nullable(),
  last_name: z.string().nullable(),
  email: z.string().nullable(),
  phones: z.array(z.object({ e164: z.string(), extension: z.string(), primary: z.boolean() })),
  language: z.string().nullable(),
  is_vip: z.boolean(),
  journey_status: z.enum(JOURNEY_STATUSES),
  source: z.string(),
  notes: z.string().nullable(),
  /** by name */
  tags: z.array(z.object({ id: idOut('tag'), name: z.string() })),
  last_activity_at: instantOut().nullable(),
  created_at: instantOut(),
  version: z.int(),
  /** removed 30 days later, until then it can be restored */
  deleted_at: instantOut().nullable(),
  /** deleted for good, and kept because appointments or movements refer to it */
  archived_at: instantOut().nullable(),
  /** somebody asked that the person be erased: nothing of them is shown any more (shared/contract/erasures.ts) */
  deletion_requested_at: instantOut().nullable(),
  erased_at: instantOut().nullable(),
});
export type Customer = z.infer<typeof customer>;

const name = () => personName(MAX_NAME).min(1).nullable();

/** What a client may set; everything else of the row is the system's. */
export const customerFields = z.object({
  first_name: name().optional().meta({ example: 'Anna' }),
  last_name: name().optional().meta({ example: 'Müller' }),
  email: z
    .email()
    .max(MAX_EMAIL)
    .refine((address) => !isPlaceholderEmail(address))
    .nullable()
    .optional()
    .meta({ example: 'anna@example.test' }),
  phones: z
    .array(z.string().min(3).max(60))
    .max(MAX_PHONES)
    .optional()
    .meta({ description: 'in any spelling; the first is the primary one', example: ['+4915112345678'] }),
  language: z.enum(LANGUAGES).nullable().optional(),
  is_vip: z.boolean().optional(),
  notes: freeText(MAX_NOTES).nullable().optional(),
  tag_ids: z.array(idField('tag')).max(MAX_TAGS).optional().meta({ description: 'instead of all tags there are' }),
});
export type CustomerFields = z.infer<typeof customerFields>;

/** Query of the list and of the export. */
export const customerQuery = resourceQuery(CUSTOMER_SORTS).extend({
  q: z.string().min(1).max(MAX_SEARCH).optional().meta({
    description:
      'phone number in any spelling, beginning of an e-mail address, or words of the name, each by its beginning',
  }),
  phone: z.string().min(3).max(60).optional().meta({ description: 'in any spelling' }),
  email: z.string().max(MAX_EMAIL).optional(),
  is_vip: z.enum(['true', 'false']).optional(),
  journey_status: z.enum(JOURNEY_STATUSES).optional(),
  tag: idParam('tag').optional(),
  unused_months: z.enum(UNUSED_MONTHS).optional().meta({
    description:
      'nobody called, came or is to come for so long, and nothing was agreed to; shortest with sort=last_activity_at',
  }),
});
