/** Branches and people are counted by the object that writes them: two requests at once can't both be the last, and what is restored counts too. */
import { beforeAll, describe, expect, it } from 'vitest';
import { type FurnishedTenant, furnishTenant } from '../../tests/contract/fixtures.ts';
import { askApi, signIn } from '../../tests/contract/requests.ts';
import { env } from '../../tests/contract/tenants.ts';
import { forgetTenant } from '../storage/platform-db.ts';

let tenant: FurnishedTenant;
beforeAll(async () => {
  tenant = await furnishTenant(signIn);
});

const ask = (method: string, path: string, body?: unknown, headers: Record<string, string> = {}) =>
  askApi(tenant.apiKey, method, path, { headers, ...(body === undefined ? {} : { body }) });
const add = (name: string, headers: Record<string, string> = {}) =>
  ask('POST', '/api/v1/staff', { first_name: name, branch_ids: [tenant.branch] }, headers);
const count = async (): Promise<number> => {
  const { result } = await tenant.scope.calendar.schedule();
  return result.ok ? result.value.staff.length : 0;
};
/** @param room how many more there may be than there are */
async function limited(room: number): Promise<number> {
  const staff = (await count()) + room;
  await env.DB.prepare('UPDATE tenants SET limits = ?1 WHERE id = ?2')
    .bind(JSON.stringify({ staff }), tenant.tenantId)
    .run();
  forgetTenant(tenant.tenantId);
  return staff;
}
const full = (max: number) => ({ code: 'LIMIT_REACHED', details: { limit: 'staff', max } });

describe('how many people a tenant may have', () => {
  it('is kept by two requests at the same moment', async () => {
    const max = await limited(1);
    const both = await Promise.all([add('Eva'), add('Ole')]);
    expect(both.map(({ status }) => status).sort()).toEqual([201, 422]);
    expect(both.find(({ status }) => status === 422)?.body.error).toMatchObject(full(max));
    expect(await count()).toBe(max);
  });

  it('counts what is restored, and not what is changed', async () => {
    await limited(1);
    const made = await add('Ida');
    const path = `/api/v1/staff/${made.body.data.id}`;
    expect((await ask('PATCH', path, { last_name: 'Berg' })).status).toBe(200);
    expect((await ask('DELETE', path)).status).toBe(200);
    expect((await add('Jan')).status).toBe(201);
    const max = await count();
    const restored = await ask('POST', `${path}/restore`, {});
    expect([restored.status, restored.body.error]).toMatchObject([422, full(max)]);
    await limited(1);
    expect((await ask('POST', `${path}/restore`, {})).status).toBe(200);
  });

  it('answers a repeat of what was made while there was room', async () => {
    await limited(1);
    const key = { 'Idempotency-Key': 'the-last-one' };
    const first = await add('Pia', key);
    const again = await add('Pia', key);
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(again.body.data.id).toBe(first.body.data.id);
  });

  it('is kept by the wizard, which writes many at once', async () => {
    const max = await limited(1);
    const { result } = await tenant.scope.calendar.schedule();
    const known = result.ok ? result.value.staff[0] : undefined;
    if (known === undefined) throw new Error('the furnished tenant has nobody');
    const item = (id: string) => ({ kind: 'staff' as const, id, body: known.body });
    const put = (key: string, ids: string[]) =>
      tenant.scope.calendar.putScheduleMany({
        key,
        now: tenant.scope.now,
        actor: { kind: 'system', id: 'test' },
        items: ids.map(item),
        most: { staff: max },
      });
    const over = await put('many:over', ['stf_limit_one', 'stf_limit_two']);
    expect(over.result).toMatchObject({ ok: false, error: { code: 'LIMIT_REACHED', limit: 'staff', max } });
    // Who is there already is no question.
    expect((await put('many:room', [known.id, 'stf_limit_one'])).result.ok).toBe(true);
    expect(await count()).toBe(max);
  });
});

describe('how many companies a tenant may have', () => {
  const companies = async (): Promise<string[]> => {
    const listed = await ask('GET', '/api/v1/companies?limit=100');
    return listed.body.data.map(({ id }: { id: string }) => id);
  };
  async function companiesTo(companies: number): Promise<void> {
    await env.DB.prepare('UPDATE tenants SET limits = ?1 WHERE id = ?2')
      .bind(JSON.stringify({ companies }), tenant.tenantId)
      .run();
    forgetTenant(tenant.tenantId);
  }
  const found = (name: string) => ask('POST', '/api/v1/companies', { name });

  it('is kept by ten requests at the same moment', async () => {
    const most = (await companies()).length + 3;
    await companiesTo(most);
    const ten = await Promise.all(Array.from({ length: 10 }, (_, i) => found(`Firma ${i}`)));
    expect(ten.map(({ status }) => status).sort()).toEqual([201, 201, 201, ...Array(7).fill(422)]);
    expect(ten.find(({ status }) => status === 422)?.body.error).toMatchObject({
      code: 'LIMIT_REACHED',
      details: { limit: 'companies', max: most },
    });
    expect(await companies()).toHaveLength(most);
  });

  it('counts what is restored, with branches and without, and not what is changed', async () => {
    const all = await companies();
    await companiesTo(all.length);
    const [spare = ''] = all.slice(-1);
    const path = `/api/v1/companies/${spare}`;
    expect((await ask('PATCH', path, { name: 'Firma neu' })).status).toBe(200);
    const branch = await ask('POST', '/api/v1/branches', {
      name: 'Zweig',
      company_id: spare,
      time_zone: 'Europe/Berlin',
      country: 'DE',
    });
    expect(branch.status, branch.text).toBe(201);
    for (const held of [true, false]) {
      if (!held) expect((await ask('DELETE', `/api/v1/branches/${branch.body.data.id}`)).status).toBe(200);
      const gone = await ask('DELETE', path);
      expect(gone.status, gone.text).toBe(200);
      const other = await found('Eine andere');
      expect(other.status, other.text).toBe(201);
      expect((await ask('POST', `${path}/restore`, {})).body.error).toMatchObject({ code: 'LIMIT_REACHED' });
      expect((await ask('DELETE', `/api/v1/companies/${other.body.data.id}`)).status).toBe(200);
      expect((await ask('POST', `${path}/restore`, {})).status).toBe(200);
    }
  });
});
