import { describe, expect, it } from 'vitest';
import { Gather, sideBySide } from './gather.ts';

const HOUR = 3_600_000;

describe('what ends together', () => {
  it('is written together, at the latest when nothing more comes', async () => {
    const written: string[][] = [];
    const gather = new Gather<string>(async (items) => void written.push([...items]), HOUR);
    const all = Promise.all([gather.add('a'), gather.add('b')]);
    gather.end();
    await all;
    expect(written).toEqual([['a', 'b']]);
  });

  it('waits for others no longer than it may', async () => {
    const written: string[][] = [];
    const gather = new Gather<string>(async (items) => void written.push([...items]), 1);
    await gather.add('a');
    await gather.add('b');
    expect(written).toEqual([['a'], ['b']]);
  });

  it('fails together, and what comes behind it does not', async () => {
    let fails = true;
    const gather = new Gather<string>(async () => {
      if (fails) throw new Error('away');
    }, 1);
    const both = await Promise.allSettled([gather.add('a'), gather.add('b')]);
    expect(both.map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    fails = false;
    await gather.add('c');
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
