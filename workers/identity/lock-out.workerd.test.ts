/** What a refused sign-in is told of the time to wait is so: a moment earlier it is refused, then it may be made. */
import { expect, it } from 'vitest';
import { env, freshAddress, unique } from '../../tests/contract/tenants.ts';
import { asInstant, type Instant } from '../../shared/clock.ts';
import { platformOf } from '../env.ts';
import { attempt, attemptKeys, secondsUntil } from './lock-out.ts';

const platform = platformOf(env);
const NOW = asInstant(Date.parse('2026-11-22T09:00:00Z'));
const later = (at: Instant, ms: number): Instant => asInstant(at + ms);

/** Fails until the next attempt is refused; answers the end of that lock. @param extra failures beyond the first that locks */
async function locked(name: () => { account: string; address: string }, extra: number): Promise<Instant> {
  let now = NOW;
  for (let tries = 0, locks = 0; tries < 100; tries++) {
    const { kind, lockedUntil } = await attempt(platform, attemptKeys(platform, { ...name(), device: null }), now);
    expect(kind).toBe('counted');
    if (lockedUntil <= now) continue;
    if (locks === extra) return lockedUntil;
    locks += 1;
    now = lockedUntil;
  }
  throw new Error('never locked');
}

it.each([
  ['the account’s is the later one', 6, 0],
  ['the address’s is the later one', 0, 6],
])('of two locks the one that ends last is told: %s', async (_which, accounts, addresses) => {
  const [account, address] = [unique('petra'), freshAddress()];
  const ofAccount = await locked(() => ({ account, address: freshAddress() }), accounts);
  const ofAddress = await locked(() => ({ account: unique('somebody'), address }), addresses);
  expect(ofAccount > ofAddress).toBe(accounts > addresses);
  const keys = attemptKeys(platform, { account, address, device: null });
  const start = later(asInstant(Math.min(ofAccount, ofAddress)), -1);
  const refused = await attempt(platform, keys, start);
  expect(refused).toEqual({ kind: 'refused', lockedUntil: Math.max(ofAccount, ofAddress) });
  const wait = secondsUntil(refused.lockedUntil, start);
  expect((await attempt(platform, keys, later(refused.lockedUntil, -1))).kind).toBe('refused');
  expect((await attempt(platform, keys, later(start, wait * 1_000))).kind).toBe('counted');
});
