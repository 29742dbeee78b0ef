/** Money that a reseller gives a customer from its own balance. Read by workers/tenants/transfer-routes.ts, the admin (types) and tests. */
import { z } from 'zod';
import { TRANSFER_DIRECTIONS, TRANSFER_REASONS, TRANSFER_STATES } from '../money-status.ts';
import { cents, currency, idOut, instantOut, itemOf, page } from './parts.ts';
import { resourceListOf } from './resource-list.ts';

/** The most of one transfer, minor units. */
export const MAX_TRANSFER_CENTS = 100_000_000;

export const transferView = z.object({
  id: idOut('transfer'),
  direction: z.enum(TRANSFER_DIRECTIONS),
  /** who is at the other end */
  tenant_id: idOut('tenant'),
  amount_cents: cents(),
  currency: currency(),
  state: z.enum(TRANSFER_STATES),
  /** why it came back */
  reason: z.enum(TRANSFER_REASONS).nullable(),
  sent_at: instantOut(),
  ended_at: instantOut().nullable(),
});
export type TransferView = z.infer<typeof transferView>;
export const transferResponse = itemOf(transferView);
export const transferListQuery = page();
export const transferListResponse = resourceListOf(transferView);

export const transferRequest = z.object({
  amount_cents: z
    .int()
    .min(1)
    .max(MAX_TRANSFER_CENTS)
    .meta({ description: 'of the own paid balance, net; no VAT is added', example: 5_000 }),
});
