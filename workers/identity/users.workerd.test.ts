/** Users over HTTP: who may do what to whom, and that sessions end with the right to have them. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import {
  env,
  freshAddress,
  PASSWORD,
  PLATFORM,
  seedTenant,
  type SeededTenant,
  unique,
} from '../../tests/contract/tenants.ts';
import { processNow } from '../../shared/clock.ts';
import type { Role } from '../../shared/permissions.ts';
import { app } from '../app.ts';
import { platformOf } from '../env.ts';
import { auditLog } from '../storage/tables/identity.ts';
import { openTenant } from '../tenancy/scope.ts';
import { createUser } from './accounts.ts';
import { installApiKey } from './api-keys.ts';
import { apiKeyOf } from '../storage/identity/api-keys.ts';

const platform = platformOf(env);

async function ask(cookie: string, method: string, path: string, body?: unknown, key?: string) {
  const context = createExecutionContext();
  const answer = await app.fetch(
    new Request(`${PLATFORM}${path}`, {
      method,
      headers: {
        ...(key === undefined ? { Cookie: cookie } : { Authorization: `Bearer ${key}` }),
        'CF-Connecting-IP': freshAddress(),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    { ...env, RATE_LIMIT_SCALE: '1000' },
    context,
  );
  // biome-ignore lint/suspicious/noExplicitAny: bodies are asserted field by field
  const said = (await answer.json()) as any;
  await waitOnExecutionContext(context);
  return { status: answer.status, body: said, cookies: answer.headers.getSetCookie() };
}
async function signIn(email: string): Promise<string> {
  const answer = await ask('', 'POST', '/api/auth/sign-in/email', { email, password: PASSWORD });
  if (answer.status !== 200) throw new Error(`sign-in: ${answer.status}`);
  return answer.cookies.map((line) => line.split(';')[0]).join('; ');
}
async function member(tenant: SeededTenant, role: Role): Promise<{ id: string; email: string }> {
  const email = `${unique(role)}@mail.test`;
  const input = {
    tenantId: tenant.tenantId,
    email,
    name: 'Jo Kolle',
    role,
    password: PASSWORD,
    language: 'de',
  } as const;
  const made = await createUser(platform, input, processNow());
  if (!made.ok) throw new Error(made.error.code);
  return { id: made.value.userId, email };
}
const users = '/api/v1/users';
const scopeOf = (tenant: SeededTenant) =>
  openTenant(platform, tenant.tenantId, { kind: 'system', cause: 'demo' }, { now: processNow() });
const reasonsOf = (answer: { body: { error?: { details?: { reasons?: string[] } } } }) =>
  answer.body.error?.details?.reasons;

describe('users of a tenant', () => {
  it('are invited, shown as such, invited again and deleted', async () => {
    const tenant = await seedTenant();
    const owner = await signIn(tenant.email);
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
    const owner = await signIn(tenant.email);
    const person = await member(tenant, 'receptionist');
    const session = await signIn(person.email);
    expect((await ask(session, 'GET', '/api/me')).status).toBe(200);
    const disabled = await ask(owner, 'PATCH', `${users}/${person.id}`, { disabled: true });
    expect(disabled.body.data.status).toBe('disabled');
    expect((await ask(session, 'GET', '/api/me')).status).toBe(401);
    await expect(signIn(person.email)).rejects.toThrow('401');
    await ask(owner, 'PATCH', `${users}/${person.id}`, { disabled: false });
    expect((await ask(session, 'GET', '/api/me')).status).toBe(401);
    expect((await ask(await signIn(person.email), 'GET', '/api/me')).status).toBe(200);
  });

  it('have their new role from the next request on', async () => {
    const tenant = await seedTenant();
    const owner = await signIn(tenant.email);
    const person = await member(tenant, 'staff');
    const session = await signIn(person.email);
    expect((await ask(session, 'GET', users)).status).toBe(403);
    await ask(owner, 'PATCH', `${users}/${person.id}`, { role: 'manager' });
    expect((await ask(session, 'GET', users)).status).toBe(200);
  });
});

describe('the rules about people', () => {
  it('nobody changes their own role, disables or deletes themselves, but their name they may', async () => {
    const tenant = await seedTenant();
    const owner = await signIn(tenant.email);
    const own = `${users}/${tenant.userId}`;
    for (const change of [{ role: 'staff' }, { disabled: true }])
      expect(reasonsOf(await ask(owner, 'PATCH', own, change))).toEqual(['own_account']);
    expect(reasonsOf(await ask(owner, 'DELETE', own))).toEqual(['own_account']);
    expect((await ask(owner, 'PATCH', own, { name: 'Neuer Name' })).body.data.name).toBe('Neuer Name');
  });

  it('the last owner who can sign in stays, whoever asks and however many at once', async () => {
    const tenant = await seedTenant();
    const second = await member(tenant, 'admin');
    const [first, other] = [await signIn(tenant.email), await signIn(second.email)];
    // Each takes the other's away at the same moment: one of them must fail.
    const both = await Promise.all([
      ask(first, 'PATCH', `${users}/${second.id}`, { role: 'staff' }),
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
    const owner = await signIn(tenant.email);
    const second = await member(tenant, 'admin');
    const session = await signIn(second.email);
    const email = `${unique('neu')}@mail.test`;
    await ask(owner, 'POST', users, { email, name: 'Mia Neu', role: 'admin' });
    expect((await ask(session, 'PATCH', `${users}/${tenant.userId}`, { role: 'staff' })).status).toBe(200);
    // The second is the last now; its own role it can't change anyway, and nobody else may.
    expect((await ask(owner, 'PATCH', `${users}/${second.id}`, { role: 'staff' })).status).toBe(403);
    expect(reasonsOf(await ask(session, 'DELETE', `${users}/${second.id}`))).toEqual(['own_account']);
  });

  it('keys manage nobody, and a role that lacks the right neither', async () => {
    const tenant = await seedTenant();
    const person = await member(tenant, 'staff');
    const manager = await signIn((await member(tenant, 'manager')).email);
    for (const [method, path, body] of [
      ['POST', users, { email: 'a@mail.test', name: 'Mia', role: 'staff' }],
      ['PATCH', `${users}/${person.id}`, { role: 'manager' }],
      ['DELETE', `${users}/${person.id}`, undefined],
    ] as const) {
      expect((await ask('', method, path, body, tenant.apiKey)).status).toBe(403);
      expect((await ask(manager, method, path, body)).status).toBe(403);
    }
  });

  it('what reaches far asks for the password that was typed too long ago', async () => {
    const tenant = await seedTenant();
    const owner = await signIn(tenant.email);
    const person = await member(tenant, 'staff');
    await env.DB.prepare('UPDATE sessions SET confirmed_at = 1 WHERE user_id = ?').bind(tenant.userId).run();
    const one = `${users}/${person.id}`;
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
    const session = await signIn(reseller.email);
    const person = (role: string) => ({ email: `${unique('neu')}@mail.test`, name: 'Mia Neu', role });
    expect((await ask(session, 'POST', users, person('reseller_agent'))).status).toBe(201);
    expect((await ask(session, 'POST', users, person('admin'))).status).toBe(422);
    expect((await ask(session, 'POST', users, person('super_admin'))).status).toBe(422);
  });
});

it('keys of somebody who is deleted go on with no more than their maker held', async () => {
  const tenant = await seedTenant();
  const owner = await signIn(tenant.email);
  const person = await member(tenant, 'manager');
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
  await env.DB.prepare('UPDATE api_keys SET created_by = ? WHERE id = ?').bind(`user:${person.id}`, id).run();
  expect((await ask(owner, 'DELETE', `${users}/${person.id}`)).status).toBe(200);
  expect((await apiKeyOf(scopeOf(tenant).db, id))?.scopes).toEqual(['view_calls']);
});
