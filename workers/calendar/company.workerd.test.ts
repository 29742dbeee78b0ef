/** A company's settings over HTTP, through the assembled app: defaults, the first change, versions, repeats, practice mode, who may. */
import { platformOf } from '../env.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { processNow } from '../../shared/clock.ts';
import { askApi, type Reply } from '../../tests/contract/requests.ts';
import { FIXTURES, type FurnishedTenant, furnishTenant } from '../../tests/contract/fixtures.ts';
import { env, seedTenant, unique } from '../../tests/contract/tenants.ts';
import { forgetTenant } from '../storage/platform-db.ts';
import { rebuildProjection, reconcile } from '../projection/rebuild.ts';

interface RequestOptions {
  headers?: Record<string, string>;
  key?: string;
}

let tenant: FurnishedTenant;
beforeAll(async () => {
  tenant = await furnishTenant(async () => '');
});

const call = (
  method: string,
  path: string,
  body?: unknown,
  { key, headers = {} }: RequestOptions = {},
): Promise<Reply> => askApi(key ?? tenant.apiKey, method, `/api/v1/companies${path}`, { body, headers });
const patch = (body: unknown, options: RequestOptions = {}): Promise<Reply> =>
  call('PATCH', `/${tenant.company}`, body, options);
/** Rows of the company's changes: they come with the events, which name the fields and keep no texts. */
async function audited() {
  await tenant.scope.calendar.flush(2_000);
  const { results } = await env.DB.prepare(
    `SELECT description, causer_type, fields, changes FROM audit_log
     WHERE tenant_id = ? AND subject_type = 'company' AND subject_id = ? ORDER BY created_at, id`,
  )
    .bind(tenant.tenantId, tenant.company)
    .all<{ description: string; causer_type: string; fields: string; changes: string }>();
  return results.map((row) => ({ ...row, fields: JSON.parse(row.fields), changes: JSON.parse(row.changes) }));
}

describe('a company that nobody saved', () => {
  it('is listed and read with its defaults, and its first change saves it', async () => {
    tenant = await furnishTenant(async () => '');
    const defaults = {
      id: tenant.company,
      version: 0,
      updated_at: null,
      archived: false,
      branches: 1,
      legal_name: null,
      legal_address: null,
      legal_country: null,
      vat_id: null,
      tax_number: null,
      register: null,
      languages: [],
      calcom_team_id: null,
      name: 'Mitte',
      identity: 'standard',
      greeting: 'first_name',
      sms_countries: ['AT', 'CH', 'DE'],
      practice_mode: false,
      quiet_from: '20:00',
      quiet_to: '08:00',
      quiet_sundays: true,
      quiet_holidays: true,
      forwarding_numbers: [],
      callback_due_hours: 4,
      transcript_days: 90,
      recording_days: 90,
      message_days: 180,
      webhook_days: 30,
      activity_days: 365,
    };
    expect((await call('GET', '')).body).toEqual({
      success: true,
      data: [defaults],
      meta: { next_cursor: null, has_more: false },
    });
    const read = await call('GET', `/${tenant.company}`);
    expect(read.body).toEqual({ success: true, data: defaults });
    expect(read.headers.get('ETag')).toBe('"0"');

    const saved = await patch({ greeting: 'none' }, { headers: { 'If-Match': '"0"' } });
    expect(saved).toMatchObject({ status: 200, body: { data: { version: 1, name: 'Mitte', greeting: 'none' } } });
    expect(saved.headers.get('ETag')).toBe('"1"');
    expect(saved.headers.get('X-Askpro-Head')).toMatch(/^calendar:/);
    expect((await call('GET', `/${tenant.company}`)).body.data).toEqual(saved.body.data);
    const [first, ...more] = await audited();
    expect(more).toEqual([]);
    expect(first).toMatchObject({
      description: 'schedule.item_put',
      causer_type: 'api_key',
      fields: expect.arrayContaining(['greeting']),
      changes: { version: [0, 1] },
    });
    await patch({ greeting: 'first_name' });
    expect((await patch({ greeting: 'none' })).body.data).toMatchObject({ version: 3, greeting: 'none' });
    expect((await audited()).slice(1)).toEqual(
      [2, 3].map((version) => ({
        description: 'schedule.item_put',
        causer_type: 'api_key',
        fields: ['version', 'greeting'],
        changes: { version: [version - 1, version] },
      })),
    );
  });

  it('lists page by page', async () => {
    const { scope } = tenant;
    const now = processNow();
    const ids = ['com_zz1', 'com_zz2', 'com_zz3'];
    for (const id of ids)
      await scope.calendar.putSchedule({
        key: unique('put'),
        now,
        actor: { kind: 'system', id: 'test' },
        kind: 'company',
        id,
        body: { name: id },
        expectedVersion: 0,
      });
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const asked: Reply = await call('GET', `?limit=2${cursor === '' ? '' : `&cursor=${encodeURIComponent(cursor)}`}`);
      seen.push(...asked.body.data.map((row: { id: string }) => row.id));
      cursor = asked.body.meta.next_cursor;
    }
    expect(seen).toEqual([tenant.company, ...ids].sort());
    expect((await call('GET', '?cursor=nonsense')).status).toBe(422);
  });

  it('one that no branch and nothing saved names is unknown', async () => {
    expect((await call('GET', '/com_nobody')).status).toBe(404);
    expect((await call('PATCH', '/com_nobody', { name: 'X' })).status).toBe(404);
  });
});

describe('a change', () => {
  it('that changes nothing makes no version and no line in the log', async () => {
    const before = (await call('GET', `/${tenant.company}`)).body.data;
    const lines = (await audited()).length;
    for (const body of [{}, { name: before.name }, { sms_countries: ['de', 'DE', 'at', 'ch'] }])
      expect(await patch(body)).toMatchObject({ status: 200, body: { data: before } });
    expect(await audited()).toHaveLength(lines);
  });

  it('of an older version is refused, by header and by field', async () => {
    const { version } = (await call('GET', `/${tenant.company}`)).body.data;
    for (const [body, options] of [
      [{ name: 'Alt' }, { headers: { 'If-Match': `"${version - 1}"` } }],
      [{ name: 'Alt', expected_version: version - 1 }, {}],
      [{ name: 'Alt', expected_version: 0 }, {}],
    ] as const)
      expect(await patch(body, options)).toMatchObject({ status: 409, body: { error: { code: 'VERSION_CONFLICT' } } });
    const current = await patch({ name: 'Neu', expected_version: version });
    expect(current.body.data).toMatchObject({ name: 'Neu', version: version + 1 });
  });

  it('sent again under its key answers the first outcome, also after somebody else’s change', async () => {
    const key = { headers: { 'Idempotency-Key': unique('key') } };
    const first = await patch({ name: 'Einmal' }, key);
    await patch({ name: 'Anders' });
    const lines = (await audited()).length;
    expect((await patch({ name: 'Einmal' }, key)).body).toEqual(first.body);
    expect(await patch({ name: 'Zweimal' }, key)).toMatchObject({
      status: 409,
      body: { error: { code: 'IDEMPOTENCY_MISMATCH' } },
    });
    expect((await call('GET', `/${tenant.company}`)).body.data.name).toBe('Anders');
    expect(await audited()).toHaveLength(lines);
  });

  it('of another field at the same moment is not lost', async () => {
    const both = await Promise.all([patch({ name: 'Gleichzeitig' }), patch({ sms_countries: ['FR'] })]);
    expect(both.map((reply) => reply.status)).toEqual([200, 200]);
    expect((await call('GET', `/${tenant.company}`)).body.data).toMatchObject({
      name: 'Gleichzeitig',
      sms_countries: ['FR'],
    });
  });

  it('reads countries and numbers in any spelling', async () => {
    const saved = await patch({
      sms_countries: ['ch', 'DE', 'at', 'De', 'li'],
      forwarding_numbers: ['030 / 1234 56 78', '+49 30 12345678', '0041 44 123 45 67'],
    });
    expect(saved.body.data).toMatchObject({
      sms_countries: ['AT', 'CH', 'DE', 'LI'],
      forwarding_numbers: ['+493012345678', '+41441234567'],
    });
  });

  it('names the country and the number it cannot read, in the caller’s language', async () => {
    const body = { sms_countries: ['DE', 'ZZ', 'DEU'], forwarding_numbers: ['030 12345678', 'anonym', '110'] };
    const wrong = await patch(body, { headers: { 'Accept-Language': 'de' } });
    expect(wrong.status).toBe(422);
    expect(wrong.body.error.errors).toEqual({
      'sms_countries.1': ['Kein Länderkürzel (ISO 3166, zwei Buchstaben).'],
      'sms_countries.2': ['Kein Länderkürzel (ISO 3166, zwei Buchstaben).'],
      'forwarding_numbers.1': ['Keine Rufnummer, die sich zurückrufen lässt.'],
      'forwarding_numbers.2': ['Keine Rufnummer, die sich zurückrufen lässt.'],
    });
    expect((await patch({ name: 'Sa\u202elon' })).body.error.errors).toHaveProperty('name');
    expect((await patch({ identity: 'lax' })).status).toBe(422);
  });
});

describe('practice mode', () => {
  it('shows strict without a greeting, refuses less in words, and gives back what it covered', async () => {
    await patch({ greeting: 'full_name' });
    const on = await patch({ practice_mode: true });
    expect(on.body.data).toMatchObject({ practice_mode: true, identity: 'strict', greeting: 'none' });
    const refused = await patch(
      { identity: 'standard', greeting: 'first_name' },
      { headers: { 'Accept-Language': 'en' } },
    );
    expect(refused).toMatchObject({
      status: 422,
      body: {
        error: {
          code: 'VALIDATION_ERROR',
          errors: {
            identity: ['In practice mode “identity” is always “strict”.'],
            greeting: ['In practice mode nobody is greeted by name: only “none” is allowed.'],
          },
        },
      },
    });
    const german = await patch({ identity: 'standard' }, { headers: { 'Accept-Language': 'de' } });
    expect(german.body.error.errors).toEqual({ identity: ['Im Praxismodus ist „identity“ immer „strict“.'] });
    const off = await patch({ practice_mode: false, identity: 'standard' });
    expect(off.body.data).toMatchObject({ practice_mode: false, identity: 'standard', greeting: 'full_name' });
  });
});

describe('who may', () => {
  it.each([
    ['admin', 404],
    ['manager', 403],
    ['receptionist', 403],
    ['staff', 403],
  ] as const)('%s reads, and gets %i for a change of a company that is not there', async (role, status) => {
    const member = await seedTenant({ role });
    const own = { key: member.apiKey };
    expect((await call('GET', '', undefined, own)).status).toBe(200);
    const changed = await call('PATCH', '/com_own', {}, own);
    expect(changed.status).toBe(status);
    if (status === 403) expect(changed.body.error.details).toEqual({ permission: 'edit_companies' });
  });
});

describe('the projection', () => {
  it('has the settings as a row, and a rebuild brings the same row back', async () => {
    await tenant.scope.calendar.flush(5_000);
    const row = () =>
      env.DB.prepare("SELECT * FROM schedule_items WHERE tenant_id = ? AND kind = 'company' AND id = ?")
        .bind(tenant.tenantId, tenant.company)
        .first<{ name: string; company_id: string; version: number; body: string }>();
    const before = await row();
    const { name, version } = (await call('GET', `/${tenant.company}`)).body.data;
    expect(before).toMatchObject({ name, version, company_id: tenant.company });
    await env.DB.prepare("DELETE FROM schedule_items WHERE tenant_id = ? AND kind = 'company'")
      .bind(tenant.tenantId)
      .run();
    await rebuildProjection(platformOf(env), tenant.tenantId, 'calendar');
    expect(await row()).toEqual(before);
    expect(await reconcile(platformOf(env), tenant.tenantId, 'calendar')).toMatchObject({ ok: true, differences: [] });
  });
});

describe('a company as a noun', () => {
  const branchCalls = (method: string, path: string, body?: unknown): Promise<Reply> =>
    askApi(tenant.apiKey, method, `/api/v1/branches${path}`, { body });
  const limited = async (companies: number): Promise<void> => {
    await env.DB.prepare('UPDATE tenants SET limits = ? WHERE id = ?')
      .bind(JSON.stringify({ companies }), tenant.tenantId)
      .run();
    forgetTenant(tenant.tenantId);
  };

  it('is made with legal data and settings, takes branches, and is refused beyond the limit', async () => {
    tenant = await furnishTenant(async () => '');
    await limited(2);
    const made = await call('POST', '', {
      name: 'Schön Medical GmbH',
      legal_name: 'Schön Medical GmbH',
      legal_address: { street: 'Torstraße 1', postal_code: '10119', city: 'Berlin' },
      vat_id: 'DE123456789',
      languages: ['de', 'tr'],
      identity: 'strict',
    });
    expect(made).toMatchObject({
      status: 201,
      body: { data: { version: 1, branches: 0, archived: false, vat_id: 'DE123456789', identity: 'strict' } },
    });
    const company = made.body.data.id as string;
    const branch = await branchCalls('POST', '', {
      name: 'Nord',
      time_zone: 'Europe/Berlin',
      country: 'DE',
      company_id: company,
      service_radius_km: 30,
      transport_info: 'Mit der U2 bis Senefelderplatz.\nDann links.',
      coordinates: { latitude: 52.5321, longitude: 13.4123 },
    });
    expect(branch.body.data).toMatchObject({
      company_id: company,
      service_radius_km: 30,
      coordinates: { latitude: 52.5321, longitude: 13.4123 },
    });
    expect((await call('GET', `/${company}`)).body.data.branches).toBe(1);
    expect((await branchCalls('GET', `?company_id=${company}`)).body.data).toHaveLength(1);
    expect((await call('GET', '?q=medical&sort=-name')).body.data).toHaveLength(1);
    expect(await call('POST', '', { name: 'Zu viel' })).toMatchObject({
      body: { error: { code: 'LIMIT_REACHED', details: { limit: 'companies', max: 2 } } },
    });
  });

  it('that branches refer to is archived: nobody books there, appointments are asked about, and it comes back', async () => {
    const company = (await call('GET', '?q=medical')).body.data[0].id as string;
    const main = (await call('GET', `/${tenant.company}`)).body.data;
    await FIXTURES['appointment']?.(tenant);
    const before = await call('DELETE', `/${tenant.company}`);
    expect(before).toMatchObject({ status: 409, body: { error: { code: 'WOULD_STRAND' } } });
    const token = before.body.error.details.confirm_token as string;
    const gone = await call('DELETE', `/${tenant.company}?confirm=true&confirm_token=${encodeURIComponent(token)}`);
    expect(gone).toMatchObject({ status: 200, body: { data: { archived: true, name: main.name }, stranded: 1 } });
    expect((await call('GET', '')).body.data.map((one: { id: string }) => one.id)).toEqual([company]);
    expect((await call('GET', '?deleted=true')).body.data.map((one: { id: string }) => one.id)).toEqual([
      tenant.company,
    ]);
    const free = await askApi(tenant.apiKey, 'POST', '/api/v2/availability/check', {
      body: { service_id: tenant.service, branch_id: tenant.branch, date: '2030-01-07' },
    });
    expect(free.status).toBe(404);
    // The last one stays.
    expect(await call('DELETE', `/${company}`)).toMatchObject({ status: 422 });
    const back = await call('POST', `/${tenant.company}/restore`, {});
    expect(back).toMatchObject({ status: 200, body: { data: { archived: false } } });
    expect((await call('GET', '')).body.data).toHaveLength(2);
  });

  it('without branches is removed and can be restored', async () => {
    await limited(5);
    const made = (await call('POST', '', { name: 'Kurz da' })).body.data;
    expect((await call('DELETE', `/${made.id}`)).status).toBe(200);
    expect((await call('GET', `/${made.id}`)).status).toBe(404);
    expect((await call('DELETE', `/${made.id}`)).status).toBe(404);
    const deleted = (await call('GET', '?deleted=true')).body.data;
    expect(deleted.map((one: { name: string }) => one.name)).toEqual(['Kurz da']);
    expect(await call('POST', `/${made.id}/restore`, {})).toMatchObject({
      status: 200,
      body: { data: { version: 3 } },
    });
    expect((await call('GET', `/${made.id}`)).body.data.name).toBe('Kurz da');
  });

  it('a branch chooses one that is there, and stays once people, services or rooms belong to it', async () => {
    const other = (await call('GET', '?q=medical')).body.data[0].id as string;
    const branch = { name: 'Süd', time_zone: 'Europe/Berlin', country: 'DE' };
    expect((await branchCalls('POST', '', { ...branch, company_id: 'com_nobody' })).status).toBe(404);
    const made = (await branchCalls('POST', '', branch)).body.data;
    expect(made.company_id).toBe(tenant.company);
    expect((await branchCalls('PATCH', `/${made.id}`, { company_id: other })).body.data.company_id).toBe(other);
    expect(await branchCalls('PATCH', `/${tenant.branch}`, { company_id: other })).toMatchObject({
      status: 422,
      body: { error: { errors: { company_id: [expect.any(String)] } } },
    });
    expect((await branchCalls('PATCH', `/${tenant.branch}`, { name: 'Mitte neu' })).status).toBe(200);
  });
});
