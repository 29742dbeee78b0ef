/** Erasing a customer over REST: the request, where it stands, its withdrawal. Read by crm/, the web apps (types only) and tests. */
import { z } from 'zod';
import { ERASURE_REASONS, ERASURE_STATES } from '../erasure-status.ts';
import { idOut, idParam, instantOut, itemOf } from './parts.ts';
import { resourceQuery } from './resource-list.ts';

export const erasureParams = z.object({ id: idParam('customer') });

export const erasureRequest = z.object({
  reason: z.enum(ERASURE_REASONS).optional().meta({
    description: 'why it must not wait: then it runs at once and can’t be withdrawn; without one it runs in 30 days',
  }),
});

export const erasureView = z.object({
  id: idOut('customer').meta({ description: 'the customer’s id' }),
  state: z.enum(ERASURE_STATES),
  reason: z.enum(ERASURE_REASONS).nullable(),
  requested_at: instantOut(),
  due_at: instantOut().meta({ description: 'from when on it runs' }),
  can_be_withdrawn: z.boolean(),
  erased_at: instantOut().nullable(),
  counts: z.record(z.string(), z.int()).meta({ description: 'what was erased, by place' }),
  left_at_calcom: z.array(z.string()).meta({
    description: 'bookings at Cal.com that can only be deleted there, by a person: links',
    'x-external-id': true,
  }),
  closed_at: instantOut().nullable().meta({ description: 'when somebody said that those are gone, too' }),
});
export type ErasureView = z.infer<typeof erasureView>;

export const erasureListQuery = resourceQuery(['requested_at'])
  .omit({ deleted: true })
  .extend({ state: z.enum(ERASURE_STATES).optional() });

export const erasureResponse = itemOf(erasureView);
