/** Credentials over HTTP: written and never read, tested, replaced, resolved, sealed anew; and what a business's own Stripe account may not. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import type { IntegrationView } from '../../shared/contract/integrations.ts';
import { newId } from '../../shared/ids.ts';
import { generousEnv, signIn } from '../../tests/contract/requests.ts';
import { connectLine, openTopup, stripeEvent } from '../../tests/contract/signed.ts';
import { env, freshAddress, PLATFORM, type SeededTenant, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { type FurnishedTenant, furnishTenant } from '../../tests/contract/fixtures.ts';
import { stubVendors } from '../../tests/contract/vendors.ts';
import { app } from '../app.ts';
import { calcomAccount } from '../calendar-sync/account.ts';
import { type Env, platformOf } from '../env.ts';
import { processWebhook } from '../handlers.ts';
import { signCalcom, signStripe } from '../integrations/signatures.ts';
import { integrationOf, saveIntegration } from '../storage/platform-db.ts';
import { countSealedOtherwise } from '../storage/queries/integrations.ts';
import { auditLog, auditValues } from '../storage/tables/identity.ts';
import { webhookLogs } from '../storage/tables/delivery.ts';
import { credentialInForce, forgetCredentials, PLATFORM_CREDENTIALS } from '../tenancy/credentials.ts';
import { openSealed, seal } from '../tenancy/seal.ts';
import { openTenant } from '../tenancy/scope.ts';
import { isPublicAddress, isPublicHost, isPublicRelay } from '../../shared/public-address.ts';

const INTEGRATIONS = '/api/v1/integrations';
const platform = platformOf(env);
const masterKey = (fill: number): string =>
  btoa(String.fromCharCode(...Array.from({ length: 32 }, (_, i) => i ^ fill)));
/** The same instance after another start with other master keys. */
const withKeys = (text: string): Env => ({ ...generousEnv, MASTER_KEY: text }) as Env;
const [FIRST, SECOND] = [masterKey(7), masterKey(99)];

interface Person extends SeededTenant {
  cookie: string;
}
const person = async (options: Parameters<typeof seedTenant>[0] = {}): Promise<Person> => {
  const seeded = await seedTenant(options);
  return { ...seeded, cookie: await signIn(seeded) };
};

async function ask(
  who: { cookie: string },
  method: string,
  path: string,
  {
    body,
    headers = {},
    bindings = generousEnv,
  }: { body?: unknown; headers?: Record<string, string>; bindings?: Env } = {},
) {
  const context = createExecutionContext();
  const request = new Request(`${PLATFORM}${path}`, {
    method,
    headers: {
      Cookie: who.cookie,
      'CF-Connecting-IP': freshAddress(),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await app.fetch(request, bindings as typeof env, context);
  const text = await response.text();
  await waitOnExecutionContext(context);
  // biome-ignore lint/suspicious/noExplicitAny: bodies are asserted field by field
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) as any };
}
const shown = async (who: { cookie: string }, vendor: string, query = '', bindings?: Env): Promise<IntegrationView> => {
  const answer = await ask(who, 'GET', `${INTEGRATIONS}${query}`, bindings === undefined ? {} : { bindings });
  expect(answer.status, answer.text).toBe(200);
  return answer.body.data.find((one: IntegrationView) => one.vendor === vendor);
};

/** Cal.com that knows some keys; everything else is away. */
function calcomKnows(...keys: string[]): { asked: string[] } {
  const asked: string[] = [];
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : String(input));
    asked.push(url.pathname);
    const key = new Headers(init?.headers).get('authorization')?.slice('Bearer '.length) ?? '';
    if (!url.pathname.startsWith('/v2/')) return Response.json({}, { status: 503 });
    if (!keys.includes(key))
      return Response.json({ status: 'error', error: { message: `no such key ${key}` } }, { status: 401 });
    const type = { id: 4711, slug: 'schnitt', title: 'Haarschnitt', lengthInMinutes: 45 };
    return Response.json({ data: url.pathname === '/v2/me' ? { username: 'salon' } : [type] });
  });
  return { asked };
}

afterEach(() => vi.restoreAllMocks());

describe('a credential', () => {
  it('is written and never read: fields that are set, four characters, version, who and when', async () => {
    const owner = await person();
    const key = unique('cal_live_0123456789');
    calcomKnows(key);
    const put = await ask(owner, 'PUT', `${INTEGRATIONS}/calcom`, { body: { api_key: key } });
    expect(put.status, put.text).toBe(200);
    expect(put.headers.get('ETag')).toBe('"1"');
    expect(put.body.data).toMatchObject({
      vendor: 'calcom',
      state: 'ok',
      in_force: 'tenant',
      own: {
        version: 1,
        changed_by: 'Owner',
        changed_at: expect.any(String),
        test: { ok: true, fault: null, said: null, duration_ms: expect.any(Number) },
        fields: [
          { name: 'api_key', secret: true, set: true, hint: key.slice(-4) },
          { name: 'webhook_secret', secret: true, set: false, hint: null },
          { name: 'base_url', secret: false, set: false, hint: null },
        ],
      },
      webhook_url: expect.stringMatching(new RegExp(`/api/calcom/webhook/${owner.slug}$`)),
    });
    const row = await integrationOf(platform, owner.tenantId, 'calcom');
    expect(row?.sealedApiKey).toMatch(/^v1\./);
    expect(JSON.stringify(row)).not.toContain(key);
    expect(await openSealed(platform, owner.tenantId, row?.sealedApiKey ?? '')).toBe(key);
    const list = await ask(owner, 'GET', INTEGRATIONS);
    expect(list.text).not.toContain(key.slice(0, -4));
    const { db } = openTenant(platform, owner.tenantId, { kind: 'system', cause: 'demo' });
    const rows = await db.rows(auditLog, { limit: 20 });
    expect(rows.map((one) => one.description)).toContain('integration.connected');
    expect(JSON.stringify([rows, await db.rows(auditValues, { limit: 50 })])).not.toContain(key.slice(4, -4));
  });

  it('takes no other one’s place before its test went well, and does at once when that is what is asked for', async () => {
    const owner = await person();
    const [old, next] = [unique('cal_live_old_key'), unique('cal_live_new_key')];
    calcomKnows(old);
    await ask(owner, 'PUT', `${INTEGRATIONS}/calcom`, { body: { api_key: old } });
    const refused = await ask(owner, 'PUT', `${INTEGRATIONS}/calcom`, { body: { api_key: next } });
    expect(refused.status).toBe(422);
    expect(refused.body.error).toMatchObject({
      code: 'CONNECTION_FAILED',
      details: { fault: 'key_refused', said: expect.stringMatching(/^no such key …/) },
    });
    expect(refused.text).not.toContain(next);
    const scope = openTenant(platform, owner.tenantId, { kind: 'system', cause: 'demo' });
    expect((await calcomAccount(scope, ''))?.apiKey).toBe(old);
    expect((await shown(owner, 'calcom')).own?.version).toBe(1);
    const now = await ask(owner, 'PUT', `${INTEGRATIONS}/calcom`, {
      body: { api_key: next, when: 'now' },
      headers: { 'If-Match': '"1"' },
    });
    expect(now.body.data.own).toMatchObject({ version: 2, test: null });
    expect((await calcomAccount(scope, ''))?.apiKey).toBe(next);
    const late = await ask(owner, 'PUT', `${INTEGRATIONS}/calcom`, {
      body: { api_key: old, when: 'now' },
      headers: { 'If-Match': '"1"' },
    });
    expect(late.body.error).toMatchObject({ code: 'VERSION_CONFLICT', details: { current_version: 2 } });
  });

  it('is tested by a real call whose result is true: kinds of bookings, or red with the vendor’s words', async () => {
    const owner = await person();
    const key = unique('cal_live_to_test');
    const { asked } = calcomKnows(key);
    await ask(owner, 'PUT', `${INTEGRATIONS}/calcom`, { body: { api_key: key, when: 'now' } });
    expect(await shown(owner, 'calcom')).toMatchObject({ state: 'untested', own: { test: null } });
    expect(asked).toEqual([]);
    const well = await ask(owner, 'POST', `${INTEGRATIONS}/calcom/test`, { body: {} });
    expect(well.body.data).toMatchObject({
      ok: true,
      account: 'salon',
      event_types: [{ id: '4711', title: 'Haarschnitt', duration_minutes: 45 }],
    });
    expect(asked).toEqual(['/v2/me', '/v2/event-types']);
    expect(await shown(owner, 'calcom')).toMatchObject({ state: 'ok', last_success: expect.any(String) });
    calcomKnows();
    const gone = await ask(owner, 'POST', `${INTEGRATIONS}/calcom/test`, { body: {} });
    expect(gone.body.data).toMatchObject({ ok: false, fault: 'key_refused', account: null, event_types: [] });
    expect(gone.text).not.toContain(key);
    expect(await shown(owner, 'calcom')).toMatchObject({
      state: 'down',
      last_fault: 'test key_refused',
      own: { test: { ok: false, fault: 'key_refused' } },
    });
  });

  it('that is stored goes to no address it was not entered for', async () => {
    const owner = await person();
    const key = unique('cal_live_stay_here');
    const { asked } = calcomKnows(key);
    await ask(owner, 'PUT', `${INTEGRATIONS}/calcom`, { body: { api_key: key, when: 'now' } });
    const moved = await ask(owner, 'PUT', `${INTEGRATIONS}/calcom`, { body: { base_url: 'https://cal.evil.example' } });
    expect(moved.body.error).toMatchObject({ code: 'VALIDATION_ERROR', errors: { api_key: ['required'] } });
    await ask(owner, 'PUT', `${INTEGRATIONS}/smtp`, {
      body: { host: 'mail.example.org', username: 'post', password: 'geheim-geheim', when: 'now' },
    });
    const relay = await ask(owner, 'PUT', `${INTEGRATIONS}/smtp`, {
      body: { host: 'mail.evil.example', username: 'post' },
    });
    expect(relay.body.error).toMatchObject({ code: 'VALIDATION_ERROR', errors: { password: ['required'] } });
    expect(asked).toEqual([]);
  });

  it('is in force by the nearest: the company’s, the business’s, the platform’s; and ends with its deletion', async () => {
    stubVendors();
    const owner = await furnishTenant(signIn);
    const { tenantId, company } = owner;
    const keyOf = async (companyId: string): Promise<string | null> => {
      const found = await credentialInForce(platform, tenantId, 'stripe', companyId);
      return found.kind === 'open' ? found.credential.key : null;
    };
    // The platform's account is never a business's: what its customers pay is not ours to take.
    expect(await keyOf(company)).toBeNull();
    expect(await shown(owner, 'stripe')).toMatchObject({ state: 'off', in_force: null });
    expect((await ask(owner, 'POST', `${INTEGRATIONS}/twilio/test`, { body: {} })).status).toBe(404);
    const [ofTenant, ofCompany] = [unique('sk_test_of_tenant'), unique('sk_test_of_company')];
    await ask(owner, 'PUT', `${INTEGRATIONS}/stripe`, { body: { secret_key: ofTenant, when: 'now' } });
    expect([await keyOf(''), await keyOf(company)]).toEqual([ofTenant, ofTenant]);
    expect(await shown(owner, 'stripe', `?company_id=${company}`)).toMatchObject({ in_force: 'tenant', own: null });
    const put = await ask(owner, 'PUT', `${INTEGRATIONS}/stripe`, {
      body: { company_id: company, secret_key: ofCompany, when: 'now' },
    });
    expect(put.body.data).toMatchObject({
      in_force: 'company',
      webhook_url: expect.stringMatching(new RegExp(`/webhooks/stripe/${company}$`)),
    });
    expect([await keyOf(''), await keyOf(company)]).toEqual([ofTenant, ofCompany]);
    expect((await ask(owner, 'DELETE', `${INTEGRATIONS}/stripe?company_id=${company}`)).status).toBe(200);
    expect((await ask(owner, 'DELETE', `${INTEGRATIONS}/stripe?company_id=${company}`)).status).toBe(404);
    expect(await keyOf(company)).toBe(ofTenant);
    const retell = await ask(owner, 'PUT', `${INTEGRATIONS}/retell`, {
      body: { company_id: company, api_key: unique('key_of_company'), when: 'now' },
    });
    expect(retell.body.error).toMatchObject({ code: 'VALIDATION_ERROR', errors: { company_id: [expect.any(String)] } });
  });

  it('of the platform is the operator’s to enter, and everybody else’s without an own one', async () => {
    const operator = await person({ type: 'platform', role: 'super_admin' });
    const owner = await person();
    const token = unique('twilio_of_platform');
    const body = { account_sid: `AC${'0'.repeat(32)}`, auth_token: token, from: '+4930123456', when: 'now' };
    try {
      const put = await ask(operator, 'PUT', `${INTEGRATIONS}/twilio`, { body });
      expect(put.body.data).toMatchObject({ in_force: 'platform', own: { version: 1 } });
      const found = await credentialInForce(platform, owner.tenantId, 'twilio');
      expect(found).toMatchObject({ kind: 'open', credential: { key: token, level: 'platform' } });
      // Neither its end nor who entered it is the business's to see.
      expect(await shown(owner, 'twilio')).toMatchObject({ in_force: 'platform', own: null });
    } finally {
      expect((await ask(operator, 'DELETE', `${INTEGRATIONS}/twilio`)).status).toBe(200);
    }
    expect(await credentialInForce(platform, owner.tenantId, 'twilio')).toMatchObject({
      credential: { key: 'twilio_demo_token' },
    });
  });

  it('is no business of keys, of whoever typed the password long ago, and of staff', async () => {
    const owner = await person();
    const receptionist = await person({ role: 'receptionist' });
    expect((await ask(receptionist, 'GET', INTEGRATIONS)).status).toBe(403);
    const byKey = await app.fetch(
      new Request(`${PLATFORM}${INTEGRATIONS}/retell`, {
        method: 'PUT',
        headers: { Authorization: `Bearer ${owner.apiKey}`, 'Content-Type': 'application/json' },
        body: JSON.stringify({ api_key: 'key_from_a_program', when: 'now' }),
      }),
      generousEnv,
      createExecutionContext(),
    );
    expect(byKey.status).toBe(403);
    await env.DB.prepare('UPDATE sessions SET confirmed_at = 1 WHERE user_id = ?1').bind(owner.userId).run();
    const late = await ask(owner, 'PUT', `${INTEGRATIONS}/retell`, {
      body: { api_key: 'key_long_after', when: 'now' },
    });
    expect(late.body.error.code).toBe('CONFIRMATION_REQUIRED');
  });

  it('a webhook’s secret is drawn, shown once, and is another one each time', async () => {
    const owner = await person();
    const made = await ask(owner, 'POST', `${INTEGRATIONS}/calcom/webhook-secret`, { body: {} });
    expect(made.status, made.text).toBe(201);
    const secret: string = made.body.data.webhook_secret;
    expect(secret).toMatch(/^[\w-]{43}$/);
    expect((await ask(owner, 'GET', INTEGRATIONS)).text).not.toContain(secret.slice(0, 20));
    const again = await ask(owner, 'POST', `${INTEGRATIONS}/calcom/webhook-secret`, { body: {} });
    const row = await integrationOf(platform, owner.tenantId, 'calcom');
    expect(await openSealed(platform, owner.tenantId, row?.sealedWebhookSecret ?? '')).toBe(
      again.body.data.webhook_secret,
    );
    expect(again.body.data.webhook_secret).not.toBe(secret);
    const stripe = await ask(owner, 'POST', `${INTEGRATIONS}/stripe/webhook-secret`, { body: {} });
    expect(stripe.body.error.code).toBe('VALIDATION_ERROR');
  });

  it.each([
    ['https://cal.example.com', true],
    ['http://cal.example.com', false],
    ['https://127.0.0.1', false],
    ['https://2130706433', false],
    ['https://[::1]', false],
    ['https://cal.internal', false],
    ['https://metadata.google.internal', false],
    ['https://localhost', false],
    ['https://user:pass@cal.com', false],
    ['https://cal.com:8443', false],
    ['https://169.254.169.254/latest', false],
  ])('the address %s may be entered in production: %s', (address, may) => expect(isPublicAddress(address)).toBe(may));

  it('only relays of the public internet are spoken to in production', () => {
    expect(isPublicRelay('mail.example.com', 587)).toBeNull();
    expect(isPublicRelay('mail.example.com', 25)).toBe('port');
    expect(isPublicRelay('10.0.0.7', 587)).toBe('host');
    expect(isPublicHost('mail')).toBe(false);
  });
});

describe('the master key', () => {
  it('changes while the product runs: old values open, new ones are sealed with it, the rest is sealed again', async () => {
    const operator = await person({ type: 'platform', role: 'super_admin' });
    const owner = await person();
    const [before, after] = [withKeys(`1:${FIRST}`), withKeys(`2:${SECOND};1:${FIRST}`)];
    const [key, webhookSecret, newer] = [unique('sk_test_before'), unique('whsec_before'), unique('key_after')];
    const body = { secret_key: key, webhook_secret: webhookSecret, when: 'now' };
    await ask(owner, 'PUT', `${INTEGRATIONS}/stripe`, { body, bindings: before });
    await ask(owner, 'PUT', `${INTEGRATIONS}/retell`, { body: { api_key: newer, when: 'now' }, bindings: after });
    const sealedWith = async (vendor: 'stripe' | 'retell') =>
      (await integrationOf(platform, owner.tenantId, vendor))?.sealedApiKey?.slice(0, 3);
    expect([await sealedWith('stripe'), await sealedWith('retell')]).toEqual(['v1.', 'v2.']);
    expect(await credentialInForce(platformOf(after), owner.tenantId, 'stripe')).toMatchObject({
      kind: 'open',
      credential: { key, webhookSecret },
    });
    const left = await ask(operator, 'GET', '/api/v1/sealed-values', { bindings: after });
    expect(left.body.data).toMatchObject({ key_version: 2 });
    expect(left.body.data.left).toBeGreaterThanOrEqual(2);
    const done = await ask(operator, 'POST', '/api/v1/sealed-values/reseal', { body: {}, bindings: after });
    expect(done.status, done.text).toBe(200);
    expect(done.body.data.resealed).toBeGreaterThanOrEqual(2);
    // What is left was sealed by other tests with a key that is not there: looked at, and left alone.
    expect(done.body.data.left).toBe(done.body.data.unreadable);
    expect(await sealedWith('stripe')).toBe('v2.');
    // The old key may go.
    expect(await credentialInForce(platformOf(withKeys(`2:${SECOND}`)), owner.tenantId, 'stripe')).toMatchObject({
      credential: { key, webhookSecret },
    });
    const once = await countSealedOtherwise(platform, 2);
    await ask(operator, 'POST', '/api/v1/sealed-values/reseal', { body: {}, bindings: after });
    expect(await countSealedOtherwise(platform, 2)).toBe(once);
    expect((await ask(owner, 'POST', '/api/v1/sealed-values/reseal', { body: {} })).status).toBe(403);
  });

  it('that is gone makes the vendor red for that business, its calls go on as not connected, and nobody else’s', async () => {
    const lines: string[] = [];
    for (const to of ['error', 'warn', 'log'] as const)
      vi.spyOn(console, to).mockImplementation((...said: unknown[]) => void lines.push(said.join(' ')));
    const [owner, other] = [await person(), await person()];
    const key = unique('cal_live_of_a_lost_key');
    await saveIntegration(platform, {
      tenantId: owner.tenantId,
      vendor: 'calcom',
      sealedApiKey: await seal(platformOf(withKeys(`9:${SECOND}`)), owner.tenantId, key),
    });
    const { asked } = calcomKnows(key);
    const scope = openTenant(platform, owner.tenantId, { kind: 'system', cause: 'demo' });
    expect(await calcomAccount(scope, '')).toBeNull();
    const list = await ask(owner, 'GET', INTEGRATIONS);
    expect(list.status).toBe(200);
    expect(list.body.data.find((one: IntegrationView) => one.vendor === 'calcom')).toMatchObject({
      state: 'unreadable',
      last_fault: 'credential unreadable',
    });
    const tested = await ask(owner, 'POST', `${INTEGRATIONS}/calcom/test`, { body: {} });
    expect(tested.body.data).toMatchObject({ ok: false, fault: 'unreadable' });
    const health = await app.fetch(
      new Request(`${PLATFORM}/api/health/detailed`, { headers: { Authorization: `Bearer ${owner.apiKey}` } }),
      generousEnv,
      createExecutionContext(),
    );
    expect(await health.json()).toMatchObject({ integrations: { cal_com: { status: 'down' } } });
    expect(asked).toEqual([]);
    const otherHealth = await app.fetch(
      new Request(`${PLATFORM}/api/health/detailed`, { headers: { Authorization: `Bearer ${other.apiKey}` } }),
      generousEnv,
      createExecutionContext(),
    );
    expect(await otherHealth.json()).toMatchObject({ integrations: { cal_com: { status: 'unknown' } } });
    // Entered anew it is well again.
    const put = await ask(owner, 'PUT', `${INTEGRATIONS}/calcom`, { body: { api_key: key } });
    expect(put.body.data).toMatchObject({ state: 'ok' });
    expect(lines.some((line) => line.includes('credential_unreadable') && line.includes(owner.tenantId))).toBe(true);
    expect(lines.join('\n')).not.toContain(key);
  });
});

describe('a business’s own Stripe account', () => {
  let owner: FurnishedTenant;
  const secret = unique('whsec_of_the_business');
  beforeAll(async () => {
    stubVendors();
    owner = await furnishTenant(signIn);
    await connectLine(owner);
    const body = { secret_key: unique('sk_test_of_business'), webhook_secret: secret, when: 'now' };
    expect((await ask(owner, 'PUT', `${INTEGRATIONS}/stripe`, { body })).status).toBe(200);
  });
  const send = async (event: unknown, path = `/webhooks/stripe/${owner.slug}`) => {
    const body = JSON.stringify(event);
    const signature = await signStripe(body, secret, processNow());
    const request = new Request(`${PLATFORM}${path}`, {
      method: 'POST',
      headers: { 'Stripe-Signature': signature, 'CF-Connecting-IP': freshAddress() },
      body,
    });
    const response = await app.fetch(request, generousEnv, createExecutionContext());
    return { status: response.status, body: (await response.json()) as unknown };
  };
  const balance = async (): Promise<unknown> => {
    const { result } = await owner.scope.ledger.balance();
    return result.ok ? result.value.availableCents : result.error;
  };
  const alarms = async () => {
    const { results } = await env.DB.prepare(
      "SELECT subject, count, state FROM alarms WHERE kind = 'payment_forged' AND subject = ?1",
    )
      .bind(owner.tenantId)
      .all<{ subject: string; count: number; state: string }>();
    return results;
  };

  it('books no top-up that it signs, however often and whoever works on it; a person is told', async () => {
    stubVendors();
    const topup = await openTopup(owner, 5_000);
    const stands = await balance();
    const event = stripeEvent('checkout.session.completed', owner, topup, unique('evt_forged'));
    const paid = stripeEvent('payment_intent.succeeded', owner, topup, unique('evt_forged'));
    for (const forged of [event, paid])
      expect(await send(forged)).toEqual({ status: 200, body: { received: true, unmatched: 'own_account' } });
    expect(await send(event)).toEqual({ status: 200, body: { received: true, duplicate: true } });
    expect(await balance()).toEqual(stands);
    expect(await alarms()).toMatchObject([{ subject: owner.tenantId, count: 2 }]);
    const rows = await owner.scope.db.rows(webhookLogs, { limit: 50 });
    const kept = rows.filter(({ source }) => source === 'stripe_account');
    expect(kept.map(({ state, errorMessage }) => [state, errorMessage])).toEqual(
      Array(2).fill(['failed', 'refused: own_account']),
    );
    // As if a crash had left it, and the queue found it; and as if the operator played it again.
    await env.DB.prepare("UPDATE webhook_logs SET state = 'received' WHERE id = ?1").bind(kept[0]?.id).run();
    await processWebhook(env, owner.tenantId, kept[0]?.id ?? '');
    expect(await balance()).toEqual(stands);
    const audit = await owner.scope.db.rows(auditLog, { limit: 100 });
    expect(audit.filter(({ description }) => description === 'payment_event.refused').length).toBeGreaterThan(1);
    // The list that an operator may match by hand has none of it.
    const unmatched = await env.DB.prepare('SELECT count(*) AS n FROM unmatched_payments WHERE tenant_id = ?1')
      .bind(owner.tenantId)
      .first<{ n: number }>();
    expect(unmatched?.n).toBe(0);
    // The platform's own event of the same payment still counts, although one with its id came first.
    const real = JSON.stringify(event);
    const signature = await signStripe(real, 'whsec_demo_askproai', processNow());
    const answered = await app.fetch(
      new Request(`${PLATFORM}/webhooks/stripe`, {
        method: 'POST',
        headers: { 'Stripe-Signature': signature, 'CF-Connecting-IP': freshAddress() },
        body: real,
      }),
      generousEnv,
      createExecutionContext(),
    );
    expect(await answered.json()).toEqual({ received: true });
    expect(await balance()).not.toEqual(stands);
  });

  it.each(['invoice', 'subscription', 'balance'])('refuses kind %s', async (kind) => {
    const event = stripeEvent(
      'payment_intent.succeeded',
      owner,
      { topupId: unique('top') as never, gross: 100, net: 100, sessionId: unique('cs') },
      unique('evt'),
    );
    const data = event['data'] as { object: { metadata: unknown } };
    data.object.metadata = { kind };
    expect(await send(event)).toEqual({ status: 200, body: { received: true, unmatched: 'own_account' } });
  });

  it('speaks for nobody else, and not on the platform’s own path', async () => {
    const other = await person();
    const event = stripeEvent(
      'payment_intent.succeeded',
      owner,
      { topupId: unique('top') as never, gross: 100, net: 100, sessionId: unique('cs') },
      unique('evt'),
    );
    expect((await send(event, '/webhooks/stripe')).status).toBe(401);
    expect((await send(event, `/webhooks/stripe/${other.slug}`)).status).toBe(401);
    expect((await send(event, '/webhooks/stripe/nobody-at-all')).status).toBe(401);
  });

  it('is left alone with what it sells to its own customers', async () => {
    const event = stripeEvent(
      'payment_intent.succeeded',
      owner,
      { topupId: unique('top') as never, gross: 100, net: 100, sessionId: unique('cs') },
      unique('evt'),
    );
    const data = event['data'] as { object: { metadata: unknown } };
    const before = (await alarms())[0]?.count;
    for (const [n, metadata] of [
      { kind: 'deposit', appointment_id: newId('appointment', processNow()) },
      {},
    ].entries()) {
      data.object.metadata = metadata;
      expect(await send({ ...event, id: unique(`evt_own_${n}`) })).toEqual({ status: 200, body: { received: true } });
    }
    expect((await alarms())[0]?.count).toEqual(before);
    forgetCredentials(PLATFORM_CREDENTIALS);
  });
});

describe('the secret of a webhook before the present one', () => {
  const DAY_MS = 24 * 3_600_000;
  afterEach(() => {
    setClockOffset(0);
    vi.restoreAllMocks();
  });
  const post = async (path: string, body: string, headers: Record<string, string>): Promise<number> => {
    const request = new Request(`${PLATFORM}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', 'CF-Connecting-IP': freshAddress(), ...headers },
      body,
    });
    const context = createExecutionContext();
    const response = await app.fetch(request, generousEnv, context);
    await waitOnExecutionContext(context);
    return response.status;
  };
  const PING = JSON.stringify({ triggerEvent: 'PING', createdAt: '2026-03-29T01:30:00.000Z' });
  const ofCalcom = async (who: Person, secret: string) =>
    post(`/api/calcom/webhook/${who.slug}`, PING, { 'X-Cal-Signature-256': await signCalcom(PING, secret) });
  const ofStripe = async (who: Person, secret: string) => {
    const body = JSON.stringify({
      id: unique('evt'),
      object: 'event',
      type: 'payout.paid',
      api_version: '2026-10-28.endive',
      created: Math.floor(processNow() / 1_000),
      livemode: false,
      data: { object: { id: unique('po'), object: 'payout' } },
    });
    return post(`/webhooks/stripe/${who.slug}`, body, {
      'Stripe-Signature': await signStripe(body, secret, processNow()),
    });
  };
  const drawn = async (who: Person): Promise<string> =>
    (await ask(who, 'POST', `${INTEGRATIONS}/calcom/webhook-secret`, { body: {} })).body.data.webhook_secret;
  const entered = async (who: Person): Promise<string> => {
    const secret = unique('whsec_grace');
    const body = { secret_key: unique('sk_test_grace'), webhook_secret: secret, when: 'now' };
    expect((await ask(who, 'PUT', `${INTEGRATIONS}/stripe`, { body })).status).toBe(200);
    return secret;
  };
  const VENDORS_OF = [
    { vendor: 'calcom', make: drawn, send: ofCalcom },
    { vendor: 'stripe', make: entered, send: ofStripe },
  ] as const;

  it.each(VENDORS_OF)(
    '$vendor: counts for a day, says until when, and then no more',
    async ({ vendor, make, send }) => {
      const owner = await person();
      const first = await make(owner);
      expect((await shown(owner, vendor)).own?.old_webhook_secret_until).toBeNull();
      const from = processNow();
      const second = await make(owner);
      const until = Date.parse((await shown(owner, vendor)).own?.old_webhook_secret_until ?? '');
      expect(until).toBeGreaterThanOrEqual(from + DAY_MS);
      expect(until).toBeLessThan(from + DAY_MS + 60_000);
      expect([await send(owner, second), await send(owner, first)]).toEqual([200, 200]);
      expect(await send(owner, unique('whsec_of_nobody'))).toBe(401);
      setClockOffset(until - processNow() - 5_000);
      forgetCredentials(owner.tenantId);
      expect(await send(owner, first)).toBe(200);
      setClockOffset(until - from + 5_000);
      forgetCredentials(owner.tenantId);
      expect([await send(owner, second), await send(owner, first)]).toEqual([200, 401]);
      expect((await shown(owner, vendor)).own?.old_webhook_secret_until).toBeNull();
    },
  );

  it.each(VENDORS_OF)(
    '$vendor: of several in a day the newest alone, and none once it was ended',
    async ({ vendor, make, send }) => {
      const owner = await person();
      const [first, second, third] = [await make(owner), await make(owner), await make(owner)];
      expect(await Promise.all([first, second, third].map((secret) => send(owner, secret)))).toEqual([401, 200, 200]);
      const ended = await ask(owner, 'DELETE', `${INTEGRATIONS}/${vendor}/webhook-secret/old`);
      expect(ended.status, ended.text).toBe(200);
      expect(await Promise.all([second, third].map((secret) => send(owner, secret)))).toEqual([401, 200]);
      expect((await ask(owner, 'DELETE', `${INTEGRATIONS}/${vendor}/webhook-secret/old`)).status).toBe(200);
      expect(
        (await ask(await person({ role: 'staff' }), 'DELETE', `${INTEGRATIONS}/${vendor}/webhook-secret/old`)).status,
      ).toBe(403);
    },
  );

  it('the same once more keeps what it was, and a rotated master key opens the old one too', async () => {
    const owner = await person();
    const [first, second] = [await entered(owner), await entered(owner)];
    const again = { webhook_secret: second, when: 'now' };
    expect((await ask(owner, 'PUT', `${INTEGRATIONS}/stripe`, { body: again })).status).toBe(200);
    expect(await ofStripe(owner, first)).toBe(200);
    const row = await integrationOf(platform, owner.tenantId, 'stripe');
    expect(await openSealed(platform, owner.tenantId, row?.sealedOldWebhookSecret ?? '')).toBe(first);
    const newer = await countSealedOtherwise(platform, 9);
    await env.DB.prepare('UPDATE integrations SET sealed_old_webhook_secret = NULL WHERE tenant_id = ?1')
      .bind(owner.tenantId)
      .run();
    expect(await countSealedOtherwise(platform, 9)).toBe(newer - 1);
  });
});
