/** Users over HTTP: who may do what to whom, and that sessions end with the right to have them. */
import { describe, expect, it } from 'vitest';
import { env, PASSWORD, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { processNow } from '../../shared/clock.ts';
import { auditLog } from '../storage/tables/identity.ts';
import { installApiKey } from './api-keys.ts';
import { apiKeyOf } from '../storage/identity/api-keys.ts';
import { askAs as ask, colleagueOf, platform, reasonsOf, scopeOf, sessionOf } from './ways-in.fixture.ts';

const users = '/api/v1/users';
describe('users of a tenant', () => {
  it('are invited, shown as such, invited again and deleted', async () => {
    const tenant = await seedTenant();
    const owner = await sessionOf(tenant.email);
    const email = `${unique('neu')}@mail.test`;
    const made = await ask(owner, 'POST', users, { email, name: 'Mia Neu', role: 'receptionist' });
    expect(made).toMatchObject({ status: 201, body: { data: { email, status: 'invited', role: 'receptionist' } } });
    const { id } = made.body.data;
    expect((await ask(owner, 'POST', users, { email, name: 'Mia', role: 'staff' })).status).toBe(422);
    expect((await ask(owner, 'POST', `${users}/${id}/invite`)).status).toBe(200);
    expect(reasonsOf(await ask(owner, 'POST', `${users}/${tenant.userId}/invite`))).toEqual(['not_invited']);
    const list = await ask(owner, 'GET', users);
    expect(list.body.data.map((one: { status: string }) => one.status)).toEqual(['active', 'invited']);
    expect((await ask(owner, 'DELETE', `${users}/${id}`)).status).toBe(200);
    expect((await ask(owner, 'GET', `${users}/${id}`)).status).toBe(404);
    const log = (await scopeOf(tenant).db.rows(auditLog, { limit: 50 })).map((row) => row.description);
    expect(log).toEqual(expect.arrayContaining(['user.invited', 'user.invited_again', 'user.deleted']));
  });

  it('who are disabled are signed out at once and can sign in again when they are enabled', async () => {
    const tenant = await seedTenant();
    const owner = await sessionOf(tenant.email);
    const person = await colleagueOf(tenant, 'receptionist');
    const session = await sessionOf(person.email);
    expect((await ask(session, 'GET', '/api/me')).status).toBe(200);
    const disabled = await ask(owner, 'PATCH', `${users}/${person.userId}`, { disabled: true });
    expect(disabled.body.data.status).toBe('disabled');
    expect((await ask(session, 'GET', '/api/me')).status).toBe(401);
    await expect(sessionOf(person.email)).rejects.toThrow('401');
    await ask(owner, 'PATCH', `${users}/${person.userId}`, { disabled: false });
    expect((await ask(session, 'GET', '/api/me')).status).toBe(401);
    expect((await ask(await sessionOf(person.email), 'GET', '/api/me')).status).toBe(200);
  });

  it('have their new role from the next request on', async () => {
    const tenant = await seedTenant();
    const owner = await sessionOf(tenant.email);
    const person = await colleagueOf(tenant, 'staff');
    const session = await sessionOf(person.email);
    expect((await ask(session, 'GET', users)).status).toBe(403);
    await ask(owner, 'PATCH', `${users}/${person.userId}`, { role: 'manager' });
    expect((await ask(session, 'GET', users)).status).toBe(200);
  });
});

describe('the rules about people', () => {
  it('nobody changes their own role, disables or deletes themselves, but their name they may', async () => {
    const tenant = await seedTenant();
    const owner = await sessionOf(tenant.email);
    const own = `${users}/${tenant.userId}`;
    for (const change of [{ role: 'staff' }, { disabled: true }])
      expect(reasonsOf(await ask(owner, 'PATCH', own, change))).toEqual(['own_account']);
    expect(reasonsOf(await ask(owner, 'DELETE', own))).toEqual(['own_account']);
    expect((await ask(owner, 'PATCH', own, { name: 'Neuer Name' })).body.data.name).toBe('Neuer Name');
  });

  it('the last owner who can sign in stays, whoever asks and however many at once', async () => {
    const tenant = await seedTenant();
    const second = await colleagueOf(tenant, 'admin');
    const [first, other] = [await sessionOf(tenant.email), await sessionOf(second.email)];
    // Each takes the other's away at the same moment: one of them must fail.
    const both = await Promise.all([
      ask(first, 'PATCH', `${users}/${second.userId}`, { role: 'staff' }),
      ask(other, 'PATCH', `${users}/${tenant.userId}`, { disabled: true }),
    ]);
    expect(both.filter(({ status }) => status === 200)).toHaveLength(1);
    const left = await env.DB.prepare(
      "SELECT count(*) AS n FROM users WHERE tenant_id = ? AND role = 'admin' AND disabled_at IS NULL",
    )
      .bind(tenant.tenantId)
      .first<{ n: number }>();
    expect(left?.n).toBe(1);
  });

  it('an owner who was only invited is not one who can stay alone', async () => {
    const tenant = await seedTenant();
    const owner = await sessionOf(tenant.email);
    const second = await colleagueOf(tenant, 'admin');
    const session = await sessionOf(second.email);
    const email = `${unique('neu')}@mail.test`;
    await ask(owner, 'POST', users, { email, name: 'Mia Neu', role: 'admin' });
    expect((await ask(session, 'PATCH', `${users}/${tenant.userId}`, { role: 'staff' })).status).toBe(200);
    // The second is the last now; its own role it can't change anyway, and nobody else may.
    expect((await ask(owner, 'PATCH', `${users}/${second.userId}`, { role: 'staff' })).status).toBe(403);
    expect(reasonsOf(await ask(session, 'DELETE', `${users}/${second.userId}`))).toEqual(['own_account']);
  });

  it('keys manage nobody, and a role that lacks the right neither', async () => {
    const tenant = await seedTenant();
    const person = await colleagueOf(tenant, 'staff');
    const manager = await sessionOf((await colleagueOf(tenant, 'manager')).email);
    for (const [method, path, body] of [
      ['POST', users, { email: 'a@mail.test', name: 'Mia', role: 'staff' }],
      ['PATCH', `${users}/${person.userId}`, { role: 'manager' }],
      ['DELETE', `${users}/${person.userId}`, undefined],
    ] as const) {
      expect((await ask(tenant.apiKey, method, path, body)).status).toBe(403);
      expect((await ask(manager, method, path, body)).status).toBe(403);
    }
  });

  it('what reaches far asks for the password that was typed too long ago', async () => {
    const tenant = await seedTenant();
    const owner = await sessionOf(tenant.email);
    const person = await colleagueOf(tenant, 'staff');
    await env.DB.prepare('UPDATE sessions SET confirmed_at = 1 WHERE user_id = ?').bind(tenant.userId).run();
    const one = `${users}/${person.userId}`;
    expect((await ask(owner, 'PATCH', one, { name: 'Jo Neu' })).status).toBe(200);
    for (const [method, path, body] of [
      ['POST', users, { email: 'a@mail.test', name: 'Mia', role: 'staff' }],
      ['PATCH', one, { role: 'manager' }],
      ['PATCH', one, { disabled: true }],
      ['DELETE', one, undefined],
    ] as const)
      expect((await ask(owner, method, path, body)).body.error.code).toBe('CONFIRMATION_REQUIRED');
    expect((await ask(owner, 'POST', '/api/auth/confirm-password', { password: PASSWORD })).status).toBe(200);
    expect((await ask(owner, 'PATCH', one, { role: 'manager' })).status).toBe(200);
  });

  it('a reseller and the operator have their own roles', async () => {
    const reseller = await seedTenant({ type: 'reseller', role: 'reseller_admin' });
    const session = await sessionOf(reseller.email);
    const person = (role: string) => ({ email: `${unique('neu')}@mail.test`, name: 'Mia Neu', role });
    expect((await ask(session, 'POST', users, person('reseller_agent'))).status).toBe(201);
    expect((await ask(session, 'POST', users, person('admin'))).status).toBe(422);
    expect((await ask(session, 'POST', users, person('super_admin'))).status).toBe(422);
  });
});

it('keys of somebody who is deleted go on with no more than their maker held', async () => {
  const tenant = await seedTenant();
  const owner = await sessionOf(tenant.email);
  const person = await colleagueOf(tenant, 'manager');
  const id = `key_${unique('k')}`;
  await installApiKey(
    platform,
    {
      tenantId: tenant.tenantId,
      id,
      name: 'k',
      key: `ask_test_${unique('k').replaceAll('-', '_')}`,
      scopes: ['view_calls', 'edit_settings'],
    },
    processNow(),
  );
  await env.DB.prepare('UPDATE api_keys SET created_by = ? WHERE id = ?').bind(`user:${person.userId}`, id).run();
  expect((await ask(owner, 'DELETE', `${users}/${person.userId}`)).status).toBe(200);
  expect((await apiKeyOf(scopeOf(tenant).db, id))?.scopes).toEqual(['view_calls']);
});
