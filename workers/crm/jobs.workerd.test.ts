/** The product's own crons over customers: what was deleted a month ago comes to its end, and names that no search finds are indexed. */
import { afterEach, beforeEach, expect, it, vi } from 'vitest';
import { appointmentRow } from '../../tests/appointment-row.ts';
import { env, seedTenant } from '../../tests/contract/tenants.ts';
import { asInstant, processNow, setClockOffset } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { newId } from '../../shared/ids.ts';
import { DAY } from '../../shared/time.ts';
import { jobWorld } from '../cron.ts';
import { platformOf } from '../env.ts';
import { beginJob, runJob } from '../jobs/job-runner.ts';
import { runDueCrons } from '../jobs/cron-runner.ts';
import { fire } from '../jobs/commands/fire-cron.ts';
import { jobRow } from '../storage/queries/jobs.ts';
import { customers, customerWords, tags } from '../storage/tables/crm.ts';
import { appointments } from '../storage/tables/calendar.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { createCustomer } from './commands/create-customer.ts';
import { createTag } from './commands/create-tag.ts';
import { deleteCustomer } from './commands/delete-customer.ts';
import { deleteItem } from '../resources/items.ts';
import { TAG_KIND } from './tag-kind.ts';

beforeEach(() => {
  for (const level of ['warn', 'error'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => {
  setClockOffset(0);
  vi.restoreAllMocks();
});

const scopeOf = (tenantId: TenantId): TenantScope =>
  openTenant(platformOf(env), tenantId, { kind: 'system', cause: 'demo' });

/** The product's crons of this module; their jobs run at once. */
function world() {
  const product = jobWorld(platformOf(env));
  const begun: Promise<void>[] = [];
  const made = {
    ...product,
    crons: product.crons.filter(({ name }) => ['remove_deleted', 'index_customers'].includes(name)),
    wake: async (tenantId: TenantId, id: string) => void begun.push(runJob(made, tenantId, id)),
  };
  // A job that has not come to its end in one wake begins the next one, so some join while the others are awaited.
  const ended = async () => {
    for (let n = 0; n < begun.length; n++) await begun[n];
  };
  return { made, ended };
}

const customer = async (scope: TenantScope, lastName: string): Promise<string> => {
  const id = newId('customer', scope.now);
  const done = await createCustomer(scope, { id, lastName, source: 'admin', lines: [], confirmed: true });
  if (!done.ok) throw new Error(done.error.code);
  return id;
};

it('a month later the deleted customer and tag are gone, who had an appointment is archived', async () => {
  const scope = scopeOf((await seedTenant()).tenantId);
  const [plain, served, kept] = [
    await customer(scope, 'Ohne'),
    await customer(scope, 'Mit'),
    await customer(scope, 'Behalten'),
  ];
  const now = scope.now;
  const visit = { id: newId('appointment', now), customerId: served, startsAt: now };
  await scope.db.insert(appointments, appointmentRow(visit));
  const tag = await createTag(scope, { id: newId('tag', now), name: 'Kreis' });
  if (!tag.ok) throw new Error('no tag');
  for (const id of [plain, served]) await deleteCustomer(scope, { id, expectedVersion: null });
  await deleteItem(scope, TAG_KIND, 'delete_tags', { id: tag.value.id, expectedVersion: null });
  const left = async () => (await scope.db.rows(customers)).map((row) => row.id).sort();

  const tick = async (days: number): Promise<void> => {
    // The minute after the cron's time: a fresh file has no earlier runs to catch up.
    const at = new Date(processNow() + days * DAY);
    at.setUTCHours(2, 37, 5);
    setClockOffset(at.getTime() - Date.now());
    const { made, ended } = world();
    await runDueCrons(made, processNow());
    await ended();
    setClockOffset(0);
  };
  await tick(28);
  expect(await left()).toEqual([plain, served, kept].sort());
  await tick(32);
  expect(await left()).toEqual([served, kept].sort());
  expect((await scope.db.rows(customers)).find((row) => row.id === served)?.archivedAt).toEqual(expect.any(Number));
  expect(await scope.db.rows(tags)).toEqual([]);
});

it('names that no search finds are indexed by the next hour', async () => {
  const { tenantId } = await seedTenant();
  const scope = scopeOf(tenantId);
  for (let i = 0; i < 60; i++) await customer(scope, `Name${i}`);
  await env.DB.prepare("UPDATE customers SET name_key = '' WHERE tenant_id = ?1").bind(tenantId).run();
  await env.DB.prepare('DELETE FROM customer_words WHERE tenant_id = ?1').bind(tenantId).run();
  const { made, ended } = world();
  // Dry, and for the tenant itself: it is told, and nothing is written.
  const request = { tenantId, kind: 'index_customers', reach: 'tenant', dry: true, by: 'user:test' } as const;
  const dry = await beginJob(made, request, processNow());
  await ended();
  expect(await jobRow(scope.db, dry)).toMatchObject({ state: 'done', planned: 1 });
  expect(await scope.db.count(customerWords)).toBe(0);
  const operator = scopeOf((await seedTenant({ type: 'platform', role: 'super_admin' })).tenantId);
  const fired = await fire(made, operator, 'index_customers');
  if (!fired.ok) throw new Error(fired.error.code);
  await fired.value.work();
  await ended();
  expect(await scope.db.count(customerWords)).toBe(60);
  expect((await scope.db.rows(customers)).some((row) => row.nameKey === '')).toBe(false);
  // Nothing to do: no job begins.
  const again = world();
  const cron = again.made.crons.find(({ name }) => name === 'index_customers');
  expect(await cron?.run({ due: asInstant(0), now: processNow(), startJob: async () => 1 })).toEqual({ begun: 0 });
});
