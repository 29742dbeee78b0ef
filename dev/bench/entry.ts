/**
 * The product's Worker with floors beside it: what a bare route, an object's echo and one insert cost here; and the ports of a scope,
 * to measure commands that no single request reaches. Built by dev/build.ts for the bench alone, never deployed.
 */
import { asTenantId } from '../../workers/tenancy/directory.ts';
import { DurableObject } from 'cloudflare:workers';
import { Hono } from 'hono';
import { processNow } from '../../shared/clock.ts';
import { type Env, type QueueMessage, platformOf } from '../../workers/env.ts';
import product from '../../workers/index.ts';
import { openTenant } from '../../workers/tenancy/scope.ts';

export { RateGate, TenantCalendar, TenantLedger, TenantPresence } from '../../workers/index.ts';

interface BenchEnv extends Env {
  BENCH: DurableObjectNamespace<BenchObject>;
  /** ms that a statement of a consumer waits */
  BENCH_D1_MS?: string;
}

/** The floors of an object: an answer, and one row written and acknowledged. */
export class BenchObject extends DurableObject<BenchEnv> {
  constructor(ctx: DurableObjectState, env: BenchEnv) {
    super(ctx, env);
    ctx.storage.sql.exec('CREATE TABLE IF NOT EXISTS rows (id INTEGER PRIMARY KEY, body TEXT NOT NULL) STRICT');
  }

  echo(text: string): string {
    return text;
  }

  insert(text: string): number {
    return this.ctx.storage.transactionSync(
      () => this.ctx.storage.sql.exec<{ id: number }>('INSERT INTO rows (body) VALUES (?) RETURNING id', text).one().id,
    );
  }
}

const bench = new Hono<{ Bindings: BenchEnv }>();
bench.get('/__bench/empty', (c) => c.json({ ok: true }));
bench.get('/__bench/echo', async (c) => c.json({ echo: await c.env.BENCH.getByName('floor').echo('x') }));
bench.post('/__bench/insert', async (c) =>
  c.json({ id: await c.env.BENCH.getByName('floor').insert(await c.req.text()) }),
);

/** Which tenant a slug is. */
bench.get('/__bench/tenant/:slug', async (c) => {
  const row = await c.env.DB.prepare('SELECT id FROM tenants WHERE slug = ?').bind(c.req.param('slug')).first();
  return c.json(row);
});

/** Calls one method of a tenant's calendar or ledger port; `now` is filled in. */
bench.post('/__bench/port/:tenant/:port/:method', async (c) => {
  const { tenant, port, method } = c.req.param();
  const scope = openTenant(platformOf(c.env), asTenantId(tenant), { kind: 'system', cause: 'demo' });
  const target = (port === 'ledger' ? scope.ledger : scope.calendar) as unknown as Record<
    string,
    (command: unknown) => Promise<unknown>
  >;
  const command = (await c.req.json()) as Record<string, unknown>;
  const answer = await target[method]?.({ now: processNow(), ...command });
  return c.json(answer as object);
});

/** How far away D1 is for the queues' consumers: here it lies in the same process, deployed it is a way over the network. */
function away(database: D1Database, milliseconds: number): D1Database {
  const pause = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
  const real = new WeakMap<object, D1PreparedStatement>();
  const prepared = (statement: D1PreparedStatement): D1PreparedStatement => {
    const later = {
      bind: (...values: unknown[]) => prepared(statement.bind(...values)),
      run: () => pause().then(() => statement.run()),
      all: () => pause().then(() => statement.all()),
      raw: () => pause().then(() => statement.raw()),
      first: () => pause().then(() => statement.first()),
    };
    real.set(later, statement);
    return later as unknown as D1PreparedStatement;
  };
  return {
    prepare: (query: string) => prepared(database.prepare(query)),
    batch: (statements: D1PreparedStatement[]) =>
      pause().then(() => database.batch(statements.map((one) => real.get(one) ?? one))),
  } as unknown as D1Database;
}

/** One for each isolate: what the product remembers hangs on its bindings. */
const consumers = new WeakMap<BenchEnv, BenchEnv>();
function consumersEnv(env: BenchEnv): BenchEnv {
  const milliseconds = Number(env.BENCH_D1_MS ?? 0);
  if (milliseconds === 0) return env;
  const known = consumers.get(env) ?? { ...env, DB: away(env.DB, milliseconds) };
  consumers.set(env, known);
  return known;
}

const handler: ExportedHandler<BenchEnv, QueueMessage> = {
  ...product,
  fetch: (request, env, context) =>
    request.url.includes('/__bench/') ? bench.fetch(request, env, context) : product.fetch(request, env, context),
  queue: (batch, env) => product.queue(batch, consumersEnv(env)),
};
export default handler;
