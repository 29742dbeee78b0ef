/**
 * An erasure that is killed at a statement of D1 and begun again leaves nothing all the same: at some statements by seed in `npm test`, at
 * every one in `npm run prove erasure`.
 */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { PROOFS, runsOf, seedOf } from '../../../tests/counts.ts';
import { env } from '../../../tests/contract/tenants.ts';
import { d1Meter } from '../../storage/d1.ts';
import { salon } from '../../telephony/telephony.fixture.ts';
import { requestErasure } from '../commands/request-erasure.ts';
import { erase, runOfProduct as run } from './erasure.fixture.ts';
import { planted, traces } from './planted.fixture.ts';

const KILLS = runsOf('erasure', { ...env });
const SEED = seedOf(20_261_122, { ...env });

beforeEach(() => {
  for (const level of ['warn', 'error', 'log'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

/** The job until D1 refuses everything after so many statements; false: it was killed. */
async function runUntil(statements: number): Promise<boolean> {
  const honest = d1Meter.refuse;
  const last = d1Meter.statements + statements;
  Object.defineProperty(d1Meter, 'refuse', { configurable: true, get: () => d1Meter.statements > last });
  const finished = await run('erase_customers').then(
    () => true,
    () => false,
  );
  Object.defineProperty(d1Meter, 'refuse', { configurable: true, writable: true, value: honest });
  return finished;
}

/** Spread over the whole job, from a place within the first stretch that the seed says; every one, where that many are asked for. */
function killedAt(all: number): number[] {
  const stretch = Math.max(1, all / KILLS);
  const from = Math.floor((SEED % 1_000) * (stretch / 1_000));
  const count = Math.min(KILLS, all);
  return Array.from({ length: count }, (_, i) => from + Math.floor(i * stretch)).filter((at) => at < all);
}

it('killed at any statement and begun again: gone all the same', async () => {
  const at = await salon();
  const whole = await planted(at);
  const before = d1Meter.statements;
  await erase(whole);
  const all = d1Meter.statements - before;
  // Every statement is one of those of the whole proof.
  expect(all).toBeLessThan(PROOFS.erasure.full);
  const points = killedAt(all);
  let kills = 0;
  for (const point of points) {
    const one = await planted(at);
    expect((await requestErasure(at.scope, { id: one.who.id, reason: 'authority' })).ok).toBe(true);
    const finished = await runUntil(point);
    if (!finished) {
      kills++;
      await run('erase_customers');
    }
    expect(await traces(one), `killed after ${point} of ${all} statements`).toEqual([]);
  }
  // What runs in the background counts along, so the last ones may come too late.
  expect(kills).toBeGreaterThan(points.length * 0.7);
}, 1_800_000);
