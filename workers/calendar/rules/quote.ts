/**
 * What a quote says: made from an offered slot, read back from its text. Pure; signing is in quote-action.ts. It names every person of the
 * visit, so that taking it books exactly these; its text names each once, as an address would hold it.
 */
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { MINUTE } from '../../../shared/time.ts';
import { z } from 'zod';
import { MAX_PARTY_VISITS } from '../../../shared/calendar-limits.ts';
import type { QuotePayload, Slot, Visit } from '../rows.ts';

/** How long an offer stands, seconds: longer than a caller decides, shorter than a day's price list. */
const QUOTE_SECONDS = 900;

/** Who serves each segment of a visit, and when it begins. */
export const servedOf = ({ startsAt, segments }: Visit): Pick<QuotePayload, 'people' | 'offsets'> => ({
  people: segments.map((one) => one.staffId),
  offsets: segments.map((one) => (one.startsAt - startsAt) / MINUTE),
});

/** Nobody books the past: a quote ends with its start at the latest. */
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
    ...servedOf(slot),
    party: (slot.party ?? []).map((visit) => ({
      startsAt: visit.startsAt,
      durationMinutes: visit.durationMinutes,
      priceCents: visit.priceCents,
      resources: visit.resources,
      ...servedOf(visit),
    })),
    scheduleVersion,
    expiresAt: asInstant(Math.min(now + QUOTE_SECONDS * 1000, slot.startsAt)),
  };
}

/** The payload as it is signed: `people` by their place in `staff`. */
export function claimOf(payload: QuotePayload): Record<string, unknown> {
  const all = [payload.people, ...payload.party.map((visit) => visit.people)];
  const staff = [...new Set(all.flat().filter((id) => id !== null))];
  const places = (people: readonly (string | null)[]): number[] =>
    people.map((id) => (id === null ? -1 : staff.indexOf(id)));
  return {
    ...payload,
    staff,
    people: places(payload.people),
    party: payload.party.map((visit) => ({ ...visit, people: places(visit.people) })),
  };
}

const instant = z.int().transform((value) => asInstant(value));
const places = z.array(z.int()).default([]);
const minutes = z.array(z.int().nonnegative()).default([]);
const resources = z.array(z.object({ resourceId: z.string(), units: z.int() }));
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
  resources,
  staff: z.array(z.string()).default([]),
  people: places,
  offsets: minutes,
  party: z
    .array(
      z.object({
        startsAt: instant,
        durationMinutes: z.int().positive(),
        priceCents: z.int().nonnegative(),
        resources,
        people: places,
        offsets: minutes,
      }),
    )
    .max(MAX_PARTY_VISITS - 1)
    .default([]),
  scheduleVersion: z.int(),
  expiresAt: instant,
});

/** What a quote says, read back from its claim; null when it isn't one. */
export function readQuotePayload(claim: unknown): QuotePayload | null {
  const read = payloadSchema.safeParse(claim);
  if (!read.success) return null;
  const { staff, ...payload } = read.data;
  const named = (list: readonly number[]): (string | null)[] => list.map((place) => staff[place] ?? null);
  return {
    ...payload,
    people: named(payload.people),
    party: payload.party.map((visit) => ({ ...visit, people: named(visit.people) })),
  };
}
