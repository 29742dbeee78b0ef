/** Small requirements of ASVS (docs/asvs.md) that no module shows by itself: passwords as they are kept, tokens, and what addresses may carry. */
import { scryptSync } from 'node:crypto';
import { createExecutionContext } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '../../shared/password-length.ts';
import { app } from '../../workers/app.ts';
import { platformOf } from '../../workers/env.ts';
import { hashPassword, isOutdated, ROUNDS, verifyPassword } from '../../workers/identity/password.ts';
import { newSecret } from '../../workers/identity/support-session.ts';
import { sessionByToken } from '../../workers/storage/identity/sessions.ts';
import { realNow } from '../../shared/clock.ts';
import { generousEnv, signIn } from './requests.ts';
import { openSealed } from '../../workers/tenancy/seal.ts';
import { env, freshAddress, PASSWORD, PLATFORM, productionEnv, seedTenant } from './tenants.ts';
import { openApi } from './whole-document.ts';

const PRODUCTION = platformOf(productionEnv);

describe('passwords (2.1, 2.4)', () => {
  it('have the bounds of the standard', () => {
    expect(MIN_PASSWORD_LENGTH).toBeGreaterThanOrEqual(12);
    expect(MAX_PASSWORD_LENGTH).toBeGreaterThanOrEqual(64);
    expect(MAX_PASSWORD_LENGTH).toBeLessThanOrEqual(128);
  });

  it('count to their last character, whatever the script', async () => {
    for (const password of [
      '  drei Hunde 🐕🐕🐕  ',
      'ねこが三匹、雨の中で',
      `${'x'.repeat(MAX_PASSWORD_LENGTH - 1)}y`,
    ]) {
      const hash = await hashPassword(PRODUCTION, 'ten_x', password);
      expect(await verifyPassword(PRODUCTION, 'ten_x', password, hash)).toBe(true);
      expect(await verifyPassword(PRODUCTION, 'ten_x', password.slice(0, -1), hash)).toBe(false);
      expect(await verifyPassword(PRODUCTION, 'ten_x', password.trim(), hash)).toBe(password.trim() === password);
    }
  });

  it('are kept as scrypt with a salt of their own', async () => {
    const [one = '', other = ''] = await Promise.all([
      hashPassword(PRODUCTION, 'ten_x', 'zweimal dasselbe'),
      hashPassword(PRODUCTION, 'ten_x', 'zweimal dasselbe'),
    ]);
    expect(one).not.toBe(other);
    // Nothing to guess against without the master key, and no other realm's.
    expect(one).toMatch(/^v\d+\./);
    expect(await openSealed(PRODUCTION, 'ten_y', one)).toBeNull();
    const [scheme, cost, , , salt = ''] = ((await openSealed(PRODUCTION, 'ten_x', one)) ?? '').split('$');
    expect(scheme).toBe(`scrypt-${ROUNDS}`);
    // OWASP's cheat sheet on password storage: N = 2^14 with five times the work.
    expect(Number(cost) * ROUNDS).toBeGreaterThanOrEqual(2 ** 14 * 5);
    expect(atob(salt).length * 8).toBeGreaterThanOrEqual(128);
  });

  it('of before are right, and known as such', async () => {
    const salt = Buffer.from('saltsaltsaltsalt');
    const hash = scryptSync('drei Hunde im Regen', salt, 64, { N: 16_384, r: 8, p: 1 });
    const before = `scrypt$16384$8$1$${salt.toString('base64')}$${hash.toString('base64')}`;
    expect(await verifyPassword(PRODUCTION, 'ten_x', 'drei Hunde im Regen', before)).toBe(true);
    expect(await verifyPassword(PRODUCTION, 'ten_x', 'drei Hunde im Schnee', before)).toBe(false);
    expect(await isOutdated(PRODUCTION, 'ten_x', before)).toBe(true);
    const now = await hashPassword(PRODUCTION, 'ten_x', 'drei Hunde im Regen');
    expect(await isOutdated(PRODUCTION, 'ten_x', now)).toBe(false);
    expect(await verifyPassword(PRODUCTION, 'ten_y', 'drei Hunde im Regen', now)).toBe(false);
    // More memory than ours is not computed, whoever wrote the row.
    expect(await verifyPassword(PRODUCTION, 'ten_x', 'x', before.replace('$16384$', '$1048576$'))).toBe(false);
  });

  it('are made anew when somebody signs in with a hash of before, and nothing else changes', async () => {
    const tenant = await seedTenant();
    const stored = () =>
      env.DB.prepare("SELECT password FROM accounts WHERE user_id = ?1 AND provider_id = 'credential'")
        .bind(tenant.userId)
        .first<string>('password');
    const salt = Buffer.from('saltsaltsaltsalt');
    const hash = scryptSync(PASSWORD, salt, 64, { N: 16_384, r: 8, p: 1 });
    const before = `scrypt$16384$8$1$${salt.toString('base64')}$${hash.toString('base64')}`;
    await env.DB.prepare('UPDATE accounts SET password = ?1 WHERE user_id = ?2').bind(before, tenant.userId).run();
    await signIn(tenant);
    const after = await stored();
    expect(after).toMatch(/^v\d+\./);
    await signIn(tenant);
    expect(await stored()).toBe(after);
  });
});

const NO_SECRETS: ReadonlySet<string> = new Set(['lock_token', 'confirm_token']);

describe('tokens (3.1, 3.2)', () => {
  const tokenOf = (cookie: string): string =>
    decodeURIComponent(/askpro_session=([^;]+)/.exec(cookie)?.[1] ?? '').split('.')[0] ?? '';

  it('are new with each sign-in, long, and a presented one is never taken over', async () => {
    const tenant = await seedTenant();
    const [first, second] = [tokenOf(await signIn(tenant)), tokenOf(await signIn(tenant))];
    expect(first).not.toBe(second);
    // 32 of 62 characters are 190 bits.
    expect(first.length).toBeGreaterThanOrEqual(32);
    expect(new Set(Array.from({ length: 100 }, newSecret)).size).toBe(100);
    expect(newSecret()).toMatch(/^[A-Za-z0-9_-]{43}$/);
    expect(await sessionByToken(platformOf(env), first, realNow())).not.toBeNull();
  });

  it('are in no address: no parameter of the document takes one', () => {
    const odd: string[] = [];
    for (const [path, item] of Object.entries(openApi.paths ?? {}))
      for (const [method, raw] of Object.entries(item)) {
        const { parameters = [] } = raw as { parameters?: { name: string; in: string }[] };
        // The address of a recording is an audio element's: bound to the person who pressed play, half an hour.
        if (path === '/api/v1/recordings/{id}/audio') continue;
        // A reserved time and the word for a change that was asked about open nothing without a session or key.
        for (const { name, in: place } of parameters)
          if (
            !NO_SECRETS.has(name) &&
            (place === 'query' || place === 'path') &&
            /token|secret|password|session_id|api_?key$|hint/i.test(name)
          )
            odd.push(`${method} ${path}: ${name}`);
      }
    expect(odd).toEqual([]);
  });

  it('in an address open nothing', async () => {
    const tenant = await seedTenant();
    const token = tokenOf(await signIn(tenant));
    for (const query of [`session=${token}`, `token=${token}`, `api_key=${tenant.apiKey}`]) {
      const request = new Request(`${PLATFORM}/api/v1/customers?${query}`, {
        headers: { 'CF-Connecting-IP': freshAddress() },
      });
      expect((await app.fetch(request, generousEnv, createExecutionContext())).status).toBe(401);
    }
  });
});

describe('rules that fail (4.1.5)', () => {
  it('a role that nobody knows may nothing', async () => {
    const tenant = await seedTenant();
    const cookie = await signIn(tenant);
    await env.DB.prepare("UPDATE users SET role = 'emperor' WHERE id = ?1").bind(tenant.userId).run();
    const request = new Request(`${PLATFORM}/api/v1/customers`, {
      headers: { Cookie: cookie, 'CF-Connecting-IP': freshAddress() },
    });
    expect((await app.fetch(request, generousEnv, createExecutionContext())).status).toBe(403);
  });

  it('no body asks for a hint or the answer to a question', () => {
    expect(JSON.stringify(openApi)).not.toMatch(/"(password_hint|security_question|secret_answer)"/);
  });
});
