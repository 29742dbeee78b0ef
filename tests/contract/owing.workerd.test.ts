/** Generated: a session that owes a second factor before every route of the document. Only those that say `x-while-owing` answer it; the list of them is short, and stands here. */
import { createExecutionContext } from 'cloudflare:test';
import { beforeAll, describe, expect, it } from 'vitest';
import { app } from '../../workers/app.ts';
import { operationsOf } from './document.ts';
import { emptyRequest, generousEnv, labelOf, signIn } from './requests.ts';
import { env, seedTenant } from './tenants.ts';
import { openApi } from './whole-document.ts';

const OPEN_TO_IT: readonly string[] = [
  'GET /api/auth/passkeys',
  'GET /api/auth/second-factor',
  'GET /api/me',
  'POST /api/auth/confirm-password',
  'POST /api/auth/passkeys',
  'POST /api/auth/passkeys/options',
  'POST /api/auth/second-factor',
  'POST /api/auth/second-factor/confirm',
];
const guarded = operationsOf(openApi).filter(({ kind }) => kind === 'tenant');
type Route = { method: string; path: string };
const says = ({ method, path }: Route, extension: string): boolean =>
  (openApi.paths?.[path] as Record<string, Record<string, unknown>> | undefined)?.[method.toLowerCase()]?.[
    extension
  ] === true;
const saysSo = (route: Route): boolean => says(route, 'x-while-owing');

describe('a session that owes a second factor', () => {
  let cookie = '';
  beforeAll(async () => {
    const tenant = await seedTenant();
    cookie = await signIn(tenant);
    await env.DB.prepare("UPDATE tenants SET factor_demand = 'everybody', factor_demanded_from = 1 WHERE id = ?1")
      .bind(tenant.tenantId)
      .run();
  });

  it('is somebody on the few routes that set one up', () => {
    expect(guarded.filter(saysSo).map(labelOf).sort()).toEqual(OPEN_TO_IT);
  });

  it.each(guarded.filter((one) => !saysSo(one)).map((one) => [labelOf(one), one] as const))(
    'is refused by %s',
    async (_, operation) => {
      const answer = await app.fetch(emptyRequest(operation, cookie), generousEnv, createExecutionContext());
      const body = (await answer.json()) as { error?: { code: string } };
      // What judges itself who may read finds nobody.
      const refused = says(operation, 'x-self-guarded') ? [401, 'UNAUTHENTICATED'] : [403, 'SECOND_FACTOR_REQUIRED'];
      expect([answer.status, body.error?.code]).toEqual(refused);
    },
  );
});
