/** A reseller tops a customer up from its own balance, over HTTP: who may, once for a key, seen in both accounts. */
import { runDurableObjectAlarm } from 'cloudflare:test';
import { beforeAll, expect, it } from 'vitest';
import { askApi } from '../../tests/contract/requests.ts';
import { env, type SeededTenant, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { testTerms } from '../../tests/objects/test-terms.ts';
import { processNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { asCents } from '../../shared/money.ts';
import { platformOf } from '../env.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';

const scopeOf = ({ tenantId }: SeededTenant): TenantScope =>
  openTenant(platformOf(env), tenantId, { kind: 'system', cause: 'demo' }, { now: processNow() });
let reseller: SeededTenant;
let customer: SeededTenant;
let stranger: SeededTenant;
beforeAll(async () => {
  reseller = await seedTenant({ type: 'reseller', role: 'reseller_admin', parentId: 'platform' });
  customer = await seedTenant({ parentId: reseller.tenantId });
  stranger = await seedTenant();
  for (const one of [reseller, customer, stranger])
    await scopeOf(one).ledger.putTerms({ key: 'terms', terms: testTerms });
  await scopeOf(reseller).ledger.recordTopup({
    key: 'bank:1',
    topupId: newId('topup', processNow()),
    amountCents: asCents(10_000),
    currency: 'EUR',
    method: 'bank_transfer',
  });
});
const path = (to: SeededTenant) => `/api/v1/tenants/${to.tenantId}/transfers`;
const prepaid = async (of: SeededTenant) => {
  const { result } = await scopeOf(of).ledger.balance();
  return result.ok ? result.value.prepaidCents : null;
};

it('sends it once for a key; both accounts show it, and who did it is in the activity log', async () => {
  const key = unique('key');
  const send = () =>
    askApi(reseller.apiKey, 'POST', path(customer), {
      body: { amount_cents: 2_500 },
      headers: { 'Idempotency-Key': key },
    });
  const sent = await send();
  expect(sent.status, sent.text).toBe(201);
  expect(sent.body.data).toMatchObject({ direction: 'out', tenant_id: customer.tenantId, amount_cents: 2_500 });
  expect((await send()).body.data.id).toBe(sent.body.data.id);
  const stub = env.LEDGER.get(env.LEDGER.idFromName(reseller.tenantId));
  await runDurableObjectAlarm(stub);
  expect([await prepaid(reseller), await prepaid(customer)]).toEqual([7_500, 2_500]);

  const listed = await askApi(reseller.apiKey, 'GET', path(customer));
  expect(listed.body.data).toMatchObject([{ id: sent.body.data.id, state: 'settled', reason: null }]);
  const movements = async (of: SeededTenant) => {
    await scopeOf(of).ledger.flush(1_000);
    const answered = await askApi(of.apiKey, 'GET', '/api/v2/transactions?type=transfer', {
      headers: { 'Accept-Language': 'de' },
    });
    return (answered.body.data as { amount_cents: number; description: string }[]).map((row) => [
      row.amount_cents,
      row.description,
    ]);
  };
  expect(await movements(reseller)).toEqual([[-2_500, 'Übertragen an ein anderes Konto']]);
  expect(await movements(customer)).toEqual([[2_500, 'Übertrag von einem anderen Konto']]);
  const audit = await env.DB.prepare(
    "SELECT causer_type, causer_id, changes FROM audit_log WHERE tenant_id = ?1 AND description = 'ledger.posted' AND changes LIKE '%transfer%'",
  )
    .bind(reseller.tenantId)
    .all<{ causer_type: string; causer_id: string; changes: string }>();
  expect(audit.results).toMatchObject([{ causer_type: 'api_key', causer_id: reseller.apiKeyId }]);
});

it('refuses what is not there, whom it does not sell to, and a business', async () => {
  const before = await prepaid(reseller);
  const ask = (who: SeededTenant, to: SeededTenant, amount: unknown) =>
    askApi(who.apiKey, 'POST', path(to), { body: { amount_cents: amount } });
  const short = await ask(reseller, customer, 9_000_000);
  expect([short.status, short.body.error.code]).toEqual([402, 'INSUFFICIENT_BALANCE']);
  expect((await ask(reseller, customer, 0)).status).toBe(422);
  expect((await ask(reseller, customer, 1.5)).status).toBe(422);
  expect((await ask(reseller, stranger, 100)).status).toBe(404);
  expect((await ask(customer, stranger, 100)).status).toBe(403);
  expect((await askApi(reseller.apiKey, 'GET', path(stranger))).status).toBe(404);
  expect(await prepaid(reseller)).toBe(before);
});
