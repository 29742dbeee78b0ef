/** Starts the real product as a process group and speaks to it as the world does: signed, over HTTP, many at a time. Used by every outside test. */
import { spawn } from 'node:child_process';
import { createHmac, randomUUID } from 'node:crypto';
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import http from 'node:http';
import os from 'node:os';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { inject } from 'vitest';
import type { z } from 'zod';
import { freePorts } from '../../dev/server/free-ports.ts';
import { signalGroup } from '../../dev/server/signal-group.ts';

export { freePorts };

export const projectRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

/** The demo data's secrets, printed in .dev.vars.example: anyone can sign with them, in development only. */
export const DEMO = {
  retellKey: 'key_demo_retell',
  calcomSecret: 'calcom_demo_secret',
  stripeSecret: 'whsec_demo_askproai',
  twilioToken: 'twilio_demo_token',
  password: 'askpro-demo-2026',
  salon: {
    apiKey: 'ask_test_demo_salon_schoen',
    owner: 'owner@salon-schoen.test',
    /** sees master data and customers, and changes none */
    staff: 'staff@salon-schoen.test',
    number: '+493012345678',
    agent: 'agent_demo_salon',
    slug: 'salon-schoen',
  },
  physio: {
    apiKey: 'ask_test_demo_physio_plus',
    owner: 'owner@physio-plus.test',
    number: '+4312345678',
    agent: 'agent_demo_physio',
    slug: 'physio-plus',
  },
  barber: {
    apiKey: 'ask_test_demo_barber_zurich',
    owner: 'owner@barber-zurich.test',
    number: '+41441234567',
    agent: 'agent_demo_barber',
    slug: 'barber-zurich',
  },
} as const;

/** A first start loads half a year of demo data on two busy cores. */
const READY_TIMEOUT_MS = 120_000;
const READY_POLL_MS = 50;
const STOP_TIMEOUT_MS = 15_000;
/** No request of a test may hang the run; vendors' own limit is 10 s. */
const REQUEST_TIMEOUT_MS = 60_000;
/** Lines of output kept for the message of a failed start. */
const OUTPUT_LINES_KEPT = 200;

// ---------------------------------------------------------------- requests

export interface Answer {
  status: number;
  headers: http.IncomingHttpHeaders;
  text: string;
  /** The parsed body; throws when it is no JSON. */
  // biome-ignore lint/suspicious/noExplicitAny: refusals, sandboxes and vendors' answers are asserted member by member
  json(): any;
  /** The body as the contract promises it; throws with everything in which it differs. */
  as<T extends z.ZodType>(schema: T): z.output<T>;
  milliseconds: number;
}

interface RequestOptions {
  method?: string;
  headers?: Record<string, string>;
  /** An object is sent as JSON, a string as it is. */
  body?: unknown;
  /** Host header, e.g. `salon-schoen.localhost`; the port is added. Default: localhost. */
  host?: string;
  agent?: http.Agent;
  /** Called when the request has been written whole; used to count what is in flight. */
  onSent?: () => void;
  /** Called when the answer has been read whole. */
  onAnswered?: () => void;
  timeoutMs?: number;
}

/** One request to 127.0.0.1:port through node:http, because fetch drops the Host header. Rejects when nothing answers. */
export function request(port: number, target: string, options: RequestOptions = {}): Promise<Answer> {
  const startedAt = performance.now();
  const body =
    options.body === undefined || typeof options.body === 'string' ? options.body : JSON.stringify(options.body);
  const headers: Record<string, string> = {
    host: `${options.host ?? 'localhost'}:${port}`,
    ...(body !== undefined && {
      'content-type': 'application/json',
      'content-length': String(Buffer.byteLength(body)),
    }),
    ...options.headers,
  };
  return new Promise((resolve, reject) => {
    const outgoing = http.request(
      {
        host: '127.0.0.1',
        port,
        path: target,
        method: options.method ?? (body === undefined ? 'GET' : 'POST'),
        headers,
        timeout: options.timeoutMs ?? REQUEST_TIMEOUT_MS,
        // One connection each: workerd closes an idle one after five seconds, now and then just as the next request is sent.
        agent: options.agent ?? false,
      },
      (incoming) => {
        const chunks: Buffer[] = [];
        incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
        incoming.once('error', reject);
        incoming.once('end', () => {
          options.onAnswered?.();
          const text = Buffer.concat(chunks).toString();
          resolve({
            status: incoming.statusCode ?? 0,
            headers: incoming.headers,
            text,
            json: () => JSON.parse(text),
            as: (schema) => {
              const read = schema.safeParse(JSON.parse(text));
              if (read.success) return read.data;
              const differences = read.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`);
              throw new Error(`${target} → ${incoming.statusCode}: ${differences.join('; ')}`);
            },
            milliseconds: performance.now() - startedAt,
          });
        });
      },
    );
    outgoing.once('timeout', () => outgoing.destroy(new Error(`no answer within the limit: ${target}`)));
    outgoing.once('error', reject);
    if (options.onSent) outgoing.once('finish', options.onSent);
    outgoing.end(body);
  });
}

// ---------------------------------------------------------------- signatures

/** `X-Retell-Signature`: v=<ms>,d=<hex HMAC of body + ms>. */
export function retellSignature(body: string, key: string = DEMO.retellKey, now = Date.now()): string {
  return `v=${now},d=${createHmac('sha256', key).update(`${body}${now}`).digest('hex')}`;
}

/** `Stripe-Signature`: t=<s>,v1=<hex HMAC of "s.body">. */
export function stripeSignature(body: string, secret: string = DEMO.stripeSecret, now = Date.now()): string {
  const seconds = Math.floor(now / 1000);
  return `t=${seconds},v1=${createHmac('sha256', secret).update(`${seconds}.${body}`).digest('hex')}`;
}

/** `X-Cal-Signature-256`: hex HMAC of the body. */
export function calcomSignature(body: string, secret: string = DEMO.calcomSecret): string {
  return createHmac('sha256', secret).update(body).digest('hex');
}

// ---------------------------------------------------------------- instance

export interface InstanceOptions {
  /** Kept by the caller when given (to start again on the same state); else a temporary copy of the demo state, removed by stop(). */
  state?: string;
  port?: number;
  /** Extra environment, e.g. RATE_LIMIT_SCALE. */
  env?: Record<string, string>;
  /** False: no demo data. */
  demoData?: boolean;
  /** Ports of a sandbox that the test runs itself; it then survives the kill of this instance. */
  externalSandbox?: { port: number; smtpPort: number };
  /** Where the project lies; default: here. */
  folder?: string;
}

export interface Instance {
  port: number;
  sandboxPort: number;
  state: string;
  /** Everything it printed so far. */
  output(): string;
  request(target: string, options?: RequestOptions): Promise<Answer>;
  /** A function call or webhook signed as Retell signs it. */
  retell(target: string, body: unknown, options?: RequestOptions): Promise<Answer>;
  stripe(body: unknown, options?: RequestOptions): Promise<Answer>;
  calcom(body: unknown, options?: RequestOptions): Promise<Answer>;
  /** With a bearer API key. */
  api(target: string, apiKey: string, options?: RequestOptions): Promise<Answer>;
  /** Signs a demo user in. @returns the cookie header */
  signIn(email: string, host?: string): Promise<string>;
  /** Moves the clocks of the process and of the sandbox (development only). */
  clock(change: { now?: string; advance_seconds?: number; reset?: true }): Promise<Answer>;
  sandbox: SandboxClient;
  /** Ctrl-C: a clean end. */
  stop(): Promise<void>;
  /** SIGKILL to the whole process group: nothing of it gets a last word. */
  kill9(): Promise<void>;
}

export type SandboxService = 'stripe' | 'calcom' | 'retell' | 'twilio' | 'telegram' | 'smtp' | 'push' | 'cloudflare';
export interface SandboxFault {
  mode: 'status' | 'timeout' | 'drop' | 'duplicate' | 'slow';
  status?: number;
  times?: number;
  path?: string;
}
interface SandboxClient {
  // biome-ignore lint/suspicious/noExplicitAny: the sandbox lists whatever it received
  requests(service: SandboxService): Promise<any[]>;
  fault(service: SandboxService, fault: SandboxFault): Promise<Answer>;
  reset(): Promise<void>;
  request(target: string, options?: RequestOptions): Promise<Answer>;
}

export function sandboxClient(port: number): SandboxClient {
  return {
    request: (target, options) => request(port, target, options),
    requests: async (service) => {
      const listed = (await request(port, `/_sandbox/${service}/requests`)).json();
      return Array.isArray(listed) ? listed : listed.requests;
    },
    fault: (service, fault) => request(port, `/_sandbox/${service}/faults`, { body: fault }),
    reset: async () => {
      await request(port, '/_sandbox/reset', { method: 'POST' });
    },
  };
}

/** Starts the product as `npm start` does and waits until it says that it is ready. Rejects with its output when it ends before. */
export async function startInstance(options: InstanceOptions = {}): Promise<Instance> {
  const port = options.port ?? (await freePorts());
  const sandboxPort = options.externalSandbox?.port ?? port + 1;
  const ownState = options.state === undefined;
  const state = options.state ?? mkdtempSync(path.join(os.tmpdir(), 'askpro state '));
  const folder = options.folder ?? projectRoot;
  if (ownState && options.demoData !== false) cpSync(inject('demoState'), state, { recursive: true });

  const lines: string[] = [];
  // detached: its own process group, so that one signal reaches workerd too
  const child = spawn(path.join(folder, 'node_modules', '.bin', 'node'), ['dev/start.ts'], {
    cwd: folder,
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    env: {
      ...process.env,
      PORT: String(port),
      ASKPRO_STATE: state,
      ...(options.demoData === false && { ASKPRO_DEMO_DATA: 'off' }),
      ...(options.externalSandbox && {
        ASKPRO_SANDBOX: 'external',
        ASKPRO_SANDBOX_PORT: String(options.externalSandbox.port),
        ASKPRO_SMTP_PORT: String(options.externalSandbox.smtpPort),
      }),
      ...options.env,
    },
  });
  const collect = (chunk: Buffer) => {
    lines.push(...chunk.toString().split('\n'));
    if (lines.length > OUTPUT_LINES_KEPT) lines.splice(0, lines.length - OUTPUT_LINES_KEPT);
  };
  child.stdout.on('data', collect);
  child.stderr.on('data', collect);
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()));
  const output = () => lines.join('\n');

  const deadline = Date.now() + READY_TIMEOUT_MS;
  while (!/^\s*Ready in /m.test(output())) {
    if (child.exitCode !== null || child.signalCode !== null)
      throw new Error(`the product ended before it was ready:\n${output()}`);
    if (Date.now() > deadline) {
      signalGroup(child, 'SIGKILL');
      throw new Error(`the product was not ready in ${READY_TIMEOUT_MS / 1000} s:\n${output()}`);
    }
    await sleep(READY_POLL_MS);
  }

  const send = (target: string, given: RequestOptions = {}) => request(port, target, given);
  const signed = (
    target: string,
    body: unknown,
    sign: (text: string) => Record<string, string>,
    given: RequestOptions = {},
  ) => {
    const text = typeof body === 'string' ? body : JSON.stringify(body);
    return send(target, { ...given, body: text, headers: { ...sign(text), ...given.headers } });
  };
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode === null && child.signalCode === null) {
      signalGroup(child, signal);
      const timer = setTimeout(() => signalGroup(child, 'SIGKILL'), STOP_TIMEOUT_MS);
      await ended;
      clearTimeout(timer);
    }
  };
  /** how far the product's clock is from ours: vendors sign by it */
  let offsetMs = 0;
  return {
    port,
    sandboxPort,
    state,
    output,
    request: send,
    retell: (target, body, given) =>
      signed(
        target,
        body,
        (text) => ({ 'x-retell-signature': retellSignature(text, DEMO.retellKey, Date.now() + offsetMs) }),
        given,
      ),
    stripe: (body, given) =>
      signed(
        '/webhooks/stripe',
        body,
        (text) => ({ 'stripe-signature': stripeSignature(text, DEMO.stripeSecret, Date.now() + offsetMs) }),
        given,
      ),
    calcom: (body, given) =>
      signed('/api/calcom/webhook', body, (text) => ({ 'x-cal-signature-256': calcomSignature(text) }), given),
    api: (target, apiKey, given = {}) =>
      send(target, { ...given, headers: { authorization: `Bearer ${apiKey}`, ...given.headers } }),
    signIn: async (email, host) => {
      const answer = await send('/api/auth/sign-in/email', {
        body: { email, password: DEMO.password },
        headers: { origin: `http://${host ?? 'localhost'}:${port}` },
        ...(host && { host }),
      });
      if (answer.status !== 200) throw new Error(`sign-in of ${email}: ${answer.status} ${answer.text}`);
      return (answer.headers['set-cookie'] ?? []).map((cookie) => cookie.split(';')[0]).join('; ');
    },
    clock: async (change) => {
      // the world's clock goes along, or its signatures would be too old for us
      await request(sandboxPort, '/_sandbox/clock', { body: change });
      const answer = await send('/api/dev/clock', { body: change });
      if (answer.status === 200) offsetMs = answer.json().offset_seconds * 1000;
      return answer;
    },
    sandbox: sandboxClient(sandboxPort),
    stop: async () => {
      await end('SIGINT');
      if (ownState) rmSync(state, { recursive: true, force: true });
    },
    kill9: () => end('SIGKILL'),
  };
}

// ---------------------------------------------------------------- many at a time

interface LoadResult<T> {
  results: PromiseSettledResult<T>[];
  /** Most requests that were written and not yet answered at one moment. */
  mostInFlight: number;
}

/** What a task passes on to its request. */
export interface Wire {
  agent: http.Agent;
  onSent: () => void;
  onAnswered: () => void;
}

/** Runs all tasks, at most `sockets` at a time over kept-alive connections, and measures how many were in flight. */
export async function inParallel<T>(tasks: ((wire: Wire) => Promise<T>)[], sockets: number): Promise<LoadResult<T>> {
  const agent = new http.Agent({ keepAlive: true, maxSockets: sockets });
  let inFlight = 0;
  let mostInFlight = 0;
  const wire: Wire = {
    agent,
    onSent: () => {
      inFlight++;
      mostInFlight = Math.max(mostInFlight, inFlight);
    },
    onAnswered: () => {
      inFlight--;
    },
  };
  const results = await Promise.allSettled(tasks.map((task) => task(wire)));
  agent.destroy();
  return { results, mostInFlight };
}

export const sleep = (milliseconds: number) => new Promise<void>((resolve) => setTimeout(resolve, milliseconds));

/** Asks again until the answer satisfies, or throws with the last one. */
export async function eventually<T>(
  ask: () => Promise<T>,
  satisfied: (value: T) => boolean,
  options: { withinMs?: number; everyMs?: number; what?: string } = {},
): Promise<T> {
  const deadline = Date.now() + (options.withinMs ?? 30_000);
  for (;;) {
    const value = await ask();
    if (satisfied(value)) return value;
    if (Date.now() > deadline) {
      throw new Error(`${options.what ?? 'not satisfied'} in time; last: ${JSON.stringify(value)?.slice(0, 2_000)}`);
    }
    await sleep(options.everyMs ?? 100);
  }
}

/** A call object as Retell puts into every function call. */
export function callObject(tenant: { number: string; agent: string }, from: string, callId = `call_${randomUUID()}`) {
  return {
    call_id: callId,
    call_type: 'phone_call',
    agent_id: tenant.agent,
    agent_version: 1,
    call_status: 'ongoing',
    direction: 'inbound',
    from_number: from,
    to_number: tenant.number,
    start_timestamp: Date.now(),
  };
}
