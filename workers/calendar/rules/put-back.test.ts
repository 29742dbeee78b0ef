/** What was taken back stands as it stood: same start, same people, if nothing newer happened and nobody else has the place. */
import { describe, expect, it } from 'vitest';
import { asInstant, type Instant } from '../../../shared/clock.ts';
import { MINUTE } from '../../../shared/time.ts';
import { decideBook } from './book.ts';
import { decideCancel } from './cancel.ts';
import { decidePutBack, type PutBackFacts } from './put-back.ts';
import { decideReschedule } from './reschedule.ts';
import { type BusyRow, busyOf, salonItems, scheduleOf } from '../salon.fixture.ts';
import { decideStatus } from './status.ts';
import type { PutBack } from '../commands/inputs.ts';
import type { ScheduleInput } from '../master-data.ts';
import type { ActorRef, Appointment, Modification } from '../../events/calendar.ts';

const NOW = asInstant(Date.parse('2027-03-01T08:00:00Z'));
const phone: ActorRef = { kind: 'phone', id: 'call_1' };
const customer: ActorRef = { kind: 'customer', id: 'cus' };
/** Tuesday 2027-03-09 in Berlin */
const at = (hour: number): Instant => asInstant(Date.parse('2027-03-09T00:00:00+01:00') + hour * 60 * MINUTE);
const base = { key: 'k', now: NOW, actor: phone };

function booked(serviceId = 'srv_cut', startsAt = at(10), items: ScheduleInput[] = salonItems()): Appointment {
  const result = decideBook(
    {
      schedule: scheduleOf(items),
      busy: busyOf({}),
      tokenHold: null,
      callHold: null,
      exists: false,
    },
    {
      ...base,
      appointmentId: 'apt_1',
      customerId: 'cus',
      services: [{ serviceId }],
      branchId: null,
      staffId: 'stf_ben',
      startsAt,
      source: 'phone_ai',
    },
    NOW,
  );
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value.appointment;
}
interface Changed {
  appointment: Appointment;
  modification: Modification;
}
function cancelled(appointment = booked()): Changed {
  const result = decideCancel(appointment, { ...base, appointmentId: 'apt_1', modificationId: 'mod_1' }, NOW);
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
function moved(appointment = booked(), startsAt = at(14), staffId = 'stf_anna'): Changed {
  const result = decideReschedule(
    { schedule: scheduleOf(), busy: busyOf({}), tokenHold: null, callHold: null },
    appointment,
    { ...base, appointmentId: 'apt_1', modificationId: 'mod_1', newStartsAt: startsAt, staffId },
    NOW,
  );
  if (!result.ok || !result.value.modification) throw new Error(JSON.stringify(result));
  return { appointment: result.value.appointment, modification: result.value.modification };
}
const command: PutBack = {
  key: 'undo:mod_1',
  now: NOW,
  actor: customer,
  appointmentId: 'apt_1',
  modificationId: 'mod_2',
  undoes: 'mod_1',
};
function putBack(
  { appointment, modification }: Changed,
  more: Partial<Omit<PutBackFacts, 'busy'>> & { rows?: Record<string, BusyRow[]>; now?: Instant } = {},
) {
  const { rows = {}, now = NOW, ...facts } = more;
  return decidePutBack(
    { schedule: scheduleOf(), busy: busyOf(rows), undone: modification, newest: modification, ...facts },
    appointment,
    command,
    now,
  );
}
const taken = (id: string, from: Instant, to: Instant): Record<string, BusyRow[]> => ({
  [id]: [{ from: from / MINUTE, to: to / MINUTE }],
});
const codeOf = (result: ReturnType<typeof decidePutBack>): string => (result.ok ? 'ok' : result.error.code);

describe('a cancellation taken back', () => {
  it.each([
    ['single', 'srv_cut'],
    ['composite with resources', 'srv_colour'],
    ['group', 'srv_course'],
  ])('leaves the very appointment there was, of a %s service', (_name, serviceId) => {
    const before = booked(serviceId);
    const result = putBack(cancelled(before));
    expect(result.ok && result.value.appointment).toEqual({ ...before, version: 3, updatedAt: NOW });
    expect(result.ok && result.value.modification).toMatchObject({
      type: 'restore',
      undoes: 'mod_1',
      oldStatus: 'cancelled',
      newStatus: 'confirmed',
      actor: customer,
    });
    expect(result.ok && result.value.occupations.length).toBeGreaterThan(0);
  });
  it('leaves it waiting for confirmation when it did before', () => {
    const result = putBack(cancelled({ ...booked(), status: 'pending' }));
    expect(result.ok && result.value.appointment.status).toBe('pending');
  });
  it('asks neither notice nor horizon nor whether the service is still offered: the place was theirs', () => {
    const items = salonItems().map((item) =>
      item.id === 'srv_cut'
        ? {
            ...item,
            body: { ...(item.body as object), minNoticeMinutes: 20_000, active: false, onlineBookable: false },
          }
        : item,
    );
    expect(codeOf(putBack(cancelled(), { schedule: scheduleOf(items) }))).toBe('ok');
  });
  it('lets go of the booking at Cal.com, which stays cancelled there, and waits for a fresh one', () => {
    const result = putBack(cancelled({ ...booked(), calcomUid: 'u1', syncStatus: 'synced' }));
    expect(result.ok && result.value.appointment).toMatchObject({ calcomUid: null, syncStatus: 'pending' });
  });
  it('takes its fee back', () => {
    const { appointment, modification } = cancelled();
    const result = putBack({
      appointment: { ...appointment, cancellationFeeCents: 2_000, policyViolation: true },
      modification: { ...modification, feeCents: 2_000, policyViolation: true },
    });
    expect(result.ok && result.value.appointment).toMatchObject({ cancellationFeeCents: 0, policyViolation: false });
  });
  it('is refused with what else is free when somebody has the person, who is never swapped for another', () => {
    const result = putBack(cancelled(), { rows: taken('stf_ben', at(10.5), at(11.5)) });
    expect(result).toMatchObject({
      ok: false,
      error: { code: 'APPOINTMENT_CONFLICT', details: { reason: 'full', conflicting_appointment_id: 'apt_other' } },
    });
    if (!result.ok && result.error.code === 'APPOINTMENT_CONFLICT')
      expect(result.error.details.alternatives).toHaveLength(3);
  });
  it('is refused while somebody else holds the slot, and possible when the hold has lapsed', () => {
    const change = cancelled();
    const held = (expires: number) => ({
      stf_ben: [{ from: at(10) / MINUTE, to: at(11) / MINUTE, owner: 'hld', expires }],
    });
    expect(codeOf(putBack(change, { rows: held(NOW + 1) }))).toBe('APPOINTMENT_CONFLICT');
    expect(codeOf(putBack(change, { rows: held(NOW) }))).toBe('ok');
  });
  it('is refused when the only basin is taken, and when a group has filled up', () => {
    const colour = cancelled(booked('srv_colour'));
    expect(codeOf(putBack(colour, { rows: taken('res_basin', at(11), at(12)) }))).toBe('APPOINTMENT_CONFLICT');
    const share = `srv_course|stf_ben|${at(10) / MINUTE}|60`;
    const group = (units: number) => ({
      stf_ben: [{ from: at(10) / MINUTE, to: at(11) / MINUTE, units, share }],
    });
    const course = cancelled(booked('srv_course'));
    expect(codeOf(putBack(course, { rows: group(2) }))).toBe('ok');
    expect(codeOf(putBack(course, { rows: group(3) }))).toBe('APPOINTMENT_CONFLICT');
  });
  it('is refused when person or service have gone', () => {
    const without = (id: string) => scheduleOf(salonItems().filter((item) => item.id !== id));
    expect(codeOf(putBack(cancelled(), { schedule: without('stf_ben') }))).toBe('APPOINTMENT_CONFLICT');
    expect(codeOf(putBack(cancelled(), { schedule: without('srv_cut') }))).toBe('APPOINTMENT_CONFLICT');
  });
  it('keeps each person of a service that several serve', () => {
    const items = salonItems().map((item) =>
      item.id === 'srv_colour' ? { ...item, body: { ...(item.body as object), sameStaff: false } } : item,
    );
    const before = booked('srv_colour', at(10), items);
    const two = {
      ...before,
      segments: before.segments.map((s, i) => (i === 2 ? { ...s, staffId: 'stf_anna' } : s)),
    };
    const result = putBack(cancelled(two), { schedule: scheduleOf(items) });
    expect(result.ok && result.value.appointment.segments.map((s) => s.staffId)).toEqual(['stf_ben', null, 'stf_anna']);
    // At that time Ben could serve it alone; the second person is asked all the same.
    const busy = putBack(cancelled(two), { schedule: scheduleOf(items), rows: taken('stf_anna', at(11), at(13)) });
    expect(codeOf(busy)).toBe('APPOINTMENT_CONFLICT');
  });
  it('stands outside of hours when it was made outside', () => {
    const early: Appointment = { ...booked(), source: 'import', startsAt: at(7), endsAt: at(8) };
    const change = cancelled(early);
    const result = putBack(change);
    expect(result.ok && result.value.appointment).toMatchObject({ startsAt: at(7), endsAt: at(8), staffId: 'stf_ben' });
    expect(codeOf(putBack(change, { rows: taken('stf_ben', at(7), at(8)) }))).toBe('APPOINTMENT_CONFLICT');
  });
});

describe('a move taken back', () => {
  it('leads to the old start and the old person, and counts as a move', () => {
    const before = booked();
    const result = putBack(moved(before));
    expect(result.ok && result.value.appointment).toEqual({
      ...before,
      version: 3,
      rescheduleCount: 2,
      updatedAt: NOW,
      notify: true,
    });
    expect(result.ok && result.value.modification).toMatchObject({
      type: 'reschedule',
      undoes: 'mod_1',
      oldStartsAt: at(14),
      newStartsAt: at(10),
    });
  });
  it('is not in its own way', () => {
    const change = moved(booked(), at(10.5), 'stf_ben');
    expect(
      codeOf(
        putBack(change, { rows: { stf_ben: [{ from: at(10.5) / MINUTE, to: at(11.5) / MINUTE, owner: 'apt_1' }] } }),
      ),
    ).toBe('ok');
  });
  it('is refused when the old place is taken, although somebody else could serve it', () => {
    expect(codeOf(putBack(moved(), { rows: taken('stf_ben', at(9.5), at(10.5)) }))).toBe('APPOINTMENT_CONFLICT');
  });
  it('keeps its booking at Cal.com, which moves along', () => {
    const result = putBack(moved({ ...booked(), calcomUid: 'u1', syncStatus: 'synced' }));
    expect(result.ok && result.value.appointment).toMatchObject({ calcomUid: 'u1', syncStatus: 'pending' });
  });
});

describe('nothing is taken back', () => {
  const newer = (change: Changed): Modification => ({ ...change.modification, id: 'mod_9' });
  it('that something newer has followed', () => {
    for (const change of [cancelled(), moved()])
      expect(codeOf(putBack(change, { newest: newer(change) }))).toBe('ILLEGAL_TRANSITION');
  });
  it('twice', () => {
    const change = cancelled();
    const once = putBack(change);
    if (!once.ok) throw new Error('refused');
    const { appointment, modification } = once.value;
    expect(codeOf(putBack({ appointment, modification: change.modification }, { newest: modification }))).toBe(
      'ILLEGAL_TRANSITION',
    );
    // Nor is a restoration itself taken back: they cancel.
    const second = decidePutBack(
      { schedule: scheduleOf(), busy: busyOf({}), undone: modification, newest: modification },
      appointment,
      { ...command, undoes: modification.id },
      NOW,
    );
    expect(codeOf(second)).toBe('ILLEGAL_TRANSITION');
    expect(decideCancel(appointment, { ...base, appointmentId: 'apt_1', modificationId: 'mod_3' }, NOW).ok).toBe(true);
  });
  it('whose time has come', () => {
    expect(codeOf(putBack(cancelled(), { now: at(10) }))).toBe('ILLEGAL_TRANSITION');
    expect(codeOf(putBack(moved(), { now: at(10) }))).toBe('ILLEGAL_TRANSITION');
    expect(codeOf(putBack(cancelled(), { now: asInstant(at(10) - MINUTE) }))).toBe('ok');
  });
  it('of another kind, another appointment or an unknown change', () => {
    const status = decideStatus(
      { ...booked(), status: 'pending' },
      { ...base, appointmentId: 'apt_1', modificationId: 'mod_1', action: 'confirm' },
      NOW,
    );
    if (!status.ok) throw new Error('refused');
    expect(codeOf(putBack(status.value))).toBe('ILLEGAL_TRANSITION');
    const change = cancelled();
    expect(codeOf(putBack(change, { undone: null }))).toBe('NOT_FOUND');
    expect(codeOf(putBack({ ...change, modification: { ...change.modification, appointmentId: 'apt_2' } }))).toBe(
      'NOT_FOUND',
    );
  });
  it('that Cal.com has meanwhile said something else of', () => {
    const change = cancelled();
    expect(
      codeOf(putBack({ ...change, appointment: { ...change.appointment, startsAt: at(15), endsAt: at(16) } })),
    ).toBe('ILLEGAL_TRANSITION');
  });
});
