/** The second factor over HTTP: set up, asked at every way in, used once, switched off, and what happens to whoever guesses. */
import { describe, expect, it } from 'vitest';
import { env, PASSWORD, seedTenant } from '../../tests/contract/tenants.ts';
import { auditLog } from '../storage/tables/identity.ts';
import { openSealed, seal } from '../tenancy/seal.ts';
import {
  ask,
  audited,
  codeOf,
  colleagueOf,
  get,
  guarded,
  halfAMinuteLater,
  mails,
  me,
  platform,
  post,
  scopeOf,
  signIn,
} from './ways-in.fixture.ts';

const pass = (cookie: string | undefined, code: string, from?: string) =>
  post('challenge/pass', { code }, { cookie, ...(from === undefined ? {} : { from }) });
const reset = 'drei Hunde im Regen';

describe('a second factor', () => {
  it('guards nothing before a code of the app was typed, and then ends the other sessions', async () => {
    const tenant = await seedTenant();
    const [here, there] = [await signIn(tenant), await signIn(tenant)];
    const first = await post('second-factor', {}, here);
    const begun = await post('second-factor', {}, here);
    expect(begun.body.data.uri).toContain(`secret=${begun.body.data.secret}`);
    expect(begun.body.data.secret).not.toBe(first.body.data.secret);
    expect((await signIn(tenant)).status).toBe(200);
    const confirm = (code: string) => post('second-factor/confirm', { code }, here);
    expect((await confirm('000000')).status).toBe(422);
    expect((await confirm(codeOf(first.body.data.secret))).status).toBe(422);
    const on = await confirm(codeOf(begun.body.data.secret));
    expect(new Set(on.body.data.recovery_codes).size).toBe(10);
    expect(on.body.data.recovery_codes[0]).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
    expect([await me(here.cookie), await me(there.cookie)]).toEqual([200, 401]);
    expect((await get('/api/auth/second-factor', here)).body.data).toMatchObject({ on: true, recovery_codes: 10 });
    expect((await post('second-factor', {}, here)).status).toBe(422);
    expect((await mails(tenant)).map(({ event }) => event)).toContain('account.second_factor_on');
    expect(await audited(tenant)).toEqual(expect.arrayContaining(['second_factor.begun', 'second_factor.on']));
  });

  it('is asked after the right password, and only then', async () => {
    const tenant = await seedTenant();
    const { secret } = await guarded(tenant);
    await halfAMinuteLater(tenant);
    const wrong = await post('sign-in/email', { email: tenant.email, password: 'falsch geraten' });
    expect([wrong.status, wrong.cookie]).toEqual([401, '']);
    const asked = await signIn(tenant);
    expect(asked.status).toBe(202);
    expect(Object.keys(asked.body.data)).toEqual(['challenge']);
    // Nothing of a session is in the browser, and the library's is gone.
    expect(asked.cookie).toMatch(/^askpro_challenge=[\w-]{43}$/);
    expect(await me(asked.cookie)).toBe(401);
    const rows = await env.DB.prepare('SELECT id FROM sessions WHERE user_id = ?').bind(tenant.userId).all();
    expect(rows.results.length).toBe(1);
    const inside = await pass(asked.cookie, codeOf(secret));
    expect(inside.status).toBe(200);
    expect(inside.cookie).not.toContain('askpro_challenge');
    expect(await me(inside.cookie)).toBe(200);
    // Used up: neither the code nor the challenge opens anything again.
    expect((await pass(asked.cookie, codeOf(secret, 1))).status).toBe(404);
  });

  it('takes a code once, also of two at the same moment', async () => {
    const tenant = await seedTenant();
    const { secret } = await guarded(tenant);
    await halfAMinuteLater(tenant);
    const code = codeOf(secret, 1);
    const [one, other] = [await signIn(tenant), await signIn(tenant)];
    const both = await Promise.all([pass(one.cookie, code), pass(other.cookie, code)]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 401]);
    // … and none of the time before it.
    expect((await pass((await signIn(tenant)).cookie, codeOf(secret))).status).toBe(401);
    // Both of the refused were right once: their person is told, of a wrong one only the log.
    expect((await pass((await signIn(tenant)).cookie, '000001')).status).toBe(401);
    const told = (await mails(tenant)).filter(({ event }) => event === 'account.code_reused');
    expect(told.length).toBe(2);
    expect((await audited(tenant)).filter((one) => one === 'second_factor.code_reused').length).toBe(2);
  });

  it('opens by a recovery code, once each, and tells its person', async () => {
    const tenant = await seedTenant();
    const { codes, cookie } = await guarded(tenant);
    const code = codes[3] ?? '';
    const typed = code.toUpperCase().replaceAll('-', ' ');
    expect((await pass((await signIn(tenant)).cookie, typed)).status).toBe(200);
    expect((await pass((await signIn(tenant)).cookie, code)).status).toBe(401);
    expect((await get('/api/auth/second-factor', { cookie })).body.data.recovery_codes).toBe(9);
    expect((await mails(tenant)).map(({ event }) => event)).toContain('account.recovery_code_used');
    const renewed = await post('second-factor/recovery-codes', {}, { cookie });
    expect(renewed.body.data.recovery_codes.length).toBe(10);
    expect((await pass((await signIn(tenant)).cookie, codes[5] ?? '')).status).toBe(401);
    expect((await pass((await signIn(tenant)).cookie, renewed.body.data.recovery_codes[0])).status).toBe(200);
    const stored = await env.DB.prepare('SELECT code_hash FROM recovery_codes WHERE user_id = ?')
      .bind(tenant.userId)
      .all();
    expect(JSON.stringify(stored.results)).not.toContain(code.replaceAll('-', ''));
  });

  it('gives up a challenge after five tries and after its time, and locks longer and longer', async () => {
    const tenant = await seedTenant();
    const { secret } = await guarded(tenant);
    await halfAMinuteLater(tenant);
    const asked = await signIn(tenant);
    const statuses = [];
    for (let i = 0; i < 6; i++) statuses.push((await pass(asked.cookie, `00000${i}`)).status);
    expect(statuses).toEqual([401, 401, 401, 401, 401, 404]);
    const again = await signIn(tenant);
    expect((await pass(again.cookie, '123123')).status).toBe(401);
    const locked = await pass(again.cookie, codeOf(secret));
    expect([locked.status, locked.body.error.code]).toEqual([429, 'RATE_LIMITED']);
    expect(await audited(tenant)).toEqual(expect.arrayContaining(['second_factor.failed', 'second_factor.locked']));
    const late = await signIn(tenant);
    await env.DB.prepare('UPDATE sign_in_challenges SET expires_at = 1 WHERE user_id = ?').bind(tenant.userId).run();
    expect((await pass(late.cookie, codeOf(secret))).status).toBe(404);
  });

  it('is nobody else’s: a challenge of one host is none on another', async () => {
    const [tenant, other] = [await seedTenant(), await seedTenant()];
    const { secret } = await guarded(tenant);
    await halfAMinuteLater(tenant);
    const asked = await signIn(tenant, { origin: tenant.origin });
    const code = codeOf(secret);
    expect((await post('challenge/pass', { code }, { cookie: asked.cookie, origin: other.origin })).status).toBe(404);
    expect((await post('challenge/pass', { code }, { cookie: asked.cookie, origin: tenant.origin })).status).toBe(200);
    expect((await post('challenge/pass', { code }, {})).status).toBe(404);
  });

  it('stays when the password is reset, and a half sign-in ends with it', async () => {
    const tenant = await seedTenant();
    const { secret } = await guarded(tenant);
    await halfAMinuteLater(tenant);
    const half = await signIn(tenant);
    await post('password/forgot', { email: tenant.email });
    const link = (await mails(tenant)).filter(({ event }) => event === 'account.reset').at(-1);
    expect((await post('password/reset', { token: link?.secret, password: reset })).cookie).toBe('');
    expect((await pass(half.cookie, codeOf(secret))).status).toBe(404);
    const asked = await post('sign-in/email', { email: tenant.email, password: reset });
    expect(asked.status).toBe(202);
    expect((await pass(asked.cookie, codeOf(secret))).status).toBe(200);
  });

  it('is switched off by password and code only, and told', async () => {
    const tenant = await seedTenant();
    const { cookie, secret, codes } = await guarded(tenant);
    await halfAMinuteLater(tenant);
    const off = (password: string, code: string) => post('second-factor/off', { password, code }, { cookie });
    expect((await off('falsch geraten', codeOf(secret))).status).toBe(401);
    expect((await off(PASSWORD, '000000')).status).toBe(422);
    expect((await signIn(tenant)).status).toBe(202);
    expect((await off(PASSWORD, codes[0] ?? '')).status).toBe(200);
    expect((await off(PASSWORD, codes[1] ?? '')).status).toBe(422);
    expect((await signIn(tenant)).status).toBe(200);
    expect((await mails(tenant)).map(({ event }) => event)).toContain('account.second_factor_off');
    const left = await env.DB.prepare('SELECT 1 FROM recovery_codes WHERE user_id = ?').bind(tenant.userId).all();
    expect(left.results).toEqual([]);
  });

  it('asks for the password first, and keys have none', async () => {
    const tenant = await seedTenant();
    const { cookie } = await signIn(tenant);
    await env.DB.prepare('UPDATE sessions SET confirmed_at = 1 WHERE user_id = ?').bind(tenant.userId).run();
    for (const path of ['second-factor', 'second-factor/recovery-codes'])
      expect((await post(path, {}, { cookie })).body.error.code).toBe('CONFIRMATION_REQUIRED');
    expect((await post('second-factor/confirm', { code: '123456' }, { cookie })).body.error.code).toBe(
      'CONFIRMATION_REQUIRED',
    );
    expect((await ask('POST', '/api/auth/second-factor', {}, { key: tenant.apiKey })).status).toBe(403);
  });

  it('lies sealed, follows the master key, and one that cannot be opened leaves the recovery codes', async () => {
    const tenant = await seedTenant();
    const { secret, codes } = await guarded(tenant);
    await halfAMinuteLater(tenant);
    const sealed = async () =>
      (
        await env.DB.prepare('SELECT sealed_secret FROM second_factors WHERE user_id = ?').bind(tenant.userId).first()
      )?.['sealed_secret'] as string;
    const before = await sealed();
    expect(before).not.toContain(secret);
    expect(await openSealed(platform, tenant.tenantId, before)).toBe(secret);
    expect((await pass((await signIn(tenant)).cookie, codeOf(secret))).status).toBe(200);
    expect(await sealed()).not.toBe(before);
    const strange = await seal(platform, 'ten_other', secret);
    await env.DB.prepare('UPDATE second_factors SET sealed_secret = ?, last_step = 0 WHERE user_id = ?')
      .bind(strange, tenant.userId)
      .run();
    const asked = await signIn(tenant);
    expect((await pass(asked.cookie, codeOf(secret))).status).toBe(401);
    expect((await pass(asked.cookie, codes[0] ?? '')).status).toBe(200);
  });
});

describe('somebody who has lost phone and codes', () => {
  const REASON = 'Telefon verloren, am Empfang bestätigt';
  async function salon() {
    const tenant = await seedTenant();
    const lost = await colleagueOf(tenant);
    const owner = await signIn(tenant);
    const take = (reason = REASON, cookie = owner.cookie) =>
      ask('POST', `/api/v1/users/${lost.userId}/second-factor/remove`, { reason }, { cookie });
    return { tenant, lost, owner, take };
  }

  it('is let in by password again once an owner has taken it away: with a reason, sessions and passkeys gone, told', async () => {
    const { tenant, lost, owner, take } = await salon();
    const shown = async () => (await get(`/api/v1/users/${lost.userId}`, owner)).body.data.second_factor;
    expect(await shown()).toBe(false);
    const before = await guarded(lost);
    await env.DB.prepare(
      "INSERT INTO passkeys (tenant_id, id, realm, user_id, host, name, credential_id, public_key, counter, transports, is_synced, created_at) VALUES (?1, ?2, ?1, ?2, 'localhost', 'x', ?2, 'AAAA', 0, '[]', 0, 1)",
    )
      .bind(tenant.tenantId, lost.userId)
      .run();
    expect(await shown()).toBe(true);
    expect((await take('kurz')).status).toBe(422);
    const taken = await take();
    expect([taken.status, taken.body.data.second_factor]).toEqual([200, false]);
    expect(await me(before.cookie)).toBe(401);
    expect((await signIn(lost)).status).toBe(200);
    const left = await env.DB.prepare('SELECT 1 FROM passkeys WHERE user_id = ?').bind(lost.userId).all();
    expect(left.results).toEqual([]);
    expect((await take()).body.error.details.reasons).toEqual(['second_factor_off']);
    expect((await mails(tenant)).filter(({ to }) => to === lost.email).map(({ event }) => event)).toContain(
      'account.second_factor_taken',
    );
    const row = (await scopeOf(tenant).db.rows(auditLog, { limit: 100 })).find(
      ({ description }) => description === 'second_factor.taken',
    );
    expect(row).toMatchObject({ subjectId: lost.userId, causerId: tenant.userId, fields: ['reason'] });
  });

  it('is not helped by colleagues, by people of other businesses, by keys, or without the password', async () => {
    const { tenant, lost, owner, take } = await salon();
    await guarded(lost);
    const [colleague, stranger] = [await colleagueOf(tenant), await seedTenant()];
    expect((await take(REASON, (await signIn(colleague)).cookie)).status).toBe(403);
    expect((await take(REASON, (await signIn(stranger)).cookie)).status).toBe(404);
    const path = `/api/v1/users/${lost.userId}/second-factor/remove`;
    expect((await ask('POST', path, { reason: REASON }, { key: tenant.apiKey })).status).toBe(403);
    const own = `/api/v1/users/${tenant.userId}/second-factor/remove`;
    expect((await ask('POST', own, { reason: REASON }, owner)).body.error.details.reasons).toEqual(['own_account']);
    await env.DB.prepare('UPDATE sessions SET confirmed_at = 1 WHERE user_id = ?').bind(tenant.userId).run();
    expect((await take()).body.error.code).toBe('CONFIRMATION_REQUIRED');
    expect((await signIn(lost)).status).toBe(202);
  });
});
