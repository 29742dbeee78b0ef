/** A salon with a phone number for tests inside workerd, and Retell's side of the wire: signed inbound, function and call webhooks. Imported by tests only. */
import { createExecutionContext, env as testEnv, waitOnExecutionContext } from 'cloudflare:test';
import { OpenAPIHono } from '@hono/zod-openapi';
import { afterAll, beforeAll, expect, vi } from 'vitest';
import { processNow, setClockOffset } from '../../shared/clock.ts';
import { newId, type TopupId, type TenantId } from '../../shared/ids.ts';
import { asCents } from '../../shared/money.ts';
import { mismatches } from '../../tests/contract/answers.ts';
import type { OpenApi } from '../../tests/contract/document.ts';
import { tenantRecord } from '../../tests/contract/tenants.ts';
import { salonMasterData } from '../../tests/salon.ts';
import { type Env, platformOf } from '../env.ts';
import { documentOf } from '../http/openapi.ts';
import { onError } from '../http/problem.ts';
import { requestContext } from '../http/request-context.ts';
import type { OpenEnv } from '../http/module-routes.ts';
import { signRetell } from '../integrations/signatures.ts';
import { defaultTerms, PER_MINUTE_PLAN } from '../ledger/rules/terms.ts';
import { saveAgent, savePhoneNumber, saveTenant } from '../storage/platform-db.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { telephonyRoutes } from './routes.ts';

export const env = testEnv as unknown as Env;
const PLATFORM_KEY = 'key_demo_retell';
/** The moment of the spoken phrases: Friday, ten o'clock in Berlin. */
export const FRIDAY = '2026-11-20T10:00:00+01:00';

const known = new Map<string, unknown>();
/** What Retell answers to get-call; it knows no other call. */
export const retellKnows = (callId: string, call: unknown): Map<string, unknown> => known.set(callId, call);

/** Every vendor but Retell's get-call is down: nothing leaves the test. */
function offline(input: RequestInfo | URL): Promise<Response> {
  const url = input instanceof Request ? input.url : String(input);
  const callId = /\/v2\/get-call\/([^/?]+)$/.exec(url)?.[1];
  const call = callId === undefined ? undefined : known.get(decodeURIComponent(callId));
  if (call !== undefined) return Promise.resolve(Response.json(call));
  return Promise.resolve(new Response('{}', { status: callId === undefined ? 503 : 404 }));
}

/** Moves the process clock of the test to that moment, so that holds and alarms follow it; undone after the file. */
export function onFriday(): void {
  beforeAll(() => {
    setClockOffset(Date.parse(FRIDAY) - Date.now());
    vi.stubGlobal('fetch', offline);
  });
  afterAll(() => {
    setClockOffset(0);
    vi.unstubAllGlobals();
  });
}

const app = new OpenAPIHono<OpenEnv>();
app.onError(onError);
app.use('*', requestContext);
app.route('/', telephonyRoutes);

/** What the document does not allow of a function's answer. @param path of the request */
export function undocumented(path: string, answered: unknown): string[] {
  document ??= documentOf(app) as unknown as OpenApi;
  return mismatches(document, { method: 'post', path }, 200, answered);
}
let document: OpenApi | null = null;

let counter = 0;
/** Digits no other test uses. */
const digits = (): string => String(10_000_000 + Math.floor(Math.random() * 80_000_000) + ++counter);
export const callIdOf = (): string => `call_${digits()}${digits()}`;
export const mobile = (): string => `+49151${digits()}`;

export interface Salon {
  tenantId: TenantId;
  scope: TenantScope;
  number: string;
  agentId: string;
  branchId: string;
  anna: string;
  ben: string;
  haircut: string;
  beard: string;
}

interface SalonOptions {
  status?: 'active' | 'suspended';
  topupCents?: number;
  settings?: Record<string, unknown>;
}

const must = <T>(answer: { result: { ok: true; value: T } | { ok: false; error: unknown } }): T => {
  if (!answer.result.ok) throw new Error(JSON.stringify(answer.result.error));
  return answer.result.value;
};

/** Tue–Sat 9–18, holidays of NW, Anna and Ben, Haarschnitt (60 min) and Bartpflege (30 min), 0.20 € a minute. */
export async function salon(overrides: SalonOptions = {}): Promise<Salon> {
  const now = processNow();
  const tenantId = newId('tenant', now);
  const number = `+4930${digits()}`;
  const agentId = `agent_${digits()}`;
  const [companyId, branchId, anna, ben, haircut, beard] = [
    newId('company', now),
    newId('branch', now),
    newId('staff', now),
    newId('staff', now),
    newId('service', now),
    newId('service', now),
  ];
  const status = overrides.status ?? 'active';
  await saveTenant(
    platformOf(env),
    tenantRecord({ id: tenantId, name: 'Salon Schön', status, settings: overrides.settings ?? null }),
  );
  await savePhoneNumber(platformOf(env), { tenantId, e164: number, branchId, agentId, active: true });
  await saveAgent(platformOf(env), { tenantId, agentId, branchId, language: 'de', active: true });
  const scope = openTenant(platformOf(env), tenantId, { kind: 'system', cause: 'demo' }, { now });
  const items = salonMasterData({
    account: tenantId,
    status,
    company: companyId,
    branch: {
      id: branchId,
      name: 'Berlin-Mitte',
      holidayRegion: 'DE-NW',
      areaCode: '030',
      address: { street: 'Torstraße 1', postalCode: '10119', city: 'Berlin' },
    },
    people: [
      { id: anna, firstName: 'Anna', lastName: 'Schmidt' },
      { id: ben, firstName: 'Ben', lastName: 'Weber' },
    ],
    services: [
      {
        id: haircut,
        name: { de: 'Haarschnitt', en: 'Haircut' },
        aliases: ['Schneiden', 'Haare schneiden'],
        durationMinutes: 60,
        priceCents: 4_000,
        maxDaysAhead: 700,
      },
      {
        id: beard,
        name: { de: 'Bartpflege', en: 'Beard trim' },
        aliases: ['Bart'],
        durationMinutes: 30,
        priceCents: 4_000,
        staff: [{ staffId: anna }],
        maxDaysAhead: 700,
      },
    ],
    weekdays: [2, 3, 4, 5, 6],
    open: { from: '09:00', to: '18:00' },
  });
  must(
    await scope.calendar.putScheduleMany({
      key: `seed:${tenantId}`,
      now,
      actor: { kind: 'system', id: 'test' },
      items,
    }),
  );
  must(await scope.ledger.putTerms({ key: `terms:${tenantId}`, terms: defaultTerms(PER_MINUTE_PLAN) }));
  if (overrides.topupCents !== 0) {
    const topupId = newId('topup', now) as TopupId;
    must(
      await scope.ledger.recordTopup({
        key: `manual:${topupId}`,
        topupId,
        amountCents: asCents(overrides.topupCents ?? 10_000),
        currency: 'EUR',
        method: 'manual',
        bonus: true,
      }),
    );
  }
  return { tenantId, scope, number, agentId, branchId, anna, ben, haircut, beard };
}

export interface Answered {
  status: number;
  headers: Headers;
  // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many shapes
  body: any;
}

/** Where lines of the log are kept in D1 (workers/storage/log-lines.ts). */
const OF_LOG = /\bINTO (security_events|defects)\b/;

/** The bindings with a D1 that counts the statements made through it: those of the requests that get it, not what runs in the background. */
export function countingEnv(): { env: Env; statements: () => number; asked: readonly string[] } {
  const asked: string[] = [];
  const counting = (database: D1Database): D1Database =>
    new Proxy(database, {
      get: (target, name) => {
        const member: unknown = Reflect.get(target, name);
        if (typeof member !== 'function') return member;
        return (...given: unknown[]) => {
          // A batch was counted as its statements were prepared; lines of the log are anybody's, kept behind whatever answer comes next.
          if (name !== 'batch' && !OF_LOG.test(String(given[0]))) asked.push(String(given[0]));
          return Reflect.apply(member, target, given);
        };
      },
    });
  return {
    env: { ...env, DB: counting(env.DB), ...(env.DB_SHARD_1 && { DB_SHARD_1: counting(env.DB_SHARD_1) }) },
    statements: () => asked.length,
    asked,
  };
}

/** An environment whose D1 answers nothing until `until`, and then fails. */
export function waitingEnv(until: Promise<void>): Env {
  const wait = async (): Promise<never> => {
    await until;
    throw new Error('D1 was away');
  };
  const statementOf = (): object => ({ bind: statementOf, run: wait, all: wait, first: wait, raw: wait });
  const DB = { prepare: statementOf, batch: wait, exec: wait } as unknown as D1Database;
  return { ...env, DB, ...(env.DB_SHARD_1 && { DB_SHARD_1: DB }) };
}

/** Sends a body as Retell would; `now` moves the request's clock, `settle` waits for what runs behind the answer. */
export async function send(
  path: string,
  body: unknown,
  options: { key?: string; now?: string; signature?: string | null; settle?: boolean; env?: Env } = {},
): Promise<Answered> {
  const raw = typeof body === 'string' ? body : JSON.stringify(body);
  const signature =
    options.signature === undefined
      ? await signRetell(raw, options.key ?? PLATFORM_KEY, processNow())
      : options.signature;
  const headers: Record<string, string> = { 'Content-Type': 'application/json' };
  if (signature !== null) headers['X-Retell-Signature'] = signature;
  const { now } = options;
  if (now !== undefined) headers['x-askpro-now'] = now;
  const ctx = createExecutionContext();
  const response = await app.fetch(
    new Request(`http://localhost${path}`, { method: 'POST', body: raw, headers }),
    options.env ?? env,
    ctx,
  );
  const text = await response.text();
  if (options.settle !== false) await waitOnExecutionContext(ctx);
  const answered = text.startsWith('{') ? JSON.parse(text) : text;
  // Every answer of every test: what the function said is what the document says of it.
  if (path.startsWith('/api/retell/') && response.status === 200)
    expect(undocumented(path, answered), `${path}: ${text}`).toEqual([]);
  return { status: response.status, headers: response.headers, body: answered };
}

export async function get(path: string): Promise<Response> {
  const ctx = createExecutionContext();
  const response = await app.fetch(new Request(`http://localhost${path}`), env, ctx);
  await waitOnExecutionContext(ctx);
  return response;
}

/** One caller on the phone: an inbound webhook gives the route that every function call of the call carries. */
export class Caller {
  readonly salon: Salon;
  readonly callId: string;
  readonly from: string | null;
  route: string | null = null;
  /** who said what; empty: Retell sends no transcript */
  readonly turns: { role: 'agent' | 'user'; content: string }[] = [];
  variables: Record<string, string> = {};

  constructor(at: Salon, from: string | null = mobile(), callId = callIdOf()) {
    this.salon = at;
    this.from = from;
    this.callId = callId;
  }

  /** Retell's inbound webhook; afterwards the route is known. */
  async rings(): Promise<Answered> {
    const answered = await send('/webhooks/retell/inbound', {
      event: 'call_inbound',
      call_inbound: {
        call_id: this.callId,
        agent_id: this.salon.agentId,
        from_number: this.from ?? 'anonymous',
        to_number: this.salon.number,
      },
    });
    this.route = answered.body.call_inbound?.metadata?.route ?? null;
    this.variables = answered.body.call_inbound?.dynamic_variables ?? {};
    return answered;
  }

  call(more: Record<string, unknown> = {}): Record<string, unknown> {
    return {
      call_id: this.callId,
      call_type: 'phone_call',
      agent_id: this.salon.agentId,
      direction: 'inbound',
      from_number: this.from ?? 'anonymous',
      to_number: this.salon.number,
      ...(this.turns.length === 0 ? {} : { transcript_object: this.turns }),
      ...(this.route === null ? {} : { metadata: { route: this.route }, retell_llm_dynamic_variables: this.variables }),
      ...more,
    };
  }

  /** What the caller says, as the transcript has it. */
  tells(...content: string[]): this {
    this.turns.push(...content.map((text) => ({ role: 'user' as const, content: text })));
    return this;
  }
  /** What the agent says. */
  hears(...content: string[]): this {
    this.turns.push(...content.map((text) => ({ role: 'agent' as const, content: text })));
    return this;
  }

  says(name: string, args: Record<string, unknown>, options: Parameters<typeof send>[2] = {}): Promise<Answered> {
    return send(`/api/retell/${name}`, { name: name.replaceAll('-', '_'), call: this.call(), args }, options);
  }
}
