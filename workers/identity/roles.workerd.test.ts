/** Roles of a tenant's own over HTTP: nobody gives more than they hold, a change holds at the next request, nobody locks anybody out. */
import { describe, expect, it } from 'vitest';
import { seedTenant, unique } from '../../tests/contract/tenants.ts';
import { askAs as ask, audited, colleagueOf, reasonsOf, sessionOf } from './ways-in.fixture.ts';

const ROLES = '/api/v1/roles';
const USERS = '/api/v1/users';

async function role(owner: string, permissions: readonly string[], base = 'receptionist'): Promise<string> {
  const made = await ask(owner, 'POST', ROLES, { name: unique('Rolle'), base_role: base, permissions });
  if (made.status !== 201) throw new Error(JSON.stringify(made.body));
  return made.body.data.id;
}
const codeOf = (answer: { body: { error?: { code?: string } } }) => answer.body.error?.code;
describe('roles of a tenant', () => {
  it('are listed behind ours, shown with who has them, changed, deleted and restored, each with its line in the log', async () => {
    const tenant = await seedTenant();
    const owner = await sessionOf(tenant.email);
    const id = await role(owner, ['view_appointments']);
    const listed = await ask(owner, 'GET', ROLES);
    expect(listed.body.data.map((one: { id: string }) => one.id)).toEqual([
      'admin',
      'manager',
      'receptionist',
      'staff',
      'portal_user',
      id,
    ]);
    expect(listed.body.data[0]).toMatchObject({ built_in: true, user_count: 1 });
    const person = await colleagueOf(tenant, 'staff');
    expect((await ask(owner, 'PATCH', `${USERS}/${person.userId}`, { role_id: id })).body.data).toMatchObject({
      role: 'receptionist',
      role_id: id,
    });
    expect((await ask(owner, 'GET', `${ROLES}/${id}`)).body.data.users).toEqual([
      { id: person.userId, name: 'Jo Kolle', disabled: false },
    ]);
    expect(reasonsOf(await ask(owner, 'DELETE', `${ROLES}/${id}`))).toEqual(['role_in_use']);
    await ask(owner, 'PATCH', `${USERS}/${person.userId}`, { role_id: 'staff' });
    expect((await ask(owner, 'DELETE', `${ROLES}/${id}`)).status).toBe(200);
    expect((await ask(owner, 'GET', `${ROLES}/${id}`)).status).toBe(404);
    expect((await ask(owner, 'PATCH', `${USERS}/${person.userId}`, { role_id: id })).status).toBe(404);
    expect((await ask(owner, 'GET', `${ROLES}?deleted=true`)).body.data).toHaveLength(1);
    expect((await ask(owner, 'POST', `${ROLES}/${id}/restore`)).status).toBe(200);
    const log = await audited(tenant);
    expect(log).toEqual(expect.arrayContaining(['role.created', 'role.deleted', 'role.restored']));
  });

  it('decide at the next request, in place of the bundle of the role they are based on', async () => {
    const tenant = await seedTenant();
    const owner = await sessionOf(tenant.email);
    const id = await role(owner, ['view_customers']);
    const person = await colleagueOf(tenant, 'receptionist');
    const session = await sessionOf(person.email);
    expect((await ask(session, 'GET', '/api/v1/appointments')).status).toBe(200);
    await ask(owner, 'PATCH', `${USERS}/${person.userId}`, { role_id: id });
    expect((await ask(session, 'GET', '/api/v1/appointments')).status).toBe(403);
    expect((await ask(session, 'GET', '/api/v1/customers')).status).toBe(200);
    const me = await ask(session, 'GET', '/api/me');
    expect(me.body.data).toMatchObject({ role: 'receptionist', permissions: ['view_customers'] });
    expect(me.body.data.role_name).toMatch(/^Rolle/);
    await ask(owner, 'PATCH', `${ROLES}/${id}`, { permissions: ['view_appointments'] });
    expect((await ask(session, 'GET', '/api/v1/customers')).status).toBe(403);
    expect((await ask(session, 'GET', '/api/v1/appointments')).status).toBe(200);
  });

  it('bound what a key of whoever has them may', async () => {
    const tenant = await seedTenant();
    const owner = await sessionOf(tenant.email);
    const id = await role(owner, ['view_customers', 'view_tags', 'create_api_keys', 'view_api_keys'], 'admin');
    const person = await colleagueOf(tenant, 'receptionist');
    await ask(owner, 'PATCH', `${USERS}/${person.userId}`, { role_id: id });
    const session = await sessionOf(person.email);
    const scopes = ['view_customers', 'view_tags'];
    const made = await ask(session, 'POST', '/api/v1/api-keys', { name: 'Website', mode: 'test', scopes });
    expect(made.status).toBe(201);
    const { key } = made.body.data;
    expect((await ask(key, 'GET', '/api/v1/tags')).status).toBe(200);
    // `admin` would hold it: the role that counts does not.
    await ask(owner, 'PATCH', `${ROLES}/${id}`, { permissions: ['view_customers'] });
    expect((await ask(key, 'GET', '/api/v1/tags')).status).toBe(403);
    expect((await ask(key, 'GET', '/api/v1/customers')).status).toBe(200);
  });
});

describe('the rules about roles', () => {
  it('ours are read, never changed', async () => {
    const owner = await sessionOf((await seedTenant()).email);
    expect((await ask(owner, 'GET', `${ROLES}/manager`)).body.data).toMatchObject({ built_in: true });
    expect(reasonsOf(await ask(owner, 'PATCH', `${ROLES}/manager`, { name: 'Anders' }))).toEqual(['built_in_role']);
    expect(reasonsOf(await ask(owner, 'DELETE', `${ROLES}/manager`))).toEqual(['built_in_role']);
    // Of another kind of account: there is none.
    expect((await ask(owner, 'GET', `${ROLES}/super_admin`)).status).toBe(404);
  });

  it('hold only what this kind of account can have and who makes them holds', async () => {
    const tenant = await seedTenant();
    const owner = await sessionOf(tenant.email);
    const body = { name: unique('Rolle'), base_role: 'manager' };
    expect(codeOf(await ask(owner, 'POST', ROLES, { ...body, permissions: ['view_platform_costs'] }))).toBe(
      'VALIDATION_ERROR',
    );
    expect((await ask(owner, 'POST', ROLES, { ...body, permissions: ['view_everything'] })).status).toBe(422);
    expect((await ask(owner, 'POST', ROLES, { ...body, base_role: 'super_admin', permissions: [] })).status).toBe(422);
    const narrow = await role(owner, ['view_roles', 'create_roles', 'edit_roles', 'delete_roles'], 'manager');
    const wide = await role(owner, ['view_roles', 'view_customers']);
    const person = await colleagueOf(tenant, 'receptionist');
    await ask(owner, 'PATCH', `${USERS}/${person.userId}`, { role_id: narrow });
    const session = await sessionOf(person.email);
    expect((await ask(session, 'POST', ROLES, { ...body, permissions: ['view_customers'] })).status).toBe(403);
    // What holds more than one's own is not one's to change.
    expect((await ask(session, 'PATCH', `${ROLES}/${wide}`, { permissions: [] })).status).toBe(403);
    expect((await ask(session, 'DELETE', `${ROLES}/${wide}`)).status).toBe(403);
    expect((await ask(session, 'POST', ROLES, { ...body, permissions: ['view_roles'] })).status).toBe(201);
  });

  it('nobody takes from their own role what would give it back, and none has a name twice', async () => {
    const tenant = await seedTenant();
    const owner = await sessionOf(tenant.email);
    const id = await role(owner, ['view_roles', 'edit_roles', 'view_customers'], 'admin');
    const person = await colleagueOf(tenant, 'receptionist');
    await ask(owner, 'PATCH', `${USERS}/${person.userId}`, { role_id: id });
    const session = await sessionOf(person.email);
    const own = `${ROLES}/${id}`;
    expect(reasonsOf(await ask(session, 'PATCH', own, { permissions: ['view_customers'] }))).toEqual(['own_role']);
    expect((await ask(session, 'PATCH', own, { permissions: ['view_roles', 'edit_roles'] })).status).toBe(200);
    const { name } = (await ask(owner, 'GET', own)).body.data;
    expect((await ask(owner, 'POST', ROLES, { name, base_role: 'staff', permissions: [] })).status).toBe(422);
  });

  it('somebody with a narrower role of an owner is no owner: the last whole one stays', async () => {
    const tenant = await seedTenant();
    const owner = await sessionOf(tenant.email);
    const id = await role(owner, ['view_users', 'edit_users', 'delete_users'], 'admin');
    const person = await colleagueOf(tenant, 'admin');
    const other = await sessionOf(person.email);
    // Two whole owners: one may go over.
    expect((await ask(owner, 'PATCH', `${USERS}/${person.userId}`, { role_id: id })).status).toBe(200);
    // And what is left of them does not reach who holds more.
    expect((await ask(other, 'DELETE', `${USERS}/${tenant.userId}`)).status).toBe(403);
    const second = await colleagueOf(tenant, 'admin');
    const again = await sessionOf(second.email);
    expect((await ask(again, 'PATCH', `${USERS}/${tenant.userId}`, { role_id: id })).status).toBe(200);
    expect(reasonsOf(await ask(again, 'PATCH', `${USERS}/${second.userId}`, { role_id: id }))).toEqual(['own_account']);
  });

  it('a key changes none, whatever its scopes', async () => {
    const tenant = await seedTenant();
    const body = { name: unique('Rolle'), base_role: 'staff', permissions: [] };
    expect(codeOf(await ask(tenant.apiKey, 'POST', ROLES, body))).toBe('CONFIRMATION_REQUIRED');
    expect((await ask(tenant.apiKey, 'GET', ROLES)).status).toBe(200);
  });
});
