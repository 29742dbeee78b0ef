/** Whose signature a Cal.com webhook may carry. */
import { describe, expect, it } from 'vitest';
import { env, type SeededTenant, seedTenant } from '../../tests/contract/tenants.ts';
import { processNow } from '../../shared/clock.ts';
import { configOf, platformOf } from '../env.ts';
import { signCalcom } from '../integrations/signatures.ts';
import { saveIntegration } from '../storage/platform-db.ts';
import { seal } from '../tenancy/seal.ts';
import { receiveCalcom } from './receive.ts';

const PLATFORMS = configOf(env).CALCOM_WEBHOOK_SECRET ?? '';
const PING = JSON.stringify({ triggerEvent: 'PING', createdAt: '2026-11-22T10:00:00Z', payload: {} });

async function withSecret(secret: string): Promise<SeededTenant> {
  const tenant = await seedTenant();
  const sealedWebhookSecret = await seal(platformOf(env), tenant.tenantId, secret);
  await saveIntegration(platformOf(env), { tenantId: tenant.tenantId, vendor: 'calcom', sealedWebhookSecret });
  return tenant;
}
const received = async (company: string | null, secret: string) =>
  (
    await receiveCalcom(platformOf(env), {
      raw: PING,
      signature: await signCalcom(PING, secret),
      company,
      now: processNow(),
      requestId: 'req_test',
    })
  ).kind;

describe('a tenant with a secret of its own', () => {
  it('accepts only that one: neither the platform’s nor another tenant’s', async () => {
    const [own, other] = [await withSecret('own-secret'), await withSecret('other-secret')];
    expect(await received(own.slug, 'own-secret')).toBe('ping');
    expect(await received(own.tenantId, 'own-secret')).toBe('ping');
    expect(await received(own.slug, PLATFORMS)).toBe('unsigned');
    expect(await received(own.slug, 'other-secret')).toBe('unsigned');
    expect(await received(other.slug, 'other-secret')).toBe('ping');
  });

  it('accepts nothing when its secret can no longer be opened', async () => {
    const tenant = await seedTenant();
    const sealedWebhookSecret = await seal(platformOf(env), 'ten_somebody_else', 'own-secret');
    await saveIntegration(platformOf(env), { tenantId: tenant.tenantId, vendor: 'calcom', sealedWebhookSecret });
    for (const secret of ['own-secret', PLATFORMS]) expect(await received(tenant.slug, secret)).toBe('unsigned');
  });
});

it('a tenant without one, and a webhook of nobody, are signed with the platform’s', async () => {
  const tenant = await seedTenant();
  expect(await received(tenant.slug, PLATFORMS)).toBe('ping');
  expect(await received(tenant.slug, 'own-secret')).toBe('unsigned');
  expect(await received(null, PLATFORMS)).toBe('ping');
});
