/** A second factor that an account demands: who is led to set one up, what they can do before, and how it can't be taken off again. */
import { describe, expect, it } from 'vitest';
import { env, PASSWORD, type SeededTenant, seedTenant } from '../../tests/contract/tenants.ts';
import {
  ask,
  audited,
  codeOf,
  colleagueOf,
  get,
  guarded,
  halfAMinuteLater,
  made,
  mails,
  post,
  signIn,
  signInWith,
} from './ways-in.fixture.ts';

const PATH = '/api/v1/security/second-factor';
const demand = (cookie: string, of: string, graceDays = 0) =>
  ask('PATCH', PATH, { demand: of, grace_days: graceDays }, { cookie });
const codeOfAnswer = (answer: {
  status: number;
  body: { error?: { code: string; details?: { reasons?: string[] } } };
}) => [answer.status, answer.body?.error?.details?.reasons?.[0] ?? answer.body?.error?.code];
const OWES = [403, 'SECOND_FACTOR_REQUIRED'];

/** An account whose owner has an app and demands a second factor of everybody. */
async function demanding(of = 'everybody', graceDays = 0) {
  const tenant = await seedTenant();
  const owner = await guarded(tenant);
  const changed = await demand(owner.cookie, of, graceDays);
  if (changed.status !== 200) throw new Error(JSON.stringify(changed.body));
  return { tenant, owner, colleague: await colleagueOf(tenant) };
}
const isIn = async (cookie: string): Promise<unknown> => codeOfAnswer(await get('/api/v1/tags', { cookie }));
const setUp = async (cookie: string) => {
  const begun = await post('second-factor', {}, { cookie });
  return post('second-factor/confirm', { code: codeOf(begun.body.data.secret) }, { cookie });
};
const roleOf = (tenant: SeededTenant, role: string) =>
  env.DB.prepare('UPDATE users SET role = ?1 WHERE id = ?2').bind(role, tenant.userId).run();

describe('a second factor that is demanded', () => {
  it('is demanded by whoever has one only, with the password typed, and says how many have none', async () => {
    const tenant = await seedTenant();
    const { cookie } = await signIn(tenant);
    expect((await get(PATH, { cookie })).body.data).toEqual({
      demand: 'nobody',
      from: null,
      proven: false,
      people_without: 1,
    });
    expect(codeOfAnswer(await demand(cookie, 'everybody'))).toEqual([422, 'second_factor_unproven']);
    const { cookie: proven } = await guarded(tenant);
    const colleague = await colleagueOf(tenant);
    expect(codeOfAnswer(await demand((await signIn(colleague)).cookie, 'everybody'))).toEqual([
      403,
      'PERMISSION_DENIED',
    ]);
    await env.DB.prepare('UPDATE sessions SET confirmed_at = 1 WHERE user_id = ?').bind(tenant.userId).run();
    expect(codeOfAnswer(await demand(proven, 'everybody'))).toEqual([403, 'CONFIRMATION_REQUIRED']);
    await post('confirm-password', { password: PASSWORD }, { cookie: proven });
    const changed = await demand(proven, 'everybody', 7);
    expect(changed.body.data).toMatchObject({ demand: 'everybody', proven: true, people_without: 1 });
    expect(Date.parse(changed.body.data.from)).toBeGreaterThan(Date.now() + 6 * 86_400_000);
    expect(await audited(tenant)).toContain('second_factor.demand_changed');
    // Neither the key nor anybody else of another account is touched.
    expect((await get('/api/v1/tags', { key: tenant.apiKey })).status).toBe(200);
  });

  it('leads who has none to set one up; before, the session is good for that and nothing else', async () => {
    const { tenant, colleague } = await demanding();
    const { cookie } = await signIn(colleague);
    expect(await isIn(cookie)).toEqual(OWES);
    const own = await get('/api/me', { cookie });
    expect(own.body.data).toMatchObject({
      user: { id: colleague.userId },
      permissions: [],
      branches: [],
      second_factor: { required: true, known: false },
    });
    for (const path of ['/api/auth/sessions', '/api/v1/live', '/api/v1/security/networks'])
      expect(codeOfAnswer(await get(path, { cookie }))).toEqual(OWES);
    expect(codeOfAnswer(await ask('PATCH', '/api/auth/profile', { name: 'Neu' }, { cookie }))).toEqual(OWES);
    expect((await get('/api/auth/get-session', { cookie })).body.data).toBeNull();
    expect((await setUp(cookie)).status).toBe(200);
    expect(await isIn(cookie)).toEqual([200, undefined]);
    expect((await get('/api/me', { cookie })).body.data.second_factor).toBeUndefined();
    expect((await get('/api/v1/tags', { key: tenant.apiKey })).status).toBe(200);
  });

  it('is set up by a passkey too, and a sign-in by it owes nothing', async () => {
    const { colleague } = await demanding();
    const { cookie } = await signIn(colleague);
    const { device, answer } = await made(cookie);
    expect(answer.status).toBe(201);
    expect(await isIn(cookie)).toEqual([200, undefined]);
    expect(await isIn((await signInWith(device)).cookie)).toEqual([200, undefined]);
  });

  it('is not answered by another one that whoever knows the password alone sets up', async () => {
    const { colleague } = await demanding();
    const { cookie } = await signIn(colleague);
    await made(cookie);
    const stolen = (await signIn(colleague)).cookie;
    expect((await get('/api/me', { cookie: stolen })).body.data.second_factor).toMatchObject({ known: true });
    expect(codeOfAnswer(await post('second-factor', {}, { cookie: stolen }))).toEqual([422, 'second_factor_known']);
    expect(codeOfAnswer(await post('passkeys/options', {}, { cookie: stolen }))).toEqual([422, 'second_factor_known']);
    expect(await isIn(stolen)).toEqual(OWES);
    // Signing out works, and ends that session only.
    expect((await post('sign-out', {}, { cookie: stolen })).status).toBe(200);
    expect((await get('/api/me', { cookie: stolen })).status).toBe(401);
    expect(await isIn(cookie)).toEqual([200, undefined]);
  });

  it('keeps the last factor: app or passkey goes while the other stays, also of two at once', async () => {
    const { tenant, owner } = await demanding();
    await halfAMinuteLater(tenant);
    const off = (code: string) => post('second-factor/off', { password: PASSWORD, code }, { cookie: owner.cookie });
    expect((await get('/api/auth/second-factor', owner)).body.data.fixed).toBe(true);
    expect(codeOfAnswer(await off(codeOf(owner.secret)))).toEqual([422, 'second_factor_demanded']);
    const { id } = await made(owner.cookie);
    const gone = (one: string) => ask('DELETE', `/api/auth/passkeys/${one}`, undefined, { cookie: owner.cookie });
    const both = await Promise.all([gone(id), off(codeOf(owner.secret))]);
    expect(both.map(({ status }) => status).sort()).toEqual([200, 422]);
    const left = await env.DB.prepare(
      'SELECT (SELECT count(*) FROM passkeys WHERE user_id = ?1) + (SELECT count(*) FROM second_factors WHERE user_id = ?1) AS n',
    )
      .bind(tenant.userId)
      .first<{ n: number }>();
    expect(left?.n).toBe(1);
    // Nobody demands it any more: the last one goes.
    expect((await demand(owner.cookie, 'nobody')).status).toBe(200);
    await halfAMinuteLater(tenant);
    const last = both[0]?.status === 200 ? await off(codeOf(owner.secret)) : await gone(id);
    expect(last.status).toBe(200);
  });

  it('is demanded of administrators alone where the account says so', async () => {
    const { colleague } = await demanding('administrators');
    const { cookie } = await signIn(colleague);
    expect(await isIn(cookie)).toEqual([200, undefined]);
    await roleOf(colleague, 'admin');
    expect(await isIn(cookie)).toEqual(OWES);
  });

  it('waits until its day, and says so meanwhile', async () => {
    const { tenant, colleague } = await demanding('everybody', 7);
    const { cookie } = await signIn(colleague);
    expect(await isIn(cookie)).toEqual([200, undefined]);
    expect((await get('/api/me', { cookie })).body.data.second_factor).toMatchObject({ required: false, known: false });
    await env.DB.prepare('UPDATE tenants SET factor_demanded_from = ?1 WHERE id = ?2')
      .bind(Date.now() - 1_000, tenant.tenantId)
      .run();
    expect(await isIn(cookie)).toEqual(OWES);
  });

  it('holds for the operator’s own people by the same setting', async () => {
    const platform = await seedTenant({ type: 'platform', role: 'super_admin' });
    const { cookie } = await guarded(platform);
    expect((await demand(cookie, 'everybody')).status).toBe(200);
    await halfAMinuteLater(platform);
    const asked = await signIn(platform);
    expect(asked.status).toBe(202);
    const other = await colleagueOf(platform);
    await roleOf(other, 'super_admin');
    expect(codeOfAnswer(await get('/api/v1/tenants', { cookie: (await signIn(other)).cookie }))).toEqual(OWES);
  });

  it('is taken from who has lost a passkey, and owed anew', async () => {
    const { tenant, owner, colleague } = await demanding();
    const { cookie } = await signIn(colleague);
    await made(cookie);
    const take = `/api/v1/users/${colleague.userId}/second-factor/remove`;
    const taken = await ask('POST', take, { reason: 'Telefon verloren, bestätigt' }, { cookie: owner.cookie });
    expect(taken.body.data).toMatchObject({ second_factor: false });
    expect((await get('/api/me', { cookie })).status).toBe(401);
    expect((await get('/api/me', { cookie: (await signIn(colleague)).cookie })).body.data.second_factor.known).toBe(
      false,
    );
    expect((await mails(tenant)).map(({ event }) => event)).toContain('account.second_factor_taken');
  });
});
