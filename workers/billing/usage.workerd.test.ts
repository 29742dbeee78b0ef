/** The usage API through the assembled app: the oracle to the cent, shapes, files, who may ask, and how often. */
import { createExecutionContext } from 'cloudflare:test';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { app } from '../app.ts';
import { generousEnv } from '../../tests/contract/requests.ts';
import { env, freshAddress, PLATFORM, seedTenant, type SeededTenant } from '../../tests/contract/tenants.ts';
import { asInstant, type Instant, processNow, realNow, setClockOffset } from '../../shared/clock.ts';
import {
  analyticsResponse,
  currentUsageResponse,
  historyResponse,
  periodResponse,
  projectionResponse,
} from '../../shared/contract/billing.ts';
import type { Result } from '../../shared/result.ts';
import { platformOf } from '../env.ts';
import { defaultTerms, ORACLE_PLAN } from '../ledger/rules/terms.ts';
import { openTenant } from '../tenancy/scope.ts';

const at = (iso: string): Instant => asInstant(Date.parse(iso));
const standAt = (iso: string): void => setClockOffset(at(iso) - realNow());
afterEach(() => setClockOffset(0));
function good<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}
const ledgerOf = ({ tenantId }: SeededTenant) =>
  openTenant(platformOf(env), tenantId, { kind: 'system', cause: 'cron' }, { now: processNow() }).ledger;

async function ask(
  tenant: Pick<SeededTenant, 'apiKey'>,
  path: string,
  headers: Record<string, string> = {},
  asked = generousEnv,
) {
  const response = await app.fetch(
    new Request(`${PLATFORM}/api/billing/${path}`, {
      headers: { Authorization: `Bearer ${tenant.apiKey}`, 'CF-Connecting-IP': freshAddress(), ...headers },
    }),
    asked,
    createExecutionContext(),
  );
  const text = await response.text();
  return { status: response.status, headers: response.headers, text, json: (): unknown => JSON.parse(text) };
}

let tenant: SeededTenant;
/** 245 calls of 687.5 minutes together and 87 appointments by the 15th of November 2026, in Berlin. */
beforeAll(async () => {
  standAt('2026-09-01T08:00:00Z');
  tenant = await seedTenant();
  const ledger = ledgerOf(tenant);
  good((await ledger.putTerms({ key: 'terms:1', terms: defaultTerms(ORACLE_PLAN), billingFrom: '2026-10-01' })).result);
  standAt('2026-11-10T09:00:00Z');
  const seconds = Array.from({ length: 245 }, (_, i) => (i === 0 ? 258 : 168));
  for (let i = 0; i < seconds.length; i += 35)
    await Promise.all(
      seconds
        .slice(i, i + 35)
        .map(async (one, n) =>
          good((await ledger.settleCall({ key: `call:${i + n}`, seconds: one, occurredAt: processNow() })).result),
        ),
    );
  for (let i = 0; i < 87; i += 29)
    await Promise.all(
      Array.from({ length: 29 }, async (_, n) =>
        good(
          (
            await ledger.chargeUsage({
              key: `usage:${i + n}`,
              eventType: 'appointment',
              quantityScaled: 10_000,
              occurredAt: processNow(),
            })
          ).result,
        ),
      ),
    );
  const insert = (id: string, startedAt: string, seconds: number) =>
    env.DB.prepare(
      "INSERT INTO calls (tenant_id, id, direction, status, started_at, duration_ms, knowledge, opened_at, updated_at) VALUES (?1, ?2, 'inbound', 'ended', ?3, ?4, '{}', ?3, ?3)",
    )
      .bind(tenant.tenantId, `${tenant.tenantId}-${id}`, at(startedAt), seconds * 1_000)
      .run();
  // The night in which Berlin's clocks went back, and two calls at ten.
  await insert('a', '2026-11-10T09:05:00Z', 90);
  await insert('b', '2026-11-12T09:50:00Z', 60);
  await insert('c', '2026-10-25T00:30:00Z', 30);
  await insert('d', '2026-10-25T01:30:00Z', 30);
  setClockOffset(0);
});

describe('the oracle', () => {
  it('as it stands: 251.13 of 687.5 minutes and 87 appointments', async () => {
    standAt('2026-11-15T12:00:00Z');
    const { json, status } = await ask(tenant, 'usage/current');
    expect(status).toBe(200);
    const { data } = currentUsageResponse.parse(json());
    expect(data.calculations).toEqual({
      base_fee: 49,
      minutes_cost: 28.13,
      appointments_cost: 174,
      other_cost: 0,
      total_cost: 251.13,
      currency: 'EUR',
    });
    expect(data.calls).toMatchObject({ total: 245, total_minutes: 687.5, conversion_rate: 35.5 });
    expect(data.appointments.total).toBe(87);
    expect(Object.keys(data.calls.hourly_distribution)).toHaveLength(24);
    expect(data.calls.hourly_distribution['10']).toBe(2);
  });
  it('projected: 528.25, 45.83 minutes and 5.8 appointments a day', async () => {
    standAt('2026-11-15T12:00:00Z');
    const body = projectionResponse.parse((await ask(tenant, 'usage/projection')).json());
    expect(body).toEqual({
      success: true,
      projected: {
        minutes: 1_375,
        appointments: 174,
        costs: { total_cost: 528.25 },
        avg_per_day: { minutes: 45.83, appointments: 5.8 },
      },
    });
  });
  it('closed: the same, with its statement and history, whatever happens afterwards', async () => {
    standAt('2026-12-01T09:00:00Z');
    const ledger = ledgerOf(tenant);
    const before = periodResponse.parse((await ask(tenant, 'period/2026-11')).json()).data;
    expect(before).toMatchObject({ closed: false, statement: null });
    good((await ledger.closePeriod({ key: 'close:2026-11', period: '2026-11' })).result);
    await ledger.flush(2_000);
    const closed = periodResponse.parse((await ask(tenant, 'period/2026-11')).json()).data;
    expect(closed.calculations).toEqual(before.calculations);
    expect(closed.calculations.total_cost).toBe(251.13);
    expect(closed.base_fee_parts).toEqual([{ from: '2026-11-01', days: 30, of_days: 30, monthly_fee: 49, amount: 49 }]);
    const { statement } = closed;
    const moved = (statement?.movements ?? []).reduce((sum, { amount }) => sum + Math.round(amount * 100), 0);
    expect(Math.round((statement?.opening_balance ?? 0) * 100) + moved).toBe(
      Math.round((statement?.closing_balance ?? 0) * 100),
    );
    // Dearer from now on: what is closed stays.
    good(
      (
        await ledger.putTerms({
          key: 'terms:2',
          terms: defaultTerms({ ...ORACLE_PLAN, baseFeeMicros: 99_000_000 as never }),
        })
      ).result,
    );
    expect(periodResponse.parse((await ask(tenant, 'period/2026-11')).json()).data).toEqual(closed);
    const first = historyResponse.parse((await ask(tenant, 'history?limit=1')).json());
    expect(first.data).toMatchObject([{ period: '2026-11', calculations: { total_cost: 251.13 } }]);
    const next = encodeURIComponent(first.meta.next_cursor ?? '');
    expect(
      historyResponse.parse((await ask(tenant, `history?cursor=${next}`)).json()).data.map(({ period }) => period),
    ).toEqual(['2026-10']);
  });
  it('as a file: decimal commas in German, points in English, and negative amounts are no formulas', async () => {
    standAt('2026-12-01T09:00:00Z');
    const german = await ask(tenant, 'period/2026-11/download', { 'Accept-Language': 'de' });
    expect(german.status).toBe(200);
    expect(german.headers.get('Content-Disposition')).toBe('attachment; filename="usage-2026-11.csv"');
    expect(german.text).toContain('2026-11;Kosten;Summe;;;"251,13";EUR\r\n');
    expect(german.text).toContain('2026-11;Kosten;Gesprächsminuten;"687,5";"0,15";"28,13";EUR\r\n');
    expect(german.text).toMatch(/;Terminbuchungen;87;;"-174,00";EUR\r\n/);
    const english = await ask(tenant, 'period/2026-11/download', { 'Accept-Language': 'en' });
    expect(english.text).toContain('2026-11,Cost,Call minutes,687.5,0.15,28.13,EUR\r\n');
  });
});

describe('analytics', () => {
  it('list prices beside what the plan charges, and a row a day with zeros kept', async () => {
    standAt('2026-11-15T12:00:00Z');
    const { data } = analyticsResponse.parse((await ask(tenant, `analytics?businessId=${tenant.tenantId}`)).json());
    expect(data.billingUsage).toMatchObject({
      apiCalls: 0,
      minutesUsed: 687.5,
      cost: 103.13,
      billed_cost: 251.13,
      breakdown: { voiceMinutes: { count: 687.5, cost: 103.13 }, storage: { count: 0, cost: 0 } },
    });
    expect(data.trends).toHaveLength(15);
    expect(data.trends[0]).toEqual({ date: '2026-11-01', apiCalls: 0, voiceMinutes: 0, cost: 0 });
    expect(data.trends[9]).toEqual({ date: '2026-11-10', apiCalls: 0, voiceMinutes: 1.5, cost: 0.23 });
  });
  it('days across the night in which the clocks went back are whole days of the calendar', async () => {
    standAt('2026-11-15T12:00:00Z');
    const { data } = analyticsResponse.parse((await ask(tenant, 'analytics?period=2026-10&days=7')).json());
    expect(data.trends.map(({ date }) => date)).toEqual([
      '2026-10-25',
      '2026-10-26',
      '2026-10-27',
      '2026-10-28',
      '2026-10-29',
      '2026-10-30',
      '2026-10-31',
    ]);
    expect(data.trends[0]?.voiceMinutes).toBe(1);
  });
  it.each([['0'], ['367'], ['x']])('days=%s is refused', async (days) => {
    expect((await ask(tenant, `analytics?days=${days}`)).status).toBe(422);
  });
});

describe('who may ask', () => {
  it('only the tenant itself: another one’s id is unknown, and its figures are its own', async () => {
    const other = await seedTenant();
    good((await ledgerOf(other).putTerms({ key: 'terms:1', terms: defaultTerms(ORACLE_PLAN) })).result);
    expect((await ask(other, `analytics?businessId=${tenant.tenantId}`)).status).toBe(404);
    expect(currentUsageResponse.parse((await ask(other, 'usage/current')).json()).data.calls.total).toBe(0);
    expect(historyResponse.parse((await ask(other, 'history')).json()).data).toEqual([]);
  });
  it('a key without the permission is refused, and a tenant without a ledger has nothing', async () => {
    const poor = await seedTenant({ scopes: ['view_services'] });
    for (const path of [
      'usage/current',
      'usage/projection',
      'history',
      'period/2026-10',
      'period/2026-10/download',
      'analytics',
    ])
      expect([path, (await ask(poor, path)).status]).toEqual([path, 403]);
    expect((await ask(await seedTenant(), 'usage/current')).status).toBe(404);
  });
  it.each([
    ['period/2026-13', 404],
    ['period/x', 404],
    ['period/2999-01', 404],
    ['period/1999-01', 404],
    ['history?limit=0', 422],
    ['history?cursor=x', 422],
    ['usage/current?x=1', 422],
    ['analytics?period=2026-99', 422],
  ])('%s: %i', async (path, status) => expect((await ask(tenant, path)).status).toBe(status));
  it('sixty times a minute', async () => {
    const eager = await seedTenant();
    const counted = { ...env, RATE_LIMIT_SCALE: '1' } as typeof env;
    const statuses: number[] = [];
    for (let i = 0; i < 61; i++) statuses.push((await ask(eager, 'history', {}, counted)).status);
    expect(statuses.filter((status) => status === 200)).toHaveLength(60);
    expect(statuses.filter((status) => status === 429)).toHaveLength(1);
  });
});
