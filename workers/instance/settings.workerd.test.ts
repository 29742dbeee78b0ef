/** Settings of the instance: the operator's alone, each change with a version and an audit row. */
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { askApi } from '../../tests/contract/requests.ts';
import { env, productionEnv, seedTenant, type SeededTenant } from '../../tests/contract/tenants.ts';
import { SYSTEM_SETTINGS } from '../../shared/contract/settings.ts';
import { asCents } from '../../shared/money.ts';
import type { TenantId } from '../../shared/ids.ts';
import { platformOf } from '../env.ts';
import { defaultTerms, PER_MINUTE_PLAN } from '../ledger/rules/terms.ts';
import { openTopup } from '../payments/commands/open-topup.ts';
import { openTenant } from '../tenancy/scope.ts';
import { issuerLacks } from './issuer.ts';
import { settingsOf, systemSettings } from './settings.ts';

const SETTINGS = '/api/v1/settings';
let operator: SeededTenant;
beforeAll(async () => {
  operator = await seedTenant({ type: 'platform', role: 'super_admin' });
});

const show = () => askApi(operator.apiKey, 'GET', SETTINGS);
const change = (body: unknown, headers: Record<string, string> = {}) =>
  askApi(operator.apiKey, 'PATCH', SETTINGS, { body, headers });

describe('settings', () => {
  it('begin with what is declared and keep what is left out, inside the issuer too', async () => {
    const before = (await show()).body.data;
    expect(before).toMatchObject({ bonus_tiers: SYSTEM_SETTINGS.bonus_tiers.initial });
    const first = await change({ issuer: { legal_name: 'AskPro GmbH', city: 'Berlin' }, trial_days: 21 });
    expect(first.status, first.text).toBe(200);
    expect(first.body.data.version).toBe(before.version + 2);
    const second = await change({ issuer: { street: 'Torstraße 1' } });
    expect(second.body.data.issuer).toMatchObject({
      legal_name: 'AskPro GmbH',
      street: 'Torstraße 1',
      city: 'Berlin',
      country: 'DE',
    });
    // At once where it was made, whatever is remembered.
    expect(await systemSettings(platformOf(env))).toMatchObject({ trial_days: 21, issuer: { city: 'Berlin' } });
    expect(second.headers.get('ETag')).toBe(`"${second.body.data.version}"`);
  });

  it('an empty change is no version, an older one is refused', async () => {
    const { version, trial_days } = (await show()).body.data;
    expect((await change({ trial_days })).body.data.version).toBe(version);
    expect((await change({ trial_bonus_cents: 123 }, { 'If-Match': `"${version}"` })).status).toBe(200);
    const late = await change({ trial_bonus_cents: 124 }, { 'If-Match': `"${version}"` });
    expect([late.status, late.body.error.code]).toEqual([409, 'VERSION_CONFLICT']);
  });

  it('of ten changes at once by the same version one is made', async () => {
    const { version } = (await show()).body.data;
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, i) => change({ trial_days: 30 + i }, { 'If-Match': `"${version}"` })),
    );
    expect(answers.filter(({ status }) => status === 200)).toHaveLength(1);
    expect((await show()).body.data.version).toBe(version + 1);
  });

  it('refuse what is out of bounds by name, and what nobody declared', async () => {
    const bad = await change({ trial_days: 91, default_limits: { users: 0 }, colour: 'red' });
    expect(bad.status).toBe(422);
    expect(Object.keys(bad.body.error.errors).sort()).toEqual(['colour', 'default_limits.users', 'trial_days']);
    const tiers = [
      { id: 'a', name: 'A', from_cents: 1, kind: 'percentage', value: 20_000 },
      { id: 'a', name: 'B', from_cents: 1, kind: 'fixed', value: 1 },
    ];
    expect((await change({ bonus_tiers: tiers })).body.error.errors).toHaveProperty('bonus_tiers');
  });

  it('are nobody’s but the operator’s, whatever a role may', async () => {
    for (const who of [await seedTenant(), await seedTenant({ type: 'reseller', role: 'reseller_admin' })]) {
      expect((await askApi(who.apiKey, 'GET', SETTINGS)).status).toBe(403);
      expect((await askApi(who.apiKey, 'PATCH', SETTINGS, { body: { signup_open: true } })).status).toBe(403);
    }
    expect((await show()).body.data.signup_open).toBe(false);
  });

  it('leave old and new in the log', async () => {
    await change({ signup_open: true });
    await change({ signup_open: false });
    const row = await env.DB.prepare(
      "SELECT v.before, v.after, causer_id FROM audit_log a JOIN audit_values v ON v.tenant_id = a.tenant_id AND v.audit_id = a.id WHERE a.tenant_id = ?1 AND description = 'system_settings.updated' ORDER BY a.id DESC LIMIT 1",
    )
      .bind(operator.tenantId)
      .first();
    expect(row).toEqual({
      before: '{"signup_open":true}',
      after: '{"signup_open":false}',
      causer_id: operator.apiKeyId,
    });
  });
});

describe('a top-up in production', () => {
  afterEach(() => void vi.restoreAllMocks());

  const production = platformOf(productionEnv);
  const open = async (tenantId: string) => {
    // Objects of production stand in the EU, which this runtime does not have: what is asked there is the configuration alone.
    const scope = openTenant(platformOf(env), tenantId as TenantId, { kind: 'system', cause: 'demo' });
    await scope.ledger.putTerms({ key: `terms:${tenantId}`, terms: defaultTerms(PER_MINUTE_PLAN) });
    const { result } = await openTopup(production, scope, {
      method: 'stripe',
      amountCents: asCents(5_000),
      language: 'de',
      origin: 'https://app.askpro.test',
    });
    return result.ok ? null : result.error;
  };

  it('is refused by name while a receipt could not say who takes the money, and nothing is opened', async () => {
    const { tenantId } = await seedTenant();
    await change({ issuer: { ...SYSTEM_SETTINGS.issuer.initial, legal_name: 'AskPro GmbH' } });
    expect(await open(tenantId)).toEqual({
      code: 'ISSUER_INCOMPLETE',
      details: { missing: ['address', 'tax_number', 'vat_rate'] },
    });
    const topups = await env.DB.prepare('SELECT count(*) AS n FROM topups WHERE tenant_id = ?1').bind(tenantId).first();
    expect(topups).toEqual({ n: 0 });
  });

  it('goes on to Stripe once the issuer is whole', async () => {
    const { tenantId } = await seedTenant();
    await change({
      issuer: {
        street: 'Torstraße 1',
        postal_code: '10119',
        city: 'Berlin',
        tax_number: '27/1',
        vat_rate_basis_points: 1_900,
      },
    });
    vi.spyOn(globalThis, 'fetch').mockRejectedValue(new TypeError('Stripe is away'));
    expect(await open(tenantId)).toEqual({ code: 'UPSTREAM_UNAVAILABLE', service: 'stripe' });
  });
});

it('a stored value that the declaration no longer knows is the default, and a new member has its own', () => {
  const settings = settingsOf({ trial_days: 'many', issuer: { legal_name: 'Alt' }, gone: 1 });
  expect(settings.trial_days).toBe(14);
  expect(settings.issuer).toEqual({ ...SYSTEM_SETTINGS.issuer.initial, legal_name: 'Alt' });
  expect(Object.keys(settings)).not.toContain('gone');
});

it('an issuer lacks name, address, number and rate until they are there; one number is enough', () => {
  const empty = SYSTEM_SETTINGS.issuer.initial;
  expect(issuerLacks(empty)).toEqual(['legal_name', 'address', 'tax_number', 'vat_rate']);
  const whole = {
    ...empty,
    legal_name: 'AskPro GmbH',
    street: 'Torstraße 1',
    postal_code: '10119',
    city: 'Berlin',
    vat_id: 'DE123456789',
    vat_rate_basis_points: 1_900,
  };
  expect(issuerLacks(whole)).toEqual([]);
  expect(issuerLacks({ ...whole, vat_rate_basis_points: null, small_business: true })).toEqual([]);
  expect(issuerLacks({ ...whole, city: '' })).toEqual(['address']);
});
