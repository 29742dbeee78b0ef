/**
 * Cal.com API v2 as we use it: bookings created, moved, cancelled, confirmed, looked up. Called by calendar-sync jobs.
 * There is no idempotency key on create: after an ambiguous fault `findBookingByMetadata` looks before anyone retries.
 */
import { z } from 'zod';
import { asInstant, type Instant } from '../../shared/clock.ts';
import { err, ok } from '../../shared/result.ts';
import { isPlaceholderEmail } from '../../shared/placeholder-email.ts';
import { callerName, visibleLine } from '../../shared/visible-text.ts';
import { DAY } from '../../shared/time.ts';
import { callVendor, readAnswer, type VendorOptions, type VendorRequest, type VendorResult } from './vendor-call.ts';

/**
 * Sent beside each bookings call. A missing or wrong version does not fail but silently changes the shapes,
 * so it is never a default of a shared client. Both bookings reads and writes were verified against this one.
 */
const BOOKINGS_VERSION = '2024-08-13';
const BOOKINGS_LIST_VERSION = '2024-08-13';
export const EVENT_TYPES_VERSION = '2024-06-14';

/** Cal.com's limits on metadata. */
const MAX_METADATA_KEYS = 50;
const MAX_METADATA_KEY_CHARS = 40;
const MAX_METADATA_VALUE_CHARS = 500;
/** Largest page Cal.com serves. */
const MAX_BOOKINGS_PAGE = 250;
/** Pages read while looking for one booking around its start: 500 bookings of one event type within a day. */
const MAX_LOOKUP_PAGES = 5;
const LOOKUP_PAGE = 100;
const MINUTE_MS = 60_000;

export interface CalcomConfig extends VendorOptions {
  readonly apiKey: string;
}

type CalcomBookingStatus = 'accepted' | 'pending' | 'cancelled' | 'rejected';

interface CalcomAttendee {
  /** null when it holds nothing that a name may hold. */
  readonly name: string | null;
  /** null for the placeholder of a phone booking. */
  readonly email: string | null;
  readonly phoneNumber: string | null;
  readonly timeZone: string | null;
  readonly language: string | null;
}

export interface CalcomBooking {
  readonly id: string;
  readonly uid: string;
  readonly status: CalcomBookingStatus;
  readonly startsAt: Instant;
  readonly endsAt: Instant;
  readonly eventTypeId: string | null;
  readonly hostIds: readonly string[];
  readonly attendees: readonly CalcomAttendee[];
  readonly metadata: Readonly<Record<string, string>>;
  readonly rescheduledFromUid: string | null;
  /** Set on the old booking once it was moved: its successor. */
  readonly rescheduledToUid: string | null;
  readonly cancellationReason: string | null;
  readonly updatedAt: Instant | null;
}

interface CreateBookingInput {
  readonly eventTypeId: string;
  readonly startsAt: Instant;
  readonly attendee: {
    readonly name: string;
    readonly timeZone: string;
    readonly email?: string;
    /** E.164; needed when there is no e-mail. */
    readonly phoneNumber?: string;
    readonly language?: string;
  };
  /** Must hold what `findBookingByMetadata` looks for: our appointment id. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly lengthInMinutes?: number;
  readonly notes?: string;
}

/**
 * Books at Cal.com.
 * Faults: status 400 with "not available" when the slot is taken there; ambiguous ones → look first.
 */
export async function createBooking(
  config: CalcomConfig,
  input: CreateBookingInput,
): Promise<VendorResult<CalcomBooking>> {
  assertMetadata(input.metadata);
  return booking(config, {
    ...post(config, '/v2/bookings', BOOKINGS_VERSION, {
      start: new Date(input.startsAt).toISOString(),
      eventTypeId: Number(input.eventTypeId),
      attendee: input.attendee,
      metadata: input.metadata,
      ...(input.lengthInMinutes === undefined ? {} : { lengthInMinutes: input.lengthInMinutes }),
      ...(input.notes === undefined ? {} : { bookingFieldsResponses: { notes: input.notes } }),
    }),
  });
}

/** The look before a retry: the live booking of this event type around `startsAt` whose metadata has `key` = `value`; null = none. */
export async function findBookingByMetadata(
  config: CalcomConfig,
  look: { readonly key: string; readonly value: string; readonly eventTypeId: string; readonly startsAt: Instant },
): Promise<VendorResult<CalcomBooking | null>> {
  for (let page = 0; page < MAX_LOOKUP_PAGES; page++) {
    const found = await listBookings(config, {
      eventTypeIds: [look.eventTypeId],
      afterStart: asInstant(look.startsAt - MINUTE_MS),
      beforeEnd: asInstant(look.startsAt + DAY),
      take: LOOKUP_PAGE,
      skip: page * LOOKUP_PAGE,
    });
    if (!found.ok) return found;
    const match = found.value.bookings.find(
      (one) => one.metadata[look.key] === look.value && (one.status === 'accepted' || one.status === 'pending'),
    );
    if (match) return ok(match);
    if (!found.value.hasNextPage) return ok(null);
  }
  // Not having read everything is not "none": the caller must not book a second time on it.
  return err({
    kind: 'invalid_response',
    retryable: true,
    ambiguous: true,
    body: 'too many bookings around the start to look through',
  });
}

/** Moves a booking: Cal.com answers a NEW uid, with `rescheduledFromUid` = the old one. 400 when it was cancelled or moved already. */
export const rescheduleBooking = (
  config: CalcomConfig,
  input: {
    readonly uid: string;
    readonly startsAt: Instant;
    readonly reason?: string;
    readonly rescheduledBy?: string;
  },
): Promise<VendorResult<CalcomBooking>> =>
  booking(
    config,
    post(config, `/v2/bookings/${encodeURIComponent(input.uid)}/reschedule`, BOOKINGS_VERSION, {
      start: new Date(input.startsAt).toISOString(),
      ...(input.reason === undefined ? {} : { reschedulingReason: input.reason }),
      ...(input.rescheduledBy === undefined ? {} : { rescheduledBy: input.rescheduledBy }),
    }),
  );

/** Cancels a booking; 400 when it is cancelled already (then `getBooking` says so). */
export const cancelBooking = (
  config: CalcomConfig,
  input: { readonly uid: string; readonly reason: string },
): Promise<VendorResult<CalcomBooking>> =>
  booking(
    config,
    post(config, `/v2/bookings/${encodeURIComponent(input.uid)}/cancel`, BOOKINGS_VERSION, {
      cancellationReason: input.reason,
    }),
  );

/** Accepts a pending booking. */
export const confirmBooking = (config: CalcomConfig, uid: string): Promise<VendorResult<CalcomBooking>> =>
  booking(config, post(config, `/v2/bookings/${encodeURIComponent(uid)}/confirm`, BOOKINGS_VERSION, {}));

/**
 * Gives a round robin booking to another of its hosts; 400 where the type has no such host or they are not free. Answers the booking's uid:
 * a managed type makes a new one.
 */
export async function reassignBooking(
  config: CalcomConfig,
  input: { readonly uid: string; readonly hostId: string },
): Promise<VendorResult<string>> {
  const path = `/v2/bookings/${encodeURIComponent(input.uid)}/reassign/${encodeURIComponent(input.hostId)}`;
  const answer = await callVendor(config, post(config, path, BOOKINGS_VERSION, {}));
  if (!answer.ok) return answer;
  const parsed = readAnswer(answer.value, (body) => REASSIGNED.safeParse(body), true);
  return parsed.ok ? ok(parsed.value.data.bookingUid ?? input.uid) : parsed;
}

/** One booking as Cal.com has it; status fault 404 when unknown there. */
export const getBooking = (config: CalcomConfig, uid: string): Promise<VendorResult<CalcomBooking>> =>
  booking(config, calcomGet(config, `/v2/bookings/${encodeURIComponent(uid)}`, BOOKINGS_VERSION));

interface BookingFilters {
  readonly status?: readonly ('upcoming' | 'recurring' | 'past' | 'cancelled' | 'unconfirmed')[];
  readonly attendeeEmail?: string;
  readonly eventTypeIds?: readonly string[];
  readonly afterStart?: Instant;
  readonly beforeEnd?: Instant;
  readonly afterUpdatedAt?: Instant;
  /** 1..250 */
  readonly take: number;
  readonly skip?: number;
}

/** One page of bookings by filter, oldest start first. */
export async function listBookings(
  config: CalcomConfig,
  filters: BookingFilters,
): Promise<VendorResult<{ bookings: CalcomBooking[]; hasNextPage: boolean }>> {
  const query = new URLSearchParams();
  if (filters.status?.length) query.set('status', filters.status.join(','));
  if (filters.attendeeEmail) query.set('attendeeEmail', filters.attendeeEmail);
  if (filters.eventTypeIds?.length) query.set('eventTypeIds', filters.eventTypeIds.join(','));
  if (filters.afterStart !== undefined) query.set('afterStart', new Date(filters.afterStart).toISOString());
  if (filters.beforeEnd !== undefined) query.set('beforeEnd', new Date(filters.beforeEnd).toISOString());
  if (filters.afterUpdatedAt !== undefined) query.set('afterUpdatedAt', new Date(filters.afterUpdatedAt).toISOString());
  query.set('sortStart', 'asc');
  query.set('take', String(Math.min(Math.max(1, filters.take), MAX_BOOKINGS_PAGE)));
  query.set('skip', String(filters.skip ?? 0));
  const answer = await callVendor(config, calcomGet(config, `/v2/bookings?${query}`, BOOKINGS_LIST_VERSION));
  if (!answer.ok) return answer;
  const parsed = readAnswer(answer.value, (body) => LIST.safeParse(body), false);
  if (!parsed.ok) return parsed;
  const bookings: CalcomBooking[] = [];
  for (const raw of parsed.value.data) bookings.push(bookingOf(raw));
  return ok({ bookings, hasNextPage: parsed.value.pagination?.hasNextPage ?? false });
}

export interface CalcomEventType {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly lengthInMinutes: number;
}

/** The event types of the key's user (health check, mapping). */
export async function listEventTypes(config: CalcomConfig): Promise<VendorResult<CalcomEventType[]>> {
  const answer = await callVendor(config, calcomGet(config, '/v2/event-types', EVENT_TYPES_VERSION));
  if (!answer.ok) return answer;
  const parsed = readAnswer(answer.value, (body) => EVENT_TYPES.safeParse(body), false);
  if (!parsed.ok) return parsed;
  return ok(
    parsed.value.data.map((one) => ({
      id: String(one.id),
      slug: one.slug,
      title: one.title,
      lengthInMinutes: one.lengthInMinutes,
    })),
  );
}

// ---------------------------------------------------------------- inside

const ISO = z.string().refine((text) => !Number.isNaN(Date.parse(text)), 'not an instant');
const ATTENDEE = z.looseObject({
  name: z.string().catch(''),
  email: z.string().nullish(),
  phoneNumber: z.string().nullish(),
  timeZone: z.string().nullish(),
  language: z.string().nullish().catch(null),
});
const BOOKING = z.looseObject({
  id: z.union([z.number(), z.string()]),
  uid: z.string().min(1),
  status: z.enum(['accepted', 'pending', 'cancelled', 'rejected']),
  start: ISO,
  end: ISO,
  eventTypeId: z.union([z.number(), z.string()]).nullish(),
  hosts: z.array(z.looseObject({ id: z.union([z.number(), z.string()]) })).catch([]),
  attendees: z.array(ATTENDEE).catch([]),
  metadata: z.record(z.string(), z.unknown()).nullish(),
  rescheduledFromUid: z.string().nullish(),
  rescheduledToUid: z.string().nullish(),
  cancellationReason: z.string().nullish(),
  updatedAt: ISO.nullish(),
});
const ENVELOPE = z.looseObject({ data: BOOKING });
const REASSIGNED = z.looseObject({ data: z.looseObject({ bookingUid: z.string().min(1).nullish() }) });
const LIST = z.looseObject({
  data: z.array(BOOKING).max(MAX_BOOKINGS_PAGE),
  pagination: z.looseObject({ hasNextPage: z.boolean() }).optional(),
});
const EVENT_TYPES = z.looseObject({
  data: z.array(
    z.looseObject({
      id: z.union([z.number(), z.string()]),
      slug: z.string(),
      title: z.string(),
      lengthInMinutes: z.number(),
    }),
  ),
});

async function booking(config: CalcomConfig, request: VendorRequest): Promise<VendorResult<CalcomBooking>> {
  const answer = await callVendor(config, request);
  if (!answer.ok) return answer;
  const parsed = readAnswer(answer.value, (body) => ENVELOPE.safeParse(body), request.acts);
  return parsed.ok ? ok(bookingOf(parsed.value.data)) : parsed;
}

function bookingOf(raw: z.infer<typeof BOOKING>): CalcomBooking {
  const metadata: Record<string, string> = {};
  for (const [key, value] of Object.entries(raw.metadata ?? {})) if (typeof value === 'string') metadata[key] = value;
  return {
    id: String(raw.id),
    uid: raw.uid,
    status: raw.status,
    startsAt: asInstant(Date.parse(raw.start)),
    endsAt: asInstant(Date.parse(raw.end)),
    eventTypeId: raw.eventTypeId == null ? null : String(raw.eventTypeId),
    hostIds: raw.hosts.map((host) => String(host.id)),
    attendees: raw.attendees.map((attendee) => ({
      name: callerName(attendee.name),
      email: realEmail(attendee.email),
      phoneNumber: attendee.phoneNumber ?? null,
      timeZone: attendee.timeZone ?? null,
      language: attendee.language ?? null,
    })),
    metadata,
    rescheduledFromUid: raw.rescheduledFromUid ?? null,
    rescheduledToUid: raw.rescheduledToUid ?? null,
    cancellationReason: raw.cancellationReason == null ? null : visibleLine(raw.cancellationReason),
    updatedAt: raw.updatedAt == null ? null : asInstant(Date.parse(raw.updatedAt)),
  };
}

/** An address a person gave, as one visible line; null for none and for a placeholder, Cal.com's or our own. */
export function realEmail(email: string | null | undefined): string | null {
  const address = visibleLine(email ?? '');
  return address === '' || isPlaceholderEmail(address) ? null : address;
}

const headers = (config: CalcomConfig, version: string): Record<string, string> => ({
  authorization: `Bearer ${config.apiKey}`,
  'cal-api-version': version,
  accept: 'application/json',
});

/** A read as Cal.com wants it. */
export const calcomGet = (config: CalcomConfig, path: string, version: string): VendorRequest => ({
  method: 'GET',
  path,
  headers: headers(config, version),
  acts: false,
});

/** A write as Cal.com wants it. */
export const calcomWrite = (
  config: CalcomConfig,
  method: 'POST' | 'PATCH',
  path: string,
  version: string,
  body: unknown,
): VendorRequest => ({
  method,
  path,
  headers: { ...headers(config, version), 'content-type': 'application/json' },
  body: JSON.stringify(body),
  acts: true,
});
const post = (config: CalcomConfig, path: string, version: string, body: unknown): VendorRequest =>
  calcomWrite(config, 'POST', path, version, body);

function assertMetadata(metadata: Readonly<Record<string, string>>): void {
  const entries = Object.entries(metadata);
  const fits =
    entries.length <= MAX_METADATA_KEYS &&
    entries.every(([key, value]) => key.length <= MAX_METADATA_KEY_CHARS && value.length <= MAX_METADATA_VALUE_CHARS);
  if (!fits) throw new Error('assertion failed: Cal.com metadata over its limits (50 keys, 40 and 500 characters)');
}
