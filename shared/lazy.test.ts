import { expect, it } from 'vitest';
import { lazy } from './lazy.ts';

it('loads once with the first use, and again only when that failed', async () => {
  let loads = 0;
  const module = lazy(async () => {
    loads++;
    if (loads === 1) throw new Error('network');
    return { loads };
  });
  await expect(Promise.resolve().then(module)).rejects.toThrow('network');
  expect(await module()).toEqual({ loads: 2 });
  expect(module()).toEqual({ loads: 2 });
});
