/** Links that sign in, over HTTP: once, a quarter of an hour, on hosts of their tenant, and never past the second factor. */
import { describe, expect, it } from 'vitest';
import { env, PASSWORD, type SeededTenant, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { inviteUser } from './commands/invite-user.ts';
import { audited, codeOf, guarded, halfAMinuteLater, mails, me, platform, post, scopeOf } from './ways-in.fixture.ts';

const request = (email: string) => post('magic-link/request', { email });
const use = (token: string | undefined, options: Parameters<typeof post>[2] = {}) =>
  post('magic-link/use', { token }, options);
async function linkFor(tenant: SeededTenant): Promise<string> {
  await request(tenant.email);
  return (await mails(tenant)).filter(({ event }) => event === 'account.magic_link').at(-1)?.secret ?? '';
}

describe('a link that signs in', () => {
  it('is sent to who is known, says the same to everybody, and is limited', async () => {
    const tenant = await seedTenant();
    const known = await request(tenant.email);
    const unknown = await request(`${unique('niemand')}@mail.test`);
    expect([known.status, known.body]).toEqual([unknown.status, unknown.body]);
    const statuses = [];
    for (let i = 0; i < 7; i++) statuses.push((await request(tenant.email)).status);
    expect(statuses).toContain(429);
  });

  it('signs in once, and only by asking for it: showing it uses nothing up', async () => {
    const tenant = await seedTenant();
    const token = await linkFor(tenant);
    for (let i = 0; i < 2; i++)
      expect((await post('links/show', { token })).body.data).toMatchObject({ purpose: 'magic', email: tenant.email });
    const inside = await use(token);
    expect([inside.status, await me(inside.cookie)]).toEqual([200, 200]);
    expect((await use(token)).status).toBe(404);
    expect(await audited(tenant)).toEqual(expect.arrayContaining(['sign_in.link_requested', 'sign_in.link_used']));
    // The password was not typed: what reaches far still asks for it.
    expect((await post('second-factor', {}, inside)).body.error.code).toBe('CONFIRMATION_REQUIRED');
    expect((await post('confirm-password', { password: PASSWORD }, inside)).status).toBe(200);
    expect((await post('second-factor', {}, inside)).status).toBe(200);
  });

  it('ends the older one, is over after its time, and opens nowhere else', async () => {
    const [tenant, other] = [await seedTenant(), await seedTenant()];
    const first = await linkFor(tenant);
    const second = await linkFor(tenant);
    expect((await use(first)).status).toBe(404);
    expect((await use(second, { origin: other.origin })).status).toBe(404);
    const row = await env.DB.prepare('SELECT max(expires_at - created_at) AS life FROM account_links WHERE user_id = ?')
      .bind(tenant.userId)
      .first();
    expect(row?.['life']).toBe(15 * 60_000);
    await env.DB.prepare('UPDATE account_links SET expires_at = 1 WHERE user_id = ?').bind(tenant.userId).run();
    expect((await use(second)).status).toBe(404);
  });

  it('of another purpose is none, and leaves a new address that waits alone', async () => {
    const tenant = await seedTenant();
    await post('password/forgot', { email: tenant.email });
    const reset = (await mails(tenant)).filter(({ event }) => event === 'account.reset').at(-1)?.secret;
    expect((await use(reset)).status).toBe(404);
    const token = await linkFor(tenant);
    expect((await post('password/reset', { token, password: 'drei Hunde im Regen' })).status).toBe(404);
    expect((await use(token)).status).toBe(200);
    expect((await post('links/show', { token: reset })).status).toBe(404);
    const again = (await mails(tenant)).filter(({ event }) => event === 'account.reset').at(-1)?.secret;
    expect((await post('links/show', { token: again })).status).toBe(200);
  });

  it('does not spare the second factor', async () => {
    const tenant = await seedTenant();
    const { secret } = await guarded(tenant);
    await halfAMinuteLater(tenant);
    const asked = await use(await linkFor(tenant));
    expect([asked.status, await me(asked.cookie)]).toEqual([202, 401]);
    const inside = await post('challenge/pass', { code: codeOf(secret) }, asked);
    expect([inside.status, await me(inside.cookie)]).toEqual([200, 200]);
  });

  it('of somebody invited is another invitation, and of a disabled person nothing', async () => {
    const tenant = await seedTenant();
    const email = `${unique('mia')}@mail.test`;
    await inviteUser(platform, scopeOf(tenant), { email, name: 'Mia', role: 'staff', language: 'de' });
    await request(email);
    expect((await mails(tenant)).map(({ event, to }) => [event, to])).toEqual([['account.invited', email]]);
    const token = await linkFor(tenant);
    await env.DB.prepare('UPDATE users SET disabled_at = 1 WHERE id = ?').bind(tenant.userId).run();
    expect((await use(token)).status).toBe(404);
  });
});
