/**
 * The one named door across tenants: the control plane's own rows (tenants, numbers, agents, domains, integrations) and the bounded
 * cross-tenant reads of sweeper and cron. Used by tenancy/, operations/ and identity/, never by routes of a tenant's room.
 */
import { and, asc, count, eq, gt, inArray, isNull, lt, lte, or } from 'drizzle-orm';
import type { Env } from '../env.ts';
import { allShards, drizzleOn, platformD1 } from './d1.ts';
import { effects, webhookLogs } from './tables/pipe.ts';
import { actionLinks, domains, integrations, phoneNumbers, retellAgents, tenants } from './tables/platform.ts';

export type TenantRecord = typeof tenants.$inferSelect;
export type PhoneNumberRecord = typeof phoneNumbers.$inferSelect;
export type IntegrationRecord = typeof integrations.$inferSelect;

const orm = (env: Env) => drizzleOn(platformD1(env));

export async function tenantById(env: Env, id: string): Promise<TenantRecord | null> {
  return (await orm(env).select().from(tenants).where(eq(tenants.id, id)).limit(1))[0] ?? null;
}
export async function tenantBySlug(env: Env, slug: string): Promise<TenantRecord | null> {
  return (await orm(env).select().from(tenants).where(eq(tenants.slug, slug)).limit(1))[0] ?? null;
}
export async function tenantByHost(env: Env, host: string): Promise<TenantRecord | null> {
  const rows = await orm(env)
    .select({ tenant: tenants })
    .from(domains)
    .innerJoin(tenants, eq(tenants.id, domains.tenantId))
    .where(and(eq(domains.host, host), eq(domains.status, 'active')))
    .limit(1);
  return rows[0]?.tenant ?? null;
}
export async function numberRecord(env: Env, e164: string): Promise<PhoneNumberRecord | null> {
  return (
    (
      await orm(env)
        .select()
        .from(phoneNumbers)
        .where(and(eq(phoneNumbers.e164, e164), eq(phoneNumbers.active, true)))
        .limit(1)
    )[0] ?? null
  );
}
export async function agentRecord(env: Env, agentId: string): Promise<typeof retellAgents.$inferSelect | null> {
  return (
    (
      await orm(env)
        .select()
        .from(retellAgents)
        .where(and(eq(retellAgents.agentId, agentId), eq(retellAgents.active, true)))
        .limit(1)
    )[0] ?? null
  );
}
export async function integrationOf(
  env: Env,
  tenantId: string,
  vendor: IntegrationRecord['vendor'],
  companyId = '',
): Promise<IntegrationRecord | null> {
  const rows = await orm(env)
    .select()
    .from(integrations)
    .where(
      and(
        eq(integrations.tenantId, tenantId),
        eq(integrations.vendor, vendor),
        inArray(integrations.companyId, [companyId, '']),
      ),
    )
    .limit(2);
  return rows.find((r) => r.companyId === companyId) ?? rows[0] ?? null;
}
/** Writes a control plane record, replacing one of the same key (provisioning, demo data). */
export async function saveTenant(env: Env, record: TenantRecord): Promise<void> {
  await orm(env).insert(tenants).values(record).onConflictDoUpdate({ target: tenants.id, set: record });
}
export async function savePhoneNumber(env: Env, record: PhoneNumberRecord): Promise<void> {
  await orm(env)
    .insert(phoneNumbers)
    .values(record)
    .onConflictDoUpdate({ target: [phoneNumbers.tenantId, phoneNumbers.e164], set: record });
}
export async function saveAgent(env: Env, record: typeof retellAgents.$inferInsert): Promise<void> {
  await orm(env)
    .insert(retellAgents)
    .values(record)
    .onConflictDoUpdate({ target: [retellAgents.tenantId, retellAgents.agentId], set: record });
}
export async function saveDomain(env: Env, record: typeof domains.$inferInsert): Promise<void> {
  await orm(env)
    .insert(domains)
    .values(record)
    .onConflictDoUpdate({ target: [domains.tenantId, domains.host], set: record });
}
export async function saveIntegration(env: Env, record: typeof integrations.$inferInsert): Promise<void> {
  await orm(env)
    .insert(integrations)
    .values(record)
    .onConflictDoUpdate({ target: [integrations.tenantId, integrations.vendor, integrations.companyId], set: record });
}
// ---- links that do something once (tenancy/action-links.ts): whose they are is in the row, so they are found across tenants

export type ActionLinkRecord = typeof actionLinks.$inferSelect;
/** Expired links removed per run of the cron. */
const PURGE_LINKS = 1_000;

/** The same link again is the same row, used or not. */
export async function insertActionLink(env: Env, row: typeof actionLinks.$inferInsert): Promise<void> {
  await orm(env).insert(actionLinks).values(row).onConflictDoNothing();
}
export async function actionLinkByHash(
  env: Env,
  purpose: ActionLinkRecord['purpose'],
  tokenHash: string,
): Promise<ActionLinkRecord | null> {
  const rows = await orm(env)
    .select()
    .from(actionLinks)
    .where(and(eq(actionLinks.tokenHash, tokenHash), eq(actionLinks.purpose, purpose)))
    .limit(1);
  return rows[0] ?? null;
}
/** Compare-and-swap on `used_at`: true for the one who uses it. @param ref what is kept of it from now on */
export async function takeActionLink(
  env: Env,
  tokenHash: string,
  ref: ActionLinkRecord['ref'],
  usedAt: number,
): Promise<boolean> {
  const used = await orm(env)
    .update(actionLinks)
    .set({ usedAt, ref })
    .where(and(eq(actionLinks.tokenHash, tokenHash), isNull(actionLinks.usedAt)))
    .returning({ tokenHash: actionLinks.tokenHash });
  return used.length > 0;
}
export async function purgeActionLinks(env: Env, now: number): Promise<void> {
  const expired = orm(env)
    .select({ tokenHash: actionLinks.tokenHash })
    .from(actionLinks)
    .where(lte(actionLinks.expiresAt, now))
    .limit(PURGE_LINKS);
  await orm(env).delete(actionLinks).where(inArray(actionLinks.tokenHash, expired));
}

/** Tenants in id order after a cursor: cron pings them in turn. */
export async function tenantsAfter(env: Env, cursor: string, limit: number): Promise<{ id: string }[]> {
  return orm(env)
    .select({ id: tenants.id })
    .from(tenants)
    .where(gt(tenants.id, cursor))
    .orderBy(asc(tenants.id))
    .limit(limit);
}

/** How many tenants there are: the total of jobs that go through all of them. */
export const countTenants = (env: Env): Promise<number> => orm(env).$count(tenants);

/** Effects of all tenants that wait longer than they should: the sweeper's list. */
export async function waitingEffects(
  env: Env,
  now: number,
  enqueuedBefore: number,
  limit: number,
): Promise<(typeof effects.$inferSelect)[]> {
  const found: (typeof effects.$inferSelect)[] = [];
  for (const shard of allShards(env)) {
    found.push(
      ...(await drizzleOn(shard)
        .select()
        .from(effects)
        .where(
          or(
            and(eq(effects.state, 'pending'), lte(effects.notBefore, enqueuedBefore)),
            and(eq(effects.state, 'running'), lt(effects.leaseUntil, now)),
          ),
        )
        .orderBy(asc(effects.notBefore))
        .limit(limit)),
    );
  }
  return found;
}
/** Pushes the waiting time of pending rows whose ids were just enqueued, so that they are not enqueued again at once. */
export async function markEnqueued(
  env: Env,
  rows: readonly { id: string; tenantId: string }[],
  now: number,
): Promise<void> {
  if (rows.length === 0) return;
  const keys = JSON.stringify(rows.map(({ id, tenantId }) => ({ id, tenantId })));
  for (const shard of allShards(env)) {
    await shard
      .prepare(
        `UPDATE effects SET not_before = ?1 WHERE state = 'pending' AND not_before < ?1
         AND (tenant_id, id) IN (SELECT value ->> '$.tenantId', value ->> '$.id' FROM json_each(?2))`,
      )
      .bind(now, keys)
      .run();
  }
}

/** Stored webhooks that no consumer finished. */
export async function waitingWebhooks(
  env: Env,
  receivedBefore: number,
  limit: number,
): Promise<{ id: string; tenantId: string }[]> {
  const found: { id: string; tenantId: string }[] = [];
  for (const shard of allShards(env)) {
    found.push(
      ...(await drizzleOn(shard)
        .select({ id: webhookLogs.id, tenantId: webhookLogs.tenantId })
        .from(webhookLogs)
        .where(and(eq(webhookLogs.state, 'received'), lte(webhookLogs.receivedAt, receivedBefore)))
        .orderBy(asc(webhookLogs.receivedAt))
        .limit(limit)),
    );
  }
  return found;
}

/** Effects by state over all tenants: health and development. */
export async function effectCountsOfAll(env: Env): Promise<Record<'pending' | 'running' | 'done' | 'parked', number>> {
  const counts = { pending: 0, running: 0, done: 0, parked: 0 };
  for (const shard of allShards(env)) {
    const rows = await drizzleOn(shard)
      .select({ state: effects.state, n: count() })
      .from(effects)
      .groupBy(effects.state);
    for (const row of rows) counts[row.state] += row.n;
  }
  return counts;
}

export async function parkedOfAll(
  env: Env,
  limit: number,
): Promise<{ id: string; tenantId: string; kind: string; reason: string | null }[]> {
  const found: { id: string; tenantId: string; kind: string; reason: string | null }[] = [];
  for (const shard of allShards(env)) {
    found.push(
      ...(await drizzleOn(shard)
        .select({ id: effects.id, tenantId: effects.tenantId, kind: effects.kind, reason: effects.lastError })
        .from(effects)
        .where(eq(effects.state, 'parked'))
        .limit(limit)),
    );
  }
  return found;
}

/** Stored webhooks of all tenants that no consumer finished yet. */
export async function webhooksWaiting(env: Env): Promise<number> {
  let waiting = 0;
  for (const shard of allShards(env))
    waiting += await drizzleOn(shard).$count(webhookLogs, eq(webhookLogs.state, 'received'));
  return waiting;
}
