/**
 * Generated: every route of the document that changes something leaves its row in the activity log. An object's row travels in the event of
 * its change, so both are there or neither: shown with an object whose projection could not run when it committed. (A batch of D1 that fails
 * leaves neither: each module shows it beside its commands.)
 */
import { createExecutionContext, evictDurableObject } from 'cloudflare:test';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { app } from '../../workers/app.ts';
import { platformOf } from '../../workers/env.ts';
import { d1Meter } from '../../workers/storage/d1.ts';
import { openTenant } from '../../workers/tenancy/scope.ts';
import { operationsOf } from './document.ts';
import { type FurnishedTenant, furnishTenant, isOperators } from './fixtures.ts';
import { idsFor, labelOf, required, requestOf, generousEnv, signIn } from './requests.ts';
import { env, type SeededTenant, seedTenant } from './tenants.ts';
import { openApi } from './whole-document.ts';
import { stubVendors } from './vendors.ts';

/** Asked by POST because the question is long: they change nothing. */
const QUESTIONS: ReadonlySet<string> = new Set([
  'POST /api/v2/availability/simple',
  'POST /api/v2/availability/composite',
]);

const changing = operationsOf(openApi).filter(
  (operation) =>
    operation.kind === 'tenant' &&
    operation.method !== 'GET' &&
    operation.method !== 'HEAD' &&
    !QUESTIONS.has(labelOf(operation)),
);

interface LogRow {
  id: string;
  description: string;
  causer_type: string;
  causer_id: string;
  fields: string;
  changes: string | null;
}
async function logOf(tenantId: string): Promise<LogRow[]> {
  const { results } = await env.DB.prepare(
    'SELECT id, description, causer_type, causer_id, fields, changes FROM audit_log WHERE tenant_id = ?1 ORDER BY id',
  )
    .bind(tenantId)
    .all<LogRow>();
  return results;
}

/** The objects hand over what waits. */
async function drained(tenantId: string): Promise<void> {
  for (const namespace of [env.CALENDAR, env.LEDGER]) {
    const object = namespace.get(namespace.idFromName(tenantId));
    await object.resume();
    await object.drain();
  }
}

/** The request of an operation with everything it needs made beforehand, so that what it leaves is its own. */
describe('the activity log', () => {
  let tenant: FurnishedTenant;
  let operator: SeededTenant;
  beforeAll(async () => {
    stubVendors();
    tenant = await furnishTenant(signIn);
    operator = await seedTenant({ type: 'platform', role: 'super_admin' });
  });
  afterAll(() => vi.restoreAllMocks());

  it('there is something to look at', () => {
    expect(changing.length).toBeGreaterThan(30);
  });

  it.each(changing.map((operation) => [labelOf(operation), operation] as const))(
    '%s leaves a row that says who did it',
    async (label, operation) => {
      const operators = isOperators(operation.path);
      const whose = operators ? operator.tenantId : tenant.tenantId;
      const ids = await idsFor(tenant, operation, required(operation));
      const request = operators
        ? await requestOf(operation, ids, tenant, 'key', operator)
        : await requestOf(operation, ids, tenant, 'session', { ...tenant, cookie: await signIn(tenant) });
      await drained(tenant.tenantId);
      const before = new Set((await logOf(whose)).map(({ id }) => id));
      const response = await app.fetch(request, generousEnv, createExecutionContext());
      expect(response.status, await response.clone().text()).toBeLessThan(300);
      await drained(tenant.tenantId);
      const left = (await logOf(whose)).filter(({ id }) => !before.has(id));
      expect(
        left.filter(({ causer_type }) => causer_type === (operators ? 'api_key' : 'user')),
        `${label} left ${JSON.stringify(left)}`,
      ).not.toEqual([]);
    },
  );

  it('a change whose object was killed before it could hand it over comes with its row, once', async () => {
    const { tenantId } = tenant;
    const scope = openTenant(platformOf(env), tenantId, { kind: 'system', cause: 'demo' });
    const { result } = await scope.calendar.schedule();
    const branch = result.ok ? result.value.branches[0] : undefined;
    if (!branch) throw new Error('the furnished tenant has no branch');
    await drained(tenantId);
    const renamed = async (): Promise<{ rows: LogRow[]; name: unknown }> => {
      const row = await env.DB.prepare(
        "SELECT name FROM schedule_items WHERE tenant_id = ?1 AND kind = 'branch' AND id = ?2",
      )
        .bind(tenantId, branch.id)
        .first();
      const rows = (await logOf(tenantId)).filter(({ causer_id }) => causer_id === 'usr_killed');
      return { rows, name: row?.['name'] };
    };
    d1Meter.refuse = true;
    try {
      const put = await scope.calendar.putSchedule({
        key: 'audit:killed',
        now: scope.now,
        actor: { kind: 'user', id: 'usr_killed' },
        kind: 'branch',
        id: branch.id,
        body: { ...branch.body, name: 'Umbenannt' },
        expectedVersion: branch.version,
      });
      expect(put.result.ok).toBe(true);
      const stub = env.CALENDAR.get(env.CALENDAR.idFromName(tenantId));
      // Refused while a call of the object is still on its way out, which a busy machine takes its time for.
      await vi.waitFor(() => evictDurableObject(stub), { timeout: 20_000 });
    } finally {
      d1Meter.refuse = false;
    }
    expect(await renamed()).toMatchObject({ rows: [], name: branch.body.name });
    await drained(tenantId);
    await drained(tenantId);
    const { rows, name } = await renamed();
    expect(name).toBe('Umbenannt');
    expect(rows).toMatchObject([
      { description: 'schedule.item_put', causer_type: 'user', fields: '["version","name"]' },
    ]);
  });
});
