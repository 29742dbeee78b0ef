/**
 * Random worlds for proofs of the engine: schedules, people, rooms, buffers, groups, chains, visits of several services, busy times and days
 * on which clocks change. Imported by tests only.
 */
import fc from 'fast-check';
import { epochDay } from './hours.ts';
import { type BusyRow, itemsOf } from '../salon.fixture.ts';
import type { ScheduleInput, ScheduleItem, ServiceBody } from '../master-data.ts';

const DAYS = ['2027-03-28', '2027-10-31', '2027-03-27', '2027-06-15', '2027-11-01'];
const ZONES = ['Europe/Berlin', 'Pacific/Auckland', 'America/New_York', 'Asia/Kathmandu'];
const clock = (minutes: number): string =>
  `${String(Math.floor(minutes / 60)).padStart(2, '0')}:${String(minutes % 60).padStart(2, '0')}`;

/** Two ordered wall times, multiples of 5. */
const span = (from = 0, to = 288) =>
  fc
    .tuple(fc.integer({ min: from, max: to }), fc.integer({ min: from, max: to }))
    .filter(([a, b]) => a < b)
    .map(([a, b]) => ({ from: clock(a * 5), to: clock(b * 5) }));

const hoursArb = (ownerKind: string, ownerId: string) =>
  fc
    .record({
      periods: fc.array(span(), { minLength: 1, maxLength: 2 }),
      breaks: fc.array(span(96, 200), { maxLength: 2 }),
      everyDay: fc.constant(true),
    })
    .map(({ periods, breaks }) =>
      [0, 1, 2, 3, 4, 5, 6].map(
        (weekday): ScheduleInput => ({
          kind: 'hours',
          id: `${ownerId}.${weekday}`,
          body: { ownerKind, ownerId, weekday, periods, breaks },
        }),
      ),
    );

const exceptionArb = (i: number, date: string) =>
  fc
    .record({
      owner: fc.constantFrom(['staff', 'a'], ['staff', 'b'], ['branch', 'bra'], ['resource', 'r1'], ['company', 'com']),
      kind: fc.constantFrom('vacation', 'sick', 'absence', 'closure', 'public_holiday', 'extra_shift'),
      time: fc.option(span(), { nil: null }),
      outside: fc.boolean(),
    })
    .map(({ owner, kind, time, outside }): ScheduleInput => {
      const extra = kind === 'extra_shift' && owner[0] !== 'company' && time !== null;
      return {
        kind: 'exception',
        id: `exc${i}`,
        body: {
          ownerKind: owner[0],
          ownerId: owner[1],
          kind: kind === 'extra_shift' && !extra ? 'absence' : kind,
          fromDate: date,
          toDate: date,
          fromTime: time?.from ?? null,
          toTime: time?.to ?? null,
          outsideBranchHours: outside,
        },
      };
    });

const requirementArb = (ids: string[]) =>
  fc.array(fc.record({ anyOf: fc.subarray(ids, { minLength: 1 }), units: fc.integer({ min: 1, max: 2 }) }), {
    maxLength: 2,
  });

/** The branch's own length, or null; another branch's is named beside it and must count for nothing. */
const overrideArb = fc.option(
  fc.integer({ min: 1, max: 20 }).map((n) => n * 5),
  { freq: 2 },
);
const overridesOf = (here: number | null) =>
  here === null
    ? []
    : [
        { branchId: 'elsewhere', durationMinutes: here + 25, priceCents: 7 },
        { branchId: 'bra', durationMinutes: here, priceCents: 200 },
      ];

const serviceArb = fc
  .record({
    kind: fc.constantFrom('single', 'single', 'group', 'composite', 'composite'),
    duration: fc.integer({ min: 2, max: 18 }).map((n) => n * 5),
    step: fc.constantFrom(5, 10, 15, 20, 60),
    before: fc.constantFrom(0, 0, 5, 15),
    after: fc.constantFrom(0, 0, 5, 20),
    staff: fc.subarray(['a', 'b'], { minLength: 1 }),
    longer: fc.boolean(),
    here: overrideArb,
    resources: requirementArb(['r1', 'r2']),
    segments: fc.array(
      fc.record({
        kind: fc.constantFrom('active', 'active', 'passive'),
        duration: fc.integer({ min: 1, max: 8 }).map((n) => n * 5),
        staff: fc.subarray(['a', 'b']),
        resources: requirementArb(['r3']),
        gapMin: fc.constantFrom(0, 0, 5),
        gapMore: fc.constantFrom(0, 0, 7),
      }),
      { minLength: 2, maxLength: 3 },
    ),
    sameStaff: fc.boolean(),
  })
  .map((s) => {
    const composite = s.kind === 'composite' && s.segments.some((one) => one.kind === 'active');
    return {
      companyId: 'com',
      name: { de: 'Dienst' },
      durationMinutes: s.duration,
      bufferBeforeMinutes: s.before,
      bufferAfterMinutes: s.after,
      priceCents: 100,
      branchOverrides: overridesOf(composite ? null : s.here),
      currency: 'EUR',
      slotStepMinutes: s.step,
      maxPerSlot: s.kind === 'group' ? 3 : 1,
      staff: s.staff.map((staffId, i) => ({
        staffId,
        durationMinutes: i > 0 && s.longer && !composite ? s.duration + 10 : null,
      })),
      resources: s.resources,
      sameStaff: s.sameStaff,
      segments: composite
        ? s.segments.map((one, i) => ({
            id: `seg${i}`,
            kind: one.kind,
            durationMinutes: one.duration,
            staffIds: one.staff,
            resources: one.resources,
            gapMinMinutes: one.gapMin,
            gapMaxMinutes: one.gapMin + one.gapMore,
          }))
        : [],
    };
  });

const rowsArb = (day: number) =>
  fc
    .array(
      fc.record({
        start: fc.integer({ min: -6, max: 300 }),
        length: fc.integer({ min: 1, max: 24 }),
        units: fc.integer({ min: 1, max: 2 }),
        hold: fc.constantFrom('none', 'none', 'live', 'expired'),
      }),
      { maxLength: 8 },
    )
    .map((rows) =>
      rows.map(
        ({ start, length, units, hold }, i): BusyRow => ({
          from: day * 1440 + start * 5,
          to: day * 1440 + (start + length) * 5,
          units,
          owner: `own${i}`,
          ...(hold === 'none' ? {} : { expires: hold === 'live' ? 2_000 : 500 }),
        }),
      ),
    );

export const world = fc
  .record({ zone: fc.constantFrom(...ZONES), date: fc.constantFrom(...DAYS) })
  .chain(({ zone, date }) =>
    fc.record({
      zone: fc.constant(zone),
      date: fc.constant(date),
      branchHours: hoursArb('branch', 'bra'),
      aHours: hoursArb('staff', 'a'),
      bHours: hoursArb('staff', 'b'),
      resourceHours: fc.option(hoursArb('resource', 'r2'), { nil: [] }),
      exceptions: fc.tuple(...[0, 1, 2].map((i) => fc.option(exceptionArb(i, date), { nil: null, freq: 1 }))),
      service: serviceArb,
      busy: fc.record({
        a: rowsArb(epochDay(date)),
        b: rowsArb(epochDay(date)),
        r1: rowsArb(epochDay(date)),
        r2: rowsArb(epochDay(date)),
        r3: rowsArb(epochDay(date)),
      }),
      sessions: fc.array(
        fc.record({
          at: fc.integer({ min: 60, max: 240 }),
          people: fc.integer({ min: 1, max: 3 }),
          who: fc.constantFrom('a', 'b'),
        }),
        { maxLength: 2 },
      ),
      wanted: fc.constantFrom(null, null, 'a'),
      partySize: fc.integer({ min: 1, max: 2 }),
    }),
  );

export type WorldCase = typeof world extends fc.Arbitrary<infer W> ? W : never;

/** Short crowded mornings and visits of several parts with waiting between them: where chains go wrong. */
const morning = (id: string, ownerKind: string) =>
  fc.record({ breaks: fc.array(span(96, 144), { maxLength: 2 }) }).map(({ breaks }) =>
    [0, 1, 2, 3, 4, 5, 6].map(
      (weekday): ScheduleInput => ({
        kind: 'hours',
        id: `${id}.${weekday}`,
        body: { ownerKind, ownerId: id, weekday, periods: [{ from: '08:00', to: '12:00' }], breaks },
      }),
    ),
  );
const single = (ids: string[]) =>
  fc.array(fc.record({ anyOf: fc.subarray(ids, { minLength: 1 }), units: fc.constant(1) }), { maxLength: 1 });
const chainArb = fc
  .record({
    before: fc.constantFrom(0, 5),
    after: fc.constantFrom(0, 10),
    step: fc.constantFrom(5, 15),
    staff: fc.constantFrom(['a', 'b'], ['b', 'a']),
    resources: single(['r1', 'r2']),
    segments: fc.array(
      fc.record({
        kind: fc.constantFrom('active', 'active', 'passive'),
        duration: fc.integer({ min: 1, max: 5 }).map((n) => n * 5),
        staff: fc.constantFrom([], [], ['a'], ['b']),
        resources: single(['r3']),
        gapMin: fc.constantFrom(0, 0, 3),
        gapMore: fc.constantFrom(0, 4, 9),
      }),
      { minLength: 2, maxLength: 3 },
    ),
    sameStaff: fc.boolean(),
  })
  .map((s) => ({
    companyId: 'com',
    name: { de: 'Kette' },
    durationMinutes: 5,
    bufferBeforeMinutes: s.before,
    bufferAfterMinutes: s.after,
    priceCents: 100,
    currency: 'EUR',
    slotStepMinutes: s.step,
    maxPerSlot: 1,
    staff: s.staff.map((staffId) => ({ staffId, durationMinutes: null })),
    resources: s.resources,
    sameStaff: s.sameStaff,
    segments: s.segments.map((one, i) => ({
      id: `seg${i}`,
      kind: i === 0 ? 'active' : one.kind,
      durationMinutes: one.duration,
      staffIds: s.sameStaff ? [] : one.staff,
      resources: one.resources,
      gapMinMinutes: one.gapMin,
      gapMaxMinutes: one.gapMin + one.gapMore,
    })),
  }));
const crowd = (day: number) =>
  fc
    .array(
      fc.record({
        start: fc.integer({ min: 96, max: 143 }),
        length: fc.integer({ min: 1, max: 5 }),
        odd: fc.integer({ min: 0, max: 4 }),
      }),
      {
        maxLength: 6,
      },
    )
    .map((rows) =>
      // Berlin is one or two hours ahead of UTC: the morning moves, the crowd with it.
      rows.map(
        ({ start, length, odd }, i): BusyRow => ({
          from: day * 1440 + start * 5 - 60 + odd,
          to: day * 1440 + (start + length) * 5 - 60 + odd,
          owner: `own${i}`,
        }),
      ),
    );
export const chains = fc.constantFrom('2027-03-28', '2027-02-02').chain((date) =>
  fc.record({
    zone: fc.constant('Europe/Berlin'),
    date: fc.constant(date),
    branchHours: morning('bra', 'branch'),
    aHours: morning('a', 'staff'),
    bHours: morning('b', 'staff'),
    resourceHours: fc.constant([] as ScheduleInput[]),
    exceptions: fc.constant([] as (ScheduleInput | null)[]),
    service: chainArb,
    busy: fc.record({
      a: crowd(epochDay(date)),
      b: crowd(epochDay(date)),
      r1: crowd(epochDay(date)),
      r2: crowd(epochDay(date)),
      r3: crowd(epochDay(date)),
    }),
    sessions: fc.constant([] as { at: number; people: number; who: string }[]),
    wanted: fc.constantFrom(null, null, 'a'),
    partySize: fc.constant(1),
  }),
);

/** One of several services of a visit: short, with buffers that may be longer than what lies between. */
const partArb = fc
  .record({
    before: fc.constantFrom(0, 0, 5, 20),
    after: fc.constantFrom(0, 0, 10, 30),
    step: fc.constantFrom(5, 15),
    duration: fc.integer({ min: 1, max: 5 }).map((n) => n * 5),
    staff: fc.constantFrom(['a', 'b'], ['b', 'a'], ['a'], ['b']),
    longer: fc.boolean(),
    here: overrideArb,
    resources: single(['r1', 'r2']),
    composite: fc.constantFrom(false, false, true),
    segments: fc.array(
      fc.record({
        kind: fc.constantFrom('active', 'passive'),
        duration: fc.integer({ min: 1, max: 3 }).map((n) => n * 5),
        gapMore: fc.constantFrom(0, 0, 4),
        resources: single(['r3']),
      }),
      { minLength: 1, maxLength: 2 },
    ),
    sameStaff: fc.boolean(),
  })
  .map((s) => ({
    companyId: 'com',
    name: { de: 'Teil' },
    durationMinutes: s.duration,
    bufferBeforeMinutes: s.before,
    bufferAfterMinutes: s.after,
    priceCents: 100,
    branchOverrides: overridesOf(s.composite || s.here === null ? null : Math.min(s.here, 30)),
    currency: 'EUR',
    slotStepMinutes: s.step,
    maxPerSlot: 1,
    staff: s.staff.map((staffId, i) => ({
      staffId,
      durationMinutes: i > 0 && s.longer && !s.composite ? s.duration + 5 : null,
    })),
    resources: s.resources,
    sameStaff: s.sameStaff,
    segments: s.composite
      ? [
          { id: 'seg', kind: 'active', durationMinutes: s.duration },
          ...s.segments.map((one, i) => ({
            id: `seg${i}`,
            kind: one.kind,
            durationMinutes: one.duration,
            resources: one.resources,
            gapMaxMinutes: one.gapMore,
          })),
        ]
      : [],
  }));

/** Two or three services in one visit, on a crowded morning. */
export const visits = fc.tuple(chains, fc.array(partArb, { minLength: 2, maxLength: 3 })).map(([w, parts]) => ({
  ...w,
  parts,
}));
export type VisitCase = typeof visits extends fc.Arbitrary<infer W> ? W : never;

/** What the worlds have in common. */
interface AnyWorld {
  zone: string;
  date: string;
  branchHours: ScheduleInput[];
  aHours: ScheduleInput[];
  bHours: ScheduleInput[];
  resourceHours: ScheduleInput[];
  exceptions: readonly (ScheduleInput | null)[];
  service: unknown;
  /** services of a visit, instead of the one */
  parts?: readonly unknown[];
  busy: Record<string, BusyRow[]>;
  sessions: readonly { at: number; people: number; who: string }[];
}

/** The master data of a world: services `srv`, or `srv0` to `srv2` of a visit. */
export const itemsOfWorld = (w: AnyWorld): ScheduleItem[] =>
  itemsOf([
    {
      kind: 'branch',
      id: 'bra',
      body: { companyId: 'com', name: 'B', timeZone: w.zone, country: 'DE', main: true },
    },
    { kind: 'staff', id: 'a', body: { companyId: 'com', firstName: 'A', branchIds: ['bra'] } },
    { kind: 'staff', id: 'b', body: { companyId: 'com', firstName: 'B', branchIds: ['bra'] } },
    {
      kind: 'resource',
      id: 'r1',
      body: { companyId: 'com', branchId: 'bra', name: 'R1', type: 'room', capacity: 1 },
    },
    {
      kind: 'resource',
      id: 'r2',
      body: { companyId: 'com', branchId: 'bra', name: 'R2', type: 'room', capacity: 3 },
    },
    {
      kind: 'resource',
      id: 'r3',
      body: { companyId: 'com', branchId: 'bra', name: 'R3', type: 'room', capacity: 2 },
    },
    ...(w.parts === undefined
      ? [{ kind: 'service' as const, id: 'srv', body: w.service }]
      : w.parts.map((body, i) => ({ kind: 'service' as const, id: `srv${i}`, body }))),
    ...w.branchHours,
    ...w.aHours,
    ...w.bHours,
    ...w.resourceHours,
    ...w.exceptions.flatMap((e) => (e ? [e] : [])),
  ]);

/** Busy rows of a world, with the sessions of its group service: people of one lie on top of each other, nothing else of theirs may. */
export function busyOfWorld(w: AnyWorld, body: ServiceBody | null): Record<string, BusyRow[]> {
  const busy: Record<string, BusyRow[]> = { ...w.busy };
  if (body === null || body.maxPerSlot <= 1) return busy;
  for (const { at, people, who } of w.sessions) {
    const able = body.staff.find((s) => s.staffId === who);
    if (!able) continue;
    const here = body.branchOverrides.find((one) => one.branchId === 'bra')?.durationMinutes;
    const duration = able.durationMinutes ?? here ?? body.durationMinutes;
    const start = epochDay(w.date) * 1440 + at * 5;
    const rows = {
      from: start - body.bufferBeforeMinutes,
      to: start + duration + body.bufferAfterMinutes,
      share: `srv|${who}|${start}|${duration}`,
    };
    busy[who] = [
      ...(busy[who] ?? []).filter((r) => r.to <= rows.from || r.from >= rows.to),
      ...Array.from({ length: people }, (_, i) => ({ ...rows, owner: `s${at}${i}` })),
    ];
  }
  return busy;
}
