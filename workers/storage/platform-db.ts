/**
 * The one named entry point across tenants: the control plane's own rows (tenants, numbers, agents, domains, integrations) and the bounded
 * cross-tenant reads of sweeper and cron. Used by tenancy/, operations/ and identity/, never by routes of a tenant's module.
 */
import type { TenantId } from '../../shared/ids.ts';
import { and, asc, count, desc, eq, inArray, isNull, lt, lte, or, sql } from 'drizzle-orm';
import type { Platform } from '../env.ts';
import { allShards, drizzleOn, orm, platformD1, tenantD1 } from './d1.ts';
import { Remembered } from './remembered.ts';
import { deadLetters, effects, webhookLogs } from './tables/delivery.ts';
import type { Write } from './tenant-db.ts';
import { actionLinks, domains, integrations, phoneNumbers, retellAgents, tenants } from './tables/platform.ts';

export type TenantRecord = typeof tenants.$inferSelect;
export type NewTenant = typeof tenants.$inferInsert;
export type PhoneNumberRecord = typeof phoneNumbers.$inferSelect;
export type IntegrationRecord = typeof integrations.$inferSelect;

export async function tenantById(platform: Platform, id: string): Promise<TenantRecord | null> {
  return (await orm(platform).select().from(tenants).where(sql`${tenants.id} = ${id}`).limit(1))[0] ?? null;
}

const remembered = new Remembered<TenantRecord>();

/** A tenant's record as it was ten seconds ago at most (at once where it was changed): names, brand, zone, status of what spends no money. */
export const rememberedTenant = (platform: Platform, id: string): Promise<TenantRecord | null> =>
  remembered.get(id, () => tenantById(platform, id));

/** For statements that read a tenant's record along with another row: called before one, it answers what keeps the record for the others. */
export function tenantReader(): (record: TenantRecord) => void {
  const mark = remembered.mark();
  return (record) => remembered.put(record.id, record, mark);
}

/** A tenant's record was changed here, or may have been. */
export const forgetTenant = (id: string): void => remembered.forget((_record, known) => known === id);

export async function tenantBySlug(platform: Platform, slug: string): Promise<TenantRecord | null> {
  return (await orm(platform).select().from(tenants).where(eq(tenants.slug, slug)).limit(1))[0] ?? null;
}
export async function tenantByHost(platform: Platform, host: string): Promise<TenantRecord | null> {
  const rows = await orm(platform)
    .select({ tenant: tenants })
    .from(domains)
    .innerJoin(tenants, eq(tenants.id, domains.tenantId))
    .where(and(eq(domains.host, host), eq(domains.status, 'active')))
    .limit(1);
  return rows[0]?.tenant ?? null;
}
const rememberedHosts = new Remembered<{ tenantId: TenantId; host: string }[]>();

/** Hosts of their own that serve these tenants, the first one first; as they were ten seconds ago at most: every message asks. */
export async function activeHosts(
  platform: Platform,
  tenantIds: readonly string[],
): Promise<{ tenantId: TenantId; host: string }[]> {
  const read = (): Promise<{ tenantId: TenantId; host: string }[]> =>
    orm(platform)
      .select({ tenantId: domains.tenantId, host: domains.host })
      .from(domains)
      .where(and(inArray(domains.tenantId, tenantIds as TenantId[]), eq(domains.status, 'active')))
      .orderBy(sql`${domains}.rowid`)
      .limit(20);
  return (await rememberedHosts.get(tenantIds.join(' '), read)) ?? [];
}
export async function numberRecord(platform: Platform, e164: string): Promise<PhoneNumberRecord | null> {
  return (
    (
      await orm(platform)
        .select()
        .from(phoneNumbers)
        .where(and(eq(phoneNumbers.e164, e164), eq(phoneNumbers.active, true)))
        .limit(1)
    )[0] ?? null
  );
}
export async function agentRecord(
  platform: Platform,
  agentId: string,
): Promise<typeof retellAgents.$inferSelect | null> {
  return (
    (
      await orm(platform)
        .select()
        .from(retellAgents)
        .where(and(eq(retellAgents.agentId, agentId), eq(retellAgents.active, true)))
        .limit(1)
    )[0] ?? null
  );
}
export async function integrationOf(
  platform: Platform,
  tenantId: TenantId,
  vendor: IntegrationRecord['vendor'],
  companyId = '',
): Promise<IntegrationRecord | null> {
  const rows = await orm(platform)
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
const rememberedIntegrations = new Remembered<{ row: IntegrationRecord | null }>();

/** The same as it was ten seconds ago at most: every message and every webhook asks, and most tenants have none. */
export const recentIntegrationOf = async (
  platform: Platform,
  tenantId: TenantId,
  vendor: IntegrationRecord['vendor'],
  companyId = '',
): Promise<IntegrationRecord | null> =>
  (
    await rememberedIntegrations.get(`${tenantId} ${vendor} ${companyId}`, async () => ({
      row: await integrationOf(platform, tenantId, vendor, companyId),
    }))
  )?.row ?? null;

/** A credential of the tenant was changed here, or may have been; null: of any tenant. */
export const forgetIntegrations = (tenantId: TenantId | null): void =>
  rememberedIntegrations.forget((_held, key) => tenantId === null || key.startsWith(`${tenantId} `));

/** Writes a control plane record, replacing one of the same key (provisioning, demo data). */
export async function saveTenant(platform: Platform, record: NewTenant): Promise<void> {
  try {
    await orm(platform).insert(tenants).values(record).onConflictDoUpdate({ target: tenants.id, set: record });
  } finally {
    forgetTenant(record.id);
  }
}
export async function savePhoneNumber(platform: Platform, record: PhoneNumberRecord): Promise<void> {
  await orm(platform)
    .insert(phoneNumbers)
    .values(record)
    .onConflictDoUpdate({ target: [phoneNumbers.tenantId, phoneNumbers.e164], set: record });
}
export async function saveAgent(platform: Platform, record: typeof retellAgents.$inferInsert): Promise<void> {
  await orm(platform)
    .insert(retellAgents)
    .values(record)
    .onConflictDoUpdate({ target: [retellAgents.tenantId, retellAgents.agentId], set: record });
}
/** A host of its own was given to a tenant or taken from it, or may have been. */
export const forgetHosts = (tenantId: string): void =>
  rememberedHosts.forget((_hosts, key) => key.split(' ').includes(tenantId));
export async function saveDomain(platform: Platform, record: typeof domains.$inferInsert): Promise<void> {
  try {
    await orm(platform)
      .insert(domains)
      .values(record)
      .onConflictDoUpdate({ target: [domains.tenantId, domains.host], set: record });
  } finally {
    forgetHosts(record.tenantId);
  }
}
export async function saveIntegration(platform: Platform, record: typeof integrations.$inferInsert): Promise<void> {
  try {
    await orm(platform)
      .insert(integrations)
      .values(record)
      .onConflictDoUpdate({
        target: [integrations.tenantId, integrations.vendor, integrations.companyId],
        set: record,
      });
  } finally {
    forgetIntegrations(record.tenantId);
  }
}
// ---- links that do something once (tenancy/action-links.ts): whose they are is in the row, so they are found across tenants

type ActionLinkRecord = typeof actionLinks.$inferSelect;
/** Expired links removed by one statement. */
const PURGE_LINKS = 1_000;

export type NewActionLink = typeof actionLinks.$inferInsert;

/** One statement. The same link again is the same row, used or not. */
export async function insertActionLinks(platform: Platform, rows: readonly NewActionLink[]): Promise<void> {
  const given = rows.map((row) => [
    row.tokenHash,
    row.tenantId,
    row.purpose,
    JSON.stringify(row.ref),
    row.expiresAt,
    row.createdAt,
  ]);
  await platformD1(platform)
    .prepare(
      `INSERT OR IGNORE INTO action_links (token_hash, tenant_id, purpose, ref, expires_at, created_at)
       SELECT value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 FROM json_each(?1)`,
    )
    .bind(JSON.stringify(given))
    .run();
}
export async function actionLinkByHash(
  platform: Platform,
  purpose: ActionLinkRecord['purpose'],
  tokenHash: string,
): Promise<ActionLinkRecord | null> {
  const rows = await orm(platform)
    .select()
    .from(actionLinks)
    .where(and(eq(actionLinks.tokenHash, tokenHash), eq(actionLinks.purpose, purpose)))
    .limit(1);
  return rows[0] ?? null;
}
/** Compare-and-swap on `used_at`: true for the one who uses it. @param ref what is kept of it from now on */
export async function takeActionLink(
  platform: Platform,
  tokenHash: string,
  ref: ActionLinkRecord['ref'],
  usedAt: number,
): Promise<boolean> {
  const used = await orm(platform)
    .update(actionLinks)
    .set({ usedAt, ref })
    .where(and(eq(actionLinks.tokenHash, tokenHash), isNull(actionLinks.usedAt)))
    .returning({ tokenHash: actionLinks.tokenHash });
  return used.length > 0;
}
/** Answers how many links went; as many as a page holds: there may be more. */
export async function purgeActionLinks(platform: Platform, now: number): Promise<{ removed: number; more: boolean }> {
  const expired = orm(platform)
    .select({ tokenHash: actionLinks.tokenHash })
    .from(actionLinks)
    .where(lte(actionLinks.expiresAt, now))
    .limit(PURGE_LINKS);
  const done = await orm(platform).delete(actionLinks).where(inArray(actionLinks.tokenHash, expired)).run();
  return { removed: done.meta.changes, more: done.meta.changes === PURGE_LINKS };
}

/** Tenants in id order after a cursor: cron pings them in turn. */
export async function tenantsAfter(platform: Platform, cursor: string, limit: number): Promise<{ id: TenantId }[]> {
  return orm(platform)
    .select({ id: tenants.id })
    .from(tenants)
    .where(sql`${tenants.id} > ${cursor}`)
    .orderBy(asc(tenants.id))
    .limit(limit);
}

/** How many tenants there are: the total of jobs that go through all of them. */
export const countTenants = (platform: Platform): Promise<number> => orm(platform).$count(tenants);

/** Effects of all tenants that wait longer than they should: the sweeper's list. */
export async function waitingEffects(
  platform: Platform,
  now: number,
  enqueuedBefore: number,
  limit: number,
): Promise<(typeof effects.$inferSelect)[]> {
  const found: (typeof effects.$inferSelect)[] = [];
  for (const shard of allShards(platform)) {
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
export interface EffectKey {
  tenantId: TenantId;
  id: string;
}
/** D1 on which a tenant's effects lie: what lies on the same one is claimed and ended together. */
export const tenantShard = (platform: Platform, tenantId: TenantId): D1Database => tenantD1(platform, tenantId);

/**
 * A message that its queue delayed by whole seconds may arrive a little before its row is due: on a machine whose clock is behind that of the one
 * that wrote the row. It is its only message, so the row is taken then; left alone it would wait for the sweeper.
 */
const EARLY_MS = 1_000;

/**
 * Compare-and-swap to `running` of those of a shard's effects that nobody works on and whose time has come: one statement. Answers the
 * claimed rows; the others are done, parked, claimed by a living attempt, or not due yet.
 */
export async function claimEffects(
  shard: D1Database,
  keys: readonly EffectKey[],
  { now, leaseMs }: { now: number; leaseMs: number },
): Promise<(typeof effects.$inferSelect)[]> {
  const wanted = JSON.stringify(keys.map(({ tenantId, id }) => [tenantId, id]));
  return drizzleOn(shard)
    .update(effects)
    .set({ state: 'running', leaseUntil: now + leaseMs, attempts: sql`${effects.attempts} + 1` })
    .where(
      and(
        sql`(${effects.tenantId}, ${effects.id}) IN (SELECT value ->> 0, value ->> 1 FROM json_each(${wanted}))`,
        // The plus keeps SQLite off the index of all that waits: the rows are named, and a backlog must not make each claim read it.
        or(
          and(sql`+${effects.state} = 'pending'`, lte(effects.notBefore, now + EARLY_MS)),
          and(sql`+${effects.state} = 'running'`, lte(effects.leaseUntil, now)),
        ),
      ),
    )
    .returning();
}

/**
 * Ends claimed effects of a shard that are done, with what they left to write: one transaction. A row whose lease ran out and that a later
 * attempt claimed is left to that one.
 */
export async function finishEffects(
  shard: D1Database,
  done: readonly { tenantId: TenantId; id: string; attempts: number }[],
  now: number,
  along: readonly Write[] = [],
): Promise<void> {
  const db = drizzleOn(shard);
  const ended = JSON.stringify(done.map(({ tenantId, id, attempts }) => [tenantId, id, attempts]));
  await db.batch([
    db
      .update(effects)
      .set({ state: 'done', doneAt: now, lastError: null, leaseUntil: 0 })
      .where(
        sql`(${effects.tenantId}, ${effects.id}, ${effects.attempts}) IN (SELECT value ->> 0, value ->> 1, value ->> 2 FROM json_each(${ended}))`,
      ),
    ...along,
  ]);
}

/** Stores what attempts of a shard may have done outside before their outcome is known, so that a crash is recognised: one statement. */
export async function savePhases(
  shard: D1Database,
  items: readonly { effect: { tenantId: TenantId; id: string; attempts: number }; name: string }[],
): Promise<void> {
  const given = JSON.stringify(
    items.map(({ effect: { tenantId, id, attempts }, name }) => [tenantId, id, attempts, name]),
  );
  await shard
    .prepare(
      `UPDATE effects SET phase = given.value ->> 3 FROM json_each(?1) AS given
       WHERE effects.tenant_id = given.value ->> 0 AND effects.id = given.value ->> 1 AND effects.attempts = given.value ->> 2`,
    )
    .bind(given)
    .run();
}

/** Pushes the waiting time of pending rows whose ids were just enqueued, so that they are not enqueued again at once. */
export async function markEnqueued(
  platform: Platform,
  rows: readonly { id: string; tenantId: TenantId }[],
  now: number,
): Promise<void> {
  if (rows.length === 0) return;
  const keys = JSON.stringify(rows.map(({ id, tenantId }) => ({ id, tenantId })));
  for (const shard of allShards(platform)) {
    await shard
      .prepare(
        `UPDATE effects SET not_before = ?1 WHERE state = 'pending' AND not_before < ?1
         AND (tenant_id, id) IN (SELECT value ->> '$.tenantId', value ->> '$.id' FROM json_each(?2))`,
      )
      .bind(now, keys)
      .run();
  }
}

/**
 * Stored webhooks that no consumer finished, the oldest of every source and tenant first, so that a flood of one hides nobody else's.
 * @param each most of one source and tenant
 */
export async function waitingWebhooks(
  platform: Platform,
  receivedBefore: number,
  { each, limit }: { each: number; limit: number },
): Promise<{ id: string; tenantId: TenantId }[]> {
  const found: { id: string; tenantId: TenantId }[] = [];
  for (const shard of allShards(platform)) {
    const { tenantId, source, receivedAt } = webhookLogs;
    const waiting = drizzleOn(shard)
      .select({
        id: webhookLogs.id,
        tenantId,
        receivedAt,
        place: sql<number>`row_number() OVER (PARTITION BY ${tenantId}, ${source} ORDER BY ${receivedAt})`.as('place'),
      })
      .from(webhookLogs)
      .where(and(eq(webhookLogs.state, 'received'), lte(receivedAt, receivedBefore)))
      .as('waiting');
    const rows = await drizzleOn(shard)
      .select({ id: waiting.id, tenantId: waiting.tenantId })
      .from(waiting)
      .where(lte(waiting.place, each))
      .orderBy(asc(waiting.place), asc(waiting.receivedAt))
      .limit(limit);
    found.push(...rows);
  }
  return found;
}

type EffectState = (typeof effects.$inferSelect)['state'];

/** Effects by state over all tenants: health and development. */
export async function effectCountsOfAll(platform: Platform): Promise<Record<EffectState, number>> {
  const counts = { pending: 0, running: 0, done: 0, parked: 0 };
  for (const shard of allShards(platform)) {
    const rows = await drizzleOn(shard)
      .select({ state: effects.state, n: count() })
      .from(effects)
      .groupBy(effects.state);
    for (const row of rows) counts[row.state] += row.n;
  }
  return counts;
}

export async function parkedOfAll(
  platform: Platform,
  limit: number,
): Promise<{ id: string; tenantId: TenantId; kind: string; reason: string | null }[]> {
  const found: { id: string; tenantId: TenantId; kind: string; reason: string | null }[] = [];
  for (const shard of allShards(platform)) {
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

/** A page of the dead letters of all tenants that wait for a person, youngest first. */
export async function deadLettersOfAll(
  platform: Platform,
  after: { at: number; tenantId: string; id: string } | null,
  limit: number,
): Promise<(typeof deadLetters.$inferSelect)[]> {
  const { at, tenantId, id } = deadLetters;
  const found: (typeof deadLetters.$inferSelect)[] = [];
  for (const shard of allShards(platform))
    found.push(
      ...(await drizzleOn(shard)
        .select()
        .from(deadLetters)
        .where(
          and(
            isNull(deadLetters.settledAt),
            after === null
              ? undefined
              : sql`(${at}, ${tenantId}, ${id}) < (${after.at}, ${after.tenantId}, ${after.id})`,
          ),
        )
        .orderBy(desc(at), desc(tenantId), desc(id))
        .limit(limit)),
    );
  const before = (a: string, b: string): number => (a < b ? 1 : a > b ? -1 : 0);
  return found.sort((a, b) => b.at - a.at || before(a.tenantId, b.tenantId) || before(a.id, b.id)).slice(0, limit);
}

/** Stored webhooks of all tenants that no consumer finished yet. */
export async function webhooksWaiting(platform: Platform): Promise<number> {
  let waiting = 0;
  for (const shard of allShards(platform))
    waiting += await drizzleOn(shard).$count(webhookLogs, eq(webhookLogs.state, 'received'));
  return waiting;
}
