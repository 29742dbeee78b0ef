/** Preferences: kept with the account, typed and bounded, merged member by member, nobody else's. */
import { expect, it } from 'vitest';
import { env, seedTenant } from '../../tests/contract/tenants.ts';
import { ask, signIn } from './ways-in.fixture.ts';

const PATH = '/api/v1/me/preferences';

it('are merged member by member, come along with who is signed in, and leave a row without what they say', async () => {
  const tenant = await seedTenant();
  const here = await signIn(tenant);
  expect((await ask('GET', PATH, undefined, here)).body.data).toEqual({});
  expect((await ask('GET', '/api/me', undefined, here)).body.data.preferences).toBeUndefined();
  const lists = { customers: { hidden: ['email'], filters: { tag: 'tag_1' }, page_size: 50 } };
  await ask('PATCH', PATH, { theme: 'dark', lists }, here);
  await ask('PATCH', PATH, { language: 'en', lists: { calls: { page_size: 100 } } }, here);
  const kept = { theme: 'dark', language: 'en', lists: { ...lists, calls: { page_size: 100 } } };
  // Another device of the same person has them too.
  const there = await signIn(tenant);
  expect((await ask('GET', PATH, undefined, there)).body.data).toEqual(kept);
  expect((await ask('GET', '/api/me', undefined, there)).body.data.preferences).toEqual(kept);
  const less = await ask('PATCH', PATH, { theme: null, lists: { calls: null } }, here);
  expect(less.body.data).toEqual({ language: 'en', lists });
  const { results } = await env.DB.prepare(
    "SELECT v.after FROM audit_log a JOIN audit_values v ON v.tenant_id = a.tenant_id AND v.audit_id = a.id WHERE a.tenant_id = ?1 AND a.description = 'preferences.updated'",
  )
    .bind(tenant.tenantId)
    .all<{ after: string }>();
  expect(results).toHaveLength(3);
  for (const { after } of results) expect(after).not.toMatch(/dark|tag_1/);
});

it('widgets are an order of names, and null is that of the first day', async () => {
  const here = await signIn(await seedTenant());
  const widgets = ['peak_hours', 'totals'];
  expect((await ask('PATCH', PATH, { widgets }, here)).body.data).toEqual({ widgets });
  expect((await ask('PATCH', PATH, { theme: 'dark' }, here)).body.data).toEqual({ theme: 'dark', widgets });
  expect((await ask('PATCH', PATH, { widgets: null }, here)).body.data).toEqual({ theme: 'dark' });
  expect((await ask('PATCH', PATH, { widgets: ['<b>'] }, here)).status).toBe(422);
});

it('two devices at once lose nothing of each other', async () => {
  const tenant = await seedTenant();
  const here = await signIn(tenant);
  const names = ['a1', 'b2', 'c3'];
  const answers = await Promise.all(
    names.map((name) => ask('PATCH', PATH, { lists: { [name]: { page_size: 50 } } }, here)),
  );
  const { lists } = (await ask('GET', PATH, undefined, here)).body.data;
  const made = names.filter((_name, index) => answers[index]?.status === 200);
  expect(Object.keys(lists ?? {}).sort()).toEqual(made);
  expect(made.length).toBeGreaterThan(0);
});

it('hold what is declared and no more, and no key has any', async () => {
  const tenant = await seedTenant();
  const here = await signIn(tenant);
  const refused = async (body: unknown): Promise<void> =>
    expect((await ask('PATCH', PATH, body, here)).status, JSON.stringify(body).slice(0, 80)).toBe(422);
  await refused({ theme: 'pink' });
  await refused({ note: 'x' });
  await refused({ lists: { 'Mit Leer': { page_size: 50 } } });
  await refused({ lists: { customers: { page_size: 7 } } });
  await refused({ lists: { customers: { filters: { q: 'x'.repeat(200) } } } });
  const many = (from: number) =>
    Object.fromEntries(Array.from({ length: 40 }, (_, i) => [`list-${from + i}`, { page_size: 50 }]));
  await refused({ lists: { ...many(0), more: { page_size: 50 } } });
  expect((await ask('PATCH', PATH, { lists: many(0) }, here)).status).toBe(200);
  await refused({ lists: many(40) });
  const long = Object.fromEntries(
    Array.from({ length: 12 }, (_, i) => [
      `list-${i}`,
      { filters: Object.fromEntries(Array.from({ length: 12 }, (_x, n) => [`f${n}`, 'x'.repeat(128)])) },
    ]),
  );
  await refused({ lists: long });
  const key = { key: tenant.apiKey };
  expect((await ask('GET', PATH, undefined, key)).status).toBe(403);
  expect((await ask('PATCH', PATH, { theme: 'dark' }, key)).status).toBe(403);
});
