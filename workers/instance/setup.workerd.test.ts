/** The one-time token: who holds it becomes the first operator, once, in time, over a line nobody reads along. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { generousEnv, type Reply } from '../../tests/contract/requests.ts';
import { env, freshAddress, PLATFORM, productionEnv, unique } from '../../tests/contract/tenants.ts';
import { toBase64Url } from '../../shared/base64.ts';
import { processNow } from '../../shared/clock.ts';
import { SETTING_KEYS } from '../../shared/contract/settings.ts';
import { app } from '../app.ts';
import { platformOf } from '../env.ts';
import { PLATFORM_TENANT } from '../jobs/world.ts';
import { sha256Hex } from '../object-runtime/hash.ts';
import { forgetTenant } from '../storage/platform-db.ts';
import { purgeSetupTokens } from '../storage/queries/setup.ts';
import { forgetSettings } from '../storage/queries/system-settings.ts';
import { planById } from './plans.ts';

const HOUR_MS = 3_600_000;
const PASSWORD = 'ein-langes-passwort';

async function token(expiresAt = processNow() + HOUR_MS): Promise<string> {
  const made = toBase64Url(crypto.getRandomValues(new Uint8Array(32)));
  await env.DB.prepare('INSERT INTO setup_tokens (token_hash, expires_at, created_at) VALUES (?1, ?2, ?3)')
    .bind(sha256Hex(made), expiresAt, processNow())
    .run();
  return made;
}

async function begin(
  body: { token: string; [member: string]: unknown },
  { base = PLATFORM, address = freshAddress(), bindings = generousEnv } = {},
): Promise<Reply> {
  const context = createExecutionContext();
  const request = new Request(`${base}/api/setup/operator`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'CF-Connecting-IP': address },
    body: JSON.stringify({ name: 'Kim Berger', email: `${unique('kim')}@askpro.test`, password: PASSWORD, ...body }),
  });
  const response = await app.fetch(request, bindings, context);
  const text = await response.text();
  await waitOnExecutionContext(context);
  return { status: response.status, headers: response.headers, text, body: JSON.parse(text) };
}

const reason = ({ body }: Reply): string => body.error.details.reason;
const countOf = async (sql: string): Promise<number> =>
  Number((await env.DB.prepare(`SELECT count(*) AS n FROM ${sql}`).first())?.['n']);

/** An instance that has not begun: other tests of this runtime change settings, and know no platform of this name. */
async function nothing(): Promise<void> {
  await env.DB.batch(
    [
      "DELETE FROM accounts WHERE realm = 'platform'",
      "DELETE FROM users WHERE tenant_id = 'platform'",
      "DELETE FROM tenants WHERE id = 'platform'",
      "DELETE FROM pricing_plans WHERE tenant_id = 'platform'",
      'DELETE FROM system_settings',
      'DELETE FROM setup_tokens',
    ].map((sql) => env.DB.prepare(sql)),
  );
  forgetTenant(PLATFORM_TENANT);
  forgetSettings();
}
beforeEach(nothing);
afterEach(nothing);

describe('a setup token', () => {
  it('makes the operator, the platform, its plans and settings, and a row of who came; then the operator signs in', async () => {
    const email = `${unique('kim')}@AskPro.test`;
    const made = await begin({ token: await token(), email, language: 'en' });
    expect(made.status, made.text).toBe(201);
    expect(made.body.data).toEqual({ user_id: expect.stringMatching(/^usr_/), email: email.toLowerCase() });
    expect(await env.DB.prepare("SELECT type, status, locale FROM tenants WHERE id = 'platform'").first()).toEqual({
      type: 'platform',
      status: 'active',
      locale: 'en',
    });
    expect(await planById(platformOf(env), 'pln_minutes')).toMatchObject({
      tenantId: 'platform',
      charges: { pricePerMinuteMicros: 200_000, baseFeeMicros: 0 },
    });
    expect(await planById(platformOf(env), 'pln_combined')).toMatchObject({
      charges: { baseFeeMicros: 49_000_000, includedMinutes: 500, pricePerAppointmentMicros: 2_000_000 },
    });
    expect(await planById(platformOf(env), 'pln_basic')).toMatchObject({ charges: { includedMinutes: 60 } });
    expect(await countOf('system_settings')).toBe(SETTING_KEYS.length);
    expect(
      await env.DB.prepare(
        "SELECT causer_type, causer_id FROM audit_log WHERE tenant_id = 'platform' AND description = 'instance.begun' ORDER BY id DESC LIMIT 1",
      ).first(),
    ).toEqual({ causer_type: 'user', causer_id: made.body.data.user_id });

    const signedIn = await app.fetch(
      new Request(`${PLATFORM}/api/auth/sign-in/email`, {
        method: 'POST',
        headers: { 'Content-Type': 'application/json', 'CF-Connecting-IP': freshAddress() },
        body: JSON.stringify({ email, password: PASSWORD }),
      }),
      generousEnv,
      createExecutionContext(),
    );
    expect(await signedIn.json()).toMatchObject({ data: { tenant_id: 'platform', role: 'super_admin' } });
    const cookie = signedIn.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const settings = await app.fetch(
      new Request(`${PLATFORM}/api/v1/settings`, { headers: { Cookie: cookie } }),
      generousEnv,
      createExecutionContext(),
    );
    expect(await settings.json()).toMatchObject({ data: { trial_days: 14, trial_bonus_cents: 500 } });
  });

  it('works once: of five at the same time one operator is made', async () => {
    const shared = await token();
    const answers = await Promise.all(Array.from({ length: 5 }, () => begin({ token: shared })));
    const refused = answers.filter(({ status }) => status !== 201);
    expect(refused).toHaveLength(4);
    for (const one of refused) expect([409, 503], one.text).toContain(one.status);
    expect(await countOf("users WHERE tenant_id = 'platform'")).toBe(1);
    expect(await countOf("accounts WHERE realm = 'platform'")).toBe(1);
    expect(reason(await begin({ token: shared }))).toBe('used');
  });

  it('is refused when it has expired, when nobody made it, and where an operator is', async () => {
    expect(reason(await begin({ token: await token(processNow() - 1) }))).toBe('expired');
    expect(reason(await begin({ token: 'x'.repeat(43) }))).toBe('unknown');
    expect(reason(await begin({ token: '' }))).toBe('unknown');
    const other = await token();
    expect((await begin({ token: await token() })).status).toBe(201);
    expect(reason(await begin({ token: other }))).toBe('done');
    expect(await countOf("users WHERE tenant_id = 'platform'")).toBe(1);
  });

  it('is not taken over a line that others read', async () => {
    const open = await token();
    const plain = await begin({ token: open }, { base: 'http://app.askproai.de', bindings: withPublicUrl() });
    expect([plain.status, reason(plain)]).toEqual([409, 'insecure']);
    const sealed = await begin({ token: open }, { base: 'https://app.askproai.de', bindings: withPublicUrl() });
    expect(sealed.status, sealed.text).toBe(201);
  });

  it('is kept when the password is too short or the name no name', async () => {
    const kept = await token();
    expect((await begin({ token: kept, password: 'kurz' })).body.error.errors).toHaveProperty('password');
    expect((await begin({ token: kept, name: '' })).status).toBe(422);
    expect((await begin({ token: kept })).status).toBe(201);
  });

  it('guessing is slowed down by the address', async () => {
    const address = freshAddress();
    const statuses: number[] = [];
    for (let i = 0; i < 40; i++) statuses.push((await begin({ token: `${i}`.padStart(43, 'x') }, { address })).status);
    expect(statuses).toContain(429);
    expect((await begin({ token: await token() }, { address })).status).toBe(429);
    expect((await begin({ token: await token() })).status).toBe(201);
  });

  it('an instance whose operators are all disabled is begun again, and keeps its prices', async () => {
    await begin({ token: await token() });
    await env.DB.prepare("UPDATE users SET disabled_at = 1 WHERE tenant_id = 'platform'").run();
    await env.DB.prepare("UPDATE pricing_plans SET name = 'Eigener' WHERE id = 'pln_basic'").run();
    const again = await begin({ token: await token() });
    expect(again.status, again.text).toBe(201);
    expect(await planById(platformOf(env), 'pln_basic')).toMatchObject({ name: 'Eigener' });
    const same = (await env.DB.prepare("SELECT email FROM users WHERE tenant_id = 'platform' LIMIT 1").first())?.[
      'email'
    ];
    await env.DB.prepare("UPDATE users SET disabled_at = 1 WHERE tenant_id = 'platform'").run();
    expect((await begin({ token: await token(), email: same })).body.error.errors).toEqual({ email: ['taken'] });
  });

  it('is removed thirty days after its end', async () => {
    await token(processNow() - HOUR_MS);
    await token();
    expect(await purgeSetupTokens(platformOf(env), processNow())).toBe(1);
    expect(await countOf('setup_tokens')).toBe(1);
  });
});

const withPublicUrl = (): typeof env => ({ ...productionEnv, PUBLIC_URL: 'https://app.askproai.de' });
