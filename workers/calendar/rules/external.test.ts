/** What Cal.com says, in any order and any number of times, ends in one state; an occupied slot becomes a conflict, nothing is dropped. */
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { runsOf } from '../../../tests/counts.ts';
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { MINUTE } from '../../../shared/time.ts';
import { COMMANDS } from '../commands/registry.ts';
import { salonItems } from '../salon.fixture.ts';
import { memoryCalendar } from '../store/calendar.fixture.ts';
import type {
  ApplyExternal,
  ApplyExternalAnswer,
  LinkExternal,
  ReportConflict,
  ResolveConflict,
} from '../commands/inputs.ts';
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
  /** A push that came through. */
  link(command: Pick<LinkExternal, 'appointmentId' | 'calcomUid' | 'pushedVersion'> & Partial<LinkExternal>): void {
    const answer = this.#calendar.run(COMMANDS.linkExternal, {
      key: `link ${command.calcomUid}`,
      now: NOW,
      actor,
      syncStatus: 'synced',
      ...command,
    });
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  }
  report(command: Partial<ReportConflict> & Pick<ReportConflict, 'appointmentId'>): void {
    const answer = this.#calendar.run(COMMANDS.reportConflict, {
      key: 'report',
      now: NOW,
      actor,
      conflictId: 'cnf_push',
      pushedVersion: 1,
      kind: 'push',
      reason: 'occupied_there',
      calcomUid: null,
      startsAt: null,
      endsAt: null,
      eventTypeId: null,
      hostId: null,
      ...command,
    });
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  }
  resolve(conflictId: string, resolution: ResolveConflict['resolution']) {
    return this.#calendar.run(COMMANDS.resolveConflict, {
      key: `resolve ${conflictId} ${resolution}`,
      now: NOW,
      actor: { kind: 'user', id: 'usr_1' },
      conflictId,
      modificationId: `mod_${conflictId}`,
      resolution,
    });
  }
  item(kind: 'service' | 'staff', id: string, change: Record<string, unknown>): void {
    const { store, run } = this.#calendar;
    const found = store.schedule.item(kind, id)?.item;
    const body = { ...(found?.body as object), ...change };
    const answer = run(COMMANDS.putScheduleMany, {
      key: `${id} ${JSON.stringify(change)}`,
      now: NOW,
      actor,
      items: [{ kind, id, body }],
    });
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  }
  hold(startsAt: Instant): void {
    const answer = this.#calendar.run(COMMANDS.hold, {
      key: 'hold',
      now: NOW,
      actor,
      lockToken: 'hld_somebody',
      services: [{ serviceId: 'srv_cut' }],
      branchId: null,
      staffId: 'stf_anna',
      startsAt,
    });
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  }
  /** Anna works in Mitte until Thursday, in Nord on Friday and Saturday. */
  secondBranch(): void {
    const { store, run } = this.#calendar;
    const item = (kind: 'branch' | 'staff', id: string) => store.schedule.item(kind, id)?.item.body as object;
    const hours = [2, 3, 4, 5, 6].flatMap((weekday) => [
      ...(weekday > 4
        ? [
            {
              kind: 'hours' as const,
              id: `hrs_nord${weekday}`,
              body: { ownerKind: 'branch', ownerId: 'bra_nord', weekday, periods: [{ from: '09:00', to: '18:00' }] },
            },
          ]
        : []),
      {
        kind: 'hours' as const,
        id: `hrs_a${weekday}`,
        body: {
          ownerKind: 'staff',
          ownerId: 'stf_anna',
          branchId: weekday > 4 ? 'bra_nord' : 'bra_mitte',
          weekday,
          periods: [{ from: '09:00', to: '18:00' }],
        },
      },
    ]);
    const answer = run(COMMANDS.putScheduleMany, {
      key: 'second branch',
      now: NOW,
      actor,
      items: [
        { kind: 'branch', id: 'bra_nord', body: { ...item('branch', 'bra_mitte'), name: 'Nord', main: false } },
        { kind: 'staff', id: 'stf_anna', body: { ...item('staff', 'stf_anna'), branchIds: ['bra_mitte', 'bra_nord'] } },
        ...hours,
      ],
    });
    if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  }
  stats(customerId: string) {
    return this.#calendar.store.customers.stats(customerId);
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

describe('an echo of our own push', () => {
  const NEVER_LINKED = { calcomUid: null, syncStatus: 'pending' as const };
  const pushed = (): Memory => {
    const memory = new Memory();
    memory.apply(event({ type: 'created', uid: 'seed', appointmentId: 'apt_own' }));
    memory.links.clear();
    memory.appointments.set('apt_own', {
      ...memory.appointments.get('apt_own')!,
      ...NEVER_LINKED,
      externalUpdatedAt: null,
      source: 'phone_ai',
      updatedAt: NOW,
    });
    return memory;
  };
  /** Cal.com's round robin took somebody else, and says so a day later: no clock decides here. */
  const created = event({
    type: 'created',
    uid: 'u1',
    metadataAppointmentId: 'apt_own',
    staffId: 'stf_ben',
    externalUpdatedAt: asInstant(NOW + 24 * HOUR),
  });
  const stays = (memory: Memory) =>
    expect(memory.appointments.get('apt_own')).toMatchObject({
      staffId: 'stf_anna',
      startsAt: at(10),
      endsAt: at(11),
      version: 1,
      status: 'confirmed',
      calcomUid: 'u1',
    });
  const link = (memory: Memory, pushedVersion = 1) =>
    memory.link({ appointmentId: 'apt_own', calcomUid: 'u1', pushedVersion });

  it.each<[string, ('link' | ApplyExternal)[]]>([
    ['before the push was linked', [created, 'link']],
    ['while it is', [created, created, 'link', created]],
    ['after', ['link', created]],
    ['after, from a type whose host has to confirm', ['link', { ...created, pending: true }]],
    [
      'with another hour, which only a defect there could say',
      ['link', { ...created, startsAt: at(15), endsAt: at(16) }],
    ],
  ])('moves nothing: %s', (_when, steps) => {
    const memory = pushed();
    for (const step of steps) {
      if (step === 'link') link(memory);
      else memory.apply(step);
    }
    stays(memory);
    expect(memory.conflicts.values()).toEqual([]);
  });

  it.each([
    ['before', false],
    ['after', true],
  ] as const)('of a move with another host moves nothing %s it was linked', (_when, isLinked) => {
    const memory = pushed();
    link(memory);
    const moved = {
      ...memory.appointments.get('apt_own')!,
      startsAt: at(13),
      endsAt: at(14),
      version: 2,
      syncStatus: 'pending' as const,
    };
    memory.appointments.set('apt_own', moved);
    if (isLinked) memory.link({ appointmentId: 'apt_own', calcomUid: 'u2', pushedVersion: 2 });
    memory.apply({ ...created, type: 'rescheduled', uid: 'u2', previousUid: 'u1', startsAt: at(13), endsAt: at(14) });
    expect(memory.appointments.get('apt_own')).toMatchObject({
      staffId: 'stf_anna',
      startsAt: at(13),
      version: 2,
      calcomUid: 'u2',
    });
  });

  it('whatever echoes come, in any order and number, person, time and version stay', () => {
    const echo = fc.record({
      type: fc.constantFrom('created' as const, 'rescheduled' as const),
      staffId: fc.constantFrom('stf_anna', 'stf_ben', null),
      hour: fc.integer({ min: 9, max: 16 }),
      late: fc.integer({ min: 0, max: 48 }),
      pending: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(echo, { maxLength: 6 }), fc.array(echo, { maxLength: 6 }), (before, after) => {
        const memory = pushed();
        const apply = (one: (typeof before)[number], type: ApplyExternal['type']) =>
          memory.apply({
            ...created,
            type,
            staffId: one.staffId,
            startsAt: at(one.hour),
            endsAt: at(one.hour + 1),
            externalUpdatedAt: asInstant(NOW + one.late * HOUR),
            pending: one.pending,
          });
        // Before its answer is kept, a push can only be told of as made; afterwards its uid is known.
        for (const one of before) apply(one, 'created');
        link(memory);
        for (const one of after) apply(one, one.type);
        stays(memory);
        expect(memory.conflicts.values()).toEqual([]);
      }),
      { numRuns: runsOf('external-events') },
    );
  });

  it('the end of a booking that was replaced does not end the appointment', () => {
    const memory = pushed();
    link(memory);
    memory.link({ appointmentId: 'apt_own', calcomUid: null, pushedVersion: 1, releases: 'u1', syncStatus: 'pending' });
    expect(
      memory.apply(event({ type: 'cancelled', uid: 'u1', externalUpdatedAt: asInstant(NOW + HOUR) })).outcome,
    ).toBe('ignored_older');
    expect(memory.appointments.get('apt_own')).toMatchObject({
      status: 'confirmed',
      calcomUid: null,
      syncStatus: 'pending',
    });
    memory.link({ appointmentId: 'apt_own', calcomUid: 'u2', pushedVersion: 1 });
    expect(memory.appointments.get('apt_own')).toMatchObject({ calcomUid: 'u2', syncStatus: 'synced', version: 1 });
  });

  it('a second booking of one appointment is a conflict, and the first one stands', () => {
    const memory = pushed();
    link(memory);
    const d = memory.apply({ ...created, uid: 'twin' });
    expect(d).toMatchObject({
      outcome: 'conflict',
      conflict: { kind: 'booking', reason: 'twice', conflictingAppointmentId: 'apt_own' },
    });
    stays(memory);
    expect(memory.resolve(d.conflict!.id, 'take_theirs').ok).toBe(false);
    expect(memory.resolve(d.conflict!.id, 'keep_ours')).toMatchObject({
      ok: true,
      value: { conflict: { status: 'resolved' } },
    });
  });

  it('a host that was changed at Cal.com changes the person, unless our own push is not through', () => {
    const reassigned = { ...created, type: 'reassigned' as const };
    const memory = pushed();
    memory.apply({ ...created, staffId: null });
    memory.appointments.set('apt_own', { ...memory.appointments.get('apt_own')!, syncStatus: 'pending' });
    expect(memory.apply(reassigned).outcome).toBe('unchanged');
    stays(memory);
    link(memory);
    expect(memory.apply({ ...reassigned, modificationId: 'mod_again' }).outcome).toBe('moved');
    expect(memory.appointments.get('apt_own')).toMatchObject({ staffId: 'stf_ben', startsAt: at(10), version: 2 });
  });
});

describe('what its host has still to accept', () => {
  const requested = event({ type: 'created', uid: 'r1', pending: true });
  const accepted = event({
    type: 'created',
    uid: 'r1',
    externalUpdatedAt: asInstant(NOW + 2),
    modificationId: 'mod_accepted',
  });
  const rejected = event({ type: 'rejected', uid: 'r1', externalUpdatedAt: asInstant(NOW + 3) });

  it('is pending and takes its place; accepted it is confirmed', () => {
    const memory = new Memory();
    expect(memory.apply(requested)).toMatchObject({ outcome: 'created', appointment: { status: 'pending' } });
    expect(memory.state()[0]?.rows).toHaveLength(1);
    expect(memory.apply(accepted)).toMatchObject({
      outcome: 'status',
      appointment: { status: 'confirmed', version: 2 },
    });
    expect(memory.apply({ ...accepted, key: 'again' }).outcome).toBe('unchanged');
  });
  it('declined leaves nothing, in both orders', () => {
    for (const order of [
      [requested, rejected],
      [rejected, requested],
      [requested, rejected, requested, rejected],
    ]) {
      const memory = new Memory();
      for (const one of order) memory.apply(one);
      expect(memory.state()).toEqual([]);
      expect(memory.stats('cus_1')?.appointments ?? 0).toBe(0);
    }
  });
  it('ends in one state in every order, moved or not', () => {
    const moved = event({
      type: 'rescheduled',
      uid: 'r2',
      previousUid: 'r1',
      pending: true,
      startsAt: at(13),
      endsAt: at(14),
      externalUpdatedAt: asInstant(NOW + 3),
    });
    const taken = event({
      type: 'created',
      uid: 'r2',
      startsAt: at(13),
      endsAt: at(14),
      externalUpdatedAt: asInstant(NOW + 4),
    });
    for (const family of [
      [requested, accepted],
      [requested, moved],
      [requested, accepted, moved],
      [requested, moved, taken],
    ]) {
      const states = permutations(family).map((order) => JSON.stringify(stateAfter(order)));
      expect(new Set(states).size, states.join('\n')).toBe(1);
    }
  });
  it('an appointment of ours that a host declines is cancelled, not forgotten', () => {
    const memory = new Memory();
    memory.apply(event({ type: 'created', uid: 'own', appointmentId: 'apt_own' }));
    memory.appointments.set('apt_own', {
      ...memory.appointments.get('apt_own')!,
      source: 'phone_ai',
      status: 'pending',
    });
    expect(memory.apply(event({ type: 'rejected', uid: 'own' })).outcome).toBe('cancelled');
    expect(memory.appointments.get('apt_own')?.status).toBe('cancelled');
  });
});

describe('what took place, or did not', () => {
  const later = (hours: number, more: Partial<ApplyExternal> & Pick<ApplyExternal, 'type'>) =>
    event({
      uid: 'm1',
      now: at(10 + hours),
      modificationId: `mod_${more.type}_${hours}`,
      externalUpdatedAt: at(10 + hours),
      ...more,
    });
  const booked = (): Memory => {
    const memory = new Memory();
    memory.apply(event({ type: 'created', uid: 'm1', appointmentId: 'apt_m' }));
    return memory;
  };
  const status = (memory: Memory) => memory.appointments.get('apt_m')?.status;

  it('ended is completed, missed is a no-show, and a mark is taken back', () => {
    const memory = booked();
    memory.apply(later(1, { type: 'ended' }));
    expect(status(memory)).toBe('completed');
    memory.apply(later(2, { type: 'no_show' }));
    expect([status(memory), memory.stats('cus_1')]).toMatchObject(['no_show', { completed: 0, noShows: 1 }]);
    memory.apply(later(3, { type: 'attended' }));
    expect([status(memory), memory.stats('cus_1')]).toMatchObject(['completed', { completed: 1, noShows: 0 }]);
  });
  it('nothing is said of what lies ahead, was never confirmed, or was noted here by hand', () => {
    const early = booked();
    early.apply(event({ type: 'no_show', uid: 'm1' }));
    early.apply(event({ type: 'ended', uid: 'm1', modificationId: 'mod_early' }));
    expect(status(early)).toBe('confirmed');
    const pending = booked();
    pending.appointments.set('apt_m', { ...pending.appointments.get('apt_m')!, status: 'pending' });
    pending.apply(later(1, { type: 'ended' }));
    expect(status(pending)).toBe('pending');
    const byHand = booked();
    byHand.appointments.set('apt_m', { ...byHand.appointments.get('apt_m')!, status: 'completed' });
    byHand.apply(later(2, { type: 'no_show' }));
    expect(status(byHand)).toBe('completed');
  });
});

describe('rooms, sessions and branches', () => {
  const colour = (uid: string, staffId: string) =>
    event({
      type: 'created',
      uid,
      appointmentId: `apt_${uid}`,
      serviceId: 'srv_colour',
      staffId,
      startsAt: at(10),
      endsAt: asInstant(at(10) + 105 * MINUTE),
      branchId: null,
    });

  it('a booking takes the resources of its service; without a free one it is a conflict that names who has it', () => {
    const memory = new Memory();
    expect(memory.apply(colour('c1', 'stf_anna')).appointment?.resources).toEqual([
      { resourceId: 'res_chair', units: 1 },
    ]);
    // One basin for both at the same time: the second finds none, though Ben and a chair are free.
    const second = memory.apply(colour('c2', 'stf_ben'));
    expect(second).toMatchObject({
      outcome: 'conflict',
      conflict: { reason: 'resource_taken', conflictingAppointmentId: 'apt_c1' },
    });
    const moved = memory.apply({
      ...colour('c3', 'stf_ben'),
      startsAt: at(14),
      endsAt: asInstant(at(14) + 105 * MINUTE),
    });
    expect(moved.outcome).toBe('created');
  });
  it('a length of its own takes what the segments would', () => {
    const memory = new Memory();
    const longer = (uid: string, staffId: string) => ({ ...colour(uid, staffId), endsAt: at(12) });
    expect(memory.apply(longer('l1', 'stf_anna')).appointment?.resources).toHaveLength(2);
    expect(memory.apply(longer('l2', 'stf_ben'))).toMatchObject({
      outcome: 'conflict',
      conflict: { reason: 'resource_taken' },
    });
  });
  it('a session is joined until it is full', () => {
    const memory = new Memory();
    const join = (n: number) =>
      memory.apply(
        event({
          type: 'created',
          uid: `s${n}`,
          appointmentId: `apt_s${n}`,
          serviceId: 'srv_course',
          staffId: 'stf_ben',
          customerId: `cus_${n}`,
          branchId: null,
        }),
      );
    expect([1, 2, 3].map((n) => join(n).outcome)).toEqual(['created', 'created', 'created']);
    expect(join(4)).toMatchObject({ outcome: 'conflict', conflict: { reason: 'session_full' } });
  });
  it('a booking of more than a day is a conflict that nothing can take', () => {
    const memory = new Memory();
    const { conflict } = memory.apply(event({ type: 'created', uid: 'long', endsAt: asInstant(at(10) + 25 * HOUR) }));
    expect(conflict).toMatchObject({ kind: 'booking', reason: 'too_long' });
    expect(memory.resolve(conflict!.id, 'take_theirs')).toMatchObject({
      ok: false,
      error: { code: 'APPOINTMENT_CONFLICT' },
    });
  });
  it('a hold in the way is a conflict that names nobody', () => {
    const memory = new Memory();
    memory.hold(at(10));
    const d = memory.apply(event({ type: 'created', uid: 'h1' }));
    expect(d).toMatchObject({
      outcome: 'conflict',
      conflict: { reason: 'person_taken', conflictingAppointmentId: null },
    });
  });
  it('comes to the branch whose hours the person works that day', () => {
    const memory = new Memory();
    memory.secondBranch();
    const on = (uid: string, day: number) =>
      memory.apply(
        event({
          type: 'created',
          uid,
          appointmentId: `apt_${uid}`,
          branchId: null,
          startsAt: asInstant(at(10) + day * 24 * HOUR),
          endsAt: asInstant(at(11) + day * 24 * HOUR),
        }),
      );
    // Tuesday in Mitte, Friday in Nord; on Monday she works nowhere.
    expect(on('t', 0).appointment?.branchId).toBe('bra_mitte');
    expect(on('f', 3).appointment?.branchId).toBe('bra_nord');
    expect(on('m', 6)).toMatchObject({ outcome: 'conflict', conflict: { reason: 'unknown_branch' } });
    const moved = memory.apply(
      event({
        type: 'rescheduled',
        uid: 't2',
        previousUid: 't',
        appointmentId: 'apt_t',
        branchId: null,
        startsAt: asInstant(at(14) + 3 * 24 * HOUR),
        endsAt: asInstant(at(15) + 3 * 24 * HOUR),
        externalUpdatedAt: asInstant(NOW + 9),
      }),
    );
    expect(moved.appointment?.branchId).toBe('bra_nord');
  });
});

describe('a conflict is settled by a person', () => {
  const occupied = (): { memory: Memory; conflictId: string } => {
    const memory = new Memory();
    memory.apply(event({ type: 'created', uid: 'first', appointmentId: 'apt_first' }));
    const { conflict } = memory.apply(
      event({
        type: 'created',
        uid: 'second',
        appointmentId: 'apt_second',
        branchId: null,
        eventTypeId: '77',
        hostId: '501',
      }),
    );
    return { memory, conflictId: conflict!.id };
  };

  it('theirs is taken once there is a place, and refused with who has it until then', () => {
    const { memory, conflictId } = occupied();
    expect(memory.resolve(conflictId, 'take_theirs')).toMatchObject({
      ok: false,
      error: { code: 'APPOINTMENT_CONFLICT', details: { conflicting_appointment_id: 'apt_first' } },
    });
    expect(memory.conflicts.values()[0]?.status).toBe('open');
    memory.apply(event({ type: 'cancelled', uid: 'first', externalUpdatedAt: asInstant(NOW + 5) }));
    expect(memory.resolve(conflictId, 'take_theirs')).toMatchObject({
      ok: true,
      value: { appointment: { id: 'apt_second', calcomUid: 'second' } },
    });
    expect(memory.conflicts.values()[0]).toMatchObject({ status: 'resolved', resolution: 'take_theirs' });
    expect(memory.resolve(conflictId, 'dismiss')).toMatchObject({ ok: false, error: { code: 'ILLEGAL_TRANSITION' } });
  });
  it('what was not mapped is placed with the mapping of today', () => {
    const memory = new Memory();
    const { conflict } = memory.apply(
      event({
        type: 'created',
        uid: 'x',
        serviceId: null,
        staffId: null,
        branchId: null,
        eventTypeId: '77',
        hostId: '501',
      }),
    );
    expect(conflict).toMatchObject({ kind: 'booking', reason: 'unknown_service' });
    expect(memory.resolve(conflict!.id, 'take_theirs')).toMatchObject({
      ok: false,
      error: { details: { reason: 'not_configured' } },
    });
    memory.item('service', 'srv_cut', { calcomEventTypeId: '77' });
    memory.item('staff', 'stf_ben', { calcomUserId: '501' });
    expect(memory.resolve(conflict!.id, 'take_theirs')).toMatchObject({
      ok: true,
      value: { appointment: { staffId: 'stf_ben', serviceId: 'srv_cut' } },
    });
  });
  it('a request that waits is taken as one', () => {
    const memory = new Memory();
    memory.apply(event({ type: 'created', uid: 'first', appointmentId: 'apt_first' }));
    const { conflict } = memory.apply(
      event({ type: 'created', uid: 'second', appointmentId: 'apt_second', pending: true }),
    );
    memory.apply(event({ type: 'cancelled', uid: 'first', externalUpdatedAt: asInstant(NOW + 5) }));
    expect(memory.resolve(conflict!.id, 'take_theirs')).toMatchObject({
      ok: true,
      value: { appointment: { status: 'pending' } },
    });
  });
  it('their move into a taken hour: ours is pushed again, or goes there once it is free', () => {
    const play = (): { memory: Memory; id: string } => {
      const memory = new Memory();
      memory.apply(event({ type: 'created', uid: 'a', appointmentId: 'apt_a' }));
      memory.apply(event({ type: 'created', uid: 'b', appointmentId: 'apt_b', startsAt: at(13), endsAt: at(14) }));
      const { conflict } = memory.apply(
        event({
          type: 'rescheduled',
          uid: 'b2',
          previousUid: 'b',
          appointmentId: 'apt_b',
          externalUpdatedAt: asInstant(NOW + 9),
        }),
      );
      return { memory, id: conflict!.id };
    };
    const ours = play();
    expect(ours.memory.resolve(ours.id, 'dismiss').ok).toBe(false);
    expect(ours.memory.resolve(ours.id, 'keep_ours').ok).toBe(true);
    expect(ours.memory.appointments.get('apt_b')).toMatchObject({
      startsAt: at(13),
      syncStatus: 'pending',
      calcomUid: 'b2',
      version: 1,
    });
    const theirs = play();
    expect(theirs.memory.resolve(theirs.id, 'take_theirs').ok).toBe(false);
    theirs.memory.apply(event({ type: 'cancelled', uid: 'a', externalUpdatedAt: asInstant(NOW + 10) }));
    expect(theirs.memory.resolve(theirs.id, 'take_theirs').ok).toBe(true);
    expect(theirs.memory.appointments.get('apt_b')).toMatchObject({
      startsAt: at(10),
      syncStatus: 'synced',
      version: 2,
    });
  });
  it('a refused push is one row, repeated by a click and settled by the push that comes through', () => {
    const memory = new Memory();
    memory.apply(event({ type: 'created', uid: 'p', appointmentId: 'apt_p' }));
    memory.report({ appointmentId: 'apt_p' });
    memory.report({ appointmentId: 'apt_p', key: 'report again', conflictId: 'cnf_other', reason: 'gave_up' });
    expect(memory.conflicts.values()).toMatchObject([
      { id: 'cnf_push', kind: 'push', reason: 'gave_up', status: 'open' },
    ]);
    expect(memory.appointments.get('apt_p')).toMatchObject({ syncStatus: 'failed', version: 1 });
    memory.report({ appointmentId: 'apt_p', key: 'older', pushedVersion: 0, reason: 'refused' });
    expect(memory.conflicts.values()[0]?.reason).toBe('gave_up');
    expect(memory.resolve('cnf_push', 'keep_ours').ok).toBe(true);
    expect(memory.appointments.get('apt_p')?.syncStatus).toBe('pending');
    memory.report({ appointmentId: 'apt_p', key: 'once more', conflictId: 'cnf_new' });
    memory.link({ appointmentId: 'apt_p', calcomUid: 'p', pushedVersion: 1 });
    expect(memory.conflicts.values().map(({ status, resolution }) => [status, resolution])).toEqual([
      ['resolved', null],
      ['resolved', 'keep_ours'],
    ]);
  });
  it('another host at Cal.com: theirs is taken by giving the appointment to that person', () => {
    const memory = new Memory();
    memory.item('staff', 'stf_ben', { calcomUserId: '502' });
    memory.apply(event({ type: 'created', uid: 'p', appointmentId: 'apt_p' }));
    memory.report({ appointmentId: 'apt_p', kind: 'host', reason: 'other_host', calcomUid: 'p', hostId: '502' });
    expect(memory.resolve('cnf_push', 'take_theirs')).toMatchObject({
      ok: true,
      value: { appointment: { staffId: 'stf_ben', syncStatus: 'pending', version: 2 } },
    });
    memory.report({
      appointmentId: 'apt_p',
      key: 'stranger',
      conflictId: 'cnf_x',
      pushedVersion: 2,
      kind: 'host',
      reason: 'other_host',
      hostId: '999',
    });
    expect(memory.resolve('cnf_x', 'take_theirs')).toMatchObject({ ok: false, error: { code: 'ILLEGAL_TRANSITION' } });
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
