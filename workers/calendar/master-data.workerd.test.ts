/** Master data as resources over HTTP: partial changes, what would strand and how it is confirmed, restore, bulk, export, reading one's own writes. */
import { beforeAll, describe, expect, it } from 'vitest';
import { asInstant, processNow, setClockOffset } from '../../shared/clock.ts';
import { addDays, dateOf, instantsOf, toIso } from '../../shared/time.ts';
import { askApi, type Reply } from '../../tests/contract/requests.ts';
import { FIXTURES, type FurnishedTenant, furnishTenant } from '../../tests/contract/fixtures.ts';
import { env } from '../../tests/contract/tenants.ts';

let tenant: FurnishedTenant;
beforeAll(async () => {
  tenant = await furnishTenant(async () => '');
});

const call = (
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
  by: FurnishedTenant = tenant,
): Promise<Reply> => askApi(by.apiKey, method, path, { body, headers });
const SERVICE = { name: { de: 'Bart' }, duration_minutes: 15, price_cents: 1_000, currency: 'EUR', staff: [] };

async function count(sql: string): Promise<number> {
  await tenant.scope.calendar.flush(2_000);
  const row = await env.DB.prepare(sql).bind(tenant.tenantId).first<{ n: number }>();
  return row?.n ?? 0;
}

describe('a composite service', () => {
  it('is as long as its steps with the waiting it needs, whatever length is sent, and keeps that length in one piece', async () => {
    const step = (id: string, duration_minutes: number, more: object = {}) => ({
      id,
      kind: 'active',
      duration_minutes,
      ...more,
    });
    const segments = [
      step('a', 45),
      step('b', 30, { kind: 'passive' }),
      step('c', 20, { gap_min_minutes: 5, gap_max_minutes: 15 }),
    ];
    const made = await call('POST', '/api/v1/services', { ...SERVICE, segments });
    expect(made).toMatchObject({ status: 201, body: { data: { duration_minutes: 100 } } });
    const path = `/api/v1/services/${made.body.data.id}`;
    const shorter = await call('PATCH', path, { segments: segments.slice(0, 2), duration_minutes: 7 });
    expect(shorter.body.data.duration_minutes).toBe(75);
    const plain = await call('PATCH', path, { segments: [] });
    expect(plain.body.data).toMatchObject({ duration_minutes: 75, segments: [] });
    const long = await call('PATCH', path, { segments: [step('a', 1_000), step('b', 1_000)] });
    expect(long).toMatchObject({ status: 422, body: { error: { code: 'VALIDATION_ERROR' } } });
    expect(Object.keys(long.body.error.errors)).toEqual(['segments']);
  });
});

describe('a change', () => {
  it('is of what it names; one that changes nothing makes no version and no event', async () => {
    const made = await call('POST', '/api/v1/services', { ...SERVICE, category: 'Herren', aliases: ['Rasur'] });
    expect(made).toMatchObject({ status: 201, body: { data: { version: 1 } } });
    expect(made.headers.get('ETag')).toBe('"1"');
    const path = `/api/v1/services/${made.body.data.id}`;
    const events = "SELECT COUNT(*) AS n FROM feed WHERE tenant_id = ?1 AND kind = 'calendar'";
    const before = await count(events);
    const changes = [{}, { name: { de: 'Bart' } }, { price_cents: 1_000, aliases: ['Rasur'] }];
    for (const change of changes)
      expect(await call('PATCH', path, change)).toMatchObject({ status: 200, body: { data: { version: 1 } } });
    expect(await count(events)).toBe(before);
    const changed = await call('PATCH', path, { price_cents: 1_500 }, { 'If-Match': '"1"' });
    expect(changed.body.data).toEqual({
      ...made.body.data,
      price_cents: 1_500,
      version: 2,
      updated_at: changed.body.data.updated_at,
    });
    expect(changed.headers.get('ETag')).toBe('"2"');
    for (const change of [{ price_cents: 2_000 }, {}])
      expect(await call('PATCH', path, change, { 'If-Match': '"1"' })).toMatchObject({
        status: 409,
        body: { error: { code: 'VERSION_CONFLICT', details: { current_version: 2 } } },
      });
  });

  it('of the owner of working hours leaves one owner', async () => {
    const hours = { day_of_week: 2, periods: [{ from: '09:00', to: '12:00' }] };
    const made = await call('POST', '/api/v1/working-hours', { ...hours, staff_id: tenant.staff });
    const moved = await call('PATCH', `/api/v1/working-hours/${made.body.data.id}`, { resource_id: tenant.resource });
    expect(moved.body.data).toMatchObject({ ...hours, staff_id: null, resource_id: tenant.resource, version: 2 });
  });

  it('repeated under its key is answered with the first outcome, also of a new item', async () => {
    const key = { 'Idempotency-Key': 'bart-1' };
    const [first, again] = [
      await call('POST', '/api/v1/services', SERVICE, key),
      await call('POST', '/api/v1/services', SERVICE, key),
    ];
    expect(again.body.data.id).toBe(first.body.data.id);
    const path = `/api/v1/services/${first.body.data.id}`;
    const other = { 'Idempotency-Key': 'bart-2', 'If-Match': '"1"' };
    for (let i = 0; i < 2; i++)
      expect(await call('PATCH', path, { price_cents: 9 }, other)).toMatchObject({
        status: 200,
        body: { data: { version: 2 } },
      });
  });
});

describe('what would strand appointments', () => {
  const book = async (by: FurnishedTenant): Promise<string> => (await FIXTURES['appointment']?.(by)) ?? '';
  const vacation = (by: FurnishedTenant) => {
    const from = dateOf(processNow(), 'Europe/Berlin');
    return { staff_id: by.staff, kind: 'vacation', from_date: addDays(from, 1), to_date: addDays(from, 30) };
  };

  it('is refused with the list and a token, which confirms exactly that', async () => {
    const by = await furnishTenant(async () => '');
    const stranger = await furnishTenant(async () => '');
    const [first, foreign] = [await book(by), await book(stranger)];
    const refused = await call('POST', '/api/v1/exceptions', vacation(by), {}, by);
    expect(refused).toMatchObject({
      status: 409,
      body: { error: { code: 'WOULD_STRAND', details: { appointments: 1, stranded: [{ appointment_id: first }] } } },
    });
    expect(refused.body.error.details.set).toBeUndefined();
    const token: string = refused.body.error.details.confirm_token;
    const confirmed = { ...vacation(by), confirm: true, confirm_token: token };
    // Agreement without token, token without agreement, a text that is none: refused again.
    for (const more of [{ confirm: true }, { confirm_token: token }, { confirm: true, confirm_token: 'a.b.c' }])
      expect((await call('POST', '/api/v1/exceptions', { ...vacation(by), ...more }, {}, by)).status).toBe(409);
    // Another tenant's token.
    expect(foreign).not.toBe('');
    const theirs = await call('POST', '/api/v1/exceptions', vacation(stranger), {}, stranger);
    const theirToken: string = theirs.body.error.details.confirm_token;
    expect((await call('POST', '/api/v1/exceptions', { ...confirmed, confirm_token: theirToken }, {}, by)).status).toBe(
      409,
    );
    // Another set: somebody has booked meanwhile.
    await book(by);
    const late = await call('POST', '/api/v1/exceptions', confirmed, {}, by);
    expect(late).toMatchObject({
      status: 409,
      body: { error: { code: 'WOULD_STRAND', details: { appointments: 2 } } },
    });
    const anew = { ...confirmed, confirm_token: late.body.error.details.confirm_token };
    // Ten minutes later nobody knows what they have seen.
    setClockOffset(10 * 60_000 + 1_000);
    expect((await call('POST', '/api/v1/exceptions', anew, {}, by)).status).toBe(409);
    setClockOffset(0);
    expect(await call('POST', '/api/v1/exceptions', anew, {}, by)).toMatchObject({
      status: 201,
      body: { stranded: 2, data: { version: 1 } },
    });
  });

  it('names whom a lowered capacity leaves without a place: who booked last, and everybody at the same hour counts', async () => {
    const by = await furnishTenant(async () => '');
    const made = async (path: string, body: object): Promise<string> => {
      const answer = await call('POST', `/api/v1/${path}`, body, {}, by);
      expect(answer.status, `${path}: ${answer.text}`).toBe(201);
      return answer.body.data.id;
    };
    const second = await made('staff', { first_name: 'Tom', branch_ids: [by.branch] });
    const chair = await made('resources', { branch_id: by.branch, name: 'Farbplatz', type: 'equipment', capacity: 2 });
    const service = await made('services', {
      name: { de: 'Farbe' },
      duration_minutes: 60,
      price_cents: 5_000,
      currency: 'EUR',
      staff: [by.staff, second].map((staff_id) => ({ staff_id })),
      resources: [{ any_of: [chair], units: 1 }],
    });
    const date = addDays(dateOf(processNow(), 'Europe/Berlin'), 3);
    const day_of_week = new Date(`${date}T12:00:00Z`).getUTCDay();
    await made('working-hours', { staff_id: second, day_of_week, periods: [{ from: '08:00', to: '20:00' }] });
    const booked: string[] = [];
    // The second begins while the first is still there: neither first minute alone shows that there are two.
    for (const [staff_id, hour] of [
      [by.staff, '10:00'],
      [second, '10:30'],
    ] as const) {
      const starts_at = toIso(instantsOf(date, hour, 'Europe/Berlin')[0] ?? asInstant(0));
      const customer_id = await FIXTURES['customer']?.(by);
      const body = { customer_id, service_id: service, staff_id, branch_id: by.branch, starts_at };
      const answer = await call('POST', '/api/v2/bookings', body, {}, by);
      expect(answer.status, answer.text).toBe(201);
      booked.push(answer.body.appointment_id);
    }
    const path = `/api/v1/resources/${chair}`;
    const refused = await call('PATCH', path, { capacity: 1 }, {}, by);
    expect(refused, refused.text).toMatchObject({
      status: 409,
      body: {
        error: { code: 'WOULD_STRAND', details: { appointments: 1, stranded: [{ appointment_id: booked[1] }] } },
      },
    });
    expect((await call('GET', path, undefined, {}, by)).body.data.capacity).toBe(2);
    const agreed = { capacity: 1, confirm: true, confirm_token: refused.body.error.details.confirm_token };
    expect(await call('PATCH', path, agreed, {}, by)).toMatchObject({
      status: 200,
      body: { stranded: 1, data: { capacity: 1 } },
    });
  });

  it('is of one item in one version', async () => {
    const by = await furnishTenant(async () => '');
    await book(by);
    const off = { active: false };
    const path = `/api/v1/branches/${by.branch}`;
    const refused = await call('PATCH', path, off, {}, by);
    expect(refused.status).toBe(409);
    const agreed = { confirm: true, confirm_token: refused.body.error.details.confirm_token };
    // The same appointments, but of another item.
    const query = new URLSearchParams({ confirm: 'true', confirm_token: agreed.confirm_token });
    expect((await call('DELETE', `/api/v1/services/${by.service}?${query}`, undefined, {}, by)).status).toBe(409);
    expect((await call('PATCH', path, { phone: '030 1' }, {}, by)).body.data.version).toBe(2);
    const late = await call('PATCH', path, { ...off, ...agreed }, {}, by);
    expect(late).toMatchObject({ status: 409, body: { error: { code: 'WOULD_STRAND' } } });
    const anew = { ...off, confirm: true, confirm_token: late.body.error.details.confirm_token };
    expect(await call('PATCH', path, anew, {}, by)).toMatchObject({ status: 200, body: { stranded: 1 } });
  });

  it('is confirmed by nothing but its token, whichever verb', async () => {
    const by = await furnishTenant(async () => '');
    await book(by);
    const branch = await call('GET', `/api/v1/branches/${by.branch}`, undefined, {}, by);
    const { id, version, updated_at, deleted_at, ...body } = branch.body.data;
    const off = { ...body, active: false };
    const attempts: ((agreed: Record<string, unknown>) => Promise<Reply>)[] = [
      (agreed) => call('PUT', `/api/v1/branches/${id}`, { ...off, ...agreed }, {}, by),
      (agreed) => call('PATCH', `/api/v1/branches/${id}`, { active: false, ...agreed }, {}, by),
      (agreed) => call('POST', '/api/v1/exceptions', { ...vacation(by), ...agreed }, {}, by),
      (agreed) => {
        const query = new URLSearchParams(Object.entries(agreed).map(([name, value]) => [name, String(value)]));
        return call('DELETE', `/api/v1/staff/${by.staff}?${query}`, undefined, {}, by);
      },
    ];
    for (const attempt of attempts)
      expect(await attempt({ confirm: true })).toMatchObject({
        status: 409,
        body: { error: { code: 'WOULD_STRAND' } },
      });
    const bulk = { items: [{ id, active: false, confirm: true }] };
    expect((await call('POST', '/api/v1/branches/bulk', bulk, {}, by)).body.results).toMatchObject([{ status: 409 }]);
    expect((await call('GET', `/api/v1/branches/${id}`, undefined, {}, by)).body.data).toEqual(branch.body.data);
    const remove = attempts[3];
    const refused = await remove?.({ confirm: true });
    const confirm_token: string = refused?.body.error.details.confirm_token;
    expect(await remove?.({ confirm: true, confirm_token })).toMatchObject({
      status: 200,
      body: { stranded: 1, data: { id: by.staff } },
    });
  });
});

describe('a deleted item', () => {
  it('is in the list of the deleted, and comes back as it was', async () => {
    const made = await call('POST', '/api/v1/services', { ...SERVICE, category: 'Damen' });
    const { id } = made.body.data;
    const path = `/api/v1/services/${id}`;
    expect(await call('DELETE', path, undefined, { 'If-Match': '"7"' })).toMatchObject({ status: 409 });
    expect(await call('DELETE', path, undefined, { 'If-Match': '"1"' })).toMatchObject({
      status: 200,
      body: { stranded: 0, data: { id, version: 2 } },
    });
    expect((await call('GET', path)).status).toBe(404);
    expect((await call('PATCH', path, {})).status).toBe(404);
    const ids = async (query: string): Promise<string[]> =>
      (await call('GET', `/api/v1/services?limit=100${query}`)).body.data.map((one: { id: string }) => one.id);
    expect(await ids('')).not.toContain(id);
    expect(await ids('&deleted=true')).toContain(id);
    const back = await call('POST', `${path}/restore`);
    expect(back).toMatchObject({ status: 200, body: { data: { id, category: 'Damen', version: 3 } } });
    expect(await call('POST', `${path}/restore`)).toMatchObject({ status: 200, body: { data: { version: 3 } } });
    expect(await ids('')).toContain(id);
    expect((await call('POST', '/api/v1/services/srv_never/restore')).status).toBe(404);
  });
});

describe('a list', () => {
  it('of exceptions is in the order of their days, page by page, and from a day on', async () => {
    const by = await furnishTenant(async () => '');
    const days = ['2041-03-30', '2041-10-27', '2041-01-05', '2041-03-31', '2041-03-30'];
    for (const [n, from_date] of days.entries()) {
      const made = await call(
        'POST',
        '/api/v1/exceptions',
        { kind: 'closure', branch_id: by.branch, from_date, to_date: addDays(from_date, n === 2 ? 90 : 1) },
        {},
        by,
      );
      expect(made.status, JSON.stringify(made.body)).toBe(201);
    }
    const list = async (query: string): Promise<string[]> => {
      const found: string[] = [];
      for (let cursor = ''; ; ) {
        const page = await call('GET', `/api/v1/exceptions?limit=2&${query}${cursor}`, undefined, {}, by);
        expect(page.status, JSON.stringify(page.body)).toBe(200);
        found.push(...page.body.data.map((one: { from_date: string }) => one.from_date));
        if (!page.body.meta.has_more) return found.filter((one) => one.startsWith('2041'));
        cursor = `&cursor=${encodeURIComponent(page.body.meta.next_cursor)}`;
      }
    };
    const sorted = days.toSorted();
    expect(await list('sort=from_date')).toEqual(sorted);
    expect(await list('sort=-from_date')).toEqual(sorted.toReversed());
    // the one of January lasts until April
    expect(await list('sort=from_date&ends_from=2041-04-01')).toEqual(['2041-01-05', '2041-03-31', '2041-10-27']);
    expect(await list('sort=from_date&ends_from=2041-10-29')).toEqual([]);
  });

  it('shows what was just written, page by page in each order, and filtered', async () => {
    const by = await furnishTenant(async () => '');
    const names = ['Zeder', 'Ahorn', 'Linde'];
    for (const name of names)
      await call('POST', '/api/v1/resources', { name, type: 'room', branch_id: by.branch }, {}, by);
    const listed = async (query: string): Promise<string[]> => {
      const all: string[] = [];
      for (let cursor: string | null = ''; cursor !== null; ) {
        const { body } = await call('GET', `/api/v1/resources?limit=1${query}${cursor}`, undefined, {}, by);
        all.push(...body.data.map((one: { name: string }) => one.name));
        cursor = body.meta.next_cursor === null ? null : `&cursor=${body.meta.next_cursor}`;
      }
      return all;
    };
    expect(await listed('')).toEqual(['Stuhl', ...names]);
    expect(await listed('&sort=name')).toEqual(['Ahorn', 'Linde', 'Stuhl', 'Zeder']);
    expect(await listed('&sort=-name')).toEqual(['Zeder', 'Stuhl', 'Linde', 'Ahorn']);
    const { body } = await call('GET', '/api/v1/resources?sort=-id', undefined, {}, by);
    await call('PATCH', `/api/v1/resources/${body.data[0].id}`, { active: false }, {}, by);
    expect(await listed('&active=false')).toEqual(['Linde']);
    expect(await listed(`&branch_id=${by.branch}&active=true`)).toEqual(['Stuhl', 'Zeder', 'Ahorn']);
    const file = await call('GET', '/api/v1/resources/export?sort=name', undefined, {}, by);
    expect(file.headers.get('Content-Type')).toMatch(/^text\/csv/);
    expect(
      file.text
        .split('\r\n')
        .slice(1, -1)
        .map((line) => line.split(',')[2]),
    ).toEqual(['Ahorn', 'Linde', 'Stuhl', 'Zeder']);
    const staff = await call('GET', `/api/v1/staff?branch_id=${by.branch}`, undefined, {}, by);
    expect(staff.body.data).toHaveLength(1);
    expect((await call('GET', '/api/v1/staff?branch_id=bra_other', undefined, {}, by)).body.data).toEqual([]);
  });
});

describe('a bulk request', () => {
  it('is one command an item, each answered by itself', async () => {
    const made = await call('POST', '/api/v1/services', SERVICE);
    const { id } = made.body.data;
    const items = [
      { ...SERVICE, name: { de: 'Neu' } },
      { id, price_cents: 7 },
      { id, price_cents: 8, expected_version: 1 },
      { name: { de: 'Ohne Preis' } },
      { id: 'srv_never', price_cents: 1 },
      { id, remove: true },
      { remove: true },
    ];
    const key = { 'Idempotency-Key': 'bulk-1' };
    const done = await call('POST', '/api/v1/services/bulk', { items }, key);
    expect(done.status).toBe(207);
    const results = done.body.results as { status: number; item: string | null; error: { code: string } | null }[];
    expect(results.map((one) => [one.status, one.error?.code ?? null])).toEqual([
      [201, null],
      [200, null],
      [409, 'VERSION_CONFLICT'],
      [422, 'VALIDATION_ERROR'],
      [404, 'NOT_FOUND'],
      [200, null],
      [422, 'VALIDATION_ERROR'],
    ]);
    expect((await call('GET', `/api/v1/services/${results[0]?.item}`)).body.data.name).toEqual({ de: 'Neu' });
    expect((await call('GET', `/api/v1/services/${id}`)).status).toBe(404);
    expect((await call('POST', '/api/v1/services/bulk', { items }, key)).body).toEqual(done.body);
  });
});
