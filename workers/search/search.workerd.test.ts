/** The search over everything through the assembled app: each kind by its permission and reach, the lists' spelling rules, one way to D1, a bounded number of rows. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { processNow } from '../../shared/clock.ts';
import { type SearchView, searchResponse } from '../../shared/contract/search.ts';
import { newId } from '../../shared/ids.ts';
import { FIXTURES, type FurnishedTenant, furnishTenant } from '../../tests/contract/fixtures.ts';
import { askApi, generousEnv, signIn } from '../../tests/contract/requests.ts';
import { env, freshAddress, PLATFORM, seedTenant } from '../../tests/contract/tenants.ts';
import { app } from '../app.ts';
import { platformOf } from '../env.ts';
import { readingsOf, recording, planProblems } from '../resources/recorded.fixture.ts';
import { customerInsert } from '../storage/queries/customers.ts';
import { openTenant } from '../tenancy/scope.ts';
import { searchAll } from './search.ts';

let tenant: FurnishedTenant;
const find = async (q: string, key = tenant.apiKey): Promise<SearchView> => {
  const reply = await askApi(key, 'GET', `/api/v1/search?${new URLSearchParams({ q })}`);
  expect(reply.status, reply.text).toBe(200);
  return searchResponse.parse(reply.body).data;
};
const names = (found: SearchView): (string | null)[] => found.customers.map(({ name }) => name);
async function customer(first: string, last: string, phone: string, of = tenant): Promise<string> {
  const reply = await askApi(of.apiKey, 'POST', '/api/v1/customers', {
    body: { first_name: first, last_name: last, phones: [phone] },
  });
  expect(reply.status, reply.text).toBe(201);
  return reply.body.data.id;
}

beforeAll(async () => {
  tenant = await furnishTenant(signIn);
  await customer('Jörg', 'Müller', '+4917155500011');
  await customer('Jana', 'Müller-Lüdenscheidt', '+4917155500012');
  await customer('Lukas', 'Jordan', '+4917155500013');
  for (const noun of ['appointment', 'call']) await FIXTURES[noun]?.(tenant);
  await tenant.scope.calendar.flush(2_000);
});

describe('search', () => {
  it.each([
    ['mül', ['Jana Müller-Lüdenscheidt', 'Jörg Müller']],
    ['Mueller', ['Jana Müller-Lüdenscheidt', 'Jörg Müller']],
    ['MULLER jo', ['Jörg Müller']],
    ['jo mu', ['Jörg Müller']],
    ['lud jan mül', ['Jana Müller-Lüdenscheidt']],
    ['0171 55500013', ['Lukas Jordan']],
    ['+49171555000', ['Jana Müller-Lüdenscheidt', 'Jörg Müller', 'Lukas Jordan']],
    ['xyzzy', []],
    ['%', []],
    ['???', []],
  ])('„%s“ finds %j', async (q, expected) => {
    expect(names(await find(q)).toSorted()).toEqual(expected);
  });

  it('the whole name comes before what only begins so', async () => {
    await customer('Ann', 'Zobel', '+4917155500014');
    await customer('Anna', 'Aal', '+4917155500015');
    expect(names(await find('ann'))[0]).toBe('Ann Zobel');
  });

  it('a customer brings their appointments, with service, person and hour', async () => {
    const appointments = await askApi(tenant.apiKey, 'GET', '/api/v1/appointments');
    const [first] = appointments.body.data as { id: string; customer_name: string; starts_at: string }[];
    const found = await find(first?.customer_name ?? '');
    expect(found.appointments.map(({ id }) => id)).toContain(first?.id);
    expect(found.appointments[0]).toMatchObject({ time_zone: 'Europe/Berlin' });
    expect(found.appointments[0]?.service_name).not.toBe('');
    expect(found.appointments[0]?.staff_name).not.toBe('');
  });

  it('master data is found by a part of its name', async () => {
    const one = await askApi(tenant.apiKey, 'GET', `/api/v1/services/${tenant.service}`);
    const found = await find(String(one.body.data.name.de).slice(1, 5));
    expect(found.services.map(({ id }) => id)).toContain(tenant.service);
  });

  it('what one has no permission to is left empty, and another tenant is never there', async () => {
    const stranger = await seedTenant({ type: 'business', role: 'admin' });
    expect(names(await find('müller', stranger.apiKey))).toEqual([]);
    const scope = openTenant(platformOf(env), tenant.tenantId, {
      kind: 'api_key',
      tenantId: tenant.tenantId,
      keyId: 'key_search',
      permissions: ['view_calls'],
    } as never);
    const found = await searchAll(scope, 'müller', 'de');
    expect([found.customers, found.appointments, found.staff, found.tenants]).toEqual([[], [], [], []]);
  });

  it('who has only their own finds nobody whom they do not serve, and who is bound to another place none of its people', async () => {
    const permissions = ['view_customers', 'view_appointments', 'view_calls', 'view_staff', 'view_branches'];
    const found = (reach: object) => {
      const actor = { kind: 'api_key', tenantId: tenant.tenantId, keyId: 'key_reach', permissions, reach };
      return searchAll(openTenant(platformOf(env), tenant.tenantId, actor as never), 'jo', 'de');
    };
    const whole = { companyIds: null, branchIds: null, ownOf: null };
    expect((await found(whole)).customers).not.toEqual([]);
    const own = await found({ ...whole, ownOf: 'usr_nobody' });
    expect([own.customers, own.appointments, own.calls]).toEqual([[], [], []]);
    const staff = await askApi(tenant.apiKey, 'GET', `/api/v1/staff/${tenant.staff}`);
    const elsewhere = openTenant(platformOf(env), tenant.tenantId, {
      kind: 'api_key',
      tenantId: tenant.tenantId,
      keyId: 'key_reach',
      permissions,
      reach: { ...whole, branchIds: ['bra_elsewhere'] },
    } as never);
    expect((await searchAll(elsewhere, staff.body.data.first_name, 'de')).staff).toEqual([]);
  });

  it('reads a bounded number of rows by indexes, whatever the tenant has', async () => {
    const now = processNow();
    const many = Array.from({ length: 700 }, (_, n) => ({
      id: newId('customer', processNow()),
      firstName: 'Maximilian',
      lastName: `Menge${String(n).padStart(4, '0')}`,
      source: 'admin' as const,
      createdAt: now,
      updatedAt: now,
    }));
    for (let i = 0; i < many.length; i += 50)
      await tenant.scope.db.batch(
        many
          .slice(i, i + 50)
          .flatMap((one, n) =>
            customerInsert(tenant.scope.db, one, [{ e164: `+49172${String(1_000_000 + i + n)}`, extension: '' }], true),
          ),
      );
    for (const q of ['max', 'maximilian menge', '+49172']) {
      const recorded = recording(generousEnv);
      const context = createExecutionContext();
      const headers = { Authorization: `Bearer ${tenant.apiKey}`, 'CF-Connecting-IP': freshAddress() };
      const url = `${PLATFORM}/api/v1/search?${new URLSearchParams({ q })}`;
      const response = await app.fetch(new Request(url, { headers }), recorded.env, context);
      expect(response.status, await response.text()).toBe(200);
      await waitOnExecutionContext(context);
      const readings = await readingsOf(generousEnv, recorded.statements);
      expect(readings.length).toBeGreaterThan(5);
      for (const reading of readings) {
        expect(planProblems(reading), reading.query).toEqual([]);
        // A stretch has 60 entries; two words look through four, each with the customer and their number.
        expect(reading.rowsRead, reading.query).toBeLessThanOrEqual(q.includes(' ') ? 1_500 : 450);
      }
    }
  });
});
