/** Invitations: user, link, audit row and mail are made together; only the mail's link opens the account. */
import { describe, expect, it } from 'vitest';
import { env, seedTenant, unique, type SeededTenant } from '../../tests/contract/tenants.ts';
import { type UserActor, WHOLE_REACH } from '../../shared/actor.ts';
import { processNow, realNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { type Role, ROLE_PERMISSIONS } from '../../shared/permissions.ts';
import { platformOf } from '../env.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { accountMail, recipientOf } from '../notifications/account-messages.ts';
import type { NotificationRow } from '../storage/queries/notifications.ts';
import { linkByHash } from '../storage/identity/account-links.ts';
import { madeToFail } from '../storage/made-to-fail.fixture.ts';
import { forgetTenant } from '../storage/platform-db.ts';
import { usersOf } from '../storage/identity/users.ts';
import { effects } from '../storage/tables/delivery.ts';
import { auditLog } from '../storage/tables/identity.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { inviteUser } from './commands/invite-user.ts';

const platform = platformOf(env);

const scopeOf = (tenant: SeededTenant, by: SeededTenant = tenant, role: Role = 'admin'): TenantScope => {
  const actor: UserActor = {
    kind: 'user',
    ownRole: null,
    reach: WHOLE_REACH,
    userId: by.userId,
    tenantId: by.tenantId,
    realm: by.tenantId,
    role,
    permissions: ROLE_PERMISSIONS[role],
    language: 'de',
    sessionId: 'ses_none',
    confirmedAt: realNow(),
  };
  return openTenant(platform, tenant.tenantId, actor, { now: processNow(), requestId: 'req_test' });
};
const someone = (role: string, email = `${unique('neu')}@mail.test`) =>
  ({ email, name: 'Mia Neu', role, language: 'de' }) as const;

const causedIn = async (scope: TenantScope) =>
  (await scope.db.rows(effects, { limit: 50 })).filter((row) => row.kind === 'notify');

async function secretOf(scope: TenantScope, ref: { userId: string; linkId: string }): Promise<string> {
  const notice = { event: 'account.invited', ...ref } as const;
  const to = await recipientOf(scope, notice);
  if (to === null) throw new Error('nobody is told');
  const row = { id: 'ntf_1', recipient: to.email, language: to.language, expiresAt: to.expiresAt } as NotificationRow;
  const mail = await accountMail(scope, notice, row);
  return /\/invite#([\w-]+)/.exec(mail?.text ?? '')?.[1] ?? '';
}

describe('an invitation', () => {
  it('is a user without password, an audit row and a mail whose link alone opens it', async () => {
    const tenant = await seedTenant();
    const scope = scopeOf(tenant);
    const input = someone('receptionist', `Neu.${unique('x')}@Mail.test`);
    const made = await inviteUser(platform, scope, input);
    if (!made.ok) throw new Error(made.error.code);
    const found = (await usersOf(scope.db, null, 10)).find(({ id }) => id === made.value.userId);
    expect(found?.user).toMatchObject({ email: input.email.toLowerCase(), role: 'receptionist', emailVerified: false });
    expect((await scope.db.rows(auditLog, { limit: 10 })).map((row) => row.description)).toEqual(['user.invited']);
    const [effect] = await causedIn(scope);
    const ref = JSON.parse(effect?.ref ?? '{}') as { userId: string; linkId: string };
    expect(ref).toMatchObject({ event: 'account.invited', userId: made.value.userId });
    // Nothing that was stored opens it: the secret comes into being with the mail, and the newer mail's link is the one.
    const first = await secretOf(scope, ref);
    const second = await secretOf(scope, ref);
    expect(first).toHaveLength(43);
    expect(await linkByHash(platform, sha256Hex(first))).toBeNull();
    expect((await linkByHash(platform, sha256Hex(second)))?.user.id).toBe(made.value.userId);
  });

  it('of the same id is made once; an address is taken within its tenant only', async () => {
    const [tenant, other] = [await seedTenant(), await seedTenant()];
    const scope = scopeOf(tenant);
    const input = { ...someone('staff'), id: newId('user', processNow()) };
    expect(await inviteUser(platform, scope, input)).toEqual({ ok: true, value: { userId: input.id } });
    expect(await inviteUser(platform, scope, input)).toEqual({ ok: true, value: { userId: input.id } });
    expect(await causedIn(scope)).toHaveLength(1);
    expect(await inviteUser(platform, scope, someone('staff', input.email))).toMatchObject({
      error: { code: 'VALIDATION_ERROR', errors: { email: ['taken'] } },
    });
    expect((await inviteUser(platform, scopeOf(other), someone('staff', input.email))).ok).toBe(true);
  });

  it('comes whole or not at all', async () => {
    const tenant = await seedTenant();
    const scope = scopeOf(tenant);
    await madeToFail({ table: 'audit_log', tenantId: tenant.tenantId }, () =>
      expect(inviteUser(platform, scope, someone('staff'))).rejects.toThrow(),
    );
    expect(await usersOf(scope.db, null, 10)).toHaveLength(1);
    expect(await causedIn(scope)).toHaveLength(0);
  });
});

describe('the role of an invitation', () => {
  it('is one of the tenant’s type, and gives nothing that the inviting person lacks', async () => {
    const tenant = await seedTenant();
    expect(await inviteUser(platform, scopeOf(tenant), someone('reseller_admin'))).toMatchObject({
      error: { code: 'VALIDATION_ERROR', errors: { role: [expect.any(String)] } },
    });
    // A manager who may create users (a custom role to come) still makes no owner.
    const scope = scopeOf(tenant, tenant, 'manager');
    const may = { ...scope, actor: { ...scope.actor, permissions: [...ROLE_PERMISSIONS.manager, 'create_users'] } };
    expect(await inviteUser(platform, may as TenantScope, someone('admin'))).toMatchObject({
      error: { code: 'PERMISSION_DENIED' },
    });
    expect(await inviteUser(platform, scope, someone('staff'))).toMatchObject({
      error: { code: 'PERMISSION_DENIED', permission: 'create_users' },
    });
  });

  it('is given from above: a reseller’s to its own business, nobody’s to another', async () => {
    const reseller = await seedTenant({ type: 'reseller', role: 'reseller_admin' });
    const business = await seedTenant({ parentId: reseller.tenantId });
    const stranger = await seedTenant();
    const asReseller = (tenant: SeededTenant) => scopeOf(tenant, reseller, 'reseller_admin');
    expect((await inviteUser(platform, asReseller(business), someone('admin'))).ok).toBe(true);
    expect((await inviteUser(platform, asReseller(reseller), someone('reseller_agent'))).ok).toBe(true);
    expect(await inviteUser(platform, asReseller(stranger), someone('admin'))).toMatchObject({
      error: { code: 'NOT_FOUND' },
    });
  });
});

describe('how many users a tenant may have', () => {
  it('is kept by ten invitations at the same moment, and who found no room left nothing', async () => {
    const tenant = await seedTenant();
    const scope = scopeOf(tenant);
    const present = (await usersOf(scope.db, null, 100)).length;
    await env.DB.prepare('UPDATE tenants SET limits = ?1 WHERE id = ?2')
      .bind(JSON.stringify({ users: present + 3 }), tenant.tenantId)
      .run();
    forgetTenant(tenant.tenantId);
    const ten = await Promise.all(Array.from({ length: 10 }, () => inviteUser(platform, scope, someone('staff'))));
    expect(ten.filter(({ ok }) => ok)).toHaveLength(3);
    for (const one of ten)
      if (!one.ok) expect(one.error).toEqual({ code: 'LIMIT_REACHED', limit: 'users', max: present + 3 });
    expect(await usersOf(scope.db, null, 100)).toHaveLength(present + 3);
    expect(await causedIn(scope)).toHaveLength(3);
    const rows = await scope.db.rows(auditLog, { limit: 50 });
    expect(rows.filter(({ description }) => description === 'user.invited')).toHaveLength(3);
  });

  it('a full tenant still says that an address is taken, and that this very user is there', async () => {
    const tenant = await seedTenant();
    const known = { ...someone('staff'), id: newId('user', processNow()) };
    expect((await inviteUser(platform, scopeOf(tenant), known)).ok).toBe(true);
    await env.DB.prepare('UPDATE tenants SET limits = ?1 WHERE id = ?2')
      .bind(JSON.stringify({ users: 1 }), tenant.tenantId)
      .run();
    forgetTenant(tenant.tenantId);
    const scope = scopeOf(tenant);
    expect(await inviteUser(platform, scope, known)).toEqual({ ok: true, value: { userId: known.id } });
    expect(await inviteUser(platform, scope, someone('staff', known.email))).toMatchObject({
      error: { code: 'VALIDATION_ERROR' },
    });
    expect(await inviteUser(platform, scope, someone('staff'))).toMatchObject({ error: { code: 'LIMIT_REACHED' } });
  });
});
