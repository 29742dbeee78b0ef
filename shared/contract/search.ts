/** What the palette finds: a few of each kind that the caller may see. Read by workers/search/, the panel (types) and tests. */
import { z } from 'zod';
import { APPOINTMENT_STATUSES } from '../appointment-status.ts';
import { idOut, instantOut, itemOf } from './parts.ts';

/** Longest text that is searched for. */
const MAX_SEARCH = 120;
/** Hits of one kind. */
export const MAX_HITS = 6;

export const searchQuery = z.object({
  q: z.string().trim().min(1).max(MAX_SEARCH).meta({
    example: 'Erika',
    description: 'beginnings of words of a name, an e-mail address, or a number in any spelling; as the lists find',
  }),
});

const named = (noun: string) => z.object({ id: idOut(noun), name: z.string() });
const person = z.object({ id: idOut('customer'), name: z.string().nullable() });

export const searchView = z.object({
  customers: z.array(
    person.extend({ phone: z.string().nullable().meta({ description: 'primary number, E.164; null: none' }) }),
  ),
  /** of the customers that are found: what is ahead first, then the latest of the last 30 days */
  appointments: z.array(
    z.object({
      id: idOut('appointment'),
      starts_at: instantOut(),
      time_zone: z.string(),
      branch_id: idOut('branch'),
      status: z.enum(APPOINTMENT_STATUSES),
      customer: person,
      service_name: z.string(),
      staff_name: z.string(),
    }),
  ),
  /** of the customers that are found or from numbers that begin so, the latest first */
  calls: z.array(
    z.object({
      id: idOut('call'),
      started_at: instantOut(),
      from_masked: z.string().nullable(),
      customer: person.nullable(),
    }),
  ),
  staff: z.array(named('staff')),
  services: z.array(named('service')),
  branches: z.array(named('branch')),
  companies: z.array(named('company')),
  /** of the operator all, of a reseller its own */
  tenants: z.array(named('tenant')),
});
export type SearchView = z.infer<typeof searchView>;
export const searchResponse = itemOf(searchView);
export type SearchResponse = z.infer<typeof searchResponse>;
