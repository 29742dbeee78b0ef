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
import { changing, drained, type LogRow, logOf } from './activity-log.ts';
import { type FurnishedTenant, furnishTenant, isOperators, isSellers, seedOperator, SELLER } from './fixtures.ts';
import { idsFor, labelOf, required, requestOf, generousEnv, signIn } from './requests.ts';
import { env, type SeededTenant } from './tenants.ts';
import { stubVendors } from './vendors.ts';

describe('the activity log', () => {
  let tenant: FurnishedTenant;
  let seller: FurnishedTenant;
  let operator: SeededTenant;
  beforeAll(async () => {
    stubVendors();
    tenant = await furnishTenant(signIn);
    seller = await furnishTenant(signIn, SELLER);
    operator = await seedOperator();
  });
  afterAll(() => vi.restoreAllMocks());

  it('there is something to look at', () => {
    expect(changing.length).toBeGreaterThan(30);
  });

  it.each(changing.map((operation) => [labelOf(operation), operation] as const))(
    '%s leaves a row that says who did it',
    async (label, operation) => {
      const caller = isSellers(operation.path) ? seller : tenant;
      const operators = isOperators(operation.path);
      const whose = operators ? operator.tenantId : caller.tenantId;
      const ids = await idsFor(caller, operation, required(operation));
      const request = operators
        ? operation.actor === 'user'
          ? await requestOf(operation, ids, caller, 'session', { ...operator, cookie: await signIn(operator) })
          : await requestOf(operation, ids, caller, 'key', operator)
        : await requestOf(operation, ids, caller, 'session', { ...caller, cookie: await signIn(caller) });
      await drained(caller.tenantId);
      const before = new Set((await logOf(whose)).map(({ id }) => id));
      const response = await app.fetch(request, generousEnv, createExecutionContext());
      expect(response.status, await response.clone().text()).toBeLessThan(300);
      await drained(caller.tenantId);
      if (whose !== caller.tenantId) await drained(whose);
      const left = (await logOf(whose)).filter(({ id }) => !before.has(id));
      expect(
        left.filter(
          ({ causer_type }) => causer_type === (operators && operation.actor !== 'user' ? 'api_key' : 'user'),
        ),
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
