/** Plans: prices as they are sold, and what a tenant's ledger is told of one. */
import { beforeAll, describe, expect, it } from 'vitest';
import { askApi } from '../../tests/contract/requests.ts';
import { env, seedTenant, type SeededTenant, tenantRecord, unique } from '../../tests/contract/tenants.ts';
import { SYSTEM_SETTINGS } from '../../shared/contract/settings.ts';
import { platformOf } from '../env.ts';
import { DEFAULT_TIERS, ORACLE_PLAN, termsProblems } from '../ledger/rules/terms.ts';
import { planById, termsOfPlan } from './plans.ts';
import { settingsOf } from './settings.ts';

const platform = platformOf(env);
const ask = ({ apiKey }: SeededTenant, method: string, path: string, body?: unknown, headers = {}) =>
  askApi(apiKey, method, `/api/v1/pricing-plans${path}`, { body, headers });

/** The oracle's plan as somebody types it in. */
const COMBINED = {
  name: 'Kombi',
  model: 'combined',
  base_fee_micros: 49_000_000,
  included_minutes: 500,
  price_per_minute_micros: 150_000,
  price_per_appointment_micros: 2_000_000,
};

let operator: SeededTenant;
let reseller: SeededTenant;
beforeAll(async () => {
  operator = await seedTenant({ type: 'platform', role: 'super_admin' });
  reseller = await seedTenant({ type: 'reseller', role: 'reseller_admin' });
});

describe('a plan', () => {
  it('is made, changed, archived and brought back, each time with a version', async () => {
    const made = await ask(operator, 'POST', '', COMBINED);
    expect(made.status, made.text).toBe(201);
    const { id } = made.body.data;
    expect(made.body.data).toMatchObject({ ...COMBINED, currency: 'EUR', billing_increment_seconds: 1, version: 1 });
    const dearer = await ask(operator, 'PATCH', `/${id}`, { price_per_minute_micros: 160_000, name: 'Kombi 2' });
    expect(dearer.body.data).toMatchObject({ price_per_minute_micros: 160_000, included_minutes: 500, version: 2 });
    expect((await ask(operator, 'PATCH', `/${id}`, { included_minutes: 500 })).body.data.version).toBe(2);
    expect((await ask(operator, 'PATCH', `/${id}`, { name: 'X' }, { 'If-Match': '"1"' })).status).toBe(409);
    expect((await ask(operator, 'DELETE', `/${id}`)).status).toBe(200);
    expect(await planById(platform, id)).toBeNull();
    const archived = await ask(operator, 'GET', '?deleted=true');
    expect(archived.body.data.map((plan: { id: string }) => plan.id)).toContain(id);
    expect((await ask(operator, 'POST', `/${id}/restore`)).status).toBe(200);
    expect(await planById(platform, id)).toMatchObject({ id, name: 'Kombi 2' });
  });

  it('of a reseller is found by id and seen by nobody else', async () => {
    const { id } = (await ask(reseller, 'POST', '', { name: 'Partner', model: 'per_minute' })).body.data;
    expect(await planById(platform, id)).toMatchObject({ tenantId: reseller.tenantId });
    expect((await ask(operator, 'GET', `/${id}`)).status).toBe(404);
  });

  it('is refused to a business, in a currency nobody keeps, and beyond a thousand a unit', async () => {
    const business = await seedTenant();
    expect((await ask(business, 'POST', '', COMBINED)).status).toBe(403);
    expect((await ask(operator, 'POST', '', { ...COMBINED, currency: 'XXX' })).body.error.errors).toHaveProperty(
      'currency',
    );
    const dear = await ask(operator, 'POST', '', { ...COMBINED, price_per_minute_micros: 2_000_000_000 });
    expect(dear.status).toBe(422);
  });

  it('leaves in the log which prices changed, kept as long as the books', async () => {
    const { id } = (await ask(operator, 'POST', '', { name: unique('Plan'), model: 'per_minute' })).body.data;
    await ask(operator, 'PATCH', `/${id}`, { price_per_minute_micros: 200_000 });
    const { results } = await env.DB.prepare(
      "SELECT log, description, v.before, v.after FROM audit_log a JOIN audit_values v ON v.tenant_id = a.tenant_id AND v.audit_id = a.id WHERE a.tenant_id = ?1 AND subject_id = ?2 AND description = 'pricing_plan.updated'",
    )
      .bind(operator.tenantId, id)
      .all();
    expect(results).toEqual([
      {
        log: 'money',
        description: 'pricing_plan.updated',
        before: '{"pricePerMinuteMicros":0}',
        after: '{"pricePerMinuteMicros":200000}',
      },
    ]);
  });
});

describe('what a ledger is told', () => {
  const settings = settingsOf({});

  it('prices the oracle’s plan as the ledger’s own', async () => {
    const { id } = (await ask(operator, 'POST', '', COMBINED)).body.data;
    const plan = await planById(platform, id);
    if (plan === null) throw new Error('no plan');
    const terms = termsOfPlan(plan, tenantRecord(), settings);
    expect(termsProblems(terms)).toEqual({});
    expect(terms.plan).toMatchObject({ ...ORACLE_PLAN, id });
    expect(terms.bonusTiers).toEqual(DEFAULT_TIERS);
    expect(terms).toMatchObject({ currency: 'EUR', timeZone: 'Europe/Berlin', suspended: false });
  });

  it('has the prices of other things with what is included, and says who is taxed how', async () => {
    const { id } = (
      await ask(operator, 'POST', '', {
        name: 'SMS',
        model: 'per_minute',
        unit_prices_micros: { sms: 80_000, storage_mb: 1_000 },
        included_units: { storage_mb: 1_000 },
        billable_sources: ['phone_ai'],
        refund_on_cancel: 'none',
      })
    ).body.data;
    const plan = await planById(platform, id);
    if (plan === null) throw new Error('no plan');
    const tenant = { ...tenantRecord({ country: 'AT', status: 'suspended' }), vatIdValid: true };
    const terms = termsOfPlan(plan, tenant, {
      ...settings,
      issuer: { ...SYSTEM_SETTINGS.issuer.initial, small_business: true },
    });
    expect(termsProblems(terms)).toEqual({});
    expect(terms).toMatchObject({
      suspended: true,
      plan: {
        billableSources: ['phone_ai'],
        refundOnCancel: 'none',
        unitPrices: {
          sms: { includedScaled: 0, priceMicros: 80_000 },
          storage_mb: { includedScaled: 10_000_000, priceMicros: 1_000 },
        },
      },
      vat: { issuerSmallBusiness: true, recipientCountry: 'AT', recipientVatIdValid: true },
    });
  });
});
