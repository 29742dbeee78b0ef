/** The way back of an only owner who has lost phone and recovery codes: what it takes, who can stop it, and that it opens nothing by itself. */
import { describe, expect, it } from 'vitest';
import { env, PASSWORD, type SeededTenant, seedTenant } from '../../tests/contract/tenants.ts';
import { finishFactorResets } from './commands/factor-reset.ts';
import { ask, audited, colleagueOf, get, guarded, made, mails, me, platform, post, signIn } from './ways-in.fixture.ts';

const REASON = { reason: 'Telefon verloren, am Telefon ausgewiesen' };
const HOUR = 3_600_000;
const pathOf = (tenant: SeededTenant) => `/api/v1/tenants/${tenant.tenantId}/factor-reset`;
const codeOf = (answer: { status: number; body: { error?: { code: string; details?: { reasons?: string[] } } } }) => [
  answer.status,
  answer.body?.error?.details?.reasons?.[0] ?? answer.body?.error?.code,
];

/** An operator, an account whose only owner has an app, and what a mail carries. */
async function scene(above: Parameters<typeof seedTenant>[0] = { type: 'platform', role: 'super_admin' }) {
  const asker = await seedTenant(above);
  const tenant = await seedTenant(above.type === 'reseller' ? { parentId: asker.tenantId } : {});
  const owner = await guarded(tenant);
  const { cookie } = await signIn(asker);
  const secretOf = async (event: string): Promise<string> =>
    (await mails(tenant)).filter((mail) => mail.event === event).at(-1)?.secret ?? '';
  return { asker, tenant, owner, cookie, secretOf };
}
const confirm = (token: string, password = PASSWORD) => post('second-factor/reset/confirm', { token, password });
/** Lets so much time pass for the one that is open. */
const later = (tenant: SeededTenant, ms: number) =>
  env.DB.prepare('UPDATE factor_resets SET due_at = due_at - ?1 WHERE tenant_id = ?2').bind(ms, tenant.tenantId).run();
const isGuarded = async (tenant: SeededTenant): Promise<boolean> => (await signIn(tenant)).status === 202;

describe('the way back of an only owner', () => {
  it('takes a request with a reason, mail and password, and a day; then all is gone and both logs say so', async () => {
    const { asker, tenant, owner, cookie, secretOf } = await scene();
    await made(owner.cookie);
    const asked = await ask('POST', pathOf(tenant), REASON, { cookie });
    expect(asked.body.data).toMatchObject({
      owner: { id: tenant.userId },
      last: { asked_by: 'Owner', reason: REASON.reason, confirmed_at: null, ended_at: null },
    });
    const token = await secretOf('account.factor_reset');
    expect(token).toHaveLength(43);
    // Nothing is shown or taken before it is confirmed.
    expect((await get('/api/me', owner)).body.data.factor_reset).toBeUndefined();
    expect(codeOf(await confirm(token, 'ganz falsch geraten'))).toEqual([401, 'INVALID_CREDENTIALS']);
    expect((await confirm(token)).status).toBe(200);
    expect(codeOf(await confirm(token))).toEqual([404, 'NOT_FOUND']);
    expect((await get('/api/me', owner)).body.data.factor_reset.due).toBeTruthy();
    await later(tenant, 23 * HOUR);
    await finishFactorResets(platform);
    expect([await isGuarded(tenant), await me(owner.cookie)]).toEqual([true, 200]);
    await later(tenant, 2 * HOUR);
    await finishFactorResets(platform);
    expect(await me(owner.cookie)).toBe(401);
    const inside = await signIn(tenant);
    expect(inside.status).toBe(200);
    expect((await get('/api/auth/passkeys', inside)).body.data).toEqual([]);
    expect((await mails(tenant)).map(({ event }) => event)).toContain('account.factor_reset_done');
    const steps = ['asked', 'confirmed', 'done'].map((one) => `second_factor.reset_${one}`);
    expect(await audited(tenant)).toEqual(expect.arrayContaining(steps));
    expect(await audited(asker)).toEqual(expect.arrayContaining(steps));
    expect((await get(pathOf(tenant), { cookie })).body.data).toMatchObject({
      owner: null,
      last: { ended_by: 'done' },
    });
  });

  it('is stopped by a session of the owner, for good', async () => {
    const { asker, tenant, owner, cookie, secretOf } = await scene();
    await ask('POST', pathOf(tenant), REASON, { cookie });
    await confirm(await secretOf('account.factor_reset'));
    const stop = await secretOf('account.factor_stop');
    expect((await post('second-factor/reset/stop', {}, owner)).status).toBe(200);
    expect(codeOf(await post('second-factor/reset/stop', {}, owner))).toEqual([404, 'NOT_FOUND']);
    expect((await post('second-factor/reset/stop-by-link', { token: stop })).status).toBe(404);
    await later(tenant, 48 * HOUR);
    await finishFactorResets(platform);
    expect(await isGuarded(tenant)).toBe(true);
    expect((await get('/api/me', owner)).body.data.factor_reset).toBeUndefined();
    expect((await get(pathOf(tenant), { cookie })).body.data.last.ended_by).toBe('stopped');
    expect(await audited(asker)).toContain('second_factor.reset_stopped');
  });

  it('is stopped by the link of the second mail, which opens nothing else', async () => {
    const { tenant, cookie, secretOf } = await scene();
    await ask('POST', pathOf(tenant), REASON, { cookie });
    await confirm(await secretOf('account.factor_reset'));
    const token = await secretOf('account.factor_stop');
    expect((await confirm(token)).status).toBe(404);
    expect((await post('magic-link/use', { token })).status).toBe(404);
    expect((await post('second-factor/reset/stop-by-link', { token })).status).toBe(200);
    expect((await post('second-factor/reset/stop-by-link', { token })).status).toBe(404);
    await later(tenant, 48 * HOUR);
    await finishFactorResets(platform);
    expect(await isGuarded(tenant)).toBe(true);
  });

  it('lapses where nobody confirms, and a withdrawn one confirms nothing', async () => {
    const { tenant, cookie, secretOf } = await scene();
    await ask('POST', pathOf(tenant), REASON, { cookie });
    expect(codeOf(await ask('POST', pathOf(tenant), REASON, { cookie }))).toEqual([422, 'reset_open']);
    const first = await secretOf('account.factor_reset');
    expect((await ask('DELETE', pathOf(tenant), undefined, { cookie })).body.data.last.ended_by).toBe('withdrawn');
    expect(codeOf(await ask('DELETE', pathOf(tenant), undefined, { cookie }))).toEqual([422, 'reset_over']);
    expect((await confirm(first)).status).toBe(404);
    await ask('POST', pathOf(tenant), REASON, { cookie });
    await later(tenant, 25 * HOUR);
    await finishFactorResets(platform);
    expect((await get(pathOf(tenant), { cookie })).body.data.last.ended_by).toBe('lapsed');
    expect((await confirm(await secretOf('account.factor_reset'))).status).toBe(404);
    expect(await isGuarded(tenant)).toBe(true);
  });

  it('is done or stopped, never both', async () => {
    const { tenant, owner, cookie, secretOf } = await scene();
    await ask('POST', pathOf(tenant), REASON, { cookie });
    await confirm(await secretOf('account.factor_reset'));
    await later(tenant, 25 * HOUR);
    const [stopped] = await Promise.all([post('second-factor/reset/stop', {}, owner), finishFactorResets(platform)]);
    const { last } = (await get(pathOf(tenant), { cookie })).body.data;
    expect(last.ended_by).toBe(stopped.status === 200 ? 'stopped' : 'done');
    expect(await isGuarded(tenant)).toBe(stopped.status === 200);
  });

  it('is for the only owner: another one takes the factor away themselves', async () => {
    const { tenant, cookie } = await scene();
    const other = await colleagueOf(tenant);
    await env.DB.prepare("UPDATE users SET role = 'admin' WHERE id = ?1").bind(other.userId).run();
    expect((await get(pathOf(tenant), { cookie })).body.data.owner).toBeNull();
    expect(codeOf(await ask('POST', pathOf(tenant), REASON, { cookie }))).toEqual([422, 'not_only_owner']);
  });

  it('is a reseller’s for its own customers, asks for the password, and is nobody else’s', async () => {
    const { asker, tenant, owner, cookie } = await scene({ type: 'reseller', role: 'reseller_admin' });
    await env.DB.prepare('UPDATE sessions SET confirmed_at = 1 WHERE user_id = ?').bind(asker.userId).run();
    expect(codeOf(await ask('POST', pathOf(tenant), REASON, { cookie }))).toEqual([403, 'CONFIRMATION_REQUIRED']);
    await post('confirm-password', { password: PASSWORD }, { cookie });
    expect((await ask('POST', pathOf(tenant), REASON, { cookie })).status).toBe(200);
    const stranger = await seedTenant({ type: 'reseller', role: 'reseller_admin' });
    expect((await ask('POST', pathOf(tenant), REASON, { cookie: (await signIn(stranger)).cookie })).status).toBe(404);
    expect(codeOf(await ask('POST', pathOf(tenant), REASON, owner))).toEqual([403, 'PERMISSION_DENIED']);
  });
});
