/**
 * Stand-in for Cal.com API v2: bookings with real occupancy, event types, signed webhooks to `/api/calcom/webhook`. Called by sandbox.ts.
 * What a customer or host does on cal.com itself comes from `POST /_sandbox/calcom/{book|move|cancel|confirm|reject|reassign|no-show|end|ping|event-types|teams}`.
 */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { signCalcom } from '../../workers/integrations/signatures.ts';
import { type Answer, type Exchange, json, jsonBody, looseBody } from './exchange.ts';
import { randomText, repeated, type SandboxParts, type Service, Shelf } from './settings.ts';

/** Versions whose shapes we serve; anything else falls back to 2024-04-15, silently, as there. */
const KNOWN_VERSIONS = new Set(['2024-08-13', '2026-02-25', '2026-05-01']);
const RATE_LIMIT = 120;
const RATE_WINDOW_MS = 60_000;
const DEFAULT_LENGTH = 30;
const MAX_LENGTH = 1_440;
const MAX_TAKE = 250;
const MAX_BOOKINGS = 100_000;
/** Hosts of an unregistered event type: enough that a round robin of a whole salon fits. */
const DEFAULT_HOSTS = 8;
const BLOCKING = new Set(['accepted', 'pending']);

interface Host {
  id: number;
  name: string;
  email: string;
  timeZone: string;
}

interface CalcomEventType {
  id: number;
  slug: string;
  title: string;
  lengthInMinutes: number;
  hosts: Host[];
  requiresConfirmation: boolean;
  /** lengths that a booking may ask for; null: any, as no real type does (a type that was never registered) */
  lengthOptions: number[] | null;
  /** null: the key owner's own */
  teamId: number | null;
  /** what else of it is answered as it was sent */
  settings: Record<string, unknown>;
}

interface Attendee {
  name: string;
  email: string;
  timeZone: string;
  language: string;
  phoneNumber?: string;
}

export interface CalcomRecord {
  id: number;
  uid: string;
  eventType: CalcomEventType;
  host: Host;
  status: 'accepted' | 'pending' | 'cancelled' | 'rejected';
  start: number;
  end: number;
  attendee: Attendee;
  metadata: Record<string, string>;
  notes: string;
  icsUid: string;
  icsSequence: number;
  createdAt: number;
  updatedAt: number;
  rescheduledFromUid?: string;
  rescheduledToUid?: string;
  reschedulingReason?: string;
  rescheduledByEmail?: string;
  cancellationReason?: string;
  cancelledByEmail?: string;
}

export interface CalcomOptions {
  /** Requests a minute and key before 429; real Cal.com has 120. Absent = headers only, so that load tests measure us and not this. */
  readonly rateLimitPerMinute?: number;
  /** True: unknown event types are 404; false (default): they come into being on first use. */
  readonly strictEventTypes?: boolean;
  /** Event types that are there from the start and after a reset, as `POST /_sandbox/calcom/event-types` takes them. */
  readonly eventTypes?: readonly Record<string, unknown>[];
}

/** Whose key it is. */
const OWNER = { id: 1, name: 'Salon', email: 'salon@cal.example', timeZone: 'Europe/Berlin' } as const;
/** Kept of a type as it was sent. */
const SETTINGS = [
  'slotInterval',
  'minimumBookingNotice',
  'beforeEventBuffer',
  'afterEventBuffer',
  'hidden',
  'confirmationPolicy',
  'locations',
  'schedulingType',
] as const;

class CalcomError extends Error {
  readonly status: number;
  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

const fixture = (name: string): { payload: Record<string, unknown> } =>
  JSON.parse(readFileSync(join(import.meta.dirname, '../../tests/fixtures/wire/calcom', `${name}.json`), 'utf8')) as {
    payload: Record<string, unknown>;
  };
const CREATED = fixture('BOOKING_CREATED').payload;
const CANCELLED = fixture('BOOKING_CANCELLED').payload;
const REJECTED = fixture('BOOKING_REJECTED').payload;
const PING = fixture('PING').payload;

export function calcomService(
  parts: SandboxParts,
  options: CalcomOptions = {},
): Service & { view: () => { bookings: CalcomRecord[]; eventTypes: CalcomEventType[] } } {
  const { webhooks } = parts.vendors.calcom;
  const byHost = new Map<number, Set<CalcomRecord>>();
  const bookings = new Shelf<CalcomRecord>(MAX_BOOKINGS, (gone) => byHost.get(gone.host.id)?.delete(gone));
  const eventTypes = new Map<number, CalcomEventType>();
  let nextBookingId = 100;
  let nextEventTypeId = 900_001;
  const teams = new Map<number, Host[]>();
  let window = { from: 0, count: 0 };
  for (const one of options.eventTypes ?? []) register(one);

  // ------------------------------------------------------------ webhooks

  function emit(triggerEvent: string, payload: Record<string, unknown>, cause: string): Promise<unknown> {
    const body = JSON.stringify({ triggerEvent, createdAt: new Date(parts.now()).toISOString(), payload });
    return send(triggerEvent, body, cause);
  }

  function send(triggerEvent: string, body: string, cause: string): Promise<unknown> {
    return webhooks.send({
      event: triggerEvent,
      url: `${parts.askproBaseUrl}/api/calcom/webhook`,
      body,
      cause,
      headers: async () => ({
        'content-type': 'application/json',
        'x-cal-signature-256': await signCalcom(body, parts.secrets.calcomWebhookSecret),
        'x-cal-webhook-version': '2021-10-20',
      }),
    });
  }

  const organizerOf = (host: Host): Record<string, unknown> => ({
    id: host.id,
    name: host.name,
    email: host.email,
    username: host.email.split('@')[0],
    usernameInOrg: host.email.split('@')[0],
    timeZone: host.timeZone,
    language: { locale: 'de' },
    timeFormat: 'HH:mm',
    utcOffset: 60,
  });

  /** Payload of created, requested and rescheduled: times with `Z`, the number as an answer, metadata included. */
  function livePayload(booking: CalcomRecord): Record<string, unknown> {
    const [firstName = '', ...others] = booking.attendee.name.split(' ');
    return {
      ...structuredClone(CREATED),
      title: titleOf(booking),
      startTime: zulu(booking.start),
      endTime: zulu(booking.end),
      additionalNotes: booking.notes,
      type: booking.eventType.slug,
      eventTypeId: booking.eventType.id,
      organizer: organizerOf(booking.host),
      attendees: [
        {
          email: booking.attendee.email,
          name: booking.attendee.name,
          firstName,
          lastName: others.join(' '),
          timeZone: booking.attendee.timeZone,
          language: { locale: booking.attendee.language },
          utcOffset: 60,
        },
      ],
      responses: {
        name: { label: 'your_name', value: booking.attendee.name, isHidden: false },
        email: { label: 'email_address', value: booking.attendee.email, isHidden: false },
        attendeePhoneNumber: { label: 'phone_number', value: booking.attendee.phoneNumber ?? '', isHidden: false },
        notes: { label: 'additional_notes', value: booking.notes, isHidden: false },
      },
      iCalUID: booking.icsUid,
      iCalSequence: booking.icsSequence,
      requiresConfirmation: booking.eventType.requiresConfirmation,
      uid: booking.uid,
      eventTitle: booking.eventType.title,
      length: booking.eventType.lengthInMinutes,
      bookingId: booking.id,
      metadata: booking.metadata,
      status: booking.status.toUpperCase(),
    };
  }

  /** Payload of cancelled and rejected: other labels, number on the attendee, no metadata. */
  function endPayload(template: Record<string, unknown>, booking: CalcomRecord): Record<string, unknown> {
    const offset = (at: number): string => zulu(at).replace('Z', '+00:00');
    return {
      ...structuredClone(template),
      title: titleOf(booking),
      length: booking.eventType.lengthInMinutes,
      type: booking.eventType.slug,
      eventTypeId: booking.eventType.id,
      responses: {
        name: { label: 'name', value: booking.attendee.name },
        email: { label: 'email', value: booking.attendee.email },
        notes: { label: 'notes', value: booking.notes },
      },
      startTime: offset(booking.start),
      endTime: offset(booking.end),
      organizer: organizerOf(booking.host),
      attendees: [
        {
          name: booking.attendee.name,
          email: booking.attendee.email,
          timeZone: booking.attendee.timeZone,
          ...(booking.attendee.phoneNumber === undefined ? {} : { phoneNumber: booking.attendee.phoneNumber }),
          language: { locale: booking.attendee.language },
          utcOffset: 60,
        },
      ],
      uid: booking.uid,
      bookingId: booking.id,
      iCalUID: booking.icsUid,
      iCalSequence: booking.icsSequence,
      eventTitle: booking.eventType.title,
      status: booking.status.toUpperCase(),
    };
  }

  // ------------------------------------------------------------ rules

  function eventType(id: number): CalcomEventType {
    const known = eventTypes.get(id);
    if (known) return known;
    if (options.strictEventTypes || !Number.isInteger(id) || id <= 0)
      throw new CalcomError(404, `Event type with id ${id} not found`);
    const made: CalcomEventType = {
      id,
      slug: `event-${id}`,
      title: `Event ${id}`,
      lengthInMinutes: DEFAULT_LENGTH,
      requiresConfirmation: false,
      lengthOptions: null,
      teamId: null,
      settings: {},
      hosts: Array.from({ length: DEFAULT_HOSTS }, (_, index) => hostOf({ id: id * 100 + index + 1 })),
    };
    eventTypes.set(id, made);
    return made;
  }

  /** Whether the host has a live booking in the time, other than `except`. */
  function isBusy(host: Host, start: number, end: number, except: string | null): boolean {
    for (const one of byHost.get(host.id) ?? []) {
      if (one.uid !== except && BLOCKING.has(one.status) && one.start < end && start < one.end) return true;
    }
    return false;
  }

  /** The first host of the type who is free; null when none is. */
  const freeHost = (type: CalcomEventType, start: number, end: number, except: string | null): Host | null =>
    type.hosts.find((host) => !isBusy(host, start, end, except)) ?? null;

  function keep(booking: CalcomRecord): void {
    bookings.put(booking.uid, booking);
    const known = byHost.get(booking.host.id);
    if (known) known.add(booking);
    else byHost.set(booking.host.id, new Set([booking]));
  }

  const NOT_AVAILABLE = 'User either already has booking at this time or is not available';

  function create(input: Record<string, unknown>, cause: string, force: boolean): CalcomRecord {
    const type = eventType(Number(input['eventTypeId']));
    const start = instant(input['start'], 'start');
    if (start < parts.now() && !force) throw new CalcomError(400, 'Attempting to book a meeting in the past.');
    const minutes = input['lengthInMinutes'] === undefined ? type.lengthInMinutes : Number(input['lengthInMinutes']);
    if (!Number.isInteger(minutes) || minutes < 1 || minutes > MAX_LENGTH)
      throw new CalcomError(400, 'lengthInMinutes must be a positive number');
    if (input['lengthInMinutes'] !== undefined && type.lengthOptions !== null && !type.lengthOptions.includes(minutes))
      throw new CalcomError(
        400,
        type.lengthOptions.length === 0
          ? "Can't specify 'lengthInMinutes' because event type does not have multiple possible lengths. Please, remove the 'lengthInMinutes' field from the request."
          : `Provided 'lengthInMinutes' is not one of the possible lengths for the event type: ${type.lengthOptions.join(', ')}`,
      );
    const end = start + minutes * 60_000;
    const attendee = attendeeOf(input['attendee']);
    const metadata = metadataOf(input['metadata']);
    const asked = object(input['organizer']);
    const host =
      Object.keys(asked).length > 0
        ? hostOf(asked)
        : force
          ? (freeHost(type, start, end, null) ?? type.hosts[0] ?? null)
          : freeHost(type, start, end, null);
    if (!host) throw new CalcomError(400, NOT_AVAILABLE);
    const fields = object(input['bookingFieldsResponses']);
    const now = parts.now();
    const uid = randomText(22);
    const booking: CalcomRecord = {
      id: nextBookingId++,
      uid,
      eventType: type,
      host,
      status: type.requiresConfirmation ? 'pending' : 'accepted',
      start,
      end,
      attendee,
      metadata,
      notes:
        typeof fields['notes'] === 'string'
          ? fields['notes']
          : typeof input['notes'] === 'string'
            ? input['notes']
            : '',
      icsUid: `${uid}@Cal.com`,
      icsSequence: 0,
      createdAt: now,
      updatedAt: now,
    };
    keep(booking);
    void emit(booking.status === 'pending' ? 'BOOKING_REQUESTED' : 'BOOKING_CREATED', livePayload(booking), cause);
    return booking;
  }

  function move(old: CalcomRecord, startValue: unknown, reason: unknown, by: unknown, cause: string): CalcomRecord {
    if (old.status === 'cancelled' || old.status === 'rejected') {
      throw new CalcomError(
        400,
        `Can't reschedule booking with uid=${old.uid} because it has been ${old.rescheduledToUid ? 'rescheduled' : old.status}. Please provide uid of a booking that is not cancelled.`,
      );
    }
    const start = instant(startValue, 'start');
    const end = start + (old.end - old.start);
    const hostIsFree = !isBusy(old.host, start, end, old.uid);
    const host = hostIsFree ? old.host : freeHost(old.eventType, start, end, old.uid);
    if (!host) throw new CalcomError(400, NOT_AVAILABLE);
    const now = parts.now();
    const uid = randomText(22);
    const rescheduledBy = typeof by === 'string' ? by : old.attendee.email;
    const booking: CalcomRecord = {
      ...old,
      id: nextBookingId++,
      uid,
      host,
      start,
      end,
      status: old.eventType.requiresConfirmation ? 'pending' : 'accepted',
      icsSequence: old.icsSequence + 1,
      createdAt: now,
      updatedAt: now,
      rescheduledFromUid: old.uid,
      rescheduledByEmail: rescheduledBy,
      ...(typeof reason === 'string' ? { reschedulingReason: reason } : {}),
    };
    Object.assign(old, { status: 'cancelled', rescheduledToUid: uid, updatedAt: now });
    keep(booking);
    void emit(
      booking.status === 'pending' ? 'BOOKING_REQUESTED' : 'BOOKING_RESCHEDULED',
      {
        ...livePayload(booking),
        rescheduleId: old.id,
        rescheduleUid: old.uid,
        rescheduleStartTime: zulu(old.start),
        rescheduleEndTime: zulu(old.end),
        rescheduledBy,
      },
      cause,
    );
    return booking;
  }

  function cancel(
    booking: CalcomRecord,
    reason: string | null,
    by: string,
    requestReschedule: boolean,
    cause: string,
  ): CalcomRecord {
    if (booking.status === 'cancelled') {
      throw new CalcomError(
        400,
        `Can't cancel booking with uid=${booking.uid} because it has been cancelled already. Please provide uid of a booking that is not cancelled.`,
      );
    }
    Object.assign(booking, {
      status: 'cancelled',
      updatedAt: parts.now(),
      icsSequence: booking.icsSequence + 1,
      cancelledByEmail: by,
      ...(reason === null ? {} : { cancellationReason: reason }),
    });
    void emit(
      'BOOKING_CANCELLED',
      { ...endPayload(CANCELLED, booking), cancellationReason: reason ?? '', cancelledBy: by, requestReschedule },
      cause,
    );
    return booking;
  }

  function confirm(booking: CalcomRecord, cause: string): CalcomRecord {
    if (booking.status !== 'pending')
      throw new CalcomError(400, "Booking has to have status 'pending' to be confirmed.");
    Object.assign(booking, { status: 'accepted', updatedAt: parts.now() });
    void emit('BOOKING_CREATED', livePayload(booking), cause);
    return booking;
  }

  function reject(booking: CalcomRecord, reason: string | null, cause: string): CalcomRecord {
    if (booking.status !== 'pending')
      throw new CalcomError(400, "Booking has to have status 'pending' to be declined.");
    Object.assign(booking, { status: 'rejected', updatedAt: parts.now() });
    void emit('BOOKING_REJECTED', { ...endPayload(REJECTED, booking), rejectionReason: reason ?? '' }, cause);
    return booking;
  }

  /** Another host of a round robin: the uid stays. */
  function reassign(booking: CalcomRecord, hostId: number | null, cause: string): CalcomRecord {
    if (!BLOCKING.has(booking.status)) throw new CalcomError(400, 'Booking is not active and cannot be reassigned');
    if (booking.eventType.hosts.length < 2)
      throw new CalcomError(400, 'Event type is not round robin: the booking has no other host');
    const others = booking.eventType.hosts.filter((host) => host.id !== booking.host.id);
    const host =
      hostId === null
        ? (others.find((one) => !isBusy(one, booking.start, booking.end, booking.uid)) ?? null)
        : (booking.eventType.hosts.find((one) => one.id === hostId) ?? null);
    if (!host) throw new CalcomError(404, `User with id=${hostId} is not a host of this event type`);
    if (isBusy(host, booking.start, booking.end, booking.uid)) throw new CalcomError(400, NOT_AVAILABLE);
    const before = booking.host;
    byHost.get(before.id)?.delete(booking);
    Object.assign(booking, { host, updatedAt: parts.now() });
    keep(booking);
    void emit(
      'BOOKING_REASSIGNED',
      { ...livePayload(booking), addedHostUserIds: [host.id], removedHostUserIds: [before.id] },
      cause,
    );
    return booking;
  }

  /** Only these members, as there: no uid under its own name. */
  function markAbsent(booking: CalcomRecord, absent: boolean, cause: string): CalcomRecord {
    const { email } = booking.attendee;
    Object.assign(booking, { updatedAt: parts.now() });
    void emit(
      'BOOKING_NO_SHOW_UPDATED',
      {
        message: absent ? `${email} marked as no-show` : `${email} unmarked as no-show`,
        attendees: [{ email, noShow: absent }],
        bookingUid: booking.uid,
        bookingId: booking.id,
      },
      cause,
    );
    return booking;
  }

  /** Flat, with the trigger beside the booking's members. */
  function end(booking: CalcomRecord): Promise<unknown> {
    const body = JSON.stringify({
      triggerEvent: 'MEETING_ENDED',
      createdAt: new Date(parts.now()).toISOString(),
      ...livePayload(booking),
    });
    return send('MEETING_ENDED', body, '/_sandbox/calcom/end');
  }

  const found = (uid: string): CalcomRecord => {
    const booking = bookings.get(uid);
    if (!booking) throw new CalcomError(404, `Booking with uid=${uid} was not found in the database`);
    return booking;
  };

  // ------------------------------------------------------------ API

  function route(exchange: Exchange): { status: number; data: unknown; more?: object } {
    const { method, path, query } = exchange;
    const parts_ = path.split('/').filter(Boolean);
    const [, kind, uid, action, target] = parts_;
    const old = !KNOWN_VERSIONS.has(exchange.headers['cal-api-version'] ?? '');
    const show = (booking: CalcomRecord): object => (old ? legacyShape(booking) : bookingShape(booking));
    const body = (): Record<string, unknown> => {
      const read = jsonBody(exchange);
      if (!read) throw new CalcomError(400, 'Invalid JSON');
      return read;
    };
    if (kind === 'bookings') {
      if (method === 'POST' && uid === undefined) return { status: 201, data: show(create(body(), path, false)) };
      if (method === 'GET' && uid === undefined) {
        const { page, more } = listing(query);
        return old
          ? { status: 200, data: { bookings: page.map(legacyShape), recurringInfo: [], nextCursor: null } }
          : { status: 200, data: page.map(bookingShape), more };
      }
      if (uid !== undefined) {
        const booking = found(uid);
        if (method === 'GET' && action === undefined) return { status: 200, data: show(booking) };
        if (method === 'POST') {
          const given = body();
          switch (action) {
            case 'reschedule':
              return {
                status: 201,
                data: show(move(booking, given['start'], given['reschedulingReason'], given['rescheduledBy'], path)),
              };
            case 'cancel':
              return {
                status: 200,
                data: show(cancel(booking, text(given['cancellationReason']), booking.attendee.email, false, path)),
              };
            case 'confirm':
              return { status: 200, data: show(confirm(booking, path)) };
            case 'decline':
              return { status: 200, data: show(reject(booking, text(given['reason']), path)) };
            case 'mark-absent': {
              const attendees = Array.isArray(given['attendees']) ? given['attendees'] : [];
              const absent = attendees.some((one) => object(one)['absent'] === true);
              return { status: 200, data: show(markAbsent(booking, absent, path)) };
            }
            case 'reassign': {
              const { uid: bookingUid, host } = reassign(booking, target === undefined ? null : Number(target), path);
              return {
                status: 200,
                data: { bookingUid, reassignedTo: { id: host.id, name: host.name, email: host.email } },
              };
            }
          }
        }
      }
    }
    if (kind === 'me' && method === 'GET')
      return {
        status: 200,
        data: { id: OWNER.id, username: 'salon', email: OWNER.email, timeZone: OWNER.timeZone, organizationId: null },
      };
    if (kind === 'event-types') return typesRoute(exchange, null, uid, body);
    if (kind === 'teams' && uid !== undefined) {
      const members = teams.get(Number(uid));
      if (members === undefined) throw new CalcomError(404, `Team with id ${uid} not found`);
      if (action === 'event-types') return typesRoute(exchange, Number(uid), target, body);
      if (action === 'memberships' && method === 'GET') {
        const skip = Number(query.get('skip') ?? 0);
        const page = members.slice(skip, skip + Number(query.get('take') ?? MAX_TAKE));
        return {
          status: 200,
          data: page.map(({ id, name, email }) => ({
            id,
            userId: id,
            teamId: Number(uid),
            accepted: true,
            role: 'MEMBER',
            user: { name, email },
          })),
        };
      }
    }
    throw new CalcomError(404, `Cannot ${method} ${path}`);
  }

  /** Types of the key's owner, or of a team: a slug is given once among them. */
  function typesRoute(
    { method, path, query }: Exchange,
    teamId: number | null,
    id: string | undefined,
    body: () => Record<string, unknown>,
  ): { status: number; data: unknown } {
    const all = [...eventTypes.values()].filter((one) => one.teamId === teamId);
    if (id === undefined && method === 'GET') {
      const slug = query.get('eventSlug');
      return { status: 200, data: all.filter((one) => slug === null || one.slug === slug).map(eventTypeShape) };
    }
    if (id === undefined && method === 'POST') {
      const given = body();
      const slug = text(given['slug']);
      if (slug === null || text(given['title']) === null) throw new CalcomError(400, 'title and slug are required');
      if (all.some((one) => one.slug === slug))
        throw new CalcomError(400, 'User already has an event type with this slug.');
      if (teamId !== null && text(given['schedulingType']) === null)
        throw new CalcomError(400, 'schedulingType is required');
      return {
        status: 201,
        data: eventTypeShape(register({ hosts: [OWNER], ...given, id: nextEventTypeId++, teamId })),
      };
    }
    if (id !== undefined) {
      const type = eventType(Number(id));
      if (type.teamId !== teamId) throw new CalcomError(404, `Event type with id ${id} not found`);
      if (method === 'GET') return { status: 200, data: eventTypeShape(type) };
      if (method === 'PATCH') {
        const { settings, lengthOptions, ...present } = type;
        const kept = {
          ...present,
          ...settings,
          ...(lengthOptions === null ? {} : { lengthInMinutesOptions: lengthOptions }),
        };
        return { status: 200, data: eventTypeShape(register({ ...kept, ...body(), id: Number(id), teamId })) };
      }
    }
    throw new CalcomError(404, `Cannot ${method} ${path}`);
  }

  function listing(query: URLSearchParams): { page: CalcomRecord[]; more: object } {
    const now = parts.now();
    const statuses = query.get('status')?.split(',') ?? [];
    const types = (query.get('eventTypeIds') ?? query.get('eventTypeId'))?.split(',').map(Number) ?? [];
    const time = (name: string): number | null => {
      const value = query.get(name);
      return value === null ? null : instant(value, name);
    };
    const take = Number(query.get('take') ?? 100);
    const skip = Number(query.get('skip') ?? 0);
    if (!Number.isInteger(take) || take < 1 || take > MAX_TAKE)
      throw new CalcomError(400, `take must be between 1 and ${MAX_TAKE}`);
    if (!Number.isInteger(skip) || skip < 0) throw new CalcomError(400, 'skip must not be less than 0');
    const bounds = {
      afterStart: time('afterStart'),
      beforeEnd: time('beforeEnd'),
      afterUpdatedAt: time('afterUpdatedAt'),
      afterCreatedAt: time('afterCreatedAt'),
      beforeCreatedAt: time('beforeCreatedAt'),
    };
    const statusFits = (one: CalcomRecord): boolean =>
      statuses.length === 0 ||
      statuses.some((status) => {
        if (status === 'upcoming') return one.end > now && BLOCKING.has(one.status);
        if (status === 'past') return one.end <= now && BLOCKING.has(one.status);
        if (status === 'cancelled') return one.status === 'cancelled' || one.status === 'rejected';
        return status === 'unconfirmed' && one.status === 'pending';
      });
    const all = bookings
      .all()
      .filter(
        (one) =>
          statusFits(one) &&
          (types.length === 0 || types.includes(one.eventType.id)) &&
          (query.get('attendeeEmail') ?? one.attendee.email).toLowerCase() === one.attendee.email.toLowerCase() &&
          (query.get('attendeeName') ?? one.attendee.name) === one.attendee.name &&
          (query.get('bookingUid') ?? one.uid) === one.uid &&
          (bounds.afterStart === null || one.start >= bounds.afterStart) &&
          (bounds.beforeEnd === null || one.end <= bounds.beforeEnd) &&
          (bounds.afterUpdatedAt === null || one.updatedAt >= bounds.afterUpdatedAt) &&
          (bounds.afterCreatedAt === null || one.createdAt >= bounds.afterCreatedAt) &&
          (bounds.beforeCreatedAt === null || one.createdAt <= bounds.beforeCreatedAt),
      );
    const direction = query.get('sortStart') === 'desc' ? -1 : 1;
    all.sort((a, b) => direction * (a.start - b.start || a.id - b.id));
    const page = all.slice(skip, skip + take);
    return {
      page,
      more: {
        pagination: {
          totalItems: all.length,
          remainingItems: Math.max(0, all.length - skip - page.length),
          returnedItems: page.length,
          itemsPerPage: take,
          currentPage: Math.floor(skip / take) + 1,
          totalPages: Math.ceil(all.length / take),
          hasNextPage: skip + page.length < all.length,
          hasPreviousPage: skip > 0,
        },
      },
    };
  }

  async function handle(exchange: Exchange): Promise<Answer> {
    const now = parts.now();
    if (now - window.from >= RATE_WINDOW_MS) window = { from: now, count: 0 };
    window.count += 1;
    const limit = options.rateLimitPerMinute ?? RATE_LIMIT;
    const headers = {
      'x-ratelimit-limit-default': String(limit),
      'x-ratelimit-remaining-default': String(Math.max(0, limit - window.count)),
      'x-ratelimit-reset-default': String(Math.ceil((window.from + RATE_WINDOW_MS - now) / 1000)),
    };
    const refuse = (status: number, code: string, message: string, details: unknown): Answer =>
      json(
        status,
        {
          status: 'error',
          timestamp: new Date(now).toISOString(),
          path: exchange.path,
          error: { code, message, details },
        },
        headers,
      );
    if (options.rateLimitPerMinute !== undefined && window.count > options.rateLimitPerMinute) {
      const message = 'CustomThrottlerGuard - Too many requests. Please try again later.';
      return refuse(429, 'ThrottlerException', message, message);
    }
    const bearer = exchange.headers['authorization'] ?? '';
    if (bearer !== `Bearer ${parts.secrets.calcomApiKey}`) {
      const message = 'ApiAuthStrategy - api key - Your api key is not valid';
      return refuse(401, 'UnauthorizedException', message, { message, error: 'Unauthorized', statusCode: 401 });
    }
    try {
      const { status, data, more } = route(exchange);
      return json(status, { status: 'success', data, ...more }, headers);
    } catch (error) {
      if (!(error instanceof CalcomError)) throw error;
      const name = error.status === 404 ? 'Not Found' : 'Bad Request';
      return refuse(error.status, error.status === 404 ? 'NotFoundException' : 'BadRequestException', error.message, {
        message: error.message,
        error: name,
        statusCode: error.status,
      });
    }
  }

  function register(input: Record<string, unknown>): CalcomEventType {
    const id = Number(input['id']);
    if (!Number.isInteger(id) || id <= 0) throw new CalcomError(400, 'id must be a positive number');
    const teamId = input['teamId'] == null ? null : Number(input['teamId']);
    const hosts =
      Array.isArray(input['hosts']) && input['hosts'].length > 0
        ? input['hosts'].slice(0, 100).map((host) => hostIn(teamId, object(host)))
        : [hostOf({ id: id * 100 + 1 })];
    const length = Number(input['lengthInMinutes'] ?? DEFAULT_LENGTH);
    if (!Number.isInteger(length) || length < 1 || length > MAX_LENGTH)
      throw new CalcomError(400, 'lengthInMinutes must be a positive number');
    const type: CalcomEventType = {
      id,
      slug: text(input['slug']) ?? `event-${id}`,
      title: text(input['title']) ?? `Event ${id}`,
      lengthInMinutes: length,
      hosts,
      requiresConfirmation: isConfirmed(input),
      lengthOptions: Array.isArray(input['lengthInMinutesOptions'])
        ? input['lengthInMinutesOptions'].map(Number)
        : null,
      teamId,
      settings: Object.fromEntries(
        SETTINGS.flatMap((name) => (input[name] === undefined ? [] : [[name, input[name]]])),
      ),
    };
    if (type.lengthOptions !== null && type.lengthOptions.length > 0 && !type.lengthOptions.includes(length))
      throw new CalcomError(400, 'lengthInMinutesOptions must include lengthInMinutes');
    eventTypes.set(id, type);
    return type;
  }

  /** A host as a write names it: a member of the team, or anybody as the control names them. */
  function hostIn(teamId: number | null, given: Record<string, unknown>): Host {
    if (teamId === null || given['userId'] === undefined) return hostOf(given);
    const member = teams.get(teamId)?.find(({ id }) => id === Number(given['userId']));
    if (member === undefined) throw new CalcomError(404, `User with id ${String(given['userId'])} is not in the team`);
    return member;
  }

  // ------------------------------------------------------------ control

  async function control(exchange: Exchange): Promise<Answer | null> {
    const action = exchange.path;
    if (exchange.method === 'GET') {
      if (action === '/bookings') return json(200, { bookings: bookings.all().map(bookingShape) });
      if (action === '/event-types') return json(200, { event_types: [...eventTypes.values()] });
      if (action === '/summary') {
        const live = bookings.all().filter((one) => BLOCKING.has(one.status));
        const ours = live.filter((one) => Object.keys(one.metadata).length > 0);
        return json(200, {
          total: bookings.size(),
          live: live.length,
          repeated: repeated(ours, (one) => JSON.stringify(one.metadata)),
        });
      }
      return null;
    }
    const body = looseBody(exchange);
    if (!body) return json(400, { error: 'body must be JSON' });
    const cause = `/_sandbox/calcom${action}`;
    try {
      switch (action) {
        case '/book':
          return json(201, {
            booking: bookingShape(
              create(
                body['attendee'] === undefined ? { ...body, attendee: body } : body,
                cause,
                body['force'] === true,
              ),
            ),
          });
        case '/move':
          return json(200, {
            booking: bookingShape(move(found(String(body['uid'])), body['start'], body['reason'], body['by'], cause)),
          });
        case '/cancel': {
          const booking = found(String(body['uid']));
          return json(200, {
            booking: bookingShape(
              cancel(
                booking,
                text(body['reason']),
                text(body['by']) ?? booking.attendee.email,
                body['requestReschedule'] === true,
                cause,
              ),
            ),
          });
        }
        case '/confirm':
          return json(200, { booking: bookingShape(confirm(found(String(body['uid'])), cause)) });
        case '/reject':
          return json(200, { booking: bookingShape(reject(found(String(body['uid'])), text(body['reason']), cause)) });
        case '/reassign': {
          const booking = reassign(
            found(String(body['uid'])),
            body['host'] === undefined ? null : Number(body['host']),
            cause,
          );
          return json(200, { booking: bookingShape(booking) });
        }
        case '/no-show':
          return json(200, {
            booking: bookingShape(markAbsent(found(String(body['uid'])), body['absent'] !== false, cause)),
          });
        case '/end':
          return json(200, { attempt: await end(found(String(body['uid']))) });
        case '/ping':
          return json(200, { attempt: await emit('PING', structuredClone(PING), cause) });
        case '/event-types': {
          const given = Array.isArray(body['event_types']) ? body['event_types'] : [body];
          return json(200, { event_types: given.slice(0, 1_000).map((one) => register(object(one))) });
        }
        case '/teams': {
          const members = Array.isArray(body['members']) ? body['members'].slice(0, 1_000) : [];
          teams.set(
            Number(body['id']),
            members.map((one) => hostOf(object(one))),
          );
          return json(200, { team: { id: Number(body['id']), members: members.length } });
        }
        default:
          return null;
      }
    } catch (error) {
      if (error instanceof CalcomError) return json(error.status, { error: error.message });
      throw error;
    }
  }

  return {
    handle,
    control,
    reset: () => {
      bookings.clear();
      byHost.clear();
      eventTypes.clear();
      teams.clear();
      for (const one of options.eventTypes ?? []) register(one);
      window = { from: 0, count: 0 };
    },
    view: () => ({ bookings: bookings.all(), eventTypes: [...eventTypes.values()] }),
  };
}

// ---------------------------------------------------------------- shapes

const zulu = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z');
const titleOf = (booking: CalcomRecord): string =>
  `${booking.eventType.title} between ${booking.host.name} and ${booking.attendee.name}`;

/** Answer of 2024-08-13 and later. */
function bookingShape(booking: CalcomRecord): object {
  return {
    id: booking.id,
    uid: booking.uid,
    title: titleOf(booking),
    description: booking.notes === '' ? null : booking.notes,
    hosts: [
      {
        id: booking.host.id,
        name: booking.host.name,
        email: booking.host.email,
        displayEmail: booking.host.email,
        username: booking.host.email.split('@')[0],
        timeZone: booking.host.timeZone,
      },
    ],
    status: booking.status,
    start: new Date(booking.start).toISOString(),
    end: new Date(booking.end).toISOString(),
    duration: (booking.end - booking.start) / 60_000,
    eventTypeId: booking.eventType.id,
    eventType: { id: booking.eventType.id, slug: booking.eventType.slug },
    meetingUrl: 'Musterstr. 1, Berlin',
    location: 'Musterstr. 1, Berlin',
    absentHost: false,
    createdAt: new Date(booking.createdAt).toISOString(),
    updatedAt: new Date(booking.updatedAt).toISOString(),
    metadata: booking.metadata,
    rating: null,
    icsUid: booking.icsUid,
    attendees: [{ ...booking.attendee, displayEmail: booking.attendee.email, absent: false }],
    bookingFieldsResponses: {
      name: booking.attendee.name,
      email: booking.attendee.email,
      ...(booking.notes === '' ? {} : { notes: booking.notes }),
    },
    ...pick(booking, [
      'rescheduledFromUid',
      'rescheduledToUid',
      'reschedulingReason',
      'rescheduledByEmail',
      'cancellationReason',
      'cancelledByEmail',
    ]),
  };
}

/** What a caller gets who forgot `cal-api-version`: other names, other case. */
const legacyShape = (booking: CalcomRecord): object => ({
  id: booking.id,
  uid: booking.uid,
  title: titleOf(booking),
  startTime: new Date(booking.start).toISOString(),
  endTime: new Date(booking.end).toISOString(),
  status: booking.status.toUpperCase(),
  attendees: [
    {
      email: booking.attendee.email,
      name: booking.attendee.name,
      timeZone: booking.attendee.timeZone,
      locale: booking.attendee.language,
    },
  ],
  metadata: booking.metadata,
  eventTypeId: booking.eventType.id,
  user: { id: booking.host.id, name: booking.host.name, email: booking.host.email },
});

const eventTypeShape = (type: CalcomEventType): object => ({
  id: type.id,
  ...(type.teamId === null ? { ownerId: type.hosts[0]?.id ?? null } : { teamId: type.teamId }),
  lengthInMinutes: type.lengthInMinutes,
  title: type.title,
  slug: type.slug,
  description: '',
  locations: [{ type: 'address', address: 'Musterstr. 1, Berlin', public: true }],
  bookingFields: [],
  recurrence: null,
  metadata: {},
  price: 0,
  currency: 'eur',
  requiresConfirmation: type.requiresConfirmation,
  ...(type.lengthOptions === null ? {} : { lengthInMinutesOptions: type.lengthOptions }),
  ...type.settings,
  ...(type.teamId === null
    ? { users: type.hosts }
    : { hosts: type.hosts.map(({ id, name }) => ({ userId: id, name })) }),
});

function pick<T extends object, K extends keyof T>(from: T, names: readonly K[]): Partial<T> {
  const made: Partial<T> = {};
  for (const name of names) if (from[name] !== undefined) made[name] = from[name];
  return made;
}

// ---------------------------------------------------------------- reading input

const object = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
const text = (value: unknown): string | null => (typeof value === 'string' && value !== '' ? value : null);

function instant(value: unknown, field: string): number {
  const at = typeof value === 'string' && /^\d{4}-\d{2}-\d{2}T/.test(value) ? Date.parse(value) : Number.NaN;
  if (Number.isNaN(at)) throw new CalcomError(400, `${field} must be a valid ISO 8601 date string`);
  return at;
}

/** A type says it by its policy; the control may say it plainly. */
function isConfirmed({ confirmationPolicy, requiresConfirmation }: Record<string, unknown>): boolean {
  const policy = object(confirmationPolicy);
  if (Object.keys(policy).length > 0) return policy['type'] === 'always' || policy['type'] === 'time';
  return requiresConfirmation === true || requiresConfirmation === 'true';
}

function hostOf(input: Record<string, unknown>): Host {
  const id = Number(input['id'] ?? 1);
  return {
    id,
    name: text(input['name']) ?? `Host ${id}`,
    email: text(input['email']) ?? `host-${id}@calcom.test`,
    timeZone: text(input['timeZone']) ?? 'Europe/Berlin',
  };
}

function attendeeOf(value: unknown): Attendee {
  const input = object(value);
  const name = text(input['name']);
  const timeZone = text(input['timeZone']);
  if (name === null) throw new CalcomError(400, 'attendee.name must be a string');
  if (timeZone === null || !isZone(timeZone))
    throw new CalcomError(400, 'attendee.timeZone must be a valid IANA time-zone');
  const phoneNumber = text(input['phoneNumber']);
  if (phoneNumber !== null && !/^\+[1-9]\d{6,14}$/.test(phoneNumber))
    throw new CalcomError(400, 'attendee.phoneNumber must be a valid phone number in E.164 format');
  // Without an address Cal.com makes one up from the number.
  const email = text(input['email']) ?? (phoneNumber === null ? null : `${phoneNumber.slice(1)}@sms.cal.com`);
  if (email === null)
    throw new CalcomError(400, 'At least one contact method (email or phone) is required for booking');
  if (!/^[^\s@]+@[^\s@]+$/.test(email)) throw new CalcomError(400, 'attendee.email must be an email');
  return {
    name,
    email,
    timeZone,
    language: text(input['language']) ?? 'en',
    ...(phoneNumber === null ? {} : { phoneNumber }),
  };
}

/** At most 50 keys, keys ≤ 40, string values ≤ 500 characters. */
function metadataOf(value: unknown): Record<string, string> {
  const made: Record<string, string> = {};
  const entries = Object.entries(object(value));
  if (entries.length > 50) throw new CalcomError(400, 'Metadata must have at most 50 keys');
  for (const [key, item] of entries) {
    if (key.length > 40)
      throw new CalcomError(400, `Metadata key "${key}" exceeds the maximum length of 40 characters.`);
    if (typeof item !== 'string') throw new CalcomError(400, `Metadata value for key "${key}" must be a string.`);
    if (item.length > 500)
      throw new CalcomError(400, `Metadata value for key "${key}" exceeds the maximum length of 500 characters.`);
    made[key] = item;
  }
  return made;
}

function isZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
