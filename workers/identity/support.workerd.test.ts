/** The support looks in: only while the owner's consent stands, an hour at most, never into identity or money, and every row says who it was. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { beforeEach, describe, expect, it } from 'vitest';
import { realNow } from '../../shared/clock.ts';
import type { Role } from '../../shared/permissions.ts';
import {
  freshAddress,
  PASSWORD,
  PLATFORM,
  type SeededTenant,
  seedTenant,
  unique,
} from '../../tests/contract/tenants.ts';
import { env } from '../../tests/contract/tenants.ts';
import { app } from '../app.ts';
import { platformOf } from '../env.ts';
import { openTenant } from '../tenancy/scope.ts';
import { createUser } from './accounts.ts';

const REASON = 'Rückfrage zu den Öffnungszeiten';

interface Reply {
  status: number;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are asserted field by field
  body: any;
  cookies: string[];
}

/** A browser: keeps its cookies as one host gives them. */
class Browser {
  readonly jar = new Map<string, string>();
  readonly origin: string;
  address = freshAddress();
  constructor(origin = PLATFORM) {
    this.origin = origin;
  }
  get cookie(): string {
    return [...this.jar].map(([name, value]) => `${name}=${value}`).join('; ');
  }
  async ask(method: string, path: string, body?: unknown, headers: Record<string, string> = {}): Promise<Reply> {
    const context = createExecutionContext();
    const response = await app.fetch(
      new Request(`${this.origin}${path}`, {
        method,
        headers: {
          Cookie: this.cookie,
          'CF-Connecting-IP': this.address,
          ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
          ...headers,
        },
        redirect: 'manual',
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
      { ...env, RATE_LIMIT_SCALE: '1000' } as typeof env,
      context,
    );
    const text = await response.text();
    await waitOnExecutionContext(context);
    const cookies = response.headers.getSetCookie();
    for (const line of cookies) {
      const [pair = ''] = line.split(';');
      const at = pair.indexOf('=');
      if (/Max-Age=0(;|$)/.test(line)) this.jar.delete(pair.slice(0, at));
      else this.jar.set(pair.slice(0, at), pair.slice(at + 1));
    }
    const isJson = response.headers.get('Content-Type')?.startsWith('application/json') ?? false;
    return { status: response.status, body: isJson ? JSON.parse(text) : text, cookies };
  }
  async signIn(email: string): Promise<this> {
    const answer = await this.ask('POST', '/api/auth/sign-in/email', { email, password: PASSWORD });
    expect(answer.status, JSON.stringify(answer.body)).toBe(200);
    return this;
  }
}

const scopeOf = (tenant: SeededTenant) =>
  openTenant(platformOf(env), tenant.tenantId, { kind: 'system', cause: 'demo' });

async function personOf(tenant: SeededTenant, role: Role): Promise<{ userId: string; email: string }> {
  const email = `${unique('person')}@mail.test`;
  const input = {
    tenantId: tenant.tenantId,
    email,
    name: 'Petra Person',
    role,
    password: PASSWORD,
    language: 'de',
  } as const;
  const made = await createUser(platformOf(env), input, realNow());
  if (!made.ok) throw new Error(made.error.code);
  return { userId: made.value.userId, email };
}

const auditOf = async (tenant: SeededTenant) =>
  (
    await env.DB.prepare(
      'SELECT description, causer_type, causer_id, impersonator_id FROM audit_log WHERE tenant_id = ?1',
    )
      .bind(tenant.tenantId)
      .all<{ description: string; causer_type: string; causer_id: string; impersonator_id: string | null }>()
  ).results;

let tenant: SeededTenant;
let platform: SeededTenant;
let owner: Browser;
let operator: Browser;

beforeEach(async () => {
  tenant = await seedTenant();
  platform = await seedTenant({ type: 'platform', role: 'super_admin' });
  owner = await new Browser().signIn(tenant.email);
  operator = await new Browser().signIn(platform.email);
});

const allow = (hours = 24) => owner.ask('POST', '/api/v1/security/support-access', { hours });
const begin = (more: Record<string, unknown> = {}, by = operator) =>
  by.ask('POST', `/api/v1/tenants/${tenant.tenantId}/support/sessions`, {
    user_id: tenant.userId,
    reason: REASON,
    ...more,
  });
const codeOf = ({ status, body }: Reply) => [status, body?.error?.code];

describe('the consent', () => {
  it('is needed, and can be taken back, which ends what runs at once', async () => {
    expect(codeOf(await begin())).toEqual([409, 'SUPPORT_NOT_ALLOWED']);
    const given = await allow();
    expect(given.status).toBe(200);
    expect(given.body.data.given_by).toBe('Owner');
    expect((await begin()).status).toBe(201);
    const me = await operator.ask('GET', '/api/me');
    expect(me.body.data.user.id).toBe(tenant.userId);
    expect(me.body.data.support).toMatchObject({ operator_name: 'Owner', reason: REASON });
    const gone = await owner.ask('DELETE', '/api/v1/security/support-access');
    expect(gone.body.data).toEqual({ until: null, given_at: null, given_by: null });
    expect((await operator.ask('GET', '/api/me')).status).toBe(401);
    const [session] = (await owner.ask('GET', '/api/v1/security/support-sessions')).body.data;
    expect(session).toMatchObject({ ended_by: 'owner', running: false, reason: REASON, user_id: tenant.userId });
  });

  it('that has run out lets nobody in and ends what runs', async () => {
    await allow(1);
    expect((await begin()).status).toBe(201);
    await env.DB.prepare('UPDATE tenants SET support_access_until = ?1 WHERE id = ?2')
      .bind(realNow() - 1, tenant.tenantId)
      .run();
    expect((await operator.ask('GET', '/api/me')).status).toBe(401);
    // The page gives the operator the own session back.
    const page = await operator.ask('GET', '/admin', undefined, { Accept: 'text/html' });
    expect(page.status).toBe(302);
    expect((await operator.ask('GET', '/api/me')).body.data.user.id).toBe(platform.userId);
    expect(codeOf(await begin())).toEqual([409, 'SUPPORT_NOT_ALLOWED']);
  });

  it('is an owner’s to give: no manager, no key, for the offered hours only', async () => {
    const manager = await new Browser().signIn((await personOf(tenant, 'manager')).email);
    expect(codeOf(await manager.ask('POST', '/api/v1/security/support-access', { hours: 1 }))).toEqual([
      403,
      'PERMISSION_DENIED',
    ]);
    const byKey = await new Browser().ask(
      'POST',
      '/api/v1/security/support-access',
      { hours: 1 },
      {
        Authorization: `Bearer ${tenant.apiKey}`,
      },
    );
    expect(byKey.status).toBe(403);
    expect((await allow(2)).status).toBe(422);
  });

  it('tells the owners by mail when somebody begins', async () => {
    await allow();
    await begin();
    const { results } = await env.DB.prepare(
      "SELECT ref FROM effects WHERE tenant_id = ?1 AND kind = 'notify' AND ref LIKE '%account.support_began%'",
    )
      .bind(tenant.tenantId)
      .all<{ ref: string }>();
    expect(results.map(({ ref }) => JSON.parse(ref).userId)).toEqual([tenant.userId]);
  });
});

describe('a session of the support', () => {
  it('lasts an hour at most, and no longer than the consent', async () => {
    await allow(24);
    const hour = Date.parse((await begin()).body.data.ends_at) - realNow();
    expect(hour).toBeGreaterThan(59 * 60_000);
    expect(hour).toBeLessThanOrEqual(60 * 60_000);
    await env.DB.prepare('UPDATE sessions SET expires_at = ?1, ends_at = ?1 WHERE impersonated_by = ?2')
      .bind(realNow() - 1, platform.userId)
      .run();
    expect((await operator.ask('GET', '/api/me')).status).toBe(401);

    const again = await new Browser().signIn(platform.email);
    await env.DB.prepare('UPDATE tenants SET support_access_until = ?1 WHERE id = ?2')
      .bind(realNow() + 5 * 60_000, tenant.tenantId)
      .run();
    const short = Date.parse((await begin({}, again)).body.data.ends_at) - realNow();
    expect(short).toBeLessThanOrEqual(5 * 60_000);
  });

  it('ends with the operator’s own session', async () => {
    await allow();
    const before = (await operator.ask('GET', '/api/auth/sessions')).body.data.find(
      (one: { current: boolean }) => one.current,
    );
    await begin();
    await env.DB.prepare('DELETE FROM sessions WHERE id = ?1').bind(before.id).run();
    expect((await operator.ask('GET', '/api/me')).status).toBe(401);
  });

  it('gives the operator the own session back, and is none any more', async () => {
    await allow();
    const own = operator.cookie;
    await begin();
    const inside = operator.cookie;
    expect((await operator.ask('POST', '/api/v1/security/support-session/end')).body.data.url).toBe(
      `/admin/tenants/${tenant.tenantId}`,
    );
    expect((await operator.ask('GET', '/api/me')).body.data.user.id).toBe(platform.userId);
    expect(operator.cookie.includes('parked')).toBe(false);
    const thief = new Browser();
    for (const pair of inside.split('; ')) thief.jar.set(pair.split('=')[0] ?? '', pair.slice(pair.indexOf('=') + 1));
    expect((await thief.ask('GET', '/api/me')).status).toBe(401);
    expect(own).not.toBe('');
    expect(codeOf(await operator.ask('POST', '/api/v1/security/support-session/end'))).toEqual([404, 'NOT_FOUND']);
  });

  it('asks for a reason of ten characters and for the password', async () => {
    await allow();
    expect((await begin({ reason: 'zu kurz' })).status).toBe(422);
    await env.DB.prepare('UPDATE sessions SET confirmed_at = 1 WHERE user_id = ?1').bind(platform.userId).run();
    expect(codeOf(await begin())).toEqual([403, 'CONFIRMATION_REQUIRED']);
  });

  it('is no reseller’s, no key’s, opens no operator’s account, nobody who is disabled, and does not nest', async () => {
    await allow();
    const seller = await seedTenant({ type: 'reseller', role: 'reseller_admin' });
    await env.DB.prepare('UPDATE tenants SET parent_id = ?1 WHERE id = ?2')
      .bind(seller.tenantId, tenant.tenantId)
      .run();
    const reseller = await new Browser().signIn(seller.email);
    expect(codeOf(await begin({}, reseller))).toEqual([403, 'PERMISSION_DENIED']);
    const byKey = await new Browser().ask(
      'POST',
      `/api/v1/tenants/${tenant.tenantId}/support/sessions`,
      { user_id: tenant.userId, reason: REASON },
      { Authorization: `Bearer ${platform.apiKey}` },
    );
    expect(codeOf(byKey)).toEqual([403, 'PERMISSION_DENIED']);
    const colleague = await operator.ask('POST', `/api/v1/tenants/${platform.tenantId}/support/sessions`, {
      user_id: platform.userId,
      reason: REASON,
    });
    expect(codeOf(colleague)).toEqual([404, 'NOT_FOUND']);
    // A role of the operator in a business, however it came there.
    const stray = await personOf(tenant, 'staff');
    await env.DB.prepare("UPDATE users SET role = 'super_admin' WHERE id = ?1").bind(stray.userId).run();
    expect(codeOf(await begin({ user_id: stray.userId }))).toEqual([404, 'NOT_FOUND']);
    const away = await personOf(tenant, 'staff');
    await env.DB.prepare('UPDATE users SET disabled_at = 1 WHERE id = ?1').bind(away.userId).run();
    expect(codeOf(await begin({ user_id: away.userId }))).toEqual([404, 'NOT_FOUND']);
    expect((await begin()).status).toBe(201);
    expect(codeOf(await begin())).toEqual([403, 'SUPPORT_SESSION']);
  });

  it('changes nothing of identity, money and consent', async () => {
    await allow();
    await begin();
    const refused = async (method: string, path: string, body?: unknown): Promise<void> =>
      expect(codeOf(await operator.ask(method, path, body)), `${method} ${path}`).toEqual([403, 'SUPPORT_SESSION']);
    await refused('POST', '/api/auth/confirm-password', { password: PASSWORD });
    await refused('POST', '/api/auth/password/change', { current_password: PASSWORD, password: 'drei Hunde im Regen' });
    await refused('PATCH', '/api/auth/profile', { name: 'Anders' });
    await refused('POST', '/api/v1/users', { email: 'a@b.test', name: 'Mia Neu', role: 'staff' });
    await refused('POST', '/api/v1/api-keys', { name: 'x', scopes: ['view_calls'] });
    await refused('POST', '/api/v1/security/support-access', { hours: 168 });
    await refused('DELETE', '/api/v1/security/support-access');
    await refused('PATCH', '/api/v1/security/networks', { networks: [] });
    await refused('POST', '/api/v2/topups', { amount_cents: 5_000 });
  });

  it('names both in what it changes: in D1 and in an object', async () => {
    await allow();
    await begin();
    expect((await operator.ask('POST', '/api/v1/tags', { name: unique('Tag') })).status).toBe(201);
    const branch = await operator.ask('POST', '/api/v1/branches', {
      name: 'Filiale',
      company_id: 'none',
      time_zone: 'Europe/Berlin',
      country: 'DE',
    });
    await scopeOf(tenant).calendar.flush(2_000);
    const rows = (await auditOf(tenant)).filter((row) => row.impersonator_id !== null);
    const names = new Set(rows.map((row) => row.description));
    expect(names).toContain('tag.created');
    if (branch.status < 300) expect([...names].some((name) => name.startsWith('schedule.'))).toBe(true);
    for (const row of rows)
      expect(row).toMatchObject({ causer_type: 'user', causer_id: tenant.userId, impersonator_id: platform.userId });
    const listed = (await owner.ask('GET', `/api/v1/activity?impersonator_id=${platform.userId}`)).body.data;
    expect(listed.length).toBeGreaterThan(0);
    expect(listed[0]).toMatchObject({ causer_name: 'Owner', impersonator_name: 'Owner' });
    const file = await owner.ask('GET', '/api/v1/activity/export');
    expect(file.body).toContain(platform.userId);
  });
});

describe('on the account’s own host', () => {
  const branded = async (): Promise<void> => {
    await env.DB.prepare('UPDATE tenants SET brand = ?1 WHERE id = ?2')
      .bind(JSON.stringify({ productName: 'Schön' }), tenant.tenantId)
      .run();
  };

  it('a link carries the session over: once, within a minute, there only', async () => {
    await branded();
    await allow();
    const begun = await begin({ host: 'tenant' });
    expect(begun.status, JSON.stringify(begun.body)).toBe(201);
    const url = new URL(begun.body.data.url);
    expect(url.hostname).toBe(`${tenant.slug}.localhost`);
    // Nothing of it reached this host.
    expect((await operator.ask('GET', '/api/me')).body.data.user.id).toBe(platform.userId);
    const token = url.hash.slice(1);
    const stranger = await seedTenant();
    const elsewhere = await new Browser(stranger.origin).ask('POST', '/api/auth/support/enter', { token });
    expect(codeOf(elsewhere)).toEqual([404, 'NOT_FOUND']);
    const there = new Browser(tenant.origin);
    expect((await there.ask('POST', '/api/auth/support/enter', { token })).body.data.url).toBe('/admin');
    expect((await there.ask('GET', '/api/me')).body.data.support.reason).toBe(REASON);
    expect(codeOf(await new Browser(tenant.origin).ask('POST', '/api/auth/support/enter', { token }))).toEqual([
      404,
      'NOT_FOUND',
    ]);
    const left = await there.ask('POST', '/api/v1/security/support-session/end');
    expect(left.body.data.url).toMatch(/^http.*\/admin\/tenants\//);
    expect((await there.ask('GET', '/api/me')).status).toBe(401);
  });

  it('a late link opens nothing', async () => {
    await branded();
    await allow();
    const token = new URL((await begin({ host: 'tenant' })).body.data.url).hash.slice(1);
    await env.DB.prepare('UPDATE support_sessions SET token_until = ?1 WHERE tenant_id = ?2')
      .bind(realNow() - 1, tenant.tenantId)
      .run();
    expect(codeOf(await new Browser(tenant.origin).ask('POST', '/api/auth/support/enter', { token }))).toEqual([
      404,
      'NOT_FOUND',
    ]);
  });
});

describe('networks', () => {
  it('keep people of the panel out from elsewhere, but not who sets them', async () => {
    const outside = await owner.ask('PATCH', '/api/v1/security/networks', { networks: ['203.0.113.0/24'] });
    expect(outside.status).toBe(422);
    expect((await owner.ask('PATCH', '/api/v1/security/networks', { networks: ['kein Netz'] })).status).toBe(422);
    const networks = [owner.address, '2001:db8::/32'];
    expect((await owner.ask('PATCH', '/api/v1/security/networks', { networks })).body.data.networks).toEqual(networks);
    expect((await owner.ask('GET', '/api/me')).status).toBe(200);
    const manager = new Browser();
    manager.address = '2001:db8:7::1';
    await manager.signIn((await personOf(tenant, 'manager')).email);
    expect((await manager.ask('GET', '/api/me')).status).toBe(200);
    manager.address = '198.51.100.7';
    const refused = await manager.ask('GET', '/api/me');
    expect(codeOf(refused)).toEqual([403, 'ADDRESS_REFUSED']);
    expect(refused.body.error.message).toContain('198.51.100.7');
    expect(codeOf(await manager.ask('POST', '/api/v1/tags', { name: 'x' }))).toEqual([403, 'ADDRESS_REFUSED']);
    // Signing out works from everywhere, and ends the session.
    const session = manager.cookie;
    expect((await manager.ask('POST', '/api/auth/sign-out')).status).toBe(200);
    const still = new Browser();
    still.address = '2001:db8:7::1';
    still.jar.set(session.split('=')[0] ?? '', session.slice(session.indexOf('=') + 1).split(';')[0] ?? '');
    expect((await still.ask('GET', '/api/me')).status).toBe(401);
  });

  it('hold for nobody in the portal and for no key, and the support comes in by the consent', async () => {
    await owner.ask('PATCH', '/api/v1/security/networks', { networks: [owner.address] });
    const payer = await new Browser().signIn((await personOf(tenant, 'portal_user')).email);
    expect((await payer.ask('GET', '/api/me')).status).toBe(200);
    const key = await new Browser().ask('GET', '/api/me', undefined, { Authorization: `Bearer ${tenant.apiKey}` });
    expect(key.status).toBe(200);
    await allow();
    await begin();
    expect((await operator.ask('GET', '/api/me')).body.data.user.id).toBe(tenant.userId);
  });

  it('are lifted by the operator, with a reason in both logs, and by no reseller', async () => {
    await owner.ask('PATCH', '/api/v1/security/networks', { networks: [owner.address] });
    owner.address = freshAddress();
    expect((await owner.ask('GET', '/api/me')).status).toBe(403);
    const path = `/api/v1/tenants/${tenant.tenantId}/support/lift-networks`;
    const seller = await seedTenant({ type: 'reseller', role: 'reseller_admin' });
    await env.DB.prepare('UPDATE tenants SET parent_id = ?1 WHERE id = ?2')
      .bind(seller.tenantId, tenant.tenantId)
      .run();
    const reseller = await new Browser().signIn(seller.email);
    expect((await reseller.ask('POST', path, { reason: REASON })).status).toBe(403);
    expect((await operator.ask('POST', path, { reason: 'kurz' })).status).toBe(422);
    expect((await operator.ask('POST', path, { reason: REASON })).body.data.networks).toEqual([]);
    expect((await owner.ask('GET', '/api/me')).status).toBe(200);
    for (const log of [await auditOf(tenant), await auditOf(platform)])
      expect(log.map(({ description }) => description)).toContain('networks.lifted');
  });
});
