/** Tenants over HTTP and inside: made in one command, sealed from each other, their states followed by ledger, calendar, phone, mails and pages. */
import { createExecutionContext } from 'cloudflare:test';
import { afterEach, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import { signIn } from '../../tests/contract/requests.ts';
import { env, freshAddress, PLATFORM, type SeededTenant, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { asInstant, processNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { DAY } from '../../shared/time.ts';
import { app } from '../app.ts';
import { platformOf } from '../env.ts';
import { sql } from 'drizzle-orm';
import { sendNotification } from '../notifications/notify.ts';
import { auditLog } from '../storage/tables/identity.ts';
import { notifications } from '../storage/tables/notifications.ts';
import { forgetTenant, tenantById } from '../storage/platform-db.ts';
import { openTenant } from '../tenancy/scope.ts';
import { asTenantId } from '../tenancy/directory.ts';
import { inviteUser } from '../identity/commands/invite-user.ts';
import { systemSettings } from '../instance/settings.ts';
import { roomFor } from '../tenancy/limits.ts';
import { createTenant } from './commands/create-tenant.ts';
import { tenantsCrons } from './jobs.ts';

const platform = platformOf(env);
let operator: SeededTenant;
let reseller: SeededTenant;
let other: SeededTenant;

/** What the register of VAT ids and the resolver answer next; null: they do not. */
const outside: { vies: unknown; txt: string[] | null } = {
  vies: { isValid: true, name: 'ACME', address: '---' },
  txt: [],
};
beforeEach(() => {
  vi.spyOn(globalThis, 'fetch').mockImplementation(async (input) => {
    const url = String(input instanceof Request ? input.url : input);
    if (url.includes('/vat/') && outside.vies !== null) return Response.json(outside.vies);
    if (url.includes('/dns-query') && outside.txt !== null)
      return Response.json({
        Status: 0,
        Answer: outside.txt.map((text) => ({ name: 'x', type: 16, data: `"${text}"` })),
      });
    return new Response('away', { status: 503 });
  });
});
afterEach(() => {
  vi.restoreAllMocks();
  outside.vies = { isValid: true, name: 'ACME', address: '---' };
  outside.txt = [];
});

beforeAll(async () => {
  operator = await seedTenant({ type: 'platform', role: 'super_admin' });
  reseller = await seedTenant({ type: 'reseller', role: 'reseller_admin', parentId: 'platform' });
  other = await seedTenant({ type: 'reseller', role: 'reseller_admin', parentId: 'platform' });
});

// biome-ignore lint/suspicious/noExplicitAny: answers of many routes, each read by its test
type Any = any;
interface Sent {
  status: number;
  body: Any;
  headers: Headers;
}
async function send(
  who: SeededTenant | null,
  method: string,
  path: string,
  body?: unknown,
  more: Record<string, string> = {},
  origin = PLATFORM,
): Promise<Sent> {
  const response = await app.fetch(
    new Request(`${origin}${path}`, {
      method,
      headers: {
        'CF-Connecting-IP': freshAddress(),
        ...(who === null ? {} : { Authorization: `Bearer ${who.apiKey}` }),
        ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
        ...more,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
    env,
    createExecutionContext(),
  );
  const text = await response.text();
  const isJson = response.headers.get('Content-Type')?.startsWith('application/json') === true;
  return { status: response.status, body: isJson ? JSON.parse(text) : text, headers: response.headers };
}
const wanted = (over: Record<string, unknown> = {}) => ({
  name: unique('Salon'),
  owner: { name: 'Olivia Schön', email: `${unique('olivia')}@example.test` },
  ...over,
});
async function made(who: SeededTenant, over: Record<string, unknown> = {}): Promise<Any> {
  const sent = await send(who, 'POST', '/api/v1/tenants', wanted(over));
  expect(sent.status, JSON.stringify(sent.body)).toBe(201);
  return sent.body.data;
}
const scopeOf = (id: string) =>
  openTenant(platform, asTenantId(id), { kind: 'system', cause: 'demo' }, { now: processNow() });
async function termsOf(id: string): Promise<Any> {
  const { result } = await scopeOf(id).ledger.terms();
  return result.ok ? result.value.terms : null;
}
const runCron = (now: number) =>
  tenantsCrons(platform)[0]?.run({ due: asInstant(now), now: asInstant(now), startJob: async () => 0 });

describe('a new tenant', () => {
  it('has row, terms, account, bonus and an invited owner', async () => {
    const tenant = await made(operator, {
      name: 'Salon Größe & Söhne',
      slug: undefined,
      country: 'AT',
      time_zone: 'Europe/Vienna',
    });
    expect(tenant).toMatchObject({
      status: 'trial',
      slug: 'salon-groesse-soehne',
      country: 'AT',
      parent_id: 'platform',
      plan_id: null,
      verbs: ['mark_past_due', 'suspend', 'close'],
    });
    // As the instance's settings say; tests beside this one change them.
    const { trial_days: days } = await systemSettings(platform);
    expect(Date.parse(tenant.trial_ends_at) - Date.parse(tenant.created_at)).toBe(days * DAY);
    expect(await termsOf(tenant.id)).toMatchObject({
      currency: 'EUR',
      timeZone: 'Europe/Vienna',
      suspended: false,
      plan: { id: 'trial', pricePerMinuteMicros: 200_000 },
      vat: { recipientCountry: 'AT', recipientVatIdValid: false },
    });
    const balance = await scopeOf(tenant.id).ledger.balance();
    expect(balance.result).toMatchObject({ ok: true, value: { bonusCents: 500 } });
    const schedule = await scopeOf(tenant.id).calendar.schedule();
    expect(schedule.result).toMatchObject({
      ok: true,
      value: { account: { body: { status: 'trial', currency: 'EUR' } } },
    });
    const users = await env.DB.prepare('SELECT role, name, email FROM users WHERE tenant_id = ?1')
      .bind(tenant.id)
      .all();
    expect(users.results).toMatchObject([{ role: 'admin', name: 'Olivia Schön' }]);
    const row = await tenantById(platform, tenant.id);
    expect(row?.toldVersion).toBe(row?.version);
  });

  it('repeated with its key is the same tenant, and repeated with its id goes on where it stopped', async () => {
    const body = wanted();
    const key = { 'Idempotency-Key': unique('key') };
    const first = await send(operator, 'POST', '/api/v1/tenants', body, key);
    const again = await send(operator, 'POST', '/api/v1/tenants', body, key);
    expect(again.body.data.id).toBe(first.body.data.id);

    const id = newId('tenant', processNow());
    const input = {
      ...wanted(),
      id,
      type: 'business' as const,
      country: 'DE',
      currency: 'EUR',
      time_zone: 'Europe/Berlin',
      language: 'de' as const,
      plan_id: null,
      vat_id: null,
      answerIn: 'de' as const,
    };
    const scope = openTenant(platform, operator.tenantId, { kind: 'system', cause: 'demo' }, { now: processNow() });
    const made1 = await createTenant(platform, scope, input);
    const made2 = await createTenant(platform, scope, input);
    expect(made1.ok && made2.ok && made1.value.ownerId === made2.value.ownerId).toBe(true);
    const counts = await env.DB.prepare(
      'SELECT (SELECT count(*) FROM tenants WHERE id = ?1) AS rows, (SELECT count(*) FROM users WHERE tenant_id = ?1) AS users',
    )
      .bind(id)
      .first();
    expect(counts).toEqual({ rows: 1, users: 1 });
    expect((await scopeOf(id).ledger.balance()).result).toMatchObject({ value: { bonusCents: 500 } });
    const stranger = await createTenant(platform, scope, { ...input, name: 'Ein anderer' });
    expect(stranger).toMatchObject({ ok: false, error: { code: 'IDEMPOTENCY_MISMATCH' } });
  });

  it.each([
    ['slug', { slug: 'admin' }],
    ['slug', { name: '漢字' }],
    ['time_zone', { time_zone: 'Europe/Nowhere' }],
    ['currency', { currency: 'XXX' }],
    ['plan_id', { plan_id: 'none_of_ours' }],
    ['vat_id', { vat_id: 'DE12', country: 'DE' }],
    ['parent_id', { parent_id: 'ten_of_nobody' }],
  ])('is refused for its %s %j', async (field, over) => {
    const sent = await send(operator, 'POST', '/api/v1/tenants', wanted(over));
    expect(sent.status, JSON.stringify(sent.body)).toBe(422);
    expect(Object.keys(sent.body.error.errors)).toEqual([field]);
  });

  it('a name that is taken is refused by name, and leaves nothing', async () => {
    const slug = unique('frei');
    await made(operator, { slug });
    const sent = await send(operator, 'POST', '/api/v1/tenants', wanted({ slug }));
    expect([sent.status, sent.body.error?.errors]).toEqual([
      422,
      { slug: ['Unter diesem Namen gibt es schon ein Konto.'] },
    ]);
  });

  it('of a plan has a copy of its prices, in its own currency only', async () => {
    const plan = await send(operator, 'POST', '/api/v1/pricing-plans', {
      name: unique('Minuten'),
      model: 'per_minute',
      price_per_minute_micros: 150_000,
    });
    expect(plan.status, JSON.stringify(plan.body)).toBe(201);
    // Plans of the platform lie with the tenant `platform`; the operator of this test is another one.
    await env.DB.prepare("UPDATE pricing_plans SET tenant_id = 'platform' WHERE id = ?1").bind(plan.body.data.id).run();
    const tenant = await made(operator, { plan_id: plan.body.data.id });
    expect(await termsOf(tenant.id)).toMatchObject({ plan: { id: plan.body.data.id, pricePerMinuteMicros: 150_000 } });
    const swiss = await send(
      operator,
      'POST',
      '/api/v1/tenants',
      wanted({ plan_id: plan.body.data.id, currency: 'CHF', country: 'CH' }),
    );
    expect(swiss.body.error?.errors).toEqual({ plan_id: ['Dieser Tarif hat eine andere Währung.'] });
    // A plan of one reseller is none of another's.
    await env.DB.prepare('UPDATE pricing_plans SET tenant_id = ?2 WHERE id = ?1')
      .bind(plan.body.data.id, reseller.tenantId)
      .run();
    expect((await send(other, 'POST', '/api/v1/tenants', wanted({ plan_id: plan.body.data.id }))).status).toBe(422);
    expect((await send(reseller, 'POST', '/api/v1/tenants', wanted({ plan_id: plan.body.data.id }))).status).toBe(201);
  });
});

describe('resellers', () => {
  it('see, make and change their own only; nobody else’s id is ever known', async () => {
    const mine = await made(reseller, { name: `Meiner ${unique('m')}` });
    const theirs = await made(other, { name: `Ihrer ${unique('t')}` });
    expect(mine.parent_id).toBe(reseller.tenantId);
    const list = await send(reseller, 'GET', '/api/v1/tenants?limit=100');
    const ids = list.body.data.map((one: Any) => one.id);
    expect(ids).toContain(mine.id);
    expect(ids).not.toContain(theirs.id);
    expect(ids).not.toContain(reseller.tenantId);
    expect(list.body.data.every((one: Any) => one.parent_id === reseller.tenantId)).toBe(true);
    const q = await send(reseller, 'GET', `/api/v1/tenants?q=ihrer&parent_id=${other.tenantId}`);
    expect([q.status, q.body.data]).toEqual([200, []]);
    for (const id of [theirs.id, other.tenantId, reseller.tenantId, operator.tenantId, 'platform'])
      for (const [method, path, body] of [
        ['GET', '', undefined],
        ['PATCH', '', { name: 'Gekapert' }],
        ['POST', '/suspend', { reason: 'gekapert' }],
        ['POST', '/close', { reason: 'gekapert' }],
        ['POST', '/vat-check', undefined],
        ['GET', '/domains', undefined],
        ['POST', '/domains', { host: `${unique('h')}.example.org` }],
        ['POST', '/domains/www.example.org/check', undefined],
        ['DELETE', '/domains/www.example.org', undefined],
      ] as const) {
        const sent = await send(reseller, method, `/api/v1/tenants/${id}${path}`, body);
        expect([method, path, id, sent.status, sent.body.error?.code]).toEqual([method, path, id, 404, 'NOT_FOUND']);
        expect(JSON.stringify(sent.body)).not.toContain(theirs.name);
      }
    expect((await tenantById(platform, theirs.id))?.name).toBe(theirs.name);
  });

  it('make businesses only, below themselves only, and set no limits', async () => {
    for (const [over, field] of [
      [{ type: 'reseller' }, 'type'],
      [{ parent_id: other.tenantId }, 'parent_id'],
      [{ parent_id: 'platform' }, 'parent_id'],
      [{ limits: { users: 9_999 } }, 'limits'],
    ] as const) {
      const sent = await send(reseller, 'POST', '/api/v1/tenants', wanted(over));
      expect([field, sent.status, Object.keys(sent.body.error?.errors ?? {})]).toEqual([field, 422, [field]]);
    }
    const mine = await made(reseller);
    const sent = await send(reseller, 'PATCH', `/api/v1/tenants/${mine.id}`, { features: { public_signup: true } });
    expect(Object.keys(sent.body.error?.errors ?? {})).toEqual(['features']);
    expect(
      (await send(operator, 'PATCH', `/api/v1/tenants/${mine.id}`, { features: { beta: true } })).body.error.errors,
    ).toHaveProperty(['features.beta']);
    const switched = { features: { public_signup: true } };
    // Only of the kind of account that has it.
    expect((await send(operator, 'PATCH', `/api/v1/tenants/${mine.id}`, switched)).body.data.features).toEqual({});
    const seller = await seedTenant({ type: 'reseller', role: 'reseller_admin', parentId: 'platform' });
    expect((await send(operator, 'PATCH', `/api/v1/tenants/${seller.tenantId}`, switched)).body.data.features).toEqual({
      public_signup: true,
    });
  });

  it('have as many customers as their limit says, also when they are made at once', async () => {
    const small = await seedTenant({ type: 'reseller', role: 'reseller_admin', parentId: 'platform' });
    await send(operator, 'PATCH', `/api/v1/tenants/${small.tenantId}`, { limits: { customers: 2 } });
    const sent = await Promise.all([1, 2, 3, 4].map(() => send(small, 'POST', '/api/v1/tenants', wanted())));
    expect(sent.map(({ status }) => status).sort()).toEqual([201, 201, 422, 422]);
    const refused = sent.find(({ status }) => status === 422);
    expect(refused?.body.error).toMatchObject({ code: 'LIMIT_REACHED', details: { limit: 'customers', max: 2 } });
    const [open] = sent.filter(({ status }) => status === 201);
    await send(small, 'POST', `/api/v1/tenants/${open?.body.data.id}/close`, { reason: 'gekündigt' });
    expect((await send(small, 'POST', '/api/v1/tenants', wanted())).status).toBe(201);
  });

  it('that are suspended change nobody; a business reaches no tenant at all', async () => {
    const stopped = await seedTenant({ type: 'reseller', role: 'reseller_admin', parentId: 'platform' });
    const child = await made(stopped);
    await send(operator, 'POST', `/api/v1/tenants/${stopped.tenantId}/suspend`, { reason: 'Rechnung offen' });
    expect((await send(stopped, 'POST', '/api/v1/tenants', wanted())).body.error?.code).toBe('TENANT_SUSPENDED');
    expect((await send(stopped, 'PATCH', `/api/v1/tenants/${child.id}`, { name: 'Neu' })).body.error?.code).toBe(
      'TENANT_SUSPENDED',
    );
    expect((await send(stopped, 'GET', `/api/v1/tenants/${child.id}`)).status).toBe(200);
    const business = await seedTenant({ scopes: ['view_tenants', 'edit_tenants', 'view_domains'] });
    for (const path of ['', `/${business.tenantId}`, `/${business.tenantId}/domains`])
      expect((await send(business, 'GET', `/api/v1/tenants${path}`)).status).toBe(403);
  });
});

describe('limits', () => {
  it('of users bound invitations, the tenant’s own before the instance’s', async () => {
    const tenant = await made(operator, { limits: { users: 2 } });
    const scope = scopeOf(tenant.id);
    const invite = () =>
      inviteUser(platform, scopeOf(tenant.id), {
        email: `${unique('neu')}@x.test`,
        name: 'Neu',
        role: 'staff',
        language: 'de',
      });
    expect((await invite()).ok).toBe(true);
    expect(await invite()).toMatchObject({ ok: false, error: { code: 'LIMIT_REACHED', limit: 'users', max: 2 } });
    await send(operator, 'PATCH', `/api/v1/tenants/${tenant.id}`, { limits: {} });
    expect((await invite()).ok).toBe(true);
    expect(await roomFor(scope, 'companies', 99)).toMatchObject({
      ok: false,
      error: { code: 'LIMIT_REACHED', limit: 'companies' },
    });
  });
});

describe('the list', () => {
  it('is found by beginnings of words, filtered, and paged to its end', async () => {
    const mark = unique('kranich').replaceAll('-', '');
    const names = [`Salon ${mark} Süd`, `${mark} Nord`, `Praxis ${mark}`];
    for (const name of names) await made(other, { name });
    const found = async (query: string) =>
      (await send(other, 'GET', `/api/v1/tenants?${query}`)).body.data.map((one: Any) => one.name);
    expect(await found(`q=${mark}`)).toEqual([...names].reverse());
    expect(await found(`q=${encodeURIComponent('sued')}%20${mark.slice(0, 9)}`)).toEqual([names[0]]);
    expect(await found(`q=${mark.slice(1)}`)).toEqual([]);
    expect(await found('status=closed')).toEqual([]);
    const walked: string[] = [];
    for (let cursor = ''; ; ) {
      const page = await send(other, 'GET', `/api/v1/tenants?q=${mark}&limit=1${cursor}`);
      walked.push(...page.body.data.map((one: Any) => one.name));
      if (page.body.meta.next_cursor === null) break;
      cursor = `&cursor=${page.body.meta.next_cursor}`;
    }
    expect(walked).toEqual([...names].reverse());
    expect((await send(other, 'GET', '/api/v1/tenants?cursor=nonsense')).status).toBe(422);
  });
});

describe('states', () => {
  it('suspension: no spending, no bookings, a reason to read; reactivated, all of it is back', async () => {
    const tenant = await made(reseller);
    const path = `/api/v1/tenants/${tenant.id}`;
    expect(Object.keys((await send(reseller, 'POST', `${path}/suspend`, {})).body.error.errors)).toEqual(['reason']);
    const stopped = await send(reseller, 'POST', `${path}/suspend`, { reason: 'Zwei Rechnungen sind offen' });
    expect(stopped.body.data).toMatchObject({
      status: 'suspended',
      status_reason: 'Zwei Rechnungen sind offen',
      verbs: ['reactivate', 'close'],
    });
    expect(await termsOf(tenant.id)).toMatchObject({ suspended: true, plan: { id: 'trial' } });
    const spend = await scopeOf(tenant.id).ledger.canSpend({ estimateMinutes: 5 });
    expect(spend.result).toMatchObject({ value: { allowed: false, reason: 'suspended' } });
    const schedule = await scopeOf(tenant.id).calendar.schedule();
    expect(schedule.result).toMatchObject({ value: { account: { body: { status: 'suspended' } } } });
    expect((await send(reseller, 'POST', `${path}/suspend`, { reason: 'noch einmal' })).body.error).toMatchObject({
      code: 'ILLEGAL_TRANSITION',
      details: { from: 'suspended', allowed: ['reactivate', 'close'] },
    });
    const back = await send(reseller, 'POST', `${path}/reactivate`, {});
    expect(back.body.data).toMatchObject({ status: 'trial', status_reason: null, suspended_at: null });
    expect(await termsOf(tenant.id)).toMatchObject({ suspended: false });
    const log = await env.DB.prepare(
      'SELECT description FROM audit_log WHERE tenant_id = ?1 AND subject_id = ?2 ORDER BY id',
    )
      .bind(reseller.tenantId, tenant.id)
      .all();
    expect(log.results.map((row) => row['description'])).toEqual([
      'tenant.created',
      'tenant.suspended',
      'tenant.reactivated',
    ]);
  });

  it('by date: a trial without a plan is past due, a week later suspended; with a plan it goes on', async () => {
    const [without, withPlan] = [await made(operator), await made(operator)];
    await env.DB.prepare("UPDATE tenants SET plan_id = 'plan_x' WHERE id = ?1").bind(withPlan.id).run();
    const end = Date.parse(without.trial_ends_at);
    const statusOf = async (id: string) => {
      forgetTenant(id);
      return (await tenantById(platform, id))?.status;
    };
    await runCron(end - 2_000);
    expect(await statusOf(without.id)).toBe('trial');
    await runCron(end + 2_000);
    expect([await statusOf(without.id), await statusOf(withPlan.id)]).toEqual(['past_due', 'active']);
    expect(await termsOf(without.id)).toMatchObject({ suspended: false });
    await runCron(end + 6 * DAY);
    expect(await statusOf(without.id)).toBe('past_due');
    await runCron(end + 7 * DAY + 4_000);
    expect([await statusOf(without.id), await statusOf(withPlan.id)]).toEqual(['suspended', 'active']);
    expect(await termsOf(without.id)).toMatchObject({ suspended: true });
  });

  it('a plan chosen after the trial ran out lets the tenant work on', async () => {
    const tenant = await made(reseller);
    const plan = await send(reseller, 'POST', '/api/v1/pricing-plans', { name: unique('Plan'), model: 'per_minute' });
    await runCron(Date.parse(tenant.trial_ends_at) + 1_000);
    const changed = await send(reseller, 'PATCH', `/api/v1/tenants/${tenant.id}`, { plan_id: plan.body.data.id });
    expect(changed.body.data).toMatchObject({ status: 'active', plan_id: plan.body.data.id, past_due_since: null });
    expect(await termsOf(tenant.id)).toMatchObject({ plan: { id: plan.body.data.id } });
  });

  it('what the objects could not be told when it happened, the cron tells', async () => {
    const tenant = await made(operator);
    await env.DB.prepare("UPDATE tenants SET status = 'suspended', version = version + 1 WHERE id = ?1")
      .bind(tenant.id)
      .run();
    expect(await termsOf(tenant.id)).toMatchObject({ suspended: false });
    await runCron(processNow());
    expect(await termsOf(tenant.id)).toMatchObject({ suspended: true });
    const row = await tenantById(platform, tenant.id);
    expect(row?.toldVersion).toBe(row?.version);
  });

  it('a change on an older version is refused', async () => {
    const tenant = await made(operator);
    const path = `/api/v1/tenants/${tenant.id}`;
    expect((await send(operator, 'PATCH', path, { name: 'Neu' }, { 'If-Match': '"1"' })).body.data?.version).toBe(2);
    expect((await send(operator, 'PATCH', path, { name: 'Alt' }, { 'If-Match': '"1"' })).body.error?.code).toBe(
      'VERSION_CONFLICT',
    );
    expect((await send(operator, 'PATCH', path, {})).body.data?.version).toBe(2);
  });
});

describe('VAT ids', () => {
  const austrian = { country: 'AT', vat_id: 'atu 1234 5678' };
  it('only what the register confirms makes reverse charge, and its answer is kept', async () => {
    const tenant = await made(operator, austrian);
    expect(tenant).toMatchObject({ vat_id: 'ATU12345678', vat_check: { state: 'valid', name: 'ACME', address: null } });
    expect((await termsOf(tenant.id)).vat.recipientVatIdValid).toBe(true);
    outside.vies = { isValid: false, userError: 'INVALID' };
    const other = await send(operator, 'PATCH', `/api/v1/tenants/${tenant.id}`, { vat_id: 'ATU87654321' });
    expect(other.body.data.vat_check.state).toBe('invalid');
    expect((await termsOf(tenant.id)).vat.recipientVatIdValid).toBe(false);
    const none = await send(operator, 'PATCH', `/api/v1/tenants/${tenant.id}`, { vat_id: null });
    expect(none.body.data).toMatchObject({ vat_id: null, vat_check: null });
  });

  it('a register that does not answer confirms nothing, and takes nothing away', async () => {
    outside.vies = { isValid: false, userError: 'MS_UNAVAILABLE' };
    const tenant = await made(operator, austrian);
    expect(tenant.vat_check.state).toBe('unchecked');
    expect((await termsOf(tenant.id)).vat.recipientVatIdValid).toBe(false);
    outside.vies = { isValid: true };
    const checked = await send(operator, 'POST', `/api/v1/tenants/${tenant.id}/vat-check`);
    expect(checked.body.data.vat_check.state).toBe('valid');
    expect((await termsOf(tenant.id)).vat.recipientVatIdValid).toBe(true);
    outside.vies = null;
    expect((await send(operator, 'POST', `/api/v1/tenants/${tenant.id}/vat-check`)).body.data.vat_check.state).toBe(
      'valid',
    );
  });
});

describe('host names', () => {
  it('serve after their TXT record proves whose they are, and no more once removed', async () => {
    const tenant = await made(reseller);
    const host = `${unique('termine')}.example.org`;
    const path = `/api/v1/tenants/${tenant.id}/domains`;
    const page = () => send(null, 'GET', '/portal', undefined, { Accept: 'text/html', Host: host });
    const added = await send(reseller, 'POST', path, { host });
    expect(added.body.data).toMatchObject({ host, status: 'pending', proof: { name: `_askpro.${host}` } });
    expect((await page()).status).toBe(404);
    const check = async (txt: string[] | null) => {
      outside.txt = txt;
      return (await send(reseller, 'POST', `${path}/${host}/check`)).body.data;
    };
    expect(await check([])).toMatchObject({ status: 'failed', fault: 'no_record' });
    expect(await check(['askpro-verify=0000'])).toMatchObject({ status: 'failed', fault: 'other_text' });
    expect(await check(null)).toMatchObject({ status: 'failed', fault: 'unreachable' });
    expect(await check(['v=spf1 -all', added.body.data.proof.value])).toMatchObject({ status: 'active', fault: null });
    const row = await env.DB.prepare('SELECT tenant_id, status FROM domains WHERE host = ?1').bind(host).first();
    expect(row).toEqual({ tenant_id: tenant.id, status: 'active' });
    // Neither a lost record nor a resolver that sleeps takes a name that serves.
    expect(await check([])).toMatchObject({ status: 'active', fault: 'no_record' });
    expect((await send(reseller, 'DELETE', `${path}/${host}`)).status).toBe(200);
    expect((await send(reseller, 'GET', path)).body.data).toEqual([]);
  });

  it('are nobody else’s: ours, and what another one is setting up', async () => {
    const [mine, theirs] = [await made(reseller), await made(other)];
    const host = `${unique('www')}.example.org`;
    await send(reseller, 'POST', `/api/v1/tenants/${mine.id}/domains`, { host });
    const claim = () => send(other, 'POST', `/api/v1/tenants/${theirs.id}/domains`, { host });
    expect((await claim()).body.error?.errors).toEqual({
      host: ['Ein anderes Konto verwendet diesen Namen oder richtet ihn gerade ein.'],
    });
    await env.DB.prepare('UPDATE domains SET created_at = created_at - ?2 WHERE host = ?1')
      .bind(host, 8 * DAY)
      .run();
    expect((await claim()).body.data).toMatchObject({ host, status: 'pending' });
    expect((await send(other, 'POST', `/api/v1/tenants/${theirs.id}/domains`, { host: 'a.b.localhost' })).status).toBe(
      422,
    );
    expect((await send(other, 'POST', `/api/v1/tenants/${theirs.id}/domains`, { host: '127.0.0.1' })).status).toBe(422);
  });
});

describe('what a state means to people', () => {
  const setStatus = async (who: SeededTenant, verb: string): Promise<void> => {
    const sent = await send(operator, 'POST', `/api/v1/tenants/${who.tenantId}/${verb}`, { reason: 'Rechnung offen' });
    expect(sent.status, JSON.stringify(sent.body)).toBe(200);
  };
  const HTML = { Accept: 'text/html', 'Accept-Language': 'de' };
  const page = (who: SeededTenant, path: string) =>
    send(null, 'GET', path, undefined, { ...HTML, Host: `${who.slug}.localhost` });

  it('suspended: people sign in, read why, and their host shows a notice to visitors', async () => {
    const business = await seedTenant();
    expect((await page(business, '/')).status).toBe(302);
    await setStatus(business, 'suspend');
    const me = await send(null, 'GET', '/api/me', undefined, { Cookie: await signIn(business) });
    expect(me.body.data.tenant).toMatchObject({ status: 'suspended', status_reason: 'Rechnung offen' });
    for (const path of ['/', '/book', '/anything']) {
      const notice = await page(business, path);
      expect([path, notice.status]).toEqual([path, 403]);
      expect(notice.body).toContain('Diese Seite ist zurzeit nicht erreichbar');
      expect(notice.body).toContain('href="/portal"');
      expect(notice.body).not.toContain('Rechnung offen');
    }
    // Programs get no page.
    expect((await send(null, 'GET', '/nothing', undefined, { Host: `${business.slug}.localhost` })).status).toBe(404);
    await setStatus(business, 'reactivate');
    expect((await page(business, '/')).status).toBe(302);
  });

  it('closed: sessions and keys end at once, nobody signs in, every page says so; reopened, all are back', async () => {
    const business = await seedTenant();
    const cookie = await signIn(business);
    expect((await send(business, 'GET', '/api/v1/users')).status).toBe(200);
    await setStatus(business, 'close');
    expect((await send(null, 'GET', '/api/me', undefined, { Cookie: cookie })).status).toBe(401);
    expect((await send(business, 'GET', '/api/v1/users')).status).toBe(401);
    await expect(signIn(business)).rejects.toThrow('sign-in: 401');
    for (const path of ['/', '/portal', '/admin', '/book']) expect((await page(business, path)).status).toBe(410);
    await setStatus(business, 'reopen');
    expect((await send(null, 'GET', '/api/me', undefined, { Cookie: cookie })).status).toBe(200);
    expect((await send(business, 'GET', '/api/v1/users')).status).toBe(200);
  });

  it('suspended: no message reaches a customer, and the owner still learns of the balance', async () => {
    const business = await seedTenant();
    const scope = scopeOf(business.tenantId);
    const notice = {
      event: 'appointment.confirmed',
      appointmentId: 'apt_x',
      customerId: 'cus_x',
      version: 1,
      startsAt: processNow() + DAY,
    };
    const paid = { event: 'balance.topup_succeeded', topupId: 'top_x', amountCents: 1_000, currency: 'EUR' };
    const outcomeOf = async (data: object): Promise<string> => {
      const id = newId('notification', processNow());
      await scope.db.insert(notifications, {
        id,
        eventType: 'x',
        channel: 'email',
        recipient: 'petra@example.test',
        language: 'de',
        data: JSON.stringify(data),
        dedupeKey: id,
        status: 'pending',
        scheduledAt: processNow(),
        expiresAt: processNow() + DAY,
        createdAt: processNow(),
      });
      const effect = { id: `send:${id}`, phase: null, attempts: 1, ref: JSON.stringify({ notificationId: id }) };
      const outcome = await sendNotification({
        scope: scopeOf(business.tenantId),
        effect,
        ref: effect.ref,
        phase: async () => undefined,
      } as never);
      if (outcome.kind === 'done' && outcome.along !== undefined) await scope.db.batch(outcome.along);
      const row = await scope.db.row(notifications, sql`id = ${id}`);
      return `${outcome.kind}: ${row?.status} ${row?.errorMessage ?? ''}`;
    };
    // Not suspended it goes on to look for the appointment, which is not there.
    expect(await outcomeOf(notice)).toMatch(/^retry: pending/);
    await setStatus(business, 'suspend');
    expect(await outcomeOf(notice)).toBe('done: skipped the account is suspended');
    expect(
      await outcomeOf({
        event: 'caller.code',
        callId: 'call_x',
        number: 1,
        customerId: 'cus_x',
        line: 'x',
        expiresAt: processNow() + DAY,
      }),
    ).toBe('done: skipped the account is suspended');
    expect(await outcomeOf(paid)).not.toContain('the account is suspended');
  });

  it('a role of another kind of account is worth nothing', async () => {
    for (const [type, role] of [
      ['business', 'super_admin'],
      ['business', 'reseller_admin'],
      ['reseller', 'super_admin'],
      ['reseller', 'admin'],
    ] as const) {
      const who = await seedTenant({ type, role, scopes: [] });
      const me = await send(null, 'GET', '/api/me', undefined, { Cookie: await signIn(who) });
      expect([type, role, me.body.data.permissions]).toEqual([type, role, []]);
    }
    const own = await seedTenant({ type: 'reseller', role: 'reseller_admin' });
    const me = await send(null, 'GET', '/api/me', undefined, { Cookie: await signIn(own) });
    expect(me.body.data.permissions).toContain('view_tenants');
  });
});

describe('what a reseller earns of a company', () => {
  it('is set by the operator in whole basis points, seen by its own reseller, and by nobody else', async () => {
    const customer = await seedTenant({ parentId: reseller.tenantId });
    const company = newId('company', processNow());
    const its = openTenant(platform, customer.tenantId, { kind: 'system', cause: 'demo' }, { now: processNow() });
    await its.calendar.putSchedule({
      key: company,
      now: processNow(),
      actor: { kind: 'system', id: 'test' },
      kind: 'company',
      id: company,
      body: { name: 'Salon Nord' },
      expectedVersion: 0,
    });
    const list = `/api/v1/tenants/${customer.tenantId}/companies`;
    const one = `${list}/${company}/commission`;
    const none = await send(operator, 'GET', list);
    expect(none.body.data).toContainEqual({
      company_id: company,
      name: 'Salon Nord',
      rate_basis_points: null,
      version: 0,
      changed_at: null,
    });
    const set = await send(operator, 'PUT', one, { rate_basis_points: 2_750 }, { 'If-Match': '"0"' });
    expect(set.status, JSON.stringify(set.body)).toBe(200);
    expect(set.body.data).toMatchObject({ rate_basis_points: 2_750, version: 1 });
    // Set once more to the same: nothing happens.
    expect((await send(operator, 'PUT', one, { rate_basis_points: 2_750 })).body.data.version).toBe(1);
    const late = await send(operator, 'PUT', one, { rate_basis_points: 1 }, { 'If-Match': '"0"' });
    expect([late.status, late.body.error.code]).toEqual([409, 'VERSION_CONFLICT']);
    for (const wrong of [27.5, -1, 10_001, '2750'])
      expect((await send(operator, 'PUT', one, { rate_basis_points: wrong })).status, String(wrong)).toBe(422);
    const elsewhere = `${list}/${newId('company', processNow())}/commission`;
    expect((await send(operator, 'PUT', elsewhere, { rate_basis_points: 1 })).status).toBe(404);

    const seen = await send(reseller, 'GET', list);
    expect(seen.body.data.map((row: Any) => row.rate_basis_points)).toContain(2_750);
    expect((await send(reseller, 'PUT', one, { rate_basis_points: 9_000 })).status).toBe(403);
    expect((await send(other, 'GET', list)).status).toBe(404);
    expect((await send(customer, 'GET', list)).status).toBe(403);

    const gone = await send(operator, 'PUT', one, { rate_basis_points: null });
    expect(gone.body.data).toMatchObject({ rate_basis_points: null, version: 2 });
    const log = openTenant(platform, operator.tenantId, { kind: 'system', cause: 'demo' }).db;
    const rows = await log.rows(auditLog, { limit: 200 });
    expect(
      rows.filter((row) => row.description === 'commission.changed' && row.subjectId === customer.tenantId),
    ).toHaveLength(2);
  });
});
