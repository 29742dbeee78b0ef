import { describe, expect, it } from 'vitest';
import { asking } from './ask.ts';

/** An object whose first answers are these faults. */
function failing(...faults: object[]) {
  const stubs: number[] = [];
  const ask = asking(() => stubs.push(stubs.length));
  const call = async (): Promise<string> => {
    const fault = faults.shift();
    if (fault) throw Object.assign(new Error('fault'), fault);
    return 'answer';
  };
  return { ask: () => ask(call), stubs };
}

describe('asking an object', () => {
  it('a fault of the infrastructure is tried once more, on a fresh stub', async () => {
    const { ask, stubs } = failing({ retryable: true });
    expect(await ask()).toBe('answer');
    expect(stubs).toHaveLength(2);
  });
  it.each([
    ['a defect', [{}]],
    ['an overload', [{ retryable: true, overloaded: true }]],
    ['the second fault', [{ retryable: true }, { retryable: true }]],
  ])('%s is thrown', async (_name, faults) => {
    const { ask, stubs } = failing(...faults);
    await expect(ask()).rejects.toThrow('fault');
    expect(stubs).toHaveLength(faults.length);
  });
});
