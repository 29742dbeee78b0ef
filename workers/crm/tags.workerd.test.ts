/** Tags: a resource of their own, and part of the customers that carry them. */
import { expect, it } from 'vitest';
import type { Instant } from '../../shared/clock.ts';
import { askApi } from '../../tests/contract/requests.ts';
import { env, seedTenant, type SeededTenant } from '../../tests/contract/tenants.ts';
import { platformOf } from '../env.ts';
import { RESTORABLE_MS } from '../resources/removal.ts';
import { auditLog } from '../storage/tables/identity.ts';
import { customerTags } from '../storage/tables/crm.ts';
import { openTenant } from '../tenancy/scope.ts';
import { removeDeletedTags } from './jobs.ts';

const ask = ({ apiKey }: SeededTenant, method: string, path: string, body?: unknown) =>
  askApi(apiKey, method, `/api/v1/${path}`, { body });

it('a customer carries tags, is found by them, and its change is audited', async () => {
  const tenant = await seedTenant();
  const [regular, quiet] = await Promise.all(
    ['Stammkundin', 'Mag Ruhe'].map(
      async (name) => (await ask(tenant, 'POST', 'tags', { name })).body.data.id as string,
    ),
  );
  const made = await ask(tenant, 'POST', 'customers', { last_name: 'Berg', tag_ids: [regular] });
  expect(made.body.data.tags).toEqual([{ id: regular, name: 'Stammkundin' }]);
  const { id } = made.body.data;
  const both = await ask(tenant, 'PATCH', `customers/${id}`, { tag_ids: [regular, quiet] });
  expect(both.body.data).toMatchObject({ version: 2, tags: [{ name: 'Mag Ruhe' }, { name: 'Stammkundin' }] });
  expect((await ask(tenant, 'PATCH', `customers/${id}`, { tag_ids: [quiet, regular] })).body.data.version).toBe(2);
  await ask(tenant, 'POST', 'customers', { last_name: 'Tal' });
  const found = await ask(tenant, 'GET', `customers?tag=${quiet}&sort=name`);
  expect(found.body.data.map((one: { id: string }) => one.id)).toEqual([id]);
  const scope = openTenant(platformOf(env), tenant.tenantId, { kind: 'system', cause: 'demo' });
  const updates = (await scope.db.rows(auditLog)).filter((row) => row.description === 'customer.updated');
  expect(updates.map((row) => row.fields)).toEqual([['tags']]);
});

it('a tag of somebody else, or a deleted one, is no tag', async () => {
  const [mine, theirs] = [await seedTenant(), await seedTenant()];
  const { id } = (await ask(theirs, 'POST', 'tags', { name: 'Fremd' })).body.data;
  expect((await ask(mine, 'POST', 'customers', { last_name: 'Berg', tag_ids: [id] })).status).toBe(404);
  await ask(theirs, 'DELETE', `tags/${id}`);
  expect((await ask(theirs, 'POST', 'customers', { last_name: 'Berg', tag_ids: [id] })).status).toBe(404);
});

it('a deleted tag leaves its customers, comes back with them, and is removed for good after 30 days', async () => {
  const tenant = await seedTenant();
  const { id } = (await ask(tenant, 'POST', 'tags', { name: 'Kurz' })).body.data;
  const customer = (await ask(tenant, 'POST', 'customers', { last_name: 'Berg', tag_ids: [id] })).body.data.id;
  const tagsShown = async () => (await ask(tenant, 'GET', `customers/${customer}`)).body.data.tags.length;
  await ask(tenant, 'DELETE', `tags/${id}`);
  expect(await tagsShown()).toBe(0);
  await ask(tenant, 'POST', `tags/${id}/restore`);
  expect(await tagsShown()).toBe(1);
  await ask(tenant, 'DELETE', `tags/${id}`);
  const { db, now } = openTenant(platformOf(env), tenant.tenantId, { kind: 'system', cause: 'demo' });
  expect(await removeDeletedTags(db, (now + RESTORABLE_MS + 60_000) as Instant, 10)).toMatchObject({ removed: 1 });
  expect(await db.rows(customerTags)).toEqual([]);
  expect((await ask(tenant, 'POST', `tags/${id}/restore`)).status).toBe(404);
});
