/** Public sign-up over HTTP: closed until everything is there, proven by a link, made by the reseller's command; counted, told to nobody, forgotten. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { askApi, generousEnv, type Reply } from '../../tests/contract/requests.ts';
import { env, freshAddress, seedTenant, type SeededTenant, unique } from '../../tests/contract/tenants.ts';
import { processNow } from '../../shared/clock.ts';
import { LEGAL_KINDS } from '../../shared/legal.ts';
import { DAY } from '../../shared/time.ts';
import { app } from '../app.ts';
import { platformOf } from '../env.ts';
import { signupMail } from '../notifications/tenant-messages.ts';
import { forgetTenant } from '../storage/platform-db.ts';
import type { NotificationRow } from '../storage/queries/notifications.ts';
import { mailIdOf, openSignup, purgeSignups } from '../storage/queries/signups.ts';
import { effects } from '../storage/tables/delivery.ts';
import { auditLog } from '../storage/tables/identity.ts';
import { notifications } from '../storage/tables/notifications.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';

const platform = platformOf(env);
const PASSWORD = 'drei Hunde im Regen';
let operator: SeededTenant;

beforeAll(async () => {
  operator = await seedTenant({ type: 'platform', role: 'super_admin' });
  await instanceOpen(true);
});
afterAll(() => instanceOpen(false));

const instanceOpen = async (signup_open: boolean): Promise<void> => {
  const changed = await askApi(operator.apiKey, 'PATCH', '/api/v1/settings', { body: { signup_open } });
  expect(changed.status, changed.text).toBe(200);
};

async function ask(
  origin: string,
  method: string,
  path: string,
  body?: unknown,
  { address = freshAddress(), cookie }: { address?: string; cookie?: string } = {},
): Promise<Reply> {
  const context = createExecutionContext();
  const headers: Record<string, string> = { 'CF-Connecting-IP': address, Host: new URL(origin).host };
  if (body !== undefined) headers['Content-Type'] = 'application/json';
  if (cookie !== undefined) headers['Cookie'] = cookie;
  const request = new Request(`${origin}${path}`, {
    method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await app.fetch(request, generousEnv, context);
  const text = await response.text();
  await waitOnExecutionContext(context);
  return { status: response.status, headers: response.headers, text, body: text === '' ? null : JSON.parse(text) };
}

const systemOf = (tenantId: SeededTenant['tenantId']): TenantScope =>
  openTenant(platform, tenantId, { kind: 'system', cause: 'demo' }, { now: processNow() });

async function publish(seller: SeededTenant, kinds: readonly string[] = LEGAL_KINDS): Promise<Record<string, string>> {
  const ids: Record<string, string> = {};
  for (const kind of kinds) {
    const made = await askApi(seller.apiKey, 'POST', '/api/v1/legal-texts', {
      body: { kind, language: 'de', text: `# ${kind}\n\nFassung von heute` },
    });
    expect(made.status, made.text).toBe(201);
    ids[kind] = made.body.data.id;
  }
  return ids;
}
const switchOn = (seller: SeededTenant, switched = true) =>
  askApi(seller.apiKey, 'PATCH', '/api/v1/signup-settings', { body: { switched } });

/** A reseller on whose host visitors sign up. */
async function openSeller(): Promise<SeededTenant & { texts: Record<string, string> }> {
  const seller = await seedTenant({ type: 'reseller', role: 'reseller_admin' });
  const texts = await publish(seller);
  expect((await switchOn(seller)).body.data).toMatchObject({ switched: true, open: true, reason: null, missing: [] });
  return { ...seller, texts };
}
type OpenSeller = Awaited<ReturnType<typeof openSeller>>;

const wanted = (seller: OpenSeller, over: Record<string, unknown> = {}) => ({
  business: 'Salon Birke',
  trade: 'barber',
  name: 'Bea Birke',
  email: `${unique('bea')}@${unique('salon')}.test`,
  agreed: [seller.texts['terms'], seller.texts['dpa']],
  ...over,
});

/** The secret of the mail that a sign-up caused last. */
async function secretFor(seller: SeededTenant): Promise<{ signupId: string; token: string }> {
  const scope = systemOf(seller.tenantId);
  const caused = (await scope.db.rows(effects, { limit: 100 }))
    .filter((row) => row.kind === 'notify' && row.ref.includes('signup.link'))
    .sort((a, b) => (a.id < b.id ? -1 : 1))
    .at(-1);
  const { signupId } = JSON.parse(caused?.ref ?? '{}') as { signupId: string };
  const notice = { event: 'signup.link', signupId } as const;
  const mail = await signupMail(scope, notice, {
    id: 'ntf_1',
    recipient: 'x@y.test',
    language: 'de',
  } as NotificationRow);
  return { signupId, token: /\/signup\/confirm#([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '' };
}

describe('sign-up', () => {
  it('is closed, and says why, until switch and every text are there; a business’s host has none', async () => {
    const seller = await seedTenant({ type: 'reseller', role: 'reseller_admin' });
    const reason = async () => (await ask(seller.origin, 'GET', '/api/signup')).body.data.reason;
    expect(await reason()).toBe('off');
    expect((await switchOn(seller)).body.data).toMatchObject({ switched: true, open: false, reason: 'texts' });
    const texts = await publish(seller, LEGAL_KINDS.slice(0, 4));
    expect(await reason()).toBe('texts');
    const refused = await ask(seller.origin, 'POST', '/api/signup', wanted({ ...seller, texts }));
    expect([refused.status, refused.body.error.code]).toEqual([403, 'SIGNUP_CLOSED']);
    await publish(seller, LEGAL_KINDS.slice(4));
    expect(await reason()).toBeNull();
    await instanceOpen(false);
    expect(await reason()).toBe('off');
    await instanceOpen(true);
    await env.DB.prepare("UPDATE tenants SET status = 'suspended' WHERE id = ?1").bind(seller.tenantId).run();
    forgetTenant(seller.tenantId);
    expect(await reason()).toBe('stopped');
    const business = await seedTenant();
    expect((await ask(business.origin, 'GET', '/api/signup')).status).toBe(404);
  });

  it('proven by its link makes the business below the seller, its owner signed in with a password, once', async () => {
    const seller = await openSeller();
    const input = wanted(seller, { trade: 'physiotherapy', agreed: Object.values(seller.texts).slice(0, 3) });
    expect((await ask(seller.origin, 'POST', '/api/signup', input)).body).toEqual({ success: true });
    const { token } = await secretFor(seller);
    const shown = await ask(seller.origin, 'POST', '/api/signup/show', { token });
    expect(shown.body.data).toEqual({
      business: input.business,
      trade: 'physiotherapy',
      name: input.name,
      email: input.email,
      language: 'de',
    });
    const weak = await ask(seller.origin, 'POST', '/api/signup/confirm', { token, password: 'Salon Birke' });
    expect(weak.body.error.errors).toHaveProperty('password');
    const made = await ask(seller.origin, 'POST', '/api/signup/confirm', { token, password: PASSWORD });
    expect(made.status, made.text).toBe(200);
    const id = made.body.data.tenant_id as SeededTenant['tenantId'];
    const row = await env.DB.prepare('SELECT parent_id, type, status, trade, name FROM tenants WHERE id = ?1')
      .bind(id)
      .first();
    expect(row).toEqual({
      parent_id: seller.tenantId,
      type: 'business',
      status: 'trial',
      trade: 'physiotherapy',
      name: input.business,
    });
    const cookie = made.headers
      .getSetCookie()
      .map((one) => one.split(';')[0])
      .join('; ');
    const me = await ask(seller.origin, 'GET', '/api/me', undefined, { cookie });
    expect(me.body.data).toMatchObject({ user: { email: input.email }, role: 'admin' });
    // Who agreed to which version, readable by the owner and by the seller.
    const kinds = ['dpa', 'secrecy', 'terms'];
    const own = await ask(seller.origin, 'GET', '/api/v1/contracts', undefined, { cookie });
    const kindsOf = (accepted: { text: { kind: string } }[]) => accepted.map(({ text }) => text.kind).sort();
    expect(kindsOf(own.body.data.accepted)).toEqual(kinds);
    expect(own.body.data.open).toEqual([]);
    const theirs = await askApi(seller.apiKey, 'GET', `/api/v1/tenants/${id}/contracts`);
    expect(kindsOf(theirs.body.data.accepted)).toEqual(kinds);
    expect(theirs.body.data.accepted[0]).toMatchObject({
      accepted_by: 'Bea Birke',
      text: { version: 1, language: 'de' },
    });
    // No invitation was mailed: the address is proven, the password set.
    const its = systemOf(id);
    expect((await its.db.rows(effects, { limit: 20 })).filter(({ ref }) => ref.includes('account.invited'))).toEqual(
      [],
    );
    const log = (await its.db.rows(auditLog, { limit: 20 })).map(({ description }) => description);
    expect(log).toContain('signup.confirmed');
    const again = await ask(seller.origin, 'POST', '/api/signup/confirm', { token, password: PASSWORD });
    expect(again.status).toBe(404);
  });

  it('of two clicks at once makes one business and one session', async () => {
    const seller = await openSeller();
    await ask(seller.origin, 'POST', '/api/signup', wanted(seller));
    const { token } = await secretFor(seller);
    const answers = await Promise.all(
      [1, 2].map(() => ask(seller.origin, 'POST', '/api/signup/confirm', { token, password: PASSWORD })),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 404]);
    const below = await env.DB.prepare('SELECT count(*) AS n FROM tenants WHERE parent_id = ?1')
      .bind(seller.tenantId)
      .first();
    expect(below).toEqual({ n: 1 });
  });

  it('of a name that is taken gets a host of its own', async () => {
    const seller = await openSeller();
    const business = unique('Salon Eiche');
    const slugs: unknown[] = [];
    for (let i = 0; i < 2; i++) {
      await ask(seller.origin, 'POST', '/api/signup', wanted(seller, { business }));
      const { token } = await secretFor(seller);
      const made = await ask(seller.origin, 'POST', '/api/signup/confirm', { token, password: PASSWORD });
      const row = await env.DB.prepare('SELECT slug FROM tenants WHERE id = ?1').bind(made.body.data.tenant_id).first();
      slugs.push(row?.['slug']);
    }
    expect(new Set(slugs).size).toBe(2);
  });

  it('asks for the agreements of the trade, present versions only', async () => {
    const seller = await openSeller();
    const { texts } = seller;
    const lacks = async (trade: string, agreed: unknown[]) =>
      (await ask(seller.origin, 'POST', '/api/signup', wanted(seller, { trade, agreed }))).body.error?.errors?.agreed;
    expect(await lacks('barber', [texts['terms']])).toEqual(['dpa']);
    expect(await lacks('dental_practice', [texts['terms'], texts['dpa']])).toEqual(['secrecy']);
    const { terms: newer } = await publish(seller, ['terms']);
    expect(await lacks('barber', [texts['terms'], texts['dpa']])).toEqual(['terms']);
    expect(await lacks('barber', [newer, texts['dpa']])).toBeUndefined();
  });

  it('answers the same for an address that has an account here, which gets a mail that says so', async () => {
    const seller = await openSeller();
    const owner = await seedTenant({ parentId: seller.tenantId });
    const [known, unknown] = [
      await ask(seller.origin, 'POST', '/api/signup', wanted(seller, { email: owner.email.toUpperCase() })),
      await ask(seller.origin, 'POST', '/api/signup', wanted(seller)),
    ];
    expect([known.status, known.text]).toEqual([unknown.status, unknown.text]);
    const told = (await systemOf(owner.tenantId).db.rows(effects, { limit: 20 })).map(({ ref }) => JSON.parse(ref));
    expect(told).toContainEqual(expect.objectContaining({ event: 'account.exists', userId: owner.userId }));
    const begun = await env.DB.prepare('SELECT count(*) AS n FROM signups WHERE tenant_id = ?1')
      .bind(seller.tenantId)
      .first();
    expect(begun).toEqual({ n: 1 });
  });

  it('is slowed by line, by domain and by address', async () => {
    const seller = await openSeller();
    const statuses = async (n: number, each: (i: number) => [Record<string, unknown>, string]) => {
      const seen: number[] = [];
      for (let i = 0; i < n; i++) {
        const [over, address] = each(i);
        const answer = await ask(seller.origin, 'POST', '/api/signup', wanted(seller, over), { address });
        seen.push(answer.status);
        if (answer.status === 429) expect(Number(answer.headers.get('Retry-After'))).toBeGreaterThan(0);
      }
      return seen;
    };
    // One subscriber has one /64, whatever address of theirs is used.
    const net = `2001:db8:${unique('a').length}:${Math.floor(Math.random() * 65_535).toString(16)}`;
    expect(await statuses(7, (i) => [{}, `${net}::${i + 1}`])).toEqual([200, 200, 200, 200, 200, 200, 429]);
    const domain = `${unique('wegwerf')}.test`;
    const ofDomain = await statuses(12, () => [{ email: `${unique('x')}@${domain}` }, freshAddress()]);
    expect(ofDomain.slice(-1)).toEqual([429]);
    const email = `${unique('one')}@gmail.com`;
    expect(await statuses(5, () => [{ email }, freshAddress()])).toEqual([200, 200, 200, 200, 429]);
  });

  it('that was never proven leaves nothing after seven days: neither its row nor its mail', async () => {
    const seller = await openSeller();
    await ask(seller.origin, 'POST', '/api/signup', wanted(seller));
    const { signupId } = await secretFor(seller);
    const scope = systemOf(seller.tenantId);
    await scope.db.insert(notifications, {
      id: unique('ntf'),
      eventType: 'signup.link',
      channel: 'email',
      recipient: 'bea@salon.test',
      language: 'de',
      data: '{}',
      dedupeKey: `${mailIdOf(signupId)}:email`,
      status: 'sent',
      scheduledAt: scope.now,
      expiresAt: scope.now,
      createdAt: scope.now,
    });
    await purgeSignups(platform, processNow() - 7 * DAY);
    expect(await openSignup(scope.db, signupId, processNow())).not.toBeNull();
    await env.DB.prepare('UPDATE signups SET created_at = ?2 WHERE id = ?1')
      .bind(signupId, processNow() - 8 * DAY)
      .run();
    await purgeSignups(platform, processNow() - 7 * DAY);
    const left = await env.DB.prepare('SELECT count(*) AS n FROM signups WHERE id = ?1').bind(signupId).first();
    expect(left).toEqual({ n: 0 });
    const mails = await scope.db.rows(notifications, { limit: 20 });
    expect(mails.filter(({ dedupeKey }) => dedupeKey.startsWith(signupId))).toEqual([]);
  });

  it('ends with its newer link, after an hour, and on another seller’s host', async () => {
    const [seller, other] = [await openSeller(), await openSeller()];
    const input = wanted(seller);
    await ask(seller.origin, 'POST', '/api/signup', input);
    const first = await secretFor(seller);
    const elsewhere = await ask(other.origin, 'POST', '/api/signup/show', { token: first.token });
    expect(elsewhere.status).toBe(404);
    await ask(seller.origin, 'POST', '/api/signup', input);
    const second = await secretFor(seller);
    expect((await ask(seller.origin, 'POST', '/api/signup/show', { token: first.token })).status).toBe(404);
    expect((await ask(seller.origin, 'POST', '/api/signup/show', { token: second.token })).status).toBe(200);
    await env.DB.prepare('UPDATE signups SET expires_at = ?2 WHERE id = ?1')
      .bind(second.signupId, processNow() - 1)
      .run();
    expect((await ask(seller.origin, 'POST', '/api/signup/show', { token: second.token })).status).toBe(404);
  });
});
