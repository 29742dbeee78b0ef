/** Links of mails about accounts over HTTP: each works once, newer ones end older ones, and nothing tells whether an address is known. */
import { describe, expect, it } from 'vitest';
import { env, PASSWORD, seedTenant, type SeededTenant, unique } from '../../tests/contract/tenants.ts';
import { inviteUser } from './commands/invite-user.ts';
import { audited, mails, me, platform, post, scopeOf, signInAs } from './ways-in.fixture.ts';

async function invited(tenant: SeededTenant) {
  const email = `${unique('mia')}@mail.test`;
  const made = await inviteUser(platform, scopeOf(tenant), { email, name: 'Mia', role: 'staff', language: 'de' });
  if (!made.ok) throw new Error(made.error.code);
  const [mail] = await mails(tenant);
  return { email, token: mail?.secret ?? '', userId: made.value.userId };
}
const GOOD = 'drei Hunde im Regen';

describe('an invitation', () => {
  it('says who and where, is accepted once, and signs in', async () => {
    const tenant = await seedTenant();
    const { email, token } = await invited(tenant);
    expect((await signInAs(email, GOOD)).status).toBe(401);
    expect((await post('links/show', { token })).body.data).toMatchObject({
      purpose: 'invite',
      name: 'Mia',
      email,
      tenant_name: `Tenant ${tenant.slug}`,
    });
    const accepted = await post('invitation/accept', { token, name: 'Mia Berg', password: GOOD });
    expect(accepted.body.data).toMatchObject({ user: { name: 'Mia Berg', email }, role: 'staff' });
    expect(await me(accepted.cookie)).toBe(200);
    expect((await signInAs(email, GOOD)).status).toBe(200);
    expect((await post('links/show', { token })).status).toBe(404);
    expect((await post('invitation/accept', { token, name: 'Eve', password: `${GOOD}!` })).status).toBe(404);
    expect((await signInAs(email, GOOD)).status).toBe(200);
    expect(await audited(tenant)).toEqual(expect.arrayContaining(['user.invited', 'invitation.accepted']));
  });

  it('refuses passwords that are guessed first, and is good afterwards', async () => {
    const tenant = await seedTenant();
    const { email, token } = await invited(tenant);
    for (const password of ['kurz', 'passwort123', email.split('@')[0] ?? ''])
      expect((await post('invitation/accept', { token, name: 'Mia', password })).status).toBe(422);
    expect((await post('invitation/accept', { token, name: 'Mia', password: GOOD })).status).toBe(200);
  });

  it('opens on hosts of its tenant only', async () => {
    const [tenant, other] = [await seedTenant(), await seedTenant()];
    const { token } = await invited(tenant);
    expect((await post('links/show', { token }, { origin: other.origin })).status).toBe(404);
    const body = { token, name: 'Mia', password: GOOD };
    expect((await post('invitation/accept', body, { origin: other.origin })).status).toBe(404);
    expect((await post('links/show', { token }, { origin: tenant.origin })).status).toBe(200);
  });

  it('is over after its end, and used once by two at the same moment', async () => {
    const tenant = await seedTenant();
    const { token, userId } = await invited(tenant);
    const both = await Promise.all(
      [GOOD, `${GOOD} zwei`].map((password) => post('invitation/accept', { token, name: 'Mia', password })),
    );
    expect(both.map(({ status }) => status).sort()).toEqual([200, 404]);
    const second = await invited(await seedTenant());
    await env.DB.prepare('UPDATE account_links SET expires_at = 1 WHERE user_id = ?').bind(second.userId).run();
    expect((await post('links/show', { token: second.token })).status).toBe(404);
    expect(userId).not.toBe(second.userId);
  });
});

describe('a forgotten password', () => {
  it('is answered the same whether the address is known or not, and limited', async () => {
    const tenant = await seedTenant();
    const known = await post('password/forgot', { email: tenant.email });
    const unknown = await post('password/forgot', { email: `${unique('niemand')}@mail.test` });
    expect(unknown.status).toBe(200);
    expect(unknown.body).toEqual(known.body);
    const statuses = [];
    for (let i = 0; i < 7; i++) statuses.push((await post('password/forgot', { email: tenant.email })).status);
    expect(statuses).toContain(429);
    expect((await mails(tenant)).length).toBeLessThanOrEqual(1);
  });

  it('is set anew by the newest link, once; all sessions end, locks are lifted, and its person is told', async () => {
    const tenant = await seedTenant();
    const before = await signInAs(tenant.email, PASSWORD);
    await post('password/forgot', { email: tenant.email });
    const first = (await mails(tenant)).at(-1);
    await post('password/forgot', { email: tenant.email });
    const sent = await mails(tenant);
    const newest = sent.filter(({ event }) => event === 'account.reset').at(-1);
    expect(newest?.to).toBe(tenant.email);
    expect((await post('password/reset', { token: first?.secret, password: GOOD })).status).toBe(404);
    for (let i = 0; i < 7; i++) await signInAs(tenant.email, 'falsch geraten');
    expect((await signInAs(tenant.email, PASSWORD)).status).toBe(429);
    expect((await post('password/reset', { token: newest?.secret, password: GOOD })).status).toBe(200);
    expect((await post('password/reset', { token: newest?.secret, password: `${GOOD}2` })).status).toBe(404);
    expect(await me(before.cookie)).toBe(401);
    expect((await signInAs(tenant.email, PASSWORD)).status).toBe(401);
    expect((await signInAs(tenant.email, GOOD)).status).toBe(200);
    expect((await mails(tenant)).map(({ event }) => event)).toContain('account.password_changed');
    expect(await audited(tenant)).toEqual(expect.arrayContaining(['password.reset_requested', 'password.reset']));
  });

  it('of an invited person is another invitation', async () => {
    const tenant = await seedTenant();
    const { email, token } = await invited(tenant);
    await post('password/forgot', { email });
    expect((await post('links/show', { token })).status).toBe(404);
    const sent = (await mails(tenant)).at(-1);
    expect(sent?.event).toBe('account.invited');
    const body = { token: sent?.secret, name: 'Mia', password: GOOD };
    expect((await post('password/reset', body)).status).toBe(404);
    expect((await post('invitation/accept', body)).status).toBe(200);
  });

  it('of a disabled person sends nothing, and an open link opens nothing', async () => {
    const tenant = await seedTenant();
    await post('password/forgot', { email: tenant.email });
    const [sent] = await mails(tenant);
    await env.DB.prepare('UPDATE users SET disabled_at = 1 WHERE id = ?').bind(tenant.userId).run();
    expect((await post('password/reset', { token: sent?.secret, password: GOOD })).status).toBe(404);
    await post('password/forgot', { email: tenant.email });
    expect(await mails(tenant)).toEqual([]);
  });
});

describe('a sign-in on a device that is new', () => {
  it('is told, but not the first of all and not the one of a known browser', async () => {
    const tenant = await seedTenant();
    const first = await signInAs(tenant.email, PASSWORD);
    expect(await mails(tenant)).toEqual([]);
    await post('sign-in/email', { email: tenant.email, password: PASSWORD }, { cookie: first.cookie });
    expect(await mails(tenant)).toEqual([]);
    await signInAs(tenant.email, PASSWORD);
    expect((await mails(tenant)).map(({ event, to }) => [event, to])).toEqual([['account.signed_in', tenant.email]]);
  });
});
