/** Events become full rows; texts come from the object, never from events; reactions name ids only and never echo Cal.com. */
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../shared/clock.ts';
import { getTableName } from 'drizzle-orm';
import type { OutboxEvent } from '../object-runtime/events.ts';
import { effectsOf as effectsBy } from '../projection/effects.ts';
import { projectorOf } from '../projection/project.ts';
import { type CalendarEvent, envelope } from './events.ts';
import { auditorOf } from '../projection/audit.ts';
import { CALENDAR_AUDITS, CALENDAR_PROJECTS, type Lookups } from './projects.ts';
import { CALENDAR_REACTIONS } from './reactions.ts';
import type { Appointment, Modification } from '../events/calendar.ts';

const appointment: Appointment = {
  id: 'apt_1',
  companyId: 'com',
  branchId: 'bra',
  customerId: 'cus',
  serviceId: 'srv',
  moreServiceIds: [],
  staffId: 'stf',
  startsAt: asInstant(1_000),
  endsAt: asInstant(2_000),
  status: 'confirmed',
  source: 'phone_ai',
  bookingType: 'single',
  partySize: 1,
  priceCents: 4_500,
  currency: 'EUR',
  segments: [],
  resources: [],
  version: 1,
  scheduleVersion: 1,
  callId: 'call_1',
  calcomUid: null,
  syncStatus: 'pending',
  externalUpdatedAt: null,
  parentAppointmentId: null,
  rescheduleCount: 0,
  policyViolation: false,
  cancellationFeeCents: 0,
  notify: true,
  createdAt: asInstant(1),
  updatedAt: asInstant(1),
  cancelledAt: null,
  createdBy: { kind: 'phone', id: 'call_1' },
};
const modification: Modification = {
  id: 'mod_1',
  appointmentId: 'apt_1',
  customerId: 'cus',
  type: 'cancel',
  actor: { kind: 'user', id: 'usr' },
  oldStartsAt: asInstant(1_000),
  newStartsAt: asInstant(1_000),
  oldStaffId: 'stf',
  newStaffId: 'stf',
  oldStatus: 'confirmed',
  newStatus: 'cancelled',
  policyCheck: 'passed',
  policyViolation: false,
  feeCents: 0,
  at: asInstant(5),
};
const outgoing = (event: CalendarEvent, seq = 7): OutboxEvent => ({
  ...envelope(event),
  epoch: 2,
  seq,
  id: `key#${seq}`,
  at: 5,
  commandKey: 'key',
  commandName: 'book',
  command: null,
  inputHash: 'h',
  causer: null,
});
const lookups: Lookups = {
  texts: () => ({ notes: 'kurz', internalNotes: null }),
  reason: () => 'krank',
  noteText: () => 'Kommt mit Kind',
  item: () => null,
  stats: (customerId) => ({
    customerId,
    appointments: 1,
    completed: 0,
    cancellations: 1,
    reschedules: 0,
    noShows: 0,
    modifications: 1,
    lastStartsAt: null,
    lastModifiedAt: null,
  }),
};
const effectsOf = (event: OutboxEvent) => effectsBy(CALENDAR_REACTIONS, event);
const rowsOf = (events: OutboxEvent[]) =>
  Object.fromEntries(
    projectorOf(CALENDAR_PROJECTS, lookups)(events).map(({ table, rows }) => [getTableName(table), rows]),
  );

describe('the projection', () => {
  it('writes the whole row with the position of its event, and one line of statistics a customer', () => {
    const cancelled: Appointment = { ...appointment, status: 'cancelled', version: 2 };
    const rows = rowsOf([
      outgoing({ type: 'appointment.booked', appointment }),
      outgoing({ type: 'appointment.cancelled', appointment: cancelled, modification, notify: true }, 8),
    ]);
    expect(rows['appointments']).toHaveLength(2);
    expect(rows['appointments']?.[1]).toMatchObject({
      id: 'apt_1',
      status: 'cancelled',
      notes: 'kurz',
      epoch: 2,
      seq: 8,
    });
    expect(rows['appointment_modifications']).toMatchObject([
      { id: 'mod_1', reason: 'krank', new_status: 'cancelled' },
    ]);
    expect(rows['customer_stats']).toMatchObject([{ customer_id: 'cus', cancellations: 1, seq: 8 }]);
  });
  it('writes a note with the text that its event does not carry', () => {
    const note = {
      id: 'nte_1',
      appointmentId: 'apt_1',
      visibility: 'management' as const,
      author: { kind: 'user' as const, id: 'usr_1' },
      at: asInstant(5),
    };
    const added = outgoing({ type: 'appointment.note_added', appointment, note }, 9);
    const row = { id: 'nte_1', visibility: 'management', author_id: 'usr_1', text: 'Kommt mit Kind', seq: 9 };
    expect(rowsOf([added])['appointment_notes']).toMatchObject([row]);
    const erased = outgoing({ type: 'appointment.texts_erased', appointment, notes: [note] }, 10);
    expect(rowsOf([erased])['appointment_notes']).toMatchObject([{ id: 'nte_1', seq: 10 }]);
    expect(JSON.stringify(added)).not.toContain('Kind');
    expect(effectsOf(added)).toEqual([]);
  });
  it('carries no text in events and skips what a later version sends', () => {
    expect(JSON.stringify(outgoing({ type: 'appointment.booked', appointment }))).not.toContain('kurz');
    const future = { ...outgoing({ type: 'appointment.booked', appointment }), type: 'appointment.teleported' };
    expect(rowsOf([future])).toEqual({});
    expect(effectsOf(future)).toEqual([]);
  });
});

describe('reactions', () => {
  const kinds = (event: CalendarEvent) => effectsOf(outgoing(event)).map((e) => e.kind);
  it('push and tell what was booked here, and only push what nobody wants told', () => {
    expect(kinds({ type: 'appointment.booked', appointment })).toEqual(
      expect.arrayContaining(['calcom.push', 'notify', 'call.link']),
    );
    expect(kinds({ type: 'appointment.booked', appointment: { ...appointment, notify: false } })).not.toContain(
      'notify',
    );
    expect(kinds({ type: 'appointment.cancelled', appointment, modification, notify: true })).toEqual([
      'calcom.push',
      'notify',
      'usage.appointment',
    ]);
  });
  it('neither push back nor tell what Cal.com said, nor what waits for confirmation', () => {
    const theirs: Appointment = { ...appointment, source: 'calcom', syncStatus: 'synced', callId: null };
    expect(kinds({ type: 'appointment.booked', appointment: theirs })).toEqual(['usage.appointment']);
    expect(kinds({ type: 'appointment.linked', appointment: theirs })).toEqual([]);
    expect(kinds({ type: 'appointment.booked', appointment: { ...appointment, status: 'pending' } })).not.toContain(
      'notify',
    );
  });
  it('push and tell what was put back, whose fee is due again', () => {
    const restored: Modification = { ...modification, type: 'restore', actor: { kind: 'customer', id: 'cus' } };
    expect(kinds({ type: 'appointment.restored', appointment, modification: restored })).toEqual([
      'calcom.push',
      'notify',
      'usage.appointment',
    ]);
    const pending: Appointment = { ...appointment, status: 'pending' };
    expect(kinds({ type: 'appointment.restored', appointment: pending, modification: restored })).toEqual([
      'calcom.push',
    ]);
    const rows = rowsOf([outgoing({ type: 'appointment.restored', appointment, modification: restored }, 9)]);
    expect(rows['appointments']).toMatchObject([{ status: 'confirmed', cancelled_at: null, seq: 9 }]);
    expect(rows['appointment_modifications']).toMatchObject([{ type: 'restore', actor_kind: 'customer' }]);
  });
  it('tell what was changed over the phone of every booking, also of one that came from Cal.com', () => {
    const imported: Appointment = { ...appointment, source: 'import', syncStatus: 'none' };
    const by = (kind: 'phone' | 'user'): Modification => ({ ...modification, actor: { kind, id: 'x' } });
    const event = (kind: 'phone' | 'user') =>
      kinds({ type: 'appointment.cancelled', appointment: imported, modification: by(kind), notify: true });
    expect(event('phone')).toEqual(['notify']);
    expect(event('user')).toEqual([]);
  });
  it('settle the fee of an appointment when it becomes confirmed and when it is cancelled, in time or late', () => {
    const fees = (event: CalendarEvent, at = 5) =>
      effectsOf({ ...outgoing(event), at }).flatMap((effect) =>
        effect.kind === 'usage.appointment' ? [[effect.ref.change, effect.ref.source, effect.ref.version]] : [],
      );
    const pending: Appointment = { ...appointment, status: 'pending' };
    const confirmed: Modification = { ...modification, type: 'status', oldStatus: 'pending', newStatus: 'confirmed' };
    const second: Appointment = { ...appointment, version: 2 };
    const booked = (changes: Partial<Appointment>) =>
      fees({ type: 'appointment.booked', appointment: { ...appointment, ...changes } });
    for (const source of ['phone_ai', 'admin', 'api', 'portal', 'public', 'calcom'] as const)
      expect(booked({ source })).toEqual([['confirmed', source, 1]]);
    expect(booked({ source: 'import' })).toEqual([]);
    expect(booked({ status: 'pending' })).toEqual([]);
    // It lay in the past when it reached us.
    expect(booked({ createdAt: asInstant(1_000) })).toEqual([]);
    expect(fees({ type: 'appointment.status_changed', appointment: second, modification: confirmed })).toEqual([
      ['confirmed', 'phone_ai', 2],
    ]);
    expect(
      fees({
        type: 'appointment.status_changed',
        appointment: second,
        modification: { ...confirmed, oldStatus: 'confirmed' },
      }),
    ).toEqual([]);
    const cancelled = (changes: Partial<Modification>, at?: number) =>
      fees(
        {
          type: 'appointment.cancelled',
          appointment: second,
          modification: { ...modification, ...changes },
          notify: true,
        },
        at,
      );
    expect(cancelled({})).toEqual([['cancelled_in_time', 'phone_ai', 2]]);
    expect(cancelled({ policyCheck: 'warning' })).toEqual([['cancelled_late', 'phone_ai', 2]]);
    expect(cancelled({}, 1_000)).toEqual([['cancelled_late', 'phone_ai', 2]]);
    expect(fees({ type: 'appointment.restored', appointment: pending, modification })).toEqual([]);
  });
  it('have ids that stay the same when an event is replayed under its key', () => {
    const [a] = effectsOf(outgoing({ type: 'appointment.booked', appointment }, 7));
    const [b] = effectsOf({ ...outgoing({ type: 'appointment.booked', appointment }, 99), id: 'key#7', epoch: 3 });
    expect(a?.id).toBe(b?.id);
  });
});

describe('the activity log of an event', () => {
  const logOf = auditorOf('calendar', CALENDAR_AUDITS);
  const cancelled = {
    ...outgoing({ type: 'appointment.cancelled', appointment, modification, notify: true }),
    causer: 'user:usr',
  };

  it('says who did it and what was and is, of what differs only', () => {
    expect(logOf([cancelled])).toMatchObject([
      {
        log: 'appointments',
        description: 'appointment.cancelled',
        subject_type: 'appointment',
        subject_id: 'apt_1',
        causer_type: 'user',
        causer_id: 'usr',
        fields: '["status"]',
        changes: '{"status":["confirmed","cancelled"]}',
        created_at: 5,
      },
    ]);
  });
  it('is the same row when the event comes again, in another epoch too', () => {
    expect(logOf([{ ...cancelled, epoch: 9, seq: 99 }])).toEqual(logOf([cancelled]));
    expect(logOf([cancelled])[0]?.['id']).not.toBe(logOf([{ ...cancelled, id: 'key#8' }])[0]?.['id']);
  });
  it('an import is one row, whatever it brought', () => {
    const imported = [0, 1, 2].map((index) => ({
      ...outgoing({ type: 'appointment.imported', appointment }, index),
      id: `key#${index}`,
    }));
    expect(logOf(imported)).toHaveLength(1);
  });
  it('the answer of a vendor to our own push is nobody’s act', () => {
    expect(logOf([outgoing({ type: 'appointment.linked', appointment })])).toEqual([]);
  });
  it('an event of code before the log is the machinery’s', () => {
    expect(logOf([{ ...cancelled, causer: null }])).toMatchObject([{ causer_type: 'system', causer_id: '' }]);
  });
});
