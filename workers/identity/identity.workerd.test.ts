import { platformOf } from '../env.ts';
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { describe, expect, it, vi } from 'vitest';
import {
  env,
  freshAddress,
  PLATFORM,
  PASSWORD,
  productionEnv,
  type SeededTenant,
  seedTenant,
  unique,
} from '../../tests/contract/tenants.ts';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { PERMISSIONS, ROLE_PERMISSIONS } from '../../shared/permissions.ts';
import { apiRequest, everyRequest } from '../http/middleware.ts';
import { notFound, onError } from '../http/problem.ts';
import { createRoutes } from '../http/module-routes.ts';
import { forgetApiKeys } from '../storage/identity/api-keys.ts';
import { auditLog } from '../storage/tables/identity.ts';
import { openTenant } from '../tenancy/scope.ts';
import { createUser } from './accounts.ts';
import { installApiKey } from './api-keys.ts';
import { identityRoutes } from './routes.ts';
import { teamRoutes } from './team-routes.ts';
import { waysInRoutes } from './ways-in-routes.ts';
import { hashPassword } from './password.ts';
import { openSealed, seal } from '../tenancy/seal.ts';

/** The edge as app.ts assembles it, with this module only. */
const app = createRoutes();
app.use('*', ...everyRequest);
app.use('/api/*', ...apiRequest);
for (const part of [identityRoutes, teamRoutes, waysInRoutes]) app.route('/', part);
app.onError(onError);
app.notFound(notFound);

interface Call {
  method?: string;
  body?: unknown;
  raw?: BodyInit;
  headers?: Record<string, string>;
  key?: string;
  cookie?: string;
  address?: string;
  production?: boolean;
}
async function call(url: string, options: Call = {}): Promise<Response> {
  const headers = new Headers(options.headers);
  headers.set('CF-Connecting-IP', options.address ?? freshAddress());
  if (options.key !== undefined) headers.set('Authorization', `Bearer ${options.key}`);
  if (options.cookie !== undefined) headers.set('Cookie', options.cookie);
  const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  if (body !== undefined && !headers.has('Content-Type')) headers.set('Content-Type', 'application/json');
  const method = options.method ?? (body === undefined ? 'GET' : 'POST');
  const context = createExecutionContext();
  const response = await app.fetch(
    new Request(url, { method, headers, ...(body === undefined ? {} : { body }) }),
    options.production === true ? productionEnv : env,
    context,
  );
  await waitOnExecutionContext(context);
  return response;
}
const signIn = (origin: string, email: string, password: string, address?: string) =>
  call(`${origin}/api/auth/sign-in/email`, {
    body: { email, password },
    ...(address === undefined ? {} : { address }),
  });
const cookieOf = (response: Response): string =>
  response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
// biome-ignore lint/suspicious/noExplicitAny: answers are judged by what they hold
const json = async (response: Response) => (await response.json()) as any;

describe('sign-in', () => {
  it('on the platform host finds the user in any realm; the cookie is HttpOnly, Lax and bound to the host', async () => {
    const tenant = await seedTenant();
    const response = await signIn(PLATFORM, tenant.email, PASSWORD);
    expect(response.status).toBe(200);
    expect(await json(response)).toMatchObject({
      success: true,
      data: { user: { id: tenant.userId, email: tenant.email }, tenant_id: tenant.tenantId, role: 'admin' },
    });
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^askpro_session=/);
    expect(cookie).toMatch(/HttpOnly/i);
    expect(cookie).toMatch(/SameSite=Lax/i);
    expect(cookie).not.toMatch(/Domain=/i);
    expect(cookie).not.toMatch(/;\s*Secure/i);
    const me = await json(await call(`${PLATFORM}/api/me`, { cookie: cookieOf(response) }));
    expect(me.data).toMatchObject({
      user: { email: tenant.email },
      tenant: { id: tenant.tenantId, slug: tenant.slug },
      role: 'admin',
      language: 'de',
    });
    expect(me.data.permissions).toContain('manage_integrations');
  });

  it('behind https the cookie is Secure and carries the __Host- prefix', async () => {
    const tenant = await seedTenant();
    const response = await signIn('https://localhost', tenant.email, PASSWORD);
    const [cookie = ''] = response.headers.getSetCookie();
    expect(cookie).toMatch(/^__Host-askpro_session=/);
    expect(cookie).toMatch(/;\s*Secure/i);
    expect(response.headers.get('Strict-Transport-Security')).toContain('max-age=');
    expect((await call('https://localhost/api/me', { cookie: cookieOf(response) })).status).toBe(200);
  });

  it('the same e-mail in two realms is two accounts, each found on its own host', async () => {
    const email = `${unique('twin')}@example.test`;
    const a = await seedTenant({ email });
    const b = await seedTenant({ email });
    for (const tenant of [a, b]) {
      const response = await signIn(tenant.origin, email, PASSWORD);
      expect((await json(response)).data).toMatchObject({ tenant_id: tenant.tenantId, user: { id: tenant.userId } });
    }
  });

  it('a user of another tenant can neither sign in nor act on a tenant host', async () => {
    const [a, b] = [await seedTenant(), await seedTenant()];
    expect((await signIn(b.origin, a.email, PASSWORD)).status).toBe(401);
    const cookie = cookieOf(await signIn(a.origin, a.email, PASSWORD));
    expect((await call(`${a.origin}/api/me`, { cookie })).status).toBe(200);
    expect((await call(`${b.origin}/api/me`, { cookie })).status).toBe(404);
    expect((await call(`${b.origin}/api/me`, { key: a.apiKey })).status).toBe(404);
  });

  it("on a reseller's host its customers may act, on a customer's host the reseller may not", async () => {
    const reseller = await seedTenant({ type: 'reseller', role: 'reseller_admin' });
    const customer = await seedTenant({ parentId: reseller.tenantId });
    const stranger = await seedTenant();
    expect((await signIn(reseller.origin, customer.email, PASSWORD)).status).toBe(200);
    expect((await signIn(reseller.origin, stranger.email, PASSWORD)).status).toBe(401);
    expect((await signIn(customer.origin, reseller.email, PASSWORD)).status).toBe(401);
  });

  it('a wrong password and an unknown account get the same answer', async () => {
    const tenant = await seedTenant();
    const [wrong, unknown] = [
      await signIn(PLATFORM, tenant.email, 'wrong-password'),
      await signIn(PLATFORM, `${unique('x')}@nowhere.test`, 'wrong-password'),
    ];
    expect([wrong.status, unknown.status]).toEqual([401, 401]);
    const [a, b] = [await json(wrong), await json(unknown)];
    expect({ ...a.error, request_id: '' }).toEqual({ ...b.error, request_id: '' });
    expect(a.error.code).toBe('INVALID_CREDENTIALS');
    expect(wrong.headers.getSetCookie()).toEqual([]);
  });

  it('an unknown host is the neutral 404, a malformed one too', async () => {
    for (const origin of ['http://nobody.localhost', 'http://evil.example', 'http://8.8.8.8']) {
      const response = await call(`${origin}/api/me`);
      expect(response.status).toBe(404);
      expect((await json(response)).error.code).toBe('NOT_FOUND');
    }
  });

  it('there is no sign-up over HTTP', async () => {
    const response = await call(`${PLATFORM}/api/auth/sign-up/email`, {
      body: { email: 'a@b.test', password: PASSWORD, name: 'A' },
    });
    expect(response.status).toBe(404);
  });

  it('one realm cannot have an e-mail twice, whatever its case', async () => {
    const tenant = await seedTenant();
    const again = await createUser(
      platformOf(env),
      {
        tenantId: tenant.tenantId,
        email: tenant.email.toUpperCase(),
        name: 'B',
        role: 'staff',
        password: PASSWORD,
        language: 'de',
      },
      processNow(),
    );
    expect(again.ok).toBe(false);
  });

  it('a password typed with another case of the e-mail signs in', async () => {
    const tenant = await seedTenant();
    expect((await signIn(PLATFORM, tenant.email.toUpperCase(), PASSWORD)).status).toBe(200);
  });
});

describe('lock-out', () => {
  it('grows with failures, holds for the right password too, and a success would have cleared it', async () => {
    const tenant = await seedTenant();
    const statuses: number[] = [];
    for (let i = 0; i < 8; i++) statuses.push((await signIn(PLATFORM, tenant.email, 'wrong-password')).status);
    expect(statuses.slice(0, 5)).toEqual([401, 401, 401, 401, 401]);
    expect(statuses).toContain(429);
    const locked = await signIn(PLATFORM, tenant.email, PASSWORD);
    expect(locked.status).toBe(429);
    expect(Number(locked.headers.get('Retry-After'))).toBeGreaterThan(0);
    expect((await json(locked)).error.retry_after).toBeGreaterThan(0);
  });

  it('a burst of parallel guesses tries no more than the free ones', async () => {
    const tenant = await seedTenant();
    const answers = await Promise.all(
      Array.from({ length: 20 }, () => signIn(PLATFORM, tenant.email, 'wrong-password')),
    );
    expect(answers.filter((r) => r.status === 401).length).toBeLessThanOrEqual(6);
    // 503: more than two at once wait for their turn, and not for ever.
    expect(answers.every((r) => [401, 429, 503].includes(r.status))).toBe(true);
    for (const busy of answers.filter((r) => r.status === 503)) expect((await json(busy)).error.code).toBe('BUSY');
  });

  it('one address guessing over many accounts is locked out as well', async () => {
    const address = freshAddress();
    const statuses: number[] = [];
    for (let i = 0; i < 33; i++)
      statuses.push((await signIn(PLATFORM, `${unique('n')}@x.test`, 'wrong-password', address)).status);
    expect(statuses.slice(0, 30).every((s) => s === 401)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
  });

  it('all addresses of one IPv6 line are one', async () => {
    const line = `2001:db8:${Math.floor(Math.random() * 65_536).toString(16)}:7`;
    const statuses: number[] = [];
    for (let i = 0; i < 33; i++)
      statuses.push((await signIn(PLATFORM, `${unique('n')}@x.test`, 'wrong-password', `${line}::${i + 1}`)).status);
    expect(statuses.slice(0, 30).every((s) => s === 401)).toBe(true);
    expect(statuses.at(-1)).toBe(429);
    expect((await signIn(PLATFORM, `${unique('n')}@x.test`, 'wrong-password', `${line}1::1`)).status).toBe(401);
  });

  it('whoever guesses from elsewhere does not lock a person out of the browser they use', async () => {
    const tenant = await seedTenant();
    const known = await signIn(PLATFORM, tenant.email, PASSWORD);
    const device = known.headers.getSetCookie().find((line) => line.startsWith('askpro_device=')) ?? '';
    expect(device).toMatch(/HttpOnly; SameSite=Lax$/);
    for (let i = 0; i < 8; i++) await signIn(PLATFORM, tenant.email, 'wrong-password');
    expect((await signIn(PLATFORM, tenant.email, PASSWORD)).status).toBe(429);
    const body = { email: tenant.email, password: PASSWORD };
    const cookie = device.split(';')[0] ?? '';
    const [name = '', value = ''] = cookie.split('=');
    const from = async (sent: string, password = PASSWORD) =>
      (await call(`${PLATFORM}/api/auth/sign-in/email`, { body: { ...body, password }, cookie: sent })).status;
    expect(await from(cookie)).toBe(200);
    // One that proves another account, or nothing, is any browser.
    const other = await seedTenant();
    const theirs = (await signIn(PLATFORM, other.email, PASSWORD)).headers
      .getSetCookie()
      .find((line) => line.startsWith('askpro_device='));
    expect(await from(theirs?.split(';')[0] ?? '')).toBe(429);
    expect(await from(`${name}=${value.slice(0, 22)}.${'A'.repeat(22)}`)).toBe(429);
    // It has a lock of its own.
    const statuses: number[] = [];
    for (let i = 0; i < 8; i++) statuses.push(await from(cookie, 'wrong-password'));
    expect(statuses[0]).toBe(401);
    expect(statuses.at(-1)).toBe(429);
  });

  it('of the same e-mail on one host is none on another', async () => {
    const email = `${unique('twin')}@example.test`;
    const [a, b] = [await seedTenant({ email }), await seedTenant({ email })];
    for (let i = 0; i < 8; i++) await signIn(a.origin, email, 'wrong-password');
    expect((await signIn(a.origin, email, PASSWORD)).status).toBe(429);
    expect((await signIn(b.origin, email, PASSWORD)).status).toBe(200);
  });

  it('a success forgets the failures before it', async () => {
    const tenant = await seedTenant();
    for (let round = 0; round < 2; round++) {
      for (let i = 0; i < 4; i++) await signIn(PLATFORM, tenant.email, 'wrong-password');
      expect((await signIn(PLATFORM, tenant.email, PASSWORD)).status).toBe(200);
    }
  });
});

describe('sessions', () => {
  const twoSessions = async (): Promise<{ tenant: SeededTenant; first: string; second: string }> => {
    const tenant = await seedTenant();
    return {
      tenant,
      first: cookieOf(await signIn(PLATFORM, tenant.email, PASSWORD)),
      second: cookieOf(await signIn(PLATFORM, tenant.email, PASSWORD)),
    };
  };

  it('a revoked session stops working at the next request, the others go on', async () => {
    const { first, second } = await twoSessions();
    const list = await json(await call(`${PLATFORM}/api/auth/sessions`, { cookie: second }));
    expect(list.data).toHaveLength(2);
    const other = list.data.find((s: { current: boolean }) => !s.current);
    expect((await call(`${PLATFORM}/api/auth/sessions/${other.id}`, { method: 'DELETE', cookie: second })).status).toBe(
      200,
    );
    expect((await call(`${PLATFORM}/api/me`, { cookie: first })).status).toBe(401);
    expect((await call(`${PLATFORM}/api/me`, { cookie: second })).status).toBe(200);
  });

  it("nobody ends another's session", async () => {
    const { second } = await twoSessions();
    const stranger = await twoSessions();
    const [theirs] = (await json(await call(`${PLATFORM}/api/auth/sessions`, { cookie: stranger.first }))).data;
    expect(
      (await call(`${PLATFORM}/api/auth/sessions/${theirs.id}`, { method: 'DELETE', cookie: second })).status,
    ).toBe(404);
    expect((await call(`${PLATFORM}/api/me`, { cookie: stranger.first })).status).toBe(200);
  });

  it('ends with the browser unless the person stays signed in, and twelve hours or thirty days after signing in', async () => {
    const tenant = await seedTenant();
    for (const [remember, cookieLife, hours] of [
      [true, 'Max-Age=2592000', 30 * 24],
      [false, null, 12],
    ] as const) {
      const body = { email: tenant.email, password: PASSWORD, remember_me: remember };
      const response = await call(`${PLATFORM}/api/auth/sign-in/email`, { body });
      const [cookie = ''] = response.headers.getSetCookie();
      if (cookieLife === null) expect(cookie).not.toContain('Max-Age');
      else expect(cookie).toContain(cookieLife);
      const stored = await env.DB.prepare(
        'SELECT created_at, ends_at FROM sessions WHERE user_id = ? ORDER BY created_at DESC, id DESC LIMIT 1',
      )
        .bind(tenant.userId)
        .first<{ created_at: number; ends_at: number }>();
      expect(Math.round(((stored?.ends_at ?? 0) - (stored?.created_at ?? 0)) / 3_600_000)).toBe(hours);
    }
  });

  it('is moved on by use, noted at most every few hours', async () => {
    const { tenant, first } = await twoSessions();
    const ends = async () =>
      (
        await env.DB.prepare('SELECT max(expires_at) AS at FROM sessions WHERE user_id = ?')
          .bind(tenant.userId)
          .first<{ at: number }>()
      )?.at ?? 0;
    const before = await ends();
    await call(`${PLATFORM}/api/me`, { cookie: first });
    expect(await ends()).toBe(before);
    await env.DB.prepare(
      'UPDATE sessions SET updated_at = updated_at - 36000000, expires_at = expires_at - 36000000 WHERE user_id = ?',
    )
      .bind(tenant.userId)
      .run();
    expect((await call(`${PLATFORM}/api/me`, { cookie: first })).status).toBe(200);
    expect(await ends()).toBeGreaterThanOrEqual(before);
  });

  it('over https only the cookie that no other host can set counts', async () => {
    const tenant = await seedTenant();
    const signedIn = await signIn('https://localhost', tenant.email, PASSWORD);
    const cookie = cookieOf(signedIn);
    expect((await call('https://localhost/api/me', { cookie })).status).toBe(200);
    const planted = cookie.replaceAll('__Host-', '');
    expect((await call('https://localhost/api/me', { cookie: planted })).status).toBe(401);
  });

  it('what reaches far asks for the password once more when it was typed a quarter of an hour ago', async () => {
    const { tenant, first } = await twoSessions();
    const make = () =>
      call(`${PLATFORM}/api/v1/api-keys`, { body: { name: 'k', scopes: ['view_calls'] }, cookie: first });
    expect((await make()).status).toBe(201);
    await env.DB.prepare('UPDATE sessions SET confirmed_at = confirmed_at - 901000 WHERE user_id = ?')
      .bind(tenant.userId)
      .run();
    const refused = await make();
    expect(refused.status).toBe(403);
    expect((await json(refused)).error.code).toBe('CONFIRMATION_REQUIRED');
    const confirm = (password: string) =>
      call(`${PLATFORM}/api/auth/confirm-password`, { body: { password }, cookie: first });
    expect((await confirm('wrong-password')).status).toBe(401);
    expect((await make()).status).toBe(403);
    expect((await confirm(PASSWORD)).status).toBe(200);
    expect((await make()).status).toBe(201);
    const scope = openTenant(platformOf(env), tenant.tenantId, { kind: 'system', cause: 'demo' });
    const told = (await scope.db.rows(auditLog)).map(({ description }) => description);
    expect(told).toContain('password.refused');
    expect(told).toContain('password.confirmed');
    const statuses: number[] = [];
    for (let i = 0; i < 8; i++) statuses.push((await confirm('wrong-password')).status);
    expect(statuses.at(-1)).toBe(429);
  });

  it('sign-out ends the session and removes the cookie', async () => {
    const { first } = await twoSessions();
    const out = await call(`${PLATFORM}/api/auth/sign-out`, { method: 'POST', cookie: first });
    expect(out.status).toBe(200);
    expect(out.headers.getSetCookie()[0]).toContain('Max-Age=0');
    expect((await call(`${PLATFORM}/api/me`, { cookie: first })).status).toBe(401);
  });

  it('get-session answers the session or null', async () => {
    const { first, tenant } = await twoSessions();
    expect((await json(await call(`${PLATFORM}/api/auth/get-session`, { cookie: first }))).data).toMatchObject({
      user_id: tenant.userId,
    });
    expect((await json(await call(`${PLATFORM}/api/auth/get-session`))).data).toBeNull();
  });

  it.each([
    ['a changed signature', (cookie: string) => `${cookie.slice(0, -6)}AAAA%3D`],
    ['a token without signature', (cookie: string) => cookie.replace(/\..*$/, '')],
    ['garbage', () => 'askpro_session=%E0%A4%A; x=y'],
    ['a very long cookie', () => `askpro_session=${'a'.repeat(20_000)}`],
  ])('%s is nobody', async (_name, forge) => {
    const { first } = await twoSessions();
    // Beside the session stands the cookie of the device.
    expect((await call(`${PLATFORM}/api/me`, { cookie: forge(first.split(';')[0] ?? '') })).status).toBe(401);
  });
});

describe('cross-site requests', () => {
  it('a mutation with the cookie from another site is refused, with an API key it is not', async () => {
    const tenant = await seedTenant();
    const cookie = cookieOf(await signIn(PLATFORM, tenant.email, PASSWORD));
    const body = { name: 'k', scopes: ['view_calls'] };
    const evil = { Origin: 'https://evil.example', 'Sec-Fetch-Site': 'cross-site' };
    const refused = await call(`${PLATFORM}/api/v1/api-keys`, { body, cookie, headers: evil });
    expect(refused.status).toBe(403);
    expect((await json(refused)).error.code).toBe('ORIGIN_REFUSED');
    // A key is no cookie that another site could make a browser send.
    expect((await call(`${PLATFORM}/api/v1/api-keys`, { key: tenant.apiKey, headers: evil })).status).toBe(200);
    expect(
      (
        await call(`${PLATFORM}/api/v1/api-keys`, {
          body,
          cookie,
          headers: { Origin: PLATFORM, 'Sec-Fetch-Site': 'same-origin' },
        })
      ).status,
    ).toBe(201);
    expect(
      (
        await call(`${PLATFORM}/api/auth/sign-in/email`, {
          body: { email: tenant.email, password: PASSWORD },
          headers: evil,
        })
      ).status,
    ).toBe(403);
  });
});

describe('API keys', () => {
  const asOwner = async (tenant: SeededTenant): Promise<string> =>
    cookieOf(await signIn(PLATFORM, tenant.email, PASSWORD));

  it('is shown once, works, is listed without its secret, and stops at once when revoked', async () => {
    const tenant = await seedTenant();
    const cookie = await asOwner(tenant);
    const made = await json(
      await call(`${PLATFORM}/api/v1/api-keys`, {
        body: { name: 'Website', scopes: ['view_api_keys'], mode: 'test' },
        cookie,
      }),
    );
    const { id, key } = made.data;
    expect(key).toMatch(/^ask_test_[A-Za-z0-9]{40}$/);
    const listed = await json(await call(`${PLATFORM}/api/v1/api-keys`, { key }));
    expect(JSON.stringify(listed)).not.toContain(key);
    expect(listed.data.map((k: { id: string }) => k.id)).toContain(id);
    expect((await call(`${PLATFORM}/api/v1/api-keys/${id}`, { method: 'DELETE', cookie })).status).toBe(200);
    expect((await call(`${PLATFORM}/api/v1/api-keys`, { key })).status).toBe(401);
  });

  it('holds only its scopes', async () => {
    const tenant = await seedTenant();
    const { key } = (
      await json(
        await call(`${PLATFORM}/api/v1/api-keys`, {
          body: { name: 'r', scopes: ['view_calls'] },
          cookie: await asOwner(tenant),
        }),
      )
    ).data;
    const refused = await call(`${PLATFORM}/api/v1/api-keys`, { key });
    expect(refused.status).toBe(403);
    expect((await json(refused)).error).toMatchObject({
      code: 'PERMISSION_DENIED',
      details: { permission: 'view_api_keys' },
    });
  });

  it('nobody hands out or rotates more than they hold', async () => {
    const tenant = await seedTenant({ type: 'reseller', role: 'reseller_admin' });
    const cookie = await asOwner(tenant);
    const make = (scopes: string[]) => call(`${PLATFORM}/api/v1/api-keys`, { body: { name: 'k', scopes }, cookie });
    expect((await make(['manage_topups'])).status).toBe(403);
    expect((await make(['view_calls'])).status).toBe(403);
    const strong = newId('api_key', processNow());
    await installApiKey(
      platformOf(env),
      {
        tenantId: tenant.tenantId,
        id: strong,
        name: 's',
        key: `ask_test_${unique('s').replaceAll('-', '_')}`,
        scopes: ['view_calls'],
      },
      processNow(),
    );
    expect((await call(`${PLATFORM}/api/v1/api-keys/${strong}/rotate`, { body: {}, cookie })).status).toBe(403);
  });

  it('no key makes, replaces or revokes keys, whatever its scopes say', async () => {
    const tenant = await seedTenant({ scopes: PERMISSIONS });
    const { apiKey: key, apiKeyId: id } = tenant;
    const body = { name: 'child', scopes: ['view_calls'] };
    for (const [path, options] of [
      ['', { body }],
      [`/${id}/rotate`, { body: {} }],
      [`/${id}`, { method: 'DELETE' }],
    ] as const)
      expect((await call(`${PLATFORM}/api/v1/api-keys${path}`, { ...options, key })).status).toBe(403);
    const cookie = await asOwner(tenant);
    const refused = await call(`${PLATFORM}/api/v1/api-keys`, {
      body: { ...body, scopes: ['create_api_keys'] },
      cookie,
    });
    expect(refused.status).toBe(422);
  });

  it('a key is worth no more than what its kind of tenant may, and what its maker still may', async () => {
    const tenant = await seedTenant({ scopes: PERMISSIONS });
    const permissionsOf = async (key: string): Promise<string[]> =>
      (await json(await call(`${PLATFORM}/api/me`, { key }))).data.permissions;
    const held = await permissionsOf(tenant.apiKey);
    expect(held).not.toContain('manage_topups');
    expect(held).not.toContain('view_tenants');
    expect(held).toEqual(
      ROLE_PERMISSIONS.admin.filter(
        (one) => !/^((create|edit|delete)_api_keys|edit_security|accept_contracts|manage_recordings)$/.test(one),
      ),
    );
    const cookie = await asOwner(tenant);
    const made = await json(
      await call(`${PLATFORM}/api/v1/api-keys`, {
        body: { name: 'k', scopes: ['view_calls', 'view_invoices'] },
        cookie,
      }),
    );
    expect(await permissionsOf(made.data.key)).toEqual(['view_calls', 'view_invoices']);
    await env.DB.prepare("UPDATE users SET role = 'manager' WHERE id = ?").bind(tenant.userId).run();
    // What another isolate changed reaches this one when it asks again.
    forgetApiKeys(tenant.tenantId);
    expect(await permissionsOf(made.data.key)).toEqual(['view_calls']);
  });

  it('a revoked key is refused at once where it was revoked, though it was just in use', async () => {
    const tenant = await seedTenant();
    const cookie = await asOwner(tenant);
    const me = async (): Promise<number> => (await call(`${PLATFORM}/api/me`, { key: tenant.apiKey })).status;
    expect([await me(), await me()]).toEqual([200, 200]);
    // Requests that asked before the key ended must not bring it back behind it.
    const [revoked] = await Promise.all([
      call(`${PLATFORM}/api/v1/api-keys/${tenant.apiKeyId}`, { method: 'DELETE', cookie }),
      ...Array.from({ length: 20 }, me),
    ]);
    expect(revoked?.status).toBe(200);
    expect([await me(), await me()]).toEqual([401, 401]);
  });

  it('a key that another isolate revoked, and a tenant that it suspended, are seen after ten seconds', async () => {
    const tenant = await seedTenant();
    const me = async (): Promise<{ status: number; tenant?: string }> => {
      const answer = await call(`${PLATFORM}/api/me`, { key: tenant.apiKey });
      return { status: answer.status, tenant: (await json(answer)).data?.tenant.status };
    };
    expect(await me()).toEqual({ status: 200, tenant: 'active' });
    await env.DB.prepare("UPDATE tenants SET status = 'suspended' WHERE id = ?").bind(tenant.tenantId).run();
    const started = Date.now();
    const clock = vi.spyOn(Date, 'now');
    try {
      clock.mockReturnValue(started + 10_000);
      expect(await me()).toEqual({ status: 200, tenant: 'suspended' });
      await env.DB.prepare('UPDATE api_keys SET revoked_at = 1 WHERE id = ?').bind(tenant.apiKeyId).run();
      clock.mockReturnValue(started + 20_000);
      expect(await me()).toEqual({ status: 401 });
    } finally {
      clock.mockRestore();
    }
  });

  it('a remembered key ends when its time is over', async () => {
    const tenant = await seedTenant();
    const cookie = await asOwner(tenant);
    const made = (
      await json(
        await call(`${PLATFORM}/api/v1/api-keys`, {
          body: { name: 'short', scopes: ['view_calls'], expires_in_days: 1 },
          cookie,
        }),
      )
    ).data;
    expect((await call(`${PLATFORM}/api/me`, { key: made.key })).status).toBe(200);
    setClockOffset(86_400_000);
    try {
      expect((await call(`${PLATFORM}/api/me`, { key: made.key })).status).toBe(401);
    } finally {
      setClockOffset(0);
    }
  });

  it('a session is asked for at every request: one that ended elsewhere is over at once', async () => {
    const tenant = await seedTenant();
    const cookie = await asOwner(tenant);
    expect((await call(`${PLATFORM}/api/me`, { cookie })).status).toBe(200);
    await env.DB.prepare('DELETE FROM sessions WHERE user_id = ?').bind(tenant.userId).run();
    expect((await call(`${PLATFORM}/api/me`, { cookie })).status).toBe(401);
  });

  it('what a key once made ends with it', async () => {
    const tenant = await seedTenant();
    const ids = [newId('api_key', processNow()), newId('api_key', processNow())];
    const keys = ids.map(() => `ask_test_${unique('c').replaceAll('-', '_')}`);
    for (const [n, id] of ids.entries()) {
      const scopes = ['view_calls'] as const;
      await installApiKey(
        platformOf(env),
        { tenantId: tenant.tenantId, id, name: 'c', key: keys[n] ?? '', scopes },
        processNow(),
      );
      await env.DB.prepare('UPDATE api_keys SET created_by = ? WHERE id = ?')
        .bind(`api_key:${n === 0 ? tenant.apiKeyId : (ids[0] ?? '')}`, id)
        .run();
    }
    const cookie = await asOwner(tenant);
    const revoked = await call(`${PLATFORM}/api/v1/api-keys/${tenant.apiKeyId}`, { method: 'DELETE', cookie });
    expect(revoked.status).toBe(200);
    for (const key of [tenant.apiKey, ...keys]) expect((await call(`${PLATFORM}/api/me`, { key })).status).toBe(401);
  });

  it('keys for trials are nobody where customers’ money is', async () => {
    const tenant = await seedTenant();
    expect((await call(`${PLATFORM}/api/me`, { key: tenant.apiKey })).status).toBe(200);
    expect((await call(`${PLATFORM}/api/me`, { key: tenant.apiKey, production: true })).status).toBe(401);
    // Hashes are sealed, and production has another master key.
    const hash = await hashPassword(platformOf(productionEnv), tenant.tenantId, PASSWORD);
    await env.DB.prepare('UPDATE accounts SET password = ?1 WHERE user_id = ?2').bind(hash, tenant.userId).run();
    const refused = await call(`${PLATFORM}/api/v1/api-keys`, {
      body: { name: 't', scopes: ['view_calls'], mode: 'test' },
      cookie: cookieOf(
        await call(`${PLATFORM}/api/auth/sign-in/email`, {
          body: { email: tenant.email, password: PASSWORD },
          production: true,
        }),
      ),
      production: true,
    });
    expect(refused.status).toBe(422);
  });

  it('rotation gives a new key and leaves the old one its grace', async () => {
    const cookie = await asOwner(await seedTenant());
    const old = (
      await json(await call(`${PLATFORM}/api/v1/api-keys`, { body: { name: 'r', scopes: ['view_api_keys'] }, cookie }))
    ).data;
    const rotated = await call(`${PLATFORM}/api/v1/api-keys/${old.id}/rotate`, { body: {}, cookie });
    expect(rotated.status).toBe(201);
    const next = (await json(rotated)).data;
    expect(next.replaces_id).toBe(old.id);
    for (const key of [old.key, next.key])
      expect((await call(`${PLATFORM}/api/v1/api-keys`, { key })).status).toBe(200);
    const now = await json(
      await call(`${PLATFORM}/api/v1/api-keys/${next.id}/rotate`, { body: { grace_days: 0 }, cookie }),
    );
    expect(now.success).toBe(true);
    expect((await call(`${PLATFORM}/api/v1/api-keys`, { key: next.key })).status).toBe(401);
  });

  it('lists in pages and refuses a cursor of somebody else', async () => {
    const tenant = await seedTenant();
    const cookie = await asOwner(tenant);
    for (let i = 0; i < 3; i++)
      await call(`${PLATFORM}/api/v1/api-keys`, { body: { name: `k${i}`, scopes: ['view_calls'] }, cookie });
    const seen: string[] = [];
    let cursor: string | null = '';
    for (let i = 0; i < 5 && cursor !== null; i++) {
      const page = await json(
        await call(`${PLATFORM}/api/v1/api-keys?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`, {
          key: tenant.apiKey,
        }),
      );
      seen.push(...page.data.map((k: { id: string }) => k.id));
      cursor = page.meta.next_cursor;
    }
    expect(new Set(seen).size).toBe(4);
    expect(seen).toHaveLength(4);
    expect((await call(`${PLATFORM}/api/v1/api-keys?cursor=bogus`, { key: tenant.apiKey })).status).toBe(422);
  });

  it.each([
    'ask_test_',
    'ask_live_unknown_key_0000',
    'ask_test_../../etc',
    `ask_test_${'x'.repeat(5_000)}`,
    "ask_test_' OR 1=1",
  ])('%s is nobody', async (key) => {
    expect((await call(`${PLATFORM}/api/me`, { key })).status).toBe(401);
  });

  it('every change leaves a row in the activity log, which cannot be altered', async () => {
    const tenant = await seedTenant();
    const made = (
      await json(
        await call(`${PLATFORM}/api/v1/api-keys`, {
          body: { name: 'a', scopes: ['view_calls'] },
          cookie: await asOwner(tenant),
        }),
      )
    ).data;
    const scope = openTenant(platformOf(env), tenant.tenantId, { kind: 'system', cause: 'demo' });
    const rows = (await scope.db.rows(auditLog)).filter(({ description }) => description !== 'session.started');
    expect(rows).toMatchObject([
      { description: 'api_key.created', subjectId: made.id, causerType: 'user', causerId: tenant.userId },
    ]);
    await expect(
      env.DB.prepare('UPDATE audit_log SET description = ? WHERE id = ?')
        .bind('x', rows[0]?.id ?? '')
        .run(),
    ).rejects.toThrow(/append_only/);
  });
});

describe('rate limits', () => {
  it('are exact: 120 a minute for a key, with headers that count down and a reset in epoch seconds', async () => {
    const tenant = await seedTenant();
    const first = await call(`${PLATFORM}/api/auth/get-session`, { key: tenant.apiKey });
    expect(first.headers.get('X-RateLimit-Limit')).toBe('120');
    expect(first.headers.get('X-RateLimit-Remaining')).toBe('119');
    const reset = Number(first.headers.get('X-RateLimit-Reset'));
    expect(reset - Date.now() / 1000).toBeGreaterThan(0);
    expect(reset - Date.now() / 1000).toBeLessThanOrEqual(61);
    const rest = await Promise.all(
      Array.from({ length: 125 }, () => call(`${PLATFORM}/api/auth/get-session`, { key: tenant.apiKey })),
    );
    const refused = rest.filter((r) => r.status === 429);
    // A window may end in between; inside one window exactly 119 more pass.
    if (Date.now() / 1000 < reset) expect(refused).toHaveLength(6);
    const one = refused[0];
    if (one !== undefined) {
      expect(Number(one.headers.get('Retry-After'))).toBeGreaterThan(0);
      expect(one.headers.get('X-RateLimit-Remaining')).toBe('0');
      expect((await json(one)).error).toMatchObject({ code: 'RATE_LIMITED', retry_after: expect.any(Number) });
    }
  });

  it('the anonymous share 60 a minute per address, two addresses do not meet', async () => {
    const address = freshAddress();
    const answers = await Promise.all(
      Array.from({ length: 62 }, () => call(`${PLATFORM}/api/auth/get-session`, { address })),
    );
    expect(answers[0]?.headers.get('X-RateLimit-Limit')).toBe('60');
    const resets = new Set(answers.map((r) => r.headers.get('X-RateLimit-Reset')));
    if (resets.size === 1) expect(answers.filter((r) => r.status === 429)).toHaveLength(2);
    expect((await call(`${PLATFORM}/api/auth/get-session`)).status).toBe(200);
  });
});

describe('hostile requests never meet a 500', () => {
  const bodies: [string, BodyInit, number[]][] = [
    ['not JSON', '{"email": ', [400]],
    ['an array', '[]', [422]],
    ['null', 'null', [422]],
    ['a number', '1e999', [400, 422]],
    ['deep nesting', `${'['.repeat(50_000)}${']'.repeat(50_000)}`, [400, 422]],
    ['deep objects', `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`, [400, 422]],
    ['prototype pollution', '{"__proto__": {"x": 1}, "email": 5}', [422]],
    ['a lone surrogate', '{"email": "\\ud800@x.test", "password": "\\ud800"}', [400]],
    ['a NUL in the password', '{"email": "a@b.test", "password": "\\u0000"}', [422]],
    ['wrong types', '{"email": {"$ne": null}, "password": ["a"]}', [422]],
    ['a long password', JSON.stringify({ email: 'a@b.test', password: 'x'.repeat(10_000) }), [422]],
    ['SQL', '{"email": "a\'--@b.test", "password": "\' OR 1=1--"}', [401, 422]],
    ['broken UTF-8', new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x7d]), [400, 422]],
    ['nothing', '', [400, 422]],
    ['a megabyte', JSON.stringify({ email: 'x'.repeat(1_000_000) }), [413]],
  ];
  it.each(bodies)('%s', async (_name, raw, expected) => {
    const response = await call(`${PLATFORM}/api/auth/sign-in/email`, { raw });
    expect(expected).toContain(response.status);
    expect(await json(response)).toMatchObject({
      success: false,
      error: { code: expect.any(String), request_id: expect.stringMatching(/^req_/) },
    });
  });

  it('a stream without Content-Length is bounded too', async () => {
    const chunk = new Uint8Array(64 * 1024).fill(0x20);
    let sent = 0;
    const stream = new ReadableStream({
      pull(controller) {
        if (sent++ < 64) controller.enqueue(chunk);
        else controller.close();
      },
    });
    expect((await call(`${PLATFORM}/api/auth/sign-in/email`, { raw: stream })).status).toBe(413);
  });

  it('another media type is 415, an id that is none is 404', async () => {
    expect(
      (await call(`${PLATFORM}/api/auth/sign-in/email`, { raw: '<a/>', headers: { 'Content-Type': 'text/xml' } }))
        .status,
    ).toBe(415);
    const tenant = await seedTenant();
    const cookie = cookieOf(await signIn(PLATFORM, tenant.email, PASSWORD));
    for (const id of ['%00', '..%2f..', 'x'.repeat(500), '%F0%9F%92%A9', "a'b"]) {
      expect((await call(`${PLATFORM}/api/v1/api-keys/${id}`, { method: 'DELETE', cookie })).status).toBe(404);
    }
  });

  it('every answer carries the security headers', async () => {
    for (const response of [
      await call(`${PLATFORM}/api/me`),
      await call('http://evil.example/api/me'),
      await call(`${PLATFORM}/nothing`),
    ]) {
      expect(response.headers.get('Content-Security-Policy')).toContain("default-src 'self'");
      expect(response.headers.get('X-Frame-Options')).toBe('DENY');
      expect(response.headers.get('X-Content-Type-Options')).toBe('nosniff');
      expect(response.headers.get('X-XSS-Protection')).toBe('0');
      expect(response.headers.get('Referrer-Policy')).toBe('strict-origin-when-cross-origin');
      expect(response.headers.get('Permissions-Policy')).toContain('camera=()');
      expect(response.headers.get('X-Request-Id')).toMatch(/^req_/);
    }
  });
});

describe('sealed credentials', () => {
  it('open for their tenant only, and a damaged one is null', async () => {
    const sealed = await seal(platformOf(env), 'ten_a', 'cal_live_123');
    expect(sealed).not.toContain('cal_live_123');
    expect(await openSealed(platformOf(env), 'ten_a', sealed)).toBe('cal_live_123');
    expect(await openSealed(platformOf(env), 'ten_b', sealed)).toBeNull();
    for (const damaged of ['', 'v1.x.y', `${sealed}A`, sealed.replace(/^v1/, 'v2'), sealed.slice(0, -2)]) {
      expect(await openSealed(platformOf(env), 'ten_a', damaged)).toBeNull();
    }
  });
});
