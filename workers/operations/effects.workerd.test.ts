/** Effects come in batches: claimed together, run side by side, ended together; each fails by itself. */
import { eq, type SQL } from 'drizzle-orm';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { env, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { type Env, platformOf } from '../env.ts';
import { effectHandlers } from '../handlers.ts';
import { consume } from '../queues.ts';
import { plansOf, recording } from '../resources/recorded.fixture.ts';
import { d1Meter } from '../storage/d1.ts';
import { tenantShard } from '../storage/platform-db.ts';
import { customers } from '../storage/tables/crm.ts';
import { deadLetters, effects } from '../storage/tables/delivery.ts';
import { TenantDb } from '../storage/tenant-db.ts';
import { asTenantId } from '../tenancy/directory.ts';
import { type EffectHandlers, type Following, runEffects } from './effects.ts';
import { together } from './together.ts';

const LEASE_MS = 150_000;
const platform = platformOf({
  ...env,
  ...Object.fromEntries(
    ['QUEUE_HIGH', 'QUEUE_MEDIUM', 'QUEUE_LOW'].map((name) => [name, { send: async () => undefined }]),
  ),
} as unknown as Env);

interface Key {
  tenantId: TenantId;
  id: string;
}

async function pending(count: number, tenant?: TenantId): Promise<Key[]> {
  const tenantId = tenant ?? (await seedTenant()).tenantId;
  const db = new TenantDb(platform, tenantId);
  const now = processNow();
  const keys = Array.from({ length: count }, () => ({ tenantId, id: unique('eff') }));
  for (const { id } of keys) {
    const row = { id, queue: 'low', kind: 'calcom.routes', ref: '{}', state: 'pending', notBefore: now } as const;
    await db.insert(effects, { ...row, createdAt: now });
  }
  return keys;
}

type Run = EffectHandlers['calcom.routes'];
const running = (run: Run): EffectHandlers => ({ ...effectHandlers(), 'calcom.routes': run });
const done: Run = async () => ({ kind: 'done' });

const eqId = (id: string): SQL => eq(effects.id, id);

async function rowsOf(keys: readonly Key[]): Promise<(typeof effects.$inferSelect)[]> {
  const db = new TenantDb(platform, (keys[0] as Key).tenantId);
  const rows = await db.rows(effects, { limit: 1_000 });
  return keys.map(({ id }) => rows.find((row) => row.id === id) as (typeof rows)[number]);
}
const statesOf = async (keys: readonly Key[]): Promise<string[]> => (await rowsOf(keys)).map(({ state }) => state);
const repeated = <T>(value: T, times: number): T[] => Array.from({ length: times }, () => value);

afterEach(() => {
  d1Meter.refuse = false;
  setClockOffset(0);
  vi.restoreAllMocks();
});

describe('a batch of effects', () => {
  it('costs two statements, however many they are, and runs all of them side by side', async () => {
    const keys = await pending(50);
    let at = 0;
    let most = 0;
    const recorded = recording(env);
    const ended = await runEffects(
      platformOf(recorded.env),
      keys,
      running(async () => {
        most = Math.max(most, ++at);
        await Promise.resolve();
        at--;
        return { kind: 'done' };
      }),
    );
    expect(recorded.statements).toHaveLength(2);
    expect(most).toBe(50);
    expect(ended).toEqual(repeated(null, 50));
    const rows = await rowsOf(keys);
    expect(rows.map(({ state, attempts, leaseUntil }) => [state, attempts, leaseUntil])).toEqual(
      repeated(['done', 1, 0], 50),
    );
    expect(rows.every(({ doneAt }) => doneAt !== null)).toBe(true);
  });

  it('reads the rows it names by their key, whatever else waits', async () => {
    const keys = await pending(3);
    const recorded = recording(env);
    await runEffects(platformOf(recorded.env), keys, running(done));
    expect(recorded.statements).toHaveLength(2);
    for (const statement of recorded.statements) {
      const plan = await plansOf(env, statement);
      expect(plan.filter((line) => line.includes('effects'))).toEqual([
        'SEARCH effects USING INDEX sqlite_autoindex_effects_1 (tenant_id=? AND id=?)',
      ]);
    }
  });

  it('runs each once, brought twice in it, at the same time and afterwards', async () => {
    const keys = await pending(4);
    const ran: string[] = [];
    const run: Run = async ({ effect }) => {
      ran.push(effect.id);
      return { kind: 'done' };
    };
    await Promise.all([
      runEffects(platform, [...keys, ...keys], running(run)),
      runEffects(platform, keys.toReversed(), running(run)),
    ]);
    await runEffects(platform, keys, running(run));
    expect(ran.toSorted()).toEqual(keys.map(({ id }) => id).toSorted());
  });

  it('works at once on what follows, which fails by itself', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    const keys = await pending(3);
    const [, failing, crashing] = keys as [Key, Key, Key];
    const { tenantId } = failing;
    const db = new TenantDb(platform, tenantId);
    const ran: string[] = [];
    await runEffects(
      platform,
      keys,
      running(async ({ effect }) => {
        const id = `after:${effect.id}`;
        const row = { id, queue: 'low', kind: 'calcom.routes', ref: '{}', state: 'running', attempts: 1 } as const;
        await db.insert(effects, {
          ...row,
          notBefore: 0,
          leaseUntil: processNow() + LEASE_MS,
          createdAt: processNow(),
        });
        const [following] = (await rowsOf([{ tenantId, id }])) as [typeof effects.$inferSelect];
        const run: Following['run'] = async ({ effect: its }) => {
          ran.push(its.id);
          if (effect.id === crashing.id) throw new Error('vendor away');
          return effect.id === failing.id ? { kind: 'park', reason: 'never' } : { kind: 'done' };
        };
        return { kind: 'done', following: [{ effect: following, run }] };
      }),
    );
    expect(ran.toSorted()).toEqual(keys.map(({ id }) => `after:${id}`).toSorted());
    expect(await statesOf(keys)).toEqual(repeated('done', 3));
    expect(await statesOf(keys.map(({ id }) => ({ tenantId, id: `after:${id}` })))).toEqual([
      'done',
      'parked',
      'pending',
    ]);
  });

  it('leaves what follows of a crashed attempt to the handler of its kind, once its lease is over', async () => {
    const [key] = (await pending(1)) as [Key];
    const db = new TenantDb(platform, key.tenantId);
    await db.update(effects, { state: 'running', attempts: 1, leaseUntil: processNow() + LEASE_MS }, eqId(key.id));
    const run = vi.fn(done);
    await runEffects(platform, [key], running(run));
    expect(run).not.toHaveBeenCalled();
    setClockOffset(LEASE_MS + 1);
    await runEffects(platform, [key], running(run));
    expect(run).toHaveBeenCalledTimes(1);
    expect((await rowsOf([key]))[0]).toMatchObject({ state: 'done', attempts: 2 });
  });

  it('ends with what it leaves to write in one transaction, or not at all', async () => {
    const [key] = (await pending(1)) as [Key];
    const db = new TenantDb(platform, key.tenantId);
    const note = (id: string) => ({ id, queue: 'low', message: '{}', reason: 'x', at: 1 });
    await db.insert(deadLetters, note('there'));
    const along =
      (id: string): Run =>
      async () => ({ kind: 'done', along: [db.insertOf(deadLetters, note(id))] });
    const [failed] = await runEffects(platform, [key], running(along('there')));
    expect(failed).not.toBeNull();
    expect(await statesOf([key])).toEqual(['running']);
    setClockOffset(LEASE_MS + 1);
    expect(await runEffects(platform, [key], running(along('new')))).toEqual([null]);
    expect(await statesOf([key])).toEqual(['done']);
    expect(await db.count(deadLetters)).toBe(2);
  });

  it('reads and writes what comes at the same time with one statement, and each gets its own', async () => {
    const keys = await pending(10);
    const { tenantId } = keys[0] as Key;
    const db = new TenantDb(platform, tenantId);
    const people = Array.from({ length: 10 }, (_, n) => ({ id: unique('cus'), firstName: `N${n}` }));
    for (const { id, firstName } of people)
      await db.insert(customers, { id, firstName, source: 'import', createdAt: 1, updatedAt: 1, lastActivityAt: 1 });
    const recorded = recording(env);
    const its = platformOf(recorded.env);
    const batch = together(its, tenantShard(its, tenantId), LEASE_MS);
    const rows = await rowsOf(keys);
    const read = new TenantDb(its, tenantId);
    const [found, none] = await Promise.all([
      Promise.all(people.map(({ id }) => batch.customer(read, id))),
      batch.customer(read, 'nobody'),
      Promise.all(rows.map((row, n) => batch.phase(row, `phase ${n}`))),
    ]);
    expect(recorded.statements).toHaveLength(2);
    expect(found.map((one) => one?.firstName)).toEqual(people.map(({ firstName }) => firstName));
    expect(none).toBeNull();
    expect((await rowsOf(keys)).map(({ phase }) => phase)).toEqual(keys.map((_, n) => `phase ${n}`));
  });

  it('leaves alone what is not due, another’s of the same name, and what nobody knows', async () => {
    const [key] = (await pending(1)) as [Key];
    const other = (await seedTenant()).tenantId;
    const run = vi.fn(done);
    await new TenantDb(platform, key.tenantId).update(effects, { notBefore: processNow() + 60_000 }, eqId(key.id));
    expect(
      await runEffects(platform, [key, { tenantId: other, id: key.id }, { tenantId: other, id: 'none' }], running(run)),
    ).toEqual([null, null, null]);
    expect(run).not.toHaveBeenCalled();
    expect(await statesOf([key])).toEqual(['pending']);
  });

  it('parks a poison one alone; the others are done, one that failed waits', async () => {
    vi.spyOn(console, 'warn').mockImplementation(() => undefined);
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const keys = await pending(6);
    const [poison, failing] = keys as [Key, Key];
    await runEffects(
      platform,
      keys,
      running(async ({ effect }) => {
        if (effect.id === poison.id) return { kind: 'park', reason: 'poison' };
        if (effect.id === failing.id) throw new Error('away');
        return { kind: 'done' };
      }),
    );
    expect(await statesOf(keys)).toEqual(['parked', 'pending', ...repeated('done', 4)]);
    const letters = await env.DB.prepare('SELECT id FROM dead_letters WHERE tenant_id = ?1')
      .bind(poison.tenantId)
      .all<{ id: string }>();
    expect(letters.results).toEqual([{ id: poison.id }]);
  });

  it('that died before its rows were written is brought again when its lease is over, and not before', async () => {
    const keys = await pending(3);
    const ran = vi.fn(done);
    const ended = await runEffects(
      platform,
      keys,
      running(async (context) => {
        d1Meter.refuse = true;
        return ran(context);
      }),
    );
    d1Meter.refuse = false;
    expect(ended.every((one) => one !== null)).toBe(true);
    expect(await statesOf(keys)).toEqual(repeated('running', 3));
    setClockOffset(LEASE_MS - 10_000);
    await runEffects(platform, keys, running(ran));
    expect(ran).toHaveBeenCalledTimes(3);
    setClockOffset(LEASE_MS + 1_000);
    await runEffects(platform, keys, running(ran));
    expect(ran).toHaveBeenCalledTimes(6);
    expect((await rowsOf(keys)).map(({ state, attempts }) => [state, attempts])).toEqual(repeated(['done', 2], 3));
  });

  it('does not end what a later attempt has claimed', async () => {
    const keys = await pending(2);
    await runEffects(
      platform,
      keys,
      running(async ({ effect }) => {
        // As if this attempt had slept past its lease.
        if (effect.id === keys[0]?.id)
          await new TenantDb(platform, effect.tenantId).update(effects, { attempts: 2 }, eqId(effect.id));
        return { kind: 'done' };
      }),
    );
    expect(await statesOf(keys)).toEqual(['running', 'done']);
  });

  it('writes what is done while a slow one still runs', async () => {
    const keys = await pending(3);
    const [slow, ...quick] = keys as [Key, Key, Key];
    let release: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (release = resolve));
    const ended = runEffects(
      platform,
      keys,
      running(async ({ effect }) => {
        if (effect.id === slow.id) await held;
        return { kind: 'done' };
      }),
    );
    await vi.waitFor(async () => expect(await statesOf(quick)).toEqual(['done', 'done']), 5_000);
    expect(await statesOf([slow])).toEqual(['running']);
    release();
    await ended;
    expect(await statesOf([slow])).toEqual(['done']);
  });

  it('puts back who would begin so late that the lease might end before the work', async () => {
    const keys = await pending(12);
    const clock = vi.spyOn(Date, 'now');
    const start = Date.now();
    clock.mockImplementation(() => start);
    const ran: string[] = [];
    await runEffects(
      platform,
      keys,
      running(async ({ effect }) => {
        ran.push(effect.id);
        if (ran.length === 10) clock.mockImplementation(() => start + 31_000);
        await new Promise((resolve) => setTimeout(resolve, 5));
        return { kind: 'done' };
      }),
    );
    clock.mockRestore();
    expect(ran).toHaveLength(10);
    const rows = await rowsOf(keys);
    const late = rows.filter(({ id }) => !ran.includes(id));
    expect(late.map(({ state, attempts }) => [state, attempts])).toEqual(repeated(['pending', 0], 2));
  });

  it('of tenants on both shards is claimed and ended on each', async () => {
    const { tenantId } = await seedTenant();
    const keys = [...(await pending(2, tenantId)), ...(await pending(2, asTenantId(`${tenantId}.s1`)))];
    const recorded = recording(env);
    await runEffects(platformOf(recorded.env), keys, running(done));
    // The recorder stands before the first shard; the other one is judged by its rows.
    expect(recorded.statements).toHaveLength(2);
    for (const key of keys) expect(await statesOf([key])).toEqual(['done']);
  });
});

describe('a queue’s batch', () => {
  const batchOf = (keys: readonly Key[]) => {
    const acked: string[] = [];
    const retried: string[] = [];
    const messages = keys.map(({ tenantId, id }) => ({
      id,
      body: { kind: 'effect', id, tenantId },
      attempts: 1,
      ack: () => acked.push(id),
      retry: () => retried.push(id),
    }));
    return { batch: { queue: 'askproai-low', messages } as unknown as MessageBatch<unknown>, acked, retried };
  };

  it('is acknowledged when its rows say what became of it, and brought again when D1 is away', async () => {
    vi.spyOn(console, 'error').mockImplementation(() => undefined);
    const keys = await pending(3);
    const ids = keys.map(({ id }) => id);
    const away = batchOf(keys);
    d1Meter.refuse = true;
    await consume(away.batch, env);
    d1Meter.refuse = false;
    expect([away.acked, away.retried]).toEqual([[], ids]);
    expect(await statesOf(keys)).toEqual(repeated('pending', 3));
    const there = batchOf(keys);
    await consume(there.batch, env);
    expect([there.acked, there.retried]).toEqual([ids, []]);
    expect(await statesOf(keys)).not.toContain('running');
  });
});
