/**
 * Stored webhooks of all tenants as the operator looks for them, and the register of the events that vendors send. Control plane and all
 * shards. Called by operations/ and handlers.ts.
 */
import { and, eq, isNotNull, sql } from 'drizzle-orm';
import type { TenantId } from '../../../shared/ids.ts';
import { WEBHOOK_STATES } from '../../../shared/webhook-status.ts';
import type { Platform } from '../../env.ts';
import { type Beside, changeOnControl } from '../control-plane.ts';
import { allShards, changedOr, drizzleOn, orm, tenantD1 } from '../d1.ts';
import { Remembered } from '../remembered.ts';
import { boundOf } from '../resource-list.ts';
import { webhookLogs } from '../tables/delivery.ts';
import { inboundEvents, watchMarks } from '../tables/watch.ts';
import { TenantDb, type Write } from '../tenant-db.ts';
import type { WebhookRow, WebhookSource } from './webhooks.ts';

// ---------------------------------------------------------------- stored webhooks

/** A row of the list: everything but the body. */
export type InboundRow = Omit<WebhookRow, 'payload' | 'payloadKey'>;

interface InboundAsked {
  state?: WebhookRow['state'] | undefined;
  source?: WebhookSource | undefined;
  eventType?: string | undefined;
  /** epoch ms: from, and before */
  from: number;
  to: number;
  limit: number;
}

/** Where a page begins: behind this row. `shard` and `row` order what arrived in the same millisecond. */
interface InboundPosition {
  at: number;
  shard: number;
  row: number;
}

interface Looked extends InboundPosition {
  fits: boolean;
  shown: InboundRow;
}

export interface InboundPage<P> {
  rows: InboundRow[];
  next: P | null;
  /** the bound was reached before the page was full */
  truncated: boolean;
}

const COLUMNS = {
  tenantId: webhookLogs.tenantId,
  id: webhookLogs.id,
  source: webhookLogs.source,
  eventType: webhookLogs.eventType,
  uniqueId: webhookLogs.uniqueId,
  state: webhookLogs.state,
  receivedAt: webhookLogs.receivedAt,
  processedAt: webhookLogs.processedAt,
  retryCount: webhookLogs.retryCount,
  errorMessage: webhookLogs.errorMessage,
} as const;

/** Whether a row is of the source and kind asked for: judged over a stretch, because no index begins with them over all tenants. */
const fitting = ({ source, eventType }: InboundAsked) =>
  sql<number>`(${source ?? null} IS NULL OR ${webhookLogs.source} = ${source ?? null}) AND (${eventType ?? null} IS NULL OR ${webhookLogs.eventType} = ${eventType ?? null})`;

const boundFor = (asked: InboundAsked): number =>
  asked.source === undefined && asked.eventType === undefined ? asked.limit : boundOf(asked.limit);

/** What is shown of rows that were looked at in their order. */
function cut<P>(
  looked: readonly { fits: boolean; shown: InboundRow; position: P }[],
  limit: number,
  bound: number,
): InboundPage<P> {
  const within = looked.slice(0, bound);
  const fit = within.filter(({ fits }) => fits);
  const page = fit.slice(0, limit);
  const isFull = fit.length > limit || (fit.length === limit && looked.length > within.length);
  const truncated = !isFull && looked.length > within.length;
  const last = isFull ? page.at(-1) : truncated ? within.at(-1) : undefined;
  return { rows: page.map(({ shown }) => shown), next: last?.position ?? null, truncated };
}

/** A page of the webhooks of all tenants, newest first. One statement a shard and state: so each is a stretch of an index. */
export async function inboundOfAll(
  platform: Platform,
  asked: InboundAsked,
  after: InboundPosition | null,
): Promise<InboundPage<InboundPosition>> {
  const bound = boundFor(asked);
  const states = asked.state === undefined ? WEBHOOK_STATES : [asked.state];
  const looked: Looked[] = [];
  for (const [shard, database] of allShards(platform).entries()) {
    // Of the position's own millisecond: everything on shards behind its own, nothing on those before it.
    const row =
      after === null ? null : shard < after.shard ? -1 : shard > after.shard ? Number.MAX_SAFE_INTEGER : after.row;
    for (const state of states) {
      const rows = await drizzleOn(database)
        .select({ ...COLUMNS, row: sql<number>`${webhookLogs}.rowid`.as('row'), fits: fitting(asked).as('fits') })
        .from(webhookLogs)
        .where(
          and(
            eq(webhookLogs.state, state),
            sql`${webhookLogs.receivedAt} >= ${asked.from}`,
            after === null
              ? sql`${webhookLogs.receivedAt} < ${asked.to}`
              : sql`(${webhookLogs.receivedAt}, ${webhookLogs}.rowid) < (${after.at}, ${row})`,
          ),
        )
        .orderBy(sql`${webhookLogs.receivedAt} DESC, ${webhookLogs}.rowid DESC`)
        .limit(bound + 1);
      for (const { row: number, fits, ...shown } of rows)
        looked.push({ at: shown.receivedAt, shard, row: number, fits: fits === 1, shown });
    }
  }
  looked.sort((a, b) => b.at - a.at || a.shard - b.shard || b.row - a.row);
  return cut(
    looked.map(({ at, shard, row, fits, shown }) => ({ fits, shown, position: { at, shard, row } })),
    asked.limit,
    bound,
  );
}

/** The same of one tenant, by its own index. */
export async function inboundOfTenant(
  platform: Platform,
  tenantId: string,
  asked: InboundAsked,
  after: { at: number; id: string } | null,
): Promise<InboundPage<{ at: number; id: string }>> {
  const bound = boundOf(asked.limit);
  const { receivedAt, id } = webhookLogs;
  const rows = await drizzleOn(tenantD1(platform, tenantId as TenantId))
    .select({
      ...COLUMNS,
      fits: sql<number>`(${fitting(asked)}) AND (${asked.state ?? null} IS NULL OR ${webhookLogs.state} = ${asked.state ?? null})`.as(
        'fits',
      ),
    })
    .from(webhookLogs)
    .where(
      and(
        eq(webhookLogs.tenantId, tenantId as TenantId),
        sql`${receivedAt} >= ${asked.from}`,
        after === null ? sql`${receivedAt} < ${asked.to}` : sql`(${receivedAt}, ${id}) < (${after.at}, ${after.id})`,
      ),
    )
    .orderBy(sql`${receivedAt} DESC, ${id} DESC`)
    .limit(bound + 1);
  return cut(
    rows.map(({ fits, ...shown }) => ({ fits: fits === 1, shown, position: { at: shown.receivedAt, id: shown.id } })),
    asked.limit,
    bound,
  );
}

/** Rows of one id that a vendor gave, of whatever tenant: a handful, newest first. */
export async function inboundByEvent(platform: Platform, uniqueId: string, limit: number): Promise<InboundRow[]> {
  const found: InboundRow[] = [];
  for (const database of allShards(platform))
    found.push(
      ...(await drizzleOn(database)
        .select(COLUMNS)
        .from(webhookLogs)
        .where(eq(webhookLogs.uniqueId, uniqueId))
        .limit(limit)),
    );
  return found.sort((a, b) => b.receivedAt - a.receivedAt).slice(0, limit);
}

/** Puts a webhook that was worked on back to where it came in, with the audit row; false, and nothing is written, when it waits already or its body is gone. */
export async function reopenWebhook(db: TenantDb, id: string, along: readonly Write[]): Promise<boolean> {
  const reopened = await db.change(
    webhookLogs,
    { state: 'received', processedAt: null, errorMessage: null },
    sql`${webhookLogs.id} = ${id} AND ${webhookLogs.state} <> 'received' AND (${webhookLogs.payload} IS NOT NULL OR ${webhookLogs.payloadKey} IS NOT NULL)`,
    along,
  );
  return reopened !== null;
}

// ---------------------------------------------------------------- kinds of events

export type InboundEventRow = typeof inboundEvents.$inferSelect;
/** Kinds of events that are listed: vendors have a few dozen. */
const MAX_KINDS = 500;
const COUNTED = 'inbound_events';

/** All kinds that were seen or switched, by source and name. */
export const inboundEventRows = (platform: Platform): Promise<InboundEventRow[]> =>
  orm(platform)
    .select()
    .from(inboundEvents)
    .where(sql`(${inboundEvents.source}, ${inboundEvents.eventType}) > ('', '')`)
    .orderBy(inboundEvents.source, inboundEvents.eventType)
    .limit(MAX_KINDS)
    .all();

/**
 * Counts what has come since the last count, up to an instant, over all shards. The mark moves in the transaction of the counts: counted
 * once, however often it is begun. Answers how many were counted.
 */
export async function countInbound(platform: Platform, until: number): Promise<number> {
  const control = orm(platform);
  const [mark] = await control.select().from(watchMarks).where(eq(watchMarks.name, COUNTED)).limit(1);
  if (mark === undefined) {
    await control.insert(watchMarks).values({ name: COUNTED, at: 0 }).onConflictDoNothing();
    return countInbound(platform, until);
  }
  if (mark.at >= until) return 0;
  const kinds = new Map<string, { source: WebhookSource; eventType: string; n: number; first: number; last: number }>();
  for (const shard of allShards(platform))
    for (const state of WEBHOOK_STATES) {
      const { results } = await shard
        .prepare(
          `SELECT source, event_type, count(*) AS n, min(received_at) AS first, max(received_at) AS last FROM webhook_logs
           WHERE state = ?1 AND received_at > ?2 AND received_at <= ?3 GROUP BY source, event_type LIMIT ?4`,
        )
        .bind(state, mark.at, until, MAX_KINDS)
        .all<{ source: WebhookSource; event_type: string; n: number; first: number; last: number }>();
      for (const { source, event_type: eventType, n, first, last } of results) {
        const key = `${source} ${eventType}`;
        const known = kinds.get(key) ?? { source, eventType, n: 0, first, last };
        kinds.set(key, {
          source,
          eventType,
          n: known.n + n,
          first: Math.min(known.first, first),
          last: Math.max(known.last, last),
        });
      }
    }
  const counted = [...kinds.values()];
  const moved = control
    .update(watchMarks)
    .set({ at: until })
    .where(and(eq(watchMarks.name, COUNTED), eq(watchMarks.at, mark.at)))
    .returning({ at: watchMarks.at });
  const written = await changedOr(
    control,
    moved,
    counted.map(({ source, eventType, n, first, last }) =>
      control
        .insert(inboundEvents)
        .values({ source, eventType, count: n, firstSeenAt: first, lastSeenAt: last })
        .onConflictDoUpdate({
          target: [inboundEvents.source, inboundEvents.eventType],
          set: {
            count: sql`${inboundEvents.count} + ${n}`,
            firstSeenAt: sql`min(coalesce(${inboundEvents.firstSeenAt}, ${first}), ${first})`,
            lastSeenAt: sql`max(coalesce(${inboundEvents.lastSeenAt}, 0), ${last})`,
          },
        }),
    ),
  );
  return written === null ? 0 : counted.reduce((sum, { n }) => sum + n, 0);
}

/** When something of a source came last; null: never. As far as it was counted. */
export async function lastInbound(platform: Platform, source: WebhookSource): Promise<number | null> {
  const [row] = await orm(platform)
    .select({ last: sql<number | null>`max(${inboundEvents.lastSeenAt})` })
    .from(inboundEvents)
    .where(eq(inboundEvents.source, source));
  return row?.last ?? null;
}

const OFF = 'off';
const off = new Remembered<ReadonlySet<string>>();
const nameOf = (source: string, eventType: string): string => `${source} ${eventType}`;

/** Whether events of this kind are only kept; ten seconds old at most. */
export async function isSwitchedOff(platform: Platform, source: WebhookSource, eventType: string): Promise<boolean> {
  const names = await off.get(OFF, async () => {
    const rows = await orm(platform)
      .select({ source: inboundEvents.source, eventType: inboundEvents.eventType })
      .from(inboundEvents)
      .where(isNotNull(inboundEvents.offAt))
      .limit(MAX_KINDS);
    return new Set(rows.map((row) => nameOf(row.source, row.eventType)));
  });
  return names?.has(nameOf(source, eventType)) ?? false;
}

/** Switches a kind of event off or on, with its audit row; null, and nothing is written, when it is so already. @param db the operator's */
export async function switchInbound(
  db: TenantDb,
  kind: { source: WebhookSource; eventType: string },
  to: { at: number; by: string; reason: string } | null,
  beside: Beside,
): Promise<InboundEventRow | null> {
  const { source, eventType } = kind;
  const set = { offAt: to?.at ?? null, offBy: to?.by ?? null, offReason: to?.reason ?? null };
  const control = orm(TenantDb.platformOf(db));
  const change =
    to === null
      ? control
          .update(inboundEvents)
          .set(set)
          .where(
            and(
              eq(inboundEvents.source, source),
              eq(inboundEvents.eventType, eventType),
              isNotNull(inboundEvents.offAt),
            ),
          )
          .returning()
      : control
          .insert(inboundEvents)
          .values({ source, eventType, count: 0, ...set })
          .onConflictDoUpdate({
            target: [inboundEvents.source, inboundEvents.eventType],
            set,
            setWhere: sql`${inboundEvents.offAt} IS NULL`,
          })
          .returning();
  try {
    const rows = await changeOnControl(db, change, beside);
    return (rows?.[0] as InboundEventRow | undefined) ?? null;
  } finally {
    off.forget(() => true);
  }
}
