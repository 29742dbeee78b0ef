/**
 * Erasing a customer: a text that says who it was is planted in every place that may hold one, and afterwards no place does. Beside it:
 * running-call (while a call is going on), killed (at any statement), restored (yesterday's database or object comes back), calcom.
 */
import { createExecutionContext } from 'cloudflare:test';
import { eq } from 'drizzle-orm';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { env, PLATFORM, seedTenant } from '../../../tests/contract/tenants.ts';
import { app } from '../../app.ts';
import { platformOf } from '../../env.ts';
import { erasureOf } from '../../storage/queries/erasures.ts';
import { calls } from '../../storage/tables/calls.ts';
import { customers, customerPhones } from '../../storage/tables/crm.ts';
import { effects } from '../../storage/tables/delivery.ts';
import { requestErasure } from '../commands/request-erasure.ts';
import { withdrawErasure } from '../commands/withdraw-erasure.ts';
import { Caller, mobile, person } from '../../telephony/identity.fixture.ts';
import { salon } from '../../telephony/telephony.fixture.ts';
import { holdsNobodyIn } from './columns.fixture.ts';
import { erase, runOfProduct as run } from './erasure.fixture.ts';
import { inObject, planted, textColumnsOf, traces } from './planted.fixture.ts';
import { PLACES, ROW_COVERS } from './places.ts';

const _platform = platformOf(env);

beforeEach(() => {
  for (const level of ['warn', 'error', 'log'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
});
afterEach(() => vi.restoreAllMocks());

const sqlOf = (id: string) => eq(customers.id, id);

describe('an erased customer', () => {
  it('had a trace in every place that the erasure goes through, and has none anywhere afterwards', async () => {
    const one = await planted(await salon());
    const places = [...PLACES.flatMap(({ covers }) => covers), ...ROW_COVERS].filter((at) => !at.startsWith('vendor:'));
    const before = await traces(one);
    expect(places.filter((place) => !before.includes(place))).toEqual([]);
    // Nor anywhere that the erasure does not know of.
    expect(before.filter((place) => !places.includes(place))).toEqual([]);
    await erase(one);
    expect(await traces(one)).toEqual([]);
    expect(await erasureOf(one.at.scope.db, one.who.id)).toMatchObject({ state: 'erased', counts: { calls: 3 } });
  });

  it.each(['calendar', 'ledger'] as const)(
    'no column of the %s object’s file is unknown to the erasure',
    async (kind) => {
      const { at } = await planted(await salon());
      const columns = await inObject(kind, at.tenantId, ({ sql }) => textColumnsOf(sql));
      const covered = PLACES.flatMap(({ covers }) => covers).flatMap((place) =>
        place.startsWith(`${kind}:`) ? [place.slice(kind.length + 1)] : [],
      );
      const nobody = holdsNobodyIn(kind);
      expect(
        columns.filter((column) => !covered.includes(column) && !nobody.has(column)),
        'place them in workers/crm/erasure/places.ts, or say in columns.fixture.ts why nothing of a customer is in them',
      ).toEqual([]);
      expect([...covered, ...nobody].filter((column) => !columns.includes(column))).toEqual([]);
      expect(covered.filter((column) => nobody.has(column))).toEqual([]);
    },
  );

  it('leaves appointments and money as they were', async () => {
    const one = await planted(await salon());
    const visit = one.who.appointments[0]?.id ?? '';
    const before = await one.at.scope.calendar.appointment(visit);
    await erase(one);
    const after = await one.at.scope.calendar.appointment(visit);
    if (!before.result.ok || !after.result.ok) throw new Error('no appointment');
    expect(after.result.value.appointment).toEqual(before.result.value.appointment);
    expect(after.result.value.texts).toEqual({ notes: null, internalNotes: null });
  });

  it('is asked of Retell, once for each call', async () => {
    const one = await planted(await salon());
    await erase(one);
    const rows = await one.at.scope.db.rows(effects);
    const asked = rows.flatMap(({ kind, ref }) => (kind === 'retell.delete_call' ? [JSON.parse(ref).callId] : []));
    const theirs = await one.at.scope.db.rows(calls, { where: eq(calls.customerId, one.who.id) });
    expect(theirs).toHaveLength(3);
    expect(asked.sort()).toEqual(theirs.map(({ id }) => id).sort());
  });

  it('who calls again is somebody new', async () => {
    const at = await salon();
    const one = await planted(at);
    await erase(one);
    const caller = new Caller(at, one.who.phone);
    await caller.rings();
    const answered = await caller.says('check-customer', {});
    expect(answered.body).toMatchObject({ customer_found: false });
    const lines = await at.scope.db.rows(customerPhones);
    expect(
      lines.filter(({ e164 }) => e164 === one.who.phone).every(({ customerId }) => customerId !== one.who.id),
    ).toBe(true);
  });

  it('takes nobody else along: another person of the same tenant keeps everything', async () => {
    const at = await salon();
    const other = await person(at, 'Karl Bleibt', mobile(), [{ at: '2027-03-03T09:00:00Z', when: 'Mittwoch' }]);
    await at.scope.db.update(customers, { notes: 'Karls Notiz' }, sqlOf(other.id));
    const one = await planted(at);
    await erase(one);
    const row = await at.scope.db.row(customers, sqlOf(other.id));
    expect(row).toMatchObject({ firstName: 'Karl', lastName: 'Bleibt', notes: 'Karls Notiz', erasedAt: null });
  });
});

describe('a request', () => {
  it('hides the person at once, waits 30 days and can be withdrawn until then', async () => {
    const { at, who, mark } = await planted(await salon());
    const asked = await requestErasure(at.scope, { id: who.id });
    if (!asked.ok) throw new Error('refused');
    expect(asked.value.dueAt - asked.value.requestedAt).toBe(30 * 86_400_000);
    expect((await at.scope.db.row(customers, sqlOf(who.id)))?.deletionRequestedAt).not.toBeNull();
    await run('erase_customers');
    expect((await at.scope.db.row(customers, sqlOf(who.id)))?.lastName).toBe(mark);
    expect((await withdrawErasure(at.scope, { id: who.id })).ok).toBe(true);
    expect(await at.scope.db.row(customers, sqlOf(who.id))).toMatchObject({
      deletedAt: null,
      deletionRequestedAt: null,
    });
    expect(await withdrawErasure(at.scope, { id: who.id })).toMatchObject({ error: { code: 'NOT_FOUND' } });
  });

  it('that has been carried out can’t be withdrawn', async () => {
    const one = await planted(await salon());
    await erase(one);
    expect(await withdrawErasure(one.at.scope, { id: one.who.id })).toMatchObject({
      error: { code: 'ILLEGAL_TRANSITION' },
    });
  });

  it('over REST: the owner may, others may not, and nothing of a hidden person is shown', async () => {
    const seeded = await seedTenant();
    const ask = async (method: string, path: string, key: string, body?: object) => {
      const response = await app.request(
        `${PLATFORM}${path}`,
        {
          method,
          headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json', Host: 'localhost' },
          ...(body ? { body: JSON.stringify(body) } : {}),
        },
        env,
        createExecutionContext(),
      );
      return {
        status: response.status,
        body: (await response.json()) as Record<string, never> & { data: Record<string, unknown> },
      };
    };
    const made = await ask('POST', '/api/v1/customers', seeded.apiKey, {
      first_name: 'Erna',
      last_name: 'Kurz',
      email: 'erna@example.test',
    });
    expect(made.status, JSON.stringify(made.body)).toBe(201);
    const id = String(made.body.data['id']);
    const asked = await ask('POST', `/api/v1/customers/${id}/erasure`, seeded.apiKey, {});
    expect(asked).toMatchObject({ status: 200, body: { data: { state: 'requested', can_be_withdrawn: true } } });
    expect((await ask('GET', `/api/v1/customers/${id}`, seeded.apiKey)).status).toBe(404);
    const listed = await ask('GET', '/api/v1/customers?deleted=true', seeded.apiKey);
    expect(JSON.stringify(listed.body)).not.toContain('erna@example.test');
    expect((await ask('DELETE', `/api/v1/customers/${id}/erasure`, seeded.apiKey)).status).toBe(200);
    expect((await ask('GET', `/api/v1/customers/${id}`, seeded.apiKey)).body.data).toMatchObject({ last_name: 'Kurz' });
    expect((await ask('POST', '/api/v1/customers/cus_unknown/erasure', seeded.apiKey, {})).status).toBe(404);
  });
});
