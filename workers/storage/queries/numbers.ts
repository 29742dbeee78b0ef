/** D1 rows of a business's numbers, of the operator's pool, of orders that wait, and the directory's rows of called numbers. Called by provisioning/ and telephony/. */
import { and, asc, desc, eq, inArray, isNull, lt, or, sql, type SQL } from 'drizzle-orm';
import type { PoolState } from '../../../shared/agent-sets.ts';
import { DAY } from '../../../shared/time.ts';
import type { Platform } from '../../env.ts';
import { type Beside, changeOnControl, controlOf } from '../control-plane.ts';
import { drizzleOn, platformD1 } from '../d1.ts';
import { has, type ListSource } from '../resource-list.ts';
import { phoneNumbers, tenants } from '../tables/platform.ts';
import { businessNumbers, numberOrders, poolNumbers } from '../tables/provisioning.ts';
import type { TenantDb, Write } from '../tenant-db.ts';

export type NumberRow = typeof businessNumbers.$inferSelect;
export type PoolRow = typeof poolNumbers.$inferSelect;
export type ShownPoolRow = PoolRow & { tenantName: string | null };
type OrderRow = typeof numberOrders.$inferSelect;

export const numberList: ListSource<typeof businessNumbers> = {
  table: businessNumbers,
  sorts: { created_at: { by: businessNumbers.createdAt, of: (row) => row.createdAt, kind: 'number' } },
  filters: { branch_id: has(businessNumbers.branchId, true), state: has(businessNumbers.state, true) },
};

const LIVE = sql`deleted_at IS NULL`;
/** Numbers of one agent or branch that are worked on at once. */
const MAX_TOGETHER = 50;

export const numberOf = (db: TenantDb, id: string): Promise<NumberRow | null> =>
  db.row(businessNumbers, and(eq(businessNumbers.id, id), LIVE) as SQL);

const HELD = and(sql`${businessNumbers.state} <> 'released'`, LIVE) as SQL;
export const countNumbers = (db: TenantDb): Promise<number> => db.count(businessNumbers, HELD);

/** Stands before the write of a new one: nothing is written where the tenant has `most` already. */
export const numberRoom = (db: TenantDb, most: number): Write => db.roomOf(businessNumbers, HELD, most);

/** Numbers that an agent takes the calls of, those that wait left out. */
export const numbersOfAgent = (db: TenantDb, agentId: string): Promise<NumberRow[]> =>
  db.rows(businessNumbers, {
    where: and(
      eq(businessNumbers.agentId, agentId),
      inArray(businessNumbers.state, ['assigned', 'live', 'failed']),
      LIVE,
    ),
    orderBy: asc(businessNumbers.createdAt),
    limit: MAX_TOGETHER,
  });

/** A branch's numbers that no agent takes the calls of yet become this one's. */
export const numbersTaken = (db: TenantDb, branchId: string, agentId: string): Write =>
  db.updateOf(
    businessNumbers,
    { agentId },
    and(
      eq(businessNumbers.branchId, branchId),
      isNull(businessNumbers.agentId),
      sql`${businessNumbers.state} <> 'released'`,
      LIVE,
    ) as SQL,
  );

/** No number and no order names the agent any more. */
export const numbersLeft = (db: TenantDb, agentId: string): Write =>
  db.updateOf(businessNumbers, { agentId: null }, eq(businessNumbers.agentId, agentId));

/** What background work learnt of a number; no new version. */
export const numberLearnt = (
  db: TenantDb,
  id: string,
  set: Partial<NumberRow>,
  along: readonly Write[] = [],
): Promise<NumberRow[] | null> => db.change(businessNumbers, set, and(eq(businessNumbers.id, id), LIVE) as SQL, along);

/** Whether another number of the tenant's is published under the same one. */
export const publishedElsewhere = async (db: TenantDb, id: string, published: string): Promise<boolean> =>
  (await db.count(
    businessNumbers,
    and(
      eq(businessNumbers.publishedNumber, published),
      sql`${businessNumbers.id} <> ${id} AND ${businessNumbers.state} <> 'released'`,
      LIVE,
    ),
  )) > 0;

/** A call came through a number; noted once a day. */
export async function numberCalled(db: TenantDb, e164: string, now: number): Promise<void> {
  await db.update(
    businessNumbers,
    { lastCallAt: now, firstCallAt: sql`coalesce(${businessNumbers.firstCallAt}, ${now})` },
    and(
      eq(businessNumbers.e164, e164),
      or(isNull(businessNumbers.lastCallAt), lt(businessNumbers.lastCallAt, now - DAY)),
    ) as SQL,
  );
}

// ---- directory of called numbers

/** Calls to the number are the branch's from now on. False: it is somebody else's already. */
export async function routeNumber(
  db: TenantDb,
  number: { e164: string; branchId: string; agentId: string | null },
): Promise<boolean> {
  const row = { ...number, tenantId: db.tenantId, active: true };
  const kept = await controlOf(db)
    .insert(phoneNumbers)
    .values(row)
    .onConflictDoUpdate({
      target: phoneNumbers.e164,
      set: row,
      // A number that was released may go to whoever gets it next.
      setWhere: sql`${phoneNumbers.tenantId} = ${db.tenantId} OR ${phoneNumbers.active} = 0`,
    })
    .returning({ e164: phoneNumbers.e164 });
  return kept.length > 0;
}

export async function unrouteNumber(db: TenantDb, e164: string): Promise<void> {
  await controlOf(db)
    .update(phoneNumbers)
    .set({ active: false })
    .where(and(eq(phoneNumbers.tenantId, db.tenantId), eq(phoneNumbers.e164, e164)));
}

// ---- pool

const shown = (db: TenantDb) =>
  controlOf(db)
    .select({ number: poolNumbers, tenantName: tenants.name })
    .from(poolNumbers)
    .leftJoin(tenants, eq(tenants.id, poolNumbers.claimedBy));

/** A page of the pool, youngest first. @param db the operator's */
export async function poolPage(
  db: TenantDb,
  asked: { state: PoolState; after: { createdAt: number; id: string } | null; limit: number },
): Promise<ShownPoolRow[]> {
  const { state, after, limit } = asked;
  const rows = await shown(db)
    .where(
      and(
        eq(poolNumbers.state, state),
        after === null
          ? undefined
          : sql`(${poolNumbers.createdAt}, ${poolNumbers.id}) < (${after.createdAt}, ${after.id})`,
      ),
    )
    .orderBy(desc(poolNumbers.createdAt), desc(poolNumbers.id))
    .limit(limit);
  return rows.map(({ number, tenantName }) => ({ ...number, tenantName }));
}

export async function poolNumber(db: TenantDb, id: string): Promise<ShownPoolRow | null> {
  const [row] = await shown(db).where(eq(poolNumbers.id, id)).limit(1);
  return row === undefined ? null : { ...row.number, tenantName: row.tenantName };
}

/** The pool's row that a business's number came from. */
export async function poolNumberOf(db: TenantDb, numberId: string): Promise<PoolRow | null> {
  const rows = await controlOf(db)
    .select()
    .from(poolNumbers)
    .where(and(eq(poolNumbers.numberId, numberId), eq(poolNumbers.claimedBy, db.tenantId)))
    .limit(1);
  return rows[0] ?? null;
}

/** Those of up to 100 numbers that stand in the pool in any state. */
export async function poolHas(db: TenantDb, numbers: readonly string[]): Promise<{ e164: string; state: PoolState }[]> {
  return controlOf(db)
    .select({ e164: poolNumbers.e164, state: poolNumbers.state })
    .from(poolNumbers)
    .where(sql`${poolNumbers.e164} IN (SELECT value FROM json_each(${JSON.stringify(numbers)}))`)
    .limit(numbers.length);
}

/** Adds numbers to the pool; those that were removed from it come back with the new trunk. Others stay as they are. */
export async function addToPool(db: TenantDb, rows: readonly PoolRow[], beside: Beside): Promise<void> {
  const [first, ...rest] = rows.map((row) => {
    const { id: _kept, e164: _same, ...set } = row;
    return controlOf(db)
      .insert(poolNumbers)
      .values(row)
      .onConflictDoUpdate({ target: poolNumbers.e164, set, setWhere: eq(poolNumbers.state, 'removed') })
      .returning({ id: poolNumbers.id });
  });
  if (first !== undefined) await changeOnControl(db, first, beside, rest);
}

/** Takes a free number out of the pool; false when it is not free. */
export async function removeFromPool(db: TenantDb, id: string, beside: Beside): Promise<boolean> {
  const removed = controlOf(db)
    .update(poolNumbers)
    .set({ state: 'removed', sealedSipPassword: null, sipUsername: null })
    .where(and(eq(poolNumbers.id, id), eq(poolNumbers.state, 'free')))
    .returning({ id: poolNumbers.id });
  return (await changeOnControl(db, removed, beside)) !== null;
}

/** Claims the oldest free number of a country for a business's number; the one that it has already, when it has one. Null: there is none. */
export async function claimNumber(
  db: TenantDb,
  wanted: { numberId: string; country: string; now: number },
): Promise<PoolRow | null> {
  const known = await poolNumberOf(db, wanted.numberId);
  if (known !== null) return known;
  const oldest = sql`(SELECT id FROM pool_numbers WHERE state = 'free' AND country = ${wanted.country} ORDER BY created_at, id LIMIT 1)`;
  const claimed = await controlOf(db)
    .update(poolNumbers)
    .set({ state: 'claimed', claimedBy: db.tenantId, numberId: wanted.numberId, claimedAt: wanted.now })
    .where(and(eq(poolNumbers.state, 'free'), sql`${poolNumbers.id} = ${oldest}`))
    .returning();
  return claimed[0] ?? null;
}

/** A business gave its number back: it is free again. */
export async function freeNumber(db: TenantDb, numberId: string): Promise<void> {
  await controlOf(db)
    .update(poolNumbers)
    .set({ state: 'free', claimedBy: null, numberId: null, claimedAt: null })
    .where(and(eq(poolNumbers.numberId, numberId), eq(poolNumbers.claimedBy, db.tenantId)));
}

// ---- orders that wait

export async function keepOrder(db: TenantDb, order: Omit<OrderRow, 'tenantId'>): Promise<void> {
  await controlOf(db)
    .insert(numberOrders)
    .values({ ...order, tenantId: db.tenantId })
    .onConflictDoNothing();
}

export async function dropOrder(db: TenantDb, numberId: string): Promise<void> {
  await controlOf(db)
    .delete(numberOrders)
    .where(and(eq(numberOrders.numberId, numberId), eq(numberOrders.tenantId, db.tenantId)));
}

/** Orders of a country that wait, oldest first. */
export async function waitingOrders(platform: Platform, country: string, limit: number): Promise<OrderRow[]> {
  return drizzleOn(platformD1(platform))
    .select()
    .from(numberOrders)
    .where(eq(numberOrders.country, country))
    .orderBy(asc(numberOrders.createdAt), asc(numberOrders.numberId))
    .limit(limit);
}

/** Countries in which somebody waits although a number is free, or theirs already: an order and an import that met, or one that was cut off. */
export async function servableCountries(platform: Platform): Promise<string[]> {
  const rows = await drizzleOn(platformD1(platform))
    .selectDistinct({ country: numberOrders.country })
    .from(numberOrders)
    .where(
      sql`EXISTS (SELECT 1 FROM pool_numbers p WHERE p.state = 'free' AND p.country = ${numberOrders.country})
        OR EXISTS (SELECT 1 FROM pool_numbers p WHERE p.number_id = ${numberOrders.numberId})`,
    )
    .limit(250);
  return rows.map(({ country }) => country);
}
