import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { CalendarAppointment, CalendarDay } from '../../../shared/contract/appointments.ts';
import { gapsOf, viewOf } from './day-view.ts';
import { createDeferred } from './deferred.ts';
import { daysView } from './span-view.ts';
import { accepted, applied, dropped, expect as expectChange, pruned } from './overlay.ts';

const appointment = (change: Partial<CalendarAppointment> = {}): CalendarAppointment => ({
  id: 'apt_1',
  staff_id: 'stf_1',
  customer: { id: 'cus_1', name: 'Anna', phone_masked: null },
  service: { id: 'srv_1', name: 'Schnitt', colour: null },
  starts_at: '2026-11-20T09:00:00.000Z',
  ends_at: '2026-11-20T10:00:00.000Z',
  status: 'confirmed',
  source: 'phone_ai',
  version: 3,
  segments: [],
  sync_status: 'synced',
  price_cents: 4_500,
  currency: 'EUR',
  notes: null,
  call_id: null,
  resource_ids: [],
  ...change,
});

const day = (change: Partial<CalendarDay> = {}): CalendarDay => ({
  branch: { id: 'bra_1', name: 'Mitte', time_zone: 'Europe/Berlin' },
  date: '2026-11-20',
  time_zone: 'Europe/Berlin',
  opens: '09:00',
  closes: '18:00',
  open: [],
  holiday: null,
  head: 'calendar:1.7',
  staff: [
    {
      id: 'stf_1',
      name: 'Lena',
      colour: null,
      working: [
        { from: '09:00', to: '13:00' },
        { from: '13:30', to: '18:00' },
      ],
      absences: [],
      service_ids: ['srv_1'],
    },
  ],
  resources: [],
  busy: [],
  appointments: [],
  holds: [],
  ...change,
});

const everybody = { showsCancelled: false, staffIds: [] };

describe('optimistic changes', () => {
  it('show at once and go when the server has caught up', () => {
    const row = appointment();
    const overlay = expectChange({}, row, { starts_at: '2026-11-20T11:00:00.000Z' });
    expect(applied([row], overlay)[0]?.starts_at).toBe('2026-11-20T11:00:00.000Z');
    const caughtUp = appointment({ version: 4, starts_at: '2026-11-20T11:15:00.000Z' });
    expect(applied([caughtUp], overlay)[0]?.starts_at).toBe('2026-11-20T11:15:00.000Z');
    expect(pruned(overlay, [caughtUp])).toEqual({});
  });

  it('give the next command the version that the server named, while the list still lags', () => {
    const row = appointment();
    const overlay = accepted(expectChange({}, row, { status: 'completed' }), row.id, 4);
    expect(applied([row], overlay)[0]).toMatchObject({ status: 'completed', version: 4 });
  });

  it('go without a trace when refused', () => {
    const row = appointment();
    expect(applied([row], dropped(expectChange({}, row, { status: 'no_show' }), row.id))).toEqual([row]);
  });

  it('take the segments along', () => {
    const row = appointment({
      segments: [
        {
          starts_at: '2026-11-20T09:20:00.000Z',
          ends_at: '2026-11-20T09:40:00.000Z',
          kind: 'passive',
          staff_id: null,
          service_id: null,
          name: null,
        },
      ],
    });
    const overlay = expectChange({}, row, { starts_at: '2026-11-20T10:00:00.000Z' });
    expect(applied([row], overlay)[0]?.segments[0]?.starts_at).toBe('2026-11-20T10:20:00.000Z');
  });
});

describe('deferred changes', () => {
  beforeEach(() => void vi.useFakeTimers());
  afterEach(() => void vi.useRealTimers());

  it('are sent once, after the pause', () => {
    const commit = vi.fn(() => Promise.resolve());
    const deferred = createDeferred(1_000);
    deferred.add('a', commit);
    vi.advanceTimersByTime(999);
    expect(commit).not.toHaveBeenCalled();
    vi.advanceTimersByTime(10_000);
    deferred.flush();
    expect(commit).toHaveBeenCalledTimes(1);
  });

  it('are never sent after Undo, and cannot be undone after being sent', () => {
    const commit = vi.fn(() => Promise.resolve());
    const deferred = createDeferred(1_000);
    deferred.add('a', commit);
    expect(deferred.undo('a')).toBe(true);
    vi.runAllTimers();
    expect(commit).not.toHaveBeenCalled();
    deferred.add('b', commit);
    deferred.flush();
    expect(deferred.undo('b')).toBe(false);
    expect(commit).toHaveBeenCalledTimes(1);
  });

  it('send the older change of one appointment before the newer one waits', async () => {
    const order: string[] = [];
    const deferred = createDeferred(1_000);
    deferred.add('a', async () => void order.push('first'));
    deferred.add('a', async () => void order.push('second'));
    expect(order).toEqual(['first']);
    vi.runAllTimers();
    await deferred.settle('a');
    expect(order).toEqual(['first', 'second']);
  });
});

describe('a command on an appointment with a waiting change', () => {
  it('waits until the waiting change is done', async () => {
    const order: string[] = [];
    const deferred = createDeferred(60_000);
    deferred.add('a', async () => {
      await Promise.resolve();
      order.push('confirmed');
    });
    await deferred.settle('a');
    order.push('moved');
    expect(order).toEqual(['confirmed', 'moved']);
  });
});

describe('the day as drawn', () => {
  it('shades what is not worked, lunch included', () => {
    expect(gapsOf(day().staff[0]?.working ?? [])).toEqual([
      { from: '00:00', to: '09:00' },
      { from: '13:00', to: '13:30' },
      { from: '18:00', to: '24:00' },
    ]);
    expect(gapsOf([])).toEqual([{ from: '00:00', to: '24:00' }]);
  });

  it('shows appointments on the branch’s clock', () => {
    const view = viewOf(day(), [appointment()], everybody);
    expect(view.blocks[0]).toMatchObject({ from: '10:00', to: '11:00', staffId: 'stf_1' });
  });

  it('keeps wall times right on the days the clocks change', () => {
    const spring = day({ date: '2027-03-28' });
    const early = appointment({ starts_at: '2027-03-28T00:30:00.000Z', ends_at: '2027-03-28T01:30:00.000Z' });
    expect(viewOf(spring, [early], everybody).blocks[0]).toMatchObject({ from: '01:30', to: '03:30' });
  });

  it('hides cancelled appointments unless asked for, and never counts them', () => {
    const rows = [appointment(), appointment({ id: 'apt_2', status: 'cancelled' })];
    expect(viewOf(day(), rows, everybody).blocks).toHaveLength(1);
    const all = viewOf(day(), rows, { ...everybody, showsCancelled: true });
    expect(all.blocks).toHaveLength(2);
    expect(all.columns[0]?.count).toBe(1);
  });

  it('drops an appointment that was moved to another day', () => {
    const moved = appointment({ starts_at: '2026-11-21T09:00:00.000Z', ends_at: '2026-11-21T10:00:00.000Z' });
    expect(viewOf(day(), [moved], everybody).blocks).toEqual([]);
  });

  it('grows over early and late appointments and shows usual hours when closed', () => {
    const early = appointment({ starts_at: '2026-11-20T05:30:00.000Z', ends_at: '2026-11-20T06:00:00.000Z' });
    expect(viewOf(day(), [early], everybody)).toMatchObject({ firstHour: 6, lastHour: 18 });
    const closed = day({
      opens: null,
      closes: null,
      staff: [{ id: 's', name: 'L', colour: null, working: [], absences: [], service_ids: [] }],
    });
    expect(viewOf(closed, [], everybody)).toMatchObject({ firstHour: 8, lastHour: 18, isClosed: true });
  });

  it('marks the time in which colour sets as free for the person', () => {
    const row = appointment({
      segments: [
        {
          starts_at: '2026-11-20T09:15:00.000Z',
          ends_at: '2026-11-20T09:45:00.000Z',
          kind: 'passive',
          staff_id: null,
          service_id: null,
          name: null,
        },
      ],
    });
    expect(viewOf(day(), [row], everybody).blocks[0]?.passive).toEqual([{ top: 25, height: 50 }]);
  });
});

describe('several days as drawn', () => {
  const two = (): CalendarDay['staff'] => [
    ...day().staff,
    {
      id: 'stf_2',
      name: 'Mara',
      colour: '#12b886',
      working: [{ from: '09:00', to: '12:00' }],
      absences: [],
      service_ids: [],
    },
  ];
  const days = [day({ staff: two() }), day({ date: '2026-11-21', staff: two() })];
  const rows = [appointment(), appointment({ id: 'apt_2', staff_id: 'stf_2' })];
  const shown = (staffIds: string[], now = { date: '2026-11-21', time: '10:05' }) =>
    daysView(days, rows, { showsCancelled: false, staffIds }, { column: ({ date }) => date, now });
  const lines = (view: ReturnType<typeof shown>) => view.shades.filter(({ kind }) => kind === 'now');

  it('say on each block whose it is, unless one person is looked at', () => {
    expect(shown([]).blocks.map(({ staffId, person }) => [staffId, person?.name])).toEqual([
      ['2026-11-20', 'Lena'],
      ['2026-11-20', 'Mara'],
    ]);
    expect(shown(['stf_1', 'stf_2']).blocks).toHaveLength(2);
    expect(shown(['stf_2']).blocks.map(({ appointment: { id }, person }) => [id, person])).toEqual([
      ['apt_2', undefined],
    ]);
  });

  it('have the line of now in today’s column, and none where today or the hour is not shown', () => {
    expect(lines(shown([]))).toMatchObject([{ staffId: '2026-11-21', from: '10:05', to: '10:06' }]);
    expect(shown([]).columns.map(({ isToday }) => isToday)).toEqual([false, true]);
    expect(lines(shown([], { date: '2026-11-22', time: '10:05' }))).toEqual([]);
    expect(lines(shown([], { date: '2026-11-21', time: '21:00' }))).toEqual([]);
  });
});
