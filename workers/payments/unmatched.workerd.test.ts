/** A payment event that names nothing of ours: the operator says whose it was, and it is booked as if it had said so itself. */
import { createExecutionContext } from 'cloudflare:test';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { type FurnishedTenant, furnishTenant } from '../../tests/contract/fixtures.ts';
import { askApi, generousEnv, signIn } from '../../tests/contract/requests.ts';
import { type Opened, openTopup, signed, stripeEvent } from '../../tests/contract/signed.ts';
import { env, type SeededTenant, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { stubVendors } from '../../tests/contract/vendors.ts';
import { app } from '../app.ts';

let tenant: FurnishedTenant;
let operator: SeededTenant;
beforeAll(async () => {
  stubVendors();
  tenant = await furnishTenant(signIn);
  operator = await seedTenant({ type: 'platform', role: 'super_admin' });
});
afterAll(() => vi.restoreAllMocks());

/** A payment of a top-up, as Stripe tells of it when the metadata was lost. */
async function namelessPayment(topup: Opened): Promise<string> {
  const id = unique('evt');
  const event = stripeEvent('payment_intent.succeeded', tenant, topup, id);
  (event['data'] as { object: { metadata: object } }).object.metadata = {};
  const request = await signed('stripe', '/webhooks/stripe', JSON.stringify(event));
  const response = await app.fetch(request, generousEnv, createExecutionContext());
  expect(response.status, await response.clone().text()).toBe(200);
  return id;
}
const available = async (): Promise<number> => {
  const { result } = await tenant.scope.ledger.balance();
  return result.ok ? result.value.availableCents : Number.NaN;
};
const alarmOf = (id: string) =>
  env.DB.prepare("SELECT state FROM alarms WHERE kind = 'payment_unmatched' AND subject = ?1").bind(`unknown/${id}`).first('state');
const match = (id: string, topupId: string) =>
  askApi(operator.apiKey, 'POST', `/api/v1/unmatched-payments/unknown/${id}/match`, {
    body: { tenant_id: tenant.tenantId, topup_id: topupId, reason: 'the customer named it' },
  });

it('is booked when it is matched, once, and its alarm is over', async () => {
  const topup = await openTopup(tenant, 5_000);
  const id = await namelessPayment(topup);
  const before = await available();
  expect(await alarmOf(id)).toBe('open');
  const matched = await match(id, topup.topupId);
  expect(matched.status, matched.text).toBe(200);
  expect(matched.body.data).toMatchObject({
    resolution: 'matched',
    resolved_by: `api_key:${operator.apiKeyId}`,
    note: 'the customer named it',
  });
  expect(await available()).toBe(before + topup.net);
  expect(await alarmOf(id)).toBe('cleared');
  expect((await match(id, topup.topupId)).status).toBe(409);
  expect(await available()).toBe(before + topup.net);
});

it('stays open with the reason when the ledger refuses it, and moves nothing', async () => {
  const [paid, other] = [await openTopup(tenant, 5_000), await openTopup(tenant, 7_000)];
  const id = await namelessPayment(paid);
  const before = await available();
  const matched = await match(id, other.topupId);
  expect(matched.body.data, matched.text).toMatchObject({ resolved_at: null, reason: 'amount_differs' });
  expect(await available()).toBe(before);
  expect(await alarmOf(id)).toBe('open');
  expect((await match(id, 'top_none')).status).toBe(404);
  // Whoever chose wrongly may choose again.
  expect((await match(id, paid.topupId)).body.data).toMatchObject({ resolution: 'matched' });
  expect(await available()).toBe(before + paid.net);
});
