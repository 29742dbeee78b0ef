/**
 * Generated: every route of the document that changes something, asked in a session of the support. It is refused as a whole, or each row that it
 * leaves in the activity log names who looked in beside the person in whose name it was done, changes of the objects too.
 */
import { createExecutionContext } from 'cloudflare:test';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { app } from '../../workers/app.ts';
import { changing, drained, logOf } from './activity-log.ts';
import { type FurnishedTenant, furnishTenant, isOperators, isSellers } from './fixtures.ts';
import { generousEnv, idsFor, labelOf, requestOf, required, signIn } from './requests.ts';
import { env, freshAddress, PLATFORM, type SeededTenant, seedTenant } from './tenants.ts';
import { stubVendors } from './vendors.ts';

/** Who comes in, what money is spent, what the owner has agreed to: refused whatever else is declared of it. */
const NEVER =
  /^\/api\/auth\/|^\/api\/v1\/(users|roles|api-keys|security|me|integrations|domains|pricing-plans|tenants)(\/|$)|topup|payment-method|auto-top/;

/** Those that somebody of a business may ask at all. */
const ofBusiness = changing.filter(({ path }) => !isOperators(path) && !isSellers(path));

describe('a session of the support', () => {
  let tenant: FurnishedTenant;
  let operator: SeededTenant;
  let cookie = '';
  beforeAll(async () => {
    stubVendors();
    tenant = await furnishTenant(signIn);
    operator = await seedTenant({ type: 'platform', role: 'super_admin' });
    await env.DB.prepare('UPDATE tenants SET support_access_until = ?1 WHERE id = ?2')
      .bind(Date.now() + 3_600_000, tenant.tenantId)
      .run();
    const begun = await app.fetch(
      new Request(`${PLATFORM}/api/v1/tenants/${tenant.tenantId}/support/sessions`, {
        method: 'POST',
        headers: {
          'Content-Type': 'application/json',
          Cookie: await signIn(operator),
          'CF-Connecting-IP': freshAddress(),
        },
        body: JSON.stringify({ user_id: tenant.userId, reason: 'Jede Änderung einmal' }),
      }),
      generousEnv,
      createExecutionContext(),
    );
    expect(begun.status, await begun.clone().text()).toBe(201);
    cookie = begun.headers
      .getSetCookie()
      .map((line) => line.split(';')[0])
      .join('; ');
  });
  afterAll(() => vi.restoreAllMocks());

  const outcomes = { made: 0, refused: 0 };

  it.each(ofBusiness.map((operation) => [labelOf(operation), operation] as const))(
    '%s is refused, or says who it was',
    async (label, operation) => {
      const ids = await idsFor(tenant, operation, required(operation));
      const request = await requestOf(operation, ids, tenant, 'session', { ...tenant, cookie });
      await drained(tenant.tenantId);
      const before = new Set((await logOf(tenant.tenantId)).map(({ id }) => id));
      const response = await app.fetch(request, generousEnv, createExecutionContext());
      const text = await response.text();
      await drained(tenant.tenantId);
      const left = (await logOf(tenant.tenantId)).filter(({ id }) => !before.has(id));
      if (NEVER.test(operation.path)) expect(response.status, `${label}: ${text}`).toBe(403);
      if (response.status === 403) {
        outcomes.refused++;
        expect(JSON.parse(text).error.code, label).toBe('SUPPORT_SESSION');
        expect(left).toEqual([]);
        return;
      }
      outcomes.made++;
      expect(response.status, `${label}: ${text}`).toBeLessThan(300);
      // What machinery does as a consequence is its own; what a person did is done by both.
      const byPeople = left.filter(({ causer_type }) => causer_type === 'user');
      expect(byPeople, `${label} left ${JSON.stringify(left)}`).not.toEqual([]);
      for (const row of byPeople)
        expect(row, label).toMatchObject({ causer_id: tenant.userId, impersonator_id: operator.userId });
    },
  );

  it('met both kinds', () => {
    expect(outcomes.made).toBeGreaterThan(30);
    expect(outcomes.refused).toBeGreaterThan(10);
  });
});
