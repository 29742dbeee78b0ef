/**
 * Generated: every route of the assembled app × two tenants. The owner gets 2xx with the same ids; the foreigner gets 404 wherever an id
 * of the owner stands, and lists without the owner's rows; webhooks refuse the unsigned. A route it can't classify fails, with the words
 * that say what to add.
 */
import { createExecutionContext } from 'cloudflare:test';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { app } from '../../workers/app.ts';
import { mismatches } from './answers.ts';
import { documentPath, type IdPlace, type Operation, operationsOf, PLACEHOLDER, placeholdersIn } from './document.ts';
import {
  FIXTURES,
  IN_STATE,
  type FurnishedTenant,
  furnishTenant,
  isOperators,
  isSellers,
  OWNER_MAY_FAIL,
  REQUESTS,
  SELLER,
  seedOperator,
} from './fixtures.ts';
import { type Credential, idsFor, keyOf, labelOf, required, requestOf, generousEnv, signIn } from './requests.ts';
import { freshAddress, PLATFORM, type SeededTenant } from './tenants.ts';
import { openApi, served } from './whole-document.ts';
import { stubVendors } from './vendors.ts';

const operations = operationsOf(openApi);
const tenantOperations = operations.filter((operation) => operation.kind === 'tenant');
interface Sent {
  status: number;
  text: string;
  isJson: boolean;
  limit: string | null;
}

/** Longest a stream is listened to: its first event is there at once. */
const STREAM_MS = 1_000;

async function send(request: Request): Promise<Sent> {
  const context = createExecutionContext();
  const response = await app.fetch(request, generousEnv, context);
  if (!response.headers.get('Content-Type')?.startsWith('text/event-stream')) {
    const isJson = response.headers.get('Content-Type')?.startsWith('application/json') ?? false;
    return {
      status: response.status,
      text: await response.text(),
      isJson,
      limit: response.headers.get('X-RateLimit-Limit'),
    };
  }
  const reader = response.body?.getReader();
  const late = new Promise<{ value: undefined }>((resolve) =>
    setTimeout(() => resolve({ value: undefined }), STREAM_MS),
  );
  const first = reader === undefined ? { value: undefined } : await Promise.race([reader.read(), late]);
  await reader?.cancel().catch(() => undefined);
  return {
    status: response.status,
    text: new TextDecoder().decode(first.value),
    isJson: false,
    limit: response.headers.get('X-RateLimit-Limit'),
  };
}

/** Where an answer differs from its declared schema; streams and empty answers have none. */
function promises(operation: Operation, sent: Sent): string[] {
  if (!sent.isJson) return [];
  if (!operation.answers.has(String(sent.status)))
    return operation.answers.size === 0 ? [] : [`status ${sent.status} is not declared`];
  return mismatches(openApi, operation, sent.status, JSON.parse(sent.text));
}

/** Other ids that the same optional part of the body must have. */
const neighbours = (operation: Operation, place: IdPlace): IdPlace[] => {
  const { part } = place;
  if (part === null) return [];
  const needed = new Set(placeholdersIn(part.value, part.way.split('.')));
  return operation.places.filter((other) => other !== place && other.in === 'body' && needed.has(other.name));
};
/** The answer's status; of several commands in one request (207) that of each. */
const statusesOf = (sent: Sent): number[] =>
  sent.status === 207
    ? (JSON.parse(sent.text) as { results: { status: number }[] }).results.map((one) => one.status)
    : [sent.status];
const isSuccess = (sent: Sent): boolean => sent.status >= 200 && sent.status < 300;

describe('the map of routes', () => {
  /** Middleware and pages, one of them with a form; everything else must be in the document. */
  const isMiddleware = (route: { method: string; path: string }): boolean => route.method === 'ALL';
  const isPage = (route: { method: string; path: string }): boolean =>
    (route.method === 'GET' && !/^\/(api|customer|webhooks)(\/|$)/.test(route.path)) ||
    ['/u/:token', '/s/:token'].includes(route.path);

  it('every route is in the OpenAPI document, or is middleware, or is a page', () => {
    const documented = new Set(operations.map(labelOf));
    const missing = served
      .filter((route) => !isMiddleware(route) && !isPage(route))
      .map((route) => `${route.method} ${documentPath(route.path)}`)
      .filter((label) => !documented.has(label))
      .map(
        (label) =>
          `${label} is not in the document: declare it with routes.openapi(createRoute({…})) (workers/http/module-routes.ts) so that this test can drive it`,
      );
    expect([...new Set(missing)]).toEqual([]);
  });

  it('every documented operation has a handler', () => {
    const handled = new Set(served.map((route) => `${route.method} ${documentPath(route.path)}`));
    expect(operations.map(labelOf).filter((label) => !handled.has(label))).toEqual([]);
  });

  it('every parameter and body member that looks like an id says whose it is', () => {
    expect(operations.flatMap((operation) => operation.findings)).toEqual([]);
  });

  it('every operation that takes each key once says that it refuses a key used otherwise', () => {
    type Declared = { 'x-once'?: boolean; responses?: Record<string, unknown> };
    const once = Object.entries(openApi.paths ?? {}).flatMap(([path, methods]) =>
      Object.entries(methods as Record<string, Declared>)
        .filter(([, operation]) => operation['x-once'] === true)
        .map(([method, operation]) => ({ label: `${method} ${path}`, codes: Object.keys(operation.responses ?? {}) })),
    );
    expect(once.length).toBeGreaterThan(10);
    expect(once.filter(({ codes }) => !codes.includes('409')).map(({ label }) => label)).toEqual([]);
  });

  it('every noun has a fixture', () => {
    const nouns = new Set(tenantOperations.flatMap((operation) => operation.places.map((place) => place.noun)));
    const missing = [...nouns].filter((noun) => noun !== 'session' && FIXTURES[noun] === undefined);
    expect(missing.map((noun) => `add FIXTURES.${noun} in tests/contract/fixtures.ts`)).toEqual([]);
  });

  it('no prepared request or exception names a route that is gone', () => {
    const labels = new Set(operations.map(labelOf));
    expect([...Object.keys(REQUESTS), ...Object.keys(OWNER_MAY_FAIL)].filter((label) => !labels.has(label))).toEqual(
      [],
    );
  });
});

describe('public routes', () => {
  it.each(
    operations
      .filter((operation) => operation.kind === 'public')
      .map((operation) => [labelOf(operation), operation] as const),
  )('%s answers the anonymous without an error of ours', async (_label, operation) => {
    let path = operation.path;
    for (const name of path.match(/\{[^}]+\}/g) ?? []) path = path.replace(name, 'unknown');
    const body = operation.body === undefined ? {} : { body: JSON.stringify(operation.body) };
    const headers = { 'CF-Connecting-IP': freshAddress(), 'Content-Type': 'application/json' };
    const sent = await send(new Request(`${PLATFORM}${path}`, { method: operation.method, headers, ...body }));
    expect(sent.status, sent.text).toBeLessThan(500);
  });
});

describe('webhooks and functions', () => {
  it.each(
    operations
      .filter((operation) => operation.kind === 'signed')
      .map((operation) => [labelOf(operation), operation] as const),
  )('%s refuses the unsigned and the badly signed', async (_label, operation) => {
    let path = operation.path;
    for (const name of path.match(/\{[^}]+\}/g) ?? []) path = path.replace(name, 'unknown');
    const bad = 'v=1,d=00';
    const signatures = [
      {},
      {
        'X-Retell-Signature': bad,
        'X-Cal-Signature-256': 'no-secret-provided',
        'Stripe-Signature': 't=1,v1=00',
        'X-Twilio-Signature': 'AA==',
        'X-Telegram-Bot-Api-Secret-Token': 'x',
      },
    ];
    for (const extra of signatures) {
      const headers = { 'CF-Connecting-IP': freshAddress(), 'Content-Type': 'application/json', ...extra };
      const sent = await send(
        new Request(`${PLATFORM}${path}`, {
          method: operation.method,
          headers,
          body: JSON.stringify(operation.body ?? {}),
        }),
      );
      expect(sent.status, sent.text).toBe(401);
    }
  });
});

describe('two tenants', () => {
  let businesses: [FurnishedTenant, FurnishedTenant];
  let sellers: [FurnishedTenant, FurnishedTenant];
  let operator: SeededTenant;
  beforeAll(async () => {
    stubVendors();
    businesses = [await furnishTenant(signIn), await furnishTenant(signIn)];
    sellers = [await furnishTenant(signIn, SELLER), await furnishTenant(signIn, SELLER)];
    operator = await seedOperator();
  });

  afterAll(() => vi.restoreAllMocks());

  const credentialsOf = (operation: Operation): Credential[] =>
    operation.actor === 'user' ? ['session'] : ['key', 'session'];

  it.each(tenantOperations.map((operation) => [labelOf(operation), operation] as const))(
    '%s',
    async (label, operation) => {
      const [owner, foreigner] = isSellers(operation.path) ? sellers : businesses;
      // Nobody: 401 before anything else.
      const ownersIds = await idsFor(owner, operation, required(operation));
      const anonymous = await send(await requestOf(operation, ownersIds, owner, null));
      expect(anonymous.status, `anonymous: ${anonymous.text}`).toBe(401);

      const secrets = [owner.tenantId, owner.slug, owner.email, ...ownersIds.values()];
      const leaks = (sent: Sent): string[] => secrets.filter((secret) => sent.text.includes(secret));

      // The foreigner presents an id of the owner in one place, everything else is their own.
      for (const place of operation.places) {
        const theirs = ownersIds.get(keyOf(place)) ?? (await idsFor(owner, operation, [place])).get(keyOf(place)) ?? '';
        for (const credential of ['key', 'session'] as const) {
          const mixed = new Map(
            await idsFor(foreigner, operation, [...required(operation), ...neighbours(operation, place)]),
          );
          mixed.set(keyOf(place), theirs);
          const sent = await send(await requestOf(operation, mixed, foreigner, credential));
          const what = `foreigner by ${credential}, owner's ${place.noun} in ${place.in} ${place.name}: ${sent.text}`;
          // What is filtered by an id that is not the caller's may also be empty.
          const isFilter = place.in === 'query' && !place.required && operation.method === 'GET';
          if (place.token) expect([404, 409, 422], what).toContain(sent.status);
          else if (credential === 'key' && operation.actor === 'user')
            // What no key may at all is refused before anything is looked up, whoever's it is.
            expect([403, 404], what).toContain(sent.status);
          // The operator's routes refuse everybody else before they look at an id.
          else if (isOperators(operation.path)) expect(statusesOf(sent), what).toEqual([403]);
          else if (!(isFilter && isSuccess(sent))) expect(statusesOf(sent), what).toEqual([404]);
          expect(leaks(sent)).toEqual([]);
          // A token presented may be named again in the refusal; an id that is not the caller's never.
          if (!place.token) expect(sent.text).not.toContain(theirs);
        }
      }

      // Lists: what the owner has must be in the owner's and in nobody else's.
      const listed =
        operation.lists !== null && operation.lists !== 'session'
          ? (IN_STATE[label]?.[operation.lists] ?? FIXTURES[operation.lists])
          : undefined;
      const shown = listed === undefined ? null : await listed(owner);
      if (shown !== null) secrets.push(shown);
      if (operation.places.every((place) => !place.required)) {
        for (const credential of credentialsOf(operation)) {
          const sent = await send(await requestOf(operation, new Map(), foreigner, credential));
          if (OWNER_MAY_FAIL[label] === undefined)
            expect(isSuccess(sent), `foreigner's own by ${credential}: ${sent.status} ${sent.text}`).toBe(true);
          expect(leaks(sent), `foreigner sees rows of the owner`).toEqual([]);
        }
      }

      // The owner, with the very ids that were refused to the foreigner; a second credential gets new ones (the first may have used them up).
      for (const [index, credential] of credentialsOf(operation).entries()) {
        const ids = index === 0 ? ownersIds : await idsFor(owner, operation, required(operation));
        const sent = await send(await requestOf(operation, ids, owner, credential));
        const exception = OWNER_MAY_FAIL[label];
        if (exception !== undefined) {
          expect(sent.status, `${exception.because}: ${sent.text}`).toBe(exception.status);
          if (index === 0 && isOperators(operation.path)) {
            const theirs = await send(
              operation.actor === 'user'
                ? await requestOf(operation, ids, owner, 'session', { ...operator, cookie: await signIn(operator) })
                : await requestOf(operation, ids, owner, 'key', operator),
            );
            expect(isSuccess(theirs), `operator: ${theirs.status} ${theirs.text}`).toBe(true);
            expect(promises(operation, theirs), 'the answer is what the document promises').toEqual([]);
          }
          continue;
        }
        expect(isSuccess(sent), `owner by ${credential}: ${sent.status} ${sent.text}`).toBe(true);
        for (const status of statusesOf(sent)) expect(status, `owner by ${credential}: ${sent.text}`).toBeLessThan(300);
        expect(sent.text).not.toContain(PLACEHOLDER);
        expect(sent.limit, 'every answer to a tenant says its rate limit').toMatch(/^\d+$/);
        expect(promises(operation, sent), 'the answer is what the document promises').toEqual([]);
        const pathIds = operation.places.filter(
          (place) => place.in === 'path' && operation.method === 'GET' && operation.names.has(place.noun),
        );
        for (const place of pathIds)
          expect(sent.text, `the answer names the ${place.noun} asked for`).toContain(ids.get(keyOf(place)));
        if (shown !== null && operation.method === 'GET')
          expect(sent.text, `the owner's list shows the owner's ${operation.lists}`).toContain(shown);
      }
    },
  );
});
