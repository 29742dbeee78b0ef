/** What is over goes, what is not stays: each rule at its day, with the days that a company chose, in D1 and R2. */
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { askApi } from '../../tests/contract/requests.ts';
import { env, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { asInstant, type Instant, processNow } from '../../shared/clock.ts';
import type { TenantId } from '../../shared/ids.ts';
import { DAY } from '../../shared/time.ts';
import { platformOf } from '../env.ts';
import { callbackRequests, calls } from '../storage/tables/calls.ts';
import { effects, feed, webhookLogs } from '../storage/tables/delivery.ts';
import { auditLog, auditValues } from '../storage/tables/identity.ts';
import { notifications } from '../storage/tables/notifications.ts';
import { agents } from '../storage/tables/provisioning.ts';
import { KEEPING } from '../storage/retention.ts';
import { TenantDb, type TenantTable } from '../storage/tenant-db.ts';
import { openTenant } from '../tenancy/scope.ts';
import { pruneTenant } from './retention.ts';

const platform = platformOf(env);
beforeEach(() => void vi.spyOn(console, 'warn').mockImplementation(() => undefined));
afterEach(() => vi.restoreAllMocks());

interface Planted {
  tenantId: TenantId;
  db: TenantDb;
  now: Instant;
}
async function shop(settings: Record<string, unknown> = {}): Promise<Planted> {
  const { tenantId } = await seedTenant();
  const now = processNow();
  if (Object.keys(settings).length > 0) {
    const scope = openTenant(platform, tenantId, { kind: 'system', cause: 'demo' });
    const put = await scope.calendar.putSchedule({
      key: unique('company'),
      now,
      actor: { kind: 'system', id: 'test' },
      kind: 'company',
      id: `com_${tenantId}`,
      body: { name: 'Salon', ...settings },
      expectedVersion: null,
    });
    if (!put.result.ok) throw new Error(put.result.error.code);
  }
  return { tenantId, db: new TenantDb(platform, tenantId), now };
}
const ago = ({ now }: Planted, days: number): number => now - days * DAY;
const idsOf = async (at: Planted, table: TenantTable): Promise<string[]> =>
  (await at.db.rows(table, { limit: 1_000 })).map((row) => String((row as { id?: string }).id)).sort();
const prune = (at: Planted) => pruneTenant(platform, at.tenantId, at.now);

const webhook = (id: string, receivedAt: number, more: Partial<typeof webhookLogs.$inferInsert> = {}) => ({
  id,
  source: 'retell' as const,
  eventType: 'call_ended',
  uniqueId: unique('evt'),
  payload: '{"a":1}',
  state: 'processed' as const,
  receivedAt,
  ...more,
});
const call = (id: string, startedAt: number) => ({
  id,
  direction: 'inbound' as const,
  status: 'analyzed' as const,
  startedAt,
  openedAt: startedAt,
  updatedAt: startedAt,
  customerId: 'cus_1',
  fromNumber: '+4915112345678',
  toNumber: '+493012345678',
  transcript: '[]',
  summary: 'Haarschnitt',
  analysis: { x: 1 },
  recordingUrl: 'https://x.test/a',
  knowledge: { summary: { rank: 1, value: 'Haarschnitt' }, fromNumber: { rank: 1, value: '+49' } },
});
const message = (id: string, createdAt: number) => ({
  id,
  eventType: 'appointment.confirmed',
  channel: 'sms' as const,
  recipient: '+4915112345678',
  language: 'de',
  data: '{"event":"x"}',
  dedupeKey: id,
  status: 'sent' as const,
  scheduledAt: createdAt,
  expiresAt: createdAt,
  createdAt,
});

describe('bodies of webhooks', () => {
  it('go after 30 days, their rows after two years, objects of R2 before both', async () => {
    const at = await shop();
    const key = `webhooks/${at.tenantId}/large`;
    await env.ARCHIVE.put(key, 'large');
    await at.db.insert(webhookLogs, webhook('whl_new', ago(at, 29)));
    await at.db.insert(webhookLogs, webhook('whl_old', ago(at, 31)));
    await at.db.insert(webhookLogs, webhook('whl_large', ago(at, 31), { payload: null, payloadKey: key }));
    await at.db.insert(webhookLogs, webhook('whl_gone', ago(at, 740)));
    expect(await prune(at)).toMatchObject({ webhook_bodies: 3, webhook_rows: 1 });
    const left = await at.db.rows(webhookLogs);
    expect(left.map(({ id, payload, payloadKey }) => [id, payload, payloadKey]).sort()).toEqual([
      ['whl_large', null, null],
      ['whl_new', '{"a":1}', null],
      ['whl_old', null, null],
    ]);
    expect(await env.ARCHIVE.head(key)).toBeNull();
  });

  it('go after the days that the company chose', async () => {
    const at = await shop({ webhookDays: 7 });
    await at.db.insert(webhookLogs, webhook('whl_six', ago(at, 6)));
    await at.db.insert(webhookLogs, webhook('whl_eight', ago(at, 8)));
    await prune(at);
    const left = await at.db.rows(webhookLogs);
    expect(left.filter((row) => row.payload !== null).map(({ id }) => id)).toEqual(['whl_six']);
  });
});

describe('calls', () => {
  it('lose their texts after 90 days, everything that names people after two years, and count on', async () => {
    const at = await shop();
    const folder = `transcripts/${at.tenantId}/call_old/`;
    await env.ARCHIVE.put(`${folder}1`, 'short');
    await env.ARCHIVE.put(`${folder}2`, 'longer');
    await at.db.insert(calls, call('call_new', ago(at, 89)));
    await at.db.insert(calls, { ...call('call_old', ago(at, 91)), transcript: null, transcriptKey: `${folder}2` });
    await at.db.insert(calls, call('call_ancient', ago(at, 740)));
    await prune(at);
    const rows = new Map((await at.db.rows(calls)).map((row) => [row.id, row]));
    expect(rows.get('call_new')).toMatchObject({ transcript: '[]', summary: 'Haarschnitt', version: 1 });
    expect(rows.get('call_old')).toMatchObject({
      transcriptKey: null,
      summary: null,
      analysis: null,
      recordingUrl: null,
      knowledge: { fromNumber: { rank: 1, value: '+49' } },
      fromNumber: '+4915112345678',
      version: 2,
    });
    expect(rows.get('call_ancient')).toMatchObject({
      transcript: null,
      fromNumber: null,
      toNumber: null,
      customerId: null,
      knowledge: {},
      direction: 'inbound',
    });
    expect((await env.ARCHIVE.list({ prefix: folder })).objects).toEqual([]);
  });

  it('of a practice lose their texts after 30 days, whatever it chose', async () => {
    const at = await shop({ practiceMode: true, transcriptDays: 200 });
    await at.db.insert(calls, call('call_31', ago(at, 31)));
    await at.db.insert(calls, call('call_29', ago(at, 29)));
    await prune(at);
    const left = (await at.db.rows(calls)).filter((row) => row.transcript !== null).map(({ id }) => id);
    expect(left).toEqual(['call_29']);
  });
});

it('messages lose recipient and contents after half a year and go after two; call back requests after two', async () => {
  const at = await shop();
  for (const [id, days] of [
    ['a', 179],
    ['b', 181],
    ['c', 740],
  ] as const)
    await at.db.insert(notifications, message(id, ago(at, days)));
  const request = { kind: 'callback' as const, status: 'done' as const, phone: '+49', reason: 'x', wish: {} };
  await at.db.insert(callbackRequests, { ...request, id: 'cbr_new', createdAt: ago(at, 700) });
  await at.db.insert(callbackRequests, { ...request, id: 'cbr_old', createdAt: ago(at, 740) });
  await prune(at);
  expect((await at.db.rows(notifications)).map(({ id, recipient, data }) => [id, recipient, data]).sort()).toEqual([
    ['a', '+4915112345678', '{"event":"x"}'],
    ['b', '', '{}'],
  ]);
  expect(await idsOf(at, callbackRequests)).toEqual(['cbr_new']);
});

it('done effects and the feed go after 30 days; effects that wait or are parked stay', async () => {
  const at = await shop();
  const effect = (id: string, state: 'done' | 'parked' | 'pending', days: number) =>
    at.db.insert(effects, {
      id,
      queue: 'low',
      kind: 'calcom.routes',
      ref: '{}',
      state,
      notBefore: at.now + DAY,
      createdAt: ago(at, days),
      doneAt: state === 'done' ? ago(at, days) : null,
    });
  await effect('eff_new', 'done', 29);
  await effect('eff_old', 'done', 31);
  await effect('eff_parked', 'parked', 400);
  await effect('eff_waiting', 'pending', 400);
  const event = (seq: number, days: number) =>
    at.db.insert(feed, {
      kind: 'ledger',
      epoch: 90,
      seq,
      eventId: unique('evt'),
      type: 'x',
      v: 1,
      entity: 'e',
      at: ago(at, days),
      commandKey: 'k',
      commandName: 'c',
      inputHash: 'h',
    });
  await event(1, 31);
  await event(2, 29);
  await prune(at);
  expect((await idsOf(at, effects)).filter((id) => id.startsWith('eff_'))).toEqual([
    'eff_new',
    'eff_parked',
    'eff_waiting',
  ]);
  expect((await at.db.rows(feed)).filter(({ epoch }) => epoch === 90).map(({ seq }) => seq)).toEqual([2]);
});

it('the activity log goes after the days that were chosen, security after a year, money not at all', async () => {
  const at = await shop({ activityDays: 1_000 });
  const row = async (id: string, log: string, days: number) => {
    const createdAt = ago(at, days);
    await at.db.insert(auditLog, {
      id,
      log,
      description: 'x.changed',
      subjectType: 'x',
      subjectId: 'x',
      causerType: 'user',
      causerId: 'u',
      fields: [],
      createdAt,
    });
    await at.db.insert(auditValues, { auditId: id, before: null, after: { a: 1 }, ip: null, createdAt });
  };
  await row('aud_customers_999', 'customers', 999);
  await row('aud_customers_1001', 'customers', 1_001);
  await row('aud_identity_364', 'identity', 364);
  await row('aud_identity_366', 'identity', 366);
  await row('aud_money_3000', 'money', 3_000);
  await prune(at);
  const kept = ['aud_customers_999', 'aud_identity_364', 'aud_money_3000'];
  expect((await idsOf(at, auditLog)).filter((id) => /_\d+$/.test(id))).toEqual(kept);
  expect(
    (await at.db.rows(auditValues))
      .map(({ auditId }) => auditId)
      .filter((id) => /_\d+$/.test(id))
      .sort(),
  ).toEqual(kept);
});

it('another tenant’s rows are not touched', async () => {
  const [mine, theirs] = [await shop(), await shop()];
  await theirs.db.insert(webhookLogs, webhook('whl_theirs', asInstant(theirs.now - 400 * DAY)));
  await prune(mine);
  expect((await theirs.db.rows(webhookLogs))[0]?.payload).toBe('{"a":1}');
  expect(Object.keys(KEEPING)).toContain('webhook_logs');
});

describe('deleted agents', () => {
  it('stand in the list of the deleted, and leave when nothing that they recorded can lie here any more', async () => {
    const { tenantId, apiKey } = await seedTenant();
    const now = processNow();
    const at = { tenantId, db: new TenantDb(platform, tenantId), now };
    const agent = (id: string, deletedAt: number | null) => ({
      id,
      name: 'Clara',
      branchId: 'bra_1',
      language: 'de' as const,
      trade: 'barber' as const,
      voice: 'clara' as const,
      abilities: [],
      state: deletedAt === null ? ('live' as const) : ('removing' as const),
      differences: [],
      twins: [],
      createdAt: ago(at, 400),
      updatedAt: ago(at, 400),
      deletedAt,
    });
    await at.db.insert(agents, agent('agt_live', null));
    await at.db.insert(agents, agent('agt_new', ago(at, 89)));
    await at.db.insert(agents, agent('agt_old', ago(at, 91)));
    const listed = async (query: string): Promise<string[]> =>
      (await askApi(apiKey, 'GET', `/api/v1/retell-agents${query}`, {})).body.data.map(({ id }: { id: string }) => id);
    expect(await listed('')).toEqual(['agt_live']);
    expect((await listed('?deleted=true')).sort()).toEqual(['agt_new', 'agt_old']);
    expect((await askApi(apiKey, 'GET', '/api/v1/retell-agents/agt_new', {})).status).toBe(404);
    expect(await prune(at)).toMatchObject({ deleted_agents: 1 });
    expect(await idsOf(at, agents)).toEqual(['agt_live', 'agt_new']);
    expect(await listed('?deleted=true')).toEqual(['agt_new']);
  });
});
