/**
 * Entry points that exist in development and tests only (404 elsewhere): demo data, flush, verification, effects, D1 faults. Loaded lazily by
 * app.ts, so that production never carries it in its entry.
 */
import type { TenantId } from '../../shared/ids.ts';
import { asTenantId } from '../tenancy/directory.ts';
import { Hono } from 'hono';
import type { Context } from 'hono';
import { z } from 'zod';
import type { DomainError } from '../../shared/errors.ts';
import { err, ok, type Result } from '../../shared/result.ts';
import { processNow, realNow } from '../../shared/clock.ts';
import { objectFor } from '../object-runtime/place.ts';
import { notFound, onError, refuse } from '../http/problem.ts';
import { fieldErrors } from '../http/validation.ts';
import { sweep } from '../operations/effects.ts';
import { pingAll } from '../operations/ping.ts';
import { reconcile, restoreObject } from '../projection/rebuild.ts';
import { d1Meter } from '../storage/d1.ts';
import { effectCountsOfAll, parkedOfAll, tenantsAfter, webhooksWaiting } from '../storage/platform-db.ts';
import { openTenant } from '../tenancy/scope.ts';
import { type Env, platformOf } from '../env.ts';
import type { AppEnv } from '../http/module-routes.ts';
import { MAX_OPERATIONS, seed, type SeedOperation } from './seed.ts';

const FLUSH_MS = 10_000;
const MAX_TENANTS = 500;

export const developmentRoutes = new Hono<AppEnv>();
developmentRoutes.onError(onError);
developmentRoutes.notFound(notFound);
// An unread body makes workerd close the connection under a client that wants to reuse it.
developmentRoutes.use('*', async (c, next) => {
  if (c.req.method === 'POST') await c.req.text();
  await next();
});

/** The body as the schema reads it. Refusals: MALFORMED_JSON, VALIDATION_ERROR. */
async function bodyOf<T>(c: Context<AppEnv>, schema: z.ZodType<T>): Promise<Result<T, DomainError>> {
  let body: unknown;
  try {
    body = await c.req.json();
  } catch {
    return err({ code: 'MALFORMED_JSON' });
  }
  const read = schema.safeParse(body);
  return read.success
    ? ok(read.data)
    : err({ code: 'VALIDATION_ERROR', errors: fieldErrors(read.error, c.get('language')) });
}

/** What an operation carries is its own affair: seed.ts runs it as it is. */
const SEED = z.object({
  operations: z
    .array(z.looseObject({ op: z.string() }))
    .max(MAX_OPERATIONS)
    .default([]),
});
const FAULTS = z.object({ d1: z.enum(['refuse', 'ok']).optional() });
const RESTORE = z.object({ tenant: z.string().min(1).max(128), kind: z.enum(['calendar', 'ledger']) });

const allTenants = async (env: Env): Promise<TenantId[]> =>
  (await tenantsAfter(platformOf(env), '', MAX_TENANTS)).map((t) => t.id);

developmentRoutes.post('/api/dev/seed', async (c) => {
  const body = await bodyOf(c, SEED);
  if (!body.ok) return refuse(c, body.error);
  return c.json({
    success: true,
    ...(await seed(platformOf(c.env), body.value.operations as unknown as SeedOperation[])),
  });
});

developmentRoutes.get('/api/dev/tenants', async (c) => c.json({ tenants: await allTenants(c.env) }));

/** Drains every object until nothing waits, at most ten seconds. */
developmentRoutes.post('/api/dev/flush', async (c) => {
  const until = realNow() + FLUSH_MS;
  let pending = 0;
  do {
    pending = 0;
    for (const tenantId of await allTenants(c.env)) {
      for (const stub of [objectFor(c.env.CALENDAR, tenantId, false), objectFor(c.env.LEDGER, tenantId, false)]) {
        await stub.drain();
        const status = await stub.status();
        for (const n of Object.values(status.waiting as Record<string, number>)) pending += n;
      }
    }
  } while (pending > 0 && realNow() < until);
  return c.json({ success: true, pending });
});

developmentRoutes.post('/api/dev/sweep', async (c) => {
  await pingAll(platformOf(c.env));
  return c.json({ success: true, ...(await sweep(platformOf(c.env))), now: processNow() });
});

/** Ledger verification and D1 ↔ object comparison of every tenant. */
developmentRoutes.get('/api/dev/verify', async (c) => {
  const only = c.req.query('tenant');
  const tenants = [];
  for (const tenant of only ? [asTenantId(only)] : await allTenants(c.env)) {
    const scope = openTenant(platformOf(c.env), tenant, { kind: 'system', cause: 'demo' });
    const { result } = await scope.ledger.verify();
    const ledger = result.ok
      ? { ok: result.value.ok, entries: result.value.entries, problems: result.value.problems }
      : { ok: result.error.code === 'NOT_FOUND', entries: 0, problems: [result.error] };
    tenants.push({
      tenant,
      ledger,
      calendar: await reconcile(platformOf(c.env), tenant, 'calendar'),
      projection: await reconcile(platformOf(c.env), tenant, 'ledger'),
    });
  }
  return c.json({ success: true, tenants });
});

developmentRoutes.get('/api/dev/effects', async (c) => {
  const [counts, webhooks] = await Promise.all([
    effectCountsOfAll(platformOf(c.env)),
    webhooksWaiting(platformOf(c.env)),
  ]);
  // A stored webhook that no consumer has worked on is work that waits, too.
  return c.json({
    success: true,
    ...counts,
    pending: counts.pending + webhooks,
    parked_effects: await parkedOfAll(platformOf(c.env), 200),
  });
});

developmentRoutes.post('/api/dev/faults', async (c) => {
  const body = await bodyOf(c, FAULTS);
  if (!body.ok) return refuse(c, body.error);
  d1Meter.refuse = body.value.d1 === 'refuse';
  return c.json({ success: true, d1: d1Meter.refuse ? 'refuse' : 'ok' });
});

developmentRoutes.post('/api/dev/restore', async (c) => {
  const body = await bodyOf(c, RESTORE);
  if (!body.ok) return refuse(c, body.error);
  return c.json({
    success: true,
    report: await restoreObject(platformOf(c.env), asTenantId(body.value.tenant), body.value.kind),
  });
});

developmentRoutes.get('/api/dev/objects', async (c) => {
  const tenant = c.req.query('tenant') ?? '';
  return c.json({
    calendar: await objectFor(c.env.CALENDAR, tenant, false).status(),
    ledger: await objectFor(c.env.LEDGER, tenant, false).status(),
    d1_statements: d1Meter.statements,
  });
});
