/** An object whose rows were rewound (as by point-in-time recovery) gets back everything that had drained, and the chain says so. */
import { asTenantId } from '../../workers/tenancy/directory.ts';
import { platformOf } from '../../workers/env.ts';
import { env, evictDurableObject, runInDurableObject } from 'cloudflare:test';
import { afterEach, describe, expect, it } from 'vitest';
import { asInstant, type Instant, processNow, setClockOffset } from '../../shared/clock.ts';
import { asCents } from '../../shared/money.ts';
import type { TopupId, TenantId } from '../../shared/ids.ts';
import { boundaryOf } from '../../shared/time.ts';
import type { TenantCalendar } from '../../workers/calendar/calendar-object.ts';
import { salonItems } from '../../workers/calendar/salon.fixture.ts';
import type { TenantLedger } from '../../workers/ledger/ledger-object.ts';
import { KEEP_DRAINED_MS } from '../../workers/object-runtime/delivery.ts';
import { rebuildProjection, reconcile, restoreObject } from '../../workers/projection/rebuild.ts';
import { rewind, snapshot } from './rewind.ts';
import { testTerms } from './test-terms.ts';

const open = (tenantId: TenantId): DurableObjectStub<TenantLedger> =>
  env.LEDGER.get(env.LEDGER.idFromName(tenantId)) as DurableObjectStub<TenantLedger>;
const topup = (stub: DurableObjectStub<TenantLedger>, n: number) =>
  stub.recordTopup({
    key: `bank:${n}`,
    topupId: `top_${n}` as TopupId,
    amountCents: asCents(5_000),
    currency: 'EUR',
    method: 'bank_transfer',
  });
let happened: Instant | undefined;
/** The same for every repeat of a command. */
const happenedAt = (): Instant => (happened ??= processNow());
const charge = (stub: DurableObjectStub<TenantLedger>, n: number) =>
  stub.chargeUsage({
    key: `usage:${n}`,
    eventType: 'sms',
    quantityScaled: 10_000,
    occurredAt: happenedAt(),
  });

describe('a restored ledger', () => {
  it('refuses commands, and after the runbook has every drained entry again, once, with a verified chain', async () => {
    const tenantId = asTenantId(`ten_restore${Date.now()}`);
    const stub = open(tenantId);
    await stub.putTerms({ key: 'terms', terms: testTerms });
    await topup(stub, 1);
    await stub.drain();
    const old = await runInDurableObject(stub, (_, state) => snapshot(state.storage.sql));
    await topup(stub, 2);
    for (let i = 0; i < 20; i++) await charge(stub, i);
    await stub.drain();
    const before = await stub.balance();
    const effectsBefore = await env.DB.prepare('SELECT count(*) AS n FROM effects WHERE tenant_id = ?1')
      .bind(tenantId)
      .first('n');

    await runInDurableObject(stub, (_, state) => rewind(state.storage, old));
    await evictDurableObject(stub);
    expect((await charge(open(tenantId), 99)).result).toMatchObject({ ok: false, error: { code: 'OBJECT_FENCED' } });

    const report = await restoreObject(platformOf(env), tenantId, 'ledger');
    expect(report.refused).toEqual([]);
    expect(report.epoch).toBe(2);

    const restored = open(tenantId);
    expect((await restored.balance()).result).toMatchObject({
      ok: true,
      value: { availableCents: before.result.ok ? before.result.value.availableCents : null },
    });
    expect((await restored.verify()).result).toMatchObject({ ok: true, value: { ok: true } });
    expect(await reconcile(platformOf(env), tenantId, 'ledger')).toMatchObject({ ok: true, differences: [] });
    // a repeat of a command of the lost tail is still answered with its first outcome
    expect((await charge(restored, 3)).result.ok).toBe(true);
    expect((await charge(restored, 99)).head).toMatchObject({ epoch: 2 });
    await restored.drain();
    const entries = await env.DB.prepare(
      'SELECT count(*) AS n, count(DISTINCT id) AS ids FROM ledger_entries WHERE tenant_id = ?1',
    )
      .bind(tenantId)
      .first();
    expect(entries?.['n']).toBe(entries?.['ids']);
    const effectsAfter = await env.DB.prepare('SELECT count(*) AS n FROM effects WHERE tenant_id = ?1')
      .bind(tenantId)
      .first('n');
    expect(effectsAfter).toBe(effectsBefore);
  });
});

describe('a restored calendar', () => {
  it('has what was put back again, at its place', async () => {
    const tenantId = asTenantId(`ten_restorecal${Date.now()}`);
    const open = () => env.CALENDAR.get(env.CALENDAR.idFromName(tenantId)) as DurableObjectStub<TenantCalendar>;
    const stub = open();
    const now = asInstant(Date.parse('2027-03-01T08:00:00Z'));
    const ask = { now, actor: { kind: 'phone' as const, id: 'call_1' }, appointmentId: 'apt_1' };
    await stub.putScheduleMany({ ...ask, key: 'seed', items: salonItems() });
    await stub.book({
      ...ask,
      key: 'b',
      customerId: 'cus_1',
      services: [{ serviceId: 'srv_cut' }],
      branchId: null,
      staffId: 'stf_anna',
      startsAt: boundaryOf('2027-03-09', 600, 'Europe/Berlin', 'start'),
      source: 'api',
    });
    await stub.drain();
    const old = await runInDurableObject(stub, (_, state) => snapshot(state.storage.sql));
    await stub.cancel({ ...ask, key: 'c', modificationId: 'mod_1' });
    await stub.putBack({ ...ask, key: 'p', modificationId: 'mod_2', undoes: 'mod_1' });
    await stub.addAppointmentNote({ ...ask, key: 'n', noteId: 'nte_1', visibility: 'management', text: 'comes late' });
    await stub.drain();
    const before = await stub.appointment('apt_1');

    await runInDurableObject(stub, (_, state) => rewind(state.storage, old));
    await evictDurableObject(stub);
    const report = await restoreObject(platformOf(env), tenantId, 'calendar');
    expect(report.refused).toEqual([]);
    expect((await open().appointment('apt_1')).result).toEqual(before.result);
    expect(before.result).toMatchObject({
      ok: true,
      value: { appointment: { status: 'confirmed', version: 3 }, notes: [{ id: 'nte_1', text: 'comes late' }] },
    });
    expect(await reconcile(platformOf(env), tenantId, 'calendar')).toMatchObject({ ok: true, differences: [] });
  });
});

describe('texts that were erased', () => {
  it('leave D1 with the reasons of changes, and no restore brings them back', async () => {
    const tenantId = asTenantId(`ten_restoreerase${Date.now()}`);
    const open = () => env.CALENDAR.get(env.CALENDAR.idFromName(tenantId)) as DurableObjectStub<TenantCalendar>;
    const stub = open();
    const now = asInstant(Date.parse('2027-03-01T08:00:00Z'));
    const ask = { now, actor: { kind: 'user' as const, id: 'usr_1' }, appointmentId: 'apt_1' };
    await stub.putScheduleMany({ ...ask, key: 'seed', items: salonItems() });
    await stub.drain();
    const old = await runInDurableObject(stub, (_, state) => snapshot(state.storage.sql));
    await stub.book({
      ...ask,
      key: 'b',
      customerId: 'cus_1',
      services: [{ serviceId: 'srv_cut' }],
      branchId: null,
      staffId: 'stf_anna',
      startsAt: boundaryOf('2027-03-09', 600, 'Europe/Berlin', 'start'),
      source: 'api',
      notes: 'allergic',
    });
    await stub.cancel({ ...ask, key: 'c', modificationId: 'mod_1', reason: 'ill' });
    await stub.addAppointmentNote({ ...ask, key: 'n', noteId: 'nte_1', visibility: 'staff', text: 'comes late' });
    await stub.drain();
    const texts = () =>
      env.DB.prepare(
        'SELECT a.notes, m.reason, n.text FROM appointments a JOIN appointment_modifications m ON m.tenant_id = a.tenant_id AND m.appointment_id = a.id JOIN appointment_notes n ON n.tenant_id = a.tenant_id AND n.appointment_id = a.id WHERE a.tenant_id = ?1',
      )
        .bind(tenantId)
        .all();
    expect((await texts()).results).toEqual([{ notes: 'allergic', reason: 'ill', text: 'comes late' }]);
    const erased = await stub.eraseTexts({ key: 'e', now, actor: ask.actor, customerId: 'cus_1' });
    expect(erased.result).toEqual({ ok: true, value: { erased: 1, next: null, atCalcom: [] } });
    await stub.drain();
    expect((await texts()).results).toEqual([{ notes: null, reason: null, text: null }]);

    await runInDurableObject(stub, (_, state) => rewind(state.storage, old));
    await evictDurableObject(stub);
    const report = await restoreObject(platformOf(env), tenantId, 'calendar');
    expect(report.refused).toEqual([]);
    const detail = (await open().appointment('apt_1')).result;
    expect(detail).toMatchObject({ ok: true, value: { texts: { notes: null, internalNotes: null } } });
    await runInDurableObject(open(), (_, state) => {
      expect(state.storage.sql.exec('SELECT reason FROM modifications').toArray()).toEqual([{ reason: null }]);
      expect(state.storage.sql.exec('SELECT text FROM appointment_notes').toArray()).toEqual([{ text: null }]);
    });
    expect((await texts()).results).toEqual([{ notes: null, reason: null, text: null }]);
    expect(await reconcile(platformOf(env), tenantId, 'calendar')).toMatchObject({ ok: true, differences: [] });
  });
});

describe('a lost projection', () => {
  it('is rebuilt from the object online, and rows that nobody has are removed', async () => {
    const tenantId = asTenantId(`ten_rebuild${Date.now()}`);
    const stub = open(tenantId);
    await stub.putTerms({ key: 'terms', terms: testTerms });
    await topup(stub, 1);
    for (let i = 0; i < 5; i++) await charge(stub, i);
    await stub.drain();
    await env.DB.prepare(
      'DELETE FROM ledger_entries WHERE tenant_id = ?1 AND id IN (SELECT id FROM ledger_entries WHERE tenant_id = ?1 LIMIT 3)',
    )
      .bind(tenantId)
      .run();
    await env.DB.prepare('UPDATE balances SET prepaid_cents = 1 WHERE tenant_id = ?1')
      .bind(tenantId)
      .run()
      .catch(() => undefined);
    expect((await reconcile(platformOf(env), tenantId, 'ledger')).ok).toBe(false);
    await rebuildProjection(platformOf(env), tenantId, 'ledger');
    expect(await reconcile(platformOf(env), tenantId, 'ledger')).toMatchObject({ ok: true, differences: [] });
  });
});

describe('a database that was put back to an earlier time, or lost', () => {
  const HISTORY = ['audit_log', 'feed'] as const;
  type History = Record<(typeof HISTORY)[number], Record<string, unknown>[]>;
  const historyOf = async (tenantId: TenantId): Promise<History> => {
    const rows = async (table: string) =>
      (await env.DB.prepare(`SELECT * FROM ${table} WHERE tenant_id = ?1`).bind(tenantId).all()).results;
    const byText = (list: Record<string, unknown>[]) => list.map((row) => JSON.stringify(row)).sort();
    const [audit, feed] = [byText(await rows('audit_log')), byText(await rows('feed'))];
    return { audit_log: audit.map((row) => JSON.parse(row)), feed: feed.map((row) => JSON.parse(row)) };
  };
  /** D1 as a backup of before an instant has it; its head too. @param head of the object at that time; null: nothing is left */
  const putBack = async (tenantId: TenantId, before: number, head: { seq: number; eventId: string | null } | null) => {
    const bound = (sql: string, ...values: unknown[]) => env.DB.prepare(sql).bind(tenantId, ...values);
    await env.DB.batch([
      bound('DELETE FROM audit_log WHERE tenant_id = ?1 AND created_at >= ?2', before),
      bound('DELETE FROM feed WHERE tenant_id = ?1 AND at >= ?2', before),
      bound('DELETE FROM ledger_entries WHERE tenant_id = ?1 AND created_at >= ?2', before),
      bound('DELETE FROM object_heads WHERE tenant_id = ?1'),
      ...(head === null
        ? []
        : [
            bound(
              "INSERT INTO object_heads (tenant_id, kind, epoch, seq, from_seq, event_id, hash, updated_at) VALUES (?1, 'ledger', 1, ?2, 0, ?3, NULL, 0)",
              head.seq,
              head.eventId,
            ),
          ]),
    ]);
  };
  const kept = (stub: DurableObjectStub<TenantLedger>): Promise<number> =>
    runInDurableObject(stub, (_, { storage }) =>
      Number(storage.sql.exec('SELECT count(*) AS n FROM _outbox').one()['n']),
    );
  const adjust = (stub: DurableObjectStub<TenantLedger>, n: number) =>
    stub.adjust({
      key: `adjust:${n}`,
      amountCents: asCents(-n),
      account: 'prepaid',
      reasonId: 'rea_1',
      causer: 'user:usr_1',
    });
  afterEach(() => setClockOffset(0));

  it('has its activity log and feed again after a rebuild, row for row, however much has happened since', async () => {
    const tenantId = asTenantId(`ten_history${Date.now()}`);
    const stub = open(tenantId);
    await stub.putTerms({ key: 'terms', terms: testTerms, causer: 'user:usr_1' });
    await topup(stub, 1);
    await stub.drain();
    const cursor = await stub.projectionCursor();
    const backup = processNow() + 1_000;
    setClockOffset(2_000);
    // more than the 200 events that stay whatever their age
    for (let n = 1; n <= 230; n++) await adjust(stub, n);
    await stub.drain();
    const whole = await historyOf(tenantId);
    expect(whole.audit_log.length).toBeGreaterThan(230);
    for (const head of [cursor, null]) {
      await putBack(tenantId, head === null ? 0 : backup, head);
      expect((await historyOf(tenantId)).feed.length).toBeLessThan(10);
      const found = await reconcile(platformOf(env), tenantId, 'ledger');
      expect(found.differences).toContainEqual({
        table: 'object_heads',
        key: 'ledger',
        problem: head === null ? 'missing' : 'different',
      });
      await rebuildProjection(platformOf(env), tenantId, 'ledger');
      expect(await historyOf(tenantId)).toEqual(whole);
      expect(await reconcile(platformOf(env), tenantId, 'ledger')).toMatchObject({ ok: true, differences: [] });
    }
    // and goes on
    await adjust(stub, 1_000);
    await stub.drain();
    expect((await historyOf(tenantId)).audit_log).toHaveLength(whole.audit_log.length + 1);
  });

  it('keeps what is older than the outbox: a rebuild after it was pruned changes no row of the log', async () => {
    const tenantId = asTenantId(`ten_pruned${Date.now()}`);
    const stub = open(tenantId);
    await stub.putTerms({ key: 'terms', terms: testTerms });
    await topup(stub, 1);
    for (let n = 1; n <= 230; n++) await adjust(stub, n);
    await stub.drain();
    const before = await kept(stub);
    setClockOffset(KEEP_DRAINED_MS - 60_000);
    await adjust(stub, 231);
    await stub.drain();
    expect(await kept(stub)).toBeGreaterThan(before);
    const backup = processNow() + 120_000;
    setClockOffset(KEEP_DRAINED_MS + 180_000);
    await adjust(stub, 232);
    await stub.drain();
    expect(await kept(stub)).toBe(200);
    const whole = await historyOf(tenantId);
    await rebuildProjection(platformOf(env), tenantId, 'ledger');
    expect(await historyOf(tenantId)).toEqual(whole);
    // A backup that is younger than the outbox's memory has the rest.
    await putBack(tenantId, backup, null);
    expect((await historyOf(tenantId)).audit_log).toHaveLength(whole.audit_log.length - 1);
    await rebuildProjection(platformOf(env), tenantId, 'ledger');
    expect(await historyOf(tenantId)).toEqual(whole);
  });
});

describe('two shards', () => {
  it('keeps a tenant of shard 1 out of shard 0', async () => {
    const tenantId = asTenantId(`ten_shard${Date.now()}.s1`);
    const stub = open(tenantId);
    await stub.putTerms({ key: 'terms', terms: testTerms });
    await topup(stub, 1);
    await stub.drain();
    const rows = async (db: D1Database) =>
      db.prepare('SELECT count(*) AS n FROM ledger_entries WHERE tenant_id = ?1').bind(tenantId).first('n');
    expect(await rows(env.DB_SHARD_1)).toBeGreaterThan(0);
    expect(await rows(env.DB)).toBe(0);
    expect(await reconcile(platformOf(env), tenantId, 'ledger')).toMatchObject({ ok: true });
  });
});
