/** What a calendar object really writes is what the catalogue says: the commit does not check it, so a test does. */
import { env } from 'cloudflare:workers';
import { runInDurableObject } from 'cloudflare:test';
import { expect, it } from 'vitest';
import { asInstant } from '../../shared/clock.ts';
import { boundaryOf } from '../../shared/time.ts';
import { calendarPort } from '../calendar/client.ts';
import { salonItems } from '../calendar/salon.fixture.ts';
import { platformOf } from '../env.ts';
import { asTenantId } from '../tenancy/directory.ts';
import { EVENTS, type EventType } from './catalogue.ts';
import { versionOf } from './define.ts';

const NOW = asInstant(Date.parse('2027-03-01T08:00:00Z'));
/** Wall clock of the Berlin salon. Tuesday 2027-03-09 is open. */
const at = (hour: number) => boundaryOf('2027-03-09', hour * 60, 'Europe/Berlin', 'start');

it('every body in the outbox of a busy calendar has its version and the shape of its schema', async () => {
  const tenantId = asTenantId(`ten_bodies${Date.now()}`);
  const calendar = calendarPort(platformOf(env), tenantId);
  let keys = 0;
  const base = () => ({ key: `key:${keys++}`, now: NOW, actor: { kind: 'user', id: 'usr_test' } as const });
  const slot = (hour: number) => ({
    services: [{ serviceId: 'srv_cut' }],
    branchId: null,
    staffId: 'stf_anna',
    startsAt: at(hour),
  });
  const good = async (answer: Promise<{ result: { ok: boolean } }>): Promise<void> =>
    expect((await answer).result).toMatchObject({ ok: true });
  await good(calendar.putScheduleMany({ ...base(), items: salonItems() }));
  await good(calendar.hold({ ...base(), lockToken: 'lock', ttlSeconds: 60, ...slot(9) }));
  await good(calendar.releaseHold({ ...base(), lockToken: 'lock' }));
  const appointmentId = 'apt_bodies';
  const change = (n: number) => ({ ...base(), appointmentId, modificationId: `mod_${n}` });
  await good(
    calendar.book({ ...base(), appointmentId, customerId: 'cus', source: 'phone_ai', notes: 'kurz', ...slot(10) }),
  );
  await good(calendar.reschedule({ ...change(1), newStartsAt: at(11), reason: 'später' }));
  await good(calendar.cancel({ ...change(2), reason: 'krank' }));
  await good(
    calendar.addAppointmentNote({ ...base(), appointmentId, noteId: 'nte', visibility: 'staff', text: 'mit Hund' }),
  );
  await good(calendar.eraseTexts({ ...base(), customerId: 'cus' }));
  const told = (type: 'created' | 'rejected', hour: number, pending = false) => ({
    ...base(),
    type,
    pending,
    uid: `uid_${hour}`,
    appointmentId: `apt_${hour}`,
    modificationId: `mod_${hour}`,
    conflictId: `cnf_${hour}`,
    startsAt: at(hour),
    endsAt: at(hour + 1),
    staffId: 'stf_ben',
    serviceId: hour === 17 ? null : 'srv_cut',
    branchId: null,
    customerId: 'cus',
    externalUpdatedAt: NOW,
  });
  await good(calendar.applyExternal(told('created', 15, true)));
  await good(calendar.applyExternal(told('rejected', 15)));
  await good(calendar.applyExternal(told('created', 17)));
  const settle = { ...base(), conflictId: 'cnf_17', modificationId: 'mod_settled' };
  await good(calendar.resolveConflict({ ...settle, resolution: 'dismiss' }));
  const stub = env.CALENDAR.get(env.CALENDAR.idFromName(tenantId));
  const rows = await runInDurableObject(stub, (_object, state) =>
    state.storage.sql.exec('SELECT type, v, body FROM _outbox ORDER BY seq').toArray(),
  );
  const seen = new Set(rows.map(({ type }) => String(type) as EventType));
  expect([...seen]).toEqual(
    expect.arrayContaining([
      'schedule.item_put',
      'hold.placed',
      'hold.released',
      'appointment.booked',
      'appointment.rescheduled',
      'appointment.cancelled',
      'appointment.note_added',
      'appointment.texts_erased',
      'appointment.removed',
      'external.conflict_found',
      'external.conflict_resolved',
    ]),
  );
  for (const { type, v, body } of rows) {
    const definition = EVENTS[String(type) as EventType];
    expect(v, String(type)).toBe(versionOf(definition));
    expect(definition.body.safeParse(JSON.parse(String(body))).error?.issues ?? [], String(type)).toEqual([]);
  }
});
