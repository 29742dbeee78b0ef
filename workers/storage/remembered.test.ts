import { describe, expect, it } from 'vitest';
import { REMEMBERED_MS, Remembered } from './remembered.ts';

describe('a remembered row', () => {
  it('is asked for once within its time, and again when that is over', async () => {
    let now = 0;
    let asked = 0;
    const rows = new Remembered<number>(() => now);
    const read = async (): Promise<number> => ++asked;
    expect(await rows.get('a', read)).toBe(1);
    now = REMEMBERED_MS - 1;
    expect(await rows.get('a', read)).toBe(1);
    now = REMEMBERED_MS;
    expect(await rows.get('a', read)).toBe(2);
  });

  it('is as old as the question, however long the answer took', async () => {
    let now = 0;
    const rows = new Remembered<string>(() => now);
    await rows.get('a', async () => {
      now = REMEMBERED_MS - 1;
      return 'old';
    });
    now = REMEMBERED_MS;
    expect(await rows.get('a', async () => 'new')).toBe('new');
  });

  it('that was forgotten while it was being read is not remembered', async () => {
    const rows = new Remembered<string>(() => 0);
    let answer: (value: string) => void = () => undefined;
    const reading = rows.get('a', () => new Promise<string>((resolve) => (answer = resolve)));
    rows.forget(() => true);
    answer('live');
    expect(await reading).toBe('live');
    expect(await rows.get('a', async () => null)).toBe(null);
  });

  it('is forgotten alone', async () => {
    const rows = new Remembered<string>(() => 0);
    await rows.get('a', async () => 'a');
    await rows.get('b', async () => 'b');
    rows.forget((_value, key) => key === 'a');
    expect(await rows.get('a', async () => 'new')).toBe('new');
    expect(await rows.get('b', async () => 'new')).toBe('b');
  });

  it('that is not there is asked for every time', async () => {
    const rows = new Remembered<string>(() => 0);
    expect(await rows.get('a', async () => null)).toBe(null);
    expect(await rows.get('a', async () => 'made')).toBe('made');
  });

  it('takes no more room than a bounded number of rows', async () => {
    const rows = new Remembered<number>(() => 0);
    for (let n = 0; n < 5_001; n++) await rows.get(String(n), async () => n);
    expect(await rows.get('0', async () => -1)).toBe(-1);
    expect(await rows.get('5000', async () => -1)).toBe(5_000);
  });
});
