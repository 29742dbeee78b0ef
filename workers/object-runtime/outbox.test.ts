/** What has left stays as long as it is promised and no longer, and a restore moves only what had not left. */
import { describe, expect, it } from 'vitest';
import { BrokenRow } from './events.ts';
import { Outbox } from './outbox.ts';
import { RUNTIME_MIGRATIONS } from './schema.ts';
import { memoryStorage } from './sql.fixture.ts';

/** Events 1 to `count`, one an instant from 1 on. */
function outboxOf(count: number): { outbox: Outbox; seqs: () => number[]; epochs: () => number[] } {
  const { sql } = memoryStorage();
  for (const migration of RUNTIME_MIGRATIONS) sql.exec(migration.sql);
  const outbox = new Outbox(sql);
  for (let seq = 1; seq <= count; seq++)
    outbox.append([
      {
        ...{ epoch: 1, seq, id: `k${seq}#0`, type: 'x', v: 1, entity: 'e', at: seq, body: {}, causer: 'user:usr_1' },
        ...{ commandKey: `k${seq}`, commandName: 'do', command: null, inputHash: 'h' },
      },
    ]);
  const column = (name: string): number[] =>
    sql
      .exec(`SELECT ${name} FROM _outbox ORDER BY seq`)
      .toArray()
      .map((row) => Number(row[name]));
  return { outbox, seqs: () => column('seq'), epochs: () => column('epoch') };
}
const range = (from: number, to: number): number[] => Array.from({ length: to - from + 1 }, (_, i) => from + i);

describe('what has left', () => {
  it('stays until its time is over', () => {
    const { outbox, seqs } = outboxOf(10);
    outbox.forgetLeft(10, { before: 1, mostKept: 100 });
    expect(seqs()).toEqual(range(1, 10));
    outbox.forgetLeft(10, { before: 4, mostKept: 100 });
    expect(seqs()).toEqual(range(4, 10));
  });
  it('stays, however old, when somebody has not got it yet', () => {
    const { outbox, seqs } = outboxOf(10);
    outbox.forgetLeft(6, { before: 1_000, mostKept: 100 });
    expect(seqs()).toEqual(range(7, 10));
    outbox.forgetLeft(6, { before: 1_000, mostKept: 0 });
    expect(seqs()).toEqual(range(7, 10));
  });
  it('goes, however young, beyond the most that is kept', () => {
    const { outbox, seqs } = outboxOf(10);
    outbox.forgetLeft(10, { before: 0, mostKept: 3 });
    expect(seqs()).toEqual(range(8, 10));
  });
  it('goes in bounded parts, oldest first', () => {
    const { outbox, seqs } = outboxOf(2_500);
    outbox.forgetLeft(2_500, { before: 10_000, mostKept: 100 });
    expect(seqs()).toEqual(range(1_001, 2_500));
    outbox.forgetLeft(2_500, { before: 10_000, mostKept: 100 });
    outbox.forgetLeft(2_500, { before: 10_000, mostKept: 100 });
    outbox.forgetLeft(2_500, { before: 10_000, mostKept: 100 });
    expect(seqs()).toEqual([]);
  });
});

describe('a row that cannot be read', () => {
  const broken = (): Outbox => {
    const { sql } = memoryStorage();
    for (const migration of RUNTIME_MIGRATIONS) sql.exec(migration.sql);
    const outbox = new Outbox(sql);
    for (let seq = 1; seq <= 4; seq++) {
      const about = { epoch: 1, seq, id: `k${seq}#0`, type: 'x', v: 1, entity: 'e', at: seq, body: {}, causer: null };
      outbox.append([{ ...about, commandKey: `k${seq}`, commandName: 'do', command: { n: seq }, inputHash: 'h' }]);
    }
    sql.exec("UPDATE _outbox SET body = '{' WHERE seq = 3");
    return outbox;
  };
  it('ends the page before it, and is named when a page would begin with it', () => {
    const outbox = broken();
    expect(outbox.readPage(0, 10, 1e6).map(({ seq }) => seq)).toEqual([1, 2]);
    expect(() => outbox.readPage(2, 10, 1e6)).toThrow(BrokenRow);
    expect(outbox.readPage(3, 10, 1e6).map(({ seq }) => seq)).toEqual([4]);
  });
  it('is still known by what can be read of it, its command included', () => {
    const outbox = broken();
    expect(outbox.stubAt(3)).toMatchObject({ seq: 3, id: 'k3#0', type: 'x', command: { n: 3 } });
    expect(outbox.stubAt(9)).toBeNull();
    expect(outbox.nextAfter(2)).toBe(3);
    expect(outbox.nextAfter(4)).toBeNull();
  });
});

it('a restore moves into the next epoch what some sink has not got, and nothing else', () => {
  const { outbox, epochs } = outboxOf(5);
  const state = { attempts: 0, nextAt: 0, lastError: null, stopped: false };
  outbox.saveSink({ name: 'project', cursor: 4, ...state });
  outbox.saveSink({ name: 'effects', cursor: 3, ...state });
  outbox.moveToEpoch(2);
  expect(epochs()).toEqual([1, 1, 1, 2, 2]);
  const fresh = outboxOf(2);
  fresh.outbox.moveToEpoch(2);
  expect(fresh.epochs()).toEqual([2, 2]);
});
