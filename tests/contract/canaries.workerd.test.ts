/**
 * Generated: a secret is planted through every route whose body takes one, accepted and refused, well and badly formed. Then every answer of
 * the whole document, every log line and every text column of D1 is looked through: none holds it.
 */
import { createExecutionContext, env as testEnv, waitOnExecutionContext } from 'cloudflare:test';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { app } from '../../workers/app.ts';
import { type Operation, operationsOf, setAt } from './document.ts';
import { type FurnishedTenant, furnishTenant, isOperators, isSellers, SELLER } from './fixtures.ts';
import { filledRequest, generousEnv, idsFor, labelOf, required, requestOf, signIn } from './requests.ts';
import { env, freshAddress, PLATFORM, type SeededTenant, seedTenant } from './tenants.ts';
import { stubVendors } from './vendors.ts';
import { openApi } from './whole-document.ts';

/** Members that hold what nobody may read again. */
const SECRET = /(^|[._])(password|secret|secret_key|api_key|auth_token|token)$/;
/** Of a route: what is typed in to sign in, or a link's own secret, is no credential that is stored; it must not turn up either. */
const operations = operationsOf(openApi);
const planted = operations
  .filter(({ kind, method }) => kind !== 'signed' && method !== 'GET')
  .map((operation) => ({
    operation,
    fields: operation.fields.map(({ way }) => way).filter((way) => SECRET.test(way)),
  }))
  .filter(({ fields }) => fields.length > 0);

const MARK = `canary${Array.from(crypto.getRandomValues(new Uint8Array(8)), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;
let serial = 0;
const canary = (): string => `${MARK}-${String(serial++).padStart(4, '0')}-end0`;

const lines: string[] = [];
const answers: { label: string; text: string }[] = [];
/** What the server drew itself and showed once. */
const drawn: string[] = [];

let business: FurnishedTenant;
let seller: FurnishedTenant;
let operator: SeededTenant & { cookie: string };

async function send(label: string, request: Request): Promise<{ status: number; text: string }> {
  const context = createExecutionContext();
  const response = await app.fetch(request, generousEnv, context);
  if (response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
    await response.body?.cancel();
    return { status: response.status, text: '' };
  }
  const text = await response.text();
  await waitOnExecutionContext(context);
  const headers = JSON.stringify([...response.headers]);
  answers.push({ label, text: `${text}\n${headers}` });
  return { status: response.status, text };
}

beforeAll(async () => {
  for (const to of ['log', 'info', 'warn', 'error', 'debug'] as const)
    vi.spyOn(console, to).mockImplementation((...said: unknown[]) => {
      lines.push(said.map((one) => (one instanceof Error ? `${one.message} ${one.stack}` : String(one))).join(' '));
    });
  stubVendors();
  business = await furnishTenant(signIn);
  seller = await furnishTenant(signIn, SELLER);
  const seeded = await seedTenant({ type: 'platform', role: 'super_admin' });
  operator = { ...seeded, cookie: await signIn(seeded) };
});
afterAll(async () => {
  // The platform's own credentials are everybody's in this runtime.
  for (const vendor of ['calcom', 'retell', 'stripe', 'twilio', 'smtp'])
    await app.fetch(
      new Request(`${PLATFORM}/api/v1/integrations/${vendor}`, {
        method: 'DELETE',
        headers: { Cookie: operator.cookie, 'CF-Connecting-IP': freshAddress() },
      }),
      generousEnv,
      createExecutionContext(),
    );
  vi.restoreAllMocks();
});

const callersOf = ({ path, kind }: Operation): { tenant: FurnishedTenant; cookie: string }[] => {
  if (kind === 'public') return [{ tenant: business, cookie: '' }];
  if (isOperators(path)) return [{ tenant: business, cookie: operator.cookie }];
  if (isSellers(path)) return [{ tenant: seller, cookie: seller.cookie }];
  const own = { tenant: business, cookie: business.cookie };
  return path.startsWith('/api/v1/integrations') ? [own, { tenant: business, cookie: operator.cookie }] : [own];
};

describe('a secret that is typed in', () => {
  it('is looked for in the routes of credentials, of people and of numbers', () => {
    const labels = planted.map(({ operation }) => labelOf(operation));
    expect(labels).toEqual(
      expect.arrayContaining([
        'PUT /api/v1/integrations/calcom',
        'PUT /api/v1/integrations/retell',
        'PUT /api/v1/integrations/stripe',
        'PUT /api/v1/integrations/twilio',
        'PUT /api/v1/integrations/smtp',
        'POST /api/v1/number-pool',
        'POST /api/auth/password/change',
      ]),
    );
    const members = planted.flatMap(({ operation, fields }) => fields.map((way) => `${operation.path} ${way}`));
    expect(members).toEqual(
      expect.arrayContaining([
        '/api/v1/integrations/calcom api_key',
        '/api/v1/integrations/calcom webhook_secret',
        '/api/v1/integrations/stripe secret_key',
        '/api/v1/integrations/stripe webhook_secret',
        '/api/v1/integrations/twilio auth_token',
        '/api/v1/integrations/smtp password',
        '/api/v1/number-pool sip_password',
      ]),
    );
  });

  it.each(planted.map(({ operation, fields }) => [labelOf(operation), operation, fields] as const))(
    '%s answers nothing of it, accepted, refused or not understood',
    async (label, operation, fields) => {
      for (const { tenant, cookie } of callersOf(operation)) {
        const ids = operation.kind === 'public' ? new Map() : await idsFor(tenant, operation, required(operation));
        const filled = await filledRequest(operation, ids, tenant);
        // Of a link's path only: `{token}` and its like.
        const path = filled.path.replaceAll(/\{[^}]+\}/g, 'unknown');
        const headers = { Cookie: cookie, 'CF-Connecting-IP': freshAddress(), 'Content-Type': 'application/json' };
        const post = (body: string, more: Record<string, string> = {}, query = ''): Promise<unknown> =>
          send(
            label,
            new Request(`${PLATFORM}${path}${query}`, {
              method: operation.method,
              headers: { ...headers, ...more },
              body,
            }),
          );
        const withSecret = (secret: () => unknown) =>
          fields.reduce((body, way) => setAt(body, way, secret() as string), filled.body);
        const good = withSecret(canary);
        await post(JSON.stringify(good));
        // Asked of the vendor first, which is away.
        if (JSON.stringify(good).includes('"when":"now"')) await post(JSON.stringify(setAt(good, 'when', 'tested')));
        await post(JSON.stringify(withSecret(() => `${canary()} with a space and a \u202e sign`)));
        await post(JSON.stringify(withSecret(() => canary().repeat(40))));
        await post(JSON.stringify(withSecret(() => [canary()])));
        await post(JSON.stringify(withSecret(() => ({ [canary()]: canary() }))));
        await post(JSON.stringify(setAt(good, 'unknown_member', canary())));
        await post(`{"api_key": "${canary()}`);
        await post(JSON.stringify(good), { 'Content-Type': 'text/plain' });
        await post(JSON.stringify(good), { 'Idempotency-Key': crypto.randomUUID() });
        await post(JSON.stringify(good), { Cookie: '', Authorization: `Bearer ${canary()}` });
      }
      const own = answers.filter((one) => one.label === label);
      expect(own.length).toBeGreaterThanOrEqual(10);
      expect(own.filter(({ text }) => text.includes(MARK)).map(({ text }) => text.slice(0, 300))).toEqual([]);
    },
  );

  it('is accepted by every route of credentials, so that there is something to find', async () => {
    const { results } = await env.DB.prepare(
      "SELECT tenant_id, vendor FROM integrations WHERE tenant_id IN (?1, 'platform') AND sealed_api_key IS NOT NULL",
    )
      .bind(business.tenantId)
      .all<{ tenant_id: string; vendor: string }>();
    const kept = results.map(({ tenant_id, vendor }) => `${tenant_id === 'platform' ? 'platform' : 'own'} ${vendor}`);
    for (const vendor of ['calcom', 'retell', 'stripe', 'twilio', 'smtp'])
      expect(kept).toEqual(expect.arrayContaining([`own ${vendor}`, `platform ${vendor}`]));
    for (const vendor of ['calcom', 'retell', 'stripe', 'twilio', 'smtp'])
      await send(
        'test',
        new Request(`${PLATFORM}/api/v1/integrations/${vendor}/test`, {
          method: 'POST',
          headers: {
            Cookie: business.cookie,
            'CF-Connecting-IP': freshAddress(),
            'Content-Type': 'application/json',
          },
          body: '{}',
        }),
      );
    const made = await send(
      'drawn',
      new Request(`${PLATFORM}/api/v1/integrations/calcom/webhook-secret`, {
        method: 'POST',
        headers: {
          Cookie: business.cookie,
          'CF-Connecting-IP': freshAddress(),
          'Content-Type': 'application/json',
          'Idempotency-Key': crypto.randomUUID(),
        },
        body: '{}',
      }),
    );
    expect(made.status, made.text).toBe(201);
    drawn.push((JSON.parse(made.text) as { data: { webhook_secret: string } }).data.webhook_secret);
  });
});

describe('nothing of it', () => {
  const reads = operations.filter(({ method, kind }) => method === 'GET' && kind !== 'signed');

  it.each(reads.map((operation) => [labelOf(operation), operation] as const))(
    'is answered by %s',
    async (label, operation) => {
      const from = answers.length;
      for (const { tenant, cookie } of [...callersOf(operation), { tenant: business, cookie: operator.cookie }]) {
        if (operation.kind === 'public') {
          const path = operation.path.replaceAll(/\{[^}]+\}/g, 'unknown');
          await send(label, new Request(`${PLATFORM}${path}`, { headers: { 'CF-Connecting-IP': freshAddress() } }));
          continue;
        }
        const ids = await idsFor(tenant, operation, required(operation));
        await send(label, await requestOf(operation, ids, tenant, 'session', { apiKey: tenant.apiKey, cookie }));
      }
      const told = answers.slice(from).map(({ text }) => text);
      expect(told.filter((text) => [MARK, ...drawn].some((secret) => text.includes(secret)))).toEqual([]);
    },
  );

  it('stands in a line of the log', () => {
    expect(lines.filter((line) => [MARK, ...drawn].some((secret) => line.includes(secret)))).toEqual([]);
  });

  it('lies in a column of D1', async () => {
    // What must be found is found: the search would see a secret.
    expect((await columnsWith([business.tenantId])).length).toBeGreaterThan(10);
    expect(await columnsWith([MARK, ...drawn])).toEqual([]);
  });
});

/** Columns of both shards in which one of the texts stands. */
async function columnsWith(texts: readonly string[]): Promise<string[]> {
  const found: string[] = [];
  for (const database of [env.DB, (testEnv as unknown as { DB_SHARD_1: D1Database }).DB_SHARD_1]) {
    const { results: tables } = await database
      .prepare(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND substr(name, 1, 1) <> '_' AND name NOT LIKE 'sqlite%'",
      )
      .all<{ name: string }>();
    for (const { name } of tables) {
      const { results: columns } = await database
        .prepare(`SELECT name FROM pragma_table_info('${name}')`)
        .all<{ name: string }>();
      for (const column of columns) {
        const held = await database
          .prepare(
            `SELECT 1 AS held FROM "${name}" AS kept WHERE EXISTS (SELECT 1 FROM json_each(?1) AS sought WHERE instr(CAST(kept."${column.name}" AS TEXT), sought.value) > 0) LIMIT 1`,
          )
          .bind(JSON.stringify(texts))
          .first();
        if (held !== null) found.push(`${name}.${column.name}`);
      }
    }
  }
  return found;
}
