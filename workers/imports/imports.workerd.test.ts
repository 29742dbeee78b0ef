/** Imports of customers from the file to the result: what the dry run says, what the run makes, killed at each statement and begun again. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { processNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { type FurnishedTenant, furnishTenant } from '../../tests/contract/fixtures.ts';
import { askApi, generousEnv, type Reply, signIn } from '../../tests/contract/requests.ts';
import { env, PLATFORM, unique } from '../../tests/contract/tenants.ts';
import { app } from '../app.ts';
import { createCustomer } from '../crm/commands/create-customer.ts';
import { platformOf } from '../env.ts';
import { runJob } from '../jobs/job-runner.ts';
import { importById } from '../storage/queries/imports.ts';
import { checkImport } from './commands/check-import.ts';
import { createImport } from './commands/create-import.ts';
import { runImport } from './commands/run-import.ts';
import { takeFile } from './commands/take-file.ts';
import { quiet, released, runUntil, unwrap, worked } from './killed.fixture.ts';

let tenant: FurnishedTenant;
beforeAll(async () => {
  tenant = await furnishTenant(signIn);
});
afterEach(() => vi.restoreAllMocks());

const ask = (method: string, path: string, body?: unknown): Promise<Reply> =>
  askApi(tenant.apiKey, method, `/api/v1/imports${path}`, body === undefined ? {} : { body });

async function send(id: string, file: string | Uint8Array<ArrayBuffer>, key = tenant.apiKey) {
  const context = createExecutionContext();
  const request = new Request(`${PLATFORM}/api/v1/imports/${id}/file`, {
    method: 'PUT',
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/octet-stream' },
    body: file,
  });
  const response = await app.fetch(request, generousEnv, context);
  const body = (await response.json()) as { data: { id: string; state: string; [name: string]: unknown } };
  await waitOnExecutionContext(context);
  return { status: response.status, body };
}

const begun = async (): Promise<string> =>
  (await ask('POST', '', { kind: 'customers', file_name: 'Kunden.csv' })).body.data.id;

/** From the file to the end of its check. */
async function checked(file: string, fields?: (string | null)[]): Promise<string> {
  const id = await begun();
  const sent = await send(id, file);
  expect(sent.body.data.state).toBe('read');
  const columns = sent.body.data['columns'] as { field: string | null }[];
  const check = await ask('POST', `/${id}/check`, { fields: fields ?? columns.map(({ field }) => field) });
  expect(check.status, check.text).toBe(200);
  await worked(tenant.scope, id);
  return id;
}
async function ran(id: string, how: object = {}): Promise<Reply> {
  const run = await ask('POST', `/${id}/run`, how);
  expect(run.status, run.text).toBe(200);
  await worked(tenant.scope, id);
  return ask('GET', `/${id}`);
}

const letters = (): string =>
  Array.from(crypto.getRandomValues(new Uint8Array(8)), (n) => 'bdfghklmnprstvwz'[n % 16]).join('');
const number = (): string => `0151${String(Math.floor(Math.random() * 1e8)).padStart(8, '2')}`;
const found = async (q: string): Promise<{ id: string; [name: string]: unknown }[]> =>
  (await askApi(tenant.apiKey, 'GET', `/api/v1/customers?q=${encodeURIComponent(q)}`)).body.data;
const known = async (name: string, phone: string | null, email: string | null = null): Promise<string> => {
  const made = await createCustomer(tenant.scope, {
    id: newId('customer', processNow()),
    firstName: 'Anna',
    lastName: name,
    email,
    source: 'admin',
    lines: phone === null ? [] : [{ e164: `+49${phone.slice(1)}`, extension: '' }],
    confirmed: true,
  });
  if (!made.ok || made.value.customer === null) throw new Error('no customer');
  return made.value.customer.id;
};

describe('a file of customers', () => {
  it('is read, checked, written and told, with tags and consents', async () => {
    const name = letters();
    const [phone, tag] = [number(), unique('Stamm')];
    const id = await checked(
      [
        'Vorname;Nachname;Telefon;E-Mail;Tags;Newsletter;Einwilligung am;Einwilligung durch',
        `Jörg;${name};${phone};JOERG@${name}.test;${tag};ja;24.11.2025;Anmeldebogen`,
        `Bea;${name};12;bea@${name}.test;;;;`,
        `Cem;${name};;cem@${name}.test;;ja;;`,
      ].join('\r\n'),
    );
    const after = await ask('GET', `/${id}`);
    expect(after.body.data).toMatchObject({
      state: 'checked',
      encoding: 'utf-8',
      delimiter: ';',
      counts: { rows: 3, new: 2, duplicates_by_number: 0, duplicates_by_name: 0, refused: 1, consents_left_out: 1 },
    });
    const rows = await ask('GET', `/${id}/rows`);
    expect(rows.body.data).toMatchObject([
      { row: 2, outcome: 'new', read: { name: `Jörg ${name}`, phones: [`+49${phone.slice(1)}`] }, problems: [] },
      {
        row: 3,
        outcome: 'refused',
        read: null,
        problems: [{ column: 'Telefon', value: '12', fault: 'no_number', text: expect.stringMatching(/\w+ \w+/) }],
      },
      { row: 4, outcome: 'new', problems: [{ column: 'Newsletter', fault: 'consent_incomplete', left_out: true }] },
    ]);
    expect(await found(name)).toEqual([]);
    const end = await ran(id);
    expect(end.body.data).toMatchObject({
      state: 'written',
      counts: { made: 2, updated: 0, skipped: 0, failed: 0, refused: 1 },
    });
    const people = await found(name);
    expect(people).toHaveLength(2);
    const joerg = people.find((one) => one['first_name'] === 'Jörg');
    expect(joerg).toMatchObject({ email: `joerg@${name}.test`, source: 'import', tags: [{ name: tag }] });
    const consents = await askApi(tenant.apiKey, 'GET', `/api/v1/consents?customer_id=${joerg?.id}`);
    expect(consents.body.data).toMatchObject([
      {
        purpose: 'marketing',
        channel: 'email',
        state: 'given',
        way: 'import',
        at: '2025-11-23T23:00:00.000Z',
        proof: 'Anmeldebogen',
      },
    ]);
    // Booking needs no D1: the calendar knows them.
    expect((await tenant.scope.calendar.knowsCustomer(String(joerg?.id))).result).toEqual({ ok: true, value: true });
    const log = await askApi(tenant.apiKey, 'GET', `/api/v1/activity?subject_id=${joerg?.id}`);
    expect(log.body.data.map((row: { event: string }) => row.event)).toEqual(['customer.created']);
    const events = await askApi(tenant.apiKey, 'GET', `/api/v1/activity?subject_id=${id}`);
    expect(events.body.data.map((row: { event: string }) => row.event).reverse()).toEqual([
      'import.created',
      'import.file_taken',
      'import.check_begun',
      'import.checked',
      'import.run_begun',
      'import.written',
    ]);
  });

  it('with who is there already: skipped, updated where empty, or made anyway, for all and for single rows', async () => {
    const name = letters();
    const [phone, other] = [number(), number()];
    const byPhone = await known(name, phone);
    const byName = await known(`${name}sen`, null, `anna@${name}.test`);
    const file = [
      'Vorname;Nachname;Telefon;Notizen',
      `Anna;${name};${phone};am liebsten freitags`,
      `Anna;${name}sen;${other};`,
      `Dora;${name};${number()};`,
      `Dora;${name};;noch einmal`,
    ].join('\n');
    const id = await checked(file);
    const rows = (await ask('GET', `/${id}/rows?outcome=duplicate`)).body.data;
    expect(rows).toMatchObject([
      { row: 2, by: 'phone', matches: [{ id: byPhone, name: `Anna ${name}`, phones: [`+49${phone.slice(1)}`] }] },
      { row: 3, by: 'name', matches: [{ id: byName, email: `anna@${name}.test` }] },
      { row: 5, by: 'file', same_as: 4, matches: [] },
    ]);
    const chosen = await ask('POST', `/${id}/rows`, { rows: [3, 4], choice: 'make' });
    expect(chosen.body).toMatchObject({ chosen: 1 });
    const end = await ran(id, { by_number: 'update' });
    expect(end.body.data.counts).toMatchObject({ made: 2, updated: 1, skipped: 1 });
    const [updated] = await found(phone);
    expect(updated).toMatchObject({ id: byPhone, notes: 'am liebsten freitags', version: 2 });
    expect(await found(`${name}sen`)).toHaveLength(2);
    // The same file again: everybody is there.
    const again = await checked(file);
    expect((await ask('GET', `/${again}`)).body.data.counts).toMatchObject({ new: 0, refused: 0 });
    expect((await ran(again)).body.data.counts).toMatchObject({ made: 0, updated: 0, skipped: 4 });
  });

  it('does not make again who came between check and run', async () => {
    const [name, phone] = [letters(), number()];
    const id = await checked(`Nachname;Telefon\n${name};${phone}\n`);
    await known(name, phone);
    expect((await ran(id)).body.data.counts).toMatchObject({ made: 0, skipped: 1 });
    expect(await found(phone)).toHaveLength(1);
  });

  it('remembers what the columns were, whatever their order', async () => {
    const [a, b] = [letters(), letters()];
    await checked(`${a};${b}\nAnna;${number()}\n`, ['last_name', 'phone']);
    const sent = await send(await begun(), `${b};${a}\n${number()};Bea\n`);
    expect(sent.body.data['columns']).toMatchObject([{ field: 'phone' }, { field: 'last_name' }]);
    // … and what they were the last time counts.
    for (const field of ['first_name', 'name']) {
      await checked(`${a};${b}\nAnna;${number()}\n`, [field, 'phone']);
      const again = await send(await begun(), `${a};${b}\nBea;${number()}\n`);
      expect(again.body.data['columns']).toMatchObject([{ field }, { field: 'phone' }]);
    }
    // Headers themselves are kept nowhere: a file without any has somebody's name there.
    const kept = await env.DB.prepare('SELECT fields FROM import_mappings WHERE tenant_id = ?1')
      .bind(tenant.tenantId)
      .all<{ fields: string }>();
    expect(JSON.stringify(kept.results)).not.toContain(a);
  });

  it.each([
    ['no column names anybody', [null, 'tags'], 'fields'],
    ['a column stands twice', ['email', 'email'], 'fields'],
    ['columns are left out', ['email'], 'fields'],
  ])('is not checked where %s', async (_what, fields, field) => {
    const id = await begun();
    await send(id, 'A;B\n1;2\n');
    const check = await ask('POST', `/${id}/check`, { fields });
    expect([check.status, Object.keys(check.body.error.errors)]).toEqual([422, [field]]);
  });

  it.each([
    ['nothing', '', 'no_content'],
    ['twenty megabytes of one line', 'x'.repeat(20 * 1024 * 1024 - 1), 'row_too_long'],
    ['a workbook', Uint8Array.from([0x50, 0x4b, 3, 4, 0, 0, 0, 0]), 'spreadsheet'],
    ['NUL', 'Name;Telefon\nAn\0na;1\n', 'not_text'],
  ])('that is %s says so at once, and another may follow', async (_what, file, fault) => {
    const id = await begun();
    const sent = await send(id, file as string);
    expect(sent.status).toBe(200);
    expect(sent.body.data).toMatchObject({ state: 'broken', fault, fault_text: expect.stringMatching(/\.$/) });
    expect((await ask('POST', `/${id}/check`, { fields: [] })).status).toBe(409);
    expect((await send(id, 'Name\nAnna\n')).body.data.state).toBe('read');
  });

  it('that is broken further down is told by the check', async () => {
    const rows = Array.from({ length: 400 }, (_, i) => `${letters()};0151${i}`).join('\n');
    const id = await checked(`Name;Notizen\n${rows}\nAnna;"${'nie zu Ende\n'.repeat(60_000)}`);
    expect((await ask('GET', `/${id}`)).body.data).toMatchObject({
      state: 'broken',
      fault: 'row_too_long',
      fault_row: 402,
    });
    expect((await env.ARCHIVE.list({ prefix: `imports/${tenant.tenantId}/${id}/` })).objects).toEqual([]);
  });

  it('larger than 20 MB is refused before it is read', async () => {
    const sent = await send(await begun(), 'x'.repeat(20 * 1024 * 1024 + 1));
    expect(sent.status).toBe(413);
  });

  it('hands out what it refused, formulas quoted', async () => {
    const id = await checked(`Name;Telefon;Notizen\nAnna;12;=1+2\nBea;${number()};x\n`);
    const reply = await ask('GET', `/${id}/refused`);
    expect(reply.headers.get('Content-Type')).toMatch(/^text\/csv/);
    const lines = reply.text.replace('\ufeff', '').trim().split('\r\n');
    expect(lines).toHaveLength(2);
    expect(lines[1]).toMatch(/^2;Anna;12;'=1\+2;"Telefon: Keine Telefonnummer/);
  });

  it('ends where somebody says so: the file goes, what was written stays', async () => {
    const id = await checked(`Name\n${letters()}\n`);
    const ended = await ask('POST', `/${id}/abandon`);
    expect(ended.body.data).toMatchObject({ state: 'abandoned' });
    expect((await env.ARCHIVE.list({ prefix: `imports/${tenant.tenantId}/${id}/` })).objects).toEqual([]);
    for (const verb of ['run', 'abandon']) expect((await ask('POST', `/${id}/${verb}`, {})).status, verb).toBe(409);
  });
});

describe('who does not reach every customer', () => {
  it('begins no import of customers and sees none', async () => {
    const reach = { companyIds: null, branchIds: [tenant.branch], ownOf: null };
    const actor = {
      kind: 'api_key',
      keyId: 'key_test',
      tenantId: tenant.tenantId,
      permissions: [],
      reach,
      mode: 'live',
    };
    const { openTenant } = await import('../tenancy/scope.ts');
    const scope = openTenant(platformOf(env), tenant.tenantId, {
      ...actor,
      permissions: ['view_imports', 'create_imports', 'create_customers'],
    } as never);
    expect(await createImport(scope, { kind: 'customers', file_name: 'x.csv' })).toMatchObject({
      ok: false,
      error: { code: 'PERMISSION_DENIED' },
    });
    expect(await takeFile(scope, await begun(), new Uint8Array(3))).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });
});

describe('killed and begun again', () => {
  const ROWS = 130;
  const fileOf = (name: string): string =>
    [
      'Vorname;Nachname;Telefon;Tags',
      ...Array.from(
        { length: ROWS },
        (_, i) =>
          `Kunde ${letters()};${name};0152${String(i).padStart(3, '0')}${name.charCodeAt(0) % 10}${String(Date.now() % 10_000).padStart(4, '0')};Neu`,
      ),
    ].join('\n');

  it('at any statement: everybody once, with one row of the log', async () => {
    for (const level of ['warn', 'error', 'log'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
    let kills = 0;
    for (let point = 1; point <= 41; point += 5) {
      const name = letters();
      const { scope } = tenant;
      const { id } = unwrap(await createImport(scope, { kind: 'customers', file_name: 'Kunden.csv' }));
      unwrap(await takeFile(scope, id, new TextEncoder().encode(fileOf(name))));
      const fields = ['first_name', 'last_name', 'phone', 'tags'] as const;
      const check = unwrap(
        await checkImport(quiet(), scope, id, {
          fields: [...fields],
          branch_id: null,
          staff_id: null,
          source: null,
          titles: false,
        }),
      );
      if (!(await runUntil(tenant.scope, check.checkJob ?? '', point))) kills++;
      await released(check.checkJob ?? '');
      await runJob(quiet(), tenant.tenantId, check.checkJob ?? '');
      expect((await importById(scope.db, id))?.counts).toMatchObject({ rows: ROWS, new: ROWS });
      const run = unwrap(await runImport(quiet(), scope, id, { by_number: 'skip', by_name: 'skip' }));
      if (!(await runUntil(tenant.scope, run.runJob ?? '', point))) kills++;
      await released(run.runJob ?? '');
      await runJob(quiet(), tenant.tenantId, run.runJob ?? '');
      const row = await importById(scope.db, id);
      expect([row?.state, row?.counts]).toMatchObject(['written', { made: ROWS, skipped: 0, failed: 0 }]);
      const count = await env.DB.prepare('SELECT count(*) AS n FROM customers WHERE tenant_id = ?1 AND last_name = ?2')
        .bind(tenant.tenantId, name)
        .first<{ n: number }>();
      expect(count?.n, `killed after ${point} statements`).toBe(ROWS);
      const logged = await env.DB.prepare(
        "SELECT count(*) AS n FROM audit_log JOIN customers ON customers.tenant_id = audit_log.tenant_id AND customers.id = audit_log.subject_id WHERE audit_log.tenant_id = ?1 AND customers.last_name = ?2 AND description = 'customer.created'",
      )
        .bind(tenant.tenantId, name)
        .first<{ n: number }>();
      expect(logged?.n).toBe(ROWS);
    }
    expect(kills).toBeGreaterThan(10);
  }, 300_000);
});
