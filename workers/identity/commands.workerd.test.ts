/** Changes of sessions and keys with their audit rows: both or neither, on the control plane's own shard and on another one. */
import { describe, expect, it } from 'vitest';
import { type SeededTenant, env, freshAddress, PASSWORD, seedTenant } from '../../tests/contract/tenants.ts';
import { type UserActor, WHOLE_REACH } from '../../shared/actor.ts';
import { processNow, realNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { ROLE_PERMISSIONS } from '../../shared/permissions.ts';
import { platformOf } from '../env.ts';
import { apiKeysOf } from '../storage/identity/api-keys.ts';
import { madeToFail } from '../storage/made-to-fail.fixture.ts';
import { auditLog } from '../storage/tables/identity.ts';
import { asTenantId } from '../tenancy/directory.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { createApiKey } from './commands/create-api-key.ts';
import { deleteApiKey } from './commands/delete-api-key.ts';
import { deleteSession } from './commands/delete-session.ts';
import { rotateApiKey } from './commands/rotate-api-key.ts';
import { signIn } from './commands/sign-in.ts';
import { signOut } from './commands/sign-out.ts';
import { listSessions } from './queries/sessions.ts';

const platform = platformOf(env);
const now = processNow();

const actorOf = (tenantId: TenantId, tenant?: SeededTenant, sessionId = 'ses_none'): UserActor => ({
  kind: 'user',
  ownRole: null,
  reach: WHOLE_REACH,
  userId: tenant?.userId ?? 'usr_nobody',
  tenantId,
  realm: tenantId,
  role: 'admin',
  permissions: ROLE_PERMISSIONS.admin,
  language: 'de',
  sessionId,
  confirmedAt: realNow(),
});
const scopeOf = (tenantId: TenantId, tenant?: SeededTenant, sessionId?: string): TenantScope =>
  openTenant(platform, tenantId, actorOf(tenantId, tenant, sessionId), { now, requestId: 'req_test' });
const audited = async (scope: TenantScope): Promise<string[]> =>
  (await scope.db.rows(auditLog, { limit: 100 })).map((row) => row.description).sort();
const keyNames = async (scope: TenantScope): Promise<string[]> =>
  (await apiKeysOf(scope.db, null, 100)).map((row) => row.name);
const trySignIn = (tenant: SeededTenant, password: string, email = tenant.email) =>
  signIn(platform, {
    email,
    password,
    rememberMe: true,
    cookie: undefined,
    realm: { kind: 'tenant', tenantId: tenant.tenantId, host: 'test' },
    address: freshAddress(),
    headers: new Headers(),
    secure: false,
    now,
    requestId: 'req_test',
  });

const auditFails = <T>(tenantId: string, run: () => Promise<T>, database?: D1Database): Promise<T> =>
  madeToFail({ table: 'audit_log', tenantId, ...(database && { database }) }, run);

const newKey = { name: 'k', mode: 'test', scopes: ['view_calls'], lifeDays: 1, now } as const;

describe('a key and its audit row', () => {
  it('both are there after each change', async () => {
    const scope = scopeOf((await seedTenant()).tenantId);
    const made = await createApiKey(scope, newKey);
    if (!made.ok) throw new Error(made.error.code);
    const rotated = await rotateApiKey(scope, { id: made.value.row.id, graceDays: 1, now });
    if (!rotated.ok) throw new Error(rotated.error.code);
    expect((await deleteApiKey(scope, { id: made.value.row.id, now })).ok).toBe(true);
    expect(await deleteApiKey(scope, { id: made.value.row.id, now })).toMatchObject({ error: { code: 'NOT_FOUND' } });
    expect(await audited(scope)).toEqual(['api_key.created', 'api_key.revoked', 'api_key.rotated']);
  });

  it('neither is there when the batch fails', async () => {
    const tenant = await seedTenant();
    const scope = scopeOf(tenant.tenantId);
    await auditFails(tenant.tenantId, async () => {
      await expect(createApiKey(scope, newKey)).rejects.toThrow();
      await expect(rotateApiKey(scope, { id: tenant.apiKeyId, graceDays: 0, now })).rejects.toThrow();
      await expect(deleteApiKey(scope, { id: tenant.apiKeyId, now })).rejects.toThrow();
    });
    const [seeded, ...more] = await apiKeysOf(scope.db, null, 100);
    expect(more).toEqual([]);
    expect(seeded).toMatchObject({ id: tenant.apiKeyId, expiresAt: null, revokedAt: null });
    expect(await audited(scope)).toEqual([]);
  });

  it('the change fails and its audit row is not there', async () => {
    const { tenantId } = await seedTenant();
    const scope = scopeOf(tenantId);
    await madeToFail({ table: 'api_keys', tenantId }, () => expect(createApiKey(scope, newKey)).rejects.toThrow());
    expect(await audited(scope)).toEqual([]);
  });

  it('of two revocations at once the one that lost leaves nothing', async () => {
    const tenant = await seedTenant();
    const scope = scopeOf(tenant.tenantId);
    const done = await Promise.all([
      deleteApiKey(scope, { id: tenant.apiKeyId, now }),
      deleteApiKey(scope, { id: tenant.apiKeyId, now }),
    ]);
    expect(done.filter((result) => result.ok)).toHaveLength(1);
    expect(await audited(scope)).toEqual(['api_key.revoked']);
  });

  it.each(['create_api_keys', 'edit_api_keys', 'delete_api_keys'] as const)('asks for %s first', async (permission) => {
    const { tenantId, apiKeyId } = await seedTenant();
    const actor = { ...actorOf(tenantId), permissions: ROLE_PERMISSIONS.admin.filter((one) => one !== permission) };
    const scope = openTenant(platform, tenantId, actor, { now });
    const run = {
      create_api_keys: () => createApiKey(scope, newKey),
      edit_api_keys: () => rotateApiKey(scope, { id: apiKeyId, graceDays: 1, now }),
      delete_api_keys: () => deleteApiKey(scope, { id: apiKeyId, now }),
    }[permission];
    expect(await run()).toMatchObject({ error: { code: 'PERMISSION_DENIED', permission } });
  });
});

describe('a tenant on another shard', () => {
  const elsewhere = async (): Promise<TenantScope> => scopeOf(asTenantId(`${(await seedTenant()).tenantId}.s1`));

  it('has its audit rows there and its keys on the control plane', async () => {
    const scope = await elsewhere();
    const made = await createApiKey(scope, newKey);
    if (!made.ok) throw new Error(made.error.code);
    expect((await deleteApiKey(scope, { id: made.value.row.id, now })).ok).toBe(true);
    expect(await audited(scope)).toEqual(['api_key.created', 'api_key.revoked']);
    const there = env.DB_SHARD_1 as D1Database;
    const count = 'SELECT count(*) AS n FROM audit_log WHERE tenant_id = ?';
    expect(await there.prepare(count).bind(scope.tenantId).first('n')).toBe(2);
  });

  it('makes no key without an audit row', async () => {
    const scope = await elsewhere();
    const run = () => expect(createApiKey(scope, newKey)).rejects.toThrow();
    await auditFails(scope.tenantId, run, env.DB_SHARD_1 as D1Database);
    expect(await keyNames(scope)).toEqual([]);
  });

  it('says of a row whose change was not made that nobody knows of it', async () => {
    const scope = await elsewhere();
    await madeToFail({ table: 'api_keys', tenantId: scope.tenantId }, () =>
      expect(createApiKey(scope, newKey)).rejects.toThrow(),
    );
    expect(await keyNames(scope)).toEqual([]);
    expect(await audited(scope)).toEqual(['api_key.created', 'api_key.created_unconfirmed']);
  });
});

describe('a session and its audit row', () => {
  const begun = async (): Promise<{ tenant: SeededTenant; scope: TenantScope; sessionId: string }> => {
    const tenant = await seedTenant();
    const signedIn = await trySignIn(tenant, PASSWORD);
    if (!signedIn.ok) throw new Error(signedIn.error.code);
    if (signedIn.value.kind !== 'session') throw new Error('a second factor is asked for');
    const { sessionId } = signedIn.value.actor;
    return { tenant, scope: scopeOf(tenant.tenantId, tenant, sessionId), sessionId };
  };

  it('begins with a row and ends with one, once', async () => {
    const { scope } = await begun();
    expect(await signOut(scope, { address: '10.0.0.1' })).toMatchObject({ ok: true });
    expect(await signOut(scope, { address: '10.0.0.1' })).toMatchObject({ ok: true });
    expect(await audited(scope)).toEqual(['session.ended', 'session.started']);
    expect(await listSessions(scope)).toEqual([]);
  });

  it('goes on when the row of its end fails', async () => {
    const { tenant, scope, sessionId } = await begun();
    await auditFails(tenant.tenantId, async () => {
      await expect(signOut(scope, { address: '10.0.0.1' })).rejects.toThrow();
      await expect(deleteSession(scope, { id: sessionId })).rejects.toThrow();
    });
    expect(await listSessions(scope)).toMatchObject([{ id: sessionId, current: true }]);
    expect(await audited(scope)).toEqual(['session.started']);
  });

  it('is not handed out when the row of its beginning fails', async () => {
    const tenant = await seedTenant();
    await auditFails(tenant.tenantId, () => expect(trySignIn(tenant, PASSWORD)).rejects.toThrow());
    const scope = scopeOf(tenant.tenantId, tenant);
    expect(await listSessions(scope)).toEqual([]);
    expect(await audited(scope)).toEqual([]);
  });
});

describe('failed sign-ins', () => {
  it('leave a row each, and one where a lock begins; what the lock refuses leaves none', async () => {
    const tenant = await seedTenant();
    const codes: string[] = [];
    for (let i = 0; i < 8; i++) {
      const tried = await trySignIn(tenant, 'wrong-password');
      codes.push(tried.ok ? 'ok' : tried.error.code);
    }
    const counted = codes.filter((code) => code === 'INVALID_CREDENTIALS').length;
    const rows = await audited(scopeOf(tenant.tenantId));
    expect(rows.filter((one) => one === 'sign_in.failed')).toHaveLength(counted);
    expect(rows.filter((one) => one === 'sign_in.locked')).toHaveLength(counted - 5);
    expect(codes).toContain('RATE_LIMITED');
    const [row] = await scopeOf(tenant.tenantId).db.rows(auditLog, { limit: 1 });
    expect(row).toMatchObject({ subjectType: 'user', subjectId: tenant.userId, causerType: 'guest' });
  });

  it('of an account that is not there lie with the host, without the name that was typed', async () => {
    const tenant = await seedTenant();
    await trySignIn(tenant, 'wrong-password', 'nobody@nowhere.test');
    const rows = await scopeOf(tenant.tenantId).db.rows(auditLog, { limit: 10 });
    expect(rows).toMatchObject([{ description: 'sign_in.failed', subjectType: 'unknown_account' }]);
    expect(JSON.stringify(rows)).not.toContain('nobody@');
  });
});
