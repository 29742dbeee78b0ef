/**
 * Generated: every route of the assembled app × what nobody should send. Whatever comes, the answer is never a 5xx, never hangs, tells
 * nothing of the inside, speaks the error envelope and carries the security headers; and afterwards the tenant's money and time still
 * add up. The seed is printed with every finding; `FC_SEED=… FC_RUNS=…` repeats or widens a run.
 */
import { runsOf, seedOf } from '../counts.ts';
import { platformOf } from '../../workers/env.ts';
import fc from 'fast-check';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { MAX_IMPORT_BYTES } from '../../shared/import-sets.ts';
import { clockOffset, setClockOffset } from '../../shared/clock.ts';
import { MAX_JSON_BYTES, MAX_SIGNED_BYTES } from '../../workers/http/body.ts';
import { processWebhook } from '../../workers/handlers.ts';
import { reconcile } from '../../workers/projection/rebuild.ts';
import { openTenant } from '../../workers/tenancy/scope.ts';
import { documentPath, type Json, type Operation, operationsOf, setAt } from './document.ts';
import { type FurnishedTenant, furnishTenant, isOperators, isSellers, SELLER } from './fixtures.ts';
import { problemsOf, settled, shoot, type Shot } from './hostile-check.ts';
import {
  applyChanges,
  changesOf,
  CONTENT_TYPES,
  FAR_TIMES,
  fieldsOfValue,
  HEADERS,
  HIDDEN,
  MANY_LINES,
  MARK,
  MARK_NUMBER,
  METHODS,
  PATH_IDS,
  queriesOf,
  textOfBody,
  TEXTS,
  WHOLE_BODIES,
  withUnknownArguments,
  withUnknownMembers,
} from './hostile-inputs.ts';
import { filledRequest, idsFor, labelOf, required, signIn } from './requests.ts';
import {
  ARGUMENTS,
  callFunction,
  connectLine,
  mapCalcom,
  type Opened,
  openTopup,
  signed,
  validBody,
  type Vendored,
  vendorOf,
  wireForm,
} from './signed.ts';
import { env, freshAddress, PLATFORM, seedTenant } from './tenants.ts';
import { stubVendors } from './vendors.ts';
import { openApi, served } from './whole-document.ts';

const SEED = seedOf(20_261_120, { ...env });
/** Mutated bodies per route. */
const RUNS = runsOf('hostile', { ...env });
/** Of long lists a route takes every n-th, starting elsewhere than its neighbour: together they send all. */
const SLICE = runsOf('hostile', { ...env }, 16);
/** Hidden characters that each member of a body meets; different ones at each of them. */
const HIDDEN_EACH = Math.ceil(RUNS / 10);
/** Waiting for money while Stripe's events are bent. */
const OPEN_TOPUPS = 7;
const REPORTED = 20;
/** The one body of the API that is a file. */
const IMPORT_FILE = 'PUT /api/v1/imports/{id}/file';

const operations = operationsOf(openApi);
const ofKind = (kind: Operation['kind']): [string, Operation, number][] =>
  operations.filter((o) => o.kind === kind).map((o, index) => [labelOf(o), o, index]);

const sliceOf = <T>(list: readonly T[], offset: number, count = SLICE): T[] => {
  const step = Math.max(1, Math.floor(list.length / count));
  return list.filter((_, index) => index % step === offset % step);
};

type Who = 'key' | 'session' | 'nobody';
type Body = string | Uint8Array<ArrayBuffer> | undefined;

let found: string[] = [];
const note = (problems: readonly string[]): void => {
  found.push(...problems);
};
const check = (shot: Shot, operation: Operation | null): Shot => {
  note(problemsOf(shot, operation));
  return shot;
};

let owner: FurnishedTenant;
let neighbour: FurnishedTenant;
/** Holds what no tenant may: the platform's own routes are bent with its key. */
let operator: { apiKey: string; cookie: string };
/** has tenants below, as routes of plans ask */
let seller: FurnishedTenant;
/** Called, paid and synchronised by the vendors, while the owner's own master data is bent. */
let salon: FurnishedTenant;
let about: Vendored;
let before: { owner: number; salon: number; neighbour: string };

function request(
  method: string,
  path: string,
  who: Who,
  body: Body,
  headers: readonly (readonly [string, string | null])[] = [],
): Request {
  const made = new Headers({ 'CF-Connecting-IP': freshAddress() });
  const address = path.split('?')[0] ?? '';
  const caller = isOperators(address) ? operator : isSellers(address) ? seller : owner;
  if (who === 'key') made.set('Authorization', `Bearer ${caller.apiKey}`);
  if (who === 'session') made.set('Cookie', caller.cookie);
  if (body !== undefined) made.set('Content-Type', 'application/json');
  for (const [name, value] of headers) {
    if (value === null) made.delete(name);
    else made.set(name, value);
  }
  return new Request(`${PLATFORM}${path}`, { method, headers: made, ...(body === undefined ? {} : { body }) });
}

/** Sends it; what can't even be sent (a header no client may set) is no finding. */
async function fire(
  operation: Operation,
  what: string,
  who: Who,
  path: string,
  body: Body,
  headers: readonly (readonly [string, string | null])[] = [],
): Promise<Shot | null> {
  let made: Request;
  try {
    made = request(operation.method, path, who, body, headers);
  } catch {
    return null;
  }
  return check(await shoot(made, `${labelOf(operation)} as ${who}, ${what}`), operation);
}

async function standing(tenant: FurnishedTenant): Promise<{ balance: number; heads: string }> {
  const scope = openTenant(platformOf(env), tenant.tenantId, { kind: 'system', cause: 'demo' });
  const balance = await scope.ledger.balance();
  const schedule = await scope.calendar.schedule();
  if (!balance.result.ok) throw new Error(JSON.stringify(balance.result.error));
  return {
    balance: balance.result.value.availableCents,
    heads: JSON.stringify([balance.head, 'head' in schedule ? schedule.head : null]),
  };
}

beforeAll(async () => {
  stubVendors();
  for (const level of ['error', 'warn'] as const) vi.spyOn(console, level).mockImplementation(() => undefined);
  [owner, salon, neighbour] = [await furnishTenant(signIn), await furnishTenant(signIn), await furnishTenant(signIn)];
  seller = await furnishTenant(signIn, SELLER);
  const platform = await seedTenant({ type: 'platform', role: 'super_admin' });
  operator = { apiKey: platform.apiKey, cookie: await signIn(platform) };
  const topups: Opened[] = [];
  for (let i = 0; i < OPEN_TOPUPS; i++) topups.push(await openTopup(salon, 5_000 + i));
  await mapCalcom(salon);
  about = { tenant: salon, line: await connectLine(salon), topups, appointmentId: '' };
  const booked = await callFunction('book-appointment', about, 0);
  about.appointmentId = String(booked['appointment_id']);
  expect(booked['success'], JSON.stringify(booked)).toBe(true);
  // What is paid while Stripe's events come in may be there afterwards, and no more.
  const due = topups.reduce((sum, topup) => sum + topup.net, 0);
  before = {
    owner: (await standing(owner)).balance,
    salon: (await standing(salon)).balance + due,
    neighbour: (await standing(neighbour)).heads,
  };
});
afterEach(async () => {
  await settled();
  const problems = found;
  found = [];
  expect(problems.slice(0, REPORTED), `seed ${SEED}, ${problems.length} findings`).toEqual([]);
});
afterAll(() => {
  setClockOffset(0);
  vi.restoreAllMocks();
});

describe('routes of tenants', () => {
  it.each(ofKind('tenant'))('%s', { timeout: 60_000 }, async (label, operation, index) => {
    const start = (await standing(owner)).balance;
    const ids = await idsFor(owner, operation, required(operation));
    // Some ids are top-ups of the fixtures.
    before.owner += (await standing(owner)).balance - start;
    const filled = await filledRequest(operation, ids, owner);
    const search = filled.query.size > 0 ? `?${filled.query.toString()}` : '';
    const target = `${filled.path}${search}`;
    const who = (n: number): Who => (operation.actor === 'user' || n % 2 === 1 ? 'session' : 'key');
    const writes = operation.method !== 'GET';
    const valid = filled.body === undefined ? undefined : JSON.stringify(filled.body);

    if (writes) {
      const bodies = sliceOf(WHOLE_BODIES, index, operation.fields.length > 0 ? 4 * SLICE : 4);
      for (const [n, [what, body]] of bodies.entries()) await fire(operation, what, who(n), target, body);
      for (const [what, body] of sliceOf(WHOLE_BODIES, index, 4)) {
        const shot = await fire(operation, what, 'nobody', target, body);
        if (shot?.status !== 401) note([`${shot?.label} → ${shot?.status}, not 401`]);
      }
      for (const [n, type] of sliceOf(CONTENT_TYPES, index, operation.fields.length > 0 ? SLICE : 3).entries())
        await fire(operation, `content type ${type?.slice(0, 40)}`, who(n), target, valid ?? '{}', [
          ['Content-Type', type],
        ]);
      const large = `{"a":"${'x'.repeat(label === IMPORT_FILE ? MAX_IMPORT_BYTES : MAX_JSON_BYTES)}"}`;
      for (const someone of [who(0), 'nobody'] as const) {
        const shot = await fire(operation, 'a body over the bound', someone, target, large);
        if (shot?.status !== 413) note([`${shot?.label} → ${shot?.status}, not 413`]);
      }
    }
    await refusesHidden(operation, who(0), filled, index);
    if (operation.fields.length > 0 && filled.body !== undefined) {
      const runs = fc.sample(changesOf(operation.fields), { seed: SEED + index, numRuns: RUNS });
      for (const [n, changes] of runs.entries()) {
        // A time of its own for each, so that a slot taken before does not hide what comes after the schema.
        // What can be cancelled once is made anew.
        const own = operation.method === 'DELETE' ? await idsFor(owner, operation, required(operation)) : ids;
        const { path, body } = await filledRequest(operation, own, owner);
        const text = textOfBody(applyChanges(body ?? {}, changes));
        const what = text.length < 600 ? text : JSON.stringify(changes).slice(0, 600);
        await fire(operation, what, who(n), `${path}${search}`, text);
      }
      for (const { way } of operation.fields.filter((field) => field.kind === 'string')) {
        if (MANY_LINES.has(way)) continue;
        const shot = await fire(
          operation,
          `${way} of two lines`,
          who(1),
          target,
          textOfBody(setAt(filled.body, way, 'a\nb')),
        );
        if (shot && shot.status < 300) note([`${shot.label} → ${shot.status}, not refused: it should be one line`]);
      }
      const { body } = await filledRequest(operation, ids, owner);
      const shot = await fire(
        operation,
        'never written members',
        who(0),
        target,
        textOfBody(withUnknownMembers(operation, body ?? {})),
      );
      if (shot && (shot.text.includes(MARK) || shot.text.includes(String(MARK_NUMBER))))
        note([`${shot.label} → ${shot.status} takes what callers never write: ${shot.text.slice(0, 300)}`]);
    }
    for (const place of operation.path.match(/\{[^}]+\}/g) ?? []) {
      for (const [n, id] of sliceOf(PATH_IDS, index).entries()) {
        const path = pathWith(operation.path, place, id, filled.path);
        await fire(operation, `${place} = ${id.slice(0, 60)}`, who(n), path, valid);
      }
    }
    for (const [n, query] of sliceOf(queriesOf(operation), index, 3 * SLICE).entries())
      await fire(operation, `?${query.slice(0, 80)}`, who(n), `${filled.path}?${query}`, valid);
    for (const [n, [name, value]] of sliceOf(HEADERS, index).entries())
      await fire(operation, `${name}: ${value.slice(0, 60)}`, who(n), target, valid, [[name, value]]);
    if (!writes) {
      for (const [n, time] of FAR_TIMES.entries())
        await fire(operation, `x-askpro-now: ${time}`, who(n), target, undefined, [['x-askpro-now', time]]);
    }
  });
});

/** Each member of the body and each parameter of the query with characters that nobody sees in it: refused by name, whatever it is. */
async function refusesHidden(
  operation: Operation,
  who: Who,
  at: { path: string; query: URLSearchParams; body: Json | undefined },
  offset: number,
): Promise<void> {
  const withHidden = (n: number): string => `An${HIDDEN[(offset + n) % HIDDEN.length]}na`;
  const search = at.query.size > 0 ? `?${at.query.toString()}` : '';
  if (at.body !== undefined) {
    const { body } = at;
    const ways = [...operation.fields.map((field) => field.way), 'never_declared'];
    for (const [n, way] of ways.entries()) {
      for (let turn = 0; turn < HIDDEN_EACH; turn++) {
        const value = withHidden(n + (turn * HIDDEN.length) / 2);
        const what = `${way} with U+${value.codePointAt(2)?.toString(16)}`;
        const shot = await fire(operation, what, who, at.path + search, textOfBody(setAt(body, way, value)));
        if (shot && (shot.status !== 422 || !shot.text.includes(JSON.stringify(way))))
          note([`${shot.label} → ${shot.status}, not 422 for ${way}: ${shot.text.slice(0, 300)}`]);
      }
    }
    const named = { ...(body as { [member: string]: Json }), [`never_${HIDDEN[offset % HIDDEN.length]}declared`]: 1 };
    const shot = await fire(operation, 'a hidden member name', who, at.path + search, textOfBody(named));
    if (shot?.status !== 422) note([`${shot?.label} → ${shot?.status}, not 422`]);
  }
  for (const [n, name] of operation.query.entries()) {
    const query = new URLSearchParams(at.query);
    query.set(name, withHidden(n));
    const body = operation.method === 'GET' ? undefined : '{}';
    const shot = await fire(operation, `?${name} with hidden characters`, who, `${at.path}?${query.toString()}`, body);
    if (shot?.status !== 422) note([`${shot?.label} → ${shot?.status}, not 422`]);
  }
}

/** The operation's path with one parameter replaced, the others as in `filled`. */
function pathWith(pattern: string, place: string, value: string, filled: string): string {
  const parts = filled.split('/');
  return pattern
    .split('/')
    .map((part, index) => (part === place ? value : (parts[index] ?? part)))
    .join('/');
}

describe('public routes', () => {
  it.each(ofKind('public'))('%s', { timeout: 60_000 }, async (label, operation, index) => {
    const base = operation.path.replace(/\{[^}]+\}/g, 'unknown');
    // The clock of the process is moved by this one: only what it refuses is sent.
    const isClock = label === 'POST /api/dev/clock';
    if (operation.method === 'POST') {
      for (const [what, body] of WHOLE_BODIES) await fire(operation, what, 'nobody', base, body);
      for (const type of CONTENT_TYPES)
        await fire(operation, `content type ${type?.slice(0, 40)}`, 'nobody', base, '{"reset":1}', [
          ['Content-Type', type],
        ]);
      const shot = await fire(operation, 'a body over the bound', 'nobody', base, `"${'x'.repeat(MAX_JSON_BYTES)}"`);
      if (shot?.status !== 413) note([`${shot?.label} → ${shot?.status}, not 413`]);
    }
    if (operation.fields.length > 0 && !isClock) {
      for (const changes of fc.sample(changesOf(operation.fields), { seed: SEED + index, numRuns: RUNS })) {
        const text = textOfBody(applyChanges(operation.body ?? {}, changes));
        await fire(operation, text.slice(0, 400), 'nobody', base, text);
      }
    }
    await refusesHidden(operation, 'nobody', { path: base, query: new URLSearchParams(), body: operation.body }, index);
    if (isClock) {
      for (const now of TEXTS)
        await fire(operation, now.slice(0, 60), 'nobody', base, JSON.stringify({ now: `${now}?` }));
      expect(clockOffset()).toBe(0);
    }
    for (const place of operation.path.match(/\{[^}]+\}/g) ?? []) {
      for (const id of PATH_IDS) {
        await fire(operation, `${place} = ${id.slice(0, 60)}`, 'nobody', operation.path.replace(place, id), undefined);
        await fire(
          operation,
          `${place} = ${id.slice(0, 60)}.ics`,
          'nobody',
          operation.path.replace(place, `${id}.ics`),
          undefined,
        );
      }
    }
    if (operation.method === 'GET') {
      for (const query of queriesOf(operation))
        await fire(operation, `?${query.slice(0, 80)}`, 'key', `${base}?${query}`, undefined);
    }
    for (const [name, value] of HEADERS) {
      if (!isClock)
        await fire(
          operation,
          `${name}: ${value.slice(0, 60)}`,
          'nobody',
          base,
          operation.method === 'POST' ? '{}' : undefined,
          [[name, value]],
        );
    }
  });

  it('pages and paths that nobody has', async () => {
    const paths = [
      '/',
      '/admin',
      '/admin/x',
      '/reseller/login',
      '/portal/login',
      '/api',
      '/api/v9/x',
      '/webhooks/x',
      '/customer/x',
    ];
    for (const path of paths) {
      for (const id of ['', ...PATH_IDS]) {
        for (const method of ['GET', 'POST']) {
          const made = request(method, `${path}/${id}`, 'nobody', method === 'POST' ? '{}' : undefined);
          check(await shoot(made, `${method} ${path}/${id.slice(0, 60)}`), null);
        }
      }
    }
  });

  it('entry points of development refuse nonsense as everything else does', async () => {
    // They answer from an app of their own, which is not told the request's id; production has no such entry points.
    const checkEntryPoint = (shot: Shot): void =>
      note(problemsOf(shot, null).filter((p) => !p.includes('another request id')));
    for (const path of ['seed', 'faults', 'restore', 'nothing']) {
      for (const [what, body] of WHOLE_BODIES) {
        const shot = await shoot(request('POST', `/api/dev/${path}`, 'nobody', body), `POST /api/dev/${path} ${what}`);
        checkEntryPoint(shot);
      }
    }
    for (const path of ['verify?tenant=x', 'objects?tenant=', 'objects', 'verify?tenant=%00', 'nothing'])
      checkEntryPoint(await shoot(request('GET', `/api/dev/${path}`, 'nobody', undefined), `GET /api/dev/${path}`));
  });
});

describe('methods', () => {
  it('a method that a path does not have is a path that is not there', { timeout: 60_000 }, async () => {
    const handled = new Set(served.map((route) => `${route.method} ${documentPath(route.path)}`));
    const paths = [...new Set(operations.map((operation) => operation.path))];
    for (const path of paths) {
      for (const method of METHODS) {
        if (handled.has(`${method} ${path}`)) continue;
        const headFor = method === 'HEAD' && handled.has(`GET ${path}`);
        const concrete = path.replace('/{action}', '/confirm').replace(/\{[^}]+\}/g, 'x');
        const body = method === 'GET' || method === 'HEAD' ? undefined : '{}';
        let made: Request;
        try {
          made = request(method, concrete, 'key', body);
        } catch {
          continue;
        }
        const shot = check(await shoot(made, `${method} ${path}`), null);
        // `/x/{id}` also catches words of its neighbours: then it is an unknown id.
        const isCaught = served.some(
          (route) =>
            route.method === method &&
            new RegExp(`^${documentPath(route.path).replace(/\{[^}]+\}/g, '[^/]+')}$`).test(concrete),
        );
        const isRefusedThere = isCaught && (shot.status === 403 || shot.status === 422);
        if (!headFor && shot.status !== 404 && !isRefusedThere) note([`${shot.label} → ${shot.status}, not 404`]);
        // … or what only people may read.
        if (headFor && ![200, 403, 404, 422].includes(shot.status)) note([`${shot.label} → ${shot.status}`]);
      }
    }
  });
});

describe('streams', () => {
  it.each(['/api/v1/live', '/customer/balance/stream'])('%s: a HEAD leaves no listener behind', async (path) => {
    // An actor has six; whoever only asks for the headers must not use them up.
    for (let i = 0; i < 10; i++) check(await shoot(request('HEAD', path, 'key', undefined), `HEAD ${path} ${i}`), null);
    const shot = check(await shoot(request('GET', path, 'key', undefined), `GET ${path}`), null);
    expect(shot.status, shot.text).toBe(200);
  });
});

describe('signed requests', () => {
  it.each(ofKind('signed'))('%s', { timeout: 60_000 }, async (label, operation, index) => {
    const vendor = vendorOf(operation.path);
    const withCompany = operation.path.endsWith('{company}');
    const path = operation.path.replace('{company}', salon.slug);
    const send = async (what: string, body: string | Uint8Array<ArrayBuffer>, at = path): Promise<Shot> =>
      check(await shoot(await signed(vendor, at, body), `${label}, ${what}`), operation);

    for (const [what, body] of withCompany ? sliceOf(WHOLE_BODIES, index, 6) : WHOLE_BODIES) await send(what, body);
    const large = await send('a body over the bound', `{"a":"${'x'.repeat(MAX_SIGNED_BYTES)}"}`);
    if (large.status !== 413) note([`${large.label} → ${large.status}, not 413`]);

    const base = validBody(operation.path, about, index);
    if (base !== null) {
      const args = vendor === 'retell' ? fieldsOfValue({ args: ARGUMENTS }) : [];
      const fields = [...fieldsOfValue(base), ...args, ...args];
      const runs = fc.sample(changesOf(fields), {
        seed: SEED + index,
        numRuns: withCompany ? Math.ceil(RUNS / 4) : RUNS,
      });
      for (const [n, changes] of runs.entries()) {
        const serial = index * 1_000 + n;
        // What can be cancelled once is booked anew.
        if (path.includes('/cancel-'))
          about.appointmentId = String((await callFunction('book-appointment', about, serial))['appointment_id']);
        const body = textOfBody(applyChanges(validBody(operation.path, about, serial) ?? {}, changes));
        const shot = await send(JSON.stringify(changes).slice(0, 400), body);
        if (shot.status === 401) note([`${shot.label} → 401 for a good signature`]);
      }
      if (operation.path.startsWith('/api/retell/')) {
        // What a model fills in is words of a caller: it names no tenant, price or version.
        const shot = await send('never written arguments', textOfBody(withUnknownArguments(base)));
        if (shot.text.includes(MARK) || shot.text.includes(String(MARK_NUMBER)))
          note([`${shot.label} → takes what callers never say: ${shot.text.slice(0, 300)}`]);
      }
      await send('duplicated keys', `{"call":null,"event":1,${JSON.stringify(base).slice(1)}`);
    } else {
      for (const text of TEXTS) {
        const form = wireForm('twilio/status.delivered.form.txt');
        for (const name of ['MessageSid', 'MessageStatus', 'ErrorCode', text]) {
          const changed = new URLSearchParams(form);
          changed.set(name, text);
          await send(`${name.slice(0, 40)} = ${text.slice(0, 40)}`, changed.toString());
        }
      }
    }
    if (withCompany) {
      for (const id of sliceOf(PATH_IDS, index)) {
        let at = operation.path.replace('{company}', id);
        at = new URL(at, PLATFORM).pathname;
        await send(
          `company ${id.slice(0, 60)}`,
          base === null ? wireForm('twilio/status.delivered.form.txt').toString() : JSON.stringify(base),
          at,
        );
      }
    }
    for (const [name, value] of sliceOf(HEADERS, index, withCompany ? 4 : 12)) {
      const made = await signed(vendor, path, base === null ? 'a=1' : JSON.stringify(base));
      try {
        made.headers.set(name, value);
      } catch {
        continue;
      }
      check(await shoot(made, `${label}, ${name}: ${value.slice(0, 60)}`), operation);
    }
  });
});

const reasonOf = (fault: unknown): string =>
  fault instanceof Error ? String(fault.cause ?? fault).slice(0, 300) : String(fault);

describe('afterwards', () => {
  it('what the vendors sent was worked on without a fault, and nothing waits for ever', {
    timeout: 60_000,
  }, async () => {
    const { results } = await env.DB.prepare(
      "SELECT id, event_type, state FROM webhook_logs WHERE tenant_id IN (?1, 'unknown') AND state = 'received'",
    )
      .bind(salon.tenantId)
      .all<{ id: string; event_type: string }>();
    for (const { id, event_type } of results) {
      await processWebhook(env, salon.tenantId, id).catch((fault: unknown) =>
        note([`webhook ${event_type} ${id}: ${reasonOf(fault)}`]),
      );
    }
    const stuck = await env.DB.prepare(
      "SELECT event_type, payload FROM webhook_logs WHERE tenant_id = ?1 AND state = 'received'",
    )
      .bind(salon.tenantId)
      .all();
    note(stuck.results.map((row) => `still received: ${JSON.stringify(row).slice(0, 300)}`));
    const dead = await env.DB.prepare(
      "SELECT queue, reason FROM dead_letters WHERE tenant_id = ?1 AND reason NOT IN ('contract', 'call.link without ids')",
    )
      .bind(salon.tenantId)
      .all();
    note(dead.results.map((row) => `dead letter: ${JSON.stringify(row)}`));
  });

  it('money and time still add up, in the objects and in D1', async () => {
    for (const tenant of [owner, salon, neighbour]) {
      const scope = openTenant(platformOf(env), tenant.tenantId, { kind: 'system', cause: 'demo' });
      await scope.calendar.flush(5_000);
      await scope.ledger.flush(5_000);
      const { result } = await scope.ledger.verify();
      expect(result.ok && result.value.problems).toEqual([]);
      expect(result.ok && result.value.ok).toBe(true);
      for (const kind of ['calendar', 'ledger'] as const)
        expect((await reconcile(platformOf(env), tenant.tenantId, kind)).differences, kind).toEqual([]);
    }
  });

  it('nobody got richer, and the neighbour was not touched', async () => {
    expect((await standing(owner)).balance).toBeLessThanOrEqual(before.owner);
    expect((await standing(salon)).balance).toBeLessThanOrEqual(before.salon);
    expect((await standing(neighbour)).heads).toBe(before.neighbour);
  });

  it('what callers never write is nowhere', async () => {
    const { results: tables } = await env.DB.prepare(
      "SELECT name FROM sqlite_master WHERE type = 'table' AND sql LIKE '%tenant_id%'",
    ).all<{ name: string }>();
    for (const { name } of tables) {
      // Stored bodies of vendors are kept as they came.
      if (name === 'webhook_logs') continue;
      for (const tenant of [owner, salon]) {
        const { results } = await env.DB.prepare(`SELECT * FROM ${name} WHERE tenant_id = ?1`)
          .bind(tenant.tenantId)
          .all();
        note(
          results
            .map((row) => JSON.stringify(row))
            .filter((row) => row.includes(MARK) || row.includes(String(MARK_NUMBER)))
            .map((row) => `${name}: ${row.slice(0, 300)}`),
        );
      }
    }
    const polluted = {} as Record<string, unknown>;
    expect(polluted['polluted']).toBeUndefined();
  });
});
