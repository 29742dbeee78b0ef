/**
 * From a typed line to bookings that can be made as they stand: customer, service, person, day, hour, end and price, each asked of the ordinary
 * API. What is ambiguous becomes several offers, what is missing or taken is said. Called by the palette.
 */
import type { AppointmentListResponse } from '../../../shared/contract/appointments.ts';
import type {
  SimpleAvailabilityRequest,
  SimpleAvailabilityResponse,
  SlotView,
} from '../../../shared/contract/availability.ts';
import type { SearchResponse } from '../../../shared/contract/search.ts';
import type { ServiceView } from '../../../shared/contract/services.ts';
import type { StaffView } from '../../../shared/contract/staff.ts';
import { asInstant } from '../../../shared/clock.ts';
import { searchOf, type SearchWindow, type SpokenContext, understand } from '../../../shared/spoken-time/index.ts';
import { addDays, DAY, dateOf } from '../../../shared/time.ts';
import type { ApiAnswer, ApiClient, ApiFault } from '../../ui/api-client.ts';
import { isNumber, offeredServices, usualOf } from '../calendar/booking.ts';
import type { NewAppointment } from '../calendar/new-appointment.ts';
import { type KnownNames, readLine } from './line.ts';

/** People, services and both together that are offered at once; more than that is not chosen from, but typed on. */
const MOST_PEOPLE = 3;
const MOST_SERVICES = 4;
const MOST_PAIRS = 4;
/** Times of one pair: where one of them was named, and where none was. */
const MOST_TIMES = 4;
/** Without a word of time: the next free ones within two weeks. */
const AHEAD_DAYS = 14;
/** Appointments looked through for what somebody usually comes for. */
const LOOKED_THROUGH = 10;

/** Somebody who comes; without an id they are made by the booking. */
export interface Comer {
  id: string | null;
  name: string;
  phone: string;
}

/** A booking that Enter makes. */
export interface Offer {
  key: string;
  comer: Comer;
  service: ServiceView;
  slot: SlotView;
}

/** What is said beside the offers. */
export type Note =
  | { kind: 'question'; text: string }
  | { kind: 'nobody' }
  | { kind: 'no_service' }
  | { kind: 'taken'; at: string }
  | { kind: 'nothing_free' };

export interface Offers {
  offers: readonly Offer[];
  note: Note | null;
  /** as much as is known, for the form */
  known: NewAppointment;
  zone: string;
  fault: ApiFault | null;
}

export interface Asking {
  api: ApiClient;
  signal: AbortSignal;
  services: readonly ServiceView[];
  staff: readonly StaffView[];
  branches: KnownNames['branches'];
  context: SpokenContext;
  branchId: string;
  /** zone of a branch that the line names */
  zoneOf: (branchId: string) => string;
  mayCreate: boolean;
}

/** A name and a number that were typed together, apart. */
function apart(who: string): { name: string; phone: string } {
  const words = who.split(' ').filter(Boolean);
  const digits = words.filter((word) => /\d/.test(word));
  const phone = digits.join(' ');
  return isNumber(phone)
    ? { name: words.filter((word) => !digits.includes(word)).join(' '), phone }
    : { name: who, phone: '' };
}

/** A name as it is written: the first letter of each word is a capital where none was typed. */
const written = (name: string): string =>
  name === name.toLowerCase() ? name.replace(/(^|[\s-])\p{L}/gu, (begin) => begin.toUpperCase()) : name;

/** Fails with the fault of the first request that is refused. */
class Refused extends Error {
  readonly fault: ApiFault;
  constructor(fault: ApiFault) {
    super(fault.message);
    this.fault = fault;
  }
}
function bodyOf<T>(answer: ApiAnswer<T>): T {
  if (!answer.ok) throw new Refused(answer.fault);
  return answer.body;
}

/** When the line wants it: one instant, windows of starts, or what has to be said instead. */
function whenOf(
  when: string,
  context: SpokenContext,
): { exact: number | null; windows: readonly SearchWindow[]; date?: string; time?: string; question: string | null } {
  const { now, zone } = context;
  if (when === '') {
    const window = { from: now, to: asInstant(now + AHEAD_DAYS * DAY) };
    return { exact: null, windows: [window], question: null };
  }
  const read = understand({ when }, context);
  const named = { ...(read.date && { date: read.date }), ...(read.time && { time: read.time }) };
  const search = searchOf(read, context);
  const question = read.question ?? search.question;
  if (search.state === 'ask' || read.kind === 'none')
    return { exact: null, windows: [], ...named, question: question ?? when };
  const first = search.windows[0];
  return {
    exact: search.exact,
    windows: search.windows,
    ...(first && { date: dateOf(search.exact ?? first.from, zone) }),
    ...named,
    question: null,
  };
}

/** Who is meant: somebody known, else somebody new where a name was said. */
async function comersOf(
  { api, signal, mayCreate }: Asking,
  line: { who: string; whoElse: string | null },
): Promise<{ comers: readonly Comer[]; isElse: boolean }> {
  const find = async (who: string): Promise<Comer[]> => {
    const { name, phone } = apart(who);
    const q = phone === '' ? name : phone;
    const { data } = bodyOf(await api.get<SearchResponse>('/api/v1/search', { q }, signal));
    return data.customers
      .slice(0, MOST_PEOPLE)
      .map((one) => ({ id: one.id, name: one.name ?? one.phone ?? '', phone: one.phone ?? '' }));
  };
  if (line.whoElse !== null) {
    const whole = await find(line.whoElse);
    if (whole.length > 0) return { comers: whole, isElse: true };
  }
  if (line.who === '') return { comers: [], isElse: false };
  const found = await find(line.who);
  if (found.length > 0) return { comers: found, isElse: false };
  const { name, phone } = apart(line.who);
  const isNew = mayCreate && name !== '';
  return { comers: isNew ? [{ id: null, name: written(name), phone }] : [], isElse: false };
}

/** Reads the line and asks for everything that a booking needs. Never throws for what the API refuses. */
export async function offersFor(text: string, asking: Asking): Promise<Offers> {
  const { context, api, signal } = asking;
  const line = readLine(text, asking, context);
  const branchId = line.branches[0] ?? asking.branchId;
  const zone = asking.zoneOf(branchId);
  const when = whenOf(line.when, { ...context, zone });
  const said = apart(line.who);
  let known: NewAppointment = {
    branch: branchId,
    service: line.services.length === 1 ? line.services[0] : undefined,
    staff: line.staff.length === 1 ? line.staff[0] : undefined,
    date: when.date,
    time: when.time,
    name: said.name === '' ? undefined : written(said.name),
    phone: said.phone === '' ? undefined : said.phone,
  };
  const end = (offers: readonly Offer[], note: Note | null, fault: ApiFault | null = null): Offers => ({
    offers,
    note,
    known,
    zone,
    fault,
  });
  try {
    const { comers, isElse } = await comersOf(asking, line);
    const staff = isElse ? [] : line.staff;
    const [only] = comers;
    if (comers.length === 1 && only?.id) known = { ...known, customer: only.id, name: undefined, phone: undefined };
    if (when.question !== null) return end([], { kind: 'question', text: when.question });
    if (comers.length === 0) return end([], { kind: 'nobody' });

    const people = asking.staff.filter((one) => one.branch_ids.some((id) => id === branchId)).map(({ id }) => id);
    const offered = offeredServices(asking.services, people, branchId);
    const usual = await Promise.all(
      comers.map(async ({ id }) => {
        if (id === null || (line.services.length === 1 && staff.length === 1)) return null;
        const answer = await api.get<AppointmentListResponse>(
          '/api/v1/appointments',
          { customer_id: id, limit: LOOKED_THROUGH },
          signal,
        );
        // Not being able to look only means that nothing is preferred.
        return answer.ok ? usualOf(answer.body.data) : null;
      }),
    );
    const pairs = comers
      .flatMap((comer, n) => {
        const had = usual[n] ?? null;
        const services =
          line.services.length > 0
            ? offered.filter(({ id }) => line.services.some((one) => one === id))
            : offered.filter(({ id }) => id === had?.service);
        const choice = services.length > 0 || line.services.length > 0 ? services : offered;
        return choice.slice(0, MOST_SERVICES).map((service) => ({ comer, service, prefers: had?.staff ?? null }));
      })
      .slice(0, MOST_PAIRS);
    if (pairs.length === 0) return end([], { kind: 'no_service' });

    const asked = new Map<string, Promise<SimpleAvailabilityResponse>>();
    const availability = (service: ServiceView): Promise<SimpleAvailabilityResponse> => {
      const before = asked.get(service.id);
      if (before) return before;
      const first = when.windows[0]?.from ?? context.now;
      const last = when.windows.at(-1)?.to ?? first;
      const date = dateOf(asInstant(when.exact ?? first), zone);
      let days = 1;
      while (when.exact === null && days < AHEAD_DAYS && addDays(date, days) <= dateOf(last, zone)) days++;
      const request = {
        service_id: service.id,
        branch_id: branchId,
        date,
        ...(days > 1 && { days }),
        ...(staff.length === 1 && { staff_id: staff[0] }),
      } as SimpleAvailabilityRequest;
      const answer = api.post<SimpleAvailabilityResponse>('/api/v2/availability/simple', request).then(bodyOf);
      asked.set(service.id, answer);
      return answer;
    };
    const isWanted = (slot: SlotView): boolean => staff.length === 0 || staff.includes(slot.staff_id);
    const most = pairs.length === 1 ? MOST_TIMES : 1;
    let isTaken = false;
    const offers: Offer[] = [];
    const answers = await Promise.all(pairs.map(({ service }) => availability(service)));
    for (const [n, { comer, service, prefers }] of pairs.entries()) {
      const answer = answers[n];
      if (!answer) continue;
      const free = [...answer.slots, ...answer.next_available_slots].filter(isWanted);
      const fitting = free.filter(({ starts_at }) => isIn(Date.parse(starts_at), when));
      // Where the hour is taken: what is nearest to it on that day, else the next free ones.
      const near = fitting.length > 0 ? fitting : nearestTo(free, when.exact ?? when.windows[0]?.from ?? context.now);
      isTaken ||= fitting.length === 0;
      for (const slot of onePerStart(near, prefers).slice(0, when.exact !== null && fitting.length > 0 ? 1 : most))
        offers.push({
          key: [comer.id ?? `${comer.name} ${comer.phone}`, service.id, slot.staff_id, slot.starts_at].join('|'),
          comer,
          service,
          slot,
        });
    }
    if (offers.length === 0) return end([], { kind: 'nothing_free' });
    if (!isTaken) return end(offers, null);
    return end(offers, when.exact === null ? { kind: 'nothing_free' } : { kind: 'taken', at: when.time ?? '' });
  } catch (fault) {
    if (fault instanceof Refused) return end([], null, fault.fault);
    throw fault;
  }
}

const isIn = (
  start: number,
  { exact, windows }: { exact: number | null; windows: readonly SearchWindow[] },
): boolean => (exact === null ? windows.some(({ from, to }) => start >= from && start <= to) : start === exact);

const nearestTo = (slots: readonly SlotView[], instant: number): SlotView[] =>
  slots
    .toSorted((a, b) => Math.abs(Date.parse(a.starts_at) - instant) - Math.abs(Date.parse(b.starts_at) - instant))
    .slice(0, MOST_TIMES * 4);

/** One slot a start: with whom the customer usually comes to, else the first of the day's own order. */
function onePerStart(slots: readonly SlotView[], prefers: string | null): SlotView[] {
  const by = new Map<string, SlotView>();
  for (const slot of slots) {
    const before = by.get(slot.starts_at);
    if (before === undefined || (slot.staff_id === prefers && before.staff_id !== prefers))
      by.set(slot.starts_at, slot);
  }
  return [...by.values()];
}
