/** Figures over HTTP through the assembled app: what the caller may see, counted right on the day that the clock changes, kept a minute, one statement for all. */
import { beforeAll, describe, expect, it } from 'vitest';
import { processNow } from '../../shared/clock.ts';
import { figuresResponse, type FigureView } from '../../shared/contract/figures.ts';
import { FIGURE_NAMES, type FigureName } from '../../shared/figure-names.ts';
import { FIXTURES, type FurnishedTenant, furnishTenant } from '../../tests/contract/fixtures.ts';
import { askApi } from '../../tests/contract/requests.ts';
import { env } from '../../tests/contract/tenants.ts';
import { platformOf } from '../env.ts';
import { openTenant } from '../tenancy/scope.ts';
import { d1Meter } from '../storage/d1.ts';
import { figuresOf } from './figures.ts';

let tenant: FurnishedTenant;
const at = (now: number) =>
  openTenant(platformOf(env), tenant.tenantId, { kind: 'system', cause: 'demo' }, { now: now as never });
const by = (figures: readonly FigureView[]) =>
  Object.fromEntries(figures.map((one) => [one.name, one.value])) as Record<FigureName, number | null>;

beforeAll(async () => {
  tenant = await furnishTenant(async () => '');
  for (const noun of ['customer', 'customer', 'call', 'callback_request', 'appointment']) {
    const make = FIXTURES[noun];
    if (make === undefined) throw new Error(`no fixture of ${noun}`);
    await make(tenant);
  }
  await tenant.scope.calendar.flush(2_000);
});

describe('figures', () => {
  it('all of them by one request and one statement, each with unit and instant', async () => {
    await askApi(tenant.apiKey, 'GET', '/api/v1/figures?names=staff_active');
    const before = d1Meter.statements;
    const reply = await askApi(tenant.apiKey, 'GET', `/api/v1/figures?names=${FIGURE_NAMES.join(',')}`);
    expect(d1Meter.statements - before).toBe(1);
    const figures = figuresResponse.parse(reply.body).data;
    expect(figures.map(({ name }) => name)).toEqual(FIGURE_NAMES);
    expect(by(figures)).toMatchObject({ calls_ongoing: 0, callbacks_open: 1, staff_active: 1, services_active: 1 });
    expect(by(figures).customers_total).toBeGreaterThanOrEqual(2);
    // The fixture's call booked nothing, and lasted a minute.
    expect(by(figures)).toMatchObject({ calls_booked: 0, calls_length: 60 });
  });

  it('a figure of no calls is nothing, and no zero', async () => {
    const later = processNow() + 400 * 86_400_000;
    expect(by(await figuresOf(at(later), ['calls_booked', 'calls_length', 'calls_today']))).toEqual({
      calls_booked: null,
      calls_length: null,
      calls_today: 0,
    });
  });

  it('what is counted stays for a minute and says when it was counted', async () => {
    const now = processNow() + 500 * 86_400_000;
    const [first] = await figuresOf(at(now), ['customers_total']);
    await FIXTURES['customer']?.(tenant);
    const [kept] = await figuresOf(at(now + 59_000), ['customers_total']);
    expect(kept).toEqual(first);
    const [again] = await figuresOf(at(now + 61_000), ['customers_total']);
    expect(again?.value).toBe((first?.value ?? 0) + 1);
    expect(Date.parse(again?.at ?? '')).toBe(now + 61_000);
  });

  it.each([
    ['spring, 23 hours', '2027-03-28', '2027-03-27T23:00:00Z', '2027-03-28T22:00:00Z'],
    ['autumn, 25 hours', '2027-10-31', '2027-10-30T22:00:00Z', '2027-10-31T23:00:00Z'],
  ])('today is the branch’s day: %s', async (_name, _day, first, next) => {
    const put = (id: string, iso: number) =>
      env.DB.prepare(
        "INSERT INTO calls (tenant_id, id, direction, status, started_at, knowledge, opened_at, updated_at) VALUES (?, ?, 'inbound', 'ended', ?, '{}', ?, ?)",
      )
        .bind(tenant.tenantId, `${id}-${first}`, iso, iso, iso)
        .run();
    const [from, until] = [Date.parse(first), Date.parse(next)];
    await put('before', from - 1);
    await put('first', from);
    await put('last', until - 1);
    await put('after', until);
    expect(by(await figuresOf(at(from + 3_600_000 * 12), ['calls_today'])).calls_today).toBe(2);
  });

  it('who may not see customers is told nothing of them', async () => {
    const actor = {
      kind: 'api_key' as const,
      tenantId: tenant.tenantId,
      keyId: 'key_figures',
      permissions: ['view_calls' as const],
    };
    const scope = openTenant(platformOf(env), tenant.tenantId, actor as never, {});
    const figures = await figuresOf(scope, ['customers_total', 'calls_ongoing']);
    expect(figures.map(({ name }) => name)).toEqual(['calls_ongoing']);
  });
});
