/** What was put back to yesterday, the database, an object's file or both, by their runbooks: who was erased since is erased again. */
import { evictDurableObject, env as testEnv } from 'cloudflare:test';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { env } from '../../../tests/contract/tenants.ts';
import { rewind, type Rows, snapshot } from '../../../tests/objects/rewind.ts';
import type { TenantId } from '../../../shared/ids.ts';
import { platformOf } from '../../env.ts';
import { rebuildProjection, restoreObject } from '../../projection/rebuild.ts';
import { erasureOf } from '../../storage/queries/erasures.ts';
import { customers } from '../../storage/tables/crm.ts';
import { salon } from '../../telephony/telephony.fixture.ts';
import { requestErasure } from '../commands/request-erasure.ts';
import { withdrawErasure } from '../commands/withdraw-erasure.ts';
import { erase, runOfProduct as run } from './erasure.fixture.ts';
import { d1Columns, inObject, planted, traces } from './planted.fixture.ts';

const platform = platformOf(env);

beforeEach(() => {
  for (const level of ['warn', 'error', 'log'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

// ---------------------------------------------------------------- D1 of a tenant

type D1Rows = Map<string, Record<string, unknown>[]>;

/** All rows of the tenant, in all tables. */
async function databaseOf(tenantId: TenantId): Promise<D1Rows> {
  const rows: D1Rows = new Map();
  for (const [name, columns] of await d1Columns()) {
    if (!columns.includes('tenant_id')) continue;
    const listed = columns.map((column) => `"${column}"`).join(', ');
    const found = await env.DB.prepare(`SELECT ${listed} FROM "${name}" WHERE tenant_id = ?`).bind(tenantId).all();
    rows.set(name, found.results);
  }
  return rows;
}

/** As a restored copy has it: nothing of what was written since, tombstones included. */
async function putDatabaseBack(tenantId: TenantId, rows: D1Rows): Promise<void> {
  const { results: triggers } = await env.DB.prepare("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").all<{
    name: string;
    sql: string;
  }>();
  const statements = triggers.map(({ name }) => env.DB.prepare(`DROP TRIGGER "${name}"`));
  for (const [table, list] of rows) {
    statements.push(env.DB.prepare(`DELETE FROM "${table}" WHERE tenant_id = ?`).bind(tenantId));
    for (const row of list) {
      const columns = Object.keys(row);
      statements.push(
        env.DB.prepare(
          `INSERT INTO "${table}" (${columns.map((c) => `"${c}"`).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
        ).bind(...Object.values(row)),
      );
    }
  }
  statements.push(...triggers.map(({ sql }) => env.DB.prepare(sql)));
  await env.DB.batch(statements);
}

// ---------------------------------------------------------------- objects

const KINDS = ['calendar', 'ledger'] as const;
type Files = Record<(typeof KINDS)[number], Rows>;

const filesOf = async (tenantId: TenantId): Promise<Files> => ({
  calendar: await inObject('calendar', tenantId, ({ sql }) => snapshot(sql)),
  ledger: await inObject('ledger', tenantId, ({ sql }) => snapshot(sql)),
});

async function putFilesBack(tenantId: TenantId, files: Files, kinds: readonly (typeof KINDS)[number][]): Promise<void> {
  const { CALENDAR, LEDGER } = testEnv as unknown as Record<'CALENDAR' | 'LEDGER', DurableObjectNamespace>;
  for (const kind of kinds) {
    await inObject(kind, tenantId, (storage) => rewind(storage, files[kind]));
    const space = kind === 'calendar' ? CALENDAR : LEDGER;
    await evictDurableObject(space.get(space.idFromName(tenantId)));
  }
}

/** Somebody planted and erased, and how everything was before. */
async function erasedSince() {
  const one = await planted(await salon());
  const { tenantId } = one.at;
  await traces(one);
  const [database, files] = [await databaseOf(tenantId), await filesOf(tenantId)];
  await erase(one);
  expect(await traces(one)).toEqual([]);
  return { one, tenantId, database, files };
}

async function replay(): Promise<void> {
  await run('replay_erasures');
  await run('erase_customers');
}

describe('what was put back to yesterday', () => {
  it('the database: it knows nothing of the erasure, and the objects do not say', async () => {
    const { one, tenantId, database } = await erasedSince();
    await putDatabaseBack(tenantId, database);
    expect(await erasureOf(one.at.scope.db, one.who.id)).toBeNull();
    expect(await traces(one)).toEqual(expect.arrayContaining(['customers.last_name', 'calls.transcript']));
    for (const kind of KINDS) await rebuildProjection(platform, tenantId, kind);
    await replay();
    expect(await traces(one)).toEqual([]);
    expect(await erasureOf(one.at.scope.db, one.who.id)).toMatchObject({ state: 'erased' });
  });

  it('the database, and erased again before anybody rebuilt it', async () => {
    const { one, tenantId, database } = await erasedSince();
    await putDatabaseBack(tenantId, database);
    await replay();
    for (const kind of KINDS) await rebuildProjection(platform, tenantId, kind);
    expect(await traces(one)).toEqual([]);
  });

  it('the database, to a moment at which the request still waited: the tombstone says that it had begun', async () => {
    const one = await planted(await salon());
    const { scope, tenantId } = one.at;
    expect((await requestErasure(scope, { id: one.who.id })).ok).toBe(true);
    const database = await databaseOf(tenantId);
    await erase(one);
    await putDatabaseBack(tenantId, database);
    expect(await erasureOf(scope.db, one.who.id)).toMatchObject({ state: 'requested', runs: 0 });
    for (const kind of KINDS) await rebuildProjection(platform, tenantId, kind);
    await run('replay_erasures');
    expect(await withdrawErasure(scope, { id: one.who.id })).toMatchObject({ ok: false });
    await run('erase_customers');
    expect(await traces(one)).toEqual([]);
  });

  it('the calendar’s file: its texts and what the caller said are back, and go again', async () => {
    const { one, tenantId, files } = await erasedSince();
    await putFilesBack(tenantId, files, ['calendar']);
    const back = await inObject('calendar', tenantId, ({ sql }) =>
      sql.exec('SELECT notes FROM appointment_texts WHERE notes IS NOT NULL').toArray(),
    );
    expect(back.length).toBeGreaterThan(0);
    await restoreObject(platform, tenantId, 'calendar');
    await replay();
    expect(await traces(one)).toEqual([]);
  });

  it('a file whose restore brings texts back, because the commands since then were lost', async () => {
    const { one, tenantId, files } = await erasedSince();
    await putFilesBack(tenantId, files, ['calendar']);
    await env.DB.prepare("DELETE FROM feed WHERE tenant_id = ? AND kind = 'calendar' AND command_name = 'eraseTexts'")
      .bind(tenantId)
      .run();
    await restoreObject(platform, tenantId, 'calendar');
    expect(await traces(one)).toEqual(
      expect.arrayContaining(['calendar:appointment_texts.notes', 'calendar:appointment_notes.text']),
    );
    await replay();
    expect(await traces(one)).toEqual([]);
  });

  it('the database and both files, to the same moment: nothing says that anything is missing but the tombstone', async () => {
    const { one, tenantId, database, files } = await erasedSince();
    await putDatabaseBack(tenantId, database);
    await putFilesBack(tenantId, files, KINDS);
    expect(await traces(one)).toEqual(
      expect.arrayContaining(['customers.last_name', 'calendar:appointment_texts.notes', 'appointments.notes']),
    );
    await replay();
    expect(await traces(one)).toEqual([]);
    expect(await one.at.scope.db.row(customers, eq(customers.id, one.who.id))).toMatchObject({ lastName: null });
  });

  it('nothing: nothing is done again', async () => {
    const one = await planted(await salon());
    await erase(one);
    const before = await erasureOf(one.at.scope.db, one.who.id);
    await run('replay_erasures');
    expect(await erasureOf(one.at.scope.db, one.who.id)).toEqual(before);
  });
});
