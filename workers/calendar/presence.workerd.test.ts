/** Presence over HTTP through the assembled app: colleagues see each other, tenants never, branches as far as one reaches, nothing is stored, and its failure is nobody's. */
import { createExecutionContext, runInDurableObject } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import { MAX_NAMED, presenceResponse } from '../../shared/contract/presence.ts';
import { type FurnishedTenant, furnishTenant } from '../../tests/contract/fixtures.ts';
import { generousEnv, signIn } from '../../tests/contract/requests.ts';
import { env, PASSWORD, PLATFORM, type SeededTenant, unique } from '../../tests/contract/tenants.ts';
import { app } from '../app.ts';
import { platformOf } from '../env.ts';
import { createUser } from '../identity/accounts.ts';
import { objectFor } from '../object-runtime/place.ts';

const DATE = '2027-03-28';
let tenant: FurnishedTenant;
let other: FurnishedTenant;
let anna = '';
let jan = '';

async function cookieOf(of: SeededTenant, name: string, branches: readonly string[] | null = null): Promise<string> {
  const email = `${unique('colleague')}@salon.test`;
  const made = await createUser(
    platformOf(generousEnv),
    { tenantId: of.tenantId, email, name, role: 'receptionist', password: PASSWORD, language: 'de' },
    processNow(),
  );
  if (!made.ok) throw new Error(JSON.stringify(made.error));
  if (branches !== null)
    await env.DB.prepare('UPDATE users SET branch_ids = ?1 WHERE email = ?2')
      .bind(JSON.stringify(branches), email)
      .run();
  return signIn({ ...of, email });
}

async function put(cookie: string, body: object, bindings: typeof generousEnv = generousEnv) {
  const response = await app.fetch(
    new Request(`${PLATFORM}/api/v1/presence`, {
      method: 'PUT',
      headers: { Cookie: cookie, Origin: PLATFORM, 'Content-Type': 'application/json' },
      body: JSON.stringify({ branch_id: tenant.branch, date: DATE, page: 'one', ...body }),
    }),
    bindings,
    createExecutionContext(),
  );
  const text = await response.text();
  return { status: response.status, text };
}
async function others(cookie: string, body: object = {}): Promise<string[]> {
  const { status, text } = await put(cookie, body);
  expect(status, text).toBe(200);
  return presenceResponse.parse(JSON.parse(text)).data.others.map(({ name }) => name);
}

beforeAll(async () => {
  [tenant, other] = [await furnishTenant(signIn), await furnishTenant(signIn)];
  [anna, jan] = [await cookieOf(tenant, 'Anna Empfang'), await cookieOf(tenant, 'Jan Leitung')];
});

describe('presence', () => {
  it('colleagues on one day see each other, on another day nobody, and who leaves is gone at once', async () => {
    expect(await others(anna)).toEqual([]);
    expect(await others(jan)).toEqual(['Anna Empfang']);
    expect(await others(anna)).toEqual(['Jan Leitung']);
    expect(await others(jan, { date: '2027-03-29', page: 'two' })).toEqual([]);
    await others(jan, { here: false });
    expect(await others(anna)).toEqual([]);
  });

  it('a page of several days is on each of them, once, and sees who looks at any', async () => {
    // the clock changes on the 28th
    const week = { date: '2027-03-22', days: 7, page: 'week' };
    expect(await others(anna, week)).toEqual([]);
    for (const date of ['2027-03-22', '2027-03-28']) expect(await others(jan, { date })).toEqual(['Anna Empfang']);
    expect(await others(jan, { date: '2027-03-29' })).toEqual([]);
    expect(await others(anna, week)).toEqual(['Jan Leitung']);
    expect(await others(anna, { ...week, here: false })).toEqual(['Jan Leitung']);
    expect(await others(jan, { date: '2027-03-25', here: false })).toEqual([]);
    for (const date of ['2027-03-22', '2027-03-28', '2027-03-29']) await others(jan, { date, here: false });
    expect((await put(anna, { ...week, days: 8 })).status).toBe(422);
  });

  it('who says nothing for 45 s is forgotten', async () => {
    await others(jan, { date: '2027-10-31' });
    try {
      setClockOffset(44_000);
      expect(await others(anna, { date: '2027-10-31', here: false })).toEqual(['Jan Leitung']);
      setClockOffset(46_500);
      expect(await others(anna, { date: '2027-10-31', here: false })).toEqual([]);
    } finally {
      setClockOffset(0);
    }
  });

  it('tabs of a person count once', async () => {
    for (const page of ['a', 'b', 'c']) await others(jan, { date: '2027-05-01', page });
    expect(await others(anna, { date: '2027-05-01' })).toEqual(['Jan Leitung']);
    await others(jan, { date: '2027-05-01', page: 'a', here: false });
    expect(await others(anna, { date: '2027-05-01' })).toEqual(['Jan Leitung']);
  });

  it('another tenant is never seen, and its branches are not there', async () => {
    const stranger = await cookieOf(other, 'Fremde');
    expect((await put(stranger, {})).status).toBe(404);
    await others(anna, { date: '2027-06-01' });
    expect(await others(stranger, { branch_id: other.branch, date: '2027-06-01' })).toEqual([]);
  });

  it('a branch beyond one’s reach is not there', async () => {
    const narrow = await cookieOf(tenant, 'Nur Nord', ['brn_elsewhere']);
    expect((await put(narrow, {})).status).toBe(404);
  });

  it('names a bounded number and counts the rest, and keeps nothing in storage', async () => {
    const object = objectFor(env.PRESENCE, tenant.tenantId, false);
    for (let n = 0; n < MAX_NAMED + 5; n++)
      await object.present(
        {
          branchId: tenant.branch,
          dates: ['2027-07-01'],
          looker: { userId: `usr_${n}`, name: `Person ${String(n).padStart(2, '0')}`, page: 'a', isHere: true },
        },
        processNow(),
      );
    const { data } = presenceResponse.parse(JSON.parse((await put(anna, { date: '2027-07-01' })).text));
    expect([data.others.length, data.more]).toEqual([MAX_NAMED, 5]);
    const kept = await runInDurableObject(object, async (_instance, state) => [
      (await state.storage.list()).size,
      await state.storage.getAlarm(),
      state.storage.sql.exec("SELECT count(*) AS n FROM sqlite_master WHERE name NOT LIKE '\\_cf%' ESCAPE '\\'").one()[
        'n'
      ],
    ]);
    expect(kept).toEqual([0, null, 0]);
  });

  it('an object that cannot be asked hides the others and nothing else', async () => {
    const broken = {
      ...generousEnv,
      PRESENCE: {
        idFromName: () => {
          throw new Error('away');
        },
      },
    } as never;
    const { status, text } = await put(anna, {}, broken);
    expect([status, presenceResponse.parse(JSON.parse(text)).data.others]).toEqual([200, []]);
  });
});
