/** The activity log: who did what to which record. Read by workers/identity/, the admin (types) and tests. */
import { z } from 'zod';
import { fromIso } from '../time.ts';
import { externalId, idOut, instantOut, page } from './parts.ts';

/** Values of fields by name; secrets were blanked before they were stored. */
const values = () => z.record(z.string(), z.unknown());

export const activityView = z.object({
  id: idOut('audit'),
  log: z.string().meta({ description: 'area of the product', example: 'identity' }),
  event: z.string().meta({ description: 'what happened, past tense', example: 'api_key.created' }),
  subject_type: z.string().meta({ example: 'api_key' }),
  subject_id: externalId(),
  causer_type: z.string().meta({ description: '`user`, `api_key`, `customer`, `system` …' }),
  causer_id: externalId(),
  /** null: not a person of this business, or gone */
  causer_name: z.string().nullable(),
  /** who of the operator did it in the causer's name, in a session of the support; null: nobody */
  impersonator_id: externalId().nullable(),
  impersonator_name: z.string().nullable(),
  fields: z.array(z.string()).meta({ description: 'names of the changed fields' }),
  /** of what an object decided: times, states, prices, ids */
  changes: z.record(z.string(), z.tuple([z.unknown(), z.unknown()])).nullable(),
  request_id: externalId().nullable(),
  created_at: instantOut(),
});
export type ActivityView = z.infer<typeof activityView>;

/** Values may be personal: they stand with one entry only, and are null where retention or an erasure has emptied them. */
export const activityDetailView = activityView.extend({
  before: values().nullable(),
  after: values().nullable(),
  ip: z.string().nullable(),
});
export type ActivityDetailView = z.infer<typeof activityDetailView>;

const word = () => z.string().min(1).max(60).optional();
const id = () => z.string().min(1).max(128).optional().meta({ 'x-external-id': true });
const instant = (description: string) =>
  z
    .string()
    .max(40)
    .refine((text) => fromIso(text) !== null, { error: 'ISO 8601' })
    .optional()
    .meta({ format: 'date-time', example: '2026-11-24T09:00:00Z', description });

/** Newest first. */
export const activityListQuery = page().extend({
  log: word(),
  event: word(),
  subject_type: word(),
  subject_id: id(),
  causer_type: word(),
  causer_id: id(),
  impersonator_id: id(),
  since: instant('inclusive'),
  until: instant('exclusive'),
});
