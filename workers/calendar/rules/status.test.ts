/** States by the clock: nobody has missed what is still to come, and what is over is changed only by who may backdate. */
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../../shared/clock.ts';
import { allowedActions, type StatusAction } from '../../../shared/appointment-status.ts';
import type { Appointment } from '../../events/calendar.ts';
import { COMMANDS } from '../commands/registry.ts';
import { salonItems } from '../salon.fixture.ts';
import { memoryCalendar } from '../store/calendar.fixture.ts';
import { decideCancel } from './cancel.ts';
import { newAppointment } from './appointment.ts';
import { decideStatus } from './status.ts';

const START = asInstant(Date.parse('2027-03-09T09:00:00Z'));
const MINUTE = 60_000;
const actor = { kind: 'system', id: 'test' } as const;
const at = (minutes: number): ReturnType<typeof asInstant> => asInstant(START + minutes * MINUTE);
const appointment = (more: Partial<Appointment> = {}): Appointment =>
  newAppointment({
    id: 'apt',
    companyId: 'com',
    branchId: 'bra_mitte',
    customerId: 'cus',
    serviceId: 'srv_cut',
    staffId: 'stf_anna',
    startsAt: START,
    endsAt: at(60),
    status: 'confirmed',
    source: 'admin',
    priceCents: 100,
    currency: 'EUR',
    scheduleVersion: 1,
    createdAt: asInstant(0),
    createdBy: actor,
    ...more,
  });
const step = (action: StatusAction, minutes: number, more: Partial<Appointment> = {}) =>
  decideStatus(
    appointment(more),
    { key: 'k', now: at(minutes), actor, appointmentId: 'apt', modificationId: 'mod', action },
    at(minutes),
  );

describe('a state follows the clock', () => {
  it.each([
    ['start', -16, false],
    ['start', -15, true],
    ['complete', -1, false],
    ['complete', 0, true],
    ['no_show', 4, false],
    ['no_show', 5, true],
    ['no_show', -20_160, false],
  ] as const)('%s at minute %s: %s', (action, minutes, allowed) => {
    expect(step(action, minutes).ok).toBe(allowed);
  });
  it('lists what may be done now, and a refusal says the same', () => {
    expect(allowedActions(appointment(), at(-60))).toEqual([]);
    expect(allowedActions(appointment(), at(-10))).toEqual(['start']);
    expect(allowedActions(appointment(), at(10))).toEqual(['start', 'complete', 'no_show']);
    expect(step('complete', -10)).toMatchObject({
      ok: false,
      error: {
        code: 'ILLEGAL_TRANSITION',
        details: { from: 'confirmed', to: 'completed', allowed: ['in_progress', 'cancelled'] },
      },
    });
  });
  it('confirmed becomes completed in one step that names both states', () => {
    const done = step('complete', 30);
    expect(done.ok && done.value.modification).toMatchObject({ oldStatus: 'confirmed', newStatus: 'completed' });
  });
});

describe('what has ended', () => {
  const cancel = (minutes: number, backdate = false) =>
    decideCancel(
      appointment(),
      { key: 'k', now: at(minutes), actor, appointmentId: 'apt', modificationId: 'mod', confirm: true, backdate },
      at(minutes),
    ).ok;
  it('is cancelled only by who may backdate', () => {
    expect([cancel(59), cancel(60), cancel(60, true)]).toEqual([true, false, true]);
  });
});

describe('a visit that nobody came to', () => {
  it('frees what is left of its time, and keeps what is over', () => {
    const calendar = memoryCalendar();
    const base = { now: asInstant(START - 86_400_000), actor };
    expect(calendar.run(COMMANDS.putScheduleMany, { ...base, key: 's', items: salonItems() }).ok).toBe(true);
    const booked = calendar.run(COMMANDS.book, {
      ...base,
      key: 'b',
      appointmentId: 'apt',
      customerId: 'cus',
      services: [{ serviceId: 'srv_cut' }],
      branchId: null,
      staffId: 'stf_anna',
      startsAt: START,
      source: 'admin',
    });
    expect(booked.ok).toBe(true);
    const missed = calendar.run(COMMANDS.setStatus, {
      key: 'n',
      now: at(20),
      actor,
      appointmentId: 'apt',
      modificationId: 'mod',
      action: 'no_show',
    });
    expect(missed.ok).toBe(true);
    const rows = calendar.storage.sql.exec("SELECT from_min, to_min FROM busy WHERE owner = 'apt'").toArray();
    expect(rows).toEqual([{ from_min: START / MINUTE, to_min: START / MINUTE + 20 }]);
    const free = calendar.run(COMMANDS.book, {
      ...base,
      key: 'c',
      now: at(20),
      appointmentId: 'apt2',
      customerId: 'cus',
      services: [{ serviceId: 'srv_cut', durationMinutes: 30 }],
      branchId: null,
      staffId: 'stf_anna',
      startsAt: at(30),
      source: 'admin',
    });
    expect(free.ok).toBe(true);
  });
});
