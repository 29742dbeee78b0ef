/**
 * Random operations (ten thousand in `npm run prove state-machine`) against the commands over their real store and, beside them, the oracle: never an overlap on a person or a resource, every request
 * that the oracle finds feasible is accepted, every refusal is one the oracle makes too. Seeds are printed.
 */
import { describe, expect, it } from 'vitest';
import { asInstant, type Instant } from '../../shared/clock.ts';
import { runsOf, seedOf } from '../../tests/counts.ts';
import { MINUTE } from '../../shared/time.ts';
import { COMMANDS } from './commands/registry.ts';
import { epochDay } from './engine/hours.ts';
import { Oracle } from './engine/oracle.fixture.ts';
import { type BusyRow, itemsOf } from './salon.fixture.ts';
import { memoryCalendar } from './store/calendar.fixture.ts';
import type { ScheduleInput, ScheduleItem } from './master-data.ts';
import { type Hold, sizeOf } from './rows.ts';
import type { ActorRef, Appointment, Modification } from '../events/calendar.ts';

const OPERATIONS = runsOf('state-machine');
/** Operations of one calendar: late ones find it crowded. */
const LONGEST = 2_000;
const SEEDS = Math.ceil(OPERATIONS / LONGEST);
const actor: ActorRef = { kind: 'system', id: 'test' };
const PEOPLE = ['a', 'b', 'c'];
const SERVICES = ['cut', 'colour', 'course', 'room'];
/** Saturday before the autumn change to Monday after it. */
const DAYS = ['2027-10-30', '2027-10-31', '2027-11-01'];
const START = asInstant(Date.parse('2027-10-20T08:00:00Z'));

function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x297a2d39) >>> 0;
    state = (state ^ (state >>> 12)) >>> 0;
    return state / 2 ** 32;
  };
}

const hours = (
  ownerKind: string,
  ownerId: string,
  from: string,
  to: string,
  breaks: { from: string; to: string }[] = [],
): ScheduleInput[] =>
  [0, 1, 2, 3, 4, 5, 6].map((weekday) => ({
    kind: 'hours',
    id: `${ownerId}.${weekday}`,
    body: { ownerKind, ownerId, weekday, periods: [{ from, to }], breaks },
  }));

const service = (id: string, more: object): ScheduleInput => ({
  kind: 'service',
  id,
  body: {
    companyId: 'com',
    name: { de: id },
    priceCents: 100,
    currency: 'EUR',
    durationMinutes: 30,
    staff: PEOPLE.map((staffId) => ({ staffId })),
    ...more,
  },
});

const seedItems = (): ScheduleInput[] => [
  {
    kind: 'branch',
    id: 'bra',
    body: { companyId: 'com', name: 'B', timeZone: 'Europe/Berlin', country: 'DE', main: true },
  },
  ...PEOPLE.map(
    (id): ScheduleInput => ({ kind: 'staff', id, body: { companyId: 'com', firstName: id, branchIds: ['bra'] } }),
  ),
  {
    kind: 'resource',
    id: 'chair',
    body: { companyId: 'com', branchId: 'bra', name: 'C', type: 'equipment', capacity: 2 },
  },
  { kind: 'resource', id: 'room', body: { companyId: 'com', branchId: 'bra', name: 'R', type: 'room' } },
  ...hours('branch', 'bra', '01:00', '12:00'),
  ...hours('staff', 'a', '01:00', '11:00', [{ from: '05:00', to: '05:30' }]),
  ...hours('staff', 'b', '00:30', '12:00'),
  ...hours('staff', 'c', '02:30', '09:00'),
  service('cut', {
    bufferAfterMinutes: 5,
    branchOverrides: [{ branchId: 'bra', durationMinutes: 35, priceCents: 120 }],
  }),
  service('course', {
    maxPerSlot: 3,
    durationMinutes: 60,
    bufferBeforeMinutes: 5,
    branchOverrides: [{ branchId: 'bra', durationMinutes: 45 }],
  }),
  service('room', {
    durationMinutes: 40,
    resources: [{ anyOf: ['room'] }],
    staff: [{ staffId: 'a' }, { staffId: 'b' }],
  }),
  service('colour', {
    resources: [{ anyOf: ['chair'] }],
    sameStaff: false,
    segments: [
      { id: 's1', kind: 'active', durationMinutes: 20 },
      { id: 's2', kind: 'passive', durationMinutes: 25 },
      { id: 's3', kind: 'active', durationMinutes: 15, staffIds: ['a', 'c'], gapMaxMinutes: 10 },
    ],
  }),
];

class World {
  items: ScheduleItem[] = itemsOf(seedItems());
  readonly calendar = memoryCalendar();
  readonly appointments = new Map<string, Appointment>();
  readonly holds = new Map<string, Hold>();
  /** the newest change of an appointment, as long as nothing followed */
  readonly changes = new Map<string, { appointment: Appointment; modification: Modification }>();
  now: Instant = START;

  constructor() {
    this.#put('seed', seedItems());
  }
  #put(key: string, items: ScheduleInput[]): void {
    const put = this.calendar.run(COMMANDS.putScheduleMany, { key, now: this.now, actor, items });
    if (!put.ok) throw new Error(JSON.stringify(put.error));
  }

  putItem(key: string, input: ScheduleInput): void {
    const made = itemsOf([input])[0]!;
    this.items = [...this.items.filter((i) => i.id !== made.id), made];
    this.#put(key, [input]);
    this.oracleOf = this.newOracle();
  }

  /** Frees some of the lapsed holds: the object tidies some time after; the rules go by the clock either way. */
  tidy(most: number): void {
    const { store, storage } = this.calendar;
    store.holds.freeExpired(this.now, 0, most);
    store.settled(true);
    for (const row of storage.sql.exec('SELECT lock_token FROM holds WHERE freed = 1').toArray())
      this.holds.delete(String(row['lock_token']));
  }

  /** The table that the trigger guards, by person and resource. */
  rowsOf(exclude: readonly string[]): Record<string, BusyRow[]> {
    const made: Record<string, BusyRow[]> = {};
    for (const row of this.calendar.storage.sql.exec('SELECT * FROM busy').toArray()) {
      const owner = String(row['owner']);
      if (exclude.includes(owner)) continue;
      const id = String(row['subject']).slice(2);
      made[id] ??= [];
      made[id]!.push({
        from: Number(row['from_min']),
        to: Number(row['to_min']),
        units: Number(row['units']),
        share: row['share'] === null ? null : String(row['share']),
        owner,
        ...(row['expires_at'] === null ? {} : { expires: Number(row['expires_at']) }),
      });
    }
    return made;
  }

  /** What the oracle reads; its clocks and hours are kept while the schedule stays. */
  oracleRows: Record<string, BusyRow[]> = {};
  newOracle(): Oracle {
    return new Oracle(this.items, 'bra', this.oracleRows, 0);
  }
  oracleOf: Oracle = this.newOracle();
  feasible(
    serviceId: string,
    start: number,
    staffId: string | null,
    partySize: number,
    exclude: readonly string[],
    people: readonly (string | null | undefined)[] = [],
  ): boolean {
    this.#look(exclude);
    return this.oracleOf.fits(serviceId, start, staffId, partySize, people);
  }
  /** Several services in one visit. */
  feasibleVisit(services: readonly string[], start: number): boolean {
    this.#look([]);
    return this.oracleOf.fitsVisit(services, start);
  }
  #look(exclude: readonly string[]): void {
    for (const id of Object.keys(this.oracleRows)) delete this.oracleRows[id];
    for (const [id, rows] of Object.entries(this.rowsOf(exclude)))
      this.oracleRows[id] = rows.filter((r) => (r.expires ?? Infinity) > this.now);
  }

  /** The invariant, counted minute by minute over what is live. */
  overlaps(): string | null {
    const rows = this.rowsOf([]);
    for (const [id, list] of Object.entries(rows)) {
      const capacity = this.items.find((i) => i.kind === 'resource' && i.id === id);
      const max = capacity?.kind === 'resource' ? capacity.body.capacity : 1;
      const live = list.filter((r) => (r.expires ?? Infinity) > this.now);
      for (const one of live) {
        for (const edge of [one.from, one.to - 1]) {
          const there = live.filter((r) => r.from <= edge && r.to > edge);
          const sessions = new Set(there.map((r) => r.share ?? r.owner));
          const people = PEOPLE.includes(id);
          if (people && sessions.size > 1) return `${id} at ${edge}: ${[...sessions].join(' and ')}`;
          if (people && there.reduce((sum, r) => sum + (r.units ?? 1), 0) > (one.share ? 3 : 1))
            return `${id} at ${edge}: too many in a session`;
          if (!people && there.reduce((sum, r) => sum + (r.units ?? 1), 0) > max)
            return `${id} at ${edge}: beyond capacity`;
        }
      }
    }
    return null;
  }
}

function play(seed: number, operations: number): { asked: number; accepted: number } {
  const next = random(seed);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(next() * list.length)]!;
  const world = new World();
  let counter = 0;
  let asked = 0;
  let accepted = 0;
  const startOf = (): number => epochDay(pick(DAYS)) * 1440 - 120 + Math.floor(next() * (13 * 12)) * 5;
  const judge = (what: string, feasible: boolean, ok: boolean): void => {
    asked++;
    if (ok) accepted++;
    if (feasible !== ok)
      throw new Error(`seed ${seed}, operation ${counter}: oracle says ${feasible}, rule says ${ok}: ${what}`);
  };
  for (; counter < operations; counter++) {
    const dice = next();
    const id = `o${counter}`;
    const base = { key: id, now: world.now, actor };
    if (dice < 0.38) {
      const serviceId = pick(SERVICES);
      const staffId = next() < 0.5 ? pick(PEOPLE) : null;
      const start = startOf();
      const partySize = serviceId === 'course' && next() < 0.3 ? 2 : 1;
      const hold = next() < 0.2 ? [...world.holds.values()].at(-1) : undefined;
      const request = hold
        ? {
            services: [{ serviceId: hold.slot.serviceId }],
            staffId: next() < 0.5 ? hold.slot.staffId : null,
            startsAt: hold.slot.startsAt,
            partySize: sizeOf(hold.slot),
          }
        : { services: [{ serviceId }], staffId, startsAt: asInstant(start * MINUTE), partySize };
      const expired = hold !== undefined && hold.expiresAt <= world.now;
      const asked = request.services[0]!.serviceId;
      const at = request.startsAt / MINUTE;
      // A live hold names its people: it is free for exactly them unless the schedule has changed.
      const feasible =
        !expired &&
        (hold
          ? [hold.slot, ...(hold.slot.party ?? [])].every((visit) =>
              world.feasible(
                asked,
                visit.startsAt / MINUTE,
                asked === 'colour' ? null : visit.staffId,
                visit.partySize,
                [hold.lockToken],
                visit.segments.map((s) => s.staffId),
              ),
            )
          : world.feasible(asked, at, request.staffId, request.partySize, []) ||
            (asked === 'colour' && world.feasible(asked, at, null, 1, [], [request.staffId ?? undefined])));
      const result = world.calendar.run(COMMANDS.book, {
        ...base,
        appointmentId: id,
        customerId: 'cus',
        branchId: 'bra',
        source: 'api',
        lockToken: hold?.lockToken ?? null,
        partyIds: [`${id}p`],
        ...request,
      });
      judge(`book ${JSON.stringify(request)} ${result.ok ? '' : JSON.stringify(result.error)}`, feasible, result.ok);
      if (result.ok) {
        world.appointments.set(id, result.value.appointment);
        const promised = hold?.slot.segments.map((s) => s.staffId);
        if (promised) expect(result.value.appointment.segments.map((s) => s.staffId)).toEqual(promised);
        for (const one of result.value.party) world.appointments.set(one.appointment.id, one.appointment);
      }
      if (hold && (result.ok || expired)) world.holds.delete(hold.lockToken);
    } else if (dice < 0.4) {
      // Several services of one visit, by whom they may be done.
      const services = pick([
        ['cut', 'room'],
        ['room', 'cut'],
        ['cut', 'colour', 'cut'],
      ]);
      const start = startOf();
      const feasible = world.feasibleVisit(services, start);
      const result = world.calendar.run(COMMANDS.book, {
        ...base,
        appointmentId: id,
        customerId: 'cus',
        branchId: 'bra',
        source: 'api',
        services: services.map((serviceId) => ({ serviceId })),
        staffId: null,
        startsAt: asInstant(start * MINUTE),
      });
      judge(
        `visit ${services.join('+')} ${start} ${result.ok ? '' : JSON.stringify(result.error)}`,
        feasible,
        result.ok,
      );
      if (result.ok) world.appointments.set(id, result.value.appointment);
    } else if (dice < 0.415) {
      // Two people at the same time, who share no slot.
      const start = startOf();
      const able = PEOPLE.filter((who) => world.feasible('cut', start, who, 1, []));
      const result = world.calendar.run(COMMANDS.book, {
        ...base,
        appointmentId: id,
        partyIds: [`${id}p`],
        customerId: 'cus',
        branchId: 'bra',
        source: 'api',
        services: [{ serviceId: 'cut' }],
        staffId: null,
        startsAt: asInstant(start * MINUTE),
        partySize: 2,
      });
      judge(`party ${start} ${able.join()}`, able.length >= 2, result.ok);
      if (result.ok) {
        const all = [result.value.appointment, ...result.value.party.map((one) => one.appointment)];
        expect(new Set(all.map((one) => one.staffId)).size).toBe(2);
        for (const one of all) world.appointments.set(one.id, one);
      }
    } else if (dice < 0.5) {
      const serviceId = pick(SERVICES);
      const partySize = serviceId === 'cut' && next() < 0.3 ? 2 : 1;
      const staffId = partySize === 1 && next() < 0.5 ? pick(PEOPLE) : null;
      const start = startOf();
      const able = PEOPLE.filter((who) => partySize === 2 && world.feasible('cut', start, who, 1, []));
      const feasible =
        partySize === 2
          ? able.length >= 2
          : world.feasible(serviceId, start, staffId, 1, []) ||
            (serviceId === 'colour' && world.feasible(serviceId, start, null, 1, [], [staffId ?? undefined]));
      const result = world.calendar.run(COMMANDS.hold, {
        ...base,
        // Each hold is somebody else's: how many one may have is not the question here.
        actor: { kind: 'system', id },
        lockToken: id,
        services: [{ serviceId }],
        branchId: 'bra',
        staffId,
        startsAt: asInstant(start * MINUTE),
        partySize,
        ttlSeconds: 120,
      });
      judge(`hold ${serviceId} ${staffId} ${start}`, feasible, result.ok);
      if (result.ok) world.holds.set(id, result.value.hold);
    } else if (dice < 0.7 && world.appointments.size > 0) {
      const before = pick([...world.appointments.values()]);
      const start = startOf();
      const choice = next();
      const staffId = choice < 0.2 ? undefined : choice < 0.75 ? null : pick(PEOPLE);
      const can = (who: string | null, people: readonly (string | null | undefined)[] = []): boolean =>
        world.feasible(before.serviceId, start, who, before.partySize, [before.id], people);
      // Who is not named stays.
      const people = before.segments.map((s) => s.staffId);
      const feasible =
        staffId === undefined
          ? can(before.serviceId === 'colour' ? null : before.staffId, people)
          : can(staffId) || (before.serviceId === 'colour' && can(null, [staffId ?? undefined]));
      const result = world.calendar.run(COMMANDS.reschedule, {
        ...base,
        appointmentId: before.id,
        modificationId: id,
        newStartsAt: asInstant(start * MINUTE),
        ...(staffId === undefined ? {} : { staffId }),
      });
      // Who can do each service of a visit at once, the oracle finds for anybody only.
      const isVisit = before.moreServiceIds.length > 0;
      judge(
        `move ${before.serviceId} ${String(staffId)} ${start} ${result.ok ? '' : JSON.stringify(result.error)}`,
        isVisit ? result.ok : feasible,
        result.ok,
      );
      if (result.ok) {
        const { appointment } = result.value;
        if (staffId === undefined) expect(appointment.segments.map((s) => s.staffId)).toEqual(people);
        world.appointments.set(before.id, appointment);
        const [modification] = world.calendar.store.modifications.of(before.id, 1);
        if (modification?.id === id) world.changes.set(before.id, { appointment, modification });
      }
    } else if (dice < 0.88 && world.appointments.size > 0) {
      const before = pick([...world.appointments.values()]);
      const result = world.calendar.run(COMMANDS.cancel, { ...base, appointmentId: before.id, modificationId: id });
      if (!result.ok) throw new Error('an open appointment can be cancelled');
      world.appointments.delete(before.id);
      const modification = world.calendar.store.modifications.find(id)!;
      world.changes.set(before.id, { appointment: result.value.appointment, modification });
    } else if (dice < 0.93 && world.changes.size > 0) {
      const { appointment, modification } = pick([...world.changes.values()]);
      const { oldStartsAt, oldStaffId } = modification;
      const feasible = world.feasible(appointment.serviceId, oldStartsAt! / MINUTE, oldStaffId, appointment.partySize, [
        appointment.id,
      ]);
      const result = world.calendar.run(COMMANDS.putBack, {
        ...base,
        appointmentId: appointment.id,
        modificationId: id,
        undoes: modification.id,
      });
      // Whom a service of several people needs, the oracle does not know.
      if (appointment.serviceId !== 'colour' && appointment.moreServiceIds.length === 0)
        judge(
          `put back ${appointment.serviceId} ${oldStaffId} ${oldStartsAt! / MINUTE} ${result.ok ? '' : JSON.stringify(result.error)}`,
          feasible,
          result.ok,
        );
      if (result.ok) {
        world.changes.delete(appointment.id);
        world.appointments.set(appointment.id, result.value.appointment);
      }
    } else if (dice < 0.97) {
      world.now = asInstant(world.now + Math.floor(next() * 4) * MINUTE);
      world.tidy(Math.floor(next() * 3));
    } else {
      const from = Math.floor(next() * 8);
      const clock = (h: number): string => `${String(h).padStart(2, '0')}:00`;
      world.putItem(
        id,
        next() < 0.5
          ? {
              kind: 'exception',
              id: `x${counter % 3}`,
              body: {
                ownerKind: 'staff',
                ownerId: pick(PEOPLE),
                kind: pick(['sick', 'extra_shift']),
                fromDate: pick(DAYS),
                toDate: DAYS[2],
                fromTime: clock(from),
                toTime: clock(from + 3),
              },
            }
          : hours('staff', pick(PEOPLE), clock(from), clock(from + 6 > 12 ? 12 : from + 6))[Math.floor(next() * 7)]!,
      );
    }
    const overlap = counter % 10 === 0 ? world.overlaps() : null;
    if (overlap) throw new Error(`seed ${seed}, operation ${counter}: ${overlap}`);
  }
  expect(world.overlaps()).toBeNull();
  return { asked, accepted };
}

describe(`${OPERATIONS} random operations`, () => {
  it('never overlap, and accept exactly what the oracle finds feasible', () => {
    const first = seedOf(20_271_031);
    const seeds = Array.from({ length: SEEDS }, (_, i) => first + i);
    console.warn(`state machine seeds ${seeds.join(' ')}`);
    let [asked, accepted] = [0, 0];
    for (const seed of seeds) {
      const played = play(seed, Math.ceil(OPERATIONS / SEEDS));
      asked += played.asked;
      accepted += played.accepted;
    }
    console.warn(`${accepted} of ${asked} requests accepted`);
    expect(accepted / asked).toBeGreaterThan(0.3);
  }, 120_000);
});
