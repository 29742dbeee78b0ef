/** What happens around a tenant's states: owners learn of each, of the trial's end too; a reseller with customers is not closed, a business moves. */
import { beforeAll, describe, expect, it } from 'vitest';
import { askApi } from '../../tests/contract/requests.ts';
import { env, type SeededTenant, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { asInstant, processNow } from '../../shared/clock.ts';
import { DAY } from '../../shared/time.ts';
import { platformOf } from '../env.ts';
import { tenantMail } from '../notifications/tenant-messages.ts';
import { forgetTenant } from '../storage/platform-db.ts';
import type { NotificationRow } from '../storage/queries/notifications.ts';
import { effects } from '../storage/tables/delivery.ts';
import { asTenantId, tenantIdentity } from '../tenancy/directory.ts';
import { openTenant } from '../tenancy/scope.ts';
import { tenantsCrons } from './jobs.ts';

const platform = platformOf(env);
let operator: SeededTenant;
let reseller: SeededTenant;
beforeAll(async () => {
  operator = await seedTenant({ type: 'platform', role: 'super_admin' });
  reseller = await seedTenant({ type: 'reseller', role: 'reseller_admin', parentId: 'platform' });
});

const made = async (who: SeededTenant, over: Record<string, unknown> = {}): Promise<string> => {
  const sent = await askApi(who.apiKey, 'POST', '/api/v1/tenants', {
    body: { name: unique('Salon'), owner: { name: 'Olivia', email: `${unique('o')}@example.test` }, ...over },
  });
  expect(sent.status, sent.text).toBe(201);
  return sent.body.data.id;
};
const act = (who: SeededTenant, id: string, verb: string, body: Record<string, unknown> = {}) =>
  askApi(who.apiKey, 'POST', `/api/v1/tenants/${id}/${verb}`, { body });
const scopeOf = (id: string, now = processNow()) =>
  openTenant(platform, asTenantId(id), { kind: 'system', cause: 'cron' }, { now: asInstant(now) });
// biome-ignore lint/suspicious/noExplicitAny: what a row says, read by its test
const toldTo = async (id: string, event: string): Promise<any[]> =>
  (await scopeOf(id).db.rows(effects, { limit: 100 }))
    .map(({ ref }) => JSON.parse(ref))
    .filter((ref) => ref.event === event);
const mailOf = async (id: string, notice: Parameters<typeof tenantMail>[1], language = 'de') =>
  tenantMail(scopeOf(id), notice, { id: 'ntf_1', recipient: 'x@y.test', language } as NotificationRow);
const runCron = (now: number) =>
  tenantsCrons(platform)[0]?.run({ due: asInstant(now), now: asInstant(now), startJob: async () => 0 });

describe('past due by hand', () => {
  it('says why, works on, is suspended after the grace and comes back', async () => {
    const id = await made(operator);
    expect((await act(operator, id, 'mark_past_due')).body.error.errors).toHaveProperty('reason');
    const late = await act(operator, id, 'mark_past_due', { reason: 'Zwei Rechnungen sind offen' });
    expect(late.body.data).toMatchObject({ status: 'past_due', status_reason: 'Zwei Rechnungen sind offen' });
    const { result } = await scopeOf(id).ledger.terms();
    expect(result.ok && result.value.terms.suspended).toBe(false);
    expect((await act(operator, id, 'reactivate')).body.data.status).toBe('trial');
    await act(operator, id, 'mark_past_due', { reason: 'Zwei Rechnungen sind offen' });
    await runCron(processNow() + 8 * DAY);
    const shown = await askApi(operator.apiKey, 'GET', `/api/v1/tenants/${id}`);
    expect(shown.body.data.status).toBe('suspended');
  });
});

describe('owners', () => {
  it('learn of every change of state once, by hand and by date, in the brand they know', async () => {
    const id = await made(reseller);
    expect(await toldTo(id, 'tenant.status')).toEqual([]);
    await act(operator, id, 'suspend', { reason: 'Rechnung 7 ist offen' });
    const [first] = await toldTo(id, 'tenant.status');
    expect(first).toMatchObject({ status: 'suspended' });
    const mail = await mailOf(id, first);
    expect(mail?.subject).toContain('gesperrt');
    expect(mail?.text).toContain('Grund: Rechnung 7 ist offen');
    expect(mail?.text).toContain('/portal');
    expect((await mailOf(id, first, 'en'))?.text).toContain('Reason: Rechnung 7 ist offen');
    // What is told again (a crash before it was noted, the cron) tells nothing twice.
    await env.DB.prepare('UPDATE tenants SET told_version = 0 WHERE id = ?1').bind(id).run();
    await runCron(processNow());
    expect(await toldTo(id, 'tenant.status')).toHaveLength(1);
    await act(operator, id, 'reactivate');
    await act(operator, id, 'close', { reason: 'Auf Wunsch gekündigt' });
    const told = await toldTo(id, 'tenant.status');
    expect(told.map(({ status }) => status).sort()).toEqual(['closed', 'suspended', 'trial']);
    // A mail that comes late says nothing that is not so any more.
    expect(await mailOf(id, first)).toBeNull();
    const closed = told.find(({ status }) => status === 'closed');
    expect((await mailOf(id, closed))?.text).not.toContain('http');
  });

  it('are told nothing of other changes of their account', async () => {
    const id = await made(operator);
    await askApi(operator.apiKey, 'PATCH', `/api/v1/tenants/${id}`, { body: { name: unique('Neu') } });
    expect(await toldTo(id, 'tenant.status')).toEqual([]);
  });

  it('of a trial are told seven days and one day before its end, each once', async () => {
    const id = await made(operator);
    const row = await env.DB.prepare('SELECT trial_ends_at FROM tenants WHERE id = ?1').bind(id).first();
    const ends = Number(row?.['trial_ends_at']);
    await env.DB.prepare('UPDATE tenants SET created_at = ?2 WHERE id = ?1')
      .bind(id, ends - 30 * DAY)
      .run();
    await runCron(ends - 8 * DAY);
    expect(await toldTo(id, 'tenant.trial_ends')).toEqual([]);
    for (const before of [7 * DAY, 7 * DAY - 600_000, 3 * DAY, DAY, DAY - 600_000]) await runCron(ends - before);
    const told = await toldTo(id, 'tenant.trial_ends');
    expect(told.map(({ days }) => days).sort()).toEqual([1, 7]);
    const week = told.find(({ days }) => days === 7);
    const mail = await mailOf(id, week);
    expect(mail?.subject).toContain('in 7 Tagen');
    expect(mail?.text).toContain('Noch ist kein Tarif gewählt');
  });
});

describe('a reseller with open customers', () => {
  it('is not closed: the refusal counts and names them; once they are closed or moved it is', async () => {
    const seller = await seedTenant({ type: 'reseller', role: 'reseller_admin', parentId: 'platform' });
    const [name, second] = [unique('Salon Linde'), unique('Salon Ulme')];
    const one = await made(operator, { parent_id: seller.tenantId, name });
    const two = await made(operator, { parent_id: seller.tenantId, name: second });
    const refused = await act(operator, seller.tenantId, 'close', { reason: 'Vertrag beendet' });
    expect([refused.status, refused.body.error.code, refused.body.error.details.count]).toEqual([
      409,
      'HAS_CUSTOMERS',
      2,
    ]);
    for (const each of [name, second]) expect(refused.body.error.message).toContain(each);
    await act(operator, one, 'close', { reason: 'Vertrag beendet' });
    const moved = await askApi(operator.apiKey, 'PATCH', `/api/v1/tenants/${two}`, {
      body: { parent_id: reseller.tenantId },
    });
    expect(moved.body.data).toMatchObject({ parent_id: reseller.tenantId });
    expect((await tenantIdentity(platform, two))?.parentId).toBe(reseller.tenantId);
    expect((await askApi(reseller.apiKey, 'GET', `/api/v1/tenants/${two}`)).status).toBe(200);
    expect((await askApi(seller.apiKey, 'GET', `/api/v1/tenants/${two}`)).status).toBe(404);
    expect((await act(operator, seller.tenantId, 'close', { reason: 'Vertrag beendet' })).body.data.status).toBe(
      'closed',
    );
    // Nothing comes below it any more.
    const late = await askApi(operator.apiKey, 'POST', '/api/v1/tenants', {
      body: { name: unique('Salon'), parent_id: seller.tenantId, owner: { name: 'O', email: `${unique('o')}@x.test` } },
    });
    expect(late.body.error.errors).toHaveProperty('parent_id');
  });

  it('cannot move its customers itself, and nobody moves one to a business', async () => {
    const id = await made(reseller);
    const other = await seedTenant({ type: 'reseller', role: 'reseller_admin', parentId: 'platform' });
    const business = await seedTenant();
    const move = async (who: SeededTenant, parent_id: string) =>
      (await askApi(who.apiKey, 'PATCH', `/api/v1/tenants/${id}`, { body: { parent_id } })).body.error?.errors;
    expect(await move(reseller, other.tenantId)).toHaveProperty('parent_id');
    expect(await move(operator, business.tenantId)).toHaveProperty('parent_id');
    await env.DB.prepare('UPDATE tenants SET limits = \'{"customers":0}\' WHERE id = ?1').bind(other.tenantId).run();
    forgetTenant(other.tenantId);
    const full = await askApi(operator.apiKey, 'PATCH', `/api/v1/tenants/${id}`, {
      body: { parent_id: other.tenantId },
    });
    expect(full.body.error.code).toBe('LIMIT_REACHED');
    expect(await move(operator, 'platform')).toBeUndefined();
  });
});
