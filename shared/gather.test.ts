import { describe, expect, it } from 'vitest';
import { Gather, sideBySide } from './gather.ts';

const HOUR = 3_600_000;

describe('what ends together', () => {
  it('is written together, at the latest when nothing more comes', async () => {
    const written: string[][] = [];
    const gather = new Gather<string>(async (items) => {
      written.push([...items]);
      return [];
    }, HOUR);
    const all = Promise.all([gather.add('a'), gather.add('b')]);
    gather.end();
    await all;
    expect(written).toEqual([['a', 'b']]);
  });

  it('waits for others no longer than it may', async () => {
    const written: string[][] = [];
    const gather = new Gather<string>(async (items) => {
      written.push([...items]);
      return [];
    }, 1);
    await gather.add('a');
    await gather.add('b');
    expect(written).toEqual([['a'], ['b']]);
  });

  it('answers each what is its own, also those of the next time', async () => {
    const gather = new Gather<number, string>(async (items) => items.map((item) => `${item} of ${items.length}`), 1);
    expect(await Promise.all([gather.add(1), gather.add(2)])).toEqual(['1 of 2', '2 of 2']);
    const [late, later] = [gather.add(3), gather.add(4)];
    expect([await later, await late]).toEqual(['4 of 2', '3 of 2']);
  });

  it('asks each by itself when together it fails: nobody fails by another', async () => {
    const asked: string[][] = [];
    const gather = new Gather<string, string>(async (items) => {
      asked.push([...items]);
      if (items.includes('poison')) throw new Error('away');
      return items.map((item) => `${item}!`);
    }, 1);
    const all = await Promise.allSettled([gather.add('a'), gather.add('poison'), gather.add('b')]);
    expect(all.map((one) => (one.status === 'fulfilled' ? one.value : 'failed'))).toEqual(['a!', 'failed', 'b!']);
    await expect(gather.add('poison')).rejects.toThrow('away');
    expect(await gather.add('c')).toBe('c!');
    expect(asked).toEqual([['a', 'poison', 'b'], ['a'], ['poison'], ['b'], ['poison'], ['c']]);
  });
});

describe('work side by side', () => {
  it('is done once for each, in order, never more at a time than it may', async () => {
    let running = 0;
    let most = 0;
    const begun: number[] = [];
    await sideBySide(
      Array.from({ length: 25 }, (_, n) => n),
      4,
      async (n) => {
        begun.push(n);
        most = Math.max(most, ++running);
        await new Promise((resolve) => setTimeout(resolve, n % 3));
        running--;
      },
    );
    expect(begun).toEqual(Array.from({ length: 25 }, (_, n) => n));
    expect(most).toBe(4);
  });

  it('of nothing ends at once', async () => {
    await sideBySide([], 4, () => Promise.reject(new Error('called')));
  });
});
