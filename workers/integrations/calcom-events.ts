/** Reads Cal.com's webhook bodies into one normal shape. Pure wire parsing; called by calendar-sync after `verifyCalcom`. */
import { z } from 'zod';
import type { Instant } from '../../shared/clock.ts';
import type { DomainError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { callerName, visibleLine, visibleText } from '../../shared/visible-text.ts';
import { parseJsonBody } from './json-body.ts';
import { realEmail } from './calcom.ts';
import { plausibleInstant } from './wire-instant.ts';

/** A booking with 250 guests stays well under this. */
const MAX_CALCOM_EVENT_CHARS = 512_000;
const MAX_ATTENDEES = 500;

type CalcomEventKind =
  | 'created'
  | 'requested'
  | 'rescheduled'
  | 'reassigned'
  | 'cancelled'
  | 'rejected'
  | 'no_show'
  | 'meeting_ended'
  | 'ping'
  | 'other';

interface CalcomEventAttendee {
  /** As a caller's: anybody may book there under any name. Null when nothing of it is left. */
  readonly name: string | null;
  /** null for the placeholder of a phone booking. */
  readonly email: string | null;
  readonly phoneNumber: string | null;
  readonly timeZone: string | null;
  readonly language: string | null;
  readonly noShow: boolean;
}

/** What a webhook says of a booking. Fields are null where that trigger does not carry them. */
export interface CalcomEventBooking {
  /** After a reschedule this is the NEW booking. */
  readonly uid: string;
  readonly bookingId: string | null;
  readonly eventTypeId: string | null;
  readonly startsAt: Instant | null;
  readonly endsAt: Instant | null;
  readonly status: 'accepted' | 'pending' | 'cancelled' | 'rejected' | null;
  readonly organizer: {
    readonly id: string | null;
    readonly email: string | null;
    readonly name: string | null;
  } | null;
  readonly attendees: readonly CalcomEventAttendee[];
  /** Given at create; absent (empty) in cancelled and rejected. */
  readonly metadata: Readonly<Record<string, string>>;
  readonly notes: string | null;
  /** The OLD booking of a reschedule. */
  readonly rescheduledFromUid: string | null;
  readonly rescheduledFromStartsAt: Instant | null;
  readonly rescheduledBy: string | null;
  readonly cancellationReason: string | null;
  readonly cancelledBy: string | null;
  readonly rejectionReason: string | null;
  /** The host asks for another time: arrives as a cancellation. */
  readonly requestReschedule: boolean;
  /** Same through all moves of one booking. */
  readonly icalUid: string | null;
}

export interface CalcomEvent {
  readonly kind: CalcomEventKind;
  readonly triggerEvent: string;
  readonly createdAt: Instant | null;
  /** `trigger:uid:createdAt`: Cal.com gives no delivery id and fires managed event types twice. */
  readonly dedupeKey: string;
  /** null for ping and for events that name no booking. */
  readonly booking: CalcomEventBooking | null;
}

/** A map, not an object: `constructor` is no trigger of Cal.com's. */
const KINDS: ReadonlyMap<string, CalcomEventKind> = new Map<string, CalcomEventKind>(
  Object.entries({
    BOOKING_CREATED: 'created',
    BOOKING_REQUESTED: 'requested',
    BOOKING_RESCHEDULED: 'rescheduled',
    BOOKING_REASSIGNED: 'reassigned',
    BOOKING_CANCELLED: 'cancelled',
    BOOKING_REJECTED: 'rejected',
    BOOKING_NO_SHOW_UPDATED: 'no_show',
    // That a host stayed away says nothing of the guest: it is `other`.
    AFTER_GUESTS_CAL_VIDEO_NO_SHOW: 'no_show',
    MEETING_ENDED: 'meeting_ended',
    PING: 'ping',
  }),
);

// Untrusted input: invisible characters are dropped, nothing is refused.
const TEXT = z.string().max(5_000).transform(visibleLine).nullish().catch(null);
const NOTES = z.string().max(5_000).transform(visibleText).nullish().catch(null);
const ID = z.union([z.number(), z.string()]).nullish().catch(null);

const PAYLOAD = z.looseObject({
  uid: TEXT,
  bookingUid: TEXT,
  bookingId: ID,
  eventTypeId: ID,
  startTime: TEXT,
  endTime: TEXT,
  status: TEXT,
  organizer: z.looseObject({ id: ID, email: TEXT, name: TEXT }).nullish().catch(null),
  attendees: z
    .array(
      z.looseObject({
        name: TEXT,
        email: TEXT,
        phoneNumber: TEXT,
        timeZone: TEXT,
        language: z.looseObject({ locale: TEXT }).nullish().catch(null),
        noShow: z.boolean().nullish().catch(null),
      }),
    )
    .max(MAX_ATTENDEES)
    .nullish(),
  responses: z
    .looseObject({
      attendeePhoneNumber: z.looseObject({ value: TEXT }).nullish().catch(null),
      notes: z.looseObject({ value: NOTES }).nullish().catch(null),
    })
    .nullish()
    .catch(null),
  metadata: z.record(z.string(), z.unknown()).nullish().catch(null),
  additionalNotes: NOTES,
  rescheduleUid: TEXT,
  rescheduleStartTime: TEXT,
  rescheduledBy: TEXT,
  cancellationReason: TEXT,
  cancelledBy: TEXT,
  rejectionReason: TEXT,
  requestReschedule: z.boolean().nullish().catch(null),
  iCalUID: TEXT,
});

const ENVELOPE = z.looseObject({
  triggerEvent: z.string().min(1).max(100).transform(visibleLine),
  createdAt: TEXT,
  payload: z.looseObject({}).nullish(),
});

/**
 * Reads a verified webhook body. MEETING_STARTED/ENDED carry the booking at the top level, everything else in `payload`.
 * Refusals: MALFORMED_JSON, PAYLOAD_TOO_LARGE, VALIDATION_ERROR (no trigger, or attendees beyond reason). Unknown triggers are `other`.
 */
export function parseCalcomEvent(rawBody: string): Result<CalcomEvent, DomainError> {
  const body = parseJsonBody(rawBody, MAX_CALCOM_EVENT_CHARS);
  if (!body.ok) return body;
  const envelope = ENVELOPE.safeParse(body.value);
  if (!envelope.success) return err({ code: 'VALIDATION_ERROR', errors: { triggerEvent: ['is required'] } });
  const { triggerEvent, createdAt } = envelope.data;
  const payload = PAYLOAD.safeParse(envelope.data.payload ?? body.value);
  if (!payload.success) return err({ code: 'VALIDATION_ERROR', errors: { payload: ['cannot be read'] } });
  const facts = payload.data;
  const uid = facts.uid || facts.bookingUid || null;
  const kind = KINDS.get(triggerEvent) ?? 'other';
  const stamp = instantOf(createdAt);
  return ok({
    kind,
    triggerEvent,
    createdAt: stamp,
    dedupeKey: `${triggerEvent}:${uid ?? '-'}:${stamp ?? createdAt ?? '-'}`,
    booking: kind === 'ping' || uid === null ? null : bookingOf(uid, facts),
  });
}

function bookingOf(uid: string, facts: z.infer<typeof PAYLOAD>): CalcomEventBooking {
  const metadata: Record<string, string> = {};
  for (const [key, value] of Object.entries(facts.metadata ?? {}))
    if (typeof value === 'string') metadata[key] = visibleLine(value);
  return {
    uid,
    bookingId: facts.bookingId == null ? null : String(facts.bookingId),
    eventTypeId: facts.eventTypeId == null ? null : String(facts.eventTypeId),
    startsAt: instantOf(facts.startTime),
    endsAt: instantOf(facts.endTime),
    status: statusOf(facts.status),
    organizer: facts.organizer
      ? {
          id: facts.organizer.id == null ? null : String(facts.organizer.id),
          email: facts.organizer.email ?? null,
          name: facts.organizer.name ?? null,
        }
      : null,
    attendees: (facts.attendees ?? []).map((attendee, index) => ({
      name: callerName(attendee.name),
      email: realEmail(attendee.email),
      // Created and requested carry the number as an answer of the first attendee, the others on the attendee itself.
      phoneNumber: attendee.phoneNumber ?? (index === 0 ? facts.responses?.attendeePhoneNumber?.value || null : null),
      timeZone: attendee.timeZone ?? null,
      language: attendee.language?.locale ?? null,
      noShow: attendee.noShow ?? false,
    })),
    metadata,
    notes: facts.additionalNotes || facts.responses?.notes?.value || null,
    rescheduledFromUid: facts.rescheduleUid ?? null,
    rescheduledFromStartsAt: instantOf(facts.rescheduleStartTime),
    rescheduledBy: facts.rescheduledBy ?? null,
    cancellationReason: facts.cancellationReason ?? null,
    cancelledBy: facts.cancelledBy ?? null,
    rejectionReason: facts.rejectionReason ?? null,
    requestReschedule: facts.requestReschedule ?? false,
    icalUid: facts.iCalUID ?? null,
  };
}

/** Webhooks spell statuses in upper case, the API in lower case. */
function statusOf(text: string | null | undefined): CalcomEventBooking['status'] {
  const lower = text?.toLowerCase();
  return lower === 'accepted' || lower === 'pending' || lower === 'cancelled' || lower === 'rejected' ? lower : null;
}

/** Times come with `Z`, `.000Z` or `+00:00`; null for a moment at which no booking of ours can be. */
const instantOf = (text: string | null | undefined): Instant | null => plausibleInstant(Date.parse(text ?? ''));
