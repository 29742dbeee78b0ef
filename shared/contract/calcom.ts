/** Event types at Cal.com made of our services. Read by workers/calendar-sync/, the admin (types) and tests. */
import { z } from 'zod';
import { EVENT_TYPE_ACTIONS, EVENT_TYPE_FAULTS, EVENT_TYPE_FIELDS } from '../integration-sets.ts';
import { externalId, idField, idOut, lineText } from './parts.ts';

export const pushEventTypesRequest = z.object({
  company_id: idField('company').optional().meta({ description: 'left out: all companies' }),
  dry_run: z.boolean().default(false).meta({ description: 'tell what would be made and changed, and write nothing' }),
  after: lineText(64)
    .optional()
    .meta({ description: '`next` of the answer before: go on behind it', 'x-external-id': true, example: 'srv_0' }),
});
export type PushEventTypesRequest = z.infer<typeof pushEventTypesRequest>;

/** One event type: of a service, or of a service by one person. */
const pushedType = z.object({
  service_id: idOut('service'),
  /** null: of everybody who does it */
  staff_id: idOut('staff').nullable(),
  /** as it is called at Cal.com */
  title: z.string(),
  action: z.enum(EVENT_TYPE_ACTIONS),
  /** what was, or would be, changed of one that is there */
  fields: z.array(z.enum(EVENT_TYPE_FIELDS)),
  /** null: there is none (yet) */
  event_type_id: externalId().nullable(),
  fault: z.enum(EVENT_TYPE_FAULTS).nullable(),
  /** Cal.com's own words */
  said: z.string().nullable(),
});
export type PushedType = z.infer<typeof pushedType>;

export const pushEventTypesResponse = z.object({
  /** nothing failed */
  success: z.boolean(),
  dry_run: z.boolean(),
  event_types_created: z.int(),
  event_types_updated: z.int(),
  /** people who were found at Cal.com by their e-mail address */
  people_matched: z.int(),
  errors: z.array(pushedType.pick({ service_id: true, staff_id: true, fault: true })),
  results: z.array(pushedType),
  /** Cal.com could not be asked any further: what is not named was not looked at, and is when it is asked for again */
  stopped: z.boolean(),
  /** a request writes a part: send this as `after` for the one behind it; null: all were looked at */
  next: externalId().nullable(),
});
export type PushEventTypesResponse = z.infer<typeof pushEventTypesResponse>;
