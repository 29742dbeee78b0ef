/** One's own account over HTTP, keys bound to addresses, and the announcement of their end. */
import { describe, expect, it } from 'vitest';
import { env, PASSWORD, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { processNow } from '../../shared/clock.ts';
import { DAY } from '../../shared/time.ts';
import { createUser } from './accounts.ts';
import { warnOfEndingKeys } from './warn-keys.ts';
import { ask, askAs, get, mails, platform, signInAs } from './ways-in.fixture.ts';

const GOOD = 'drei Hunde im Regen';

describe('the own account', () => {
  it('has a name and a language that its person changes', async () => {
    const tenant = await seedTenant();
    const { cookie } = await signInAs(tenant.email);
    const changed = await askAs(cookie, 'PATCH', '/api/auth/profile', { name: 'Anna Neu', language: 'en' });
    expect(changed.body.data).toMatchObject({ name: 'Anna Neu', language: 'en' });
    expect((await askAs(cookie, 'GET', '/api/me')).body.data.user).toMatchObject({
      name: 'Anna Neu',
      language: 'en',
    });
    expect((await askAs(cookie, 'PATCH', '/api/auth/profile', { name: '' })).status).toBe(422);
    expect((await askAs(tenant.apiKey, 'PATCH', '/api/auth/profile', { name: 'Eve' })).status).toBe(403);
  });

  it('gets a new password by the present one; the other sessions end, this one stays, its person is told', async () => {
    const tenant = await seedTenant();
    const here = await signInAs(tenant.email);
    const there = await signInAs(tenant.email);
    const change = (current: string, password: string) =>
      askAs(here.cookie, 'POST', '/api/auth/password/change', { current_password: current, password });
    expect((await change('falsch geraten', GOOD)).status).toBe(401);
    expect((await change(PASSWORD, 'passwort123')).status).toBe(422);
    expect((await change(PASSWORD, GOOD)).status).toBe(200);
    expect((await askAs(here.cookie, 'GET', '/api/me')).status).toBe(200);
    expect((await askAs(there.cookie, 'GET', '/api/me')).status).toBe(401);
    expect((await signInAs(tenant.email)).status).toBe(401);
    expect((await signInAs(tenant.email, GOOD)).status).toBe(200);
    expect((await mails(tenant)).map(({ event }) => event)).toContain('account.password_changed');
  });

  it('does not let a stolen session guess the password', async () => {
    const tenant = await seedTenant();
    const here = await signInAs(tenant.email);
    const statuses = [];
    for (let i = 0; i < 8; i++) {
      const body = { current_password: `geraten ${i}`, password: GOOD };
      statuses.push((await askAs(here.cookie, 'POST', '/api/auth/password/change', body)).status);
    }
    expect(statuses).toContain(429);
  });

  it('gets a new address by the link that went there; the old one is told and counts until then', async () => {
    const tenant = await seedTenant();
    const here = await signInAs(tenant.email);
    const email = `${unique('neu')}@mail.test`;
    expect((await askAs(here.cookie, 'POST', '/api/auth/email/change', { email: email.toUpperCase() })).status).toBe(
      200,
    );
    const sent = await mails(tenant);
    expect(sent.map(({ event, to }) => [event, to])).toEqual(
      expect.arrayContaining([
        ['account.email_change', email],
        ['account.email_asked', tenant.email],
      ]),
    );
    expect(sent.find(({ to }) => to === tenant.email)?.text).not.toMatch(/#[\w-]{43}/);
    expect((await signInAs(email)).status).toBe(401);
    const token = /\/email#([\w-]{43})/.exec(sent.find(({ to }) => to === email)?.text ?? '')?.[1];
    expect((await askAs('', 'POST', '/api/auth/password/reset', { token, password: GOOD })).status).toBe(404);
    expect((await askAs('', 'POST', '/api/auth/email/confirm', { token })).body.data).toEqual({ email });
    expect((await askAs('', 'POST', '/api/auth/email/confirm', { token })).status).toBe(404);
    expect((await signInAs(email)).status).toBe(200);
    expect((await signInAs(tenant.email)).status).toBe(401);
    expect((await askAs(here.cookie, 'GET', '/api/me')).body.data.user.email).toBe(email);
  });

  it('is not told whose an address is, and gives it to nobody twice', async () => {
    const tenant = await seedTenant();
    const email = `${unique('kollege')}@mail.test`;
    const person = { tenantId: tenant.tenantId, email, name: 'Jo', role: 'staff', language: 'de' } as const;
    const here = await signInAs(tenant.email);
    const free = `${unique('frei')}@mail.test`;
    const first = await askAs(here.cookie, 'POST', '/api/auth/email/change', { email: free });
    const token = /\/email#([\w-]{43})/.exec((await mails(tenant)).find(({ to }) => to === free)?.text ?? '')?.[1];
    await createUser(platform, { ...person, password: PASSWORD }, processNow());
    const taken = await askAs(here.cookie, 'POST', '/api/auth/email/change', { email });
    expect(taken.body).toEqual(first.body);
    expect((await mails(tenant)).filter(({ to }) => to === email)).toEqual([]);
    // Taken between asking and confirming: the link does nothing.
    await env.DB.prepare('UPDATE users SET email = ? WHERE email = ?').bind(free, email).run();
    expect((await askAs('', 'POST', '/api/auth/email/confirm', { token })).status).toBe(404);
  });

  it('asks for the password before a mail goes out', async () => {
    const tenant = await seedTenant();
    const here = await signInAs(tenant.email);
    await env.DB.prepare('UPDATE sessions SET confirmed_at = 1 WHERE user_id = ?').bind(tenant.userId).run();
    const asked = await askAs(here.cookie, 'POST', '/api/auth/email/change', { email: 'a@mail.test' });
    expect(asked.body.error.code).toBe('CONFIRMATION_REQUIRED');
    expect(await mails(tenant)).toEqual([]);
  });
});

it('a request that was refused for the password is made when it comes again under its key', async () => {
  const tenant = await seedTenant();
  const here = await signInAs(tenant.email);
  await env.DB.prepare('UPDATE sessions SET confirmed_at = 1 WHERE user_id = ?').bind(tenant.userId).run();
  const body = { email: `${unique('neu')}@mail.test`, name: 'Mia Neu', role: 'staff' };
  const invite = () =>
    ask('POST', '/api/v1/users', body, { cookie: here.cookie, headers: { 'Idempotency-Key': 'one' } });
  expect((await invite()).body.error.code).toBe('CONFIRMATION_REQUIRED');
  await askAs(here.cookie, 'POST', '/api/auth/confirm-password', { password: PASSWORD });
  const made = await invite();
  expect(made.status).toBe(201);
  expect((await invite()).body.data.id).toBe(made.body.data.id);
});

describe('an API key with a list of addresses', () => {
  it('works from there only, and everywhere once the list is empty', async () => {
    const tenant = await seedTenant();
    const here = await signInAs(tenant.email);
    const made = await askAs(here.cookie, 'POST', '/api/v1/api-keys', {
      name: 'Website',
      mode: 'test',
      scopes: ['view_api_keys'],
      ip_allow: ['203.0.113.0/24', '2001:db8::/32'],
    });
    const { key, id } = made.body.data;
    const from = async (address: string) => (await get('/api/v1/api-keys', { key, from: address })).status;
    expect(await from('203.0.113.77')).toBe(200);
    expect(await from('2001:db8::5')).toBe(200);
    expect(await from('198.51.100.1')).toBe(401);
    const changed = await askAs(here.cookie, 'PATCH', `/api/v1/api-keys/${id}`, { ip_allow: [], name: 'Web' });
    expect(changed.body.data).toMatchObject({ name: 'Web', ip_allow: [] });
    expect(await from('198.51.100.1')).toBe(200);
    const wrong = await askAs(here.cookie, 'PATCH', `/api/v1/api-keys/${id}`, { ip_allow: ['nonsense'] });
    expect(wrong.status).toBe(422);
  });

  it('hands the list on when it is replaced', async () => {
    const tenant = await seedTenant();
    const here = await signInAs(tenant.email);
    const body = { name: 'k', mode: 'test', scopes: ['view_calls'], ip_allow: ['203.0.113.9'] };
    const { id } = (await askAs(here.cookie, 'POST', '/api/v1/api-keys', body)).body.data;
    const next = await askAs(here.cookie, 'POST', `/api/v1/api-keys/${id}/rotate`, { grace_days: 1 });
    expect(next.body.data.ip_allow).toEqual(['203.0.113.9']);
  });
});

describe('the end of an API key', () => {
  const made = async (cookie: string, days: number): Promise<string> => {
    const body = { name: 'Website', mode: 'test', scopes: ['view_calls'], expires_in_days: days };
    return (await askAs(cookie, 'POST', '/api/v1/api-keys', body)).body.data.id;
  };
  const endsIn = (id: string, days: number) =>
    env.DB.prepare('UPDATE api_keys SET expires_at = ?, created_at = ? WHERE id = ?')
      .bind(processNow() + days * DAY, processNow() - 80 * DAY, id)
      .run();

  it('is announced once, a week before, to who made it; not where it is far, or another key has its place', async () => {
    const tenant = await seedTenant();
    const { cookie } = await signInAs(tenant.email);
    const [near, far, replaced] = [await made(cookie, 90), await made(cookie, 90), await made(cookie, 90)];
    await made(cookie, 2);
    await askAs(cookie, 'POST', `/api/v1/api-keys/${replaced}/rotate`, { grace_days: 3 });
    await endsIn(near, 5);
    await endsIn(far, 30);
    await endsIn(replaced, 3);
    await warnOfEndingKeys(platform);
    await warnOfEndingKeys(platform);
    const told = (await mails(tenant)).filter(({ event }) => event === 'api_key.expiring');
    expect(told).toHaveLength(1);
    expect(told[0]?.to).toBe(tenant.email);
    expect(told[0]?.text).toContain('Website');
  });

  it('is told the owners where its maker is gone', async () => {
    const tenant = await seedTenant();
    const { cookie } = await signInAs(tenant.email);
    const id = await made(cookie, 90);
    await endsIn(id, 5);
    await env.DB.prepare("UPDATE api_keys SET created_by = 'user:usr_gone' WHERE id = ?").bind(id).run();
    await warnOfEndingKeys(platform);
    const told = (await mails(tenant)).filter(({ event }) => event === 'api_key.expiring');
    expect(told.map(({ to }) => to)).toEqual([tenant.email]);
  });
});
