/** Subscriptions at Stripe through the signed webhook: status of the tenant, days of grace, who takes the base fee; duplicates and disorder. */
import { OpenAPIHono } from '@hono/zod-openapi';
import { createExecutionContext, env } from 'cloudflare:test';
import { afterEach, expect, it } from 'vitest';
import { tenantRecord } from '../../tests/contract/tenants.ts';
import { asInstant, processNow, setClockOffset } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { DAY } from '../../shared/time.ts';
import { platformOf } from '../env.ts';
import { everyRequest, signedRequest } from '../http/middleware.ts';
import type { AppEnv } from '../http/module-routes.ts';
import { onError } from '../http/problem.ts';
import { signStripe } from '../integrations/signatures.ts';
import { ledgerPort } from '../ledger/client.ts';
import { defaultTerms, ORACLE_PLAN } from '../ledger/rules/terms.ts';
import { saveTenant, tenantById } from '../storage/platform-db.ts';
import { openTenant } from '../tenancy/scope.ts';
import { followDate } from '../tenants/commands/change-status.ts';
import { webhookRoutes } from './routes.ts';

const SECRET = 'whsec_demo_askproai';
const platform = platformOf(env);
let serial = 0;
afterEach(() => setClockOffset(0));

const webhooks = new OpenAPIHono<AppEnv>();
webhooks.onError(onError);
webhooks.use('*', ...everyRequest, ...signedRequest);
webhooks.route('/', webhookRoutes);

async function send(body: string, signature?: string) {
  const header = signature ?? (await signStripe(body, SECRET, processNow()));
  const answer = await webhooks.request(
    'http://localhost/webhooks/stripe',
    { method: 'POST', headers: { 'Stripe-Signature': header, 'Content-Type': 'application/json' }, body },
    env,
    createExecutionContext(),
  );
  return { status: answer.status, body: (await answer.json()) as { duplicate?: boolean } };
}

/** @param second when Stripe made it */
const event = (
  tenantId: string,
  type: 'created' | 'updated' | 'deleted',
  status: string,
  second: number,
  more: object = {},
) =>
  JSON.stringify({
    id: `evt_sub_${Date.now().toString(36)}${(serial++).toString(36)}`,
    object: 'event',
    type: `customer.subscription.${type}`,
    created: second,
    livemode: false,
    data: {
      object: {
        id: `sub_${tenantId}`,
        object: 'subscription',
        status,
        metadata: { kind: 'subscription', tenant_id: tenantId },
        ...more,
      },
    },
  });

async function business(): Promise<TenantId> {
  const record = tenantRecord({ planId: null });
  await saveTenant(platform, record);
  const put = await ledgerPort(platform, record.id).putTerms({ key: 'terms:1', terms: defaultTerms(ORACLE_PLAN) });
  if (!put.result.ok) throw new Error(JSON.stringify(put.result.error));
  return record.id;
}
const rowOf = async (id: TenantId) => {
  const row = await tenantById(platform, id);
  if (row === null) throw new Error('no tenant');
  return row;
};
const termsOf = async (id: TenantId) => {
  const { result } = await ledgerPort(platform, id).terms();
  if (!result.ok) throw new Error(result.error.code);
  return result.value.terms;
};

it('runs, owes, is paid, ends: the tenant follows, and Stripe takes the base fee as long as it runs', async () => {
  const id = await business();
  expect((await termsOf(id)).feeBy).toBeUndefined();
  expect(await send(event(id, 'created', 'active', 1_000))).toMatchObject({ status: 200 });
  expect(await rowOf(id)).toMatchObject({ status: 'active', subscription: { status: 'active', owes: false } });
  expect((await termsOf(id)).feeBy).toBe('stripe');
  await send(event(id, 'updated', 'past_due', 2_000));
  expect(await rowOf(id)).toMatchObject({ status: 'past_due', statusReason: 'past_due', subscription: { owes: true } });
  await send(event(id, 'updated', 'active', 3_000));
  expect(await rowOf(id)).toMatchObject({ status: 'active', statusReason: null, subscription: { owes: false } });
  await send(event(id, 'deleted', 'active', 4_000));
  expect(await rowOf(id)).toMatchObject({ status: 'past_due', subscription: { status: 'canceled' } });
  expect((await termsOf(id)).feeBy).toBeUndefined();
});

it('unpaid for the days of grace it is suspended, and a payment lets it in again', async () => {
  const id = await business();
  await send(event(id, 'created', 'active', 1_000));
  await send(event(id, 'updated', 'past_due', 2_000));
  setClockOffset(8 * DAY);
  const its = openTenant(platform, id, { kind: 'system', cause: 'cron' }, { now: asInstant(processNow()) });
  expect(await followDate(platform, its, await rowOf(id))).toBe(true);
  expect(await rowOf(id)).toMatchObject({ status: 'suspended' });
  expect((await termsOf(id)).suspended).toBe(true);
  await send(event(id, 'updated', 'active', 3_000));
  expect(await rowOf(id)).toMatchObject({ status: 'active' });
  expect((await termsOf(id)).suspended).toBe(false);
});

it('sent twice and in any order it ends the same', async () => {
  const orders = [
    [0, 1, 2],
    [2, 1, 0],
    [1, 2, 0, 1, 2],
    [2, 0, 0, 1],
  ];
  for (const order of orders) {
    const id = await business();
    const events = [
      event(id, 'created', 'incomplete', 1_000),
      event(id, 'updated', 'active', 2_000),
      event(id, 'updated', 'past_due', 3_000),
    ];
    const seen = new Set<number>();
    for (const one of order) {
      const { status, body } = await send(events[one] ?? '');
      expect([status, body.duplicate ?? false]).toEqual([200, seen.has(one)]);
      seen.add(one);
    }
    expect([order, await rowOf(id)]).toMatchObject([
      order,
      { status: 'past_due', subscription: { status: 'past_due', at: 3_000_000 } },
    ]);
  }
});

it('unsigned, of another mode, or without our metadata, nothing follows', async () => {
  const id = await business();
  expect((await send(event(id, 'created', 'past_due', 1_000), 't=1,v1=00')).status).toBe(401);
  const live = event(id, 'created', 'past_due', 1_000).replace('"livemode":false', '"livemode":true');
  expect((await send(live)).status).toBe(200);
  expect((await send(event(id, 'created', 'past_due', 1_000, { metadata: {} }))).status).toBe(200);
  expect((await send(event('ten_nobody', 'created', 'past_due', 1_000))).status).toBe(200);
  expect(await rowOf(id)).toMatchObject({ status: 'active', subscription: null });
});
