/**
 * Cal.com as `fetch` answers it inside workerd: bookings with hosts, team types whose first free host is taken, and what it would tell of each
 * write. Imported by tests only; the sandbox (dev/sandbox/calcom.ts) is its fuller twin for the started product.
 */
import { processNow } from '../../shared/clock.ts';

export interface FakeType {
  id: string;
  hosts: string[];
  /** lengths in minutes that may be asked for; default: any */
  lengths?: number[];
  /** minutes without being asked */
  length?: number;
  requiresConfirmation?: boolean;
}

export interface FakeBooking {
  id: number;
  uid: string;
  status: 'accepted' | 'pending' | 'cancelled' | 'rejected';
  start: string;
  end: string;
  eventTypeId: number;
  hosts: { id: number }[];
  attendees: { name: string; email: string; phoneNumber?: string }[];
  metadata: Record<string, string>;
  icsUid: string;
  rescheduledFromUid?: string;
  rescheduledToUid?: string;
}

const refusal = (status: number, message: string): Response =>
  Response.json({ status: 'error', error: { code: 'BadRequestException', message } }, { status });
const NOT_AVAILABLE = 'User either already has booking at this time or is not available';

export class FakeCalcom {
  readonly bookings: FakeBooking[] = [];
  /** of every write, in order */
  readonly calls: string[] = [];
  /** what Cal.com tells us of a write, before the answer to it arrives */
  tell: (triggerEvent: string, payload: Record<string, unknown>) => Promise<void> = () => Promise.resolve();
  /** answers in place of Cal.com; null: Cal.com answers */
  fault: (call: string) => Response | null = () => null;
  /** host that every reassignment ends with, whoever was asked for */
  stubbornHost: string | null = null;
  /** begins its uids: no two tests share one */
  readonly name: string;
  readonly #types: ReadonlyMap<string, FakeType>;
  #serial = 0;

  constructor(types: readonly FakeType[], name: string) {
    this.name = name;
    this.#types = new Map(types.map((one) => [one.id, one]));
  }

  ofAppointment(appointmentId: string): FakeBooking[] {
    return this.bookings.filter((one) => one.metadata['askpro_appointment'] === appointmentId);
  }
  alive(appointmentId: string): FakeBooking[] {
    return this.ofAppointment(appointmentId).filter(({ status }) => status === 'accepted' || status === 'pending');
  }

  readonly fetch = async (input: RequestInfo | URL, init?: RequestInit): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    const [, uid, verb, target] = /^\/v2\/bookings(?:\/([^/]+)(?:\/([\w-]+)(?:\/(\w+))?)?)?$/.exec(url.pathname) ?? [];
    const method = init?.method ?? 'GET';
    const call = `${method === 'POST' ? (verb ?? 'create') : 'get'}`;
    if (method === 'POST') this.calls.push(call);
    const faulty = this.fault(call);
    if (faulty) return faulty;
    const known = this.bookings.find((one) => one.uid === uid);
    if (method !== 'POST') {
      if (uid === undefined) return Response.json({ status: 'success', data: this.bookings });
      return known ? Response.json({ status: 'success', data: known }) : refusal(404, 'not found');
    }
    const body = JSON.parse(String(init?.body ?? '{}')) as Record<string, unknown>;
    if (verb === undefined) return this.#create(body);
    if (!known) return refusal(404, 'not found');
    switch (verb) {
      case 'cancel':
        if (known.status === 'cancelled') return refusal(400, "Can't cancel booking: it has been cancelled already");
        known.status = 'cancelled';
        // Neither metadata nor our id come with it.
        await this.tell('BOOKING_CANCELLED', this.payload(known, { metadata: undefined }));
        return Response.json({ status: 'success', data: known });
      case 'confirm':
        known.status = 'accepted';
        await this.tell('BOOKING_CREATED', this.payload(known));
        return Response.json({ status: 'success', data: known });
      case 'reschedule':
        return this.#move(known, String(body['start']));
      case 'reassign':
        return this.#reassign(known, target ?? '');
      default:
        return refusal(404, `no ${verb}`);
    }
  };

  /** A booking that a customer makes on cal.com itself; answers what Cal.com tells of it. */
  book(given: {
    type: string;
    host: string;
    start: string;
    minutes: number;
    email: string;
    name?: string;
    pending?: boolean;
  }): FakeBooking {
    const end = new Date(Date.parse(given.start) + given.minutes * 60_000).toISOString();
    return this.#keep({
      status: given.pending ? 'pending' : 'accepted',
      start: given.start,
      end,
      eventTypeId: Number(given.type),
      hosts: [{ id: Number(given.host) }],
      attendees: [{ name: given.name ?? 'Gast', email: given.email }],
      metadata: {},
    });
  }

  /** What a webhook says of a booking. */
  payload(booking: FakeBooking, more: Record<string, unknown> = {}): Record<string, unknown> {
    const { uid, start, end, eventTypeId, hosts, attendees, metadata, icsUid, status } = booking;
    return {
      uid,
      startTime: start,
      endTime: end,
      eventTypeId,
      organizer: { id: hosts[0]?.id, email: `host${hosts[0]?.id}@calcom.test`, name: 'Host' },
      attendees: attendees.map((one) => ({ ...one, timeZone: 'Europe/Berlin', language: { locale: 'de' } })),
      metadata,
      iCalUID: icsUid,
      status: status.toUpperCase(),
      ...more,
    };
  }

  #keep(booking: Omit<FakeBooking, 'id' | 'uid' | 'icsUid'> & { icsUid?: string }): FakeBooking {
    const id = ++this.#serial;
    const uid = `${this.name}-u${id}`;
    const made: FakeBooking = { id, uid, icsUid: `${uid}@Cal.com`, ...booking };
    this.bookings.push(made);
    return made;
  }

  #busy(host: string, start: string, end: string, except: string | null): boolean {
    return this.bookings.some(
      (one) =>
        one.uid !== except &&
        (one.status === 'accepted' || one.status === 'pending') &&
        String(one.hosts[0]?.id) === host &&
        one.start < end &&
        start < one.end,
    );
  }

  async #create(body: Record<string, unknown>): Promise<Response> {
    const type = this.#types.get(String(body['eventTypeId']));
    if (!type) return refusal(404, 'Event type not found');
    const asked = body['lengthInMinutes'];
    if (asked !== undefined && type.lengths && !type.lengths.includes(Number(asked)))
      return refusal(
        400,
        "Can't specify 'lengthInMinutes' because event type does not have multiple possible lengths.",
      );
    const start = String(body['start']);
    const end = new Date(Date.parse(start) + Number(asked ?? type.length ?? 60) * 60_000).toISOString();
    const host = type.hosts.find((one) => !this.#busy(one, start, end, null));
    if (host === undefined) return refusal(400, NOT_AVAILABLE);
    const made = this.#keep({
      status: type.requiresConfirmation ? 'pending' : 'accepted',
      start,
      end,
      eventTypeId: Number(type.id),
      hosts: [{ id: Number(host) }],
      attendees: [body['attendee'] as FakeBooking['attendees'][number]],
      metadata: body['metadata'] as Record<string, string>,
    });
    await this.tell(made.status === 'pending' ? 'BOOKING_REQUESTED' : 'BOOKING_CREATED', this.payload(made));
    return Response.json({ status: 'success', data: made }, { status: 201 });
  }

  async #move(old: FakeBooking, start: string): Promise<Response> {
    const end = new Date(Date.parse(start) + Date.parse(old.end) - Date.parse(old.start)).toISOString();
    // A round robin may take another host for a move.
    const hosts = this.#types.get(String(old.eventTypeId))?.hosts ?? [];
    const host = hosts.find((one) => !this.#busy(one, start, end, old.uid));
    if (host === undefined) return refusal(400, NOT_AVAILABLE);
    const { id: _id, uid, rescheduledToUid: _to, ...kept } = old;
    const made = this.#keep({ ...kept, start, end, hosts: [{ id: Number(host) }], rescheduledFromUid: uid });
    old.status = 'cancelled';
    old.rescheduledToUid = made.uid;
    await this.tell('BOOKING_RESCHEDULED', this.payload(made, { rescheduleUid: uid, rescheduleStartTime: old.start }));
    return Response.json({ status: 'success', data: made }, { status: 201 });
  }

  async #reassign(booking: FakeBooking, asked: string): Promise<Response> {
    const hosts = this.#types.get(String(booking.eventTypeId))?.hosts ?? [];
    const host = this.stubbornHost ?? asked;
    if (hosts.length < 2 || !hosts.includes(asked)) return refusal(400, 'no such host');
    if (this.#busy(host, booking.start, booking.end, booking.uid)) return refusal(400, NOT_AVAILABLE);
    booking.hosts = [{ id: Number(host) }];
    await this.tell('BOOKING_REASSIGNED', this.payload(booking, { addedHostUserIds: [Number(host)] }));
    return Response.json({ status: 'success', data: { bookingUid: booking.uid, reassignedTo: { id: Number(host) } } });
  }
}

/** The body of a webhook as Cal.com would send it now. */
export const messageOf = (triggerEvent: string, payload: Record<string, unknown>, at = processNow()): string =>
  JSON.stringify({ triggerEvent, createdAt: new Date(at).toISOString(), payload });
