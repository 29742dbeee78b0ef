/** What a quote says: made from an offered slot, read back from its text. Pure; signing is in quote-action.ts. */
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { z } from 'zod';
import type { QuotePayload, Slot } from '../rows.ts';

/** How long an offer stands, seconds: longer than a caller decides, shorter than a day's price list. */
const QUOTE_SECONDS = 900;

export function quotePayloadOf(tenantId: string, slot: Slot, scheduleVersion: number, now: Instant): QuotePayload {
  return {
    v: 1,
    tenantId,
    serviceIds: [slot.serviceId, ...slot.moreServiceIds],
    branchId: slot.branchId,
    staffId: slot.staffId,
    startsAt: slot.startsAt,
    durationMinutes: slot.durationMinutes,
    customMinutes: slot.customMinutes,
    partySize: slot.partySize,
    priceCents: slot.priceCents,
    currency: slot.currency,
    resources: slot.resources,
    scheduleVersion,
    expiresAt: asInstant(now + QUOTE_SECONDS * 1000),
  };
}

const instant = z.int().transform((value) => asInstant(value));
const payloadSchema = z.object({
  v: z.literal(1),
  tenantId: z.string(),
  serviceIds: z.array(z.string()).min(1),
  branchId: z.string(),
  staffId: z.string(),
  startsAt: instant,
  durationMinutes: z.int().positive(),
  customMinutes: z.int().positive().nullable().default(null),
  partySize: z.int().positive(),
  priceCents: z.int().nonnegative(),
  currency: z.string(),
  resources: z.array(z.object({ resourceId: z.string(), units: z.int() })),
  scheduleVersion: z.int(),
  expiresAt: instant,
});

/** What a quote says, read back from its claim; null when it isn't one. */
export function readQuotePayload(claim: unknown): QuotePayload | null {
  const read = payloadSchema.safeParse(claim);
  return read.success ? read.data : null;
}
