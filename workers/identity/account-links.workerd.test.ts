/** Links of mails about accounts over HTTP: each works once, newer ones end older ones, and nothing tells whether an address is known. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { describe, expect, it } from 'vitest';
import {
  env,
  freshAddress,
  PASSWORD,
  PLATFORM,
  seedTenant,
  type SeededTenant,
  unique,
} from '../../tests/contract/tenants.ts';
import { processNow } from '../../shared/clock.ts';
import { app } from '../app.ts';
import { platformOf } from '../env.ts';
import { readEffect } from '../events/effects.ts';
import { accountMail, recipientOf } from '../notifications/account-messages.ts';
import type { NotificationRow } from '../storage/queries/notifications.ts';
import { effects } from '../storage/tables/delivery.ts';
import { auditLog } from '../storage/tables/identity.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { inviteUser } from './commands/invite-user.ts';

const platform = platformOf(env);
const system = { kind: 'system', cause: 'demo' } as const;
const scopeOf = (tenant: SeededTenant): TenantScope =>
  openTenant(platform, tenant.tenantId, system, { now: processNow(), requestId: 'req_test' });

async function post(path: string, body: unknown, options: { origin?: string; cookie?: string; from?: string } = {}) {
  const context = createExecutionContext();
  const answer = await app.fetch(
    new Request(`${options.origin ?? PLATFORM}/api/auth/${path}`, {
      method: 'POST',
      headers: {
        'Content-Type': 'application/json',
        'CF-Connecting-IP': options.from ?? freshAddress(),
        ...(options.cookie === undefined ? {} : { Cookie: options.cookie }),
      },
      body: JSON.stringify(body),
    }),
    env,
    context,
  );
  // biome-ignore lint/suspicious/noExplicitAny: bodies are asserted field by field
  const said = (await answer.json()) as any;
  await waitOnExecutionContext(context);
  const cookie = answer.headers
    .getSetCookie()
    .map((line) => line.split(';')[0])
    .join('; ');
  return { status: answer.status, body: said, cookie };
}
const me = async (cookie: string): Promise<number> =>
  (
    await app.fetch(
      new Request(`${PLATFORM}/api/me`, { headers: { Cookie: cookie, 'CF-Connecting-IP': freshAddress() } }),
      env,
      createExecutionContext(),
    )
  ).status;
const signIn = (email: string, password: string) => post('sign-in/email', { email, password });

/** The mails about accounts that were caused, newest last: what a mailbox would show. */
async function mails(scope: TenantScope): Promise<{ event: string; to: string; secret: string; text: string }[]> {
  // The queue must not compose them once more meanwhile: that would make another secret.
  await env.DB.prepare("UPDATE effects SET state = 'done' WHERE tenant_id = ?").bind(scope.tenantId).run();
  const rows = await scope.db.rows(effects, { limit: 100 });
  const found = [];
  for (const row of rows.sort((a, b) => a.createdAt - b.createdAt)) {
    const read = readEffect('notify', row.ref);
    if (row.kind !== 'notify' || !read.ok || !('userId' in read.ref)) continue;
    const to = await recipientOf(scope, read.ref);
    if (to === null) continue;
    const row1 = { id: 'ntf_1', recipient: to.email, language: 'de', expiresAt: to.expiresAt } as NotificationRow;
    const mail = await accountMail(scope, read.ref, row1);
    const text = mail?.text ?? '';
    found.push({ event: read.ref.event, to: to.email, secret: /#([\w-]{43})/.exec(text)?.[1] ?? '', text });
  }
  return found;
}
async function invited(tenant: SeededTenant) {
  const email = `${unique('mia')}@mail.test`;
  const made = await inviteUser(platform, scopeOf(tenant), { email, name: 'Mia', role: 'staff', language: 'de' });
  if (!made.ok) throw new Error(made.error.code);
  const [mail] = await mails(scopeOf(tenant));
  return { email, token: mail?.secret ?? '', userId: made.value.userId };
}
const audited = async (tenant: SeededTenant): Promise<string[]> =>
  (await scopeOf(tenant).db.rows(auditLog, { limit: 100 })).map((row) => row.description);

const GOOD = 'drei Hunde im Regen';

describe('an invitation', () => {
  it('says who and where, is accepted once, and signs in', async () => {
    const tenant = await seedTenant();
    const { email, token } = await invited(tenant);
    expect((await signIn(email, GOOD)).status).toBe(401);
    expect((await post('links/show', { token })).body.data).toMatchObject({
      purpose: 'invite',
      name: 'Mia',
      email,
      tenant_name: `Tenant ${tenant.slug}`,
    });
    const accepted = await post('invitation/accept', { token, name: 'Mia Berg', password: GOOD });
    expect(accepted.body.data).toMatchObject({ user: { name: 'Mia Berg', email }, role: 'staff' });
    expect(await me(accepted.cookie)).toBe(200);
    expect((await signIn(email, GOOD)).status).toBe(200);
    expect((await post('links/show', { token })).status).toBe(404);
    expect((await post('invitation/accept', { token, name: 'Eve', password: `${GOOD}!` })).status).toBe(404);
    expect((await signIn(email, GOOD)).status).toBe(200);
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
    expect((await mails(scopeOf(tenant))).length).toBeLessThanOrEqual(1);
  });

  it('is set anew by the newest link, once; all sessions end, locks are lifted, and its person is told', async () => {
    const tenant = await seedTenant();
    const before = await signIn(tenant.email, PASSWORD);
    await post('password/forgot', { email: tenant.email });
    const first = (await mails(scopeOf(tenant))).at(-1);
    await post('password/forgot', { email: tenant.email });
    const sent = await mails(scopeOf(tenant));
    const newest = sent.filter(({ event }) => event === 'account.reset').at(-1);
    expect(newest?.to).toBe(tenant.email);
    expect((await post('password/reset', { token: first?.secret, password: GOOD })).status).toBe(404);
    for (let i = 0; i < 7; i++) await signIn(tenant.email, 'falsch geraten');
    expect((await signIn(tenant.email, PASSWORD)).status).toBe(429);
    expect((await post('password/reset', { token: newest?.secret, password: GOOD })).status).toBe(200);
    expect((await post('password/reset', { token: newest?.secret, password: `${GOOD}2` })).status).toBe(404);
    expect(await me(before.cookie)).toBe(401);
    expect((await signIn(tenant.email, PASSWORD)).status).toBe(401);
    expect((await signIn(tenant.email, GOOD)).status).toBe(200);
    expect((await mails(scopeOf(tenant))).map(({ event }) => event)).toContain('account.password_changed');
    expect(await audited(tenant)).toEqual(expect.arrayContaining(['password.reset_requested', 'password.reset']));
  });

  it('of an invited person is another invitation', async () => {
    const tenant = await seedTenant();
    const { email, token } = await invited(tenant);
    await post('password/forgot', { email });
    expect((await post('links/show', { token })).status).toBe(404);
    const sent = (await mails(scopeOf(tenant))).at(-1);
    expect(sent?.event).toBe('account.invited');
    const body = { token: sent?.secret, name: 'Mia', password: GOOD };
    expect((await post('password/reset', body)).status).toBe(404);
    expect((await post('invitation/accept', body)).status).toBe(200);
  });

  it('of a disabled person sends nothing, and an open link opens nothing', async () => {
    const tenant = await seedTenant();
    await post('password/forgot', { email: tenant.email });
    const [sent] = await mails(scopeOf(tenant));
    await env.DB.prepare('UPDATE users SET disabled_at = 1 WHERE id = ?').bind(tenant.userId).run();
    expect((await post('password/reset', { token: sent?.secret, password: GOOD })).status).toBe(404);
    await post('password/forgot', { email: tenant.email });
    expect(await mails(scopeOf(tenant))).toEqual([]);
  });
});

describe('a sign-in on a device that is new', () => {
  it('is told, but not the first of all and not the one of a known browser', async () => {
    const tenant = await seedTenant();
    const first = await signIn(tenant.email, PASSWORD);
    expect(await mails(scopeOf(tenant))).toEqual([]);
    await post('sign-in/email', { email: tenant.email, password: PASSWORD }, { cookie: first.cookie });
    expect(await mails(scopeOf(tenant))).toEqual([]);
    await signIn(tenant.email, PASSWORD);
    expect((await mails(scopeOf(tenant))).map(({ event, to }) => [event, to])).toEqual([
      ['account.signed_in', tenant.email],
    ]);
  });
});
