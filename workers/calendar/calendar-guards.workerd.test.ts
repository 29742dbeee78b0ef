/** What protects the calendar object beyond its rules: capacity under a race, the table's own guard, quotes, file versions, restore. */
import { asTenantId } from '../tenancy/directory.ts';
import type { TenantId } from '../../shared/ids.ts';
import { platformOf } from '../env.ts';
import { env } from 'cloudflare:workers';
import { runInDurableObject } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../shared/clock.ts';
import { boundaryOf } from '../../shared/time.ts';
import { calendarPort } from './client.ts';
import { quotePayloadOf } from './rules/quote.ts';
import { salonItems } from './salon.fixture.ts';
import { CALENDAR_MIGRATIONS } from './schema.ts';
import { BusyTable } from './store/busy-table.ts';
import type { Book } from './commands/inputs.ts';
import type { ScheduleInput } from './master-data.ts';
import type { CalendarPort } from './port.ts';
import type { ActorRef } from '../events/calendar.ts';

const actor: ActorRef = { kind: 'user', id: 'usr_test' };
const NOW = asInstant(Date.parse('2027-03-01T08:00:00Z'));
const TUESDAY = '2027-03-09';
let counter = 0;
const fresh = (prefix: string): string => `${prefix}_guard${Date.now().toString(36)}${counter++}`;
const at = (minutes: number, date = TUESDAY) => boundaryOf(date, minutes, 'Europe/Berlin', 'start');
const stubOf = (tenantId: TenantId) => env.CALENDAR.get(env.CALENDAR.idFromName(tenantId));

async function salon(items: ScheduleInput[] = salonItems()): Promise<{ tenantId: TenantId; calendar: CalendarPort }> {
  const tenantId = asTenantId(fresh('ten'));
  const calendar = calendarPort(platformOf(env), tenantId);
  const put = await calendar.putScheduleMany({ key: 'seed', now: NOW, actor, items });
  expect(put.result.ok).toBe(true);
  return { tenantId, calendar };
}
const request = (serviceId: string, more: Partial<Book> = {}): Book => ({
  key: fresh('key'),
  now: NOW,
  actor,
  appointmentId: fresh('apt'),
  customerId: fresh('cus'),
  services: [{ serviceId }],
  branchId: null,
  staffId: null,
  startsAt: at(10 * 60),
  source: 'api',
  ...more,
});

describe('under a race', () => {
  it('a resource for two takes two, a course for three takes three', async () => {
    const items = salonItems();
    for (let i = 0; i < 4; i++) {
      items.push({
        kind: 'staff',
        id: `stf_x${i}`,
        body: { companyId: 'com', firstName: `X${i}`, branchIds: ['bra_mitte'] },
      });
      items.push({
        kind: 'hours',
        id: `hrs_x${i}`,
        body: { ownerKind: 'staff', ownerId: `stf_x${i}`, weekday: 2, periods: [{ from: '09:00', to: '18:00' }] },
      });
    }
    items.push({
      kind: 'service',
      id: 'srv_chair',
      body: {
        companyId: 'com',
        name: { de: 'Stuhl' },
        durationMinutes: 60,
        priceCents: 1,
        currency: 'EUR',
        resources: [{ anyOf: ['res_chair'] }],
        staff: [0, 1, 2, 3].map((i) => ({ staffId: `stf_x${i}` })),
      },
    });
    const { calendar } = await salon(items);
    const chairs = await Promise.all(Array.from({ length: 20 }, () => calendar.book(request('srv_chair'))));
    expect(chairs.filter((a) => a.result.ok)).toHaveLength(2);
    const course = await Promise.all(
      Array.from({ length: 20 }, () => calendar.book(request('srv_course', { startsAt: at(14 * 60) }))),
    );
    expect(course.filter((a) => a.result.ok)).toHaveLength(3);
  });
});

describe('the guard of the table', () => {
  it('refuses overlapping rows of a person and units beyond capacity, even without the rules', async () => {
    const { tenantId, calendar } = await salon();
    expect((await calendar.book(request('srv_cut', { staffId: 'stf_anna' }))).result.ok).toBe(true);
    await runInDurableObject(stubOf(tenantId), (_o, state) => {
      const store = new BusyTable(state.storage.sql);
      const minute = at(10 * 60 + 30) / 60_000;
      const row = { id: 'stf_anna', from: minute, to: minute + 30, units: 1, share: null, capacity: 1 };
      expect(() => store.occupy('bug', [{ kind: 'staff', ...row }], null, NOW)).toThrow(/busy_never_twice/);
      const chair = { ...row, id: 'res_chair', kind: 'resource' as const, capacity: 2 };
      expect(() =>
        state.storage.transactionSync(() =>
          store.occupy('bug', [chair, { ...chair, from: minute + 10 }, { ...chair, from: minute + 20 }], null, NOW),
        ),
      ).toThrow(/capacity/);
    });
  });
});

describe('quotes', () => {
  it('keep their price over a price change, and are stale when the service became longer or the hours went', async () => {
    const { tenantId, calendar } = await salon();
    const query = {
      now: NOW,
      services: [{ serviceId: 'srv_cut' }],
      branchId: null,
      staffId: 'stf_anna',
      window: { fromDate: TUESDAY, untilDate: TUESDAY },
    };
    const offered = await calendar.checkAvailability(query);
    if (!offered.result.ok) throw new Error('must answer');
    const { slots, scheduleVersion } = offered.result.value;
    const quoteOf = (time: string) =>
      quotePayloadOf(tenantId, slots.find((s) => s.time === time)!, scheduleVersion, NOW);
    const cut = salonItems().find((i) => i.id === 'srv_cut')!;
    const change = (body: object) =>
      calendar.putSchedule({
        key: fresh('key'),
        now: NOW,
        actor,
        kind: 'service',
        id: 'srv_cut',
        body: { ...(cut.body as object), ...body },
        expectedVersion: null,
      });
    await change({ priceCents: 9_900 });
    const quoted = await calendar.book(
      request('srv_cut', { staffId: 'stf_anna', startsAt: at(9 * 60), quote: quoteOf('09:00') }),
    );
    expect(quoted.result).toMatchObject({ ok: true, value: { appointment: { priceCents: 4_500 } } });
    const late = asInstant(NOW + 3_600_000);
    const expired = await calendar.book(
      request('srv_cut', { staffId: 'stf_anna', startsAt: at(13 * 60), quote: quoteOf('13:00'), now: late }),
    );
    expect(expired.result).toMatchObject({ ok: true, value: { appointment: { priceCents: 9_900 } } });
    await change({ durationMinutes: 90 });
    const longer = await calendar.book(
      request('srv_cut', { staffId: 'stf_anna', startsAt: at(15 * 60), quote: quoteOf('15:00') }),
    );
    expect(longer.result).toMatchObject({ ok: false, error: { code: 'QUOTE_STALE' } });
    if (!longer.result.ok && longer.result.error.code === 'QUOTE_STALE')
      expect(longer.result.error.details.alternatives.length).toBeGreaterThan(0);
    const wrong = await calendar.book(
      request('srv_cut', { staffId: 'stf_anna', startsAt: at(16 * 60), quote: quoteOf('15:00') }),
    );
    expect(wrong.result).toMatchObject({ ok: false, error: { code: 'VALIDATION_ERROR' } });
  });
});

describe('file versions', () => {
  const reopen = async (tenantId: TenantId): Promise<void> => {
    await runInDurableObject(stubOf(tenantId), (_o, state) => state.abort('reopened')).catch(() => undefined);
  };
  it('this code works on the file of the next version and back, and stands aside where the next version says so', async () => {
    const { tenantId } = await salon();
    const next = CALENDAR_MIGRATIONS.length + 1;
    await runInDurableObject(stubOf(tenantId), (_o, state) => {
      state.storage.sql.exec('ALTER TABLE appointments ADD COLUMN later TEXT');
      state.storage.sql.exec("INSERT INTO _migrations VALUES (?, ?, 0, 'next', 'h')", next, CALENDAR_MIGRATIONS.length);
    });
    await reopen(tenantId);
    expect((await calendarPort(platformOf(env), tenantId).book(request('srv_cut'))).result.ok).toBe(true);
    await runInDurableObject(stubOf(tenantId), (_o, state) => {
      state.storage.sql.exec("INSERT INTO _migrations VALUES (?, ?, 0, 'later', 'h')", next + 1, next + 1);
    });
    await reopen(tenantId);
    const refused = await calendarPort(platformOf(env), tenantId).book(request('srv_cut', { startsAt: at(15 * 60) }));
    expect(refused.result).toMatchObject({ ok: false, error: { code: 'OBJECT_FENCED' } });
    expect(
      (await calendarPort(platformOf(env), tenantId).day({ now: NOW, branchId: null, date: TUESDAY })).result.ok,
    ).toBe(true);
  });
  it('a file of version 1 is brought up to date with its holds', async () => {
    const { tenantId, calendar } = await salon();
    await runInDurableObject(stubOf(tenantId), (_o, state) => {
      state.storage.sql.exec(
        `DROP TABLE busy_sources; DROP TABLE busy_times; DROP INDEX holds_waiting; ALTER TABLE holds DROP COLUMN freed; CREATE INDEX appointments_created ON appointments (customer_id, created_at);
         CREATE INDEX appointments_open ON appointments (starts_at); DROP TABLE caller_counts; DROP TABLE caller_penalties; DROP TABLE appointment_notes;
         ALTER TABLE holds DROP COLUMN caller; DROP INDEX external_conflicts_appointment; DROP INDEX external_links_appointment; DROP INDEX external_conflicts_customer; ALTER TABLE external_links DROP COLUMN detail; DELETE FROM _migrations WHERE version > 1`,
      );
    });
    await reopen(tenantId);
    await runInDurableObject(stubOf(tenantId), (_o, state) => {
      const indexes = state.storage.sql.exec("SELECT name FROM sqlite_master WHERE type = 'index'").toArray();
      expect(indexes.map((row) => row['name'])).toEqual(expect.arrayContaining(['holds_waiting', 'appointments_day']));
      expect(indexes.map((row) => row['name'])).not.toContain('appointments_created');
    });
    const held = await calendar.hold({
      key: fresh('key'),
      now: NOW,
      actor,
      lockToken: 'l',
      services: [{ serviceId: 'srv_cut' }],
      branchId: null,
      staffId: null,
      startsAt: at(600),
    });
    expect(held.result.ok).toBe(true);
  });
});

describe('a call’s conversation', () => {
  it('is remembered, merged, and counts the slots it lost', async () => {
    const { calendar } = await salon();
    const callId = fresh('call');
    const first = await calendar.conversation({
      now: NOW,
      callId,
      merge: { customerId: 'cus_1', wish: { serviceIds: ['srv_cut'] } },
    });
    expect(first.result).toMatchObject({ ok: true, value: { firstSeen: true, customerId: 'cus_1', lostSlots: 0 } });
    await calendar.book(request('srv_cut', { staffId: 'stf_anna' }));
    await calendar.book(request('srv_cut', { staffId: 'stf_anna', callId }));
    const second = await calendar.book(request('srv_cut', { staffId: 'stf_anna', callId }));
    expect(second.call).toEqual({ firstSeen: false, lostSlots: 2, level: null });
    const booked = await calendar.book(request('srv_cut', { staffId: 'stf_ben', callId }));
    expect(booked.result.ok).toBe(true);
    const last = await calendar.conversation({ now: NOW, callId, merge: { wish: { date: TUESDAY } } });
    expect(last.result).toMatchObject({
      ok: true,
      value: { firstSeen: false, customerId: 'cus_1', lostSlots: 2, wish: { serviceIds: ['srv_cut'], date: TUESDAY } },
    });
    if (last.result.ok) expect(last.result.value.appointmentIds).toHaveLength(1);
  });
});

describe('import', () => {
  it('takes 500 at once, skips what is taken or known, and notifies nobody', async () => {
    const { tenantId, calendar } = await salon();
    const appointments = Array.from({ length: 500 }, (_, i) => ({
      id: `apt_imp${i}`,
      companyId: 'com',
      branchId: 'bra_mitte',
      customerId: `cus_${i % 50}`,
      serviceId: 'srv_cut',
      staffId: i % 2 === 0 ? 'stf_anna' : 'stf_ben',
      startsAt: asInstant(at(9 * 60, '2026-10-06') + Math.floor(i / 2) * 86_400_000),
      status: i < 290 ? ('completed' as const) : ('confirmed' as const),
      source: 'import' as const,
      notes: i === 499 ? 'Notiz' : null,
    }));
    const clash = { ...appointments[499]!, id: 'apt_clash', status: 'confirmed' as const };
    const first = await calendar.importAppointments({ key: 'imp', now: NOW, actor, appointments });
    expect(first.result).toMatchObject({ ok: true, value: { imported: 500, skipped: [] } });
    const second = await calendar.importAppointments({
      key: 'imp2',
      now: NOW,
      actor,
      appointments: [clash, appointments[0]!],
    });
    expect(second.result).toMatchObject({
      ok: true,
      value: { imported: 0, skipped: [{ because: 'taken' }, { because: 'exists' }] },
    });
    await calendar.flush(10_000);
    const rows = await env.DB.prepare('SELECT count(*) AS n FROM appointments WHERE tenant_id = ?')
      .bind(tenantId)
      .first<{ n: number }>();
    expect(rows?.n).toBe(500);
    const effects = await env.DB.prepare(
      "SELECT count(*) AS n FROM effects WHERE tenant_id = ? AND kind <> 'calcom.routes'",
    )
      .bind(tenantId)
      .first<{ n: number }>();
    expect(effects?.n).toBe(0);
  });
});

describe('a restore', () => {
  it('brings back drained bookings with their notes and the schedule with its names', async () => {
    const { tenantId, calendar } = await salon();
    await calendar.flush(5_000);
    const stub = stubOf(tenantId);
    // The file as it was: every table's rows, put back after more has happened.
    const snapshot = await runInDurableObject(stub, (_o, state) => {
      const tables = state.storage.sql
        .exec(
          "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%' AND name NOT LIKE '_cf_%'",
        )
        .toArray();
      return tables.map(({ name }) => ({
        name: String(name),
        rows: state.storage.sql.exec(`SELECT * FROM ${String(name)}`).toArray(),
      }));
    });
    const booked = await calendar.book(request('srv_cut', { staffId: 'stf_anna', notes: 'Allergie' }));
    if (!booked.result.ok) throw new Error('must book');
    const { id } = booked.result.value.appointment;
    await calendar.putSchedule({
      key: 'new',
      now: NOW,
      actor,
      kind: 'staff',
      id: 'stf_cem',
      body: { companyId: 'com', firstName: 'Cem', branchIds: ['bra_mitte'] },
      expectedVersion: 0,
    });
    await calendar.putSchedule({
      key: 'settings',
      now: NOW,
      actor,
      kind: 'company',
      id: 'com',
      body: { name: 'Salon Schön', identity: 'strict', forwardingNumbers: ['+493012345678'] },
      expectedVersion: 0,
    });
    await calendar.cancel({ key: 'cx', now: NOW, actor, appointmentId: id, modificationId: 'mod_1', reason: 'krank' });
    await calendar.flush(5_000);
    await runInDurableObject(stub, (_o, state) => {
      for (const { name, rows } of snapshot) {
        state.storage.sql.exec(`DELETE FROM ${name}`);
        for (const row of rows)
          state.storage.sql.exec(
            `INSERT INTO ${name} (${Object.keys(row).join(', ')}) VALUES (${Object.keys(row)
              .map(() => '?')
              .join(', ')})`,
            ...Object.values(row),
          );
      }
    });
    await runInDurableObject(stub, (_o, state) => state.abort('restored')).catch(() => undefined);
    const { reconcile, restoreObject } = await import('../projection/rebuild.ts');
    const refused = await calendarPort(platformOf(env), tenantId).book(request('srv_cut'));
    expect(refused.result).toMatchObject({ ok: false, error: { code: 'OBJECT_FENCED' } });
    const report = await restoreObject(platformOf(env), tenantId, 'calendar');
    expect(report.refused).toEqual([]);
    const found = await calendarPort(platformOf(env), tenantId).appointment(id);
    expect(found.result).toMatchObject({
      ok: true,
      value: { appointment: { status: 'cancelled' }, texts: { notes: 'Allergie' } },
    });
    const schedule = await calendarPort(platformOf(env), tenantId).schedule();
    expect(schedule.result.ok && schedule.result.value.staff.find((s) => s.id === 'stf_cem')?.body.firstName).toBe(
      'Cem',
    );
    expect(schedule.result.ok && schedule.result.value.companies).toMatchObject([
      {
        id: 'com',
        version: 1,
        body: { name: 'Salon Schön', identity: 'strict', forwardingNumbers: ['+493012345678'] },
      },
    ]);
    expect(await reconcile(platformOf(env), tenantId, 'calendar')).toMatchObject({ ok: true, differences: [] });
  });
});
