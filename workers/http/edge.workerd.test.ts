import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { createRoute, z } from '@hono/zod-openapi';
import { afterEach, describe, expect, it } from 'vitest';
import { env, productionEnv, freshAddress, PLATFORM, seedTenant } from '../../tests/contract/tenants.ts';
import { clockOffset, processNow, setClockOffset } from '../../shared/clock.ts';
import { err, ok } from '../../shared/result.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { healthRoutes } from '../operations/health.ts';
import { VERSION } from '../operations/version.ts';
import { answer, presentedVersion } from './answer.ts';
import { readRawBody } from './body.ts';
import { devClockRoutes } from './dev-clock.ts';
import { idempotent } from './idempotency.ts';
import { apiRequest, everyRequest, signedRequest } from './middleware.ts';
import { requirePermission } from './permission.ts';
import { notFound, onError } from './problem.ts';
import { refuseSignature } from './rate-limit.ts';
import type { Context } from 'hono';
import { createRoutes, type OpenEnv } from './module-routes.ts';
import { doneBody, guardErrors, itemOf, jsonAnswer, jsonBody, lineText, personName, publicRoute } from './schema.ts';
import { scriptNonce } from './security-headers.ts';

let made = 0;
const moved: number[] = [];
const routes = createRoutes();
routes.openapi(
  createRoute({
    method: 'post',
    path: '/api/things',
    middleware: [requirePermission('create_notes'), idempotent] as const,
    request: { body: jsonBody(z.object({ name: z.string().max(50), fail: z.enum(['refusal', 'defect']).optional() })) },
    responses: { 201: jsonAnswer(itemOf(z.object({ number: z.int() })), 'made'), ...guardErrors() },
  }),
  (c) => {
    const { fail } = c.req.valid('json');
    made++;
    if (fail === 'defect') throw new Error('broken');
    if (fail === 'refusal')
      return answer(
        c,
        { result: err({ code: 'POLICY_VIOLATION', details: { reasons: ['x'] } }) },
        () => ({}) as never,
        201,
      );
    return answer(
      c,
      { result: ok(made), head: { kind: 'calendar', epoch: 1, seq: made }, version: 7 },
      (number) => ({ success: true, data: { number } }),
      201,
    );
  },
);
routes.openapi(
  createRoute({
    method: 'post',
    path: '/api/people',
    middleware: [requirePermission('create_notes')] as const,
    request: { body: jsonBody(z.object({ name: personName(50), label: lineText(50) })) },
    responses: { 200: jsonAnswer(doneBody, 'taken'), ...guardErrors() },
  }),
  (c) => c.json({ success: true as const }, 200),
);
routes.openapi(
  createRoute({
    method: 'get',
    path: '/api/search',
    middleware: [requirePermission('create_notes')] as const,
    request: { query: z.object({ q: z.string() }) },
    responses: { 200: jsonAnswer(doneBody, 'found'), ...guardErrors() },
  }),
  (c) => c.json({ success: true as const }, 200),
);
routes.open(
  createRoute({
    method: 'get',
    path: '/api/clock',
    ...publicRoute,
    responses: { 200: jsonAnswer(z.object({ now: z.number(), version: z.number().nullable() }), 'x') },
  }),
  (c) => c.json({ now: c.get('now'), version: presentedVersion(c) }, 200),
);
routes.open(
  createRoute({ method: 'get', path: '/api/page', ...publicRoute, responses: { 200: jsonAnswer(doneBody, 'x') } }),
  (c) => {
    c.header('X-Nonce', scriptNonce(c));
    return c.json({ success: true as const }, 200);
  },
);
routes.openapi(
  createRoute({
    method: 'delete',
    path: '/api/things',
    middleware: [requirePermission('create_notes')] as const,
    responses: { 200: jsonAnswer(doneBody, 'gone'), ...guardErrors() },
  }),
  (c) => c.json({ success: true as const }, 200),
);
const app = createRoutes();
app.use('*', ...everyRequest);
app.use('/webhooks/*', ...signedRequest);
app.post('/webhooks/x', async (c) => {
  const raw = await readRawBody(c);
  return raw === 'signed' ? c.json({ success: true }) : refuseSignature(c as unknown as Context<OpenEnv>);
});
app.post('/webhooks/codes', async (c) => c.json([...(await readRawBody(c, 10))].map((ch) => ch.codePointAt(0))));
app.route(
  '/',
  devClockRoutes(async (_env, now) => void moved.push(now)),
);
app.use('/api/*', ...apiRequest);
app.route('/', routes);
app.route('/', healthRoutes);
app.onError(onError);
app.notFound(notFound);

interface Call {
  body?: unknown;
  raw?: BodyInit;
  headers?: Record<string, string>;
  key?: string;
  environment?: string;
  method?: string;
  vars?: Record<string, string>;
}
async function call(path: string, options: Call = {}): Promise<Response> {
  const headers = new Headers({ 'CF-Connecting-IP': freshAddress(), ...options.headers });
  if (options.key !== undefined) headers.set('Authorization', `Bearer ${options.key}`);
  const body = options.raw ?? (options.body === undefined ? undefined : JSON.stringify(options.body));
  if (options.body !== undefined) headers.set('Content-Type', 'application/json');
  const context = createExecutionContext();
  const bindings = {
    ...(options.environment === 'production' ? productionEnv : { ...env, AUTH_SECRET: 'x'.repeat(40) }),
    ...options.vars,
    ENVIRONMENT: options.environment ?? 'test',
  };
  const request = new Request(`${PLATFORM}${path}`, {
    method: options.method ?? (body === undefined ? 'GET' : 'POST'),
    headers,
    ...(body === undefined ? {} : { body }),
  });
  const response = await app.fetch(request, bindings as typeof env, context);
  await waitOnExecutionContext(context);
  return response;
}
const numberOf = async (response: Response): Promise<number> =>
  ((await response.json()) as { data: { number: number } }).data.number;

describe('texts of a body', () => {
  it('half a character is refused, whole ones pass, however they are written', async () => {
    const { apiKey } = await seedTenant();
    const post = (raw: string) =>
      call('/api/things', { key: apiKey, raw, headers: { 'Content-Type': 'application/json' } });
    for (const half of ['"\\ud800"', '"x\\uDC00y"', '"\\ude00\\ud83d"', '"\\\\\\ud83d"']) {
      const refused = await post(`{"name":${half}}`);
      expect(refused.status, half).toBe(400);
    }
    expect((await post('{"name":"a","\\ud800":1}')).status).toBe(400);
    for (const whole of ['"\\ud83d\\ude00"', '"😀"', '"\\\\ud800"', '"ü"'])
      expect((await post(`{"name":${whole}}`)).status, whole).toBe(201);
  });

  const half = '{"name":"\\ud800"}';
  const withHalf = (options: Call) =>
    call('/api/things', { raw: half, ...options, headers: { 'Content-Type': 'application/json', ...options.headers } });
  const codeOf = async (response: Response): Promise<string> =>
    ((await response.json()) as { error: { code: string } }).error.code;

  it('only who is known learns of it: an unauthenticated caller is told to sign in first', async () => {
    const stranger = await withHalf({});
    expect([stranger.status, await codeOf(stranger)]).toEqual([401, 'UNAUTHENTICATED']);
    const { apiKey } = await seedTenant();
    const known = await withHalf({ key: apiKey });
    expect([known.status, await codeOf(known)]).toEqual([400, 'MALFORMED_JSON']);
  });

  it('characters that nobody sees are refused by name, in texts, member names and members no schema knows, for strangers after 401', async () => {
    const { apiKey } = await seedTenant();
    const post = async (body: unknown, headers: Record<string, string> = {}) => {
      const refused = await call('/api/things', {
        key: apiKey,
        raw: JSON.stringify(body),
        headers: { 'Content-Type': 'Application/JSON', ...headers },
      });
      return [refused.status, ((await refused.json()) as { error?: { errors?: unknown } }).error?.errors];
    };
    const german = ['Enthält Steuerzeichen oder unsichtbare Zeichen.'];
    for (const unseen of [
      '\u0000',
      '\b',
      '\f',
      '\u007f',
      '\u0085',
      '\u00ad',
      '\u200b',
      '\u202e',
      '\u2066',
      '\u2028',
      '\ufeff',
    ])
      expect(await post({ name: `a${unseen}b` }), JSON.stringify(unseen)).toEqual([422, { name: german }]);
    expect(await post({ name: 'a', more: [{ x: '\u202e' }] })).toEqual([422, { 'more.0.x': german }]);
    expect(await post({ name: 'a', 'm\u200bore': 1 })).toEqual([422, { more: german }]);
    expect(await post({ name: '\u200b' }, { 'Accept-Language': 'en' })).toEqual([
      422,
      { name: ['Holds control characters or characters that cannot be seen.'] },
    ]);
    expect((await post({ name: 'Grüße\r\n\tالسلام 😀' }))[0]).toBe(201);
    const stranger = await call('/api/things', { body: { name: '\u202e' } });
    expect(stranger.status).toBe(401);
    const search = await call(`/api/search?q=${encodeURIComponent('a\u202eb')}`, { key: apiKey });
    expect([search.status, await codeOf(search)]).toEqual([422, 'VALIDATION_ERROR']);
    expect((await call('/api/search?q=a%0Ab', { key: apiKey })).status).toBe(200);
  });

  it('a line is one line, a name of a person has the signs of names', async () => {
    const { apiKey } = await seedTenant();
    const post = async (body: unknown) => {
      const answered = await call('/api/people', { key: apiKey, body });
      return [answered.status, ((await answered.json()) as { error?: { errors?: unknown } }).error?.errors];
    };
    expect(await post({ name: ' Zoë O’Connor (Büro 2) ', label: ' Stuhl; "3" ' })).toEqual([200, undefined]);
    expect(await post({ name: '', label: '' })).toEqual([200, undefined]);
    expect(await post({ name: 'https://evil.test', label: 'a\nb' })).toEqual([
      422,
      { name: [expect.stringMatching(/^Ein Name aus Buchstaben/)], label: [expect.stringMatching(/^Eine Zeile/)] },
    ]);
    // Even where it would be cut off.
    expect((await post({ name: 'a', label: 'b\n' }))[0]).toBe(422);
  });

  it('a DELETE carries nothing anybody reads, and what is not JSON is no matter of texts', async () => {
    const { apiKey } = await seedTenant();
    expect((await withHalf({ key: apiKey, method: 'DELETE' })).status).toBe(200);
    expect((await withHalf({ key: apiKey, headers: { 'Content-Type': 'text/plain' } })).status).toBe(415);
    const parameters = await withHalf({ key: apiKey, headers: { 'Content-Type': 'application/json; charset=utf-8' } });
    expect(await codeOf(parameters)).toBe('MALFORMED_JSON');
  });

  it('what is no JSON, or nested too deep to be looked at, is a 400 and no fault', async () => {
    const { apiKey } = await seedTenant();
    for (const raw of ['{"name":"\\ud800"', '\\ud800', `${'['.repeat(100_000)}"\\ud800"${']'.repeat(100_000)}`]) {
      const refused = await withHalf({ key: apiKey, raw });
      expect([refused.status, await codeOf(refused)], raw.slice(0, 20)).toEqual([400, 'MALFORMED_JSON']);
    }
  });

  it('a signed body is read as it was signed: a byte order mark stays, broken UTF-8 becomes U+FFFD', async () => {
    const codes = async (bytes: number[]) => (await call('/webhooks/codes', { raw: new Uint8Array(bytes) })).json();
    expect(await codes([0xef, 0xbb, 0xbf, 0x61])).toEqual([0xfeff, 0x61]);
    expect(await codes([0x61, 0xff, 0xc3, 0xa4])).toEqual([0x61, 0xfffd, 0xe4]);
    expect((await call('/webhooks/codes', { raw: 'x'.repeat(11) })).status).toBe(413);
  });
});

describe('Idempotency-Key', () => {
  const post = (key: string, body: unknown, idempotencyKey: string) =>
    call('/api/things', { key, body, headers: { 'Idempotency-Key': idempotencyKey } });

  it('the same request again gets the first answer and does nothing', async () => {
    const { apiKey } = await seedTenant();
    const first = await post(apiKey, { name: 'a' }, 'k-1');
    const before = made;
    const again = await post(apiKey, { name: 'a' }, 'k-1');
    expect([first.status, again.status]).toEqual([201, 201]);
    expect(await numberOf(again)).toBe(await numberOf(first));
    expect(made).toBe(before);
    expect(again.headers.get('Idempotency-Replayed')).toBe('true');
    expect(again.headers.get('X-Askpro-Head')).toBe(first.headers.get('X-Askpro-Head'));
    expect(first.headers.get('ETag')).toBe('"7"');
  });

  it('another body under the same key is refused', async () => {
    const { apiKey } = await seedTenant();
    await post(apiKey, { name: 'a' }, 'k');
    const other = await post(apiKey, { name: 'b' }, 'k');
    expect(other.status).toBe(409);
    expect(await other.json()).toMatchObject({ error: { code: 'IDEMPOTENCY_MISMATCH' } });
  });

  it('twenty at the same time make one', async () => {
    const { apiKey } = await seedTenant();
    const before = made;
    const answers = await Promise.all(Array.from({ length: 20 }, () => post(apiKey, { name: 'race' }, 'race')));
    expect(made).toBe(before + 1);
    expect(answers.every((r) => r.status === 201 || r.status === 409)).toBe(true);
    expect(answers.some((r) => r.status === 201)).toBe(true);
  });

  it('two tenants and two callers of one tenant may choose the same key', async () => {
    const [a, b] = [await seedTenant(), await seedTenant()];
    const before = made;
    await post(a.apiKey, { name: 'a' }, 'same');
    await post(b.apiKey, { name: 'a' }, 'same');
    expect(made).toBe(before + 2);
  });

  it('a refusal is kept, a defect gives the key back', async () => {
    const { apiKey } = await seedTenant();
    expect((await post(apiKey, { name: 'a', fail: 'refusal' }, 'r')).status).toBe(422);
    const kept = made;
    expect((await post(apiKey, { name: 'a', fail: 'refusal' }, 'r')).status).toBe(422);
    expect(made).toBe(kept);
    expect((await post(apiKey, { name: 'a', fail: 'defect' }, 'd')).status).toBe(500);
    const before = made;
    expect((await post(apiKey, { name: 'a', fail: 'defect' }, 'd')).status).toBe(500);
    expect(made).toBe(before + 1);
  });

  it('a key that is too long or not printable is refused: who sends one relies on it', async () => {
    const { apiKey } = await seedTenant();
    const before = made;
    for (const key of ['k'.repeat(201), 'two words', 'schlüssel'])
      expect((await post(apiKey, { name: 'a' }, key)).status, key).toBe(422);
    expect(made).toBe(before);
    expect((await post(apiKey, { name: 'a' }, 'k'.repeat(200))).status).toBe(201);
  });
});

describe('signed requests', () => {
  it('are not counted per address, and more than twenty bad signatures a minute are 429', async () => {
    const headers = { 'CF-Connecting-IP': freshAddress() };
    for (let i = 0; i < 70; i++) expect((await call('/webhooks/x', { raw: 'signed', headers })).status).toBe(200);
    const bad: number[] = [];
    for (let i = 0; i < 22; i++) bad.push((await call('/webhooks/x', { raw: 'bad', headers })).status);
    expect(bad.slice(0, 20).every((status) => status === 401)).toBe(true);
    // A window may end in between.
    expect([401, 429]).toContain(bad[21]);
    expect((await call('/webhooks/x', { raw: 'signed', headers })).status).toBe(200);
  });

  it('a body over one megabyte is 413, over four it is not even read', async () => {
    expect((await call('/webhooks/x', { raw: 'x'.repeat(1024 * 1024 + 1) })).status).toBe(413);
    expect((await call('/webhooks/x', { raw: 'x'.repeat(4 * 1024 * 1024 + 1) })).status).toBe(413);
  });
});

describe('the clock', () => {
  afterEach(() => setClockOffset(0));
  const nowOf = async (options: Call) => ((await (await call('/api/clock', options)).json()) as { now: number }).now;

  it('x-askpro-now moves one request in development and test, never in production', async () => {
    const headers = { 'x-askpro-now': '2027-03-28T01:30:00Z' };
    expect(await nowOf({ headers })).toBe(Date.UTC(2027, 2, 28, 1, 30));
    expect(await nowOf({ headers, environment: 'development' })).toBe(Date.UTC(2027, 2, 28, 1, 30));
    expect(Math.abs((await nowOf({ headers, environment: 'production' })) - Date.now())).toBeLessThan(10_000);
    expect(Math.abs((await nowOf({ headers: { 'x-askpro-now': 'morgen' } })) - Date.now())).toBeLessThan(10_000);
  });

  it('POST /api/dev/clock sets, advances and resets it, and tells who follows', async () => {
    const set = await call('/api/dev/clock', { body: { now: '2027-01-01T00:00:00Z' } });
    expect(await set.json()).toMatchObject({ success: true, now: expect.stringMatching(/^2027-01-01T00:00:0/) });
    await call('/api/dev/clock', { body: { advance_seconds: 3_600 } });
    expect(new Date(processNow()).toISOString()).toMatch(/^2027-01-01T01:00:0/);
    expect(moved.at(-1)).toBeGreaterThan(Date.UTC(2027, 0, 1, 1) - 1);
    expect((await call('/api/dev/clock', { body: { reset: true } })).status).toBe(200);
    expect(clockOffset()).toBe(0);
    const wrong = [{}, { now: 'x' }, { now: '2027-01-01T00:00:00Z', reset: true }, { advance_seconds: 1e300 }];
    for (const body of [...wrong, { advance_seconds: -10 * 367 * 86_400 }]) {
      expect((await call('/api/dev/clock', { body })).status).toBe(422);
    }
    expect(clockOffset()).toBe(0);
  });

  it('does not exist in production', async () => {
    expect((await call('/api/dev/clock', { body: { reset: true }, environment: 'production' })).status).toBe(404);
  });
});

describe('health', () => {
  it('answers anybody, uncounted, with the version of package.json', async () => {
    const response = await call('/api/health');
    expect(await response.json()).toMatchObject({
      status: 'ok',
      version: packageJson.version,
      timestamp: expect.stringMatching(/Z$/),
    });
    expect(VERSION).toBe(packageJson.version);
    expect(response.headers.get('X-RateLimit-Limit')).toBeNull();
  });

  it('in detail only for those who are signed in and for the monitor', async () => {
    expect((await call('/api/health/detailed')).status).toBe(401);
    const { apiKey } = await seedTenant();
    const own = await call('/api/health/detailed', { key: apiKey });
    expect(await own.json()).toMatchObject({
      status: expect.stringMatching(/^(ok|degraded)$/),
      checks: {
        database: { status: 'ok' },
        cache: { driver: 'kv' },
        durable_objects: { status: 'ok' },
        storage: { disk_usage: expect.stringMatching(/^\d+%$/), disk_usage_bytes: expect.any(Number) },
      },
      integrations: { cal_com: { last_sync: null }, retell: { last_call: null }, stripe: { last_payment: null } },
    });
    const vars = { MONITOR_TOKEN: 'monitor-token-0123456789' };
    expect((await call('/api/health/detailed', { key: vars.MONITOR_TOKEN, vars })).status).toBe(200);
    expect((await call('/api/health/detailed', { key: 'monitor-token-9999999999', vars })).status).toBe(401);
  });
});

describe('headers', () => {
  it('a nonce on the page is the nonce of the policy, new for every answer', async () => {
    const [a, b] = [await call('/api/page'), await call('/api/page')];
    const nonce = a.headers.get('X-Nonce') ?? '';
    expect(a.headers.get('Content-Security-Policy')).toContain(`'nonce-${nonce}'`);
    expect(b.headers.get('X-Nonce')).not.toBe(nonce);
  });

  it('If-Match presents a version, anything else presents none', async () => {
    const versionOf = async (tag: string) =>
      ((await (await call('/api/clock', { headers: { 'If-Match': tag } })).json()) as { version: number | null })
        .version;
    expect(await versionOf('"12"')).toBe(12);
    expect(await versionOf('W/"12"')).toBe(12);
    for (const tag of ['*', '12', '"a"', '"1", "2"']) expect(await versionOf(tag)).toBeNull();
  });
});
