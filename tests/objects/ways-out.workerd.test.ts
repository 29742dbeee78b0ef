/**
 * What goes wrong with an object and how the operator gets out of it, by requests alone: an event nobody can read, one that cannot be
 * applied, an entry somebody changed in the file, a clock that stood ahead. Each ends with the right balance, an alarm that health showed,
 * and that is over.
 */
import { evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { asInstant, processNow, setClockOffset } from '../../shared/clock.ts';
import type { TenantId, TopupId } from '../../shared/ids.ts';
import { asCents, asMicros } from '../../shared/money.ts';
import { ledgerPort } from '../../workers/ledger/client.ts';
import { TOOLS } from '../../workers/ledger/commands/parts.ts';
import { entriesAfter } from '../../workers/ledger/entries.ts';
import type { TenantLedger } from '../../workers/ledger/ledger-object.ts';
import { hashOf } from '../../workers/ledger/rules/post.ts';
import { platformOf } from '../../workers/env.ts';
import { sealHead } from '../../workers/operations/seal-heads.ts';
import { verifyLedger } from '../../workers/operations/verify.ts';
import { rebuildProjection, reconcile, restoreObject } from '../../workers/projection/rebuild.ts';
import { d1Meter } from '../../workers/storage/d1.ts';
import { openTenant } from '../../workers/tenancy/scope.ts';
import { askApi, generousEnv } from '../contract/requests.ts';
import { env, type SeededTenant, seedTenant } from '../contract/tenants.ts';
import { breakOutbox, objectStub } from '../workerd/broken-outbox.ts';
import { testTerms } from './test-terms.ts';

const MONITOR_TOKEN = 'monitor-token-0123456789';
const REASON = { reason: 'looked at it together' };
const DAY_MS = 86_400_000;

let operator: SeededTenant;
beforeAll(async () => {
  operator = await seedTenant({ type: 'platform', role: 'super_admin' });
});
afterEach(() => {
  setClockOffset(0);
  d1Meter.refuse = false;
});

/** A tenant with terms and 100 €, for which the first tier gives five more. */
async function ledgerOf(): Promise<{
  tenantId: TenantId;
  tenant: SeededTenant;
  stub: DurableObjectStub<TenantLedger>;
}> {
  const tenant = await seedTenant();
  const { tenantId } = tenant;
  const ledger = ledgerPort(platformOf(env), tenantId);
  expect((await ledger.putTerms({ key: 'terms', terms: testTerms })).result.ok).toBe(true);
  await topUp(tenantId, 1);
  await ledger.flush(5_000);
  return { tenantId, tenant, stub: env.LEDGER.get(env.LEDGER.idFromName(tenantId)) as never };
}
const topUp = async (tenantId: TenantId, n: number): Promise<void> => {
  const { result } = await ledgerPort(platformOf(env), tenantId).recordTopup({
    key: `bank:${n}`,
    topupId: `top_${n}` as TopupId,
    amountCents: asCents(10_000),
    currency: 'EUR',
    method: 'bank_transfer',
  });
  expect(result.ok).toBe(true);
};
const charge = (tenantId: TenantId, n: number) =>
  ledgerPort(platformOf(env), tenantId).chargeUsage({
    key: `usage:${n}`,
    eventType: 'sms',
    quantityScaled: 10_000,
    occurredAt: asInstant(processNow()),
  });
const available = async (tenantId: TenantId): Promise<number> => {
  const { result } = await ledgerPort(platformOf(env), tenantId).balance();
  return result.ok ? result.value.availableCents : Number.NaN;
};

const ask = (method: string, path: string, body?: unknown) =>
  askApi(operator.apiKey, method, path, body === undefined ? {} : { body });
const on = (tenantId: TenantId, verb: string, body: object = REASON, kind = 'ledger') =>
  ask('POST', `/api/v1/objects/${tenantId}/${kind}/${verb}`, body);

interface AlarmRow {
  kind: string;
  state: string;
  count: number;
  detail: string;
}
const alarmsOf = async (tenantId: TenantId): Promise<AlarmRow[]> =>
  (
    await env.DB.prepare('SELECT kind, state, count, detail FROM alarms WHERE tenant_id = ?1 ORDER BY kind, subject')
      .bind(tenantId)
      .all<AlarmRow>()
  ).results;
const openKinds = async (tenantId: TenantId): Promise<string[]> => [
  ...new Set((await alarmsOf(tenantId)).filter(({ state }) => state === 'open').map(({ kind }) => kind)),
];
const soonOpen = (tenantId: TenantId, kinds: string[]): Promise<void> =>
  vi.waitFor(async () => expect(await openKinds(tenantId)).toEqual(kinds), { timeout: 10_000 });

/** What health says of a tenant, and of the platform to its monitor. */
async function healthOf(tenant: SeededTenant): Promise<{ own: string[]; platform: string[]; status: string }> {
  const own = await askApi(tenant.apiKey, 'GET', '/api/health/detailed');
  const bindings = { ...generousEnv, MONITOR_TOKEN } as typeof env;
  const platform = await askApi(MONITOR_TOKEN, 'GET', '/api/health/detailed', { bindings });
  return { own: own.body.checks.alarms.kinds, platform: platform.body.checks.alarms.kinds, status: own.body.status };
}
const auditsOf = async (): Promise<string[]> =>
  (
    await env.DB.prepare('SELECT description FROM audit_log WHERE tenant_id = ?1 ORDER BY rowid')
      .bind(operator.tenantId)
      .all<{ description: string }>()
  ).results.map(({ description }) => description);

/** Changes rows of the file as somebody could who has it: past the triggers. */
const tamper = (stub: DurableObjectStub<TenantLedger>, ...statements: string[]): Promise<void> =>
  runInDurableObject(stub, (_object, { storage }) => {
    const triggers = storage.sql
      .exec<{ name: string; sql: string }>("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
      .toArray();
    for (const { name } of triggers) storage.sql.exec(`DROP TRIGGER "${name}"`);
    for (const statement of statements) storage.sql.exec(statement);
    for (const { sql } of triggers) storage.sql.exec(sql);
  });

/** Entries of the file that vouch for something beside themselves: number, and what they say. */
const attested = (stub: DurableObjectStub<TenantLedger>): Promise<[number, string][]> =>
  runInDurableObject(stub, (_object, { storage }) =>
    storage.sql
      .exec<{ seq: number; attests: string }>('SELECT seq, attests FROM entries WHERE attests IS NOT NULL ORDER BY seq')
      .toArray()
      .map(({ seq, attests }): [number, string] => [seq, attests]),
  );

describe.each([
  ['a row of the outbox that nobody can read', "body = '{'"],
  ['an event that cannot be applied', "body = '{}'"],
  ['an event whose row D1 never takes', "body = json_set(body, '$.entries[0].currency', null)"],
])('%s', (_what, damage) => {
  it('stands with an alarm that health shows, and is let pass by the operator', async () => {
    const { tenantId, tenant } = await ledgerOf();
    const seq = await breakOutbox(tenantId, 'ledger', damage);
    await soonOpen(tenantId, ['sink_stopped']);
    expect(await healthOf(tenant)).toMatchObject({
      own: ['sink_stopped'],
      platform: expect.arrayContaining(['sink_stopped']),
      status: 'degraded',
    });
    expect((await alarmsOf(tenantId))[0]?.detail).toContain(`"seq":${seq}`);
    const shown = await ask('GET', `/api/v1/objects/${tenantId}/ledger`);
    expect(shown.body.data.stuck[0]).toMatchObject({ seq });

    // A restore can't go on either, and leaves the object as it was: money is still taken.
    const refused = await on(tenantId, 'restore');
    expect(refused.status, refused.text).toBe(409);
    expect(refused.body.error.code).toBe('OUTBOX_STUCK');
    await topUp(tenantId, 2);

    expect((await on(tenantId, 'skip', { ...REASON, seq: seq + 1 })).status).toBe(409);
    const skipped = await on(tenantId, 'skip', { ...REASON, seq });
    expect(skipped.status, skipped.text).toBe(200);
    const rebuilt = await on(tenantId, 'rebuild');
    expect(rebuilt.status, rebuilt.text).toBe(200);
    const verified = await on(tenantId, 'verify', {});
    expect(verified.body.data, verified.text).toMatchObject({ ok: true, differences: [], problems: [] });
    expect(await available(tenantId)).toBe(26_000);
    await soonOpen(tenantId, []);
    expect((await healthOf(tenant)).own).toEqual([]);
    expect((await ask('GET', `/api/v1/objects/${tenantId}/ledger`)).body.data).toMatchObject({
      stuck: [],
      skipped: [{ seq, by: `api_key:${operator.apiKeyId}`, reason: REASON.reason }],
    });
    expect(await auditsOf()).toEqual(
      expect.arrayContaining([
        'object.restored',
        'object.restored_unconfirmed',
        'object.event_skipped_unconfirmed',
        'object.event_skipped',
        'object.rebuilt',
        'object.verified',
      ]),
    );
    // The history goes on: a rebuild writes no row of the event, and the next restore loses nothing.
    expect(await restoreObject(platformOf(env), tenantId, 'ledger')).toMatchObject({ refused: [] });
    expect(await available(tenantId)).toBe(26_000);
  });
});

it('a calendar whose event cannot be read goes on behind it, and its live stream begins anew', async () => {
  const tenant = await seedTenant();
  const { tenantId } = tenant;
  const seq = await breakOutbox(tenantId, 'calendar');
  await soonOpen(tenantId, ['sink_stopped']);
  expect(
    await runInDurableObject(objectStub(tenantId, 'calendar'), (o) => Reflect.get(o, 'runtime').missedAfter(0, 9)),
  ).toEqual([]);
  expect((await on(tenantId, 'skip', { ...REASON, seq }, 'calendar')).status).toBe(200);
  expect((await on(tenantId, 'rebuild', REASON, 'calendar')).status).toBe(200);
  expect(await reconcile(platformOf(env), tenantId, 'calendar')).toMatchObject({ ok: true });
  await soonOpen(tenantId, []);
});

describe('an entry that was changed in the file', () => {
  const rowsOf = async (tenantId: TenantId): Promise<unknown> =>
    (await env.DB.prepare('SELECT * FROM ledger_entries WHERE tenant_id = ?1 ORDER BY sequence').bind(tenantId).all())
      .results;

  it('is found, keeps D1 as its witness, and is set back by what the chain proves', async () => {
    const { tenantId, tenant, stub } = await ledgerOf();
    for (let n = 0; n < 5; n++) await charge(tenantId, n);
    await stub.flush(5_000);
    const before = await available(tenantId);
    const witness = await rowsOf(tenantId);
    await tamper(
      stub,
      'UPDATE postings SET amount_micros = amount_micros * 3 WHERE seq = 3',
      "UPDATE entries SET key = 'mine' WHERE seq = 4",
    );

    const found = await verifyLedger(platformOf(env), tenantId, true);
    expect(found).toMatchObject({ ok: false, full: true });
    await soonOpen(tenantId, ['ledger_differs']);
    expect((await healthOf(tenant)).own).toEqual(['ledger_differs']);

    const refused = await on(tenantId, 'rebuild');
    expect(refused.status, refused.text).toBe(409);
    expect(refused.body.error).toMatchObject({ code: 'LEDGER_UNSOUND' });
    expect(refused.body.error.details.problems.length).toBeGreaterThan(0);
    expect((await on(tenantId, 'restore')).body.error.code).toBe('LEDGER_UNSOUND');
    expect(await rowsOf(tenantId)).toEqual(witness);
    // Whatever was refused, the object still takes commands.
    await charge(tenantId, 9);

    await stub.flush(5_000);
    const repaired = await on(tenantId, 'repair');
    expect(repaired.status, repaired.text).toBe(200);
    expect(repaired.body.data).toMatchObject({ repaired: [3, 4], unproven: [], verified: { ok: true } });
    const { result } = await ledgerPort(platformOf(env), tenantId).entry({ entryId: 'none' });
    expect(result).toMatchObject({ ok: false, error: { code: 'NOT_FOUND' } });
    expect(await available(tenantId)).toBeLessThan(before);
    expect((await on(tenantId, 'rebuild')).status).toBe(200);
    await soonOpen(tenantId, []);
  });

  it('is set back also where it vouches for new terms, which are a part of its hash', async () => {
    const { tenantId, stub } = await ledgerOf();
    const ledger = ledgerPort(platformOf(env), tenantId);
    const changedTerms = { ...testTerms, plan: { ...testTerms.plan, pricePerMinuteMicros: asMicros(300_000) } };
    expect((await ledger.putTerms({ key: 'terms:2', terms: changedTerms })).result.ok).toBe(true);
    await charge(tenantId, 1);
    await charge(tenantId, 2);
    await stub.flush(5_000);
    const vouching = await attested(stub);
    const [seq, attests] = vouching.at(-1) ?? [0, ''];
    expect(attests).toContain('"terms":"2:');
    const before = await available(tenantId);
    await tamper(
      stub,
      `UPDATE postings SET amount_micros = amount_micros * 3 WHERE seq = ${seq}`,
      `UPDATE entries SET attests = NULL WHERE seq = ${seq}`,
    );
    expect(await verifyLedger(platformOf(env), tenantId, true)).toMatchObject({ ok: false });
    const repaired = await on(tenantId, 'repair');
    expect(repaired.body.data, repaired.text).toMatchObject({
      repaired: [seq],
      unproven: [],
      verified: { ok: true, problems: [] },
    });
    expect(await attested(stub)).toEqual(vouching);
    expect(await available(tenantId)).toBe(before);
    await soonOpen(tenantId, []);
  });

  it('is not taken for right when its chain was made to fit: D1 knows another hash, and so does the seal', async () => {
    const { tenantId, stub } = await ledgerOf();
    await charge(tenantId, 1);
    await stub.flush(5_000);
    expect(await sealHead(platformOf(env), tenantId)).toBe(true);
    const forged = 'f'.repeat(64);
    await tamper(
      stub,
      `UPDATE entries SET hash = '${forged}' WHERE seq = (SELECT max(seq) FROM entries)`,
      `UPDATE book SET head_hash = '${forged}'`,
    );
    const found = await verifyLedger(platformOf(env), tenantId, true);
    expect(found.problems.join()).toContain('seal: entry');
    await expect(rebuildProjection(platformOf(env), tenantId, 'ledger')).rejects.toThrow('not sound');
    // No new seal over it: the old one is the proof.
    expect(await sealHead(platformOf(env), tenantId)).toBe(false);
    const repaired = await on(tenantId, 'repair');
    expect(repaired.body.data).toMatchObject({ repaired: [], verified: { ok: false } });
    expect(repaired.body.data.unproven.length).toBe(1);
    expect(await openKinds(tenantId)).toEqual(['ledger_differs']);
  });

  it('is refused by D1 alone where everything in the file was made to fit, and nothing was sealed', async () => {
    const { tenantId, stub } = await ledgerOf();
    await charge(tenantId, 1);
    await stub.flush(5_000);
    const witness = await rowsOf(tenantId);
    const forged = await runInDurableObject(stub, (_object, { storage: { sql } }) => {
      const head = Number(sql.exec('SELECT max(seq) AS seq FROM entries').one()['seq']);
      const [entry] = entriesAfter(sql, head - 1, 1);
      if (!entry) throw new Error('there is an entry');
      return hashOf({ ...entry, key: 'mine' }, TOOLS);
    });
    await tamper(
      stub,
      `UPDATE entries SET key = 'mine', hash = '${forged}' WHERE seq = (SELECT max(seq) FROM entries)`,
      `UPDATE book SET head_hash = '${forged}'`,
    );
    expect((await stub.verify({ full: true })).result).toMatchObject({ value: { ok: true, problems: [] } });
    const refused = await on(tenantId, 'rebuild');
    expect([refused.status, refused.body.error.code], refused.text).toEqual([409, 'LEDGER_UNSOUND']);
    expect(refused.body.error.details.problems.join()).toContain('D1 knows another ledger_entries');
    expect(await rowsOf(tenantId)).toEqual(witness);
    expect((await verifyLedger(platformOf(env), tenantId, true)).ok).toBe(false);
    await soonOpen(tenantId, ['ledger_differs']);
  });

  it('is found by the seal alone: nobody without our key can write one', async () => {
    const { tenantId } = await ledgerOf();
    expect(await sealHead(platformOf(env), tenantId)).toBe(true);
    expect((await verifyLedger(platformOf(env), tenantId)).ok).toBe(true);
    const { objects } = await env.ARCHIVE.list({ prefix: `ledger-heads/${tenantId}/` });
    const [seal] = objects;
    expect(seal).toBeDefined();
    await env.ARCHIVE.put(seal?.key ?? '', 'eyJhbGciOiJIUzI1NiJ9.e30.AAAA');
    expect((await verifyLedger(platformOf(env), tenantId)).problems).toEqual([
      'seal: the head in R2 was not signed by us',
    ]);
  });
});

describe('a verification', () => {
  it('answers others between its pages, goes on from its checkpoint, and looks at everything when asked', async () => {
    const { tenantId, stub } = await ledgerOf();
    for (let n = 0; n < 1_100; n += 50)
      await Promise.all(Array.from({ length: 50 }, (_, i) => charge(tenantId, n + i)));
    const order: string[] = [];
    const [verified] = await Promise.all([
      stub.verify({ full: true }).then((answer) => {
        order.push('verify');
        return answer;
      }),
      stub.balance().then(() => order.push('balance')),
    ]);
    expect(order).toEqual(['balance', 'verify']);
    const entries = verified.result.ok ? verified.result.value.entries : 0;
    expect(entries).toBeGreaterThan(1_000);
    await charge(tenantId, 5_000);
    expect((await stub.verify()).result).toMatchObject({ ok: true, value: { ok: true, entries: entries + 1 } });
    // Behind the checkpoint a run in between does not look; the full one does.
    await tamper(stub, "UPDATE entries SET key = 'mine' WHERE seq = 7");
    expect((await stub.verify()).result).toMatchObject({ ok: true, value: { ok: true } });
    expect((await stub.verify({ full: true })).result).toMatchObject({ ok: true, value: { ok: false } });
  }, 60_000);

  it('looks at every top-up, page by page, also from a checkpoint', async () => {
    const { tenantId, stub } = await ledgerOf();
    // Behind the first page of a hundred: their ids are in this order.
    for (let n = 1_000; n < 1_150; n += 50)
      await Promise.all(Array.from({ length: 50 }, (_, i) => topUp(tenantId, n + i)));
    const problems = async (full: boolean): Promise<string[]> => {
      const { result } = await stub.verify({ full });
      return result.ok ? result.value.problems.map(({ kind, detail }) => `${kind}: ${detail}`) : ['refused'];
    };
    expect(await problems(true)).toEqual([]);
    const changed = (from: string, to: string): Promise<void> =>
      tamper(stub, `UPDATE topups SET body = replace(body, '${from}', '${to}') WHERE id = 'top_1140'`);
    await changed('"amountCents":10000', '"amountCents":90000');
    for (const full of [false, true]) {
      const found = await problems(full);
      expect(found.join('; '), full ? 'full' : 'from the checkpoint').toMatch(/^topup: .*top_1140/);
    }
    await changed('"amountCents":90000', '"amountCents":10000');
    expect(await problems(false)).toEqual([]);
  }, 60_000);

  it('takes a checkpoint of an older shape, or of another history, for none', async () => {
    const { tenantId, stub } = await ledgerOf();
    for (let n = 0; n < 5; n++) await charge(tenantId, n);
    expect((await stub.verify()).result).toMatchObject({ value: { ok: true } });
    const kept = await runInDurableObject(
      stub,
      (_object, { storage }) =>
        JSON.parse(
          String(storage.sql.exec("SELECT body FROM _checkpoints WHERE name = 'verified'").one()['body']),
        ) as Record<string, unknown>,
    );
    expect(kept).toMatchObject({ facts: { lines: expect.anything() } });
    await tamper(stub, "UPDATE entries SET key = 'mine' WHERE seq = 2");
    const verifyWith = async (body: unknown) => {
      await runInDurableObject(
        stub,
        (_object, { storage }) =>
          void storage.sql.exec(
            "INSERT OR REPLACE INTO _checkpoints (name, body) VALUES ('verified', ?)",
            JSON.stringify(body),
          ),
      );
      const { result } = await stub.verify();
      return result.ok ? result.value.ok : result.error;
    };
    // The checkpoint as it was hides what lies behind it; each of these is looked behind.
    expect(await verifyWith(kept)).toBe(true);
    const { facts: _facts, ...older } = kept;
    expect(await verifyWith(older)).toBe(false);
    expect(await verifyWith({ ...older, lines: {} })).toBe(false);
    expect(await verifyWith({ ...kept, facts: { lines: {} } })).toBe(false);
    expect(await verifyWith({ ...kept, hash: 'f'.repeat(64) })).toBe(false);
    expect(await verifyWith(null)).toBe(false);
  });

  it('takes a row that was written between the two reads for no difference', async () => {
    const { tenantId, stub } = await ledgerOf();
    let written = 0;
    // Who reads the balance finds D1 one charge further than the object had just said.
    const later = (statement: D1PreparedStatement) => ({
      bind: (...values: unknown[]) => ({
        all: async () => {
          written++;
          await charge(tenantId, written);
          await stub.flush(5_000);
          return statement.bind(...values).all();
        },
      }),
    });
    const DB = new Proxy(env.DB, {
      get(target, name) {
        const value = Reflect.get(target, name) as unknown;
        if (name !== 'prepare') return typeof value === 'function' ? value.bind(target) : value;
        return (query: string) => {
          const statement = target.prepare(query);
          return written === 0 && query.includes('FROM balances') ? later(statement) : statement;
        };
      },
    });
    expect(await reconcile(platformOf({ ...env, DB }), tenantId, 'ledger')).toMatchObject({
      ok: true,
      differences: [],
    });
    expect(written).toBe(1);
  });

  it('finds no difference where writers go on, and the real one among them', async () => {
    const { tenantId, stub } = await ledgerOf();
    let writing = true;
    const writer = (async () => {
      for (let n = 0; writing; n++) {
        await charge(tenantId, n);
        await scheduler.wait(5);
      }
    })();
    for (let round = 0; round < 3; round++)
      expect((await reconcile(platformOf(env), tenantId, 'ledger')).differences, `round ${round}`).toEqual([]);
    await env.DB.prepare('UPDATE ledger_entries SET key = ?2 WHERE tenant_id = ?1 AND sequence = 1')
      .bind(tenantId, 'changed')
      .run();
    await env.DB.prepare('DELETE FROM topups WHERE tenant_id = ?1').bind(tenantId).run();
    const { differences } = await reconcile(platformOf(env), tenantId, 'ledger');
    writing = false;
    await writer;
    expect(differences).toEqual([
      { table: 'ledger_entries', key: '1', problem: 'different', columns: ['key'] },
      expect.objectContaining({ table: 'topups', problem: 'missing' }),
    ]);
    await stub.flush(5_000);
  }, 60_000);
});

it('a clock forty days ahead while D1 is away, and back: everything arrives, at once', async () => {
  const { tenantId, tenant, stub } = await ledgerOf();
  setClockOffset(40 * DAY_MS);
  d1Meter.refuse = true;
  await topUp(tenantId, 2);
  await stub.drain();
  await stub.drain();
  setClockOffset(0);
  d1Meter.refuse = false;
  // Another life of the object, as after a restart: the stored instant lies forty days ahead.
  await evictDurableObject(stub);
  await runDurableObjectAlarm(env.LEDGER.get(env.LEDGER.idFromName(tenantId)));
  const row = await env.DB.prepare('SELECT available_cents FROM balances WHERE tenant_id = ?1').bind(tenantId).first();
  expect(row?.['available_cents']).toBe(21_000);
  expect(await available(tenantId)).toBe(21_000);
  expect((await verifyLedger(platformOf(env), tenantId, true)).ok).toBe(true);
  expect((await healthOf(tenant)).own).toEqual([]);
});

it('a list says that it is stale as long as the object stands further than D1', async () => {
  const { tenantId, tenant } = await ledgerOf();
  const list = () => askApi(tenant.apiKey, 'GET', '/api/v2/transactions');
  expect((await list()).body.stale).not.toBe(true);
  const seq = await breakOutbox(tenantId, 'ledger');
  await charge(tenantId, 1);
  expect((await list()).body.stale).toBe(true);
  expect((await on(tenantId, 'skip', { ...REASON, seq })).status).toBe(200);
  const scope = openTenant(platformOf(env), tenantId, { kind: 'system', cause: 'demo' });
  await scope.ledger.flush(5_000);
  expect((await list()).body.stale).not.toBe(true);
});
