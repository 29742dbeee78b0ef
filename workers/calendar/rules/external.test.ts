/** What Cal.com says, in any order and any number of times, ends in one state; an occupied slot becomes a conflict, nothing is dropped. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf } from '../../../tests/counts.ts';
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { MINUTE } from '../../../shared/time.ts';
import { COMMANDS } from '../commands/registry.ts';
import { salonItems } from '../salon.fixture.ts';
import { memoryCalendar } from '../store/calendar.fixture.ts';
import type { ApplyExternal, ApplyExternalAnswer } from '../commands/inputs.ts';
import type { ActorRef, Appointment, ExternalConflict } from '../../events/calendar.ts';
import type { ExternalLink } from './external.ts';

const actor: ActorRef = { kind: 'calcom', id: 'webhook' };
const NOW = asInstant(Date.parse('2027-03-01T08:00:00Z'));
const HOUR = 60 * MINUTE;
/** Tuesday 09:00 in Berlin and later */
const at = (hour: number): Instant => asInstant(Date.parse('2027-03-09T08:00:00Z') + (hour - 9) * HOUR);

const SEED = { key: 'seed', now: NOW, actor, items: salonItems() };

/** The command over its real store; what tests look at and put there by hand. */
class Memory {
  readonly #calendar = memoryCalendar();
  readonly appointments: {
    get(id: string): Appointment | undefined;
    set(id: string, a: Appointment): void;
    size: number;
  };
  readonly links: { set(uid: string, link: ExternalLink): void; clear(): void };
  readonly conflicts: { values(): ExternalConflict[] };

  constructor() {
    const { store, storage, run } = this.#calendar;
    run(COMMANDS.putScheduleMany, SEED);
    this.appointments = {
      get: (id) => store.appointments.find(id) ?? undefined,
      set: (_id, appointment) => store.appointments.save(appointment),
      get size() {
        return store.appointments.pageAfter('', 100).length;
      },
    };
    this.links = {
      set: (_uid, link) => store.external.saveLink(link),
      clear: () => void storage.sql.exec('DELETE FROM external_links'),
    };
    this.conflicts = { values: () => store.external.conflictsAfter('', 100) };
  }

  apply(command: ApplyExternal): ApplyExternalAnswer {
    const answer = this.#calendar.run(COMMANDS.applyExternal, command);
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
    return answer.value;
  }

  /** What must not depend on order: the booking, and what it occupies. */
  state() {
    const { store, storage } = this.#calendar;
    return store.appointments.pageAfter('', 100).map((a) => ({
      id: a.id,
      status: a.status,
      startsAt: a.startsAt,
      staffId: a.staffId,
      uid: a.calcomUid,
      rows: storage.sql
        .exec('SELECT subject, from_min, to_min FROM busy WHERE owner = ? ORDER BY part', a.id)
        .toArray(),
    }));
  }
}

const event = (more: Partial<ApplyExternal> & Pick<ApplyExternal, 'type' | 'uid'>): ApplyExternal => ({
  key: 'k',
  now: NOW,
  actor,
  appointmentId: 'apt_ical',
  modificationId: `mod_${more.type}_${more.uid}`,
  conflictId: `cnf_${more.uid}`,
  startsAt: at(10),
  endsAt: at(11),
  staffId: 'stf_anna',
  serviceId: 'srv_cut',
  branchId: 'bra_mitte',
  customerId: 'cus_1',
  externalUpdatedAt: asInstant(NOW + 1),
  ...more,
});

const FAMILY: ApplyExternal[] = [
  event({ type: 'created', uid: 'u1' }),
  event({
    type: 'rescheduled',
    uid: 'u2',
    previousUid: 'u1',
    startsAt: at(13),
    endsAt: at(14),
    externalUpdatedAt: asInstant(NOW + 2),
  }),
  event({
    type: 'rescheduled',
    uid: 'u3',
    previousUid: 'u2',
    startsAt: at(15),
    endsAt: at(16),
    staffId: 'stf_ben',
    externalUpdatedAt: asInstant(NOW + 3),
  }),
  event({
    type: 'rescheduled',
    uid: 'u4',
    previousUid: 'u3',
    startsAt: at(16),
    endsAt: at(17),
    externalUpdatedAt: asInstant(NOW + 4),
  }),
  event({ type: 'cancelled', uid: 'u4', externalUpdatedAt: asInstant(NOW + 5) }),
];

function permutations<T>(list: readonly T[]): T[][] {
  if (list.length <= 1) return [[...list]];
  return list.flatMap((one, i) =>
    permutations([...list.slice(0, i), ...list.slice(i + 1)]).map((rest) => [one, ...rest]),
  );
}
const stateAfter = (events: readonly ApplyExternal[]) => {
  const memory = new Memory();
  for (const one of events) memory.apply(one);
  return memory.state();
};

describe('events of one booking', () => {
  it.each([1, 2, 3, 4, 5])(
    'the first %i of created, moved, moved, moved, cancelled end in one state in every order',
    (length) => {
      const family = FAMILY.slice(0, length);
      const expected = stateAfter(family);
      expect(expected).toHaveLength(1);
      expect(expected[0]?.status).toBe(length === 5 ? 'cancelled' : 'confirmed');
      for (const order of permutations(family))
        expect(stateAfter(order), order.map((e) => `${e.type} ${e.uid}`).join(', ')).toEqual(expected);
    },
  );

  it('duplicates change nothing, in random sequences that end with each event seen', () => {
    const expected = stateAfter(FAMILY.slice(0, 4));
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { maxLength: 12 }),
        fc.shuffledSubarray([0, 1, 2, 3], { minLength: 4, maxLength: 4 }),
        (noise, order) => {
          const sequence = [...noise, ...order, ...noise].map((i) => FAMILY[i]!);
          expect(stateAfter(sequence)).toEqual(expected);
        },
      ),
      { numRuns: runsOf('external-events') },
    );
  }, 60_000);
});

describe('our own push coming back', () => {
  const own = (): Memory => {
    const memory = new Memory();
    memory.apply(event({ type: 'created', uid: 'seed', appointmentId: 'apt_own' }));
    const made = memory.appointments.get('apt_own')!;
    memory.links.clear();
    memory.appointments.set('apt_own', {
      ...made,
      calcomUid: null,
      syncStatus: 'pending',
      externalUpdatedAt: null,
      source: 'phone_ai',
      updatedAt: NOW,
    });
    return memory;
  };
  it('links by our id in the metadata and makes no second appointment', () => {
    const memory = own();
    const d = memory.apply(event({ type: 'created', uid: 'u1', metadataAppointmentId: 'apt_own' }));
    expect(d.outcome).toBe('linked');
    expect(d.appointment).toMatchObject({ id: 'apt_own', calcomUid: 'u1', syncStatus: 'synced', version: 1 });
    expect(memory.appointments.size).toBe(1);
    expect(memory.apply(event({ type: 'created', uid: 'u1', metadataAppointmentId: 'apt_own' })).outcome).toBe(
      'unchanged',
    );
  });
  /** Cal.com's word of our move to one o'clock, told so many ms after the start. */
  const moveToOne = (afterMs: number) =>
    event({
      type: 'rescheduled',
      uid: 'u2',
      previousUid: 'u1',
      metadataAppointmentId: 'apt_own',
      startsAt: at(13),
      endsAt: at(14),
      externalUpdatedAt: asInstant(NOW + afterMs),
    });
  it('follows the new uid of our own move', () => {
    const memory = own();
    memory.apply(event({ type: 'created', uid: 'u1', metadataAppointmentId: 'apt_own' }));
    const moved = {
      ...memory.appointments.get('apt_own')!,
      startsAt: at(13),
      endsAt: at(14),
      syncStatus: 'pending' as const,
      version: 2,
      updatedAt: asInstant(NOW + 1_000),
    };
    memory.appointments.set('apt_own', moved);
    const d = memory.apply(moveToOne(2_000));
    expect(d.outcome).toBe('linked');
    expect(d.appointment).toMatchObject({ calcomUid: 'u2', syncStatus: 'synced', version: 2, startsAt: at(13) });
    expect(
      memory.apply(event({ type: 'cancelled', uid: 'u1', externalUpdatedAt: asInstant(NOW + 3_000) })).outcome,
    ).toBe('ignored_older');
  });
  it('moved and moved back: no late echo of the way takes it anywhere', () => {
    const memory = own();
    // Booked at ten (u1), moved to one (u2 on its way), moved back before any webhook came.
    const back = {
      ...memory.appointments.get('apt_own')!,
      calcomUid: 'u1',
      syncStatus: 'pending' as const,
      version: 3,
      rescheduleCount: 2,
      updatedAt: asInstant(NOW + 2_000),
    };
    memory.appointments.set('apt_own', back);
    memory.links.set('u1', { uid: 'u1', appointmentId: 'apt_own', state: 'current', updatedAt: NOW });
    const created = memory.apply(event({ type: 'created', uid: 'u1', metadataAppointmentId: 'apt_own' }));
    expect(created.appointment?.syncStatus).toBe('pending');
    const echo = memory.apply(moveToOne(3_000));
    expect(echo.outcome).not.toBe('moved');
    expect(memory.appointments.get('apt_own')?.startsAt).toBe(back.startsAt);
  });
});

describe('an occupied slot', () => {
  it('keeps the booking as a conflict row beside the calendar, and settles it when it finds another time', () => {
    const memory = new Memory();
    memory.apply(event({ type: 'created', uid: 'first', appointmentId: 'apt_first' }));
    const d = memory.apply(event({ type: 'created', uid: 'second', appointmentId: 'apt_second' }));
    expect(d).toMatchObject({
      outcome: 'conflict',
      conflict: { conflictingAppointmentId: 'apt_first', externalUid: 'second', status: 'open' },
    });
    expect(memory.appointments.size).toBe(1);
    const moved = memory.apply(
      event({
        type: 'rescheduled',
        uid: 'third',
        previousUid: 'second',
        appointmentId: 'apt_second',
        startsAt: at(14),
        endsAt: at(15),
        externalUpdatedAt: asInstant(NOW + 9),
      }),
    );
    expect(moved.outcome).toBe('created');
    expect([...memory.conflicts.values()].map((c) => c.status)).toEqual(['resolved']);
  });
  it('is a conflict too when an existing booking is moved into it; ours stays where it was', () => {
    const memory = new Memory();
    memory.apply(event({ type: 'created', uid: 'a', appointmentId: 'apt_a' }));
    memory.apply(event({ type: 'created', uid: 'b', appointmentId: 'apt_b', startsAt: at(13), endsAt: at(14) }));
    const d = memory.apply(
      event({
        type: 'rescheduled',
        uid: 'b2',
        previousUid: 'b',
        appointmentId: 'apt_b',
        startsAt: at(10),
        endsAt: at(11),
        externalUpdatedAt: asInstant(NOW + 9),
      }),
    );
    expect(d).toMatchObject({
      outcome: 'conflict',
      conflict: { appointmentId: 'apt_b', conflictingAppointmentId: 'apt_a' },
    });
    expect(memory.appointments.get('apt_b')?.startsAt).toBe(at(13));
  });
  it('a mapping that is missing is a conflict for a person, never a drop', () => {
    const memory = new Memory();
    expect(memory.apply(event({ type: 'created', uid: 'x', serviceId: null })).outcome).toBe('conflict');
    expect(memory.apply(event({ type: 'cancelled', uid: 'x', externalUpdatedAt: asInstant(NOW + 2) })).outcome).toBe(
      'cancelled',
    );
    expect([...memory.conflicts.values()][0]?.status).toBe('resolved');
  });
});
