/** Customers over REST and by line: one person is one row, changes do not overwrite each other, foreign rows do not exist. */
import { createExecutionContext, env as testEnv, waitOnExecutionContext } from 'cloudflare:test';
import { OpenAPIHono } from '@hono/zod-openapi';
import { describe, expect, it } from 'vitest';
import { processNow } from '../../shared/clock.ts';
import { tenantRecord } from '../../tests/contract/tenants.ts';
import { type Env, platformOf } from '../env.ts';
import { onError } from '../http/problem.ts';
import type { AppEnv } from '../http/module-routes.ts';
import { saveTenant } from '../storage/platform-db.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { findOrCreateCustomer } from './customers.ts';
import { customersResource } from './customers.resource.ts';

const env = testEnv as unknown as Env;

async function tenant(): Promise<TenantScope> {
  const record = tenantRecord();
  await saveTenant(platformOf(env), record);
  return openTenant(platformOf(env), record.id, { kind: 'system', cause: 'demo' }, { now: processNow() });
}

/** The module behind an edge that has let this tenant in. */
async function ask(scope: TenantScope, path: string, init: RequestInit = {}) {
  const app = new OpenAPIHono<AppEnv>();
  app.onError(onError);
  app.use('*', async (c, next) => {
    c.set('actor', scope.actor);
    c.set('scope', scope);
    c.set('now', scope.now);
    c.set('language', 'de');
    c.set('requestId', 'req_test');
    await next();
  });
  app.route('/', customersResource.routes);
  const ctx = createExecutionContext();
  const request = new Request(`http://localhost${path}`, {
    ...init,
    headers: { 'Content-Type': 'application/json', ...init.headers },
  });
  const response = await app.fetch(request, env, ctx);
  await waitOnExecutionContext(ctx);
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
  return { status: response.status, etag: response.headers.get('ETag'), body: (await response.json()) as any };
}
const send = (method: string, body: unknown, headers: Record<string, string> = {}): RequestInit => ({
  method,
  body: JSON.stringify(body),
  headers,
});

describe('customers', () => {
  it('are created, found by any spelling of their number, changed and never overwritten', async () => {
    const scope = await tenant();
    const made = await ask(
      scope,
      '/api/v1/customers',
      send('POST', { first_name: 'Anna', last_name: 'Müller', phones: ['0171 / 123 45 67'] }),
    );
    expect(made).toMatchObject({
      status: 201,
      body: { data: { name: 'Anna Müller', phones: [{ e164: '+491711234567', primary: true }], version: 1 } },
    });
    const { id } = made.body.data;
    const found = await ask(scope, `/api/v1/customers?phone=${encodeURIComponent('+49 (0)171 1234567')}`);
    expect(found.body.data.map((one: { id: string }) => one.id)).toEqual([id]);
    const changed = await ask(
      scope,
      `/api/v1/customers/${id}`,
      send('PATCH', { notes: 'mag Tee' }, { 'If-Match': made.etag ?? '' }),
    );
    expect(changed).toMatchObject({
      status: 200,
      etag: '"2"',
      body: { data: { notes: 'mag Tee', name: 'Anna Müller' } },
    });
    const late = await ask(
      scope,
      `/api/v1/customers/${id}`,
      send('PATCH', { notes: 'mag Kaffee' }, { 'If-Match': made.etag ?? '' }),
    );
    expect(late).toMatchObject({ status: 409, body: { error: { code: 'VERSION_CONFLICT' } } });
    expect((await scope.calendar.knowsCustomer(id)).result).toEqual({ ok: true, value: true });
  });

  it('a page ends where the next begins', async () => {
    const scope = await tenant();
    for (let i = 0; i < 5; i++) await ask(scope, '/api/v1/customers', send('POST', { first_name: `Kunde ${i}` }));
    const seen: string[] = [];
    let cursor = '';
    for (let pages = 0; pages < 5; pages++) {
      const { body } = await ask(scope, `/api/v1/customers?limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      seen.push(...body.data.map((one: { id: string }) => one.id));
      cursor = body.meta.next_cursor ?? '';
      if (!body.meta.has_more) break;
    }
    expect(seen).toHaveLength(5);
    expect(new Set(seen).size).toBe(5);
    expect((await ask(scope, '/api/v1/customers?cursor=nonsense')).status).toBe(422);
  });

  it('of another tenant do not exist', async () => {
    const [mine, theirs] = [await tenant(), await tenant()];
    const made = await ask(
      theirs,
      '/api/v1/customers',
      send('POST', { first_name: 'Fremd', phones: ['+4915112345678'] }),
    );
    const { id } = made.body.data;
    expect((await ask(mine, `/api/v1/customers/${id}`)).status).toBe(404);
    expect((await ask(mine, `/api/v1/customers/${id}`, send('PATCH', { notes: 'x' }))).status).toBe(404);
    expect((await ask(mine, '/api/v1/customers?phone=%2B4915112345678')).body.data).toEqual([]);
  });

  it('a service number or a wrong one is nobody’s line', async () => {
    const scope = await tenant();
    const refused = await ask(
      scope,
      '/api/v1/customers',
      send('POST', { first_name: 'A', phones: ['0800 1234567', '017x'] }),
    );
    expect(refused).toMatchObject({ status: 422, body: { error: { errors: { phones: ['0800 1234567', '017x'] } } } });
  });

  it('are one row whoever finds them first, and a family on one line stays apart', async () => {
    const scope = await tenant();
    const requested = { phone: '+4915199887766', source: 'calcom' as const };
    const made = await Promise.all(
      Array.from({ length: 6 }, () => findOrCreateCustomer(scope, { ...requested, name: 'Maria Sommer' })),
    );
    expect(new Set(made.map(({ id }) => id)).size).toBe(1);
    const other = await findOrCreateCustomer(scope, { ...requested, name: 'Jonas Sommer' });
    expect(other).toMatchObject({ created: true });
    expect(await findOrCreateCustomer(scope, { ...requested, name: 'Maria Sommer' })).toEqual({
      id: made[0]?.id,
      created: false,
    });
    const byMail = await findOrCreateCustomer(scope, { email: 'Eva@Example.test', name: 'Eva', source: 'calcom' });
    expect(await findOrCreateCustomer(scope, { email: 'eva@example.test', source: 'calcom' })).toEqual({
      id: byMail.id,
      created: false,
    });
  });
});
