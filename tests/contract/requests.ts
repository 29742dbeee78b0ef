/** What the contract tests send: sign-in, ids of a tenant for every place of an operation, and the request that its schema accepts. */
import { createExecutionContext, waitOnExecutionContext } from 'cloudflare:test';
import { expect } from 'vitest';
import { app } from '../../workers/app.ts';
import { type IdPlace, type Json, type Operation, placeholdersIn, setAt } from './document.ts';
import { DISPOSABLE, FIXTURES, type FurnishedTenant, IN_STATE, REQUESTS } from './fixtures.ts';
import { presentCode } from './factors.ts';
import { env, freshAddress, PASSWORD, PLATFORM, type SeededTenant } from './tenants.ts';

export const labelOf = (operation: Operation): string => `${operation.method} ${operation.path}`;

/** Limits are tested elsewhere; here hundreds of requests come from a few tenants. */
export const generousEnv = { ...env, RATE_LIMIT_SCALE: '1000' } as typeof env;

export interface Reply {
  status: number;
  headers: Headers;
  text: string;
  // biome-ignore lint/suspicious/noExplicitAny: bodies are asserted field by field
  body: any;
}

/** One request by an API key through the assembled app; what it left to run has ended when it answers. `body` is null where it is no JSON. */
export async function askApi(
  apiKey: string,
  method: string,
  path: string,
  options: { body?: unknown; headers?: Record<string, string>; bindings?: typeof env } = {},
): Promise<Reply> {
  const { body, headers = {}, bindings = generousEnv } = options;
  const context = createExecutionContext();
  const request = new Request(`${PLATFORM}${path}`, {
    method,
    headers: {
      Authorization: `Bearer ${apiKey}`,
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
  const response = await app.fetch(request, bindings, context);
  const text = await response.text();
  await waitOnExecutionContext(context);
  const isJson = response.headers.get('Content-Type')?.startsWith('application/json') ?? false;
  return { status: response.status, headers: response.headers, text, body: isJson ? JSON.parse(text) : null };
}

/** Signs the owner in on the platform host; answers the `Cookie` header. */
export async function signIn(tenant: SeededTenant): Promise<string> {
  const request = new Request(`${PLATFORM}/api/auth/sign-in/email`, {
    method: 'POST',
    headers: { 'Content-Type': 'application/json', 'CF-Connecting-IP': freshAddress() },
    body: JSON.stringify({ email: tenant.email, password: PASSWORD }),
  });
  const first = await app.fetch(request, generousEnv, createExecutionContext());
  // A test before has switched the second factor on.
  const response = first.status === 202 ? await secondStep(tenant, first) : first;
  if (response.status !== 200) throw new Error(`sign-in: ${response.status} ${await response.text()}`);
  return response.headers
    .getSetCookie()
    .map((cookie) => cookie.split(';')[0])
    .join('; ');
}

async function secondStep(tenant: SeededTenant, { headers }: Response): Promise<Response> {
  const request = new Request(`${PLATFORM}/api/auth/challenge/pass`, {
    method: 'POST',
    headers: {
      'Content-Type': 'application/json',
      'CF-Connecting-IP': freshAddress(),
      Cookie: headers.getSetCookie()[0]?.split(';')[0] ?? '',
    },
    body: JSON.stringify({ code: await presentCode(tenant) }),
  });
  return app.fetch(request, generousEnv, createExecutionContext());
}

export const keyOf = (place: IdPlace): string => `${place.in}:${place.name}`;
type Ids = ReadonlyMap<string, string>;
export const required = (operation: Operation): IdPlace[] => operation.places.filter((place) => place.required);

/** An id of the tenant for each place; the session of a tenant is its own present one. */
export async function idsFor(
  tenant: FurnishedTenant,
  operation: Operation,
  places: readonly IdPlace[],
): Promise<Map<string, string>> {
  const ids = new Map<string, string>();
  for (const place of places) {
    const changes = place.in === 'path' && ['PUT', 'PATCH', 'DELETE'].includes(operation.method);
    const make =
      place.noun === 'session'
        ? anotherSession
        : (IN_STATE[labelOf(operation)]?.[place.noun] ??
          (changes ? DISPOSABLE[place.noun] : undefined) ??
          FIXTURES[place.noun]);
    if (make === undefined)
      throw new Error(`no fixture for the noun "${place.noun}": add it to FIXTURES in tests/contract/fixtures.ts`);
    ids.set(keyOf(place), await make(tenant));
  }
  return ids;
}

async function anotherSession(tenant: FurnishedTenant): Promise<string> {
  const request = new Request(`${PLATFORM}/api/auth/sessions`, { headers: { Cookie: await signIn(tenant) } });
  const response = await app.fetch(request, generousEnv, createExecutionContext());
  const sessions = ((await response.json()) as { data: { id: string; current: boolean }[] }).data;
  return sessions.find((session) => session.current)?.id ?? '';
}

/** A request before it is sent: what a test may still change. */
interface Filled {
  path: string;
  query: URLSearchParams;
  body: Json | undefined;
}

/** The operation's request with these ids in their places and what fixtures.ts declares for it. */
export async function filledRequest(operation: Operation, ids: Ids, tenant: FurnishedTenant): Promise<Filled> {
  const options = await REQUESTS[labelOf(operation)]?.(tenant, ids);
  let path = operation.path;
  const query = new URLSearchParams(options?.query);
  let body: Json | undefined = operation.body;
  for (const [member, value] of Object.entries(options?.body ?? {})) body = setAt(body, member, value);
  for (const parameter of operation.parameters) {
    if (parameter.in === 'path')
      path = path.replace(
        `{${parameter.name}}`,
        encodeURIComponent(options?.parameters?.[parameter.name] ?? parameter.value),
      );
    else if (!query.has(parameter.name)) query.set(parameter.name, parameter.value);
  }
  for (const place of operation.places) {
    const id = ids.get(keyOf(place));
    if (id !== undefined && place.part !== null && !inBody(body, place.part.way))
      body = setAt(body, place.part.way, place.part.value);
  }
  for (const place of operation.places) {
    const id = ids.get(keyOf(place));
    if (id === undefined) continue;
    if (place.in === 'path') path = path.replace(`{${place.name}}`, encodeURIComponent(id));
    else if (place.in === 'query') query.set(place.name, id);
    else body = setAt(body, place.name, id);
  }
  // A placeholder left over would be an unknown id: the 404 would prove nothing.
  expect(placeholdersIn(body), `ids left open in the body of ${labelOf(operation)}`).toEqual([]);
  return { path, query, body };
}

export type Credential = 'key' | 'session';

/** That request by key or session, or by nobody, of the tenant or of `by`; every request comes from an address of its own. */
export async function requestOf(
  operation: Operation,
  ids: Ids,
  tenant: FurnishedTenant,
  credential: Credential | null,
  by: { readonly apiKey: string; readonly cookie?: string } = tenant,
): Promise<Request> {
  const { path, query, body } = await filledRequest(operation, ids, tenant);
  const headers = new Headers({ 'CF-Connecting-IP': freshAddress() });
  if (credential === 'key') headers.set('Authorization', `Bearer ${by.apiKey}`);
  if (credential === 'session') headers.set('Cookie', by.cookie ?? '');
  if (body !== undefined) headers.set('Content-Type', 'application/json');
  const search = query.size > 0 ? `?${query.toString()}` : '';
  return new Request(`${PLATFORM}${path}${search}`, {
    method: operation.method,
    headers,
    ...(body === undefined ? {} : { body: JSON.stringify(body) }),
  });
}

const inBody = (body: Json | undefined, way: string): boolean => {
  let at: unknown = body;
  for (const step of way.split('.'))
    at = typeof at === 'object' && at !== null ? (at as Record<string, unknown>)[step] : undefined;
  return at !== undefined;
};

/** The route with ids that nobody has and a body that says nothing: enough to be judged, too little to change anything. */
export function emptyRequest({ method, path, parameters }: Operation, cookie: string): Request {
  let target = path;
  const query = new URLSearchParams();
  for (const { in: place, name, value } of parameters)
    if (place === 'query') query.set(name, value);
    else target = target.replace(`{${name}}`, encodeURIComponent(value));
  target = target.replaceAll(/\{[^}]+\}/g, 'nobodys_0000');
  const hasBody = method !== 'GET' && method !== 'DELETE';
  return new Request(`${PLATFORM}${target}${query.size > 0 ? `?${query}` : ''}`, {
    method,
    headers: {
      Cookie: cookie,
      Origin: PLATFORM,
      'CF-Connecting-IP': freshAddress(),
      ...(hasBody && { 'Content-Type': 'application/json' }),
    },
    ...(hasBody && { body: '{}' }),
  });
}
