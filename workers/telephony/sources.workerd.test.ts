/** Where Retell's functions and webhooks may be asked from: the list of the instance, forged addresses, and the way out without a file. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { processNow } from '../../shared/clock.ts';
import { RETELL_ADDRESS } from '../../shared/contract/settings.ts';
import { askApi } from '../../tests/contract/requests.ts';
import { env, PLATFORM, productionEnv, type SeededTenant, seedTenant } from '../../tests/contract/tenants.ts';
import { app } from '../app.ts';
import { type Env, platformOf } from '../env.ts';
import { signRetell } from '../integrations/signatures.ts';
import { refusalsSince } from '../storage/queries/checks.ts';
import { forgetSettings } from '../storage/queries/system-settings.ts';
import { forgetSources, forgetStrangers } from './sources.ts';

const KEY = 'key_of_a_deployed_instance_0123456789';
const deployed: Env = { ...productionEnv, RETELL_API_KEY: KEY };
const PATHS = [
  '/api/retell/list-services',
  '/api/retell/list-services/some-salon',
  '/webhooks/retell',
  '/webhooks/retell/some-salon',
  '/webhooks/retell/inbound',
];
let operator: SeededTenant;
beforeAll(async () => {
  operator = await seedTenant({ type: 'platform', role: 'super_admin' });
});
const set = async (sources: object): Promise<void> => {
  const changed = await askApi(operator.apiKey, 'PATCH', '/api/v1/settings', { body: { retell_sources: sources } });
  expect(changed.status, changed.text).toBe(200);
  forgetSettings();
  forgetSources();
};
beforeEach(() => {
  forgetSources();
  forgetStrangers();
});
afterAll(() => set({ mode: 'deployed', addresses: [RETELL_ADDRESS] }));

/** Signed as Retell signs, about a call that nobody knows. */
async function ask(
  path: string,
  headers: Record<string, string>,
  { bindings = deployed, key = KEY }: { bindings?: Env; key?: string } = {},
) {
  const body = JSON.stringify({
    event: 'call_started',
    name: 'list_services',
    args: {},
    call: { call_id: 'call_none' },
  });
  const context = createExecutionContext();
  const signature = await signRetell(body, key, processNow());
  const request = new Request(`${PLATFORM}${path}`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'X-Retell-Signature': signature, ...headers },
    body,
  });
  const response = await app.fetch(request, bindings as typeof env, context);
  const answer = (await response.json()) as { error?: { code: string } };
  await waitOnExecutionContext(context);
  return { status: response.status, code: answer.error?.code };
}

describe('in a deployed instance', () => {
  it.each(PATHS)('%s is asked from the published address only, whatever signs', async (path) => {
    expect(await ask(path, { 'CF-Connecting-IP': '198.51.100.7' })).toEqual({ status: 403, code: 'SOURCE_REFUSED' });
    const listed = await ask(path, { 'CF-Connecting-IP': RETELL_ADDRESS });
    expect([200, 404, 422], `${path}: ${listed.status}`).toContain(listed.status);
  });

  it.each([
    ['X-Forwarded-For', RETELL_ADDRESS],
    ['X-Real-IP', RETELL_ADDRESS],
    ['True-Client-IP', RETELL_ADDRESS],
    ['Forwarded', `for=${RETELL_ADDRESS}`],
    ['X-Client-IP', RETELL_ADDRESS],
    ['CF-Connecting-IPv6', RETELL_ADDRESS],
    ['X-Original-Forwarded-For', RETELL_ADDRESS],
  ])('a forged %s opens nothing, beside another address and without one', async (name, value) => {
    const path = '/api/retell/list-services';
    expect((await ask(path, { [name]: value, 'CF-Connecting-IP': '198.51.100.7' })).status).toBe(403);
    expect((await ask(path, { [name]: value })).status).toBe(403);
  });

  it.each([
    `${RETELL_ADDRESS}, 198.51.100.7`,
    `198.51.100.7, ${RETELL_ADDRESS}`,
    `${RETELL_ADDRESS}0`,
    `::ffff:198.51.100.7`,
    '',
    'local',
    `${RETELL_ADDRESS}/0`,
  ])('what is not that address is refused: %s', async (address) => {
    expect((await ask('/webhooks/retell', { 'CF-Connecting-IP': address })).status).toBe(403);
  });

  it('the address is no key: a bad signature from there is refused as ever', async () => {
    const forged = await ask('/webhooks/retell', { 'CF-Connecting-IP': RETELL_ADDRESS }, { key: 'somebody_else' });
    expect(forged).toEqual({ status: 401, code: 'SIGNATURE_INVALID' });
  });

  it('refused requests are counted, shown beside the setting and in the health of the platform', async () => {
    const before = await refusalsSince(platformOf(env), processNow() - 3_600_000);
    await ask('/webhooks/retell', { 'CF-Connecting-IP': '198.51.100.9' });
    await ask('/webhooks/retell', { 'CF-Connecting-IP': '198.51.100.9' });
    const after = await refusalsSince(platformOf(env), processNow() - 3_600_000);
    // The second one is in the isolate's memory until its minute is over.
    expect(after).toEqual({ refused: before.refused + 1, address: '198.51.100.9' });
    const shown = await askApi(operator.apiKey, 'GET', '/api/v1/settings');
    expect(shown.body.data.refused_sources).toEqual({ count: after.refused, last_address: '198.51.100.9' });
  });

  it('a person is told when what is refused was signed by Retell’s key', async () => {
    const subject = `198.51.100.${20 + Math.floor(Math.random() * 200)}`;
    const told = async () => {
      const row = await env.DB.prepare("SELECT state FROM alarms WHERE kind = 'source_refused' AND subject = ?1")
        .bind(subject)
        .first<{ state: string }>();
      return row?.state ?? null;
    };
    await ask('/webhooks/retell', { 'CF-Connecting-IP': subject }, { key: 'somebody_else' });
    expect(await told()).toBeNull();
    forgetStrangers();
    await ask('/webhooks/retell', { 'CF-Connecting-IP': subject });
    expect(await told()).toBe('open');
  });

  it('a new address, a block of them, or no look at all: by the settings, without a file', async () => {
    const moved = { 'CF-Connecting-IP': '203.0.113.77' };
    expect((await ask('/webhooks/retell', moved)).status).toBe(403);
    await set({ addresses: [RETELL_ADDRESS, '203.0.113.0/24', '2001:db8:7::/48'] });
    expect((await ask('/webhooks/retell', moved)).status).not.toBe(403);
    expect((await ask('/webhooks/retell', { 'CF-Connecting-IP': '2001:db8:7::1' })).status).not.toBe(403);
    expect((await ask('/webhooks/retell', { 'CF-Connecting-IP': '203.0.114.1' })).status).toBe(403);
    await set({ addresses: [] });
    expect((await ask('/webhooks/retell', { 'CF-Connecting-IP': RETELL_ADDRESS })).status).toBe(403);
    await set({ mode: 'off' });
    expect((await ask('/webhooks/retell', { 'CF-Connecting-IP': '203.0.114.1' })).status).not.toBe(403);
    const bad = await askApi(operator.apiKey, 'PATCH', '/api/v1/settings', {
      body: { retell_sources: { addresses: ['example.org'] } },
    });
    expect(bad.status).toBe(422);
    await set({ mode: 'deployed', addresses: [RETELL_ADDRESS] });
  });
});

describe('in development', () => {
  it('nobody is asked where they are, unless the settings say always', async () => {
    const development = { ...env } as Env;
    const options = { bindings: development, key: 'key_demo_retell' };
    expect((await ask('/webhooks/retell', {}, options)).status).not.toBe(403);
    await set({ mode: 'always' });
    // The first request of an isolate only begins to read the list there.
    await ask('/webhooks/retell', {}, options);
    expect((await ask('/webhooks/retell', {}, options)).status).toBe(403);
    expect((await ask('/webhooks/retell', { 'CF-Connecting-IP': RETELL_ADDRESS }, options)).status).not.toBe(403);
  });
});
