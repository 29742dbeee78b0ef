/** A dispute of a payment that nobody knows any more: the operator says whose it was, and it is booked as if it had been known. */
import { createExecutionContext } from 'cloudflare:test';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Json } from '../../tests/contract/document.ts';
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

/** Sends an event of this top-up as Stripe does; answers its id. @param metadata what Stripe says of it instead of ours */
async function send(name: string, topup: Opened, metadata?: Json): Promise<string> {
  const id = unique('evt');
  const event = stripeEvent(name, tenant, topup, id);
  if (metadata) (event['data'] as { object: { [member: string]: Json } }).object['metadata'] = metadata;
  if (name.startsWith('charge.dispute')) event['type'] = 'charge.dispute.created';
  const request = await signed('stripe', '/webhooks/stripe', JSON.stringify(event));
  const response = await app.fetch(request, generousEnv, createExecutionContext());
  expect(response.status, await response.clone().text()).toBe(200);
  return id;
}

/** A paid top-up of which nobody remembers whose payment it was: an import, or a write that was lost. */
async function forgottenPayment(amountCents: number): Promise<Opened> {
  const topup = await openTopup(tenant, amountCents);
  await send('payment_intent.succeeded', topup);
  await tenant.scope.ledger.flush(5_000);
  await env.DB.batch([
    env.DB.prepare('DELETE FROM payment_links WHERE payment_id = ?1').bind(`pi_${topup.topupId}`),
    env.DB.prepare('UPDATE topups SET payment_id = NULL WHERE tenant_id = ?1 AND id = ?2').bind(
      tenant.tenantId,
      topup.topupId,
    ),
  ]);
  return topup;
}
const available = async (): Promise<number> => {
  const { result } = await tenant.scope.ledger.balance();
  return result.ok ? result.value.availableCents : Number.NaN;
};
const alarmOf = (id: string) =>
  env.DB.prepare("SELECT state FROM alarms WHERE kind = 'payment_unmatched' AND subject = ?1")
    .bind(`unknown/${id}`)
    .first('state');
const reasonsOf = (ids: string[]): Promise<unknown[]> =>
  Promise.all(
    ids.map((id) => env.DB.prepare('SELECT reason FROM unmatched_payments WHERE id = ?1').bind(id).first('reason')),
  );
const match = (id: string, topupId: string) =>
  askApi(operator.apiKey, 'POST', `/api/v1/unmatched-payments/unknown/${id}/match`, {
    body: { tenant_id: tenant.tenantId, topup_id: topupId, reason: 'the customer named it' },
  });

it('is booked when it is matched, once, and its alarm is over', async () => {
  const topup = await forgottenPayment(5_000);
  const id = await send('charge.dispute.created', topup);
  const before = await available();
  expect(await alarmOf(id)).toBe('open');
  const matched = await match(id, topup.topupId);
  expect(matched.status, matched.text).toBe(200);
  expect(matched.body.data, matched.text).toMatchObject({
    resolution: 'matched',
    resolved_by: `api_key:${operator.apiKeyId}`,
    note: 'the customer named it',
  });
  const after = await available();
  expect(after).toBeLessThan(before);
  expect(await alarmOf(id)).toBe('cleared');
  expect((await match(id, topup.topupId)).status).toBe(409);
  expect(await available()).toBe(after);
});

it('money that names nobody is that top-up’s when it is matched, with all that came about it before', async () => {
  const topup = await openTopup(tenant, 5_000);
  const before = await available();
  const ids = [await send('payment_intent.succeeded', topup, {}), await send('checkout.session.completed', topup, {})];
  const [first = '', second = ''] = ids;
  for (const id of ids) expect(await alarmOf(id), id).toBe('open');
  expect(await reasonsOf(ids)).toEqual(['no_kind', 'no_kind']);
  expect(await available()).toBe(before);
  const matched = await match(first, topup.topupId);
  expect(matched.body.data, matched.text).toMatchObject({ resolution: 'matched', note: 'the customer named it' });
  expect(await available()).toBe(before + topup.net);
  // The session told of the same payment: it is booked with it, and nothing twice.
  expect((await match(second, topup.topupId)).status).toBe(409);
  for (const id of ids) expect(await alarmOf(id), id).toBe('cleared');
  // From now on the payment is known, whatever its events say of it.
  await send('payment_intent.succeeded', topup, {});
  await send('charge.dispute.created', topup);
  expect(await available()).toBe(before);
});

it('money that names nobody stays open when it is matched to a top-up of another amount', async () => {
  const [paid, other] = [await openTopup(tenant, 5_000), await openTopup(tenant, 7_000)];
  const before = await available();
  const id = await send('payment_intent.succeeded', paid, {});
  const matched = await match(id, other.topupId);
  expect(matched.body.data, matched.text).toMatchObject({ resolved_at: null, reason: 'amount_differs' });
  expect(await available()).toBe(before);
  expect(await alarmOf(id)).toBe('open');
  expect((await match(id, paid.topupId)).body.data).toMatchObject({ resolution: 'matched' });
  expect(await available()).toBe(before + paid.net);
});

it('stays open with the reason when the ledger refuses it, moves nothing, and may be matched anew', async () => {
  const [paid, other] = [await forgottenPayment(5_000), await forgottenPayment(7_000)];
  const id = await send('charge.dispute.created', paid);
  const before = await available();
  const matched = await match(id, other.topupId);
  expect(matched.body.data, matched.text).toMatchObject({ resolved_at: null });
  expect(matched.body.data.reason).not.toBe('payment_unknown');
  expect(await available()).toBe(before);
  expect(await alarmOf(id)).toBe('open');
  expect((await match(id, 'top_none')).status).toBe(404);
  expect((await match(id, paid.topupId)).body.data).toMatchObject({ resolution: 'matched' });
  expect(await available()).toBeLessThan(before);
});
