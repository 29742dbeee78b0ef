/** A company's settings over HTTP, through the assembled app: defaults, the first change, versions, repeats, practice mode, who may. */
import { platformOf } from '../env.ts';
import { beforeAll, describe, expect, it } from 'vitest';
import { processNow } from '../../shared/clock.ts';
import { askApi, type Reply } from '../../tests/contract/requests.ts';
import { type FurnishedTenant, furnishTenant } from '../../tests/contract/fixtures.ts';
import { env, seedTenant, unique } from '../../tests/contract/tenants.ts';
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
      name: 'Mitte',
      identity: 'standard',
      greeting: 'first_name',
      sms_countries: ['AT', 'CH', 'DE'],
      practice_mode: false,
      forwarding_numbers: [],
      transcript_days: 90,
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
