/** Generated: what no schema names is refused by name, in the query of every route of our own REST and in every body. */
import { beforeAll, describe, expect, it } from 'vitest';
import { PERMISSIONS } from '../../shared/permissions.ts';
import { operationsOf } from './document.ts';
import { askApi } from './requests.ts';
import { type SeededTenant, seedTenant } from './tenants.ts';
import { openApi } from './whole-document.ts';

const OWN = /^\/(api\/(v1|v2|billing)|customer)\//;
const operations = operationsOf(openApi).filter(({ path }) => OWN.test(path) && !path.includes('{'));
let tenant: SeededTenant;
let operator: SeededTenant;
let judged = 0;
beforeAll(async () => {
  tenant = await seedTenant();
  operator = await seedTenant({ type: 'platform', role: 'super_admin', scopes: PERMISSIONS });
});

/** By the owner's key, or by the operator's where owners may not. */
async function refusalOf(method: string, path: string, body?: unknown) {
  const own = await askApi(tenant.apiKey, method, path, { body });
  const answer = own.status === 403 ? await askApi(operator.apiKey, method, path, { body }) : own;
  return { status: answer.status, fields: Object.keys(answer.body?.error?.errors ?? {}) };
}

describe('a member that no schema names', () => {
  it.each(operations.map(({ method, path }) => [method, path] as const))(
    'is refused by %s %s',
    async (method, path) => {
      const isRead = method.toUpperCase() === 'GET';
      const asked = await refusalOf(method.toUpperCase(), `${path}?naem=x`, isRead ? undefined : {});
      // Keys make no keys, and a key is not somebody who can sign in again: refused before anything is read.
      if (asked.status === 403) return;
      judged += 1;
      expect(asked).toMatchObject({ status: 422, fields: expect.arrayContaining(['naem']) });
    },
  );

  it('was looked for in most routes', () => expect(judged).toBeGreaterThan(operations.length * 0.9));

  it('is refused in a body beside what is known, and nothing is changed', async () => {
    const made = await askApi(tenant.apiKey, 'POST', '/api/v1/tags', { body: { name: 'Stamm', colour: 'red' } });
    expect([made.status, made.body.error.errors]).toMatchObject([422, { colour: [expect.any(String)] }]);
    const list = await askApi(tenant.apiKey, 'GET', '/api/v1/tags');
    expect(list.body.data).toEqual([]);
  });

  it('an empty change is no change: 200, the same version, no row of the activity log', async () => {
    const made = await askApi(tenant.apiKey, 'POST', '/api/v1/tags', { body: { name: 'Stamm' } });
    const { id, version } = made.body.data;
    const same = await askApi(tenant.apiKey, 'PATCH', `/api/v1/tags/${id}`, { body: {} });
    expect([same.status, same.body.data.version]).toEqual([200, version]);
    const log = await askApi(tenant.apiKey, 'GET', `/api/v1/activity?subject_id=${id}`);
    expect(log.body.data.map((row: { event: string }) => row.event)).toEqual(['tag.created']);
  });
});
