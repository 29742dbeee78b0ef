/** Guarantees of the object runtime on a real object: idempotency, outbox, drain, alarms, epochs, version skew. */
import { env, evictDurableObject, runDurableObjectAlarm, runInDurableObject } from 'cloudflare:test';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import { PROBE_KEEP_MS, type ProbeObject, probeWorld } from '../../tests/workerd/probe-object.ts';

let count = 0;
const fresh = (): { id: string; stub: DurableObjectStub<ProbeObject> } => {
  const id = `ten_kit${Date.now()}${count++}`;
  return { id, stub: env.PROBE.get(env.PROBE.idFromName(id)) };
};
const onRuntime = <R>(stub: DurableObjectStub<ProbeObject>, use: (object: ProbeObject) => R | Promise<R>): Promise<R> =>
  runInDurableObject(stub, use);
const received = (sink: string, id: string): number[] =>
  (probeWorld.received.get(`${sink}:${id}`) ?? []).map((e) => e.seq);

afterEach(() => setClockOffset(0));

describe('execute', () => {
  it('answers a repeat with the first outcome and writes once', async () => {
    const { stub } = fresh();
    const first = await stub.add('k1', 5);
    const again = await stub.add('k1', 5);
    expect(first.result).toEqual({ ok: true, value: { total: 5 } });
    expect(again.result).toEqual(first.result);
    expect(await stub.total()).toBe(5);
    expect(again.head).toEqual({ kind: 'calendar', epoch: 1, seq: 1 });
  });

  it('refuses another input under the same key', async () => {
    const { stub } = fresh();
    await stub.add('k1', 5);
    const other = await stub.add('k1', 6);
    expect(other.result).toEqual({ ok: false, error: { code: 'IDEMPOTENCY_MISMATCH', key: 'k1' } });
    expect(await stub.total()).toBe(5);
  });

  it('rolls back what a refused decision wrote and does not remember the refusal', async () => {
    const { stub } = fresh();
    const refused = await stub.add('k1', -5);
    expect(refused.result.ok).toBe(false);
    expect(await stub.total()).toBe(0);
    await stub.add('k0', 10);
    expect((await stub.add('k1', -5)).result).toEqual({ ok: true, value: { total: 5 } });
  });

  it('keeps 50 concurrent commands in one gapless order', async () => {
    const { id, stub } = fresh();
    await Promise.all(Array.from({ length: 50 }, (_, i) => stub.add(`k${i}`, 1)));
    await onRuntime(stub, (o) => o.runtime.drain());
    expect(await stub.total()).toBe(50);
    expect(received('project', id)).toEqual(Array.from({ length: 50 }, (_, i) => i + 1));
  });
});

describe('the memory of outcomes', () => {
  const remembered = (stub: DurableObjectStub<ProbeObject>): Promise<string[]> =>
    runInDurableObject(stub, (_o, { storage }) =>
      storage.sql
        .exec('SELECT key FROM _commands ORDER BY rowid')
        .toArray()
        .map((row) => String(row['key'])),
    );

  it('ends with its time, oldest first; a key whose time is over counts as new', async () => {
    const { stub } = fresh();
    await stub.add('old', 5);
    setClockOffset(PROBE_KEEP_MS / 2);
    await stub.add('young', 1);
    await onRuntime(stub, (o) => o.runtime.alarm());
    expect(await remembered(stub)).toEqual(['old', 'young']);

    setClockOffset(PROBE_KEEP_MS + 1_000);
    expect((await stub.add('old', 5)).result).toEqual({ ok: true, value: { total: 11 } });
    expect(await remembered(stub)).toEqual(['young', 'old']);

    setClockOffset(2 * PROBE_KEEP_MS);
    await onRuntime(stub, (o) => o.runtime.alarm());
    expect(await remembered(stub)).toEqual(['old']);
  });

  it('goes past two thousand rows in several wakes', async () => {
    const { stub } = fresh();
    await stub.add('k', 1);
    await runInDurableObject(stub, (_o, { storage }) => {
      storage.sql.exec(
        "WITH RECURSIVE n (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2500) INSERT INTO _commands SELECT 'many' || i, 'add', '', 'null', 1 FROM n",
      );
      storage.sql.exec("DELETE FROM _commands WHERE key = 'k'");
    });
    await onRuntime(stub, (o) => o.runtime.alarm());
    expect(await remembered(stub)).toHaveLength(500);
    await onRuntime(stub, (o) => o.runtime.alarm());
    expect(await remembered(stub)).toEqual([]);
  });
});

describe('delivery', () => {
  it('drains at once after a commit, each sink once, event ids made of the command key', async () => {
    const { id, stub } = fresh();
    await stub.add('cause:1', 5);
    await onRuntime(stub, (o) => o.runtime.drain());
    expect(received('project', id)).toEqual([1]);
    expect(received('effects', id)).toEqual([1]);
    expect(probeWorld.received.get(`effects:${id}`)?.[0]?.id).toBe('cause:1#0');
  });

  it('lets a healthy sink go on while another is sick, and catches up by the alarm', async () => {
    const { id, stub } = fresh();
    probeWorld.failing.add(`project:${id}`);
    for (let i = 0; i < 5; i++) await stub.add(`k${i}`, 1);
    await onRuntime(stub, (o) => o.runtime.drain());
    expect(received('effects', id)).toEqual([1, 2, 3, 4, 5]);
    expect(received('project', id)).toEqual([]);
    const status = await onRuntime(stub, (o) => o.runtime.status());
    expect(status.sinks.find((s) => s.name === 'project')?.attempts).toBeGreaterThan(0);
    expect(status.alarmAt).not.toBeNull();
    probeWorld.failing.delete(`project:${id}`);
    setClockOffset(120_000);
    expect(await runDurableObjectAlarm(stub)).toBe(true);
    expect(received('project', id)).toEqual([1, 2, 3, 4, 5]);
  });

  it('never lets the alarm die: a failing sink leaves a next wake', async () => {
    const { id, stub } = fresh();
    probeWorld.failing.add(`project:${id}`);
    await stub.add('k', 1);
    for (let i = 1; i <= 12; i++) {
      setClockOffset(i * 120_000);
      expect(await runDurableObjectAlarm(stub)).toBe(true);
    }
    const { alarmAt } = await onRuntime(stub, (o) => o.runtime.status());
    expect(alarmAt).not.toBeNull();
  });

  it('stops a poisoned sink, keeps the other and says why', async () => {
    const { id, stub } = fresh();
    probeWorld.poison.add(`project:${id}`);
    await stub.add('k', 1);
    await onRuntime(stub, (o) => o.runtime.drain());
    const status = await onRuntime(stub, (o) => o.runtime.status());
    expect(status.sinks.find((s) => s.name === 'project')).toMatchObject({
      stopped: true,
      lastError: 'event 1: cannot',
    });
    expect(received('effects', id)).toEqual([1]);
    probeWorld.poison.delete(`project:${id}`);
    await onRuntime(stub, async (o) => {
      o.runtime.resume();
      await o.runtime.drain();
    });
    expect(received('project', id)).toEqual([1]);
  });

  it('tells of a stopped sink once, lets the event pass when a person says so, and tells that it is over', async () => {
    const { id, stub } = fresh();
    probeWorld.poison.add(`project:${id}`);
    await stub.add('k1', 1);
    await onRuntime(stub, (o) => o.runtime.drain());
    const subject = `sink_stopped ${id}/calendar/project`;
    await vi.waitFor(() =>
      expect(probeWorld.told.get(subject)?.detail).toEqual({
        object: 'calendar',
        sink: 'project',
        seq: 1,
        error: 'event 1: cannot',
      }),
    );
    probeWorld.poison.delete(`project:${id}`);
    await stub.add('k2', 2);
    expect(await onRuntime(stub, (o) => o.runtime.skip({ seq: 2, by: 'user:usr_1', reason: 'test' }))).toMatchObject({
      ok: false,
      error: { code: 'ILLEGAL_TRANSITION', details: { allowed: ['skip 1'] } },
    });
    expect(await onRuntime(stub, (o) => o.runtime.skip({ seq: 1, by: 'user:usr_1', reason: 'test' }))).toEqual({
      ok: true,
      value: { sinks: ['project'] },
    });
    expect(received('project', id)).toEqual([2]);
    expect(await onRuntime(stub, (o) => o.runtime.status())).toMatchObject({
      stuck: [],
      skipped: [{ seq: 1, type: 'added', sinks: ['project'], by: 'user:usr_1', reason: 'test' }],
    });
    await vi.waitFor(() => expect(probeWorld.told.get(subject)?.detail).toBeNull());
  });

  it('stops at a row that nobody can read, without trying for ever, and the other object life finds it so', async () => {
    const { id, stub } = fresh();
    probeWorld.failing.add(`project:${id}`).add(`effects:${id}`);
    await stub.add('k1', 1);
    await onRuntime(stub, async (o) => {
      o.storage.sql.exec("UPDATE _outbox SET body = '{'");
      probeWorld.failing.delete(`project:${id}`);
      probeWorld.failing.delete(`effects:${id}`);
      o.runtime.resume();
      await o.runtime.drain();
    });
    await evictDurableObject(stub);
    const status = await onRuntime(stub, (o) => o.runtime.ping());
    expect(status.stuck.map(({ sink, seq, type }) => ({ sink, seq, type }))).toEqual([
      { sink: 'project', seq: 1, type: 'added' },
      { sink: 'effects', seq: 1, type: 'added' },
    ]);
    // Nothing is due: whoever stands waits for a person, not for the next twentieth of a second.
    expect(status.alarmAt).toBeNull();
    await onRuntime(stub, (o) => o.runtime.skip({ seq: 1, by: 'user:usr_1', reason: 'test' }));
    await stub.add('k2', 2);
    await onRuntime(stub, (o) => o.runtime.drain());
    expect([received('project', id), received('effects', id)]).toEqual([[2], [2]]);
  });

  it('keeps what it has to say until it is heard', async () => {
    const { id, stub } = fresh();
    probeWorld.deaf.add(id);
    probeWorld.poison.add(`project:${id}`);
    await stub.add('k', 1);
    await onRuntime(stub, (o) => o.runtime.drain());
    const subject = `sink_stopped ${id}/calendar/project`;
    await evictDurableObject(stub);
    expect(probeWorld.told.has(subject)).toBe(false);
    probeWorld.deaf.delete(id);
    await runDurableObjectAlarm(stub);
    await vi.waitFor(() => expect(probeWorld.told.get(subject)?.detail).toMatchObject({ seq: 1 }));
  });

  it('delivers at once when the clock was set back from forty days ahead', async () => {
    const { id, stub } = fresh();
    setClockOffset(40 * 86_400_000);
    probeWorld.failing.add(`project:${id}`);
    await stub.add('k', 1);
    await onRuntime(stub, (o) => o.runtime.drain());
    setClockOffset(0);
    probeWorld.failing.delete(`project:${id}`);
    await evictDurableObject(stub);
    await runDurableObjectAlarm(stub);
    expect(received('project', id)).toEqual([1]);
  });

  it('re-arms after an eviction when rows wait', async () => {
    const { id, stub } = fresh();
    probeWorld.failing.add(`project:${id}`);
    await stub.add('k', 1);
    await onRuntime(stub, async (o) => {
      await o.runtime.drain();
      await o.storage.deleteAlarm();
    });
    await evictDurableObject(stub);
    expect((await onRuntime(stub, (o) => o.runtime.status())).alarmAt).not.toBeNull();
    probeWorld.failing.delete(`project:${id}`);
    setClockOffset(120_000);
    await runDurableObjectAlarm(stub);
    expect(received('project', id)).toEqual([1]);
  });
});

describe('epochs', () => {
  it('refuses commands when D1 knows a later history, and takes them again after the restore', async () => {
    const { id, stub } = fresh();
    await stub.add('k1', 5);
    probeWorld.heads.set(id, { epoch: 1, seq: 3, eventId: 'k3#0', hash: 'abc' });
    await evictDurableObject(stub);
    expect((await stub.add('k4', 1)).result).toMatchObject({ ok: false, error: { code: 'OBJECT_FENCED' } });
    await onRuntime(stub, async (o) => {
      expect(o.runtime.beginRestore({ epoch: 2, previousHeadHash: 'abc' })).toEqual({
        epoch: 2,
        from: { epoch: 1, seq: 1 },
      });
      // a crash in the middle: the second beginning answers the same
      expect(o.runtime.beginRestore({ epoch: 3, previousHeadHash: 'abc' })).toEqual({
        epoch: 2,
        from: { epoch: 1, seq: 1 },
      });
      const at = processNow();
      const outcome = o.runtime.replay([
        { name: 'add', key: 'k2', command: { key: 'k2', amount: 2 }, inputHash: 'h2', at },
        { name: 'add', key: 'k3', command: { key: 'k3', amount: -100 }, inputHash: 'h3', at },
      ]);
      expect(outcome.map((r) => r.refused?.code ?? null)).toEqual([null, 'VALIDATION_ERROR']);
      o.runtime.finishRestore();
      await o.runtime.drain();
    });
    probeWorld.heads.delete(id);
    expect(await stub.total()).toBe(7);
    expect((await stub.add('k5', 1)).head).toEqual({ kind: 'calendar', epoch: 2, seq: 3 });
    expect(probeWorld.received.get(`project:${id}`)?.at(-1)).toMatchObject({ epoch: 2 });
  });

  it('a restore that fails leaves the object as it was: working, or refusing and ready for the next try', async () => {
    const working = fresh();
    await working.stub.add('k1', 5);
    await onRuntime(working.stub, (o) => {
      o.runtime.beginRestore({ epoch: 2, previousHeadHash: null });
      o.runtime.abortRestore();
    });
    expect((await working.stub.add('k2', 1)).result).toEqual({ ok: true, value: { total: 6 } });

    const { id, stub } = fresh();
    await stub.add('k1', 5);
    probeWorld.heads.set(id, { epoch: 1, seq: 3, eventId: 'k3#0', hash: 'abc' });
    await evictDurableObject(stub);
    const at = processNow();
    const lost = (key: string) => ({ name: 'add', key, command: { key, amount: 2 }, inputHash: key, at });
    await onRuntime(stub, (o) => {
      expect(o.runtime.beginRestore({ epoch: 2, previousHeadHash: 'abc' }).from).toEqual({ epoch: 1, seq: 1 });
      o.runtime.replay([lost('k2')]);
      o.runtime.abortRestore();
    });
    expect((await stub.add('k4', 1)).result).toMatchObject({ ok: false, error: { code: 'OBJECT_FENCED' } });
    await evictDurableObject(stub);
    expect((await stub.add('k4', 1)).result).toMatchObject({ ok: false, error: { code: 'OBJECT_FENCED' } });
    await onRuntime(stub, (o) => {
      // In the epoch that it adopted, and from where the file ended when it was put back.
      expect(o.runtime.beginRestore({ epoch: 3, previousHeadHash: 'abc' })).toEqual({
        epoch: 2,
        from: { epoch: 1, seq: 1 },
      });
      o.runtime.replay([lost('k2'), lost('k3')]);
      o.runtime.finishRestore();
    });
    probeWorld.heads.delete(id);
    expect(await stub.total()).toBe(9);
    expect((await stub.add('k4', 1)).result.ok).toBe(true);
  });

  it('tells two histories of equal length apart by the event id', async () => {
    const { id, stub } = fresh();
    await stub.add('mine', 5);
    probeWorld.heads.set(id, { epoch: 1, seq: 1, eventId: 'theirs#0', hash: null });
    await evictDurableObject(stub);
    expect((await stub.add('k', 1)).result.ok).toBe(false);
  });

  it('goes on when D1 cannot answer', async () => {
    const { stub } = fresh();
    await stub.add('k1', 5);
    probeWorld.headFails = true;
    await evictDurableObject(stub);
    expect((await stub.add('k2', 1)).result.ok).toBe(true);
    probeWorld.headFails = false;
  });
});

describe('version skew', () => {
  it('works on a file of the next version when that allows this reader, and refuses when it does not', async () => {
    const { stub } = fresh();
    await stub.add('k1', 5);
    await onRuntime(stub, (o) => {
      o.storage.sql.exec(
        "ALTER TABLE total ADD COLUMN note TEXT; INSERT INTO _migrations VALUES (2, 1, 0, 'note', 'h')",
      );
    });
    await evictDurableObject(stub);
    expect((await stub.add('k2', 1)).result).toEqual({ ok: true, value: { total: 6 } });
    await onRuntime(stub, (o) => {
      o.storage.sql.exec("INSERT INTO _migrations VALUES (3, 3, 0, 'other', 'h')");
    });
    await evictDurableObject(stub);
    expect((await stub.add('k3', 1)).result).toMatchObject({ ok: false, error: { code: 'OBJECT_FENCED' } });
  });

  it('takes a file of the time when migrations were only numbered, and keeps their hashes from then on', async () => {
    const { stub } = fresh();
    await stub.add('k1', 5);
    await onRuntime(stub, (o) => {
      o.storage.sql.exec(
        'ALTER TABLE _migrations DROP COLUMN hash; ALTER TABLE _migrations DROP COLUMN id; ALTER TABLE _outbox DROP COLUMN causer; DROP TABLE _skipped; DROP TABLE _untold; DROP TABLE _checkpoints; DROP TABLE _runtime_migrations',
      );
    });
    await evictDurableObject(stub);
    expect((await stub.add('k1', 5)).result).toEqual({ ok: true, value: { total: 5 } });
    expect((await stub.add('k2', 1)).result).toEqual({ ok: true, value: { total: 6 } });
    const hashes = await onRuntime(stub, (o) => o.storage.sql.exec('SELECT hash FROM _migrations').toArray());
    expect(hashes).toEqual([{ hash: expect.stringMatching(/^[0-9a-f]{64}$/) }]);
  });
});
