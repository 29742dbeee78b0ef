/** Customers as a resource: every change leaves its audit row or neither, deletion can be undone, people are found as they are asked for. */
import { beforeAll, describe, expect, it } from 'vitest';
import { WHOLE_REACH } from '../../shared/actor.ts';
import { type Instant, processNow } from '../../shared/clock.ts';
import { newId } from '../../shared/ids.ts';
import { DAY } from '../../shared/time.ts';
import { askApi, type Reply } from '../../tests/contract/requests.ts';
import { appointmentRow } from '../../tests/appointment-row.ts';
import { env, seedTenant, type SeededTenant } from '../../tests/contract/tenants.ts';
import { platformOf } from '../env.ts';
import { insertItem } from '../resources/items.ts';
import { RESTORABLE_MS } from '../resources/removal.ts';
import { customerInsert } from '../storage/queries/customers.ts';
import { seedCalls } from '../storage/queries/seed.ts';
import { appointments } from '../storage/tables/calendar.ts';
import { customers, customerWords } from '../storage/tables/crm.ts';
import { auditLog, auditValues } from '../storage/tables/identity.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { updateCustomer } from './commands/update-customer.ts';
import { CUSTOMER_KIND } from './customer-kind.ts';
import { indexCustomers, removeDeleted } from './jobs.ts';

async function ask(
  { apiKey }: SeededTenant,
  method: string,
  path: string,
  body?: unknown,
  headers: Record<string, string> = {},
) {
  const reply = await askApi(apiKey, method, path, { body, headers });
  return { ...reply, etag: reply.headers.get('ETag') };
}

const CUSTOMERS = '/api/v1/customers';
const scopeOf = (tenant: SeededTenant, now?: Instant): TenantScope =>
  openTenant(platformOf(env), tenant.tenantId, { kind: 'system', cause: 'agent' }, now === undefined ? {} : { now });
const auditOf = async (scope: TenantScope, id: string): Promise<string[]> =>
  (await scope.db.rows(auditLog, { limit: 1_000 }))
    .filter((row) => row.subjectId === id)
    .sort((a, b) => a.createdAt - b.createdAt || (a.id < b.id ? -1 : 1))
    .map((row) => row.description);
const namesOf = (answer: Reply): string[] => answer.body.data.map((one: { name: string }) => one.name);
const wordsOf = async (scope: TenantScope, id: string): Promise<number> =>
  (await scope.db.rows(customerWords, { limit: 1_000 })).filter((row) => row.customerId === id).length;

let tenant: SeededTenant;
let scope: TenantScope;
beforeAll(async () => {
  tenant = await seedTenant();
  scope = scopeOf(tenant);
});
const made = async (body: Record<string, unknown>, of = tenant) => {
  const answer = await ask(of, 'POST', CUSTOMERS, body);
  expect(answer.status, answer.text).toBe(201);
  return answer;
};

describe('a change and its audit row', () => {
  it('a change is audited with the changed fields only', async () => {
    const { body } = await made({ first_name: 'Anna', last_name: 'Alt', notes: 'Tee' });
    const { id } = body.data;
    await ask(tenant, 'PATCH', `${CUSTOMERS}/${id}`, { last_name: 'Neu', notes: 'Tee', phones: ['0171 1234567'] });
    const rows = await scope.db.rows(auditLog, { limit: 1_000 });
    const updated = rows.find((row) => row.subjectId === id && row.description === 'customer.updated');
    expect(updated?.fields).toEqual(['lastName', 'phones']);
    const values = (await scope.db.rows(auditValues, { limit: 1_000 })).find((row) => row.auditId === updated?.id);
    expect(values).toMatchObject({
      before: { lastName: 'Alt', phones: '[]' },
      after: { lastName: 'Neu', phones: '["+491711234567"]' },
    });
    expect(JSON.stringify(updated)).not.toContain('Neu');
  });

  it('a change that changes nothing has no version and no audit row', async () => {
    const { body, etag } = await made({ first_name: 'Anna', last_name: 'Gleich', phones: ['0171 7654321'] });
    const { id } = body.data;
    for (const change of [{}, { first_name: 'Anna' }, { phones: ['+49 171 7654321'] }]) {
      const same = await ask(tenant, 'PATCH', `${CUSTOMERS}/${id}`, change, { 'If-Match': etag ?? '' });
      expect(same, JSON.stringify(change)).toMatchObject({ status: 200, etag: '"1"', body: { data: { version: 1 } } });
    }
    expect(await auditOf(scope, id)).toEqual(['customer.created']);
  });

  it('neither is there when the batch fails', async () => {
    const id = newId('customer', scope.now);
    const row = { id, lastName: 'Halb', source: 'admin' as const, createdAt: scope.now, updatedAt: scope.now };
    const [insert, ...more] = customerInsert(scope.db, row, [], true);
    const bad = scope.db.insertOf(customers, { ...row, id: `${id}x`, version: 0 });
    await expect(insertItem(scope, CUSTOMER_KIND, { id, writes: [insert, ...more, bad], after: {} })).rejects.toThrow(
      /CHECK|constraint/,
    );
    expect(await scope.db.rows(customers, { limit: 1_000 })).not.toContainEqual(expect.objectContaining({ id }));
    expect(await auditOf(scope, id)).toEqual([]);
    expect(await wordsOf(scope, id)).toBe(0);
  });

  it('of many changes at once with one version one wins, and the others leave nothing', async () => {
    const { id } = (await made({ last_name: 'Viele' })).body.data;
    const done = await Promise.all(
      Array.from({ length: 8 }, (_, i) => updateCustomer(scope, { id, expectedVersion: 1, change: { notes: `${i}` } })),
    );
    expect(done.filter((result) => result.ok)).toHaveLength(1);
    for (const result of done) if (!result.ok) expect(result.error.code).toBe('VERSION_CONFLICT');
    expect((await auditOf(scope, id)).sort()).toEqual(['customer.created', 'customer.updated']);
  });

  it('without a version every change is made on what the one before left', async () => {
    const { id } = (await made({ last_name: 'Folge' })).body.data;
    const done = await Promise.all([
      updateCustomer(scope, { id, expectedVersion: null, change: { notes: 'a' } }),
      updateCustomer(scope, { id, expectedVersion: null, change: { vip: true } }),
    ]);
    expect(done.every((result) => result.ok)).toBe(true);
    expect((await ask(tenant, 'GET', `${CUSTOMERS}/${id}`)).body.data).toMatchObject({
      notes: 'a',
      is_vip: true,
      version: 3,
    });
  });

  it('who may only look changes nothing, by any command', async () => {
    const looker = await seedTenant({ scopes: ['view_customers'] });
    const guest = openTenant(platformOf(env), looker.tenantId, {
      kind: 'api_key',
      reach: WHOLE_REACH,
      keyId: 'key_x',
      tenantId: looker.tenantId as never,
      permissions: ['view_customers'],
      mode: 'test',
    });
    expect(await updateCustomer(guest, { id: 'cus_x', expectedVersion: null, change: { notes: 'x' } })).toMatchObject({
      ok: false,
      error: { code: 'PERMISSION_DENIED', permission: 'edit_customers' },
    });
    expect((await ask(looker, 'DELETE', `${CUSTOMERS}/cus_x`)).status).toBe(403);
    expect((await ask(looker, 'GET', `${CUSTOMERS}/export`)).status).toBe(403);
  });
});

describe('deletion', () => {
  it('hides a customer, shows it among the deleted, and can be undone', async () => {
    const { body, etag } = await made({ first_name: 'Weg', last_name: 'Damit', phones: ['0171 2223344'] });
    const { id } = body.data;
    const stale = await ask(tenant, 'DELETE', `${CUSTOMERS}/${id}`, undefined, { 'If-Match': '"9"' });
    expect(stale).toMatchObject({ status: 409, body: { error: { code: 'VERSION_CONFLICT' } } });
    const gone = await ask(tenant, 'DELETE', `${CUSTOMERS}/${id}`, undefined, { 'If-Match': etag ?? '' });
    expect(gone).toMatchObject({ status: 200, etag: '"2"', body: { data: { id, deleted_at: expect.any(String) } } });
    expect((await ask(tenant, 'GET', `${CUSTOMERS}/${id}`)).status).toBe(404);
    expect((await ask(tenant, 'DELETE', `${CUSTOMERS}/${id}`)).status).toBe(404);
    expect((await ask(tenant, 'PATCH', `${CUSTOMERS}/${id}`, { notes: 'x' })).status).toBe(404);
    for (const query of ['q=Weg Damit', 'phone=01712223344', 'q=0171 2223344'])
      expect((await ask(tenant, 'GET', `${CUSTOMERS}?${query}`)).body.data, query).toEqual([]);
    const deleted = await ask(tenant, 'GET', `${CUSTOMERS}?deleted=true&q=Weg`);
    expect(deleted.body.data).toMatchObject([{ id }]);
    const back = await ask(tenant, 'POST', `${CUSTOMERS}/${id}/restore`);
    expect(back).toMatchObject({ status: 200, etag: '"3"', body: { data: { id, deleted_at: null } } });
    expect(await ask(tenant, 'POST', `${CUSTOMERS}/${id}/restore`)).toMatchObject({ status: 200, etag: '"3"' });
    expect(namesOf(await ask(tenant, 'GET', `${CUSTOMERS}?q=01712223344`))).toEqual(['Weg Damit']);
    expect(await auditOf(scope, id)).toEqual(['customer.created', 'customer.deleted', 'customer.restored']);
  });

  it('ends after 30 days: removed with lines and words, or archived where appointments are', async () => {
    const other = await seedTenant();
    const mine = scopeOf(other);
    const [plain, served, kept] = await Promise.all(
      ['Ohne', 'Mit', 'Behalten'].map(
        async (last_name) => (await made({ last_name, phones: ['030 123456'] }, other)).body.data.id,
      ),
    );
    await mine.db.insert(appointments, anAppointment(served));
    for (const id of [plain, served]) await ask(other, 'DELETE', `${CUSTOMERS}/${id}`);
    const now = mine.now as Instant;
    expect(await removeDeleted(mine.db, (now + RESTORABLE_MS - 60_000) as Instant, 10)).toEqual({
      removed: 0,
      archived: 0,
      more: false,
    });
    const later = (now + RESTORABLE_MS + 60_000) as Instant;
    expect(await removeDeleted(mine.db, later, 1)).toMatchObject({ more: true });
    await removeDeleted(mine.db, later, 10);
    expect(await removeDeleted(mine.db, later, 10)).toEqual({ removed: 0, archived: 0, more: false });
    const rows = await mine.db.rows(customers);
    expect(rows.map((row) => row.id).sort()).toEqual([served, kept].sort());
    expect(rows.find((row) => row.id === served)?.archivedAt).toBe(later);
    expect([await wordsOf(mine, plain), (await wordsOf(mine, kept)) > 0]).toEqual([0, true]);
    expect(await auditOf(mine, plain)).toEqual(['customer.created', 'customer.deleted', 'customer.removed']);
    expect((await ask(other, 'POST', `${CUSTOMERS}/${plain}/restore`)).status).toBe(404);
    expect((await ask(other, 'POST', `${CUSTOMERS}/${served}/restore`)).body.data).toMatchObject({ archived_at: null });
  });
});

const anAppointment = (customerId: string) => appointmentRow({ id: `apt_${customerId}`, customerId, startsAt: 1 });

describe('search', () => {
  let salon: SeededTenant;
  beforeAll(async () => {
    salon = await seedTenant();
    for (const [first_name, last_name, phone, email] of [
      ['Anna', 'Müller', '0171 1000001', 'anna@example.test'],
      ['Annabelle', 'Mueller', '0171 1000002', 'belle@example.test'],
      ['Jürgen', 'Groß', '030 9000001', null],
      ['Işıl', 'Çelik', '+43 1 5123456', null],
      ['Sean', 'O’Connor', '0171 1000003', null],
      ['Anna Maria', 'von der Heide-Schmidt', '0171 1000004', null],
    ])
      await made({ first_name, last_name, email, phones: [phone] }, salon);
  });

  it.each([
    ['Anna Müller', ['Anna Müller', 'Annabelle Mueller']],
    ['anna mueller', ['Anna Müller', 'Annabelle Mueller']],
    ['muller', ['Annabelle Mueller', 'Anna Müller']],
    ['Müller Anna', ['Anna Müller', 'Annabelle Mueller']],
    ['ann mül', ['Annabelle Mueller', 'Anna Müller']],
    ['JUERGEN GROSS', ['Jürgen Groß']],
    ['isil celik', ['Işıl Çelik']],
    ["o'connor", ['Sean O’Connor']],
    ['connor sean', ['Sean O’Connor']],
    ['anna heide', ['Anna Maria von der Heide-Schmidt']],
    ['anna maria schmidt', ['Anna Maria von der Heide-Schmidt']],
    ['maria heide schm', ['Anna Maria von der Heide-Schmidt']],
    ['+49 (0)171 100 00 01', ['Anna Müller']],
    ['0171-1000002', ['Annabelle Mueller']],
    ['0049 30 9000001', ['Jürgen Groß']],
    ['+4315123456', ['Işıl Çelik']],
    ['0309000', ['Jürgen Groß']],
    ['ANNA@example.test', ['Anna Müller']],
    ['belle@', ['Annabelle Mueller']],
    ['Xaver', []],
    ['Xaver Müller', []],
    ['%', []],
  ])('%s', async (text, names) => {
    const found = await ask(salon, 'GET', `${CUSTOMERS}?q=${encodeURIComponent(text)}`);
    expect(found.status, found.text).toBe(200);
    expect(namesOf(found)).toEqual(names);
  });

  it('a new name is found and the old one no longer', async () => {
    const { id } = (await made({ first_name: 'Vera', last_name: 'Altmann' }, salon)).body.data;
    await ask(salon, 'PATCH', `${CUSTOMERS}/${id}`, { last_name: 'Neumann' });
    expect(namesOf(await ask(salon, 'GET', `${CUSTOMERS}?q=vera neumann`))).toEqual(['Vera Neumann']);
    expect((await ask(salon, 'GET', `${CUSTOMERS}?q=altmann`)).body.data).toEqual([]);
  });

  it('pages of a search end where the next begins, in every order', async () => {
    const many = await seedTenant();
    for (let i = 0; i < 7; i++) await made({ first_name: 'Eva', last_name: `Sommer${i}` }, many);
    for (const sort of ['name', '-created_at', '-last_activity_at']) {
      const seen: string[] = [];
      let cursor = '';
      for (let pages = 0; pages < 7; pages++) {
        const page = await ask(many, 'GET', `${CUSTOMERS}?q=eva&limit=2&sort=${sort}${cursor}`);
        seen.push(...namesOf(page));
        if (!page.body.meta.has_more) break;
        cursor = `&cursor=${page.body.meta.next_cursor}`;
      }
      expect(new Set(seen).size, sort).toBe(7);
      expect(seen, sort).toHaveLength(7);
    }
  });

  it('names from before the search are indexed step by step', async () => {
    const old = await seedTenant();
    const mine = scopeOf(old);
    for (const n of [1, 2, 3])
      await mine.db.insert(customers, {
        id: newId('customer', processNow()),
        firstName: 'Uralt',
        lastName: `Kunde${n}`,
        source: 'import',
        createdAt: n,
        updatedAt: n,
      });
    expect((await ask(old, 'GET', `${CUSTOMERS}?q=uralt`)).body.data).toEqual([]);
    expect(await indexCustomers(mine.db, mine.now as Instant, 2)).toEqual({ indexed: 2, more: true });
    expect(await indexCustomers(mine.db, mine.now as Instant, 2)).toEqual({ indexed: 1, more: false });
    expect(namesOf(await ask(old, 'GET', `${CUSTOMERS}?q=uralt kunde&sort=name`))).toEqual([
      'Uralt Kunde1',
      'Uralt Kunde2',
      'Uralt Kunde3',
    ]);
  });
});

describe('lists', () => {
  it('are ordered and filtered as asked; a cursor belongs to its order and holds no name', async () => {
    const own = await seedTenant();
    for (const [last_name, is_vip] of [
      ['Berg', true],
      ['Ärmel', false],
      ['Zander', true],
      ['Alt', true],
    ])
      await made({ last_name, is_vip }, own);
    const list = async (query: string) => namesOf(await ask(own, 'GET', `${CUSTOMERS}?${query}`));
    expect(await list('sort=name')).toEqual(['Alt', 'Ärmel', 'Berg', 'Zander']);
    expect(await list('sort=-name&is_vip=true')).toEqual(['Zander', 'Berg', 'Alt']);
    expect(await list('sort=created_at&is_vip=false')).toEqual(['Ärmel']);
    expect(await list('journey_status=lead&sort=name&is_vip=true')).toEqual(['Alt', 'Berg', 'Zander']);
    expect(await list('journey_status=churned')).toEqual([]);
    const first = await ask(own, 'GET', `${CUSTOMERS}?sort=name&limit=2`);
    const cursor: string = first.body.meta.next_cursor;
    expect(atob(cursor.replaceAll('-', '+').replaceAll('_', '/')).toLowerCase()).not.toMatch(/alt|rmel/);
    expect(await list(`sort=name&limit=2&cursor=${cursor}`)).toEqual(['Berg', 'Zander']);
    for (const query of [
      `sort=-name&cursor=${cursor}`,
      `sort=created_at&cursor=${cursor}`,
      'cursor=nonsense',
      'sort=phone',
    ])
      expect((await ask(own, 'GET', `${CUSTOMERS}?${query}`)).status, query).toBe(422);
  });

  it('who was not there for 36 months is listed: nobody who called, came, is to come, was entered or agreed since', async () => {
    const own = await seedTenant();
    const mine = scopeOf(own);
    const now = processNow();
    const [long, short] = [now - 1_130 * DAY, now - 900 * DAY];
    const person = (lastName: string, said: Partial<typeof customers.$inferInsert> = {}) => ({
      id: `cus_${lastName}`,
      lastName,
      source: 'import' as const,
      createdAt: long,
      updatedAt: long,
      lastActivityAt: long,
      ...said,
    });
    for (const one of [
      person('Gone'),
      person('Never', { lastActivityAt: null }),
      person('Rang', { lastActivityAt: short }),
      person('New', { createdAt: short, lastActivityAt: null }),
      person('Agreed', { marketingConsent: true }),
      person('Came'),
      person('Comes'),
      person('Linked'),
      person('Deleted', { deletedAt: now }),
    ])
      await mine.db.insert(customers, one);
    for (const [id, customerId, startsAt] of [
      ['apt_0', 'cus_Gone', long],
      ['apt_1', 'cus_Came', short],
      ['apt_2', 'cus_Comes', now + 30 * DAY],
    ] as const)
      await mine.db.insert(appointments, appointmentRow({ id, customerId, startsAt, createdAt: long }));
    await seedCalls(
      mine.db,
      [{ id: 'call_1', direction: 'inbound', status: 'ended', startedAt: short, customerId: 'cus_Linked' }],
      now,
    );
    const list = async (query: string) => namesOf(await ask(own, 'GET', `${CUSTOMERS}?${query}`));
    expect((await list('unused_months=36&sort=last_activity_at')).sort()).toEqual(['Gone', 'Never']);
    expect((await list('unused_months=24&sort=last_activity_at')).sort()).toEqual([
      'Came',
      'Gone',
      'Linked',
      'Never',
      'New',
      'Rang',
    ]);
    expect(await list('unused_months=48')).toEqual([]);
    expect((await ask(own, 'GET', `${CUSTOMERS}?unused_months=1`)).status).toBe(422);
    // One by one from there.
    expect((await ask(own, 'POST', `${CUSTOMERS}/cus_Gone/erasure`, {})).status).toBe(200);
    expect(await list('unused_months=36')).toEqual(['Never']);
  });

  it('filters without an index look at a bounded stretch and say so', async () => {
    const own = await seedTenant();
    const mine = scopeOf(own);
    for (let i = 0; i < 60; i += 20)
      await mine.db.batch(
        Array.from({ length: 20 }, (_, n) =>
          mine.db.insertOf(customers, {
            id: `cus_${String(i + n).padStart(3, '0')}`,
            lastName: `N${i + n}`,
            vip: i + n !== 1,
            source: 'import',
            createdAt: i + n,
            updatedAt: 1,
          }),
        ),
      );
    const first = await ask(own, 'GET', `${CUSTOMERS}?is_vip=false&limit=2`);
    expect(first.body).toMatchObject({ data: [], meta: { has_more: true, truncated: true } });
    const second = await ask(own, 'GET', `${CUSTOMERS}?is_vip=false&limit=2&cursor=${first.body.meta.next_cursor}`);
    expect(namesOf(second)).toEqual(['N1']);
    expect(second.body.meta).toEqual({ next_cursor: null, has_more: false });
  });

  it('are exported as a file that runs nothing, and it is noted who took it', async () => {
    const own = await seedTenant();
    await made({ first_name: '-Eva', last_name: 'Müller, Meier', phones: ['0171 1234567'] }, own);
    await made({ last_name: 'Zwei' }, own);
    const file = await ask(own, 'GET', `${CUSTOMERS}/export?format=csv&sort=created_at`);
    expect(file.status, file.text).toBe(200);
    const [head, one, two, end] = file.text.replace('\u{feff}', '').split('\r\n');
    expect(head).toBe(
      'id,first_name,last_name,email,phones,language,is_vip,journey_status,source,notes,tags,last_activity_at,created_at',
    );
    expect(one).toContain(`,'-Eva,"Müller, Meier",,+491711234567,`);
    expect([two?.includes(',Zwei,'), end]).toEqual([true, '']);
    expect(await auditOf(scopeOf(own), '*')).toEqual(['customer.exported']);
    expect((await ask(own, 'GET', `${CUSTOMERS}/export?format=pdf`)).status).toBe(422);
  });
});
