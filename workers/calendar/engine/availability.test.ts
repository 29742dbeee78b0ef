/** What people meet in the engine: days that change their clocks, exceptions, passive time, groups, preferences, reasons, alternatives. */
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import { MINUTE, toIso } from '../../../shared/time.ts';
import { NO_TIMELINE, rankOf, Search } from './availability.ts';
import { checkAvailability } from './check.ts';
import { epochDay } from './hours.ts';
import { planOf } from './plan.ts';
import { type BusyRow, busyOf, itemsOf, salonItems, scheduleOf } from '../salon.fixture.ts';
import { parseSchedule } from './schedule.ts';
import type { AvailabilityQuery } from '../commands/inputs.ts';
import type { ScheduleInput } from '../master-data.ts';

const NOW = asInstant(Date.parse('2027-03-01T08:00:00Z'));
const TUESDAY = '2027-03-09';
const nobody = { staff: () => NO_TIMELINE, resource: () => NO_TIMELINE };
/** Berlin winter time: minute of the day → epoch minute on the Tuesday. */
const minute = (hour: number, rest = 0): number => epochDay(TUESDAY) * 1440 + (hour - 1) * 60 + rest;

function ask(
  inputs: readonly ScheduleInput[],
  more: Partial<AvailabilityQuery>,
  busy = nobody as ReturnType<typeof busyOf>,
) {
  const answer = checkAvailability(
    scheduleOf(inputs),
    busy,
    {
      now: NOW,
      services: [{ serviceId: 'srv_cut' }],
      branchId: null,
      staffId: 'stf_anna',
      window: { fromDate: TUESDAY, untilDate: TUESDAY },
      ...more,
    },
    [],
  );
  if (!answer.ok) throw new Error(JSON.stringify(answer.error));
  return answer.value;
}
const times = (
  inputs: readonly ScheduleInput[],
  more: Partial<AvailabilityQuery>,
  busy?: ReturnType<typeof busyOf>,
): string[] => ask(inputs, more, busy).slots.map((slot) => slot.time);

describe('a plain day', () => {
  it('offers every quarter hour in which the hour fits, around lunch', () => {
    const offered = times(salonItems(), {});
    expect(offered.slice(0, 3)).toEqual(['09:00', '09:15', '09:30']);
    expect(offered).toContain('11:00');
    expect(offered).not.toContain('11:15');
    expect(offered).toContain('13:00');
    expect(offered.at(-1)).toBe('17:00');
  });
  it('offers a gap that no quarter hour starts in', () => {
    const busy = busyOf({
      stf_anna: [
        { from: minute(9), to: minute(9, 50) },
        { from: minute(10, 50), to: minute(18) },
      ],
    });
    expect(times(salonItems(), {}, busy)).toEqual(['09:50']);
  });
});

describe('days that change their clocks', () => {
  const always = (zone: string): ScheduleInput[] => [
    { kind: 'branch', id: 'bra', body: { companyId: 'com', name: 'B', timeZone: zone, country: 'DE', main: true } },
    { kind: 'staff', id: 'stf', body: { companyId: 'com', firstName: 'N', branchIds: ['bra'] } },
    {
      kind: 'service',
      id: 'srv',
      body: {
        companyId: 'com',
        name: { de: 'S' },
        durationMinutes: 60,
        priceCents: 0,
        currency: 'EUR',
        slotStepMinutes: 30,
        maxDaysAhead: 400,
        staff: [{ staffId: 'stf' }],
      },
    },
    ...['bra', 'stf'].map(
      (ownerId): ScheduleInput => ({
        kind: 'hours',
        id: `h${ownerId}`,
        body: {
          ownerKind: ownerId === 'bra' ? 'branch' : 'staff',
          ownerId,
          weekday: 0,
          periods: [{ from: '01:00', to: '05:00' }],
        },
      }),
    ),
  ];
  const starts = (date: string) =>
    ask(always('Europe/Berlin'), {
      services: [{ serviceId: 'srv' }],
      staffId: null,
      window: { fromDate: date, untilDate: date },
    }).slots.map((s) => `${s.time} ${toIso(s.startsAt).slice(11, 16)}`);

  it('the spring night has no half past two, and an hour from 01:30 ends at 03:30', () => {
    expect(starts('2027-03-28')).toEqual(['01:00 00:00', '01:30 00:30', '03:00 01:00', '03:30 01:30', '04:00 02:00']);
    const slot = ask(always('Europe/Berlin'), {
      services: [{ serviceId: 'srv' }],
      staffId: null,
      window: { fromDate: '2027-03-28', untilDate: '2027-03-28' },
    }).slots[1];
    expect(slot).toMatchObject({ time: '01:30', endTime: '03:30', durationMinutes: 60 });
  });
  it('the autumn night has half past two twice', () => {
    expect(starts('2027-10-31')).toEqual([
      '01:00 23:00',
      '01:30 23:30',
      '02:00 00:00',
      '02:30 00:30',
      '02:00 01:00',
      '02:30 01:30',
      '03:00 02:00',
      '03:30 02:30',
      '04:00 03:00',
    ]);
  });
  it('a request for a time that does not exist is closed, with what is next', () => {
    const answer = ask(always('Europe/Berlin'), {
      services: [{ serviceId: 'srv' }],
      staffId: null,
      window: { fromDate: '2027-03-28', untilDate: '2027-03-28' },
      at: { date: '2027-03-28', time: '02:30' },
    });
    expect(answer).toMatchObject({ available: false, reason: 'closed', slot: null });
    expect(answer.next.length).toBeGreaterThan(0);
  });
});

describe('exceptions win over weekly hours', () => {
  const exception = (body: object): ScheduleInput => ({
    kind: 'exception',
    id: 'exc',
    body: { fromDate: TUESDAY, toDate: TUESDAY, ...body },
  });
  it.each([
    ['vacation of the person', { ownerKind: 'staff', ownerId: 'stf_anna', kind: 'vacation' }, []],
    ['closure of the branch', { ownerKind: 'branch', ownerId: 'bra_mitte', kind: 'closure' }, []],
    ['holiday of the company', { ownerKind: 'company', ownerId: 'com', kind: 'public_holiday' }, []],
    [
      'sick until noon',
      { ownerKind: 'staff', ownerId: 'stf_anna', kind: 'sick', fromTime: '00:00', toTime: '16:30' },
      ['16:30', '16:45', '17:00'],
    ],
    [
      'a shift over lunch',
      { ownerKind: 'staff', ownerId: 'stf_anna', kind: 'extra_shift', fromTime: '12:00', toTime: '13:00' },
      null,
    ],
  ] as const)('%s', (_name, body, expected) => {
    const offered = times([...salonItems(), exception(body)], {});
    if (expected) expect(offered).toEqual(expected);
    else expect(offered).toContain('11:30');
  });
  it('an extra shift outside the branch’s hours opens a closed day, a closure still wins', () => {
    const monday = '2027-03-08';
    const shift: ScheduleInput = {
      kind: 'exception',
      id: 'exc',
      body: {
        ownerKind: 'staff',
        ownerId: 'stf_anna',
        kind: 'extra_shift',
        fromDate: monday,
        toDate: monday,
        fromTime: '10:00',
        toTime: '12:00',
        outsideBranchHours: true,
      },
    };
    const window = { fromDate: monday, untilDate: monday };
    expect(times([...salonItems(), shift], { window })).toEqual(['10:00', '10:15', '10:30', '10:45', '11:00']);
    const closure: ScheduleInput = {
      kind: 'exception',
      id: 'x2',
      body: { ownerKind: 'branch', ownerId: 'bra_mitte', kind: 'closure', fromDate: monday, toDate: monday },
    };
    expect(times([...salonItems(), shift, closure], { window })).toEqual([]);
  });
  it('public holidays of the region close the branch where it keeps them', () => {
    const items = salonItems().map((i) =>
      i.kind === 'branch' ? { ...i, body: { ...(i.body as object), holidayRegion: 'DE-BE' } } : i,
    );
    const schedule = parseSchedule(itemsOf(items), 1, (_region, date) =>
      date === TUESDAY ? { name: { de: 'Tag', en: 'Day' } } : null,
    );
    const answer = checkAvailability(
      schedule,
      nobody,
      {
        now: NOW,
        services: [{ serviceId: 'srv_cut' }],
        branchId: null,
        staffId: null,
        window: { fromDate: TUESDAY, untilDate: TUESDAY },
      },
      [],
    );
    expect(answer).toMatchObject({ ok: true, value: { available: false, reason: 'closed' } });
  });
});

describe('passive time', () => {
  it('leaves the person free for another customer while the chair stays taken', () => {
    const schedule = scheduleOf();
    const planned = planOf(schedule, { services: [{ serviceId: 'srv_colour' }], branchId: null, staffId: 'stf_anna' });
    if (!planned.ok || planned.value.kind !== 'plan') throw new Error('must plan');
    // Anna has a cut of 30 minutes exactly in the waiting time of a colour that begins at 13:00.
    const busy = busyOf({ stf_anna: [{ from: minute(13, 30), to: minute(14) }] });
    const search = new Search(planned.value.plan, busy, {
      fromDay: epochDay(TUESDAY),
      untilDay: epochDay(TUESDAY),
      nowMs: NOW,
      exclude: [],
    });
    const assignment = search.assignmentAt(minute(13), rankOf(search, 'even_load', null));
    expect(assignment?.segments.map((s) => [s.kind, s.from - minute(13), s.to - minute(13), s.staffId])).toEqual([
      ['active', 0, 30, 'stf_anna'],
      ['passive', 30, 60, null],
      ['active', 60, 105, 'stf_anna'],
    ]);
  });
  it('waits as little as the start allows', () => {
    const busy = busyOf({ res_basin: [{ from: minute(13), to: minute(14, 10) }] });
    const planned = planOf(scheduleOf(), {
      services: [{ serviceId: 'srv_colour' }],
      branchId: null,
      staffId: 'stf_anna',
    });
    if (!planned.ok || planned.value.kind !== 'plan') throw new Error('must plan');
    const search = new Search(planned.value.plan, busy, {
      fromDay: epochDay(TUESDAY),
      untilDay: epochDay(TUESDAY),
      nowMs: NOW,
      exclude: [],
    });
    expect(search.assignmentAt(minute(13), () => 0)?.end).toBe(minute(14, 55));
    expect(search.assignmentAt(minute(12, 50), () => 0)).toBeNull();
  });
});

describe('several services in one visit', () => {
  const both = [{ serviceId: 'srv_cut' }, { serviceId: 'srv_course', durationMinutes: 30 }];
  it('follow each other without waiting, by the same person where one can do both', () => {
    const slot = ask(salonItems(), { services: both, staffId: null }).slots[0];
    expect(slot).toMatchObject({
      time: '09:00',
      endTime: '10:30',
      durationMinutes: 90,
      serviceId: 'srv_cut',
      moreServiceIds: ['srv_course'],
      priceCents: 6_000,
    });
    expect(slot?.segments.map((s) => [s.serviceId, s.staffId])).toEqual([
      ['srv_cut', expect.any(String)],
      ['srv_course', 'stf_ben'],
    ]);
    const ben = ask(
      salonItems(),
      { services: both, staffId: null },
      busyOf({ stf_anna: [{ from: minute(15), to: minute(18) }] }),
    ).slots[0];
    expect(ben?.segments.map((s) => s.staffId)).toEqual(['stf_ben', 'stf_ben']);
  });
  it('need the second person to be free when the first is done', () => {
    const busy = busyOf({ stf_ben: [{ from: minute(9, 30), to: minute(18) }] });
    expect(times(salonItems(), { services: both, staffId: null }, busy)).toEqual([]);
    const later = busyOf({ stf_ben: [{ from: minute(9), to: minute(16) }] });
    expect(times(salonItems(), { services: both, staffId: null }, later)[0]).toBe('15:00');
  });
});

describe('a group', () => {
  const share = (start: number) => `srv_course|stf_ben|${start}|60`;
  const session = (people: number): BusyRow[] =>
    Array.from({ length: people }, (_, i) => ({
      from: minute(10),
      to: minute(11),
      owner: `apt${i}`,
      share: share(minute(10)),
    }));
  it('fills a session that has begun, up to its size, and no other overlapping one', () => {
    const offered = (people: number, partySize = 1) =>
      times(
        salonItems(),
        { services: [{ serviceId: 'srv_course' }], staffId: null, partySize },
        busyOf({ stf_ben: session(people) }),
      ).slice(0, 3);
    expect(offered(2)).toEqual(['09:00', '10:00', '11:00']);
    expect(offered(3)).toEqual(['09:00', '11:00', '12:00']);
    expect(offered(2, 2)).toEqual(['09:00', '11:00', '12:00']);
  });
});

describe('who gets the slot', () => {
  const load = busyOf({ stf_anna: [{ from: minute(15), to: minute(18) }] });
  it('evens the load, keeps the order of the staff list, or the customer’s favourite', () => {
    const first = (more: Partial<AvailabilityQuery>) =>
      ask(salonItems(), { staffId: null, ...more }, load).slots[0]?.staffId;
    expect(first({})).toBe('stf_ben');
    expect(first({ preference: 'earliest' })).toBe('stf_anna');
    expect(first({ preferredStaffId: 'stf_anna' })).toBe('stf_anna');
  });
  it('leaves the day in one piece when asked to', () => {
    const busy = busyOf({ stf_anna: [{ from: minute(10), to: minute(11) }] });
    const slots = ask(salonItems(), { preference: 'least_fragmentation' }, busy).slots;
    expect(slots[0]?.time).toBe('09:00');
    expect(slots[1]?.time).toBe('11:00');
  });
});

describe('why not, and what instead', () => {
  it.each([
    ['full', { at: { date: TUESDAY, time: '10:00' } }, { stf_anna: [{ from: minute(9), to: minute(18) }] }],
    ['closed', { at: { date: TUESDAY, time: '20:00' } }, {}],
    ['outside_notice', { at: { startsAt: asInstant(NOW - MINUTE) } }, {}],
    ['closed', { window: { fromDate: '2027-03-08', untilDate: '2027-03-08' } }, {}],
    ['outside_notice', { window: { fromDate: '2028-03-07', untilDate: '2028-03-07' } }, {}],
  ] as const)('%s', (reason, more, rows) => {
    const answer = ask(salonItems(), more, busyOf(rows));
    expect(answer).toMatchObject({ available: false, reason });
  });
  it('says that nothing is set up, never that nothing is free', () => {
    const noHours = salonItems().filter((i) => i.kind !== 'hours');
    expect(ask(noHours, { staffId: null }).reason).toBe('not_configured');
    const noStaff = salonItems().map((i) =>
      i.id === 'srv_cut' ? { ...i, body: { ...(i.body as object), staff: [] } } : i,
    );
    expect(ask(noStaff, { staffId: null }).reason).toBe('not_configured');
  });
  it('names the nearest before and after on the day and three next ones on different days', () => {
    const busy = busyOf({ stf_anna: [{ from: minute(14), to: minute(15) }] });
    const answer = ask(salonItems(), { at: { date: TUESDAY, time: '14:00' } }, busy);
    expect(answer.before?.time).toBe('13:00');
    expect(answer.after?.time).toBe('15:00');
    expect(answer.next.map((s) => `${s.date} ${s.time}`)).toEqual([
      '2027-03-09 15:00',
      '2027-03-10 14:00',
      '2027-03-11 14:00',
    ]);
  });
  it('keeps minimum notice and horizon for outsiders, not for staff', () => {
    const items = salonItems().map((i) =>
      i.id === 'srv_cut' ? { ...i, body: { ...(i.body as object), minNoticeMinutes: 120, maxDaysAhead: 3 } } : i,
    );
    const now = asInstant(Date.parse(`${TUESDAY}T09:00:00Z`)); // 10:00 in Berlin
    expect(times(items, { now })[0]).toBe('13:00');
    expect(times(items, { now, staffId: 'stf_ben' })[0]).toBe('12:00');
    expect(times(items, { now, staffId: 'stf_ben', internal: true })[0]).toBe('10:00');
    const later = { fromDate: '2027-03-16', untilDate: '2027-03-16' };
    expect(times(items, { now, window: later })).toEqual([]);
    expect(times(items, { now, window: later, internal: true })).not.toEqual([]);
  });
});
