/** A signed route is good for its number, its purpose and its time. */
import { describe, expect, it } from 'vitest';
import { asInstant } from '../../shared/clock.ts';
import { signToken } from '../../shared/signed-token.ts';
import { type CallRoute, readRoute, signRoute } from './route-token.ts';

const SECRET = 'test-secret-test-secret-test-secret-test';
const NOW = asInstant(1_793_181_600_000);
const route: CallRoute = {
  tenantId: 'ten_a',
  branchId: 'bra_a',
  number: '+493012345678',
  language: 'de',
  keyOwner: 'platform',
  fallback: null,
  callId: 'call_1',
};

describe('signed route', () => {
  it('comes back as it was given', async () => {
    expect(await readRoute(SECRET, await signRoute(SECRET, route, NOW), NOW)).toEqual(route);
    const other: CallRoute = {
      ...route,
      keyOwner: 'tenant',
      language: 'en',
      fallback: 'balance',
      branchId: null,
      callId: null,
    };
    expect(await readRoute(SECRET, await signRoute(SECRET, other, NOW), NOW)).toEqual(other);
  });

  it('is refused after its time, with another secret, changed, or made for another purpose', async () => {
    const token = await signRoute(SECRET, route, NOW);
    expect(await readRoute(SECRET, token, asInstant(NOW + 4 * 3_600_000))).toBeNull();
    expect(await readRoute(`${SECRET}!`, token, NOW)).toBeNull();
    const [header = '', body = '', mac = ''] = token.split('.');
    const claims = { t: 'ten_b', n: '+493012345678', aud: 'retell_route', exp: NOW / 1_000 + 60 };
    const forged = btoa(JSON.stringify(claims)).replace(/=+$/, '');
    const unsigned = btoa(JSON.stringify({ alg: 'none' })).replace(/=+$/, '');
    for (const text of [
      `${header}.${forged}.${mac}`,
      `${unsigned}.${forged}.`,
      `${unsigned}.${forged}.${mac}`,
      `${header}.${body}.`,
      `${body}.${mac}`,
      body,
      '',
      '.',
      '..',
      `${token}x`,
      'ä.b.c',
    ]) {
      expect(await readRoute(SECRET, text, NOW)).toBeNull();
    }
    expect(
      await readRoute(
        SECRET,
        await signToken(SECRET, 'appointment', { t: 'ten_a', n: '+4930' }, asInstant(NOW + 60_000)),
        NOW,
      ),
    ).toBeNull();
  });

  it('one that was read before dies in time, too, and stays bound to its secret', async () => {
    const token = await signRoute(SECRET, { ...route, callId: 'call_again' }, NOW);
    for (let i = 0; i < 3; i++) expect((await readRoute(SECRET, token, NOW))?.callId).toBe('call_again');
    expect(await readRoute(`${SECRET}!`, token, NOW)).toBeNull();
    expect(await readRoute(SECRET, token, asInstant(NOW + 4 * 3_600_000 - 1))).not.toBeNull();
    expect(await readRoute(SECRET, token, asInstant(NOW + 4 * 3_600_000))).toBeNull();
    expect(await readRoute(SECRET, token, NOW)).not.toBeNull();
  });

  it('holds nothing of the caller', async () => {
    const token = await signRoute(SECRET, route, NOW);
    const payload: unknown = JSON.parse(atob((token.split('.')[1] ?? '').replaceAll('-', '+').replaceAll('_', '/')));
    expect(Object.keys(payload as object).sort()).toEqual(['aud', 'b', 'c', 'exp', 'k', 'l', 'n', 't']);
  });
});
