import type { DBAdapter } from 'better-auth';
import { describe, expect, it } from 'vitest';
import { confineToRealm } from './realm.ts';

/** An adapter that only remembers what it was asked. */
function recorder(): { adapter: DBAdapter; asked: [string, { where?: unknown; data?: unknown; update?: unknown }][] } {
  const asked: [string, { where?: unknown; data?: unknown; update?: unknown }][] = [];
  const adapter = new Proxy({} as DBAdapter, {
    get: (_target, name) => async (query: never) => {
      asked.push([String(name), query]);
      return null;
    },
    ownKeys: () => [],
  });
  return { adapter, asked };
}

const inRealm = { field: 'realm', value: 'ten_a', operator: 'eq', connector: 'AND' };

describe('an auth database confined to a realm', () => {
  it('adds the realm to every where, of every verb', async () => {
    const { adapter, asked } = recorder();
    const confined = confineToRealm(adapter, 'ten_a');
    const where = [{ field: 'email', value: 'a@b.test' }];
    await confined.findOne({ model: 'user', where });
    await confined.findMany({ model: 'user' });
    await confined.count({ model: 'user' });
    await confined.update({ model: 'user', where, update: { name: 'x' } });
    await confined.updateMany({ model: 'user', where, update: { name: 'x' } });
    await confined.delete({ model: 'user', where });
    await confined.deleteMany({ model: 'user', where });
    await confined.consumeOne({ model: 'verification', where });
    await confined.incrementOne({ model: 'user', where, increment: { n: 1 } });
    expect(asked.map(([verb]) => verb)).toEqual([
      'findOne',
      'findMany',
      'count',
      'update',
      'updateMany',
      'delete',
      'deleteMany',
      'consumeOne',
      'incrementOne',
    ]);
    for (const [verb, query] of asked) expect(query.where, verb).toContainEqual(inRealm);
  });

  it('every verb of the library that takes a where is one of those', async () => {
    const verbs = Object.keys(confineToRealm(recorder().adapter, 'ten_a')).sort();
    expect(verbs).toEqual(
      [
        'consumeOne',
        'count',
        'create',
        'delete',
        'deleteMany',
        'findMany',
        'findOne',
        'incrementOne',
        'transaction',
        'update',
        'updateMany',
      ].sort(),
    );
  });

  it('a row is made in the realm whatever it says, and never moved out of it', async () => {
    const { adapter, asked } = recorder();
    const confined = confineToRealm(adapter, 'ten_a');
    await confined.create({ model: 'user', data: { name: 'x', realm: 'ten_b' } });
    await confined.update({ model: 'user', where: [], update: { name: 'x', realm: 'ten_b' } });
    expect(asked[0]?.[1].data).toEqual({ name: 'x', realm: 'ten_a' });
    expect(asked[1]?.[1].update).toEqual({ name: 'x' });
  });

  it('OR and a realm of its own are refused: they could widen the realm', () => {
    const confined = confineToRealm(recorder().adapter, 'ten_a');
    expect(() => confined.findMany({ model: 'user', where: [{ field: 'a', value: 1, connector: 'OR' }] })).toThrow(
      /OR/,
    );
    expect(() => confined.findMany({ model: 'user', where: [{ field: 'realm', value: 'ten_b' }] })).toThrow(/realm/);
  });
});
