/** A workspace at Retell behind `fetch` (the sandbox's own), a salon with an agent, a pool with numbers, and jobs that are run by hand. Imported by tests only. */
import { afterAll, beforeAll, beforeEach, vi } from 'vitest';
import { RetellAccount } from '../../dev/sandbox/retell-account.ts';
import { AGENT_ABILITIES } from '../../shared/agent-sets.ts';
import { processNow } from '../../shared/clock.ts';
import type { AgentFields } from '../../shared/contract/agents.ts';
import type { Result } from '../../shared/result.ts';
import { jobWorld } from '../cron.ts';
import { platformOf } from '../env.ts';
import { runJob } from '../jobs/job-runner.ts';
import { type JobWorld, PLATFORM_TENANT } from '../jobs/world.ts';
import { agentOf, type AgentRow } from '../storage/queries/agents.ts';
import { jobRow } from '../storage/queries/jobs.ts';
import { type NumberRow, numberOf } from '../storage/queries/numbers.ts';
import { openTenant, type TenantScope } from '../tenancy/scope.ts';
import { env, type Salon } from '../telephony/telephony.fixture.ts';
import { importNumbers } from './commands/number-pool.ts';
import { orderNumber } from './commands/order-number.ts';
import { provisionAgent } from './commands/act-on-agent.ts';
import { createAgent } from './commands/write-agent.ts';

export const platform = platformOf(env);
export const account = new RetellAccount(() => processNow());

/** What the vendor was asked, and what happens to it. */
export const wire = {
  asked: [] as string[],
  /** every request is refused with this status; null: answered */
  down: null as number | null,
  /** called after a request was worked on and before it is answered: throws to lose the answer */
  after: null as ((asked: number) => void) | null,
};

async function retell(input: RequestInfo | URL, init?: RequestInit): Promise<Response> {
  const request = new Request(input, init);
  const { pathname, searchParams } = new URL(request.url);
  wire.asked.push(`${request.method} ${pathname}`);
  if (wire.down !== null) return Response.json({ status: 'error', message: 'down' }, { status: wire.down });
  const text = await request.text();
  const answered = account.handle({
    method: request.method,
    path: pathname,
    query: searchParams,
    body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>),
  });
  wire.after?.(wire.asked.length);
  if (answered === null) return new Response('{}', { status: 404 });
  return answered.body === undefined
    ? new Response(null, { status: answered.status })
    : Response.json(answered.body, { status: answered.status });
}

/** Puts Retell's workspace behind `fetch` for a file's tests; each begins with an empty one. */
export function withRetell(): void {
  beforeAll(() => vi.stubGlobal('fetch', retell));
  afterAll(() => void vi.unstubAllGlobals());
  beforeEach(async () => {
    await nobodyWaits();
    account.clear();
    Object.assign(wire, { asked: [], down: null, after: null });
  });
}

/** Jobs are woken by the test, not by the queue. */
export const world: JobWorld = { ...jobWorld(platform), wake: async () => undefined };

export function must<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(JSON.stringify(result.error));
  return result.value;
}

/** The tenant now: a scope's clock stands still. */
export const scopeOf = (at: Pick<Salon, 'tenantId'>): TenantScope =>
  openTenant(platform, at.tenantId, { kind: 'system', cause: 'demo' }, { now: processNow() });

export const operator = (): TenantScope =>
  openTenant(platform, PLATFORM_TENANT, { kind: 'system', cause: 'demo' }, { now: processNow() });

export const fieldsFor = (at: Salon, more: Partial<AgentFields> = {}): AgentFields => ({
  name: 'Clara',
  branch_id: at.branchId as AgentFields['branch_id'],
  language: 'de',
  trade: 'hair_salon',
  voice: 'clara',
  first_sentence: null,
  transfer_number: null,
  emergency_number: null,
  abilities: [...AGENT_ABILITIES],
  ...more,
});

export const draft = async (at: Salon, more: Partial<AgentFields> = {}): Promise<AgentRow> =>
  must(await createAgent(scopeOf(at), fieldsFor(at, more)));

let counter = 0;
/** A German number that no other test uses. */
export const freeNumber = (): string =>
  `+4930${String(22_000_000 + Math.floor(Math.random() * 7_000_000))}${++counter % 10}`;

export const imported = async (...numbers: string[]) =>
  must(
    await importNumbers(platform, operator(), world, {
      numbers,
      termination_uri: 'sip.carrier.example',
      transport: 'TLS',
      sip_username: 'askpro',
      sip_password: 'sip-secret-0815',
    }),
  );

export const ordered = async (at: Salon): Promise<NumberRow> =>
  must(await orderNumber(platform, scopeOf(at), world, { branch_id: at.branchId as never }));

export const agentNow = async (at: Pick<Salon, 'tenantId'>, id: string): Promise<AgentRow> => {
  const row = await agentOf(scopeOf(at).db, id);
  if (row === null) throw new Error('no agent');
  return row;
};
export const numberNow = async (at: Pick<Salon, 'tenantId'>, id: string): Promise<NumberRow> => {
  const row = await numberOf(scopeOf(at).db, id);
  if (row === null) throw new Error('no number');
  return row;
};

/** Begins provisioning and works until the job stands. */
export async function provisioned(at: Salon, id: string): Promise<AgentRow> {
  const begun = must(await provisionAgent(scopeOf(at), world, id));
  await runJob(world, at.tenantId, begun.jobId ?? '');
  return agentNow(at, id);
}

export const jobNow = async (at: Salon, id: string) => jobRow(scopeOf(at).db, (await agentNow(at, id)).jobId ?? '');

/** Orders that other tests left waiting would take the numbers of the next import. */
async function nobodyWaits(): Promise<void> {
  for (const database of [env.DB, (env as unknown as { DB_SHARD_1: D1Database }).DB_SHARD_1])
    await database.prepare("UPDATE business_numbers SET state = 'released' WHERE state = 'waiting'").run();
}
